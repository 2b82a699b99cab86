"""The folder that a static site is: pages, lists, feeds, and nothing of anybody else's touched."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest

from aggregator.errors import PortalRefusedError, PortalUnavailableError, PostRefusedError
from aggregator.pictures import Picture
from aggregator.publish import staticfolder
from aggregator.publish.port import Image, PostState
from aggregator.publish.static import WRITES, StaticPortal
from aggregator.publish.staticpages import CSP, path_of
from tests.aggregator.publish.makepost import BODY, SHOWN_AT, make_post

NOW = datetime(2026, 11, 25, tzinfo=UTC)
URL = "https://sekolah.sch.id/berita-luar"
Opener = Callable[..., StaticPortal]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "situs"


@pytest.fixture
def portal(folder: Path) -> StaticPortal:
    return opened(folder)


def opened(folder: Path, now: datetime = NOW, **given: object) -> StaticPortal:
    return StaticPortal(
        name="situs",
        folder=folder,
        url=f"{URL}/",
        title="SMK Negeri 1 <Balikpapan>",
        zone=ZoneInfo("Asia/Makassar"),
        now=lambda: now,
        **given,  # type: ignore[arg-type]
    )


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_post_is_read_back_as_it_was_given(portal: StaticPortal, folder: Path) -> None:
    post = make_post()
    assert portal.find(post) is None
    made = portal.create(post)
    assert (made.headline, made.body_html) == portal.printed(post) == (post.headline, BODY)
    assert (made.state, made.shown_at) == (PostState.PUBLISHED, SHOWN_AT)
    assert made.url == f"{URL}/berita/{post.slug}/"
    assert opened(folder).find(post) == opened(folder).read(made.id) == made


def test_its_page_is_whole(portal: StaticPortal, folder: Path) -> None:
    post = make_post()
    portal.create(post)
    page = (folder / path_of(post)).read_text("utf-8")
    assert f'content="{CSP}"' in page.replace("&#39;", "'")
    assert f'<link rel="canonical" href="{post.source_url}">' in page
    assert "Jumat, 7 Agustus 2020 10.11 WITA" in page
    assert "SMK Negeri 1 &lt;Balikpapan&gt;" in page
    assert BODY in page
    assert "<script" not in page
    assert "style=" not in page


def test_lists_and_feeds_name_it_with_its_credit(portal: StaticPortal, folder: Path) -> None:
    post = make_post(credit_line="Sumber: Kemdikbud & <kawan>")
    made = portal.create(post)
    for name in ("index.html", "arsip/2020/08/index.html", "kategori/berita/index.html"):
        page = (folder / name).read_text("utf-8")
        assert f'href="{made.url}"' in page
        assert "Sumber: Kemdikbud &amp; &lt;kawan&gt;" in page
    for name in ("feed.xml", "atom.xml"):
        feed = feedparser.parse((folder / name).read_bytes())
        assert not feed.bozo
        (entry,) = feed.entries
        assert (entry.link, entry.title, entry.id) == (made.url, post.headline, post.key)
        assert "Sumber: Kemdikbud" in entry.summary
    (item,) = json.loads((folder / "feed.json").read_text("utf-8"))["items"]
    assert (item["url"], item["external_url"]) == (made.url, post.source_url)
    locations = {
        element.text
        for element in ElementTree.parse(folder / "sitemap.xml").iter()
        if element.tag.endswith("loc")
    }
    assert {made.url, f"{URL}/", f"{URL}/arsip/2020/08/"} <= locations


def test_the_same_posts_give_the_same_bytes(tmp_path: Path) -> None:
    posts = [make_post(f"tribun-{n}", shown_at=SHOWN_AT + timedelta(days=n)) for n in range(14)]
    one, other = opened(tmp_path / "a"), opened(tmp_path / "b", now=NOW + timedelta(days=9))
    for post in posts:
        one.create(post)
    for post in reversed(posts):
        other.create(post)
    other.update(posts[3].key, replace(posts[3], headline="lain"))
    other.update(posts[3].key, posts[3])
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_a_new_post_changes_few_files(portal: StaticPortal, folder: Path) -> None:
    for n in range(15):
        shown_at = datetime(2020 + n // 12, n % 12 + 1, 3, tzinfo=UTC)
        portal.create(make_post(f"tribun-{n}", shown_at=shown_at))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    portal.create(make_post("tribun-99", shown_at=datetime(2021, 3, 9, tzinfo=UTC)))
    changed = {
        str(path.relative_to(folder))
        for path, at in before.items()
        if path.stat().st_mtime_ns != at
    }
    assert changed == {"index.html", "arsip/2021/03/index.html", "kategori/berita/index.html"}


def test_a_withdrawn_article_leaves_a_notice_at_its_address(
    portal: StaticPortal, folder: Path
) -> None:
    image = Image(url="https://example.org/a.gif", caption="x", credit="Budi")
    portal = opened(folder, fetch_image=lambda _: Picture(body=b"GIF89a", media_type="image/gif"))
    post = make_post(image=image)
    made = portal.create(post)
    assert len(list((folder / "gambar").iterdir())) == 1
    portal.hide(made.id)
    portal.hide(made.id)
    portal.hide("tidak-ada")
    assert not (folder / path_of(post)).exists()
    assert not (folder / "gambar").exists()
    assert b"mendunia\xe2\x80\x9d" not in b"".join(files(folder).values())
    hidden = opened(folder).find(post)
    assert hidden is not None
    assert (hidden.state, hidden.url) == (PostState.HIDDEN, None)
    assert hidden.body_html == made.body_html
    notice = replace(post, body_html="<p>Dicabut.</p>", excerpt="Dicabut.", image=None)
    back = portal.update(made.id, notice)
    assert (back.id, back.url, back.body_html) == (made.id, made.url, "<p>Dicabut.</p>")
    assert "Dicabut." in (folder / path_of(post)).read_text("utf-8")


def test_an_update_keeps_the_address(portal: StaticPortal) -> None:
    made = portal.create(make_post())
    changed = portal.update(made.id, make_post(headline="Diralat", categories=("Lain",)))
    assert (changed.id, changed.url, changed.headline) == (made.id, made.url, "Diralat")


def test_a_category_without_posts_is_gone(portal: StaticPortal, folder: Path) -> None:
    made = portal.create(make_post())
    portal.update(made.id, make_post(categories=("Lain",)))
    assert sorted(path.name for path in (folder / "kategori").iterdir()) == ["lain"]


def test_an_edit_by_hand_is_a_difference_and_stays(portal: StaticPortal, folder: Path) -> None:
    post = make_post()
    made = portal.create(post)
    page = folder / path_of(post)
    page.write_text(page.read_text("utf-8").replace("Lokakarya", "Bengkel"), "utf-8")
    (folder / "gaya.css").write_text("body { color: red }", "utf-8")
    portal.create(make_post("tribun-2"))
    now = opened(folder).read(made.id)
    assert now is not None
    assert now.body_html == BODY.replace("Lokakarya", "Bengkel")
    assert (folder / "gaya.css").read_text("utf-8") == "body { color: red }"


def test_a_page_deleted_by_hand_is_gone_for_good(portal: StaticPortal, folder: Path) -> None:
    post = make_post()
    made = portal.create(post)
    (folder / path_of(post)).unlink()
    portal.create(make_post("tribun-2"))
    assert not (folder / path_of(post)).exists()
    assert opened(folder).read(made.id) is None


def test_foreign_files_are_neither_changed_nor_removed(portal: StaticPortal, folder: Path) -> None:
    post = make_post()
    (folder / "berita" / post.slug).mkdir(parents=True)
    (folder / path_of(post)).write_text("punya sekolah", "utf-8")
    (folder / "kategori").mkdir()
    (folder / "kategori" / "catatan.txt").write_text("x", "utf-8")
    with pytest.raises(PortalRefusedError, match="is not ours"):
        portal.create(post)
    portal.create(make_post("tribun-2"))
    portal.hide("tribun-2")
    assert (folder / path_of(post)).read_text("utf-8") == "punya sekolah"
    assert (folder / "kategori" / "catatan.txt").exists()


def test_a_home_page_of_the_school_is_not_overwritten(portal: StaticPortal, folder: Path) -> None:
    folder.mkdir()
    (folder / "index.html").write_text("beranda", "utf-8")
    with pytest.raises(PortalRefusedError, match=r"index\.html is not ours"):
        portal.check()
    assert files(folder) == {"index.html": b"beranda"}


def test_a_later_post_is_shown_when_its_time_has_come(portal: StaticPortal, folder: Path) -> None:
    post = make_post(state=PostState.SCHEDULED, shown_at=NOW + timedelta(hours=1))
    made = portal.create(post)
    assert (made.state, made.url) == (PostState.SCHEDULED, None)
    assert post.headline.encode() not in b"".join(files(folder).values())
    later = opened(folder, now=NOW + timedelta(hours=2))
    later.create(make_post("tribun-2"))
    shown = later.read(made.id)
    assert shown is not None
    assert shown.url == f"{URL}/berita/{post.slug}/"
    assert (folder / path_of(post)).exists()


def test_a_cut_off_write_is_no_edit(
    portal: StaticPortal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = portal.create(make_post())
    replaced = staticfolder._replace

    def cut(path: Path, body: bytes) -> None:
        replaced(path, body)
        if path.parent.parent.name == "berita":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(staticfolder, "_replace", cut)
    with pytest.raises(PortalUnavailableError, match="No space left"):
        portal.update(made.id, make_post(headline="Diralat"))
    monkeypatch.undo()
    again = opened(folder)
    assert not again._files.is_edited(path_of(make_post()))
    assert again.update(made.id, make_post(headline="Diralat")).headline == "Diralat"
    assert not list(folder.rglob("*.part"))


def test_check_writes_no_page(portal: StaticPortal, folder: Path) -> None:
    assert portal.check() == (WRITES,)
    assert files(folder) == {}


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", "utf-8")
    with pytest.raises(PortalUnavailableError, match="Not a directory"):
        opened(tmp_path / "berkas" / "situs").check()


def test_posts_that_wait_for_an_editor_are_refused(portal: StaticPortal) -> None:
    with pytest.raises(PortalRefusedError, match="no editor to wait for"):
        portal.create(make_post(state=PostState.PENDING))


@pytest.mark.parametrize("slug", ["../x", "a/b", "", ".git", "a" * 200, "A", "a\n"])
def test_no_address_leads_out_of_the_folder(portal: StaticPortal, slug: str) -> None:
    with pytest.raises(PostRefusedError):
        portal.create(make_post(slug=slug))
    with pytest.raises(PostRefusedError):
        portal.create(make_post(key=slug or "x/y"))


def test_what_is_kept_beside_it_is_not_served(portal: StaticPortal, folder: Path) -> None:
    portal.create(make_post())
    assert portal._state.parent == folder.parent
    assert portal._state.stat().st_mode & 0o077 == 0


def test_markup_in_texts_is_text(portal: StaticPortal, folder: Path) -> None:
    evil = '"><script>alert(1)</script>'
    image = Image(url="https://example.org/a.gif", caption=evil, credit=evil)
    portal = opened(folder, fetch_image=lambda _: Picture(body=b"GIF89a", media_type="image/gif"))
    made = portal.create(
        make_post(
            headline=evil,
            excerpt=evil,
            credit_line=evil,
            categories=(evil,),
            tags=(evil,),
            image=image,
        )
    )
    assert made.headline == evil
    for name, body in files(folder).items():
        if name.endswith("html"):
            assert b"<script" not in body, name
