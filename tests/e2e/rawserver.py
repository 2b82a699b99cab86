"""A server that writes raw bytes, so that it can break every rule; it notes who came when."""

from __future__ import annotations

import contextlib
import socketserver
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

Answer = bytes | Iterable[bytes] | Callable[[], Iterable[bytes]]
"""What is written after a request: at once, or piece by piece until the client hangs up."""


@dataclass
class Arrival:
    path: str
    came: float
    """Seconds of a clock that only runs forward."""
    others: int
    """Requests that were under way at that moment."""
    head: str
    """Request line and headers as they came."""
    left: float = 0.0


@dataclass
class RawServer:
    answers: dict[str, Answer] = field(default_factory=dict)
    arrivals: list[Arrival] = field(default_factory=list)
    port: int = 0
    _under_way: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def asked(self) -> list[str]:
        return [arrival.path for arrival in self.arrivals]

    def serve(self, path: str, answer: Answer) -> None:
        self.answers[path] = answer

    def arrived(self, head: str) -> Arrival:
        with self._lock:
            words = head.split(" ")
            path = words[1] if len(words) > 1 else ""
            arrival = Arrival(path, time.monotonic(), self._under_way, head)
            self.arrivals.append(arrival)
            self._under_way += 1
        return arrival

    def left(self, arrival: Arrival) -> None:
        with self._lock:
            arrival.left = time.monotonic()
            self._under_way -= 1


def http(
    body: bytes | str,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """A well-formed answer. Header names are written with underscores."""
    body = body.encode() if isinstance(body, str) else body
    fields = {"Content-Type": kind, "Content-Length": str(len(body)), "Connection": "close"}
    fields |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


@contextlib.contextmanager
def raw_server() -> Iterator[RawServer]:
    world = RawServer()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            lines = []
            while (line := self.rfile.readline()) not in (b"\r\n", b""):
                lines.append(line.decode("latin-1"))
            if not lines:
                return
            arrival = world.arrived("".join(lines))
            try:
                answer = world.answers.get(arrival.path, http("", "404 Not Found"))
                pieces = answer() if callable(answer) else answer
                for piece in [pieces] if isinstance(pieces, bytes) else pieces:
                    self.wfile.write(piece)
            except OSError:
                pass  # the client hung up, as it should
            finally:
                world.left(arrival)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Handler) as server:
        world.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield world
        finally:
            server.shutdown()
            thread.join()
