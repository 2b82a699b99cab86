"""CSV: what a spreadsheet or phpMyAdmin writes, in whatever dialect and under whatever names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence

from aggregator.errors import PortalFormatError
from aggregator.portal.posts import NOTHING_STATED, RawPost, Reading
from spiders.text import plain

# Column names in lower case, without spaces and signs: Indonesian, English, CMS Sekolahku's table.
HEADLINE = ("judul", "title", "headline", "posttitle", "judulberita")
URL = ("url", "link", "tautan", "alamat", "permalink", "posturl")
TEXT = ("isi", "teks", "konten", "content", "text", "body", "postcontent", "artikel")
DATE = ("tanggal", "date", "publishedat", "published", "createdat", "postdate", "waktu", "terbit")
SOURCE = (
    "sumber", "source", "sourceurl", "originalurl", "urlasli", "tautanasli", "linkasli",
    "urlsumber", "canonical", "canonicalurl",
)  # fmt: skip

DELIMITERS = ",;\t|"
LONGEST_FIELD = 10 * 1024 * 1024

_NAME = re.compile(r"[\W_]+")


def is_table(body: bytes) -> bool:
    """Whether the first line names columns that we know."""
    return bool(_columns(_header(_decoded(body))))


def read(body: bytes) -> Reading:
    """Raises ``PortalFormatError`` where no column is known."""
    text = _decoded(body)
    header = _header(text)
    columns = _columns(header)
    if not columns:
        raise PortalFormatError(detail="no column is called judul, url, isi or sumber")
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.DictReader(io.StringIO(text), delimiter=_delimiter(text))
    try:
        return Reading().add(_posts(rows, columns))
    except csv.Error as error:
        raise PortalFormatError(detail=str(error)) from error


def _posts(
    rows: csv.DictReader[str], columns: Mapping[str, Sequence[str]]
) -> Iterator[RawPost | str]:
    for row in rows:
        stated = {
            field: next(filter(None, ((row.get(name) or "").strip() for name in names)), "")
            for field, names in columns.items()
        }
        html, url = stated.get("text", ""), stated.get("url", "")
        source = stated.get("source", "")
        if not (plain(html) or url or source):
            yield NOTHING_STATED
            continue
        yield RawPost(
            headline=plain(stated.get("headline", "")),
            html=html,
            url=url or None,
            published_raw=stated.get("date") or None,
            sources=(source,) if source else (),
        )


def _columns(header: Sequence[str]) -> dict[str, list[str]]:
    """Field -> the columns that state it, best first."""
    found: dict[str, list[str]] = {}
    for field, names in (
        ("headline", HEADLINE),
        ("url", URL),
        ("text", TEXT),
        ("date", DATE),
        ("source", SOURCE),
    ):
        by_name = {_NAME.sub("", column.lower()): column for column in header}
        own = [by_name[name] for name in names if name in by_name]
        if own:
            found[field] = own
    useful = {"headline", "url", "text", "source"}
    return found if len(useful & found.keys()) > 1 or "source" in found else {}


def _header(text: str) -> list[str]:
    first = next(csv.reader(io.StringIO(text[:LONGEST_FIELD]), delimiter=_delimiter(text)), [])
    return [name for name in first if name]


def _delimiter(text: str) -> str:
    """The sign that stands in the first line most often: a header holds no prose."""
    line = text.partition("\n")[0]
    return max(DELIMITERS, key=line.count)


def _decoded(body: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with one, else what Windows writes."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")
