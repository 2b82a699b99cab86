"""One article in every template that is known, and in templates that are not: it must come out the
same. Pages of the wild mix generations, lose class names, break their metadata and nest as they
like; the expected article never changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator.model import Article, Role
from pipelines.normalise import normalise
from spiders.page import Page
from spiders.registry import publisher_for, publishers

NOW = datetime(2026, 8, 1, 3, 0, tzinfo=UTC)
HEADLINE = "Siswa SMK Contoh Merakit Sepeda Listrik dari Barang Bekas"
PARAGRAPHS = (
    "Siswa SMK Contoh merakit sepeda listrik dari barang bekas di bengkel sekolah sejak awal bulan "
    "dan memakainya ke pasar setiap pagi.",
    "“Kami belajar bahwa baterai bekas pun masih berguna,” kata siswa kelas XI, Nadia Kirana, "
    "kepada para tamu yang datang.",
    "Guru pembimbing menyiapkan panduan agar sekolah lain dapat meniru rangkaian itu tanpa membeli "
    "suku cadang baru dari luar kota.",
    "Dinas pendidikan akan memamerkan sepeda itu pada hari jadi kota, lalu meminjamkannya kepada "
    "penjaga sekolah yang rumahnya jauh.",
)


@dataclass(frozen=True)
class Template:
    """``templates/<name>.html``, with ``{headline}`` and ``{body}`` in it."""

    name: str
    url: str
    lead: str
    """The dateline, as this publisher marks it up."""
    mark: str
    place: str = "JAKARTA"
    zone: str = "+07:00"
    prints_people: bool = True
    prints_a_minute: bool = True
    agency: str | None = None

    @property
    def publisher(self) -> str:
        return publisher_for(self.url).name  # type: ignore[union-attr]

    @property
    def html(self) -> str:
        return (FOLDER / f"{self.name}.html").read_text(encoding="utf-8")


FOLDER = Path(__file__).parent / "templates"
REPUBLIKA = "REPUBLIKA.CO.ID, JAKARTA -- "
OLD_URL = "http://www.republika.co.id/berita/nasional/umum/26/07/24/tio9zt472-sepeda-listrik"
NEW_URL = "https://news.republika.co.id/berita/tio9zt472/sepeda-listrik"
TRIBUN_URL = "http://www.tribunnews.com/metropolitan/2026/07/24/sepeda-listrik"
WWW_URL = "https://www.tribunnews.com/pendidikan/9200101/sepeda-listrik"
KALTIM_URL = "https://kaltim.tribunnews.com/2026/07/24/sepeda-listrik"
BLOG_URL = "https://www.kemdikbud.go.id/main/blog/2026/07/sepeda-listrik"
ODOO_URL = "https://www.kemendikdasmen.go.id/siaran-pers/15990-sepeda-listrik"
VOKASI_URL = "https://vokasi.kemendikdasmen.go.id/read/b/sepeda-listrik"
MINISTRY: dict[str, Any] = {"place": "Jakarta", "prints_people": False, "prints_a_minute": False}
SIDE = '<div class="terkini"><h4>Terkini</h4><a href="/x">Judul lain di sisi halaman</a></div>'
TEASER = '<p>Baca juga: <a href="/berita/x">Judul Lain</a></p>'

TEMPLATES = (
    Template("republika-2015", OLD_URL, REPUBLIKA, "REPUBLIKA.CO.ID", agency="Antara"),
    Template("republika-2016", OLD_URL, REPUBLIKA, "REPUBLIKA.CO.ID", agency="Antara"),
    Template("republika-2018", NEW_URL, REPUBLIKA, "REPUBLIKA.CO.ID"),
    Template(
        *("republika-2023", NEW_URL, "REPUBLIKA.CO.ID,&nbsp;JAKARTA -", "REPUBLIKA.CO.ID"),
        agency="Antara",
    ),
    Template("tribun-2015", TRIBUN_URL, "TRIBUNNEWS.COM, JAKARTA - ", "TRIBUNNEWS.COM"),
    Template(
        *("tribun-2021", KALTIM_URL, "<b>TRIBUNKALTIM.CO, BALIKPAPAN - </b>", "TRIBUNKALTIM.CO"),
        place="BALIKPAPAN",
        zone="+08:00",
    ),
    Template(
        *("tribun-2026", WWW_URL, "<strong>TRIBUNNEWS.COM, JAKARTA - </strong>", "TRIBUNNEWS.COM"),
    ),
    Template("kemdikbud-blog", BLOG_URL, "Jakarta, Kemendikbud --- ", "Kemendikbud", **MINISTRY),
    Template(
        *("kemendikdasmen", ODOO_URL, "<b>Jakarta, Kemendikdasmen – </b>", "Kemendikdasmen"),
        **MINISTRY,
    ),
    Template("vokasi", VOKASI_URL, "<i>Jakarta, Ditjen Vokasi - </i>", "Ditjen Vokasi", **MINISTRY),
)
NAMED = {template.name: template for template in TEMPLATES}


# --- how the text is marked up ------------------------------------------------------------------

Body = Callable[[tuple[str, ...]], str]
BODIES: dict[str, Body] = {
    "paragraphs": lambda ps: "".join(f"<p>{p}</p>" for p in ps),
    "line breaks": lambda ps: f"<p>{'<br /><br />'.join(ps)}</p>",
    "bare text": lambda ps: "<br><br>\n".join(ps),
    "divs": lambda ps: "".join(f"<div>{p}</div>" for p in ps),
    "nested": lambda ps: f"<div><div>{''.join(f'<div><p>{p}</p></div>' for p in ps)}</div></div>",
    "malformed": lambda ps: "".join(f'<p class="b2">  <p>{p}</p>' for p in ps),
    "spans": lambda ps: "".join(f"<p><span style='x'><span>{p}</span></span></p>" for p in ps),
    "advertised": lambda ps: "<div id='div-gpt-ad-1'><script>x()</script></div>".join(
        f"<p>{p}</p>" for p in ps
    ),
    "teased": lambda ps: TEASER.join(f"<p>{p}</p>" for p in ps),
    "pictured": lambda ps: (
        "<figure><img src=/x.jpg><figcaption>Keterangan foto.</figcaption></figure>"
        + "".join(f"<p>{p}</p>" for p in ps)
    ),
    "headed": lambda ps: f"<p>{HEADLINE}</p>" + "".join(f"<p>{p}</p>" for p in ps),
}

# --- what the head says -------------------------------------------------------------------------

STATED = "2026-07-24T16:32:00"
Head = Callable[[Template], str]


def node(template: Template) -> dict[str, Any]:
    return {
        "@type": "NewsArticle",
        "headline": HEADLINE,
        "datePublished": f"{STATED}{template.zone}",
        "publisher": {"@type": "Organization", "name": "Contoh"},
    }


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def metas(template: Template) -> str:
    return (
        f'<meta property="og:title" content="{HEADLINE}">'
        f'<meta property="article:published_time" content="{STATED}{template.zone}">'
    )


HEADS: dict[str, Head] = {
    "nothing": lambda _: "",
    "json-ld": lambda t: script(json.dumps(node(t))),
    "json-ld graph": lambda t: script(json.dumps({"@graph": [{"@type": "WebPage"}, node(t)]})),
    "json-ld list": lambda t: script(json.dumps([{"@type": "WebSite"}, node(t)])),
    "json-ld with raw line breaks": lambda t: script(
        json.dumps({**node(t), "description": "dua BARIS"}).replace(" BARIS", "\n\tbaris")
    ),
    "json-ld broken": lambda t: script(json.dumps(node(t))[:-1] + ', "description": "ia "x" y",}'),
    "meta": metas,
    "meta with another zone's offset": lambda t: metas(t).replace(t.zone, "+00:00"),
    "meta without a clock": lambda t: metas(t).replace(f"T16:32:00{t.zone}", ""),
    "microdata": lambda t: f'<meta itemprop="datePublished" content="{STATED}{t.zone}">',
    "brand in the title": lambda t: f"<title>{HEADLINE} | {t.publisher.title()}</title>",
}


def rendered(template: Template, head: str = "nothing", body: str = "paragraphs") -> str:
    text = BODIES[body]((template.lead + PARAGRAPHS[0], *PARAGRAPHS[1:]))
    main = template.html.replace("{headline}", HEADLINE).replace("{body}", text)
    return (
        f"<html lang=id><head><meta charset=utf-8>{HEADS[head](template)}</head>"
        f"<body><nav><a href=/>Beranda</a></nav>{main}{SIDE}</body></html>"
    )


def read(template: Template, html: str) -> Article:
    parser = publishers()[template.publisher]()
    article = parser.parse_page(Page(template.url, html), fetched_at=NOW)
    return normalise(article, parser.publisher)


def check(article: Article, template: Template) -> None:
    assert article.headline == HEADLINE
    assert article.body == PARAGRAPHS
    line = article.dateline
    assert line is not None
    assert (line.mark, line.place) == (template.mark, template.place)
    assert article.published_at is not None
    if template.prints_a_minute:
        assert article.published_at.isoformat() == f"{STATED}{template.zone}"
    else:
        assert article.published_at.date().isoformat() == "2026-07-24"
    people = [("Rani Sari", Role.REPORTER), ("Bima Aji", Role.EDITOR)]
    found = [(credit.name, credit.role) for credit in article.credits]
    assert found == (people if template.prints_people else [])
    assert article.agency == template.agency


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", NAMED)
def test_however_the_text_is_marked_up(name: str, body: str) -> None:
    template = NAMED[name]
    check(read(template, rendered(template, body=body)), template)


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("name", NAMED)
def test_whatever_the_head_says(name: str, head: str) -> None:
    template = NAMED[name]
    article = read(template, rendered(template, head=head))
    check(article, template)
    assert article.layout != "standard"


def unnamed(html: str) -> str:
    """The same page after a redesign: no class or id is what it was."""
    return re.sub(r"""\b(class|id)=("[^"]*"|'[^']*'|\w+)""", r'\1="baru"', html)


@pytest.mark.parametrize("body", ["paragraphs", "line breaks", "nested", "teased"])
@pytest.mark.parametrize("name", NAMED)
def test_a_template_without_its_class_names(name: str, body: str) -> None:
    template = NAMED[name]
    article = read(template, unnamed(rendered(template, "json-ld", body)))
    assert article.headline == HEADLINE
    assert article.body == PARAGRAPHS
    assert article.layout == "standard"
    assert [evidence.text for evidence in article.evidence if evidence.kind == "basis"]
    line = article.dateline
    assert line is not None
    assert (line.mark, line.place) == (template.mark, template.place)
    assert article.published_at is not None
    assert article.published_at.isoformat() == f"{STATED}{template.zone}"
    if template.prints_people:
        assert {(credit.name, credit.role) for credit in article.credits} == {
            ("Rani Sari", Role.REPORTER),
            ("Bima Aji", Role.EDITOR),
        }


@pytest.mark.parametrize("name", NAMED)
def test_a_template_without_class_names_and_metadata(name: str) -> None:
    template = NAMED[name]
    html = unnamed(rendered(template)).replace("h5>", "h1>").replace("h2>", "h1>")
    article = read(template, html)
    assert article.headline == HEADLINE
    assert article.body == PARAGRAPHS
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == "2026-07-24"
    if template.prints_a_minute:
        assert article.published_at.isoformat() == f"{STATED}{template.zone}"


@pytest.mark.parametrize("name", NAMED)
def test_wrappers_around_everything_change_nothing(name: str) -> None:
    template = NAMED[name]
    html = rendered(template).replace("<body>", "<body><div><main><section><div class=wadah>")
    check(read(template, html.replace("</body>", "</div></section></main></div></body>")), template)
