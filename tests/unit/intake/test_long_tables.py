"""One score a row: put together into intentions, each score with the cell it was written in."""

from __future__ import annotations

from tests.layouts.build import (
    HEADER,
    NAMES,
    ROWS,
    SCORES,
    assert_reads_the_three,
    left_out,
    read_bytes,
    read_rows,
    scores_of,
    texts,
    workbook,
)

HEAD = ["Ref", "Title", "Criterion", "Score"]


def long(rows=ROWS, repeat=True):
    found = []
    for ref, title, *scores in rows:
        for k, (name, score) in enumerate(zip(NAMES, scores, strict=True)):
            named = [ref, title] if repeat or k == 0 else [None, None]
            found.append([*named, name, score])
    return found


def read(*rows, head=HEAD):
    return read_rows([head, *rows])


def test_a_row_for_each_criterion_is_one_intention_and_each_score_keeps_its_cell():
    intake = read(*long())
    assert scores_of(intake) == SCORES
    assert texts(intake) == []
    assert [line.row for line in intake.ledger] == [2, 9, 16]
    assert intake.sheet.where.row(1) == "team.xlsx, Intentions!9"
    assert intake.sheet.where.cell(1, 2) == "team.xlsx, Intentions!D11"
    assert left_out(intake)["21 rows with one score each"] == "put together into 3 intentions"


def test_refs_and_titles_only_on_the_first_row_of_each():
    assert_reads_the_three(read(*long(repeat=False)))


def test_rows_in_any_order_with_totals_between_and_other_columns():
    rows = sorted(long(), key=lambda row: str(row[2]))
    head = ["ID", "Scheme", "Measure", "Rating", "Rationale", "Weighted score"]
    rows = [[*row, "because", 3.5] for row in rows]
    rows.insert(5, [None, None, "Sub-total", 14])
    assert_reads_the_three(read(*rows, head=head))


def test_a_title_alone_tells_intentions_apart():
    intake = read(*[row[1:] for row in long()], head=HEAD[1:])
    assert scores_of(intake) == SCORES
    assert list(intake.sheet.titles) == [row[1] for row in ROWS]


def test_what_is_wrong_is_named_by_its_own_cell():
    rows = long()
    rows[3][3] = 9
    rows.insert(8, ["PLC-02", "Close the vacant clinic", "Innovation", 4])
    rows.append(["PLC-03", "Join up frailty services", "Cost", 4])
    intake = read(*rows)
    said = texts(intake)
    assert len(said) == 3
    assert any('Intentions!D5 (Complexity): found "9", expected a whole' in text for text in said)
    assert any("Intentions!C10 (Criterion)" in text and "Innovation" in text for text in said)
    assert any('(Cost): found "1 and 4"' in text for text in said)
    assert [[s is None for s in row].count(True) for row in scores_of(intake)] == [1, 0, 1]


def test_an_intention_without_a_criterion_is_incomplete():
    intake = read(*long()[:-1])
    assert intake.ledger[-1].why == "no score for Time"


def test_lines_above_and_below_the_table_are_heeded():
    rows = [["Cost: 1 = low cost, 5 = high cost"], [], HEAD, *long(), [], ["Completed by A Person"]]
    intake = read_rows(rows)
    assert [row[2] for row in scores_of(intake)] == [None, None, None]
    assert "this note says the opposite" in texts(intake)[0]
    assert len(intake.ledger) == 3


def test_weights_beside_each_score_are_held_against_the_frameworks():
    rows = [[*row[:3], 10 + (k % 7 > 3) * 10, row[3]] for k, row in enumerate(long())]
    intake = read(*rows, head=["Ref", "Title", "Criterion", "Weight", "Score"])
    assert scores_of(intake) == SCORES
    assert [p.kind for p in intake.problems] == ["weight"]


def test_a_guide_to_the_levels_is_no_table_of_intentions():
    guide = [["Ref", "Criterion", "Score", "Meaning"]]
    for k, name in enumerate(NAMES, 1):
        guide += [[f"C{k}", name, level, f"Level {level} of it"] for level in (1, 3, 5)]
    sheets = {"Scores": [HEADER, *ROWS], "Scoring guide": guide}
    assert_reads_the_three(read_bytes(workbook(sheets)))


def test_a_text_table():
    text = "\n".join(",".join(map(str, row)) for row in [HEAD, *long()])
    intake = read_bytes(text.encode(), "team.csv")
    assert scores_of(intake) == SCORES
    assert intake.sheet.where.cell(2, 6) == "team.csv, D22"
