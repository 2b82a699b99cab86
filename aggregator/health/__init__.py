"""What is wrong, found in the data: pure decisions over what the crawls wrote down.

``aggregator.health.examine`` gathers the facts and asks every decision; each decision is in a
module of its subject, with its doctrine at the top. What a finding means and what to do about it is
in ``docs/reference/findings.md``, why it is judged so in ``docs/explanation/health.md``.

Nothing here that needs the database is imported at once: the command line knows the kinds of
findings before it knows whether it will look for any.
"""

from aggregator.health.drift import HISTORY
from aggregator.health.finding import Finding, FindingKind

__all__ = ["HISTORY", "Finding", "FindingKind"]
