"""A database copied into another one: nothing lost, nothing mixed, in bounded memory."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    insert,
    select,
    text,
)

from aggregator.errors import CopyError, DatabaseNotEmptyError, StorageError
from aggregator.model import (
    Channel,
    ChannelKind,
    Cluster,
    ClusterMember,
    Credit,
    DecisionKind,
    Discovery,
    EndState,
    Entry,
    Fetch,
    Flag,
    Image,
    Link,
    LinkReason,
    Role,
    Witness,
)
from pipelines.store import store
from storage import channels, clusters, decisions, runs, search, tombstones, withdrawals
from storage.copying import copy_database, count_table
from storage.database import Database, open_database
from storage.tables import Base, FetchRow, RunRow
from storage.types import UtcDateTime
from tests.pipelines.builders import NOW, attributed, body_of, publisher

pytestmark = pytest.mark.own_database


@pytest.fixture
def target(empty_url: str) -> Iterator[Database]:
    """Migrated, without rows; on each database in turn, whatever the source is on."""
    opened = open_database(empty_url, writable=True)
    yield opened
    opened.close()


@pytest.fixture
def source(database: Database) -> Database:
    """A database with a row in every table, one article withdrawn, and numbers with gaps."""
    channel = Channel(
        publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://contoh.example/rss"
    )
    with database.session() as session:
        channels.ensure(session, publisher(), (channel,))
    everything: dict[str, Any] = {
        "credits": (Credit(name="Rini “Contoh” Ünal", role=Role.REPORTER),),
        "tags": ("SMK", "100% lulus", "kota: Balikpapan"),
        "topics": ("smk", "vokasi"),
        "flags": (Flag(name="answer-key", rule="headline", found="kunci jawaban"),),
        "image": Image(url="https://contoh.example/x.jpg"),
        "witness": Witness(statements=("Uji kompetensi",), etag='"a"'),
    }
    for number in (1, 2):
        url = f"https://contoh.example/berita/{number}/judul"
        store(database, attributed(url=url, **everything), cause="channel")
        corrected = attributed(url=url, body_html=body_of("Ralat."), **everything)
        store(database, corrected, cause="channel")
    with database.session() as session:
        run_id = runs.start_run(session, "live", NOW)
        runs.record_fill(session, run_id, "contoh", {"body": 2}, 2)
        runs.record_fetches(session, run_id, [fetch(n) for n in range(3)])
        url = "https://contoh.example/berita/1/judul"
        listed = Discovery(
            url=url, canonical_url=url, external_id=None, channel="rss", entry=Entry(url=url)
        )
        channels.note_entries(session, "contoh", "rss", [listed], NOW, {})
        link = Link(first=1, second=2, reason=LinkReason.EDITED, score=0.75)
        clusters.write_links(session, (), [link])
        members = (ClusterMember(article_id=1), ClusterMember(article_id=2, via=link))
        cluster = Cluster(id=1, representative_id=1, members=members)
        clusters.write_clusters(session, (1, 2), [cluster])
        decisions.add(session, DecisionKind.MERGE, [(1, 2)], by="ibu", reason="sama", now=NOW)
        tombstones.bury(session, "contoh", ["https://contoh.example/x"], "diminta penerbit", NOW)
        withdrawals.withdraw(session, 2, at=NOW, reason="diminta", by="Rini")
        for table in Base.metadata.sorted_tables:
            if session.execute(select(table).limit(1)).first() is None:
                session.execute(insert(table), some_row(table))
        # As a copy makes it: without words of texts that were corrected.
        search.rebuild(session)
    return database


# What a made-up value would not be.
WORDS = {
    "reason": "identity",
    "status": "ok",
    "decision": "rules",
    "publisher": "contoh",
    "state": "approved",
    "publication.state": "waiting",
    "text_hash": None,
    "role": "editor",
    "password_hash": "$argon2id$…",
}


def some_row(table: Table) -> dict[str, Any]:
    """A row of a table that this test knows nothing about."""
    words = WORDS | {
        name.partition(".")[2]: word
        for name, word in WORDS.items()
        if name.startswith(f"{table.name}.")
    }
    return {
        column.name: words[column.name] if column.name in words else some_value(column)
        for column in table.columns
        if not column.nullable or column.name in words
    }


def some_value(column: Column[Any]) -> Any:
    if isinstance(column.type, JSON):
        return {"apa": 1}
    if isinstance(column.type, LargeBinary):
        return b"\x00\xff"
    if isinstance(column.type, UtcDateTime):
        return NOW
    if isinstance(column.type, Integer):
        return 1 if column.primary_key or column.foreign_keys else 0
    return False if isinstance(column.type, Boolean) else "ada"


def fetch(number: int) -> Fetch:
    return Fetch(
        publisher="contoh",
        channel="rss",
        url=f"https://contoh.example/{number}",
        key=str(number),
        state=EndState.DROPPED,
        reason="photo page",
        ended_at=NOW,
    )


def contents(database: Database) -> dict[str, list[Any]]:
    with database.session() as session:
        return {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in Base.metadata.sorted_tables
        }


def test_every_row_of_every_table_arrives(source: Database, target: Database) -> None:
    before = contents(source)
    counts = copy_database(source, target)
    assert contents(target) == contents(source) == before
    assert {count.table: count.rows for count in counts} == {
        name: len(rows) for name, rows in before.items()
    }
    # The source of this test shall hold something of everything.
    assert [name for name, rows in before.items() if not rows] == []


def test_the_copy_can_be_copied_back(source: Database, target: Database, tmp_path: Any) -> None:
    copy_database(source, target)
    back = open_database(f"sqlite:///{tmp_path / 'back.db'}", writable=True)
    copy_database(target, back)
    assert contents(back) == contents(source)
    back.close()


def test_the_copy_gives_new_numbers_after_the_old(source: Database, target: Database) -> None:
    copy_database(source, target)
    outcome = store(
        target,
        attributed(url="https://contoh.example/berita/9/x", body_html=body_of("Baru.")),
        cause="channel",
    )
    with target.session() as session:
        runs.record_fetches(session, 1, [fetch(9)])
        assert runs.start_run(session, "live", NOW) == 2
    assert outcome.article_id == 3


def test_an_empty_database_is_copied_too(database_url: str, target: Database) -> None:
    empty = open_database(database_url)
    assert {count.rows for count in copy_database(empty, target)} == {0}
    empty.close()


def test_a_target_with_rows_is_refused_and_left_alone(source: Database, target: Database) -> None:
    with target.session() as session:
        channels.ensure(session, publisher(name="lain"), ())
    before = contents(target)
    with pytest.raises(DatabaseNotEmptyError) as caught:
        copy_database(source, target)
    assert caught.value.fields["table"] == "publisher"
    assert contents(target) == before


def test_a_database_is_not_copied_into_itself(source: Database) -> None:
    with pytest.raises(DatabaseNotEmptyError):
        copy_database(source, source)


def test_what_the_target_refuses_leaves_it_empty(source: Database, target: Database) -> None:
    """The last table fails; the tables before it are not kept either."""
    with target.engine.begin() as connection:
        cascade = "CASCADE" if _postgres(target) else ""
        connection.execute(text(f"DROP TABLE article_topic {cascade}"))
    with pytest.raises(StorageError) as caught:
        copy_database(source, target)
    assert target.shown_url in str(caught.value)
    with target.session() as session:
        assert session.execute(text("SELECT count(*) FROM publisher")).scalar() == 0


def _postgres(database: Database) -> bool:
    return database.engine.dialect.name == "postgresql"


def test_a_row_that_changes_on_the_way_is_noticed(source: Database, target: Database) -> None:
    """A target that stores something else: the check reads what is there, not what was sent."""
    with target.engine.begin() as connection:
        connection.exec_driver_sql(_LOWERCASE[target.engine.dialect.name])
        if _postgres(target):
            connection.exec_driver_sql(
                "CREATE TRIGGER whisper BEFORE INSERT ON article_tag "
                "FOR EACH ROW EXECUTE FUNCTION whisper()"
            )
    with pytest.raises(CopyError) as caught:
        copy_database(source, target)
    assert caught.value.fields["table"] == "article_tag"


_LOWERCASE = {
    "postgresql": "CREATE FUNCTION whisper() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN NEW.tag := lower(NEW.tag); RETURN NEW; END $$",
    "sqlite": "CREATE TRIGGER whisper AFTER INSERT ON article_tag BEGIN "
    "UPDATE article_tag SET tag = lower(tag) WHERE rowid = NEW.rowid; END",
}


@pytest.fixture
def later_table() -> Iterator[Table]:
    """A table as a later migration may add one."""
    table = Table(
        "later",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("article_id", ForeignKey("article.id")),
        Column("word", String(20)),
        Column("at", UtcDateTime()),
        Column("facts", JSON),
    )
    yield table
    Base.metadata.remove(table)


def test_tables_of_later_migrations_are_copied_too(
    source: Database, target: Database, later_table: Table
) -> None:
    for database in (source, target):
        with database.engine.begin() as connection:
            later_table.create(connection)
    with source.session() as session:
        session.execute(
            insert(later_table),
            [
                {"id": 7, "article_id": 2, "word": "é", "at": NOW, "facts": {"b": [1], "a": None}},
                {"id": 8, "article_id": None, "word": None, "at": None, "facts": None},
            ],
        )
    counts = copy_database(source, target)
    assert next(c for c in counts if c.table == "later").rows == 2
    with target.session() as session:
        held = session.execute(select(later_table).order_by(later_table.c.id)).first()
    assert held == (7, 2, "é", NOW, {"b": [1], "a": None})


def test_a_digest_does_not_depend_on_the_order_of_rows(database: Database) -> None:
    table = Base.metadata.tables["run"]
    rows = [{"id": n, "mode": "live", "status": "finished", "started_at": NOW} for n in (1, 2, 3)]
    with database.engine.begin() as connection:
        connection.execute(insert(RunRow), rows)
        first = count_table(connection, table)
        connection.execute(table.delete())
        connection.execute(insert(RunRow), rows[::-1])
        assert count_table(connection, table) == first
        connection.execute(table.update().where(table.c.id == 2).values(mode="demo"))
        assert count_table(connection, table) != first


def test_memory_does_not_grow_with_the_rows(source: Database, target: Database) -> None:
    with source.session() as session:
        template = {**_values(fetch(0)), "run_id": 1, "reason": "x" * 200}
        for start in range(0, 20_000, 2000):
            rows = [{**template, "key": str(start + n)} for n in range(2000)]
            session.execute(insert(FetchRow), rows)
    tracemalloc.start()
    copy_database(source, target)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8_000_000  # all rows at once: 30 MB


def _values(found: Fetch) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("publisher", "url", "state", "ended_at")}
