"""Ways in which real pages arrive broken, each a function of the page and a random source."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_TAG = re.compile(rb"<[^<>]{1,400}>")
MEBIBYTE = 1024 * 1024


def truncated(page: bytes, random: Random) -> bytes:
    return page[: random.randrange(len(page) + 1)]


def shuffled_tags(page: bytes, random: Random) -> bytes:
    """Some tags change places."""
    tags = list(_TAG.finditer(page))
    chosen = random.sample(tags, min(len(tags), 20))
    places = sorted(chosen, key=lambda match: match.start())
    texts = [match[0] for match in random.sample(chosen, len(chosen))]
    out, at = bytearray(), 0
    for match, text in zip(places, texts, strict=True):
        out += page[at : match.start()] + text
        at = match.end()
    return bytes(out + page[at:])


def dropped_tags(page: bytes, random: Random) -> bytes:
    return _TAG.sub(lambda match: b"" if random.random() < 0.1 else match[0], page)


def doubled_tags(page: bytes, random: Random) -> bytes:
    return _TAG.sub(lambda match: match[0] * (2 if random.random() < 0.05 else 1), page)


def wrong_charset(page: bytes, random: Random) -> bytes:
    charset = random.choice([b"utf-16", b"iso-8859-1", b"shift_jis", b"no-such-charset", b""])
    return re.sub(rb"charset=[\"']?[\w-]+", b"charset=" + charset, page, flags=re.IGNORECASE)


def other_encoding(page: bytes, random: Random) -> bytes:
    text = page.decode("utf-8", "replace")
    return text.encode(random.choice(["utf-16", "cp1252", "utf-8-sig"]), "replace")


def nul_bytes(page: bytes, random: Random) -> bytes:
    out = bytearray(page)
    for _ in range(50):
        out.insert(random.randrange(len(out) + 1), random.choice([0, 1, 8, 0x1A, 0xFF, 0xFE]))
    return bytes(out)


def flipped_bytes(page: bytes, random: Random) -> bytes:
    out = bytearray(page)
    for _ in range(max(1, len(out) // 200)):
        if out:
            out[random.randrange(len(out))] = random.randrange(256)
    return bytes(out)


def deep(page: bytes, random: Random) -> bytes:
    """Elements inside elements, closed or not."""
    tag = random.choice([b"div", b"span", b"p", b"table", b"b"])
    depth = random.choice([200, 2_000, 20_000])
    at = random.randrange(len(page) + 1)
    closed = b"</" + tag + b">" if random.random() < 0.5 else b""
    return page[:at] + (b"<" + tag + b">") * depth + page[at:] + closed * depth


def repeated(page: bytes, random: Random) -> bytes:
    """A piece of the page over and over, up to half a mebibyte."""
    start = random.randrange(len(page) + 1)
    piece = page[start : start + random.randrange(1, 2_000)]
    return page[:start] + piece * (MEBIBYTE // 2 // max(len(piece), 1)) + page[start:]


def broken_jsonld(page: bytes, random: Random) -> bytes:
    def spoil(match: re.Match[bytes]) -> bytes:
        text = match[2]
        ways = [text.replace(b'"', b"\n", 1), text[: len(text) // 2], text + b",]", b"[" * 5_000]
        return match[1] + random.choice(ways) + match[3]

    return re.sub(rb"(?s)(<script[^>]*ld\+json[^>]*>)(.*?)(</script>)", spoil, page)


def swapped_texts(page: bytes, random: Random) -> bytes:
    """Texts between tags change places: dates where names were, names where dates were."""
    pieces = re.split(rb"(<[^<>]*>)", page)
    where = [n for n, piece in enumerate(pieces) if n % 2 == 0 and piece.strip()]
    chosen = random.sample(where, min(len(where), 30))
    texts = [pieces[n] for n in chosen]
    random.shuffle(texts)
    for n, text in zip(chosen, texts, strict=True):
        pieces[n] = text
    return b"".join(pieces)


# What a page may be blown up with; each was slow once.
FILLERS = (
    b"<p>Kalimat panjang tanpa isi yang cukup panjang untuk sebuah paragraf.</p>\n",
    b"<p>Jakarta, 2 September 2020</p>",
    b"<p>Baca juga:</p><p><a href=/x>y</a></p>",
    b"<div class='max-card__title'><h1>Judul</h1><div>Rep: A/ Red: B</div></div>",
    b"<div class='side-article txt-article'><p>Isi.</p></div>",
    b"<div class='entry-content'><p>Isi.</p></div>",
    b"<article>Isi.</article>",
    b'<script type=\'application/ld+json\'>{"@type": "NewsArticle"}</script>',
    b"<img src='data:image/png;base64," + b"A" * 4_000 + b"'>",
    *(b"<p>x", b"<div>", b"<b>x", b"<br>", b"&amp;", b"kata ", b"a", b"[", b"<", b"(RA/AS) "),
)
SIZES = (MEBIBYTE // 2, 2 * MEBIBYTE - 100_000, 10 * MEBIBYTE)
"""Below the bounds of a body and of a page, and as much as a crawl takes."""


def huge(page: bytes, random: Random) -> bytes:
    """A page many times its size, mostly one thing over and over, somewhere behind the head."""
    filler, size = random.choice(FILLERS), random.choice(SIZES)
    tags = [match.end() for match in _TAG.finditer(page)]
    at = random.choice(tags[len(tags) // 4 :] or [0])
    return page[:at] + filler * ((size - len(page)) // len(filler)) + page[at:]


MUTATIONS: tuple[Mutation, ...] = (
    truncated,
    shuffled_tags,
    dropped_tags,
    doubled_tags,
    wrong_charset,
    other_encoding,
    nul_bytes,
    flipped_bytes,
    deep,
    repeated,
    broken_jsonld,
    swapped_texts,
    huge,
)
