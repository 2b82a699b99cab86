"""Articles and publishers for tests: only what a test is about need be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aggregator.model import Article, AttributedArticle, Publisher, RightsBasis
from pipelines.attribute import attribute
from pipelines.normalise import normalise

NOW = datetime(2026, 8, 1, 3, 0, tzinfo=UTC)
"""The moment of every fetch: 10.00 WIB, 11.00 WITA."""

WIB = ZoneInfo("Asia/Jakarta")
WITA = ZoneInfo("Asia/Makassar")
WIT = ZoneInfo("Asia/Jayapura")

LONG_TEXT = " ".join(f"Kalimat ke-{n} menceritakan kegiatan siswa." for n in range(1, 16))
"""Long enough for a text fingerprint."""

_PUBLISHER = Publisher(
    name="contoh",
    title="Harian Contoh",
    homepage="https://contoh.example",
    timezone="Asia/Jakarta",
    rights_basis=RightsBasis.CURRENT_NEWS,
    hosts=("contoh.example",),
)


def publisher(**changes: Any) -> Publisher:
    return replace(_PUBLISHER, **changes)


def article(**changes: Any) -> Article:
    """As a spider returns it."""
    url = changes.get("url", "https://contoh.example/berita/1/judul")
    stated: dict[str, Any] = {
        "publisher": "contoh",
        "url": url,
        "canonical_url": url,
        "headline": "Siswa SMK Merakit Sepeda Listrik",
        "fetched_at": NOW,
        "body_html": f"<p>{LONG_TEXT}</p>",
        "published_raw": "Jumat, 31 Juli 2026 09:15 WIB",
    }
    return Article(**{**stated, **changes})


def normalised(**changes: Any) -> Article:
    return normalise(article(**changes), publisher())


def attributed(**changes: Any) -> AttributedArticle:
    return attribute(normalised(**changes), publisher())


def body_of(*paragraphs: str) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
