"""What an editor does at the desk, by plain forms as a browser without scripts sends them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from aggregator.duplicates import explain
from aggregator.model import (
    BY_RULE,
    AuditEntry,
    Channel,
    ChannelKind,
    ChannelPace,
    ChannelRecord,
    ChannelStatus,
    EndState,
    Fetch,
    Flag,
    ReviewState,
    RunStatus,
)
from aggregator.query import get_article
from aggregator.webconfig import WebConfig
from storage import (
    audit,
    channels,
    clusters,
    pace,
    polls,
    reviews,
    runs,
    users,
    wishes,
    withdrawals,
)
from storage.database import Database
from tests.aggregator.test_approval import with_
from tests.aggregator.web.desk.browser import ADMIN, EDITOR, Browser, forms, text_of
from tests.aggregator.web.desk.conftest import Put, Watch
from tests.pipelines.builders import NOW, publisher
from tests.pipelines.stories import story
from tests.pipelines.test_relate import article


def press(browser: Browser, page: str, action: str, **fields: str) -> httpx.Response:
    """Fill in the form of a page that has a button for ``action``, and send it as it is shown."""
    for form in forms(browser.get(page)):
        buttons = form.xpath(".//button")
        for button in buttons:
            if (button.get("formaction") or form.action).endswith(action):
                sent = {k: v for k, v in form.form_values() if v is not None}
                unknown = set(fields) - set(form.fields) - {b.get("name") for b in buttons}
                assert not unknown, unknown
                return browser.post(button.get("formaction") or form.action, {**sent, **fields})
    raise AssertionError(f"{page} has no form for {action}")


def held(database: Database, key: int) -> Any:
    with database.session() as session:
        return reviews.of_articles(session, [key]).get(key)


def newest(database: Database) -> Any:
    with database.session() as session:
        return audit.latest(session, limit=1)[0]


# --- the queue ------------------------------------------------------------------------------------


def test_the_queue_shows_what_a_decision_needs(
    editor: Browser, filled: Database, put_all: Put
) -> None:
    flag = Flag(name="answer-key", rule="headline", found="kunci jawaban")
    put_all(with_(article(4, story(4), "dinas"), flags=(flag,), topics=("smk",)))
    said = text_of(editor.get("/meja/"))
    assert "Siswa Merakit Robot" in said
    assert "Robot Buatan Siswa" not in said  # 1 stands for 2
    assert "1 terbitan lain" in said
    assert "Pemerintah, Pasal 43 b: teks utuh" in said
    assert "Berita aktual, Pasal 43 c: kutipan dan tautan" in said
    assert "Kunci jawaban" in said
    assert "SMK dan pendidikan vokasi" in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("publisher=dinas", {"Dinas Membuka Pendaftaran"}),
        ("publisher=contoh", {"Siswa Merakit Robot"}),
        ("basis=pemerintah_43b", {"Dinas Membuka Pendaftaran"}),
        ("flag=none", {"Dinas Membuka Pendaftaran", "Siswa Merakit Robot"}),
        ("flag=advertorial", set()),
        ("topic=smk", set()),
        ("tray=held", set()),
    ],
)
def test_the_queue_is_filtered(editor: Browser, query: str, shown: set[str]) -> None:
    said = text_of(editor.get(f"/meja/?{query}"))
    every = {"Dinas Membuka Pendaftaran", "Siswa Merakit Robot"}
    assert {headline for headline in every if headline in said} == shown


@pytest.mark.parametrize(
    "query", ["tray=semua", "basis=semua", "cursor=abc", "cursor=99999999999", "publisher=%00"]
)
def test_a_filter_that_is_none_is_refused_or_finds_nothing(editor: Browser, query: str) -> None:
    assert editor.get(f"/meja/?{query}").status_code in (200, 422)


def test_a_decision_is_one_press(editor: Browser, filled: Database) -> None:
    answer = press(editor, "/meja/?tray=new&flag=none", "/artikel/1/setujui")
    assert answer.headers["location"] == "/meja/?tray=new&flag=none&done=approve"
    assert "Disetujui." in text_of(editor.get(answer.headers["location"]))
    found = held(filled, 1)
    assert (found.state, found.editor) == (ReviewState.APPROVED, EDITOR)
    press(editor, "/meja/", "/artikel/3/tahan")
    assert held(filled, 3).state is ReviewState.HELD
    press(editor, "/meja/?tray=held", "/artikel/3/buka")
    assert held(filled, 3) is None
    press(editor, "/meja/", "/artikel/3/tolak", reason="sudah lewat")
    assert (held(filled, 3).state, held(filled, 3).reason) == (ReviewState.REJECTED, "sudah lewat")
    assert newest(filled).who == EDITOR


def test_a_rejection_without_a_reason_is_refused_in_words(
    editor: Browser, filled: Database
) -> None:
    answer = press(editor, "/meja/", "/artikel/3/tolak", reason=" ")
    assert answer.status_code == 422
    assert "keputusan memerlukan alasan" in text_of(answer)
    assert held(filled, 3) is None


def test_what_changed_since_it_was_shown_is_not_decided_about(
    editor: Browser, filled: Database, put_all: Put
) -> None:
    (form, *_) = [f for f in forms(editor.get("/meja/")) if f.action.endswith("/3/setujui")]
    put_all(article(3, story(3), "dinas", hours=3, headline="Ralat: Pendaftaran Ditutup"))
    answer = editor.post(form.action, dict(form.form_values()))
    assert answer.status_code == 409
    assert "berubah sementara itu" in text_of(answer)
    assert held(filled, 3) is None


def test_a_corrected_article_comes_back_with_its_difference(
    editor: Browser, filled: Database, put_all: Put
) -> None:
    press(editor, "/meja/", "/artikel/3/setujui")
    put_all(article(3, story(3), "dinas", hours=3, headline="Dinas Menutup Pendaftaran"))
    assert "Setujui lagi" in text_of(editor.get("/meja/?tray=changed"))
    page = editor.get("/meja/artikel/3").text
    assert "Yang berubah sejak disetujui" in page
    assert "<del>Membuka </del>" in page
    assert "<ins>Menutup </ins>" in page
    press(editor, "/meja/?tray=changed", "/artikel/3/setujui")
    assert held(filled, 3).revision == 2
    assert "Tidak ada artikel disetujui yang diralat" in text_of(editor.get("/meja/?tray=changed"))


def test_every_revision_is_shown_as_its_difference(editor: Browser, put_all: Put) -> None:
    for headline in ("Dinas Menutup Pendaftaran", "Dinas Menunda Pendaftaran"):
        put_all(article(3, story(3), "dinas", hours=3, headline=headline))
    page = editor.get("/meja/artikel/3")
    assert "Yang berubah sejak disetujui" not in text_of(page)
    (revisions,) = _links(page, "revisions")
    shown = [
        ["".join(part.itertext()).strip() for part in one.xpath(".//del | .//ins")]
        for one in revisions.findall("li")
    ]
    assert shown == [["Menutup", "Menunda"], ["Membuka", "Menutup"], []]


def test_pages_of_the_queue_follow_each_other(editor: Browser, put_all: Put) -> None:
    put_all(*(article(n, story(n), "dinas", headline=f"Berita {n}") for n in range(10, 32)))
    first = editor.get("/meja/?publisher=dinas")
    (following,) = [a.get("href") for a in _links(first, "more")]
    second = editor.get(following)
    for n in range(10, 32):
        assert (f"Berita {n} " in text_of(first)) != (f"Berita {n} " in text_of(second))


def _links(answer: httpx.Response, name: str) -> list[Any]:
    from lxml import html

    found: list[Any] = html.fromstring(answer.content).find_class(name)
    return found


# --- an article -----------------------------------------------------------------------------------


def test_the_publishers_words_stay_beside_the_editors(editor: Browser, filled: Database) -> None:
    press(
        editor,
        "/meja/artikel/1",
        "/artikel/1/sunting",
        headline="Robot dari Balikpapan",
        excerpt="Kutipan kami",
        section="Prestasi",
        publish_at="2026-08-03T07:00",
    )
    found = held(filled, 1)
    assert (found.headline, found.excerpt) == ("Robot dari Balikpapan", "Kutipan kami")
    assert (found.section, found.state) == ("Prestasi", ReviewState.HELD)
    assert found.publish_at.isoformat() == "2026-08-02T23:00:00+00:00"
    said = text_of(editor.get("/meja/artikel/1"))
    assert "Siswa Merakit Robot" in said
    assert "Robot dari Balikpapan" in said
    with filled.session() as session:
        assert get_article(session, "1").attribution.credit_line in said
    assert "Prestasi" in editor.get("/meja/artikel/3").text  # is offered from now on


def test_saving_and_approving_is_one_form(editor: Browser, filled: Database) -> None:
    press(editor, "/meja/artikel/1", "/artikel/1/sunting", headline="Robot", then="approve")
    assert (held(filled, 1).state, held(filled, 1).headline) == (ReviewState.APPROVED, "Robot")


def test_what_was_not_changed_is_no_act(editor: Browser, filled: Database) -> None:
    before = newest(filled)
    press(editor, "/meja/artikel/1", "/artikel/1/sunting")
    assert newest(filled) == before
    press(editor, "/meja/artikel/1", "/artikel/1/sunting", section="Prestasi")
    assert newest(filled).action == "section"


@pytest.mark.parametrize("moment", ["besok", "2026-13-01T00:00", "2026-08-03", "2026-08-03T07:00Z"])
def test_a_time_that_is_none_changes_nothing(
    editor: Browser, filled: Database, moment: str
) -> None:
    fields = {"headline": "Robot", "publish_at": moment}
    answer = press(editor, "/meja/artikel/1", "/artikel/1/sunting", **fields)
    assert answer.status_code == 422
    assert held(filled, 1) is None


def test_an_article_is_withdrawn_and_brought_back(editor: Browser, filled: Database) -> None:
    press(editor, "/meja/artikel/1", "/artikel/1/cabut", reason="diminta narasumber")
    with filled.session() as session:
        withdrawal = get_article(session, "1").holding.withdrawn
        assert withdrawal is not None
        assert (withdrawal.by, withdrawal.reason) == (EDITOR, "diminta narasumber")
        # The other print of its text stands for itself from now on.
        assert clusters.clusters_of(session, [1]) == ()
    assert (newest(filled).action, newest(filled).article_id) == ("withdraw", 1)
    said = text_of(editor.get("/meja/artikel/1"))
    assert "diminta narasumber" in said
    assert editor.send("/meja/artikel/1/setujui").status_code == 410
    press(editor, "/meja/artikel/1", "/artikel/1/pulihkan", reason="keliru")
    with filled.session() as session:
        assert withdrawals.current(session, 1) is None
    assert newest(filled).action == "withdraw undo"


def test_what_is_decided_is_seen_at_once(
    app_as: Callable[..., Any], filled: Database, pushed: list[int]
) -> None:
    app = app_as(web=WebConfig(rate_limit=0, max_age=3600))
    editor, reader = Browser(app), Browser(app)
    editor.sign_in()
    press(editor, "/meja/", "/artikel/3/setujui")
    places = ("/", "/api/v1/articles", "/feed.rss")
    assert all("Dinas Membuka Pendaftaran" in reader.get(place).text for place in places)
    press(editor, "/meja/artikel/3", "/artikel/3/cabut", reason="diminta narasumber")
    assert not any("Dinas Membuka Pendaftaran" in reader.get(place).text for place in places)


def test_a_withdrawal_is_brought_to_the_portals_at_once(
    editor: Browser, filled: Database, pushed: list[int]
) -> None:
    press(editor, "/meja/artikel/3", "/artikel/3/cabut", reason="")
    press(editor, "/meja/artikel/3", "/artikel/3/setujui")
    assert pushed == []
    press(editor, "/meja/artikel/3", "/artikel/3/cabut", reason="diminta narasumber")
    assert pushed == [3]
    press(editor, "/meja/artikel/3", "/artikel/3/pulihkan", reason="keliru")
    assert pushed == [3, 3]


def test_a_withdrawal_needs_a_reason(editor: Browser, filled: Database) -> None:
    assert press(editor, "/meja/artikel/1", "/artikel/1/cabut", reason="").status_code == 422
    with filled.session() as session:
        assert withdrawals.current(session, 1) is None


def test_an_approved_article_that_its_publisher_withdrew_is_followed(
    editor: Browser, filled: Database
) -> None:
    press(editor, "/meja/", "/artikel/3/setujui")
    with filled.session() as session:
        withdrawals.withdraw(session, 3, at=NOW, reason="says that it was withdrawn")
    said = text_of(editor.get("/meja/?tray=withdrawn"))
    assert "Dinas Membuka Pendaftaran" in said
    assert "Dicabut 01/08/2026 11:00" in said


def test_duplicates_are_joined_separated_and_let_be(editor: Browser, filled: Database) -> None:
    assert "Robot Buatan Siswa Harian Lain ·" in text_of(editor.get("/meja/artikel/1"))
    press(editor, "/meja/artikel/1", "/artikel/1/pisah", reason="sekolah lain")
    assert "Tidak ada artikel lain" in text_of(editor.get("/meja/artikel/1"))
    assert newest(filled).action == "split"
    press(editor, "/meja/artikel/1", "/putusan/1/batal", reason="keliru")
    assert "Robot Buatan Siswa" in text_of(editor.get("/meja/artikel/1"))
    answer = press(editor, "/meja/artikel/1", "/artikel/1/gabung", other="3", reason="satu acara")
    assert answer.headers["location"].endswith("done=merge")
    assert "Dinas Membuka Pendaftaran" in text_of(editor.get("/meja/artikel/1"))


def test_only_a_decision_that_is_shown_with_the_article_is_undone(
    editor: Browser, filled: Database
) -> None:
    press(editor, "/meja/artikel/1", "/artikel/1/pisah", reason="sekolah lain")
    for address in ("/meja/artikel/3/putusan/1/batal", "/meja/artikel/1/putusan/99/batal"):
        assert editor.send(address, reason="keliru").status_code == 422
    with filled.session() as session:
        (decision,) = explain(session, "1").decisions
    assert decision.undone_at is None


@pytest.mark.parametrize(("other", "status"), [("1", 422), ("99", 404), ("bukan-alamat", 404)])
def test_an_article_is_joined_with_another(editor: Browser, other: str, status: int) -> None:
    fields = {"other": other, "reason": "sama"}
    answer = press(editor, "/meja/artikel/1", "/artikel/1/gabung", **fields)
    assert answer.status_code == status


@pytest.mark.parametrize("number", ["99", "2147483648", "99999999999999999999"])
def test_an_article_that_is_not_there(editor: Browser, number: str) -> None:
    assert editor.get(f"/meja/artikel/{number}").status_code == 404
    for word in ("setujui", "tahan", "buka", "sunting"):
        assert editor.send(f"/meja/artikel/{number}/{word}").status_code == 404
    for word in ("tolak", "cabut", "pulihkan", "pisah"):
        answer = editor.send(f"/meja/artikel/{number}/{word}", reason="x")
        assert answer.status_code == 404
    assert editor.get("/meja/artikel/x").status_code == 404


def test_everything_done_is_in_the_log(editor: Browser) -> None:
    press(editor, "/meja/", "/artikel/1/tahan")
    said = text_of(editor.get("/meja/catatan"))
    assert f"{EDITOR} ditahan 1" in said
    assert "masuk" in said
    of_article = text_of(editor.get("/meja/catatan?article=1"))
    assert f"{EDITOR} ditahan 1" in of_article
    assert "mendaftarkan" not in of_article
    assert editor.get("/meja/catatan?article=x").status_code == 422


# --- health ---------------------------------------------------------------------------------------


@pytest.fixture
def crawled(filled: Database) -> Database:
    channel = Channel(
        publisher="contoh", name="rss", kind=ChannelKind.FEED, url="https://contoh.example/rss"
    )
    with filled.session() as session:
        channels.ensure(session, publisher(), (channel,))
        run = runs.start_run(session, "live", NOW - timedelta(hours=1), ["contoh"])
        runs.finish_run(session, run, NOW, RunStatus.FINISHED)
        polled = ChannelPace(attempted_at=NOW, succeeded_at=NOW, listed=15, fresh=3)
        pace.save_pace(session, "contoh", "rss", polled)
    return filled


def test_health_says_what_check_says(editor: Browser, crawled: Database) -> None:
    answer = editor.get("/meja/kesehatan")
    assert answer.status_code == 200
    said = text_of(answer)
    assert "Kesehatan" in said
    assert "Harian Contoh · rss" in said
    assert "selesai" in said
    assert 'href="/meja/kesehatan" aria-current="page"' in answer.text


def test_health_of_an_empty_database_is_no_error(editor: Browser) -> None:
    said = text_of(editor.get("/meja/kesehatan"))
    assert "belum ada perayapan yang selesai" in said


def test_a_chart_without_anything_in_it_says_so(
    browser: Browser, crawled: Database, watch: Watch
) -> None:
    watch.forward(timedelta(days=60))
    browser.sign_in()
    answer = browser.get("/meja/kesehatan")
    assert "Tidak ada artikel dalam 14 hari terakhir." in text_of(answer)
    assert not _links(answer, "columns")


def test_charts_have_a_table_that_says_the_same(
    editor: Browser, crawled: Database, put_all: Put
) -> None:
    put_all(article(9, story(9), hours=20 * 24 - 24))
    answer = editor.get("/meja/kesehatan")
    (chart,) = _links(answer, "columns")
    assert chart.get("role") == "img"
    assert "Artikel per hari dan penerbit" in chart.get("aria-label")
    assert chart.xpath(".//rect")
    (row,) = [r for r in answer.text.split("<tr>") if ">31/7<" in r and "scope" in r]
    assert "<td>1</td>" in row


def test_freshness_and_refusals_are_drawn_beside_their_numbers(
    browser: Browser, crawled: Database, watch: Watch
) -> None:
    ends = [EndState.BLOCKED, EndState.STORED, EndState.STORED, EndState.STORED]
    with crawled.session() as session:
        run = runs.start_run(session, "live", NOW, ["contoh"])
        polled = ChannelRecord(
            publisher="contoh", channel="rss", status=ChannelStatus.OK, polled_at=NOW, entries=4
        )
        polls.record(session, run, [polled])
        fetches = [
            Fetch(
                publisher="contoh",
                channel="rss",
                url=f"https://contoh.example/{n}",
                key=str(n),
                state=state,
                ended_at=NOW,
            )
            for n, state in enumerate(ends)
        ]
        runs.record_fetches(session, run, fetches)
        runs.finish_run(session, run, NOW, RunStatus.FINISHED)
    watch.forward(timedelta(hours=12))
    browser.sign_in()
    page = browser.get("/meja/kesehatan")
    drawn = {
        figure.find("figcaption").get("id"): (
            figure.xpath(".//rect[@class='s0']/@width"),
            figure.xpath("normalize-space(.//td)"),
        )
        for figure in _links(page, "bars-of")
    }
    assert drawn == {"segar": (["25.0"], "12 jam lalu"), "diblokir": (["25.0"], "25%")}


def test_a_channel_is_paused_resumed_and_asked_for(editor: Browser, crawled: Database) -> None:
    key = ("contoh", "rss")
    press(editor, "/meja/kesehatan", "/kanal/contoh/rss/jeda")
    with crawled.session() as session:
        assert wishes.wishes(session)[key].paused_by == EDITOR
    assert f"dijeda oleh {EDITOR}" in text_of(editor.get("/meja/kesehatan"))
    press(editor, "/meja/kesehatan", "/kanal/contoh/rss/lanjut")
    press(editor, "/meja/kesehatan", "/kanal/contoh/rss/baca")
    with crawled.session() as session:
        found = wishes.wishes(session)[key]
    assert (found.paused_at, found.asked_by, found.asked_at) == (None, EDITOR, NOW)
    assert newest(crawled).action == "channel ask"
    assert editor.send("/meja/kanal/contoh/lain/jeda").status_code == 404


# --- people ---------------------------------------------------------------------------------------


def test_an_administrator_lets_people_in_and_keeps_them_out(
    admin: Browser, app: Any, filled: Database
) -> None:
    fields = {"name": "Pak Budi", "password": "kunci-baru-sekali", "role": "editor"}
    assert press(admin, "/meja/pengguna", "/pengguna", **fields).status_code == 303
    budi = Browser(app)
    assert budi.sign_in("Pak Budi", "kunci-baru-sekali").status_code == 303
    press(admin, "/meja/pengguna", "/pengguna/Pak%20Budi/peran", role="admin")
    assert budi.get("/meja/pengguna").status_code == 200
    press(admin, "/meja/pengguna", "/pengguna/Pak%20Budi/nonaktif")
    assert budi.get("/meja/").status_code == 303
    press(admin, "/meja/pengguna", "/pengguna/Pak%20Budi/aktif")
    press(admin, "/meja/pengguna", "/pengguna/Pak%20Budi/sandi", password="lagi-kunci-baru")
    assert budi.sign_in("Pak Budi", "lagi-kunci-baru").status_code == 303
    with filled.session() as session:
        logged = [e for e in audit.latest(session) if e.action.startswith("user")]
    assert {entry.who for entry in logged[:5]} == {ADMIN}
    assert "kunci" not in str([entry.detail for entry in logged])


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Bu Ani", "password": "kunci-baru-sekali", "role": "editor"},
        {"name": "Pak Budi", "password": "pendek", "role": "editor"},
        {"name": "Pak Budi", "password": "kunci-baru-sekali", "role": "kepala"},
        {"name": "<script>", "password": "kunci-baru-sekali", "role": "editor"},
    ],
)
def test_who_cannot_be_let_in_is_refused(
    admin: Browser, filled: Database, fields: dict[str, str]
) -> None:
    assert admin.send("/meja/pengguna", **fields).status_code == 422
    with filled.session() as session:
        assert len(users.everybody(session)) == 2


def test_an_administrator_cannot_lock_everybody_out(admin: Browser) -> None:
    assert admin.send("/meja/pengguna/Kepala/nonaktif").status_code == 422
    assert admin.send("/meja/pengguna/Kepala/peran", role="editor").status_code == 422
    assert admin.send("/meja/pengguna/Siapa/nonaktif").status_code == 404


def test_everybody_changes_their_own_password(editor: Browser, app: Any) -> None:
    new = "kunci-baru-sekali"
    wrong = {"old": "jeruk-nipis-7-botol", "password": new, "again": "lain-sama-sekali"}
    assert press(editor, "/meja/sandi", "/sandi", **wrong).status_code == 422
    other = Browser(app)
    other.sign_in()
    answer = press(editor, "/meja/sandi", "/sandi", **{**wrong, "again": new})
    assert answer.headers["location"] == "/meja/masuk?done=password"
    # Everywhere else one is signed out as well.
    assert other.get("/meja/").status_code == 303
    assert editor.sign_in(password=new).status_code == 303


# --- language, and a database that says no --------------------------------------------------------


def test_the_desk_speaks_english_where_the_school_does(app_as: Callable[..., Any]) -> None:
    english = Browser(app_as(language="en", school="Our School"))
    english.sign_in()
    page = english.get("/meja/")
    assert 'lang="en"' in page.text
    said = text_of(page)
    assert "Approve" in said
    assert "Our School" in said


def test_a_database_that_is_away_is_said_without_its_address(
    editor: Browser, filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aggregator.errors import StorageError
    from aggregator.web.desk import queue

    def away(*_: object, **__: object) -> None:
        raise StorageError("postgresql://rahasia@server/db", "gone")

    monkeypatch.setattr(queue, "listed", away)
    answer = editor.get("/meja/")
    assert answer.status_code == 503
    assert "rahasia" not in answer.text


def test_a_mistake_of_ours_shows_nothing_of_it(
    editor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from aggregator.web.desk import queue

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr(queue, "listed", broken)
    answer = editor.get("/meja/")
    assert answer.status_code == 500
    assert "rahasia" not in answer.text


def test_the_log_says_what_an_act_changed(editor: Browser) -> None:
    press(editor, "/meja/artikel/1", "/artikel/1/sunting", headline="Robot", section="Prestasi")
    press(editor, "/meja/artikel/1", "/artikel/1/setujui")
    rows = editor.get("/meja/catatan?article=1").text.split('<li class="entry">')[1:]
    assert [row.count("<dt>") for row in rows] == [0, 1, 1]
    assert "<dd>Prestasi</dd>" in rows[1]
    assert "<dd>Robot</dd>" in rows[2]


def test_the_log_names_the_rule_that_approved(editor: Browser, filled: Database) -> None:
    with filled.session() as session:
        entry = AuditEntry(at=NOW, who=f"{BY_RULE}kementerian", action="approve", article_id=3)
        audit.write(session, entry)
    assert "aturan kementerian disetujui 3" in text_of(editor.get("/meja/catatan"))
