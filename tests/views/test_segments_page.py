"""The Segments page: counts, questions answered in place, overrides with a reason."""

from tests.views.conftest import Open, state_of


def test_answering_the_question_assigns_the_segment(open_page: Open) -> None:
    page = open_page("segments")
    state = state_of(page)
    i = state.sheet.index("MHL-04")
    assert state.segments[i].segment == "unassigned"
    page.selectbox(key="answering_0").select("MHL-04").run()
    page.radio(key="answer_MHL-04_main_impact").set_value("ICB")
    next(b for b in page.button if b.label == "Save answers").click().run()
    assert state.segments[i].segment == "2-icb"
    assert "MHL-04" not in page.selectbox(key="answering_1").options[0]


def test_the_counts_include_everyone(open_page: Open) -> None:
    page = open_page("segments")
    counts = page.table[0].value
    assert list(counts["Intentions"])[-1] == "94"
    assert sum(int(count) for count in counts["Intentions"][:-1]) == 94


def _override(page: object, ref: str, segment: str, reason: str, by: str) -> None:
    page.selectbox[2].select(ref)  # type: ignore[attr-defined]
    page.selectbox[3].select(segment)  # type: ignore[attr-defined]
    page.text_input[0].input(reason)  # type: ignore[attr-defined]
    page.text_input[1].input(by)  # type: ignore[attr-defined]
    next(b for b in page.button if b.label == "Save").click().run()  # type: ignore[attr-defined]


def test_an_override_without_a_reason_is_refused_and_changes_nothing(open_page: Open) -> None:
    page = open_page("segments")
    _override(page, "SGW-01", "3", "", "J. Bell")
    assert page.error[0].value == (
        "There is a problem. An override needs a reason and your name; nothing was changed."
    )
    assert state_of(page).overrides == {}


def test_an_override_is_kept_with_what_the_rules_say_and_can_be_taken_back(open_page: Open) -> None:
    page = open_page("segments")
    state = state_of(page)
    i = state.sheet.index("SGW-01")
    _override(page, "SGW-01", "3", "Takes two years", "J. Bell")
    assert (state.segments[i].segment, state.segments[i].by_rules) == ("3", "2-provider")
    _override(page, "SGW-01", "Follow the rules", "", "")
    assert state.segments[i].segment == "2-provider"


def test_an_override_that_was_refused_keeps_what_was_typed(open_page: Open) -> None:
    page = open_page("segments")
    next(t for t in page.text_input if t.label == "Reason").input("One trust alone")
    next(b for b in page.button if b.label == "Save").click().run()
    assert page.error[0].value == "There is a problem. Choose the intention first."
    assert next(t for t in page.text_input if t.label == "Reason").value == "One trust alone"
