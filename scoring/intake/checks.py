"""What a table says of weights and directions, held against the framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from scoring.framework import Criterion, Framework
from scoring.intake.columns import Columns
from scoring.intake.rows import Rows
from scoring.intake.tables import Table
from scoring.intake.wording import plain
from scoring.problem import Problem
from scoring.sheet import FieldValue, Floats

_FEWEST, _STRONG = 8, 0.5  # pairs needed, and the rank correlation above which we ask
_SAME = Decimal("0.051")  # weights in % that differ by less are the same, rounded to one place
_MONEY = ("investment_recurrent", "investment_one_off")


def weight_problems(
    framework: Framework, table: Table, columns: Columns, rows: Rows
) -> tuple[dict[str, Decimal], list[Problem]]:
    """The weights that the table states, in %, and one Problem when they are not the framework's."""
    weights = _weights_in_headers(framework, columns) or dict(rows.weights)
    if not weights:
        return {}, []
    total = sum(weights.values(), Decimal(0))
    if total and set(weights) == {criterion.id for criterion in framework.criteria}:
        compared = {id: weight * 100 / total for id, weight in weights.items()}
    else:
        compared = weights
    published = framework.weights.percent
    different = [id for id in weights if abs(compared[id] - Decimal(published[id])) > _SAME]
    if not different:
        return weights, []
    found = ", ".join(
        f"{framework.criterion(id).name} {weight:g}%" for id, weight in weights.items()
    )
    ours = ", ".join(f"{framework.criterion(id).name} {published[id]:g}%" for id in weights)
    row = table.header_row if rows.weight_row is None else table.first + rows.weight_row
    expected = f"the weights of {framework.name} ({ours}), which are used unless you choose these"
    problem = Problem(table.cells.where(row), found, expected, "weights", "weight")
    return weights, [problem]


def _weights_in_headers(framework: Framework, columns: Columns) -> dict[str, Decimal]:
    stated: dict[str, Decimal] = {}
    bare: dict[str, Decimal] = {}
    for criterion in framework.criteria:
        header = columns.used.get(criterion.id)
        for part in header.read() if header else ():
            if part.weight is not None:
                stated[criterion.id] = part.weight
            elif part.bare is not None:
                bare[criterion.id] = part.bare
    if stated or not bare:
        return stated
    # A number alone in brackets is a weight only when they come to 100 together.
    adds_up = len(bare) == len(framework.criteria) and abs(sum(bare.values(), Decimal(0)) - 100) < 1
    return bare if adds_up else {}


def direction_problems(
    framework: Framework, table: Table, columns: Columns, scores: Floats,
    fields: Mapping[str, Sequence[FieldValue]],
) -> list[Problem]:  # fmt: skip
    """Columns that seem to be scored the wrong way round. The scores are used as they stand."""
    problems: list[Problem] = []
    for j, criterion in enumerate(framework.criteria):
        header = columns.used.get(criterion.id)
        if header is None or criterion.id in columns.told:
            continue
        where = table.cells.where(table.label_row, header.column)
        way = criterion.scale.direction_in_words
        money = _rises_with_money(criterion, scores[:, j], fields)
        if money:
            text = " ".join(header.text.split()).replace('"', "'")
            scale = criterion.scale
            expected = (
                f"scores that fall as the money rises, because {way}; they are used as they stand. "
                f'If they are right, --map "{text}={criterion.id}" says so; if not, turn them '
                f"round in the file ({scale.low + scale.high:f} less each score)"
            )
            problems.append(Problem(where, money, expected, criterion.name, "direction"))
    return problems


def _rises_with_money(
    criterion: Criterion, scores: Floats, fields: Mapping[str, Sequence[FieldValue]]
) -> str:
    """Whether a score of cost goes up with the money asked for: the rank correlation says."""
    if not {"cost", "costs"} & set(plain(criterion.name).split()) | (
        {"cost"} & set(criterion.id.split("_"))
    ):
        return ""
    for id in _MONEY:
        if id not in fields:
            continue
        amounts = np.array(
            [value if isinstance(value, float) else np.nan for value in fields[id]], np.float64
        )
        both = ~np.isnan(amounts) & ~np.isnan(scores)
        if both.sum() < _FEWEST:
            continue
        rho = _spearman(scores[both], amounts[both])
        if (rho if criterion.scale.better == "high" else -rho) >= _STRONG:
            what = id.replace("_", " ")
            return f"scores that rise with {what} (rank correlation {rho:.2f}, {both.sum()} rows)"
    return ""


def _spearman(a: Floats, b: Floats) -> float:
    """Spearman's rank correlation, ties sharing the mean rank; 0 where one side is constant."""
    ranks = []
    for values in (a, b):
        _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
        mean_rank = np.cumsum(counts) - (counts - 1) / 2
        ranks.append(mean_rank[inverse])
    x, y = ranks[0] - ranks[0].mean(), ranks[1] - ranks[1].mean()
    spread = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / spread if spread else 0.0
