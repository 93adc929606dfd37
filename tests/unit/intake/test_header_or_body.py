"""A row that says what the rows below it say is no second row of the header."""

from __future__ import annotations

from scoring.framework import load_framework
from scoring.intake import read_intentions
from scoring.intake.result import Intake, ReadingOptions, Source

LSC = load_framework("lsc-2025-26")


def read(text: str) -> Intake:
    options = ReadingOptions(need_scores=False)
    return read_intentions([Source("plan.csv", text.encode())], LSC, options)


def test_a_column_of_kinds_makes_no_header_of_its_first_rows() -> None:
    intake = read(
        "ref,domain,short_title,probable_segment,row_kind,seed_line\n"
        "SGW-01,Starting Well,Start the maternity bundle,2-provider,intention,959\n"
        "SGW-02,Starting Well,Recommission nursing,2-icb,intention,960\n"
        "SGW-03,Starting Well,Tackle obesity,2-icb,intention,961\n"
        "SGW-04,Starting Well,Redesign therapy,3,sub-item,962\n"
    )
    assert intake.sheet.refs == ("SGW-01", "SGW-02", "SGW-03", "SGW-04")
    assert intake.sheet.titles[0] == "Start the maternity bundle"
    assert intake.tables[0].header_rows == 1


def test_the_first_ref_is_no_header() -> None:
    intake = read(
        "ref,short title,kind\n"
        "A-1,Start the maternity bundle,intention\n"
        "A-2,Recommission nursing,\n"
        "A-3,Tackle obesity,\n"
        "A-4,Redesign therapy,\n"
    )
    assert intake.sheet.refs == ("A-1", "A-2", "A-3", "A-4")


def test_a_header_of_two_rows_that_is_printed_again_stays_one() -> None:
    page = "Ref,Title,Impact,,Cost,\n,,Score,Rationale,Score,Rationale\n"
    rows = [f"A-{n},Scheme {n},{1 + n % 5},because,{1 + n % 4},so it is" for n in range(1, 9)]
    text = page + "\n".join(rows[:4]) + "\n" + page + "\n".join(rows[4:]) + "\n"
    intake = read(text)
    assert intake.sheet.refs == tuple(f"A-{n}" for n in range(1, 9))
    assert intake.tables[0].header_rows == 2
    impact = [c.id for c in LSC.criteria].index("impact")
    assert intake.sheet.scores[:, impact].tolist() == [2, 3, 4, 5, 1, 2, 3, 4]
