"""The Method page works one intention through and shows every rule."""

from tests.views.conftest import Open, state_of


def test_the_worked_intention_s_points_add_to_its_total(open_page: Open) -> None:
    page = open_page("method")
    worked = next(t.value for t in page.table if "Points = value × weight" in t.value)
    *points, total = (float(p.replace("\\", "")) for p in worked["Points = value × weight"])
    state = state_of(page)
    first = int(state.ranking.places.order[0])
    assert sum(points) == total == state.ranking.totals.total[first]
    assert list(worked["Criterion"])[-1] == "Total"


def test_every_criterion_and_rule_is_on_the_page(open_page: Open) -> None:
    page = open_page("method")
    framework = state_of(page).framework
    assert list(page.table[0].value["Criterion"]) == [c.name for c in framework.criteria]
    rules = next(t.value for t in page.table if "If" in t.value)
    assert list(rules["Rule"]) == [rule.id for rule in framework.rules]
