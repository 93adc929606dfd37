"""read = ranked + unranked + refused: no row vanishes."""

from scoring.intake import ReadingOptions, Source, combine, read_file, read_intentions
from tests.layouts.build import FRAMEWORK, HEADER, ROWS, read_rows, texts, workbook


def test_a_row_with_neither_title_nor_ref_is_refused_and_said():
    intake = read_rows([HEADER, *ROWS, [None, None, 3, 3, 3, 3, 3, 3, 3]])
    assert (intake.count("scored"), intake.count("refused")) == (3, 1)
    assert intake.problems[0].where == "team.xlsx, Intentions!5"
    assert intake.ledger[-1].why == "it has neither a title nor a ref"


def test_a_second_row_with_the_same_ref_is_refused_and_both_places_are_said():
    intake = read_rows([HEADER, *ROWS, ["plc-02", "Again", 3, 3, 3, 3, 3, 3, 3]])
    assert intake.count("refused") == 1
    assert texts(intake) == [
        'team.xlsx, Intentions!5 (Ref): found "plc-02", expected a ref of its own: the ref PLC-02 '
        "is already used at team.xlsx, Intentions!3, so it is refused."
    ]


def test_a_title_without_a_ref_gets_one_from_its_sheet_and_row():
    intake = read_rows([HEADER, *ROWS, [None, "New idea", 3, 3, 3, 3, 3, 3, 3]])
    assert intake.sheet.refs[3] == "Intentions-5"
    assert intake.problems[0].expected == "a ref; Intentions-5 was made from its sheet and row"


def test_a_ref_without_a_title_is_kept_and_said():
    intake = read_rows([HEADER, *ROWS, ["PLC-04", None, 3, 3, 3, 3, 3, 3, 3]])
    assert (intake.sheet.refs[3], intake.sheet.titles[3]) == ("PLC-04", "PLC-04")
    assert intake.problems[0].found == "no title"


def test_refs_that_are_numbers_read_as_whole_numbers():
    rows = [HEADER, *[[k, *row[1:]] for k, row in enumerate(ROWS, 1)]]
    assert read_rows(rows).sheet.refs == ("1", "2", "3")


def test_a_blank_score_is_missing_and_no_problem():
    intake = read_rows([HEADER, [*ROWS[0][:8], None], *ROWS[1:]])
    assert texts(intake) == []
    assert intake.ledger[0].outcome == "incomplete"
    assert intake.ledger[0].why == "no score for Time"


def test_an_unscored_intention_is_incomplete():
    intake = read_rows([HEADER, *ROWS, ["PLC-04", "Not scored yet"]])
    assert intake.ledger[-1].outcome == "incomplete"
    assert intake.count() == 4


def test_refs_that_clash_between_files_are_kept_apart_and_said():
    a = workbook({"Intentions": [HEADER, *ROWS]})
    b = workbook({"Intentions": [HEADER, *[[row[0], f"Other {row[0]}", *row[2:]] for row in ROWS]]})
    files = [Source("Team A.xlsx", a), Source("Team B.xlsx", b)]
    intake = read_intentions(files, FRAMEWORK)
    assert intake.sheet.refs[0] == "PLC-01 (Team A)"
    assert intake.sheet.refs[3] == "PLC-01 (Team B)"
    assert intake.count("scored") == 6
    assert intake.ledger[3].ref == "PLC-01 (Team B)"
    assert len(intake.problems) == 6
    assert intake.problems[0].where == "Team A.xlsx, Intentions!2"
    assert intake.sheet.where.cell(3, 0) == "Team B.xlsx, Intentions!C2"


def test_two_files_of_one_name_are_told_apart():
    a = workbook({"Intentions": [HEADER, ROWS[0]]})
    b = workbook({"Intentions": [HEADER, ROWS[1]]})
    intake = read_intentions([Source("t.xlsx", a), Source("t.xlsx", b)], FRAMEWORK)
    assert [file.name for file in intake.files] == ["t.xlsx", "t.xlsx (2)"]


def test_files_read_one_by_one_combine_to_the_same():
    a = Source("a.xlsx", workbook({"Intentions": [HEADER, ROWS[0]]}))
    b = Source("b.csv", b"Ref,Title,Impact\nX-1,Other,4\n")
    together = read_intentions([a, b], FRAMEWORK)
    apart = combine([read_file(a, FRAMEWORK), read_file(b, FRAMEWORK)], FRAMEWORK, ReadingOptions())
    assert together.sheet.fingerprint == apart.sheet.fingerprint
    assert together.ledger == apart.ledger
    assert together.problems == apart.problems


def test_progress_rises_to_one():
    told: list[float] = []
    source = Source("a.xlsx", workbook({"Intentions": [HEADER, *ROWS]}))
    read_intentions([source, Source("b.xlsx", workbook({"I": [HEADER, ["Q-1", "Q"]]}))], FRAMEWORK,
                    progress=lambda share, doing: told.append(share))  # fmt: skip
    assert told == sorted(told)
    assert told[-1] == 1.0
