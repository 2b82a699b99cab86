"""A whole crawl over loopback beside a bare Scrapy spider that runs three CSS selectors.

    python benchmarks/crawl.py [ARTICLES ...]        (default: 2000 10000)

A server process on 127.0.0.1 serves one feed and N synthetic article pages. Both spiders run with
the same concurrency and without a delay; ours parses, normalises, attributes, deduplicates and
stores every article in SQLite. Prints pages per second and peak memory of each crawl's process.
"""

from __future__ import annotations

import argparse
import contextlib
import http.server
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

FILLER = "<div class='widget'><a href='/berita/0/tautan'>Tautan lain</a><span>iklan</span></div>\n"
PAGE_KB = 60
"""Size of a page. The real pages at hand are 40 to 260 KB."""

PARAGRAPH = (
    "Siswa SMK angkatan ke-{n} mengikuti uji kompetensi bagian {p} yang digelar sekolah bersama "
    "industri, dan hasil nomor {n}{p} diumumkan kepada orang tua pada hari yang sama di aula."
)


def page(number: int) -> str:
    body = "\n".join(f"<p>{PARAGRAPH.format(n=number, p=p)}</p>" for p in range(1, 11))
    head = f"""<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">
<title>Uji Kompetensi {number} - Harian Contoh</title>
<meta property="og:site_name" content="Harian Contoh"></head><body>"""
    article = f"""<article class="isi"><h1>Uji Kompetensi {number}</h1>
<time class="terbit">Selasa, 4 Agustus 2026 10:{number % 60:02d} WIB</time>
<p class="penulis">Penulis: Sari Contoh</p><p>BALIKPAPAN - Pembuka nomor {number}.</p>
{body}</article>"""
    filler = FILLER * ((PAGE_KB * 1024 - len(head) - len(article)) // len(FILLER))
    half = len(filler) // len(FILLER) // 2 * len(FILLER)
    return f"{head}{filler[:half]}{article}{filler[half:]}</body></html>"


def serve(articles: int, port: multiprocessing.Queue[int]) -> None:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            base = f"http://127.0.0.1:{self.server.server_address[1]}"
            if self.path == "/rss":
                items = "".join(
                    f"<item><title>Uji {n}</title><link>{base}/berita/{n}/uji-{n}</link></item>"
                    for n in range(1, articles + 1)
                )
                body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
                kind = "application/rss+xml"
            elif self.path.startswith("/berita/"):
                body, kind = page(int(self.path.split("/")[2])).encode(), "text/html; charset=utf-8"
            else:
                body, kind = b"User-agent: *\nDisallow:\n", "text/plain"
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.put(server.server_address[1])
    server.serve_forever()


@contextlib.contextmanager
def publisher(articles: int) -> Iterator[str]:
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    process = multiprocessing.Process(target=serve, args=(articles, ports), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ports.get(timeout=10)}"
    finally:
        process.terminate()
        process.join()


def measure(which: str, articles: int) -> tuple[float, float]:
    """Pages per second and peak resident memory (MiB) of one crawl in a process of its own."""
    with publisher(articles) as base, tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, __file__, "--child", which, base, folder],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        sys.exit(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["pages"] == articles, f"{which}: {found['pages']} of {articles} pages"
    return articles / found["seconds"], found["rss_mib"]


def child(which: str, base: str, folder: str) -> None:
    started = time.perf_counter()
    pages = ours(base, folder) if which == "ours" else bare(base)
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"pages": pages, "seconds": time.perf_counter() - started, "rss_mib": rss}))


CONCURRENCY = 16


def ours(base: str, folder: str) -> int:
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from aggregator import settings
    from aggregator.config import Config
    from aggregator.crawl import CrawlRequest, run
    from tests.e2e.loopback import loopback_publisher

    settings.DOWNLOAD_DELAY = 0  # type: ignore[assignment]
    settings.CONCURRENT_REQUESTS_PER_DOMAIN = CONCURRENCY
    settings.DOWNLOAD_MAXSIZE = 64 * 1024 * 1024
    config = Config(
        database_url=f"sqlite:///{folder}/news.db",
        contact="bench@sekolah.example",
        allow_private_network=True,
    )
    result = run(config, CrawlRequest(), registered={"contoh": loopback_publisher(base)})
    return result.states["stored"]


def bare(base: str) -> int:
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Bare(scrapy.Spider):
        name = "bare"
        start_urls = [f"{base}/rss"]  # noqa: RUF012

        def parse(self, response):  # type: ignore[no-untyped-def]
            for link in response.xpath("//item/link/text()").getall():
                yield scrapy.Request(link, self.parse_article)

        def parse_article(self, response):  # type: ignore[no-untyped-def]
            yield {
                "headline": response.css("h1::text").get(),
                "published": response.css("time.terbit::text").get(),
                "body": response.css("article.isi p::text").getall(),
            }

    process = AsyncCrawlerProcess(
        {
            "CONCURRENT_REQUESTS_PER_DOMAIN": CONCURRENCY,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "ROBOTSTXT_OBEY": True,
        }
    )
    crawler = process.create_crawler(Bare)
    process.crawl(crawler)
    process.start()
    return int(crawler.stats.get_value("item_scraped_count", 0))


def main() -> None:
    if "--child" in sys.argv:
        child(*sys.argv[2:5])
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="*", type=int, default=[2000, 10000])
    options = parser.parse_args()
    print("| articles | bare pages/s | bare MiB | ours pages/s | ours MiB | ours / bare |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for articles in options.articles:
        bare_rate, bare_rss = measure("bare", articles)
        our_rate, our_rss = measure("ours", articles)
        print(
            f"| {articles} | {bare_rate:.0f} | {bare_rss:.0f} | {our_rate:.0f} | {our_rss:.0f} "
            f"| {our_rate / bare_rate:.2f} |"
        )


if __name__ == "__main__":
    main()
