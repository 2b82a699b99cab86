"""What is said about portals, their outbox and what came of a pass: for people and programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from aggregator.changes import Op, shortened
from aggregator.cli.app import Session
from aggregator.cli.history import CONTEXT, MARKS
from aggregator.cli.output import Column, local_time
from aggregator.errors import AggregatorError, PortalError
from aggregator.model import PortalState, Publication
from aggregator.words import ACTIONS, WHYS, standing

if TYPE_CHECKING:
    from aggregator.publish.outbox import Delivered, Outcome
    from aggregator.publish.preview import Preview
    from aggregator.publish.run import Busy


def delivered_words(session: Session, one: Delivered) -> str:
    """``sekolah: terkirim: Judul (https://…)``."""
    what = state_words(session, one.publication)
    if one.error is not None:
        what = session.say("failed: {detail}", detail=said(session, one.error))
    place = f" ({one.publication.remote_url})" if one.publication.remote_url else ""
    return f"{one.portal}: {what}: {one.article_id} {one.headline}{place}"


def said(session: Session, error: AggregatorError) -> str:
    if isinstance(error, PortalError):
        return session.say(str(error.fields["detail"]), **error.facts)
    return session.say.error(error)


def state_words(session: Session, held: Publication) -> str:
    return session.say(standing(held))


def outcome_words(session: Session, outcome: Outcome) -> Iterable[str]:
    say = session.say
    yield say(
        "{portal}: {done} done, {failed} failed, {stopped} wait for a person",
        portal=outcome.portal,
        done=outcome.done,
        failed=outcome.failed,
        stopped=outcome.stopped,
    )
    if outcome.put_off is not None:
        until = local_time(outcome.put_off, session.config.zone)
        yield say("{portal}: left alone until {until}", portal=outcome.portal, until=until)


def outcome_json(found: Outcome | Busy) -> dict[str, Any]:
    from aggregator.publish.run import Busy

    if isinstance(found, Busy):
        return {"portal": found.error.fields["portal"], "busy": True}
    return {
        "portal": found.portal,
        "busy": False,
        "done": found.done,
        "failed": found.failed,
        "stopped": found.stopped,
        "trouble": found.trouble.said if found.trouble else None,
    }


def delivered_json(one: Delivered) -> dict[str, Any]:
    return {
        "portal": one.portal,
        "article_id": one.article_id,
        "action": str(one.action),
        "error": str(one.error) if one.error else None,
        "publication": publication_json(one.publication),
    }


def publication_json(held: Publication) -> dict[str, Any]:
    """For programs; keys are in ``docs/reference/cli.md``."""
    return {
        "article_id": held.article_id,
        "portal": held.portal,
        "state": str(held.state),
        "stop": str(held.stop) if held.stop else None,
        "remote_id": held.remote_id,
        "url": held.remote_url,
        "public": held.public,
        "revision": held.sent_revision,
        "hash": held.sent_hash,
        "attempts": held.attempts,
        "next_attempt_at": _moment(held.next_attempt_at),
        "last_error": held.last_error,
        "first_sent_at": _moment(held.first_sent_at),
        "changed_at": _moment(held.changed_at),
    }


def portal_json(state: PortalState) -> dict[str, Any]:
    return {
        "name": state.name,
        "failing_since": _moment(state.failing_since),
        "detail": state.detail,
        "next_attempt_at": _moment(state.next_attempt_at),
        "succeeded_at": _moment(state.succeeded_at),
    }


def show_portals(session: Session, states: Iterable[PortalState]) -> None:
    zone, say = session.config.zone, session.say
    for state in states:
        if state.failing_since is not None:
            words = say(
                "{portal}: fails since {since}: {detail}",
                portal=state.name,
                since=local_time(state.failing_since, zone),
                detail=say(state.detail or ""),
            )
        elif state.succeeded_at is not None:
            at = local_time(state.succeeded_at, zone)
            words = say("{portal}: took what it was given, last at {at}", portal=state.name, at=at)
        else:
            words = say("{portal}: nothing was sent yet", portal=state.name)
        session.out.note(words)


def show_publications(session: Session, found: Iterable[Publication]) -> None:
    say, zone = session.say, session.config.zone
    columns = [
        Column(title=say("Portal")),
        Column(title=say("Article"), right=True),
        Column(title=say("State")),
        Column(title=say("Since")),
        Column(title=say("Post"), wrap=True, optional=True),
        Column(title=say("Why"), wrap=True, optional=True),
    ]
    rows = [
        (
            held.portal,
            held.article_id,
            state_words(session, held),
            local_time(held.changed_at, zone),
            held.remote_url,
            say(held.last_error) if held.last_error else "",
        )
        for held in found
    ]
    session.out.table(columns, rows)


def preview_lines(session: Session, portal: str, one: Preview) -> Iterable[str]:
    say, decision = session.say, one.job.decision
    what, why = say(ACTIONS[decision.action]), say(WHYS[decision.why])
    if decision.until is not None:
        why = f"{why} ({local_time(decision.until, session.config.zone)})"
    if one.problem is not None:
        why = say.error(one.problem)
    yield f"{portal}: {what}: {one.job.facts.article_id} {one.headline}: {why}"
    changed = any(span.op is not Op.SAME for span in one.difference)
    if changed:
        spans = shortened(one.difference, CONTEXT)
        yield "    " + "".join(MARKS[span.op].format(span.text) for span in spans).strip()


def preview_json(portal: str, one: Preview) -> dict[str, Any]:
    decision = one.job.decision
    return {
        "portal": portal,
        "article_id": one.job.facts.article_id,
        "headline": one.headline,
        "action": str(decision.action),
        "why": str(decision.why),
        "until": _moment(decision.until),
        "problem": str(one.problem) if one.problem else None,
        "difference": [{"op": str(s.op), "text": s.text} for s in one.difference],
    }


def _moment(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
