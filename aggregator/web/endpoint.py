"""What an endpoint is: one declaration that routes, checks, answers and describes itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.web.answers import Answer
from aggregator.web.params import Parameter
from aggregator.web.problems import Speaker

JSON = "application/json"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request, as an endpoint sees it."""

    session: Session
    config: Config
    base: str
    """Public address of the web side, without a slash at the end."""
    path: str
    values: Mapping[str, Any]
    """Of the declared parameters."""
    given: Sequence[tuple[str, str]]
    """The query as it was written."""
    say: Speaker
    """In the school's language."""

    def address(self, **changes: str) -> str:
        """This question's own address, with some parameters changed."""
        asked = {**dict(self.given), **changes}
        query = urlencode(sorted(asked.items()))
        return f"{self.base}{self.path}{f'?{query}' if query else ''}"


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    path: str
    """From the root, with ``{parameters}``."""
    name: str
    summary: str
    respond: Callable[[Ask], Answer]
    parameters: tuple[Parameter, ...] = ()
    media_type: str = JSON
    schema: str | None = None
    """Name of the answer's schema. ``None``: not JSON of ours."""
    negotiates: bool = True
    """Whether a client that does not take ``media_type`` is told so."""
    missing: bool = False
    """Whether the address may name something that is not there (404)."""


def json_answer(
    found: Any,
    *,
    last_modified: datetime | None = None,
    links: tuple[str, ...] = (),
    keeps: bool = True,
) -> Answer:
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return Answer(body=body, media_type=JSON, last_modified=last_modified, links=links, keeps=keeps)
