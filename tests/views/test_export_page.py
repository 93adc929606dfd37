"""The Export page offers each output and says what it is for."""

from dataclasses import replace
from datetime import UTC, datetime

from scoring.analysis.draws import Within
from scoring.analysis.simulate import simulate
from scoring.export.firmness import firmness_in_words
from tests.views.conftest import Open, state_of
from views.export import _firmness, file_name
from views.in_the_running import must_dos
from views.state import sample_state


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


def test_the_first_ten_are_shown_in_order(open_page: Open) -> None:
    page = open_page("export")
    shown = list(page.table[0].value["Ref"])
    state = state_of(page)
    order = [state.sheet.refs[i] for i in state.ranking.places.order[:10]]
    assert [ref.replace("\\", "") for ref in shown] == order


def test_a_file_s_name_says_round_weights_and_date(open_page: Open) -> None:
    state = state_of(open_page("export"))
    state.round_name = "Round 2026/27: ../../final"
    at = datetime(2026, 11, 22, tzinfo=UTC)
    assert file_name(state, "xlsx", at) == ("round-2026-27-final-published-weights-2026-11-22.xlsx")


def test_workbooks_say_how_firm_the_ranking_is_for_the_line_and_must_dos_of_the_session() -> None:
    state = sample_state()
    counted = _firmness(state)
    assert counted is not None
    assert counted.simulation is not None
    assert (counted.simulation.line, counted.simulation.room) == (30, 27)  # three must-dos
    state.must_dos_counted = False
    extra = _firmness(state)
    assert extra is not None
    assert extra.simulation is not None
    assert extra.simulation.room == 30
    state.line = 0
    assert _firmness(state) is None


def test_the_exports_say_how_firm_by_the_settings_of_the_how_firm_page() -> None:
    state = sample_state()
    usual = _firmness(state)
    state.firm = replace(state.firm, weights="within", points=3.0, firm=80, firm_out=5)
    set_so = _firmness(state)
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
