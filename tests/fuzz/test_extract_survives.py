"""Whatever a page looks like, extraction ends with an article or a named error, and soon."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.mutations import MUTATIONS, Mutation, huge
from tests.fuzz.survive import extract, golden_pages

SEEDS = golden_pages()
ROUNDS = 12


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_mutated_pages_end_by_name(mutation: Mutation) -> None:
    for number in range(ROUNDS):
        random = Random(f"{mutation.__name__}:{number}")
        seed = random.choice(SEEDS)
        assert extract(seed.url, mutation(seed.page, random)).name


@pytest.mark.slow
@pytest.mark.parametrize("number", range(4))
def test_a_page_of_ten_mebibytes_ends_by_name(number: int) -> None:
    seed = SEEDS[number]
    assert extract(seed.url, huge(seed.page, Random(number))).name
