"""Who made an article: printed bylines as credits.

Names stay as printed, with titles, degrees and initials. What else stands beside a name goes: the
outlet (``Laporan Wartawan Tribunkaltim.co, Nama``), the writer's position (``Oleh: Nama, Guru SMKN
1``) and where they write from (``Nama dari Jepang``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from aggregator.model import Credit, Role

# Label -> role, as printed by the three publishers and agencies.
LABELS: dict[str, Role] = {
    "rep": Role.REPORTER,
    "reporter": Role.REPORTER,
    "penulis": Role.REPORTER,
    "pewarta": Role.REPORTER,
    "wartawan": Role.REPORTER,
    "jurnalis": Role.REPORTER,
    "koresponden": Role.REPORTER,
    "laporan": Role.REPORTER,
    "pengolah": Role.REPORTER,
    "naskah": Role.REPORTER,
    "teks": Role.REPORTER,
    "oleh": Role.REPORTER,
    "by": Role.REPORTER,
    "red": Role.EDITOR,
    "redaktur": Role.EDITOR,
    "editor": Role.EDITOR,
    "penyunting": Role.EDITOR,
    "kontributor": Role.CONTRIBUTOR,
    "penerjemah": Role.CONTRIBUTOR,
    "narator": Role.CONTRIBUTOR,
    "videografer": Role.CONTRIBUTOR,
    "produser": Role.CONTRIBUTOR,
    "foto": Role.PHOTOGRAPHER,
    "fotografer": Role.PHOTOGRAPHER,
    "pewarta foto": Role.PHOTOGRAPHER,
}

# How the position of an author begins, who is no reporter: "Oleh: Nama, Guru SMKN 1 Balikpapan".
POSITIONS = frozenset(
    """advokat aktivis akademisi alumni alumnus analis anggota asn asesor asisten budayawan bupati
    calon ceo dekan direktur dokter dosen ekonom eks founder gubernur guru instruktur jurnalis juru
    kabag kabid kasi kasubag kepala ketua kolumnis komisaris komisioner konsultan koordinator lurah
    mahasiswa mahasiswi manajer mantan menteri ombudsman orang pakar pegawai pegiat pelajar pelaku
    pemerhati pemimpin pendidik pendiri penasihat peneliti pengacara pengajar pengamat pengawas
    penggiat pengurus penulis penyuluh perawat praktisi presiden psikolog pustakawan redaktur rektor
    relawan santri sekjen sekretaris siswa siswi sosiolog staf staff tenaga tim ustaz wakil wali
    walikota warga wartawan widyaiswara""".split()
)
_LOWER_IN_NAMES = frozenset("bin binti al el as van der de den dos la von bt ibn".split())

_LABEL_WORDS = "|".join(sorted(LABELS, key=len, reverse=True))
_LABEL = re.compile(
    rf"(?<![^\s/|;,:(\[])(?P<labels>(?:{_LABEL_WORDS})(?:(?:/|\s*&\s*|\s+dan\s+)(?:{_LABEL_WORDS}))*)"
    r"\s*:\s*",
    re.IGNORECASE,
)
_ONE_LABEL = re.compile(_LABEL_WORDS, re.IGNORECASE)
_KIND = r"(?P<kind>wartawan|reporter|jurnalis|kontributor|koresponden)"
_REPORTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"laporan\s+{_KIND}\s+[^,:|]{{2,60}},\s*(?P<name>[^|:]+)",
        rf"laporan\s+{_KIND}\s+[\w-]+(?:\.[a-z]{{2,6}}){{1,2}}\s+(?P<name>[^|:]+)",
        rf"laporan\s+{_KIND}\s+tribun[\w-]*\s+(?:(?-i:[A-Z])\w+\s+(?=\S+\s+\S))?(?P<name>[^|:]+)",
        r"laporan\s+(?P<name>[^|:,]{3,60})\|",
        r"oleh\s+(?P<name>(?-i:[A-Z])[^|:]+)",
    )
)
_BETWEEN = re.compile(r"\s+(?:dan juga|dan|serta|and|&)\s+|\s*[;|/•·]\s*")
# A comma separates names, unless a degree follows: "Sari Dewi, S.Pd., M.Si".
_COMMA = re.compile(r",\s*")
_DEGREE = re.compile(
    r"^(?:[A-Z][A-Za-z]{0,4}\.\s?)+[A-Za-z]{0,4}\.?$"
    r"|^[SM]\.?(?:A|Ag|Ak|E|H|Hum|I\.?Kom|IP|Kes|Kn|Kom|M|P|Pd|PdI|Psi|Sc|Si|Sn|Sos|T|TP|Tr)\.?$"
    r"|^(?:Ph\.?D|MBA|MPd|MSi|SpA|Lc|BA|BSc|MA|MM|CHRP)\.?$"
    r"|^[SM]\.[\w.]+(?:\s[SM]\.[\w.]+)+$"
)
_FROM = re.compile(r"\s+(?:(?:melaporkan\s+)?(?:dari|langsung dari)|di)\s+[A-Z][\w ]*$")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?\s*$")
_EMPTY = frozenset({"", "-", "--", "n/a", "none", "null"})


def parse_byline(text: str) -> tuple[Credit, ...]:
    """All credits in a printed byline; lines are separate. Unlabelled text gives none."""
    found: list[Credit] = []
    for line in text.splitlines():
        found.extend(_line(" ".join(line.split())))
    return tuple(dict.fromkeys(found))


def _line(line: str) -> Iterator[Credit]:
    report = next(filter(None, (pattern.match(line) for pattern in _REPORTS)), None)
    if report is not None:
        kind = (report.groupdict().get("kind") or "").lower()
        yield from _credits(report["name"], LABELS.get(kind, Role.REPORTER))
        line = line[report.end() :]
    labels = list(_LABEL.finditer(line))
    for label, following in zip_longest(labels, labels[1:]):
        names = line[label.end() : following.start() if following else len(line)]
        for one in _ONE_LABEL.findall(label["labels"]):
            yield from _credits(names, LABELS[one.lower()])


def _credits(names: str, role: Role) -> Iterator[Credit]:
    for name in split_names(names):
        yield Credit(name=name, role=role)


def split_names(text: str) -> list[str]:
    """Single names out of ``A dan B``, ``A, B`` or ``A & B``; degrees stay with their owner."""
    if text.strip(" /").casefold() in _EMPTY:
        return []
    names: list[str] = []
    after_position = False
    for part in _BETWEEN.split(_FROM.sub("", text)):
        if after_position and "," not in part:
            continue  # "Kepala Dinas Pendidikan dan Kebudayaan"
        own, after_position = _names_of(part)
        names.extend(own)
    return names


def _names_of(part: str) -> tuple[list[str], bool]:
    """The names of one part, and whether a position ends it."""
    names: list[str] = []
    for piece in _COMMA.split(part):
        name = _name(piece)
        if names and _DEGREE.match(name):
            names[-1] = f"{names[-1]}, {name}"
        elif names and _is_position(name):
            return names, True
        elif name.casefold() not in _EMPTY:
            names.append(name)
    return names, False


def _name(piece: str) -> str:
    name = _BRACKETS.sub("", piece.strip(" ,;|/*")).strip(" ,;|/*()[]")
    # A full stop closes a sentence, unless it closes an abbreviation.
    return re.sub(r"(?<=[a-z]{3})\.$", "", name)


def _is_position(piece: str) -> bool:
    """Whether what follows a name says what they do: ``Guru SMKN 1``, ``lulusan IKIP``."""
    words = piece.split()
    if not words:
        return False
    is_mixed = len({word[0].islower() for word in words if word not in _LOWER_IN_NAMES}) > 1
    return words[0].casefold() in POSITIONS or is_mixed


def merge_credits(*groups: Iterable[Credit]) -> tuple[Credit, ...]:
    """Credits of several places, each person and role once.

    A name that holds another's words is the same person's, more fully: ``Rina Ayu`` and ``Rina Ayu
    Panca Rini``. A bare desk code such as ``C31`` is kept: it is what is printed.
    """
    found: list[Credit] = []
    for group in groups:
        earlier = list(found)
        for credit in group:
            same = next((one for one in earlier if _same_person(one, credit)), None)
            if same is None:
                if credit not in found:
                    found.append(credit)
            elif same in found:
                found[found.index(same)] = max(same, credit, key=_fullness)
    return tuple(dict.fromkeys(found))


def _same_person(one: Credit, other: Credit) -> bool:
    if one.role is not other.role:
        return False
    first, second = (credit.name.casefold().split() for credit in (one, other))
    shorter, longer = sorted((first, second), key=len)
    rest = iter(longer)
    return all(word in rest for word in shorter)


def _fullness(credit: Credit) -> tuple[int, bool]:
    """More words say more, and a name in mixed case is better than one in capitals alone."""
    name = credit.name
    return len(name.split()), not (name.islower() or name.isupper())
