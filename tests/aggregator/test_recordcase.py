"""A recorded case is one that the golden tests take as it is."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from aggregator.config import Config
from aggregator.crawl import DEMO_ARCHIVE
from aggregator.errors import (
    ArchiveError,
    ArticleParseError,
    NotArchivedError,
    UnfitPageError,
    UnknownPublisherError,
    UsageError,
)
from aggregator.recordcase import Recording, record_case, recorded_archive, recorded_files
from tests.pipelines.builders import NOW
from tests.publishers.test_golden import CASES, article_of, load, stated

GOLDEN = Path(__file__).parents[1] / "publishers"
TWO_PAGES = GOLDEN / "republika/2019-parts"
BY_ID = pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.parent.name}-{c.name}")

ARTICLE = "https://news.republika.co.id/berita/tbm4gw436/lab-bahasa-smk-bumi-lestari-kini-buka-hingga-petang"
THREE_PAGES = (
    "https://www.tribunnews.com/pendidikan/9200102/cara-tiga-sekolah-mengurangi-sampah-kantin"
)


def recording_of(case: Path) -> Recording:
    """What a golden case was recorded from."""
    about = load(case / "case.json")
    files = [case / name for name in ("page.html", *about.get("more_pages", []))]
    return recorded_files(files, about["url"], datetime.fromisoformat(about["fetched_at"]))


def disagreements(case: Path) -> dict[str, Any]:
    """Fields in which a case's pages are not read as it expects."""
    article, expected = article_of(case), load(case / "expected.json")
    return {
        field: stated(article, field, wanted)
        for field, wanted in expected.items()
        if stated(article, field, wanted) != wanted
    }


@BY_ID
def test_a_saved_page_becomes_a_case_that_passes(case: Path, tmp_path: Path) -> None:
    written = record_case(Config(), case.parent.name, recording_of(case), tmp_path)
    assert disagreements(written) == {}


def test_a_case_lies_with_its_publisher_by_day_and_title(tmp_path: Path) -> None:
    written = record_case(Config(), "republika", recording_of(TWO_PAGES), tmp_path)
    place = written.relative_to(tmp_path)
    assert place == Path("republika/2019-09-11-menata-ulang-bengkel-sekolah-menata-ulan")


def test_a_case_holds_its_pages_as_they_were(tmp_path: Path) -> None:
    written = record_case(Config(), "republika", recording_of(TWO_PAGES), tmp_path)
    assert {path.name for path in written.iterdir()} == {
        "case.json",
        "expected.json",
        "page.html",
        "page-2.html",
    }
    for name in ("page.html", "page-2.html"):
        assert (written / name).read_bytes() == (TWO_PAGES / name).read_bytes()
    assert load(written / "case.json") == load(TWO_PAGES / "case.json")


def test_a_draft_leaves_out_what_is_absent_or_ours(tmp_path: Path) -> None:
    written = record_case(Config(), "republika", recording_of(TWO_PAGES), tmp_path)
    expected = load(written / "expected.json")
    assert not {"topics", "flags", "excerpt", "attribution", "fetched_at"} & set(expected)
    assert None not in expected.values()


def test_a_page_of_an_archive_becomes_a_case_that_passes(tmp_path: Path) -> None:
    recording = recorded_archive(DEMO_ARCHIVE, "republika", ARTICLE)
    written = record_case(Config(), "republika", recording, tmp_path)
    assert disagreements(written) == {}
    assert article_of(written).headline.startswith("Lab Bahasa SMK Bumi Lestari")


def test_of_an_archive_the_further_pages_come_along(tmp_path: Path) -> None:
    recording = recorded_archive(DEMO_ARCHIVE, "tribun", THREE_PAGES)
    written = record_case(Config(), "tribun", recording, tmp_path)
    assert load(written / "case.json")["more_pages"] == ["page-2.html", "page-3.html"]
    assert (disagreements(written), article_of(written).pages) == ({}, 3)


def test_an_archives_date_is_when_a_page_was_fetched(tmp_path: Path) -> None:
    recording = recorded_archive(DEMO_ARCHIVE, "republika", ARTICLE)
    written = record_case(Config(), "republika", recording, tmp_path)
    fetched_at = datetime.fromisoformat(load(written / "case.json")["fetched_at"])
    assert fetched_at == recording.fetched_at.astimezone(UTC).replace(microsecond=0)


def test_what_an_archive_does_not_hold_is_said() -> None:
    with pytest.raises(NotArchivedError, match="berita/tidak-ada"):
        recorded_archive(DEMO_ARCHIVE, "republika", "https://republika.co.id/berita/tidak-ada")


@pytest.mark.parametrize("content", [b"", b"bukan arsip", gzip.compress(b"bukan arsip", mtime=0)])
def test_what_is_no_archive_is_said(tmp_path: Path, content: bytes) -> None:
    archive = tmp_path / "arsip.warc.gz"
    archive.write_bytes(content)
    with pytest.raises(ArchiveError):
        recorded_archive(archive, "republika", ARTICLE)


def test_a_case_that_exists_is_left_alone(tmp_path: Path) -> None:
    recording = recording_of(TWO_PAGES)
    written = record_case(Config(), "republika", recording, tmp_path)
    (written / "expected.json").write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already"):
        record_case(Config(), "republika", recording, tmp_path)
    assert load(written / "expected.json") == {}


def test_an_unknown_publisher_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownPublisherError):
        record_case(Config(), "contoh", recording_of(TWO_PAGES), tmp_path)
    with pytest.raises(UnknownPublisherError):
        recorded_archive(DEMO_ARCHIVE, "contoh", ARTICLE)
    assert list(tmp_path.iterdir()) == []


def test_an_article_of_which_pages_are_missing_is_refused(tmp_path: Path) -> None:
    about = load(TWO_PAGES / "case.json")
    first = recorded_files([TWO_PAGES / "page.html"], about["url"], NOW)
    with pytest.raises(UsageError, match="2 pages, not 1"):
        record_case(Config(), "republika", first, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_is_no_article_leaves_nothing_behind(tmp_path: Path) -> None:
    page = Recording(url=ARTICLE, fetched_at=NOW, pages=(b"<html><body></body></html>",))
    with pytest.raises((UnfitPageError, ArticleParseError)):
        record_case(Config(), "republika", page, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"tidak-ada\.html: No such file"):
        recorded_files([tmp_path / "tidak-ada.html"], ARTICLE, NOW)
