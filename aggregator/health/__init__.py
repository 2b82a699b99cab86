"""What is wrong, found in the data: pure decisions over what the crawls wrote down.

``examine`` gathers the facts and asks every decision; each decision is in a module of its subject,
with its doctrine at the top. What a finding means and what to do about it is in
``docs/reference/findings.md``, why it is judged so in ``docs/explanation/health.md``.
"""

from aggregator.health.drift import HISTORY
from aggregator.health.examine import Health, PublisherHealth, examine, judge
from aggregator.health.finding import Finding, FindingKind
from aggregator.health.machine import Machine

__all__ = [
    "HISTORY",
    "Finding",
    "FindingKind",
    "Health",
    "Machine",
    "PublisherHealth",
    "examine",
    "judge",
]
