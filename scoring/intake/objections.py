"""What a header says against reading its column as scores of a criterion, as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from scoring.framework import Criterion
from scoring.intake.direction import agreement, judges_amounts, says_otherwise, statements
from scoring.intake.headers import Header
from scoring.intake.match import Matcher
from scoring.intake.notes_beside import Contradiction, Note, contradiction, notes_by
from scoring.intake.notes_elsewhere import against_elsewhere
from scoring.intake.stated_scale import another_scale
from scoring.intake.tables import Table
from scoring.problem import Problem


class Objection(NamedTuple):
    """Why a column is not used until a person says so: a problem without its place."""

    found: str
    expected: str
    kind: str


def objection(
    header: Header, criterion: Criterion, settle: str, below: str = ""
) -> Objection | None:
    """What a header, or guidance right `below` it, states against the framework. `settle` is the
    --map that overrules it."""
    text = "\n".join((*header.parts, below))
    scale = criterion.scale
    favourable = header.match.polarity == "favourable"
    if said := says_otherwise(text, criterion, favourable):
        return Objection(said, turned_round(criterion, "this header", settle), "direction")
    if said := another_scale(text, scale):
        expected = (
            f"{scale.in_words}; this header states another scale, so none of the column is used. "
            f"If its scores are on the framework's scale all the same, use {settle}; if not, put "
            "them on that scale in the file"
        )
        return Objection(said, expected, "column")
    return None


def notes_against(
    table: Table, used: Mapping[str, Header], criteria: Mapping[str, Criterion],
    settle: Callable[[Header, str], str], elsewhere: Sequence[Note] = (),
) -> tuple[dict[str, Problem], list[Problem]]:  # fmt: skip
    """What stands by a table, or on another sheet, against the direction of its columns `used`: by
    criterion, those that must not be used; and what may be meant so, while the scores are used."""
    notes = notes_by(table)
    against: dict[str, Problem] = {}
    unsure: dict[str, Contradiction] = {}
    for id, header in used.items() if notes or elsewhere else ():
        criterion, favourable = criteria.get(id), header.match.polarity == "favourable"
        if criterion is None or _confirms(header, criterion, favourable):
            continue
        found = contradiction(notes, criterion, favourable, criteria.values())
        if found is None:
            found = against_elsewhere(elsewhere, criterion, favourable)
        if found is not None and found.for_sure:
            expected = turned_round(criterion, "this note", settle(header, id))
            said = str(found.statement)
            against[id] = Problem(found.note.where, said, expected, criterion.name, "direction")
        elif found is not None:
            unsure[id] = found
    if not unsure:
        return against, []
    first = next(iter(unsure))
    names = ", ".join(criteria[id].name for id in unsure)
    maps = " ".join(settle(used[id], id) for id in unsure)
    scale = criteria[first].scale
    expected = (
        f"scores of {names} on which {scale.direction_in_words}; they are used as they stand. If "
        f"they run that way, {maps} says so; if high means much of it, turn them round in the "
        f"file ({scale.low + scale.high:f} less each score)"
    )
    found = unsure[first]
    return against, [Problem(found.note.where, found.note.text, expected, names, "direction")]


def _confirms(header: Header, criterion: Criterion, favourable: bool) -> bool:
    """Whether a header itself states the framework's direction."""
    said = statements("\n".join(header.parts))
    return any(agreement(statement, criterion, favourable) > 0 for statement in said)


def as_meant(header: Header, criterion: Criterion, matcher: Matcher) -> Criterion:
    """The criterion with the words that its column can use: "high" is no score where the header
    says something else of it than the framework."""
    meant = matcher.criterion_under(criterion, header.match)
    text = "\n".join(header.parts)
    favourable = header.match.polarity == "favourable"
    burden = criterion.more_is_better is False and not favourable
    if says_otherwise(text, criterion, favourable) or (burden and judges_amounts(text)):
        return meant.worded_without_amounts()
    return meant


def turned_round(criterion: Criterion, what: str, settle: str) -> str:
    """What to do where something states the opposite direction."""
    scale = criterion.scale
    return (
        f"scores on which {scale.direction_in_words}; {what} says the opposite, so none of the "
        f"column is used. If its scores run the framework's way all the same, use {settle}; if "
        f"not, turn its scores round in the file ({scale.low + scale.high:f} less each score) and "
        "change what it says"
    )
