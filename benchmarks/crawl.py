"""A whole crawl over loopback beside a bare Scrapy spider that runs three CSS selectors.

    python benchmarks/crawl.py [ARTICLES ...]        (default: 2000 10000)

A server process on 127.0.0.1 serves one feed and N synthetic article pages. Both spiders run with
the same concurrency and without a delay; ours parses, normalises, attributes, deduplicates and
stores every article in SQLite. Prints pages per second and peak memory of each crawl's process.
"""

from __future__ import annotations

import argparse
import functools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.memory import peak_mib
from benchmarks.serving import HTML, NO_RULES, feed, number_of, serving

FILLER = "<div class='widget'><a href='/berita/0/tautan'>Tautan lain</a><span>iklan</span></div>\n"
PAGE_KB = 60
"""Size of a page. The real pages at hand are 40 to 260 KB."""

WORDS = (
    "siswa guru sekolah bengkel industri magang kurikulum asesmen beasiswa kepala dinas orang tua "
    "kelas jurusan mesin listrik tata boga perawat kapal desa kota provinsi menteri pelatihan uji "
    "kompetensi sertifikat lomba juara tim karya alat mobil sepeda energi surya limbah kayu kain "
    "pasar usaha mandiri kreatif jujur disiplin pagi sore hari minggu bulan tahun lalu depan baru "
    "lama besar kecil banyak sedikit membuat merakit menguji membantu mengajar belajar menulis "
    "membaca menghitung berangkat pulang mulai selesai dengan untuk dari pada oleh karena agar dan"
).split()


def page(number: int) -> str:
    # Every text is its own, as in the news: forms that are filled in anew are compared with many.
    random = Random(number)
    body = "\n".join(f"<p>{' '.join(random.choices(WORDS, k=30))}.</p>" for _ in range(10))
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


def answer(articles: int, base: str, path: str) -> tuple[str, str]:
    if path == "/rss":
        return feed(base, range(1, articles + 1))
    if path.startswith("/berita/"):
        return page(number_of(path)), HTML
    return NO_RULES


def measure(which: str, articles: int) -> tuple[float, float]:
    """Pages per second and peak resident memory (MiB) of one crawl in a process of its own."""
    with (
        serving(functools.partial(answer, articles)) as base,
        tempfile.TemporaryDirectory() as folder,
    ):
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
    seconds = time.perf_counter() - started
    print(json.dumps({"pages": pages, "seconds": seconds, "rss_mib": peak_mib()}))


CONCURRENCY = 16


def ours(base: str, folder: str) -> int:
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
