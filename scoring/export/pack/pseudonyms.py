"""Names of people replaced by "Person 1", "Person 2", ...: in the order in which they first appear."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from scoring.export.about import About
from scoring.export.pack.analyses import NO_ANALYSES, Analyses
from scoring.export.pack.record import Record
from scoring.ranking import Ranking
from scoring.segment import Segments
from scoring.sheet import FieldValue

FREE_TEXT = ("description", "notes")  # fields in which a name is replaced where it stands


def pseudonyms_for(
    ranking: Ranking, about: About, record: Record, analyses: Analyses = NO_ANALYSES
) -> dict[str, str]:
    """{name: pseudonym} for everyone who scored, set weights, decided a segment or made the pack."""
    names = [reason.assessor for reason in record.reasons]
    names += [setting.by for setting in record.settings]
    names += _people_of(ranking)
    names += [scenario.by for scenario in analyses.compared.scenarios] if analyses.compared else []
    names.append(about.made_by)
    people = dict.fromkeys(name.strip() for name in names if name.strip())
    return {name: f"Person {number}" for number, name in enumerate(people, 1)}


def _people_of(ranking: Ranking) -> list[str]:
    """Who decided a segment or typed a score."""
    names = [a.override.by for a in ranking.segments.assignments if a.override]
    return names + [entered.by for entered in ranking.sheet.where.entered.values()]


def pseudonymise_before(before: Ranking, about: About, people: Mapping[str, str]) -> Ranking:
    """The ranking that a round is set against; who is in that one only is "Somebody"."""
    others = {name.strip(): "Somebody" for name in _people_of(before) if name.strip()}
    return pseudonymise(before, about, Record(), {**others, **people})[0]


def pseudonymise(
    ranking: Ranking, about: About, record: Record, people: Mapping[str, str]
) -> tuple[Ranking, About, Record]:
    """The same with names replaced wherever a name belongs, and in reasons and notes.

    Source files are left out, since they may hold names; their SHA-256 stays. Titles, answers,
    totals, places and segments are not touched.
    """
    hide = _Hider(people)
    sheet = ranking.sheet
    fields: dict[str, tuple[FieldValue, ...]] = {
        id: tuple(hide(value) if isinstance(value, str) else value for value in column)
        if id in FREE_TEXT
        else column
        for id, column in sheet.fields.items()
    }
    assignments = tuple(
        replace(
            a, override=replace(a.override, by=hide(a.override.by), reason=hide(a.override.reason))
        )
        if a.override
        else a
        for a in ranking.segments.assignments
    )
    entered = {at: replace(who, by=hide(who.by)) for at, who in sheet.where.entered.items()}
    hidden_sheet = replace(sheet, fields=fields, origins=replace(sheet.where, entered=entered))
    hidden = Ranking(
        hidden_sheet,
        replace(ranking.totals, sheet=hidden_sheet),
        ranking.places,
        Segments(ranking.segments.framework, assignments),
    )
    settings = tuple(replace(s, by=hide(s.by), why=hide(s.why)) for s in record.settings)
    reasons = tuple(
        replace(r, assessor=hide(r.assessor), reason=hide(r.reason)) for r in record.reasons
    )
    return hidden, replace(about, made_by=hide(about.made_by)), Record(settings, reasons, ())


def pseudonymise_analyses(found: Analyses, people: Mapping[str, str]) -> Analyses:
    """The same with names replaced in who set a scenario, why, and why intentions are linked."""
    hide = _Hider(people)
    links = tuple(replace(link, why=hide(link.why)) for link in found.links)
    compared = found.compared
    if compared is not None:
        scenarios = (replace(s, by=hide(s.by), why=hide(s.why)) for s in compared.scenarios)
        compared = replace(compared, scenarios=tuple(scenarios))
    return replace(found, compared=compared, links=links)


class _Hider:
    """Replaces whole names in a text, the longest first, whatever their capitals."""

    def __init__(self, people: Mapping[str, str]) -> None:
        self._people = {name.casefold(): alias for name, alias in people.items()}
        longest = sorted(people, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in longest)
        self._names = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE) if people else None

    def __call__(self, text: str) -> str:
        if self._names is None:
            return text
        return self._names.sub(lambda found: self._people.get(found[0].casefold(), found[0]), text)
