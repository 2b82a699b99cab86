"""What a page of the desk is: one declaration that routes it and says who may open it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from aggregator.config import Config
from aggregator.deskoutbox import DeskOutbox
from aggregator.errors import ConfigError, UsageError
from aggregator.model import DeskRole, DeskUser
from aggregator.passwords import Passwords
from aggregator.query import get_article
from aggregator.review import Act
from aggregator.signin import SignIn
from aggregator.web.desk.place import Place
from aggregator.web.problems import Speaker
from pipelines.rulebook import Rulebook, load_rules
from storage.database import Database


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What all pages share."""

    config: Config
    reading: Database
    writing: Database
    passwords: Passwords
    door: SignIn
    say: Speaker
    clock: Callable[[], datetime]
    render: Callable[[str, Mapping[str, Any]], str]
    """A template's name and its values -> HTML."""
    push: Callable[[int], object]
    """Brings what was decided about an article's being there at all to the school's portals; runs
    when the answer has gone out."""
    outbox: DeskOutbox | None
    """``None``: no portal is configured."""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One request, as a page sees it."""

    desk: Desk
    place: Place
    path: Mapping[str, Any]
    query: Mapping[str, str]
    form: Mapping[str, str]
    user: DeskUser | None
    """``None``: not signed in."""
    token: str
    """The secret of this browser's session, or of its visit as a guest."""
    form_token: str
    session: str | None
    """The secret of a session that this browser sent, whether it holds or not."""
    client: str
    now: datetime

    @property
    def config(self) -> Config:
        return self.desk.config

    @property
    def say(self) -> Speaker:
        return self.desk.say

    @property
    def name(self) -> str:
        assert self.user is not None, "the page is for those who signed in"
        return self.user.name

    @property
    def act(self) -> Act:
        """Signed by this person, about the revision that the form was shown with."""
        seen = self.form.get("seen", "")
        return Act(by=self.name, now=self.now, seen=int(seen) if seen.isdecimal() else None)

    @property
    def outbox(self) -> DeskOutbox:
        """Raises ``UsageError``."""
        if self.desk.outbox is None:
            raise UsageError("no portal is configured: write one under [[publish.portals]]")
        return self.desk.outbox

    @property
    def portals(self) -> list[str]:
        """Names of those that are published to."""
        return [portal.name for portal in self.config.publish.portals]

    def reading(self) -> AbstractContextManager[Session]:
        return self.desk.reading.session()

    def writing(self) -> AbstractContextManager[Session]:
        return self.desk.writing.session()

    def article(self) -> int:
        """The one that the address names. Raises ``ArticleNotFoundError``."""
        with self.reading() as session:
            return get_article(session, str(self.path["id"])).id

    def rules(self) -> Rulebook:
        """For titles; the bundled ones where the school's own cannot be read."""
        try:
            return load_rules(self.config.rules)
        except ConfigError:
            return load_rules()

    def show(self, template: str, status: int = 200, **values: Any) -> Response:
        """An HTML page."""
        shared = {"visit": self, "root": self.place.root, "done": self.query.get("done", "")}
        body = self.desk.render(template, {**shared, **values})
        return Response(body, status, media_type="text/html")

    def go(self, address: str, *, done: str = "") -> Response:
        """To one of the desk's own addresses, after a form; ``done``: what is said there."""
        to = self.place.inside(address)
        if done:
            to = f"{to.partition('#')[0]}{'&' if '?' in to else '?'}done={done}"
        return RedirectResponse(to, 303)

    def back(self, *, done: str = "") -> Response:
        """To where the form was."""
        return self.go(self.form.get("next", ""), done=done)


@dataclass(frozen=True, kw_only=True)
class Page:
    path: str
    """Below the desk's root."""
    respond: Callable[[Visit], Response]
    method: str = "GET"
    role: DeskRole | None = DeskRole.EDITOR
    """Who may; ``None``: anybody."""
    examples: Mapping[str, str] = field(default_factory=dict)
    """Values for the path's parameters, with which tests ask."""

    def admits(self, user: DeskUser | None) -> bool:
        if self.role is None:
            return True
        return user is not None and (self.role is DeskRole.EDITOR or user.role is DeskRole.ADMIN)
