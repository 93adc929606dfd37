"""Whatever is edited in an exported workbook, exactly that is found, and can be taken over."""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from datetime import datetime

import numpy as np
import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.export import About, write_ranked_workbook
from scoring.export.accept import accept
from scoring.export.diff import diff_editions
from scoring.export.edition import read_edition
from scoring.framework import load_framework
from scoring.intake import Source
from scoring.ranking import prioritise
from scoring.sheet import ScoreSheet

LSC = load_framework("lsc-2025-26")
COUNT = 6
ABOUT = About("Round", "Tester", datetime(2026, 11, 22))
NAMES = [criterion.name for criterion in LSC.criteria]
LEVELS = st.sampled_from([1, 2, 3, 4, 5, None])


def a_round(seed: int) -> ScoreSheet:
    scores = np.random.default_rng(seed).integers(1, 6, (COUNT, 7)).astype(float)
    refs = tuple(f"R-{i}" for i in range(COUNT))
    return ScoreSheet(LSC, refs, tuple(f"Intention {r}" for r in refs), scores)


EDITS = st.dictionaries(
    st.tuples(st.integers(0, COUNT - 1), st.sampled_from(NAMES)), LEVELS, max_size=8
)
ORDERS = st.permutations(range(2, COUNT + 2))


@settings(max_examples=40)
@given(st.integers(0, 999), EDITS, ORDERS)
def test_every_edited_score_is_found_and_nothing_else_wherever_its_row_stands(
    seed: int, edits: dict[tuple[int, str], int | None], order: list[int]
) -> None:
    sheet = a_round(seed)
    data = write_ranked_workbook(prioritise(sheet), ABOUT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["Ranked list"]
    headers = [cell.value for cell in page[1]]
    rows = {page.cell(r, 2).value: r for r in range(2, COUNT + 2)}
    expected = {}
    for (i, name), level in edits.items():
        was = int(sheet.scores[i, NAMES.index(name)])
        page.cell(rows[sheet.refs[i]], headers.index(name) + 1).value = level
        if was != level:
            expected[sheet.refs[i], name] = (str(was), "" if level is None else str(level))
    _sort_rows(page, order)
    out = io.BytesIO()
    book.save(out)
    old = read_edition(Source("A.xlsx", data), LSC)
    new = read_edition(Source("B.xlsx", out.getvalue()), LSC)
    found = diff_editions(old, new)
    assert {(c.ref, c.label): (c.was, c.now) for c in found.changes} == expected
    assert found.same == (not expected)
    taken = accept(old, new, found.changes)
    again = replace(old, intake=replace(old.intake, sheet=taken))
    assert diff_editions(again, new).same


def _sort_rows(page: openpyxl.worksheet.worksheet.Worksheet, order: list[int]) -> None:
    before = {r: [cell.value for cell in page[r]] for r in order}
    for r, source in zip(sorted(order), order, strict=True):
        for cell, value in zip(page[r], before[source], strict=True):
            cell.value = value
