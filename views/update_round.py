"""An edited file for the round that is open: what it would change in it, chosen and saved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from scoring.export.diff import Change, Difference, diff_editions
from scoring.export.edition import Edition
from scoring.intake.result import Intake
from scoring.problem import Unusable
from store.faults import Unavailable
from store.permission import may
from store.records import Round
from store.take_over import Plan, Seen, TakenOver, plan, take_over
from views.difference import (
    changed_weights,
    choose,
    in_use,
    read_again,
    show_changes,
    show_differences,
)
from views.draft import Draft
from views.explanation import plain
from views.keeping import now
from views.kept import Kept
from views.notices import name_of, show_conflicts
from views.opening import open_round
from views.state import AppState

UPDATE, NEW = "update", "new"


def ask_what_for(state: AppState, draft: Draft, intake: Intake) -> bool:
    """Whether the file is to change the round that is open; otherwise it becomes a new one."""
    kept = state.kept
    if kept is None or kept.round is None:
        return False
    name = kept.round.name
    st.header("What the file is for")
    if why_not := _why_not(state, kept.round, intake):
        st.markdown(plain(f"{why_not} What you accept becomes a new round; {name} stays as it is."))
        return False
    shared = len(set(intake.sheet.refs) & set(kept.standing))
    known = read_again(draft, intake).exported and 2 * shared > len(intake.sheet)
    st.markdown(
        plain(
            f"{shared} of the {len(intake.sheet)} intentions in it are in {name}, the round that is "
            f"open.{' It is a workbook that was exported from here.' if known else ''}"
        )
    )
    words = {
        UPDATE: plain(f"Update {name} with what is different in the file"),
        NEW: plain(f"Keep the file as a new round; {name} stays as it is"),
    }
    default = 0 if known or not kept.standing else 1
    chosen = st.radio(
        "What to do with it",
        list(words),
        index=default,
        format_func=words.get,
        key=f"what_for_{draft.uploader}",
    )
    return chosen == UPDATE


def update_round(state: AppState, draft: Draft, intake: Intake) -> None:
    """What is different, what of it to take, what becomes of rows that are gone; saved on request."""
    kept = state.kept
    assert kept is not None
    assert kept.round is not None
    seen = _seen(state, draft, kept)
    new = read_again(draft, intake)
    difference = diff_editions(seen.edition, new)
    st.header(plain(f"What it changes in {kept.round.name}"))
    for note in difference.notes:
        st.markdown(plain(note))
    if difference.same:
        st.markdown("No difference: the same intentions, scores, texts and weights.")
        return
    show_differences(difference)
    if not may(kept.round.role, "analyst"):
        st.info("You may bring scores. Everything else takes an analyst of this round.")
    open_to_choice = _without_blanks(draft, difference, new)
    chosen = choose(draft, [change for change in open_to_choice if change.kind != "deleted"])
    rejected = _gone(draft, kept.round, [c for c in difference.changes if c.kind == "deleted"])
    made = plan(seen, new, chosen, kept.round.role, rejected)
    if made.left:
        st.markdown("**Not taken over**")
        show_changes(
            [left.change for left in made.left],
            "Differences that are not taken over, and why",
            [left.why for left in made.left],
        )
    weights = [change for change in chosen if change.kind == "weight"]
    if weights:
        st.markdown("Weights become today's weights on your screen; the round's scores do not.")
    if rejected is not None and "" in rejected.values():
        st.markdown("Give a reason for what is to be rejected.")
        return
    count = len(made) + len(weights)
    label = f"Save {count} change{'' if count == 1 else 's'} in the round"
    if st.button(label, type="primary", disabled=not count):
        _save(state, kept, made, seen.edition, weights)


def show_told(state: AppState, draft: Draft) -> None:
    """What became of the file that was loaded before, and what somebody else had changed first."""
    if draft.told:
        st.success(plain(draft.told))
        st.page_link(state.pages["rank"], label="See the ranking") if state.pages else None
    if state.kept is not None and state.kept.conflicts:
        show_conflicts(state, scores=True)


def _why_not(state: AppState, r: Round, intake: Intake) -> str:
    if intake.sheet.framework.id != state.framework.id:
        return (
            f"{r.name} is scored against {r.framework_name}, this file against another framework."
        )
    if r.state != "open":
        return f"{r.name} is {r.state}: it takes no changes."
    if not may(r.role, "assessor"):
        return f"You may look at {r.name} but not change it."
    return ""


def _seen(state: AppState, draft: Draft, kept: Kept) -> Seen:
    """The round as it was when the file was first compared with it: what the person looks at."""
    assert kept.round is not None
    key = (kept.round.id, tuple((source.name, hash(source.data)) for source in draft.sources))
    if draft.seen is None or draft.seen[0] != key:
        seen = Seen(in_use(state), dict(kept.versions), dict(kept.standing), kept.reading)
        draft.seen = (key, seen)
    return draft.seen[1]


def _without_blanks(draft: Draft, difference: Difference, new: Edition) -> list[Change]:
    """The changes to choose from: cells that the file leaves empty only if a person says so."""
    emptied = [
        change
        for change in difference.changes
        if change.kind in ("score", "answer", "text") and change.was and not change.now
    ]
    if not emptied:
        return list(difference.changes)
    cells = "cell that is" if len(emptied) == 1 else "cells that are"
    empty_too = st.checkbox(
        f"Empty in the round, too, the {len(emptied)} {cells} empty in the file",
        value=new.exported,
        key=f"empty_{draft.uploader}",
    )
    return [c for c in difference.changes if empty_too or c not in set(emptied)]


def _gone(draft: Draft, r: Round, deleted: Sequence[Change]) -> dict[str, str] | None:
    """What becomes of intentions that the file lacks: they stay, or are rejected with a reason."""
    if not deleted or not may(r.role, "analyst"):
        return None
    lacks = "1 intention" if len(deleted) == 1 else f"{len(deleted)} intentions"
    st.markdown(f"The file lacks {lacks} of the round. They stay, unless you reject them here.")
    titles = {change.ref: change.title for change in deleted}
    refs = st.multiselect(
        "Reject these",
        list(titles),
        format_func=lambda ref: plain(f"{ref} {titles[ref]}"),
        key=f"reject_{draft.uploader}",
        placeholder="None: all of them stay",
    )
    if not refs:
        return None
    reason = st.text_input(
        "Reason for rejecting (kept on record)", max_chars=500, key=f"reject_why_{draft.uploader}"
    )
    return dict.fromkeys(refs, reason.strip())


def _save(state: AppState, kept: Kept, made: Plan, old: Edition, weights: Sequence[Change]) -> None:
    assert kept.round is not None
    done = TakenOver(0, (), ())
    try:
        if len(made):
            with kept.store.change(kept.round.id, kept.actor, now()) as change:
                done = take_over(change, made)
    except (Unusable, Unavailable) as refused:
        st.error(plain(f"There is a problem. Nothing was saved: {refused}"))
        return
    taken = changed_weights(old, weights)
    open_round(state, kept.round.id)
    if taken is not None:
        state.set_weights(taken)
    kept.have_chosen(done.conflicts)
    state.new_draft()
    state.draft.told = _told(state, kept.round.name, done, len(weights))
    st.rerun()


def _told(state: AppState, name: str, done: TakenOver, weights: int) -> str:
    said = [f"Saved in {name}: {_count(done.saved, 'change')}."]
    if weights:
        said.append(f"{_count(weights, 'weight')} of the file now stand on your screen.")
    if done.conflicts:
        said.append(
            f"{_count(len(done.conflicts), 'cell')} that somebody else changed first: choose below."
        )
    said += [
        f"{o.what} was left: {name_of(state, o.by) if o.by else 'somebody'} changed it first."
        for o in done.outdated
    ]
    return " ".join(said)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
