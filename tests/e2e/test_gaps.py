"""Articles that a feed no longer lists are found on the index, or their absence is noted."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.e2e.world import World


@pytest.fixture
def world(world: World) -> World:
    """A feed of three entries beside an index of pages of four; articles 1 to 3 are held."""
    world.robots()
    world.stories(*range(1, 41))
    world.feed(3, 2, 1)
    world.index((3, 2, 1))
    assert crawl(world)["states"] == {"stored": 3}
    world.asked.clear()
    return world


def crawl(world: World, *options: str) -> dict[str, Any]:
    """The feed alone, as the schedule polls it."""
    done = world.crawl("--channels", "rss", "indeks", "--channel", "rss", *options)
    found: dict[str, Any] = done.json["publishers"][0]
    return found


def noted_gaps(world: World) -> int:
    connection = sqlite3.connect(world.folder / "news.db")
    count = connection.execute("SELECT count(*) FROM channel_gap").fetchone()[0]
    connection.close()
    return int(count)


def pages_asked(world: World) -> list[str]:
    return [path for path in world.asked if path.startswith("/indeks")]


def test_an_overlap_asks_for_no_index(world: World) -> None:
    world.feed(5, 4, 3)
    assert crawl(world)["states"] == {"known": 1, "stored": 2}
    assert pages_asked(world) == []


def test_what_the_feed_no_longer_lists_is_found_on_the_index(world: World) -> None:
    world.feed(9, 8, 7)
    world.index((9, 8, 7, 6), (5, 4, 3, 2), (1,))
    found = crawl(world)
    assert found["states"] == {"stored": 6, "known": 2}
    assert pages_asked(world) == ["/indeks", "/indeks/2"]
    assert [gap["channel"] for gap in found["caught_up"]] == ["rss"]
    assert found["gaps"] == []
    assert noted_gaps(world) == 0


def test_a_gap_beyond_all_pages_is_noted(world: World) -> None:
    world.feed(40, 39, 38)
    world.index((40, 39, 38, 37), (36, 35, 34, 33), (36, 35, 34, 33))
    found = crawl(world)
    assert found["states"] == {"stored": 8}
    # The third page repeats the second, as indexes do beyond their end.
    assert pages_asked(world) == ["/indeks", "/indeks/2", "/indeks/3"]
    (gap,) = found["gaps"]
    assert gap["channel"] == "rss"
    assert gap["since"] < gap["until"]
    assert noted_gaps(world) == 1


def test_an_index_that_fails_leaves_the_gap_noted(world: World) -> None:
    from tests.e2e.world import html

    world.feed(9, 8, 7)
    world.serve("/indeks", html("Oops", 500))
    found = crawl(world)
    assert {c["name"]: c["status"] for c in found["channels"]} == {"rss": "ok", "indeks": "failed"}
    assert len(found["gaps"]) == 1


def test_a_pinned_article_hides_no_gap(world: World) -> None:
    world.feed(1, 9, 8)
    world.index((9, 8, 7, 6), (5, 4, 3, 2))
    assert crawl(world)["states"] == {"stored": 6, "known": 3}


def test_an_index_that_was_never_read_helps_out(world: World) -> None:
    world.index((9, 8, 7, 6), (5, 4, 3, 2))
    world.feed(9, 8, 7)
    done = world.crawl("--channels", "rss", "indeks").json["publishers"][0]
    assert done["states"] == {"stored": 6, "known": 2}
    # Once, though it is a channel of its own as well.
    assert pages_asked(world) == ["/indeks", "/indeks/2"]
    assert (done["gaps"], len(done["caught_up"])) == ([], 1)


def test_an_index_that_is_read_for_itself_covers_the_feed(world: World) -> None:
    world.crawl("--channels", "rss", "indeks")
    world.asked.clear()
    world.index((9, 8, 7, 6), (5, 4, 3, 2))
    world.feed(9, 8, 7)
    done = world.crawl("--channels", "rss", "indeks").json["publishers"][0]
    assert done["states"] == {"stored": 6, "known": 2}
    assert pages_asked(world) == ["/indeks", "/indeks/2"]
    assert (done["gaps"], [g["channel"] for g in done["caught_up"]]) == ([], ["indeks"])


def test_what_was_caught_up_is_not_asked_for_again(world: World) -> None:
    world.feed(9, 8, 7)
    world.index((9, 8, 7, 6), (5, 4, 3, 2))
    crawl(world)
    world.asked.clear()
    assert crawl(world)["states"] == {"known": 3}
    assert pages_asked(world) == []


def test_a_limit_leaves_the_rest_to_the_next_run(world: World) -> None:
    world.feed(9, 8, 7)
    world.index((9, 8, 7, 6), (5, 4, 3, 2))
    assert crawl(world, "--limit", "4")["states"] == {"stored": 4, "deferred:limit": 2, "known": 2}
