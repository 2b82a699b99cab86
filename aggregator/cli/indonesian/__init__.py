"""Indonesian catalogue: English sentence -> what operators read.

One module for each place where sentences are said. Braces are filled in and must stay as they are.
"""

from collections.abc import Mapping
from types import MappingProxyType

from aggregator.cli.indonesian import (
    commands,
    details,
    errors,
    portal,
    reasons,
    sentences,
    states,
    tables,
    withdrawals,
)

CATALOGUES: tuple[Mapping[str, str], ...] = (
    commands.MESSAGES,
    details.MESSAGES,
    errors.MESSAGES,
    portal.MESSAGES,
    reasons.MESSAGES,
    sentences.MESSAGES,
    states.MESSAGES,
    tables.MESSAGES,
    withdrawals.MESSAGES,
)

MESSAGES: Mapping[str, str] = MappingProxyType(
    {english: said for catalogue in CATALOGUES for english, said in catalogue.items()}
)
