"""Re-checks keep to what every request keeps to, and what bars the way is no withdrawal."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug import Request, Response

from tests.e2e.test_schedule import lines, once
from tests.e2e.world import World, html

Answer = Response | Callable[[Request], Response]


def path(number: int) -> str:
    return f"/berita/{number}/uji-{number}"


def held(world: World, *numbers: int) -> World:
    """Articles that were stored a moment ago and that no channel lists any more."""
    world.robots()
    world.feed(*numbers)
    world.stories(*numbers)
    done = world.crawl()
    assert done.json["states"] == {"stored": len(numbers)}, done.err
    world.feed()
    return world


def shown(world: World) -> int:
    return len(world.command("list", "--json").json["articles"])


def slow(_: Request) -> Response:
    time.sleep(3)
    return html("Terlambat")


CHALLENGE = "<title>Just a moment...</title><body>Memeriksa peramban Anda</body>"
SUSPENDED = "<title>Account Suspended</title><body>Hubungi penyedia hosting Anda.</body>"
FILTERED = "https://internetpositif.uzone.id/?dst=contoh"

# What stands in the way: the answer, and how the URL ends.
BARRED: dict[str, tuple[Answer, str]] = {
    "challenge as 404": (html(CHALLENGE, 404), "blocked"),
    "challenge as 410": (html(CHALLENGE, 410), "blocked"),
    "suspended as 404": (html(SUSPENDED, 404), "blocked"),
    "filter list": (Response(status=302, headers={"Location": FILTERED}), "blocked"),
    "hotspot": (Response(status=302, headers={"Location": "http://10.0.0.1/login"}), "blocked"),
    "timeout": (slow, "failed"),
}


def test_what_bars_the_way_is_never_believed(world: World) -> None:
    numbers = {name: number for number, name in enumerate(BARRED, start=1)}
    held(world, *numbers.values())
    for name, (answer, _) in BARRED.items():
        world.serve(path(numbers[name]), answer)
    for hours in (1, 30, 60):
        world.let_pass(hours=hours)
        done = world.crawl("--timeout", "1", "--retries", "0").json
        ends = done["publishers"][0]["ends"]
        found = {name: ends.get(f"{world.base}{path(n)}", "") for name, n in numbers.items()}
        assert {name: end.partition(":")[0] for name, end in found.items()} == {
            name: state for name, (_, state) in BARRED.items()
        }
    assert shown(world) == len(BARRED)


def test_robots_txt_is_asked_and_obeyed(world: World) -> None:
    """Also where it bars what it once allowed."""
    held(world, 1)
    world.robots("User-agent: *\nDisallow: /berita/\n")
    world.serve(path(1), html("Tidak ada", 404))
    for days in (2, 2, 4):
        world.let_pass(days=days)
        asked = len(world.asked)
        assert world.crawl().json["states"] == {"blocked:robots.txt": 1}
        assert path(1) not in world.asked[asked:]
    assert shown(world) == 1


def test_a_host_that_asks_to_wait_is_left_alone(world: World) -> None:
    held(world, *range(1, 7))
    for number in range(1, 7):
        world.serve(path(number), html("Slow", 429, **{"Retry-After": "600"}))
    world.let_pass(hours=2)
    world.asked.clear()
    states = world.crawl("--retries", "0").json["states"]
    assert states["blocked:too many requests (429)"] + states["deferred:asked to wait"] == 6
    assert len([p for p in world.asked if p.startswith("/berita")]) <= 2
    world.asked.clear()
    again = world.crawl()
    assert set(again.json["states"]) <= {"deferred:asked to wait"}
    assert not [p for p in world.asked if p.startswith("/berita")]
    world.stories(*range(1, 7))
    world.let_pass(hours=2)
    assert world.crawl().json["states"] == {"unchanged": 6}


def test_one_request_at_a_time(world: World) -> None:
    """The pause between two requests to a host is the crawl's own, whatever is asked for."""
    held(world, *range(1, 6))
    now, most = 0, 0

    def count(request: Request) -> Response:
        nonlocal now, most
        now += 1
        most = max(most, now)
        time.sleep(0.1)
        now -= 1
        return world.page(int(request.path.split("/")[2]))

    for number in range(1, 6):
        world.serve(path(number), count)
    world.let_pass(hours=2)
    assert world.crawl("--delay", "0.01").json["states"] == {"unchanged": 5}
    assert most == 1


@pytest.mark.slow
def test_the_schedule_looks_again_and_believes_at_the_second_sight(either: World) -> None:
    world = held(either, 1, 2)
    etag = '"a"'

    def known(request: Request) -> Response:
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304)
        return html(world.page(2).get_data(as_text=True), ETag=etag)

    world.serve(path(1), html("Tidak ada", 404))
    world.serve(path(2), known)
    seen: list[dict[str, Any]] = []
    for hours in (2, 30):
        world.let_pass(hours=hours)
        done = once(world)
        assert done.code == 0, done.err
        (line,) = lines(done.out)
        seen.append(line["states"])
    assert seen == [
        {"suspected:not found": 1, "unchanged": 1},
        {"withdrawn:not found": 1, "unchanged": 1},
    ]
    assert shown(world) == 1


def test_a_takedown_beside_a_crawl_that_is_reading_it(either: World) -> None:
    """Its page was asked for before, and arrives after."""
    world = either
    world.robots()
    world.feed(1)

    world.stories(1)
    assert world.crawl().json["states"] == {"stored": 1}

    def while_looking(_: Request) -> Response:
        done = world.command("withdraw", "1", "--reason", "permintaan", "--by", "Bu Rini")
        assert done.code == 0, done.err
        return world.page(1, "Teks yang sama sekali lain dari yang dahulu, dan cukup panjang.")

    world.feed()
    world.serve(path(1), while_looking)
    world.let_pass(hours=2)
    states = world.crawl().json["states"]
    assert "revised" not in states
    assert "stored" not in states
    assert shown(world) == 0
    one = world.command("show", "1", "--json", "--history").json
    assert one["withdrawn"]["by"] == "Bu Rini"
    assert len(one["history"]) == 1
