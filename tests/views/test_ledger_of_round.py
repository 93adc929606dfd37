"""Settings that are released in a round go to its ledger; what-ifs of others stay their own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from scoring.framework import Weights
from store.audit import entries, verify_round
from store.people import invite
from store.places import keep_place
from store.records import Actor, Released
from store.released import read_released, release_setting
from store.rounds import freeze_round
from tests.views.kept_pages import BEN, LOCAL, data, now, open_kept, opened, state_of
from tests.views.test_rounds_page import click
from views import settings
from views.live_ranking import Setting

__all__ = ["data"]


@pytest.fixture
def page(data: str) -> AppTest:
    """The Rank page on a copy of the sample."""
    click(open_kept("rounds"), "Copy the sample")
    return open_kept("rank")


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting settles at once."""
    monkeypatch.setattr(settings, "SETTLED", timedelta(0))


@pytest.fixture
def in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings follow each other sooner than they settle, however busy the machine is."""
    monkeypatch.setattr(settings, "SETTLED", timedelta(hours=1))


def release(page: AppTest, line: int, **weights: str) -> None:
    """What the live ranking hands over."""
    state = state_of(page)
    state.take(Setting(Weights.of({**state.weights, **weights}), line))
    page.run()
    assert not page.exception, page.exception


def released(page: AppTest, data: str, person: Actor = LOCAL) -> tuple[Released, ...]:
    round_id = state_of(page).kept.round.id
    with opened(data).read(round_id, person) as source:
        assert verify_round(source).holds
        found = read_released(source)
        assert len(entries(source, actions=("released setting",))) == len(found)
    return found


@pytest.mark.usefixtures("at_once")
def test_a_released_setting_is_in_the_rounds_ledger_with_its_record(
    page: AppTest, data: str
) -> None:
    release(page, 12, impact="30")
    (line,) = released(page, data)
    assert (line.weights["impact"], line.line, line.by, line.by_name) == (
        30, 12, "local", "Local owner",
    )  # fmt: skip
    assert line.what.endswith("; line 30 to 12")
    assert [x.what for x in state_of(page).ledger] == [line.what]
    again = state_of(open_kept("rank"))  # it is read back once, not also as one's own
    assert [(x.number, x.what) for x in again.ledger] == [(1, line.what)]


@pytest.mark.usefixtures("in_time")
def test_settings_that_follow_each_other_at_once_are_one_line_and_moving_back_is_none(
    page: AppTest, data: str
) -> None:
    for impact in ("30", "40", "50"):
        release(page, 30, impact=impact)
    assert released(page, data) == ()  # not settled yet
    (line,) = state_of(page).unsent
    assert line.what.startswith("Strategic Alignment 25% to 19.2%, Impact 20% to 38.5%")
    release(page, 30, impact="20")
    assert state_of(page).ledger == []


@pytest.mark.usefixtures("at_once")
def test_another_analysts_line_comes_with_the_changes_and_numbers_follow_the_round(
    page: AppTest, data: str
) -> None:
    state = state_of(page)
    round_id = state.kept.round.id
    with opened(data).change(round_id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "analyst")
    with opened(data).change(round_id, BEN, now()) as change:
        release_setting(change, state.framework.weights, 7, "line 30 to 7")
    release(page, 12)
    assert [(x.number, x.what) for x in state.ledger] == [(1, "line 30 to 12")]
    page.run()
    assert any("Ben released line 30 to 7." in c.value for c in page.caption)
    click(page, "Show changes")
    assert [(x.number, x.what) for x in state.ledger] == [(1, "line 30 to 7"), (2, "line 30 to 12")]
    assert state.line == 12


@pytest.mark.usefixtures("at_once")
def test_in_a_frozen_round_a_what_if_works_and_stays_ones_own(page: AppTest, data: str) -> None:
    round_id = state_of(page).kept.round.id
    with opened(data).change(round_id, LOCAL, now()) as change:
        freeze_round(change, "Scoring is over")
    release(page, 12)  # nobody has told this page yet: the store refuses
    assert "What you set is kept to yourself." in page.warning[0].value
    click(page, "Show changes")
    release(page, 13)
    assert not page.warning
    assert released(page, data) == ()
    assert [x.what for x in state_of(page).ledger] == ["line 30 to 12", "line 12 to 13"]
    assert [x.what for x in state_of(open_kept("rank")).ledger] == [
        "line 30 to 12",
        "line 12 to 13",
    ]


@pytest.mark.usefixtures("at_once")
def test_a_viewers_what_if_stays_their_own(
    page: AppTest, data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = state_of(page)
    round_id = state.kept.round.id
    with opened(data).change(round_id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "viewer")
    keep_place(opened(data), BEN, "tab", round_id, {}, now())
    monkeypatch.setattr("views.who.LOCAL", BEN)
    theirs = open_kept("rank")
    release(theirs, 12)
    assert released(theirs, data, BEN) == ()
    assert [x.what for x in state_of(theirs).ledger] == ["line 30 to 12"]
