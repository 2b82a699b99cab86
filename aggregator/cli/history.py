"""The revisions of an article, for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from aggregator.articlejson import correction_json
from aggregator.changes import Change, Difference, Op, changes, shortened
from aggregator.cli.app import Session
from aggregator.cli.output import local_time
from aggregator.model import Revision
from aggregator.words import CAUSES, FIELDS

CONTEXT = 8
"""Unchanged words that are shown on each side of a change."""

MARKS = {Op.SAME: "{}", Op.REMOVED: "[-{}-]", Op.ADDED: "{{+{}+}}"}
"""As ``wdiff`` and ``git diff --word-diff`` write them."""


def show_history(session: Session, revisions: Sequence[Revision]) -> None:
    """Every revision with what it changed, the first one first."""
    out = session.out
    for number, revision in enumerate(revisions):
        out.line()
        out.line(_heading(session, revision))
        before = revisions[number - 1] if number else None
        if revision.correction and (before is None or before.correction != revision.correction):
            announced = session.say(
                "Announces a correction ({kind}): {sentence}",
                kind=revision.correction.kind,
                sentence=revision.correction.sentence,
            )
            out.line(f"  {announced}")
        for change in changes(before, revision) if before else ():
            for line in _lines(session, change):
                out.line(f"  {line}")


def history_json(revisions: Sequence[Revision]) -> list[dict[str, Any]]:
    """Keys are in ``docs/reference/article.md``."""
    found = [_revision_json(revision) for revision in revisions]
    for (before, after), written in zip(pairwise(revisions), found[1:], strict=True):
        written["changes"] = [_change_json(change) for change in changes(before, after)]
    return found


def _heading(session: Session, revision: Revision) -> str:
    return session.say(
        "Revision {number}, {moment} ({cause})",
        number=revision.number,
        moment=local_time(revision.seen_at, session.config.zone),
        cause=session.say(CAUSES[revision.cause]),
    )


def _lines(session: Session, change: Change) -> list[str]:
    label = session.say(FIELDS[change.field])
    if change.field == "credits":
        old, new = (", ".join(f"{c['name']} ({c['role']})" for c in side) for side in _both(change))
    elif change.field == "published_at":
        old, new = (str(side or "") for side in _both(change))
    else:
        return [f"{label}: {marked(shortened(found, CONTEXT))}" for found in change.paragraphs]
    nothing = session.say("not stated")
    return [f"{label}: {old or nothing} -> {new or nothing}"]


def _both(change: Change) -> tuple[Any, Any]:
    return change.old, change.new


def marked(difference: Difference) -> str:
    """``tercatat [-140-] {+104+} kunjungan``: white space outside of the marks."""
    pieces = (MARKS[span.op].format(" ".join(span.text.split())) for span in difference)
    return " ".join(piece for piece in pieces if piece)


def _revision_json(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "seen_at": revision.seen_at.isoformat(),
        "cause": str(revision.cause),
        "headline": revision.headline,
        "body": list(revision.body),
        "credits": [{"name": c.name, "role": str(c.role)} for c in revision.credits],
        "published_at": revision.published_at.isoformat() if revision.published_at else None,
        "correction": correction_json(revision.correction),
        "parser": revision.parser,
        "changed": list(revision.changed),
        "changes": [],
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "field": change.field,
        "old": change.old,
        "new": change.new,
        "diff": [
            [{"op": str(span.op), "text": span.text} for span in found]
            for found in change.paragraphs
        ],
    }
