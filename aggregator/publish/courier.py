"""Doing what was decided about one article in one portal: at least once, and only once to be seen.

Every step that changes something in the portal is noted before it is done and after, so that the
process may be killed between any two. Whoever comes next finds the note, looks at what stands in
the portal, and goes on. What is found there is compared with what was sent last and with what was
being sent: anything else was written by a person, and is left to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape, unescape
from typing import Any

import nh3

from aggregator.errors import PostRefusedError
from aggregator.model import Publication, PublicationState, Review, Revision, Stop
from aggregator.publish.compose import Composing, Sent, compose
from aggregator.publish.decide import Action, Decision, Meeting, is_public, may_stand_there, meet
from aggregator.publish.port import PortalPort, Post, PostState, RemotePost
from aggregator.query import ArticleView

DROPPED = "the portal does not print the credit line; the post was hidden"
LOST = "the portal does not have the post that it said it saved"

Note = Callable[[Publication], None]
"""Writes a publication down, for good."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """All that a post is made from."""

    view: ArticleView
    review: Review | None
    revisions: Sequence[Revision]
    mark: str


class Courier:
    """One delivery. ``held`` is what was noted last, also when an error ends it."""

    def __init__(
        self,
        port: PortalPort,
        parcel: Parcel,
        held: Publication | None,
        composing: Composing,
        note: Note,
        now: datetime,
    ) -> None:
        self.port, self.parcel, self.note_down, self.now = port, parcel, note, now
        if held is not None and not may_stand_there(held):
            # Nobody saw an earlier text: there is nothing to correct.
            held = replace(held, first_revision=parcel.view.holding.revision or 1)
        self.post = compose_for(parcel, held, composing)
        self.held = held or _begun(self.post, parcel, composing.portal.name)

    def deliver(self, decision: Decision) -> Publication:
        """Raises ``PortalError``."""
        match decision.action:
            case Action.CREATE | Action.UPDATE:
                self._send(decision.action)
            case Action.HIDE:
                self._hide(decision.action)
            case Action.WITHDRAW:
                self._withdraw()
            case _:
                raise ValueError(decision.action)
        return self.held

    # --- sending ----------------------------------------------------------------------------------

    def _send(self, action: Action) -> None:
        remote = self._locate()
        wanted = digest(*self.port.printed(self.post))
        if remote is None and self.held.remote_id is None:
            self._note(doing=action, intended_hash=wanted)
            made = self.port.create(self.post)
            self._confirm(made.id, self.post)
            return
        meeting = self._meet(remote, wanted)
        if remote is None or meeting is not Meeting.GO_ON:
            stop = Stop.REMOVED if meeting is Meeting.REMOVED else Stop.CONFLICT
            self._finish(stop=stop)
            return
        public = is_public(self.held, remote)
        # What is there now is ours: from here on, only that or what is being sent is.
        self._note(doing=action, intended_hash=wanted, sent_hash=digest_of(remote), public=public)
        # What readers could see stays to be seen, though new posts may have to wait.
        post = replace(self.post, state=PostState.PUBLISHED) if public else self.post
        self.port.update(remote.id, post)
        self._confirm(remote.id, post)

    def _confirm(self, remote_id: str, post: Post) -> None:
        """Read back: what a portal says it saved is not always what it shows."""
        back = self._read_back(remote_id)
        credit = replace(post, body_html=f"<p>{escape(post.credit_line)}</p>")
        if not (self._prints(back, credit) and _links_to(back, post.source_url)):
            self.port.hide(remote_id)
            self._sent(back, PublicationState.HIDDEN, stop=Stop.DEAD, last_error=DROPPED)
            return
        self._sent(back, PublicationState.SENT)

    def _sent(self, back: RemotePost, state: PublicationState, **changes: Any) -> None:
        self._finish(
            state=state,
            **{"stop": None, **changes},
            remote_id=back.id,
            remote_url=back.url,
            public=back.state in (PostState.PUBLISHED, PostState.SCHEDULED),
            mark=self.parcel.mark,
            sent_revision=self.parcel.view.holding.revision,
            sent_hash=digest_of(back),
            first_sent_at=self.held.first_sent_at or self.now,
        )

    # --- taking down ------------------------------------------------------------------------------

    def _hide(self, action: Action) -> RemotePost | None:
        """Whatever it says by now."""
        remote = self._locate()
        if remote is None:
            if self.held.remote_id is None:
                self._finish(state=PublicationState.WAITING)
            else:
                self._finish(stop=Stop.REMOVED)
            return None
        public = is_public(self.held, remote)
        self._note(doing=action, public=public)
        self.port.hide(remote.id)
        done = self._finish if action is Action.HIDE else self._note
        done(state=PublicationState.HIDDEN)
        return remote

    def _withdraw(self) -> None:
        before = self.held
        remote = self._hide(Action.WITHDRAW)
        if remote is None:
            return
        if not self.held.public:
            # Nobody could read it there: there is nothing to announce.
            self._finish(state=PublicationState.WITHDRAWN, stop=None)
            return
        if digest_of(remote) not in (before.sent_hash, before.intended_hash):
            self._finish(stop=Stop.CONFLICT)
            return
        notice = replace(self.post, state=PostState.PUBLISHED)
        wanted = digest(*self.port.printed(notice))
        self._note(intended_hash=wanted, sent_hash=digest_of(remote))
        self.port.update(remote.id, notice)
        back = self._read_back(remote.id)
        if not self._prints(back, notice):
            self.port.hide(remote.id)
            raise PostRefusedError(self.port.name, "the portal does not print the notice")
        self._sent(back, PublicationState.WITHDRAWN)

    # --- looking ----------------------------------------------------------------------------------

    def _locate(self) -> RemotePost | None:
        """Where it stands; also a post that arrived though nobody noted so."""
        if self.held.remote_id is not None:
            return self.port.read(self.held.remote_id)
        found = self.port.find(self.post)
        if found is not None:
            self.held = replace(self.held, remote_id=found.id, remote_url=found.url)
        return found

    def _meet(self, remote: RemotePost | None, wanted: str) -> Meeting:
        found = digest_of(remote) if remote is not None else None
        known = replace(self.held, intended_hash=found) if found == wanted else self.held
        return meet(known, remote, found)

    def _read_back(self, remote_id: str) -> RemotePost:
        back = self.port.read(remote_id)
        if back is None:
            raise PostRefusedError(self.port.name, LOST)
        self.held = replace(self.held, remote_id=back.id, remote_url=back.url)
        return back

    def _prints(self, back: RemotePost, wanted: Post) -> bool:
        _, printed = self.port.printed(wanted)
        return words(printed) in words(back.body_html)

    # --- noting -----------------------------------------------------------------------------------

    def _note(self, **changes: Any) -> None:
        self.held = replace(self.held, **changes, changed_at=self.now)
        self.note_down(self.held)

    def _finish(self, **changes: Any) -> None:
        done = {"doing": None, "intended_hash": None, "attempts": 0, "next_attempt_at": None}
        self._note(**{**done, "last_error": None, **changes})


def compose_for(parcel: Parcel, held: Publication | None, composing: Composing) -> Post:
    """The post that the article is to be, as far as it was sent before. Raises
    ``PostUnfitError``."""
    first = (
        Sent(slug=held.slug, shown_at=held.shown_at, revision=held.first_revision)
        if held is not None
        else None
    )
    return compose(parcel.view, parcel.review, composing, first=first, revisions=parcel.revisions)


def digest(headline: str, body_html: str) -> str:
    return hashlib.sha256(f"{headline}\n{body_html}".encode("utf-8", "replace")).hexdigest()


def digest_of(remote: RemotePost) -> str:
    return digest(remote.headline, remote.body_html)


def words(html: str) -> str:
    """What is read, whatever stands between."""
    return " ".join(unescape(nh3.clean(html.replace("<", " <"), tags=set())).split())


def _links_to(remote: RemotePost, url: str) -> bool:
    return url in unescape(remote.body_html)


def _begun(post: Post, parcel: Parcel, portal: str) -> Publication:
    return Publication(
        article_id=parcel.view.id,
        portal=portal,
        state=PublicationState.WAITING,
        slug=post.slug,
        shown_at=post.shown_at,
        first_revision=parcel.view.holding.revision or 1,
    )
