"""Printed bylines as credits: everybody named, with their role and their titles."""

from __future__ import annotations

import pytest

from aggregator.model import Credit, Role
from pipelines.credits import LABELS, merge_credits, parse_byline, split_names

REPORTER, EDITOR = Role.REPORTER, Role.EDITOR


def people(byline: str) -> list[tuple[str, Role]]:
    return [(credit.name, credit.role) for credit in parse_byline(byline)]


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        (
            "Rep: Issha Harruma/ Red: Bilal Ramadhan",
            [("Issha Harruma", REPORTER), ("Bilal Ramadhan", EDITOR)],
        ),
        ("Red: Yudha Manggala P Putra", [("Yudha Manggala P Putra", EDITOR)]),
        ("Rep: C31/ Red: Bilal Ramadhan", [("C31", REPORTER), ("Bilal Ramadhan", EDITOR)]),
        (
            "Penulis: Glery Lazuardi\nEditor: Willy Widianto",
            [("Glery Lazuardi", REPORTER), ("Willy Widianto", EDITOR)],
        ),
        (
            "Penulis: Tribun Kaltim | Editor: Rita Noor Shobah",
            [("Tribun Kaltim", REPORTER), ("Rita Noor Shobah", EDITOR)],
        ),
        ("Penulis : pengelola web kemdikbud", [("pengelola web kemdikbud", REPORTER)]),
        ("Laporan Wartawan Tribunnews.com, Igman Ibrahim", [("Igman Ibrahim", REPORTER)]),
        ("Laporan Reporter POS-KUPANG.COM, Ryan Nong", [("Ryan Nong", REPORTER)]),
        (
            "Laporan Wartawan Tribunnews.com, Ani dan Budi",
            [("Ani", REPORTER), ("Budi", REPORTER)],
        ),
        ("Oleh: Ani Nursalikah", [("Ani Nursalikah", REPORTER)]),
        ("Oleh: Ani Dewi, S.Pd., M.Si, Guru SMKN 1", [("Ani Dewi, S.Pd., M.Si", REPORTER)]),
        ("Oleh Khairil Akbar, dosen pada Fakultas Hukum", [("Khairil Akbar", REPORTER)]),
        ("Oleh: Ani, Kepala Dinas Pendidikan dan Kebudayaan", [("Ani", REPORTER)]),
        (
            "Oleh: Ani Dewi, Guru SMKN 1 dan Budi Sari, Dosen UI",
            [("Ani Dewi", REPORTER), ("Budi Sari", REPORTER)],
        ),
        ("Laporan Wartawan Tribunnews.com Eko Sari", [("Eko Sari", REPORTER)]),
        ("Laporan Wartawan Tribun Kaltim Ani Dewi", [("Ani Dewi", REPORTER)]),
        ("Laporan Rahmad Wiguna | Aceh Tamiang", [("Rahmad Wiguna", REPORTER)]),
        (
            "Laporan Kontributor Tribunnews.com, Ani | Editor: Budi",
            [("Ani", Role.CONTRIBUTOR), ("Budi", EDITOR)],
        ),
        ("Reporter/Editor: Ani", [("Ani", REPORTER), ("Ani", EDITOR)]),
        (
            "Rep: Ani Dewi/Budi/ Red: Citra",
            [("Ani Dewi", REPORTER), ("Budi", REPORTER), ("Citra", EDITOR)],
        ),
        ("Penulis:Ani Editor:Budi", [("Ani", REPORTER), ("Budi", EDITOR)]),
        ("REPORTER:  ANI   DEWI", [("ANI DEWI", REPORTER)]),
        ("Kontributor: Ani\nFoto: Budi", [("Ani", Role.CONTRIBUTOR), ("Budi", Role.PHOTOGRAPHER)]),
    ],
)
def test_names_and_roles_are_found(byline: str, expected: list[tuple[str, Role]]) -> None:
    assert people(byline) == expected


@pytest.mark.parametrize(("label", "role"), LABELS.items())
def test_every_label_gives_its_role(label: str, role: Role) -> None:
    assert people(f"{label.capitalize()} : Ani Dewi") == [("Ani Dewi", role)]


@pytest.mark.parametrize("byline", ["Ani Mardatila", "Editor Ani", "", "\n\n", "Kamis, 5 November"])
def test_a_line_without_a_label_names_nobody(byline: str) -> None:
    assert people(byline) == []


@pytest.mark.parametrize("nobody", ["", "-", "--", "n/a", "None", "null"])
def test_a_label_without_a_name_names_nobody(nobody: str) -> None:
    assert people(f"Rep: {nobody}/ Red: Budi") == [("Budi", EDITOR)]


def test_the_same_person_twice_is_named_once() -> None:
    assert people("Reporter: Ani\nReporter: Ani") == [("Ani", REPORTER)]


def test_a_person_with_two_roles_is_named_for_both() -> None:
    assert people("Penulis: Ani\nEditor: Ani") == [("Ani", REPORTER), ("Ani", EDITOR)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ani", ["Ani"]),
        ("Ani dan Budi", ["Ani", "Budi"]),
        ("Ani, Budi, dan Citra", ["Ani", "Budi", "Citra"]),
        ("Ani, Budi & Citra", ["Ani", "Budi", "Citra"]),
        ("Ani; Budi | Citra", ["Ani", "Budi", "Citra"]),
        ("Ani / Budi", ["Ani", "Budi"]),
        ("Hardan Dandi", ["Hardan Dandi"]),
        ("Ani/Budi", ["Ani", "Budi"]),
        ("C31/C32", ["C31", "C32"]),
        ("Ani dan juga Budi", ["Ani", "Budi"]),
        ("Ani serta Budi", ["Ani", "Budi"]),
        ("chaerul umam, igman ibrahim", ["chaerul umam", "igman ibrahim"]),
        ("Ali bin Usman, Budi", ["Ali bin Usman", "Budi"]),
        ("Ani Dewi (Magang)", ["Ani Dewi"]),
        ("Ani Dewi.", ["Ani Dewi"]),
        ("Richard Susilo dari Jepang", ["Richard Susilo"]),
        ("", []),
    ],
)
def test_several_names_are_taken_apart(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    "name",
    [
        "Dr. Sri Wahyuni",
        "Prof. Dr. H. Ali Usman, MA",
        "Sari Dewi, S.Pd., M.Si",
        "Sari Dewi, SPd, MSi",
        "Sari Dewi SH, MH",
        "I Made Yasa, S.T., M.Kom., Ph.D",
        "dr. Yogi Prawira, SpA",
        "H. Ahmad, SE",
        "Yudha Manggala P. Putra",
    ],
)
def test_titles_and_degrees_stay_with_their_owner(name: str) -> None:
    assert split_names(f"{name} dan Budi Santoso") == [name, "Budi Santoso"]


def test_merging_keeps_the_first_spelling() -> None:
    merged = merge_credits(
        [Credit(name="Ani Dewi", role=REPORTER)],
        [Credit(name="ANI DEWI", role=REPORTER), Credit(name="Budi", role=EDITOR)],
    )
    assert [credit.name for credit in merged] == ["Ani Dewi", "Budi"]


def test_merging_knows_a_person_by_a_shorter_name() -> None:
    merged = merge_credits(
        [Credit(name="Rina Ayu Panca Rini", role=REPORTER), Credit(name="Ani", role=EDITOR)],
        [Credit(name="Rina Ayu", role=REPORTER), Credit(name="Ani Dewi", role=REPORTER)],
        [Credit(name="Ani Dewi Sari", role=EDITOR)],
    )
    assert [(credit.name, credit.role) for credit in merged] == [
        ("Rina Ayu Panca Rini", REPORTER),
        ("Ani Dewi Sari", EDITOR),
        ("Ani Dewi", REPORTER),
    ]


def test_merging_leaves_two_names_of_one_line_apart() -> None:
    both = [Credit(name="Ani", role=REPORTER), Credit(name="Ani Dewi", role=REPORTER)]
    assert merge_credits(both) == tuple(both)


def test_merging_keeps_one_credit_for_each_role() -> None:
    both = (Credit(name="Ani", role=REPORTER), Credit(name="Ani", role=EDITOR))
    assert merge_credits(both, both) == both
