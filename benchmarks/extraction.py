"""How well articles are read: ours beside trafilatura, newspaper4k and news-please.

    python benchmarks/extraction.py [FOLDER]

FOLDER holds saved pages and ``expected/*.json``, what a careful reader wrote down of each. Without
one the golden cases of the test suite are used: synthetic pages with the publishers' markup, which
our parsers were written against, so that only a folder of other pages is proof.

headline: exactly the reader's. minute: the right minute, as an aware time, where the page prints
one. names: every printed person with the right role and nobody else (the others know no roles).
text: F1 of the words of the body. clean: no line that is mostly not the article's.
"""

from __future__ import annotations

import argparse
import json
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.normalise import normalise
from spiders.page import Page
from spiders.registry import publishers

CASES = Path(__file__).parents[1] / "tests" / "publishers"
FEW_WORDS = 2
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Judged:
    """A page and what a reader saw on it."""

    url: str
    publisher: str
    pages: tuple[bytes, ...]
    expected: dict[str, Any]


@dataclass(frozen=True)
class Read:
    """What a program saw on it; what it cannot tell stays empty."""

    headline: str = ""
    published: datetime | None = None
    names: frozenset[tuple[str, str]] | None = None
    text: str = ""


def saved(folder: Path) -> Iterator[Judged]:
    for path in sorted((folder / "expected").glob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if not expected.get("fragment"):
            page = (folder / expected["page"]).read_bytes()
            yield Judged(expected["url"], expected["publisher"], (page,), expected)


def golden() -> Iterator[Judged]:
    for path in sorted(CASES.glob("*/*/case.json")):
        about = json.loads(path.read_text(encoding="utf-8"))
        names = ["page.html", *about.get("more_pages", [])]
        pages = tuple(path.with_name(name).read_bytes() for name in names)
        expected = json.loads(path.with_name("expected.json").read_text(encoding="utf-8"))
        yield Judged(about["url"], path.parents[1].name, pages, expected)


def ours(judged: Judged) -> Read:
    parser = publishers()[judged.publisher]()
    first, *more = (Page(judged.url, body) for body in judged.pages)
    article = parser.parse_page(first, fetched_at=NOW)
    article = parser.merge(article, [parser.continuation(page) for page in more])
    article = normalise(article, parser.publisher)
    return Read(
        headline=article.headline,
        published=article.published_at,
        names=frozenset((credit.name, str(credit.role)) for credit in article.credits),
        text="\n".join(article.body),
    )


def trafilatura(judged: Judged) -> Read:
    from trafilatura import bare_extraction

    found = bare_extraction(_html(judged), url=judged.url, with_metadata=True)
    if found is None:
        return Read()
    return Read(found.title or "", _time(found.date), None, found.text or "")


def newspaper(judged: Judged) -> Read:
    from newspaper import Article

    article = Article(judged.url, fetch_images=False, language="id")
    article.download(input_html=_html(judged))
    article.parse()
    return Read(article.title, _time(article.publish_date), None, article.text)


def newsplease(judged: Judged) -> Read:
    from newsplease import NewsPlease

    found = NewsPlease.from_html(_html(judged), url=judged.url, fetch_images=False)
    return Read(found.title or "", _time(found.date_publish), None, found.maintext or "")


PROGRAMS: dict[str, Callable[[Judged], Read]] = {
    "ours": ours,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper,
    "news-please": newsplease,
}


def score(program: Callable[[Judged], Read], judged: list[Judged]) -> dict[str, float]:
    totals: dict[str, list[float]] = {}
    for page in judged:
        try:
            read = program(page)
        except Exception as error:  # noqa: BLE001 - a crash is a result, whoever crashes
            print(f"  {type(error).__name__} on {page.url}: {error}")
            read = Read()
        for name, value in _points(page.expected, read, len(page.pages)):
            totals.setdefault(name, []).append(value)
    return {name: sum(values) / len(values) for name, values in totals.items()}


def _points(expected: dict[str, Any], read: Read, pages: int) -> Iterator[tuple[str, float]]:
    yield "headline", read.headline == expected["headline"]
    stated = expected.get("published_at", "")
    if len(stated) > len("2020-08-07"):
        yield "minute", same_minute(read.published, stated)
    if "credits" in expected and read.names is not None:
        wanted = {(credit["name"], credit["role"]) for credit in expected["credits"]}
        yield "names", read.names == wanted
    body = expected.get("body_with_more_pages") if pages > 1 else None
    text = "\n".join(body or expected["body"])
    yield "text", f1(read.text, text)
    yield "clean", is_clean(read.text, text)


def is_clean(found: str, wanted: str) -> bool:
    """No line of what was found is mostly not the article's."""
    lines = [line for line in found.splitlines() if line.strip()]
    return bool(lines) and not any(_is_foreign(line, _words(wanted)) for line in lines)


def _is_foreign(line: str, text: Counter[str]) -> bool:
    """A line most of whose words are not the article's. A dateline left in place is forgiven."""
    words = _words(line)
    return words.total() > FEW_WORDS and (words & text).total() < words.total() / 2


def same_minute(moment: datetime | None, stated: str) -> bool:
    return _minute(moment) == _minute(datetime.fromisoformat(stated))


def _minute(moment: datetime | None) -> datetime | None:
    """In UTC; ``None`` for a time without a zone, which says nothing."""
    if moment is None or moment.tzinfo is None:
        return None
    return moment.astimezone(UTC).replace(second=0, microsecond=0)


def _time(stated: object) -> datetime | None:
    if isinstance(stated, datetime):
        return stated
    try:
        return datetime.fromisoformat(str(stated))
    except ValueError:
        return None


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def f1(found: str, wanted: str) -> float:
    ours, theirs = _words(found), _words(wanted)
    common = (ours & theirs).total()
    return 2 * common / (ours.total() + theirs.total()) if common else 0.0


def _html(judged: Judged) -> str:
    return judged.pages[0].decode("utf-8", "replace")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    judged = list(saved(options.folder) if options.folder else golden())
    if not judged:
        print(f"no expected/*.json in {options.folder}")
        return
    where = options.folder or "the golden cases"
    print(f"{len(judged)} pages of {where}")
    print("| program | headline | minute | names | text F1 | clean |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, program in PROGRAMS.items():
        found = score(program, judged)
        keys = ("headline", "minute", "names", "text", "clean")
        cells = (f"{found[key]:.2f}" if key in found else "none" for key in keys)
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
