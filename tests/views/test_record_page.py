"""The Record page: statuses, decisions, assumptions and the trail of changes."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from store.intentions import set_status
from store.logs import read_log
from tests.views.kept_pages import LOCAL, data, now, open_kept, opened, state_of
from tests.views.test_rounds_page import click
from views.explanation import plain

__all__ = ["data"]


def record(data: str) -> AppTest:
    """The Record page on a copy of the sample."""
    click(open_kept("rounds"), "Copy the sample")
    return open_kept("decisions_log")


def fill(page: AppTest, label: str, text: str) -> None:
    next(t for t in page.text_input if t.label == label).input(text)


def words(page: AppTest) -> str:
    return " ".join(m.value for m in [*page.markdown, *page.error]).replace("\\", "")


def test_every_intention_is_accounted_for(data: str) -> None:
    page = record(data)
    assert "94 submitted = 94 active." in words(page)
    state = state_of(page)
    ref = state.sheet.refs[0]
    with opened(data).change(state.kept.round.id, LOCAL, now()) as change:
        set_status(change, ref, "rejected", "Out of scope", 1)
    page = open_kept("decisions_log")
    assert "94 submitted = 93 active + 1 rejected." in words(page)
    shown = page.table[0].value
    assert (shown["Ref"][0], shown["Reason"][0], shown["By"][0]) == (
        plain(ref), "Out of scope", "Local owner",
    )  # fmt: skip


def test_a_decision_is_entered_with_its_reason_and_not_signed_off_by_the_same_person(
    data: str,
) -> None:
    page = record(data)
    fill(page, "What", "Fund the first thirty")
    fill(page, "Why", "The money reaches so far")
    click(page, "Enter")
    state = state_of(page)
    with opened(data).read(state.kept.round.id, LOCAL) as source:
        (entry,) = read_log(source)
    assert (entry.kind, entry.what, entry.by) == ("decision", "Fund the first thirty", "local")
    click(page, "Sign off")
    assert "whoever assures is not who made it" in words(page)


def test_every_change_is_listed(data: str) -> None:
    page = record(data)
    listed = page.dataframe[0].value
    assert list(listed["What"]) == ["Intentions loaded", "Round created"]


def test_a_round_is_on_record_in_words_without_its_framework_file_or_checksums(data: str) -> None:
    shown = list(record(data).dataframe[0].value["Is"])
    assert any("framework Lancashire and South Cumbria 2025/26" in told for told in shown)
    assert not any("sha256" in told or " = " in told for told in shown)
