"""The Matrix page lays everyone out on two criteria."""

from tests.views.conftest import Open, state_of


def test_everyone_is_in_a_cell_or_named_below(open_page: Open) -> None:
    page = open_page("matrix")
    cells = page.table[0].value
    placed = " ".join(str(cell).replace("\\", "") for cell in cells.iloc[:, 1:].to_numpy().ravel())
    below = " ".join(caption.value.replace("\\", "") for caption in page.caption)
    for ref in state_of(page).sheet.refs:
        assert ref in placed or ref in below or "more" in placed


def test_the_same_criterion_twice_is_refused(open_page: Open) -> None:
    page = open_page("matrix")
    page.selectbox[0].select("cost").run()
    assert page.warning[0].value == "Choose two different criteria."
