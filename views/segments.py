"""The Segments page: who is where and why, questions to answer, and overrides with a reason."""

from __future__ import annotations

from datetime import date

import streamlit as st

from scoring.framework.rules import UNASSIGNED
from scoring.ranking import Ranking
from scoring.segment import Override
from views.explanation import plain, show_explanation
from views.standing import why_closed
from views.state import AppState, put, widget
from views.tables import show_long_table, show_table
from views.who import LOCAL

NOT_ANSWERED = "not answered"
KEEP = "Follow the rules"
_SAVED = "overrides_saved"  # how many times the form was


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Segments")
    if not state.framework.segments:
        st.info(plain(f"{state.framework.name} has no segments."))
        return
    st.markdown(
        "A segment follows from what an intention **is**, never from its score. "
        "The rules are on the Method page."
    )
    _counts(state)
    closed = why_closed(state)
    if closed:
        st.info(plain(closed))
    else:
        _questions(state)
    _one_segment(state)
    _overrides(state, bool(closed))


def segment_name(state: AppState, id: str) -> str:
    """What a segment is called on screen."""
    segment = state.framework.segment(id)
    return segment.name if segment else "Not assigned yet"


def _counts(state: AppState) -> None:
    counts = state.segments.counts()
    ranked = state.ranking.places.ranked
    by_segment = state.segments.ids
    rows = []
    for id, count in counts.items():
        segment = state.framework.segment(id)
        scored = sum(1 for s, r in zip(by_segment, ranked, strict=True) if s == id and r)
        rows.append(
            {
                "Segment": segment_name(state, id),
                "Intentions": count,
                "Ranked": scored,
                "Goes to": segment.route if segment else "Nowhere until its questions are answered",
            }
        )
    rows.append(
        {
            "Segment": "All",
            "Intentions": len(by_segment),
            "Ranked": int(ranked.sum()),
            "Goes to": "",
        }
    )
    show_table(rows, "Intentions in each segment", right=("Intentions", "Ranked"))
    changed = sum(1 for a in state.segments.assignments if a.override)
    flagged = sum(1 for a in state.segments.assignments if a.flag)
    open_ = sum(1 for a in state.segments.assignments if a.open)
    st.caption(
        f"Put elsewhere by a person: {changed}. To check (flagged by a rule): {flagged}. "
        f"Provisional (an earlier question is not answered): {open_}."
    )


def _questions(state: AppState) -> None:
    """Unanswered questions, one intention at a time. Only what somebody answers is kept."""
    sheet, segments = state.sheet, state.segments
    waiting = [i for i in range(len(sheet)) if _needed(state, i)]
    st.header(f"Questions to answer: {len(waiting)} intentions")
    if not waiting:
        st.markdown("Every question that a rule needs has an answer.")
        return
    chosen = st.selectbox(
        "Intention to answer for",
        [sheet.refs[i] for i in waiting],
        format_func=lambda ref: f"{ref}  {sheet.titles[sheet.index(ref)]}",
        key=f"answering_{state.pushes}",
    )
    i = sheet.index(chosen)
    st.markdown(plain(f"Now: {segment_name(state, segments[i].segment)}."))
    with st.form(f"answers_{chosen}", border=True):
        given: dict[str, str] = {}
        for question in state.framework.questions:
            if question.id in _needed(state, i):
                now = sheet.text(question.id, i)
                options = [*question.answers, NOT_ANSWERED]
                given[question.id] = st.radio(
                    question.asks,
                    options,
                    index=options.index(now) if now in options else len(options) - 1,
                    horizontal=True,
                    key=f"answer_{chosen}_{question.id}",
                )
        if st.form_submit_button("Save answers"):
            for id, answer in given.items():
                state.answer(id, chosen, None if answer == NOT_ANSWERED else answer)
            state.pushes += 1
            st.rerun()


def _needed(state: AppState, i: int) -> tuple[str, ...]:
    """The questions whose answers would decide, firm up or unflag the segment of an intention."""
    assignment = state.segments[i]
    if assignment.override:
        return ()
    unflag = [
        rule.flag.unless_question
        for rule in state.framework.rules
        if rule.flag and rule.id == assignment.rule and assignment.flag
        and not state.sheet.text(rule.flag.unless_question, i)
    ]  # fmt: skip
    second = [
        rule.then_by
        for rule in state.framework.rules
        if rule.then_by and rule.question in assignment.ask
    ]
    return tuple(dict.fromkeys([*assignment.ask, *assignment.open, *second, *unflag]))


def _one_segment(state: AppState) -> None:
    st.header("The intentions of a segment")
    ids = [id for id, count in state.segments.counts().items() if count]
    chosen = st.selectbox(
        "Segment",
        ids,
        format_func=lambda id: f"{segment_name(state, id)} ({state.segments.counts()[id]})",
        key="segment_shown",
    )
    segment = state.framework.segment(chosen)
    if segment:
        st.caption(plain(f"{segment.definition} Goes to: {segment.route}."))
    rows = _rows(state, state.ranking, chosen)
    event = show_long_table(
        rows,
        f"Intentions of {segment_name(state, chosen)}",
        right=("Place here", "Place overall"),
        key=f"segment_list_{chosen}_{state.pushes}",
        on_select="rerun",
        selection_mode="single-row",
    )
    picked = event["selection"]["rows"]
    if picked and picked[0] < len(rows):
        show_explanation(state, rows[picked[0]]["Ref"])


def _rows(state: AppState, ranking: Ranking, segment: str) -> list[dict[str, str]]:
    sheet, inside = state.sheet, ranking.segment_places
    members = [i for i, id in enumerate(ranking.segments.ids) if id == segment]
    members.sort(key=lambda i: (not inside.ranked[i], inside.place[i], i))
    rows = []
    for i in members:
        assignment = ranking.segments[i]
        notes = [assignment.flag] if assignment.flag else []
        if assignment.override:
            notes.insert(0, f"Changed by {assignment.override.by}: {assignment.override.reason}")
        elif assignment.open:
            notes.append("Provisional: an earlier question is not answered")
        rows.append(
            {
                "Place here": inside.shown(i) or "not ranked",
                "Place overall": ranking.places.shown(i) or "not ranked",
                "Ref": sheet.refs[i],
                "Intention": sheet.titles[i],
                "Function": sheet.text("function", i),
                "Rule": f"{assignment.rule}. {assignment.wording}" if assignment.rule else "",
                "Notes": ". ".join(notes),
            }
        )
    return rows


def _overrides(state: AppState, closed: bool) -> None:
    sheet = state.sheet
    if not closed:
        st.header("Put an intention in another segment")
        st.markdown(
            "The rules decide unless a person does, with a reason and a name. Both are kept and "
            "exported."
        )
        _override_form(state)
    made = [
        {
            "Ref": o.ref,
            "Intention": sheet.titles[sheet.index(o.ref)],
            "By the rules": segment_name(
                state, state.segments[sheet.index(o.ref)].by_rules or UNASSIGNED
            ),
            "Put in": segment_name(state, o.segment),
            "Reason": o.reason,
            "By": o.by,
            "On": f"{o.on:%d %B %Y}",
        }
        for o in state.overrides.values()
        if o.ref in sheet.refs
    ]
    if made:
        if closed:
            st.header("Put in another segment by a person")
        show_long_table(made, "Segments decided by a person")


def _override_form(state: AppState) -> None:
    sheet = state.sheet
    ids = [segment.id for segment in state.framework.segments]
    # Drawn anew once it is saved, never before: what was refused stays to be corrected.
    with st.form(f"override_{widget(_SAVED, 0)}"):
        left, right = st.columns(2)
        ref = left.selectbox(
            "Intention",
            sheet.refs,
            index=None,
            placeholder="Choose an intention",
            format_func=lambda ref: f"{ref}  {sheet.titles[sheet.index(ref)]}",
        )
        target = right.selectbox(
            "Segment",
            [KEEP, *ids],
            format_func=lambda id: id if id == KEEP else segment_name(state, id),
        )
        reason = left.text_input("Reason", max_chars=500)
        by = right.text_input("Your name", _my_name(state), max_chars=120)
        sent = st.form_submit_button("Save")
    if sent:
        _save_override(state, ref, target, reason, by)


def _save_override(state: AppState, ref: str | None, target: str, reason: str, by: str) -> None:
    if ref is None:
        st.error("There is a problem. Choose the intention first.")
        return
    if target == KEEP:
        state.overrides.pop(ref, None)
    elif not reason.strip() or not by.strip():
        st.error(
            "There is a problem. An override needs a reason and your name; nothing was changed."
        )
        return
    else:
        state.overrides[ref] = Override(ref, target, reason.strip(), by.strip(), date.today())
    state.pushes += 1
    put(_SAVED, widget(_SAVED, 0) + 1)
    st.rerun()


def _my_name(state: AppState) -> str:
    """The name of who signed in; without sign-in, what they last called themselves."""
    kept = state.kept
    return kept.actor.name if kept is not None and kept.actor != LOCAL else state.made_by
