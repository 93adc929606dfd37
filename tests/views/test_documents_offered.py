"""The Export page's board paper, charts and decision pack, and their choices."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from docx import Document
from streamlit.testing.v1 import AppTest

from scoring.export.about import About
from scoring.export.pack import verify
from scoring.intake.result import Intake
from scoring.sheet import ScoreSheet
from store.cells import read_cells, save_scores
from store.records import Actor, NewValue
from store.rounds import about_round, new_round
from store.sheets import load_sheet
from store.store import Store
from tests.views.conftest import Open, state_of
from views.file_names import file_name
from views.kept import Kept
from views.pack_record import record_of
from views.state import AppState

ABOUT = About("Round", "A. Analyst", datetime(2026, 11, 22, tzinfo=UTC))


SCRIPT = """
import streamlit as st
from views.documents import offer_documents
from views.state import current
made = st.session_state.setdefault("made", {})
def keep(state, output):
    made[output.part] = (output.make, output.scenario)
offer_documents(current(), keep)
"""


def opened() -> AppTest:
    """Only the documents of the page, on the sample round; what each would give is kept."""
    page = AppTest.from_string(SCRIPT, default_timeout=120).run()
    assert not page.exception, page.exception
    return page


def give(page: AppTest, part: str) -> bytes:
    """What the page gives for one of its buttons."""
    make, scenario = page.session_state["made"][part]
    job = make(replace(ABOUT, scenario=scenario, files=state_of(page).intake.files))
    return job(lambda share: None)


def offers(page):
    """What the page offers to build."""
    return [button.label for button in page.button]


def test_each_output_has_a_button_that_says_what_it_gives(open_page: Open) -> None:
    assert [label for label in offers(open_page("export")) if label.startswith("Build")][-3:] == [
        "Build board paper .docx",
        "Build charts .zip",
        "Build decision pack .zip",
    ]


def test_no_section_is_said_and_nothing_is_offered_for_the_board(open_page: Open) -> None:
    page = open_page("export")
    page.multiselect(key="paper_sections").set_value([]).run()
    assert [error.value for error in page.error] == [
        "Choose at least one section for the board paper."
    ]
    assert not any("paper" in label for label in offers(page))


def test_who_is_who_is_shown_when_names_are_replaced(open_page: Open) -> None:
    page = open_page("export")
    page.text_input(key="pack_by").set_value("Jane *Smith*").run()
    page.checkbox(key="pack_hidden").check().run()
    text = " ".join(markdown.value for markdown in page.markdown)
    assert r"Person 1 is Jane \*Smith\*" in text


def test_a_file_s_name_says_the_part_and_the_scenario(open_page: Open) -> None:
    state = state_of(open_page("export"))
    state.round_name = "Round"
    at = datetime(2026, 11, 22, tzinfo=UTC)
    name = file_name(state, "zip", at, "decision pack", "Equal weights")
    assert name == "round-decision-pack-equal-weights-2026-11-22.zip"


def test_the_pack_of_the_sample_holds_its_source_file_and_reproduces() -> None:
    page = opened()
    page.text_input(key="pack_by").set_value("Jane Smith").run()
    pack = give(page, "decision pack")
    assert verify(pack).reproduces
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        assert "inputs/sources/1-sample-round.xlsx" in archive.namelist()
        assert b"Jane Smith" in archive.read("records/weights-ledger.csv")


def test_a_pack_without_names_has_no_source_file() -> None:
    page = opened()
    page.checkbox(key="pack_hidden").check().run()
    with zipfile.ZipFile(io.BytesIO(give(page, "decision pack"))) as archive:
        assert not any(name.startswith("inputs/sources/") for name in archive.namelist())
        assert b"A. Analyst" not in archive.read("READ-ME-FIRST.txt")


def test_the_paper_is_about_the_scenario_and_the_sections_chosen() -> None:
    page = opened()
    page.selectbox(key="paper_scenario").set_value(1).run()
    page.multiselect(key="paper_sections").set_value(["purpose", "criteria"]).run()
    paper = Document(io.BytesIO(give(page, "board paper")))
    headings = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["1. Purpose", "2. Criteria and weights"]
    weights = [row.cells[3].text for row in paper.tables[1].rows[1:-1]]
    assert weights == ["14.3"] * 6 + ["14.2"]
    assert any("Equal weights" in p.text for p in paper.paragraphs)


def test_charts_come_as_png_and_svg() -> None:
    with zipfile.ZipFile(io.BytesIO(give(opened(), "charts"))) as archive:
        kinds = {name.rsplit(".", 1)[1] for name in archive.namelist()}
    assert kinds == {"png", "svg", "txt"}


def test_a_kept_round_gives_each_scores_evidence_and_assessor_to_the_pack(
    tmp_path: Path, five: ScoreSheet
) -> None:
    ann, noon = Actor("ann@example.org", "Ann"), datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
    store = Store.open(f"sqlite:///{tmp_path / 'rounds.sqlite'}")
    with new_round(store, ann, noon, "Round", five.framework) as change:
        load_sheet(change, five)
        made = change.round_id
    with store.read(made, ann) as source:
        version = read_cells(source, [("A", "impact")])["A", "impact"].version
    new = NewValue("A", "impact", 5.0, version, "Audit 2026", "", "high", "New audit")
    with store.change(made, ann, noon) as change:
        save_scores(change, [new])
    with store.read(made, ann) as source:
        kept = Kept(store, ann, "session", "tab", round=about_round(source))
    intake = Intake(five, (), (), (), (), ())
    state = AppState(intake, weights=five.framework.weights, is_sample=False, kept=kept)
    record = record_of(state, state.ranking, ABOUT, "The board", "Agreed")
    store.close()
    why = {(r.ref, r.criterion): (r.reason, r.assessor) for r in record.reasons}
    assert why["A", "impact"] == (
        "Audit 2026; Confidence: high; Changed because: New audit",
        "ann@example.org",
    )
    assert [(s.by, s.why) for s in record.settings] == [("The board", "Agreed")]
