"""The configuration's table ``[portal]``: how the school's public pages look and what they show.

Lists in the environment are split at commas; sections stand in the file only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from aggregator.configreader import is_a, listed, one_of, only_known, table, texts
from aggregator.contrast import LEAST, contrast, is_colour
from aggregator.errors import ConfigError
from aggregator.reuse import Reuse

LANGUAGES = ("id", "en")

PAPER = "#ffffff"
"""What text stands on by day."""
NIGHT = "#12161c"
"""And by night. The lightest and the darkest ground of the style sheet are near enough to these."""

LOGOS = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp", ".jpg": "image/jpeg"}
"""Ending of a logo's file -> its media type."""

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


class Approval(StrEnum):
    REQUIRED = "required"
    """Readers see what an editor, or a rule of the school's, has approved."""
    NONE = "none"
    """Readers see whatever may be published."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A rubric of the school's own."""

    name: str
    """In its address: lower case, digits and hyphens."""
    title: str
    topics: tuple[str, ...] = ()
    """Articles of any of these topics; empty: of all."""
    publishers: tuple[str, ...] = ()
    """Articles of any of these publishers; empty: of all."""


@dataclass(frozen=True, kw_only=True)
class PortalConfig:
    motto: str = ""
    """Below the school's name (``AGGREGATOR_PORTAL_MOTTO``)."""
    logo: Path | None = None
    """A picture file (``AGGREGATOR_PORTAL_LOGO``). ``None``: the name alone."""
    colour: str = "#0b5394"
    """Of the head and of links (``AGGREGATOR_PORTAL_COLOUR``)."""
    colour_dark: str = "#8fc1f5"
    """Of links where the reader's device is dark (``AGGREGATOR_PORTAL_COLOUR_DARK``)."""
    languages: tuple[str, ...] = LANGUAGES
    """Languages of the pages' own words, the first one at the root
    (``AGGREGATOR_PORTAL_LANGUAGES``)."""
    approval: Approval = Approval.REQUIRED
    """(``AGGREGATOR_PORTAL_APPROVAL``)"""
    press_reuse: Reuse = Reuse.FULL
    """At most so much of any publisher but the ministry; everywhere
    (``AGGREGATOR_PORTAL_PRESS_REUSE``)."""
    images: bool = False
    """Whether pictures are fetched and shown where the rights basis covers them
    (``AGGREGATOR_PORTAL_IMAGES``)."""
    image_hosts: tuple[str, ...] = ("kemdikbud.go.id", "kemendikdasmen.go.id")
    """Where pictures are fetched from, sub-domains included; nowhere else
    (``AGGREGATOR_PORTAL_IMAGE_HOSTS``)."""
    sections: tuple[Section, ...] = ()

    def section(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.name == name), None)


_KINDS: Mapping[str, type] = {
    "motto": str,
    "logo": str,
    "colour": str,
    "colour_dark": str,
    "languages": list,
    "approval": str,
    "press_reuse": str,
    "images": bool,
    "image_hosts": list,
}
_TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """What ``AGGREGATOR_PORTAL_…`` says, as the file would."""
    given = {name: environ.get(f"AGGREGATOR_PORTAL_{name.upper()}", "") for name in _KINDS}
    return {name: _parsed(_KINDS[name], text) for name, text in given.items() if text}


def portal_config(values: Mapping[str, Any]) -> PortalConfig:
    """Raises ``ConfigError`` naming the setting."""
    only_known(values, {f.name for f in fields(PortalConfig)}, "portal.")
    for name, kind in _KINDS.items():
        if name in values:
            _is(kind, values[name], f"portal.{name}")
    found = {**values, "sections": _sections(values.get("sections", []))}
    for name, words in (("approval", Approval), ("press_reuse", Reuse)):
        if name in values:
            found[name] = one_of(words, values[name], f"portal.{name}")
    for name in ("languages", "image_hosts"):
        if name in values:
            found[name] = tuple(values[name])
    if "logo" in values:
        found["logo"] = Path(values["logo"])
    config = PortalConfig(**found)
    _check(config)
    return config


def _parsed(kind: type, text: str) -> Any:
    """The text itself where it cannot be meant, so that it is refused by name."""
    if kind is list:
        return [part.strip() for part in text.split(",") if part.strip()]
    return _TRUTHS.get(text.lower(), text) if kind is bool else text


def _is(kind: type, value: object, where: str) -> None:
    if kind is list:
        texts(value, where)
    else:
        is_a(kind, value, where)


def _sections(raw: object) -> tuple[Section, ...]:
    where = "portal.sections"
    found = tuple(_section(item, where) for item in listed(raw, where))
    names = [section.name for section in found]
    if len(set(names)) < len(names):
        raise ConfigError(field=where, detail="two sections have one name")
    return found


def _section(raw: object, where: str) -> Section:
    values = dict(table(raw, where))
    only_known(values, {f.name for f in fields(Section)}, f"{where}.")
    for name in ("name", "title"):
        is_a(str, values.get(name), f"{where}.{name}")
    for name in ("topics", "publishers"):
        values[name] = tuple(texts(values.get(name, []), f"{where}.{name}"))
    section = Section(**values)
    if not _NAME.fullmatch(section.name) or len(section.name) > 64:
        raise ConfigError(
            field=f"{where}.name", detail="must be lower-case letters, digits and hyphens"
        )
    if not section.title.strip():
        raise ConfigError(field=f"{where}.title", detail="must not be empty")
    return section


def _check(config: PortalConfig) -> None:
    for name, colour, ground in (
        ("colour", config.colour, PAPER),
        ("colour_dark", config.colour_dark, NIGHT),
    ):
        if not is_colour(colour):
            raise ConfigError(field=f"portal.{name}", detail="write a colour as #0b5394")
        if contrast(colour, ground) < LEAST:
            raise ConfigError(
                field=f"portal.{name}", detail="cannot be read: its contrast is below 4.5 to 1"
            )
    languages = config.languages
    if (
        not languages
        or not set(languages) <= set(LANGUAGES)
        or len(set(languages)) < len(languages)
    ):
        raise ConfigError(field="portal.languages", detail="must be id, en or both")
    if config.logo is not None and config.logo.suffix.lower() not in LOGOS:
        raise ConfigError(field="portal.logo", detail="must be a file .svg, .png, .webp or .jpg")
    if not all(_HOST.fullmatch(host) for host in config.image_hosts):
        raise ConfigError(
            field="portal.image_hosts", detail="must be names of hosts such as cdn.contoh.example"
        )
