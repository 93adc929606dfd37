"""What a table says of weights and directions, held against the framework."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from scoring.framework import Criterion, Framework
from scoring.intake.cells import shown
from scoring.intake.columns import Columns
from scoring.intake.rows import Rows
from scoring.intake.tables import Table
from scoring.intake.values import read_money
from scoring.intake.wording import plain
from scoring.problem import Problem
from scoring.sheet import FieldValue, Floats

_FEWEST, _STRONG = 8, 0.5  # pairs needed, and the rank correlation above which we ask
_FEW, _CLEAR = 5, 0.9  # or fewer pairs that agree nearly perfectly
_SAME = Decimal("0.051")  # weights in % that differ by less are the same, rounded to one place
_SPENDING = frozenset({"cost", "costs", "spend", "spending", "investment", "price", "budget"})
_MONEY = ("investment_recurrent", "investment_one_off")


def weight_problems(
    framework: Framework, table: Table, columns: Columns, rows: Rows
) -> tuple[dict[str, Decimal], list[Problem]]:
    """The weights that the table states, and one Problem when they are not the framework's."""
    weights, multiplied = _weights_in_headers(framework, columns)
    weights = weights or dict(rows.weights)
    row = table.header_row if rows.weight_row is None else table.first + rows.weight_row
    return compared(framework, weights, table.cells.where(row), multiplied)


def compared(
    framework: Framework, weights: Mapping[str, Decimal], where: str, multiplied: bool = False
) -> tuple[dict[str, Decimal], list[Problem]]:
    """Weights as stated at `where`, and one Problem when they are not the framework's."""
    if not weights:
        return {}, []
    total = sum(weights.values(), Decimal(0))
    complete = set(weights) == {criterion.id for criterion in framework.criteria}
    shares = {id: weight * 100 / total for id, weight in weights.items()} if total else weights
    in_percent = not multiplied and (not complete or abs(total - 100) <= 1)
    published = framework.weights.percent
    ours = ", ".join(f"{framework.criterion(id).name} {published[id]:g}%" for id in weights)
    expected = f"the weights of {framework.name} ({ours}), which are used"
    if multiplied and not complete:
        found = ", ".join(f"{framework.criterion(id).name} ×{w:g}" for id, w in weights.items())
        expected += "; a number that multiplies says nothing until every criterion has one"
        return {}, [Problem(where, found, expected, "weights", "weight")]
    held = shares if complete else weights
    different = [id for id in weights if abs(held[id] - Decimal(published[id])) > _SAME]
    if not different:
        return dict(weights), []
    found = ", ".join(
        f"{framework.criterion(id).name} {weight:g}%"
        if in_percent
        else f"{framework.criterion(id).name} {weight:g} ({shares[id]:.1f}%)"
        for id, weight in weights.items()
    )
    expected += " unless you choose these"
    return dict(weights), [Problem(where, found, expected, "weights", "weight")]


def _weights_in_headers(framework: Framework, columns: Columns) -> tuple[dict[str, Decimal], bool]:
    """The weights in headers, and whether any is a number that multiplies ("x5")."""
    multiplied = False
    stated: dict[str, Decimal] = {}
    bare: dict[str, Decimal] = {}
    for criterion in framework.criteria:
        header = columns.used.get(criterion.id)
        for part in header.read() if header else ():
            if part.weight is not None:
                stated[criterion.id] = part.weight
                multiplied = multiplied or part.multiplier
            elif part.bare is not None:
                bare[criterion.id] = part.bare
    if stated or not bare:
        return stated, multiplied
    # A number alone in brackets is a weight only when they come to 100 together.
    adds_up = len(bare) == len(framework.criteria) and abs(sum(bare.values(), Decimal(0)) - 100) < 1
    return (bare if adds_up else {}), False


def direction_problems(
    framework: Framework, table: Table, columns: Columns, scores: Floats,
    fields: Mapping[str, Sequence[FieldValue]], kept: Sequence[int],
) -> list[Problem]:  # fmt: skip
    """Columns that seem to be scored the wrong way round. The scores are used as they stand."""
    problems: list[Problem] = []
    amounts = {**_amounts(fields), **_amounts_beside(table, columns, kept)}
    for j, criterion in enumerate(framework.criteria):
        header = columns.used.get(criterion.id)
        if header is None or criterion.id in columns.told:
            continue
        where = table.cells.where(table.label_row, header.column)
        way = criterion.scale.direction_in_words
        money = _rises_with_money(criterion, scores[:, j], amounts)
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


def _rises_with_money(criterion: Criterion, scores: Floats, amounts: Mapping[str, Floats]) -> str:
    """Whether a score of cost goes up with the money asked for: the rank correlation says."""
    if not {"cost", "costs"} & set(plain(criterion.name).split()) | (
        {"cost"} & set(criterion.id.split("_"))
    ):
        return ""
    for what, money in amounts.items():
        both = ~np.isnan(money) & ~np.isnan(scores)
        pairs = int(both.sum())
        if pairs < _FEW:
            continue
        rho = _spearman(scores[both], money[both])
        rises = rho if criterion.scale.better == "high" else -rho
        if rises >= (_STRONG if pairs >= _FEWEST else _CLEAR):
            return f"scores that rise with {what} (rank correlation {rho:.2f}, {pairs} rows)"
    return ""


def _amounts(fields: Mapping[str, Sequence[FieldValue]]) -> dict[str, Floats]:
    """The money asked for, one an intention, by what it is called."""
    return {
        id.replace("_", " "): np.array(
            [value if isinstance(value, float) else np.nan for value in fields[id]], np.float64
        )
        for id in _MONEY
        if id in fields
    }


def _amounts_beside(table: Table, columns: Columns, kept: Sequence[int]) -> dict[str, Floats]:
    """The same of columns that are not used: a header in pounds that speaks of cost."""
    used = {header.column for header in columns.used.values()}
    found: dict[str, Floats] = {}
    for header in table.headers:
        parts = header.read()
        in_pounds = any(part.unit.startswith("£") for part in parts)
        words = set(plain(header.text).split())
        if header.column in used or not in_pounds or not words & _SPENDING:
            continue
        cells = table.cells.columns[header.column]
        values = [read_money(cells[table.first + i]) for i in kept]
        found[shown(header.text)] = np.array(
            [value if isinstance(value, float) else np.nan for value in values], np.float64
        )
    return found


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
