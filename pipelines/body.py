"""An HTML fragment as the blocks that a reader sees, and back as clean HTML.

BeautifulSoup reads the fragment only, never a page. A block is a sequence of runs (text with its
inline marks), so that a dateline can be cut off the front without breaking the markup, and writing
a block's HTML and reading it again gives the same block.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

import nh3
from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

from pipelines.paragraphs import INVISIBLE, Block, Mark, Run, folded, tidy

INLINE: dict[str, str] = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
HEADINGS: dict[str, str] = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}

# Ends a paragraph before and after. Anything that is neither here nor skipped is inline.
BREAKING = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset footer
    header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr
    ul""".split()
)

# Never part of the text, whoever prints it.
SKIPPED = frozenset(
    """audio button canvas embed figcaption figure form head iframe input ins noscript object
    picture script select style svg template textarea title video""".split()
)

# What ``body_html`` may contain; the same list is in docs/reference/article.md.
ALLOWED_TAGS = {"p", "h2", "h3", "blockquote", "ul", "ol", "li", "strong", "em", "a"}
ALLOWED_ATTRIBUTES = {"a": {"href"}}
ALLOWED_SCHEMES = {"http", "https"}

LONGEST = 500_000
"""Characters of markup that a body may have. The longest recorded text has 8,600; the rest is room
for long reads and for what word processors paste."""
MOST_TAGS = 10_000
"""Tags that a body may have, for the same reason; a saved page's body has up to 60. Reading them is
what takes the time."""

LONGEST_CELL = 160
"""Characters of a table's cell; a longer one is a paragraph in a table made for its layout."""
CELLS_APART = " | "

_LIST_KINDS = ("ul", "ol")
_SENTENCE_END = re.compile(r"[.!?:;…)\]”\"’'»]$")


def is_oversized(fragment: str) -> bool:
    """Whether a body is none: a page that would keep the crawl from all others."""
    return len(fragment) > LONGEST or fragment.count("<") > MOST_TAGS


def read_blocks(fragment: str) -> tuple[Block, ...]:
    """The fragment's blocks in reading order, none of them empty."""
    reader = _Reader()
    # Without a tag, BeautifulSoup would warn that a text may be meant as an address or a file.
    soup = BeautifulSoup("<body>" + INVISIBLE.sub("", fragment), "lxml")
    reader.read(soup)
    reader.flush()
    return _joined(reader.blocks)


# What is still to be read, under which marks, as which kind of block; ``None``: a block ends here.
_Left = tuple[PageElement | None, tuple[Mark, ...], str]


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[Run] = []
        self._kind = "p"
        self._after_break = False

    def read(self, root: Tag) -> None:
        # A list of what is left instead of recursion: bad markup nests a thousand tags deep.
        left: list[_Left] = [(root, (), "p")]
        while left:
            node, marks, kind = left.pop()
            if node is None:
                self.flush()
            elif isinstance(node, Tag):
                left.extend(reversed([*self._inside(node, marks, kind)]))
            elif type(node) in (NavigableString, CData):
                self._runs.append(Run(str(node), marks))
                self._kind = kind

    def _inside(self, tag: Tag, marks: tuple[Mark, ...], kind: str) -> Iterator[_Left]:
        name = tag.name.lower()
        if name in SKIPPED and not (name == "figure" and tag.find("table")):
            return
        if name == "br":
            self.flush(after_break=True)
            return
        breaking = name in BREAKING or name in HEADINGS
        if breaking:
            self.flush()
        row = _row(tag) if name == "tr" else None
        if row is not None:
            yield row, marks, kind
            yield None, marks, kind
            return
        inner = _kind_inside(name, kind)
        inside = _marked(marks, _mark(tag, name))
        for child in tag.children:
            yield child, inside, inner
        if breaking:
            yield None, marks, kind

    def flush(self, *, after_break: bool = False) -> None:
        runs = folded(self._runs)
        if runs:
            self.blocks.append(Block(self._kind, runs, self._after_break))
        if runs or not after_break:
            self._after_break = after_break
        self._runs = []


def _row(tag: Tag) -> NavigableString | None:
    """A table's row of short cells as one line; ``None`` where a cell holds paragraphs."""
    if tag.find("table") is not None:
        return None
    texts = [tidy(cell.get_text(" ")) for cell in tag.find_all(["td", "th"])]
    if len(texts) < 2 or max(map(len, texts)) > LONGEST_CELL:
        return None
    return NavigableString(CELLS_APART.join(filter(None, texts)))


def _marked(marks: tuple[Mark, ...], mark: Mark | None) -> tuple[Mark, ...]:
    """The marks with one more; a link inside a link ends the outer one, as in every browser."""
    if mark is None or mark in marks:
        return marks
    if mark[0] == "a":
        marks = tuple(outer for outer in marks if outer[0] != "a")
    return (*marks, mark)


def _kind_inside(name: str, kind: str) -> str:
    if name in HEADINGS:
        return HEADINGS[name]
    if name == "blockquote" or name in _LIST_KINDS:
        return name
    return kind


def _mark(tag: Tag, name: str) -> Mark | None:
    if name in INLINE:
        return (INLINE[name], "")
    if name == "a":
        href = str(tag.get("href") or "").strip()
        if href.lower().startswith(("http://", "https://")) and _is_address(href):
            return ("a", href)
    return None


def _is_address(href: str) -> bool:
    """Whether the sanitiser would keep it: a mark that it refuses would be gone the next time."""
    return "href=" in nh3.clean(_run(Run("x", (("a", href),))), url_schemes=ALLOWED_SCHEMES)


def _joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks with line breaks inside a sentence undone.

    A ``<br>`` after a finished sentence is a paragraph break; one behind a comma or, in mid
    sentence, before a lower-case letter was made by an editor's window.
    """
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if (
            before is not None
            and block.after_break
            and block.kind == before.kind
            and _goes_on(before.text, block.text)
        ):
            found[-1] = replace(before, runs=folded((*before.runs, Run(" "), *block.runs)))
        else:
            found.append(replace(block, after_break=False) if block.after_break else block)
    return tuple(found)


def _goes_on(line: str, following: str) -> bool:
    in_mid_sentence = following[:1].islower() and not _SENTENCE_END.search(line)
    return in_mid_sentence or line.endswith(",")


def write_html(blocks: Sequence[Block]) -> str:
    """The blocks as sanitised HTML, one element per line (list items inside their list)."""
    lines: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind in _LIST_KINDS:
            items = "".join(f"<li>{_inline(block.runs)}</li>" for block in group)
            lines.append(f"<{kind}>{items}</{kind}>")
        else:
            lines.extend(f"<{kind}>{_inline(block.runs)}</{kind}>" for block in group)
    # Everything above is escaped and ours; the sanitiser is the second lock.
    return nh3.clean(
        "\n".join(lines),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="nofollow noopener",
    )


def _inline(runs: Iterable[Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    for name, value in reversed(run.marks):
        attribute = f' href="{html.escape(value)}"' if name == "a" else ""
        text = f"<{name}{attribute}>{text}</{name}>"
    return text
