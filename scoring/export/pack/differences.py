"""What differs between results as recorded and as worked out again, and in the copy people read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from scoring.export.pack import records
from scoring.export.pack.inputs import Inputs, plain_number
from scoring.export.pack.results import RESULTS, Result
from scoring.export.text import plain_text

Kind = Literal["pack", "file", "intention", "total", "place", "segment", "range", "copy"]
_NEAR = 1e-6  # points: recorded ranges are floats, recomputed ones exact


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as recorded."""

    kind: Kind
    where: str
    recorded: str
    found: str

    def __str__(self) -> str:
        return f"{self.where}: recorded {self.recorded}, found {self.found}"


def compare_results(recorded: tuple[Result, ...], again: tuple[Result, ...]) -> list[Difference]:
    known, differences = {result.ref: result for result in recorded}, []
    if len(known) != len(recorded):
        differences.append(Difference("intention", RESULTS, "some refs twice", "each ref once"))
    for new in again:
        old = known.pop(new.ref, None)
        if old is None:
            differences.append(Difference("intention", new.ref, "nothing", "an intention"))
            continue
        pairs: tuple[tuple[Kind, str, Any, Any], ...] = (
            ("total", "total", _number(old.total), _number(new.total)),
            ("place", "place", _place(old.place, old.tied), _place(new.place, new.tied)),
            ("segment", "segment", old.segment, new.segment),
            ("segment", "segment rule", old.rule or "none", new.rule or "none"),
            (
                "place",
                "place in its segment",
                old.segment_place or "none",
                new.segment_place or "none",
            ),
        )
        differences += [
            Difference(kind, f"{new.ref}, {what}", str(was), str(now))
            for kind, what, was, now in pairs
            if was != now
        ]
        if not _near(old.total_range, new.total_range) or old.place_range != new.place_range:
            was = f"totals {old.total_range}, places {old.place_range}"
            now = f"totals {new.total_range}, places {new.place_range}"
            differences.append(Difference("range", f"{new.ref}, what it could come to", was, now))
    differences += [Difference("intention", ref, "an intention", "nothing") for ref in known]
    return differences


def _number(total: str | None) -> str:
    """A total for people: the exact fraction, and what it is near to."""
    if total is None:
        return "not ranked"
    exact = Fraction(total)
    return str(exact) if exact.denominator == 1 else f"{exact} ({float(exact):.6f})"


def _place(place: int | None, tied: bool) -> str:
    return "none" if place is None else f"{'=' if tied else ''}{place}"


def _near(was: tuple[float, float] | None, now: tuple[float, float] | None) -> bool:
    if was is None or now is None:
        return was is now
    return all(abs(a - b) <= _NEAR for a, b in zip(was, now, strict=True))


def compare_scores(files: Mapping[str, bytes], inputs: Inputs) -> list[Difference]:
    """The table of scores that people read says what the inputs say."""
    data = files.get(records.SCORES)
    if data is None:
        return []
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        stated = [(row["Ref"], row["Criterion"], row["Score"]) for row in rows]
    except (UnicodeDecodeError, csv.Error, KeyError) as error:
        return [Difference("copy", records.SCORES, "a table of scores", str(error))]
    sheet, criteria = inputs.sheet, inputs.framework.criteria
    wanted = [
        (
            ref,
            c.name,
            str(plain_number(float(sheet.scores[i, j]))) if sheet.scored[i, j] else "not scored",
        )
        for i, ref in enumerate(sheet.refs)
        for j, c in enumerate(criteria)
    ]
    if len(stated) != len(wanted):
        found = f"{len(stated):,} rows"
        return [Difference("copy", records.SCORES, f"{len(wanted):,} rows", found)]
    return [
        Difference("copy", f"{records.SCORES}, {ref}, {criterion}", score, said[2])
        for (ref, criterion, score), said in zip(wanted, stated, strict=True)
        if plain_text(said[2]) != score
    ]
