"""Times as readers are told them, by the school's clock."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from aggregator.model import Precision
from pipelines.attribute import indonesian_time


def local(moment: datetime, precision: Precision | None, zone: ZoneInfo) -> datetime:
    """A day alone stays the day that the publisher named."""
    return moment if precision is Precision.DAY else moment.astimezone(zone)


def in_words(
    moment: datetime, language: str, precision: Precision | None = Precision.MINUTE
) -> str:
    """``Jumat, 7 Agustus 2020 10.11 WITA``; the moment is local."""
    if language == "id":
        return indonesian_time(moment, precision)
    day = f"{moment:%A}, {moment.day} {moment:%B} {moment.year}"
    if precision is Precision.DAY:
        return day
    # The zone as Indonesians write it.
    return f"{day} {moment:%H:%M} {indonesian_time(moment).rpartition(' ')[2]}"


def in_figures(moment: datetime, precision: Precision | None = Precision.MINUTE) -> str:
    """``07/08/2020 10:24``, as school portals print it."""
    return moment.strftime("%d/%m/%Y" if precision is Precision.DAY else "%d/%m/%Y %H:%M")


def for_machines(moment: datetime, precision: Precision | None = Precision.MINUTE) -> str:
    """Of ``<time datetime>`` and of metadata."""
    if precision is Precision.DAY:
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes")
