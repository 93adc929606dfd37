"""The Duplicates page suggests; only a person merges, and can take it back."""

from tests.views.conftest import Open, state_of


def _save(page: object, choice: str, name: str) -> None:
    page.radio[0].set_value(choice)  # type: ignore[attr-defined]
    page.text_input[1].input(name)  # type: ignore[attr-defined]
    next(b for b in page.button if b.label == "Save").click().run()  # type: ignore[attr-defined]


def test_the_same_scheme_in_two_chapters_of_the_plan_is_suggested(open_page: Open) -> None:
    page = open_page("duplicates")
    assert "PLC-05 and FIN-02" in page.selectbox[0].options


def test_nothing_is_merged_until_a_person_says_so(open_page: Open) -> None:
    state = state_of(open_page("duplicates"))
    assert len(state.sheet) == 94


def test_a_pair_marked_the_same_leaves_one_in_the_ranking_and_both_in_the_ledger(
    open_page: Open,
) -> None:
    page = open_page("duplicates")
    page.selectbox[0].select("PLC-05 and FIN-02").run()
    _save(page, "The same: keep PLC-05", "J. Bell")
    state = state_of(page)
    assert "FIN-02" not in state.sheet.refs
    assert "PLC-05" in state.sheet.refs
    assert (state.accounted.count(), state.accounted.count("merged")) == (94, 1)


def test_a_mark_can_be_taken_back(open_page: Open) -> None:
    page = open_page("duplicates")
    page.selectbox[0].select("PLC-05 and FIN-02").run()
    _save(page, "The same: keep PLC-05", "J. Bell")
    back = next(s for s in page.selectbox if s.label == "Take back")
    back.set_value(back.options[0]) if back.value is not None else back.select_index(0)
    page.run()
    next(b for b in page.button if b.label == "Take this back").click().run()
    assert "FIN-02" in state_of(page).sheet.refs


def test_a_mark_without_a_name_is_refused(open_page: Open) -> None:
    page = open_page("duplicates")
    _save(page, "Different", "")
    assert page.error[0].value == ("There is a problem. Choose what they are and give your name.")
    assert state_of(page).pairs == {}
