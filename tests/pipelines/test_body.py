"""Blocks out of HTML fragments, and clean HTML out of blocks."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from pipelines.body import (
    ALLOWED_ATTRIBUTES,
    ALLOWED_TAGS,
    BREAKING,
    SKIPPED,
    read_blocks,
    write_html,
)
from pipelines.paragraphs import cut_end, cut_start, tidy


def sanitise(fragment: str) -> str:
    return write_html(read_blocks(fragment))


def texts(fragment: str) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read_blocks(fragment)]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("", []),
        ("  \n ", []),
        ("<p>&nbsp;</p><p></p><br>", []),
        ("Teks", [("p", "Teks")]),
        ("<p>Satu</p><p>Dua</p>", [("p", "Satu"), ("p", "Dua")]),
        ("<div><p>Satu</p>Dua</div>", [("p", "Satu"), ("p", "Dua")]),
        ("<p>Satu  <b>du</b>a\n tiga</p>", [("p", "Satu dua tiga")]),
        ("<h1>A</h1><h2>B</h2><h4>C</h4>", [("h2", "A"), ("h2", "B"), ("h3", "C")]),
        ("<blockquote><p>A</p></blockquote>B", [("blockquote", "A"), ("p", "B")]),
        (
            "<ul><li>A</li><li>B</li></ul><ol><li>C</li></ol>",
            [("ul", "A"), ("ul", "B"), ("ol", "C")],
        ),
        ("<table><tr><td>A</td><td>B</td></tr></table>", [("p", "A | B")]),
        (
            "<table><tr><th>No</th><th>Nama</th></tr><tr><td>1</td><td><p>Ani</p></td></tr></table>",
            [("p", "No | Nama"), ("p", "1 | Ani")],
        ),
        # a table made for the layout
        (
            f"<table><tr><td>A</td><td><p>{'x ' * 90}</p></td></tr></table>",
            [("p", "A"), ("p", ("x " * 90).strip())],
        ),
        ("<table><tr><td><p>A</p><p>B</p></td></tr></table>", [("p", "A"), ("p", "B")]),
        (
            "<figure class=table><table><tr><td>A</td><td>B</td></tr></table></figure>",
            [("p", "A | B")],
        ),
        ("<figure><img src=x><figcaption>A</figcaption></figure>B", [("p", "B")]),
        ("<p>A<!-- rahasia -->B</p>", [("p", "AB")]),
        ("<p>A<sup>2</sup></p>", [("p", "A2")]),
        ("<p>A</p></div></body></html>B", [("p", "A"), ("p", "B")]),
        ("https://contoh.example/a", [("p", "https://contoh.example/a")]),
    ],
)
def test_a_block_is_what_a_reader_sees_as_one(
    fragment: str, expected: list[tuple[str, str]]
) -> None:
    assert texts(fragment) == expected


@pytest.mark.parametrize("tag", sorted(BREAKING - {"hr", "center", "body", "html"}))
def test_a_block_element_ends_a_paragraph(tag: str) -> None:
    text = "".join(text for _, text in texts(f"Satu<{tag}>Dua</{tag}>Tiga"))
    assert text == "SatuDuaTiga"
    assert "SatuDua" not in [text for _, text in texts(f"Satu<{tag}>Dua</{tag}>Tiga")]


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<p>Satu.<br><br>Dua.</p>", ["Satu.", "Dua."]),
        ("<p>Satu.<br />Dua.</p>", ["Satu.", "Dua."]),
        ("<p>Satu.<br>dua.</p>", ["Satu.", "dua."]),
        ("<p>kalimat yang<br>patah di sini</p>", ["kalimat yang patah di sini"]),
        ("<p>di Hotel Pacific,<br>Minggu malam</p>", ["di Hotel Pacific, Minggu malam"]),
        ("<p>kalimat <b>yang</b><br><i>patah</i></p>", ["kalimat yang patah"]),
        ("<p>Judul<br>Kalimat</p>", ["Judul", "Kalimat"]),
        ("<p>tanpa titik</p><p>huruf kecil</p>", ["tanpa titik", "huruf kecil"]),
    ],
)
def test_a_line_break_parts_paragraphs_but_not_sentences(
    fragment: str, expected: list[str]
) -> None:
    assert [text for _, text in texts(fragment)] == expected


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("<p>a <strong>b</strong></p>", "<p>a <strong>b</strong></p>"),
        ("<p>a <b>b</b> <i>c</i></p>", "<p>a <strong>b</strong> <em>c</em></p>"),
        ("<b><i>a</i></b>", "<p><strong><em>a</em></strong></p>"),
        ("<b><b>a</b></b>", "<p><strong>a</strong></p>"),
        ("<p>a<script>x</script>b</p>", "<p>ab</p>"),
        ("<ul><li>a</li><li>b</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ("<p><span style='color:red'>a</span></p>", "<p>a</p>"),
        (
            "<a href='https://contoh.example/?a=1&amp;b=2' target=_blank>a</a>",
            '<p><a href="https://contoh.example/?a=1&amp;b=2" rel="nofollow noopener">a</a></p>',
        ),
        ("<a href='/dalam'>a</a>", "<p>a</p>"),
        ("<a href='//contoh.example'>a</a>", "<p>a</p>"),
        ("<a href='mailto:a@contoh.example'>a</a>", "<p>a</p>"),
        ("<a href='https://'>a</a>", "<p>a</p>"),
        ("<a href='https://[salah'>a</a>", "<p>a</p>"),
        ("<a name='atas'>a</a>", "<p>a</p>"),
    ],
)
def test_html_keeps_marks_and_safe_links_only(fragment: str, expected: str) -> None:
    assert sanitise(fragment) == expected


def test_a_link_in_a_link_ends_the_outer_one() -> None:
    html = sanitise("<a href='https://a.example'>x <a href='https://b.example'>y</a></a>")
    assert [(a["href"], a.text) for a in BeautifulSoup(html, "lxml")("a")] == [
        ("https://a.example", "x "),
        ("https://b.example", "y"),
    ]


ATTACKS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//jahat.example/x.js></SCRIPT>",
    "<p>a<script>alert(1)</script></p>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<p onclick='alert(1)' style='background:url(javascript:1)'>a</p>",
    "<a href='javascript:alert(1)'>a</a>",
    "<a href=' JaVaScRiPt:alert(1)'>a</a>",
    "<a href='java\tscript:alert(1)'>a</a>",
    "<a href='&#106;avascript:alert(1)'>a</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>a</a>",
    "<a href='vbscript:x'>a</a>",
    '<a href="https://a.example/&quot; onmouseover=&quot;alert(1)">a</a>',
    "<a href='https://a.example/\"><script>alert(1)</script>'>a</a>",
    "<iframe src='https://jahat.example'>a</iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<object data='x'><embed src='x'></object>",
    "<style>@import 'https://jahat.example';</style>",
    "<base href='https://jahat.example/'><p>a</p>",
    "<meta http-equiv=refresh content='0;url=https://jahat.example'>",
    "<form action='https://jahat.example'><input name=a></form>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script></textarea>",
    "<xmp><script>alert(1)</script></xmp>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>a</p><!--><script>alert(1)</script>-->",
    "<video><source onerror=alert(1)></video>",
    "<details open ontoggle=alert(1)>a</details>",
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_an_attack_is_left(attack: str) -> None:
    assert_harmless(sanitise(f"<p>Sebelum</p>{attack}<p>Sesudah</p>"))


def assert_harmless(html: str) -> None:
    for tag in BeautifulSoup(html, "html.parser")(True):
        assert tag.name in ALLOWED_TAGS
        assert set(tag.attrs) <= ALLOWED_ATTRIBUTES.get(tag.name, set()) | {"rel"}
        assert tag.get("href", "https://").lower().startswith(("http://", "https://"))


@pytest.mark.parametrize("tag", sorted(SKIPPED - {"input", "embed", "head"}))
def test_what_is_no_text_is_skipped(tag: str) -> None:
    assert "rahasia" not in sanitise(f"<p>Teks</p><{tag}>rahasia</{tag}>")


@pytest.mark.parametrize("tag", ["div", "b", "ul><li"])
def test_markup_may_nest_thousands_of_tags_deep(tag: str) -> None:
    assert [text for _, text in texts(f"<{tag}>" * 3000 + "Teks")] == ["Teks"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  a \n\t b\u00a0c ", "a b c"),
        ("se\u00adko\u200blah\ufeff", "sekolah"),
        ("e\u0301", "é"),
        ("a\x08b\x7fc\x00d", "abcd"),
        ("emoji \ud83d", "emoji"),
        ("", ""),
    ],
)
def test_tidy_text_is_composed_and_folded(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize("junk", ["\ud83d", "\x00", "\x08", "&#8;", "\u200b", "\uffff"])
def test_what_no_database_takes_is_left_out(junk: str) -> None:
    assert texts(f"<p>Siswa{junk} datang.</p>") == [("p", "Siswa datang.")]


def test_an_accent_in_a_run_of_its_own_is_composed() -> None:
    (block,) = read_blocks("<p>Andre<script></script>\u0301</p>")
    assert block.text == "André"


@pytest.mark.parametrize(
    ("characters", "expected"),
    [
        (0, "<p><strong>Jakarta -</strong> Siswa <em>belajar</em></p>"),
        (10, "<p>Siswa <em>belajar</em></p>"),
        (3, "<p><strong>arta -</strong> Siswa <em>belajar</em></p>"),
        (16, "<p><em>belajar</em></p>"),
        (99, "<p></p>"),
    ],
)
def test_cutting_the_start_keeps_the_marks(characters: int, expected: str) -> None:
    (block,) = read_blocks("<b>Jakarta -</b> Siswa <i>belajar</i>")
    assert write_html([cut_start(block, characters)]) == expected


@pytest.mark.parametrize(
    ("characters", "expected"),
    [
        (0, "<p>Siswa <em>belajar.</em> (RA)</p>"),
        (5, "<p>Siswa <em>belajar.</em></p>"),
        (14, "<p>Siswa</p>"),
        (99, "<p></p>"),
    ],
)
def test_cutting_the_end_keeps_the_marks(characters: int, expected: str) -> None:
    (block,) = read_blocks("Siswa <i>belajar.</i> (RA)")
    assert write_html([cut_end(block, characters)]) == expected


@pytest.mark.parametrize(
    ("fragment", "is_link"),
    [
        ("<a href='https://a.example'>Judul</a>", True),
        ("<a href='https://a.example'><b>Judul</b></a> ", True),
        ("Lihat <a href='https://a.example'>ini</a>", False),
        ("Judul", False),
    ],
)
def test_a_block_that_is_nothing_but_a_link_is_known(fragment: str, is_link: bool) -> None:
    (block,) = read_blocks(fragment)
    assert block.is_link is is_link


# --- properties ---------------------------------------------------------------------------------

PIECES = (
    *(
        "<p>",
        "</p>",
        "<br>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul>",
        "<li>",
        "</ul>",
        "<h2>",
        "</h2>",
    ),
    *("<div style='x'>", "</div>", "<blockquote>", "</blockquote>", "<table><tr><td>", "</table>"),
    *("<a href='https://a.example/x'>", "<a href='https://['>", "<a href='javascript:1'>", "</a>"),
    *("<!--", "-->", "<![CDATA[x]]>", "<svg>", "<math>", "<textarea>", "</textarea>", "<o:p>"),
    *("&lt;b&gt;", "&amp;", "&nbsp;", " ", "\n", "\u00ad", "e\u0301", "\u0301", "ﬁ", "<", ">", '"'),
    *("Isi berita.", "guru datang", "Lalu pulang", *ATTACKS),
)
fragments = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text())


@given(fragments)
def test_sanitising_is_a_fixed_point(fragment: str) -> None:
    once = sanitise(fragment)
    assert sanitise(once) == once


@given(fragments)
def test_reading_what_was_written_gives_the_same_blocks(fragment: str) -> None:
    blocks = read_blocks(fragment)
    assert read_blocks(write_html(blocks)) == blocks


@given(fragments)
def test_sanitised_html_is_always_harmless(fragment: str) -> None:
    assert_harmless(sanitise(fragment))


@given(fragments)
def test_no_block_is_empty_or_untidy(fragment: str) -> None:
    for block in read_blocks(fragment):
        assert block.text == " ".join(block.text.split(" ")).strip() != ""
