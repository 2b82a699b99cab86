"""How well pages are read after their layout changed: ours, field by field.

    python benchmarks/layouts.py [FOLDER] [--failures]

The pages of ``benchmarks/extraction.py``, each changed in ways in which publishers change theirs:
other names, no metadata, other elements, more containers. ``--failures`` prints what was misread.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from extraction import NOW, Judged, f1, golden, is_clean, same_minute, saved

from aggregator.errors import AggregatorError
from aggregator.model import Article
from pipelines.drops import Drop
from pipelines.normalise import normalise
from spiders.page import Page
from spiders.registry import publishers

Change = Callable[[str], str]
FIELDS = ("headline", "minute", "names", "text", "clean", "dateline", "agency")
ENOUGH = 0.98
"""Of F1, from which a text counts as read."""

_NAMES = re.compile(r"""\b(class|id)\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w-]+))""", re.IGNORECASE)
_SCRIPT = re.compile(r"(?is)(<(script|style)\b.*?</\2\s*>)")


def renamed(page: str) -> str:
    """Every class and id is called something else; scripts and styles stay."""

    def other(found: re.Match[str]) -> str:
        names = (found[2] or found[3] or found[4] or "").split()
        return f'{found[1]}="{" ".join(map(_other_name, names))}"'

    pieces = _SCRIPT.split(page)
    # Of three pieces the second is a script, the third the name of its tag.
    return "".join(
        _NAMES.sub(other, piece) if at % 3 == 0 else piece
        for at, piece in enumerate(pieces)
        if at % 3 < 2
    )


def _other_name(name: str) -> str:
    return "k" + hashlib.sha256(name.encode()).hexdigest()[:8]


def without_jsonld(page: str) -> str:
    return re.sub(r"(?is)<script[^>]*ld\+json.*?</script>", "", page)


def without_metas(page: str) -> str:
    return re.sub(r"(?is)<meta (?!charset|http-equiv)[^>]*>", "", page)


def without_metadata(page: str) -> str:
    return without_metas(without_jsonld(page))


def wrapped(page: str) -> str:
    """Every container stands in another one."""
    page = re.sub(r"(?i)<(div|article|section)\b([^>]*)>", r'<div class="w"><\1\2>', page)
    return re.sub(r"(?i)</(div|article|section)\s*>", r"</\1></div>", page)


def other_elements(page: str) -> str:
    """Paragraphs are ``div``, the headline an ``h2``, times ``span``."""
    for old, new in (("p", "div"), ("h1", "h2"), ("time", "span"), ("article", "div")):
        page = re.sub(rf"(?i)<{old}(?=[\s>])", f"<{new}", page)
        page = re.sub(rf"(?i)</{old}\s*>", f"</{new}>", page)
    return page


def broken_lines(page: str) -> str:
    """Paragraphs end in two ``<br>``."""
    return re.sub(r"(?i)</p\s*>", "<br><br>", re.sub(r"(?i)<p(?=[\s>])[^>]*>", "", page))


def unchanged(page: str) -> str:
    return page


CHANGES: tuple[tuple[Change, ...], ...] = (
    (unchanged,),
    (renamed,),
    (without_jsonld,),
    (without_metas,),
    (without_metadata,),
    (wrapped,),
    (other_elements,),
    (broken_lines,),
    (renamed, without_metadata),
    (renamed, wrapped),
    (renamed, other_elements),
    (renamed, broken_lines),
    (renamed, without_metadata, wrapped),
    (renamed, without_metadata, other_elements),
    (renamed, without_metadata, broken_lines),
)


def read(judged: Judged) -> Article | None:
    """The article; ``None`` where nothing would be stored."""
    parser = publishers()[judged.publisher]()
    first, *more = (Page(judged.url, body) for body in judged.pages)
    try:
        article = parser.parse_page(first, fetched_at=NOW)
        article = parser.merge(article, [parser.continuation(page) for page in more])
        return normalise(article, parser.publisher)
    except (AggregatorError, Drop):
        return None


def changed(judged: Judged, changes: tuple[Change, ...]) -> Judged:
    pages = []
    for body in judged.pages:
        text = body.decode("utf-8", "replace")
        for change in changes:
            text = change(text)
        pages.append(text.encode())
    return replace(judged, pages=tuple(pages))


def misread(judged: Judged) -> Iterator[tuple[str, bool, Any]]:
    """Each judged field, whether it is right, and what was found."""
    expected, article = judged.expected, read(judged)
    body = expected.get("body_with_more_pages") if len(judged.pages) > 1 else None
    wanted = "\n".join(body or expected["body"])
    found = "\n".join(article.body) if article else ""
    headline = article.headline if article else None
    yield "headline", headline == expected["headline"], headline
    stated = expected.get("published_at") or ""
    if len(stated) > len("2020-08-07"):
        moment = article.published_at if article else None
        yield "minute", same_minute(moment, stated), moment
    if "credits" in expected:
        people = {(c.name, str(c.role)) for c in article.credits} if article else None
        yield "names", people == {(c["name"], c["role"]) for c in expected["credits"]}, people
    yield "text", f1(found, wanted) >= ENOUGH, found
    yield "clean", is_clean(found, wanted), found
    if "dateline" in expected:
        line = article.dateline if article else None
        printed = {"mark": line.mark, "place": line.place} if line else None
        want = expected["dateline"]
        yield "dateline", printed == (want and {k: want[k] for k in ("mark", "place")}), line
    if "agency" in expected:
        agency = article.agency if article else None
        yield "agency", agency == expected["agency"], agency


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--failures", action="store_true")
    options = parser.parse_args()
    pages = list(saved(options.folder) if options.folder else golden())
    print(f"{len(pages)} pages of {options.folder or 'the golden cases'}")
    print(f"| change | {' | '.join(FIELDS)} |")
    print(f"| --- |{' ---: |' * len(FIELDS)}")
    for changes in CHANGES:
        name = " + ".join(change.__name__.replace("_", " ") for change in changes)
        points: dict[str, list[bool]] = {field: [] for field in FIELDS}
        for page in pages:
            for field, right, found in misread(changed(page, changes)):
                points[field].append(right)
                if options.failures and not right:
                    print(f"  {field} of {page.url}: {str(found)[:400]!r}")
        cells = (f"{sum(p)}/{len(p)}" if p else "none" for p in points.values())
        print(f"| {name} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
