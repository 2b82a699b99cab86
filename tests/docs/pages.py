"""The Markdown pages of the project: their headings, sections, links and fenced blocks."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
REFERENCE = DOCS / "reference"

_FENCE = re.compile(r"^```(?P<about>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^(?P<marks>#{1,6}) (?P<title>.+)$", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    language: str
    about: str
    """What follows the language on the line that opens the block."""
    file: str | None
    """What follows ``file=``: where a reader is told to write it."""
    text: str


def all_pages() -> list[Path]:
    """Every Markdown file of the project that a reader may open."""
    top = sorted(PROJECT.glob("*.md"))
    inside = [*DOCS.rglob("*.md"), *(PROJECT / "benchmarks").glob("*.md")]
    return [*top, *sorted(inside)]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def blocks(text: str) -> list[Block]:
    found = []
    for match in _FENCE.finditer(text):
        language, _, rest = match["about"].strip().partition(" ")
        file = rest.removeprefix("file=") if rest.startswith("file=") else None
        found.append(Block(language, rest, file, match["text"]))
    return found


def prose(text: str) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", text)


def code_words(text: str) -> set[str]:
    """Everything set as `code` in a page's prose and tables."""
    return set(_CODE.findall(prose(text)))


def section(text: str, title: str) -> str:
    """What stands under the heading that begins with ``title``, up to the next as high."""
    headings = list(_HEADING.finditer(prose(text)))
    plain = prose(text)
    for place, heading in enumerate(headings):
        if heading["title"].startswith(title):
            depth = len(heading["marks"])
            after = (h.start() for h in headings[place + 1 :] if len(h["marks"]) <= depth)
            return plain[heading.start() : next(after, len(plain))]
    return ""


def first_cells(text: str) -> list[str]:
    """The code words in the first column of a text's tables."""
    rows = (line for line in prose(text).splitlines() if line.startswith("| "))
    return [word for row in rows for word in _CODE.findall(row.split("|")[1])]


def links(text: str) -> list[str]:
    return _LINK.findall(prose(text))


def internal_links(page: Path) -> Iterator[tuple[str, Path, str]]:
    """(as written, file or folder, anchor) of a page's links into the project."""
    for link in links(read(page)):
        if "://" in link or link.startswith("mailto:"):
            continue
        target, _, anchor = link.partition("#")
        yield link, (page.parent / target).resolve() if target else page, anchor


def anchors(page: Path) -> set[str]:
    """Names of a page's headings as GitHub makes them."""
    titles = (match["title"] for match in _HEADING.finditer(prose(read(page))))
    return {re.sub(r"[^\w\- ]", "", t.lower()).strip().replace(" ", "-") for t in titles}


def shell_commands(text: str) -> list[list[str]]:
    """Each call of ``aggregator`` in a page's shell blocks, as words; comments are cut."""
    found = []
    for block in blocks(text):
        if block.language in ("sh", "shell", "bash", "console", "cron"):
            for line in block.text.splitlines():
                found.extend(_calls(line))
    return found


def _calls(line: str) -> Iterator[list[str]]:
    words = shlex.split(line, comments=True)
    call: list[str] | None = None
    for word in [*words, "&&"]:
        if word in ("&&", "||", "|", ";", ">", ">>", "2>&1"):
            if call is not None:
                yield call
            call = None
        elif call is not None:
            call.append(word)
        elif word == "aggregator" or word.endswith("bin/aggregator"):
            call = []
