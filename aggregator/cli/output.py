"""What commands print: tables for people, tab-separated lines and JSON for programs.

A terminal gets a table; anything else gets one header line and one line per row, separated by tabs.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, TextIO

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


@dataclass(frozen=True, kw_only=True)
class Column:
    title: str
    right: bool = False
    wrap: bool = False
    """Fold long text over lines on a terminal instead of shortening it."""
    optional: bool = False
    """On a terminal left out where no row has anything in it."""


class Output:
    """Standard output for results, standard error for everything said about them."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self.console = Console(file=out or sys.stdout, highlight=False)
        self.notes = Console(file=err or sys.stderr, highlight=False, stderr=out is None)

    @property
    def interactive(self) -> bool:
        return self.console.is_terminal

    def json(self, value: Any) -> None:
        self._plain(json.dumps(value, ensure_ascii=False, indent=2))

    def json_line(self, value: Any) -> None:
        self._plain(json.dumps(value, ensure_ascii=False))

    def line(self, text: str = "") -> None:
        """One line of a result."""
        if self.interactive:
            self.console.print(escape(text), soft_wrap=True)
        else:
            self._plain(text)

    def marked(self, pieces: Iterable[tuple[str, bool]], indent: int = 0) -> None:
        """One line of a result, with what a search was about set off."""
        line = Text(" " * indent)
        for piece, mark in pieces:
            line.append(" ".join(piece.splitlines()), style="bold reverse" if mark else "")
        self.console.print(line, soft_wrap=True)

    def note(self, text: str) -> None:
        """Said to the person at the terminal; never part of a result."""
        self.notes.print(escape(text), soft_wrap=True)

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[object]], title: str = ""
    ) -> None:
        if self.interactive:
            self._rich_table(columns, rows, title)
            return
        self._plain("\t".join(column.title for column in columns))
        for row in rows:
            self._plain("\t".join(_cell(value) for value in row))

    def _rich_table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[object]], title: str
    ) -> None:
        table = Table(title=escape(title) or None, title_justify="left", title_style="bold")
        cells = [[_cell(value) for value in row] for row in rows]
        shown = [n for n, c in enumerate(columns) if not c.optional or any(row[n] for row in cells)]
        for column in (columns[n] for n in shown):
            table.add_column(
                escape(column.title),
                justify="right" if column.right else "left",
                overflow="fold" if column.wrap else "ellipsis",
                no_wrap=not column.wrap,
            )
        for row in cells:
            table.add_row(*(escape(row[n]) for n in shown))
        self.console.print(table)

    def _plain(self, text: str) -> None:
        self.console.file.write(text + "\n")


def _cell(value: object) -> str:
    """One value on one line: tabs and breaks inside would shift the columns."""
    return " ".join(str("" if value is None else value).split())


def spoken_day(moment: datetime, zone: tzinfo, language: str) -> str:
    """``3 Agustus 2026``: a day as people say it."""
    day = moment.astimezone(zone)
    month = MONTHS[day.month - 1] if language == "id" else day.strftime("%B")
    return f"{day.day} {month} {day.year}"


def spoken_time(moment: datetime | None, zone: tzinfo, language: str) -> str:
    """``3 Agustus 2026 pukul 10.00``; a question mark where it is not known."""
    if moment is None:
        return "?"
    local = moment.astimezone(zone)
    at = f"pukul {local:%H.%M}" if language == "id" else f"at {local:%H:%M}"
    return f"{spoken_day(moment, zone, language)} {at}"


def local_day(moment: datetime | None, zone: tzinfo) -> str:
    """Its day by the school's clock; nothing for none."""
    return local_time(moment, zone)[:10]


def local_time(moment: datetime | None, zone: tzinfo) -> str:
    """A moment as the school's clock shows it; nothing for none."""
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
