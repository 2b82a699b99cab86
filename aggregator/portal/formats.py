"""Which form a file or page has, and its posts."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum

from aggregator.errors import PortalFormatError
from aggregator.portal import feeds, sekolahku, table, wxr
from aggregator.portal.posts import Reading


class Form(StrEnum):
    AUTO = "auto"
    FEED = "feed"
    WXR = "wxr"
    CSV = "csv"
    SEKOLAHKU = "cms-sekolahku"
    """Its feed, whose times have no zone and whose texts are cut, and its pages."""


_XML = re.compile(rb"\s*(?:<\?xml|<rss\b|<feed\b|<rdf:RDF\b)", re.IGNORECASE)
_WXR = re.compile(rb"xmlns:wp\s*=|<wp:wxr_version>")


def read(body: bytes, form: Form, url: str | None = None) -> tuple[Reading, Form]:
    """The posts, and the form that they were read by. Raises ``PortalFormatError``."""
    body = body.removeprefix(codecs.BOM_UTF8)
    is_xml = bool(_XML.match(body))
    if is_xml and b"<!ENTITY" in body:
        # No feed needs one, and nested ones are an attack.
        raise PortalFormatError(detail="declares entities")
    if form is Form.AUTO:
        form = _form_of(body, is_xml)
    match form:
        case Form.FEED:
            reading = feeds.read(body)
            form = Form.SEKOLAHKU if feeds.has_zoneless_times(reading) else form
        case Form.WXR:
            reading = wxr.read(body)
        case Form.CSV:
            reading = table.read(body)
        case _:
            reading = feeds.read(body) if is_xml else sekolahku.read(body, url)
    if not reading.posts and not reading.skipped:
        raise PortalFormatError(detail="no post found in it")
    return reading, form


def _form_of(body: bytes, is_xml: bool) -> Form:
    if is_xml:
        return Form.WXR if _WXR.search(body[:20_000]) else Form.FEED
    if sekolahku.looks_like(body):
        return Form.SEKOLAHKU
    if not body.lstrip().startswith(b"<") and table.is_table(body):
        return Form.CSV
    raise PortalFormatError(detail="its form is not recognised; name it with --format")
