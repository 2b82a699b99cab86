"""``search``, ``stats --by`` and ``db reindex`` as they are typed."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from sqlalchemy import text

from aggregator.cli import main as cli_main
from aggregator.cli.main import main
from aggregator.cli.output import Output
from storage.database import open_database
from tests.aggregator.query.corpus import fill

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> str:
    path = tmp_path_factory.mktemp("search") / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    database = open_database(f"sqlite:///{path}", writable=True)
    fill(database)
    database.close()
    return f"sqlite:///{path}"


@pytest.fixture
def run(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """``run("search", "guru")`` -> exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("AGGREGATOR_CONFIG", "AGGREGATOR_LANGUAGE", "AGGREGATOR_RULES"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--database", url, *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def headlines(out: str) -> list[str]:
    header, *rows = out.splitlines()
    column = header.split("\t").index("Judul")
    return [row.split("\t")[column] for row in rows]


@pytest.mark.parametrize("query", [("guru", "koding"), ("guru koding",), ("guru -honorer",)])
def test_words_are_one_query(run: Run, query: tuple[str, ...]) -> None:
    code, out, err = run("search", *query)
    assert (code, headlines(out)) == (0, ["Guru SMA Belajar Koding"])
    assert err == "1 artikel ditemukan.\n"


def test_elsewhere_than_on_a_terminal_a_snippet_is_a_column(run: Run) -> None:
    _, out, _ = run("search", "rapat")
    header, row = out.splitlines()
    assert header.split("\t")[-1] == "Cuplikan"
    assert row.split("\t")[-1] == "Peserta rapat membahas anggaran sekolah."


def test_filters_hold_beside_the_query(run: Run) -> None:
    _, out, _ = run("search", "sekolah", "--place", "balikpapan", "--author", "siti")
    assert headlines(out) == ["SMKN 1 Balikpapan Juara LKS"]


def test_the_order_is_chosen(run: Run) -> None:
    _, newest, _ = run("search", "kaltim")
    _, best, _ = run("search", "kaltim", "--sort", "relevance")
    assert headlines(newest)[-1] == headlines(best)[0] == "Kerjasama Industri"


def test_as_json(run: Run) -> None:
    code, out, _ = run("search", "guru", "--limit", "2", "--json", "--facets")
    found: dict[str, Any] = json.loads(out)
    assert code == 0
    assert list(found) == ["articles", "next_cursor", "total", "suggestion", "facets"]
    assert found["total"] == {"articles": 3, "exact": True}
    assert found["articles"][0]["headline_marks"] == [[0, 4]]
    assert found["facets"]["counts"]["publisher"] == {"contoh": 3}
    code, out, _ = run("search", "guru", "--json", "--cursor", found["next_cursor"])
    assert len(json.loads(out)["articles"]) == 1


def test_facets_are_tables(run: Run) -> None:
    _, out, _ = run("--language", "en", "search", "guru", "--facets")
    assert "Publisher\tArticles\ncontoh\t3\n" in out
    assert "Month\tArticles\n2026-07\t3\n" in out


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("beasisiwa", "Tidak ditemukan. Maksud Anda: beasiswa\n"),
        ("qwertyuiop", "Tidak ditemukan.\n"),
    ],
)
def test_nothing_found(run: Run, query: str, said: str) -> None:
    code, out, err = run("search", query)
    assert (code, headlines(out), err) == (0, [], said)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("id", "Galat: text: '\"' tidak dapat dipakai: tanda kutip tidak ditutup\n"),
        ("en", "Error: text: cannot use '\"': a quote is not closed\n"),
    ],
)
def test_a_malformed_query_is_explained(run: Run, language: str, said: str) -> None:
    assert run("--language", language, "search", '"guru') == (2, "", said)


def test_an_unknown_publisher_is_refused(run: Run) -> None:
    code, _, err = run("search", "guru", "--publisher", "tribun", "--publisher", "kompas")
    assert code == 2
    assert "'kompas'" in err


def test_a_school_has_names_of_its_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text('[aliases.x]\nany = ["ekskul", "ekstrakurikuler"]\n')
    assert headlines(run("search", "ekskul")[1]) == []
    (tmp_path / "aggregator.toml").write_text('rules = "rules.toml"\n')
    assert headlines(run("search", "ekskul")[1]) == ["Olahraga dan Sepak Bola"]


def test_a_list_takes_a_query(run: Run) -> None:
    _, out, _ = run("list", "--text", 'judul:guru -"guru honorer"', "--has-image")
    assert headlines(out) == ["Guru SMA Belajar Koding"]


# --- a terminal -----------------------------------------------------------------------------------


@contextmanager
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    shown = io.StringIO()

    class Terminal(Output):
        def __init__(self) -> None:
            super().__init__()
            self.console = Console(file=shown, force_terminal=True, width=80, highlight=False)

    with monkeypatch.context() as patch:
        patch.setattr(cli_main, "Output", Terminal)
        yield shown


def test_on_a_terminal_what_was_found_stands_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as shown:
        run("search", "rapat anggaran")
    plain = shown.getvalue()
    for word in ("Rapat", "rapat", "anggaran"):
        assert f"\x1b[1;7m{word}\x1b[0m" in plain
    assert "Harian Contoh" in plain


def test_markup_in_an_article_is_shown_as_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(monkeypatch) as shown:
        run("search", "pameran")
    assert "& bengkel" in shown.getvalue()


# --- over time, and the index ---------------------------------------------------------------------


def test_counts_over_time(run: Run) -> None:
    code, out, _ = run("stats", "--by", "month", "--text", "guru")
    assert (code, out) == (0, "Mulai\tArtikel\n2026-07-01\t3\n")
    _, out, _ = run("stats", "--by", "week", "--json", "--since", "2026-07-25", "--text", "guru")
    assert json.loads(out) == {
        "by": "week",
        "counts": [{"start": "2026-07-20", "articles": 0}, {"start": "2026-07-27", "articles": 1}],
    }


def test_filters_alone_count_nothing(run: Run) -> None:
    assert run("stats", "--tag", "smk") == (2, "", "Galat: penyaring memerlukan --by\n")


def test_the_index_is_made_anew(run: Run, url: str) -> None:
    database = open_database(url, writable=True)
    with database.session() as session:
        session.execute(
            text("UPDATE article SET headline = 'Rapat Luar Biasa' WHERE headline = 'Rapat Rutin'")
        )
    database.close()
    assert headlines(run("search", "judul:luar")[1]) == []
    assert run("db", "reindex")[:2] == (0, "18 artikel diindeks.\n")
    assert headlines(run("search", "judul:luar")[1]) == ["Rapat Luar Biasa"]
