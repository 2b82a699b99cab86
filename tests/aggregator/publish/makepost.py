"""Posts for tests of adapters."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

from aggregator.publish.port import Post, PostState

SHOWN_AT = datetime(2020, 8, 7, 2, 11, 12, tzinfo=UTC)

BODY = """<p><strong>JAKARTA</strong> – Siswa SMK &amp; guru “mendunia”. <em>Ani</em>: 2 &lt; 3.</p>
<h2>Lokakarya</h2>
<ul><li>satu</li><li>dua\u00a0tiga</li></ul>
<blockquote>Kutipan panjang…</blockquote>
<p>Lihat <a href="https://vokasi.go.id/?a=1&amp;b=2" rel="nofollow noopener">di sini</a>.</p>
<p>Sumber: Kemdikbud – “Siswa SMK”, Jumat, 7 Agustus 2020 10.11 WITA. \
<a href="https://vokasi.kemdikbud.go.id/read/1" rel="nofollow noopener">\
https://vokasi.kemdikbud.go.id/read/1</a></p>"""


def make_post(key: str = "kemdikbud-12", **changes: Any) -> Post:
    given: dict[str, Any] = {
        "key": key,
        "headline": "Siswa SMK & “guru” mendunia",
        "body_html": BODY,
        "excerpt": "Siswa SMK & guru mendunia.",
        "slug": f"siswa-smk-mendunia-{hashlib.sha256(key.encode()).hexdigest()[:10]}",
        "categories": ("Berita",),
        "tags": ("SMK", "Riset & teknologi"),
        "shown_at": SHOWN_AT,
        "state": PostState.PUBLISHED,
        "credit_line": "Sumber: Kemdikbud",
        "source_url": "https://vokasi.kemdikbud.go.id/read/1",
        "image": None,
    }
    return Post(**{**given, **changes})
