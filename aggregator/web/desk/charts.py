"""Numbers drawn on the server: plain SVG without script or inline style, beside a table that says
the same to whoever does not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 180
LEFT, BOTTOM = 34, 22
"""Room for the numbers beside and the days below."""


@dataclass(frozen=True, kw_only=True)
class Series:
    """One publisher's numbers, one for each day."""

    title: str
    values: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Box:
    """A piece of a column. ``series``: which; its colour and pattern are the style sheet's."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True, kw_only=True)
class Label:
    x: float
    y: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Days side by side, publishers on top of each other."""

    days: Sequence[date]
    series: Sequence[Series]
    boxes: Sequence[Box]
    days_below: Sequence[Label]
    steps: Sequence[Label]
    """Lines across, with their numbers."""
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, kw_only=True)
class Bar:
    title: str
    share: float
    """0 to 1 of the whole width."""
    words: str


def columns(days: Sequence[date], series: Sequence[Series]) -> Columns:
    most = max((sum(day) for day in zip(*(s.values for s in series), strict=True)), default=0)
    top = _round_up(most)
    room, tall = (WIDTH - LEFT) / max(len(days), 1), HEIGHT - BOTTOM - 8
    boxes: list[Box] = []
    for column in range(len(days)):
        floor = float(HEIGHT - BOTTOM)
        for number, one in enumerate(series):
            height = tall * one.values[column] / top
            floor -= height
            if height:
                boxes.append(
                    Box(
                        x=round(LEFT + column * room + 2, 1),
                        y=round(floor, 1),
                        width=round(room - 4, 1),
                        height=round(height, 1),
                        series=number,
                    )
                )
    return Columns(
        days=days,
        series=series,
        boxes=boxes,
        days_below=[
            Label(x=round(LEFT + (n + 0.5) * room, 1), y=HEIGHT - 6, text=f"{day.day}/{day.month}")
            for n, day in enumerate(days)
            if n % 2 == 0
        ],
        steps=[
            Label(
                x=LEFT,
                y=round(HEIGHT - BOTTOM - tall * part / 2, 1),
                text=f"{round(top * part / 2)}",
            )
            for part in range(3)
        ],
    )


def _round_up(most: int) -> int:
    """To an even number, with a middle that is whole; 10 at least would hide a quiet week."""
    return max(most + most % 2, 2)
