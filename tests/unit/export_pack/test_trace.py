"""Trace: whether each score stands in the source cell that the pack names."""

from dataclasses import replace

import numpy as np

from scoring.cli import main
from scoring.export.pack import Record, Verdict, verify, write_pack
from scoring.framework import load_framework
from scoring.intake import Source, read_intentions
from scoring.ranking import prioritise
from tests.unit.export_pack.packs import BRIEF
from tests.unit.export_paper.papers import ABOUT

HEADER = "Ref,Title,Strategic Alignment,Impact,Cost,Complexity,Resource Capacity,Effort,Time\n"
LINES = "A,Alpha,5,4,3,2,3,2,4\nB,Beta,3,High,3,3,3,3,\n"


def verdict(*changes: tuple[int, int, float], data: bytes | None = None) -> Verdict:
    """A pack of two intentions read from a .csv; some scores changed after reading."""
    source = Source("team.csv", (HEADER + LINES).encode())
    intake = read_intentions([source], load_framework("lsc-2025-26"))
    scores = np.array(intake.sheet.scores)
    for i, j, score in changes:
        scores[i, j] = score
    ranking = prioritise(replace(intake.sheet, scores=scores))
    about = replace(ABOUT, files=intake.files, ledger=intake.ledger)
    kept = Source("team.csv", data) if data is not None else source
    return verify(write_pack(ranking, about, Record(sources=(kept,)), choices=BRIEF))


def test_scores_are_found_in_their_cells_and_words_are_counted_apart():
    found = verdict().trace
    assert (found.agree, found.words, found.differ) == (12, 1, ())


def test_a_score_changed_after_reading_is_worth_asking_about_but_reproduces():
    found = verdict((0, 2, 5.0))
    assert found.trace.differ == ("A, cost: scored 5, but team.csv, E2 says 3",)
    assert found.reproduces


def test_a_source_that_is_not_the_one_that_was_read_is_not_looked_into():
    found = verdict(data=b"Ref,Title\n")
    assert found.trace.agree == 0
    assert [difference.kind for difference in found.differences] == ["file"]


def test_verify_prints_what_is_worth_asking(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text(HEADER + LINES, encoding="utf-8")
    assert main(["pack", str(path), "-o", str(tmp_path / "p.zip")]) == 0
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "p.zip")]) == 0
    said = capsys.readouterr().out
    assert "12 of 13 scores stand as numbers in their source cells, 1 in words" in said


def test_a_pack_without_sources_has_nothing_to_trace():
    ranking = prioritise(
        read_intentions(
            [Source("t.csv", (HEADER + LINES).encode())], load_framework("lsc-2025-26")
        ).sheet
    )
    assert verify(write_pack(ranking, ABOUT, choices=BRIEF)).trace.agree == 0
