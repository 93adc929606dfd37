"""Decides what each column of a table is; what cannot be decided is asked, not guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scoring.framework import Criterion
from scoring.intake.asking import HARDLY, Asking, map_to
from scoring.intake.best_column import best_column
from scoring.intake.cells import Cell, shown
from scoring.intake.headers import Header
from scoring.intake.labels import WHO_SCORED, is_some_ref
from scoring.intake.match import Matcher
from scoring.intake.names import EXACT
from scoring.intake.notes_beside import Note, guidance_below, is_lone_key
from scoring.intake.objections import as_meant, notes_against, objection
from scoring.intake.result import IGNORE, ColumnRead, Correction, LeftOut
from scoring.intake.scores import share_readable
from scoring.intake.tables import Table
from scoring.intake.wording import plain
from scoring.problem import Problem

_LOOKED_AT = 2000  # body rows looked at to see what a column holds
_LONGEST_HEADER = 300


@dataclass
class Columns:
    """The columns of one table: which holds each field, and everything said about them."""

    used: dict[str, Header] = field(default_factory=dict)
    read: list[ColumnRead] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)  # criteria that wait for an answer
    told: set[str] = field(default_factory=set)  # fields whose column a person chose
    meant: dict[str, Criterion] = field(default_factory=dict)  # criteria as their headers mean them

    def column(self, field_id: str) -> int | None:
        """The column of a field."""
        return self.used[field_id].column if field_id in self.used else None


def decide_columns(
    table: Table, matcher: Matcher, wanted: Mapping[str, str], correction: Correction | None,
    elsewhere: Sequence[Note] = (),
) -> Columns:  # fmt: skip
    """Decide every column. `wanted` maps plain header text to a field: what a person said;
    `elsewhere` is what other sheets say of the scales."""
    return _Decision(table, matcher, wanted, correction, elsewhere).made()


class _Decision:
    def __init__(
        self, table: Table, matcher: Matcher, wanted: Mapping[str, str],
        correction: Correction | None, elsewhere: Sequence[Note],
    ) -> None:  # fmt: skip
        self._table, self._matcher, self._cells = table, matcher, table.cells
        self._wanted, self._elsewhere = wanted, elsewhere
        self._ask = Asking(table, matcher)
        self._said = correction.columns if correction else {}
        self._columns = Columns()
        self._fate: dict[int, tuple[str | None, float, str]] = {}
        self._rivals: dict[str, list[Header]] = defaultdict(list)

    def made(self) -> Columns:
        claims: dict[str, list[Header]] = defaultdict(list)
        told: set[str] = set()
        for header in self._table.headers:
            said = self._said_of(header)
            if said == IGNORE:
                self._leave(header, "left out because you said so")
            elif said is not None:
                told.add(said)
                claims[said].append(header)
                self._fate[header.column] = (said, 1.0, "because you said so")
        for header in self._table.headers:
            if header.column not in self._fate:
                self._consider(header, claims, told)
        for field_id, headers in claims.items():
            self._settle(field_id, headers, told)
        self._face_rivals(told)
        if "ref" not in self._columns.used:
            self._only_ref()
        self._columns.used = dict(
            sorted(self._columns.used.items(), key=lambda item: item[1].column)
        )
        self._heed_notes(told)
        self._columns.told = told
        self._columns.meant = {
            id: as_meant(header, self._matcher.criteria[id], self._matcher)
            for id, header in self._columns.used.items()
            if id in self._matcher.criteria
        }
        self._columns.read = [self._as_read(header) for header in self._table.headers]
        return self._columns

    def _said_of(self, header: Header) -> str | None:
        number = self._cells.column_number(header.column)
        if number in self._said:
            return self._said[number]
        for text in (header.text, *reversed(header.parts)):
            if plain(text) in self._wanted:
                return self._wanted[plain(text)]
        return None

    def _consider(self, header: Header, claims: Mapping[str, list[Header]], told: set[str]) -> None:
        match = header.match
        if header.names_criterion and is_lone_key(self._table, header):
            self._leave(header, "a key to the scores")
        elif match.use == "field":
            field_id = match.fields[0]
            if field_id in told:
                self._leave(header, f"you chose another column for {self._name(field_id)}")
            elif not self._objects(header, field_id):
                claims[field_id].append(header)
                self._fate[header.column] = (field_id, match.confidence, match.why)
        elif match.use in ("computed", "companion", "row number"):
            self._leave(header, match.why, match.confidence)
        elif not self._values(header):
            self._leave(header, f"{match.why or 'no header'}, and it is empty")
        elif match.use == "unclear":
            self._unclear(header, told)
        elif match.why == "no header":
            self._leave(header, "it has no header")
        elif plain(header.text) in WHO_SCORED:
            self._leave(header, "who gave the scores")
        else:
            self._leave(header, match.why)
            self._ask_unknown(header)

    def _objects(self, header: Header, field_id: str) -> bool:
        """Whether a header says itself that its scores cannot be used as they stand."""
        criterion = self._matcher.criteria.get(field_id)
        if criterion is None:
            return False
        below = guidance_below(self._table, header)
        found = objection(header, criterion, map_to(header, field_id), below)
        if found is None:
            return False
        self._leave(header, f"its header says otherwise: {found.found}")
        where = self._cells.where(self._table.label_row, header.column)
        self._columns.problems.append(
            Problem(where, found.found, found.expected, criterion.name, found.kind)
        )
        self._columns.asked.add(field_id)
        return True

    def _heed_notes(self, told: set[str]) -> None:
        """Leave columns out where a note by the table says that they run the other way."""
        used = {id: header for id, header in self._columns.used.items() if id not in told}
        against, unsure = notes_against(
            self._table, used, self._matcher.criteria, map_to, self._elsewhere
        )
        for id, problem in against.items():
            self._leave(self._columns.used.pop(id), f"a note says otherwise: {problem.found}")
            self._columns.asked.add(id)
        self._columns.problems += [*against.values(), *unsure]

    def _unclear(self, header: Header, told: set[str]) -> None:
        match = header.match
        self._leave(header, match.why)
        fields = [id for id in match.fields if id not in told]
        if not fields:
            return
        if match.is_criterion and not self._looks_scored(header, match.fields[0]):
            self._ask_unknown(header)
            return
        if match.is_criterion:
            self._rivals[fields[0]].append(header)
            return
        self._columns.problems.append(self._ask.which_field(header, fields))
        self._columns.asked.update(id for id in fields if id in self._matcher.criteria)

    def _face_rivals(self, told: set[str]) -> None:
        """Ask about scored columns that name a criterion among other words. Where the one used has
        only another name for it ("Workforce capacity" beside "Estates capacity"), none is."""
        for field_id, rivals in self._rivals.items():
            used = self._columns.used.get(field_id)
            if used is not None and field_id not in told and self._fate[used.column][1] < EXACT:
                del self._columns.used[field_id]
                headers = sorted([used, *rivals], key=lambda header: header.column)
                self._ask_which(self._matcher.criteria[field_id], headers)
                continue
            problems = [self._ask.which_field(header, [field_id]) for header in rivals]
            self._columns.problems += problems
            self._columns.asked.add(field_id)

    def _looks_scored(self, header: Header, criterion: str) -> bool:
        meant = self._matcher.criterion_under(self._matcher.criteria[criterion], header.match)
        share, _ = share_readable(self._values(header), meant)
        return share > HARDLY

    def _settle(self, field_id: str, headers: list[Header], told: set[str]) -> None:
        """One column for a field: the one a person chose, the surest, or none until asked."""
        if len(headers) == 1:
            self._columns.used[field_id] = headers[0]
            return
        if field_id in self._matcher.criteria:
            self._settle_criterion(field_id, headers, told)
            return
        if field_id == "notes":
            named = [h for h in headers if plain(h.text) in ("notes", "note")]
            for header in headers:
                if header is not (named[0] if named else None):
                    self._leave(header, "reasoning or notes beside the scores", 0.6)
            if named:
                self._columns.used[field_id] = named[0]
            return
        surest = max(headers, key=lambda header: self._fate[header.column][1])
        self._columns.used[field_id] = surest
        for header in headers:
            if header is not surest:
                self._leave(header, f"{shown(surest.text)} is used for {self._name(field_id)}")
                self._columns.problems.append(self._ask.second_column(header, surest, field_id))

    def _settle_criterion(self, field_id: str, headers: list[Header], told: set[str]) -> None:
        criterion = self._matcher.criteria[field_id]
        readable = {
            h.column: share_readable(
                self._values(h), self._matcher.criterion_under(criterion, h.match)
            )[0]
            for h in headers
        }
        confidence = {header.column: self._fate[header.column][1] for header in headers}
        chosen, why = best_column(headers, confidence, readable, field_id in told)
        if chosen is not None:
            self._columns.used[field_id] = chosen
            for header in headers:
                if header is not chosen:
                    self._leave(header, why)
                    if readable[header.column] > HARDLY:
                        self._ask_unknown(header)
            return
        self._ask_which(criterion, headers)

    def _ask_which(self, criterion: Criterion, headers: list[Header]) -> None:
        self._columns.asked.add(criterion.id)
        for header in headers:
            self._leave(header, f"more than one column fits {criterion.name}")
        self._columns.problems.append(self._ask.which_column(criterion, headers))

    def _only_ref(self) -> None:
        """A column of row numbers, or one called some kind of ref ("ICB ref"), is the ref when there
        is no other, and its values differ. Of two kinds of ref it is the first, and that is said."""
        numbered = [h for h in self._table.headers if h.match.use == "row number"]
        called = [
            h for h in self._table.headers if h.match.use == "unknown" and is_some_ref(h.text)
        ]
        refs = [header for header in (*called, *numbered) if self._tells_apart(header)]
        if not refs:
            return
        used, others = refs[0], [header for header in called if header is not refs[0]]
        self._columns.used["ref"] = used
        why = (
            "the first column that can be a ref" if others else "the only column that can be a ref"
        )
        self._fate[used.column] = ("ref", 0.6, why)
        if used not in called:
            return
        about = [self._about_name(header) for header in called]
        self._columns.problems = [p for p in self._columns.problems if p not in about]
        if others:
            self._columns.problems.append(self._ask.which_ref(used, others))

    def _tells_apart(self, header: Header) -> bool:
        """Whether each value of a column is different."""
        values = [shown(value) for value in self._values(header)]
        return bool(values) and len(set(values)) == len(values) and self._said_of(header) is None

    def _ask_unknown(self, header: Header) -> None:
        self._columns.problems.append(self._about_name(header))

    def _about_name(self, header: Header) -> Problem:
        return self._ask.which_name(header, self._values(header))

    def _leave(self, header: Header, why: str, confidence: float = 0.0) -> None:
        self._fate[header.column] = (None, confidence, why)

    def _name(self, field_id: str) -> str:
        return self._matcher.name_of(field_id)

    def _values(self, header: Header, at_most: int = _LOOKED_AT) -> Sequence[Cell]:
        last = min(self._table.end, self._table.first + at_most)
        column = self._cells.columns[header.column][self._table.first : last]
        return [cell for cell in column if cell != "" and cell != " "]

    def _as_read(self, header: Header) -> ColumnRead:
        field_id, confidence, why = self._fate[header.column]
        number = self._cells.column_number(header.column)
        samples = tuple(dict.fromkeys(shown(value) for value in self._values(header, 50)))[:3]
        if field_id is None:
            self._columns.left_out.append(
                LeftOut(self._cells.where(self._table.label_row, header.column),
                        f'column "{shown(header.text)}"', why)
            )  # fmt: skip
        text = " ".join(header.text.split())[:_LONGEST_HEADER]
        return ColumnRead(number, text, field_id, confidence, why, samples)
