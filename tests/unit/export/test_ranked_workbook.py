"""The ranked workbook: values beside formulas, sheets, formats, hostile text."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from scoring.export import write_ranked_workbook
from scoring.export.scenarios import side_by_side
from scoring.intake import Source, read_intentions
from scoring.intake.own_sheets import own_sheets
from scoring.ranking import prioritise
from tests.unit.export.rounds import ABOUT, LEDGER, round_of_four, sheet_rows


@pytest.fixture(scope="module")
def data() -> bytes:
    sheet = round_of_four(saving=(1000.0, None, 2500.5, None))
    ranking = prioritise(sheet, sheet.framework.weights_with({"impact": 30}))
    return write_ranked_workbook(ranking, ABOUT, side_by_side(ranking, 2))


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def column(sheet: Worksheet, header: str) -> list[object]:
    for cells in sheet.iter_cols():
        if cells[0].value == header:
            return [cell.value for cell in cells[1:]]
    raise AssertionError(f"no column {header} in {sheet.title}")


def test_the_sheets_stand_in_the_order_a_reader_needs(data: bytes) -> None:
    assert opened(data).sheetnames == [
        "Ranked list", "Live order", "Weights", "Segments", "Segment 0", "Segment 1",
        "Segment 2-provider", "Segment 2-icb", "Segment 3", "Segment outside", "Unassigned",
        "Criteria and anchors", "Incomplete", "Accounted for", "Refused rows", "Scenarios",
        "Scenarios compared", "Charts", "About",
    ]  # fmt: skip


def test_only_the_ranked_list_is_read_back_and_a_sheet_that_somebody_added(data: bytes) -> None:
    assert own_sheets(opened(data).sheetnames) == {*opened(data).sheetnames} - {"Ranked list"}
    book = opened(data)
    added = book.create_sheet("Late ones")
    titles = [criterion.name for criterion in round_of_four().framework.criteria]
    added.append(["Ref", "Title", *titles])
    added.append(["L-1", "Late", 3, 3, 3, 3, 3, 3, 3])
    out = io.BytesIO()
    book.save(out)
    back = read_intentions([Source("ranked.xlsx", out.getvalue())], round_of_four().framework)
    assert sorted(back.sheet.refs) == ["A", "B", "C", "D", "L-1"]
    why = {sheet.sheet: sheet.why for sheet in back.sheets}
    assert why["Live order"] == "this tool made it from the sheet Ranked list, which is read"


def test_values_stand_beside_the_formulas_ties_share_a_rank(data: bytes) -> None:
    rows = sheet_rows(data, "Ranked list")
    assert [row["Ref"] for row in rows] == ["A", "B", "C", "D"]
    assert [row["Rank"] for row in rows] == [1, 2, 2, ""]
    # A: 25 + 30x0.75 + 15x0.5 + 15x0.25 + 10x0.5 + 10x0.25 + 5x0.75 = 70, of 110
    assert [row["Total"] for row in rows] == [pytest.approx(7000 / 110), 50, 50, ""]
    assert rows[0]["Impact points"] == pytest.approx(2250 / 110)
    assert [row["Cost"] for row in rows] == [3, 3, 3, ""]


def test_totals_ranks_and_points_are_formulas(data: bytes) -> None:
    sheet = opened(data)["Ranked list"]
    total = column(sheet, "Total")[0]
    assert str(total).startswith("=IF(OR(COUNT($")
    assert "weight_impact" in str(total)
    assert str(total).endswith("/(4*weights_in_all),9))")
    assert "RANK(" in str(column(sheet, "Rank")[0])
    assert all(str(cell).startswith("=") for cell in column(sheet, "Impact points"))


def test_no_formula_needs_a_newer_excel_than_2016(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        text = "".join(
            parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name
        )
    for newer in ("_xlfn", "_xlws", "FILTER(", "SORT(", "XLOOKUP(", "UNIQUE(", "LET("):
        assert newer not in text


def test_weights_stand_beside_the_published_ones_with_their_sum(data: bytes) -> None:
    rows = sheet_rows(data, "Weights")
    impact = next(row for row in rows if row["Criterion"] == "Impact")
    assert (impact["Weight"], impact["Published weight"]) == (30, 20)
    assert impact["Share of 100"] == pytest.approx(3000 / 110)
    assert rows[-1]["Weight"] == 110
    assert rows[-1]["Scale"] == "The weights add to 110, not 100: totals use their shares of that"


def test_segments_have_their_counts_and_routes(data: bytes) -> None:
    by_name = {row["Segment"]: row for row in sheet_rows(data, "Segments")}
    provider = by_name["Segment 2: efficiency or improvement, provider"]
    assert (provider["Intentions"], provider["Ranked"], provider["Not ranked"]) == (2, 2, 0)
    assert provider["Goes to"] == "Commissioning assurance: local priorities"
    assert by_name["Unassigned"]["Intentions"] == 1


def test_an_incomplete_intention_has_its_possible_totals_and_ranks(data: bytes) -> None:
    (row,) = sheet_rows(data, "Incomplete")
    assert (row["Ref"], row["Not scored"]) == ("D", "Cost")
    # All 4s but Cost: 95 x 0.75 = 71.25, and up to 15 more, of 110.
    assert row["Lowest total"] == pytest.approx(7125 / 110)
    assert row["Highest total"] == pytest.approx(8625 / 110)
    assert (row["Best rank"], row["Worst rank"]) == (1, 1)


def test_every_row_that_was_read_is_accounted_for(data: bytes) -> None:
    (row,) = sheet_rows(data, "Accounted for")
    assert (row["Submitted"], row["Ranked"], row["Not ranked"], row["Refused"]) == (5, 3, 1, 1)
    (refused,) = sheet_rows(data, "Refused rows")
    assert (refused["Row"], refused["Why"]) == (6, "It has no title and no ref")


def test_what_a_person_set_aside_is_accounted_for_too() -> None:
    ranking = prioritise(round_of_four().take([0, 3]))
    about = replace(ABOUT, set_aside=(("B", "Merged"),))
    (row,) = sheet_rows(write_ranked_workbook(ranking, about), "Accounted for")
    assert row == {
        "File": "team.xlsx", "Submitted": 5, "Ranked": 1, "Not ranked": 1, "Refused": 1,
        "Merged": 1, "Set aside": 1,
    }  # fmt: skip


def test_a_merged_intention_is_counted_and_named_with_the_one_it_went_into() -> None:
    merged = replace(LEDGER[1], outcome="merged", why="merged into A: the same beds (Jo)")
    about = replace(ABOUT, ledger=(LEDGER[0], merged, *LEDGER[2:]))
    ranking = prioritise(round_of_four().take([0, 2, 3]))
    data = write_ranked_workbook(ranking, about)
    (row,) = sheet_rows(data, "Accounted for")
    assert (row["Submitted"], row["Ranked"], row["Merged"]) == (5, 2, 1)
    (line,) = sheet_rows(data, "Merged rows")
    assert line["What stood there"] == "B Beta"
    assert line["Why"] == "merged into A: the same beds (Jo)"
    back = read_intentions([Source("ranked.xlsx", data)], ranking.sheet.framework)
    assert (back.problems, sorted(back.sheet.refs)) == ((), ["A", "C", "D"])


def test_the_current_weights_are_compared_with_the_published_ones(data: bytes) -> None:
    rows = sheet_rows(data, "Scenarios compared")
    places = [
        (r["Ref"], r["Rank: Published weights"], r["Rank: Current weights"]) for r in rows
    ]  # fmt: skip
    assert places == [("A", 1, 1), ("B", 2, 2), ("C", 2, 2), ("D", "", "")]
    assert [row["Places up: Current weights"] for row in rows] == [0, 0, 0, ""]
    assert rows[0]["Total: Published weights"] == 62.5


def test_the_moves_since_another_round_stand_on_a_sheet_of_their_own() -> None:
    ranking = prioritise(round_of_four())
    before = prioritise(round_of_four().take([1, 2, 3]))  # without A
    rows = sheet_rows(write_ranked_workbook(ranking, ABOUT, previous=before), "Since last round")
    assert [(r["Ref"], r["Rank in the previous round"], r["Rank now"]) for r in rows] == [
        ("A", "", 1), ("B", 1, 2), ("C", 1, 2), ("D", "", ""),
    ]  # fmt: skip
    assert [row["Places moved up"] for row in rows] == ["", -1, -1, ""]


def test_about_names_round_maker_files_and_their_sha256(data: bytes) -> None:
    says = {row["What"]: row["Says"] for row in sheet_rows(data, "About")}
    assert says["Round"] == "2026/27"
    assert says["Made at"] == "22 November 2026, 15:30"
    assert says["Scenario"] == "More impact"
    assert says["Illustrative"] == "All scores are illustrative"
    assert says["Source file 1"] == f"team.xlsx (1,234 bytes), SHA-256 {'ab' * 32}"


def test_a_reader_finds_frozen_headers_filters_widths_and_a_page_to_print(data: bytes) -> None:
    sheet = opened(data)["Ranked list"]
    assert sheet.freeze_panes == "D2"
    assert sheet.tables["Ranked_list"].ref.startswith("A1:")
    assert sheet.tables["Ranked_list"].autoFilter is not None
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.column_dimensions["C"].width > 40
    header = sheet["A1"]
    assert (header.fill.fgColor.rgb, header.font.color.rgb) == ("FF005EB8", "FFFFFFFF")
    assert header.font.name == "Arial"


def test_every_sheet_is_one_marked_up_table_with_no_merged_cells(data: bytes) -> None:
    for sheet in opened(data).worksheets:
        assert len(sheet.tables) == 1, sheet.title
        assert not sheet.merged_cells.ranges, sheet.title


def test_charts_say_in_words_what_they_show(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        drawing = parts.read("xl/drawings/drawing1.xml").decode()
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 2
    assert "Stacked bars: the points of the top 4 from each of" in drawing


HOSTILE = [
    '=HYPERLINK("http://example.org")', "+1", "-1", "@x", "\tx", "\rx", "a\x07b", "_x0041_",
    "🚑 مرحبا שלום", "<b>&amp;</b>", "x" * 32_767, " padded ", "line\nbreak",
]  # fmt: skip


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text_and_stays_itself(title: str) -> None:
    sheet = round_of_four(notes=(title, None, None, None))
    data = write_ranked_workbook(prioritise(sheet), ABOUT)
    sheet_back = opened(data)["Ranked list"]
    notes = next(col for col in sheet_back.iter_cols() if col[0].value == "Notes")[1]
    assert notes.data_type == "s"
    # openpyxl leaves the escape for control characters as it is; calamine undoes it.
    (row, *_) = sheet_rows(data, "Ranked list")
    assert str(row["Notes"]).replace("\r\n", "\n").replace("\r", "\n") == title.replace("\r", "\n")


def test_a_title_too_long_for_a_cell_is_cut_and_about_says_so() -> None:
    sheet = round_of_four(notes=("y" * 40_000, None, None, None))
    data = write_ranked_workbook(prioritise(sheet), ABOUT)
    says = {row["What"]: row["Says"] for row in sheet_rows(data, "About")}
    assert says["Changed to fit 1"] == (
        "Ranked list, row 2, Notes: cut after 32,767 of 40,000 characters, all that a cell holds"
    )


def test_a_criterion_called_total_keeps_its_name() -> None:
    sheet = round_of_four()
    criteria = tuple(
        c.model_copy(update={"name": "Total"}) if c.id == "time" else c
        for c in sheet.framework.criteria
    )
    framework = sheet.framework.model_copy(update={"criteria": criteria})
    renamed = type(sheet)(framework, sheet.refs, sheet.titles, sheet.scores, sheet.fields)
    rows = sheet_rows(write_ranked_workbook(prioritise(renamed), ABOUT), "Ranked list")
    assert rows[0]["Total"] == 4
    assert rows[0]["Total (2)"] == 62.5


def test_the_same_round_at_the_same_instant_gives_the_same_bytes(data: bytes) -> None:
    sheet = round_of_four(saving=(1000.0, None, 2500.5, None))
    ranking = prioritise(sheet, sheet.framework.weights_with({"impact": 30}))
    assert write_ranked_workbook(ranking, ABOUT, side_by_side(ranking, 2)) == data


def test_a_round_without_intentions_still_makes_a_workbook() -> None:
    data = write_ranked_workbook(prioritise(round_of_four().take([])), ABOUT)
    assert "Charts" not in opened(data).sheetnames
    assert sheet_rows(data, "Ranked list") == []


def test_progress_is_told_up_to_the_end() -> None:
    told: list[float] = []
    write_ranked_workbook(prioritise(round_of_four()), ABOUT, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_each_chart_begins_a_page_of_its_own_when_printed() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(write_ranked_workbook(prioritise(round_of_four()), ABOUT)))["Charts"]  # fmt: skip
    starts = sorted(drawn.anchor._from.row for drawn in sheet._charts)
    # A break's number is that of the row above it, counted from 1.
    assert [brk.id for brk in sheet.row_breaks.brk] == starts
    # Excel overlooks breaks by hand on a sheet that is fitted to pages.
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.scale == 80
