"""An answer and its HTTP: validators, conditional requests, compression, how long it keeps.

The entity tag is a hash of the body, so it is right whatever changed. ``Last-Modified`` is for
clients that know nothing else; as nginx does, only the very same time is answered with 304, since
the newest change of a list goes back when an article is withdrawn.
"""

from __future__ import annotations

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property

from starlette.datastructures import Headers
from starlette.responses import Response

from aggregator.web.negotiation import takes_gzip

LEAST_TO_COMPRESS = 1024
"""Bytes below which gzip's own weight and time are not worth it."""
COMPRESSION = 5

MOST_KEPT = 512
MOST_BYTES_KEPT = 32 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an endpoint found."""

    body: bytes
    media_type: str
    last_modified: datetime | None = None
    """``None``: nothing in it has a time of its own."""
    links: tuple[str, ...] = ()
    """Values of ``Link``."""
    keeps: bool = True
    """False: never to be shown again unasked."""
    status: int = 200


class Prepared:
    """An answer ready to be sent any number of times."""

    def __init__(self, answer: Answer, made_at: float) -> None:
        self.answer, self.made_at = answer, made_at
        self.tag = hashlib.sha256(answer.body).hexdigest()[:32]
        self.modified = (
            format_datetime(answer.last_modified.astimezone(UTC), usegmt=True)
            if answer.last_modified
            else None
        )

    @cached_property
    def compressed(self) -> bytes | None:
        """``None``: not worth it. Made when first asked for."""
        if len(self.answer.body) < LEAST_TO_COMPRESS:
            return None
        # mtime=0: the same bytes for the same answer.
        return gzip.compress(self.answer.body, COMPRESSION, mtime=0)

    @property
    def size(self) -> int:
        """Bytes in memory, at most: compressed ones are fewer."""
        return 2 * len(self.answer.body)

    def response(self, method: str, asked: Headers, *, max_age: int, age: int) -> Response:
        compressed = self.compressed if takes_gzip(asked.get("accept-encoding")) else None
        headers = self._headers(max_age, age, weak=compressed is not None)
        if self.answer.status == 200 and self._is_current(asked):
            return Response(status_code=304, headers=headers)
        body = self.answer.body
        if compressed is not None:
            body = compressed
            headers["Content-Encoding"] = "gzip"
        answer = self.answer
        response = Response(body, answer.status, headers, media_type=answer.media_type)
        if method == "HEAD":
            # With the length of what a GET would have sent.
            response.body = b""
        return response

    def _headers(self, max_age: int, age: int, *, weak: bool) -> dict[str, str]:
        keeps = self.answer.keeps and max_age > 0
        headers = {
            # Compressed on the way, the bytes are others: the tag is a weak one.
            "ETag": f'W/"{self.tag}"' if weak else f'"{self.tag}"',
            "Cache-Control": f"public, max-age={max_age}" if keeps else "no-cache",
            "Vary": "Accept-Encoding",
        }
        if self.modified:
            headers["Last-Modified"] = self.modified
        if age:
            headers["Age"] = str(age)
        if self.answer.links:
            headers["Link"] = ", ".join(self.answer.links)
        return headers

    def _is_current(self, asked: Mapping[str, str]) -> bool:
        if (known := asked.get("if-none-match")) is not None:
            tags = {tag.strip().removeprefix("W/") for tag in known.split(",")}
            return "*" in tags or f'"{self.tag}"' in tags
        return self.modified is not None and asked.get("if-modified-since") == self.modified


class KeptAnswers:
    """The answers given lately, so that a page that everybody opens asks the database once.

    Bounded in number and bytes; what was not asked for longest goes first.
    """

    def __init__(self, max_age: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.max_age, self._clock = max_age, clock
        self._kept: OrderedDict[Hashable, Prepared] = OrderedDict()
        self._bytes = 0
        self.era = 0
        """Another one since ``forget``: what was asked before may be wrong after."""

    def find(self, question: Hashable) -> tuple[Prepared, int] | None:
        """The answer and its age in seconds."""
        kept = self._kept.get(question)
        if kept is None:
            return None
        age = int(self._clock() - kept.made_at)
        if age >= self.max_age:
            self._drop(question)
            return None
        self._kept.move_to_end(question)
        return kept, age

    def prepare(self, question: Hashable, answer: Answer, era: int | None = None) -> Prepared:
        """Make an answer ready, and keep it where that is allowed. ``era``: in which it was asked
        for; ``None``: in this one."""
        prepared = Prepared(answer, self._clock())
        if answer.keeps and self.max_age > 0 and era in (None, self.era):
            self._drop(question)
            self._kept[question] = prepared
            self._bytes += prepared.size
            while len(self._kept) > MOST_KEPT or self._bytes > MOST_BYTES_KEPT:
                self._drop(next(iter(self._kept)))
        return prepared

    def forget(self) -> None:
        """Ask everything anew: what is shown has just been decided otherwise."""
        self._kept.clear()
        self._bytes = 0
        self.era += 1

    def _drop(self, question: Hashable) -> None:
        if (dropped := self._kept.pop(question, None)) is not None:
            self._bytes -= dropped.size
