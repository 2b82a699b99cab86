"""Checking what a configuration file says, value by value.

A key that is not known is an error, since a misspelt setting that is silently ignored is worse than
none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from aggregator.errors import ConfigError

T = TypeVar("T")


def read_table(kind: type[T], raw: object, where: str) -> T:
    """A table as the dataclass ``kind``, by the types of its fields."""
    values, types = table(raw, where), get_type_hints(kind)
    for name in values:
        if name in _SECRETS:
            raise ConfigError(
                field=f"{where}.{name}",
                detail="secrets do not belong into this file: name a file that holds it (…_file)",
            )
    only_known(values, set(types), f"{where}.")
    for needed in _needed(kind):
        if needed not in values:
            raise ConfigError(field=where, detail=f"{needed!r} is missing")
    return kind(
        **{name: _read(types[name], value, f"{where}.{name}") for name, value in values.items()}
    )


def _needed(kind: Any) -> list[str]:
    """Names of the fields without a default."""
    return [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING]


def _read(kind: Any, value: object, where: str) -> Any:
    (kind,) = set(get_args(kind)) - {NoneType} if NoneType in get_args(kind) else {kind}
    if is_dataclass(kind):
        return read_table(kind, value, where)  # type: ignore[arg-type]
    if get_origin(kind) is tuple:
        return tuple(texts(value, where))
    is_a(str if kind is Path else kind, value, where)
    return Path(str(value)) if kind is Path else value


_SECRETS = frozenset({"password", "token", "secret"})


def is_a(kind: type, value: object, where: str) -> None:
    # Exactly: true is an int to Python.
    if type(value) is not kind:
        raise ConfigError(field=where, detail=f"{value!r} is not a {kind.__name__}")


def one_of(kind: Any, value: object, where: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(kind)
        raise ConfigError(field=where, detail=f"{value!r} is none of {known}") from error


def only_known(values: Mapping[str, Any], known: set[str], prefix: str) -> None:
    for name in values:
        if name not in known:
            raise ConfigError(field=f"{prefix}{name}", detail="no such setting")


def table(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(field=where, detail="must be a table")
    return value


def listed(value: object, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise ConfigError(field=where, detail="must be a list")
    return value


def texts(value: object, where: str) -> list[str]:
    items = listed(value, where)
    if not all(isinstance(item, str) for item in items):
        raise ConfigError(field=where, detail="must be a list of texts")
    return items
