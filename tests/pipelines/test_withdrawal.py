"""What makes an article look withdrawn, and when that is believed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.errors import UnfitReason
from aggregator.model import EndState, Suspicion
from pipelines.deduplicate import ANOTHER_ARTICLE
from pipelines.drops import Drop
from pipelines.withdrawal import (
    ALL_GONE,
    CONFIRM_AFTER,
    SITE_IN_TROUBLE,
    Sign,
    Verdict,
    is_layout_in_doubt,
    is_site_in_trouble,
    judge,
    look_to_confirm,
    sign_of,
)
from spiders.answers import FAILURES, GONE
from spiders.blocks import STATUSES
from tests.pipelines.builders import NOW

HOUR, MOMENT = timedelta(hours=1), timedelta(seconds=1)
BEFORE = NOW - timedelta(days=9)

SIGNS = [
    (EndState.FAILED, "not found", Sign.NOT_FOUND),
    (EndState.FAILED, "gone", Sign.GONE),
    (EndState.FAILED, "redirected to the home page", Sign.HOME),
    (EndState.FAILED, "redirected away", Sign.AWAY),
    (EndState.DROPPED, "listing page", Sign.AWAY),
    (EndState.FAILED, "says that it was withdrawn", Sign.NOTICE),
    (EndState.FAILED, "not-found page", Sign.NOT_FOUND_PAGE),
    (EndState.FAILED, "no body", Sign.SHELL),
    (EndState.FAILED, "no headline", Sign.SHELL),
    (EndState.DROPPED, "empty body", Sign.SHELL),
    (EndState.FAILED, "another article's page", Sign.ANOTHER),
]

TROUBLE = [
    *((EndState.FAILED, reason) for _, reason in FAILURES),
    *((EndState.FAILED, f"http {status}") for status in (400, 500, 502, 503, 504)),
    *((EndState.BLOCKED, reason) for reason in STATUSES.values()),
    (EndState.BLOCKED, "Cloudflare challenge"),
    (EndState.BLOCKED, "empty shell"),
    (EndState.BLOCKED, "robots.txt"),
    (EndState.FAILED, "redirect loop"),
    (EndState.FAILED, "too many redirects"),
    (EndState.FAILED, "page 2: http 404"),
    (EndState.DEFERRED, "asked to wait"),
    (EndState.DEFERRED, "stopped"),
    (EndState.NOT_ARCHIVED, ""),
    (EndState.DROPPED, "redirected to an outside host"),
    (EndState.DROPPED, "private network"),
    (EndState.DROPPED, "photo page"),
    (EndState.DROPPED, "not html"),
    (EndState.DROPPED, "empty page"),
    (EndState.UNCHANGED, None),
    (EndState.REVISED, None),
]


@pytest.mark.parametrize(("state", "reason", "sign"), SIGNS)
def test_answers_about_the_article_are_signs(state: EndState, reason: str, sign: Sign) -> None:
    assert sign_of(state, reason) is sign


@pytest.mark.parametrize(("state", "reason"), TROUBLE)
def test_trouble_and_refusals_are_none(state: EndState, reason: str | None) -> None:
    assert sign_of(state, reason) is None


def test_the_words_are_those_that_the_crawl_says() -> None:
    drops = {drop.reason for drop in Drop.__subclasses__()}
    assert {*GONE.values(), ANOTHER_ARTICLE} <= set(Sign)
    assert {"empty body", "empty headline"} <= drops
    assert UnfitReason.LISTING == "listing page"


@pytest.mark.parametrize(
    ("first", "sign", "hours", "verdict"),
    [
        (None, Sign.NOT_FOUND, 0, Verdict.SUSPECT),
        (None, Sign.GONE, 0, Verdict.SUSPECT),
        (Sign.NOT_FOUND, Sign.NOT_FOUND, 1, Verdict.WAIT),
        (Sign.NOT_FOUND, Sign.NOT_FOUND, 24, Verdict.CONFIRM),
        (Sign.GONE, Sign.GONE, 5, Verdict.WAIT),
        (Sign.GONE, Sign.GONE, 6, Verdict.CONFIRM),
        (Sign.NOTICE, Sign.GONE, 6, Verdict.CONFIRM),
        (Sign.GONE, Sign.HOME, 6, Verdict.WAIT),
        (Sign.HOME, Sign.GONE, 6, Verdict.WAIT),
        (Sign.HOME, Sign.GONE, 24, Verdict.CONFIRM),
        (Sign.SHELL, Sign.ANOTHER, 48, Verdict.CONFIRM),
    ],
)
def test_a_second_sign_long_enough_after_the_first_is_believed(
    first: Sign | None, sign: Sign, hours: int, verdict: Verdict
) -> None:
    suspicion = Suspicion(at=NOW, reason=first) if first else None
    found = judge(suspicion, sign, now=NOW + hours * HOUR, looked_at=BEFORE)
    assert found is verdict


@pytest.mark.parametrize("ago", [timedelta(0), MOMENT, 9 * 24 * HOUR])
def test_an_older_answer_says_nothing(ago: timedelta) -> None:
    """From an archive, or from a crawl that was overtaken."""
    found = judge(None, Sign.GONE, now=NOW - ago, looked_at=NOW)
    assert found is Verdict.IGNORE


@pytest.mark.parametrize("sign", Sign)
def test_every_sign_is_confirmed_by_the_look_that_it_asks_for(sign: Sign) -> None:
    again = look_to_confirm(sign, NOW)
    suspicion = Suspicion(at=NOW, reason=sign)
    assert judge(suspicion, sign, now=again, looked_at=BEFORE) is Verdict.CONFIRM
    assert judge(suspicion, sign, now=again - MOMENT, looked_at=BEFORE) is Verdict.WAIT


@given(st.sampled_from(Sign), st.sampled_from(Sign), st.timedeltas(timedelta(0)))
def test_nothing_is_believed_within_the_shortest_wait(
    first: Sign, sign: Sign, after: timedelta
) -> None:
    if after < min(CONFIRM_AFTER.values()):
        suspicion = Suspicion(at=NOW, reason=first)
        assert judge(suspicion, sign, now=NOW + after, looked_at=BEFORE) is Verdict.WAIT


@pytest.mark.parametrize(
    ("signs", "looks", "read", "trouble"),
    [
        (1, 1, 0, False),
        (ALL_GONE - 1, ALL_GONE - 1, 0, False),
        (ALL_GONE, ALL_GONE, 0, True),
        (ALL_GONE, ALL_GONE, 1, False),
        (ALL_GONE, ALL_GONE + 1, 0, False),  # the other one has not changed
        (SITE_IN_TROUBLE - 1, SITE_IN_TROUBLE, 0, False),
        (SITE_IN_TROUBLE, SITE_IN_TROUBLE, 5, True),
        (SITE_IN_TROUBLE, 2 * SITE_IN_TROUBLE - 1, 5, True),
        (SITE_IN_TROUBLE, 2 * SITE_IN_TROUBLE, 5, False),
        (0, 0, 0, False),
    ],
)
def test_a_site_that_lost_most_of_its_articles_at_once_is_in_trouble(
    signs: int, looks: int, read: int, trouble: bool
) -> None:
    assert is_site_in_trouble(signs, looks, read) is trouble


@pytest.mark.parametrize("sign", Sign)
def test_a_page_without_a_text_means_something_where_others_are_read(sign: Sign) -> None:
    assert is_layout_in_doubt(sign, read=0) is (sign is Sign.SHELL)
    assert not is_layout_in_doubt(sign, read=1)
