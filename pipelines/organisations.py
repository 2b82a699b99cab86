"""Names in bylines that are no person's: desks, offices, sites.

``Penulis: Tribun Kaltim`` and ``Penulis : pengelola web kemdikbud`` name nobody; they stay in the
byline as evidence. Words as seen in bylines of 2015 to 2026 and their nearest kin; a word counts
only where it stands whole.
"""

from __future__ import annotations

import re

# One of these in a name, and it is not a person's.
WORDS = frozenset(
    """redaksi newsroom pengelola website situs laman portal humas kehumasan biro bagian dinas badan
    balai kementerian kemendikbud kemdikbud kemendikbudristek kemendikdasmen kemenag kominfo
    diskominfo prokopim protokol direktorat ditjen setjen sekretariat inspektorat pemerintah pemkot
    pemkab pemprov pemda polda polres universitas institut politeknik sekolah smk smkn sma sman smp
    smpn sdn yayasan lembaga komisi asosiasi pusat kantor pt cv infografis litbang dok dokumentasi
    istimewa advertorial adv media news network republika kompas kontan bolasport grid detik tempo
    merdeka cnn bbc serambi bangkapos bizzinsight rilis siaran""".split()
)
# Nothing but these in a name, and it is a function.
FUNCTIONS = frozenset(
    """admin administrator adm redaktur editor reporter penulis wartawan kontributor contributor
    writer content desk web online tim pers net publisher creator""".split()
)
# Names of this kind begin so.
BEGINS = ("tribun", "tim ", "harian ", "warta ", "wartakota", "pos-", "pos kupang", "serambi")

_DOMAIN = re.compile(r"[\w-]+(?:\.[a-z]{2,6}){1,2}", re.IGNORECASE)
_WORD = re.compile(r"[\w-]+")


def is_organisation(name: str) -> bool:
    """Whether a printed name is a desk's, an office's or a site's."""
    folded = name.casefold().strip()
    words = set(_WORD.findall(folded))
    named = folded.startswith(BEGINS) or is_site(folded)
    return named or not WORDS.isdisjoint(words) or words <= FUNCTIONS


def is_site(name: str) -> bool:
    """``Tribunnews.com``, ``TribunKaltim.co``."""
    return bool(_DOMAIN.fullmatch(name.strip())) and not name.strip().endswith(".")
