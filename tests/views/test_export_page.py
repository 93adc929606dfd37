"""The Export page offers each output and says what it is for."""

import time
from dataclasses import replace
from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from scoring.analysis.draws import Within
from scoring.analysis.simulate import simulate
from scoring.export.firmness import firmness_in_words
from tests.unit.export.rounds import sheet_rows
from tests.views.conftest import Open, state_of
from views.export import _firmness, _workbooks
from views.export_card import about_now
from views.file_names import file_name
from views.in_the_running import must_dos
from views.state import sample_state


def nothing(share: float) -> None:
    """Nobody waits for it."""


def test_the_outputs_are_offered_with_what_they_are_for(open_page: Open) -> None:
    page = open_page("export")
    text = " ".join(m.value for m in page.markdown)
    for output in (
        "Ranked workbook for Excel",
        "Accessible workbook",
        "Ranked list as CSV",
        "Everything as JSON",
    ):
        assert output in text


def test_a_preview_is_drawn_only_when_it_is_asked_for(open_page: Open) -> None:
    page = open_page("export")
    assert not page.table
    assert not page.code
    page.toggle(key="preview_ranked workbook").set_value(True).run()
    sheets, first = (table.value for table in page.table)
    assert {"Ranked list", "Scenarios compared"} <= set(sheets["Sheet"])
    state = state_of(page)
    order = [state.sheet.refs[i] for i in state.ranking.places.order[:10]]
    assert [ref.replace("\\", "") for ref in first["Ref"]] == order
    page.toggle(key="preview_ranked list").set_value(True).run()
    assert page.code[0].value.startswith("Rank,Ref,Title")
    page.toggle(key="preview_decision pack").set_value(True).run()
    assert "manifest.json" not in list(page.table[-1].value["File"])
    assert "results/results.json" in list(page.table[-1].value["File"])


def built(page: AppTest, part: str) -> AppTest:
    """The page once the file has been built: its progress is looked at until it is done."""
    for _ in range(400):
        if any(b.proto.label.startswith(f"Download {part}") for b in page.get("download_button")):
            return page
        time.sleep(0.05)
        page.run()
        assert not page.exception, page.exception
    raise AssertionError(f"{part} was not built")


def test_nothing_is_built_before_it_is_asked_for_and_then_stands_to_download(
    open_page: Open,
) -> None:
    page = open_page("export")
    assert [b.proto.label for b in page.get("download_button") if "." in b.proto.label] == [
        "Download ranked list .csv", "Download ranking .json",
    ]  # fmt: skip
    page.button(key="build_accessible workbook").click().run()
    built(page, "accessible workbook")
    assert any(caption.value.startswith("Built at ") for caption in page.caption)
    labels = [button.label for button in page.button]
    assert "Build ranked workbook .xlsx" in labels
    assert "Build accessible workbook .xlsx" not in labels


def test_what_was_built_is_not_offered_once_something_that_it_says_has_changed(
    open_page: Open,
) -> None:
    page = open_page("export")
    page.button(key="build_accessible workbook").click().run()
    built(page, "accessible workbook")
    page.text_input[0].set_value("Another round").run()
    assert "Build accessible workbook .xlsx" in [button.label for button in page.button]
    said = [caption.value for caption in page.caption]
    assert "Something that it says has changed since it was built: build it again." in said


def test_the_workbooks_compare_every_saved_scenario_and_what_else_is_chosen(
    open_page: Open,
) -> None:
    page = open_page("export")
    state = state_of(page)
    state.save_scenario("Mine", "A reason", "Jo")
    page.run()
    (box,) = [b for b in page.multiselect if b.label.startswith("Scenarios beside")]
    assert [box.options[k] for k in box.indices] == ["Mine"]
    assert "Equal weights" in box.options
    assert "Published weights" not in box.options
    ranked, _ = _workbooks(state, tuple(state.scenarios), 5)
    data = ranked.make(about_now(state, datetime(2026, 11, 22, tzinfo=UTC)))(nothing)
    headers = sheet_rows(data, "Scenarios compared")[0]
    assert {"Rank: Mine", "Line: Mine"} <= set(headers)
    assert len(sheet_rows(data, "Charts")) == 5


def test_progress_goes_from_the_firmness_to_the_end(open_page: Open) -> None:
    state = sample_state()
    at = datetime(2026, 11, 22, tzinfo=UTC)
    for output in _workbooks(state, (), 5):
        told: list[float] = []
        output.make(about_now(state, at))(told.append)
        assert told == sorted(told)
        assert told[-1] == 1.0
        assert len(told) > 5


def test_a_file_s_name_says_round_weights_and_date(open_page: Open) -> None:
    state = state_of(open_page("export"))
    state.round_name = "Round 2026/27: ../../final"
    at = datetime(2026, 11, 22, tzinfo=UTC)
    assert file_name(state, "xlsx", at) == ("round-2026-27-final-published-weights-2026-11-22.xlsx")


def test_workbooks_say_how_firm_the_ranking_is_for_the_line_and_must_dos_of_the_session() -> None:
    state = sample_state()
    counted = _firmness(state)(nothing)
    assert counted is not None
    assert counted.simulation is not None
    assert (counted.simulation.line, counted.simulation.room) == (30, 27)  # three must-dos
    state.must_dos_counted = False
    extra = _firmness(state)(nothing)
    assert extra is not None
    assert extra.simulation is not None
    assert extra.simulation.room == 30
    state.line = 0
    assert _firmness(state)(nothing) is None


def test_the_exports_say_how_firm_by_the_settings_of_the_how_firm_page() -> None:
    state = sample_state()
    usual = _firmness(state)(nothing)
    state.firm = replace(state.firm, weights="within", points=3.0, firm=80, firm_out=5)
    set_so = _firmness(state)(nothing)
    assert usual is not None
    assert set_so is not None
    assert usual.simulation is not None
    assert set_so.simulation is not None
    must_do, counted = must_dos(state)
    found = simulate(state.ranking, state.line, Within(3.0), must_do=must_do, counted=counted)
    assert set_so.simulation.sentence == found.with_firm(0.8, 0.05).sentence
    assert set_so.simulation.sentence != usual.simulation.sentence
    words = " ".join(says for _, says in firmness_in_words(set_so))
    assert "Each weight at most 3 points from today's" in words
    assert "in at least 80% of the draws; firm out: in at most 5%" in words
