"""The Load page: what was read, what is wrong, accepted only when a person says so."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
from streamlit.testing.v1 import AppTest

from scoring.export.about import About
from scoring.export.ranked_workbook import write_ranked_workbook
from tests.views.conftest import Open, state_of

HEADER = [
    "Ref", "Title", "Strategic Alignment", "Impact", "Cost", "Complexity", "Resource Capacity",
    "Effort", "Time",
]  # fmt: skip


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ours"
    for row in rows:
        sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


GOOD = workbook(HEADER, ["T-1", "One", 5, 4, 3, 2, 3, 2, 4], ["T-2", "Two", 3, 3, 3, 3, 3, 3, 3])
ODD = workbook([*HEADER[:4], "Q7", *HEADER[5:]], ["T-1", "One", 5, 4, 3, 2, 3, 2, 4])
BAD = workbook(HEADER, ["T-1", "One", 5, 4, 9, 2, 3, 2, 4], ["T-1", "Again", 3, 3, 3, 3, 3, 3, 3])


def drop(page: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Drop files on the uploader."""
    uploader = next(u for u in page.file_uploader if u.label.startswith("Spreadsheets"))
    kind = "application/octet-stream"
    return uploader.set_value([(name, data, kind) for name, data in files]).run()


def test_a_clean_file_is_accepted_and_ranked(open_page: Open) -> None:
    page = drop(open_page("load"), ("ours.xlsx", GOOD))
    assert page.success[0].value == "No problems found."
    state = state_of(page)
    assert len(state.sheet) == 94
    page.button[-1].click().run()
    assert [float(t) for t in state.ranking.totals.total] == [62.5, 50.0]
    assert not state.is_sample


def test_a_problem_names_its_cell_and_the_ledger_adds_up(open_page: Open) -> None:
    page = drop(open_page("load"), ("ours.xlsx", BAD))
    problems = page.table[0].value.map(lambda cell: cell.replace("\\", ""))
    assert "ours.xlsx, Ours!E2" in list(problems["Where"])
    assert "a whole number from 1 to 5" in list(problems["Expected"])
    ledger = page.table[1].value
    assert [ledger[c][0] for c in ledger.columns[1:]] == ["2", "0", "1", "1"]


def test_an_unreadable_file_gets_one_message_and_what_was_loaded_stays(open_page: Open) -> None:
    page = drop(open_page("load"), ("broken.xlsx", b"PK\x03\x04 nonsense"))
    assert "broken.xlsx" in page.error[0].value
    assert len(page.error) == 1
    assert len(state_of(page).sheet) == 94


def test_one_bad_file_does_not_lose_the_good_one(open_page: Open) -> None:
    page = drop(open_page("load"), ("broken.xlsx", b"nonsense"), ("ours.xlsx", GOOD))
    assert "Accept and rank" in [button.label for button in page.button]


def test_a_column_that_fits_nothing_is_asked_about_and_the_answer_is_used(open_page: Open) -> None:
    page = drop(open_page("load"), ("odd.xlsx", ODD))
    question = next(s for s in page.selectbox if "Q7" in s.label)
    question.select("cost").run()
    assert page.success[0].value == "No problems found."
    page.button[-1].click().run()
    assert float(state_of(page).ranking.totals.total[0]) == 62.5


def test_a_mapping_is_kept_by_name_and_offered_for_the_same_headers(open_page: Open) -> None:
    page = drop(open_page("load"), ("odd.xlsx", ODD))
    next(s for s in page.selectbox if "Q7" in s.label).select("cost").run()
    page.text_input(key="mapping_name_odd.xlsx_Ours_1").input("Team sheet")
    page.button(key="keep_mapping_odd.xlsx_Ours_1").click().run()
    page = drop(page, ("next.xlsx", ODD))
    page.button(key="use_mapping_next.xlsx_Ours_1_Team sheet").click().run()
    assert page.success[0].value == "No problems found."


def test_a_framework_file_with_a_mistake_is_told_on_the_page(open_page: Open) -> None:
    page = open_page("load")
    own = next(u for u in page.file_uploader if u.label.startswith("Framework"))
    own.upload("my.toml", b'id = "x"\n').run()
    assert any(error.value.startswith("There is a problem") for error in page.error)
    assert len(state_of(page).sheet) == 94


def exported(page: AppTest) -> bytes:
    state = state_of(page)
    about = About("Round", "", datetime(2026, 4, 1, tzinfo=UTC))
    return write_ranked_workbook(state.ranking, about)


def test_an_exported_workbook_that_nobody_edited_gives_no_difference(open_page: Open) -> None:
    page = open_page("load")
    page = drop(page, ("ranked.xlsx", exported(page)))
    text = " ".join(m.value for m in page.markdown)
    assert "No difference: the same intentions, scores, texts and weights." in text


def test_an_edited_score_is_shown_and_taken(open_page: Open) -> None:
    page = open_page("load")
    book = openpyxl.load_workbook(io.BytesIO(exported(page)))
    sheet = book["Ranked list"]
    header = next(r for r in sheet.iter_rows() if any(c.value == "Ref" for c in r))
    column = {c.value: c.column for c in header}
    row = header[0].row + 1
    ref = sheet.cell(row, column["Ref"]).value
    was = sheet.cell(row, column["Impact"]).value
    now = 1 if was != 1 else 2
    sheet.cell(row, column["Impact"]).value = now
    target = io.BytesIO()
    book.save(target)
    page = drop(page, ("edited.xlsx", target.getvalue()))
    shown = next(t.value for t in page.table if "Was" in t.value)
    assert list(shown["What"]) == ["Impact"]
    assert (list(shown["Was"]), list(shown["Is"])) == ([str(was)], [str(now)])
    page.button[-1].click().run()
    state = state_of(page)
    assert state.sheet.scores[state.sheet.index(ref), 1] == now


def test_a_workbook_with_problems_can_be_had_back_marked(open_page: Open) -> None:
    page = drop(open_page("load"), ("ours.xlsx", BAD))
    labels = [b.label for b in page.get("download_button")]
    assert "Download ours.xlsx with these cells marked" in labels


def test_a_header_that_states_the_opposite_is_asked_about_and_can_be_settled(
    open_page: Open,
) -> None:
    header = [*HEADER[:5], "Complexity 1 low | 5 high", *HEADER[6:]]
    page = drop(
        open_page("load"), ("ours.xlsx", workbook(header, ["T-1", "One", 5, 4, 3, 2, 3, 2, 4]))
    )
    said = " ".join(page.table[0].value["Expected"]).replace("\\", "")
    assert "say above which column it is; if not, turn its scores round" in said
    assert "--map" not in said
    next(s for s in page.selectbox if "Complexity 1 low" in s.label).select("complexity").run()
    assert page.success[0].value == "No problems found."
