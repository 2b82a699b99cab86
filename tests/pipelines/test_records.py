"""Every recorded text and time of the publishers. Skipped where the records are not at hand.

The recorders flattened the texts; they are put back into paragraphs here, which is near enough for
what is asserted: that the normaliser is idempotent, loses no name and leaves no line behind that it
knows not to be text.
"""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from aggregator.model import Article
from pipelines.dates import parse_time
from pipelines.lines import what_is
from pipelines.normalise import normalise
from spiders.registry import publishers
from tests.pipelines.builders import NOW, WIB, article, body_of

RECORDS = Path(__file__).parents[3] / "shared" / "records"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not RECORDS.is_dir(), reason=f"no recorded texts in {RECORDS}"),
]

# Between paragraphs that a recorder glued, and around lines that it ran together.
GLUED = re.compile(r"(?<=[a-z0-9)][.!?”\"])(?=[A-Z“\"])|\n")
RUN_TOGETHER = re.compile(
    r"(Tidak ada kode iklan yang tersedia\.|Loading\.\.\.|Ikuti Whatsapp Channel Republika"
    r"|\bAdvertisement$|Baca juga:[^.]*\.?|sumber : \w+)"
)
NO_TIME = {"", "Date not found", "Waktu tidak ditemukan"}


@dataclass(frozen=True)
class Record:
    publisher: str
    url: str
    headline: str
    published: str
    text: str


def rows(name: str) -> Iterator[dict[str, str]]:
    csv.field_size_limit(10**7)
    with (RECORDS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def records() -> Iterator[Record]:
    for row in rows("republika_texts_2025.csv"):
        yield Record("republika", row["url"], row["judul"], row["waktu_terbit"], row["konten"])
    for row in rows("tribun_texts_2022.csv"):
        yield Record("tribun", row["Link"], row["Judul Berita"], row["Date"], row["Content"])
    for row in rows("tribun_texts_2023.csv"):
        yield Record("tribun", row["URL"], row["Title"], row["PublishDate"], row["Body_Text"])
    for row in rows("tribun_regional_texts_2023.csv"):
        yield Record("tribun", row["url"], row["title"], row["date"], row["main"])
    for line in (RECORDS / "text_excerpts.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Record(row["publisher"], row["url"], row.get("title") or "Judul", "", row["text"])


def as_article(record: Record) -> Article:
    paragraphs = GLUED.split(RUN_TOGETHER.sub(r"\n\1\n", record.text))
    return article(
        publisher=record.publisher,
        url=record.url,
        canonical_url=record.url,
        headline=record.headline,
        published_raw=record.published or None,
        body_html=body_of(*(html.escape(one) for one in paragraphs if one.strip())),
    )


def normal(record: Record) -> Article:
    return normalise(as_article(record), publishers()[record.publisher].publisher)


def test_normalising_a_record_again_changes_nothing() -> None:
    for record in records():
        once = normal(record)
        assert normalise(once, publishers()[record.publisher].publisher) == once, record.url


def test_no_line_is_left_that_is_no_text() -> None:
    for record in records():
        body = normal(record).body
        # The last line may be a name in brackets behind a sentence.
        assert [line for line in body[:-1] if what_is(line)] == [], record.url


def test_every_reporter_in_a_byline_is_named() -> None:
    named = re.compile(r"^Laporan (?:Wartawan|Reporter) \S+, ([A-Z][a-z]+(?: [A-Z][a-z]+)*)$", re.M)
    for record in records():
        found = normal(record)
        credits = {credit.name for credit in found.credits}
        for name in named.findall(found.byline or ""):
            assert name in credits, record.url


def test_every_recorded_time_is_read() -> None:
    columns = {
        "republika_texts_2025.csv": "waktu_terbit",
        "republika_search_rows_2025.csv": "date",
        "republika_listing_education_2024-2026.csv": "Waktu Terbit",
        "republika_retitled_2024-2026.csv": "Waktu Terbit",
        "republika_same_title_groups_2024-2026.csv": "Waktu Terbit",
        "tribun_texts_2022.csv": "Date",
        "tribun_texts_2023.csv": "PublishDate",
        "tribun_regional_texts_2023.csv": "date",
        "tribun_tag_listing_2019.csv": "Grey",
    }
    printed = {row[column] for name, column in columns.items() for row in rows(name)} - NO_TIME
    assert len(printed) > 2_000
    unread = [raw for raw in printed if parse_time(raw, zone=WIB, now=NOW) is None]
    assert unread == []
