"""Run as a program: crawl one fictional publisher that lives on a loopback address.

    python loopback.py BASE_URL DATABASE_URL [--limit N] [--recheck] [--budget N] …

Prints the JSON report of ``aggregator crawl --json``. A crawl needs a process of its own, since
Twisted's reactor starts only once.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

from aggregator import settings
from aggregator.cli.crawl import result_json
from aggregator.cli.output import Output
from aggregator.config import Config
from aggregator.crawl import CrawlRequest, run
from aggregator.errors import AggregatorError
from aggregator.model import Channel, ChannelKind, Publisher, RightsBasis
from aggregator.urls import UrlRules
from spiders.layout import Layout
from spiders.publisher import PublisherSpider

# How the parser was before somebody improved it, and how it is now.
PRINTED = ("h1", "time", "p.penulis")
NOISE = {"old": PRINTED, "new": (*PRINTED, "div.penutup")}


def loopback_publisher(
    base: str, parser: str = "old", feeds: tuple[str, ...] = ("rss",)
) -> type[PublisherSpider]:
    """A publisher whose articles are ``/berita/<id>/<slug>`` and ``/tulisan/<slug>``.

    It moved here from ``127.0.0.1``, which leads to the same articles.
    """
    host = urlsplit(base).netloc
    former = f"127.0.0.1:{urlsplit(base).port}"

    class Loopback(PublisherSpider):
        name = "contoh"
        publisher = Publisher(
            name="contoh",
            title="Harian Contoh",
            homepage=base,
            timezone="Asia/Jakarta",
            rights_basis=RightsBasis.EXCERPT_ONLY,
            hosts=(host,),
        )
        url_rules = UrlRules(
            hosts=(host, former),
            aliases={former: host},
            identities=(re.compile(r"/berita/(?P<id>\d+)(?:/|$)"),),
            articles=(re.compile(r"/tulisan/[^/]+$"),),
        )
        channels = tuple(
            Channel(publisher="contoh", name=name, kind=ChannelKind.FEED, url=f"{base}/{name}")
            for name in feeds
        )
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


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    parser.add_argument("database")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--recheck", action="store_true")
    parser.add_argument("--guarded", action="store_true")
    parser.add_argument("--budget", type=int, default=20)
    parser.add_argument("--parser", choices=NOISE, default="old")
    parser.add_argument("--feeds", nargs="+", default=["rss"])
    parser.add_argument("--archive", type=Path)
    parser.add_argument("--replay", type=Path)
    options = parser.parse_args()
    # Not zero: without any delay Scrapy 2.19 starts a burst of requests to one host at once.
    settings.DOWNLOAD_DELAY = 0.02
    config = Config(
        database_url=options.database,
        contact="uji@sekolah.example",
        allow_private_network=not options.guarded,
        recheck_budget=options.budget,
    )
    request = CrawlRequest(
        limit=options.limit,
        recheck=options.recheck,
        archive=options.archive,
        replay=options.replay,
    )
    spider = loopback_publisher(options.base, options.parser, tuple(options.feeds))
    try:
        result = run(config, request, registered={"contoh": spider})
    except AggregatorError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    Output().json(result_json(result))
    return 1 if result.needs_a_person else 0


if __name__ == "__main__":
    sys.exit(main())
