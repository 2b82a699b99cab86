"""An outbox over a database of each kind, and a portal in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from aggregator.model import Publication, Review, ReviewState, RightsBasis
from aggregator.publish.jobs import Terms
from aggregator.publish.outbox import Delivered, Outcome, publish
from pipelines.attribute import attribute
from pipelines.store import store
from storage import channels, publications, reviews, withdrawals
from storage.database import Database
from tests.aggregator.publish.builders import NOW, settings
from tests.aggregator.publish.fakeport import FakePort, FakePortal
from tests.pipelines.builders import body_of, normalised, publisher


class School:
    """The school's side: its database, its editor, its clock."""

    def __init__(self, database: Database, portal: FakePortal) -> None:
        self.database, self.portal = database, portal
        self.now = NOW
        self.terms = Terms(composing=settings(), approval=True)
        self.told: list[Delivered] = []

    def put(self, number: int = 1, text: str = "Isi pertama.", **changes: Any) -> int:
        """Store an article, or a new text of one."""
        about = publisher(rights_basis=changes.pop("basis", RightsBasis.GOVERNMENT))
        with self.database.session() as session:
            channels.ensure(session, about, ())
        own: dict[str, Any] = {
            "url": f"https://contoh.example/berita/{number}/judul",
            "headline": f"Judul Berita {number}",
            "body_html": body_of(f"{text} Berita nomor {number}."),
            "fetched_at": self.now,
        }
        found = attribute(normalised(**{**own, **changes}), about)
        outcome = store(self.database, found, cause="channel")
        assert outcome.article_id is not None
        return outcome.article_id

    def decide(self, article_id: int, **changes: Any) -> None:
        known: dict[str, Any] = {
            "article_id": article_id,
            "state": ReviewState.APPROVED,
            "decided_at": self.now,
            "editor": "Bu Rina",
            "revision": 1,
        }
        with self.database.session() as session:
            reviews.decide(session, Review(**{**known, **changes}), action="review")

    def approved(self, number: int = 1, **changes: Any) -> int:
        article_id = self.put(number, **changes)
        self.decide(article_id)
        return article_id

    def withdraw(self, article_id: int, **changes: Any) -> None:
        known: dict[str, Any] = {"at": self.now, "reason": "Nama anak disebut", "by": "publisher"}
        with self.database.session() as session:
            withdrawals.withdraw(session, article_id, **{**known, **changes})

    def publish(
        self, *, patient: bool = False, only: int | None = None, wait: float = 0
    ) -> Outcome:
        return publish(
            self.database,
            self.terms,
            lambda: FakePort(self.portal),
            self.told.append,
            lambda: self.now,
            patient=patient,
            only=only,
            wait=wait,
        )

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def held(self, article_id: int = 1) -> Publication:
        with self.database.session() as session:
            found = publications.get(session, "sekolah", article_id)
        assert found is not None
        return found

    def set_terms(self, **changes: Any) -> None:
        self.terms = replace(self.terms, **changes)


@pytest.fixture
def portal() -> FakePortal:
    return FakePortal()


@pytest.fixture
def school(database: Database, portal: FakePortal) -> School:
    return School(database, portal)
