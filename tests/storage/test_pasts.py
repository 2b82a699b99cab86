"""What an article was, whatever it became; who was read; when something was last taken out."""

from __future__ import annotations

from datetime import timedelta

from aggregator.model import RightsBasis
from pipelines.store import store
from storage import tombstones
from storage.database import Database
from storage.pasts import Past, pasts
from storage.publishers import all_publishers
from tests.pipelines.builders import NOW, attributed, body_of, publisher

URL = "https://contoh.example/berita/1/judul"


def stored(database: Database, **changes: object) -> int:
    outcome = store(database, attributed(**changes), cause="channel")
    assert outcome.article_id is not None
    return outcome.article_id


def found(database: Database, *ids: int) -> dict[int, Past]:
    with database.session() as session:
        return pasts(session, ids)


def test_an_article_that_never_changed(database: Database) -> None:
    number = stored(database, url=f"{URL}?utm_source=x", canonical_url=URL)
    assert found(database, number) == {number: Past(first_url=URL, revised_at=None)}


def test_the_first_address_outlives_a_change_of_address_and_text(database: Database) -> None:
    number = stored(database, external_id="k1", url=URL)
    for hours, body in ((1, "Ralat."), (2, "Ralat kedua.")):
        later = NOW + timedelta(hours=hours)
        again = {"url": f"{URL}-{hours}", "body_html": body_of(body), "fetched_at": later}
        assert stored(database, external_id="k1", **again) == number
    past = found(database, number)[number]
    assert past == Past(first_url=URL, revised_at=NOW + timedelta(hours=2))


def test_articles_have_pasts_of_their_own_and_unknown_ones_have_none(database: Database) -> None:
    first = stored(database, url=URL)
    second = stored(database, url=f"{URL}-2", body_html=body_of("Lain."))
    assert {n: past.first_url for n, past in found(database, first, second, 99).items()} == {
        first: URL,
        second: f"{URL}-2",
    }
    assert found(database) == {}


def test_publishers_by_name(database: Database) -> None:
    with database.session() as session:
        names = [about.name for about in all_publishers(session)]
        contoh = all_publishers(session)[0]
    assert names == ["contoh", "lain"]
    assert contoh == publisher(hosts=())
    assert contoh.rights_basis is RightsBasis.CURRENT_NEWS


def test_the_last_burial(database: Database) -> None:
    with database.session() as session:
        assert tombstones.last_burial(session) is None
        for hours in (2, 1):
            later = NOW + timedelta(hours=hours)
            tombstones.bury(session, "contoh", [f"k{hours}"], "diminta", later)
        assert tombstones.last_burial(session) == NOW + timedelta(hours=2)
