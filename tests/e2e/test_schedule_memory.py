"""Memory stays flat from poll to poll; ``benchmarks/schedule.py`` polls ten thousand times."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.world import PROJECT, run_program

POLLS = 200
MOST_MIB = 10.0
"""Growth from the third to the last tenth, 140 polls, that is still flat: 3 to 5 MiB are seen, and
under 1 MiB from the fifth hundred on. A crawl that is kept whole (its engine, spider and ledger) is
some 300 KiB, over 40 MiB in all."""


@pytest.mark.slow
def test_memory_is_flat_over_many_polls(tmp_path: Path) -> None:
    program = PROJECT / "benchmarks" / "schedule.py"
    done = run_program(str(program), str(POLLS), "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    found = done.json
    assert [row["polls"] for row in found] == [POLLS // 10 * n for n in range(1, 11)]
    assert found[-1]["mib"] - found[2]["mib"] < MOST_MIB
