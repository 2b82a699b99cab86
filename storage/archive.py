"""The archive: web exchanges in and out as WARC files (ISO 28500), through warcio.

Reading never opens a socket. An ``Archive`` keeps an index in memory (one small tuple per record)
and reads each body from the file when it is asked for.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from aggregator.errors import ArchiveError, NotArchivedError

Headers = Sequence[tuple[str, str]]

# Set by the transfer, not by the publisher: wrong beside a body that is already whole.
_TRANSFER_HEADERS = frozenset({"transfer-encoding", "connection", "keep-alive"})

# What warcio and zlib raise over a damaged file; AttributeError for a record without an address.
_DAMAGED = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    ValueError,
    EOFError,
    AttributeError,
    zlib.error,
)


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One archived request and its answer."""

    method: str
    url: str
    status: int
    headers: Headers
    body: bytes
    fetched_at: datetime
    """Aware UTC: WARC-Date of the response."""


@dataclass(frozen=True, kw_only=True)
class _Place:
    offset: int
    url: str
    fetched_at: datetime


class ArchiveReader:
    """Answers requests from a WARC file.

    The same request may be archived several times: each asking takes the next one, the last one
    stays. Scheme and a leading ``www.`` do not matter, since we ask for https where an old archive
    holds http. Of a file that ends within a record, the records before it are served.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, list[_Place]] = {}
        self._asked: dict[str, int] = {}
        self._index()

    def urls(self) -> tuple[str, ...]:
        """Addresses answered to a plain GET, in the order of the file, each once."""
        return tuple(
            places[0].url for key, places in self._places.items() if key.startswith("GET ")
        )

    def first_date(self) -> datetime | None:
        dates = [place.fetched_at for places in self._places.values() for place in places]
        return min(dates, default=None)

    def get(self, method: str, url: str, body: bytes = b"") -> Exchange:
        """The next archived answer. Raises ``NotArchivedError``."""
        key = request_key(method, url, body)
        places = self._places.get(key)
        if not places:
            raise NotArchivedError(self.path, f"{method} {url}")
        turn = self._asked.get(key, 0)
        self._asked[key] = turn + 1
        return self._read(method, places[min(turn, len(places) - 1)])

    def _index(self) -> None:
        methods: dict[str, tuple[str, bytes]] = {}
        responses: list[tuple[_Place, str | None]] = []
        try:
            with self.path.open("rb") as file:
                self._read_records(file, methods, responses)
        except OSError as error:
            raise ArchiveError(self.path, _reason(error)) from error
        if not responses:
            raise ArchiveError(self.path, "holds no web pages (no WARC response record)")
        for place, record_id in responses:
            method, body = methods.get(record_id or "", ("GET", b""))
            self._places.setdefault(request_key(method, place.url, body), []).append(place)

    def _read_records(
        self,
        file: BinaryIO,
        methods: dict[str, tuple[str, bytes]],
        responses: list[tuple[_Place, str | None]],
    ) -> None:
        """All records, or those before the one in which a killed process was interrupted."""
        iterator = ArchiveIterator(file)
        try:
            for record in iterator:
                # The body first: asking for the offset reads past it.
                body = record.raw_stream.read()
                if getattr(record.raw_stream, "limit", None) != 0:
                    raise EOFError("a record is cut short")
                if record.rec_type == "request":
                    asked = record.http_headers.protocol if record.http_headers else "GET"
                    answer = record.rec_headers.get_header("WARC-Concurrent-To", "")
                    methods[answer] = (asked, body)
                elif record.rec_type == "response" and record.http_headers:
                    place = _place(record, iterator.get_record_offset())
                    responses.append((place, _record_id(record)))
        except _DAMAGED as error:
            at_end = not iterator.reader.rem_length() and not file.read(1)
            if not (responses and at_end):
                raise ArchiveError(self.path, _reason(error)) from error

    def _read(self, method: str, place: _Place) -> Exchange:
        try:
            with self.path.open("rb") as file:
                file.seek(place.offset)
                record = next(iter(ArchiveIterator(file)))
                status = int(record.http_headers.get_statuscode())
                headers = tuple(record.http_headers.headers)
                body = record.raw_stream.read()
        except (OSError, StopIteration, *_DAMAGED) as error:
            raise ArchiveError(self.path, _reason(error)) from error
        return Exchange(
            method=method,
            url=place.url,
            status=status,
            headers=headers,
            body=body,
            fetched_at=place.fetched_at,
        )


class ArchiveWriter:
    """Appends exchanges to a WARC file, one gzip member per record."""

    def __init__(self, path: Path, software: str) -> None:
        self.path = path
        try:
            self._file: BinaryIO = path.open("ab")
        except OSError as error:
            raise ArchiveError(path, _reason(error)) from error
        self._writer = WARCWriter(self._file, gzip=True)
        if path.stat().st_size == 0:
            info = {"software": software, "format": "WARC File Format 1.0"}
            self._writer.write_record(self._writer.create_warcinfo_record(path.name, info))

    def add(self, exchange: Exchange, request_headers: Headers = (), sent: bytes = b"") -> None:
        """Write the request and its response as a pair."""
        response = self._record("response", exchange, _status_line(exchange), exchange.body)
        request = self._record("request", exchange, _request_line(exchange, request_headers), sent)
        request.rec_headers.add_header("WARC-Concurrent-To", _record_id(response))
        try:
            self._writer.write_record(response)
            self._writer.write_record(request)
            self._file.flush()
        except OSError as error:
            raise ArchiveError(self.path, _reason(error)) from error

    def _record(self, kind: str, exchange: Exchange, head: StatusAndHeaders, body: bytes) -> Any:
        date = exchange.fetched_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return self._writer.create_warc_record(
            exchange.url,
            kind,
            payload=io.BytesIO(body),
            http_headers=head,
            warc_headers_dict={"WARC-Date": date},
        )

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def request_key(method: str, url: str, body: bytes = b"") -> str:
    """What makes two requests the same: method, address without scheme and www, sent body."""
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    digest = hashlib.sha256(body).hexdigest() if body else ""
    return f"{method.upper()} {host}{parts.path or '/'}{query} {digest}"


def header(headers: Headers | Mapping[str, str], name: str) -> str | None:
    """The first header of that name, whatever its case."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    return next((value for key, value in pairs if key.lower() == name.lower()), None)


def _place(record: Any, offset: int) -> _Place:
    url = record.rec_headers.get_header("WARC-Target-URI", "").strip("<>")
    date = record.rec_headers.get_header("WARC-Date", "")
    fetched_at = datetime.fromisoformat(date)
    if fetched_at.tzinfo is None:
        fetched_at = fetched_at.replace(tzinfo=UTC)
    return _Place(offset=offset, url=url, fetched_at=fetched_at.astimezone(UTC))


def _record_id(record: Any) -> str | None:
    found: str | None = record.rec_headers.get_header("WARC-Record-ID")
    return found


def _status_line(exchange: Exchange) -> StatusAndHeaders:
    kept = [(k, v) for k, v in exchange.headers if k.lower() not in _TRANSFER_HEADERS]
    return StatusAndHeaders(str(exchange.status), kept, protocol="HTTP/1.1")


def _request_line(exchange: Exchange, headers: Headers) -> StatusAndHeaders:
    parts = urlsplit(exchange.url)
    target = parts.path or "/"
    if parts.query:
        target = f"{target}?{parts.query}"
    return StatusAndHeaders(
        f"{exchange.method} {target} HTTP/1.1", list(headers), is_http_request=True
    )


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    if isinstance(error, AttributeError):
        return "a record has no address"
    text = " ".join("".join(c if c.isprintable() else " " for c in str(error)).split())
    return text[:200] or type(error).__name__
