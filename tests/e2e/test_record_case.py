"""``aggregator record-case`` of a publisher on a loopback address: by address and by saved page."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.e2e.world import Finished, World, article_page, html, run_program

PUBLISHER = """
from tests.e2e.loopback import loopback_publisher

class Contoh(loopback_publisher({base!r})):
    pass
"""
# A new publisher is one more module of the package.
COMMAND = (
    "import sys, spiders; spiders.__path__.append(sys.argv.pop(1)); "
    "from aggregator.cli.main import entry; entry()"
)

Record = Callable[..., Finished]


@pytest.fixture
def world(httpserver: HTTPServer, tmp_path: Path) -> World:
    world = World(httpserver, tmp_path)
    world.robots()
    world.serve("/berita/7/uji-7", world.page(7))
    return world


@pytest.fixture
def record(world: World, tmp_path: Path) -> Record:
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "contoh.py").write_text(PUBLISHER.format(base=world.base), encoding="utf-8")
    settings = 'contact = "uji@sekolah.example"\nallow_private_network = true\n'
    (tmp_path / "aggregator.toml").write_text(settings, encoding="utf-8")

    def run(*args: str) -> Finished:
        return run_program(
            "-c", COMMAND, str(modules), "record-case", "contoh", *args, cwd=tmp_path
        )

    return run


def test_an_address_and_its_saved_page_give_the_same_case(
    world: World, record: Record, tmp_path: Path
) -> None:
    url = f"{world.base}/berita/7/uji-7"
    (tmp_path / "saved.html").write_text(article_page(7), encoding="utf-8")
    live = record(url, "--into", "live")
    assert live.code == 0, live.err
    saved = record("saved.html", "--url", url, "--into", "saved")
    assert saved.code == 0, saved.err
    case = tmp_path / live.out.strip()
    assert case.parent == tmp_path / "live" / "contoh"
    assert (case / "page.html").read_text("utf-8") == article_page(7)
    about = json.loads((case / "case.json").read_text("utf-8"))
    assert about.keys() == {"url", "fetched_at"}
    expected = json.loads((case / "expected.json").read_text("utf-8"))
    assert expected["headline"] == "Uji Kompetensi 7"
    assert expected["published_at"] == "2026-08-04T10:07:00+07:00"
    assert expected["credits"] == [{"name": "Sari Contoh", "role": "reporter"}]
    assert expected["layout"] == "contoh-2026"
    other = tmp_path / saved.out.strip()
    assert json.loads((other / "expected.json").read_text("utf-8")) == expected


def test_the_address_is_asked_once_and_by_our_name(world: World, record: Record) -> None:
    record(f"{world.base}/berita/7/uji-7", "--into", "live")
    assert world.asked == ["/robots.txt", "/berita/7/uji-7"]
    assert all(h["User-Agent"].startswith("school-news-aggregator/") for h in world.headers)


@pytest.mark.parametrize(
    ("number", "status", "said"), [(8, 404, "failed:not found"), (9, 403, "blocked:refused (403)")]
)
def test_a_page_that_cannot_be_had_leaves_no_case(
    world: World, record: Record, tmp_path: Path, number: int, status: int, said: str
) -> None:
    world.serve(f"/berita/{number}/uji-{number}", html("Tidak", status))
    done = record(f"{world.base}/berita/{number}/uji-{number}", "--into", "live")
    assert done.code != 0
    assert said in done.err
    assert not (tmp_path / "live").exists()
