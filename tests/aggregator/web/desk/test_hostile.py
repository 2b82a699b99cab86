"""An article is written by somebody else: nothing in it may act in an editor's browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from sqlalchemy import insert, update

from aggregator.config import Config
from aggregator.duplicates import Signed
from aggregator.duplicates import split as split_off
from aggregator.model import AuditEntry, PortalState, Review, ReviewState, Stop
from aggregator.publishconfig import PublishConfig
from storage import audit, publications, reviews
from storage.database import Database
from storage.tables import (
    ArticleRow,
    ChannelRow,
    CreditRow,
    FlagRow,
    PublisherRow,
    RevisionRow,
    TagRow,
    TopicRow,
    WithdrawalRow,
)
from tests.aggregator.publish.builders import portal as portal_config
from tests.aggregator.publish.test_decide import SENT
from tests.aggregator.web.desk.browser import Browser
from tests.aggregator.web.desk.payloads import PAYLOADS
from tests.pipelines.builders import NOW

OURS = frozenset(
    """html head meta title link script body a header p span nav ul li form input button main h1 h2
    h3 label select option ol details summary section div textarea datalist dl dt dd del ins q table
    thead tbody tr th td strong article br figure figcaption svg rect line text""".split()
)
"""Every element that a template of the desk has."""

TEXTS = (
    *("headline", "summary", "excerpt", "body", "body_html", "byline", "dateline_mark"),
    *("dateline_place", "dateline_raw", "source_raw", "agency", "stated_publisher", "section"),
    *("image_url", "image_caption", "image_credit", "correction_text", "original_url"),
    *("attribution_url", "external_id"),
)


def poison(database: Database, payload: str) -> None:
    """Write it wherever a page, a publisher or an editor can."""
    with database.session() as session:
        texts: dict[str, Any] = dict.fromkeys(TEXTS, payload)
        texts |= {
            "publisher_title": payload,
            "credit_line": f"{payload} {payload}",
            "correction_kind": "ralat",
        }
        session.execute(update(ArticleRow).where(ArticleRow.id == 1).values(**texts))
        session.execute(update(CreditRow).values(name=payload))
        session.execute(update(TagRow).values(tag=payload))
        session.execute(update(TopicRow).values(topic=payload[:64]))
        session.execute(update(FlagRow).values(name=payload[:64], found=payload))
        session.execute(update(PublisherRow).values(title=payload))
        session.execute(update(ChannelRow).values(url=payload))
        later = {"headline": payload, "body": f"{payload} dan {payload}", "credit_line": payload}
        session.execute(
            update(RevisionRow).where(RevisionRow.number == 2).values(**later, credits=[])
        )
        session.execute(update(WithdrawalRow).values(reason=payload, withdrawn_by=payload))
        review = Review(
            article_id=1,
            state=ReviewState.APPROVED,
            decided_at=NOW,
            editor=payload,
            revision=1,
            reason=payload,
            headline=payload,
            excerpt=payload,
            section=payload[:64],
        )
        reviews.decide(session, review, action=payload[:64])
        held = replace(
            SENT,
            article_id=1,
            stop=Stop.DEAD,
            remote_url=payload,
            last_error=payload,
            changed_at=NOW,
        )
        publications.save(session, held)
        publications.save_portal_state(
            session, PortalState(name="sekolah", failing_since=NOW, detail=payload)
        )
        entry = AuditEntry(at=NOW, who=payload, action="edit", detail={payload: {payload: payload}})
        audit.write(session, entry)


@pytest.fixture
def app(app_as: Callable[..., Any]) -> Any:
    return app_as(publish=PublishConfig(portals=(portal_config(),)))


@pytest.fixture
def poisoned(filled: Database) -> Database:
    """Rows in which payloads are written one after the other."""
    with filled.session() as session:
        session.execute(insert(CreditRow).values(article_id=1, position=0, name="x", role="editor"))
        session.execute(insert(TagRow).values(article_id=1, position=0, tag="x"))
        session.execute(insert(TopicRow).values(article_id=1, position=0, topic="x"))
        session.execute(insert(FlagRow).values(article_id=1, name="x", rule="x", found="x"))
        session.execute(
            insert(ChannelRow).values(publisher="contoh", name="<b>rss", kind="feed", url="x")
        )
        session.execute(update(ArticleRow).where(ArticleRow.id == 1).values(revision=2))
        session.execute(
            insert(RevisionRow).values(
                article_id=1,
                number=2,
                seen_at=NOW,
                cause="channel",
                headline="x",
                body="x",
                body_html="x",
                credits=[],
                credit_line="x",
                changed=["headline"],
                correction_kind="ralat",
                correction_text="x",
            )
        )
        session.execute(
            insert(WithdrawalRow).values(
                publisher="lain",
                article_id=2,
                url="x",
                withdrawn_at=NOW,
                reason="x",
                withdrawn_by="x",
                by_hand=True,
            )
        )
    url = filled.engine.url.render_as_string(hide_password=False)
    signed = Signed(by="<b>x", reason="<img src=x onerror=alert(1)>", now=NOW)
    split_off(Config(database_url=url), "1", signed)
    return filled


PAGES = (
    "/meja/?tray=changed",
    "/meja/artikel/1",
    "/meja/artikel/2",
    "/meja/terbitan",
    "/meja/catatan",
    "/meja/kesehatan",
)


def acts(page: str, text: str) -> list[str]:
    """What in a page would be run, loaded from elsewhere, or is none of our elements."""
    found = []
    document = html.fromstring(text)
    for element in document.iter():
        if not isinstance(element.tag, str):
            found.append(f"{page}: a comment or instruction")
            continue
        if element.tag not in OURS:
            found.append(f"{page}: <{element.tag}>")
        if element.tag == "script" and not element.get("src", "").startswith("/meja/berkas/"):
            found.append(f"{page}: a script")
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "srcset"):
                found.append(f"{page}: {name}")
            if name in ("href", "src", "action", "formaction") and not value.startswith(
                ("/meja/", "#", "https://", "http://")
            ):
                found.append(f"{page}: {name}={value}")
    return found


def test_nothing_of_an_article_acts(admin: Browser, poisoned: Database) -> None:
    assert len(PAYLOADS) >= 200
    found = []
    for number, payload in enumerate(PAYLOADS):
        poison(poisoned, payload)
        # Every payload on the article's own page, the others in turn: a page takes its time.
        for page in ("/meja/artikel/1", PAGES[number % len(PAGES)]):
            answer = admin.get(page)
            assert answer.status_code == 200, (page, payload, answer.text)
            found += [f"{payload!r} on {what}" for what in acts(page, answer.text)]
    assert found == []


def test_a_payload_is_shown_as_it_was_written(admin: Browser, poisoned: Database) -> None:
    payload = "<script>alert(1)</script>{{ 7*7 }}"
    poison(poisoned, payload)
    said = html.fromstring(admin.get("/meja/artikel/1").content).text_content()
    assert payload in said


def test_what_acts_is_seen_by_this_test() -> None:
    hostile = '<p onclick="x"><a href="javascript:x">x</a><img src="//x"><script>x</script></p>'
    assert len(acts("x", hostile)) == 5


@pytest.mark.parametrize("payload", PAYLOADS[::25])
def test_what_an_address_says_does_not_act(admin: Browser, payload: str) -> None:
    for path in ("/meja/", "/meja/masuk", "/meja/catatan", "/meja/artikel/1"):
        for name in ("done", "next", "tray", "publisher", "topic", "flag", "article", "cursor"):
            guest = Browser(admin.app)
            for browser in (admin, guest):
                answer = browser.get(path, params={name: payload})
                if answer.content:
                    assert acts(path, answer.text) == []
