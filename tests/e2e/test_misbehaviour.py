"""A publisher that misbehaves in every way known to us: each ends in its named state."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.e2e.world import World, article_page, html


def test_articles_are_stored(world: World) -> None:
    world.robots()
    world.feed(1, 2)
    world.serve("/berita/1/uji-1", world.page(1))
    world.serve("/berita/2/uji-2", world.page(2))
    done = world.crawl()
    assert (done.code, done.json["states"]) == (0, {"stored": 2}), done.err


def test_identity_is_our_own_and_reachable(world: World) -> None:
    world.robots()
    world.feed(1)
    world.serve("/berita/1/uji-1", world.page(1))
    world.crawl()
    agents = {headers["User-Agent"] for headers in world.headers}
    assert len(agents) == 1
    agent = agents.pop()
    assert agent.startswith("school-news-aggregator/")
    assert "(+uji@sekolah.example)" in agent
    assert "scrapy" not in agent.lower()
    assert not any("Referer" in headers for headers in world.headers)


def _cut_off(_: Request) -> Response:
    answer = html(article_page(5))
    answer.headers["Content-Length"] = str(len(answer.get_data()) + 5000)
    return answer


def _slow(_: Request) -> Response:
    time.sleep(1.5)
    return html(article_page(6))


CASES: dict[str, tuple[Response | Callable[[Request], Response], str]] = {
    "forbidden": (html("Forbidden", 403), "blocked:refused (403)"),
    "missing": (html("Not found", 404), "failed:not found"),
    "gone": (html("Gone", 410), "failed:gone"),
    "broken server": (html("Oops", 500), "failed:http 500"),
    "cut off": (_cut_off, "failed:cut off"),
    "slow": (_slow, "stored"),
    "wrong charset": (
        Response(article_page(7).encode("utf-8"), content_type="text/html; charset=iso-8859-1"),
        "stored",
    ),
    "huge": (html("x" * (11 * 1024 * 1024)), "failed:response too large"),
    "a file": (Response(b"%PDF-1.7", content_type="application/pdf"), "dropped:not html"),
    "empty": (html(""), "dropped:empty page"),
    "no article": (html("<html><body><p>Halo</p></body></html>"), "failed:no headline"),
}


@pytest.fixture(scope="module")
def ends(make_httpserver: HTTPServer, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """All of ``CASES`` in one crawl, among two articles that behave: each name's end."""
    make_httpserver.clear()
    world = World(make_httpserver, tmp_path_factory.mktemp("misbehaving"))
    world.robots()
    names = ["before", *CASES, "after"]
    world.feed(*range(1, len(names) + 1))
    for number, name in enumerate(names, start=1):
        answer = CASES[name][0] if name in CASES else world.page(number)
        world.serve(f"/berita/{number}/uji-{number}", answer)
    done = world.crawl()
    assert done.json["discovered"] == len(names), done.err
    ended = done.json["publishers"][0]["ends"]
    return {
        name: ended[f"{world.base}/berita/{number}/uji-{number}"]
        for number, name in enumerate(names, start=1)
    }


@pytest.mark.parametrize("name", CASES)
def test_one_article_misbehaves(ends: dict[str, str], name: str) -> None:
    assert ends[name] == CASES[name][1]


def test_the_others_do_not_suffer(ends: dict[str, str]) -> None:
    assert (ends["before"], ends["after"]) == ("stored", "stored")


def test_redirect_loop(world: World) -> None:
    world.robots()
    world.feed(1)
    loop = Response(status=302, headers={"Location": "/berita/1/uji-1?x=1"})
    world.serve("/berita/1/uji-1", loop)
    assert world.crawl().json["states"] == {"failed:redirect loop": 1}


def test_endless_redirects(world: World) -> None:
    world.robots()
    world.feed(1)

    def further(request: Request) -> Response:
        step = int(request.args.get("x", "0")) + 1
        return Response(status=302, headers={"Location": f"/berita/1/uji-1?x={step}"})

    world.serve("/berita/1/uji-1", further)
    assert world.crawl().json["states"] == {"failed:too many redirects": 1}


def test_two_addresses_redirect_to_one(world: World) -> None:
    world.robots()
    world.feed(1, 2)
    for number in (1, 2):
        target = Response(status=301, headers={"Location": "/berita/3/uji-3"})
        world.serve(f"/berita/{number}/uji-{number}", target)
    world.serve("/berita/3/uji-3", world.page(3))
    assert world.crawl().json["states"] == {"stored": 1, "duplicate:same address": 1}


def test_redirect_to_the_home_page_is_no_article(world: World) -> None:
    world.robots()
    world.feed(1)
    world.serve("/berita/1/uji-1", Response(status=302, headers={"Location": "/"}))
    world.serve("/", html("<h1>Beranda</h1>"))
    assert world.crawl().json["states"] == {"failed:redirected to the home page": 1}


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/kanal/pendidikan", "redirected away"), ("/maintenance", "redirected to an error page")],
)
def test_redirect_to_another_page_is_no_article(world: World, path: str, reason: str) -> None:
    world.robots()
    world.feed(1)
    world.serve("/berita/1/uji-1", Response(status=302, headers={"Location": path}))
    world.serve(path, html("<h1>Pendidikan</h1>"))
    assert world.crawl().json["states"] == {f"failed:{reason}": 1}


def test_redirect_to_an_outside_host_is_not_followed(world: World) -> None:
    world.robots()
    world.feed(1)
    world.serve(
        "/berita/1/uji-1", Response(status=302, headers={"Location": "https://outside.invalid/a"})
    )
    assert world.crawl().json["states"] == {"failed:redirected to an outside host": 1}


def test_a_host_that_says_wait_is_left_alone(world: World) -> None:
    world.robots()
    world.feed(*range(1, 9))
    for number in range(1, 9):
        world.serve(f"/berita/{number}/uji-{number}", html("Slow", 429, **{"Retry-After": "120"}))
    states = world.crawl().json["states"]
    assert states == {"blocked:too many requests (429)": 1, "deferred:asked to wait": 7}
    assert sum(path.startswith("/berita") for path in world.asked) == 1


def test_a_channel_that_says_wait_is_not_polled_before(world: World) -> None:
    world.robots()
    world.serve("/rss", html("Slow", 429, **{"Retry-After": "120"}))
    first = world.crawl()
    assert first.code == 1
    assert first.json["publishers"][0]["channels"][0]["status"] == "blocked"
    second = world.crawl()
    assert second.json["publishers"][0]["channels"][0]["status"] == "deferred"
    assert world.asked.count("/rss") == 1


def test_robots_txt_is_obeyed(world: World) -> None:
    world.robots("User-agent: *\nDisallow: /berita/2\n")
    world.feed(1, 2)
    world.serve("/berita/1/uji-1", world.page(1))
    states = world.crawl().json["states"]
    assert states == {"stored": 1, "blocked:robots.txt": 1}
    assert "/berita/2/uji-2" not in world.asked


def test_robots_txt_that_names_scrapy_does_not_mean_us(world: World) -> None:
    world.robots("User-agent: Scrapy\nDisallow: /\n\nUser-agent: *\nDisallow: /search\n")
    world.feed(1)
    world.serve("/berita/1/uji-1", world.page(1))
    assert world.crawl().json["states"] == {"stored": 1}


def test_crawl_delay_is_applied(world: World) -> None:
    world.robots("User-agent: *\nCrawl-delay: 1\n")
    world.feed(1, 2)
    world.serve("/berita/1/uji-1", world.page(1))
    world.serve("/berita/2/uji-2", world.page(2))
    started = time.monotonic()
    assert world.crawl().json["states"] == {"stored": 2}
    # robots.txt, feed, two articles: at least two pauses of a second lie between them.
    assert time.monotonic() - started >= 2


CHANNELS: dict[str, tuple[Response, str, str]] = {
    "html": (html("<html><body>Beranda</body></html>"), "failed", "html instead of a feed"),
    "forbidden": (html("Forbidden", 403), "blocked", "refused (403)"),
    "broken": (html("Oops", 500), "failed", "http 500"),
    "one link": (
        Response(
            "<rss><channel>"
            + "<item><title>A</title><link>http://127.0.0.1/</link></item>" * 5
            + "</channel></rss>",
            content_type="application/rss+xml",
        ),
        "failed",
        "one distinct link",
    ),
}


@pytest.mark.parametrize("name", CHANNELS)
def test_one_channel_misbehaves(world: World, name: str) -> None:
    answer, status, reason = CHANNELS[name]
    world.robots()
    world.serve("/rss", answer)
    done = world.crawl()
    channel = done.json["publishers"][0]["channels"][0]
    assert (done.code, channel["status"]) == (1, status)
    assert reason in " ".join(channel["reasons"]), done.err


def test_unchanged_channel_is_answered_304(world: World) -> None:
    world.robots()

    def feed(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return Response(status=304)
        answer = Response(
            f"<rss><channel><item><title>A</title><link>{world.base}/berita/1/uji-1</link>"
            "</item></channel></rss>",
            content_type="application/rss+xml",
        )
        answer.headers["ETag"] = '"v1"'
        return answer

    world.serve("/rss", feed)
    world.serve("/berita/1/uji-1", world.page(1))
    assert world.crawl().json["states"] == {"stored": 1}
    second = world.crawl()
    assert second.json["publishers"][0]["channels"][0]["status"] == "unchanged"
    assert second.json["discovered"] == 0


def test_validators_are_not_kept_while_an_article_is_missing(world: World) -> None:
    """A 304 after a failure would lose the article for ever."""
    world.robots()
    broken = True

    def feed(request: Request) -> Response:
        assert "If-None-Match" not in request.headers
        answer = Response(
            f"<rss><channel><item><title>A</title><link>{world.base}/berita/1/uji-1</link>"
            "</item></channel></rss>",
            content_type="application/rss+xml",
        )
        answer.headers["ETag"] = '"v1"'
        return answer

    world.serve("/rss", feed)
    world.serve("/berita/1/uji-1", lambda _: html("Oops", 500) if broken else html(article_page(1)))
    assert world.crawl().json["states"] == {"failed:http 500": 1}
    broken = False
    assert world.crawl("--recheck").json["states"] == {"stored": 1}


def test_limit_defers_the_rest_and_the_next_run_takes_it(world: World) -> None:
    world.robots()
    world.feed(1, 2, 3)
    for number in (1, 2, 3):
        world.serve(f"/berita/{number}/uji-{number}", world.page(number))
    assert world.crawl("--limit", "2").json["states"] == {"stored": 2, "deferred:limit": 1}
    assert world.crawl().json["states"] == {"known": 2, "stored": 1}


def test_private_addresses_are_refused(world: World) -> None:
    done = world.crawl("--guarded")
    assert world.asked == []
    assert done.json["publishers"][0]["channels"][0]["reasons"] == ["private network"]


def test_corrected_article_is_revised(world: World) -> None:
    world.robots()
    world.feed(1)
    text = "Siswa SMK mengikuti uji kompetensi yang digelar sekolah bersama industri pada Selasa."
    corrected = False
    world.serve(
        "/berita/1/uji-1",
        lambda _: html(article_page(1, text.replace("Selasa", "Rabu") if corrected else text)),
    )
    assert world.crawl().json["states"] == {"stored": 1}
    assert world.crawl("--recheck").json["states"] == {"unchanged": 1}
    corrected = True
    done = world.crawl("--recheck").json
    assert done["states"] == {"revised": 1}
    assert list(done["publishers"][0]["revised"].values()) == [["body"]]
