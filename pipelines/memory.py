"""What the database knows of the URLs that a channel lists: one question for a whole page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from aggregator.model import Discovery
from pipelines.seen import Memory
from storage import channels, runs, tombstones
from storage.lookup import find_many


@dataclass(frozen=True, kw_only=True)
class Recalled:
    memories: Mapping[str, Memory]
    """By ``Discovery.url``."""
    article_ids: Mapping[str, int]
    """By ``Discovery.key``, for the articles that we hold."""


def recall(session: Session, publisher: str, found: Sequence[Discovery]) -> Recalled:
    keys = [d.key for d in found]
    met = find_many(session, publisher, [(d.external_id, d.canonical_url) for d in found])
    # A publisher that withdrew a text may keep it at another address: that one is met anew.
    held = {key: glimpse for key, glimpse in met.items() if not glimpse.withdrawn}
    forgotten = met.keys() - held.keys()
    names = {d.url: {d.key, d.canonical_url, d.url} for d in found}
    buried = tombstones.buried(session, publisher, sorted(set().union(*names.values())))
    fetches = runs.last_fetches(session, publisher, keys)
    first = runs.first_looks(session, publisher, list(fetches))
    listed = {
        name: channels.listed_headlines(session, publisher, name, keys)
        for name in {d.channel for d in found if d.channel}
    }
    memories = {
        d.url: Memory(
            held=d.key in held,
            buried=not buried.isdisjoint(names[d.url]),
            listed_headline=listed.get(d.channel or "", {}).get(d.key),
            last_fetch=None if d.key in forgotten else fetches.get(d.key),
            first_fetch_at=first.get(d.key),
        )
        for d in found
    }
    ids = {key: glimpse.article_id for key, glimpse in held.items()}
    return Recalled(memories=memories, article_ids=ids)
