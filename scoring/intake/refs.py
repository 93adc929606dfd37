"""Refs and titles of intentions: made where there are none, kept apart where two sheets clash."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from scoring.intake.apart import alike, apart, renamed_lines, renamed_problems, same_ref
from scoring.intake.body import Body
from scoring.intake.cells import Cells, shown
from scoring.intake.labels import NO_REF
from scoring.intake.naming import one_line, ref_text
from scoring.intake.result import LedgerLine
from scoring.intake.rows import Rows
from scoring.intake.tables import Table
from scoring.problem import Problem


@dataclass(frozen=True, eq=False)
class _Use:
    """Where a ref is used, and for which title."""

    cells: Cells
    row: int
    ref: str
    title: str

    def is_apart_from(self, other: _Use) -> bool:
        """Whether the two are different intentions beyond doubt: on two sheets, with two titles."""
        titled = bool(self.title) and bool(other.title)
        return (
            titled and self.cells.sheet != other.cells.sheet and not alike(self.title, other.title)
        )


class Refs:
    """Names the intentions of one file's tables; says so in the file's problems and ledger."""

    def __init__(self, file: str, problems: list[Problem], ledger: list[LedgerLine]) -> None:
        self._file, self._problems, self._ledger = file, problems, ledger
        # By ref, as `same_ref` compares them: its first use, and every use of those that clash.
        self._first: dict[str, tuple[Cells, int, str, str]] = {}
        self._clashing: dict[str, list[_Use]] = {}
        self._apart_refs: dict[_Use, str] = {}

    def name(
        self, table: Table, body: Body, rows: Rows, shifted: Container[int] = ()
    ) -> tuple[list[int], list[str], list[str]]:
        """Which rows are kept, with their refs and titles; the others, those that are `shifted` too,
        are refused.

        A ref used on two sheets for intentions with different titles is two refs, kept apart."""
        kept: list[int] = []
        refs: list[str] = []
        titles: list[str] = []
        made: list[tuple[int, str]] = []
        untitled: list[int] = []
        own_refs = body.values.get("ref")
        own_titles = body.values.get("title", body.values.get("description"))
        if own_refs is not None and own_titles is not None and not shifted:
            refs = [ref_text(own_refs[i]) for i in rows.intentions]
            titles = [one_line(own_titles[i]) for i in rows.intentions]
            if self._plainly_named(table, body, rows.intentions, refs, titles):
                return list(rows.intentions), refs, titles
            refs, titles = [], []
        for i in rows.intentions:
            ref = ref_text(own_refs[i]) if own_refs is not None else ""
            title = one_line(own_titles[i]) if own_titles is not None else ""
            if ref.casefold() in NO_REF:
                ref = ""
            if not title and "description" in body.values:
                title = one_line(body.values["description"][i])
            if not ref and not title:
                self._refuse(table, body, i, "", "", "it has neither a title nor a ref")
                continue
            if i in shifted:
                self._refuse_shifted(table, body.first + i, ref, title)
                continue
            if not ref:
                ref = self._made_ref(table, body, i)
                made.append((i, ref))
            here = (table.cells, body.first + i, ref, title)
            if self._first.setdefault(same_ref(ref), here) is not here:
                use = _Use(*here)
                clash = self._clash(use)
                if clash is not None:
                    why = f"the ref {clash.ref} is already used at {clash.cells.where(clash.row)}"
                    self._refuse(table, body, i, ref, title, why)
                    continue
                ref = self._apart(use)
            if not title:
                untitled.append(i)
                title = ref
            kept.append(i)
            refs.append(ref)
            titles.append(title)
        self._say_made(table, body, made, own_refs is not None)
        self._say_untitled(table, body, untitled, own_titles is not None)
        return kept, refs, titles

    def _plainly_named(
        self, table: Table, body: Body, intentions: Sequence[int], refs: Sequence[str],
        titles: Sequence[str],
    ) -> bool:  # fmt: skip
        """Whether every intention has a title and a ref that no other has, as in most tables: then
        they are all kept as they are, and learnt in one go."""
        keys = list(map(same_ref, refs))
        distinct = set(keys)
        if (
            len(distinct) < len(keys) or "" in titles or "" in distinct
            or not NO_REF.isdisjoint(distinct) or not distinct.isdisjoint(self._first)
        ):  # fmt: skip
            return False
        for key, i, ref, title in zip(keys, intentions, refs, titles, strict=True):
            self._first[key] = (table.cells, body.first + i, ref, title)
        return True

    def _made_ref(self, table: Table, body: Body, i: int) -> str:
        """A ref from the sheet (or file) and the row: the same each time the file is read."""
        base = (
            f"{table.cells.sheet or PurePath(self._file).stem}-{table.cells.number(body.first + i)}"
        )
        ref, again = base, 1
        while same_ref(ref) in self._first:
            again += 1
            ref = f"{base}-{again}"
        return ref

    def _say_made(
        self, table: Table, body: Body, made: Sequence[tuple[int, str]], has_column: bool
    ) -> None:
        if made and not has_column:
            refs = f"{made[0][1]} to {made[-1][1]}" if len(made) > 1 else made[0][1]
            self._problems.append(
                Problem(table.where(), "no column of refs",
                        f"a ref for each intention; {len(made)} were made from sheet and row: {refs}",
                        "Ref", "ref")
            )  # fmt: skip
            return
        for i, ref in made:
            where = table.cells.where(body.first + i)
            title = body.text("title", i) or body.text("description", i)
            self._problems.append(
                Problem(where, "no ref", f"a ref; {ref} was made from its sheet and row",
                        "Ref", "ref", ref, title)
            )  # fmt: skip

    def _say_untitled(
        self, table: Table, body: Body, untitled: Sequence[int], has_column: bool
    ) -> None:
        if untitled and not has_column:
            self._problems.append(
                Problem(table.where(), "no column of titles",
                        "a title for each intention; their refs stand in for them", "Title", "title")
            )  # fmt: skip
            return
        for i in untitled:
            ref = body.text("ref", i)
            self._problems.append(
                Problem(table.cells.where(body.first + i), "no title",
                        "a title; its ref stands in for one", "Title", "title", ref, ref)
            )  # fmt: skip

    def _refuse(self, table: Table, body: Body, i: int, ref: str, title: str, why: str) -> None:
        row = table.cells.rows[body.first + i]
        found = ref or " | ".join(
            [shown(row[h.column]) for h in table.headers if shown(row[h.column]).strip()][:4]
        )
        expected = "a ref of its own" if ref else "a title and a ref"
        self._problems.append(
            Problem(table.cells.where(body.first + i), found, f"{expected}: {why}, so it is refused",
                    "Ref" if ref else "Title", "ref" if ref else "title", ref, title)
        )  # fmt: skip
        self.refuse_line(table, body.first + i, ref, title, why)

    def _refuse_shifted(self, table: Table, i: int, ref: str, title: str) -> None:
        cells, headers = table.cells.lengths[i], table.cells.lengths[table.label_row]
        why = f"it has {cells} cells under {headers} headers, so none can be told from the next"
        expected = (
            f"{headers} cells: text with a separator in it needs quotation marks round it; the row is "
            "refused"
        )
        where, found = table.cells.where(i), f"{cells} cells under {headers} headers"
        self._problems.append(Problem(where, found, expected, "Row", "ref", ref, title))
        self.refuse_line(table, i, ref, title, why)

    def refuse_line(self, table: Table, i: int, ref: str, title: str, why: str) -> None:
        """A ledger line for a row that is refused."""
        cells = table.cells
        self._ledger.append(
            LedgerLine(cells.file, cells.sheet, cells.number(i), "refused", ref, title, why)
        )

    def _clash(self, use: _Use) -> _Use | None:
        """The use that makes a ref a second row of one intention; None where all are apart."""
        key = same_ref(use.ref)
        uses = self._clashing.get(key) or [_Use(*self._first[key])]
        clash = next((other for other in uses if not use.is_apart_from(other)), None)
        if clash is None:
            self._clashing[key] = [*uses, use]
        return clash

    def _apart(self, use: _Use) -> str:
        """A ref of its own for a ref that another sheet uses too."""
        new = apart(use.ref, use.cells.sheet, self._first)
        self._first[same_ref(new)] = (use.cells, use.row, new, use.title)
        self._apart_refs[use] = new
        return new

    def kept_apart(self, refs: list[str]) -> list[str]:
        """The refs once every table is read: the first use of a clashing ref is renamed too, and
        each use is said."""
        clashing = list(self._clashing.values())
        changes = {uses[0].ref: self._apart(uses[0]) for uses in clashing}
        if not changes:
            return refs
        self._problems[:] = renamed_problems(self._problems, changes)
        self._ledger[:] = renamed_lines(self._ledger, changes)
        for uses in clashing:
            sheets = ", ".join(use.cells.sheet for use in uses)
            for use in uses:
                new = self._apart_refs[use]
                self._problems.append(
                    Problem(use.cells.where(use.row), use.ref,
                            f"a ref that no other sheet uses ({sheets}); it is called {new} here",
                            "Ref", "ref", new, use.title)
                )  # fmt: skip
        return [changes.get(ref, ref) for ref in refs]
