"""Twenty thousand articles with known duplicates, made from real texts.

The records at hand hold some 450 distinct texts of Republika and Tribun. Others are made of them by
*retelling*: in one round every word but the 150 most frequent is replaced by another word of about
the same frequency, the same one throughout, and every digit by another digit. Length, repetition,
phrases and numbers stay as in real news, and no two retellings share more than their phrases.

Every base text has one copy, made by one ``MUTATION``; the ``NEGATIVES`` are families of texts that
look alike and are none. The same seed gives the same corpus.
"""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

RECORDS = Path(__file__).resolve().parents[1].parent / "shared" / "records"
"""Beside the checkout. Nobody may copy these texts, so they are no part of the project."""

FILES = (
    # file, publisher, columns of address, headline, text
    ("republika_texts_2025.csv", "republika", "url", "judul", "konten"),
    ("tribun_texts_2022.csv", "tribun", "Link", "Judul Berita", "Content"),
    ("tribun_texts_2023.csv", "tribun", "URL", "Title", "Body_Text"),
    ("tribun_regional_texts_2023.csv", "tribun", "url", "title", "main"),
)

LENGTHS = range(80, 1201)
"""Words of a usable text."""

KEPT = 150
"""Most frequent words, which retelling keeps: particles, verbs of saying, the usual names."""

_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+")
_DATELINE = re.compile(r"^[A-Z][A-Z.\- ,]{5,40}(?:--|-|–)\s*")

START = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Text:
    headline: str
    sentences: tuple[str, ...]
    published_at: datetime
    publisher: str
    origin: str
    """Texts of one origin are duplicates, all others are none."""
    kind: str
    """``base``, a mutation or a family of look-alikes."""

    @property
    def words(self) -> list[str]:
        return " ".join(self.sentences).split()

    def saying(self, words: Sequence[str]) -> Text:
        return replace(self, sentences=(" ".join(words),))


# --- real texts and their retellings --------------------------------------------------------------


def real_rows(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    """Publisher, address, headline and text of every usable record."""
    csv.field_size_limit(10**8)
    for name, publisher, address, headline, text in FILES:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                # That scraper took the sidebar for the article where the page was another one.
                if not row[text].startswith("Terkini Indeks"):
                    yield publisher, row[address], row[headline], row[text]


def base_texts(folder: Path) -> list[Text]:
    """The records that have nothing in common with an earlier one."""
    found: list[Text] = []
    seen: list[set[tuple[str, ...]]] = []
    for publisher, _, headline, text in real_rows(folder):
        words = _WORD.findall(text.casefold())
        if len(words) not in LENGTHS:
            continue
        shingles = {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
        if any(len(shingles & other) > 0.15 * min(map(len, (shingles, other))) for other in seen):
            continue
        seen.append(shingles)
        found.append(
            Text(
                headline=headline,
                sentences=tuple(s for s in _SENTENCE.split(" ".join(text.split())) if s),
                published_at=START,
                publisher=publisher,
                origin="",
                kind="base",
            )
        )
    return found


class Storyteller:
    """Retells texts; round 0 is the texts as they are."""

    def __init__(self, texts: Sequence[Text], seed: int) -> None:
        counts = Counter(
            word
            for text in texts
            for word in _WORD.findall(" ".join((text.headline, *text.sentences)).casefold())
        )
        ranked = [word for word, _ in counts.most_common()]
        self.texts, self.seed = texts, seed
        self.vocabulary = [word for word in ranked[:6000] if word.isalpha()]
        self._moved = [word for word in ranked[KEPT:] if word.isalpha()]

    def stories(self) -> Iterator[Text]:
        """Without end: the real texts, then retellings of all of them, round by round."""
        yield from self.texts
        number = 1
        while True:
            tell = self._round(number)
            for text in self.texts:
                yield replace(
                    text, headline=tell(text.headline), sentences=tuple(map(tell, text.sentences))
                )
            number += 1

    def _round(self, number: int) -> Callable[[str], str]:
        chance = random.Random(f"{self.seed}/{number}")
        changed: dict[str, str] = {}
        start, size = 0, 200
        while start < len(self._moved):  # bands of like frequency
            band = self._moved[start : start + size]
            changed.update(zip(band, chance.sample(band, len(band)), strict=True))
            start, size = start + size, size * 2
        digits = str.maketrans("0123456789", "".join(chance.sample("0123456789", 10)))

        def other(match: re.Match[str]) -> str:
            word = match[0]
            if any(character.isdigit() for character in word):
                return word.translate(digits)
            told = changed.get(word.casefold(), word)
            if word.isupper():
                return told.upper()
            return told.capitalize() if word[:1].isupper() else told

        return lambda text: _WORD.sub(other, text)


# --- mutations: what happens to a text that is copied ---------------------------------------------

CITIES = (
    "Jakarta Bandung Surabaya Medan Makassar Samarinda Balikpapan Padang Manado Ambon Kupang "
    "Semarang Yogyakarta Denpasar Pontianak Banjarmasin Palembang Pekanbaru Jambi Bengkulu"
).split()
BRANDS = ("REPUBLIKA.CO.ID", "TRIBUNNEWS.COM", "ANTARA", "TRIBUNKALTIM.CO")
BEFORE = (
    "Laporan wartawan kami langsung dari lokasi kegiatan untuk para pembaca setia.",
    "Simak berita selengkapnya berikut ini yang telah dirangkum oleh tim redaksi.",
)
AFTER = (
    "Ikuti berita terkini dan terpercaya lainnya melalui saluran resmi kami di media sosial.",
    "Artikel ini disunting dari berbagai sumber oleh tim redaksi sesuai kaidah jurnalistik.",
    "Dapatkan informasi menarik lainnya seputar pendidikan, sekolah dan beasiswa di laman kami, "
    "jangan lupa bagikan kepada teman dan keluarga.",
    "Redaksi menerima tulisan pembaca berupa opini dan laporan kegiatan sekolah, kirimkan ke surel "
    "redaksi beserta identitas lengkap.",
)
ENGLISH = (
    "the of and students school minister said government program new year national education exam "
    "will from people this which their have been for with more teachers parents health food free "
    "country must every child learn today because support public"
).split()


@dataclass(frozen=True, kw_only=True)
class Means:
    """What a mutation draws from."""

    chance: random.Random
    vocabulary: Sequence[str]
    stories: Iterator[Text]
    """Texts that are used nowhere else."""
    headline: str
    """Of yet another text."""

    def other(self) -> Text:
        return next(self.stories)

    def words(self, count: int) -> list[str]:
        """As many words of other texts."""
        found: list[str] = []
        while len(found) < count:
            found.extend(self.other().words)
        return found[:count]


def _same_text(text: Text, _: Means) -> Text:
    return text


def _dateline(text: Text, means: Means) -> Text:
    opening = _DATELINE.sub("", text.sentences[0])
    mark = f"{means.chance.choice(BRANDS)}, {means.chance.choice(CITIES).upper()} -- "
    return replace(text, sentences=(mark + opening, *text.sentences[1:]))


def _headline(text: Text, means: Means) -> Text:
    return replace(text, headline=means.headline)


def _block(share: float) -> Callable[[Text, Means], Text]:
    """One passage is replaced by a passage of another text."""

    def change(text: Text, means: Means) -> Text:
        words = text.words
        size = round(len(words) * share)
        at = means.chance.randrange(len(words) - size + 1)
        return text.saying([*words[:at], *means.words(size), *words[at + size :]])

    return change


def _scattered(share: float) -> Callable[[Text, Means], Text]:
    """Single words all over the text: a third replaced, a third dropped, a third added."""

    def edited(word: str, means: Means) -> list[str]:
        another = means.chance.choice(means.vocabulary)
        return means.chance.choice(([another], [], [word, another]))

    def change(text: Text, means: Means) -> Text:
        kept = ((word, means.chance.random() >= share) for word in text.words)
        return text.saying(
            [w for word, keep in kept for w in ([word] if keep else edited(word, means))]
        )

    return change


def _cut(share: float) -> Callable[[Text, Means], Text]:
    return lambda text, _: text.saying(text.words[: round(len(text.words) * share)])


def _boilerplate(text: Text, means: Means) -> Text:
    """Standing phrases of the paper before and after, the same ones in thousands of articles."""
    before = means.chance.sample(BEFORE, means.chance.randrange(2))
    after = means.chance.sample(AFTER, means.chance.randrange(1, 4))
    return replace(text, sentences=(*before, *text.sentences, *after))


def _joined(text: Text, means: Means) -> Text:
    """All pages of an article of which the base is the first: one or two pages more."""
    more = len(text.words) * means.chance.choice((1, 2))
    return text.saying([*text.words, *means.words(more)])


def _quotes(text: Text, means: Means) -> Text:
    """Quotations in another language, at most two fifths of the text; where a text has none, every
    fourth sentence stands for one."""
    left = 0.4 * len(text.words)
    quoted = [i for i, sentence in enumerate(text.sentences) if re.search('["“]', sentence)]
    if not quoted:
        quoted = list(range(0, len(text.sentences), 4))
    sentences = list(text.sentences)
    for position in quoted:
        size = len(sentences[position].split())
        if size <= left:
            left -= size
            sentences[position] = " ".join(means.chance.choices(ENGLISH, k=size)) + "."
    return replace(text, sentences=tuple(sentences))


def _as_a_paper_would(text: Text, means: Means) -> Text:
    """Everything that usually happens at once: dateline, headline, a few words, boilerplate."""
    for change in (_dateline, _headline, _boilerplate, _scattered(0.03)):
        text = change(text, means)
    return text


MUTATIONS: dict[str, Callable[[Text, Means], Text]] = {
    "same text": _same_text,
    "dateline swapped": _dateline,
    "other headline": _headline,
    "10 % in a block": _block(0.1),
    "20 % in a block": _block(0.2),
    "10 % scattered": _scattered(0.1),
    "20 % scattered": _scattered(0.2),
    "cut to 70 %": _cut(0.7),
    "cut to 50 %": _cut(0.5),
    "boilerplate added": _boilerplate,
    "joined pages": _joined,
    "quotes translated": _quotes,
    "as a paper would": _as_a_paper_would,
}
HARDEST = "20 % scattered"
"""Reported, but no part of the goal."""


# --- look-alikes: families whose members are different news ---------------------------------------

Family = Callable[[Text, Means, int], Text]
"""The member with this number, made of the family's base."""


def _yearly(text: Text, _: Means, number: int) -> Text:
    """The same announcement a year later: other years, dates and numbers, nothing else."""
    opening = f"Pendaftaran tahun {2020 + number} dibuka pada {3 + number} Juli {2020 + number}."
    text = replace(text, sentences=(opening, *text.sentences))
    later = replace(text, published_at=text.published_at + timedelta(days=365 * number))
    return _renumbered(later, number)


def _renumbered(text: Text, number: int) -> Text:
    def other(match: re.Match[str]) -> str:
        digits = match[0]
        return str(int(digits) + number).zfill(len(digits)) if len(digits) < 9 else digits

    return replace(
        text,
        headline=re.sub(r"\d+", other, text.headline),
        sentences=tuple(re.sub(r"\d+", other, sentence) for sentence in text.sentences),
    )


def _schedule(_: Text, means: Means, number: int) -> Text:
    """Prayer times: twenty cities, day after day."""
    city, day = CITIES[number % len(CITIES)], 1 + number // len(CITIES)
    chance = random.Random(f"{city}/{day}")
    times = [f"{hour:02d}.{chance.randrange(60):02d}" for hour in (4, 4, 12, 15, 18, 19)]
    names = ("Imsak", "Subuh", "Dzuhur", "Ashar", "Magrib", "Isya")
    opening = (
        f"Berikut jadwal imsakiyah dan waktu salat untuk wilayah {city} dan sekitarnya pada "
        f"tanggal {day} Maret 2026 berdasarkan data Kementerian Agama.",
        "Umat Islam yang menjalankan ibadah puasa dapat memakai jadwal ini sebagai pedoman waktu "
        "imsak dan berbuka puasa bersama keluarga di rumah.",
    )
    closing = (
        f"Demikian jadwal imsakiyah untuk {city}, waktu dapat berbeda beberapa menit di setiap "
        "kecamatan, pastikan menyesuaikan dengan azan di masjid terdekat.",
        "Bacaan niat puasa dan doa berbuka puasa dapat dibaca pada artikel lain di laman ini.",
    )
    table = tuple(f"{name} pukul {time}." for name, time in zip(names, times, strict=True))
    return Text(
        headline=f"Jadwal Imsakiyah {city} {day} Maret 2026",
        sentences=(*opening, *table, *closing),
        published_at=START + timedelta(days=60 + day),
        publisher=means.chance.choice(("republika", "tribun")),
        origin="",
        kind="",
    )


SUBJECTS = "Matematika IPA IPS Biologi Fisika Kimia Sejarah PJOK PPKn Informatika".split()


def _answer_key(text: Text, means: Means, number: int) -> Text:
    """Answer keys: the frame is the same, page, class, subject and answers are not."""
    subject, level, page = SUBJECTS[number % 10], 7 + number % 6, 20 + 3 * number
    frame = (
        f"Simak kunci jawaban {subject} kelas {level} halaman {page} Kurikulum Merdeka ini.",
        "Kunci jawaban ini dapat dipakai orang tua sebagai pembanding saat mendampingi anak "
        "belajar di rumah, siswa sebaiknya mengerjakan sendiri soal sebelum melihatnya.",
        f"Pada halaman {page} siswa diminta mengerjakan soal uraian yang terdapat dalam buku.",
    )
    closing = (
        "Jawaban di atas hanya digunakan oleh orang tua untuk memandu proses belajar anak, soal "
        "ini berupa pertanyaan terbuka sehingga ada jawaban yang tidak terpaku seperti di atas.",
    )
    answers = islice(means.other().sentences, 3)
    return replace(
        text,
        headline=f"Kunci Jawaban {subject} Kelas {level} Halaman {page} Kurikulum Merdeka",
        sentences=(*frame, *answers, *closing),
        published_at=START + timedelta(hours=number),
    )


def _price(text: Text, _: Means, number: int) -> Text:
    """The price of gold: every day the same sentences around other numbers."""
    price = 1_900_000 + 3_000 * number
    day = START + timedelta(days=number)
    date = f"{day.day}/{day.month}/{day.year}"
    sizes = (1, 2, 3, 5, 10, 25, 50, 100)
    prices = (f"{price * size:,}".replace(",", ".") for size in sizes)
    table = tuple(f"Harga emas {n} gram Rp {rp}." for n, rp in zip(sizes, prices, strict=True))
    return replace(
        text,
        headline=f"Harga Emas Hari Ini {date} Naik Rp {3 + number % 7}.000 per Gram",
        sentences=(
            f"Harga emas batangan bersertifikat pada {date} berada di angka Rp {price} per gram.",
            "Harga pembelian kembali atau buyback juga ikut bergerak dan setiap transaksi "
            "dikenakan potongan pajak sesuai peraturan menteri keuangan yang berlaku.",
            *table,
            "Harga di setiap gerai dapat berbeda, pembeli disarankan memeriksa laman resmi sebelum "
            "datang ke gerai terdekat di kota masing-masing.",
        ),
        published_at=day,
    )


def _instalment(text: Text, means: Means, number: int) -> Text:
    """Parts of a series: the same opening and closing, another part."""
    opening, closing = text.sentences[:2], text.sentences[-1:]
    return replace(
        text,
        headline=f"{text.headline} (Bagian {number + 1})",
        sentences=(*opening, *means.other().sentences, *closing),
        published_at=text.published_at + timedelta(days=number),
    )


def _background(text: Text, means: Means, number: int) -> Text:
    """Other news above, the same background below: half of the text."""
    words = text.words
    half = words[len(words) // 2 :]
    return replace(
        text.saying([*means.words(len(half)), *half]),
        headline=means.headline,
        published_at=text.published_at + timedelta(hours=5 * number),
    )


def _quoted(text: Text, means: Means, number: int) -> Text:
    """Two reports of one event with the same long quotation: a fifth of the text."""
    words = text.words
    own = means.words(len(words))
    at, size = len(words) // 3, len(words) // 5
    told = own[:at] + words[at : at + size] + own[at + size :] if number else words
    return replace(text.saying(told), headline=means.headline if number else text.headline)


def _round_up(text: Text, means: Means, number: int) -> Text:
    """A list of the day's most read articles that repeats the whole of one in its middle."""
    if number == 0:
        return text
    around = means.words(2 * len(text.words))
    half = len(text.words)
    return replace(
        text.saying([*around[:half], *text.words, *around[half:]]),
        headline="Populer: " + means.headline,
    )


NEGATIVES: dict[str, tuple[Family, int]] = {
    # family, members
    "yearly announcement": (_yearly, 3),
    "schedules of cities": (_schedule, 200),
    "answer keys": (_answer_key, 30),
    "prices": (_price, 60),
    "instalments": (_instalment, 3),
    "same background": (_background, 2),
    "same quotation": (_quoted, 2),
    "round-up": (_round_up, 2),
}
SHARE = 0.15
"""Of the corpus, for look-alikes."""


# --- the corpus -----------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Corpus:
    texts: tuple[Text, ...]
    """In the order of arrival."""

    def pairs(self) -> dict[str, list[tuple[int, int]]]:
        """Positions of every base and its copy, by mutation."""
        bases = {text.origin: i for i, text in enumerate(self.texts) if text.kind == "base"}
        found: dict[str, list[tuple[int, int]]] = {name: [] for name in MUTATIONS}
        for position, text in enumerate(self.texts):
            if text.kind in MUTATIONS:
                found[text.kind].append((bases[text.origin], position))
        return found


def make_corpus(size: int, seed: int, folder: Path = RECORDS) -> Corpus:
    """``size`` articles, about 85 % of them bases with a copy each."""
    texts = base_texts(folder)
    teller = Storyteller(texts, seed)
    stories, chance = teller.stories(), random.Random(seed)
    headlines = [text.headline for text in texts]

    def means() -> Means:
        return Means(
            chance=chance,
            vocabulary=teller.vocabulary,
            stories=stories,
            headline=chance.choice(headlines),
        )

    found: list[Text] = []
    while len(found) < size * (1 - SHARE):
        for name, change in MUTATIONS.items():
            found.extend(_pair(name, change, next(stories), means(), len(found)))
    names = list(NEGATIVES)
    while len(found) < size:
        for name in names:
            found.extend(_family(name, next(stories), means, len(found)))
        names = [n for n in names if NEGATIVES[n][1] <= 3]  # large families once
    found = found[:size]
    chance.shuffle(found)
    return Corpus(texts=tuple(found))


def _pair(
    name: str, change: Callable[[Text, Means], Text], text: Text, means: Means, number: int
) -> Iterator[Text]:
    moment = START + timedelta(minutes=3 * number)
    base = replace(text, origin=f"text {number}", published_at=moment)
    yield base
    later = timedelta(minutes=means.chance.randrange(5, 3 * 24 * 60))
    copy = replace(change(base, means), kind=name, published_at=moment + later)
    yield replace(copy, publisher="tribun" if base.publisher == "republika" else "republika")


def _family(name: str, text: Text, means: Callable[[], Means], number: int) -> Iterator[Text]:
    family, members = NEGATIVES[name]
    base = replace(text, published_at=START + timedelta(minutes=3 * number))
    for member in range(members):
        made = family(base, means(), member)
        yield replace(made, kind=name, origin=f"{name} {number}/{member}")
