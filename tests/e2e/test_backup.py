"""``db backup`` and ``db restore`` as an administrator uses them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.world import Finished

Aggregator = Callable[..., Finished]


@pytest.fixture
def crawled(aggregator: Aggregator) -> None:
    assert aggregator("crawl", "--demo").code == 0


def articles(aggregator: Aggregator) -> int:
    return len(aggregator("list", "--json", "--limit", "100").json["articles"])


@pytest.mark.usefixtures("crawled")
def test_a_database_is_copied_and_brought_back(tmp_path: Path, aggregator: Aggregator) -> None:
    done = aggregator("db", "backup", "salinan.db")
    assert done.code == 0, done.err
    assert "salinan.db: 23 artikel" in done.out
    (tmp_path / "news.db").unlink()
    assert aggregator("db", "restore", "salinan.db").code == 0
    assert articles(aggregator) == 23


@pytest.mark.usefixtures("crawled")
def test_a_database_is_replaced_only_when_asked(tmp_path: Path, aggregator: Aggregator) -> None:
    aggregator("db", "backup", "salinan.db")
    refused = aggregator("db", "restore", "salinan.db")
    assert (refused.code, "--replace" in refused.err) == (2, True)
    done = aggregator("db", "restore", "salinan.db", "--replace")
    assert done.code == 0, done.err
    (kept,) = tmp_path.glob("news-before-restore-*.db")
    assert str(kept) in done.out


@pytest.mark.usefixtures("crawled")
def test_copies_in_a_folder_are_rotated_and_noted(tmp_path: Path, aggregator: Aggregator) -> None:
    (tmp_path / "cadangan").mkdir()
    for n in range(3):
        (tmp_path / "cadangan" / f"news-2026010{n}T000000Z.db").write_text("lama")
    assert aggregator("db", "backup", "cadangan", "--keep", "2").code == 0
    left = sorted(path.name for path in (tmp_path / "cadangan").iterdir())
    assert left[0] == "news-20260102T000000Z.db"
    assert len(left) == 2


def test_there_is_nothing_to_copy(aggregator: Aggregator) -> None:
    done = aggregator("db", "backup", "salinan.db")
    assert done.code == 2
    assert "belum ada" in done.err


def test_a_file_that_is_no_copy(tmp_path: Path, aggregator: Aggregator) -> None:
    (tmp_path / "salinan.db").write_text("bukan basis data")
    done = aggregator("db", "restore", "salinan.db")
    assert done.code == 2
    assert not (tmp_path / "news.db").exists()
