"""What a browser comes back to after a refresh."""

import json

from views.place import place_of, take_place
from views.state import sample_state


def test_a_scenario_saved_on_the_sample_comes_back_with_its_ledger() -> None:
    state = sample_state()
    state.set_weights({"impact": "33.5"})
    state.save_scenario("Workshop", "The room agreed", "J. Bell")
    back = sample_state()
    take_place(back, json.loads(place_of(state)))
    assert back.weights == state.weights
    assert back.scenarios == state.scenarios
    assert back.ledger == state.ledger
    assert back.made_by == "J. Bell"


def test_a_place_with_other_criteria_is_left_alone() -> None:
    state = sample_state()
    take_place(
        state, {"weights": {"prize": "1"}, "scenarios": [["x", {"prize": "1"}, 3, "y", "z", None]]}
    )
    assert state.weights == state.framework.weights
    assert state.scenarios == []
