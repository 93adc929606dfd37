"""The formulas of the ranked list, as a person reads them in Excel."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.export import formulas
from scoring.export.sheet_writer import moved_down
from scoring.framework import Criterion, Framework, Scale


def framework(**scales: Scale) -> Framework:
    criteria = tuple(
        Criterion(id=id, name=id, asks="?", weight=50, scale=scale) for id, scale in scales.items()
    )
    return Framework(id="two", name="Two", about="Two criteria", criteria=criteria)


ONE_TO_FIVE = Scale(low=Decimal(1), high=Decimal(5))
COST = Scale(low=Decimal(1), high=Decimal(5), better="low")
HALVES = Scale(low=Decimal(-1), high=Decimal(1), step=Decimal("0.5"))


def test_a_total_is_whole_steps_times_whole_weights_over_all_of_them() -> None:
    two = framework(impact=ONE_TO_FIVE, cost=COST)
    assert formulas.total(two, ["$H2", "$I2"], "unranked") == (
        '=IF(OR(COUNT($H2:$I2)<2,weights_in_all=0),"",'
        "ROUND(100*(($H2-1)*weight_impact+(5-$I2)*weight_cost)/(4*weights_in_all),9))"
    )


def test_points_are_a_share_of_100_times_a_value() -> None:
    two = framework(impact=ONE_TO_FIVE, cost=COST)
    assert formulas.points(two, 1, ["$H2", "$I2"], "unranked") == (
        '=IF(OR(NOT(ISNUMBER($I2)),weights_in_all=0),"",100*(5-$I2)*weight_cost/(4*weights_in_all))'
    )


def test_scales_of_different_lengths_come_to_common_steps() -> None:
    # 3 steps and 4 steps: twelve in common.
    short = Scale(low=Decimal(1), high=Decimal(4))
    two = framework(impact=ONE_TO_FIVE, short=short)
    assert two.common_steps == 12
    assert formulas.steps(two, two.criteria[0], "A1") == "(A1-1)*3"
    assert formulas.steps(two, two.criteria[1], "A1") == "(A1-1)*4"


def test_fractions_of_a_step_are_rounded_to_whole_ones_and_signs_kept() -> None:
    one = framework(halves=HALVES)
    assert formulas.steps(one, one.criteria[0], "A1") == "ROUND((A1-(-1))/0.5,0)"


@pytest.mark.parametrize(
    ("missing", "begins"),
    [
        ("worst", '=IF(weights_in_all=0,"",ROUND(100*(IF(ISNUMBER($H2),($H2-1),0)*weight_impact'),
        ("renormalise", '=IF((ISNUMBER($H2)*weight_impact+ISNUMBER($I2)*weight_cost)=0,""'),
    ],
)
def test_a_missing_score_does_what_the_policy_says(missing: str, begins: str) -> None:
    two = framework(impact=ONE_TO_FIVE, cost=COST)
    assert formulas.total(two, ["$H2", "$I2"], missing).startswith(begins)  # type: ignore[arg-type]


def test_a_rank_is_shared_and_empty_without_a_total() -> None:
    assert formulas.rank("$G2", "$G$2:$G$9") == '=IF(ISNUMBER($G2),RANK($G2,$G$2:$G$9,0),"")'


@pytest.mark.parametrize("name", ["Two*", "Two?", "~", "=Three", "<4", ">5", "x" * 256])
def test_a_name_that_countif_would_read_otherwise_is_not_counted(name: str) -> None:
    assert not formulas.can_be_counted(name)
    assert formulas.can_be_counted("Segment 2: efficiency or improvement, ICB")


def test_a_formula_moved_down_changes_its_own_row_and_no_other() -> None:
    def make(r: int) -> str:
        return f"=ROWS($A$2:$A{r + 2})+SUM($B$2:$B$21)*C{r + 2}"

    moved = moved_down(make)
    assert [moved(r) for r in (0, 19, 4_999)] == [make(0), make(19), make(4_999)]
