"""When a held article is looked at again by our own schedule: a pure decision.

Observations: corrections and withdrawals come within hours, some within days, hardly any after a
week (Pedoman Media Siber asks for them "sesegera mungkin"). Channels forget an article within a
day, so waiting for one to list it again would miss most of them.

So an article is looked at an hour, six hours, a day, three days and a week after it was first seen.
A step that passed unused (the program was off) is made up for by one look, not by one for each. A
look that brought no answer about the article is repeated, but not for ever.

Publication plays no part: an article that we meet late is as new to the portal's readers as any.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeVar

STEPS = (
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
)
"""Ages, counted from the first sight, at which an article is looked at."""

AFTER_TROUBLE = timedelta(hours=1)
"""Pause after a look that a failure or a refusal answered."""

GIVE_UP_AFTER = timedelta(days=14)
"""Age of an article, or of a suspicion, from which trouble is not worth another look."""

Thing = TypeVar("Thing")


def next_look(first_seen: datetime, looked_at: datetime) -> datetime | None:
    """When an article that was looked at then is due again; ``None``: it is no longer young."""
    return next(
        (first_seen + step for step in STEPS if first_seen + step > looked_at),
        None,
    )


def after_trouble(since: datetime, now: datetime) -> datetime | None:
    """When to try again what brought no answer about the article.

    ``since``: its first sight, or the first sign that it is gone.
    """
    return now + AFTER_TROUBLE if now - since < GIVE_UP_AFTER else None


def within_budget(
    due: Iterable[Thing], budget: int, host_of: Callable[[Thing], str]
) -> Iterator[Thing]:
    """The first ``budget`` things of each host, in their order."""
    spent: Counter[str] = Counter()
    for thing in due:
        host = host_of(thing)
        if spent[host] < budget:
            spent[host] += 1
            yield thing
