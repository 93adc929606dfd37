"""The commands on workbooks that the tool exported: whose weights, scenarios, progress."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import openpyxl
import pytest

from scoring.cli.main import main
from scoring.cli.telling import part_of, telling
from scoring.export import write_ranked_workbook
from scoring.framework import load_framework
from scoring.ranking import prioritise
from tests.unit.export.rounds import ABOUT, round_of_four, sheet_rows

LSC = load_framework("lsc-2025-26")


def exported(path: Path, **weights: object) -> str:
    """A ranked workbook; the weights are typed into its Weights sheet, by cell."""
    data = write_ranked_workbook(prioritise(round_of_four()), ABOUT)
    book = openpyxl.load_workbook(io.BytesIO(data))
    for cell, weight in weights.items():
        book["Weights"][cell] = weight
    book.save(path)
    return str(path)


def ranked(capsys: pytest.CaptureFixture[str], *call: str) -> tuple[dict[str, object], str]:
    assert main(["rank", *call, "--format", "json"]) == 0
    said = capsys.readouterr()
    return json.loads(said.out), said.err


def test_weights_changed_in_excel_rank_the_workbook_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tmp_path / "B.xlsx", B3=40)  # Impact, of 120 then
    document, err = ranked(capsys, file)
    assert document["weights"]["impact"] == pytest.approx(4000 / 120)  # type: ignore[index]
    assert "the weights on the workbook's own sheet Weights were used" in err
    assert "Impact 33.3%" in err
    published, err = ranked(capsys, file, "--weights-from", "published")
    assert published["weights"]["impact"] == 20  # type: ignore[index]
    assert "Note" not in err


def test_weights_given_by_hand_win_and_the_workbooks_are_said_to_be_unused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tmp_path / "B.xlsx", B3=40)
    document, err = ranked(capsys, file, "--weights", "cost=15")
    assert document["weights"]["impact"] == 20  # type: ignore[index]
    assert "Note: B.xlsx, Weights: not used, since --weights was given." in err


def test_an_unedited_workbook_needs_no_word_about_weights(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tmp_path / "A.xlsx")
    for extra in ((), ("--weights", "impact=20")):
        _, err = ranked(capsys, file, *extra)
        assert err == ""


def test_a_workbook_exported_under_other_weights_gives_the_same_ranks_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = exported(tmp_path / "A.xlsx")
    out = tmp_path / "B.xlsx"
    before, _ = ranked(capsys, first, "--weights", "time=45,effort=0", "-o", str(out))
    after, _ = ranked(capsys, str(out))
    assert after["weights"] == before["weights"]
    ranks = [
        [(i["ref"], i["rank"], i["total"]) for i in document["intentions"]]  # type: ignore[attr-defined]
        for document in (before, after)
    ]
    assert ranks[0] == ranks[1]


def test_other_commands_go_by_the_workbooks_weights_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tmp_path / "B.xlsx", B3=40)
    assert main(["stability", file, "--line", "2", "--format", "json"]) == 0
    said = capsys.readouterr()
    limits = {x["criterion"]: x for x in json.loads(said.out)["set_above_the_line"]["limits"]}
    assert limits["impact"]["today"] == pytest.approx(4000 / 120)
    assert "own sheet Weights" in said.err


def test_a_weight_that_is_none_stops_the_call_by_its_cell(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tmp_path / "B.xlsx", B3="lots", B4=-1)
    assert main(["rank", file]) == 2
    said = capsys.readouterr().err
    assert 'B.xlsx, Weights!B3 (weight of Impact): found "lots"' in said
    assert "B.xlsx, Weights!B4" in said
    assert main(["rank", file, "--weights-from", "published"]) == 0
    assert main(["rank", file, "--weights", "cost=20"]) == 0


def test_two_workbooks_of_different_weights_are_asked_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = exported(tmp_path / "A.xlsx"), exported(tmp_path / "B.xlsx", B3=40)
    assert main(["rank", one, two]) == 2
    said = capsys.readouterr().err
    assert "A.xlsx: Strategic Alignment 25.0%" in said
    assert "say which with --weights or --weights-from published" in said


def test_a_teams_own_workbook_that_happens_to_have_such_sheets_is_no_export(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Ranked list"
    page.append(["Ref", "Title", *(c.name for c in LSC.criteria)])
    page.append(["A", "Alpha", 5, 4, 3, 2, 3, 2, 4])
    notes = book.create_sheet("Weights")
    notes.append(["Criterion", "Weight"])
    notes.append(["Impact", 99])
    path = tmp_path / "team.xlsx"
    book.save(path)
    document, _ = ranked(capsys, str(path))
    assert document["weights"]["impact"] == 20  # type: ignore[index]


def test_scenarios_named_in_the_call_stand_side_by_side_in_the_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = exported(tmp_path / "A.xlsx"), tmp_path / "B.xlsx"
    compare = ("--compare", "Cost only: strategic_alignment=0, impact=0,cost=1,complexity=0,"
               "resource_capacity=0,effort=0,time=0", "--compare", "equal weights")  # fmt: skip
    assert main(["rank", file, "-o", str(out), *compare]) == 0
    rows = {row["Ref"]: row for row in sheet_rows(out.read_bytes(), "Scenarios compared")}
    # On cost alone A, B and C all have 3; equally weighed, A has 23 of 35 and B and C 21.
    assert [rows[ref]["Rank: Cost only"] for ref in "ABC"] == [1, 1, 1]
    assert [rows[ref]["Rank: Equal weights"] for ref in "ABC"] == [1, 2, 2]
    assert capsys.readouterr().err.strip().endswith(f"Written: {out}")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("Nobody's view", "one of the framework's own: Equal weights"),
        ("Mine: money=3", "--compare"),
        ("Mine: cost", "criterion=number, such as cost=15"),
        ("current weights: cost=3", "a name of its own"),
        (": cost=3", "a name of its own"),
    ],
)
def test_a_scenario_that_cannot_be_is_one_message_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, says: str
) -> None:
    file = exported(tmp_path / "A.xlsx")
    assert main(["rank", file, "-o", str(tmp_path / "B.xlsx"), "--compare", given]) == 2
    assert says in capsys.readouterr().err


def test_what_only_a_workbook_shows_needs_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = exported(tmp_path / "A.xlsx")
    assert main(["rank", file, "--compare", "Equal weights", "--top", "5"]) == 2
    said = capsys.readouterr().err
    assert said.count("-o OUT.xlsx beside it") == 2
    assert main(["rank", file, "-o", str(tmp_path / "B.xlsx"), "--top", "0"]) == 2


def test_the_chart_shows_as_many_as_asked_for(tmp_path: Path) -> None:
    file, out = exported(tmp_path / "A.xlsx"), tmp_path / "B.xlsx"
    assert main(["rank", file, "-o", str(out), "--top", "2"]) == 0
    assert len(sheet_rows(out.read_bytes(), "Charts")) == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only_and_wiped_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with telling("Writing B.xlsx") as tell:
        assert tell is not None
        half = part_of(tell, 0.5, 1.0)
        assert half is not None
        half(0.5)
        half(0.501)  # the same in %: nothing new to show
    assert screen.getvalue().split("\r")[1] == "Writing B.xlsx: 75%"
    assert screen.getvalue().count("75%") == 1
    assert screen.getvalue().endswith(" \r")
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with telling("Writing B.xlsx") as tell:
        assert tell is None
        assert part_of(tell, 0, 1) is None
