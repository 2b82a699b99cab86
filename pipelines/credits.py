"""Who made an article: printed bylines as credits.

Names stay as printed, with titles, degrees and initials. A line that names no role is a reporter's
where the publisher prints it as a byline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from aggregator.model import Credit, Role

# Label -> role, as printed by the three publishers and agencies.
LABELS: dict[str, Role] = {
    "rep": Role.REPORTER,
    "reporter": Role.REPORTER,
    "penulis": Role.REPORTER,
    "pewarta": Role.REPORTER,
    "wartawan": Role.REPORTER,
    "laporan": Role.REPORTER,
    "oleh": Role.REPORTER,
    "by": Role.REPORTER,
    "red": Role.EDITOR,
    "redaktur": Role.EDITOR,
    "editor": Role.EDITOR,
    "penyunting": Role.EDITOR,
    "kontributor": Role.CONTRIBUTOR,
    "penerjemah": Role.CONTRIBUTOR,
    "foto": Role.PHOTOGRAPHER,
    "fotografer": Role.PHOTOGRAPHER,
}

_LABEL = re.compile(
    rf"(?:^|(?<=[\s/|;,]))(?P<label>{'|'.join(sorted(LABELS, key=len, reverse=True))})\s*:\s*",
    re.IGNORECASE,
)
_REPORT_FROM = re.compile(
    r"^laporan\s+(?:wartawan|reporter|jurnalis|kontributor|koresponden)\s+[^,]{2,60},\s*(?P<name>.+)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s+(?:dan juga|dan|&)\s+|\s*[;|]\s*|\s*/\s+|\s+/\s*|\s*/\s*$")
# A comma separates names, unless a degree follows: "Sari Dewi, S.Pd., M.Si".
_COMMA = re.compile(r",\s*")
_DEGREE = re.compile(
    r"^(?:[A-Z][A-Za-z]{0,4}\.\s?)+[A-Za-z]{0,4}\.?$"
    r"|^[SM]\.?(?:A|Ag|Ak|E|H|Hum|IP|Kes|Kn|Kom|M|P|Pd|PdI|Psi|Sc|Si|Sn|Sos|T|TP)\.?$"
    r"|^(?:Ph\.?D|MBA|SpA|Lc|BA|BSc)\.?$"
)
_EMPTY = frozenset({"", "-", "--", "n/a", "none", "null"})


def parse_byline(text: str) -> tuple[Credit, ...]:
    """All credits in a printed byline; lines are separate. Unlabelled text gives none."""
    found: list[Credit] = []
    for line in text.splitlines():
        found.extend(_line(" ".join(line.split())))
    return tuple(dict.fromkeys(found))


def _line(line: str) -> Iterable[Credit]:
    report = _REPORT_FROM.match(line)
    if report is not None:
        yield from _credits(report["name"], Role.REPORTER)
        return
    labels = list(_LABEL.finditer(line))
    for label, following in zip_longest(labels, labels[1:]):
        names = line[label.end() : following.start() if following else len(line)]
        yield from _credits(names, LABELS[label["label"].lower()])


def _credits(names: str, role: Role) -> Iterable[Credit]:
    for name in split_names(names):
        yield Credit(name=name, role=role)


def split_names(text: str) -> list[str]:
    """Single names out of ``A dan B``, ``A, B`` or ``A & B``; degrees stay with their owner."""
    names: list[str] = []
    for part in _BETWEEN.split(text):
        for piece in _COMMA.split(part or ""):
            name = piece.strip(" ,;|/")
            if names and _DEGREE.match(name):
                names[-1] = f"{names[-1]}, {name}"
            elif name.casefold() not in _EMPTY:
                names.append(name)
    return names


def merge_credits(*groups: Iterable[Credit]) -> tuple[Credit, ...]:
    """Credits of several places, each person and role once; the first spelling stays.

    A bare desk code such as ``C31`` is kept: it is what is printed.
    """
    found: dict[tuple[str, Role], Credit] = {}
    for group in groups:
        for credit in group:
            found.setdefault((credit.name.casefold(), credit.role), credit)
    return tuple(found.values())
