"""Stable, versioned hashes of what an article says.

The first character is the version: hashes of different versions are never equal, so a changed rule
cannot make unlike texts look alike.
"""

from __future__ import annotations

import hashlib
import json
import re

from aggregator.model import Article

VERSION = "1"

MIN_WORDS = 40
"""Shorter texts have no text fingerprint: weather tables, one-line announcements and captions are
the same word for word without being copies. The shortest real article at hand has 85 words."""

_WORD = re.compile(r"\w+")


def text_fingerprint(article: Article) -> str | None:
    """Hash of the body's words, whatever their case, punctuation and paragraphs.

    The headline is not in it: republished texts are retitled. ``None`` for a body too short to
    tell copies from formulas.
    """
    words = _WORD.findall(" ".join(article.body).casefold())
    return _hash(words) if len(words) >= MIN_WORDS else None


def content_fingerprint(article: Article) -> str:
    """Hash of everything whose change is a revision: headline, body, people, time."""
    published = article.published_at
    return _hash(
        [
            " ".join(article.headline.split()),
            [" ".join(paragraph.split()) for paragraph in article.body],
            [[credit.name, str(credit.role)] for credit in article.credits],
            int(published.timestamp()) if published else None,
        ]
    )


def _hash(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{VERSION}:{hashlib.blake2b(text.encode(), digest_size=16).hexdigest()}"
