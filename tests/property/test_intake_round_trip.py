"""What is written into a table is what is read, whatever the order of columns and rows."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.layouts.build import HEADER, NAMES, read_bytes, read_rows, texts

SCORE = st.one_of(st.none(), st.integers(1, 5))
ROW = st.lists(SCORE, min_size=7, max_size=7)


def as_written(score: int | None, rng: random.Random) -> object:
    """A score as people write it."""
    if score is None:
        return rng.choice((None, "", " ", "-"))
    return rng.choice(
        (score, float(score), str(score), f" {score}.0 ", f"\u00a0{score}", f"{score}/5")
    )


@given(st.lists(ROW, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_scores_read_back_in_any_order_of_columns_however_they_are_written(rows, rng):
    order = rng.sample(range(9), 9)
    table = [
        [f"R-{k}", f"Idea {k}", *[as_written(s, rng) for s in row]] for k, row in enumerate(rows)
    ]
    shuffled = [[line[k] for k in order] for line in [HEADER, *table]]
    above = [["Our round"], []][: rng.randint(0, 2)]
    intake = read_rows([*above, *shuffled])
    assert texts(intake) == []
    assert intake.sheet.refs == tuple(f"R-{k}" for k in range(len(rows)))
    expected = np.array([[np.nan if s is None else s for s in row] for row in rows], np.float64)
    assert np.array_equal(intake.sheet.scores, expected, equal_nan=True)
    incomplete = sum(1 for row in rows if None in row)
    assert intake.count("incomplete") == incomplete
    assert intake.count() == len(rows)


@given(st.lists(st.text(max_size=6), min_size=1, max_size=20))
def test_a_cell_is_a_score_a_blank_or_a_problem(cells):
    lines = ["Ref,Title," + ",".join(NAMES)]
    for k, cell in enumerate(cells):
        quoted = '"' + cell.replace('"', '""').replace("\x00", "") + '"'
        lines.append(f"R-{k},Idea,3,3,{quoted},3,3,3,3")
    data = "\n".join(lines).encode("utf-8", "replace")
    intake = read_bytes(data, "t.csv")
    for i in range(len(intake.sheet)):
        score = intake.sheet.scores[i, 2]
        assert np.isnan(score) or score in (1, 2, 3, 4, 5)
    assert intake.count() == intake.count("scored") + intake.count("incomplete")
    assert intake.count() == len(cells)
