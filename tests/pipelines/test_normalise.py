"""From an article as stated to an article as held: pure, idempotent, nothing lost on the way."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Article, Credit, Dateline, Evidence, Precision, Role
from pipelines.body import LONGEST, MOST_TAGS
from pipelines.drops import Drop, EmptyBody, EmptyHeadline, FutureArticle, OversizedBody
from pipelines.normalise import normalise
from pipelines.paragraphs import tidy
from spiders.page import Page
from spiders.registry import publishers
from tests.pipelines.builders import NOW, article, body_of, normalised, publisher

PAGES = Path(__file__).parents[3] / "shared" / "pages"
EXPECTED = sorted((PAGES / "expected").glob("*.json"))


# --- short texts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        ("  Siswa \n SMK\u00a0Juara ", "Siswa SMK Juara"),
        ("Siswa <b>SMK</b> Juara", "Siswa SMK Juara"),
        ("Guru &amp; Siswa", "Guru & Siswa"),
        ("Guru &amp;amp; Siswa", "Guru & Siswa"),
        ("Siswa &lt;i&gt;SMK&lt;/i&gt;", "Siswa SMK"),
        ("Se\u00adkolah\u200b Juara", "Sekolah Juara"),
        ("Cafe\u0301 Siswa", "Café Siswa"),
        ("Nilai 3 < 5 > 2", "Nilai 3 < 5 > 2"),
    ],
)
def test_a_headline_is_plain_text(printed: str, headline: str) -> None:
    assert normalised(headline=printed).headline == headline


@pytest.mark.parametrize(
    "field", ["summary", "section", "stated_publisher", "source_raw", "published_raw", "byline"]
)
def test_an_empty_text_is_none(field: str) -> None:
    assert getattr(normalised(**{field: " \n "}), field) is None


def test_lines_of_a_byline_are_kept_apart() -> None:
    assert (
        normalised(byline=" Penulis:  Ani \n\n Editor: Budi ").byline
        == "Penulis: Ani\nEditor: Budi"
    )


def test_tags_keep_their_order_and_first_spelling() -> None:
    found = normalised(tags=("SMK", "Balikpapan", "smk", " ", "Guru &amp; Siswa"))
    assert found.tags == ("SMK", "Balikpapan", "Guru & Siswa")


# --- body ---------------------------------------------------------------------------------------


def test_the_body_is_paragraphs_and_clean_html() -> None:
    found = normalised(
        body_html="<div><p>Siswa <b>datang</b>.</p><p onclick=x>Guru juga.</p></div>"
    )
    assert found.body == ("Siswa datang.", "Guru juga.")
    assert found.body_html == "<p>Siswa <strong>datang</strong>.</p>\n<p>Guru juga.</p>"


def test_the_dateline_is_taken_off_the_front() -> None:
    found = normalised(body_html="<p><b>Jakarta, Ditjen Diksi - </b>Siswa <i>datang</i>.</p>")
    line = found.dateline
    assert line is not None
    assert (line.mark, line.place) == ("Ditjen Diksi", "Jakarta")
    assert line.raw == "Jakarta, Ditjen Diksi -"
    assert (found.body, found.body_html) == (("Siswa datang.",), "<p>Siswa <em>datang</em>.</p>")


def test_a_dateline_below_a_byline_is_found() -> None:
    html = body_of(
        "Laporan Wartawan Tribunnews.com, Ani Dewi", "TRIBUNNEWS.COM, JAKARTA - Siswa datang."
    )
    found = normalised(body_html=html)
    assert found.dateline is not None
    assert found.dateline.place == "JAKARTA"
    assert found.credits == (Credit(name="Ani Dewi", role=Role.REPORTER),)


def test_a_dateline_that_is_known_is_not_looked_for_again() -> None:
    known = Dateline(mark=None, place="Bontang", raw="Bontang -")
    found = normalised(dateline=known, body_html=body_of("BALIKPAPAN - Siswa datang."))
    assert found.dateline is not None
    assert (found.dateline.place, found.body) == ("Bontang", ("BALIKPAPAN - Siswa datang.",))


def test_a_headline_behind_the_dateline_is_not_repeated() -> None:
    html = body_of("BALIKPAPAN - Siswa SMK Merakit Sepeda Listrik", "Baca juga: x", "Siswa datang.")
    assert normalised(body_html=html).body == ("Siswa datang.",)


def test_the_day_of_a_press_releases_dateline_is_its_date() -> None:
    html = body_of(
        "Siaran Pers", "Nomor: 7/sipers/A6/VII/2026", "Jakarta, 30 Juli 2026 — Siswa datang."
    )
    found = normalised(published_raw=None, body_html=html)
    assert found.body == ("Siswa datang.",)
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-07-30T00:00:00+07:00"


def test_boilerplate_behind_the_dateline_is_found() -> None:
    html = body_of("REPUBLIKA.CO.ID, JAKARTA -- Loading...", "Siswa datang.")
    assert normalised(body_html=html).body == ("Siswa datang.",)


def test_the_excerpt_is_cut_from_the_body() -> None:
    found = normalised(body_html=body_of("Advertisement", "BALIKPAPAN - Siswa datang."))
    assert found.excerpt == "Siswa datang."


# --- people and sources -------------------------------------------------------------------------


def test_credits_of_metadata_and_print_are_one_list() -> None:
    found = normalised(
        credits=(Credit(name="Budi  Santoso", role=Role.EDITOR),),
        byline="Penulis: Ani Dewi\nEditor: Budi Santoso",
        body_html=body_of("Siswa datang. (Desliana Maulipaksi)"),
    )
    assert [(c.name, c.role) for c in found.credits] == [
        ("Budi Santoso", Role.EDITOR),
        ("Ani Dewi", Role.REPORTER),
        ("Desliana Maulipaksi", Role.REPORTER),
    ]


def test_a_byline_without_a_label_is_kept_and_names_nobody() -> None:
    found = normalised(byline="Ani Mardatila")
    assert (found.byline, found.credits) == ("Ani Mardatila", ())


@pytest.mark.parametrize(
    "byline", ["Rep: Antara/ Red: Ani Dewi", "Penulis: ANTARA\nEditor: Ani Dewi"]
)
def test_an_agency_is_never_a_person(byline: str) -> None:
    found = normalised(byline=byline)
    assert found.agency == "Antara"
    assert [credit.name for credit in found.credits] == ["Ani Dewi"]


@pytest.mark.parametrize(
    ("credits", "byline", "names"),
    [
        # a desk or a site is no person, wherever it is named
        ((), "Penulis: Tribun Kaltim | Editor: Rita Sari", [("Rita Sari", Role.EDITOR)]),
        ((), "Penulis : pengelola web kemdikbud", []),
        ((Credit(name="Tim Republika", role=Role.REPORTER),), None, []),
        # metadata may hold two names, or the name more fully, or the editor as author
        (
            (Credit(name="Ani Dewi, Budi Sari", role=Role.REPORTER),),
            None,
            [("Ani Dewi", Role.REPORTER), ("Budi Sari", Role.REPORTER)],
        ),
        (
            (Credit(name="Rina Ayu Panca Rini", role=Role.REPORTER),),
            "Laporan Wartawan Tribunnews.com, Rina Ayu",
            [("Rina Ayu Panca Rini", Role.REPORTER)],
        ),
        (
            (Credit(name="chaerul umam", role=Role.REPORTER),),
            "Laporan Wartawan Tribunnews.com, Chaerul Umam",
            [("Chaerul Umam", Role.REPORTER)],
        ),
        (
            (Credit(name="Budi Sari", role=Role.REPORTER),),
            "Penulis: Ani Dewi\nEditor: Budi Sari",
            [("Ani Dewi", Role.REPORTER), ("Budi Sari", Role.EDITOR)],
        ),
    ],
)
def test_persons_are_named_once_in_their_printed_role(
    credits: tuple[Credit, ...], byline: str | None, names: list[tuple[str, Role]]
) -> None:
    found = normalised(credits=credits, byline=byline)
    assert [(credit.name, credit.role) for credit in found.credits] == names
    assert found.byline == byline


@pytest.mark.parametrize(
    ("code", "names", "agency"),
    [
        ("(Tribunnews.com/Linda)", ["Linda"], None),
        ("(Tribunnews.com/Ani Dewi)", ["Ani Dewi"], None),
        ("(TRIBUNNEWSWIKI.COM/PUTRADI PAMUNGKAS)", ["PUTRADI PAMUNGKAS"], None),
        ("(Ani Dewi/Budi Sari)", ["Ani Dewi", "Budi Sari"], None),
        ("(Antara/Ani Dewi)", ["Ani Dewi"], "Antara"),
        ("(Antara)", [], "Antara"),
        ("(ant)", [], "Antara"),
        ("(Tribunnews.com)", [], None),
        ("(RA/AP/AS)", [], None),
        ("(AA)", [], None),
        ("(*/sht/app)", [], None),
        ("(Penulis: Ani/Editor: Budi)", ["Ani", "Budi"], None),
    ],
)
def test_a_code_at_the_end_may_name_people_and_agencies(
    code: str, names: list[str], agency: str | None
) -> None:
    found = normalised(byline=None, body_html=body_of(f"Siswa datang. {code}"))
    assert [credit.name for credit in found.credits] == names
    assert found.agency == agency
    assert found.body == ("Siswa datang.",)


def test_initials_are_evidence_and_nobody_in_particular() -> None:
    found = normalised(body_html=body_of("Siswa datang. (Diksi/RA/AP/AS)"))
    assert found.credits == ()
    assert found.evidence == (Evidence(kind="desk_code", text="(Diksi/RA/AP/AS)"),)


@pytest.mark.parametrize(
    ("source", "agency"),
    [
        ("Sumber : Antara", "Antara"),
        ("sumber: Antara/Reuters", "Antara"),
        ("Antara", "Antara"),
        ("Sumber : kemenag.go.id", None),
    ],
)
def test_a_printed_source_is_evidence_and_may_be_an_agency(source: str, agency: str | None) -> None:
    found = normalised(source_raw=source)
    assert (found.source_raw, found.agency) == (source, agency)
    assert Evidence(kind="source", text=source) in found.evidence


def test_a_source_among_the_paragraphs_counts_like_one_beside_them() -> None:
    found = normalised(body_html=body_of("Siswa datang.", "sumber : Antara"))
    assert (found.agency, found.source_raw) == ("Antara", "sumber : Antara")


def test_an_agency_that_is_stated_stays() -> None:
    assert normalised(agency="Reuters", source_raw="Sumber: Antara").agency == "Reuters"


def test_an_original_address_that_is_stated_stays() -> None:
    html = body_of("Siswa datang.", "(https://contoh.example/b)")
    found = normalised(original_url="https://contoh.example/a", body_html=html)
    assert found.original_url == "https://contoh.example/a"


# --- times --------------------------------------------------------------------------------------


def test_a_time_keeps_its_offset_its_precision_and_its_print() -> None:
    found = normalised(published_raw="Jumat , 31 July 2026, 09:15 WITA")
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-07-31T09:15:00+08:00"
    assert found.published_precision is Precision.MINUTE
    assert found.published_raw == "Jumat , 31 July 2026, 09:15 WITA"


def test_the_publishers_zone_is_meant_where_none_is_printed() -> None:
    found = normalise(
        article(published_raw="31 Juli 2026 09:15"), publisher(timezone="Asia/Makassar")
    )
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2026-07-31T09:15:00+08:00"


def test_a_time_that_is_none_leaves_the_article_without_one() -> None:
    found = normalised(published_raw="Waktu tidak ditemukan")
    assert (found.published_at, found.published_precision) == (None, None)
    assert found.published_raw == "Waktu tidak ditemukan"


def test_the_date_of_the_closing_block_counts_where_no_other_is_stated() -> None:
    html = body_of("Siswa datang.", "Jakarta, 2 September 2020", "Laman: kemdikbud.go.id")
    found = normalised(published_raw=None, body_html=html)
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2020-09-02T00:00:00+07:00"
    assert found.published_precision is Precision.DAY


def test_a_stated_time_is_not_overruled_by_the_closing_block() -> None:
    html = body_of("Siswa datang.", "Jakarta, 2 September 2020", "Laman: kemdikbud.go.id")
    found = normalised(published_raw="3 September 2020 08:00 WIB", body_html=html)
    assert found.published_at is not None
    assert found.published_at.day == 3


@pytest.mark.parametrize("raw", ["2 Agustus 2026 11:00 WIB", "1 Januari 2099", "9999-12-31"])
def test_an_article_of_the_future_is_dropped(raw: str) -> None:
    with pytest.raises(FutureArticle):
        normalised(published_raw=raw)


def test_a_clock_that_runs_ahead_is_forgiven() -> None:
    assert normalised(published_raw="2 Agustus 2026 09:00 WIB").published_at is not None


@pytest.mark.parametrize("raw", ["1 Januari 2099", "9999-12-31T23:59:59-07:00", "entah"])
def test_a_correction_of_the_future_is_no_time(raw: str) -> None:
    found = normalised(modified_raw=raw)
    assert (found.modified_at, found.modified_raw) == (None, raw)


def test_a_correction_has_its_time() -> None:
    found = normalised(modified_raw="2026-07-31T10:00:00+07:00")
    assert found.modified_at == datetime(2026, 7, 31, 3, 0, tzinfo=UTC)


# --- drops --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "drop"),
    [
        ({"headline": " "}, EmptyHeadline),
        ({"headline": "<b>&nbsp;</b>"}, EmptyHeadline),
        ({"body_html": ""}, EmptyBody),
        ({"body_html": "<p>&nbsp;</p><img src=x>"}, EmptyBody),
        ({"body_html": "<p>Advertisement</p><p>Baca juga: x</p>"}, EmptyBody),
        ({"body_html": "<p>REPUBLIKA.CO.ID, JAKARTA -- Loading...</p>"}, EmptyBody),
        ({"body_html": "<p>Siswa datang.</p>" + "a" * LONGEST}, OversizedBody),
        ({"body_html": "<p>Siswa datang.</p>" + "<b>a</b>" * MOST_TAGS}, OversizedBody),
        ({"published_raw": "1 Januari 2099"}, FutureArticle),
    ],
)
def test_what_is_no_article_is_dropped_by_name(changes: dict[str, Any], drop: type[Drop]) -> None:
    with pytest.raises(drop) as raised:
        normalised(**changes)
    assert raised.value.url == "https://contoh.example/berita/1/judul"


# --- idempotence --------------------------------------------------------------------------------

PIECES = (
    *("Siswa datang.", "guru mengajar", "André", "e\u0301", "\u0301", "\u00ad", "\ud83d", "\x08"),
    *(
        "ﬁ",
        "&amp;",
        "&lt;b&gt;",
        "\n",
        " ",
        "<br>",
        "<p>",
        "</p>",
        "<p title='<b>'>",
        "<!--",
        "-->",
    ),
    *("<b>", "</b>", "<a href='https://contoh.example/x'>", "</a>", "<ul>", "<li>", "</ul>"),
    *("<h2>", "</h2>", "<script>", "</script>", "Baca juga: Judul", "Advertisement", "Loading."),
    *("REPUBLIKA.CO.ID, JAKARTA -- ", "Jakarta, Ditjen Diksi - ", "TRIBUNNEWS.COM - "),
    *("BALIKPAPAN - ", "Penulis: Ani Dewi", "Rep: Antara/ Red: Budi", "Sumber: Antara"),
    *("(RA/AS)", "(*)", "(Ani Dewi)", "(https://contoh.example/y)", "Laman: x"),
    *("Jakarta, 2 September 2020", "Biro Hubungan Masyarakat", "Artikel ini telah tayang di X.com"),
    "Laporan Wartawan Tribunnews.com, Ani DewiTRIBUNNEWS.COM, JAKARTA - ",
)
fragments = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.text(max_size=40)
)
optional = st.one_of(st.none(), fragments)
names = st.sampled_from(["Ani Dewi", "Ani  Dewi ", "ANI DEWI", "Antara", " "])
articles = st.builds(
    article,
    headline=fragments,
    body_html=fragments,
    summary=optional,
    byline=optional,
    source_raw=optional,
    stated_publisher=optional,
    tags=st.lists(fragments, max_size=3).map(tuple),
    credits=st.lists(
        st.builds(lambda name, role: Credit(name=name, role=role), names, st.sampled_from(Role)),
        max_size=3,
    ).map(tuple),
    published_raw=st.one_of(
        optional, st.sampled_from(["31 Juli 2026 09:15 WITA", "2 jam yang lalu", "2026-07-31"])
    ),
    modified_raw=st.sampled_from([None, "kemarin", "1 Januari 2099"]),
)


def normal(stated: Article) -> Article | None:
    try:
        return normalise(stated, publisher())
    except Drop:
        return None


@given(articles)
def test_normalising_again_changes_nothing(stated: Article) -> None:
    once = normal(stated)
    assert once is None or normalise(once, publisher()) == once


@given(articles)
def test_every_text_is_composed_and_folded(stated: Article) -> None:
    once = normal(stated)
    if once is None:
        return
    names = (credit.name for credit in once.credits)
    for text in (once.headline, once.excerpt or "x", *once.body, *once.tags, *names):
        assert text
        assert text == tidy(text)
        assert unicodedata.is_normalized("NFC", text)


@given(articles)
def test_every_time_is_aware(stated: Article) -> None:
    once = normal(stated)
    if once is not None and once.published_at is not None:
        assert once.published_at.utcoffset() is not None


def saved(path: Path) -> tuple[Article, Any]:
    about = json.loads(path.read_text(encoding="utf-8"))
    parser = publishers()[about["publisher"]]()
    content = (PAGES / about["page"]).read_bytes()
    if about.get("fragment"):
        return article(body_html=content.decode("utf-8"), published_raw=None), parser.publisher
    return parser.parse_page(Page(about["url"], content), fetched_at=NOW), parser.publisher


@pytest.mark.shared
@pytest.mark.skipif(not EXPECTED, reason=f"no saved pages in {PAGES}")
@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_normalising_a_saved_page_again_changes_nothing(path: Path) -> None:
    stated, its_publisher = saved(path)
    once = normalise(stated, its_publisher)
    assert normalise(once, its_publisher) == once
