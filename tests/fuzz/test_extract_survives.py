"""Whatever a page looks like, extraction ends with an article or a named error, and soon."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.mutations import FILLERS, MUTATIONS, SIZES, Mutation
from tests.fuzz.survive import extract, golden_pages

SEEDS = golden_pages()
ROUNDS = 12

SOON = 5.0
"""Seconds. A page takes milliseconds and the largest half a second; a loaded machine is forgiven,
time that grows with the square of the size is not."""


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_mutated_pages_end_by_name_and_soon(mutation: Mutation) -> None:
    for number in range(ROUNDS):
        random = Random(f"{mutation.__name__}:{number}")
        seed = random.choice(SEEDS)
        ending = extract(seed.url, mutation(seed.page, random))
        assert ending.name
        assert ending.seconds < SOON


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("filler", FILLERS, ids=lambda filler: filler[:30].decode())
def test_a_body_of_one_thing_over_and_over_ends_soon(filler: bytes, size: int) -> None:
    seed = next(seed for seed in SEEDS if "vokasi" in seed.url)
    at = seed.page.index(b"</p>")
    page = seed.page[:at] + filler * (size // len(filler)) + seed.page[at:]
    assert extract(seed.url, page).seconds < SOON
