"""Options of simulate that say what is unsure: assessors, ranges, thresholds, one intention."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest

from tests.unit.test_command_line_analysis import ROWS, book, document, run

NAMES = "Strategic Alignment,Impact,Cost,Complexity,Resource Capacity,Effort,Time"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Four intentions, of which A-02 (impact) and A-03 (cost) are close."""
    return book(tmp_path / "team.xlsx", ROWS)


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_assessors_of_a_file_are_drawn_from_and_bad_rows_named(
    workbook: Path, tmp_path: Path, capsys: Captured
) -> None:
    panel = written(
        tmp_path, "panel.csv", f"Assessor,{NAMES}", "Ann,1,9,1,1,1,1,1", "Bob,1,1,9,1,1,1,1",
        "Cy,1,,1,1,1,1,1",
    )  # fmt: skip
    status, out, err = run(capsys, "simulate", workbook, "--line", 2, "--assessors", panel)
    assert status == 0
    assert "the weights of 2 assessors, each as likely" in out
    assert "  Impact: 6.7% to 60.0%\n" in out
    assert "  Time: 6.7% in every draw\n" in out
    assert "panel.csv, B4" not in err
    assert "panel.csv, C4 (Cy, Impact): found nothing" in err


def test_half_of_the_assessors_put_a_02_above_the_line(
    workbook: Path, tmp_path: Path, capsys: Captured
) -> None:
    panel = written(
        tmp_path, "panel.csv", f"Assessor,{NAMES}", "Ann,1,9,1,1,1,1,1", "Bob,1,1,9,1,1,1,1"
    )
    found = document(capsys, "simulate", workbook, "--line", 2, "--assessors", panel)
    chance = {one["ref"]: one["chance_above"] for one in found["intentions"]}
    assert chance["A-02"] == pytest.approx(0.5, abs=0.02)
    assert chance["A-01"] == 1


def test_ranges_of_a_file_are_drawn_from(workbook: Path, tmp_path: Path, capsys: Captured) -> None:
    ranges = written(tmp_path, "ranges.csv", "Ref,Criterion,Low,High", "A-04,Impact,1,5")
    found = document(capsys, "simulate", workbook, "--line", 2, "--ranges", ranges)
    assert found["scores"] == "1 score anywhere in a range of its own, the others as given"
    assert found["drawn_over_the_scale"] == 0


def test_ranges_of_which_none_can_be_used_are_refused(
    workbook: Path, tmp_path: Path, capsys: Captured
) -> None:
    ranges = written(tmp_path, "ranges.csv", "Ref,Criterion,Low,High", "B-04,Impact,1,5")
    status, out, err = run(capsys, "simulate", workbook, "--line", 2, "--ranges", ranges)
    assert (status, out) == (2, "")
    assert 'ranges.csv, 2 (ref): found "B-04"' in err or 'found "B-04"' in err


def test_both_thresholds_are_said_and_kept(workbook: Path, capsys: Captured) -> None:
    call = ("simulate", workbook, "--line", 2, "--firm", 80, "--firm-out", 30)
    _, out, _ = run(capsys, *call)
    assert "at least 80% of the draws; firm out: in at most 30%" in out
    found = document(capsys, *call)
    assert (found["firm_from"], found["firm_out_up_to"]) == (0.8, 0.3)


def test_one_intention_is_told_which_weights_put_it_first(workbook: Path, capsys: Captured) -> None:
    _, out, _ = run(capsys, "simulate", workbook, "--line", 2, "--ref", "A-01")
    assert "A-01 comes first in 100.0% of 10,000 draws." in out
    found = document(capsys, "simulate", workbook, "--line", 2, "--ref", "A-01")
    assert found["intentions"][0]["confidence"] == 1
    assert "confidence" not in found["intentions"][1]


def test_a_ref_that_is_not_there_or_a_must_do_is_refused(tmp_path: Path, capsys: Captured) -> None:
    rows = ((*ROWS[0][:-1], "Statutory"), *ROWS[1:])
    file = book(tmp_path / "must.xlsx", rows)
    for ref, message in (
        ("Z-99", '--ref: found "Z-99", expected the ref of an intention in the files'),
        ("A-01", '--ref: found "A-01", expected an intention that is no must-do'),
    ):
        status, out, err = run(capsys, "simulate", file, "--line", 2, "--ref", ref)
        assert (status, out) == (2, "")
        assert message in err


def test_the_workbook_of_rank_says_how_firm_by_the_same_options(
    workbook: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "ranked.xlsx"
    call = ("rank", workbook, "-o", out, "--line", 2, "--within", 4, "--firm-out", 20)
    status, _, _ = run(capsys, *call)
    assert status == 0
    sheet = openpyxl.load_workbook(out)["About"]
    said = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "Each weight at most 4 points from today's; scores as given" in said
    assert "firm out: in at most 20%" in said


def test_what_is_unsure_is_asked_of_a_line_only(workbook: Path, capsys: Captured) -> None:
    status, out, err = run(capsys, "rank", workbook, "--within", 4, "--firm", 80)
    assert (status, out) == (2, "")
    assert '--within: found "no --line", expected --line N beside it' in err
    assert '--firm: found "no --line"' in err


def test_the_paper_goes_by_the_same_options(
    workbook: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "paper.docx"
    call = ("paper", workbook, "-o", out, "--line", 2, "--off-by-one", 10, "--any-weights")
    status, _, _ = run(capsys, *call)
    assert status == 0
    said = " ".join(paragraph.text for paragraph in docx.Document(str(out)).paragraphs)
    assert "any weights at all, each mix as likely as any other; each score one step off" in said


def test_no_command_writes_over_the_sheet_of_assessors(
    workbook: Path, tmp_path: Path, capsys: Captured
) -> None:
    panel = written(tmp_path, "panel.csv", f"Assessor,{NAMES}", "Ann,1,9,1,1,1,1,1")
    before = panel.read_bytes()
    call = ("rank", workbook, "-o", panel, "--assessors", panel)
    status, _, err = run(capsys, *call)
    assert status == 2
    assert "--output" in err or "--assessors" in err
    assert panel.read_bytes() == before
