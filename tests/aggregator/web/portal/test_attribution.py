"""Whatever is stored, decided and configured: nothing leaves without its complete source."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aggregator.cli.text import Translator
from aggregator.config import Config
from aggregator.model import Credit, Dateline, Review, ReviewState, RightsBasis, Role
from aggregator.portalconfig import Approval, PortalConfig, Section
from aggregator.reuse import Reuse
from aggregator.web.app import create_app
from aggregator.webconfig import WebConfig
from pipelines.attribute import attribute
from pipelines.relate import compare_all_pending
from pipelines.store import store
from storage import channels, reviews, withdrawals
from storage.database import Database, open_database
from tests.aggregator.web.conftest import client
from tests.aggregator.web.portal.outputs import Marked, addresses, incomplete, said
from tests.pipelines.builders import NOW, body_of, normalised, publisher
from tests.pipelines.stories import story


@dataclass(frozen=True, kw_only=True)
class Drawn:
    basis: RightsBasis
    state: ReviewState
    edited: bool
    withdrawn: bool
    text: int
    """Articles with the same number are prints of one text."""
    credited: bool


DRAWN = st.builds(
    Drawn,
    basis=st.sampled_from(RightsBasis),
    state=st.sampled_from([*ReviewState, ReviewState.APPROVED, ReviewState.APPROVED]),
    edited=st.booleans(),
    withdrawn=st.sampled_from([False, False, False, True]),
    text=st.integers(1, 3),
    credited=st.booleans(),
)
PLACE = Dateline(
    mark=None,
    place="BALIKPAPAN",
    raw="BALIKPAPAN --",
    region="Kota Balikpapan",
    province="Kalimantan Timur",
)
PORTALS = st.builds(
    PortalConfig,
    approval=st.sampled_from(Approval),
    press_reuse=st.sampled_from(Reuse),
    sections=st.just((Section(name="kejuruan", title="Kejuruan", topics=("smk",)),)),
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(drawn=st.lists(DRAWN, min_size=1, max_size=5), portal=PORTALS)
def test_no_output_shows_an_article_without_its_source(
    migrated_file: Path, drawn: list[Drawn], portal: PortalConfig
) -> None:
    with TemporaryDirectory() as folder:
        path = shutil.copy(migrated_file, Path(folder) / "news.db")
        with closing(open_database(f"sqlite:///{path}", writable=True)) as database:
            articles = [fill(database, n, one) for n, one in enumerate(drawn, start=1)]
            compare_all_pending(database)
        config = Config(portal=portal, web=WebConfig(max_age=0, rate_limit=0))
        with closing(open_database(f"sqlite:///{path}")) as database:
            ask = client(create_app(config, database, Translator))
            found = {
                (output, article.id): missing
                for output in addresses(articles)
                for text in [said(ask, output)]
                for article in articles
                if (missing := incomplete(text, article))
            }
    assert found == {}


def fill(database: Database, number: int, drawn: Drawn) -> Marked:
    token = f"penanda{number}x"
    about = publisher(name=f"p{number}", title=f"Harian Nomor {number}", rights_basis=drawn.basis)
    article = normalised(
        publisher=about.name,
        url=f"https://contoh.example/berita/{number}/judul?a=1&b={number}",
        headline=f"Kata {token} “dikutip” & ‘lain’",
        topics=("smk",),
        dateline=PLACE,
        credits=(Credit(name=f"Nama {number}", role=Role.REPORTER),) if drawn.credited else (),
        body_html=body_of(f"Isi {token} kata.", story(drawn.text)),
    )
    found = attribute(article, about)
    with database.session() as session:
        channels.ensure(session, about, ())
    outcome = store(database, found, cause="channel")
    assert outcome.article_id == number
    with database.session() as session:
        if drawn.state is not ReviewState.NEW:
            reviews.decide(session, review(number, drawn, token), action="test")
        if drawn.withdrawn:
            withdrawals.withdraw(session, number, at=NOW + timedelta(days=1), reason="dicabut")
    return Marked(id=number, token=token, attribution=found.attribution)


def review(number: int, drawn: Drawn, token: str) -> Review:
    return Review(
        article_id=number,
        state=drawn.state,
        decided_at=NOW,
        editor="Bu Ani",
        revision=1,
        reason="karena",
        headline=f"Judul redaksi {token}" if drawn.edited else None,
        excerpt=f"Kutipan redaksi {token}" if drawn.edited else None,
    )


def test_the_check_notices_what_is_missing() -> None:
    about = publisher()
    article = attribute(normalised(headline="penanda1x"), about)
    marked = Marked(id=1, token="penanda1x", attribution=article.attribution)
    line = article.attribution.credit_line
    assert incomplete(f"<p>{line}</p>", marked) == []
    assert incomplete("<h1>penanda1x</h1>", marked) == ["credit line", "publisher", "link"]
    assert incomplete(f"<h1>penanda1x</h1> Harian Contoh {marked.attribution.url}", marked) == [
        "credit line"
    ]
    assert incomplete("apa saja", marked) == []
