"""The seam between the outbox and a school's portal: one protocol, one adapter per kind of portal.

An adapter moves posts; it decides nothing. What a post says is made in one place and holds the
credit line as part of its text, so that no template of a portal can drop it. When to send, try
again, give up or leave an editor's own changes alone is the outbox's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class PostState(StrEnum):
    """How a post stands in a portal."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    """Is published by the portal itself when its time comes."""
    PENDING = "pending"
    """Waits for an editor of the portal."""
    HIDDEN = "hidden"
    """In the bin or a draft: readers do not see it."""


@dataclass(frozen=True, kw_only=True)
class Image:
    """A picture that the rights basis covers, with what must be printed beneath it."""

    url: str
    caption: str | None
    credit: str | None


@dataclass(frozen=True, kw_only=True)
class Post:
    """What an article is to be in a portal, whole and safe to print as it is."""

    key: str
    """Names the article for ever, in letters, digits and dashes (``kemdikbud-12``)."""
    headline: str
    """Plain text."""
    body_html: str
    """Sanitised; ends with the credit line and the original address. A withdrawn article's says
    by whom it was withdrawn, when and why, and nothing else."""
    excerpt: str
    """Plain text."""
    slug: str
    """From the headline as first sent, with the key's hash at its end."""
    categories: tuple[str, ...]
    """Names in the portal; never empty."""
    tags: tuple[str, ...]
    shown_at: datetime
    """The time that the portal prints. A later one than now: not to be seen before."""
    state: PostState
    credit_line: str
    source_url: str
    image: Image | None


@dataclass(frozen=True, kw_only=True)
class RemotePost:
    """A post as it was read back from a portal."""

    id: str
    url: str | None
    headline: str
    body_html: str
    shown_at: datetime | None
    state: PostState


class PortalPort(Protocol):
    """One portal. Every method raises ``PortalError``: a passing trouble says when to try again."""

    @property
    def name(self) -> str:
        """As configured."""
        ...

    def check(self) -> tuple[str, ...]:
        """Sign in and look whether everything needed is there; what was found, in words.

        Raises ``PortalError`` that names what is wrong and what to do."""
        ...

    def find(self, post: Post) -> RemotePost | None:
        """The post that this article already is, though nobody noted its number: the last attempt
        was cut off between the portal's saving and our noting."""
        ...

    def read(self, remote_id: str) -> RemotePost | None:
        """As it stands there now. ``None``: deleted for good."""
        ...

    def create(self, post: Post) -> RemotePost: ...

    def update(self, remote_id: str, post: Post) -> RemotePost:
        """The same post with another text, at the same address. Brings a hidden one back."""
        ...

    def hide(self, remote_id: str) -> None:
        """Out of sight at once. One that is hidden already stays so."""
        ...

    def printed(self, post: Post) -> tuple[str, str]:
        """Headline and text as this portal gives back what it was given: what it is known to change
        (characters it cannot hold, its own filters) is changed here too, so that a difference means
        that a person edited."""
        ...

    def close(self) -> None: ...
