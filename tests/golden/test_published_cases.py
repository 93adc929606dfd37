"""Published figures that the arithmetic must give again, each with its source."""

from itertools import product

import numpy as np
import pytest

from scoring.framework import load_framework
from scoring.ranking import prioritise
from scoring.score import score
from scoring.segment import assign_segments, decide
from scoring.sheet import ScoreSheet


def test_the_worked_row_has_a_weighted_mean_of_3_50_and_a_total_of_62_5() -> None:
    """Weights: Table 1 of the board paper of 19 March 2025. Scores 5/4/3/2/3/2/4 in its order."""
    framework = load_framework("lsc-2025-26")
    scores = np.array([[5, 4, 3, 2, 3, 2, 4]])
    weights = np.array(list(framework.weights.percent.values())) / 100
    assert float(scores[0] @ weights) == pytest.approx(3.50)
    totals = score(ScoreSheet(framework, ("A",), ("a",), scores))
    assert totals.total[0] == 62.5
    assert totals.points[0].tolist() == [25.0, 15.0, 7.5, 3.75, 5.0, 2.5, 3.75]


def test_the_worked_row_read_the_wrong_way_round_would_give_3_90() -> None:
    """Cost, complexity, effort and time taken for quantities: 45% of the weight turned round."""
    framework = load_framework("lsc-2025-26")
    turned = np.array([[5, 4, 6 - 3, 6 - 2, 3, 6 - 2, 6 - 4]])
    total = score(ScoreSheet(framework, ("A",), ("a",), turned)).total[0]
    assert 1 + 4 * total / 100 == pytest.approx(3.90)


MHIN_VALUES = [
    [70, 100, 100, 100, 70], [100, 0, 81, 50, 100], [100, 80, 0, 70, 70], [90, 20, 25, 80, 80],
    [50, 90, 38, 70, 0], [70, 70, 50, 0, 20], [30, 65, 25, 20, 30], [0, 100, 13, 70, 0],
    [20, 10, 100, 30, 20],
]  # fmt: skip


def test_the_mental_health_implementation_network_s_table_comes_out_as_printed() -> None:
    """Mental Health Implementation Network 2023, PMC10456870, table 5."""
    framework = load_framework("mhin-2023")
    refs = tuple("ABCDEFGHI")
    ranking = prioritise(ScoreSheet(framework, refs, refs, np.array(MHIN_VALUES)))
    printed = [round(float(total)) for total in ranking.totals.total]
    assert printed == [88, 68, 65, 62, 50, 40, 33, 36, 36]
    assert ranking.totals.total[7].round(2) == 35.83
    assert ranking.totals.total[8].round(2) == 35.91
    assert not ranking.places.tied.any()
    assert ranking.places.place.tolist() == [1, 2, 3, 4, 5, 6, 9, 8, 7]


def test_153_intentions_fall_into_the_segments_as_the_paper_counts_them() -> None:
    """Board paper of 19 March 2025, paragraph 4.4: 32, 22, 36, 39 and 24 make 153."""
    framework = load_framework("lsc-2025-26")
    kinds = {
        "0": ("no", "yes", "no", "no", "yes", "no", None),
        "1": ("no", "no", "yes", "no", "yes", "no", None),
        "2-provider": ("no", "no", "no", "no", "yes", "yes", "provider"),
        "2-icb": ("no", "no", "no", "no", "yes", "yes", "ICB"),
        "3": ("no", "no", "no", "yes", "no", "no", None),
    }
    paper = {"0": 32, "1": 22, "2-provider": 36, "2-icb": 39, "3": 24}
    rows = [kinds[segment] for segment, count in paper.items() for _ in range(count)]
    columns = zip(*rows, strict=True)
    fields = {q.id: column for q, column in zip(framework.questions, columns, strict=True)}
    refs = tuple(f"CI-{i}" for i in range(153))
    counts = assign_segments(
        ScoreSheet(framework, refs, refs, np.full((153, 7), 3), fields)
    ).counts()
    assert counts == {**paper, "outside": 0, "unassigned": 0}


def test_every_combination_of_answers_falls_where_the_papers_table_puts_it() -> None:
    lsc = load_framework("lsc-2025-26")
    asked = ("business_as_usual", "unfunded_or_withdrawn", "single_trust_no_income",
             "long_term_reconfiguration", "efficiency_or_improvement")  # fmt: skip
    for given in product(("yes", "no", None), repeat=5):
        for impact in ("provider", "ICB", "both", None):
            for budget in ("yes", "no", None):
                answers = dict(zip(asked, given, strict=True))
                answers |= {"main_impact": impact, "budget_effect_this_year": budget}
                second = {"provider": "2-provider", "ICB": "2-icb"}.get(impact or "", "unassigned")
                first_yes = given.index("yes") if "yes" in given else 5
                wanted = ("outside", "0", "1", "3", second, "unassigned")[first_yes]
                found = decide(lsc, answers)
                assert found.segment == wanted
                assert found.rule == (str(first_yes) if first_yes < 5 else "")
                assert bool(found.flag) == (first_yes == 3 and budget != "no")
                if found.rule:
                    earlier = zip(asked, given[:first_yes], strict=False)
                    assert found.open == tuple(name for name, answer in earlier if answer is None)
