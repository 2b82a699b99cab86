"""A portal in memory that can be cut off at any step, and that changes what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import count

from aggregator.errors import PortalError
from aggregator.publish.port import Post, PostState, RemotePost


class CutOff(BaseException):
    """The process is killed."""


class Killer:
    """Kills at the n-th step of a run, before or after it is done."""

    def __init__(self) -> None:
        self.steps = 0
        self.at: int | None = None

    def before(self) -> None:
        self._step()

    after = before

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            raise CutOff(self.at)


@dataclass
class FakePortal:
    """What stays when processes come and go."""

    posts: dict[str, RemotePost] = field(default_factory=dict)
    slugs: dict[str, str] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    fails: dict[str, PortalError] = field(default_factory=dict)
    """Call, or call and headline, to what it raises."""
    killer: Killer = field(default_factory=Killer)
    drops: str = ""
    """Markup that this portal's templates lose."""
    numbers: count[int] = field(default_factory=lambda: count(1))

    def edit(self, number: str, **changes: object) -> None:
        """As its editor does."""
        self.posts[number] = replace(self.posts[number], **changes)  # type: ignore[arg-type]

    @property
    def only(self) -> RemotePost:
        (post,) = self.posts.values()
        return post


class FakePort:
    name = "sekolah"

    def __init__(self, portal: FakePortal) -> None:
        self.portal = portal

    def check(self) -> tuple[str, ...]:
        self._call("check")
        return ("signed in",)

    def find(self, post: Post) -> RemotePost | None:
        self._call("find", post)
        number = self.portal.slugs.get(post.slug.rpartition("-")[2])
        return self.portal.posts.get(number) if number else None

    def read(self, remote_id: str) -> RemotePost | None:
        self._call("read")
        return self.portal.posts.get(remote_id)

    def create(self, post: Post) -> RemotePost:
        self._call("create", post)
        number = str(next(self.portal.numbers))
        self.portal.slugs[post.slug.rpartition("-")[2]] = number
        made = self._save(number, post)
        self.portal.killer.after()
        return made

    def update(self, remote_id: str, post: Post) -> RemotePost:
        self._call("update", post)
        saved = self._save(remote_id, post)
        self.portal.killer.after()
        return saved

    def hide(self, remote_id: str) -> None:
        self._call("hide")
        self.portal.edit(remote_id, state=PostState.HIDDEN)
        self.portal.killer.after()

    def printed(self, post: Post) -> tuple[str, str]:
        return post.headline, post.body_html.replace("“", '"').replace("”", '"')

    def close(self) -> None:
        self.portal.calls.append("close")

    def _call(self, call: str, post: Post | None = None) -> None:
        self.portal.killer.before()
        self.portal.calls.append(call)
        named = f"{call} {post.headline}" if post else call
        if trouble := self.portal.fails.get(named) or self.portal.fails.get(call):
            raise trouble

    def _save(self, number: str, post: Post) -> RemotePost:
        headline, body = self.printed(post)
        if self.portal.drops:
            body = body.replace(self.portal.drops, "")
        saved = RemotePost(
            id=number,
            url=f"https://sekolah.example/{number}",
            headline=headline,
            body_html=body,
            shown_at=post.shown_at,
            state=post.state,
        )
        self.portal.posts[number] = saved
        return saved
