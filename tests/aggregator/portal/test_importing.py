"""What the portal has published already is recognised, whichever came first."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from sqlalchemy import func, select, text
from werkzeug import Request, Response

from aggregator.cli.main import main
from aggregator.config import Config
from aggregator.errors import ContactMissingError, PortalError, UsageError
from aggregator.model import AttributedArticle, MatchReason
from aggregator.portal import fetching, importing
from aggregator.portal.formats import Form
from aggregator.portal.importing import Imported, import_portal
from aggregator.query import ArticleFilter, find_articles, get_article
from pipelines.attribute import attribute
from pipelines.normalise import normalise
from pipelines.store import store
from spiders.registry import publishers
from storage import channels
from storage.database import Database
from storage.tables import ArticleRow, PortalMatchRow, PortalPostRow
from tests.aggregator.portal.documents import (
    FIRST,
    HEADLINE,
    POSTS,
    SECOND,
    Post,
    sekolahku_article,
    sekolahku_feed,
    sekolahku_list,
    wordpress_feed,
    wxr,
)
from tests.pipelines.builders import NOW, article, body_of

BASE = "https://smk.example"
VOKASI = "https://vokasi.kemendikdasmen.go.id/read/b/pameran-karya-siswa"

Import = Callable[..., Imported]


def arrived(database: Database, publisher: str = "kemdikbud", **stated: Any) -> int:
    """Store an article as a crawl does."""
    about = publishers()[publisher].publisher
    parser = publishers()[publisher]()
    url = parser.canonical(stated.pop("url", VOKASI))
    usual = {
        "publisher": publisher,
        "url": url,
        "canonical_url": url,
        "external_id": parser.identity(url),
        "headline": "Judul Asli yang Lain",
        "body_html": body_of(f"Jakarta, Ditjen Vokasi - {FIRST}", SECOND),
    }
    found: AttributedArticle = attribute(normalise(article(**{**usual, **stated}), about), about)
    with database.session() as session:
        channels.ensure(session, about, ())
    outcome = store(database, found, cause="channel")
    assert outcome.article_id is not None
    return outcome.article_id


@pytest.fixture
def bring(database: Database, tmp_path: Path) -> Import:
    """``bring(body)`` imports a file with this content."""

    def bring(
        body: bytes, form: Form = Form.AUTO, name: str | None = "smk", **moved: Any
    ) -> Imported:
        path = tmp_path / "portal"
        path.write_bytes(body)
        config = Config(database_url=database.engine.url.render_as_string(hide_password=False))
        now = NOW + timedelta(**moved)
        return import_portal(config, str(path), name=name, form=Form.AUTO, now=now)

    return bring


def matches(database: Database) -> dict[int, set[str]]:
    with database.session() as session:
        rows = session.execute(select(PortalMatchRow.article_id, PortalMatchRow.reason)).all()
    found: dict[int, set[str]] = {}
    for article_id, reason in rows:
        found.setdefault(article_id, set()).add(reason)
    return found


def count(database: Database, table: Any) -> int:
    with database.session() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


ONE = POSTS[0]
UNSOURCED = replace(ONE, paragraphs=ONE.paragraphs[:2])
RECOGNISED = {
    "by its identifier, in another spelling": (wordpress_feed(BASE, [ONE]), {}, "identity"),
    "by its address": (
        wordpress_feed(BASE, [replace(ONE, paragraphs=("Teks.", "(https://www.kemdikbud.go.id/main/blog/2020/08/judul)"))]),
        {"url": "http://kemdikbud.go.id/main/blog/2020/08/judul"},
        "address",
    ),
    "by its text": (wordpress_feed(BASE, [UNSOURCED]), {}, "text"),
    "by its beginning": (
        wordpress_feed(BASE, [UNSOURCED]),
        {"body_html": body_of(FIRST, "Paragraf yang berubah.")},
        "opening",
    ),
    "by a teaser": (sekolahku_list([ONE], BASE), {}, "opening"),
    "by a feed of the CMS": (sekolahku_feed(BASE, [ONE]), {}, "opening"),
    "by a short teaser under the same headline": (
        f"judul,isi\n\"Pameran\",\"{' '.join(FIRST.split()[:9])}\"\n".encode(),
        {"headline": "PAMERAN"},
        "opening",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RECOGNISED)
@pytest.mark.parametrize("first", ["article", "post"])
def test_an_article_on_the_portal_is_recognised(
    database: Database, bring: Import, name: str, first: str
) -> None:
    body, stated, reason = RECOGNISED[name]
    if first == "post":
        bring(body)
    held = arrived(database, **stated)
    if first == "article":
        bring(body)
    assert matches(database) == {held: {reason}}


OTHERS = {
    "another text": {"url": VOKASI + "-lain", "body_html": body_of(SECOND, FIRST)},
    "the same headline": {"url": VOKASI + "-2", "headline": HEADLINE, "body_html": body_of(SECOND)},
    "a formula in common": {
        "url": VOKASI + "-3",
        "body_html": body_of(" ".join([*FIRST.split()[:12], "tetapi lain sama sekali."]), SECOND),
    },
}


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("form", [wordpress_feed, sekolahku_list])
def test_another_article_is_not(
    database: Database, bring: Import, name: str, form: Callable[..., bytes]
) -> None:
    posts = [UNSOURCED]
    bring(form(BASE, posts) if form is wordpress_feed else form(posts, BASE))
    arrived(database, **OTHERS[name])
    assert matches(database) == {}


def test_importing_again_changes_nothing(database: Database, bring: Import) -> None:
    held = arrived(database)
    first = bring(wxr(BASE))
    assert (first.new, first.updated, first.unchanged, first.articles) == (3, 0, 0, 1)
    again = bring(wxr(BASE), days=1)
    assert (again.new, again.updated, again.unchanged, again.articles) == (0, 0, 3, 1)
    assert (count(database, PortalPostRow), set(matches(database))) == (3, {held})


def test_an_edited_post_is_matched_anew(database: Database, bring: Import) -> None:
    arrived(database)
    bring(wordpress_feed(BASE, [ONE]))
    other = replace(ONE, paragraphs=("Sama sekali lain dan pendek saja.",))
    done = bring(wordpress_feed(BASE, [other]))
    assert (done.updated, done.articles) == (1, 0)
    assert matches(database) == {}


def test_a_teaser_takes_nothing_from_a_text_that_was_read_whole(
    database: Database, bring: Import
) -> None:
    arrived(database)
    page = sekolahku_article(ONE, base=BASE).replace(
        b"<head>", f'<head><link rel="canonical" href="{BASE}/read/12/slug">'.encode()
    )
    bring(page)
    done = bring(sekolahku_list([ONE], BASE))
    assert (done.new, done.updated, done.unchanged) == (0, 0, 1)
    assert list(matches(database).values()) == [{"identity"}]


def test_articles_of_an_earlier_version_are_recognised(database: Database, bring: Import) -> None:
    held = arrived(database)
    with database.session() as session:
        session.execute(text("UPDATE article SET opening_key = NULL"))
    bring(sekolahku_list([ONE], BASE))
    assert set(matches(database)) == {held}
    with database.session() as session:
        assert session.scalar(select(ArticleRow.opening_key)) is not None


def test_a_portal_is_named_after_its_host(bring: Import) -> None:
    assert bring(wxr("https://www.smk.example"), name=None).portal == "smk.example"
    assert bring(f"judul,sumber\na,{VOKASI}\n".encode(), name=None).portal == "portal"


def test_what_is_on_a_portal_is_marked_and_can_be_left_out(
    database: Database, bring: Import
) -> None:
    published = arrived(database)
    other = arrived(database, **OTHERS["another text"])
    bring(wordpress_feed(BASE, [ONE]))
    with database.session() as session:
        view = get_article(session, str(published))
        (post,) = view.holding.published_in
        assert (post.portal, post.url, post.reason) == ("smk", f"{BASE}/12", MatchReason.IDENTITY)
        assert view.to_json()["published_in"] == [
            {"portal": "smk", "url": f"{BASE}/12", "at": "2020-08-07T02:24:30+00:00"}
        ]
        for unpublished, ids in ((True, {other}), (False, {published}), (None, {published, other})):
            page = find_articles(session, ArticleFilter(unpublished=unpublished))
            assert {view.id for view in page.articles} == ids


# --- over the network -----------------------------------------------------------------------------


@pytest.fixture
def config(database: Database) -> Config:
    url = database.engine.url.render_as_string(hide_password=False)
    return Config(database_url=url, contact="uji@sekolah.example")


def serve(server: HTTPServer, path: str, body: bytes, status: int = 200) -> list[Request]:
    asked: list[Request] = []

    def handle(request: Request) -> Response:
        asked.append(request)
        return Response(body, status=status, content_type="text/html; charset=utf-8")

    server.expect_request(path).respond_with_handler(handle)
    return asked


def fetch(config: Config, url: str, form: Form = Form.AUTO) -> Imported:
    return import_portal(config, url, name="smk", form=form, now=NOW, pause=0)


@pytest.mark.parametrize("entrance", ["/feed", "/", "/read/12/slug"])
def test_posts_of_the_cms_are_read_whole(
    database: Database, config: Config, httpserver: HTTPServer, entrance: str
) -> None:
    """Its feed and lists show beginnings; the source stands at the end of each post."""
    base = httpserver.url_for("").rstrip("/")
    pages = {"/feed": sekolahku_feed(base), "/": sekolahku_list(base=base)}
    for path, body in pages.items():
        serve(httpserver, path, body)
    asked = {
        post.number: serve(
            httpserver, f"/read/{post.number}/slug",
            sekolahku_article(post, [p for p in POSTS if p is not post], base),
        )
        for post in POSTS
    }  # fmt: skip
    held = arrived(database)
    done = fetch(config, base + entrance)
    assert (done.form, done.new, done.unfetched) == (Form.SEKOLAHKU, 3, [])
    assert matches(database)[held] == {"identity"}
    counts = {number: len(requests) for number, requests in asked.items()}
    # The feed shows the whole of the shortest post.
    assert counts == {12: 1, 11: 1, 10: 0 if entrance == "/feed" else 1}
    agents = {r.headers["User-Agent"] for requests in asked.values() for r in requests}
    assert len(agents) == 1
    assert agents.pop().endswith("(+uji@sekolah.example)")
    # Known whole: not fetched a second time.
    again = fetch(config, base + entrance)
    assert (again.new, again.updated, again.unchanged) == (0, 0, 3)
    asked_again = {n for n, requests in asked.items() if len(requests) > counts[n]}
    assert asked_again == ({12} if entrance.startswith("/read") else set())


def test_a_page_that_cannot_be_had_leaves_its_teaser(
    database: Database, config: Config, httpserver: HTTPServer
) -> None:
    base = httpserver.url_for("").rstrip("/")
    serve(httpserver, "/", sekolahku_list([ONE], base))
    serve(httpserver, "/read/12/slug", b"Oops", 500)
    held = arrived(database)
    done = fetch(config, f"{base}/")
    assert (done.new, len(done.unfetched)) == (1, 1)
    assert "http 500" in done.unfetched[0]
    assert matches(database) == {held: {"opening"}}


def test_links_to_other_hosts_are_not_followed(
    config: Config, httpserver: HTTPServer, database: Database
) -> None:
    serve(httpserver, "/", sekolahku_list([ONE], "http://other.invalid"))
    done = fetch(config, httpserver.url_for("/"))
    assert (done.new, done.unfetched) == (1, [])


def test_no_more_pages_are_fetched_than_is_polite(
    config: Config, httpserver: HTTPServer, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MAX_FOLLOWED", 1)
    base = httpserver.url_for("").rstrip("/")
    serve(httpserver, "/", sekolahku_list(base=base))
    for post in POSTS:
        serve(httpserver, f"/read/{post.number}/slug", sekolahku_article(post, (), base))
    lefts = [fetch(config, f"{base}/").left for _ in range(3)]
    assert lefts == [2, 1, 0], "the next import goes on with the rest"


def test_requests_are_a_pause_apart(httpserver: HTTPServer) -> None:
    serve(httpserver, "/", b"x")
    with fetching.PortalClient("uji", pause=0.3) as client:
        moments = []
        for _ in range(2):
            client.get(httpserver.url_for("/"))
            moments.append(fetching.time.monotonic())
    assert moments[1] - moments[0] >= 0.3


def test_a_fetch_needs_a_contact(config: Config) -> None:
    with pytest.raises(ContactMissingError):
        fetch(replace(config, contact=None), "https://smk.example/feed")


@pytest.mark.parametrize("status", [403, 404, 500])
def test_an_answer_without_success_is_an_error(
    config: Config, httpserver: HTTPServer, status: int
) -> None:
    serve(httpserver, "/feed", b"", status)
    with pytest.raises(PortalError, match=f"http {status}"):
        fetch(config, httpserver.url_for("/feed"))


def test_an_endless_answer_is_given_up(
    config: Config, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 1000)
    serve(httpserver, "/feed", b"x" * 2000)
    with pytest.raises(PortalError, match="too large"):
        fetch(config, httpserver.url_for("/feed"))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "/loop"])
def test_redirects_lead_nowhere_else(config: Config, httpserver: HTTPServer, target: str) -> None:
    answer = Response(status=302, headers={"Location": target})
    for path in ("/feed", "/loop"):
        httpserver.expect_request(path).respond_with_response(answer)
    with pytest.raises(PortalError):
        fetch(config, httpserver.url_for("/feed"))


@pytest.mark.parametrize(
    "source", ["nowhere.xml", ".", "ftp://smk.example/feed", "file:///etc/passwd"]
)
def test_what_is_no_file_is_an_error(config: Config, source: str) -> None:
    with pytest.raises(UsageError):
        fetch(config, source)


# --- the command ----------------------------------------------------------------------------------


def command(database: Database, *args: str) -> tuple[int, str, str]:
    url = database.engine.url.render_as_string(hide_password=False)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["--language", "en", "--database", url, *args])
    return code, out.getvalue(), err.getvalue()


def test_the_command_tells_what_it_found(database: Database, tmp_path: Path) -> None:
    arrived(database)
    path = tmp_path / "export.xml"
    path.write_bytes(wxr(BASE))
    code, out, _ = command(database, "import-portal", str(path), "--portal", "smk1")
    assert code == 0
    assert out.splitlines() == [
        "Portal smk1 (wxr): 3 posts read, 3 new, 0 changed, 0 known.",
        "1 rows skipped: not a post",
        "1 rows skipped: not published",
        "3 posts of this portal are known; 1 held articles are among them.",
    ]
    _, out, _ = command(database, "import-portal", str(path), "--portal", "smk1", "--json")
    assert json.loads(out) == {
        "portal": "smk1", "format": "wxr", "read": 3, "new": 0, "updated": 0, "unchanged": 3,
        "skipped": {"not a post": 1, "not published": 1}, "unfetched": [], "left": 0,
        "posts": 3, "articles": 1,
    }  # fmt: skip
    _, out, _ = command(database, "show", "1")
    assert f"Published already: smk1 ({BASE}/12, 2020-08-07 10:24)" in out
    assert "\tpublished in smk1\n" in command(database, "list")[1]
    assert command(database, "list", "--unpublished", "--json")[1].count('"id"') == 0


def test_the_command_names_what_it_cannot_read(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Selamat datang.")
    code, _, err = command(database, "import-portal", str(path))
    assert (code, "name it with --format" in err) == (2, True)


def test_a_withdrawn_article_that_stands_on_the_portal_is_told(
    database: Database, bring: Import
) -> None:
    arrived(database)
    bring(wordpress_feed(BASE, [ONE]))
    _, out, _ = command(database, "withdraw", "1", "--reason", "permintaan", "--by", "Bu Rini")
    assert f"Article 1 is still on the portal smk: {BASE}/12" in out


def test_a_post_without_a_text_is_no_article(database: Database, bring: Import) -> None:
    arrived(database)
    done = bring(wordpress_feed(BASE, [Post(1, "Judul", ("",), "2020-08-07 10:24:30")]))
    assert (done.new, done.articles) == (1, 0)
