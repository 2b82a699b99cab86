"""What an article says in a portal. Pure: everything that it depends on is handed in.

The credit line, the publisher's name and the original address are part of the text itself, at its
end as in the model page, so that no template of a portal can drop them. What cannot be attributed
completely is refused here, whatever was decided about it before (UU 28/2014, article 43).

A correction is followed with its time (Pedoman Pemberitaan Media Siber, 4c and 4d), a withdrawal
with its reason (5b and 5c): the notice takes the text's place.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

import nh3

from aggregator.errors import PostUnfitError
from aggregator.model import Cause, CorrectionKind, Review, Revision, Withdrawal
from aggregator.publish.port import Image, Post, PostState
from aggregator.publishconfig import TargetConfig
from aggregator.query import ArticleView
from aggregator.reuse import Reuse, covers_images, reuse_of
from aggregator.slugs import slug
from pipelines.attribute import indonesian_time
from pipelines.corrections import unlabelled

TAGS = frozenset({"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "h3"})
"""Markup that a post may have. Portals print what they are given."""

LONGEST_SLUG = 80
"""Characters of the headline in an address."""
MOST_TAGS = 10
"""Keywords of a post; publishers print up to thirty."""

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LABELS = {
    CorrectionKind.RALAT: "Ralat",
    CorrectionKind.KOREKSI: "Koreksi",
    CorrectionKind.HAK_JAWAB: "Hak jawab",
    CorrectionKind.PEMBARUAN: "Pembaruan",
}
_CHANGED = {"headline": "judul", "body": "isi", "published_at": "waktu terbit"}


@dataclass(frozen=True, kw_only=True)
class Composing:
    """The school's settings that a post depends on."""

    portal: TargetConfig
    zone: ZoneInfo
    """Of times that readers see."""
    press: Reuse = Reuse.FULL


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What a post keeps from when it was first sent."""

    slug: str
    shown_at: datetime
    revision: int
    """Which text was sent first: later ones are corrections of it."""


def compose(
    view: ArticleView,
    review: Review | None,
    settings: Composing,
    *,
    first: Sent | None = None,
    revisions: Sequence[Revision] = (),
) -> Post:
    """The post that an article is to be. Raises ``PostUnfitError``.

    ``first``: ``None`` for one that was never sent. ``revisions``: all that are known.
    """
    _require_attribution(view)
    attribution, portal = view.attribution, settings.portal
    withdrawal = view.holding.withdrawn
    headline = plain(review.headline or view.article.headline if review else view.article.headline)
    own = _Body(view=view, review=review, settings=settings)
    changed = list(corrections(view, revisions, first, settings.zone))
    body = own.text() + changed + own.credit() if withdrawal is None else own.notice(withdrawal)
    return Post(
        key=key_of(view),
        headline=headline,
        body_html=clean("\n".join(body)),
        excerpt=own.excerpt() if withdrawal is None else notice_words(view, withdrawal, settings),
        slug=first.slug if first else slug_of(headline, key_of(view)),
        categories=categories(view, review, portal),
        tags=keywords(view.article.tags) if withdrawal is None else (),
        shown_at=first.shown_at if first else _shown_at(view, review),
        state=PostState.PENDING if portal.state == "pending" else PostState.PUBLISHED,
        credit_line=plain(attribution.credit_line),
        source_url=attribution.url,
        image=own.image() if withdrawal is None else None,
    )


@dataclass(frozen=True, kw_only=True)
class _Body:
    view: ArticleView
    review: Review | None
    settings: Composing

    @property
    def reuse(self) -> Reuse:
        return reuse_of(self.view.attribution.basis, self.settings.press)

    def text(self) -> list[str]:
        if self.reuse is Reuse.FULL and (body := self._full()):
            return [body]
        attribution = self.view.attribution
        link = _link(attribution.url, f"Baca selengkapnya di {plain(attribution.publisher_title)}")
        excerpt = self.excerpt()
        return ([_p(excerpt)] if excerpt else []) + [f"<p>{link}</p>"]

    def _full(self) -> str:
        article = self.view.article
        body = clean(article.body_html) or "\n".join(map(_p, article.body))
        # CMS that take the tags away to make a teaser glue what nothing keeps apart.
        body = body.replace("><p>", ">\n<p>")
        if article.dateline is not None and body.startswith("<p>"):
            body = f"<p>{escape(plain(article.dateline.raw))} {body.removeprefix('<p>')}"
        return body

    def excerpt(self) -> str:
        if self.reuse is Reuse.LINK:
            return ""
        own = self.review.excerpt if self.review else None
        return plain(own or self.view.article.excerpt or "")

    def credit(self) -> list[str]:
        attribution = self.view.attribution
        address = _link(attribution.url, attribution.url)
        return [_p(attribution.credit_line), f"<p>({address})</p>"]

    def notice(self, withdrawal: Withdrawal) -> list[str]:
        return [_p(notice_words(self.view, withdrawal, self.settings))]

    def image(self) -> Image | None:
        found, basis = self.view.article.image, self.view.attribution.basis
        if found is None or not covers_images(basis) or not _is_address(found.url):
            return None
        return Image(
            url=found.url,
            caption=plain(found.caption) if found.caption else None,
            credit=plain(found.credit) if found.credit else None,
        )


def notice_words(view: ArticleView, withdrawal: Withdrawal, settings: Composing) -> str:
    """Who withdrew it, when and why."""
    title = plain(view.attribution.publisher_title)
    by = "pengelola portal ini" if withdrawal.by_hand else title
    at = indonesian_time(withdrawal.at.astimezone(settings.zone))
    reason = plain(withdrawal.reason).rstrip(".")
    return f"Berita dari {title} ini dicabut oleh {by} pada {at}. Alasan: {reason}."


def corrections(
    view: ArticleView, revisions: Sequence[Revision], first: Sent | None, zone: ZoneInfo
) -> Iterator[str]:
    """A dated line for each text that the publisher changed after the portal first had it."""
    title, url = plain(view.attribution.publisher_title), view.attribution.url
    for revision in revisions:
        if first is None or revision.number <= first.revision or revision.cause is Cause.PARSER:
            continue
        found = revision.correction
        parts = [word for name, word in _CHANGED.items() if name in revision.changed]
        if found is None and not parts:
            continue
        label = _LABELS[found.kind] if found else "Ralat"
        said = plain(unlabelled(found)) if found else f"{title} mengubah {' dan '.join(parts)}."
        at = indonesian_time(revision.seen_at.astimezone(zone))
        link = _link(url, f"Lihat di {title}")
        yield f"<p><strong>{label} ({at}):</strong> {escape(said)} {link}</p>"


def categories(view: ArticleView, review: Review | None, portal: TargetConfig) -> tuple[str, ...]:
    """The section that the editor chose, else the topics; never none."""
    known = {name.casefold(): category for name, category in portal.categories.items()}
    wanted = [review.section] if review and review.section else list(view.article.topics)
    found = [known[name.casefold()] for name in wanted if name.casefold() in known]
    return tuple(dict.fromkeys(found)) or (portal.default_category,)


def keywords(tags: Sequence[str]) -> tuple[str, ...]:
    """Without a comma in one: portals keep them in one text."""
    found: dict[str, str] = {}
    for tag in tags:
        word = plain(tag.replace(",", " "))
        if word:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())[:MOST_TAGS]


def key_of(view: ArticleView) -> str:
    """The same in every database, so that a post is found again by whoever sent it."""
    article = view.article
    identity = f"{article.publisher}\n{article.external_id or article.canonical_url}"
    digest = hashlib.blake2b(identity.encode("utf-8", "replace"), digest_size=5).hexdigest()
    return f"{slug(article.publisher)}-{digest}"


def slug_of(headline: str, key: str) -> str:
    words = slug(headline)[:LONGEST_SLUG].strip("-")
    return f"{words or 'berita'}-{key.rpartition('-')[2]}"


def plain(text: str) -> str:
    """One line without what nobody sees."""
    return " ".join(_UNSEEN.sub("", text).split())


def clean(html: str) -> str:
    return nh3.clean(
        _UNSEEN.sub("", html),
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener",
    )


def _require_attribution(view: ArticleView) -> None:
    """Whole, or not at all."""
    article, attribution = view.article, view.attribution
    for name, is_there in (
        ("publisher", plain(attribution.publisher_title)),
        ("headline", plain(article.headline)),
        ("url", _is_address(attribution.url)),
        ("published_at", article.published_at is not None),
        ("credit_line", attribution.publisher_title in attribution.credit_line),
        ("credit_line", attribution.url in attribution.credit_line),
    ):
        if not is_there:
            raise PostUnfitError(article.canonical_url, name)


def _shown_at(view: ArticleView, review: Review | None) -> datetime:
    decided = (review.publish_at or review.decided_at) if review else None
    found = decided or view.holding.first_seen or view.article.published_at
    assert found is not None, "without a time of publication it was refused"
    return found


def _is_address(url: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>\"]+", url) is not None and "href=" in clean(
        _link(url, "")
    )


def _p(text: str) -> str:
    return f"<p>{escape(plain(text))}</p>"


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'
