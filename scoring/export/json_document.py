"""A ranking as one JSON document: the public contract of `rank --format json`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from scoring.intake.result import Intake
from scoring.problem import Problem
from scoring.ranking import Ranking


def ranking_document(ranking: Ranking, intake: Intake) -> dict[str, Any]:
    """The whole answer as plain values, intentions in rank order, source order inside a tie."""
    sheet, totals, places = ranking.sheet, ranking.totals, ranking.places
    criteria = [criterion.id for criterion in sheet.framework.criteria]
    points, scored = totals.points, sheet.scored

    def scores(i: int) -> dict[str, int | float]:
        return {c: _tidy(sheet.scores[i, j]) for j, c in enumerate(criteria) if scored[i, j]}

    ranked = [
        {
            "ref": sheet.refs[i],
            "title": sheet.titles[i],
            "rank": int(places.place[i]),
            "tied": bool(places.tied[i]),
            "total": float(totals.total[i]),
            "scores": scores(i),
            "points": {
                c: float(points[i, j])
                for j, c in enumerate(criteria)
                if points[i, j] == points[i, j]
            },
            "segment": ranking.segments[i].segment,
            "segment_rule": ranking.segments[i].rule,
            "source": sheet.where.row(i),
        }
        for i in map(int, places.order)
    ]
    unranked = []
    for i in range(len(sheet)):
        if places.ranked[i]:
            continue
        span = ranking.span(i)
        unranked.append(
            {
                "ref": sheet.refs[i],
                "title": sheet.titles[i],
                "missing": list(span.missing),
                "total_range": list(span.total),
                "rank_range": list(span.place),
                "scores": scores(i),
                "segment": ranking.segments[i].segment,
                "segment_rule": ranking.segments[i].rule,
                "source": sheet.where.row(i),
            }
        )
    return {
        "framework": sheet.framework.id,
        "weights": ranking.weights.percent,
        "missing": totals.missing,
        "intentions": ranked,
        "unranked": unranked,
        "problems": problem_list(intake.problems),
        "rows": row_counts(ranking, intake),
    }


def row_counts(ranking: Ranking, intake: Intake) -> dict[str, int]:
    """Rows read = ranked + unranked + refused, and merged where a person merged duplicates."""
    ranked = int(ranking.places.ranked.sum())
    merged = intake.count("merged")
    counts = {
        "read": intake.count(),
        "ranked": ranked,
        "unranked": len(ranking.sheet) - ranked,
        "refused": intake.count("refused"),
    }
    return {**counts, "merged": merged} if merged else counts


def problem_list(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems as plain values."""
    return [{"where": p.where, "found": p.found, "expected": p.expected} for p in problems]


def to_json(document: object) -> str:
    """One JSON document, the same for the same input."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def _tidy(number: float) -> int | float:
    return int(number) if number == int(number) else float(number)
