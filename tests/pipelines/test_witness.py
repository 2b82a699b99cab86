"""A publisher's change is told from a parser's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Article, Credit, Evidence, Role, Witness
from pipelines.deduplicate import Held, Kind, changed_fields, decide
from pipelines.fingerprint import content_fingerprint
from pipelines.witness import imprint, is_other_reading, packed, unpacked
from tests.pipelines.builders import NOW, article

ANI, BUDI = (Credit(name=name, role=Role.REPORTER) for name in ("Ani Dewi", "Budi Contoh"))

PAGE = (
    "Harian Contoh",
    "Lab Bahasa Kini Buka hingga Petang",
    "Penulis: Ani Dewi",
    "Selasa, 4 Agustus 2026 10:15 WIB",
    "BALIKPAPAN - Lab bahasa kini buka hingga petang. Siswa menyambut baik.",
    "Kepala sekolah mencatat 140 kunjungan.",
    "Baca juga: Jadwal Ujian",
    "Dilihat 18 kali",
    "(Contoh/AD)",
)


def read(*page: str, **changes: Any) -> Article:
    """An article as one parser reads ``page``."""
    stated: dict[str, Any] = {
        "headline": "Lab Bahasa Kini Buka hingga Petang",
        "body": (
            "Lab bahasa kini buka hingga petang. Siswa menyambut baik.",
            "Kepala sekolah mencatat 140 kunjungan.",
        ),
        "credits": (ANI,),
        "published_raw": "Selasa, 4 Agustus 2026 10:15 WIB",
        "published_at": NOW,
    }
    return article(**{**stated, **changes}, witness=Witness(statements=page or PAGE))


def changed_page(before: str, after: str) -> tuple[str, ...]:
    return tuple(line.replace(before, after) for line in PAGE)


OLD = read()
SEEN = imprint(PAGE)

SAME_PAGE = {
    "the dateline is no longer cut off": {
        "body": ("BALIKPAPAN - Lab bahasa kini buka hingga petang. Siswa menyambut baik.",
                 OLD.body[1]),
    },
    "a paragraph is found that was overlooked": {"body": (*OLD.body, "Baca juga: Jadwal Ujian")},
    "a paragraph is no longer taken for text": {"body": OLD.body[:1]},
    "two paragraphs are joined": {"body": (" ".join(OLD.body),)},
    "a sentence is moved": {"body": OLD.body[::-1]},
    "the name is read with its label": {"credits": (replace(ANI, name="Penulis: Ani Dewi"),)},
    "the name is no longer read": {"credits": ()},
    "the role is another": {"credits": (replace(ANI, role=Role.EDITOR),)},
    "another line is the headline": {"headline": "Harian Contoh"},
    "the printed time is read otherwise": {"published_at": None},
    "the time now comes from the channel": {
        "published_at": None, "published_raw": "Tue, 04 Aug 2026 03:15:00 GMT",
        "evidence": (Evidence(kind="date_from_channel", text="Tue, 04 Aug 2026 03:15:00 GMT"),),
    },
}  # fmt: skip

OTHER_PAGE = {
    "a number is corrected": (
        changed_page("140", "104"),
        {"body": (OLD.body[0], "Kepala sekolah mencatat 104 kunjungan.")},
    ),
    "a sentence is taken back": (
        changed_page(" Siswa menyambut baik.", ""),
        {"body": ("Lab bahasa kini buka hingga petang.", OLD.body[1])},
    ),
    "a note is added": (
        (*PAGE, "Berita ini telah dikoreksi."),
        {"body": (*OLD.body, "Berita ini telah dikoreksi.")},
    ),
    "the headline is another": (
        changed_page("Kini Buka", "Tutup"),
        {"headline": "Lab Bahasa Tutup hingga Petang"},
    ),
    "the name is another": (changed_page("Ani Dewi", "Budi Contoh"), {"credits": (BUDI,)}),
    "the time is another": (
        changed_page("10:15", "11:15"),
        {"published_raw": "Selasa, 4 Agustus 2026 11:15 WIB", "published_at": None},
    ),
    "the parser found more, and the publisher changed something": (
        changed_page("140", "104"),
        {"body": (*OLD.body[:1], "Kepala sekolah mencatat 104 kunjungan.", "(Contoh/AD)")},
    ),
}


def is_parsers(new: Article, before: Any = SEEN) -> bool:
    return is_other_reading(OLD, before, new, changed_fields(OLD, new))


@pytest.mark.parametrize("name", SAME_PAGE)
def test_an_unchanged_page_read_otherwise_is_the_parsers_doing(name: str) -> None:
    assert is_parsers(read(**SAME_PAGE[name]))


@pytest.mark.parametrize("name", SAME_PAGE)
def test_counters_and_lists_of_other_articles_do_not_matter(name: str) -> None:
    page = changed_page("Dilihat 18 kali", "Dilihat 2411 kali")
    assert is_parsers(read(*page, "Terkini: Lain Sama Sekali", **SAME_PAGE[name]))


@pytest.mark.parametrize("name", OTHER_PAGE)
def test_what_the_page_does_not_explain_is_the_publishers(name: str) -> None:
    page, changes = OTHER_PAGE[name]
    assert not is_parsers(read(*page, **changes))


def test_without_an_imprint_it_is_the_publishers() -> None:
    assert not is_parsers(read(body=OLD.body[:1]), None)


def test_without_a_page_it_is_the_publishers() -> None:
    assert not is_parsers(replace(read(body=OLD.body[:1]), witness=None))


def held(**changes: Any) -> Held:
    known = Held(
        id=7,
        article=OLD,
        content_fingerprint=content_fingerprint(OLD),
        parser="one",
        imprint=SEEN,
    )
    return replace(known, **changes)


@pytest.mark.parametrize(
    ("parser", "before", "by_parser"),
    [("two", "one", True), ("one", "one", False), ("two", None, True), (None, None, False)],
)
def test_only_other_parsers_read_otherwise(
    parser: str | None, before: str | None, by_parser: bool
) -> None:
    """With the same parsers, a moved paragraph was moved by the publisher."""
    new = read(body=OLD.body[::-1])
    found = decide(new, same=held(parser=before), same_text=None, parser=parser)
    assert (found.kind, found.by_parser) == (Kind.REVISION, by_parser)


@given(st.frozensets(st.integers(0, 2**32 - 1)))
def test_an_imprint_is_kept_as_it_is(marks: frozenset[int]) -> None:
    assert unpacked(packed(marks)) == marks


@given(st.lists(st.text(), max_size=6))
def test_every_page_explains_itself(lines: list[str]) -> None:
    """Whatever a new parser makes of a page's lines, the same page had them."""
    new = read(*lines, headline=lines[0] if lines else "", body=tuple(lines), credits=())
    old = read(*lines, body=(), credits=())
    seen = imprint(tuple(lines))
    changed = tuple(name for name in changed_fields(old, new) if name == "body")
    assert is_other_reading(old, seen, new, changed)
