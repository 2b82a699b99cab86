"""The file for a first load: read back by our own reader of such files."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from lxml import etree

from aggregator.portal import wxr as reader
from aggregator.portal.formats import Form, read
from aggregator.publish.port import Post, PostState
from aggregator.publish.wxr import NAMESPACES, write_wxr
from tests.aggregator.publish.makepost import BODY, make_post

URL = "https://sekolah.sch.id"


def written(*posts: Post) -> bytes:
    file = io.BytesIO()
    count = write_wxr(posts, file, title="SMK & <kawan>", url=URL, zone=ZoneInfo("Asia/Makassar"))
    assert count == len(posts)
    return file.getvalue()


def found(document: bytes, path: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(document).iterfind(path, NAMESPACES)]


def test_it_is_read_back() -> None:
    post = make_post(headline="Siswa & “guru” 😀")
    reading, form = read(written(post), Form.AUTO)
    assert form is Form.WXR
    (back,) = reading.posts
    assert back.headline == post.headline
    assert back.html.replace("&#058;", ":") == BODY
    assert back.published_raw == "2020-08-07 02:11:12+00:00"
    assert back.sources == (post.source_url,)
    assert back.key == post.key


def test_what_the_importer_reads() -> None:
    post = make_post(categories=("Berita & acara",))
    document = written(post)
    assert found(document, "channel/wp:wxr_version") == ["1.2"]
    assert found(document, "channel/title") == ["SMK & <kawan>"]
    assert found(document, "channel/item/wp:post_date") == ["2020-08-07 10:11:12"]
    assert found(document, "channel/item/wp:post_name") == [post.slug]
    assert found(document, "channel/item/wp:status") == ["publish"]
    assert found(document, "channel/item/excerpt:encoded") == ["Siswa SMK &amp; guru mendunia."]
    terms = [
        (element.get("domain"), element.get("nicename"), element.text)
        for element in etree.fromstring(document).iterfind("channel/item/category")
    ]
    assert terms == [
        ("category", "berita-acara", "Berita & acara"),
        ("post_tag", "smk", "SMK"),
        ("post_tag", "riset-teknologi", "Riset & teknologi"),
    ]


def test_states() -> None:
    states = (PostState.PUBLISHED, PostState.SCHEDULED, PostState.PENDING, PostState.HIDDEN)
    document = written(*(replace(make_post(), state=state) for state in states))
    assert found(document, "channel/item/wp:status") == ["publish", "publish", "pending", "draft"]


def test_characters_that_xml_forbids_are_left_out() -> None:
    evil = "a\x00b\x07\ufffe]]>\U0001f600"
    document = written(
        make_post(headline=evil, excerpt=evil, body_html=f"<p>{evil}</p>", tags=(evil,))
    )
    assert len(reader.read(document).posts) == 1
    assert found(document, "channel/item/title") == ["ab]]&gt;&#x1f600;"]


def test_posts_are_written_one_by_one() -> None:
    def many() -> Iterator[Post]:
        for number in range(3000):
            yield make_post(f"tribun-{number}")

    class Nowhere(io.RawIOBase):
        size = 0

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            size = len(data)  # type: ignore[arg-type]
            self.size += size
            return size

    file = Nowhere()
    tracemalloc.start()
    write_wxr(many(), file, title="x", url=URL, zone=ZoneInfo("UTC"))  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert file.size > 5_000_000
    assert peak < 1_000_000
