"""The problems of a reading: one table, a filter, and the workbook back with them marked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import streamlit as st

from scoring.export.marked_workbook import can_mark, write_marked_workbook
from scoring.intake.result import Intake
from scoring.problem import Problem
from views.draft import Draft
from views.explanation import plain
from views.tables import show_long_table, show_table

KINDS = {
    "score": "Scores",
    "ref": "Refs",
    "title": "Titles",
    "column": "Columns",
    "weight": "Weights",
    "answer": "Segment answers",
    "money": "Money and numbers",
    "table": "Tables",
    "direction": "Direction",
    "file": "Files",
}

# What the command line would say, and what a person does here instead.
_COMMAND_LINE = (
    (re.compile(r'use (--map "[^"]*"( or )?)+'), "say above which column it is"),
    (re.compile(r'Use (--map "[^"]*"( or )?)+'), "Say above which column it is"),
    (re.compile(r'--map "[^"]*" says so'), "leave them"),
)
FEW = 40  # so many are shown whole; more in a table that scrolls


def on_screen(problem: Problem) -> str:
    """What was expected, with what to do here where the command line would say `--map`."""
    said = problem.expected
    for option, here in _COMMAND_LINE:
        said = option.sub(here, said)
    return said


def show_problems(draft: Draft, intake: Intake) -> None:
    """Every problem with where it is, what was found and what was expected."""
    problems = intake.problems
    if not problems:
        st.success("No problems found.")
        return
    st.header(f"{len(problems)} {'problems' if len(problems) > 1 else 'problem'} to look at")
    counts = Counter(problem.kind for problem in problems)
    chosen = st.multiselect(
        "Show only",
        list(counts),
        format_func=lambda kind: f"{KINDS.get(kind, kind.capitalize())} ({counts[kind]})",
        placeholder="All kinds",
        key="problem_kinds",
    )
    rows = [
        {
            "Where": problem.where,
            "Column": problem.label,
            "Intention": " ".join(filter(None, (problem.ref, problem.title))),
            "Found": problem.found or "nothing",
            "Expected": on_screen(problem),
        }
        for problem in problems
        if not chosen or problem.kind in chosen
    ]
    if len(rows) <= FEW:
        show_table(rows, "Problems: where, what was found, what was expected")
    else:
        show_long_table(rows, "Problems: where, what was found, what was expected")
    st.caption("What is listed here is left out or not scored; it is never guessed.")
    for source in draft.sources:
        mine = tuple(p for p in problems if p.where.startswith(f"{source.name}, "))
        if mine and can_mark(source.name):
            st.download_button(
                plain(f"Download {source.name} with these cells marked"),
                lambda source=source, mine=mine: write_marked_workbook(
                    source.data, source.name, mine
                ),
                file_name=f"marked {source.name}",
                on_click="ignore",
                key=f"marked_{source.name}",
            )


def show_not_used(problems: Sequence[Problem], name: str) -> None:
    """What could not be used of a sheet of weights or ranges, each by its place; nothing if none."""
    if not problems:
        return
    st.error("There is a problem. These were not used:")
    show_table(
        [
            {"Where": p.where, "What": p.label, "Found": p.found or "nothing",
             "Expected": p.expected}
            for p in problems
        ],
        name,
    )  # fmt: skip
