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

Rules, in order: same identifier or address -> the same article, or a revision of it if its content
differs (an archived text older than the one we hold changes nothing); same text within the
publisher, and neither of the two says that it first stood elsewhere -> duplicate; anything else ->
new. Unsure means new. Which of the two arrives first plays no part in whether they are duplicates.

Known look-alikes that are *not* duplicates: formulaic short texts (prayer times, weather), which
have no text fingerprint; the same release printed by two publishers, which are two attributed
articles. Grouping those, and texts that are similar but not identical, is clustering and not
decided here.

Rejected: the headline as identity (yearly announcements repeat it word for word); the body's hash
across publishers (it would drop one publisher's attribution for another's).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aggregator.model import Article
from pipelines.fingerprint import content_fingerprint


class Kind(StrEnum):
    NEW = "new"
    SAME = "same"
    REVISION = "revision"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, kw_only=True)
class Held:
    """An article that we hold and that this one may be."""

    id: int
    article: Article
    content_fingerprint: str
    said_since: datetime | None = None
    """When the text that we hold was fetched first. ``None``: not known, so nothing is older."""


OLDER = "older than what is held"
SAME_TEXT = "same text"


@dataclass(frozen=True, kw_only=True)
class Decision:
    kind: Kind
    of: int | None = None
    """The held article it is. ``None`` for a new one."""
    reason: str | None = None
    changed: tuple[str, ...] = ()
    """For a revision: names of the fields that differ."""


def decide(article: Article, *, same: Held | None, same_text: Held | None) -> Decision:
    """What this article is.

    ``same``: the held article with its identifier or address. ``same_text``: the publisher's held
    article with its normalised text.
    """
    if same is not None:
        if same.content_fingerprint == content_fingerprint(article):
            return Decision(kind=Kind.SAME, of=same.id, reason="same identity")
        if same.said_since is not None and article.fetched_at < same.said_since:
            return Decision(kind=Kind.SAME, of=same.id, reason=OLDER)
        changed = changed_fields(same.article, article)
        if not changed:
            return Decision(kind=Kind.SAME, of=same.id, reason="same identity")
        return Decision(kind=Kind.REVISION, of=same.id, reason="same identity", changed=changed)
    if same_text is not None and not (is_copy(article) or is_copy(same_text.article)):
        return Decision(kind=Kind.DUPLICATE, of=same_text.id, reason=SAME_TEXT)
    return Decision(kind=Kind.NEW)


def is_copy(article: Article) -> bool:
    """Whether the article itself says that it first stood elsewhere."""
    return any(evidence.kind == "first_published" for evidence in article.evidence)


def changed_fields(old: Article, new: Article) -> tuple[str, ...]:
    """Names of the fields whose difference a reader would notice. White space is none."""
    differs = {
        "headline": _folded(old.headline) != _folded(new.headline),
        "body": [*map(_folded, old.body)] != [*map(_folded, new.body)],
        "credits": old.credits != new.credits,
        "published_at": old.published_at != new.published_at,
    }
    return tuple(name for name, different in differs.items() if different)


def _folded(text: str) -> str:
    return " ".join(text.split())
