"""Which of several times a page means."""

from __future__ import annotations

import pytest

from spiders.times import best_time, tells_minute

ISO = "2026-07-24T16:32:58+07:00"


@pytest.mark.parametrize(
    ("stated", "printed", "best"),
    [
        ((ISO,), ("Jumat, 24 Juli 2026 16:32 WIB",), ISO),
        ((ISO,), (), ISO),
        ((), ("24 Juli 2026 16.32 WIB",), "24 Juli 2026 16.32 WIB"),
        ((None, ISO), (None,), ISO),
        ((), (), None),
        # a bare day beside a printed minute
        (("2026-07-24",), ("24 Juli 2026 16:32 WIB",), "24 Juli 2026 16:32 WIB"),
        (("2026-07-24T00:00:00+07:00",), ("24 Juli 2026 16:32 WIB",), "24 Juli 2026 16:32 WIB"),
        (("2026-07-24", ISO), (), ISO),
        (("2026-07-24",), ("24 Juli 2026",), "2026-07-24"),
        # midnight on both sides is midnight
        (("2026-07-24T00:00:00+07:00",), ("24 Juli 2026 00:00 WIB",), "2026-07-24T00:00:00+07:00"),
        # the printed clock with another zone's offset, or with none
        (("2026-07-24T16:32:58+00:00",), ("24 Juli 2026 16:32 WIB",), "24 Juli 2026 16:32 WIB"),
        (("2026-07-24T16:32:58Z",), ("24 Juli 2026 16.32 WIB",), "24 Juli 2026 16.32 WIB"),
        (("2026-07-24 16:32:58",), ("24 Juli 2026 16:32 WITA",), "24 Juli 2026 16:32 WITA"),
        ((ISO,), ("24 Juli 2026 16:32 WITA",), "24 Juli 2026 16:32 WITA"),
        # the same moment in UTC is right
        (("2026-07-24T09:32:58Z",), ("24 Juli 2026 16:32 WIB",), "2026-07-24T09:32:58Z"),
        # a print without a zone says nothing against an offset
        ((ISO,), ("24 Juli 2026 16:32",), ISO),
    ],
)
def test_the_time_to_believe(
    stated: tuple[str | None, ...], printed: tuple[str | None, ...], best: str | None
) -> None:
    assert best_time(stated, printed) == best


@pytest.mark.parametrize(
    ("raw", "minute"),
    [
        (ISO, True),
        ("Fri, 24 Jul 2026 16:32:58 +0700", True),
        ("24 Juli 2026 9.05 WIB", True),
        ("24 Juli 2026", False),
        ("24.07.2026", False),
        ("2026-07-24T00:00:00+07:00", False),
        ("", False),
    ],
)
def test_a_clock_is_known(raw: str, minute: bool) -> None:
    assert tells_minute(raw) is minute
