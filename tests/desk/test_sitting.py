"""A sitting in little; the long form is part of `make torture`."""

from pathlib import Path

from torture_soak import sitting


def test_three_clerks_with_a_kill_and_a_cut_end_alike(tmp_path: Path) -> None:
    found = sitting(tmp_path, 6, 3, trouble=1, pace=0.3)

    assert (found.wrong, found.lost) == ([], 0)
    assert found.amendments >= 6
    assert (found.kills, found.cuts) == (1, 1)
