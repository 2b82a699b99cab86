"""Run as a program: crawl one fictional publisher that lives on a loopback address.

    python loopback.py BASE_URL DATABASE_URL [--limit N] [--recheck] [--channels NAME …] …

Prints the JSON report of ``aggregator crawl --json``, with the process's largest memory as
``peak_mb``. A crawl needs a process of its own, since Twisted's reactor starts only once.
"""

from __future__ import annotations

import argparse
import re
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from aggregator import settings
from aggregator.cli.crawl import exit_code, result_json
from aggregator.cli.output import Output
from aggregator.config import Config
from aggregator.crawl import CrawlRequest, run
from aggregator.errors import AggregatorError
from aggregator.model import Channel, ChannelKind, Publisher, RightsBasis
from aggregator.urls import UrlRules
from benchmarks.memory import peak_mib
from spiders.layout import Layout, ListingLayout
from spiders.publisher import PublisherSpider

RSS, INDEX = "rss", "indeks"
# How the parser was before somebody improved it, and how it is now.
PRINTED = ("h1", "time", "p.penulis")
NOISE = {"old": PRINTED, "new": (*PRINTED, "div.penutup")}


def loopback_publisher(
    base: str, channels: Sequence[str] = (RSS,), name: str = "contoh", parser: str = "old"
) -> type[PublisherSpider]:
    """A publisher whose articles are ``/berita/<id>/<slug>`` and ``/tulisan/<slug>`` and whose
    channels are feeds at ``/<name>``, except for ``indeks``: pages ``/indeks``, ``/indeks/2`` and
    so on, by which feeds catch up.

    It moved here from ``127.0.0.1``, which leads to the same articles.
    """
    host = urlsplit(base).netloc
    declared = tuple(_channel(base, name, channel, INDEX in channels) for channel in channels)
    publisher_name = name
    former = f"127.0.0.1:{urlsplit(base).port}"

    class Loopback(PublisherSpider):
        name = publisher_name
        publisher = Publisher(
            name=publisher_name,
            title="Harian Contoh",
            homepage=base,
            timezone="Asia/Jakarta",
            rights_basis=RightsBasis.EXCERPT_ONLY,
            hosts=(host,),
        )
        url_rules = UrlRules(
            hosts=tuple(dict.fromkeys((host, former))),
            aliases={former: host} if former != host else {},
            identities=(re.compile(r"/berita/(?P<id>\d+)(?:/|$)"),),
            articles=(re.compile(r"/tulisan/[^/]+$"),),
        )
        channels = declared
        listings = (ListingLayout(name="contoh-indeks", item="ul.indeks > li", headline=("a",)),)
        layouts = (
            Layout(
                name="contoh-2026",
                shows="article.isi",
                headline=("h1",),
                published=("time.terbit",),
                byline=("p.penulis",),
                body=("article.isi",),
                noise=NOISE[parser],
            ),
        )

    return Loopback


def _channel(base: str, publisher: str, name: str, has_index: bool) -> Channel:
    if name == INDEX:
        return Channel(
            publisher=publisher,
            name=name,
            kind=ChannelKind.LISTING,
            url=f"{base}/{name}",
            page_url=f"{base}/{name}/{{page}}",
        )
    return Channel(
        publisher=publisher,
        name=name,
        kind=ChannelKind.FEED,
        url=f"{base}/{name}",
        catch_up=INDEX if has_index else None,
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("database")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--recheck", action="store_true")
    parser.add_argument("--guarded", action="store_true")
    parser.add_argument("--channels", nargs="+", default=[RSS])
    parser.add_argument("--feed", action="append", default=[], metavar="PATH", help="one channel")
    parser.add_argument("--channel", action="append", default=[])
    parser.add_argument("--budget", type=int, default=20)
    parser.add_argument("--parser", choices=NOISE, default="old")
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--archive-folder", type=Path)
    parser.add_argument("--replay", type=Path)
    # Not zero: without any delay Scrapy 2.19 starts a burst of requests to one host at once.
    parser.add_argument("--delay", type=float, default=0.02)
    parser.add_argument("--timeout", type=float, default=settings.DOWNLOAD_TIMEOUT)
    parser.add_argument("--retries", type=int, default=settings.RETRY_TIMES)
    parser.add_argument("--resolve", metavar="NAME=ADDRESS", help="what a name resolves to")
    options = parser.parse_args()
    settings.DOWNLOAD_DELAY = options.delay
    settings.DOWNLOAD_TIMEOUT = options.timeout
    settings.RETRY_TIMES = options.retries
    if options.resolve:
        resolve(*options.resolve.split("="))
    config = Config(
        database_url=options.database,
        contact="uji@sekolah.example",
        allow_private_network=not options.guarded,
        recheck_budget=options.budget,
        archive_folder=options.archive_folder,
    )
    request = CrawlRequest(
        limit=options.limit,
        recheck=options.recheck,
        channels=tuple(options.channel),
        archive=options.archive,
        replay=options.replay,
    )
    channels = [path[1:] for path in options.feed] or options.channels
    spider = loopback_publisher(options.base, channels, parser=options.parser)
    try:
        result = run(config, request, registered={"contoh": spider})
    except AggregatorError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    Output().json({**result_json(result), "peak_mb": round(peak_mib())})
    return exit_code(result)


def resolve(name: str, address: str) -> None:
    """Answer for the name server, of which a test has none."""
    asked = socket.gethostbyname
    socket.gethostbyname = lambda host: address if host == name else asked(host)


if __name__ == "__main__":
    sys.exit(main())
