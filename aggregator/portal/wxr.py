"""WordPress eXtended RSS: what "Tools, Export" writes. Posts one by one, in constant memory."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from aggregator.errors import PortalFormatError
from aggregator.portal.posts import NOT_A_POST, NOT_PUBLISHED, NOTHING_STATED, RawPost, Reading
from spiders.channels.markup import local_name
from spiders.channels.markup import text as text_of
from spiders.text import plain

PUBLISHED = ("publish", "private")
"""What stands on the portal, if only for those who are logged in."""

SOURCE_FIELDS = (
    "source_url",
    "_agg_source_url",
    "_yoast_wpseo_canonical",
    "rank_math_canonical_url",
)
"""Custom fields in which themes and plugins keep where a post was taken from."""


def read(body: bytes) -> Reading:
    """Raises ``PortalFormatError`` for what is no XML."""
    return Reading().add(_posts(body))


def _posts(body: bytes) -> Iterator[RawPost | str]:
    events = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,  # one export is one document; the file's size is bounded before
    )
    try:
        for _, element in events:
            if local_name(element) == "item":
                yield _post(element)
                element.clear()
    except etree.XMLSyntaxError as error:
        raise PortalFormatError(detail=str(error)) from error


def _post(item: etree._Element) -> RawPost | str:
    stated = {name: text for name, text in _fields(item) if text}
    if stated.get("post_type", "post") != "post":
        return NOT_A_POST
    if stated.get("status", "publish") not in PUBLISHED:
        return NOT_PUBLISHED
    html, url = stated.get("encoded", ""), stated.get("link")
    if not (plain(html) or url):
        return NOTHING_STATED
    return RawPost(
        headline=plain(stated.get("title", "")),
        html=html,
        url=url,
        key=stated.get("guid"),
        published_raw=_published(stated),
        sources=tuple(_sources(item)),
    )


def _fields(item: etree._Element) -> Iterator[tuple[str, str]]:
    """By local name; of ``content:encoded`` and ``excerpt:encoded`` the content."""
    for child in item:
        name = local_name(child)
        if name == "encoded" and "excerpt" in etree.QName(child).namespace:
            continue
        yield name, text_of(child)


def _published(stated: dict[str, str]) -> str | None:
    """WordPress writes its zone's time beside the same in UTC, and zeros for what has none."""
    universal = stated.get("post_date_gmt", "")
    if universal and not universal.startswith("0000"):
        return f"{universal}+00:00"
    return stated.get("post_date") or stated.get("pubDate")


def _sources(item: etree._Element) -> Iterator[str]:
    for meta in item:
        if local_name(meta) != "postmeta":
            continue
        about = {local_name(child): text_of(child) for child in meta}
        if about.get("meta_key") in SOURCE_FIELDS and about.get("meta_value"):
            yield about["meta_value"]
