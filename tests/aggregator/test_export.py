"""What leaves as CSV and JSON Lines: columns, rights, credit lines, and no formulas."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from aggregator.articlejson import Holding
from aggregator.export import COLUMNS, FORMULA_STARTS, SEPARATORS, write_csv, write_jsonl
from aggregator.model import Credit, RightsBasis, Role
from aggregator.query import ArticleView
from pipelines.attribute import attribute
from tests.pipelines.builders import NOW, body_of, normalised, publisher

SENTENCES = ('Kalimat pertama, "dikutip".', "Kalimat kedua; selesai.")
FULL_TEXT = [basis for basis in RightsBasis if basis.allows_full_text]
EXCERPT = [basis for basis in RightsBasis if not basis.allows_full_text]


def view(basis: RightsBasis = RightsBasis.EXCERPT_ONLY, **changes: Any) -> ArticleView:
    """The usual article as held."""
    article = normalised(body_html=body_of(*SENTENCES), **changes)
    found = attribute(article, publisher(rights_basis=basis))
    holding = Holding(revision=1, first_seen=NOW, last_seen=NOW)
    return ArticleView(id=7, found=found, holding=holding)


def as_csv(*views: ArticleView) -> list[dict[str, str]]:
    file = io.StringIO(newline="")
    assert write_csv(views, file) == len(views)
    file.seek(0)
    return list(csv.DictReader(file))


def as_jsonl(*views: ArticleView) -> list[dict[str, Any]]:
    file = io.StringIO(newline="")
    assert write_jsonl(views, file) == len(views)
    return [json.loads(line) for line in file.getvalue().splitlines()]


# --- CSV ------------------------------------------------------------------------------------------


def test_a_row_has_the_columns_in_their_order() -> None:
    credits = (
        Credit(name="Siti Aminah, M.Pd.", role=Role.REPORTER),
        Credit(name="Budi Santoso", role=Role.EDITOR),
    )
    (row,) = as_csv(
        view(
            RightsBasis.GOVERNMENT,
            credits=credits,
            external_id="900",
            section="Pendidikan",
            tags=("smk", "robot"),
            source_raw="Sumber: Antara",
        )
    )
    assert list(row.items()) == [
        ("id", "7"),
        ("publisher", "contoh"),
        ("headline", "Siswa SMK Merakit Sepeda Listrik"),
        ("published_at", "2026-07-31T09:15:00+07:00"),
        (
            "credit_line",
            "Sumber: Antara via Harian Contoh — “Siswa SMK Merakit Sepeda Listrik”, "
            "Siti Aminah, M.Pd. (reporter), Budi Santoso (redaktur), "
            "Jumat, 31 Juli 2026 09.15 WIB — https://contoh.example/berita/1/judul",
        ),
        ("url", "https://contoh.example/berita/1/judul"),
        ("credits", "Siti Aminah, M.Pd. (reporter); Budi Santoso (editor)"),
        ("agency", "Antara"),
        ("section", "Pendidikan"),
        ("tags", "smk; robot"),
        ("excerpt", " ".join(SENTENCES)),
        ("body", "\n\n".join(SENTENCES)),
        ("rights_basis", "pemerintah_43b"),
        ("external_id", "900"),
        ("first_seen", "2026-08-01T03:00:00+00:00"),
    ]


def test_what_is_absent_is_an_empty_cell() -> None:
    (row,) = as_csv(view(published_raw=None))
    empty = {column for column, cell in row.items() if cell == ""}
    assert empty == {"published_at", "credits", "agency", "section", "tags", "body", "external_id"}


def test_without_articles_there_is_a_header() -> None:
    file = io.StringIO(newline="")
    assert write_csv([], file) == 0
    assert file.getvalue() == ",".join(COLUMNS) + "\n"


def test_the_byte_order_mark_is_the_files_affair() -> None:
    file = io.StringIO(newline="")
    write_csv([view()], file)
    assert "\ufeff" not in file.getvalue()


def test_separators_quotes_and_line_breaks_stay_within_their_cell() -> None:
    first, second = as_csv(view(RightsBasis.GOVERNMENT, headline='Satu, "dua"; tiga'), view())
    assert first["headline"] == 'Satu, "dua"; tiga'
    assert first["body"].splitlines() == [SENTENCES[0], "", SENTENCES[1]]
    assert second["id"] == "7"


@pytest.mark.parametrize(("name", "sign"), SEPARATORS.items())
def test_columns_are_separated_as_asked(name: str, sign: str) -> None:
    file = io.StringIO(newline="")
    write_csv([view(headline='Satu, "dua"; tiga\tempat')], file, separator=sign)
    file.seek(0)
    (row,) = csv.DictReader(file, delimiter=sign)
    assert (row["headline"], row["id"]) == ('Satu, "dua"; tiga empat', "7")
    assert list(row) == list(COLUMNS)


# --- formulas -------------------------------------------------------------------------------------

FORMULAS = [
    '=HYPERLINK("https://contoh.example")',
    "+62 21 555",
    "-5 derajat di puncak",
    "@sekolah mengajak",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_looks_like_a_formula_is_text(text: str) -> None:
    (row,) = as_csv(view(headline=text, section=text, tags=(text,), external_id=text))
    for column in ("headline", "section", "tags", "external_id"):
        assert row[column] == f"'{text}"


@pytest.mark.parametrize("basis", FULL_TEXT)
@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_looks_like_a_formula_is_text(text: str, basis: RightsBasis) -> None:
    article = normalised(body_html=body_of(text))
    found = attribute(article, publisher(rights_basis=basis))
    (row,) = as_csv(ArticleView(id=7, found=found, holding=Holding()))
    assert (row["body"], row["excerpt"]) == (f"'{text}", f"'{text}")


def test_no_cell_begins_as_a_formula() -> None:
    for row in as_csv(*(view(headline=text) for text in FORMULAS)):
        assert not any(cell.startswith(FORMULA_STARTS) for cell in row.values())


def test_a_sign_within_a_cell_stays_as_it_is() -> None:
    (row,) = as_csv(view(headline="Nilai = 100 + bonus"))
    assert row["headline"] == "Nilai = 100 + bonus"


def test_json_keeps_such_a_text_as_it_is() -> None:
    (line,) = as_jsonl(view(headline=FORMULAS[0]))
    assert line["headline"] == FORMULAS[0]


# --- rights ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("basis", FULL_TEXT)
def test_full_text_leaves_where_the_rights_basis_allows_it(basis: RightsBasis) -> None:
    held = view(basis)
    (row,), (line,) = as_csv(held), as_jsonl(held)
    assert row["body"] == "\n\n".join(SENTENCES)
    assert line["body"] == list(SENTENCES)
    assert SENTENCES[1] in line["body_html"]


@pytest.mark.parametrize("basis", EXCERPT)
def test_elsewhere_the_excerpt_stands_for_the_text(basis: RightsBasis) -> None:
    held = view(basis)
    (row,), (line,) = as_csv(held), as_jsonl(held)
    assert (row["body"], line["body"], line["body_html"]) == ("", [], "")
    assert row["excerpt"] == line["excerpt"] == " ".join(SENTENCES)


@pytest.mark.parametrize("basis", EXCERPT)
def test_without_the_right_the_text_is_in_no_field(basis: RightsBasis) -> None:
    paragraphs = [f"Alinea {number} " + "yang panjang " * 20 for number in range(3)]
    article = normalised(body_html=body_of(*paragraphs))
    found = attribute(article, publisher(rights_basis=basis))
    held = ArticleView(id=7, found=found, holding=Holding())
    file = io.StringIO(newline="")
    write_csv([held], file)
    write_jsonl([held], file)
    assert "Alinea 0" in file.getvalue()
    assert "Alinea 1" not in file.getvalue()


@pytest.mark.parametrize("basis", RightsBasis)
def test_the_credit_line_always_goes_with_it(basis: RightsBasis) -> None:
    held = view(basis, published_raw=None)
    (row,), (line,) = as_csv(held), as_jsonl(held)
    assert row["credit_line"] == line["attribution"]["credit_line"]
    for needed in ("Harian Contoh", held.article.headline, held.article.canonical_url):
        assert needed in row["credit_line"]


def test_the_people_who_run_the_program_see_the_whole_text() -> None:
    assert view(RightsBasis.EXCERPT_ONLY).to_json()["body"] == list(SENTENCES)


# --- JSON Lines -----------------------------------------------------------------------------------


def test_a_line_is_the_json_article() -> None:
    held = view(RightsBasis.GOVERNMENT, tags=("smk",))
    assert as_jsonl(held) == [held.to_json()]


def test_every_article_is_one_line_in_plain_letters() -> None:
    file = io.StringIO(newline="")
    write_jsonl([view(headline="Judul — “é”"), view()], file)
    assert file.getvalue().count("\n") == 2
    assert "Judul — “é”" in file.getvalue()


def test_without_articles_there_is_nothing() -> None:
    file = io.StringIO(newline="")
    assert (write_jsonl([], file), file.getvalue()) == (0, "")


# --- memory ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [write_csv, write_jsonl])
def test_an_article_is_written_before_the_next_is_asked_for(write: Any) -> None:
    file = io.StringIO(newline="")
    sizes: list[int] = []

    def views() -> Iterator[ArticleView]:
        for _ in range(4):
            sizes.append(len(file.getvalue()))
            yield view()

    assert write(views(), file) == 4
    assert sizes == sorted(set(sizes))
