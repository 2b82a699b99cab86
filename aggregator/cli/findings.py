"""Findings in the operator's words: what is wrong, since when, and what to do."""

from __future__ import annotations

from collections.abc import Mapping

from aggregator.cli.app import Session
from aggregator.cli.output import spoken_time
from aggregator.health.finding import Finding
from aggregator.health.words import said_of, words_of


def sentence(session: Session, finding: Finding, titles: Mapping[str, str]) -> str:
    """What is wrong, and since when."""
    since = spoken_time(finding.since, session.config.zone, session.say.language)
    said = said_of(finding, titles, since, session.say)
    return session.say(words_of(finding).what, **said)


def advice(session: Session, finding: Finding) -> str:
    """What to do."""
    return session.say(words_of(finding).to_do, subject=finding.subject)
