"""An explanation: why an intention has its total, place and segment, back to the source cell."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.ranking import Ranking, Span
from scoring.rounding import one_decimal, two_decimals
from scoring.segment import Assignment


@dataclass(frozen=True, slots=True)
class Line:
    """What one criterion adds. `score` and `points` are None where it is not scored.

    `cell` is where the score was read or, of one that a person `entered`, who gave it and when.
    """

    criterion: str
    name: str
    weight: float
    score: float | None
    anchor: str
    value: float | None
    points: float | None
    cell: str
    entered: bool = False

    def __str__(self) -> str:
        if self.score is None or self.value is None or self.points is None:
            return f"{self.name}: not scored ({self.cell or 'no cell'})"
        where = f": score {self.score:g}"
        if self.entered:
            where += f", {self.cell}"
        elif self.cell:
            where = f" because {self.cell} says {self.score:g}"
        return (
            f"{self.name}: {two_decimals(self.points)} points{where} "
            f"(value {self.value:.2f} x weight {self.weight:g}%)"
        )


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one intention stands where it does. `total` and `place` are None where not ranked."""

    ref: str
    title: str
    source: str
    total: float | None
    place: int | None
    place_shown: str
    ranked: int
    segment_place_shown: str
    lines: tuple[Line, ...]
    segment: Assignment
    span: Span | None

    def __str__(self) -> str:
        lines = "\n".join(f"  {line}" for line in self.lines)
        return f"{self.headline}\n{lines}"

    @property
    def headline(self) -> str:
        """Place and total, or what is missing and what it could come to."""
        if self.total is not None:
            shared = "shares place" if self.place_shown.startswith("=") else "is placed"
            return (
                f"{self.ref} {shared} {self.place} of {self.ranked}, with a total of "
                f"{one_decimal(self.total)} out of 100."
            )
        assert self.span is not None
        names = [line.name for line in self.lines if line.score is None]
        low, high = self.span.total
        best, worst = self.span.place
        return (
            f"{self.ref} is not ranked: {', '.join(names)} not scored. Its total could be "
            f"{one_decimal(low)} to {one_decimal(high)}, its place {best} to {worst}."
        )


def explain(ranking: Ranking, ref: str) -> Explanation:
    """Why `ref` has its total, place and segment. Raises KeyError for an unknown ref."""
    sheet, totals, places = ranking.sheet, ranking.totals, ranking.places
    i = sheet.index(ref)
    points, values = totals.points[i], sheet.values[i]
    percent = ranking.weights.percent
    lines = []
    for j, criterion in enumerate(sheet.framework.criteria):
        scored = bool(sheet.scored[i, j])
        given = float(sheet.scores[i, j]) if scored else None
        lines.append(
            Line(
                criterion.id,
                criterion.name,
                percent[criterion.id],
                given,
                criterion.anchor(given) if given is not None else "",
                float(values[j]) if scored else None,
                float(points[j]) if scored else None,
                sheet.where.cell(i, j),
                scored and (i, j) in sheet.where.entered,
            )
        )
    ranked = bool(places.ranked[i])
    return Explanation(
        ref,
        sheet.titles[i],
        sheet.where.row(i),
        float(totals.total[i]) if ranked else None,
        int(places.place[i]) if ranked else None,
        places.shown(i),
        int(places.ranked.sum()),
        ranking.segment_places.shown(i),
        tuple(lines),
        ranking.segments[i],
        None if sheet.complete[i] else ranking.span(i),
    )
