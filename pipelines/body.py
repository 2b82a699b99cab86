"""An HTML fragment as the blocks that a reader sees, and back as clean HTML.

BeautifulSoup reads the fragment only, never a page. A block is a sequence of runs (text with its
inline marks), so that a dateline can be cut off the front without breaking the markup, and writing
a block's HTML and reading it again gives the same block.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

import nh3
from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag

# A mark is a tag name, for links with the address: ("strong", ""), ("a", "https://…").
Mark = tuple[str, str]

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
"""Characters of markup that a body may have. The longest at hand has 27,000; ten times as much
again is room for what word processors paste."""
MOST_TAGS = 10_000
"""Tags that a body may have; the most at hand are 300. Reading them is what takes the time."""

_LIST_KINDS = ("ul", "ol")
_SENTENCE_END = re.compile(r"[.!?:;…)\]”\"’'»]$")
_SPACE = re.compile(r"\s+")
# Soft hyphens, zero-width spaces and joiners, byte order marks: invisible, and in the way of rules.
# Control characters and halves of cut-off emoji: no database, XML or JSON reader takes them.
# (A pattern: ``str.translate`` takes five times as long where one letter is not ASCII.)
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff\x7f\x00-\x08\x0e-\x1b\ud800-\udfff]"
)


@dataclass(frozen=True)
class Run:
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Block:
    kind: str
    """``p``, ``h2``, ``h3``, ``blockquote``, or ``ul``/``ol`` for an item of such a list."""
    runs: tuple[Run, ...]
    after_break: bool = False
    """Began with a ``<br>``, not with a paragraph of its own."""

    @cached_property
    def text(self) -> str:
        return "".join([run.text for run in self.runs])

    @property
    def is_link(self) -> bool:
        """Whether the block is nothing but a link."""
        return all(
            any(name == "a" for name, _ in run.marks) for run in self.runs if run.text.strip()
        )


def tidy(text: str) -> str:
    """NFC, without invisible characters, white space folded."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return _SPACE.sub(" ", text).strip()


def is_oversized(fragment: str) -> bool:
    """Whether a body is none: a page that would keep the crawl from all others."""
    return len(fragment) > LONGEST or fragment.count("<") > MOST_TAGS


def read_blocks(fragment: str) -> tuple[Block, ...]:
    """The fragment's blocks in reading order, none of them empty."""
    reader = _Reader()
    # Without a tag, BeautifulSoup would warn that a text may be meant as an address or a file.
    soup = BeautifulSoup("<body>" + _INVISIBLE.sub("", fragment), "lxml")
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
        if name in SKIPPED:
            return
        if name == "br":
            self.flush(after_break=True)
            return
        breaking = name in BREAKING or name in HEADINGS
        if breaking:
            self.flush()
        inner = _kind_inside(name, kind)
        inside = _marked(marks, _mark(tag, name))
        for child in tag.children:
            yield child, inside, inner
        if breaking:
            yield None, marks, kind

    def flush(self, *, after_break: bool = False) -> None:
        runs = _folded(self._runs)
        if runs:
            self.blocks.append(Block(self._kind, runs, self._after_break))
        if runs or not after_break:
            self._after_break = after_break
        self._runs = []


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


def _folded(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with white space folded across their borders; empty when there is no text."""
    found: list[Run] = []
    space = True  # nothing before the first word
    for run in runs:
        text = unicodedata.normalize("NFC", _INVISIBLE.sub("", run.text))
        text = _SPACE.sub(" ", text)
        if space:
            text = text.lstrip(" ")
        if not text:
            continue
        space = text.endswith(" ")
        if found and found[-1].marks == run.marks:
            # An accent may have stood in a run of its own.
            found[-1] = Run(unicodedata.normalize("NFC", found[-1].text + text), run.marks)
        else:
            found.append(Run(text, run.marks))
    while found:
        last = found[-1].text.rstrip(" ")
        if last:
            found[-1] = Run(last, found[-1].marks)
            break
        found.pop()
    return tuple(found)


def _joined(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks with line breaks inside a sentence undone.

    A ``<br>`` after a finished sentence is a paragraph break; one before a lower-case letter in mid
    sentence was made by an editor's window.
    """
    found: list[Block] = []
    for block in blocks:
        before = found[-1] if found else None
        if (
            before is not None
            and block.after_break
            and block.kind == before.kind
            and block.text[:1].islower()
            and not _SENTENCE_END.search(before.text)
        ):
            found[-1] = replace(before, runs=_folded((*before.runs, Run(" "), *block.runs)))
        else:
            found.append(replace(block, after_break=False) if block.after_break else block)
    return tuple(found)


def cut_start(block: Block, characters: int) -> Block:
    """The block without its first characters, marks kept."""
    runs: list[Run] = []
    left = characters
    for run in block.runs:
        kept = run.text[left:]
        left = max(0, left - len(run.text))
        if kept:
            runs.append(Run(kept, run.marks))
    return replace(block, runs=_folded(runs))


def cut_end(block: Block, characters: int) -> Block:
    """The block without its last characters, marks kept."""
    keep = max(0, len(block.text) - characters)
    runs: list[Run] = []
    for run in block.runs:
        kept = run.text[:keep]
        keep -= len(kept)
        if kept:
            runs.append(Run(kept, run.marks))
    return replace(block, runs=_folded(runs))


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
