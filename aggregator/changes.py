"""What changed between two revisions, word by word.

Nothing is lost in a difference: what is the same with what was removed is the old text, what is the
same with what was added is the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from aggregator.model import Credit, Revision


class Op(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, kw_only=True)
class Span:
    """A run of words."""

    op: Op
    text: str


Difference = tuple[Span, ...]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field of two revisions."""

    field: str
    """``headline``, ``body``, ``credits`` or ``published_at``."""
    old: Any
    new: Any
    """As in the JSON form of a revision."""
    paragraphs: tuple[Difference, ...] = ()
    """For headline and body: the paragraphs in which something changed."""


LONELY_WORDS = 2
"""Fewer words that stayed between two changes are shown as changed: a rewritten sentence would
otherwise be torn at every "dan" and "di"."""

_WORD = re.compile(r"\S+\s*|\s+")
_BREAK = "\n"


def changes(before: Revision, after: Revision) -> tuple[Change, ...]:
    """In the order of a reader's interest; empty where nothing differs."""
    found = (
        Change(
            field="headline",
            old=before.headline,
            new=after.headline,
            paragraphs=_changed(before.headline, after.headline),
        ),
        Change(
            field="body",
            old=list(before.body),
            new=list(after.body),
            paragraphs=_changed(_BREAK.join(before.body), _BREAK.join(after.body)),
        ),
        Change(field="credits", old=_names(before.credits), new=_names(after.credits)),
        Change(field="published_at", old=_moment(before), new=_moment(after)),
    )
    return tuple(change for change in found if change.old != change.new)


def word_diff(old: str, new: str) -> Difference:
    """Two texts as one sequence of spans."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    spans: list[tuple[list[str], list[str], list[str]]] = []
    for op, a, b, c, d in matcher.get_opcodes():
        if op == "equal":
            spans.append((before[a:b], [], []))
        else:
            spans.append(([], before[a:b], after[c:d]))
    return tuple(_spans(_without_lonely(spans)))


def shortened(difference: Difference, context: int) -> Difference:
    """The difference with no more than ``context`` unchanged words on each side of a change."""
    last = len(difference) - 1
    return tuple(
        _cut(span, context, at_start=n == 0, at_end=n == last) if span.op is Op.SAME else span
        for n, span in enumerate(difference)
    )


def _without_lonely(
    spans: Sequence[tuple[list[str], list[str], list[str]]],
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Changes with little between them, as one."""
    pending: tuple[list[str], list[str], list[str]] | None = None
    for number, (same, removed, added) in enumerate(spans):
        inside = 0 < number < len(spans) - 1
        lonely = inside and 0 < len(same) < LONELY_WORDS and _BREAK not in "".join(same)
        if same and not lonely:
            if pending is not None:
                yield pending
            pending = None
            yield same, [], []
            continue
        old, new = (same, same) if same else (removed, added)
        _, before, after = pending or ([], [], [])
        pending = ([], [*before, *old], [*after, *new])
    if pending is not None:
        yield pending


def _spans(parts: Iterable[tuple[list[str], list[str], list[str]]]) -> Iterator[Span]:
    for part in parts:
        for op, words in zip(Op, part, strict=True):
            if words:
                yield Span(op=op, text="".join(words))


def _changed(old: str, new: str) -> tuple[Difference, ...]:
    """Paragraph by paragraph, those without a change left out."""
    paragraphs: list[list[Span]] = [[]]
    for span in word_diff(old, new):
        first, *more = span.text.split(_BREAK)
        paragraphs[-1].append(Span(op=span.op, text=first))
        paragraphs.extend([Span(op=span.op, text=text)] for text in more)
    written = (tuple(s for s in spans if s.text.strip()) for spans in paragraphs)
    return tuple(spans for spans in written if any(s.op is not Op.SAME for s in spans))


def _cut(span: Span, context: int, *, at_start: bool, at_end: bool) -> Span:
    words = span.text.split()
    kept_before, kept_after = (0 if at_start else context), (0 if at_end else context)
    if len(words) <= kept_before + kept_after + 1:
        return span
    parts = [*words[:kept_before], "…", *words[len(words) - kept_after :]]
    return Span(op=span.op, text=f"{' '.join(parts)} ")


def _names(credits: Sequence[Credit]) -> list[dict[str, str]]:
    return [{"name": credit.name, "role": str(credit.role)} for credit in credits]


def _moment(revision: Revision) -> str | None:
    return revision.published_at.isoformat() if revision.published_at else None
