"""Corrections that a publisher announces in the text: rules as a table.

Whoever prints a text that its publisher corrected must print the correction too, with its time
(Pedoman Pemberitaan Media Siber, Dewan Pers 2012, 4b to 4d), so it has to be noticed. A headline is
looked at by its beginning or end, a body sentence by sentence.

Sources of the forms: the model note that editorial guidelines prescribe ("Catatan Redaksi: Artikel
ini telah mengalami ralat pada tanggal … Redaksi memohon maaf atas kekeliruan tersebut"), printed
ralat of regional media ("Ralat dan Permohonan Minta Maaf kepada …", "Redaksi media siber … meralat
pemberitaan dengan judul …", "Hak Jawab atas …"), and the words of the guidelines themselves.

Known look-alikes that are *no* corrections: markets that "terkoreksi" and the "koreksi" of exams,
articles about the right of reply ("Hak Jawab dan Hak Koreksi dalam UU Pers"), running news
("UPDATE: …"), the label of a page's time ("Diperbarui: 10 Februari 2024"), somebody who is quoted.

Rejected: any mention of "ralat" in the opening. It flagged reports about other people's ralat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aggregator.model import Article, Correction, CorrectionKind

LONGEST_SENTENCE = 400
"""Characters of the finding that are kept; an announcement is a line, not a page."""

_END = r"\s*[:|\])–—-]"
_THIS = r"\b(?:judul |isi )?(?:berita|artikel|tulisan|naskah|pemberitaan)(?: di atas)? ini\b"
_HAS = r"(?:\s+\w+)?\s+(?:telah|sudah)\s+(?:kami\s+|redaksi\s+|beberapa kali\s+)?"
_WENT_THROUGH = r"(?:mengalami|melalui|dilakukan)\s+(?:proses\s+)?"
_MISTAKE = r"(?:kekeliruan|kesalahan|kekhilafan|ketidakakuratan|ketidaktelitian)"

HEADLINE_RULES: tuple[tuple[CorrectionKind, str], ...] = (
    (CorrectionKind.RALAT, rf"^\W*ralat(?:{_END}|\s+(?:dan\s+|atas\s+|berita\b|pemberitaan\b"
                           r"|judul\b|redaksi\b))"),
    (CorrectionKind.KOREKSI, rf"^\W*koreksi(?: redaksi)?{_END}"),
    (CorrectionKind.HAK_JAWAB, rf"^\W*hak (?:jawab|koreksi)(?:{_END}"
                               r"|\s+(?:atas|dari|terkait|soal)\s)"),
    (CorrectionKind.PEMBARUAN, r"^\W*pembaruan\s*[:|\]]"),
    (CorrectionKind.RALAT, r"[(\[]\s*(?:di)?ralat\s*[)\]]\W*$"),
    (CorrectionKind.KOREKSI, r"[(\[]\s*(?:koreksi|dikoreksi)\s*[)\]]\W*$"),
    (CorrectionKind.HAK_JAWAB, r"[(\[]\s*hak (?:jawab|koreksi)\s*[)\]]\W*$"),
    (CorrectionKind.PEMBARUAN, r"[(\[]\s*(?:pembaruan|diperbarui)\s*[)\]]\W*$"),
)  # fmt: skip

LABEL_RULES: tuple[tuple[CorrectionKind, str], ...] = (
    (CorrectionKind.RALAT, r"^\W*(?:ralat|catatan ralat)(?: redaksi)?\s*[:–—]"),
    (CorrectionKind.KOREKSI, r"^\W*(?:catatan )?koreksi(?: redaksi)?\s*[:–—]"),
    (CorrectionKind.HAK_JAWAB, r"^\W*hak (?:jawab|koreksi)\s*(?:[:–—]"
                               r"|atas\s+(?:berita|pemberitaan|artikel))"),
    (CorrectionKind.PEMBARUAN, r"^\W*(?:catatan )?pembaruan(?: redaksi)?\s*:"),
)  # fmt: skip

SENTENCE_RULES: tuple[tuple[CorrectionKind, str], ...] = (
    # --- what was done to this article
    (CorrectionKind.RALAT, rf"{_THIS}{_HAS}(?:diralat|{_WENT_THROUGH}ralat)\b"),
    (CorrectionKind.KOREKSI, rf"{_THIS}{_HAS}(?:dikoreksi|diperbaiki|direvisi|diubah"
                             rf"|disunting ulang|{_WENT_THROUGH}(?:koreksi|perbaikan|perubahan"
                             r"|revisi|penyuntingan))\b"),
    (CorrectionKind.PEMBARUAN, rf"{_THIS}{_HAS}(?:diperbar?ui|diperbaharui|dimutakhirkan"
                               rf"|{_WENT_THROUGH}(?:pembaruan|pemutakhiran))\b"),
    # --- what the editors do
    (CorrectionKind.RALAT, r"\bredaksi\b.{0,80}\bmeralat\b"),
    (CorrectionKind.RALAT, r"\bredaksi\b.{0,80}\b(?:me)?(?:mohon|minta) maaf\b.{0,120}"
                           rf"{_MISTAKE}"),
    (CorrectionKind.HAK_JAWAB, r"\b(?:memuat|menerima|melayani)\s+hak jawab\b.{0,80}\b(?:berita|"
                               r"pemberitaan|artikel)\b"),
)  # fmt: skip

_HEADLINE_RULES = tuple((kind, re.compile(rule, re.IGNORECASE)) for kind, rule in HEADLINE_RULES)
_LABEL_RULES = tuple((kind, re.compile(rule, re.IGNORECASE)) for kind, rule in LABEL_RULES)
_SENTENCE_RULES = tuple((kind, re.compile(rule, re.IGNORECASE)) for kind, rule in SENTENCE_RULES)

# Cheap to look for; a paragraph without any of them holds no announcement.
_HINT = re.compile(r"ralat|koreksi|hak jawab|bar?ui|baharui|pembaruan|redaksi| ini ", re.IGNORECASE)
_SPEECH = re.compile(
    r"\b(?:kata|ujar|tutur|ucap|jelas|ungkap|imbuh|terang|tegas|tambah)(?:nya)?\b", re.IGNORECASE
)
_SENTENCE = re.compile(r".+?(?:[.!?…][\"'”’)\]]*(?=\s+\W*[A-Z0-9])|$)", re.DOTALL)


def find_correction(article: Article) -> Correction | None:
    """What the article announces about itself; ``None`` for nothing. The first finding counts."""
    for kind, rule in _HEADLINE_RULES:
        if rule.search(article.headline):
            return Correction(kind=kind, sentence=article.headline)
    return next(_announcements(article.body), None)


def unlabelled(correction: Correction) -> str:
    """Its sentence without a label ("Ralat:") at its beginning, for whoever writes one himself."""
    for kind, rule in _LABEL_RULES:
        found = rule.match(correction.sentence)
        if found and kind is correction.kind and found[0].endswith((":", "–", "—")):
            said = correction.sentence[found.end() :].strip()
            return said[:1].upper() + said[1:] if said else correction.sentence
    return correction.sentence


def _announcements(body: tuple[str, ...]) -> Iterator[Correction]:
    for paragraph in body:
        if not _HINT.search(paragraph):
            continue
        for sentence in sentences(paragraph):
            kind = _kind(sentence)
            if kind is not None:
                yield Correction(kind=kind, sentence=sentence[:LONGEST_SENTENCE])


def _kind(sentence: str) -> CorrectionKind | None:
    # Whoever is quoted announces nothing; a label is the editors' own.
    rules = _LABEL_RULES if _SPEECH.search(sentence) else (*_LABEL_RULES, *_SENTENCE_RULES)
    return next((kind for kind, rule in rules if rule.search(sentence)), None)


def sentences(paragraph: str) -> list[str]:
    """A paragraph's sentences, with their signs."""
    return [found.strip() for found in _SENTENCE.findall(paragraph) if found.strip()]
