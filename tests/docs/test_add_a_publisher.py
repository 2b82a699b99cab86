"""``docs/how-to/add-a-publisher.md`` as a reader follows it: written, tested, crawled."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage.archive import ArchiveWriter, Exchange
from tests.docs.copies import copy_project, python
from tests.docs.pages import DOCS, PROJECT, Block, blocks, read

PAGE = read(DOCS / "how-to" / "add-a-publisher.md")
WRITTEN = [block for block in blocks(PAGE) if block.file]


def told(ending: str) -> Block:
    return next(b for b in WRITTEN if b.file and b.file.endswith(ending))


CASE: dict[str, Any] = json.loads(told("case.json").text)
EXPECTED: dict[str, Any] = json.loads(told("expected.json").text)
NAME: str = EXPECTED["publisher"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with exactly the files that the page tells a reader to write."""
    folder = copy_project(tmp_path_factory.mktemp("project"), "scrapy.cfg", "tests/publishers")
    for block in WRITTEN:
        assert block.file
        target = folder / block.file
        assert not target.exists(), "the page may add files, not change any"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(block.text, encoding="utf-8")
    return folder


def test_the_page_writes_one_module_and_one_case() -> None:
    folders = [Path(block.file or "").parent.as_posix() for block in WRITTEN]
    assert folders[0] == "spiders"
    assert [f.rpartition("/")[0] for f in folders[1:]] == [f"tests/publishers/{NAME}"] * 3
    assert not (PROJECT / "spiders" / f"{NAME}.py").exists()


def test_each_block_stands_under_its_file_name() -> None:
    for block in WRITTEN:
        assert f"`{block.file}`" in PAGE


def test_the_copy_is_what_is_imported(project: Path) -> None:
    code = "import aggregator, spiders.registry as r; print(aggregator.__file__, *r.publishers())"
    said = python("-c", code, cwd=project)
    path, *names = said.stdout.split()
    assert Path(path).is_relative_to(project), said.stderr
    assert NAME in names


def test_the_golden_case_passes(project: Path) -> None:
    command = re.search(r"^pytest (?P<args>.+)$", PAGE, re.MULTILINE)
    assert command is not None
    args = command["args"].split()
    done = python("-m", "pytest", "-n0", "-p", "no:cacheprovider", "-q", *args, cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", done.stdout)
    # One test per field, and those that every case and publisher has.
    assert passed is not None
    assert int(passed[1]) >= len(EXPECTED) + 6


def channel_of(project: Path) -> tuple[str, str]:
    """Address and kind of the publisher's only channel."""
    done = python("-m", "aggregator", "publishers", "--json", cwd=project)
    (channel,) = next(p for p in json.loads(done.stdout) if p["name"] == NAME)["channels"]
    return channel["url"], channel["kind"]


def archive(project: Path) -> Path:
    """What the publisher's server would say: its feed, and the page of the golden case."""
    feed_url, kind = channel_of(project)
    assert kind == "feed"
    item = f"<item><title>{EXPECTED['headline']}</title><link>{CASE['url']}?utm_source=rss</link>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</item></channel></rss>'
    answers = (
        (feed_url, "application/rss+xml", feed),
        (CASE["url"], "text/html; charset=utf-8", told("page.html").text),
    )
    path = project / "saved.warc.gz"
    with ArchiveWriter(path, "test") as writer:
        for url, content_type, body in answers:
            exchange = Exchange(
                method="GET",
                url=url,
                status=200,
                headers=[("Content-Type", content_type)],
                body=body.encode(),
                fetched_at=datetime.fromisoformat(CASE["fetched_at"]).astimezone(UTC),
            )
            writer.add(exchange)
    return path


def as_json(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_a_crawl_stores_its_article_with_attribution(project: Path) -> None:
    replay = str(archive(project))
    report = as_json(
        python("-m", "aggregator", "crawl", NAME, "--replay", replay, "--json", cwd=project)
    )
    assert report["states"] == {"stored": 1}
    listed = as_json(python("-m", "aggregator", "list", "--json", cwd=project))
    (article,) = listed["articles"]
    judged = {key: article[key] for key in EXPECTED if key in article}
    assert judged == {key: EXPECTED[key] for key in judged}
    attribution = article["attribution"]
    assert attribution["url"] == CASE["url"]
    for part in (attribution["publisher_title"], EXPECTED["headline"], CASE["url"]):
        assert part in attribution["credit_line"]
    assert all(credit["name"] in attribution["credit_line"] for credit in EXPECTED["credits"])
    assert attribution["stated"] is True
