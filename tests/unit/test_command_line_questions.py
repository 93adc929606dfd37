"""The commands reach, overlap and crosscheck: answers, documents, refusals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.cli import main

FRAMEWORK = """
id = "two"
name = "Two criteria"
about = "For tests"

[[criteria]]
id = "alpha"
name = "Alpha"
asks = "How good is it?"
weight = 60
scale = { low = 0, high = 4, better = "high" }

[[criteria]]
id = "beta"
name = "Beta"
asks = "How soon?"
weight = 40
scale = { low = 0, high = 4, better = "high" }
"""
# Totals 70, 55, 45, 10; T-05 is a must-do with 100.
ROWS = "T-01,One,4,1,\nT-02,Two,1,4,\nT-03,Three,3,0,\nT-04,Four,0,1,\nT-05,Five,4,4,Court order\n"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, ...]:
    """A round of five and its framework, as the first arguments of a call."""
    (tmp_path / "two.toml").write_text(FRAMEWORK)
    (tmp_path / "round.csv").write_text(f"Ref,Title,Alpha,Beta,Must do\n{ROWS}")
    return str(tmp_path / "round.csv"), "--framework", str(tmp_path / "two.toml")


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        status = main(list(arguments))
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


def document(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    status, out, err = run(capsys, *arguments, "--format", "json")
    assert (status, err) == (0, "")
    return json.loads(out)


def test_reach_says_what_it_would_take(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    # Line 2 with the must-do counted leaves one place: T-02 must pass T-01.
    status, out, _ = run(capsys, "reach", *files, "--ref", "T-02", "--line", "2")
    assert status == 0
    assert out.splitlines() == [
        "T-02 is below the line, at place 3.",
        "By weights alone. The smallest change of weights that does it is 20.0 points in all: "
        "Alpha from 60.0% to 50.0% and Beta from 40.0% to 50.0%.",
        "With those weights T-02 would come in and T-01 would go out.",
        "By its scores alone. 2 score steps would do it: Alpha 3 instead of 1.",
    ]


def test_reach_follows_the_must_do_option(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    call = ("reach", *files, "--ref", "T-02", "--line", "2")
    assert document(capsys, *call)["room"] == 1
    extra = document(capsys, *call, "--must-dos", "extra")
    assert extra["room"] == 2
    assert extra["by_weights"] is None
    assert extra["sentences"] == ["T-02 is above the line already, at place 3."]
    assert document(capsys, *call, "--must-dos", "ranked")["by_scores"]["steps"] == 2


def test_reach_as_a_document_gives_weights_that_can_be_used_again(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    found = document(capsys, "reach", *files, "--ref", "T-02", "--line", "2")
    assert found["by_weights"]["possible"] is True
    assert found["by_weights"]["smallest"] is True
    weights = found["by_weights"]["weights"]
    again = ",".join(f"{name}={share:.6f}" for name, share in weights.items())
    ranked = document(capsys, "rank", *files, "--weights", again)["intentions"]
    assert [row["ref"] for row in ranked][:3] == ["T-05", "T-02", "T-01"]


def test_reach_names_those_that_no_weights_can_pass(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    # T-04 (0, 1) against T-01 (4, 1) and T-02 (1, 4): both at least as good on everything.
    found = document(capsys, "reach", *files, "--ref", "T-04", "--line", "3")
    assert found["by_weights"] == {"possible": False, "blockers": ["T-01", "T-02"]}


def test_an_unknown_ref_and_a_line_of_nothing_are_refused(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    status, out, err = run(capsys, "reach", *files, "--ref", "T-99")
    assert (status, out) == (2, "")
    assert 'found "T-99", expected the ref of an intention in the files' in err
    status, _, err = run(capsys, "crosscheck", *files, "--line", "0")
    assert status == 2
    assert '--line: found "0", expected a whole number from 1' in err


def test_crosscheck_lists_only_the_decisions_that_would_differ(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    found = document(capsys, "crosscheck", *files, "--line", "2")
    assert (found["room"], found["above"]) == (1, 1)
    # Without weights T-01 and T-02 are level at 5 of 8: both at the line.
    methods = {m["method"]: m for m in found["methods"]}
    assert methods["No weights"]["enters"] == ["T-02"]
    assert methods["No weights"]["places"] == {"T-01": 1, "T-02": 1, "T-03": 3, "T-04": 4}
    assert [d["ref"] for d in found["disputed"]] == ["T-02"]
    status, out, _ = run(capsys, "crosscheck", *files, "--line", "2")
    assert status == 0
    assert "Only these would be decided differently" in out


def test_overlap_needs_no_line_and_says_when_too_little_is_scored(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    status, out, _ = run(capsys, "overlap", *files)
    assert (status, out) == (0, "Too few intentions are scored to say: 5, of 8 needed.\n")


def test_overlap_finds_two_columns_that_are_one(
    capsys: pytest.CaptureFixture[str], files: tuple[str, ...]
) -> None:
    rows = "".join(f"T-{k:02d},Number {k},{k % 5},{k % 5},\n" for k in range(10))
    Path(files[0]).write_text(f"Ref,Title,Alpha,Beta,Must do\n{rows}")
    found = document(capsys, "overlap", *files)
    assert found["alike"][0]["same"] == 1
    assert found["correlations"]["Alpha"]["Beta"] == pytest.approx(1)
    # Equal columns share the differences as the weights do.
    assert [s["share"] for s in found["spread"]] == pytest.approx([60, 40])
    status, out, _ = run(capsys, "overlap", *files)
    assert status == 0
    assert "one thing may be counted twice" in out


def test_the_sample_round_answers_all_three(capsys: pytest.CaptureFixture[str]) -> None:
    sample = str(Path(__file__).parents[2] / "data" / "sample-round.xlsx")
    assert document(capsys, "reach", sample, "--ref", "CAN-03")["by_weights"]["possible"] is True
    assert len(document(capsys, "crosscheck", sample)["methods"]) == 5
    spread = document(capsys, "overlap", sample)["spread"]
    assert sum(one["share"] for one in spread) == pytest.approx(100)
