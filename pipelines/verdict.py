"""Whether two articles are prints of one text: doctrine and decision.

Observations (533 recorded texts of Republika and Tribun, 2022 to 2025, all 142,000 pairs):

- Prints of one text: an hour later with more in the middle (Jaccard .44 to .72), retitled (.62 to
  .91), with another opening sentence (.62 to .66). Sixteen pairs beside the identical ones; all
  have a Jaccard of .43 or more, and those below .6 open alike.
- Other news with the same background: .37 and .48, openings unlike. Two reports of one event have
  .3 at most, a shared quotation .24.
- Forms: question sheets of other classes .26 to .37, opening alike, the class number changed in
  every place. Answer keys, schedules, prices and yearly announcements made of one form reach .9.
- A text cut to half has a Jaccard of .5 but lies in the whole with .98 or more; so does a first
  page in the joined pages. An opening of 40 words survives every edit but one that is all there.

Theory: a copy keeps the order of words, and its changes are of any kind. News of the same form
keeps the words and changes the entries; other news of the same matter keeps a passage and changes
the opening. So: how much is shared, then what differs, then how both open.

Rules, in order. The measure that each compares is the link's score.

1. Fewer than ``MIN_WORDS`` words: separate. (Captions and tables are alike without being copies.)
2. One says that it first stood where the other is, and they share half: link, *stated original*.
3. The same headline but for its number: separate, whatever they share.
4. The same words: link, *same text*.
5. Little shared: separate.
6. Other entries in the same places (``pipelines.forms``): separate.
7. Half a year apart and any entry is another one: separate.
8. Most of the words shared (``EDITED``): link, *edited*.
9. One lies in the other (``SHORTENED``) and they open alike: link, *shortened*.
10. Less shared (``REWORKED``) and they open alike or have one headline in three days: link,
    *reworked*; even less (``RETOLD``) if both hold.
11. Anything else: separate. Unsure means separate.

Known look-alikes that are *not* duplicates, by the name that ``Separate`` gives them:

- *another entry in the same form*: schedules of two cities, prices of two days, zodiac signs;
- *another number in the same headline*: answer keys of two pages, parts of a series;
- *the same announcement of another time*: yearly admissions with few dates;
- *the same passage in other news*: follow-ups on a shared background, round-ups that hold a whole
  article in their middle, the second page of an article, reports of one press conference;
- *different texts*; *too short to tell*.

Rejected:

- The headline alone: yearly announcements repeat it word for word, and copies are retitled.
- Containment alone: a list of the day's most read articles would join all of them.
- The share of equal numbers in both texts: edits lose a tenth of them, schedules share half.
- Any two words replaced throughout as a sign of a form: house style does that (``Mendikbud`` for
  ``Menteri Pendidikan``); only kinds of entries count.
- A window of time for all pairs: Republika reprinted a column after nine months.
- Embeddings: two reports of one event are near each other, which is the look-alike, not the copy.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cached_property

import numpy as np

from aggregator.model import Link, LinkReason, Printing
from pipelines.alignment import Gap, Run, align, gaps
from pipelines.fingerprint import MIN_WORDS
from pipelines.forms import BLANK, NUMBER, other_entries
from pipelines.hashwords import MAX_LENGTH, Hashes, Words, distinct
from pipelines.originals import names
from pipelines.signature import SHINGLE

VERSION = 1
"""Who changes a rule or a threshold counts up, and all articles are compared anew."""

# Shares of shingles: Jaccard, except where containment is said. Real pairs as above; mutations as
# in docs/explanation/duplicates.md.
EDITED = 0.6
"""Above every pair of different news (.48) and every form that other rules could miss (.55)."""
REWORKED = 0.4
"""The least of a real rewrite that opens alike is .43, of 10 % scattered edits .47."""
RETOLD = 0.25
"""The least of 20 % scattered edits is .28. Reports of one event have up to .3, and other
openings."""
SHORTENED = 0.8
"""Containment. A cut copy has .98; the least of a real first version in the later one is .80."""
STATED = 0.5
"""Containment. A page may also name the source of a single quotation."""

OPENING = 40
"""Words. The shortest text that is compared is its opening."""
ALIKE_OPENING = 0.5
"""Share of the opening in common runs: copies .66 and more, other news .26 and less."""
RUN = 3
"""Words of a run that is no accident."""

ALIKE_HEADLINE = 0.6
"""Jaccard of the words."""
NEAR = timedelta(days=3)
FAR = timedelta(days=180)
"""Between two years' announcements lie ten months or more."""

FEW_NUMBERS, SHARE_OF_NUMBERS = 2, 0.2
"""Other numbers that make another filling: so many, and so much of the numbers of the text that has
fewer. Copies have none or one."""
MOST_NUMBERS = 0.5
"""Share that decides also where it is a single number."""
FEW_ENTRIES = 2
"""Other places, months, subjects … that make another filling; a dateline alone is one."""


class LookAlike(StrEnum):
    """What two articles are that look alike and are different texts."""

    SHORT = "too short to tell"
    DIFFERENT = "different texts"
    FORM = "another entry in the same form"
    NUMBERED = "another number in the same headline"
    YEARLY = "the same announcement of another time"
    PASSAGE = "the same passage in other news"


@dataclass(frozen=True, kw_only=True)
class Separate:
    """Two articles that are different texts, as far as we can tell."""

    look_alike: LookAlike


@dataclass(frozen=True, kw_only=True, eq=False)
class Reading:
    """An article and its words."""

    article: Printing
    words: Words

    @cached_property
    def shingles(self) -> Hashes:
        return distinct(self.words.shingles(SHINGLE))

    @cached_property
    def numbers(self) -> int:
        """How many numbers its text has."""
        return len(_NUMBER.findall(self.article.body[:MAX_LENGTH]))

    @cached_property
    def headline(self) -> frozenset[str]:
        return frozenset(_WORD.findall(self.article.headline.casefold()))

    @cached_property
    def headline_numbers(self) -> frozenset[str]:
        return frozenset(word for word in self.headline if _NUMBER.search(word))


_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")


def judge(one: Reading, other: Reading) -> Link | Separate:
    """The verdict on two articles: the same whichever comes first."""
    first, second = sorted((one, other), key=lambda reading: reading.article.identity)
    return _Pair(first, second).verdict()


class _Pair:
    def __init__(self, one: Reading, other: Reading) -> None:
        self.one, self.other = one, other

    def verdict(self) -> Link | Separate:
        return (
            self._short()
            or self._stated()
            or self._numbered()
            or self._same()
            or self._unlike()
            or self._form()
            or self._copy()
            or self._separate(LookAlike.PASSAGE)
        )

    # --- measures ---------------------------------------------------------------------------------

    @cached_property
    def jaccard(self) -> float:
        every = len(self.one.shingles) + len(self.other.shingles) - self._shared
        return self._shared / max(1, every)

    @cached_property
    def contained(self) -> float:
        """Share of the smaller text that lies in the larger."""
        return self._shared / max(1, min(len(self.one.shingles), len(self.other.shingles)))

    @cached_property
    def _shared(self) -> int:
        return _common(self.one.shingles, self.other.shingles)

    @cached_property
    def runs(self) -> list[Run]:
        return align(self.one.words.hashes.tolist(), self.other.words.hashes.tolist())

    @cached_property
    def opens_alike(self) -> bool:
        """Whether one opening is found in the first words of the other text."""
        size = min(OPENING, len(self.one.words), len(self.other.words))
        runs = [run for run in self.runs if run.size >= RUN]
        one = sum(_within(run.first, run.size, size) for run in runs if run.second < 2 * size)
        other = sum(_within(run.second, run.size, size) for run in runs if run.first < 2 * size)
        return max(one, other) >= ALIKE_OPENING * size

    @property
    def same_headline(self) -> bool:
        """Whether they have one headline, and in three days."""
        alike = _jaccard(self.one.headline, self.other.headline) >= ALIKE_HEADLINE
        return alike and self._apart <= NEAR

    @property
    def _apart(self) -> timedelta:
        """Between the two publications; none where one is not stated."""
        one, other = self.one.article.published_at, self.other.article.published_at
        return abs(one - other) if one and other else timedelta(0)

    # --- rules ------------------------------------------------------------------------------------

    def _short(self) -> Separate | None:
        shorter = min(len(self.one.words), len(self.other.words))
        return self._separate(LookAlike.SHORT) if shorter < MIN_WORDS else None

    def _stated(self) -> Link | None:
        one, other = self.one.article, self.other.article
        if not (names(one, other) or names(other, one)) or self.contained < STATED:
            return None
        return self._link(LinkReason.STATED, self.contained)

    def _numbered(self) -> Separate | None:
        """Answer keys whose text is the frame alone are the same word for word."""
        one, other = self.one, self.other
        numbers, others = one.headline_numbers, other.headline_numbers
        if not (numbers - others and others - numbers):
            return None
        rest = _jaccard(one.headline - numbers, other.headline - others)
        return self._separate(LookAlike.NUMBERED) if rest >= ALIKE_HEADLINE else None

    def _same(self) -> Link | None:
        same = np.array_equal(self.one.words.hashes, self.other.words.hashes)
        return self._link(LinkReason.SAME_TEXT, 1.0) if same else None

    def _unlike(self) -> Separate | None:
        little = self.jaccard < RETOLD and self.contained < SHORTENED
        return self._separate(LookAlike.DIFFERENT) if little else None

    def _form(self) -> Separate | None:
        entries = self._entries_of_texts() + self._entries_of_headlines()
        if not entries:
            return None
        numbers = entries.pop(NUMBER, 0)
        if self._are_many(numbers) or max(entries.values(), default=0) >= FEW_ENTRIES:
            return self._separate(LookAlike.FORM)
        return self._separate(LookAlike.YEARLY) if self._apart > FAR else None

    def _are_many(self, numbers: int) -> bool:
        """Whether so many other numbers make another filling."""
        if not numbers:
            return False
        share = numbers / max(1, min(self.one.numbers, self.other.numbers))
        return share >= (SHARE_OF_NUMBERS if numbers >= FEW_NUMBERS else MOST_NUMBERS)

    def _copy(self) -> Link | None:
        if self.jaccard >= EDITED:
            return self._link(LinkReason.EDITED, self.jaccard)
        if self.contained >= SHORTENED and self.opens_alike:
            return self._link(LinkReason.SHORTENED, self.contained)
        evidence = (self.opens_alike, self.same_headline)
        if (self.jaccard >= REWORKED and any(evidence)) or all(evidence):
            return self._link(LinkReason.REWORKED, self.jaccard)
        return None

    def _entries_of_texts(self) -> Counter[str]:
        one, other = self.one.words, self.other.words
        return other_entries(
            ([*map(one.word, range(*gap.first))], [*map(other.word, range(*gap.second))])
            for gap in _blanks(self.runs, len(one), len(other))
        )

    def _entries_of_headlines(self) -> Counter[str]:
        """All but numbers: copies are retitled, and whole forms are found by ``_numbered``."""
        one, other = (
            _WORD.findall(reading.article.headline.casefold()) for reading in (self.one, self.other)
        )
        found = other_entries(
            (one[slice(*gap.first)], other[slice(*gap.second)])
            for gap in _blanks(align(one, other), len(one), len(other))
        )
        del found[NUMBER]
        return found

    def _link(self, reason: LinkReason, score: float) -> Link:
        first, second = sorted((self.one.article.id, self.other.article.id))
        return Link(first=first, second=second, reason=reason, score=score)

    @staticmethod
    def _separate(look_alike: LookAlike) -> Separate:
        return Separate(look_alike=look_alike)


def _common(one: Hashes, other: Hashes) -> int:
    """How many values two ascending arrays share."""
    both = np.sort(np.concatenate((one, other)))
    return int(np.count_nonzero(both[1:] == both[:-1]))


def _blanks(runs: Sequence[Run], one: int, other: int) -> Iterator[Gap]:
    """The gaps that may be an entry: a few words on either side."""
    for gap in gaps(runs, one, other):
        if all(0 < end - start <= BLANK for start, end in (gap.first, gap.second)):
            yield gap


def _within(start: int, size: int, limit: int) -> int:
    """How many of a run's words stand among the first ``limit``."""
    return max(0, min(start + size, limit) - start)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    both = one | other
    return len(one & other) / len(both) if both else 0.0
