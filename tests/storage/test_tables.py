"""The schema itself refuses an article that would leave without its attribution.

Raw SQL throughout: other programs than ours write to this database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from aggregator.errors import StorageError
from aggregator.model import Credit, Role
from pipelines.store import store
from storage import articles, channels, tombstones
from storage.database import Database, open_database
from tests.pipelines.builders import LONG_TEXT, NOW, attributed, body_of, publisher

Run = Callable[[str], int]

OTHER = "https://contoh.example/berita/2/judul"


@pytest.fixture(scope="module")
def held(shared_url: str) -> Iterator[Database]:
    """A database with two stored articles, ``x1`` and ``x2``, and a tombstone."""
    database = open_database(shared_url, writable=True)
    people = (Credit(name="Ani Dewi", role=Role.REPORTER),)
    with database.session() as session:
        channels.ensure(session, publisher(), ())
        tombstones.bury(session, "contoh", ["x9"], "diminta sekolah", NOW)
    store(database, attributed(external_id="x1", credits=people, tags=("SMK",)), cause="channel")
    other = attributed(url=OTHER, external_id="x2", body_html=body_of(f"Lain. {LONG_TEXT}"))
    store(database, other, cause="channel")
    yield database
    database.close()


@pytest.fixture
def run(held: Database) -> Run:
    """``run(statement)`` in a transaction that is rolled back."""

    def run(statement: str) -> int:
        with held.session() as session:
            changed: int = session.execute(text(statement)).rowcount  # type: ignore[attr-defined]
            session.rollback()
            return changed

    return run


ONE = "WHERE external_id = 'x1'"

GOOD = [
    f"UPDATE article SET headline = 'Judul Baru' {ONE}",
    f"UPDATE article SET external_id = NULL {ONE}",
    f"UPDATE article SET credit_line = publisher_title || ': ' || attribution_url {ONE}",
    f"UPDATE article SET publishable = false, published_at = NULL, published_offset = NULL {ONE}",
    f"UPDATE article SET published_precision = NULL {ONE}",
    f"UPDATE article SET rights_basis = 'izin_tertulis' {ONE}",
    f"UPDATE article SET revision = 2, pages = 3 {ONE}",
    "UPDATE credit SET role = 'editor'",
    "UPDATE tombstone SET reason = 'salah muat'",
]

BAD = {
    # CHECK
    "ck_article_headline": f"UPDATE article SET headline = '' {ONE}",
    "ck_article_canonical_url": f"UPDATE article SET canonical_url = 'contoh.example/1' {ONE}",
    "ck_article_publisher_title": f"UPDATE article SET publisher_title = '' {ONE}",
    "ck_article_attribution_url": f"UPDATE article SET attribution_url = '' {ONE}",
    "ck_article_credit_line_names_publisher": (
        f"UPDATE article SET credit_line = 'Sumber: ' || attribution_url {ONE}"
    ),
    "ck_article_credit_line_names_url": (
        f"UPDATE article SET credit_line = 'Sumber: ' || publisher_title {ONE}"
    ),
    "ck_article_publishable_has_time": (
        f"UPDATE article SET published_at = NULL, published_offset = NULL {ONE}"
    ),
    "ck_article_published_offset": f"UPDATE article SET published_offset = NULL {ONE}",
    "ck_article_rights_basis": f"UPDATE article SET rights_basis = 'bebas' {ONE}",
    "ck_article_published_precision": f"UPDATE article SET published_precision = 'year' {ONE}",
    "ck_article_revision": f"UPDATE article SET revision = 0 {ONE}",
    "ck_article_pages": f"UPDATE article SET pages = 0 {ONE}",
    "ck_publisher_rights_basis": "UPDATE publisher SET rights_basis = 'bebas'",
    "ck_revision_credit_line": "UPDATE revision SET credit_line = ''",
    "ck_credit_name": "UPDATE credit SET name = ''",
    "ck_credit_role": "UPDATE credit SET role = 'penulis'",
    "ck_tombstone_reason": "UPDATE tombstone SET reason = ''",
    "ck_run_status": (
        "INSERT INTO run (mode, status, started_at) VALUES ('live', 'lost', '2026-08-01 03:00:00')"
    ),
    "ck_channel_kind": (
        "INSERT INTO channel (publisher, name, kind, url) VALUES ('contoh', 'a', 'radio', 'b')"
    ),
}

REQUIRED = [
    ("article", column)
    for column in (
        "publisher", "url", "canonical_url", "headline", "body", "body_html", "publisher_title",
        "credit_line", "attribution_url", "rights_basis", "attribution_stated", "publishable",
        "evidence", "content_fingerprint", "revision", "sort_at", "first_seen", "last_seen",
        "fetched_at",
    )
] + [
    ("publisher", "title"),
    ("publisher", "rights_basis"),
    ("credit", "name"),
    ("credit", "role"),
    ("revision", "credit_line"),
    ("tombstone", "reason"),
    ("article_url", "article_id"),
]  # fmt: skip

TWICE = {
    "canonical_url": f"UPDATE article SET canonical_url = '{OTHER}' {ONE}",
    "external_id": f"UPDATE article SET external_id = 'x2' {ONE}",
    "article_url": (
        "INSERT INTO article_url (publisher, url, article_id, reason, first_seen) "
        "SELECT publisher, url, article_id, reason, first_seen FROM article_url"
    ),
    "revision": (
        "INSERT INTO revision (article_id, number, seen_at, cause, headline, body, body_html, "
        "credits, credit_line, changed) SELECT article_id, number, seen_at, cause, headline, body, "
        "body_html, credits, credit_line, changed FROM revision"
    ),
    "tombstone": (
        "INSERT INTO tombstone (publisher, key, reason, buried_at) "
        "SELECT publisher, key, reason, buried_at FROM tombstone"
    ),
    "credit": (
        "INSERT INTO credit (article_id, position, name, role) "
        "SELECT article_id, position, name, role FROM credit"
    ),
}

UNKNOWN = {
    "an article of a publisher": "UPDATE article SET publisher = 'tak dikenal'",
    "a credit of an article": "UPDATE credit SET article_id = 999",
    "an address of an article": "UPDATE article_url SET article_id = 999",
    "a revision of an article": "UPDATE revision SET article_id = 999 + article_id",
    "a tombstone of a publisher": "UPDATE tombstone SET publisher = 'tak dikenal'",
}


@pytest.mark.parametrize("statement", GOOD)
def test_a_row_with_its_attribution_passes(run: Run, statement: str) -> None:
    assert run(statement) == 1


@pytest.mark.parametrize(("constraint", "statement"), BAD.items(), ids=BAD)
def test_a_row_that_breaks_a_rule_is_refused(run: Run, constraint: str, statement: str) -> None:
    with pytest.raises(StorageError, match=constraint):
        run(statement)


@pytest.mark.parametrize(("table", "column"), REQUIRED, ids=map(".".join, REQUIRED))
def test_a_part_that_must_be_there_cannot_be_taken_away(run: Run, table: str, column: str) -> None:
    with pytest.raises(StorageError, match=rf"(?i)not.null.*\b{column}\b|\b{column}\b.*not.null"):
        run(f"UPDATE {table} SET {column} = NULL")


@pytest.mark.parametrize("statement", TWICE.values(), ids=TWICE)
def test_the_same_identity_is_not_held_twice(run: Run, statement: str) -> None:
    with pytest.raises(StorageError, match=r"(?i)unique"):
        run(statement)


@pytest.mark.parametrize("statement", UNKNOWN.values(), ids=UNKNOWN)
def test_nothing_belongs_to_what_is_not_there(run: Run, statement: str) -> None:
    with pytest.raises(StorageError, match=r"(?i)foreign key"):
        run(statement)


@pytest.mark.parametrize("table", ["publisher", "article"])
def test_what_others_refer_to_stays(run: Run, table: str) -> None:
    with pytest.raises(StorageError, match=r"(?i)foreign key"):
        run(f"DELETE FROM {table}")


@pytest.mark.parametrize("part", ["a_b", "100%25", "a%5Cb", "q?a=%", "x'y"])
def test_an_address_of_any_characters_can_be_credited(held: Database, part: str) -> None:
    found = attributed(url=f"https://contoh.example/{part}")
    with held.session() as session:
        assert articles.add(
            session, found, text_fingerprint=None, content_fingerprint="1:x", cause="channel"
        )
        session.rollback()
