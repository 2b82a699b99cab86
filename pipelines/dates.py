"""Times as Indonesian publishers print them: tables and a small grammar, dateutil last.

Three roads, in this order:

1. ``datetime.fromisoformat`` and RFC 822, which are unambiguous.
2. The table-driven Indonesian road: ``Jumat , 17 February 2017, 13:16 WIB``,
   ``( 11 September 2019, Dilihat 2382 kali . )``, ``2 jam dan 5 menit yang lalu``. Days are
   found by ``pipelines.days``.
3. python-dateutil with Indonesian names, day first. Nothing that begins like an ISO date ever
   reaches it: it reads 2020-08-07 as 8 July.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import cache
from zoneinfo import ZoneInfo

from dateutil import parser as dateutil_parser

from aggregator.model import Precision
from pipelines.days import DAYS, MONTHS, find_day

ZONES = {"wib": 7, "wita": 8, "wit": 9, "gmt": 0, "utc": 0}
UNITS: dict[str, tuple[timedelta, Precision]] = {
    "detik": (timedelta(seconds=1), Precision.MINUTE),
    "menit": (timedelta(minutes=1), Precision.MINUTE),
    "jam": (timedelta(hours=1), Precision.HOUR),
    "hari": (timedelta(days=1), Precision.DAY),
    "minggu": (timedelta(weeks=1), Precision.DAY),
    "pekan": (timedelta(weeks=1), Precision.DAY),
    "second": (timedelta(seconds=1), Precision.MINUTE),
    "minute": (timedelta(minutes=1), Precision.MINUTE),
    "hour": (timedelta(hours=1), Precision.HOUR),
    "day": (timedelta(days=1), Precision.DAY),
    "week": (timedelta(weeks=1), Precision.DAY),
}
JUST_NOW = ("baru saja", "beberapa detik", "beberapa saat", "just now")
DAYS_AGO = {"hari ini": 0, "kemarin": 1, "kemarin lusa": 2}

FIRST_YEAR = 1990
"""No page is older than the Web. Earlier years are machines' zeros: 0001-01-01, 1970-01-01."""

WIDEST_OFFSET = timedelta(hours=14)

# dateutil fills in what a text does not say; a part that differs between these was not said.
_DEFAULTS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2001, 2, 2, tzinfo=UTC))

_CLOCK = (
    r"(?P<hour>[01]?\d|2[0-3])\s?[.:]\s?(?P<minute>[0-5]\d)(?:[.:](?P<second>[0-5]\d))?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
)
_ZONE = (
    r"(?:\(?(?P<zone>wib|wita|wit|gmt|utc)\b(?P<shift>\s?[+-]\d{1,2}(?::?\d\d)?)?"
    r"|(?P<offset>[+-]\d{4}|\+\d\d:\d\d)(?!\d))"
)
_ZONE_NAME = re.compile(r"\b(?:wib|wita|wit)\b")
_SHIFT = re.compile(r"(?P<sign>[+-])(?P<hours>\d\d?):?(?P<minutes>\d\d)?")
_TIME = re.compile(rf"(?<![\d/.:]){_CLOCK}(?:\s*{_ZONE})?")
_AGO = re.compile(rf"(?P<count>(?<!\d)\d{{1,4}}|\bse)\s*(?P<unit>{'|'.join(UNITS)})s?\b")
_ISO_START = re.compile(r"^\d{4}-\d\d")
_YEAR_FIRST = re.compile(r"^\d{4}[-/.]")


@dataclass(frozen=True, kw_only=True)
class ParsedTime:
    moment: datetime
    """Aware, with the offset as stated or else the publisher's zone."""
    precision: Precision
    year_is_inferred: bool = False
    """The text names none: it is the last one before the fetch that fits."""


def parse_time(raw: str | None, *, zone: ZoneInfo, now: datetime) -> ParsedTime | None:
    """Read a printed time.

    ``zone`` is meant where none is printed; ``now`` is the moment that "2 jam lalu" counts from.
    ``None`` for a text that is no time.
    """
    text = _folded(raw or "")
    if not text:
        return None
    found = (
        _iso(text, zone)
        or _rfc822(text, zone)
        or _printed(text.lower(), zone)  # "24 Juli 2026 10.00 WIB (2 jam lalu)": the day says more
        or _relative(text.lower(), zone, now)
        or _dateutil(text, zone)
        or _yearless(text.lower(), zone, now)
    )
    return found if found is not None and found.moment.year >= FIRST_YEAR else None


def _folded(raw: str) -> str:
    return " ".join(raw.replace("\u200b", "").split())


def _iso(text: str, zone: ZoneInfo) -> ParsedTime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    # "2020" or "20200807" are valid ISO to Python; a bare number is more likely anything else.
    if not _ISO_START.match(text):
        return None
    precision = Precision.DAY if len(text) == len("2020-08-07") else Precision.MINUTE
    return _timed(moment, zone, precision)


def _rfc822(text: str, zone: ZoneInfo) -> ParsedTime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    # Without an offset it is some other text that happens to look alike.
    return _timed(moment, zone, Precision.MINUTE) if moment.tzinfo else None


def _relative(text: str, zone: ZoneInfo, now: datetime) -> ParsedTime | None:
    local = now.astimezone(zone)
    if text.startswith(JUST_NOW):
        return ParsedTime(moment=_fixed(local), precision=Precision.MINUTE)
    if "lalu" in text or "ago" in text:
        steps = [(found["count"], found["unit"]) for found in _AGO.finditer(text)]
        if not steps:
            return None
        past = sum((_amount(count) * UNITS[unit][0] for count, unit in steps), timedelta())
        return ParsedTime(moment=_fixed(local - past), precision=UNITS[steps[-1][1]][1])
    words = next((w for w in sorted(DAYS_AGO, key=len, reverse=True) if text.startswith(w)), None)
    if words is None:
        return None
    return _at(local.date() - timedelta(days=DAYS_AGO[words]), text, zone)


def _amount(count: str) -> int:
    return 1 if count == "se" else int(count)


def _printed(text: str, zone: ZoneInfo) -> ParsedTime | None:
    found = find_day(text)
    return _at(found.day, found.rest, zone) if found else None


def _yearless(text: str, zone: ZoneInfo, now: datetime) -> ParsedTime | None:
    found = find_day(text, now.astimezone(zone).date())
    if found is None:
        return None
    return replace(_at(found.day, found.rest, zone), year_is_inferred=True)


def _at(day: date, rest: str, zone: ZoneInfo) -> ParsedTime:
    """The day with the clock time that stands in ``rest``, if one does."""
    clock = _TIME.search(rest)
    if clock is None:
        moment = datetime(day.year, day.month, day.day, tzinfo=zone)
        return ParsedTime(moment=_fixed(moment), precision=Precision.DAY)
    shift = clock["shift"] or clock["offset"]
    named = _ZONE_NAME.search(rest) if shift is None else None  # "10.00-12.00 WITA"
    where = _offset(clock["zone"] or (named[0] if named else None), shift) or zone
    moment = datetime(
        day.year,
        day.month,
        day.day,
        _hour(int(clock["hour"]), clock["half"]),
        int(clock["minute"]),
        int(clock["second"] or 0),
        tzinfo=where,
    )
    return ParsedTime(moment=_fixed(moment), precision=Precision.MINUTE)


def _hour(hour: int, half: str | None) -> int:
    """The hour of the day; ``half`` is the letter of "am" or "pm"."""
    return hour if half is None else hour % 12 + (12 if half == "p" else 0)


def _offset(name: str | None, shift: str | None) -> timezone | None:
    # "WIB+07" repeats itself; only GMT and UTC are shifted.
    if name is not None and (shift is None or name not in ("gmt", "utc")):
        return timezone(timedelta(hours=ZONES[name]))
    stated = _SHIFT.fullmatch((shift or "").strip())
    if stated is None:
        return None
    east = timedelta(hours=int(stated["hours"]), minutes=int(stated["minutes"] or 0))
    if east > WIDEST_OFFSET:
        return None
    return timezone(-east if stated["sign"] == "-" else east)


def _dateutil(text: str, zone: ZoneInfo) -> ParsedTime | None:
    # A bare number is a day to dateutil, and day first: 20200807 would be 8 July.
    if _YEAR_FIRST.match(text) or text.isdigit() or not re.search(r"\d{4}", text):
        return None
    try:
        moment, other = (_dateutil_reading(text, default) for default in _DEFAULTS)
    except (ValueError, ArithmeticError, TypeError, KeyError):
        return None
    if moment != other:
        return None
    has_clock = re.search(r"\d[.:]\d\d", text) is not None
    return _timed(moment, zone, Precision.MINUTE if has_clock else Precision.DAY)


def _dateutil_reading(text: str, default: datetime) -> datetime:
    return dateutil_parser.parse(
        text, parserinfo=_indonesian(), dayfirst=True, default=default, tzinfos=_named_zone
    )


def _named_zone(name: str | None, seconds: int | None) -> timezone | None:
    """What dateutil asks for. A zone that nobody here knows makes the text no time."""
    if seconds is not None:
        return timezone(timedelta(seconds=seconds))
    return timezone(timedelta(hours=ZONES[name.lower()])) if name else None


@cache
def _indonesian() -> dateutil_parser.parserinfo:
    class Indonesian(dateutil_parser.parserinfo):
        # dateutil's stubs promise exactly two spellings; it takes any number.
        MONTHS = [MONTHS[number] for number in range(1, 13)]  # type: ignore[misc]  # noqa: RUF012
        WEEKDAYS = [DAYS[number] for number in range(7)]  # type: ignore[misc]  # noqa: RUF012

    return Indonesian(dayfirst=True)


def _timed(moment: datetime, zone: ZoneInfo, precision: Precision) -> ParsedTime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return ParsedTime(moment=_fixed(aware), precision=precision)


def _fixed(moment: datetime) -> datetime:
    """The same moment with a plain offset: what is stated is an offset, not a zone's rules."""
    offset = moment.utcoffset() or timedelta()
    return moment.replace(tzinfo=timezone(offset), microsecond=0)
