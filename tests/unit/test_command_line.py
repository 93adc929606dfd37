"""The command line keeps its contract: documents, exit statuses, messages."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from scoring.cli import main

HEADER = (
    "Ref", "Title", "Strategic Alignment", "Impact", "Cost (15%)", "Complexity",
    "Resource Capacity", "Effort", "Time", "Efficiency or improvement", "Main impact",
)  # fmt: skip
ROWS: tuple[tuple[object, ...], ...] = (
    ("A-01", "Worked example", 5, 4, 3, 2, 3, 2, 4, "yes", "ICB"),
    ("A-02", "Middling", 3, 3, 3, 3, 3, 3, 3, "yes", "provider"),
    ("A-03", "Middling too", 3, 3, 3, 3, 3, 3, 3, None, None),
    ("A-04", "No cost yet", 4, 4, None, 4, 4, 4, 4, None, None),
    ("A-05", "Best of all", 5, 5, 5, 5, 5, 5, 5, None, None),
    ("A-06", "A nine", 5, 5, 5, 5, 5, 9, 5, None, None),
    (None, None, 5, 5, 5, 5, 5, 5, 5, None, None),
)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Six intentions and a row with scores but neither ref nor title."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Intentions"
    sheet.append(["Team A"])
    sheet.append([])
    for row in (HEADER, *ROWS):
        sheet.append(row)
    path = tmp_path / "team.xlsx"
    book.save(path)
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    try:
        status = main([str(a) for a in arguments])
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def document(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    status, out, _ = run(capsys, *arguments)
    assert status == 0
    return json.loads(out)


def test_rank_gives_one_json_document_in_rank_order(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, "rank", workbook, "--format", "json")
    assert answer["framework"] == "lsc-2025-26"
    assert answer["weights"]["strategic_alignment"] == 25.0
    assert [(i["ref"], i["rank"], i["tied"], i["total"]) for i in answer["intentions"]] == [
        ("A-05", 1, False, 100.0), ("A-01", 2, False, 62.5),
        ("A-02", 3, True, 50.0), ("A-03", 3, True, 50.0),
    ]  # fmt: skip
    example = answer["intentions"][1]
    assert example["scores"] == {
        "strategic_alignment": 5, "impact": 4, "cost": 3, "complexity": 2,
        "resource_capacity": 3, "effort": 2, "time": 4,
    }  # fmt: skip
    assert example["points"]["impact"] == 15.0
    assert (example["segment"], example["segment_rule"]) == ("2-icb", "4")
    assert example["source"] == "team.xlsx, Intentions!4"


def test_what_is_missing_comes_with_what_it_could_come_to(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, "rank", workbook, "--format", "json")
    gap = next(i for i in answer["unranked"] if i["ref"] == "A-04")
    assert gap["missing"] == ["cost"]
    assert gap["total_range"] == [63.75, 78.75]
    assert gap["segment"] == "unassigned"


def test_every_row_is_ranked_unranked_or_refused(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, "rank", workbook, "--format", "json")
    assert answer["rows"] == {"read": 7, "ranked": 4, "unranked": 2, "refused": 1}


def test_a_nine_is_named_with_its_cell(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = document(capsys, "rank", workbook, "--format", "json")
    assert {
        "where": "team.xlsx, Intentions!H9", "found": "9", "expected": "a whole number from 1 to 5",
    } in answer["problems"]  # fmt: skip


def test_check_lists_every_problem_and_exits_1(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "check", workbook)
    assert status == 1
    assert "7 read = 4 complete + 2 incomplete + 1 refused" in out
    assert (
        'team.xlsx, Intentions!H9 (Effort): found "9", expected a whole number from 1 to 5.' in err
    )


def test_check_of_a_clean_file_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "check", "data/sample-round.xlsx")
    assert (status, err) == (0, "")
    assert "No problems found." in out


def test_weights_replace_the_published_ones_and_are_given_as_shares_of_100(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, "rank", workbook, "--weights", "time=105", "--format", "json")
    assert answer["weights"]["time"] == 52.5
    assert sum(answer["weights"].values()) == pytest.approx(100)


def test_missing_scores_can_count_as_the_worst(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = document(capsys, "rank", workbook, "--missing", "worst", "--format", "json")
    assert answer["missing"] == "worst"
    totals = {i["ref"]: i["total"] for i in answer["intentions"]}
    assert totals["A-04"] == 63.75


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--weights", "cost=-1"), '--weights, cost: found "-1", expected a number from 0 to'),
        (("--weights", "prize=1"), '--weights: found "prize", expected one of the criteria'),
        (("--weights", "cost"), '--weights: found "cost", expected criterion=number'),
        (("--framework", "none"), 'framework: found "none", expected one of lsc-2025-26'),
        (("--map", "Cost"), '--map: found "Cost", expected header text, = and a field'),
        (("-o", "out.pdf"), '--output: found "out.pdf", expected a file name that ends in .xlsx'),
    ],
)
def test_an_unusable_call_gets_one_message_and_exit_2(
    workbook: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    status, out, err = run(capsys, "rank", workbook, *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(message)


def test_all_weights_zero_is_refused(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zeros = ",".join(
        f"{c}=0"
        for c in (
            "strategic_alignment", "impact", "cost", "complexity", "resource_capacity",
            "effort", "time",
        )
    )  # fmt: skip
    status, _, err = run(capsys, "rank", workbook, "--weights", zeros)
    assert status == 2
    assert "expected at least one weight above zero" in err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.xlsx", None),
        ("empty.xlsx", b""),
        ("letter.docx", b"PK\x03\x04 not a workbook"),
        ("notes.xlsx", b"just some text"),
        ("empty.csv", b""),
        ("no-scores.csv", b"Ref,Title\nA,Something\n"),
        ("no-table.csv", b"hello\n"),
    ],
)
def test_an_unreadable_file_gets_one_message_that_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    status, out, err = run(capsys, "rank", path)
    assert (status, out) == (2, "")
    assert name in err
    assert len(err.strip().splitlines()) == 1


def test_nothing_that_can_be_ranked_exits_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "gaps.csv"
    path.write_text("Ref,Title,Cost,Impact\nA,One,3,4\nB,Two,2,\n", encoding="utf-8")
    status, out, _ = run(capsys, "rank", path, "--format", "json")
    assert status == 1
    assert json.loads(out)["rows"] == {"read": 2, "ranked": 0, "unranked": 2, "refused": 0}


def test_the_workbook_written_reads_back_with_the_same_ranks(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ranked.xlsx"
    assert run(capsys, "rank", workbook, "-o", out)[0] == 0
    first = document(capsys, "rank", workbook, "--format", "json")["intentions"]
    again = document(capsys, "rank", out, "--format", "json")["intentions"]
    same = [(i["ref"], i["rank"], i["total"], i["scores"]) for i in first]
    assert [(i["ref"], i["rank"], i["total"], i["scores"]) for i in again] == same


def test_rank_with_a_line_adds_how_firm_it_is_to_the_workbook(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ranked.xlsx"
    assert run(capsys, "rank", workbook, "-o", out, "--line", 2)[0] == 0
    book = openpyxl.load_workbook(out)
    chances = [row[4].value for row in book["How firm"].iter_rows(min_row=2)]
    assert sum(chances) == pytest.approx(200)  # two places
    assert book["Weight limits"].max_row == 1 + 7
    first = document(capsys, "rank", workbook, "--format", "json")
    again = document(capsys, "rank", out, "--format", "json")
    assert [i["total"] for i in again["intentions"]] == [i["total"] for i in first["intentions"]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--line", 2), '--line: found "2", expected -o OUT.xlsx beside it'),
        (("--line", 0, "-o", "out.xlsx"), '--line: found "0", expected a whole number from 1'),
    ],
)
def test_a_line_that_rank_cannot_use_is_refused(
    workbook: Path, capsys: pytest.CaptureFixture[str], options: tuple[object, ...], said: str
) -> None:
    status, out, err = run(capsys, "rank", workbook, *options)
    assert (status, out) == (2, "")
    assert said in err


@pytest.mark.parametrize("option", ["same", "another path", "hard link"])
def test_no_command_overwrites_a_file_that_it_reads(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    before = workbook.read_bytes()
    (tmp_path / "sub").mkdir()
    output = workbook if option != "another path" else tmp_path / "sub" / ".." / "team.xlsx"
    if option == "hard link":
        output = tmp_path / "other.xlsx"
        output.hardlink_to(workbook)
    status, out, err = run(capsys, "rank", workbook, "-o", output)
    assert (status, out) == (2, "")
    assert err == (
        f'--output: found "{output}", expected another name than {workbook}, which this command '
        "reads and would overwrite.\n"
    )
    assert workbook.read_bytes() == before


@pytest.mark.parametrize(("command", "ending"), [("paper", ".docx"), ("pack", ".zip")])
def test_a_document_does_not_overwrite_a_file_that_it_is_made_from(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, ending: str
) -> None:
    renamed = tmp_path / f"team{ending}"
    renamed.write_bytes(workbook.read_bytes())
    for arguments in ((renamed,), (workbook, "--previous", renamed)):
        status, out, err = run(capsys, command, *arguments, "-o", renamed)
        assert (status, out) == (2, "")
        assert "which this command reads and would overwrite" in err
    assert renamed.read_bytes() == workbook.read_bytes()


def test_the_key_of_a_pack_overwrites_neither_its_source_nor_the_pack(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = tmp_path / "pack.zip"
    for key in (workbook, pack):
        status, out, err = run(capsys, "pack", workbook, "-o", pack, "--pseudonyms", key)
        assert (status, out) == (2, "")
        assert err.startswith(f'--pseudonyms: found "{key}", expected another name than ')
    assert not pack.exists()


def test_a_file_given_twice_is_ranked_once_and_said(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    once = document(capsys, "rank", workbook, "--format", "json")
    twice = document(capsys, "rank", workbook, workbook, "--format", "json")
    assert twice["intentions"] == once["intentions"]
    assert twice["rows"] == once["rows"]
    assert [p for p in twice["problems"] if p not in once["problems"]] == [
        {
            "where": "team.xlsx (2)",
            "found": "the same file as team.xlsx (equal SHA-256)",
            "expected": "each file once; it was read once",
        }
    ]


def test_csv_output_has_a_row_for_each_ranked_intention(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "rank", workbook, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["Ref"] for row in rows][:4] == ["A-05", "A-01", "A-02", "A-03"]


def test_the_template_reads_back_without_a_question(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "template.xlsx"
    assert run(capsys, "template", "-o", out)[0] == 0
    book = openpyxl.load_workbook(out)
    assert "Intentions" in book.sheetnames


def test_frameworks_lists_and_prints(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "frameworks")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == [
        "lsc-2025-26", "matrix-2024", "mhin-2023",
    ]  # fmt: skip
    _, out, _ = run(capsys, "frameworks", "lsc-2025-26")
    assert "Cost (cost), weight 15.0%" in out
    assert "5 = Releases cash this year" in out
    assert "5 is best, 1 is worst" in out


def test_duplicates_works_without_scores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "titles.csv"
    path.write_text(
        "Ref,Title\nA,Single point of access for urgent care\nB,SPoA for UEC\nC,Dental services\n",
        encoding="utf-8",
    )
    pairs = document(capsys, "duplicates", path, "--format", "json")
    assert (pairs[0]["a"], pairs[0]["b"]) == ("A", "B")
    assert pairs[0]["reason"]


def test_no_command_is_an_unusable_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys)[0] == 2


def test_it_runs_as_a_module_and_never_shows_a_traceback(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    done = subprocess.run(
        [sys.executable, "-m", "scoring", "rank", str(bad)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "bad.xlsx" in done.stderr
    assert "Traceback" not in done.stderr


def test_every_file_that_cannot_be_used_is_named_in_one_go(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    status, out, err = run(capsys, "rank", workbook, tmp_path / "none.xlsx", empty)
    assert (status, out) == (2, "")
    assert "none.xlsx: found " in err
    assert 'empty.xlsx: found "an empty file"' in err


def test_a_header_that_two_maps_give_to_two_fields_is_refused(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    maps = ("--map", "Cost=cost", "--map", "COST=ignore")
    status, out, err = run(capsys, "rank", workbook, *maps)
    assert (status, out) == (2, "")
    assert (
        'found "COST=ignore", expected one field for COST, which another --map says is cost' in err
    )


def test_a_full_disk_behind_the_output_is_said_without_a_traceback() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only some systems have a disk that is always full")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "scoring", "frameworks"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == 'output: found "No space left on device", expected room to write to.\n'


def test_control_characters_in_a_file_name_do_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, _, err = run(capsys, "rank", "a\x1b[2Jb.xlsx")
    assert status == 2
    assert "\x1b" not in err


def test_a_closed_output_is_no_reason_for_a_traceback() -> None:
    script = f"'{sys.executable}' -m scoring frameworks --format json >&-"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_meant_for_a_closed_stderr_does_not_go_to_stdout(
    workbook: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.csv"
    script = f"'{sys.executable}' -m scoring rank '{workbook}' --format json -o '{output}' 2>&-"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["framework"] == "lsc-2025-26"
    assert output.exists()


def test_problems_go_to_stderr_in_every_format(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "team.xlsx, Intentions!H9 (Effort): found"
    for shape in ("table", "json", "csv"):
        _, out, err = run(capsys, "rank", workbook, "--format", shape)
        assert said in err
        assert said not in out
    for command in ("check", "simulate", "stability", "overlap", "crosscheck"):
        _, out, err = run(capsys, command, workbook, "--format", "json")
        json.loads(out)
        assert said in err


def test_duplicates_says_what_it_could_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Ref,Title\nA,Frailty hubs\nA,Frailty hub\n", encoding="utf-8")
    status, out, err = run(capsys, "duplicates", path, "--format", "json")
    assert (status, json.loads(out)) == (0, [])
    assert "the ref A is already used at plan.csv, 2" in err


def test_the_reason_for_a_pair_is_not_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = "community diagnostic imaging for suspected lung cancer"
    path = tmp_path / "plan.csv"
    path.write_text(f"Ref,Title\nA,{words} at weekends\nB,{words} overnight\n", encoding="utf-8")
    _, out, _ = run(capsys, "duplicates", path)
    assert "only A: weekends" in out
    assert "only B: overnight" in out


def test_files_and_options_may_stand_in_any_order(
    workbook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("Ref,Title,Cost\nB-01,Other,3\n", encoding="utf-8")
    call = ("rank", workbook, "--missing", "worst", other, "--format", "json")
    assert "B-01" in {i["ref"] for i in document(capsys, *call)["intentions"]}


@pytest.mark.parametrize(
    "options",
    [("--map", "Code=ref", "Prize=impact"), ("--map", "Code=ref", "--map", "Prize=impact")],
)
def test_several_columns_may_follow_one_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    path = tmp_path / "plan.csv"
    path.write_text("Code,Title,Prize,Cost\nB-01,Other,4,3\n", encoding="utf-8")
    _, out, _ = run(capsys, "rank", *options, path, "--format", "json")
    assert json.loads(out)["unranked"][0]["scores"] == {"impact": 4, "cost": 3}


def test_several_sheets_may_follow_one_sheet_and_stand_in_different_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Acute", "Mental Health"):
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = name
        sheet.append(["Ref", "Title", "Cost"])
        sheet.append([name[0], name, 3])
        book.save(tmp_path / f"{name}.xlsx")
    files = (tmp_path / "Acute.xlsx", tmp_path / "Mental Health.xlsx")
    for sheets in (("Acute", "Mental Health"), ("Acute", "--sheet", "mental health")):
        call = ("rank", *files, "--sheet", *sheets, "--missing", "worst", "--format", "json")
        assert {i["ref"] for i in document(capsys, *call)["intentions"]} == {"A", "M"}
    status, _, err = run(capsys, "rank", *files, "--sheet", *sheets, "--sheet", "LDA")
    assert status == 2
    assert err.startswith('--sheet (sheet): found "LDA", expected a sheet of one of the files')


@pytest.mark.parametrize(
    "arguments", [(), ("rank",), ("prioritise",), ("rank", "a.xlsx", "--form", "json")]
)
def test_a_call_that_cannot_be_used_gets_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert err.endswith("--help says how\n")


def test_a_score_missing_that_has_no_weight_is_said_with_what_ranks_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "plan.csv"
    names = "Ref,Title,Strategic Alignment,Impact,Cost,Complexity,Resource Capacity,Effort"
    path.write_text(f"{names}\nA,One,5,4,3,2,3,2\nB,Two,4,4,4,4,4,4\n", encoding="utf-8")
    status, _, err = run(capsys, "rank", path, "--weights", "time=0")
    assert status == 1
    assert "Note: 2 not ranked only for want of a score that has no weight (Time)" in err
    call = ("rank", path, "--weights", "time=0", "--missing", "renormalise", "--format", "json")
    # One: (25 x 1 + 20 x 0.75 + 15 x 0.5 + 15 x 0.25 + 10 x 0.5 + 10 x 0.25) / 95 = 58.75 / 95.
    totals = [i["total"] for i in document(capsys, *call)["intentions"]]
    assert totals == pytest.approx([75.0, 5875 / 95])
    _, _, err = run(capsys, "rank", path)
    assert "Note" not in err
