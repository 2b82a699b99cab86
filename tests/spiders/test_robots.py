"""robots.txt: what answers mean, and what our publishers' files mean for us by name.

Nobody here has the publishers' files; the texts below say what is known of them (names and paths
that are barred), in the order in which such files are usually written.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.robotstxt import ProtegoRobotParser

from aggregator import settings
from aggregator.identity import user_agent
from aggregator.model import EndState, RobotsAnswer, RobotsDecision
from spiders.refused import RefusedRequest
from spiders.registry import publishers
from spiders.robots import BARRED, MOST_READ, UNREACHABLE, Learned, Rules, answered, failed

OURS = settings.ROBOTSTXT_USER_AGENT
NOW = datetime(2026, 8, 4, 3, 0, tzinfo=UTC)

BARRED_NAMES = ("Scrapy", "news-please", "GPTBot", "ClaudeBot", "CCBot")

REPUBLIKA = """User-agent: *
Disallow: /search/?q=
Disallow: /komentar
Disallow: /copy
Disallow: /cron
Disallow: /curl
Disallow: /feed/*
Disallow: /post/*
Disallow: /ajax
Disallow: /*?utm_source=
Disallow: /*?source=

""" + "".join(f"User-agent: {name}\nDisallow: /\n\n" for name in BARRED_NAMES)

TRIBUN = """# personal, non-commercial use only
User-agent: *
Disallow: /api/
Disallow: /posts/
Disallow: /ajax/
Disallow: /json/
Disallow: /auth/
Disallow: /member/
Disallow: /komentar/
Disallow: /search
Disallow: /tag/
Disallow: /topic/
"""

ARTICLE = "https://news.republika.co.id/berita/t8esfn436/siswa-smk-juara"
PHOTO = "https://kaltim.tribunnews.com/tribun-etam/1126786/siswa-smk-juara"


def rules(text: str) -> Rules:
    answer, refusal = answered("contoh.example", 200, text.encode(), NOW)
    parser = ProtegoRobotParser((answer.text or "").encode(), None)
    return Rules(answer, parser, refusal)


# --- the publishers' files --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (REPUBLIKA, ARTICLE),
        (REPUBLIKA, "https://www.republika.co.id/rss"),
        (REPUBLIKA, "https://republika.co.id/kanal/news/pendidikan"),
        (REPUBLIKA, "https://republika.co.id/posts/123456/siswa"),
        (TRIBUN, PHOTO),
        (TRIBUN, "https://www.tribunnews.com/rss"),
        (TRIBUN, "https://www.tribunnews.com/index-news/pendidikan?page=2"),
        (TRIBUN, f"{PHOTO}?page=2"),
    ],
)
def test_what_we_read_is_allowed_to_us(text: str, url: str) -> None:
    assert rules(text).allow(url, OURS)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (REPUBLIKA, f"{ARTICLE}?utm_source=whatsapp"),
        (REPUBLIKA, f"{ARTICLE}?source=twitter"),
        (REPUBLIKA, "https://republika.co.id/search/?q=smk"),
        (REPUBLIKA, "https://republika.co.id/feed/rss"),
        (REPUBLIKA, "https://republika.co.id/ajax/latest"),
        (TRIBUN, "https://www.tribunnews.com/tag/smk"),
        (TRIBUN, "https://www.tribunnews.com/topic/smk"),
        (TRIBUN, "https://www.tribunnews.com/search?q=smk"),
    ],
)
def test_what_everybody_is_barred_from_is_barred_for_us(text: str, url: str) -> None:
    assert not rules(text).allow(url, OURS)


@pytest.mark.parametrize("name", BARRED_NAMES)
def test_a_barred_name_is_barred_everywhere(name: str) -> None:
    assert not rules(REPUBLIKA).allow(ARTICLE, name)


def test_our_name_is_none_of_the_barred_ones_and_no_part_of_one() -> None:
    agent = user_agent("admin@sekolah.example").lower()
    assert OURS.lower() in agent
    assert not any(name.lower() in agent for name in BARRED_NAMES)


@pytest.mark.parametrize("name", [OURS, OURS.upper(), f"{OURS}/1.0", "School"])
def test_a_group_of_our_name_wins_over_everybodys(name: str) -> None:
    text = f"User-agent: *\nDisallow:\n\nUser-agent: {name}\nDisallow: /berita\n"
    assert rules(text).allow(ARTICLE, OURS) is (name == f"{OURS}/1.0")


@pytest.mark.parametrize("name", ["news", "aggregator", "news-please", "bot"])
def test_a_group_named_like_a_part_of_us_means_somebody_else(name: str) -> None:
    assert rules(f"User-agent: {name}\nDisallow: /\n").allow(ARTICLE, OURS)


LISTED = [
    ("republika", f"{ARTICLE}?utm_source=rss&utm_medium=feed"),
    ("republika", f"{ARTICLE}?source=twitter#komentar"),
    ("republika", f"{ARTICLE}?a=1&UTM_Source=x"),
    ("republika", f"{ARTICLE}?utm%5Fsource=x"),
    ("tribun", f"{PHOTO}?utm_source=headline&fbclid=x"),
]


@pytest.mark.parametrize(("name", "url"), LISTED)
def test_tracking_is_cut_before_anything_is_asked(name: str, url: str) -> None:
    asked = publishers()[name]().request_url(url)
    assert "source" not in asked.lower()
    assert rules(REPUBLIKA if name == "republika" else TRIBUN).allow(asked, OURS)


# --- what an answer means ---------------------------------------------------------------------

ANSWERS: dict[str, tuple[int, bytes, RobotsDecision, EndState | None]] = {
    "rules": (200, b"User-agent: *\nDisallow: /berita", RobotsDecision.RULES, None),
    "a page of HTML": (200, b"<html><body>Beranda</body></html>", RobotsDecision.RULES, None),
    "nothing": (200, b"", RobotsDecision.RULES, None),
    "no content": (204, b"", RobotsDecision.RULES, None),
    "unauthorised": (401, b"", RobotsDecision.NO_FILE, None),
    "forbidden": (403, b"User-agent: *\nDisallow: /", RobotsDecision.NO_FILE, None),
    "not found": (404, b"User-agent: *\nDisallow: /", RobotsDecision.NO_FILE, None),
    "gone": (410, b"", RobotsDecision.NO_FILE, None),
    "too many requests": (429, b"", RobotsDecision.UNREACHABLE, EndState.DEFERRED),
    "broken server": (
        500,
        b"User-agent: *\nDisallow:",
        RobotsDecision.UNREACHABLE,
        EndState.FAILED,
    ),
    "unavailable": (503, b"", RobotsDecision.UNREACHABLE, EndState.FAILED),
    "a redirect to nowhere": (302, b"", RobotsDecision.UNREACHABLE, EndState.FAILED),
}


def learned(name: str) -> Learned:
    status, body, _, _ = ANSWERS[name]
    return answered("contoh.example", status, body, NOW)


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_judged_by_its_status(name: str) -> None:
    answer, refusal = learned(name)
    assert (answer.decision, refusal and refusal.state) == ANSWERS[name][2:]


@pytest.mark.parametrize("name", ANSWERS)
def test_only_an_unreachable_file_bars_everything(name: str) -> None:
    answer, refusal = learned(name)
    parser = ProtegoRobotParser(answer.text.encode(), None) if answer.text is not None else None
    allowed = Rules(answer, parser, refusal).allow("https://contoh.example/lain", OURS)
    assert allowed is (answer.decision is not RobotsDecision.UNREACHABLE)


def test_rules_beyond_the_bound_are_not_read() -> None:
    long = b"#" * MOST_READ + b"\nUser-agent: *\nDisallow: /\n"
    answer, _ = answered("contoh.example", 200, long, NOW)
    assert "Disallow" not in (answer.text or "")


def test_a_byte_order_mark_hides_no_rule() -> None:
    answer, _ = answered("x", 200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n", NOW)
    assert (answer.text or "").startswith("User-agent")


FAILURES: dict[str, tuple[Exception, RobotsDecision, str | None, EndState | None]] = {
    "timeout": (
        DownloadTimeoutError(),
        RobotsDecision.UNREACHABLE,
        UNREACHABLE,
        EndState.FAILED,
    ),
    "whatever": (RuntimeError(), RobotsDecision.UNREACHABLE, UNREACHABLE, EndState.FAILED),
    "a redirect to a strange host": (
        RefusedRequest(EndState.FAILED, "redirected to an outside host"),
        RobotsDecision.UNREACHABLE,
        UNREACHABLE,
        EndState.FAILED,
    ),
    "our own network": (
        RefusedRequest(EndState.BLOCKED, "captive portal"),
        RobotsDecision.UNREACHABLE,
        "captive portal",
        EndState.BLOCKED,
    ),
    "a circle": (
        RefusedRequest(EndState.FAILED, "redirect loop"),
        RobotsDecision.NO_FILE,
        None,
        None,
    ),
    "too many redirects": (
        IgnoreRequest("max redirections reached"),
        RobotsDecision.NO_FILE,
        None,
        None,
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_no_answer_means_unreachable_but_for_a_circle(name: str) -> None:
    error, decision, reason, state = FAILURES[name]
    answer, refusal = failed("contoh.example", error, NOW)
    assert answer.decision is decision
    assert (refusal and refusal.reason, refusal and refusal.state) == (reason, state)


def test_what_rules_bar_is_blocked_by_name() -> None:
    answer = RobotsAnswer(host="x", decision=RobotsDecision.RULES, fetched_at=NOW, text="")
    refusal = Rules(answer, None).refusal
    assert (refusal.state, refusal.reason) == (EndState.BLOCKED, BARRED)
