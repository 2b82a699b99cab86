"""Import what a portal has published, so that nothing is proposed to its editor twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from aggregator.config import Config
from aggregator.errors import ContactMissingError, PortalError, UsageError
from aggregator.identity import user_agent
from aggregator.portal import formats
from aggregator.portal.fetching import MAX_BYTES, PAUSE, PortalClient
from aggregator.portal.formats import Form
from aggregator.portal.posts import RawPost, Reading, ReadPost
from aggregator.portal.sekolahku import post_key
from aggregator.portal.understanding import understand
from aggregator.urls import host_of
from pipelines.beginning import opening_key, opening_words
from pipelines.published import recognise_post
from spiders.registry import publisher_for
from storage import portal as posts
from storage.database import Database, open_database
from storage.portal import SourceSketch
from storage.tables import PortalPostRow

MAX_FOLLOWED = 100
"""Posts whose own page is fetched in one import; the next import goes on with the rest."""

BATCH = 500
"""Rows that are written in one transaction."""


@dataclass(kw_only=True)
class Imported:
    """What an import came to. Mutable: it is counted while it goes."""

    portal: str
    form: Form
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    """Why rows could not be used -> how many."""
    unfetched: list[str] = field(default_factory=list)
    """Why pages of posts could not be fetched; their teasers were taken instead."""
    left: int = 0
    """Posts whose page was not fetched because there were too many."""
    posts: int = 0
    """Of this portal that are known now."""
    articles: int = 0
    """Held articles that these posts are."""

    @property
    def read(self) -> int:
        return self.new + self.updated + self.unchanged


def import_portal(
    config: Config,
    source: str,
    *,
    name: str | None,
    form: Form,
    now: datetime,
    pause: float = PAUSE,
) -> Imported:
    """Read a file or address and remember its posts. Importing again changes nothing.

    Raises ``UsageError`` for a file that cannot be read, ``PortalError`` for an address that cannot
    be fetched or a form that is not known, ``ContactMissingError``, ``StorageError``.
    """
    is_url = source.lower().startswith(("http://", "https://"))
    if not is_url:
        reading, found = formats.read(_file(Path(source)), form)
        return _remember(config, _named(name, source, reading), found, reading, now)
    if not config.contact:
        raise ContactMissingError(config_file="aggregator.toml")
    with PortalClient(user_agent(config.contact), pause) as client:
        fetched = client.get(source)
        reading, found = formats.read(fetched.body, form, fetched.url)
        portal = _named(name, fetched.url, reading)
        imported = Imported(portal=portal, form=found)
        if found is Form.SEKOLAHKU:
            reading = _followed(config, client, fetched.url, reading, imported)
    return _remember(config, portal, found, reading, now, imported)


def _file(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path}: larger than {MAX_BYTES // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from error


def _named(name: str | None, source: str, reading: Reading) -> str:
    """The portal's name: given, else its host, else the file's name."""
    if name:
        return name
    addresses = (source, *(post.url or "" for post in reading.posts))
    own = (url for url in addresses if url and publisher_for(url) is None)
    host = next(filter(None, map(host_of, own)), "")
    return host.removeprefix("www.") or Path(source).stem


def _followed(
    config: Config, client: PortalClient, address: str, reading: Reading, imported: Imported
) -> Reading:
    """The posts with their whole texts: this system shows only their beginnings, and the source
    stands at the end. Posts on other hosts, and those that were read whole before, are left."""
    with _opened(config) as database, database.session() as session:
        whole = posts.whole_posts(session, imported.portal)
    done = Reading(skipped=reading.skipped)
    for post in reading.posts:
        wanted = (
            post.is_cut
            and post.url is not None
            and urlsplit(post.url).netloc == urlsplit(address).netloc
            and post_key(post.url) not in whole
        )
        if not wanted or post.url is None:
            done.posts.append(post)
        elif client.fetched >= MAX_FOLLOWED + 1:
            imported.left += 1
            done.posts.append(post)
        else:
            done.posts.append(_whole(client, post, post.url, imported))
    return done


def _whole(client: PortalClient, post: RawPost, url: str, imported: Imported) -> RawPost:
    try:
        page = client.get(url)
        found, _ = formats.read(page.body, Form.SEKOLAHKU, page.url)
    except PortalError as error:
        imported.unfetched.append(str(error))
        return post
    own = next((p for p in found.posts if p.url and post_key(p.url) == post_key(url)), None)
    if own is None or own.is_cut:
        return post
    return replace(own, published_raw=own.published_raw or post.published_raw, url=url)


def _remember(
    config: Config,
    portal: str,
    form: Form,
    reading: Reading,
    now: datetime,
    imported: Imported | None = None,
) -> Imported:
    imported = imported or Imported(portal=portal, form=form)
    imported.skipped.update(reading.skipped)
    understood = list(_understood(config, reading.posts, imported, now))
    with _opened(config) as database:
        _fill_openings(database)
        for start in range(0, len(understood), BATCH):
            with database.session() as session:
                for post in understood[start : start + BATCH]:
                    _write(session, post, imported, now)
        with database.session() as session:
            imported.posts, imported.articles = posts.counts(session, portal)
    return imported


def _understood(
    config: Config, raw: Sequence[RawPost], imported: Imported, now: datetime
) -> Iterator[ReadPost]:
    """What is left of the rows; of a post that stands twice in a file, the fuller text."""
    by_key: dict[str, ReadPost] = {}
    for post in raw:
        found = understand(post, config.zone, now)
        if isinstance(found, str):
            imported.skipped[found] += 1
        elif found.key not in by_key or (by_key[found.key].is_cut and not found.is_cut):
            by_key[found.key] = found
    yield from by_key.values()


def _write(session: Session, post: ReadPost, imported: Imported, now: datetime) -> None:
    held = posts.find_post(session, imported.portal, post.key)
    if held is not None and (_says_same(session, held, post) or _is_less(held, post)):
        imported.unchanged += 1
        posts.note_imported(session, held.id, now)
        # Articles that arrived since were matched as they came.
        return
    sources = [
        SourceSketch(url=s.url, publisher=s.publisher, external_id=s.external_id)
        for s in post.sources
    ]
    values = {"portal": imported.portal, **_columns(post)}
    post_id = posts.write_post(session, held, values, sources, now)
    if held is None:
        imported.new += 1
    else:
        imported.updated += 1
    recognise_post(session, post_id, now)


def _columns(post: ReadPost) -> dict[str, object]:
    return {
        "key": post.key,
        "url": post.url,
        "headline": post.headline,
        "published_at": post.published_at,
        "text_fingerprint": post.text_fingerprint,
        "opening": " ".join(post.opening),
        "opening_key": opening_key(post.opening) or None,
        "is_cut": post.is_cut,
    }


def _says_same(session: Session, held: PortalPostRow, post: ReadPost) -> bool:
    if any(getattr(held, name) != value for name, value in _columns(post).items()):
        return False
    sources = {(s.url, s.publisher, s.external_id) for s in post.sources}
    return posts.sources_of(session, held.id) == sources


def _is_less(held: PortalPostRow, post: ReadPost) -> bool:
    """A teaser says nothing about a post whose whole text was read."""
    return post.is_cut and not held.is_cut


def _fill_openings(database: Database) -> None:
    """Note how articles begin that were stored by an earlier version of this program."""
    while True:
        with database.session() as session:
            batch = posts.without_opening(session, BATCH)
            keys = {id_: opening_key(opening_words(body)) for id_, body in batch}
            posts.note_openings(session, keys)
        if not batch:
            return


@contextmanager
def _opened(config: Config) -> Iterator[Database]:
    database = open_database(config.database_url, writable=True)
    try:
        yield database
    finally:
        database.close()
