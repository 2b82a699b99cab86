"""Rules as data by which articles are approved without a person.

The bundled ones are ``approvalrules.toml``; a school's own file (setting ``rules``) adds to them
under ``[approve.…]``, or replaces one by its name. Form: docs/reference/rules.md.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from aggregator.configreader import one_of, only_known, table, texts
from aggregator.errors import ConfigError
from aggregator.model import BY_RULE, RightsBasis

SECTION = "approve"
_KEYS = {"title", "publisher", "topic", "basis", "despite"}


@dataclass(frozen=True, kw_only=True)
class ApprovalRule:
    """Which articles it approves: all that is named must hold, and one of each list."""

    name: str
    title: str
    publishers: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    bases: tuple[RightsBasis, ...] = ()
    despite: tuple[str, ...] = ()
    """Flags that do not matter to it. Any other flag leaves an article to a person."""

    @property
    def editor(self) -> str:
        """By this name it signs."""
        return f"{BY_RULE}{self.name}"


def load_approval_rules(own: Path | None = None) -> tuple[ApprovalRule, ...]:
    """The bundled rules with a school's own over them. Raises ``ConfigError``."""
    tables = {**_bundled(), **(_own(own) if own is not None else {})}
    # An empty table removes a bundled rule.
    return tuple(_rule(name, raw) for name, raw in tables.items() if raw != {})


def _bundled() -> dict[str, Any]:
    text = (files("aggregator") / "approvalrules.toml").read_text(encoding="utf-8")
    return dict(table(tomllib.loads(text)[SECTION], SECTION))


def _own(path: Path) -> dict[str, Any]:
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(field=str(path), detail=str(error)) from error
    return dict(table(loaded.get(SECTION, {}), f"{path}: {SECTION}"))


def _rule(name: str, raw: object) -> ApprovalRule:
    where = f"rules: {SECTION}.{name}"
    values = table(raw, where)
    only_known(values, _KEYS, f"{where}.")
    rule = ApprovalRule(
        name=name,
        title=str(values.get("title", name)),
        publishers=_some(values.get("publisher"), f"{where}.publisher"),
        topics=_some(values.get("topic"), f"{where}.topic"),
        bases=tuple(
            one_of(RightsBasis, basis, f"{where}.basis")
            for basis in _some(values.get("basis"), f"{where}.basis")
        ),
        despite=tuple(texts(values.get("despite", []), f"{where}.despite")),
    )
    if not (rule.publishers or rule.topics or rule.bases):
        raise ConfigError(field=where, detail="must name a publisher, a topic or a basis")
    return rule


def _some(value: object, where: str) -> tuple[str, ...]:
    """One text, or a list of them."""
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(texts(value, where))
