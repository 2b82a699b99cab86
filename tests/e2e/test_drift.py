"""A publisher changes its pages between two crawls, and ``aggregator check`` says what was lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.e2e.world import Finished, World, article_page, html

Aggregator = Callable[..., Finished]

BEFORE, AFTER = range(1, 25), range(25, 35)


def serve(world: World, numbers: range, change: Callable[[str], str]) -> None:
    world.feed(*numbers)
    for number in numbers:
        text = (
            f"Siswa SMK kelompok {number} menanam {number} pohon di halaman belakang sekolah "
            f"bersama guru dan orang tua. "
        ) * 2
        page = change(article_page(number, f"{text}</p><p>{text.replace('pohon', 'bibit')}"))
        world.serve(f"/berita/{number}/uji-{number}", html(page))
    done = world.crawl()
    assert done.json["states"] == {"stored": len(numbers)}, done.err


def unsigned(page: str) -> str:
    """The template drops the label before the writer's name."""
    return page.replace("Penulis: ", "")


def renamed(page: str) -> str:
    """The template's containers have other names and other elements."""
    page = re.sub(r"<article[^>]*>", "<div class='konten-baru'>", page)
    return page.replace("</article>", "</div>").replace("class=", "data-baru=")


@pytest.fixture
def world(httpserver: HTTPServer, tmp_path: Path) -> World:
    world = World(httpserver, tmp_path)
    world.robots()
    return world


def test_a_field_that_empties_is_told(world: World, aggregator: Aggregator) -> None:
    serve(world, BEFORE, lambda page: page)
    assert aggregator("check").code == 0
    serve(world, AFTER, unsigned)
    done = aggregator("check")
    assert done.code == 2
    assert "Harian Contoh: nama penulis kosong di 10 dari 10 artikel sejak " in done.out
    assert "Kemungkinan tata letak halaman berubah" in done.out
    (finding,) = aggregator("check", "--json").json["findings"]
    assert (finding["kind"], finding["field"], finding["usual"]) == ("drift", "credits", 1.0)


def test_a_layout_that_nobody_described_is_told_while_its_articles_are_read(
    world: World, aggregator: Aggregator
) -> None:
    serve(world, BEFORE, lambda page: page)
    serve(world, AFTER, renamed)
    done = aggregator("check")
    assert done.code == 2
    assert "Harian Contoh: 10 dari 10 artikel sejak " in done.out
    assert "tidak cocok dengan tata letak yang dikenal" in done.out
    (finding,) = aggregator("check", "--json").json["findings"]
    assert (finding["kind"], finding["field"]) == ("drift", "layout")
    articles = aggregator("list", "--json", "--limit", "40").json["articles"]
    assert {article["credits"][0]["name"] for article in articles} == {"Sari Contoh"}


def test_as_many_articles_of_the_old_layout_are_healthy(
    world: World, aggregator: Aggregator
) -> None:
    serve(world, BEFORE, lambda page: page)
    serve(world, AFTER, lambda page: page)
    assert aggregator("check").code == 0
