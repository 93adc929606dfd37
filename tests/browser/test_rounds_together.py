"""Two people in one round, in real Chromium."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from store.cells import cells_of, save_scores
from store.people import invite
from store.presence import seen
from store.records import Actor, NewValue
from store.released import read_released
from store.rounds import freeze_round
from tests.browser.kept_app import (
    App,
    app,
    choose_1,
    copy_sample,
    first_score,
    open_score,
    set_weight,
    weight_of,
)
from tests.views.kept_pages import LOCAL, now

__all__ = ["app"]

BEN = Actor("ben@example.org", "Ben")


def test_what_somebody_else_does_is_shown_while_one_types_undisturbed(page: Page, app: App) -> None:
    round_id = copy_sample(page, app)
    with app.store.change(round_id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "assessor")
    open_score(page, app)
    first_score(page)
    evidence = page.get_by_label("Evidence", exact=True)
    evidence.fill("Half a sente")
    with app.store.change(round_id, BEN, now()) as change:
        save_scores(change, [NewValue("SGW-02", "cost", 1, 1)])
    shown = page.get_by_text(re.compile("Ben changed Cost of SGW-02 to 1")).first
    expect(shown).to_be_visible()
    expect(page.locator(".st-key-spoken_news").get_by_role("status")).to_have_text(
        "Ben changed Cost of SGW-02 to 1."
    )
    expect(evidence).to_have_value("Half a sente")
    expect(evidence).to_be_focused()


def test_who_saves_second_is_told_and_chooses(page: Page, app: App) -> None:
    round_id = copy_sample(page, app)
    open_score(page, app)
    group = first_score(page)
    with app.store.change(round_id, LOCAL, now()) as change:
        save_scores(change, [NewValue("SGW-01", "strategic_alignment", 2, 1, why="Asked again")])
    expect(page.get_by_role("button", name="Show changes")).to_be_enabled()
    choose_1(group)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("because: Asked again. You wanted 1.")).to_be_visible()
    page.get_by_role("button", name="Change it to 1").click()
    expect(page.get_by_text("Scores now: Strategic Alignment 1,")).to_be_visible()
    with app.store.read(round_id, LOCAL) as source:
        assert cells_of(source, "SGW-01")["strategic_alignment"].value == 1


def test_on_rank_what_another_scores_is_told_then_shown_and_ones_own_weights_stand(
    page: Page, app: App
) -> None:
    round_id = copy_sample(page, app)
    with app.store.change(round_id, LOCAL, now()) as change:
        invite(change, BEN.id, BEN.name, "assessor")
    page.goto(app.url)
    expect(weight_of(page, "Impact")).to_have_value("20")
    set_weight(page, "Impact", "30")
    expect(page.locator(".st-key-released")).to_contain_text("Impact 30.0%")
    page.get_by_placeholder("Find a ref or words").fill("DYW-01")
    row = page.get_by_role("row", name=re.compile(r"\bDYW-01\b"))
    expect(row).to_have_accessible_name(re.compile("^=1 "))
    show = page.get_by_role("button", name="Show changes")
    expect(show).to_be_disabled()
    seen(app.store, round_id, BEN, "ben's tab", "Segments", now())
    with app.store.change(round_id, BEN, now()) as change:
        version = cells_of(change, "DYW-01")["impact"].version
        save_scores(change, [NewValue("DYW-01", "impact", 1, version)])
    expect(page.get_by_text("Ben changed Impact of DYW-01 to 1.").first).to_be_visible()
    expect(page.get_by_text("Here now: Ben (Segments).")).to_be_visible()
    expect(row).to_have_accessible_name(re.compile("^=1 "))
    show.click()
    expect(show).to_be_disabled()
    page.get_by_placeholder("Find a ref or words").fill("DYW-01")
    expect(row).to_have_accessible_name(re.compile("^=?[2-9]"))
    expect(weight_of(page, "Impact")).to_have_value("30")
    expect(page.locator(".st-key-released")).to_contain_text("Impact 30.0%")


def test_a_round_that_its_owner_freezes_is_told_and_shown_with_ones_own_weights(
    page: Page, app: App
) -> None:
    round_id = copy_sample(page, app)
    page.goto(app.url)
    expect(weight_of(page, "Impact")).to_have_value("20")
    set_weight(page, "Impact", "30")
    expect(page.locator(".st-key-released")).to_contain_text("Impact 30.0%")
    with app.store.change(round_id, LOCAL, now()) as change:
        freeze_round(change, "Scoring is over")
    expect(page.get_by_text("froze the round.").first).to_be_visible()
    page.get_by_role("button", name="Show changes").click()
    expect(page.get_by_role("button", name="Show changes")).to_be_disabled()
    expect(weight_of(page, "Impact")).to_have_value("30")
    set_weight(page, "Impact", "40")
    expect(page.locator(".st-key-released")).to_contain_text("Impact 40.0%")
    page.reload()
    expect(weight_of(page, "Impact")).to_have_value("40")
    with app.store.read(round_id, LOCAL) as source:
        assert "Impact 30% to 40%" not in str(read_released(source))
