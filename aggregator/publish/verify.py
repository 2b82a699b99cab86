"""Looking whether portals still show what they were given. Nothing in a portal is changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from aggregator.model import Publication, PublicationState, Stop
from aggregator.publish.courier import digest_of
from aggregator.publish.decide import Meeting, meet
from aggregator.publish.port import PortalPort, PostState, RemotePost
from storage import publications
from storage.database import Database

_SEEN = (PostState.PUBLISHED, PostState.SCHEDULED)


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What a look at a portal came to."""

    portal: str
    said: tuple[str, ...]
    """By the portal, about itself."""
    posts: int
    changed: tuple[Publication, ...]
    """Those that are no longer as they were left."""


def verify(database: Database, port: PortalPort, now: datetime) -> Verified:
    """Raises ``PortalError``."""
    said = port.check()
    with database.session() as session:
        held = publications.listed(session, portals=[port.name])
    there = [one for one in held if one.remote_id is not None and one.stop is None]
    changed: list[Publication] = []
    for one in there:
        assert one.remote_id is not None, "others were left out"
        found = after_look(one, port.read(one.remote_id))
        if found != one:
            changed.append(replace(found, changed_at=now))
    with database.session() as session:
        for one in changed:
            publications.save(session, one)
    return Verified(portal=port.name, said=said, posts=len(there), changed=tuple(changed))


def after_look(held: Publication, remote: RemotePost | None) -> Publication:
    """What is known after a look. Pure."""
    if remote is None:
        return replace(held, stop=Stop.REMOVED)
    as_left = digest_of(remote) in (held.sent_hash, held.intended_hash)
    seen = remote.state in _SEEN
    if held.state is PublicationState.WITHDRAWN:
        # Somebody put it back: it is taken down again by the next pass.
        put_back = seen and not as_left
        return replace(held, state=PublicationState.SENT, public=True) if put_back else held
    if held.state is PublicationState.HIDDEN:
        return replace(held, stop=Stop.CONFLICT) if seen else held
    if meet(held, remote, digest_of(remote)) is Meeting.CONFLICT:
        return replace(held, stop=Stop.CONFLICT)
    return replace(held, public=seen)
