"""What was withdrawn stays away, under every name that it had."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from aggregator.errors import StorageError
from aggregator.model import EndState
from pipelines.drops import Buried
from pipelines.store import store
from storage import tombstones
from storage.database import Database
from storage.tables import ArticleRow, TombstoneRow
from tests.pipelines.builders import NOW, attributed

URL = "https://contoh.example/berita/1/judul"
ALIAS = f"{URL}?page=2"


def _bury(database: Database, *keys: str, of: str = "contoh", reason: str = "diminta") -> None:
    with database.session() as session:
        tombstones.bury(session, of, keys, reason, NOW)


def _buried(database: Database, keys: Sequence[str], of: str = "contoh") -> set[str]:
    with database.session() as session:
        return tombstones.buried(session, of, keys)


def test_what_is_buried_is_kept_out(database: Database) -> None:
    _bury(database, "x1", URL)
    assert _buried(database, ["x1", "x2", URL]) == {"x1", URL}


def test_a_tombstone_belongs_to_one_publisher(database: Database) -> None:
    _bury(database, "x1", of="lain")
    assert _buried(database, ["x1"]) == set()


@pytest.mark.parametrize("keys", [[], ["x1"]])
def test_nothing_is_kept_out_without_tombstones(database: Database, keys: list[str]) -> None:
    assert _buried(database, keys) == set()


def test_a_key_given_twice_is_buried_once(database: Database) -> None:
    _bury(database, "x1", "x1")
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(TombstoneRow)) == 1


def test_burying_again_tells_the_last_reason(database: Database) -> None:
    for reason in ("diminta", "putusan"):
        _bury(database, "x1", reason=reason)
    with database.session() as session:
        assert session.get_one(TombstoneRow, ("contoh", "x1")).reason == "putusan"


def test_a_tombstone_says_why(database: Database) -> None:
    with pytest.raises(StorageError, match="ck_tombstone_reason"):
        _bury(database, "x1", reason="")


@pytest.mark.parametrize("key", ["x1", URL, ALIAS], ids=["identifier", "canonical", "alias"])
def test_a_buried_article_is_not_stored(database: Database, key: str) -> None:
    _bury(database, key)
    with pytest.raises(Buried):
        store(database, attributed(external_id="x1", url=ALIAS, canonical_url=URL), cause="channel")
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(ArticleRow)) == 0


def test_a_buried_article_is_not_revised(database: Database) -> None:
    store(database, attributed(external_id="x1"), cause="channel")
    _bury(database, "x1")
    changed = attributed(
        external_id="x1", headline="Judul Baru", fetched_at=NOW + timedelta(hours=6)
    )
    with pytest.raises(Buried):
        store(database, changed, cause="channel")
    with database.session() as session:
        assert session.scalar(select(ArticleRow.revision)) == 1


def test_an_article_beside_a_tombstone_is_stored(database: Database) -> None:
    _bury(database, "x2", f"{URL}-lain")
    outcome = store(database, attributed(external_id="x1"), cause="channel")
    assert outcome.state is EndState.STORED
