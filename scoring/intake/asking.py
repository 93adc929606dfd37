"""What is asked of a person about the columns of a table, each with the --map that settles it."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.framework import Criterion
from scoring.intake.cells import Cell, shown
from scoring.intake.headers import Header
from scoring.intake.match import Matcher
from scoring.intake.result import IGNORE
from scoring.intake.scores import as_number, share_readable
from scoring.intake.tables import Table
from scoring.intake.wording import plain
from scoring.problem import Problem

MOSTLY, HARDLY = 0.6, 0.2  # shares of readable cells: a column of scores, and one of none


def map_to(header: Header, field_id: str) -> str:
    """The option that gives this column to a field."""
    text = " ".join(header.text.split()).replace('"', "'")
    return f'--map "{text}={field_id}"'


class Asking:
    """Puts the questions about one table as Problems."""

    def __init__(self, table: Table, matcher: Matcher) -> None:
        self._table, self._matcher, self._cells = table, matcher, table.cells

    def which_field(self, header: Header, fields: Sequence[str]) -> Problem:
        """A header that fits more than one field, or one only if its direction is as ours."""
        match = header.match
        settle = [map_to(header, id) for id in fields]
        if match.polarity == "mixed" and fields[0] in self._matcher.criteria:
            scale = self._matcher.criteria[fields[0]].scale
            settle[0] += f" (only if {scale.direction_in_words})"
        settled = _either([*settle, map_to(header, IGNORE)])
        return self._about(header, f"one field; {match.why}. Use {settled}")

    def which_column(self, criterion: Criterion, headers: Sequence[Header]) -> Problem:
        """Columns of which any could hold a criterion's scores."""
        texts = {plain(header.text) for header in headers}
        if len(texts) == len(headers):
            settle = "Use " + _either([map_to(header, criterion.id) for header in headers])
        else:
            settle = "Give the columns different headers, or choose on the Load page"
        row = self._table.label_row
        cells = [
            self._cells.where(row, h.column).rpartition("!")[2].rpartition(", ")[2] for h in headers
        ]
        found = " and ".join(
            f"{shown(header.text)} in {cell}" for header, cell in zip(headers, cells, strict=True)
        )
        expected = f"one column for {criterion.name}; none is used until it is settled. {settle}"
        place = self._cells.where(row, headers[0].column)
        return Problem(place, found, expected, label=criterion.name, kind="column")

    def second_column(self, header: Header, used: Header, field_id: str) -> Problem:
        """A column of a field, or so it seems, for which another is used."""
        choices = _either([map_to(header, field_id), map_to(header, IGNORE)])
        name = self._matcher.name_of(field_id)
        expected = f'one column for {name}, for which "{shown(used.text)}" is used. Use {choices}'
        return self._about(header, expected)

    def which_ref(self, used: Header, others: Sequence[Header]) -> Problem:
        """Columns called some kind of ref, of which the first is used."""
        found = " and ".join(shown(header.text) for header in (used, *others))
        expected = f'one column of refs; "{shown(used.text)}" is used. For another, use ' + _either(
            [map_to(header, "ref") for header in others]
        )
        where = self._cells.where(self._table.label_row, used.column)
        return Problem(where, found, expected, label="Ref", kind="column")

    def which_name(self, header: Header, values: Sequence[Cell]) -> Problem:
        """A header that fits nothing, over `values`."""
        holds = ""
        numbers = [number for value in values if (number := as_number(value)) is not None]
        if numbers and len(numbers) > len(values) / 2:
            low, high = min(numbers), max(numbers)
            holds = f"; it holds numbers from {shown(low)} to {shown(high)}"
            if any(share_readable(values, c)[0] >= MOSTLY for c in self._matcher.criteria.values()):
                holds += ", which could be scores"
        nearest = self._matcher.nearest(header.text)
        choices = _either([map_to(header, nearest or "FIELD"), map_to(header, IGNORE)])
        return self._about(header, f"the name of a field{holds}. Use {choices}")

    def _about(self, header: Header, expected: str) -> Problem:
        where = self._cells.where(self._table.label_row, header.column)
        return Problem(where, shown(header.text), expected, label="column header", kind="column")


def _either(choices: Sequence[str]) -> str:
    return " or ".join([", ".join(choices[:-1]), choices[-1]] if len(choices) > 1 else choices)
