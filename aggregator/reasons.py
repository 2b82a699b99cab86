"""Why channels cannot be read, in the constant words that are stored, counted and translated.

Shared by whoever finds such a reason and whoever judges it later, and therefore with neither.
"""

# A channel as a whole is unusable.
ALL_BAD = "every entry is unusable"
ONE_LINK = "one distinct link"
HTML_INSTEAD = "html instead of a feed"
UNPARSEABLE = "unparseable"
UNEXPECTED = "not what was expected"
SAYS_ERROR = "the publisher's answer is an error"

# Our own database says no; the publisher's page has no part in it.
DISK_FULL = "disk full"
READ_ONLY = "database read-only"
NOT_STORED = "database error"
OURS = frozenset({DISK_FULL, READ_ONLY, NOT_STORED})

# A host asks for less.
TOO_MANY = "too many requests (429)"
