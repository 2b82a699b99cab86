"""Opening: made, migrated or refused with one clear line."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, select, text

import storage
from aggregator.errors import (
    DatabaseMissingError,
    DatabaseReadOnlyError,
    DatabaseTooNewError,
    DatabaseTooOldError,
    DatabaseUnusableError,
    StorageError,
)
from aggregator.search.syntax import Phrase
from storage import tombstones
from storage.database import BUSY_TIMEOUT_MS, EARLIER, HEAD, Database, open_database
from storage.fulltext import FULL_TEXTS
from storage.lookup import find_same
from storage.tables import Base, WatchRow
from tests.pipelines.builders import NOW, article

Connect = Callable[[str], Engine]

FULL_TEXT = "article_search"
"""The index: a table of PostgreSQL, several of SQLite."""

OLD_ARTICLE = {
    "publisher": "contoh",
    "url": "https://contoh.example/berita/1/judul",
    "canonical_url": "https://contoh.example/berita/1/judul",
    "headline": "Siswa SMK Merakit Sepeda Listrik",
    "body": "Kalimat satu.\n\nKalimat dua.",
    "body_html": "<p>Kalimat satu.</p><p>Kalimat dua.</p>",
    "topics": "[]",
    "pages": 1,
    "paywalled": False,
    "publisher_title": "Harian Contoh",
    "credit_line": "Sumber: Harian Contoh — https://contoh.example/berita/1/judul",
    "attribution_url": "https://contoh.example/berita/1/judul",
    "rights_basis": "kutipan_saja",
    "attribution_stated": False,
    "publishable": False,
    "evidence": "[]",
    "content_fingerprint": "1:abc",
    "revision": 1,
    **dict.fromkeys(("sort_at", "first_seen", "last_seen", "fetched_at"), NOW.isoformat(" ")),
}


@pytest.fixture
def connect() -> Iterator[Connect]:
    """``connect(url)`` is an engine without anything of ours, disposed of afterwards."""
    engines: list[Engine] = []

    def connect(url: str) -> Engine:
        engines.append(create_engine(url))
        return engines[-1]

    yield connect
    for engine in engines:
        engine.dispose()


@pytest.fixture
def first_schema(empty_url: str, connect: Connect) -> str:
    """The address of a database as the first version left it, with one article."""
    with connect(empty_url).begin() as connection:
        config = _alembic()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text(
                "INSERT INTO publisher (name, title, homepage, timezone, rights_basis) VALUES "
                "('contoh', 'Harian Contoh', 'https://contoh.example', 'Asia/Jakarta', "
                "'kutipan_saja')"
            )
        )
        names = ", ".join(OLD_ARTICLE)
        values = ", ".join(f":{name}" for name in OLD_ARTICLE)
        connection.execute(text(f"INSERT INTO article ({names}) VALUES ({values})"), OLD_ARTICLE)
        columns = "article_id, position, tag"
        connection.execute(
            text(f"INSERT INTO article_tag ({columns}) SELECT id, 0, 'SMK' FROM article")
        )
    return empty_url


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(*storage.__path__) / "migrations"))
    return config


def _set_revision(engine: Engine, revision: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": revision})


def _differences(connection: Connection) -> list[Any]:
    """Between the database and what is declared; the full-text index is no declared table."""

    def declared(name: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or not (name or "").startswith(FULL_TEXT)

    options = {"compare_type": True, "include_name": declared}
    context = MigrationContext.configure(connection, opts=options)
    with warnings.catch_warnings():
        # SQLAlchemy cannot read an index on lower(tag) back from SQLite; from PostgreSQL it can.
        warnings.filterwarnings("ignore", "Skipped unsupported reflection of expression-based")
        warnings.filterwarnings("ignore", "autogenerate skipping metadata-specified expression")
        return list(compare_metadata(context, Base.metadata))


def _setting(database: Database, name: str) -> object:
    with database.session() as session:
        return session.scalar(text(f"PRAGMA {name}"))


# --- made and migrated ----------------------------------------------------------------------------


def test_opening_for_writing_makes_every_table(empty_url: str) -> None:
    database = open_database(empty_url, writable=True)
    tables = set(inspect(database.engine).get_table_names())
    database.close()
    index = {name for name in tables if name.startswith(FULL_TEXT)}
    assert FULL_TEXT in index
    assert tables - index == {*Base.metadata.tables, "alembic_version"}


def test_opening_twice_changes_nothing(database_url: str) -> None:
    for _ in range(2):
        database = open_database(database_url, writable=True)
        with database.session() as session:
            assert session.scalar(text("SELECT version_num FROM alembic_version")) == HEAD
        database.close()


def test_the_short_postgresql_address_is_understood(database_url: str) -> None:
    short = database_url.replace("postgresql+psycopg://", "postgresql://")
    database = open_database(short)
    database.close()
    assert database.engine.url.drivername in ("sqlite", "postgresql+psycopg")


def test_the_migrations_make_exactly_the_declared_schema(database: Database) -> None:
    with database.engine.connect() as connection:
        assert _differences(connection) == []


def test_the_migrations_make_exactly_the_declared_checks(database: Database) -> None:
    found = inspect(database.engine)
    for name, table in Base.metadata.tables.items():
        declared = {c.name for c in table.constraints if c.name and c.name.startswith("ck_")}
        assert {check["name"] for check in found.get_check_constraints(name)} == declared


def test_the_newest_known_schema_is_the_last_migration() -> None:
    assert ScriptDirectory.from_config(_alembic()).get_current_head() == HEAD


def test_every_other_migration_is_known_as_an_earlier_schema() -> None:
    scripts = ScriptDirectory.from_config(_alembic()).walk_revisions()
    assert {script.revision for script in scripts} == {*EARLIER, HEAD}


def test_an_upgrade_keeps_the_articles(first_schema: str) -> None:
    database = open_database(first_schema, writable=True)
    with database.session() as session:
        held = session.execute(text("SELECT headline, publisher_title FROM article")).all()
        tags = session.scalars(text("SELECT tag FROM article_tag")).all()
    database.close()
    assert held == [("Siswa SMK Merakit Sepeda Listrik", "Harian Contoh")]
    assert tags == ["SMK"]


def test_an_upgrade_indexes_the_articles(first_schema: str) -> None:
    database = open_database(first_schema, writable=True)
    full_text = FULL_TEXTS[database.engine.dialect.name]
    with database.session() as session:
        for term in ("sepeda", "kalimat", "smk"):  # headline, body, tag
            assert session.scalars(full_text.matching([Phrase(terms=(term,))])).all() == [1]
        assert session.scalars(text("SELECT word FROM search_word WHERE word = 'merakit'")).all()
    database.close()


def test_an_upgrade_to_withdrawals_keeps_revisions_and_fetches(
    first_schema: str, connect: Connect
) -> None:
    """And puts young articles under watch, old ones not."""
    young = {**OLD_ARTICLE, "canonical_url": f"{OLD_ARTICLE['canonical_url']}-2"}
    young |= dict.fromkeys(("first_seen", "fetched_at"), datetime.now(UTC).isoformat(" "))
    with connect(first_schema).begin() as connection:
        columns, values = ", ".join(young), ", ".join(f":{name}" for name in young)
        connection.execute(text(f"INSERT INTO article ({columns}) VALUES ({values})"), young)
        for statement in (
            "INSERT INTO run (mode, status, started_at) VALUES ('live', 'finished', '2026-08-01')",
            'INSERT INTO "fetch" (run_id, publisher, url, key, state, article_id, ended_at) '
            "SELECT run.id, 'contoh', 'u', 'k', 'stored', article.id, '2026-08-01' "
            "FROM run, article",
            "INSERT INTO revision (article_id, number, seen_at, cause, headline, body, body_html, "
            "credits, credit_line, changed) SELECT id, 1, fetched_at, 'crawl', headline, body, "
            "body_html, '[]', credit_line, '[]' FROM article",
            "INSERT INTO tombstone (publisher, key, reason, buried_at) "
            "VALUES ('contoh', 'x9', 'diminta', '2026-08-01')",
        ):
            connection.execute(text(statement))
    database = open_database(first_schema, writable=True)
    with database.session() as session:
        assert session.scalars(text("SELECT cause FROM revision")).all() == ["channel"] * 2
        assert session.scalars(text('SELECT state FROM "fetch"')).all() == ["stored"] * 2
        session.execute(text("UPDATE \"fetch\" SET state = 'withdrawn'"))
        watched = select(WatchRow.article_id, WatchRow.next_look_at == WatchRow.looked_at)
        assert session.execute(watched).all() == [(2, True)]
        assert tombstones.buried(session, "contoh", ["x9"]) == {"x9"}
    database.close()


def test_an_upgraded_database_has_the_declared_schema(first_schema: str) -> None:
    database = open_database(first_schema, writable=True)
    with database.engine.connect() as connection:
        differences = _differences(connection)
    database.close()
    assert differences == []


def test_an_upgrade_keeps_the_attribution_checks(first_schema: str) -> None:
    database = open_database(first_schema, writable=True)
    with pytest.raises(StorageError, match="credit_line"), database.session() as session:
        session.execute(text("UPDATE article SET credit_line = 'Sumber: tidak diketahui'"))
    database.close()


# --- refused --------------------------------------------------------------------------------------


def test_an_older_schema_is_not_read_without_an_upgrade(first_schema: str) -> None:
    with pytest.raises(DatabaseTooOldError, match="0001"):
        open_database(first_schema)


@pytest.mark.parametrize("writable", [True, False])
def test_a_newer_schema_is_refused(empty_url: str, connect: Connect, writable: bool) -> None:
    open_database(empty_url, writable=True).close()
    _set_revision(connect(empty_url), "9999")
    with pytest.raises(DatabaseTooNewError, match="9999"):
        open_database(empty_url, writable=writable)


def test_a_database_that_is_not_there_is_not_read(empty_url: str) -> None:
    with pytest.raises(DatabaseMissingError):
        open_database(empty_url)


def test_reading_does_not_make_a_file(tmp_path: Path) -> None:
    with pytest.raises(DatabaseMissingError):
        open_database(f"sqlite:///{tmp_path / 'news.db'}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_server")
@pytest.mark.parametrize("writable", [True, False])
def test_a_postgresql_database_that_is_not_there_is_unusable(writable: bool) -> None:
    url = os.environ["AGGREGATOR_TEST_POSTGRES_URL"].rpartition("/")[0]
    with pytest.raises(DatabaseUnusableError, match="does not exist"):
        open_database(f"{url}/aggregator_test_nowhere", writable=writable)


@pytest.mark.parametrize("writable", [True, False])
def test_a_folder_is_no_database(tmp_path: Path, writable: bool) -> None:
    with pytest.raises(DatabaseUnusableError, match="is a folder"):
        open_database(f"sqlite:///{tmp_path}", writable=writable)


@pytest.mark.parametrize("writable", [True, False])
def test_a_file_of_another_kind_is_no_database(tmp_path: Path, writable: bool) -> None:
    path = tmp_path / "news.db"
    path.write_text("Ini bukan basis data. " * 100)
    with pytest.raises(DatabaseUnusableError, match="not a database"):
        open_database(f"sqlite:///{path}", writable=writable)
    assert path.read_text().startswith("Ini bukan")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseReadOnlyError, match="there is no folder"):
        open_database(f"sqlite:///{tmp_path / 'nowhere' / 'news.db'}", writable=True)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere"
)
def test_a_folder_without_the_right_to_write_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir(mode=0o500)
    with pytest.raises(DatabaseReadOnlyError, match="no right to write"):
        open_database(f"sqlite:///{folder / 'news.db'}", writable=True)


@pytest.mark.parametrize(
    "url",
    ["news.db", "", "postgresql://user@host:port/news", "oracle+nothing://host/news"],
)
def test_what_is_no_address_is_unusable(url: str) -> None:
    with pytest.raises(DatabaseUnusableError):
        open_database(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:rahasia@127.0.0.1:1/news",
        "postgresql:/user:rahasia@127.0.0.1/news",
        "user:rahasia@127.0.0.1/news",
        "postgresql://user:rahasia@127.0.0.1:port/news",
        "postgresql://127.0.0.1:1/news?user=user&password=rahasia",
        "postgresql://user:rahasia@127.0.0.1:1/news?nonsense=1",
        "nothing://user:rahasia@127.0.0.1/news",
        "sqlite://user:rahasia@127.0.0.1/news",
        "postgresql://user:p@rahasia@127.0.0.1/news",
    ],
)
def test_no_error_shows_a_password(url: str) -> None:
    with pytest.raises(StorageError) as error:
        open_database(url)
    assert "rahasia" not in f"{error.value} {error.value!r} {vars(error.value)}"


def test_a_shown_address_hides_every_password(connect: Connect) -> None:
    engine = connect("postgresql+psycopg://user:rahasia@host/news?sslmode=require&password=rahasia")
    shown = Database(engine, writable=False).shown_url
    assert shown == "postgresql+psycopg://user:***@host/news?password=***&sslmode=require"


# --- SQLite ---------------------------------------------------------------------------------------


@pytest.fixture
def file_database(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    path = tmp_path / "news.db"
    path.write_bytes(migrated_file.read_bytes())
    database = open_database(f"sqlite:///{path}", writable=True)
    yield database
    database.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("busy_timeout", BUSY_TIMEOUT_MS), ("foreign_keys", 1)],
)
def test_sqlite_is_set_for_crawls_beside_readers(
    file_database: Database, name: str, value: object
) -> None:
    assert _setting(file_database, name) == value


def test_a_reader_does_not_wait_for_the_writer(file_database: Database) -> None:
    reader = open_database(str(file_database.engine.url))
    with file_database.session() as writing, reader.session() as reading:
        writing.execute(
            text("INSERT INTO run (mode, status, started_at) VALUES ('live', 'running', '')")
        )
        assert reading.scalar(text("SELECT count(*) FROM run")) == 0
    reader.close()


# --- sessions -------------------------------------------------------------------------------------


def test_a_session_that_fails_leaves_nothing(database: Database) -> None:
    with suppress(ZeroDivisionError), database.session() as session:
        session.execute(text("UPDATE publisher SET title = 'Lain'"))
        raise ZeroDivisionError
    with database.session() as session:
        assert session.scalar(text("SELECT title FROM publisher LIMIT 1")) == "Harian Contoh"


def test_an_error_of_the_database_is_ours(database: Database) -> None:
    with pytest.raises(StorageError), database.session() as session:
        session.execute(text("SELECT nothing FROM nowhere"))


def test_a_fresh_database_holds_no_article(database: Database) -> None:
    with database.session() as session:
        assert find_same(session, article()) is None
