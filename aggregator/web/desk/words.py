"""What pages of the desk call things. English, to be translated where it is shown."""

from __future__ import annotations

from aggregator.model import BY_RULE, DecisionKind, DeskRole, RightsBasis, RunStatus, Stop
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
PROGRAM = {"publish": "the program", BY_RULE: "rule {name}"}
"""What signs for itself in the log."""
RUNS = {
    RunStatus.RUNNING: "under way",
    RunStatus.FINISHED: "finished",
    RunStatus.INTERRUPTED: "interrupted",
}
TO_DO = {
    Stop.CONFLICT: "An editor of the portal changed it or hid it. Look at it there, then say which "
    "text stays.",
    Stop.REMOVED: "An editor of the portal deleted it. It is not sent anew unless you say so.",
    Stop.DEAD: "It was tried too often. Mend the cause, then try again.",
    Stop.KEPT: "It is theirs: nothing of ours goes into it any more. A withdrawal hides it all the "
    "same.",
}
THEIRS = {
    Stop.CONFLICT: "Keep theirs",
    Stop.REMOVED: "Leave it deleted",
}
OURS = {
    Stop.CONFLICT: "Send ours over it",
    Stop.REMOVED: "Send it again",
    Stop.KEPT: "Send ours over it",
}
"""What is pressed."""
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
    "retry": "It is tried again now.",
    "keep": "It is the portal editor's from now on.",
    "overwrite": "Ours is sent now.",
    "send": "It is being sent; look again in a moment.",
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
    "portal": "Portal",
    "url": "Post",
    "approved_by": "Approved by",
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
    "publish.create": "sent to a portal",
    "publish.update": "changed in a portal",
    "publish.hide": "hidden in a portal",
    "publish.withdraw": "withdrawn in a portal",
    "publish.conflict": "found changed in a portal",
    "publish.removed": "found deleted in a portal",
    "publish.kept": "hidden in a portal",
    "publish.dead": "hidden in a portal",
    "publish.retry": "asked for another try",
    "publish.keep-theirs": "left to the portal",
    "publish.overwrite": "put over the portal's text",
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
    PROGRAM,
    TO_DO,
    THEIRS,
    OURS,
    CAUSES,
    FIELDS,
    DONE,
    DETAILS,
    ACTIONS,
)
"""For the test that all of it is translated."""
