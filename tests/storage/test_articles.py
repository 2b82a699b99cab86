"""Articles: found under every name they have, revised with a trace, read back as they were."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select

from aggregator.model import (
    Article,
    AttributedArticle,
    Credit,
    Dateline,
    EndState,
    Evidence,
    Flag,
    Image,
    Precision,
    Role,
)
from pipelines.attribute import attribute
from pipelines.fingerprint import content_fingerprint, text_fingerprint
from pipelines.store import store
from storage import articles, channels, lookup, withdrawals
from storage.database import Database, open_database
from storage.revisions import revisions as revisions_of
from storage.rows import PARTS, article_of
from storage.rows import attributed as attributed_of
from storage.tables import ArticleRow, ArticleUrlRow, Base
from tests.pipelines.builders import LONG_TEXT, NOW, article, attributed, body_of, publisher

URL = "https://contoh.example/berita/1/judul"
OTHER = "https://contoh.example/berita/2/judul"
THIRD = "https://contoh.example/berita/3/judul"
LATER = NOW + timedelta(hours=6)

Add = Callable[..., int]


@pytest.fixture
def add(database: Database) -> Add:
    """``add(external_id="x1")`` inserts the usual article with one thing changed."""

    def add(cause: str = "channel", **changes: Any) -> int:
        article_id = _add(database, attributed(**changes), cause)
        assert article_id is not None
        return article_id

    return add


def _add(database: Database, found: AttributedArticle, cause: str = "channel") -> int | None:
    with database.session() as session:
        return articles.add(
            session,
            found,
            text_fingerprint=text_fingerprint(found.article),
            content_fingerprint=content_fingerprint(found.article),
            cause=cause,
        )


def _revise(database: Database, article_id: int, found: AttributedArticle) -> int:
    with database.session() as session:
        return articles.revise(
            session,
            article_id,
            found,
            text_fingerprint=text_fingerprint(found.article),
            content_fingerprint=content_fingerprint(found.article),
            changed=("headline",),
            cause="channel",
        )


def _note(database: Database, url: str, reason: str, article_id: int) -> None:
    with database.session() as session:
        articles.note_urls(session, "contoh", {url: reason}, article_id, NOW)


def _same(database: Database, **changes: Any) -> int | None:
    with database.session() as session:
        held = lookup.find_same(session, article(**changes))
        return held.id if held else None


def _row(database: Database, article_id: int) -> ArticleRow:
    with database.session() as session:
        row = session.get_one(ArticleRow, article_id)
        article_of(row)  # loads the parts as well
        return row


def _held(database: Database, article_id: int) -> Article:
    return article_of(_row(database, article_id))


def _count(database: Database, table: type[Base]) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


# --- add ------------------------------------------------------------------------------------------


def test_a_new_article_is_seen_first_and_last_when_it_was_fetched(
    database: Database, add: Add
) -> None:
    row = _row(database, add())
    assert (row.first_seen, row.last_seen, row.fetched_at, row.revision) == (NOW, NOW, NOW, 1)


def test_an_article_is_sorted_by_its_publication(database: Database, add: Add) -> None:
    row = _row(database, add())
    assert row.sort_at == row.published_at == datetime(2026, 7, 31, 2, 15, tzinfo=UTC)


def test_an_article_without_a_time_is_sorted_by_its_first_sight(
    database: Database, add: Add
) -> None:
    assert _row(database, add(published_raw=None)).sort_at == NOW


@pytest.mark.parametrize(
    "same",
    [{"url": URL, "external_id": "x2"}, {"url": OTHER, "external_id": "x1"}],
    ids=["address", "identifier"],
)
def test_an_identity_that_is_held_is_not_added_again(
    database: Database, add: Add, same: dict[str, Any]
) -> None:
    add(external_id="x1")
    assert _add(database, attributed(**same)) is None
    assert _count(database, ArticleRow) == 1


def test_two_articles_without_an_identifier_are_two(database: Database, add: Add) -> None:
    assert add(url=URL) != add(url=OTHER)


# --- find_same ------------------------------------------------------------------------------------


def test_an_article_is_found_by_its_identifier_at_any_address(database: Database, add: Add) -> None:
    held = add(external_id="x1")
    assert _same(database, external_id="x1", url=OTHER) == held


def test_an_article_is_found_by_its_canonical_address(database: Database, add: Add) -> None:
    held = add(url=f"{URL}?page=2", canonical_url=URL)
    assert _same(database, url=OTHER, canonical_url=URL) == held


@pytest.mark.parametrize("asked", ["url", "canonical_url"])
def test_an_article_is_found_by_any_address_that_led_to_it(
    database: Database, add: Add, asked: str
) -> None:
    held = add()
    _note(database, OTHER, "requested", held)
    assert _same(database, **{"url": THIRD, "canonical_url": THIRD, asked: OTHER}) == held


def test_the_identifier_decides_where_the_address_says_otherwise(
    database: Database, add: Add
) -> None:
    add(url=URL, external_id="x1")
    second = add(url=OTHER, external_id="x2")
    assert _same(database, url=URL, external_id="x2") == second


def test_nothing_is_found_by_an_address_of_another_publisher(database: Database, add: Add) -> None:
    add(external_id="x1")
    assert _same(database, publisher="lain", external_id="x1") is None


def test_an_unknown_article_is_not_found(database: Database, add: Add) -> None:
    add(external_id="x1")
    assert _same(database, url=OTHER, external_id="x2") is None


def test_the_address_of_a_duplicate_is_no_identity(database: Database, add: Add) -> None:
    _note(database, OTHER, articles.DUPLICATE, add())
    assert _same(database, url=OTHER) is None


def test_the_address_of_a_duplicate_can_become_an_article(database: Database, add: Add) -> None:
    _note(database, OTHER, articles.DUPLICATE, add())
    own = add(url=f"{OTHER}?page=2", canonical_url=OTHER)
    assert _same(database, url=OTHER) == own


@pytest.mark.parametrize("reason", ["requested", "canonical", articles.DUPLICATE])
def test_an_address_with_an_article_stays_with_it(
    database: Database, add: Add, reason: str
) -> None:
    first, second = add(url=URL), add(url=OTHER)
    _note(database, URL, reason, second)
    with database.session() as session:
        alias = session.get_one(ArticleUrlRow, ("contoh", URL))
    assert (alias.article_id, alias.reason) == (first, "canonical")


def test_the_requested_and_the_canonical_address_are_remembered(
    database: Database, add: Add
) -> None:
    add(url=f"{URL}?page=2", canonical_url=URL)
    with database.session() as session:
        found = {row.url: row.reason for row in session.scalars(select(ArticleUrlRow))}
    assert found == {f"{URL}?page=2": "requested", URL: "canonical"}


def test_what_is_found_says_what_is_held(database: Database, add: Add) -> None:
    found = attributed()
    add()
    with database.session() as session:
        held = lookup.find_same(session, found.article)
    assert held is not None
    assert held.article == found.article
    assert held.content_fingerprint == content_fingerprint(found.article)
    assert (held.revision, held.said_since) == (1, NOW)


# --- find_same_text -------------------------------------------------------------------------------


def test_the_same_text_is_found_where_it_stood_first(database: Database, add: Add) -> None:
    first = add(url=URL)
    add(url=OTHER)
    with database.session() as session:
        held = lookup.find_same_text(session, "contoh", text_fingerprint(attributed().article))
    assert held is not None
    assert held.id == first


@pytest.mark.parametrize(
    ("name", "fingerprint"), [("lain", "1:a"), ("contoh", "1:b"), ("contoh", None)]
)
def test_another_text_is_not_found(database: Database, name: str, fingerprint: str | None) -> None:
    with database.session() as session:
        articles.add(
            session,
            attributed(),
            text_fingerprint="1:a",
            content_fingerprint="1:c",
            cause="channel",
        )
        assert lookup.find_same_text(session, name, fingerprint) is None


def test_short_texts_are_not_the_same(database: Database, add: Add) -> None:
    add(body_html="<p>Pendek.</p>")
    with database.session() as session:
        assert lookup.find_same_text(session, "contoh", None) is None


# --- find_many ------------------------------------------------------------------------------------


def test_many_are_found_by_identifier_or_else_by_address(database: Database, add: Add) -> None:
    first, second = add(url=URL, external_id="x1"), add(url=OTHER)
    with database.session() as session:
        found = lookup.find_many(
            session, "contoh", [("x1", THIRD), (None, OTHER), ("x3", THIRD), (None, THIRD)]
        )
    assert {key: glimpse.article_id for key, glimpse in found.items()} == {
        "x1": first,
        OTHER: second,
    }


def test_an_unknown_identifier_at_a_known_address_is_found(database: Database, add: Add) -> None:
    held = add(url=URL)
    with database.session() as session:
        found = lookup.find_many(session, "contoh", [("x9", URL)])
    assert found["x9"].article_id == held


def test_a_listed_duplicate_counts_as_known(database: Database, add: Add) -> None:
    held = add()
    _note(database, OTHER, articles.DUPLICATE, held)
    with database.session() as session:
        found = lookup.find_many(session, "contoh", [(None, OTHER)])
    assert found[OTHER].article_id == held


@pytest.mark.parametrize("wanted", [[], [("x1", URL)]])
def test_nothing_of_another_publisher_is_found_among_many(
    database: Database, add: Add, wanted: list[tuple[str | None, str]]
) -> None:
    add(external_id="x1")
    with database.session() as session:
        assert lookup.find_many(session, "lain", wanted) == {}


def test_a_glimpse_tells_what_was_withdrawn(database: Database, add: Add) -> None:
    held = add()
    for expected in (False, True):
        with database.session() as session:
            glimpse = lookup.find_many(session, "contoh", [(None, URL)])[URL]
            withdrawals.withdraw(session, held, at=LATER, reason="gone")
        assert glimpse == lookup.Glimpse(article_id=held, withdrawn=expected)


# --- revise and touch -----------------------------------------------------------------------------


def test_every_revision_is_kept(database: Database, add: Add) -> None:
    held = add(headline="Satu")
    for number, headline in ((2, "Dua"), (3, "Tiga")):
        assert _revise(database, held, attributed(headline=headline, fetched_at=LATER)) == number
    with database.session() as session:
        kept = revisions_of(session, held)
    assert [(r.number, r.headline, r.seen_at, r.changed) for r in kept] == [
        (1, "Satu", NOW, ()),
        (2, "Dua", LATER, ("headline",)),
        (3, "Tiga", LATER, ("headline",)),
    ]


def test_a_revision_replaces_people_tags_topics_and_flags(database: Database, add: Add) -> None:
    old, new = (
        {
            "credits": (
                Credit(name=f"Ani {n}", role=Role.EDITOR),
                Credit(name=n, role=Role.EDITOR),
            ),
            "tags": (n, "sama"),
            "topics": ("sama", n),
            "flags": (Flag(name=n, rule="headline", found=n),),
        }
        for n in ("Lama", "Baru")
    )
    held = add(**old)
    _revise(database, held, attributed(**new))
    now = _held(database, held)
    assert {name: getattr(now, name) for name in new} == new


def test_a_revision_can_leave_nothing_of_the_parts(database: Database, add: Add) -> None:
    held = add(tags=("SMK",), topics=("vokasi",), credits=(Credit(name="A", role=Role.EDITOR),))
    _revise(database, held, attributed())
    assert [_count(database, part) for part in PARTS] == [0] * len(PARTS)


def test_a_revised_article_reads_as_its_last_revision(database: Database, add: Add) -> None:
    revised = attributed(headline="Judul Baru", fetched_at=LATER, summary="Ringkas")
    held = add()
    _revise(database, held, revised)
    assert _held(database, held) == revised.article


def test_a_revision_keeps_the_first_sight(database: Database, add: Add) -> None:
    held = add(published_raw=None)
    _revise(database, held, attributed(published_raw=None, fetched_at=LATER))
    row = _row(database, held)
    assert (row.first_seen, row.sort_at, row.last_seen) == (NOW, NOW, LATER)


def test_a_revision_from_an_older_page_does_not_turn_the_last_sight_back(
    database: Database, add: Add
) -> None:
    held = add(fetched_at=LATER)
    _revise(database, held, attributed(fetched_at=NOW))
    assert _row(database, held).last_seen == LATER


def test_a_revision_does_not_change_the_identifier(database: Database, add: Add) -> None:
    held = add(external_id="x1")
    _revise(database, held, attributed(external_id="x2"))
    assert _held(database, held).external_id == "x1"


def test_a_revision_can_learn_the_identifier(database: Database, add: Add) -> None:
    held = add()
    _revise(database, held, attributed(external_id="x1"))
    assert _same(database, external_id="x1", url=OTHER) == held


def test_a_revised_article_is_found_at_its_old_and_its_new_address(
    database: Database, add: Add
) -> None:
    held = add(url=URL, external_id="x1")
    _revise(database, held, attributed(url=OTHER, external_id="x1"))
    assert [_same(database, url=url) for url in (URL, OTHER)] == [held, held]


def test_a_revision_does_not_take_the_address_of_another_article(
    database: Database, add: Add
) -> None:
    held, other = add(url=URL, external_id="x1"), add(url=OTHER, external_id="x2")
    _revise(database, held, attributed(url=OTHER, external_id="x1", headline="Judul Baru"))
    now = _held(database, held)
    assert (now.headline, now.canonical_url) == ("Judul Baru", URL)
    assert _held(database, other).canonical_url == OTHER


def test_touching_moves_the_last_sight_only(database: Database, add: Add) -> None:
    held = add()
    with database.session() as session:
        articles.touch(session, held, LATER)
    row = _row(database, held)
    assert (row.first_seen, row.last_seen, row.fetched_at, row.revision) == (NOW, LATER, LATER, 1)


def test_all_articles_can_be_walked_through(database: Database, add: Add) -> None:
    ids = [add(url=url) for url in (URL, OTHER, THIRD)]
    with database.session() as session:
        first = articles.after(session, 0, 2)
        rest = articles.after(session, first[-1][0], 2)
    assert [article_id for article_id, _ in (*first, *rest)] == ids
    assert [found.canonical_url for _, found in (*first, *rest)] == [URL, OTHER, THIRD]


# --- read back ------------------------------------------------------------------------------------

# What the parser lets through: no control characters, no halves of a pair.
_CHARACTERS = st.characters(blacklist_categories=("Cs", "Cc"))
_TEXT = st.text(_CHARACTERS, max_size=40)
_WORDS = st.text(_CHARACTERS, min_size=1, max_size=40)
_OPTIONAL = st.none() | _TEXT
_MOMENTS = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2030, 1, 1),  # noqa: DTZ001
    timezones=st.integers(-14 * 60, 14 * 60).map(lambda n: timezone(timedelta(minutes=n))),
)
_NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=20)
_DATELINES = st.builds(
    Dateline, mark=_OPTIONAL, place=_OPTIONAL, raw=_TEXT, region=_OPTIONAL, province=_OPTIONAL,
    zone=st.none() | st.sampled_from(("WIB", "WITA", "WIT")),
)  # fmt: skip
_FLAGS = st.lists(
    st.builds(Flag, name=_NAMES, rule=_NAMES, found=_TEXT), unique_by=lambda flag: flag.name
).map(lambda flags: tuple(sorted(flags, key=lambda flag: flag.name)))


def _some(strategy: st.SearchStrategy[Any], **limits: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=4, **limits).map(tuple)


@st.composite
def _articles(draw: st.DrawFn) -> Article:
    published = draw(st.none() | _MOMENTS)
    fields = {
        "headline": _WORDS.filter(str.strip), "external_id": st.none() | _WORDS,
        "summary": _OPTIONAL,
        "excerpt": _OPTIONAL, "body": _some(_WORDS), "body_html": _TEXT,
        "published_raw": _OPTIONAL, "modified_raw": _OPTIONAL, "modified_at": st.none() | _MOMENTS,
        "byline": _OPTIONAL, "dateline": st.none() | _DATELINES, "source_raw": _OPTIONAL,
        "credits": _some(st.builds(Credit, name=_WORDS, role=st.sampled_from(Role))),
        "agency": _OPTIONAL, "original_url": _OPTIONAL, "section": _OPTIONAL,
        "tags": _some(_TEXT), "topics": _some(_NAMES, unique=True), "flags": _FLAGS,
        "image": st.none() | st.builds(Image, url=_TEXT, caption=_OPTIONAL, credit=_OPTIONAL),
        "language": st.none() | _NAMES.map(lambda name: name[:16]), "pages": st.integers(1, 99),
        "paywalled": st.booleans(), "layout": st.none() | _NAMES, "fetched_at": _MOMENTS,
        "evidence": _some(st.builds(Evidence, kind=_NAMES, text=_TEXT)),
    }  # fmt: skip
    return article(
        **{name: draw(strategy) for name, strategy in fields.items()},
        published_at=published,
        published_precision=draw(st.sampled_from(Precision)) if published else None,
    )


@pytest.fixture(scope="module")
def shared(shared_url: str) -> Iterator[Database]:
    database = open_database(shared_url, writable=True)
    with database.session() as session:
        channels.ensure(session, publisher(), ())
    yield database
    database.close()


def _read_back(database: Database, found: AttributedArticle) -> AttributedArticle:
    with database.session() as session:
        article_id = articles.add(
            session, found, text_fingerprint=None, content_fingerprint="1:x", cause="channel"
        )
        session.expire_all()
        held = attributed_of(session.get_one(ArticleRow, article_id))
        session.rollback()
    return held


@settings(deadline=None, max_examples=60)
@given(_articles())
def test_what_was_stored_reads_back_equal(shared: Database, generated: Article) -> None:
    found = attribute(generated, publisher())
    assert _read_back(shared, found) == found


@pytest.mark.parametrize("minutes", [-210, 0, 420, 480, 540, 765])
def test_the_stated_offset_reads_back(shared: Database, minutes: int) -> None:
    moment = datetime(2026, 7, 31, 9, 15, tzinfo=timezone(timedelta(minutes=minutes)))
    held = _read_back(shared, attributed(published_at=moment, modified_at=moment)).article
    assert held.published_at is not None
    assert held.modified_at is not None
    assert held.published_at.isoformat() == held.modified_at.isoformat() == moment.isoformat()


@pytest.mark.parametrize(
    "text", ["Ki Hadjar “Dewantara” – 50%", 'O\'Neil \\ "x"', "\U0001f393 siswa", "a\u0301", "_%"]
)
def test_no_character_is_changed(shared: Database, text: str) -> None:
    found = attribute(article(headline=text, body=(text, text), tags=(text,)), publisher())
    assert _read_back(shared, found) == found


def test_a_headline_of_ten_thousand_characters_is_kept(shared: Database) -> None:
    found = attributed(headline="kata " * 2000)
    assert _read_back(shared, found) == found


# --- two at once ----------------------------------------------------------------------------------


def _at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """Results of all tasks, started at the same moment; an exception of any is raised."""
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        gate.wait(timeout=10)
        return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return [running.result(timeout=60) for running in [pool.submit(run, t) for t in tasks]]


def test_an_article_that_two_add_at_once_is_added_once(database: Database) -> None:
    found = attributed(external_id="x1")
    ids = _at_once(*[lambda: _add(database, found)] * 4)
    assert len([article_id for article_id in ids if article_id is not None]) == 1
    assert _count(database, ArticleRow) == 1


def test_an_article_that_two_crawls_store_at_once_is_stored_once(database: Database) -> None:
    found = attributed(external_id="x1")
    outcomes = _at_once(*[lambda: store(database, found, cause="channel")] * 4)
    assert sorted(o.state for o in outcomes) == [EndState.STORED, *[EndState.UNCHANGED] * 3]
    assert len({o.article_id for o in outcomes}) == 1


def test_an_article_is_no_duplicate_of_itself(database: Database) -> None:
    """Another crawl stores it after we looked for its identity and before we look for its text."""
    if database.engine.dialect.name == "sqlite":
        pytest.skip("SQLite lets one writer look and write at a time")
    found = attributed(external_id="x1")
    other = open_database(database.engine.url.render_as_string(hide_password=False), writable=True)
    to_store = [found]

    def meanwhile(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if to_store and "FROM article" in statement:
            store(other, to_store.pop(), cause="channel")

    event.listen(database.engine, "after_cursor_execute", meanwhile)
    outcome = store(database, found, cause="channel")
    other.close()
    assert outcome.state is EndState.UNCHANGED
    assert _count(database, ArticleRow) == 1


def test_different_articles_stored_at_once_are_all_stored(database: Database) -> None:
    many = [
        attributed(
            url=f"https://contoh.example/berita/{n}/judul", body_html=body_of(f"{n} {LONG_TEXT}")
        )
        for n in range(6)
    ]
    _at_once(*[lambda a=a: store(database, a, cause="channel") for a in many])  # type: ignore[misc]
    assert _count(database, ArticleRow) == len(many)


def test_a_correction_that_two_crawls_see_at_once_is_one_revision(
    database: Database, add: Add
) -> None:
    held = add()
    corrected = attributed(headline="Judul Baru", fetched_at=LATER)
    outcomes = _at_once(*[lambda: store(database, corrected, cause="channel")] * 4)
    with database.session() as session:
        assert len(revisions_of(session, held)) == 2
    assert sorted(o.state for o in outcomes) == [EndState.REVISED, *[EndState.UNCHANGED] * 3]
