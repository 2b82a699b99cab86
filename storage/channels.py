"""Publishers, their channels with polling state, and what channels said of articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from aggregator.model import Channel, ChannelState, Discovery, Publisher
from storage import rights
from storage.tables import ChannelRow, EntryRow, PublisherRow


def publisher_titles(session: Session) -> dict[str, str]:
    """Titles of all publishers that were ever read, by name."""
    return dict(session.execute(select(PublisherRow.name, PublisherRow.title)).all())


def publisher_zones(session: Session) -> dict[str, str]:
    """IANA zones of all publishers that were ever read, by name."""
    return dict(session.execute(select(PublisherRow.name, PublisherRow.timezone)).all())


def ensure(session: Session, publisher: Publisher, channels: Iterable[Channel]) -> None:
    """Make the publisher's and channels' rows say what is declared, and the publisher's articles
    stand on the ground that it declares now."""
    before = session.get(PublisherRow, publisher.name)
    if before is not None and before.rights_basis != publisher.rights_basis:
        rights.change(session, publisher.name, publisher.rights_basis)
    session.merge(
        PublisherRow(
            name=publisher.name,
            title=publisher.title,
            homepage=publisher.homepage,
            timezone=publisher.timezone,
            rights_basis=publisher.rights_basis,
            terms=publisher.terms,
        )
    )
    session.flush()
    held = {row.name: row for row in session.scalars(_of(publisher.name))}
    for channel in channels:
        row = held.get(channel.name)
        if row is None:
            row = ChannelRow(publisher=publisher.name, name=channel.name)
            session.add(row)
        elif row.url != channel.url:
            # Another address: what the old one answered says nothing about it.
            row.etag = row.last_modified = row.polled_at = row.not_before = None
        row.kind, row.url = channel.kind, channel.url


def state(session: Session, publisher: str, channel: str) -> ChannelState:
    """What the last complete poll left behind; nothing for a channel never polled."""
    row = session.scalars(_of(publisher, channel)).first()
    if row is None:
        return ChannelState()
    return ChannelState(
        etag=row.etag,
        last_modified=row.last_modified,
        polled_at=row.polled_at,
        not_before=row.not_before,
    )


def save_state(session: Session, publisher: str, channel: str, found: ChannelState) -> None:
    row = session.scalars(_of(publisher, channel)).first()
    if row is None:
        return
    row.etag, row.last_modified = found.etag, found.last_modified
    row.polled_at, row.not_before = found.polled_at, found.not_before


def listed_headlines(
    session: Session, publisher: str, channel: str, keys: Sequence[str]
) -> dict[str, str]:
    """What the channel last called these articles; without those it never listed."""
    found = session.execute(
        select(EntryRow.key, EntryRow.headline)
        .join(ChannelRow, ChannelRow.id == EntryRow.channel_id)
        .where(
            ChannelRow.publisher == publisher, ChannelRow.name == channel, EntryRow.key.in_(keys)
        )
    )
    return {key: headline for key, headline in found if headline}


def note_entries(
    session: Session,
    publisher: str,
    channel: str,
    listed: Sequence[Discovery],
    now: datetime,
    times: Mapping[str, datetime | None],
) -> set[str]:
    """Remember what a channel says of articles now; the keys that it never listed before.

    ``times``: when it says they were published, by key."""
    channel_id = session.scalar(
        select(ChannelRow.id).where(ChannelRow.publisher == publisher, ChannelRow.name == channel)
    )
    if channel_id is None:
        return set()
    by_key = {discovery.key: discovery for discovery in listed}
    held = {
        row.key: row
        for row in session.scalars(
            select(EntryRow).where(EntryRow.channel_id == channel_id, EntryRow.key.in_(by_key))
        )
    }
    for key, discovery in by_key.items():
        row = held.get(key)
        if row is None:
            row = EntryRow(channel_id=channel_id, key=key, first_seen=now)
            row.published_at = times.get(key)
            session.add(row)
        row.url, row.headline = discovery.entry.url, discovery.entry.headline
        row.published_raw, row.last_seen = discovery.entry.published_raw, now
    return set(by_key) - set(held)


def _of(publisher: str, channel: str | None = None):  # type: ignore[no-untyped-def]
    found = select(ChannelRow).where(ChannelRow.publisher == publisher)
    return found if channel is None else found.where(ChannelRow.name == channel)
