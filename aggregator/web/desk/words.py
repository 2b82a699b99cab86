"""What pages of the desk call things. English, to be translated where it is shown."""

from __future__ import annotations

from aggregator.model import DecisionKind, DeskRole, RightsBasis, RunStatus
from aggregator.reviewqueue import Tray
from aggregator.words import CAUSES, FIELDS, STATES

TRAYS = {
    Tray.NEW: "New",
    Tray.CHANGED: "Corrected",
    Tray.HELD: "Held",
    Tray.SCHEDULED: "Scheduled",
    Tray.WITHDRAWN: "Withdrawn by the publisher",
    Tray.APPROVED: "Approved",
    Tray.REJECTED: "Rejected",
}
NOTHING = {
    Tray.NEW: "Nothing new waits for you.",
    Tray.CHANGED: "No approved article was corrected by its publisher.",
    Tray.HELD: "Nothing is held.",
    Tray.SCHEDULED: "Nothing waits for its time.",
    Tray.WITHDRAWN: "No approved article was withdrawn.",
    Tray.APPROVED: "Nothing was approved yet.",
    Tray.REJECTED: "Nothing was rejected.",
}
BASES = {
    RightsBasis.GOVERNMENT: "Government, article 43 b: full text",
    RightsBasis.PERMISSION: "Written permission: full text",
    RightsBasis.CURRENT_NEWS: "Current news, article 43 c: excerpt and link",
    RightsBasis.EDUCATION: "Education, article 44: excerpt and link",
    RightsBasis.EXCERPT_ONLY: "Quotation only: excerpt and link",
}
FLAGS = {"language": "Perhaps not Indonesian", "correction": "Announces a correction"}
"""Those that are no rule with a title of its own."""
ROLES = {DeskRole.EDITOR: "Editor", DeskRole.ADMIN: "Administrator"}
KINDS = {
    DecisionKind.MERGE: "one text",
    DecisionKind.SPLIT: "a text of its own",
    DecisionKind.NEVER: "never together",
}
RUNS = {
    RunStatus.RUNNING: "under way",
    RunStatus.FINISHED: "finished",
    RunStatus.INTERRUPTED: "interrupted",
}
DONE = {
    "approve": "Approved.",
    "hold": "Held.",
    "reject": "Rejected.",
    "reopen": "It waits for a decision again.",
    "edit": "Saved.",
    "withdraw": "Withdrawn everywhere.",
    "bring-back": "The withdrawal is taken back.",
    "merge": "The two articles are one text from now on.",
    "split": "The article is a text of its own from now on.",
    "undo": "The decision is undone.",
    "pause": "The channel is paused.",
    "resume": "The channel is read again.",
    "ask": "The channel is read as soon as its publisher allows.",
    "user": "Saved.",
    "password": "The password is changed; please sign in again.",
    "left": "You are signed out.",
}
"""What is said after a form; the address says which."""
DETAILS = {
    "reason": "Reason",
    "headline": "Headline",
    "excerpt": "Excerpt",
    "section": "Section",
    "publish_at": "Shown from",
    "rule": "Rule",
    "user": "Name",
    "role": "Role",
    "publisher": "Publisher",
    "channel": "Channel",
    "other": "Article",
    "client": "Address",
}
ACTIONS = {
    "approve": "approved",
    "hold": "held",
    "reject": "rejected",
    "reopen": "opened again",
    "edit": "edited",
    "section": "section chosen",
    "schedule": "scheduled",
    "withdraw": "withdrawn",
    "withdraw undo": "withdrawal taken back",
    "merge": "joined with another article",
    "split": "separated from other articles",
    "decision undo": "decision about duplicates undone",
    "sign in": "signed in",
    "sign in failed": "failed to sign in",
    "user add": "let somebody in",
    "user password": "set a password",
    "user role": "changed a role",
    "user disable": "kept somebody out",
    "user enable": "let somebody in again",
    "channel pause": "paused a channel",
    "channel resume": "resumed a channel",
    "channel ask": "asked for a channel",
}
ALL = (
    TRAYS,
    NOTHING,
    STATES,
    BASES,
    FLAGS,
    ROLES,
    KINDS,
    RUNS,
    CAUSES,
    FIELDS,
    DONE,
    DETAILS,
    ACTIONS,
)
"""For the test that all of it is translated."""
