"""What nouns are called wherever people read them. English, to be translated where it is shown."""

from __future__ import annotations

from aggregator.model import Cause, CorrectionKind, ReviewState

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
