"""Indonesian catalogue: English sentence -> what operators read.

One module for each place where sentences are said. Braces are filled in and must stay as they are.
"""

from collections.abc import Mapping
from types import MappingProxyType

from aggregator.cli.indonesian import (
    alerts,
    commands,
    copies,
    dbtools,
    desk,
    details,
    duplicates,
    errors,
    health,
    metrics,
    pages,
    portal,
    portals,
    publish,
    reasons,
    refusals,
    review,
    runs,
    schedule,
    search,
    sentences,
    states,
    tables,
    users,
    web,
    withdrawals,
)

CATALOGUES: tuple[Mapping[str, str], ...] = (
    alerts.MESSAGES,
    commands.MESSAGES,
    dbtools.MESSAGES,
    copies.MESSAGES,
    desk.MESSAGES,
    details.MESSAGES,
    duplicates.MESSAGES,
    errors.MESSAGES,
    health.MESSAGES,
    metrics.MESSAGES,
    pages.MESSAGES,
    portal.MESSAGES,
    portals.MESSAGES,
    publish.MESSAGES,
    reasons.MESSAGES,
    refusals.MESSAGES,
    review.MESSAGES,
    runs.MESSAGES,
    schedule.MESSAGES,
    search.MESSAGES,
    sentences.MESSAGES,
    states.MESSAGES,
    tables.MESSAGES,
    users.MESSAGES,
    web.MESSAGES,
    withdrawals.MESSAGES,
)

MESSAGES: Mapping[str, str] = MappingProxyType(
    {english: said for catalogue in CATALOGUES for english, said in catalogue.items()}
)
