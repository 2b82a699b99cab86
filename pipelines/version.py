"""The version of what reads pages: changed by whatever could change a reading.

Nobody has to remember to count it up. A changed comment changes it too, which costs nothing: the
version only says that a difference *may* be ours, and ``pipelines.witness`` finds out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

READERS = ("spiders", "pipelines")
"""Our packages that make an article of a page, with their rules."""

RULES = (".py", ".toml", ".csv")


@cache
def parser_version(layouts: tuple[object, ...]) -> str:
    """Of a parser with these layouts and all that it rests on."""
    digest = hashlib.blake2b(digest_size=8)
    for source in (*_sources(), repr(layouts).encode()):
        digest.update(source)
    return digest.hexdigest()


def _sources() -> Iterator[bytes]:
    here = Path(__file__).parents[1]
    for name in READERS:
        for path in sorted((here / name).rglob("*")):
            if path.suffix in RULES:
                yield path.read_bytes()
