"""What helps the eye in the ranked list: heat on scores, bars on totals and points, shared ranks."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from scoring.export.formulas import address
from scoring.export.sheet_writer import across
from scoring.export.styles import BAR, HIGH_HEAT, LOW_HEAT, Styles
from scoring.export.tables import Table
from scoring.framework import Scale
from scoring.ranking import Ranking

_BAR = {"type": "data_bar", "bar_solid": True, "bar_color": BAR, "min_type": "num", "min_value": 0}


def highlight(sheet: Worksheet, ranking: Ranking, table: Table, styles: Styles) -> None:
    """Heat on scores by their scale, bars on total and points, "=" before a shared rank."""
    at = {column.id: k for k, column in enumerate(table.columns)}
    last = len(table.rows)
    criteria = ranking.sheet.framework.criteria
    for criterion in criteria:
        scale, k = criterion.scale, at[criterion.id]
        ends = (LOW_HEAT, HIGH_HEAT) if scale.better == "high" else (HIGH_HEAT, LOW_HEAT)
        heat = {
            "type": "2_color_scale", "min_type": "num", "max_type": "num",
            "min_value": float(scale.low), "max_value": float(scale.high),
            "min_color": ends[0], "max_color": ends[1],
        }  # fmt: skip
        sheet.conditional_format(1, k, last, k, heat)
        sheet.data_validation(1, k, last, k, _score_rule(scale))
    bar_total(sheet, table)
    first, end = at[f"{criteria[0].id}_points"], at[f"{criteria[-1].id}_points"]
    sheet.conditional_format(1, first, last, end, _BAR)
    mark_shared(sheet, table, styles)


def mark_shared(sheet: Worksheet, table: Table, styles: Styles, id: str = "rank") -> None:
    """A rank that is shared shows as "=2"; the cell still holds the number 2."""
    k, last = table.position(id), len(table.rows)
    shared = f"=COUNTIF({across(table, id)},{address(1, k, fixed='column')})>1"
    rule = {"type": "formula", "criteria": shared, "format": styles.shared}
    sheet.conditional_format(1, k, last, k, rule)


def bar_total(sheet: Worksheet, table: Table) -> None:
    """A bar behind each total, of 100."""
    k = table.position("total")
    bar = {**_BAR, "max_type": "num", "max_value": 100}
    sheet.conditional_format(1, k, len(table.rows), k, bar)


def _score_rule(scale: Scale) -> dict[str, object]:
    whole = scale.step == 1 and scale.low % 1 == 0
    return {
        "validate": "integer" if whole else "decimal",
        "criteria": "between", "minimum": float(scale.low), "maximum": float(scale.high),
        "error_title": "Not on the scale",
        "error_message": f"A score is {scale.in_words}. Leave it empty when it is not scored.",
    }  # fmt: skip
