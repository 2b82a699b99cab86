"""The adapter against the real WordPress. Each test publishes articles of its own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from aggregator.alerts.secret import Secret
from aggregator.errors import PortalRefusedError, PostRefusedError
from aggregator.pictures import Picture
from aggregator.publish import wordpress
from aggregator.publish.port import Image, Post, PostState
from aggregator.publish.wordpress import WordPressPortal
from aggregator.publish.wordpresswords import Found, Trouble
from tests.aggregator.publish import wordpress_server
from tests.aggregator.publish.makepost import BODY, make_post
from tests.aggregator.publish.wordpress_server import Site

pytestmark = [pytest.mark.wordpress, pytest.mark.slow]

Opener = Callable[..., WordPressPortal]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    wordpress_server.need()
    with wordpress_server.site(tmp_path_factory.mktemp("wordpress")) as made:
        yield made


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with site.serve() as url:
        yield url


@pytest.fixture
def open_portal(site: Site, address: str) -> Iterator[Opener]:
    opened = []

    def opener(role: str = "author", url: str = address, **given: Any) -> WordPressPortal:
        password = given.pop("password", site.passwords.get(role, "none"))
        portal = WordPressPortal(
            name="sekolah", url=url, user=role, password=Secret(password), agent="tests", **given
        )
        opened.append(portal)
        return portal

    yield opener
    for portal in opened:
        portal.close()


_numbers = itertools.count(1)


@pytest.fixture
def post() -> Post:
    return make_post(f"kemdikbud-{next(_numbers)}")


ROLES = pytest.mark.parametrize("role", ["author", "editor"])


@ROLES
def test_a_post_is_read_back_as_it_was_given(open_portal: Opener, post: Post, role: str) -> None:
    portal = open_portal(role)
    made = portal.create(post)
    assert (made.headline, made.body_html) == portal.printed(post) == (post.headline, BODY)
    assert made.state is PostState.PUBLISHED
    assert made.shown_at == post.shown_at
    assert portal.read(made.id) == made


def test_readers_see_it_with_its_source(open_portal: Opener, post: Post) -> None:
    made = open_portal().create(post)
    assert made.url is not None
    page = httpx.get(made.url)
    assert page.status_code == 200
    assert "https&#058;//vokasi.kemdikbud.go.id/read/1</a>" in page.text
    assert 'href="https://vokasi.kemdikbud.go.id/read/1"' in page.text


def test_it_has_its_terms_excerpt_and_address(
    open_portal: Opener, post: Post, address: str
) -> None:
    made = open_portal().create(post)
    data = httpx.get(f"{address}/wp-json/wp/v2/posts/{made.id}?_embed=1").json()
    terms = [term["name"] for group in data["_embedded"]["wp:term"] for term in group]
    assert sorted(terms) == ["Berita", "Riset &amp; teknologi", "SMK"]
    assert data["excerpt"]["rendered"] == "<p>Siswa SMK &amp; guru mendunia.</p>\n"
    assert data["date"] == "2020-08-07T10:11:12"  # the portal's own clock, WITA
    assert made.url == f"{address}/2020/08/{post.slug}/"


def test_what_a_cut_off_attempt_left_is_found(open_portal: Opener, post: Post) -> None:
    assert open_portal().find(post) is None
    made = open_portal().create(post)
    assert open_portal().find(post) == made


def test_an_update_keeps_the_address(open_portal: Opener, post: Post) -> None:
    portal = open_portal()
    made = portal.create(post)
    corrected = replace(post, headline="Judul diralat", body_html="<p>Ralat</p>\n" + BODY)
    updated = portal.update(made.id, corrected)
    assert (updated.id, updated.url) == (made.id, made.url)
    assert (updated.headline, updated.body_html) == portal.printed(corrected)


def test_hiding_takes_it_from_readers_and_an_update_brings_a_notice_back(
    open_portal: Opener, post: Post
) -> None:
    portal = open_portal()
    made = portal.create(post)
    assert made.url is not None
    portal.hide(made.id)
    portal.hide(made.id)
    assert httpx.get(made.url).status_code == 404
    hidden = portal.find(post)
    assert hidden is not None
    assert (hidden.id, hidden.state, hidden.url) == (made.id, PostState.HIDDEN, None)
    notice = portal.update(made.id, replace(post, body_html="<p>Dicabut oleh penerbit.</p>"))
    assert (notice.id, notice.url, notice.state) == (made.id, made.url, PostState.PUBLISHED)
    shown = httpx.get(made.url)
    assert shown.status_code == 200
    assert "Dicabut oleh penerbit" in shown.text
    assert "mendunia”. <em>" not in shown.text


def test_what_is_deleted_for_good_is_gone(open_portal: Opener, post: Post, site: Site) -> None:
    portal = open_portal()
    made = portal.create(post)
    site.run(f"wp_delete_post({made.id}, true);")
    assert portal.read(made.id) is None
    portal.hide(made.id)
    assert portal.find(post) is None


def test_an_editors_change_is_a_difference(open_portal: Opener, post: Post, site: Site) -> None:
    portal = open_portal()
    made = portal.create(post)
    site.run(
        f"wp_update_post(array('ID' => {made.id}, 'post_content' => "
        f"get_post({made.id})->post_content . '<p>Tambahan sekolah</p>'));"
    )
    now = portal.read(made.id)
    assert now is not None
    assert now.body_html == portal.printed(post)[1] + "<p>Tambahan sekolah</p>"


def test_the_portal_publishes_when_the_time_comes(
    open_portal: Opener, post: Post, site: Site
) -> None:
    portal = open_portal()
    later = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    made = portal.create(replace(post, state=PostState.SCHEDULED, shown_at=later))
    assert (made.state, made.shown_at, made.url) == (PostState.SCHEDULED, later, None)
    found = portal.find(post)
    assert found is not None
    assert found.id == made.id
    site.run(f"wp_publish_post({made.id});")
    now = portal.read(made.id)
    assert now is not None
    assert now.state is PostState.PUBLISHED


def test_a_contributor_hands_in(open_portal: Opener, post: Post, site: Site) -> None:
    portal = open_portal("contributor")
    assert portal.check() == (
        *(Found.SIGNED_IN, Found.HANDS_IN, Found.NO_UPLOADS, Found.NO_NEW_CATEGORIES),
    )
    made = portal.create(post)
    assert made.state is PostState.PENDING
    assert (made.headline, made.body_html) == portal.printed(post)
    found = open_portal("contributor").find(post)
    assert found is not None
    assert found.id == made.id
    site.run(f"wp_publish_post({made.id});")
    with pytest.raises(PostRefusedError, match="may not change this post"):
        portal.update(made.id, post)


def test_a_post_that_an_editor_published_is_not_taken_back_into_the_queue(
    open_portal: Opener, post: Post, site: Site
) -> None:
    portal = open_portal()
    waiting = replace(post, state=PostState.PENDING)
    made = portal.create(waiting)
    assert made.state is PostState.PENDING
    assert portal.update(made.id, waiting).state is PostState.PENDING
    site.run(f"wp_publish_post({made.id});")
    assert portal.update(made.id, waiting).state is PostState.PUBLISHED


def test_two_attempts_at_once_leave_one_post(open_portal: Opener, post: Post, site: Site) -> None:
    first = open_portal().create(post)
    second = open_portal().create(replace(post, headline="Judul baru"))
    assert (second.id, second.url, second.headline) == (first.id, first.url, "Judul baru")
    assert (
        site.run(
            'global $wpdb; echo $wpdb->get_var("SELECT COUNT(*) FROM wp_posts WHERE '
            f"post_type = 'post' AND post_name LIKE '{post.slug}%'\");"
        )
        == "1"
    )


@ROLES
def test_scripts_and_shortcodes_are_text(open_portal: Opener, post: Post, role: str) -> None:
    told = replace(
        post,
        headline='<script>alert(1)</script> "x" onerror=',
        excerpt="<img src=x onerror=alert(2)> [gallery]",
        body_html="<p>&lt;script&gt;alert(3)&lt;/script&gt; [gallery ids=1] [x]</p>\n"
        "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>",
        tags=("<b onmouseover=alert(4)>",),
    )
    portal = open_portal(role)
    made = portal.create(told)
    assert (made.headline, made.body_html) == portal.printed(told)
    assert made.url is not None
    page = httpx.get(made.url).text
    for sign in ("<script>alert", "<img src=x", "<b onmouseover", "<iframe", 'class="gallery'):
        assert sign not in page
    assert "&#091;gallery ids=1]" in page


def test_categories_are_made_by_those_who_may(open_portal: Opener, post: Post) -> None:
    new = replace(post, categories=("Kejuruan & vokasi",))
    with pytest.raises(PortalRefusedError, match="Kejuruan & vokasi"):
        open_portal("author").create(new)
    assert open_portal("editor").create(new).state is PostState.PUBLISHED
    open_portal("author").create(replace(new, slug=f"{post.slug}x"))


def test_terms_are_made_once(open_portal: Opener, post: Post, site: Site) -> None:
    one, other = (replace(post, slug=f"{post.slug}{n}", tags=("Guru & Murid",)) for n in "ab")
    open_portal().create(one)
    before = site.rows("terms")
    open_portal().create(other)
    open_portal().create(replace(other, slug=f"{post.slug}c", tags=("guru & murid",)))
    assert site.rows("terms") == before


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def test_an_image_is_uploaded_once_with_its_credit(
    open_portal: Opener, post: Post, address: str
) -> None:
    def fetch(url: str) -> Picture:
        return Picture(body=PNG, media_type="image/png")

    image = Image(url="https://example.org/a.png", caption="Siswa <i>", credit="Foto: Budi & Ani")
    portal = open_portal(fetch_image=fetch)
    made = portal.create(replace(post, image=image))
    other = portal.create(replace(post, key="lain-1", slug=f"{post.slug}x", image=image))
    assert made.body_html == other.body_html == portal.printed(post)[1]
    assert len(httpx.get(f"{address}/wp-json/wp/v2/media").json()) == 1
    used = [
        httpx.get(f"{address}/wp-json/wp/v2/posts/{p.id}").json()["featured_media"]
        for p in (made, other)
    ]
    assert used[0] == used[1] > 0
    assert made.url is not None
    assert "Siswa &lt;i&gt; – Foto: Budi &amp; Ani" in httpx.get(made.url).text

    # A post whose image cannot be had today keeps it; the last one to show it takes it along.
    assert open_portal(fetch_image=lambda _: None).update(made.id, replace(post, image=image))
    file = httpx.get(f"{address}/wp-json/wp/v2/media/{used[0]}").json()["source_url"]
    assert httpx.get(file).content == PNG
    portal.update(made.id, post)
    assert httpx.get(file).status_code == 200
    portal.update(other.id, replace(post, key="lain-1"))
    assert httpx.get(file).status_code == 404


def test_a_post_goes_without_an_image_that_cannot_be_had(open_portal: Opener, post: Post) -> None:
    image = Image(url="https://example.org/a.png", caption=None, credit="Budi")
    portal = open_portal(fetch_image=lambda _: None)
    made = portal.create(replace(post, image=image))
    assert made.body_html == portal.printed(post)[1]


def test_check_says_what_was_found(open_portal: Opener) -> None:
    assert open_portal().check() == (Found.SIGNED_IN, Found.NO_NEW_CATEGORIES)


def trouble(portal: WordPressPortal) -> str:
    with pytest.raises(PortalRefusedError) as caught:
        portal.check()
    return str(caught.value.fields["detail"])


def test_a_wrong_password_is_named(open_portal: Opener) -> None:
    assert trouble(open_portal(password="salah rahasia")) == Trouble.WRONG_PASSWORD


def test_an_unknown_user_is_named(open_portal: Opener) -> None:
    assert trouble(open_portal("nobody")) == Trouble.WRONG_PASSWORD


def test_a_role_that_may_not_write_is_named(open_portal: Opener) -> None:
    assert trouble(open_portal("subscriber")) == Trouble.ROLE_TOO_LOW


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        ({"SITE_BARS_REST": "all"}, Trouble.BARRED),
        ({"SITE_BARS_PASSWORDS": "1"}, Trouble.PASSWORDS_OFF),
        ({"SITE_TYPE": "production"}, Trouble.PASSWORDS_OFF),
        ({"SITE_HIDES_REST": "1"}, Trouble.NO_REST),
        ({"SITE_MOVED": "1"}, Trouble.MOVED),
        ({"SITE_ASKS_PASSWORD": "1"}, Trouble.SERVER_PASSWORD),
    ],
)
def test_what_bars_the_way_is_named(
    site: Site, open_portal: Opener, post: Post, fault: dict[str, str], named: Trouble
) -> None:
    with site.serve(**fault) as url:
        assert trouble(open_portal(url=url)) == named
        with pytest.raises(PortalRefusedError) as caught:
            open_portal(url=url).create(post)
        assert caught.value.fields["detail"] == named


def test_a_lost_header_is_told_from_a_wrong_password(
    site: Site, open_portal: Opener, post: Post
) -> None:
    with site.serve(SITE_DROPS_AUTHORIZATION="1") as url:
        assert trouble(open_portal(url=url)) == Trouble.HEADER_LOST
        assert trouble(open_portal(url=url, password="salah")) == Trouble.WRONG_PASSWORD
        with pytest.raises(PortalRefusedError, match="takes us for nobody"):
            open_portal(url=url).create(post)
    with site.serve(SITE_DROPS_AUTHORIZATION="1", SITE_BARS_XMLRPC="1") as url:
        assert trouble(open_portal(url=url)) == Trouble.NOT_SIGNED_IN


def test_a_site_for_members_only_lets_us_in(site: Site, open_portal: Opener, post: Post) -> None:
    with site.serve(SITE_BARS_REST="logged-in") as url:
        assert open_portal(url=url).create(post).state is PostState.PUBLISHED


def test_plain_permalinks(
    tmp_path_factory: pytest.TempPathFactory, open_portal: Opener, post: Post
) -> None:
    folder = tmp_path_factory.mktemp("plain")
    with wordpress_server.site(folder, permalinks="") as plain, plain.serve() as url:
        portal = open_portal(url=url, password=plain.passwords["author"])
        assert Found.PLAIN_PERMALINKS in portal.check()
        made = portal.create(post)
        assert made.url == f"{url}/?p={made.id}"
        assert portal.find(post) == made
        portal.hide(made.id)
        assert portal.update(made.id, post) == made


@pytest.fixture
def with_plugin(site: Site) -> Iterator[None]:
    name = "school-news-aggregator.php"
    installed = site.folder / "wp-content" / "mu-plugins" / name
    installed.symlink_to(Path(wordpress.__file__).with_name(name))
    yield
    installed.unlink()


def canonical(url: str | None) -> list[str]:
    assert url is not None
    return re.findall(r'<link rel="canonical" href="([^"]*)"', httpx.get(url).text)


@pytest.mark.usefixtures("with_plugin")
def test_with_our_plugin_search_engines_are_led_to_the_original(
    open_portal: Opener, post: Post, site: Site, address: str
) -> None:
    portal = open_portal()
    assert Found.KEEPS_SOURCES in portal.check()
    made = portal.create(post)
    assert canonical(made.url) == [post.source_url]
    assert site.run(f"echo get_post_meta({made.id}, '_agg_id', true);") == post.key
    own = site.run(
        "echo get_permalink(wp_insert_post(array('post_title' => 'Rapat guru', "
        "'post_content' => 'x', 'post_status' => 'publish')));"
    )
    page = address + own.removeprefix("http://127.0.0.1")
    assert canonical(page) == [page]


def test_without_it_a_post_is_its_own_original(open_portal: Opener, post: Post) -> None:
    made = open_portal().create(post)
    assert canonical(made.url) == [made.url]


def test_an_old_portal_s_tables(
    tmp_path_factory: pytest.TempPathFactory, open_portal: Opener, post: Post
) -> None:
    """Made before WordPress 4.2, and never converted: three bytes a character."""
    with wordpress_server.site(tmp_path_factory.mktemp("old")) as old, old.serve() as url:
        old.run(
            "global $wpdb; foreach (array('posts', 'terms') as $name) "
            '$wpdb->query("ALTER TABLE wp_$name CONVERT TO CHARACTER SET utf8mb3");'
        )
        portal = open_portal(url=url, password=old.passwords["author"])
        told = replace(
            post,
            headline="Hore 😀 𝗦𝗠𝗞 juara",
            body_html="<p>Isi 😀 𝗦𝗠𝗞</p>",
            tags=("😀", "𝗦𝗠𝗞 😀"),
        )
        made = portal.create(told)
        assert (made.headline, made.body_html) == portal.printed(told)
        assert made.headline == "Hore 😀 SMK juara"
