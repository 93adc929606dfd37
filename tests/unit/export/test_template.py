"""The template: filled in, it reads back without a question; empty, it is ready to fill in."""

from __future__ import annotations

import io

import openpyxl
import pytest

from scoring.export.template import write_template
from scoring.export.template_entries import entries_of
from scoring.framework import Framework, list_frameworks
from scoring.intake import Source, read_intentions

FRAMEWORKS = {framework.id: framework for framework in list_frameworks()}


def filled(framework: Framework, rows: int) -> bytes:
    """The template with every column of some rows filled in, as a team would."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(framework)))
    sheet = book["Intentions"]
    for r in range(rows):
        for k, entry in enumerate(entries_of(framework), 1):
            if entry.column.id == "ref":
                value: object = f"T-{r}"
            elif entry.group == "score":
                scale = framework.criterion(entry.column.id).scale
                value = float(scale.low + scale.step * ((r + k) % (scale.steps + 1)))
            elif entry.choices:
                value = entry.choices[(r + k) % len(entry.choices)]
            elif entry.column.kind in ("money", "number"):
                value = 1000 * r + k
            else:
                value = f"{entry.column.header} of {r}"
            sheet.cell(r + 3, k, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("id", FRAMEWORKS)
def test_a_filled_in_template_reads_back_without_a_question(id: str) -> None:
    framework = FRAMEWORKS[id]
    intake = read_intentions([Source("Team.xlsx", filled(framework, 6))], framework)
    assert intake.problems == ()
    assert intake.sheet.refs == ("T-0", "T-1", "T-2", "T-3", "T-4", "T-5")
    assert intake.count("scored") == intake.count() == 6
    for entry in entries_of(framework):
        if entry.group in ("question", "rest") or entry.column.id in ("function", "domain"):
            assert all(value not in (None, "") for value in intake.sheet.fields[entry.column.id])
    for j, criterion in enumerate(framework.criteria):
        k = [entry.column.id for entry in entries_of(framework)].index(criterion.id) + 1
        scale = criterion.scale
        expected = [float(scale.low + scale.step * ((r + k) % (scale.steps + 1))) for r in range(6)]
        assert intake.sheet.scores[:, j].tolist() == expected


@pytest.mark.parametrize("id", FRAMEWORKS)
def test_the_example_row_is_left_out_and_said(id: str) -> None:
    intake = read_intentions([Source("Empty.xlsx", write_template(FRAMEWORKS[id]))], FRAMEWORKS[id])
    assert intake.problems == ()
    assert intake.count() == 0
    (left,) = intake.tables[0].left_out
    assert (left.where, left.why) == ("Empty.xlsx, Intentions!2", "the example row")


def test_scores_are_chosen_from_the_levels_with_their_meaning_beside(lsc: Framework) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_template(lsc)))["Intentions"]
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    cost = next(cell for cell in sheet[1] if str(cell.value).startswith("Cost"))
    assert cost.value == "Cost: 5 is best, 1 is worst"
    rule = rules[cost.column_letter]
    assert (rule.type, rule.formula1) == ("list", '"1,2,3,4,5"')
    assert "5 = Releases cash this year" in rule.prompt
    assert "1 = Large unfunded recurrent or capital cost" in rule.prompt
    assert all(len(rule.prompt) <= 255 for rule in rules.values())


def test_answers_and_maturities_are_chosen_from_lists(lsc: Framework) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_template(lsc)))["Intentions"]
    lists = {rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type == "list"}
    assert {'"yes,no"', '"provider,ICB,both"', '"Fully developed,In progress,Opportunity"'} <= lists


def test_headers_are_locked_cells_to_fill_in_are_not_and_sheets_stay(lsc: Framework) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_template(lsc)))
    sheet = book["Intentions"]
    assert book.security.lockStructure
    assert sheet.protection.sheet
    assert sheet["A1"].protection.locked
    assert not sheet.column_dimensions["A"].protection.locked
    assert sheet.freeze_panes == "C2"
    assert not any(page.merged_cells.ranges for page in book.worksheets)
    assert all(page.tables for page in book.worksheets)


def test_guidance_has_every_level_of_every_criterion_best_first(lsc: Framework) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_template(lsc)))["Guidance"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert len(rows) == 35
    assert rows[10] == [
        "Cost", "15.0%", "What financial investment does it need?", "5 is best, 1 is worst",
        "5 = Releases cash this year",
    ]  # fmt: skip


def test_choices_that_do_not_fit_a_list_stand_on_a_sheet_of_their_own(lsc: Framework) -> None:
    maturities = ("Fully developed, agreed", "In progress", "x" * 300)
    framework = lsc.model_copy(update={"maturities": maturities})
    book = openpyxl.load_workbook(io.BytesIO(write_template(framework)))
    rules = book["Intentions"].data_validations.dataValidation
    assert "Choices!$A$2:$A$4" in {rule.formula1 for rule in rules}
    assert [row[0].value for row in book["Choices"].iter_rows()] == ["Maturity", *maturities]
    intake = read_intentions([Source("Team.xlsx", filled(framework, 3))], framework)
    assert intake.problems == ()
    assert set(intake.sheet.fields["maturity"]) == set(maturities)


def test_two_questions_with_the_same_words_get_headers_of_their_own(lsc: Framework) -> None:
    twice = lsc.questions[0].model_copy(update={"id": "again"})
    framework = lsc.model_copy(update={"questions": (*lsc.questions, twice)})
    headers = [entry.column.header for entry in entries_of(framework)]
    assert len({header.casefold() for header in headers}) == len(headers)
    assert f"{twice.asks} (2)" in headers
