"""Operator-facing text: English in the code, translated where it is shown.

The English sentence is the key of the catalogue, so the code stays readable and a missing
translation shows English instead of nothing. A test fails when one is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aggregator.cli.indonesian import MESSAGES
from aggregator.errors import AggregatorError, PortalError

CATALOGUES: Mapping[str, Mapping[str, str]] = {"id": MESSAGES, "en": {}}


# What was typed, and where: never a sentence, even if it reads like one.
_AS_GIVEN = ("field", "value")


@dataclass(frozen=True)
class Translator:
    """Says things in the operator's language."""

    language: str = "id"

    def __call__(self, message: str, /, **fields: object) -> str:
        translated = CATALOGUES.get(self.language, {}).get(message, message)
        return translated.format(**fields) if fields else translated

    def error(self, error: AggregatorError) -> str:
        """The one line that an error becomes."""
        said = {
            name: self(value) if isinstance(value, str) and name not in _AS_GIVEN else value
            for name, value in error.fields.items()
        }
        if isinstance(error, PortalError):
            said["detail"] = self(str(error.fields["detail"]), **error.facts)
        return self(error.template, **said)
