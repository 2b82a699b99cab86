"""Rules approve representatives that nobody has decided about, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from aggregator import approval, review
from aggregator.approval import approve_by_rules, would_approve
from aggregator.approvalrules import load_approval_rules
from aggregator.config import Config
from aggregator.deskconfig import DeskConfig
from aggregator.errors import ConfigError
from aggregator.model import AttributedArticle, Flag, ReviewState
from aggregator.review import Act
from pipelines.relate import compare_all_pending
from pipelines.store import store
from storage import audit, reviews
from storage.database import Database
from storage.tables import ArticleRow
from tests.pipelines.builders import NOW
from tests.pipelines.stories import edited, story
from tests.pipelines.test_relate import _introduce, article

ADVERT = Flag(name="advertorial", rule="marks", found="adv")


def with_(found: AttributedArticle, **changes: Any) -> AttributedArticle:
    return replace(found, article=replace(found.article, **changes))


@pytest.fixture
def desk(database: Database) -> Database:
    """1 and 4: the ministry's; 2: its print elsewhere; 3: flagged; 5: of the press, on a topic."""
    _introduce(database)
    for one in (
        article(1, story(1), "dinas", hours=1),
        article(2, edited(story(1), 0.02), "contoh", hours=2),
        with_(article(3, story(3), "dinas"), flags=(ADVERT,)),
        article(4, story(4), "dinas"),
        with_(article(5, story(5), "contoh"), topics=("smk",)),
    ):
        store(database, one, cause="channel")
    compare_all_pending(database)
    return database


Rules = Callable[[str], Config]


@pytest.fixture
def rules(tmp_path: Path, desk: Database) -> Rules:
    def written(text: str) -> Config:
        path = tmp_path / "rules.toml"
        path.write_text(text, encoding="utf-8")
        url = desk.engine.url.render_as_string(hide_password=False)
        return Config(rules=path, database_url=url)

    return written


def approved(database: Database) -> dict[int, str]:
    with database.session() as session:
        found = reviews.of_articles(session, range(1, 10)).values()
    return {r.article_id: r.editor for r in found if r.state is ReviewState.APPROVED}


def test_what_the_government_publishes_is_approved_unless_it_is_flagged(desk: Database) -> None:
    assert approve_by_rules(desk, Config(), NOW) == 2
    assert approved(desk) == {1: "rule: kementerian", 4: "rule: kementerian"}
    with desk.session() as session:
        (entry,) = audit.latest(session, article_id=1)
    assert (entry.who, entry.action) == ("rule: kementerian", "approve")
    assert entry.detail["rule"] == "Siaran pemerintah tanpa tanda"


def test_what_a_person_decided_stays(desk: Database) -> None:
    with desk.session() as session:
        review.reject(session, "1", Act(by="Bu Ani", now=NOW), reason="sudah ada")
        review.hold(session, "4", Act(by="Bu Ani", now=NOW))
    assert approve_by_rules(desk, Config(), NOW) == 0
    assert approved(desk) == {}


def test_approving_again_changes_nothing(desk: Database) -> None:
    approve_by_rules(desk, Config(), NOW)
    assert approve_by_rules(desk, Config(), NOW) == 0


def test_it_is_switched_off(desk: Database) -> None:
    off = Config(desk=DeskConfig(auto_approve=False))
    assert approve_by_rules(desk, off, NOW) == 0
    with desk.session() as session:
        assert would_approve(session, off, 10) == ()


def test_a_bundled_rule_is_removed_by_an_empty_table(desk: Database, rules: Rules) -> None:
    assert approve_by_rules(desk, rules("[approve.kementerian]"), NOW) == 0


def test_a_school_adds_rules(desk: Database, rules: Rules) -> None:
    config = rules(
        """
        [approve.kementerian]
        [approve.smk]
        publisher = ["contoh", "lain"]
        topic = "smk"
        [approve.dinas]
        publisher = "dinas"
        despite = ["advertorial"]
        """
    )
    assert approve_by_rules(desk, config, NOW) == 4
    assert approved(desk) == {5: "rule: smk", 1: "rule: dinas", 3: "rule: dinas", 4: "rule: dinas"}


def test_what_would_be_approved_is_told_and_nothing_done(desk: Database) -> None:
    with desk.session() as session:
        found = would_approve(session, Config(), 10)
    assert {a.article.id: a.rule.name for a in found} == {1: "kementerian", 4: "kementerian"}
    assert approved(desk) == {}


def test_a_crawl_looks_back_a_little_and_the_command_at_everything(
    desk: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approval, "RECENT", 2)
    assert approve_by_rules(desk, Config(), NOW) == 1
    assert approve_by_rules(desk, Config(), NOW, everything=True) == 1


def test_more_than_a_batch_is_approved(desk: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(approval, "BATCH", 1)
    assert approve_by_rules(desk, Config(), NOW) == 2


def test_what_has_no_complete_source_is_left(desk: Database) -> None:
    with desk.session() as session:
        session.execute(update(ArticleRow).where(ArticleRow.id == 4).values(publishable=False))
    approve_by_rules(desk, Config(), NOW)
    assert set(approved(desk)) == {1}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("approve = 1", "approve"),
        ("[approve]\nx = 1", "approve.x"),
        ("[approve.x]\ntitle = 'X'", "approve.x"),
        ("[approve.x]\nbasis = 'semua'", "approve.x.basis"),
        ("[approve.x]\npublisher = 1", "approve.x.publisher"),
        ("[approve.x]\npublisher = 'a'\ndespite = 'b'", "approve.x.despite"),
        ("[approve.x]\npublisher = 'a'\nflags = []", "approve.x.flags"),
        ("[approve", "rules.toml"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, field: str) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_approval_rules(path)
    assert field in str(refused.value.fields["field"])
