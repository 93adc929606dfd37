"""What a header says against reading its column as scores of a criterion, as it stands."""

from __future__ import annotations

from typing import NamedTuple

from scoring.framework import Criterion
from scoring.intake.direction import judges_amounts, says_otherwise
from scoring.intake.headers import Header
from scoring.intake.match import Matcher
from scoring.intake.stated_scale import another_scale


class Objection(NamedTuple):
    """Why a column is not used until a person says so: a problem without its place."""

    found: str
    expected: str
    kind: str


def objection(header: Header, criterion: Criterion, settle: str) -> Objection | None:
    """What a header states against the framework. `settle` is the --map that overrules it."""
    text = "\n".join(header.parts)
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
