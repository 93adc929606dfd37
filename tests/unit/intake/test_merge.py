"""Merged duplicates leave the ranking, never the ledger."""

import numpy as np
import pytest

from scoring.framework import Framework
from scoring.intake.merge import merge
from scoring.intake.result import Intake, LedgerLine
from scoring.sheet import ScoreSheet


def intake(framework: Framework, *refs: str) -> Intake:
    sheet = ScoreSheet(framework, refs, refs, np.full((len(refs), 7), 3))
    ledger = tuple(LedgerLine("a.xlsx", "S", i, "scored", r, r) for i, r in enumerate(refs, 2))
    return Intake(sheet, (), ledger, (), (), ())


def test_a_merged_intention_leaves_the_sheet_and_stays_in_the_ledger(lsc: Framework) -> None:
    merged = merge(intake(lsc, "A", "B", "C"), {"B": "A"}, {"B": "same service (J. Bell)"})
    assert merged.sheet.refs == ("A", "C")
    assert (merged.count(), merged.count("scored"), merged.count("merged")) == (3, 2, 1)
    assert merged.ledger[1].why == "merged into A: same service (J. Bell)"


def test_a_chain_of_merges_ends_at_the_one_that_is_kept(lsc: Framework) -> None:
    merged = merge(intake(lsc, "A", "B", "C"), {"A": "B", "B": "C"}, {})
    assert merged.sheet.refs == ("C",)
    assert [line.why for line in merged.ledger] == ["merged into C", "merged into C", ""]


def test_merging_in_a_ring_is_refused(lsc: Framework) -> None:
    with pytest.raises(ValueError, match="is merged into itself"):
        merge(intake(lsc, "A", "B"), {"A": "B", "B": "A"}, {})


def test_merging_into_one_that_is_not_there_is_refused(lsc: Framework) -> None:
    with pytest.raises(ValueError, match="A cannot be merged into Z"):
        merge(intake(lsc, "A", "B"), {"A": "Z"}, {})
