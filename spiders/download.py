"""Scrapy's HTTP handler, with a bound on what comes before the body.

Scrapy bounds the body, Twisted the length of one header line; neither bounds how many lines there
are. A server that sends headers without end would fill the memory until the timeout.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import HTTP11ClientProtocol, ResponseFailed
from twisted.web.iweb import IResponse

MOST_HEADERS = 256 * 1024
"""Bytes of status lines and headers of one answer; browsers stop there too."""


class HeadersTooLongError(Exception):
    """An answer whose headers do not end."""


class BoundedHandler(HTTP11DownloadHandler):
    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _BoundedFactory

    async def download_request(self, request: Request) -> Response:
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            if _is_too_long(error.__cause__):
                raise HeadersTooLongError(request.url) from error
            raise


def _is_too_long(cause: BaseException | None) -> bool:
    reasons = cause.reasons if isinstance(cause, ResponseFailed) else ()
    return any(reason.check(HeadersTooLongError) for reason in reasons)


class _BoundedParser(_LenientHTTPClientParser):
    received = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802 - Twisted's
        self.received += len(line)
        if self.received > MOST_HEADERS:
            raise HeadersTooLongError
        super().lineReceived(line)

    def lineLengthExceeded(self, line: bytes) -> None:  # noqa: ARG002, N802 - Twisted's
        raise HeadersTooLongError


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: object) -> Deferred[IResponse]:
        answer: Deferred[IResponse] = super().request(request)  # type: ignore[arg-type]
        # Twisted makes the parser itself, of a fixed class; Scrapy changes it the same way.
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser
        return answer


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: ARG002, N802
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
