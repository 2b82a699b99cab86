"""The adapter against a double of the CMS; what that stands for is said in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_httpserver import HTTPServer

from aggregator.alerts.secret import Secret
from aggregator.errors import PortalRefusedError, PortalUnavailableError, PostRefusedError
from aggregator.pictures import Picture
from aggregator.publish.placeholder import PLACEHOLDER
from aggregator.publish.port import Image, PostState
from aggregator.publish.sekolahku_http import FOUND, SekolahkuHTTPPortal
from aggregator.publish.sekolahku_session import BAN, PER_PAGE, Trouble
from tests.aggregator.publish.makepost import make_post
from tests.aggregator.publish.sekolahku_double import PASSWORD, USER, Double

GIF = b"GIF89a" + b"x" * 40


@pytest.fixture
def cms(httpserver: HTTPServer) -> Double:
    double = Double()
    httpserver.expect_request(re.compile(".*")).respond_with_handler(double)
    return double


@pytest.fixture
def portal(cms: Double, httpserver: HTTPServer) -> Iterator[SekolahkuHTTPPortal]:
    made = opened(httpserver)
    yield made
    made.close()


def opened(server: HTTPServer, **given: Any) -> SekolahkuHTTPPortal:
    password = given.pop("password", PASSWORD)
    settings = {"user": USER, "agent": "tests", "zone": ZoneInfo("Asia/Makassar"), **given}
    return SekolahkuHTTPPortal(
        name="sekolah", url=server.url_for("/"), password=Secret(password), **settings
    )


def test_a_post_is_read_back_as_it_was_given(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    post = make_post()
    assert portal.find(post) is None
    made = portal.create(post)
    assert (made.headline, made.body_html) == portal.printed(post)
    assert (made.state, made.shown_at) == (PostState.PUBLISHED, post.shown_at)
    assert portal.read(made.id) == portal.find(post) == made
    assert cms.posts[1]["created_at"] == "2020-08-07 10:11:12"  # WITA
    assert cms.posts[1]["post_tags"] == "SMK, Riset & teknologi"
    assert made.url is not None
    assert made.url.endswith("/read/1/siswa-smk-guru-mendunia")


def test_readers_see_a_post_when_it_is_whole(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    """Until its date is set it would stand among today's."""
    cms.cuts_off_after = "/blog/posts/set_created_at"
    with pytest.raises(PortalUnavailableError):
        portal.create(make_post())
    assert cms.posts[1]["post_status"] == "draft"


@pytest.mark.parametrize("path", ["/blog/posts/save", "/blog/posts/find_id", "/blog/posts/save/1"])
def test_what_a_cut_off_attempt_left_is_found(
    portal: SekolahkuHTTPPortal, cms: Double, path: str
) -> None:
    post = make_post()
    cms.cuts_off_after = path
    with pytest.raises(PortalUnavailableError):
        portal.create(post)
    found = portal.find(post)
    assert found is not None
    whole = portal.update(found.id, post)
    assert (whole.state, whole.shown_at) == (PostState.PUBLISHED, post.shown_at)
    assert len(cms.posts) == 1


def test_another_post_with_the_same_headline_is_not_it(
    portal: SekolahkuHTTPPortal, cms: Double
) -> None:
    one = make_post("tribun-1", source_url="https://vokasi.kemdikbud.go.id/read/1")
    two = make_post("tribun-2", source_url="https://vokasi.kemdikbud.go.id/read/2")
    two = replace(two, body_html=two.body_html.replace("read/1", "read/2"))
    made = [portal.create(post).id for post in (one, two)]
    assert [getattr(portal.find(post), "id", None) for post in (one, two)] == made == ["1", "2"]


def test_one_among_many_is_found(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    post = make_post()
    portal.create(post)
    for number in range(2, PER_PAGE * 2 + 5):
        cms.posts[number] = {**cms.posts[1], "id": number, "post_content": "lain"}
    found = portal.find(post)
    assert found is not None
    assert found.id == "1"


def test_a_corrected_headline_keeps_the_number(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    made = portal.create(make_post())
    changed = portal.update(made.id, make_post(headline="Judul diralat"))
    assert (changed.id, changed.headline) == (made.id, "Judul diralat")
    assert changed.url is not None
    assert changed.url.rpartition("/")[0] == str(made.url).rpartition("/")[0]
    # It is found by its date, too, should the last headline be unknown.
    found = portal.find(make_post())
    assert found is not None
    assert found.id == made.id


def test_hiding_and_the_notice_in_its_place(httpserver: HTTPServer, cms: Double) -> None:
    portal = opened(httpserver, fetch_image=lambda _: Picture(body=GIF, media_type="image/gif"))
    image = Image(url="https://example.org/a.gif", caption="Siswa", credit="Budi “Foto”")
    post = make_post(image=image)
    made = portal.create(post)
    assert cms.posts[1]["post_image"] == GIF
    assert "Foto: Siswa &#8211; Budi &#8220;Foto&#8221;" in cms.posts[1]["post_content"]
    assert made.body_html == portal.printed(post)[1]
    portal.hide(made.id)
    portal.hide(made.id)
    portal.hide("99")
    hidden = portal.find(post)
    assert hidden is not None
    assert (hidden.state, hidden.url) == (PostState.HIDDEN, None)
    notice = replace(post, body_html="<p>Dicabut.</p>", image=None)
    back = portal.update(made.id, notice)
    assert (back.id, back.url, back.state) == (made.id, made.url, PostState.PUBLISHED)
    assert cms.posts[1]["post_content"] == "<p>Dicabut.</p>"
    assert cms.posts[1]["post_image"] == PLACEHOLDER.body


def test_a_correction_keeps_image_and_credit(httpserver: HTTPServer, cms: Double) -> None:
    fetched: list[str] = []

    def fetch(url: str) -> Picture | None:
        fetched.append(url)
        return Picture(body=GIF, media_type="image/gif")

    portal = opened(httpserver, fetch_image=fetch)
    image = Image(url="https://example.org/a.gif", caption=None, credit="Budi")
    made = portal.create(make_post(image=image))
    portal.update(made.id, make_post(image=image, headline="Lain"))
    assert fetched == [image.url]
    assert cms.posts[1]["post_image"] == GIF
    assert "Foto: Budi" in cms.posts[1]["post_content"]


def test_without_an_image_a_plain_one_is_shown(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    portal.create(make_post(image=Image(url="https://example.org/a", caption="x", credit="y")))
    assert cms.posts[1]["post_image"] == PLACEHOLDER.body
    assert "Foto:" not in cms.posts[1]["post_content"]


def test_an_editor_s_change_is_a_difference(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    post = make_post()
    made = portal.create(post)
    cms.posts[1]["post_content"] += "<p>Tambahan</p>"
    now = portal.read(made.id)
    assert now is not None
    assert now.body_html != portal.printed(post)[1]


def test_what_waits_is_a_draft_until_an_editor_publishes(
    portal: SekolahkuHTTPPortal, cms: Double
) -> None:
    waiting = make_post(state=PostState.PENDING)
    made = portal.create(waiting)
    assert (made.state, made.url) == (PostState.PENDING, None)
    cms.posts[1]["post_status"] = "publish"
    assert portal.update(made.id, waiting).state is PostState.PUBLISHED


def test_it_cannot_schedule(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    with pytest.raises(PostRefusedError, match="cannot wait"):
        portal.create(make_post(state=PostState.SCHEDULED))
    assert cms.posts == {}


@pytest.mark.parametrize(
    "headline",
    [
        "Naik 15% dari tahun lalu",
        "Unduh file (PDF) kurikulum",
        "<script>alert(1)</script> & <iframe src=x>",
        'Lomba "Aksi" 😀 𝗦𝗠𝗞',
        "kata panjang " * 40,
        "Riset &amp; teknologi",
    ],
)
def test_what_the_portal_does_to_headlines_is_known(
    portal: SekolahkuHTTPPortal, cms: Double, headline: str
) -> None:
    post = make_post(headline=headline)
    made = portal.create(post)
    assert made.headline == portal.printed(post)[0]
    assert not {"<", '"', "?", "\ufffd"} & set(cms.posts[1]["post_title"])


def test_categories_are_made_once(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    post = make_post(categories=("Berita", "uncategorized"))
    portal.create(post)
    portal.create(replace(post, headline="Lain", body_html="<p>x</p>"))
    assert cms.categories == {1: "Uncategorized", 2: "Berita"}
    assert cms.posts[1]["post_categories"] == "+2+,+1+"


def test_deleted_for_good(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    made = portal.create(make_post())
    cms.posts.clear()
    assert portal.read(made.id) is None
    with pytest.raises(PostRefusedError, match="was deleted"):
        portal.update(made.id, make_post())


def test_an_ended_session_is_begun_anew(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    assert portal.check() == (FOUND,)
    cms.sessions.clear()
    assert portal.check() == (FOUND,)
    assert cms.sign_ins == 2


def trouble(portal: SekolahkuHTTPPortal) -> str:
    with pytest.raises(PortalRefusedError) as caught:
        portal.check()
    return str(caught.value.fields["detail"])


def test_a_wrong_password_is_tried_once(httpserver: HTTPServer, cms: Double) -> None:
    portal = opened(httpserver, password="salah")
    assert trouble(portal) == trouble(portal) == Trouble.NOT_SIGNED_IN
    assert cms.sign_ins == 1


def test_a_ban_passes(httpserver: HTTPServer, cms: Double) -> None:
    for _ in range(9):
        assert trouble(opened(httpserver, user="nobody")) == Trouble.NOT_SIGNED_IN
    with pytest.raises(PortalUnavailableError) as caught:
        opened(httpserver, user="nobody").check()
    assert caught.value.retry_after == BAN
    with pytest.raises(PortalUnavailableError):
        opened(httpserver).check()


def test_what_bars_the_way_is_named(
    portal: SekolahkuHTTPPortal, httpserver: HTTPServer, cms: Double
) -> None:
    cms.may_blog = False
    assert trouble(portal) == Trouble.NOT_ALLOWED
    cms.asks_token = True
    assert trouble(opened(httpserver)) == Trouble.CSRF


def test_another_site_is_named(httpserver: HTTPServer) -> None:
    httpserver.expect_request(re.compile(".*")).respond_with_data("<html>Selamat datang</html>")
    assert trouble(opened(httpserver)) == Trouble.NO_CMS


def test_a_refused_save_is_told_in_the_portal_s_words(
    portal: SekolahkuHTTPPortal, cms: Double
) -> None:
    with pytest.raises(PostRefusedError, match=r"The Title field is required\.$"):
        portal.create(make_post(headline="😀"))


def test_shown_later_is_another_time(portal: SekolahkuHTTPPortal, cms: Double) -> None:
    post = make_post()
    made = portal.create(post)
    later = replace(post, shown_at=post.shown_at + timedelta(days=1))
    assert portal.update(made.id, later).shown_at == later.shown_at
