"""A paragraph as runs of text with their inline marks, cut and folded without breaking them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

# A mark is a tag name, for links with the address: ("strong", ""), ("a", "https://…").
Mark = tuple[str, str]

_SPACE = re.compile(r"\s+")
# Soft hyphens, zero-width spaces and joiners, byte order marks: invisible, and in the way of rules.
# Control characters and halves of cut-off emoji: no database, XML or JSON reader takes them.
# (A pattern: ``str.translate`` takes five times as long where one letter is not ASCII.)
INVISIBLE = re.compile(
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
    if text.isascii() and text.isprintable():
        return " ".join(text.split())  # the same, without asking for what cannot be there
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    return _SPACE.sub(" ", text).strip()


def folded(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with white space folded across their borders; empty when there is no text."""
    found: list[Run] = []
    space = True  # nothing before the first word
    for run in runs:
        text = run.text
        if not (text.isascii() and text.isprintable()):
            text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
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


def cut_start(block: Block, characters: int) -> Block:
    """The block without its first characters, marks kept."""
    runs: list[Run] = []
    left = characters
    for run in block.runs:
        kept = run.text[left:]
        left = max(0, left - len(run.text))
        if kept:
            runs.append(Run(kept, run.marks))
    return replace(block, runs=folded(runs))


def cut_end(block: Block, characters: int) -> Block:
    """The block without its last characters, marks kept."""
    keep = max(0, len(block.text) - characters)
    runs: list[Run] = []
    for run in block.runs:
        kept = run.text[:keep]
        keep -= len(kept)
        if kept:
            runs.append(Run(kept, run.marks))
    return replace(block, runs=folded(runs))
