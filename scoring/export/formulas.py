"""The ranked list's arithmetic as spreadsheet formulas, for Excel 2016 and LibreOffice.

Totals are sums of whole numbers (steps of the scale x millionths of weight), as in
`scoring.score`, so that equal totals are equal to the last bit and share a rank: a bare
SUMPRODUCT of decimal weights splits true ties by its rounding noise.
"""

from __future__ import annotations

from decimal import Decimal

from scoring.framework import Criterion, Framework
from scoring.framework.weights import PLACES
from scoring.score import Missing
from scoring.sheet import column_letters

TOTAL_UNITS = "weights_in_all"
BEYOND = 2 * 10**6  # above the number of rows that a worksheet can have


def weight_name(criterion: Criterion) -> str:
    """The defined name of a criterion's weight in millionths: "weight_impact"."""
    return f"weight_{criterion.id}"


def units(cell: str) -> str:
    """A weight in whole millionths."""
    return f"=ROUND({cell}*{10**PLACES},0)"


def address(row: int, column: int, *, fixed: str = "") -> str:
    """A cell's address; row and column count from 0. `fixed`: "row", "column" or "both"."""
    dollar_column = "$" if fixed in ("column", "both") else ""
    dollar_row = "$" if fixed in ("row", "both") else ""
    return f"{dollar_column}{column_letters(column + 1)}{dollar_row}{row + 1}"


def steps(framework: Framework, criterion: Criterion, cell: str) -> str:
    """A score as a whole number of the framework's common steps above the worse end."""
    scale = criterion.scale
    low_first = scale.better == "high"
    gap = f"{cell}-{_plain(scale.low)}" if low_first else f"{_plain(scale.high)}-{cell}"
    times = framework.common_steps // scale.steps
    whole = f"({gap})" if scale.step == 1 else f"ROUND(({gap})/{_plain(scale.step)},0)"
    return whole if times == 1 else f"{whole}*{times}"


def total(framework: Framework, cells: list[str], missing: Missing) -> str:
    """A row's total, 0-100; empty where the policy for missing scores gives none.

    Rounded to 9 decimals, the tool's one rule for decimals; the sum under it is exact.
    """
    across = f"{cells[0]}:{cells[-1]}"
    pairs = list(zip(framework.criteria, cells, strict=True))
    parts = [(steps(framework, c, cell), weight_name(c), cell) for c, cell in pairs]
    if missing == "unranked":
        sum_ = "+".join(f"{step}*{weight}" for step, weight, _ in parts)
        share, guard = TOTAL_UNITS, f"OR(COUNT({across})<{len(cells)},{TOTAL_UNITS}=0)"
    else:
        sum_ = "+".join(f"IF(ISNUMBER({cell}),{step},0)*{weight}" for step, weight, cell in parts)
        share, guard = TOTAL_UNITS, f"{TOTAL_UNITS}=0"
        if missing == "renormalise":
            share = scored_units(framework, cells)
            guard = f"{share}=0"
    return f'=IF({guard},"",ROUND(100*({sum_})/({framework.common_steps}*{share}),9))'


def scored_units(framework: Framework, cells: list[str]) -> str:
    """The weights of the criteria that a row has scores for."""
    pairs = zip(framework.criteria, cells, strict=True)
    return "(" + "+".join(f"ISNUMBER({cell})*{weight_name(c)}" for c, cell in pairs) + ")"


def points(framework: Framework, j: int, cells: list[str], missing: Missing) -> str:
    """What criterion `j` adds to a row's total: weight (as a share of 100) x value."""
    criterion = framework.criteria[j]
    share = scored_units(framework, cells) if missing == "renormalise" else TOTAL_UNITS
    step = steps(framework, criterion, cells[j])
    none = "0" if missing == "worst" else '""'
    earned = f"100*{step}*{weight_name(criterion)}/({framework.common_steps}*{share})"
    return f"=IF(OR(NOT(ISNUMBER({cells[j]})),{share}=0),{none},{earned})"


def rank(total: str, totals: str) -> str:
    """A row's place: equal totals share one."""
    return f'=IF(ISNUMBER({total}),RANK({total},{totals},0),"")'


def rank_in_segment(
    rank: str, ranks: str, segment: str, segments: str, *, counted: bool = True
) -> str:
    """A row's place inside its segment, by whole-number ranks.

    `counted` uses COUNTIFS, which is quick on thousands of rows; see `can_be_counted`.
    """
    better = f'COUNTIFS({segments},{segment},{ranks},"<"&{rank})'
    if not counted:
        better = f"SUMPRODUCT(({segments}={segment})*ISNUMBER({ranks})*({ranks}<{rank}))"
    return f'=IF(ISNUMBER({rank}),{better}+1,"")'


def can_be_counted(text: str) -> bool:
    """Whether COUNTIF takes a text as it is: no wildcard, no comparison, 255 characters at most."""
    return len(text) <= 255 and not set(text) & set("*?~") and not text.startswith(("=", "<", ">"))


def list_order(rank: str, source_order: str) -> str:
    """A whole number that sorts rows as the tool lists them.

    Ranked rows by place, ties in source order; then unranked rows in source order.
    """
    return f"=IF(ISNUMBER({rank}),{rank},{BEYOND - 1})*{BEYOND}+{source_order}"


def moved_up(before: str, now: str) -> str:
    """How many places an intention rose; empty unless it is ranked in both."""
    return f'=IF(AND(ISNUMBER({before}),ISNUMBER({now})),{before}-{now},"")'


def side_of_line(rank: str, ranks: str, must: str, musts: str, line: str, room: str) -> str:
    """Which side of the line a row is on, as `scoring.analysis.funding_line` says.

    Must-dos stand outside; in are those who fit with everything that they tie with.
    """
    better = f'COUNTIFS({ranks},"<"&{rank},{musts},"no")'
    level = f'COUNTIFS({ranks},{rank},{musts},"no")'
    return (
        f'=IF({line}<1,"",IF({must}="yes","must-do",IF(NOT(ISNUMBER({rank})),"not ranked",'
        f'IF({better}+{level}<={room},"in",IF({better}>={room},"out","tied at the line")))))'
    )


def live_row(k: str, keys: str) -> str:
    """Which row of the ranked list comes at a place in the live order."""
    return f'=IFERROR(MATCH(SMALL({keys},{k}),{keys},0),"")'


def live_cell(row: str, column: str, *, text: bool) -> str:
    """The cell of a column of the ranked list in that row; an empty text cell stays empty."""
    as_text = '&""' if text else ""
    return f'=IF({row}="","",INDEX({column},{row}){as_text})'


def live_number(row: str, column: str, *, text: bool = False) -> str:
    """As `live_cell` for a column of numbers that may have gaps: an empty cell is not a 0."""
    there = f"INDEX({column},{row})"
    return f'=IF({row}="","",IF({there}="","",{there}))'


def _plain(number: Decimal) -> str:
    text = f"{number.normalize():f}"
    return f"({text})" if number < 0 else text
