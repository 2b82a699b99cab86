"""What nouns are called wherever people read them. English, to be translated where it is shown."""

from __future__ import annotations

from aggregator.model import (
    Cause,
    CorrectionKind,
    Publication,
    PublicationState,
    ReviewState,
    Stop,
)

STATES = {
    ReviewState.NEW: "open",
    ReviewState.APPROVED: "approved",
    ReviewState.HELD: "held",
    ReviewState.REJECTED: "rejected",
}
CAUSES = {
    Cause.CHANNEL: "seen in a channel",
    Cause.RECHECK: "seen by a re-check",
    Cause.REPARSE: "read from an archive",
    Cause.PARSER: "same page, read otherwise by newer parsers",
}
CORRECTIONS = {
    CorrectionKind.RALAT: "Correction",
    CorrectionKind.KOREKSI: "Amendment",
    CorrectionKind.HAK_JAWAB: "Right of reply",
    CorrectionKind.PEMBARUAN: "Update",
}
"""How publishers announce that they changed a text."""
FIELDS = {
    "headline": "Headline",
    "body": "Text",
    "credits": "Names",
    "published_at": "Time of publication",
}
"""What a revision may change."""

ACTIONS = {
    "create": "to be sent",
    "update": "to be changed",
    "hide": "to be hidden",
    "withdraw": "to be withdrawn",
    "wait": "waits",
}
"""What a pass over a portal would do, by the names of ``aggregator.publish.decide.Action``."""

WHYS = {
    "approved": "approved",
    "changed": "not as it was sent",
    "withdrawn": "withdrawn by its publisher or by the school",
    "not approved": "not approved any more",
    "not attributed": "not attributed completely",
    "not due yet": "not due yet",
    "a new text waits for the editor": "a new text waits for the editor",
    "tried later": "tried later",
}
"""Why a pass would do it, by the names of ``aggregator.publish.decide.Why``."""

POSTS = {
    PublicationState.WAITING: "waits",
    PublicationState.SENT: "sent",
    PublicationState.HIDDEN: "hidden",
    PublicationState.WITHDRAWN: "withdrawn",
}
STOPS = {
    Stop.CONFLICT: "changed in the portal",
    Stop.REMOVED: "deleted in the portal",
    Stop.KEPT: "left to the portal",
    Stop.DEAD: "given up",
}


def standing(held: Publication) -> str:
    """How an article stands in a portal."""
    return STOPS[held.stop] if held.stop is not None else POSTS[held.state]
