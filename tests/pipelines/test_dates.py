"""Times as printed, against the instant that a careful reader takes from them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregator.model import Precision
from pipelines.dates import UNITS, ParsedTime, parse_time
from pipelines.days import DAYS, MONTHS, find_day
from tests.pipelines.builders import NOW, WIB, WIT, WITA

# As publishers printed them between 2015 and 2026. A day without a time has none here either.
PRINTED = (
    # Republika, 2025: English short months
    ("30 Sep 2025 20:28 WIB", "2025-09-30T20:28:00+07:00"),
    ("29 Sep 2025 17:06 WIB", "2025-09-29T17:06:00+07:00"),
    ("27 Sep 2025 22:16 WIB", "2025-09-27T22:16:00+07:00"),
    ("26 Sep 2025 15:55 WIB", "2025-09-26T15:55:00+07:00"),
    ("25 Sep 2025 13:30 WIB", "2025-09-25T13:30:00+07:00"),
    ("24 Sep 2025 12:34 WIB", "2025-09-24T12:34:00+07:00"),
    ("23 Sep 2025 12:41 WIB", "2025-09-23T12:41:00+07:00"),
    ("18 Sep 2025 13:12 WIB", "2025-09-18T13:12:00+07:00"),
    ("07 Sep 2025 14:43 WIB", "2025-09-07T14:43:00+07:00"),
    ("29 Oct 2025 00:35 WIB", "2025-10-29T00:35:00+07:00"),
    ("20 Oct 2025 08:00 WIB", "2025-10-20T08:00:00+07:00"),
    ("15 Oct 2025 15:03 WIB", "2025-10-15T15:03:00+07:00"),
    ("12 Oct 2025 14:23 WIB", "2025-10-12T14:23:00+07:00"),
    ("04 Oct 2025 10:03 WIB", "2025-10-04T10:03:00+07:00"),
    ("02 Oct 2025 18:52 WIB", "2025-10-02T18:52:00+07:00"),
    ("01 Oct 2025 14:04 WIB", "2025-10-01T14:04:00+07:00"),
    # Republika, listing of 2024: English day, Indonesian zone
    ("Tuesday, 02 April 2024, 17:36 WIB", "2024-04-02T17:36:00+07:00"),
    ("Tuesday, 02 April 2024, 17:22 WIB", "2024-04-02T17:22:00+07:00"),
    ("Tuesday, 02 April 2024, 17:00 WIB", "2024-04-02T17:00:00+07:00"),
    ("Tuesday, 02 April 2024, 16:39 WIB", "2024-04-02T16:39:00+07:00"),
    # Republika, listings of 2024 to 2026: every Indonesian month, with seconds, no zone
    ("1 Januari 2025 18:08:19", "2025-01-01T18:08:19+07:00"),
    ("29 Januari 2025 12:08:33", "2025-01-29T12:08:33+07:00"),
    ("2 Februari 2025 23:56:59", "2025-02-02T23:56:59+07:00"),
    ("25 Februari 2025 17:47:39", "2025-02-25T17:47:39+07:00"),
    ("3 Maret 2025 11:17:01", "2025-03-03T11:17:01+07:00"),
    ("26 Maret 2025 07:23:09", "2025-03-26T07:23:09+07:00"),
    ("5 April 2024 11:00:59", "2024-04-05T11:00:59+07:00"),
    ("22 April 2025 14:41:28", "2025-04-22T14:41:28+07:00"),
    ("1 Mei 2024 08:34:32", "2024-05-01T08:34:32+07:00"),
    ("2 Mei 2025 13:38:38", "2025-05-02T13:38:38+07:00"),
    ("3 Juni 2024 07:23:49", "2024-06-03T07:23:49+07:00"),
    ("9 Juni 2025 16:30:17", "2025-06-09T16:30:17+07:00"),
    ("1 Juli 2024 13:27:24", "2024-07-01T13:27:24+07:00"),
    ("30 Juli 2024 13:43:37", "2024-07-30T13:43:37+07:00"),
    ("1 Agustus 2024 13:23:32", "2024-08-01T13:23:32+07:00"),
    ("1 Agustus 2025 11:48:06", "2025-08-01T11:48:06+07:00"),
    ("2 September 2024 09:48:08", "2024-09-02T09:48:08+07:00"),
    ("2 September 2025 13:37:26", "2025-09-02T13:37:26+07:00"),
    ("1 Oktober 2024 11:05:24", "2024-10-01T11:05:24+07:00"),
    ("2 Oktober 2025 13:59:31", "2025-10-02T13:59:31+07:00"),
    ("1 November 2024 07:07:45", "2024-11-01T07:07:45+07:00"),
    ("27 November 2024 16:12:40", "2024-11-27T16:12:40+07:00"),
    ("1 Desember 2024 22:11:28", "2024-12-01T22:11:28+07:00"),
    ("1 Desember 2025 13:29:20", "2025-12-01T13:29:20+07:00"),
    # Tribun, 2022
    ("29 Maret 2022 09:51 WIB", "2022-03-29T09:51:00+07:00"),
    ("29 Maret 2022 10:19 WIB", "2022-03-29T10:19:00+07:00"),
    ("29 Maret 2022 10:06 WIB", "2022-03-29T10:06:00+07:00"),
    ("29 Maret 2022 09:47 WIB", "2022-03-29T09:47:00+07:00"),
    ("29 Maret 2022 06:00 WIB", "2022-03-29T06:00:00+07:00"),
    ("28 Maret 2022 06:01 WIB", "2022-03-28T06:01:00+07:00"),
    # Tribun, tag listing of 2019: days only
    ("Rabu, 16 Januari 2019", "2019-01-16"),
    ("Selasa, 15 Januari 2019", "2019-01-15"),
    ("Senin, 14 Januari 2019", "2019-01-14"),
    ("Senin, 31 Desember 2018", "2018-12-31"),
    ("Minggu, 30 Desember 2018", "2018-12-30"),
    ("Sabtu, 29 Desember 2018", "2018-12-29"),
    ("Jumat, 30 November 2018", "2018-11-30"),
    ("Rabu, 21 November 2018", "2018-11-21"),
    ("Kamis, 15 November 2018", "2018-11-15"),
    ("Rabu, 31 Oktober 2018", "2018-10-31"),
    ("Selasa, 30 Oktober 2018", "2018-10-30"),
    ("Minggu, 28 Oktober 2018", "2018-10-28"),
    ("Minggu, 30 September 2018", "2018-09-30"),
    ("Selasa, 25 September 2018", "2018-09-25"),
    ("Jumat, 21 September 2018", "2018-09-21"),
    ("Sabtu, 25 Agustus 2018", "2018-08-25"),
    ("Jumat, 24 Agustus 2018", "2018-08-24"),
    ("Rabu, 22 Agustus 2018", "2018-08-22"),
    ("Selasa, 31 Juli 2018", "2018-07-31"),
    ("Senin, 30 Juli 2018", "2018-07-30"),
    ("Jumat, 27 Juli 2018", "2018-07-27"),
    ("Jumat, 29 Juni 2018", "2018-06-29"),
    ("Senin, 25 Juni 2018", "2018-06-25"),
    ("Minggu, 24 Juni 2018", "2018-06-24"),
    ("Sabtu, 26 Mei 2018", "2018-05-26"),
    ("Kamis, 24 Mei 2018", "2018-05-24"),
    ("Jumat, 18 Mei 2018", "2018-05-18"),
    ("Sabtu, 28 April 2018", "2018-04-28"),
    ("Jumat, 27 April 2018", "2018-04-27"),
    ("Rabu, 25 April 2018", "2018-04-25"),
    ("Kamis, 22 Maret 2018", "2018-03-22"),
    ("Rabu, 21 Maret 2018", "2018-03-21"),
    ("Jumat, 16 Maret 2018", "2018-03-16"),
    ("Jumat, 23 Februari 2018", "2018-02-23"),
    # Feeds of 2015, 2020 and 2021: RFC 822
    ("Thu, 05 Nov 2015 15:07:13 +0700", "2015-11-05T15:07:13+07:00"),
    ("Thu, 05 Nov 2015 15:01:28 +0700", "2015-11-05T15:01:28+07:00"),
    ("Thu, 05 Nov 2015 15:00:00 +0700", "2015-11-05T15:00:00+07:00"),
    ("Thu, 05 Nov 2015 14:56:37 +0700", "2015-11-05T14:56:37+07:00"),
    ("Thu, 05 Nov 2015 14:56:13 +0700", "2015-11-05T14:56:13+07:00"),
    ("Mon, 16 Mar 2020 14:29:53 +0700", "2020-03-16T14:29:53+07:00"),
    ("Tue, 23 Mar 2021 20:05:06 +0700", "2021-03-23T20:05:06+07:00"),
    ("Tue, 23 Mar 2021 19:45:55 +0700", "2021-03-23T19:45:55+07:00"),
    ("Tue, 23 Mar 2021 19:38:57 +0700", "2021-03-23T19:38:57+07:00"),
    ("Tue, 23 Mar 2021 19:29:50 +0700", "2021-03-23T19:29:50+07:00"),
    ("Tue, 23 Mar 2021 19:24:17 +0700", "2021-03-23T19:24:17+07:00"),
    ("Tue, 23 Mar 2021 19:18:58 +0700", "2021-03-23T19:18:58+07:00"),
    # Tribun, 2023 and 2025: ISO with and without an offset
    ("2023-02-27T23:57:06+07:00", "2023-02-27T23:57:06+07:00"),
    ("2023-02-27T08:31:26+07:00", "2023-02-27T08:31:26+07:00"),
    ("2023-02-27T17:13:47+07:00", "2023-02-27T17:13:47+07:00"),
    ("2023-02-27T17:19:48+07:00", "2023-02-27T17:19:48+07:00"),
    ("2023-02-27T13:35:11+07:00", "2023-02-27T13:35:11+07:00"),
    ("2023-12-28 17:05:48", "2023-12-28T17:05:48+07:00"),
    ("2023-08-07 18:48:39", "2023-08-07T18:48:39+07:00"),
    ("2023-12-29 08:28:13", "2023-12-29T08:28:13+07:00"),
    ("2023-12-16 10:51:23", "2023-12-16T10:51:23+07:00"),
    ("2025-01-07 23:14:24", "2025-01-07T23:14:24+07:00"),
    ("2025-01-07 22:39:09", "2025-01-07T22:39:09+07:00"),
    ("2025-01-07 22:38:45", "2025-01-07T22:38:45+07:00"),
    # Pages of 2015 to 2026
    ("Kamis, 05 November 2015, 15:07 WIB", "2015-11-05T15:07:00+07:00"),
    ("Senin, 15 Februari 2016, 16:15 WIB", "2016-02-15T16:15:00+07:00"),
    ("Jumat , 17 February 2017, 13:16 WIB", "2017-02-17T13:16:00+07:00"),
    ("Jumat, 19 Juni 2015 12:58 WIB", "2015-06-19T12:58:00+07:00"),
    ("Jumat   24 Jul 2026  16:32 WIB", "2026-07-24T16:32:00+07:00"),
    ("Jumat, 24 Juli 2026 17:25 WIB", "2026-07-24T17:25:00+07:00"),
    ("Jumat, 24 Juli 2026 16:54 WIB", "2026-07-24T16:54:00+07:00"),
    ("2026-07-24T12:40+07:00", "2026-07-24T12:40:00+07:00"),
    ("2026-07-24T12:40:31+07:00", "2026-07-24T12:40:31+07:00"),
    ("2026-07-24T16:32:58+07:00", "2026-07-24T16:32:58+07:00"),
    ("2022-01-28T14:42:42+07:00", "2022-01-28T14:42:42+07:00"),
    ("2015-06-19T12:03:00+07:00", "2015-06-19T12:03:00+07:00"),
    ("2015-06-19 11:16:41", "2015-06-19T11:16:41+07:00"),
    ("20 July 2026, 23:40", "2026-07-20T23:40:00+07:00"),
    ("Wednesday, 02 Nov 2016", "2016-11-02"),
    ("( 11 September 2019, Dilihat 2382 kali . )", "2019-09-11"),
    ("( 10 September 2019, Dilihat 2646 kali . )", "2019-09-10"),
    ("Kamis, 23 Muharram 1437 / 05 November 2015", "2015-11-05"),
    ("Jumat, 20 Jumadil Awwal 1438 / 17 February 2017", "2017-02-17"),
    ("02 Oct 2025", "2025-10-02"),
    ("Kamis (22-02-2024)", "2024-02-22"),
    # A school portal, 2020
    ("07/08/2020 10:24 - Oleh Editor - Dilihat 18 kali", "2020-08-07T10:24:00+07:00"),
    ("07/08/2020 10:11 - Oleh Editor - Dilihat 19 kali", "2020-08-07T10:11:00+07:00"),
    ("07/08/2020 09:57 - Oleh Editor - Dilihat 9 kali", "2020-08-07T09:57:00+07:00"),
    ("06/08/2020 08:42 - Oleh Editor - Dilihat 15 kali", "2020-08-06T08:42:00+07:00"),
    ("06/08/2020 08:39 - Oleh Editor - Dilihat 17 kali", "2020-08-06T08:39:00+07:00"),
    ("05/08/2020 11:18 - Oleh Editor - Dilihat 19 kali", "2020-08-05T11:18:00+07:00"),
)


def parsed(raw: str) -> ParsedTime:
    found = parse_time(raw, zone=WIB, now=NOW)
    assert found is not None, f"{raw!r} was not understood"
    return found


def stated(raw: str) -> str:
    return parsed(raw).moment.isoformat()


@pytest.mark.parametrize(("raw", "expected"), PRINTED)
def test_what_publishers_printed_is_read(raw: str, expected: str) -> None:
    day_only = len(expected) == len("2020-08-07")
    assert stated(raw) == (f"{expected}T00:00:00+07:00" if day_only else expected)
    assert parsed(raw).precision is (Precision.DAY if day_only else Precision.MINUTE)


MONTH_SPELLINGS = [(name, number) for number, names in MONTHS.items() for name in names]


@pytest.mark.parametrize(("name", "number"), MONTH_SPELLINGS)
def test_every_month_spelling_is_read_in_any_case(name: str, number: int) -> None:
    for spelling in (name, name.capitalize(), name.upper(), f"{name.capitalize()}."):
        assert stated(f"9 {spelling} 2015") == f"2015-{number:02d}-09T00:00:00+07:00"


@pytest.mark.parametrize(
    "month", ["Agustus", "Agt", "Agu", "Ags", "Agst", "August", "Aug", "agustus"]
)
def test_august_has_many_names(month: str) -> None:
    assert stated(f"7 {month} 2020 10:11 WITA") == "2020-08-07T10:11:00+08:00"


@pytest.mark.parametrize(
    ("raw", "month"),
    [
        ("13 Pebruari 2017", 2),
        ("13 Febuari 2017", 2),
        ("13 Peb 2017", 2),
        ("13 Mrt 2017", 3),
        ("13 Nopember 2017", 11),
        ("13 Nop 2017", 11),
        ("13 Sept. 2017", 9),
        ("13 Des 2017", 12),
    ],
)
def test_old_and_misspelt_months_are_read(raw: str, month: int) -> None:
    assert parsed(raw).moment.month == month


@pytest.mark.parametrize("name", [name for names in DAYS.values() for name in names])
def test_the_name_of_the_day_does_not_matter(name: str) -> None:
    assert stated(f"{name.capitalize()}, 7 Agustus 2020 10:11 WIB") == "2020-08-07T10:11:00+07:00"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        # two dialects of punctuation and the zones of the country
        ("Jum'at, 7 Agustus 2020 10.11 WITA", "2020-08-07T10:11:00+08:00"),
        ("Jum’at, 7 Agustus 2020, 10.11 Wita", "2020-08-07T10:11:00+08:00"),
        ("Ahad, 9 Agustus 2020 10.11 WIT", "2020-08-09T10:11:00+09:00"),
        ("Ahad 09 Agt 2020 | 10:11 wib", "2020-08-09T10:11:00+07:00"),
        ("7 Agustus 2020 pukul 10.11.12 WITA", "2020-08-07T10:11:12+08:00"),
        ("7 Agustus 2020 jam 9.05 WIB", "2020-08-07T09:05:00+07:00"),
        ("7 Agustus 2020 10 : 11 WIT", "2020-08-07T10:11:00+09:00"),
        ("7 Agustus 2020 17:25 (WITA)", "2020-08-07T17:25:00+08:00"),
        ("17:25 WITA, 7 Agustus 2020", "2020-08-07T17:25:00+08:00"),
        ("Tayang: Jumat, 24 Juli 2026 17:25 WIB", "2026-07-24T17:25:00+07:00"),
        ("Diperbarui: 24 Juli 2026, 17:25 WITA", "2026-07-24T17:25:00+08:00"),
        ("2020-08-07 10.11 WITA", "2020-08-07T10:11:00+08:00"),
        ("7 Agustus 2020\u00a010:11\u00a0WITA", "2020-08-07T10:11:00+08:00"),
        ("7\u200b Agustus 2020\n10:11", "2020-08-07T10:11:00+07:00"),
        # offsets in figures
        ("24 Juli 2026 17:25 +0800", "2026-07-24T17:25:00+08:00"),
        ("24 Juli 2026 17:25 +08:00", "2026-07-24T17:25:00+08:00"),
        ("24 Juli 2026 17:25 GMT+8", "2026-07-24T17:25:00+08:00"),
        ("24 Juli 2026 17:25 GMT+08:00", "2026-07-24T17:25:00+08:00"),
        ("24 Juli 2026 17:25 UTC+0530", "2026-07-24T17:25:00+05:30"),
        ("24 Juli 2026 17:25 UTC-3", "2026-07-24T17:25:00-03:00"),
        ("24 Juli 2026 17:25 WIB+07", "2026-07-24T17:25:00+07:00"),
        ("24 Juli 2026 10:25 UTC", "2026-07-24T10:25:00+00:00"),
        ("Fri, 24 Jul 2026 10:25:00 GMT", "2026-07-24T10:25:00+00:00"),
        ("Fri, 24 Jul 2026 10:25:00 -0000", "2026-07-24T10:25:00+00:00"),
        # twelve hours
        ("9 Desember 2015 3:07 PM", "2015-12-09T15:07:00+07:00"),
        ("9 Desember 2015 12:07 AM", "2015-12-09T00:07:00+07:00"),
        ("December 9, 2015 12:07 p.m.", "2015-12-09T12:07:00+07:00"),
        # English order and ordinals
        ("Jul 24, 2026", "2026-07-24T00:00:00+07:00"),
        ("August 7th, 2020", "2020-08-07T00:00:00+07:00"),
        ("7th August 2020 10:11 WITA", "2020-08-07T10:11:00+08:00"),
        ("Fri Aug 7 10:11:00 2020", "2020-08-07T10:11:00+07:00"),
        # numbers: the day comes first, unless the year does
        ("7/8/2020", "2020-08-07T00:00:00+07:00"),
        ("07-08-2020 10:11", "2020-08-07T10:11:00+07:00"),
        ("07.08.2020 10.11", "2020-08-07T10:11:00+07:00"),
        ("2020/08/07", "2020-08-07T00:00:00+07:00"),
        ("2020-8-7", "2020-08-07T00:00:00+07:00"),
        ("29 Februari 2024", "2024-02-29T00:00:00+07:00"),
        # the future is read like the past; judging it is not this module's business
        ("1 Januari 2099 08:00 WIB", "2099-01-01T08:00:00+07:00"),
    ],
)
def test_spellings_are_read(raw: str, expected: str) -> None:
    assert stated(raw) == expected


@pytest.mark.parametrize(
    ("raw", "precision"),
    [
        ("7 Agustus 2020", Precision.DAY),
        ("7th August 2020", Precision.DAY),
        ("7th August 2020 10:11", Precision.MINUTE),
        ("7 Agustus 2020 00:00", Precision.MINUTE),
        ("2020-08-07", Precision.DAY),
        ("2020-08-07T00:00:00", Precision.MINUTE),
    ],
)
def test_only_a_printed_clock_makes_a_minute(raw: str, precision: Precision) -> None:
    assert parsed(raw).precision is precision


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2020-08-07", "2020-08-07T00:00:00+07:00"),
        ("2020-08-07T10:11", "2020-08-07T10:11:00+07:00"),
        ("2020-08-07 10:11:12", "2020-08-07T10:11:12+07:00"),
        ("2020-08-07T10:11:12.345+07:00", "2020-08-07T10:11:12+07:00"),
        ("2020-08-07T03:11:12Z", "2020-08-07T03:11:12+00:00"),
        ("2020-08-07T10:11:12+0800", "2020-08-07T10:11:12+08:00"),
    ],
)
def test_an_iso_string_of_7_august_is_never_8_july(raw: str, expected: str) -> None:
    assert stated(raw) == expected


@pytest.mark.parametrize(
    ("zone", "offset"), [(WIB, "+07:00"), (WITA, "+08:00"), (WIT, "+09:00")], ids=str
)
def test_the_publishers_zone_is_meant_where_none_is_printed(zone: ZoneInfo, offset: str) -> None:
    found = parse_time("7 Agustus 2020 10:11", zone=zone, now=NOW)
    assert found is not None
    assert found.moment.isoformat() == f"2020-08-07T10:11:00{offset}"


# At 1 August 2026, 10.00 WIB.
RELATIVE = (
    ("58 detik yang lalu", "2026-08-01T09:59:02", Precision.MINUTE),
    ("20 detik yang lalu", "2026-08-01T09:59:40", Precision.MINUTE),
    ("2 menit yang lalu", "2026-08-01T09:58:00", Precision.MINUTE),
    ("9 menit yang lalu", "2026-08-01T09:51:00", Precision.MINUTE),
    ("3 menit lalu ", "2026-08-01T09:57:00", Precision.MINUTE),
    ("49 menit lalu", "2026-08-01T09:11:00", Precision.MINUTE),
    ("1 jam lalu ", "2026-08-01T09:00:00", Precision.HOUR),
    ("1 jam yang lalu", "2026-08-01T09:00:00", Precision.HOUR),
    ("5 jam lalu", "2026-08-01T05:00:00", Precision.HOUR),
    ("2 jam dan 5 menit yang lalu", "2026-08-01T07:55:00", Precision.MINUTE),
    ("2 hari lalu", "2026-07-30T10:00:00", Precision.DAY),
    ("1 minggu lalu", "2026-07-25T10:00:00", Precision.DAY),
    ("2 pekan lalu", "2026-07-18T10:00:00", Precision.DAY),
    ("semenit yang lalu", "2026-08-01T09:59:00", Precision.MINUTE),
    ("sejam yang lalu", "2026-08-01T09:00:00", Precision.HOUR),
    ("sehari yang lalu", "2026-07-31T10:00:00", Precision.DAY),
    ("seminggu lalu", "2026-07-25T10:00:00", Precision.DAY),
    ("Ekonomi - 7 menit yang lalu", "2026-08-01T09:53:00", Precision.MINUTE),
    ("Super Ball3 jam lalu", "2026-08-01T07:00:00", Precision.HOUR),
    ("baru saja", "2026-08-01T10:00:00", Precision.MINUTE),
    ("beberapa detik yang lalu", "2026-08-01T10:00:00", Precision.MINUTE),
    ("Hari ini, 08.15 WIB", "2026-08-01T08:15:00", Precision.MINUTE),
    ("Kemarin", "2026-07-31T00:00:00", Precision.DAY),
    ("Kemarin, 15:07 WIB", "2026-07-31T15:07:00", Precision.MINUTE),
    ("kemarin lusa", "2026-07-30T00:00:00", Precision.DAY),
    ("2 hours ago", "2026-08-01T08:00:00", Precision.HOUR),
    ("1 minute ago", "2026-08-01T09:59:00", Precision.MINUTE),
)


@pytest.mark.parametrize(("raw", "expected", "precision"), RELATIVE)
def test_relative_times_count_from_the_fetch(raw: str, expected: str, precision: Precision) -> None:
    assert (stated(raw), parsed(raw).precision) == (f"{expected}+07:00", precision)


def test_yesterday_is_yesterday_at_the_publisher() -> None:
    late = datetime(2026, 7, 31, 18, 0, tzinfo=UTC)  # 1 August, 01.00 WIB
    found = parse_time("kemarin", zone=WIB, now=late)
    assert found is not None
    assert found.moment.date() == date(2026, 7, 31)


def test_a_printed_day_says_more_than_a_relative_time_beside_it() -> None:
    found = parsed("Jumat, 24 Juli 2026 09:48 WIB (2 jam lalu)")
    assert (found.moment.isoformat(), found.precision) == (
        "2026-07-24T09:48:00+07:00",
        Precision.MINUTE,
    )


@pytest.mark.parametrize("unit", UNITS)
def test_every_unit_goes_back_in_time(unit: str) -> None:
    word = "lalu" if unit not in ("second", "minute", "hour", "day", "week") else "ago"
    assert parsed(f"3 {unit} {word}").moment == NOW - 3 * UNITS[unit][0]


@pytest.mark.parametrize(
    "raw",
    [
        *("", " ", "-", "null", "abc", "Waktu tidak ditemukan", "Date not found", "Senin", "WIB"),
        # no year, and no day of the week that makes sure that figures are a day
        *("Halaman 1/2", "1/2", "10/7", "10:24", "Nilai 9/10"),
        # a day of the week that does not fall on that date in years
        *("Senin, 30 Februari", "Kamis, 31 Juni"),
        # no day
        *("Juli 2026", "Agustus 2020 10:11", "2020", "2020-08", "2020-W32-5"),
        # bare numbers
        *("12", "202008", "20200807", "1786428600", "1786428600000"),
        # days that never were
        *("31 Februari 2026", "29 Februari 2026", "31 April 2026 10:00", "0 Januari 2024"),
        *("2020-13-07", "2020-02-30", "31/02/2020", "2020/13/08"),
        # years of two, five and six figures
        *("7 Agustus 20", "7/8/20", "24 Juli 20266"),
        # another calendar
        "24 Muharram 1437",
        # machines' zeros
        *("0001-01-01", "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 07:00:00 +0700", "1970-01-01"),
        # too vague to place
        *("3 bulan lalu", "1 tahun yang lalu", "beberapa menit lalu", "masa lalu"),
        *("9999999999 hari lalu", "9999 minggu lalu"),
        # a zone that nobody knows
        "7th August 2020 10:11 CEST",
        "17:259999999999999999999999999999",
    ],
)
def test_what_is_no_time_gives_none(raw: str) -> None:
    assert parse_time(raw, zone=WIB, now=NOW) is None


def test_a_missing_time_gives_none() -> None:
    assert parse_time(None, zone=WIB, now=NOW) is None


def test_an_offset_that_cannot_be_is_not_believed() -> None:
    assert stated("24 Juli 2026 17:25 GMT+70") == "2026-07-24T17:25:00+07:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jakarta, 2 September 2020", date(2020, 9, 2)),
        ("Balikpapan, 7 Agt 2020 dan 8 Agt 2020", date(2020, 8, 7)),
        ("Jakarta, 31 Februari 2020", None),
        ("Jakarta, 2 September", None),
        ("Jakarta", None),
    ],
)
def test_the_first_day_in_a_text_is_found(text: str, day: date | None) -> None:
    found = find_day(text)
    assert (found and found.day) == day


# At 1 August 2026, a Saturday.
WITHOUT_A_YEAR = (
    ("Jumat, 31 Juli 15:07 WIB", "2026-07-31T15:07:00+07:00", Precision.MINUTE),
    ("31 Juli", "2026-07-31T00:00:00+07:00", Precision.DAY),
    ("5 November", "2025-11-05T00:00:00+07:00", Precision.DAY),
    ("Kamis, 5 November 15:07 WIB", "2020-11-05T15:07:00+07:00", Precision.MINUTE),
    ("Rabu (02/09)", "2020-09-02T00:00:00+07:00", Precision.DAY),
    ("Jumat (10/7)", "2026-07-10T00:00:00+07:00", Precision.DAY),
    ("Selasa, 4 Agustus 09.15 WITA", "2020-08-04T09:15:00+08:00", Precision.MINUTE),
    ("2 Agustus", "2026-08-02T00:00:00+07:00", Precision.DAY),
    ("3 Agustus", "2025-08-03T00:00:00+07:00", Precision.DAY),
    ("29 Februari", "2024-02-29T00:00:00+07:00", Precision.DAY),
)


@pytest.mark.parametrize(("raw", "expected", "precision"), WITHOUT_A_YEAR)
def test_a_day_without_a_year_is_the_last_that_fits(
    raw: str, expected: str, precision: Precision
) -> None:
    found = parsed(raw)
    assert (found.moment.isoformat(), found.precision) == (expected, precision)
    assert found.year_is_inferred


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("24-26 Juli 2026", "2026-07-24T00:00:00+07:00"),
        ("24 - 26 Juli 2026", "2026-07-24T00:00:00+07:00"),
        ("24 s.d. 26 Juli 2026", "2026-07-24T00:00:00+07:00"),
        ("24 s/d 26 Juli 2026", "2026-07-24T00:00:00+07:00"),
        ("24 hingga 26 Juli 2026", "2026-07-24T00:00:00+07:00"),
        ("Jumat dan Sabtu, 24 dan 25 Juli 2026", "2026-07-24T00:00:00+07:00"),
        ("30 Juni - 2 Juli 2026", "2026-06-30T00:00:00+07:00"),
        ("30 Desember - 2 Januari 2026", "2025-12-30T00:00:00+07:00"),
        ("30 Desember 2025 - 2 Januari 2026", "2025-12-30T00:00:00+07:00"),
        ("24-26 Juli 2026, 10.00-12.00 WITA", "2026-07-24T10:00:00+08:00"),
        ("Jumat 17:25 - 24 Juli 2026", "2026-07-24T17:25:00+07:00"),
        ("24 Juli 2026, 10.00 - 12.00 WIT", "2026-07-24T10:00:00+09:00"),
    ],
)
def test_of_a_range_the_beginning_counts(raw: str, expected: str) -> None:
    assert stated(raw) == expected


@pytest.mark.parametrize(
    ("raw", "month"),
    [
        *(
            ("7 Agustsu 2020", 8),
            ("7 Agutus 2020", 8),
            ("7 Agusutus 2020", 8),
            ("7 Septmber 2020", 9),
        ),
        *(
            ("7 Sepetember 2020", 9),
            ("7 Desmber 2020", 12),
            ("7 Oktiber 2020", 10),
            ("7 Novembr 2020", 11),
        ),
        *(("7 Febuary 2020", 2), ("7 Januri 2020", 1), ("7 Marret 2020", 3), ("7 Arpil 2020", 4)),
    ],
)
def test_a_misspelt_month_is_the_nearest(raw: str, month: int) -> None:
    assert stated(raw) == f"2020-{month:02d}-07T00:00:00+07:00"


@pytest.mark.parametrize("word", ["Muharram", "Safar", "Rajab", "siswa", "hari", "pukul", "Syawal"])
def test_a_word_that_is_no_month_is_none(word: str) -> None:
    assert parse_time(f"7 {word} 2020", zone=WIB, now=NOW) is None


# --- properties ---------------------------------------------------------------------------------

ZONE_NAMES = {"WIB": 7, "WITA": 8, "WIT": 9}
moments = st.datetimes(
    min_value=datetime(1995, 1, 1),  # noqa: DTZ001  # a wall clock; its zone is drawn beside it
    max_value=datetime(2098, 12, 31),  # noqa: DTZ001
).map(lambda moment: moment.replace(second=0, microsecond=0))


@st.composite
def written(draw: st.DrawFn) -> tuple[str, datetime]:
    """A moment in one of the known spellings, and the moment."""
    wall = draw(moments)
    zone = draw(st.sampled_from([*ZONE_NAMES]))
    day = f"{wall.day:02d}" if draw(st.booleans()) else str(wall.day)
    month = draw(st.sampled_from(MONTHS[wall.month]))
    month = draw(st.sampled_from([month, month.capitalize(), month.upper()]))
    weekday = draw(st.sampled_from(["", *DAYS[wall.weekday()]])).capitalize()
    comma = draw(st.sampled_from([", ", " , ", " ", "   "])) if weekday else ""
    colon = draw(st.sampled_from([":", "."]))
    before = draw(st.sampled_from([" ", ", ", " | ", " - ", "  ", " pukul "]))
    clock = f"{wall.hour:02d}{colon}{wall.minute:02d}"
    zone_words = draw(st.sampled_from([zone, zone.lower(), f"({zone})", f"GMT+{ZONE_NAMES[zone]}"]))
    text = f"{weekday}{comma}{day} {month} {wall.year}{before}{clock} {zone_words}"
    return text, wall.replace(tzinfo=timezone(timedelta(hours=ZONE_NAMES[zone])))


@given(written())
def test_a_written_moment_is_read_back(case: tuple[str, datetime]) -> None:
    text, moment = case
    found = parse_time(text, zone=WIB, now=NOW)
    assert found is not None
    assert found.moment == moment
    assert found.moment.utcoffset() == moment.utcoffset()
    assert not found.year_is_inferred


SPELLINGS = (
    "{day} {month} {year} {clock} {zone}",
    "{weekday}, {day} {month} {year}, {clock} {zone}",
    "{weekday} , {day} {month} {year}, {clock} {zone}",
    "{weekday}   {day} {month} {year}  {clock} {zone}",
    "{clock} {zone}, {weekday}, {day} {month} {year}",
    "Tayang: {weekday}, {day} {month} {year} {clock} {zone}",
    "{weekday}, {day} {month} {year} | {clock} {zone}",
    "{day}/{number}/{year} {clock} {zone}",
    "{day}-{number}-{year}, {clock} {zone}",
    "{day}.{number}.{year} {clock} {zone}",
    "{year}-{number}-{day} {clock} {zone}",
    "{year}/{number}/{day} {clock} {zone}",
    "{month} {day}, {year} {clock} {zone}",
    "{weekday}, {day}-{last} {month} {year}, {clock} {zone}",
    "( {day} {month} {year}, {clock} {zone}, Dilihat 2382 kali . )",
    "{weekday} ({day}/{number}/{year}) pukul {clock} {zone}",
)


@given(
    moments,
    st.sampled_from(SPELLINGS),
    st.sampled_from(["WIB", "WITA", "WIT"]),
    st.sampled_from([":", "."]),
    st.integers(0, 20),
)
def test_every_known_spelling_of_a_moment_is_the_same_instant(
    wall: datetime, spelling: str, zone: str, colon: str, choice: int
) -> None:
    months, weekdays = MONTHS[wall.month], DAYS[wall.weekday()]
    text = spelling.format(
        weekday=weekdays[choice % len(weekdays)].capitalize(),
        day=f"{wall.day:02d}",
        last=f"{min(wall.day + 1, 31):02d}",
        month=months[choice % len(months)].capitalize(),
        number=f"{wall.month:02d}",
        year=wall.year,
        clock=f"{wall:%H}{colon}{wall:%M}",
        zone=zone,
    )
    offset = timezone(timedelta(hours=ZONE_NAMES[zone]))
    assert parsed(text).moment == wall.replace(tzinfo=offset), text


@given(moments, st.sampled_from(["%Y-%m-%dT%H:%M:%S%z", "%a, %d %b %Y %H:%M:%S %z"]))
def test_standard_spellings_are_read_back(wall: datetime, spelling: str) -> None:
    moment = wall.replace(tzinfo=UTC).astimezone(WITA)
    assert parsed(moment.strftime(spelling)).moment == moment


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                "24 Juli 2026 17:25 7th Aug 31 0 WIB GMT+99 utc+70 -0000 +0700 2020-08-07 PM se "
                "07/08/2020 jam lalu yang kemarin ago T Z - . : / ( 99999999999999999".split()
            ),
            max_size=8,
        ).map(" ".join),
    )
)
def test_any_text_gives_an_aware_time_or_none(text: str) -> None:
    found = parse_time(text, zone=WIB, now=NOW)
    assert found is None or found.moment.utcoffset() is not None
