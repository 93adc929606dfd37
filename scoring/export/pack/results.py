"""The results of a decision as recorded: exact totals, places, segments, and what a gap leaves open."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from scoring.ranking import Ranking

RESULTS = "results/results.json"


@dataclass(frozen=True, slots=True)
class Result:
    """One intention's result. `total` is an exact fraction as text ("125/2"); None: not ranked.

    Ranges are of what a total and a place could come to while a score is missing; None where
    none is.
    """

    ref: str
    total: str | None
    place: int | None
    tied: bool
    segment: str
    segment_place: int | None
    rule: str
    total_range: tuple[float, float] | None
    place_range: tuple[int, int] | None


def results_of(ranking: Ranking) -> tuple[Result, ...]:
    """What a ranking says of every intention, in the order of the sheet."""
    totals, places, within = ranking.totals, ranking.places, ranking.segment_places
    made = []
    for i, ref in enumerate(ranking.sheet.refs):
        ranked = bool(places.ranked[i])
        span = None if ranking.sheet.complete[i] else ranking.span(i)
        made.append(
            Result(
                ref,
                str(Fraction(100 * int(totals.keys[i]), totals.full)) if ranked else None,
                int(places.place[i]) if ranked else None,
                bool(places.tied[i]),
                ranking.segments[i].segment,
                int(within.place[i]) if ranked else None,
                ranking.segments[i].rule,
                span.total if span else None,
                span.place if span else None,
            )
        )
    return tuple(made)


def results_document(ranking: Ranking) -> list[dict[str, Any]]:
    """The results as plain values."""
    return [asdict(result) for result in results_of(ranking)]


def read_results(document: Any) -> tuple[Result, ...]:
    """Recorded results back. Raises ValueError, TypeError or KeyError when they are not that."""

    def pair(values: Any) -> Any:
        return None if values is None else (values[0], values[1])

    return tuple(
        Result(
            str(row["ref"]),
            None if row["total"] is None else str(Fraction(row["total"])),
            row["place"],
            row["tied"],
            row["segment"],
            row["segment_place"],
            row["rule"],
            pair(row["total_range"]),
            pair(row["place_range"]),
        )
        for row in document
    )
