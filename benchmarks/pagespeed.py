"""What pages cost a cheap phone: bytes, paints, shifts and blocked time, as Lighthouse names them.

    python benchmarks/pagespeed.py [RUNS]      (default: 5)

Crawls the demo archive into a database of its own, starts ``aggregator serve`` over it on loopback
and opens the front page, an article and a search in Chromium, each time with nothing kept: the
processor four times slower, 1.6 Mbit/s down, 750 kbit/s up and 150 ms for each round trip (what
Lighthouse calls slow 4G). Prints the median of the runs as a table. Bytes are as transferred, with
headers; "blocked" is the time beyond 50 ms of every long task after the first paint.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).parents[1]
PHONE: Mapping[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SETTINGS = """\
school = "SMK Negeri 1 Contoh"
[portal]
motto = "Siap Kerja - Santun - Mandiri - Kreatif"
approval = "none"
[web]
rate_limit = 0
"""
PAGES = {"front page": "/", "article": "", "search": "/cari?q=siswa"}
"""An article's address is known once the front page is."""

OBSERVE = """
window.measured = {lcp: 0, cls: 0, tasks: []};
const watch = (type, note) => new PerformanceObserver(
    list => list.getEntries().forEach(note)).observe({type, buffered: true});
watch("largest-contentful-paint", entry => { measured.lcp = entry.startTime; });
watch("layout-shift", entry => { if (!entry.hadRecentInput) measured.cls += entry.value; });
watch("longtask", entry => measured.tasks.push([entry.startTime, entry.duration]));
"""
SETTLES = 500
"""Milliseconds in which Chromium tells the last of what it saw."""
READ = """async settles => {
    await new Promise(done => setTimeout(done, settles));
    const fcp = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
    const late = measured.tasks.filter(([start, took]) => start + took > fcp);
    return {
        fcp, lcp: measured.lcp, cls: measured.cls, dom: document.querySelectorAll("*").length,
        tbt: late.reduce((sum, [_, took]) => sum + Math.max(0, took - 50), 0),
    };
}"""
COLUMNS = {
    "document": "HTML, bytes",
    "stylesheet": "CSS, bytes",
    "other": "other, bytes",
    "requests": "requests",
    "fcp": "first paint, ms",
    "lcp": "largest paint, ms",
    "cls": "layout shift",
    "tbt": "blocked, ms",
    "dom": "elements",
}


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of the program over the demo archive, in a process of its own."""
    (folder / "aggregator.toml").write_text(SETTINGS, encoding="utf-8")
    clean = {k: v for k, v in os.environ.items() if not k.startswith("AGGREGATOR_")}
    ours: dict[str, Any] = {"cwd": folder, "env": clean | {"PYTHONPATH": str(PROJECT)}}
    program = [sys.executable, "-m", "aggregator"]
    subprocess.run([*program, "crawl", "--demo"], check=True, capture_output=True, **ours)
    process = subprocess.Popen(
        [*program, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True, **ours
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+(?=/)", line)
        if found is None:
            raise SystemExit(f"the server did not start: {line}")
        yield found[0]
    finally:
        process.terminate()
        process.wait()


def measure(browser: Browser, url: str) -> dict[str, float]:
    context = browser.new_context(**PHONE)
    page = context.new_page()
    transferred = _slow(page)
    page.add_init_script(OBSERVE)
    page.goto(url, wait_until="networkidle")
    found: dict[str, float] = page.evaluate(READ, SETTLES)
    context.close()
    kinds = ("document", "stylesheet")
    sizes = {kind: sum(transferred[kind]) for kind in kinds}
    other = [size for kind, all_of in transferred.items() if kind not in kinds for size in all_of]
    requests = sum(map(len, transferred.values()))
    return {**found, **sizes, "other": sum(other), "requests": requests}


def _slow(page: Page) -> dict[str, list[int]]:
    """Fills, as the page loads: kind of what was asked for -> bytes of each answer."""
    session = page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    transferred: dict[str, list[int]] = {"document": [], "stylesheet": []}

    def finished(event: dict[str, Any]) -> None:
        kind = kinds.get(event["requestId"], "other")
        transferred.setdefault(kind, []).append(int(event["encodedDataLength"]))

    session.on(
        "Network.responseReceived",
        lambda event: kinds.update({event["requestId"]: event["type"].lower()}),
    )
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return transferred


def article_of(browser: Browser, base: str) -> str:
    """The path of the first article on the front page."""
    page = browser.new_page()
    page.goto(base)
    path = page.locator("main h2 a").first.get_attribute("href")
    page.close()
    if path is None:
        raise SystemExit("the front page lists no article")
    return path


def table(found: Mapping[str, list[dict[str, float]]]) -> Iterator[str]:
    yield f"| | {' | '.join(COLUMNS.values())} |"
    yield f"| --- |{' ---: |' * len(COLUMNS)}"
    for name, runs in found.items():
        medians = (statistics.median(run[column] for run in runs) for column in COLUMNS)
        values = [
            f"{value:.3f}" if column == "cls" else f"{value:,.0f}"
            for column, value in zip(COLUMNS, medians, strict=True)
        ]
        yield f"| {name} | {' | '.join(values)} |"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("runs", nargs="?", type=int, default=5)
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is not installed: apt-get install chromium")
    found: dict[str, list[dict[str, float]]] = {name: [] for name in PAGES}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as base,
        sync_playwright() as playwright,
        contextlib.closing(
            playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        ) as browser,
    ):
        paths = {**PAGES, "article": article_of(browser, base)}
        for _ in range(given.runs):
            for name, path in paths.items():
                found[name].append(measure(browser, base + path))
        print(f"{given.runs} runs, Chromium {browser.version}, load {os.getloadavg()[0]:.1f}")
    print("\n".join(table(found)))


if __name__ == "__main__":
    main()
