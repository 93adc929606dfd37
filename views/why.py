"""Why an intention stands where it does, as the live ranking shows it: plain text only."""

from __future__ import annotations

import math
from typing import Any

from scoring.analysis.crossing import crossings
from scoring.analysis.funding_line import must_do_reasons
from scoring.analysis.moves import compare
from scoring.analysis.other_scores import median_points, other_scores
from scoring.explain import explain
from scoring.problem import Unusable
from scoring.rounding import two_decimals
from views.explanation import segment_sentences
from views.standing import gates_said, last_round_said, links_said
from views.state import AppState

_COLUMNS = (
    ("Criterion", False), ("Score", True), ("What that means", False), ("Points", True),
    ("Median", True), ("Read from", False),
)  # fmt: skip
_CHANGES = 4  # how many of the changes that would move it most are listed


def why(state: AppState, ref: str) -> dict[str, Any]:
    """The explanation of one intention in texts: heading, sentence of its move, table, lists."""
    ranking = state.ranking
    found = explain(ranking, ref)
    medians = median_points(ranking)
    # The cells stand in one sheet as a rule: its name is said once, in the caption.
    sheets = {line.cell.rpartition("!")[0] + "!" for line in found.lines if "!" in line.cell}
    sheet = sheets.pop() if len(sheets) == 1 else ""
    cells = f"; cells of {sheet.removesuffix('!')}" if sheet else ""
    rows = [
        [
            line.name,
            "not scored" if line.score is None else f"{line.score:g}",
            line.anchor,
            ""
            if line.points is None
            else f"{two_decimals(line.points)} of {two_decimals(line.weight)}",
            "" if math.isnan(median) else two_decimals(median),
            line.cell.removeprefix(sheet),
        ]
        for line, median in zip(found.lines, medians.tolist(), strict=True)
    ]
    changes = [str(change) for change in other_scores(ranking, ref)]
    best, worst = changes[:_CHANGES], changes[_CHANGES:][-_CHANGES:]
    return {
        "ref": ref,
        "heading": f"{found.ref} {found.title}",
        "headline": found.headline,
        "move": str(compare(state.baseline, ranking).move(ref)),
        "caption": f"Points per criterion, beside the median of all ranked intentions{cells}",
        "columns": [{"name": name, "number": number} for name, number in _COLUMNS],
        "rows": rows,
        "sections": [
            {"title": "Segment", "items": segment_sentences(state.framework, found)},
            {"title": "Links", "items": links_said(state, ref)},
            {"title": "Gates to pass", "items": gates_said(state, ref)},
            {"title": "Last round", "items": last_round_said(state, ref)},
            {"title": "Another score would move it", "items": [*best, *worst]},
            {"title": "Weights at which it crosses the line", "items": _at_the_line(state, ref)},
            {"title": "Read from", "items": [found.source] if found.source else []},
        ],
    }


def _at_the_line(state: AppState, ref: str) -> list[str]:
    must_do = [bool(reason) for reason in must_do_reasons(state.sheet)]
    try:
        found = crossings(state.ranking, ref, state.line, must_do, state.must_dos_counted)
    except (Unusable, ValueError):
        # Limits hold for rankings without gaps filled in; the place above is right all the same.
        return []
    return [str(crossing) for crossing in found]
