"""HTML pages that list articles, read by the publisher's declared layouts."""

from __future__ import annotations

from collections.abc import Sequence

from aggregator.errors import ChannelError
from aggregator.model import Channel, Entry
from aggregator.reasons import UNEXPECTED
from spiders.channels.reading import Found, Reading, judge, link
from spiders.layout import Css, ListingLayout
from spiders.page import Page
from spiders.text import Element


def read(channel: Channel, body: bytes, url: str, layouts: Sequence[ListingLayout]) -> Reading:
    """Entries by the first layout that yields any. Raises ``ChannelError``.

    A listing is never honestly empty: a page that matches no layout has a new one.
    """
    page = Page(url, body)
    if not page.is_html:
        raise ChannelError(channel.name, UNEXPECTED, "no web page")
    unusable: list[Found] = []
    for layout in layouts:
        items = (node for node in page.select(layout.item) if isinstance(node, Element))
        found = [_entry(page, item, layout) for item in items]
        if any(isinstance(one, Entry) for one in found):
            return judge(channel, found)
        unusable += found
    if unusable:
        return judge(channel, unusable)
    title = f": {page.title}" if page.title else ""
    raise ChannelError(channel.name, UNEXPECTED, f"no known listing layout{title}")


def _entry(page: Page, item: Element, layout: ListingLayout) -> Found:
    def stated(selectors: Css) -> str | None:
        return page.text(*selectors, within=item)

    address, reason = link(page.text(layout.link, within=item), page.url)
    if reason:
        return reason
    image, date = stated(layout.image), stated(layout.date)
    return Entry(
        url=address,
        headline=stated(layout.headline),
        summary=stated(layout.summary),
        # "Energi - 7 menit yang lalu": the rubric is an element of its own, the dash is not.
        published_raw=date.lstrip(" -–|·") or None if date else None,
        section=stated(layout.section),
        image_url=page.absolute(image) if image else None,
    )
