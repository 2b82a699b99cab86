"""The calendar day that a text names, as Indonesian publishers write days.

The day comes first (``07/08/2020`` is 7 August) unless the year does. Of a range (``24-26 Juli
2026``) the first day counts. A month may be misspelt as long as one month is clearly nearest. A day
without a year is the last such day before the page was fetched; a day of the week beside it must
agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches

# Spellings seen in pages, feeds and records. English ones stand in Indonesian text at Republika.
MONTHS: dict[int, tuple[str, ...]] = {
    1: ("januari", "january", "jan"),
    2: ("februari", "pebruari", "february", "febuari", "feb", "peb"),
    3: ("maret", "march", "mar", "mrt"),
    4: ("april", "apr"),
    5: ("mei", "may"),
    6: ("juni", "june", "jun"),
    7: ("juli", "july", "jul"),
    8: ("agustus", "august", "agst", "agt", "agu", "ags", "agus", "aug"),
    9: ("september", "sept", "sep"),
    10: ("oktober", "october", "okt", "oct"),
    11: ("november", "nopember", "nov", "nop"),
    12: ("desember", "december", "des", "dec"),
}
DAYS: dict[int, tuple[str, ...]] = {
    0: ("senin", "monday", "sen", "mon"),
    1: ("selasa", "tuesday", "sel", "tue"),
    2: ("rabu", "wednesday", "rab", "wed"),
    3: ("kamis", "thursday", "kam", "thu"),
    4: ("jumat", "jum'at", "jum’at", "friday", "jum", "fri"),
    5: ("sabtu", "saturday", "sab", "sat"),
    6: ("minggu", "ahad", "sunday", "min", "sun"),
}

NEAR_ENOUGH = 0.8
"""Of difflib's ratio: one wrong or two swapped letters in a month of five."""

YEARS_BACK = 7
"""How far a day of the week is followed into the past: it falls on each date once in six years."""

_TOMORROW = timedelta(days=1)
"""Clocks run ahead, and zones differ."""

_MONTH_NUMBERS = {name: number for number, names in MONTHS.items() for name in names}
_FULL_MONTHS = tuple(name for name in _MONTH_NUMBERS if len(name) >= 4)
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))
_WEEKDAYS = {name: number for number, names in DAYS.items() for name in names if len(name) > 3}
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_TO = r"\s*(?:[-–—]|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga|dan)\s*"

_RANGE = re.compile(
    rf"(?<![\d:.])(?P<day>\d{{1,2}})(?:\s+(?P<month>{_MONTH}))?(?:\s+(?P<year>\d{{4}}))?{_TO}"
    rf"\d{{1,2}}\s+(?P<last_month>{_MONTH})\.?\s+(?P<last_year>\d{{4}})(?!\d)"
)
_WITH_YEAR = (
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})\s*[-\s]?\s*(?P<month>{_MONTH})\.?[\s,-]*"
        r"(?P<year>\d{4})(?!\d)"
    ),
    re.compile(rf"\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})(?!\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<day>\d{1,2})\s+(?P<misspelt>[a-z]{4,12})\.?\s+(?P<year>\d{4})(?!\d)"),
)
# A clock may follow; other figures may be a year of two.
_WITHOUT_YEAR = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\b(?!\.?\s*\d(?!\d?[.:]\d\d))"
)
# "Rabu (02/09)", but not "Halaman 1/2".
_WITHOUT_YEAR_IN_FIGURES = re.compile(r"(?<![\d/.])(?P<day>\d{1,2})[/](?P<month>\d{1,2})(?![\d/.])")


@dataclass(frozen=True, kw_only=True)
class FoundDay:
    day: date
    rest: str
    """What stands around it."""
    year_is_inferred: bool = False


def find_day(text: str, today: date | None = None) -> FoundDay | None:
    """The first day written in a text; ``None`` where there is none or no such day.

    ``today`` is what a missing year is inferred from; without it a day needs one.
    """
    text = text.lower()
    span = _RANGE.search(text)
    if span is not None:
        return _found(_first_of(span), span)
    for pattern in _WITH_YEAR:
        found = pattern.search(text)
        if found is None:
            continue
        parts = found.groupdict()
        month = _month(parts.get("month") or parts["misspelt"])
        return _found(_date(int(parts["year"]), month, int(parts["day"])), found)
    return _of_some_year(text, today) if today is not None else None


def _found(day: date | None, found: re.Match[str], **details: bool) -> FoundDay | None:
    if day is None:
        return None
    rest = f"{found.string[: found.start()]} | {found.string[found.end() :]}"
    return FoundDay(day=day, rest=rest, **details)


def _first_of(span: re.Match[str]) -> date | None:
    last = _month(span["last_month"])
    month = _month(span["month"]) if span["month"] else last
    year = int(span["year"] or span["last_year"])
    turns = not span["year"] and month > last  # 30 Desember - 2 Januari
    return _date(year - turns, month, int(span["day"]))


def _of_some_year(text: str, today: date) -> FoundDay | None:
    weekday = _WEEKDAY.search(text)
    found = _WITHOUT_YEAR.search(text)
    if found is None and weekday is not None:
        found = _WITHOUT_YEAR_IN_FIGURES.search(text)
    if found is None:
        return None
    candidates = _past_days(_month(found["month"]), int(found["day"]), today)
    if weekday is not None:
        wanted = _WEEKDAYS[weekday[0]]
        candidates = (day for day in candidates if day.weekday() == wanted)
    return _found(next(candidates, None), found, year_is_inferred=True)


def _past_days(month: int, number: int, today: date) -> Iterator[date]:
    """Such days up to tomorrow, the latest first."""
    for year in range(today.year + 1, today.year - YEARS_BACK, -1):
        day = _date(year, month, number)
        if day is not None and day <= today + _TOMORROW:
            yield day


def _month(word: str) -> int:
    """1 to 12; 0 for no month."""
    if word.isdigit():
        return int(word)
    if word in _MONTH_NUMBERS:
        return _MONTH_NUMBERS[word]
    near = get_close_matches(word, _FULL_MONTHS, n=1, cutoff=NEAR_ENOUGH)
    return _MONTH_NUMBERS[near[0]] if near else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
