"""The template's guidance sheets: what each score means, what goes into each column."""

from __future__ import annotations

from scoring.export.tables import Cell, Column, Table
from scoring.export.template_entries import Entry
from scoring.framework import Framework


def levels_table(framework: Framework) -> Table:
    """Each criterion's levels and what they mean, best first."""
    shown = framework.weights.shown()
    rows: list[tuple[Cell, ...]] = []
    for c in framework.criteria:
        fixed = (c.name, f"{shown[c.id]}%", c.asks, c.scale.direction_in_words)
        levels = sorted(c.anchors.items(), key=lambda kv: float(kv[0]))
        if c.scale.better == "high":
            levels.reverse()
        rows += [(*fixed, f"{level} = {text}") for level, text in levels]
        if not levels:
            rows.append((*fixed, f"A score is {c.scale.in_words}"))
    columns = (
        Column("name", "Judged by"),
        Column("weight", "Counts for"),
        Column("asks", "What it asks", "long"),
        Column("direction", "Which end is better", "long"),
        Column("means", "What a score means", "long"),
    )
    return Table("Guidance", "What each score means", columns, tuple(rows))


def columns_table(framework: Framework, entries: tuple[Entry, ...]) -> Table:
    """What goes into each column of the sheet to fill in, after how to go about it."""
    rows: list[tuple[Cell, ...]] = [
        ("How to begin", "Fill in one row an intention on the sheet Intentions. The example row is "
         "not read: leave it or delete it."),
        ("Scores", "Choose from the list. The better end is always said in the header. An empty "
         "cell means not scored yet; it never counts as the lowest score."),
        ("Rows", "300 rows are ready. To add more, or to change a header on purpose, take the "
         "protection off first: Review, Unprotect Sheet (there is no password)."),
    ]  # fmt: skip
    for entry in entries:
        name, message = entry.column.header, entry.message
        if entry.group == "score":
            criterion = framework.criterion(entry.column.id)
            scale = criterion.scale
            name = criterion.name
            message = f"{criterion.asks} {scale.direction_in_words}; {scale.in_words}."
        elif entry.choices and entry.group != "question":
            message += f" One of: {', '.join(entry.choices)}."
        rows.append((name, message))
    columns = (Column("what", "About", "long"), Column("enter", "What to enter", "long"))
    return Table("How to fill in", "How to fill in the template", columns, tuple(rows))
