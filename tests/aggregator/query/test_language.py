"""The query language: one table of queries, the same answers from SQLite and PostgreSQL.

Every answer is the whole answer, newest first.
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aggregator.errors import QueryError, UnknownPublisherError, UsageError
from aggregator.query import Sort
from tests.aggregator.query.conftest import Collection
from tests.aggregator.query.corpus import ARTICLES

MINISTRY = "ministry-old ministry-new ministry-long"

QUERIES: dict[str, str] = {
    # --- words, in any form
    "bengkel": "smkn foreign",
    "BENGKEL": "smkn foreign",
    "bengkelnya": "smkn foreign",
    "pendidik": "beasiswa sma ministry-long teacher child",
    "latihan": "smkn sma training",
    "dilatih": "smkn sma training",
    "menerima": "ministry-new",
    "pendaftaran": "beasiswa civil",
    "mendaftarkan": "beasiswa civil",
    "tidakada": "",
    # --- all words, anywhere in the article
    "rapat anggaran": "ordinary",
    "anggaran rapat": "ordinary",
    "rapat beasiswa": "",
    "  rapat   anggaran ": "ordinary",
    # --- words said twice, compounds, attached pieces
    "anak": "child",
    "anak-anak": "child",
    "anak-anaknya": "child",
    "guru": "sma teacher civil",
    "guru-guru": "sma teacher civil",
    "sekolah-sekolah": "beasiswa smkn spmb pkl child cooperation ordinary",
    "kaltim-nya": "smkn spmb cooperation",
    # --- apostrophes, accents, other scripts, numbers
    "jumat": "child",
    "Jum'at": "child",
    "jum’at": "child",
    "edukasi cafe": "foreign",
    "ÉDUKASI": "foreign",
    "istanbul": "foreign",
    "日本": "foreign",
    "2.250": "training",
    "2250": "",
    "\ufe70: rapat": "ordinary",  # a letter of which folding leaves nothing
    "10:30": "training",
    "contoh-kerja.example": "cooperation",
    # --- signs that mean nothing
    "rapat - anggaran": "ordinary",
    "rapat, anggaran!": "ordinary",
    "rapat & anggaran": "ordinary",
    "rapat (anggaran)": "ordinary",
    "rapat; DROP TABLE article": "",
    "Rapat: anggaran": "ordinary",
    # --- where a word may stand: names, tags, places, section, agency
    "santoso": "smkn",
    "kuliah": "beasiswa",
    "balikpapan": "smkn spmb",
    "singapura": "training",
    "nasional": "ministry-new",
    "antara": "ppdb civil",
    # --- phrases
    '"guru honorer"': "teacher",
    '"honorer guru"': "civil",
    "guru honorer": "teacher civil",
    '"Pendidik di daerah"': "teacher",
    '"mendidik di daerah"': "teacher",
    '"anggaran rapat"': "",
    '"dibuka kementerian"': "",
    "“guru honorer”": "teacher",
    '"rapat"': "ordinary",
    # --- beginnings of words
    "bengk*": "smkn foreign",
    "pend*": "beasiswa sma ministry-long teacher civil child",
    "BEAS*": "beasiswa",
    "didi*": "beasiswa sma ministry-long teacher child",
    "zzz*": "",
    "rapat anggar*": "ordinary",
    # --- without
    "guru -honorer": "sma",
    'guru -"guru honorer"': "sma civil",
    "bengkel -smk": "foreign",
    "bengkel -pame*": "smkn",
    "guru -sma -honorer": "",
    "-sekolah -guru -aturan -smk": "ministry-old ppdb prakerin training foreign sport",
    # --- either
    "rapat ATAU anggaran": "ordinary",
    "koding OR prakerin": "sma pkl prakerin",
    "koding | singapura": "sma training",
    'rapat ATAU "guru honorer"': "teacher ordinary",
    "guru koding ATAU honorer": "sma teacher civil",
    "koding ATAU rapat ATAU singapura": "sma training ordinary",
    # --- other names
    "kemdikbud": MINISTRY,
    "Kemendikbud": MINISTRY,
    "kemendikbudristek": MINISTRY,
    "kemendikdasmen": MINISTRY,
    "kementerian pendidikan": f"beasiswa {MINISTRY}",  # both words, apart
    '"kemdikbud"': "ministry-old",
    "smk": "beasiswa smkn",
    "smkn": "smkn",
    "sekolah menengah kejuruan": "beasiswa smkn",
    '"sekolah menengah kejuruan"': "beasiswa",
    "ppdb": "ministry-new ppdb spmb",
    "spmb": "ministry-new ppdb spmb",
    "penerimaan murid baru": "ministry-new ppdb spmb",
    "pkl": "pkl prakerin",
    "praktik kerja lapangan": "pkl prakerin",
    "asn": "teacher civil",
    "pppk": "teacher",
    "ai": "sma",
    "kerja sama": "cooperation",
    "kerjasama": "cooperation",
    "sepak bola": "sport",
    "praktik olahraga": "sport",
    "kalimantan timur": "smkn spmb cooperation",
    "kepsek": "pkl",
    # --- the headline
    "judul:guru": "sma teacher",
    "title:guru": "sma teacher",
    "judul:latihan": "training",
    'judul:"guru honorer"': "teacher",
    'judul:"honorer guru"': "",
    "judul:kemdikbud": "ministry-old ministry-new",
    "judul:guru judul:honorer": "teacher",
    "diumum*": "ministry-long ppdb",
    "judul:diumum*": "ppdb",
    "guru -judul:guru": "civil",
    "judul:koding ATAU rapat": "sma ordinary",
    # --- operators
    "penulis:siti": "beasiswa smkn",
    'author:"siti aminah"': "beasiswa smkn",
    "penulis:siti -penulis:budi": "beasiswa",
    "penerbit:lain": "ministry-new spmb",
    'penerbit:"kabar lain"': "ministry-new spmb",
    "publisher:LAIN": "ministry-new spmb",
    "penerbit:lain penerbit:dinas": "ministry-new ministry-long spmb prakerin",
    "rapat -penerbit:lain": "ordinary",
    'tag:"SMK Juara"': "smkn",
    "tag:smk": "",
    "TAG:KURIKULUM": "ministry-old",
    "topik:magang": "pkl",
    "topic:smk": "pkl",
    "rubrik:pendidikan": "beasiswa sma child",
    "section:pendidikan guru": "sma",
    "tempat:balikpapan": "smkn spmb",
    'tempat:"kalimantan timur"': "smkn spmb",
    "place:kaltim": "smkn spmb",
    "tempat:singapura": "training",
    "sekolah -tempat:balikpapan": "beasiswa pkl child cooperation ordinary",
    # --- days
    "sejak:2026-07-31": "beasiswa smkn",
    "sesudah:2026-07-31": "beasiswa",
    "sampai:2026-07-16": "sport ordinary",
    "sebelum:2026-07-16": "ordinary",
    "since:2026-07-30 until:2026-07-31": "smkn sma",
    "after:2026-07": "beasiswa",
    "before:2026-07": "",
    "sejak:2027": "",
    "guru sesudah:2026-07-20": "sma teacher civil",
    "guru -sejak:2026-07-22": "civil",
}


@pytest.mark.parametrize("text", QUERIES, ids=ascii)
def test_query(held: Collection, text: str) -> None:
    assert held.find(text) == QUERIES[text]


def test_the_table_is_large_enough_to_prove_something() -> None:
    assert len(QUERIES) >= 80
    found = {name for names in QUERIES.values() for name in names.split()}
    assert found == set(ARTICLES)


@pytest.mark.parametrize("text", QUERIES, ids=ascii)
def test_by_relevance_the_same_articles_are_found(held: Collection, text: str) -> None:
    found = held.find(text, sort=Sort.RELEVANCE).split()
    assert sorted(found) == sorted(QUERIES[text].split())


BY_RELEVANCE: dict[str, str] = {
    "guru": "sma teacher civil",  # headline, headline, body
    "guru honorer": "teacher civil",
    "pendaftaran": "beasiswa civil",  # both in the body: the newer one
    "aturan": "ministry-new ministry-long",
    "latihan": "training smkn sma",  # headline, opening, opening
    "kuota sekolah": "spmb",
    "balikpapan": "smkn spmb",
    "kaltim": "cooperation smkn spmb",  # the opening, then what only the place says
}


@pytest.mark.parametrize("text", BY_RELEVANCE)
def test_order_by_relevance(held: Collection, text: str) -> None:
    assert held.find(text, sort=Sort.RELEVANCE) == BY_RELEVANCE[text]


def test_an_empty_query_is_answered_by_everything(held: Collection) -> None:
    assert held.find("") == held.find(" \n ") == " ".join(ARTICLES)


# --- what cannot be meant -------------------------------------------------------------------------

REFUSED = {
    '"guru': "a quote is not closed",
    "%": "has no word to look for",
    '""': "has no word to look for",
    'guru "-"': "has no word to look for",
    "judul:": "write the value right after the colon",
    "tag: smk": "write the value right after the colon",
    'penulis:""': "write the value right after the colon",
    "penulid:siti": "no such operator; in quotes it is searched for as words",
    "gu*u": "a star stands at the end of one word",
    "*guru": "a star stands at the end of one word",
    "guru-hon*": "a star stands at the end of one word",
    "gu*": "a star needs three letters before it",
    "ATAU guru": "must stand between two words",
    "guru ATAU": "must stand between two words",
    "guru ATAU ATAU rapat": "must stand between two words",
    "-guru ATAU rapat": "must stand between two words",
    "guru ATAU -rapat": "must stand between two words",
    "guru ATAU tag:smk": "must stand between two words",
    "sejak:kemarin": "write a day as YYYY-MM-DD, or a month or a year",
    "sebelum:2026-02-30": "write a day as YYYY-MM-DD, or a month or a year",
    "sebelum:2026-13": "write a day as YYYY-MM-DD, or a month or a year",
    "sejak:0000": "write a day as YYYY-MM-DD, or a month or a year",
    "guru " * 101: "is too long",
    "a " * 40: "has too many words",
}


@pytest.mark.parametrize("text", REFUSED)
def test_a_malformed_query_is_explained(held: Collection, text: str) -> None:
    with pytest.raises(QueryError) as caught:
        held.find(text)
    assert caught.value.fields["detail"] == REFUSED[text]


def test_an_unknown_publisher_is_named_with_those_that_are_known(held: Collection) -> None:
    with pytest.raises(UnknownPublisherError) as caught:
        held.find("penerbit:kompas")
    assert caught.value.fields == {
        "detail": "",
        "name": "kompas",
        "known": "contoh, dinas, lain",
    }


PIECES = st.sampled_from(
    [
        *(
            '"',
            "*",
            "-",
            ":",
            "|",
            "(",
            ")",
            "%",
            "_",
            "\\",
            ";",
            "&",
            "<",
            "!",
            "@",
            "~",
            "^",
            "{",
        ),
        *("\0", "\udcff", "ß", " ", "ATAU", "OR", "NOT", "AND", "NEAR", "rapat", "guru", "2026-08"),
        *("judul:", "penulis:", "sejak:", "tag:", "tempat:", "rowid:", "body:", "headline:"),
    ]
)
ANYTHING = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


@given(text=ANYTHING)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_answered_or_explained(held: Collection, text: str) -> None:
    """Never an error of the database, with both orders and with marks."""
    for sort in Sort:
        with suppress(UsageError):
            page = held.search(text, sort=sort)
            assert {hit.view.id for hit in page.hits} <= set(held.numbers.values())
