"""Clusters over HTTP: whole, in one article, and each text once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aggregator.model import LinkReason
from aggregator.web.feeds.addresses import FORMATS
from pipelines.clusters import Standing
from storage.database import Database
from storage.prints import THROUGH
from tests.aggregator.web.conftest import OPEN, Ask, Put
from tests.pipelines.builders import body_of
from tests.pipelines.stories import story

CLUSTERS = "/api/v1/clusters"
ARTICLES = "/api/v1/articles"

Prints = Callable[..., list[int]]
FIRST = {"published_raw": "31 Juli 2026 08:00 WIB", "headline": "Judul Pertama"}
UNDATED = {"name": "dinas", "published_raw": None}
SECOND = {"name": "lain", "published_raw": "31 Juli 2026 09:00 WIB", "headline": "Judul Kedua"}


def test_a_cluster_names_its_members_and_what_joined_them(prints: Prints, ask: Ask) -> None:
    first, second = prints(FIRST, SECOND)
    (found,) = ask(CLUSTERS).json()["clusters"]
    assert (found["representative"], found["standing"]) == (first, Standing.EARLIEST)
    shown, joined = found["members"]
    assert (shown["id"], shown["headline"], shown["via"]) == (first, "Judul Pertama", None)
    assert (joined["id"], joined["via"], joined["reason"]) == (second, first, LinkReason.SAME_TEXT)
    assert joined["score"] == 1
    assert "Judul Kedua" in joined["credit_line"]
    assert joined["url"] in joined["credit_line"]


@pytest.mark.parametrize("which", [0, 1])
def test_it_is_found_by_any_of_its_articles(prints: Prints, ask: Ask, which: int) -> None:
    numbers = prints(FIRST, SECOND)
    found = ask(f"{CLUSTERS}/{numbers[which]}").json()
    assert [member["id"] for member in found["members"]] == numbers
    article = ask(f"{ARTICLES}/{numbers[which]}").json()
    assert article["cluster"] == found
    assert article["cluster_id"] == found["cluster_id"]
    (other,) = article["duplicates"]
    assert other["url"] == found["members"][1 - which]["url"]


def test_an_article_alone_has_none(put: Put, ask: Ask) -> None:
    number = put()
    assert ask(f"{CLUSTERS}/{number}").status_code == 404
    found = ask(f"{ARTICLES}/{number}").json()
    assert (found["cluster"], found["cluster_id"], found["duplicates"]) == (None, None, [])


def test_pages_of_clusters_lead_to_each_other(prints: Prints, ask: Ask) -> None:
    representatives = [prints(FIRST, SECOND, text=f"text {n}")[0] for n in range(5)]
    seen: list[int] = []
    address = f"{CLUSTERS}?limit=2"
    while address:
        answer = ask(address)
        seen += [cluster["representative"] for cluster in answer.json()["clusters"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
        assert bool(address) == bool(answer.json()["next_cursor"])
    assert seen == representatives[::-1]


def test_each_text_comes_once_where_it_is_asked_so(prints: Prints, put: Put, ask: Ask) -> None:
    first, second = prints(FIRST, SECOND)
    alone = put(body_html=body_of(story("another")))
    for asked, numbers in (("yes", {first, alone}), ("no", {second})):
        found = ask(ARTICLES, params={"representatives": asked}).json()
        assert {article["id"] for article in found["articles"]} == numbers


@pytest.mark.parametrize("form", FORMATS)
def test_a_feed_can_have_each_text_once(prints: Prints, ask: Ask, form: str) -> None:
    prints(FIRST, SECOND)
    found = ask(f"/feed.{form}?representatives=yes").text
    assert "Judul Pertama" in found
    assert "Judul Kedua" not in found


# --- what may not leave ---------------------------------------------------------------------------


def test_what_may_not_leave_is_in_no_cluster_either(
    prints: Prints, ask: Ask, database: Database
) -> None:
    """Without a time it may not be published, and does not stand for those that may."""
    hidden, first, second = prints(UNDATED, FIRST, SECOND)
    (found,) = ask(CLUSTERS).json()["clusters"]
    assert [member["id"] for member in found["members"]] == [first, second]
    assert found["representative"] == first
    article = ask(f"{ARTICLES}/{first}").json()
    assert len(article["duplicates"]) == 1
    assert ask(f"{CLUSTERS}/{hidden}").status_code == 404


def test_one_that_may_leave_among_others_is_alone(prints: Prints, ask: Ask) -> None:
    _, shown = prints(UNDATED, SECOND)
    assert ask(CLUSTERS).json() == {"clusters": [], "next_cursor": None}
    assert ask(f"{CLUSTERS}/{shown}").status_code == 404
    found = ask(f"{ARTICLES}/{shown}").json()
    assert (found["cluster"], found["cluster_id"], found["duplicates"]) == (None, None, [])


def test_a_link_through_what_may_not_leave_does_not_name_it(prints: Prints, ask: Ask) -> None:
    """A first half and a print with another opening are both the whole's, which has no time."""
    whole = story("whole").split()
    half, reopened = whole[:65], [*story("opening", 30).split(), *whole[30:]]
    texts = (whole, half, reopened)
    bodies = [{"body_html": body_of(" ".join(words))} for words in texts]
    _, first, second = prints({**UNDATED, **bodies[0]}, FIRST | bodies[1], SECOND | bodies[2])
    shown, joined = ask(f"{CLUSTERS}/{first}").json()["members"]
    assert (shown["id"], shown["via"], shown["reason"]) == (first, None, None)
    assert (joined["id"], joined["via"], joined["reason"]) == (second, None, THROUGH)
    (other,) = ask(f"{ARTICLES}/{first}").json()["duplicates"]
    assert other["reason"] == THROUGH


def test_rights_hold_for_prints_too(prints: Prints, ask: Ask) -> None:
    """A cluster gives no text, whatever its members' rights."""
    first, _ = prints({"basis": OPEN, **FIRST}, SECOND)
    assert story("text")[:60] not in ask(f"{CLUSTERS}/{first}").text
