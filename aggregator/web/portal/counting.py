"""Counting readers, not requests, and knowing nothing of them.

A view counts once a day for each article and reader. Who has read what today is remembered only in
memory, as hashes with a salt that is thrown away at midnight; nothing about a reader is ever
written. Programs that say what they are do not count.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from threading import Lock

MOST_REMEMBERED = 200_000
"""Views of a day; 20 MB. A school has fewer, and whoever makes more does not read."""

_PROGRAM = re.compile(
    # Cubot makes telephones.
    r"(?<!cu)bot(?:\b|_)|crawl|spider|slurp|preview|fetch|monitor|scan|lighthouse|headless|archiv|"
    r"facebookexternalhit|whatsapp|telegram|curl|wget|python|java/|go-http|okhttp|httpx|libwww|"
    r"feed|rss|aggregator",
    re.IGNORECASE,
)


def is_program(agent: str) -> bool:
    """Whether a request comes from no person's browser; one that says nothing does not."""
    return not agent.startswith("Mozilla/") or _PROGRAM.search(agent) is not None


class Readers:
    """Counts until somebody takes the counts to write them down."""

    def __init__(self, salt: Callable[[], bytes] = lambda: secrets.token_bytes(16)) -> None:
        self._make_salt, self._lock = salt, Lock()
        self._day: date | None = None
        self._salt = b""
        self._seen: set[bytes] = set()
        self._new: Counter[int] = Counter()

    def note(self, article_id: int, client: str, agent: str, today: date) -> None:
        if is_program(agent):
            return
        with self._lock:
            if today != self._day:
                self._day, self._salt = today, self._make_salt()
                self._seen.clear()
            key = self._hash(article_id, client, agent)
            if key in self._seen or len(self._seen) >= MOST_REMEMBERED:
                return
            self._seen.add(key)
            self._new[article_id] += 1

    def take(self) -> Mapping[int, int]:
        """What was counted since this was last asked."""
        with self._lock:
            taken, self._new = self._new, Counter()
        return taken

    def give_back(self, taken: Mapping[int, int]) -> None:
        """They could not be written."""
        with self._lock:
            self._new.update(taken)

    def _hash(self, article_id: int, client: str, agent: str) -> bytes:
        text = f"{article_id}\0{client}\0{agent}".encode(errors="replace")
        return hashlib.blake2b(text, key=self._salt, digest_size=16).digest()
