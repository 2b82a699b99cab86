"""A school's portal in each of its forms: invented posts in the markup of the real systems."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

FIRST = (
    "Sekolah menengah kejuruan di Balikpapan menggelar pameran karya siswa selama tiga hari "
    "penuh di halaman sekolah. Pameran itu menampilkan sepeda listrik, pompa air tenaga surya, dan "
    "aplikasi perpustakaan yang dibuat bersama guru pembimbing."
)
SECOND = (
    "Kepala sekolah mengatakan seluruh karya akan dipakai dalam kegiatan belajar mengajar mulai "
    "semester depan, dan sebagian akan dipasarkan melalui koperasi siswa agar hasilnya dapat "
    "membiayai praktik berikutnya."
)
SOURCE = "https://www.vokasi.kemdikbud.go.id/read/pameran-karya-siswa"
HEADLINE = "Siswa SMK Pamerkan “Karya” & Sepeda Listrik"


@dataclass(frozen=True)
class Post:
    number: int
    headline: str
    paragraphs: tuple[str, ...]
    created: str
    """As the database of the CMS holds it."""

    @property
    def html(self) -> str:
        return "\n".join(f"<p>{html.escape(p, quote=False)}</p>" for p in self.paragraphs)

    @property
    def teaser(self) -> bytes:
        """``substr(strip_tags(post_content), 0, 165)``: bytes, entities and all."""
        text = "".join(html.escape(p, quote=False) for p in self.paragraphs)
        return text.encode()[:165]

    @property
    def facts(self) -> str:
        day, clock = self.created.split()
        year, month, date = day.split("-")
        return f"{date}/{month}/{year} {clock[:5]} - Oleh Editor - Dilihat {self.number} kali"


POSTS = (
    Post(
        12,
        HEADLINE,
        (f"Jakarta, Ditjen Diksi - {FIRST}", SECOND, f"({SOURCE})"),
        "2020-08-07 10:24:30",
    ),
    Post(
        11,
        "Guru SMK Ikuti Pelatihan Mesin",
        (f"REPUBLIKA.CO.ID, JAKARTA -- Guru SMK mengikuti pelatihan mesin. {SECOND}", FIRST),
        "2020-08-06 08:42:00",
    ),
    Post(10, "Jadwal Ujian", ("Ujian dimulai Senin.",), "2020-08-05 11:18:00"),
)


def sekolahku_feed(base: str, posts: Sequence[Post] = POSTS) -> bytes:
    """``/feed``: bare times, descriptions of 200 characters, no text."""
    items = "".join(
        f"<item><title><![CDATA[{p.headline}]]></title><link>{base}/read/{p.number}/slug</link>"
        f"<guid>{base}/read/{p.number}/slug</guid>"
        f"<description><![CDATA[{''.join(p.paragraphs)[:200]}]]></description>"
        f"<pubDate>{p.created}</pubDate></item>"
        for p in posts
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>SMK Contoh</title>'
        f"<link>{base}</link><dc:language>en-en</dc:language>{items}</channel></rss>"
    ).encode()


def sekolahku_list(posts: Sequence[Post] = POSTS, base: str = "") -> bytes:
    """A list page: teasers of 165 bytes, which may end inside a letter."""
    return (
        b'<!DOCTYPE html><html><head><meta charset="utf-8"><title>SMK Contoh</title></head><body>'
        b"<nav><ul><li><a href='/'>Beranda</a></li><li><a href='/profil'>Profil</a></li></ul></nav>"
        b"<h4>Berita Terbaru</h4>"
        + b"".join(_card(post, f"{base}/read/{post.number}/slug") for post in posts)
        + b"<footer>SMK Contoh, Balikpapan</footer></body></html>"
    )


def _card(post: Post, url: str) -> bytes:
    above = (
        f'<div class="card"><div class="card-body"><h5 class="card-title"><a href="{url}">'
        f'{post.headline}</a></h5><p class="card-text mb-0">'
    )
    below = (
        f'</p><div><small class="text-muted">{post.facts}</small><a href="{url}" class="btn">'
        '<i class="fa"></i></a></div></div></div>'
    )
    return above.encode() + post.teaser + below.encode()


def sekolahku_article(post: Post, others: Sequence[Post] = (), base: str = "") -> bytes:
    """``/read/<id>/<slug>``: the whole text, then "Tulisan Lainnya"."""
    title = html.escape(post.headline)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" '
        f'content="{title}"></head><body><nav><a href="/">Beranda</a></nav>'
        f'<h5 class="page-title">{title}</h5><small>{post.facts}</small>{post.html}'
        "<h5>Tulisan Lainnya</h5>"
    ).encode() + sekolahku_list(others, base).partition(b"</h4>")[2]


def wordpress_feed(base: str, posts: Sequence[Post] = POSTS) -> bytes:
    items = "".join(
        f"<item><title>{html.escape(p.headline)}</title><link>{base}/{p.number}/</link>"
        f"<pubDate>Fri, 07 Aug 2020 02:24:30 +0000</pubDate>"
        f'<guid isPermaLink="false">{base}/?p={p.number}</guid>'
        f"<description><![CDATA[<p>{p.paragraphs[0][:80]} […]</p>]]></description>"
        f"<content:encoded><![CDATA[{p.html}]]></content:encoded></item>"
        for p in posts
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>SMK</title>{items}</channel></rss>"
    ).encode()


def atom_feed(base: str, posts: Sequence[Post] = POSTS) -> bytes:
    entries = "".join(
        f"<entry><id>tag:{p.number}</id><title>{html.escape(p.headline)}</title>"
        f'<link href="{base}/{p.number}/"/><link rel="via" href="{SOURCE}"/>'
        f"<published>2020-08-07T10:24:30+08:00</published>"
        f'<content type="html">{html.escape(p.html)}</content></entry>'
        for p in posts
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>SMK</title>{entries}</feed>'.encode()


SOURCE_FIELD = (
    "<wp:postmeta><wp:meta_key>source_url</wp:meta_key>"
    f"<wp:meta_value><![CDATA[{SOURCE}]]></wp:meta_value></wp:postmeta>"
)


def wxr(base: str, posts: Sequence[Post] = POSTS) -> bytes:
    def item(post: Post, kind: str = "post", status: str = "publish") -> str:
        return (
            f"<item><title>{html.escape(post.headline)}</title><link>{base}/{post.number}/</link>"
            f"<pubDate>Fri, 07 Aug 2020 02:24:30 +0000</pubDate>"
            f'<guid isPermaLink="false">{base}/?p={post.number}</guid>'
            f"<content:encoded><![CDATA[{post.html}]]></content:encoded>"
            f"<excerpt:encoded><![CDATA[kutipan]]></excerpt:encoded>"
            f"<wp:post_date>2020-08-07 10:24:30</wp:post_date>"
            f"<wp:post_date_gmt>2020-08-07 02:24:30</wp:post_date_gmt>"
            f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>"
            + (SOURCE_FIELD if post is POSTS[0] else "")
            + "</item>"
        )

    draft, page = item(posts[0], status="draft"), item(posts[0], kind="page")
    items = "".join(map(item, posts)) + draft + page
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>SMK</title>'
        f"<wp:wxr_version>1.2</wp:wxr_version>{items}</channel></rss>"
    ).encode()
