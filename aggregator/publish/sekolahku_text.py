"""Texts as CMS Sekolahku can hold and print them. Pure.

Its tables hold three-byte characters at most (utf8mb3) and columns of 255; headlines are printed
without escaping; teasers are cut out of the text at a byte, in the middle of a character if there
is one, which makes the whole page invalid. Each rule here is one of its traps.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from aggregator.publish.letters import LAST, within_three_bytes

LONGEST = 255
"""Characters of a headline, a category, and of all tags of a post together."""
CUTS = (165, 185)
"""Bytes of teasers: in lists, and under "Tulisan Lainnya"."""

_SHIFTS = 64
# What publishers print most often beyond ASCII. In a headline, which is not cut, it may stay.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‘’‚′", "'"),
        **dict.fromkeys("–—‐‑−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        "…": "...",
        "•": "-",
        "\u200b": None,
        "\ufeff": None,
        "\u00ad": None,
    }
)
_TAG = re.compile(r'<(?:[^<>"]|"[^"]*")*>')
_GLUED = re.compile(r"(</(?:p|h3|li|ul|ol|blockquote)>)\s*(?=<)")


def headline(text: str) -> str:
    """Plain text that is harmless where it is printed as HTML, also within quotes."""
    text = within_three_bytes(text).replace("<", "‹").replace(">", "›")
    return cut(_with_curly_quotes(" ".join(text.split())), LONGEST)


def body(html: str) -> str:
    """``html``: sanitised. Paragraphs stay apart where tags are taken away, and no teaser is cut
    within a character."""
    pieces = _GLUED.sub(r"\1\n", html).strip()
    plain = _between_tags(pieces, lambda text: text.translate(_PLAIN))
    return with_whole_teasers(_escaped_beyond(plain, LAST))


def category(name: str) -> str:
    return headline(name)


def tags(names: tuple[str, ...]) -> str:
    """Those that fit, with commas between."""
    found = ""
    for name in names:
        word = headline(name.replace(",", " "))
        longer = f"{found}, {word}" if found else word
        if word and len(longer) <= LONGEST:
            found = longer
    return found


def cut(text: str, longest: int) -> str:
    """At a word where that costs no more than half of it."""
    if len(text) <= longest:
        return text
    short = text[: longest - 1]
    at_word = short.rpartition(" ")[0]
    return (at_word if len(at_word) > longest // 2 else short).rstrip(" ,;:-–—") + "…"


def with_whole_teasers(html: str) -> str:
    """Spaces at its beginning, which nobody sees, move the cut; numbers of characters where that
    does not help (a text in Arabic letters)."""
    first = _TAG.match(html)
    at = first.end() if first else 0
    for spaces in range(_SHIFTS):
        shifted = f"{html[:at]}{' ' * spaces}{html[at:]}"
        if all(_is_whole(shifted, size) for size in CUTS):
            return shifted
    return ascii_only(html)


def ascii_only(html: str) -> str:
    return _escaped_beyond(html, 0x7F)


def teaser(html: str, size: int) -> bytes:
    """As the CMS makes it: tags away, the first bytes."""
    return _TAG.sub("", html).encode()[:size]


def _is_whole(html: str, size: int) -> bool:
    try:
        teaser(html, size).decode()
    except UnicodeDecodeError:
        return False
    return True


def _escaped_beyond(html: str, last: int) -> str:
    return "".join(char if ord(char) <= last else f"&#{ord(char)};" for char in html)


def _between_tags(html: str, change: Callable[[str], str]) -> str:
    found, at = [], 0
    for tag in _TAG.finditer(html):
        found += [change(html[at : tag.start()]), tag[0]]
        at = tag.end()
    return "".join([*found, change(html[at:])])


def _with_curly_quotes(text: str) -> str:
    """A straight one ends the attribute that the headline is printed in."""
    opening = re.sub(r'(^|[\s(\[‘“–—-])"', r"\1“", text)
    return opening.replace('"', "”")
