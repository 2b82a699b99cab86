"""A publisher on 127.0.0.1 in a process of its own, so that its work is not measured."""

from __future__ import annotations

import contextlib
import http.server
import multiprocessing
from collections.abc import Callable, Iterator

Answer = Callable[[str, str], tuple[str, str]]
"""From the server's address and the path asked for to a body and its media type."""

HTML = "text/html; charset=utf-8"


@contextlib.contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """The address of a server that answers every GET with ``answer``, a module's function."""
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=_serve, args=(answer, ports), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ports.get(timeout=10)}"
    finally:
        process.terminate()
        process.join()


def _serve(answer: Answer, port: multiprocessing.Queue[int]) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            text, kind = answer(f"http://{self.headers['Host']}", self.path)
            body = text.encode()
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.put(server.server_address[1])
    server.serve_forever()


def feed(base: str, numbers: range) -> tuple[str, str]:
    items = "".join(
        f"<item><title>Uji {n}</title><link>{base}/berita/{n}/uji-{n}</link></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>", "application/rss+xml"


NO_RULES = "User-agent: *\nDisallow:\n", "text/plain"
"""A robots.txt that bars nothing."""


def number_of(path: str) -> int:
    """Of an article's path, ``/berita/<number>/<slug>``."""
    return int(path.split("/")[2])
