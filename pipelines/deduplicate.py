"""Whether an article is new, the same, a revision or a duplicate: doctrine and decision.

Observations (195,000 listing links of Republika, 2024-2026; Tribun's addresses of 2013-2026):

- One identifier lives under several addresses: 2,317 codes had two or more slugs, desks share
  articles, Tribun serves ``m.``, ``/amp/`` and ``?page=`` variants. The identifier decides.
- Headlines are edited in place (747 links): another headline under the same identity is a
  revision, not a second article.
- The same text appears under several identifiers (1,111 headline groups, mostly cross-desk): within
  one publisher an identical normalised text is one article with several addresses.

- A network's sites print each other's texts and say so ("Artikel ini telah tayang di …"). Such a
  copy names another original, so it is an article with an attribution of its own.
- Systems show another article where one was taken down, at the same address and with a status of
  success. Read as a revision it would put a stranger's text under the old attribution.
- Parsers get better. What they then read otherwise on an unchanged page is no publisher's
  correction (``pipelines.witness``).

Rules, in order: same identifier or address -> the same article, or a revision of it if its content
differs (an archived text older than the one we hold changes nothing; white space, quotes, dashes
and counters are no content), or nothing of it if the page names another identity or fits no
layout, and says nothing alike; same text within the publisher, and neither of the two says that it
first stood elsewhere -> duplicate; anything else -> new. Unsure means new. Which of the two arrives
first plays no part in whether they are duplicates.

Known look-alikes that are *not* duplicates: formulaic short texts (prayer times, weather), which
have no text fingerprint; the same release printed by two publishers, which are two attributed
articles. Grouping those, and texts that are similar but not identical, is clustering and not
decided here.

Rejected: the headline as identity (yearly announcements repeat it word for word); the body's hash
across publishers (it would drop one publisher's attribution for another's).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from aggregator.model import Article, Precision
from pipelines.fingerprint import content_fingerprint
from pipelines.witness import Imprint, is_other_reading
from pipelines.wording import as_said, paragraphs_as_said


class Kind(StrEnum):
    NEW = "new"
    SAME = "same"
    REVISION = "revision"
    DUPLICATE = "duplicate"
    ANOTHER = "another"
    """At the held article's address stands something else, or nothing."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """An article that we hold and that this one may be."""

    id: int
    article: Article
    content_fingerprint: str
    said_since: datetime | None = None
    """When the text that we hold was fetched first. ``None``: not known, so nothing is older."""
    parser: str | None = None
    """Version of the parsers that read it last. ``None``: not noted."""
    imprint: Imprint | None = None
    """What its page said then. ``None``: not noted."""


OLDER = "older than what is held"
SAME_TEXT = "same text"
ANOTHER_ARTICLE = "another article's page"
NO_ARTICLE = "page without an article"

LEAST_ALIKE = 0.15
"""Share of the shorter text's runs of three words that two versions of one article have in common.
Of all pairs of 533 texts of Republika and Tribun (2022-2025) 0.2 % share more, the most alike being
reports on one event; of 242 texts of which every second sentence was replaced none shares less than
0.17."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    kind: Kind
    of: int | None = None
    """The held article it is. ``None`` for a new one."""
    reason: str | None = None
    changed: tuple[str, ...] = ()
    """For a revision: names of the fields that differ."""
    by_parser: bool = False
    """For a revision: the page said the same before, and today's parsers read it otherwise."""


def decide(
    article: Article, *, same: Held | None, same_text: Held | None, parser: str | None = None
) -> Decision:
    """What this article is.

    ``same``: the held article with its identifier or address. ``same_text``: the publisher's held
    article with its normalised text. ``parser``: version of the parsers that read this one.
    """
    if same is not None:
        return _beside_itself(article, same, parser)
    if same_text is not None and not (is_copy(article) or is_copy(same_text.article)):
        return Decision(kind=Kind.DUPLICATE, of=same_text.id, reason=SAME_TEXT)
    return Decision(kind=Kind.NEW)


def _beside_itself(article: Article, held: Held, parser: str | None) -> Decision:
    same = Decision(kind=Kind.SAME, of=held.id, reason="same identity")
    if held.content_fingerprint == content_fingerprint(article):
        return same
    if held.said_since is not None and article.fetched_at < held.said_since:
        return Decision(kind=Kind.SAME, of=held.id, reason=OLDER)
    changed = changed_fields(held.article, article)
    if not changed:
        return same
    if is_another(held.article, article):
        return Decision(kind=Kind.ANOTHER, of=held.id, reason=ANOTHER_ARTICLE)
    if is_shell(held.article, article):
        return Decision(kind=Kind.ANOTHER, of=held.id, reason=NO_ARTICLE)
    return Decision(
        kind=Kind.REVISION,
        of=held.id,
        reason="same identity",
        changed=changed,
        by_parser=parser != held.parser
        and is_other_reading(held.article, held.imprint, article, changed),
    )


def is_copy(article: Article) -> bool:
    """Whether the article itself says that it first stood elsewhere."""
    return any(evidence.kind == "first_published" for evidence in article.evidence)


def changed_fields(old: Article, new: Article) -> tuple[str, ...]:
    """Names of the fields whose difference a reader would notice."""
    differs = {
        "headline": as_said(old.headline) != as_said(new.headline),
        "body": paragraphs_as_said(old.body) != paragraphs_as_said(new.body),
        "credits": old.credits != new.credits,
        "published_at": not _same_time(old, new),
    }
    return tuple(name for name, different in differs.items() if different)


def _same_time(old: Article, new: Article) -> bool:
    """Whether both state one time, each as exactly as it can: "2 jam lalu" moves with each look."""
    one, other = old.published_at, new.published_at
    if one is None or other is None:
        return one is other
    precisions = {old.published_precision, new.published_precision}
    if Precision.DAY in precisions:
        # In the zone of the one that states a day: to the other it may be the day before.
        day = one if old.published_precision is Precision.DAY else other
        return one.astimezone(day.tzinfo).date() == other.astimezone(day.tzinfo).date()
    leeway = timedelta(hours=1) if Precision.HOUR in precisions else timedelta(minutes=1)
    return abs(one - other) < leeway


def is_another(held: Article, article: Article) -> bool:
    """Whether a page at the held article's address names another identity and says nothing alike.

    One alone is not enough: desks give one text several identifiers, and texts are rewritten.
    """
    if held.external_id is not None and article.external_id is not None:
        same_identity = held.external_id == article.external_id
    else:
        same_identity = held.canonical_url == article.canonical_url
    return not same_identity and not _alike(held, article)


def is_shell(held: Article, article: Article) -> bool:
    """Whether what was read is the site around an article that is gone: found only where paragraphs
    happened to be, in no layout of the publisher's, and nothing like the text that was there."""
    return _is_guessed(article) and not _is_guessed(held) and not _alike(held, article)


def _is_guessed(article: Article) -> bool:
    return any(evidence.kind == "basis" for evidence in article.evidence)


def _alike(one: Article, other: Article) -> bool:
    if as_said(one.headline) == as_said(other.headline):
        return True
    runs, others = _runs(one.body), _runs(other.body)
    fewer = min(len(runs), len(others))
    return fewer > 0 and len(runs & others) / fewer >= LEAST_ALIKE


def _runs(body: tuple[str, ...]) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(body).casefold())
    return set(zip(words, words[1:], words[2:], strict=False))
