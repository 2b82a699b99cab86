"""What is told about publishing, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from aggregator.health.finding import Finding
from aggregator.health.portals import portal_findings
from aggregator.model import PortalState, Publication, PublicationState, Stop
from tests.aggregator.health.builders import HOUR, NOON

SENT = Publication(
    article_id=7,
    portal="sekolah",
    state=PublicationState.SENT,
    slug="x",
    shown_at=NOON,
    first_revision=1,
    changed_at=NOON - HOUR,
)


def found(
    *stopped: Publication,
    state: PortalState | None = None,
    standing: tuple[Publication, timedelta] | None = None,
) -> list[Finding]:
    since = [(standing[0], NOON - standing[1])] if standing else []
    states = [state or PortalState(name="sekolah")]
    return list(portal_findings(states, stopped, since, ["sekolah"], NOON))


def test_nothing_is_wrong() -> None:
    assert found() == []


def test_failing_is_told_when_it_lasts() -> None:
    state = PortalState(name="sekolah", failing_since=NOON - HOUR, detail="wrong password")
    (finding,) = found(state=state)
    assert (finding.key, finding.since) == ("portal-failing/sekolah", NOON - HOUR)
    assert finding.facts == {"detail": "wrong password"}
    assert found(state=replace(state, failing_since=NOON - HOUR / 2)) == []


def test_what_waits_for_a_person_is_told_at_once_and_together() -> None:
    dead = [
        replace(SENT, article_id=n, stop=Stop.DEAD, last_error="too long") for n in range(20, 0, -1)
    ]
    (finding,) = found(*dead)
    assert finding.key == "post-given-up/sekolah"
    assert finding.facts == {"posts": 20, "articles": [*range(1, 11)], "detail": "too long"}


def test_each_stop_is_a_finding_of_its_own() -> None:
    stopped = [replace(SENT, stop=stop) for stop in Stop]
    assert [str(f.kind) for f in found(*stopped)] == [
        "post-changed",
        "post-deleted",
        "post-given-up",
    ]


def test_portals_that_are_configured_no_more_are_left_out() -> None:
    assert found(replace(SENT, portal="lama", stop=Stop.DEAD)) == []


def test_withdrawn_article_that_still_stands_somewhere_is_told_whatever_is_configured() -> None:
    old = replace(SENT, portal="lama")
    (finding,) = found(standing=(old, timedelta(minutes=15)))
    assert (finding.key, finding.facts["articles"]) == ("withdrawn-standing/lama", [7])
    assert found(standing=(old, timedelta(minutes=14))) == []
