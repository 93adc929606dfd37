"""One intention at a time: the anchors in view, evidence beside the score, and its history."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from scoring.framework import Criterion
from scoring.problem import Unusable
from store.cells import cells_of, history, save_scores
from store.faults import Unavailable
from store.records import CONFIDENCES, Cell, Conflict, Intention, NewValue, Saved
from views.explanation import plain
from views.keeping import now
from views.kept import Kept
from views.notices import name_of, value_in_words
from views.opening import took
from views.standing import last_round
from views.state import AppState, forget, put, widget

NOT_SCORED = "Not scored yet"
_AT = "score_form_at"


@dataclass(frozen=True)
class Form:
    """What the form was drawn from. It stays, whatever others do, until it is saved or left."""

    number: int
    ref: str
    criterion: str
    cell: Cell | None


@dataclass(frozen=True)
class Looked:
    """What the store last said of an intention: the form stands on it while the store is away."""

    ref: str
    cells: dict[str, Cell]


def show_form(state: AppState, refs: tuple[str, ...]) -> None:
    """Choose an intention and score it criterion by criterion."""
    kept = state.kept
    assert kept is not None
    assert kept.round is not None
    titles = dict(zip(state.sheet.refs, state.sheet.titles, strict=True))
    if widget(_AT) not in refs:
        put(_AT, refs[0])
    back, pick, on = st.columns([1, 4, 1], vertical_alignment="bottom")
    place = refs.index(widget(_AT))
    back.button("Previous", disabled=place == 0, on_click=put, width="stretch",
                args=(_AT, refs[max(place - 1, 0)]))  # fmt: skip
    ref = pick.selectbox(
        "Intention", refs, key=_AT, format_func=lambda ref: f"{ref}  {titles[ref]}"
    )
    on.button("Next", disabled=place == len(refs) - 1, on_click=put, width="stretch",
              args=(_AT, refs[min(place + 1, len(refs) - 1)]))  # fmt: skip
    cells = _look(kept, kept.round.id, ref)
    description = state.sheet.text("description", state.sheet.index(ref))
    if description:
        st.markdown(plain(description))
    criteria = {c.id: c for c in state.framework.criteria}
    _last_year(kept.standing[ref], criteria)
    chosen = st.segmented_control(
        "Criterion",
        list(criteria),
        default=next((id for id in criteria if _blank(cells, id)), next(iter(criteria))),
        # The labels must not change with the scores: the browser sends labels back.
        format_func=lambda id: criteria[id].name,
        required=True,
        key=f"score_criterion_{ref}",
    )
    held = (f"{c.name} {value_in_words(cells[id].value if id in cells else None)}"
            for id, c in criteria.items())  # fmt: skip
    st.caption(plain(f"Scores now: {', '.join(held)}."))
    form: Form | None = kept.form
    if form is None or (form.ref, form.criterion) != (ref, chosen):
        kept.drawn += 1
        form = kept.form = Form(kept.drawn, ref, chosen, cells.get(chosen))
    _one(state, criteria[chosen], form)
    _changed_since(state, cells.get(chosen), form)
    _history(state, ref, criteria[chosen])


def _look(kept: Kept, round_id: str, ref: str) -> dict[str, Cell]:
    """The cells of an intention; those last read, and a message, while the store cannot say."""
    looked: Looked | None = kept.looked
    try:
        with kept.store.read(round_id, kept.actor) as source:
            looked = kept.looked = Looked(ref, cells_of(source, ref))
    except Unavailable as fault:
        if looked is None or looked.ref != ref:
            raise
        st.error(plain(f"There is a problem. {fault} ") + "What you typed stays in the form.")
    return looked.cells


def _changed_since(state: AppState, cell: Cell | None, form: Form) -> None:
    """The form stays as it was opened: say below it what it does not show."""
    if cell is not None and cell.version > (form.cell.version if form.cell else 0):
        who, to = name_of(state, cell.by), value_in_words(cell.value)
        st.caption(
            plain(
                f"{who} changed this score to {to} after you opened it here. "
                "When you save, you choose which to keep."
            )
        )


def _one(state: AppState, criterion: Criterion, form: Form) -> None:
    scale, cell = criterion.scale, form.cell
    version = cell.version if cell else 0
    options = [None, *(scale.low + scale.step * n for n in range(scale.steps + 1))]
    held = next((o for o in options if o is not None and cell and float(o) == cell.value), None)
    st.markdown(plain(f"{criterion.asks} {scale.direction_in_words}."))
    with st.form(f"score_one_{form.number}", border=True):
        if scale.steps <= 10:
            score = st.radio(
                plain(f"Score for {criterion.name}"),
                options,
                index=options.index(held),
                format_func=lambda o: NOT_SCORED if o is None else _level(criterion, o),
            )
        else:
            typed = st.number_input(
                plain(f"Score for {criterion.name} (empty: not scored yet)"),
                value=float(held) if held is not None else None,
                min_value=float(scale.low), max_value=float(scale.high), step=float(scale.step),
            )  # fmt: skip
            score = None if typed is None else Decimal(repr(typed))
        evidence = st.text_area("Evidence", cell.evidence if cell else "", max_chars=10_000)
        left, middle, right = st.columns(3)
        link = left.text_input("Link to the evidence", cell.link if cell else "")
        sure = middle.selectbox(
            "How sure are you?",
            CONFIDENCES,
            index=CONFIDENCES.index(cell.confidence) if cell else 0,
            format_func=lambda c: c.capitalize() or "Not said",
        )
        why = right.text_input("Why the change? (kept on record)", max_chars=500)
        sent = st.form_submit_button("Save", type="primary")
    if sent:
        value = None if score is None else float(score)
        _save(state, NewValue(form.ref, criterion.id, value, version, evidence, link, sure, why))


def _save(state: AppState, new: NewValue) -> None:
    kept = state.kept
    assert kept is not None
    assert kept.round is not None
    try:
        with kept.store.change(kept.round.id, kept.actor, now()) as change:
            (outcome,) = save_scores(change, [new])
    except (Unusable, Unavailable) as refused:
        # The form keeps what was typed.
        st.error(plain(f"There is a problem. Not saved: {refused}"))
        return
    if isinstance(outcome, Saved):
        took(state, [outcome.cell])
        kept.grid = kept.form = None
        st.toast("Saved")
    elif isinstance(outcome, Conflict):
        kept.have_chosen([outcome])
    forget(f"score_criterion_{new.ref}")
    st.rerun()


def _history(state: AppState, ref: str, criterion: Criterion) -> None:
    kept = state.kept
    assert kept is not None
    assert kept.round is not None
    try:
        with kept.store.read(kept.round.id, kept.actor) as source:
            cells = history(source, ref, criterion.id)
    except Unavailable:  # said above the form
        return
    if not cells:
        return
    with st.expander(f"History of this score ({len(cells)})"):
        for before, after in itertools.pairwise(cells):
            why = f" because: {after.why}" if after.why else ""
            st.markdown(
                plain(
                    f"{criterion.name} was {value_in_words(before.value)} until "
                    f"{after.at:%d %B %Y %H:%M} UTC, changed to {value_in_words(after.value)} by "
                    f"{name_of(state, after.by)}{why}."
                )
            )
        first = cells[0]
        st.markdown(
            plain(
                f"First entered on {first.at:%d %B %Y} by {name_of(state, first.by)}: "
                f"{value_in_words(first.value)}."
            )
        )


def _last_year(intention: Intention, criteria: Mapping[str, Criterion]) -> None:
    carried = intention.carried
    if not carried:
        return
    stood = last_round(intention).partition(". Decided: ")[0]
    scores = ", ".join(
        f"{criteria[id].name if id in criteria else id} {score:g}"
        for id, score in carried["scores"].items()
    )
    decisions = "; ".join(carried["decisions"])
    with st.expander(plain(f"Last round ({carried['round_name']}): {stood}"), expanded=True):
        st.markdown(plain(f"Scores: {scores or 'none'}."))
        if decisions:
            st.markdown(plain(f"Decided: {decisions}"))


def _level(criterion: Criterion, level: object) -> str:
    anchor = criterion.anchor(float(level))  # type: ignore[arg-type]
    return plain(f"{level:f}".rstrip("0").rstrip(".") if "." in f"{level:f}" else f"{level}") + (
        f": {plain(anchor)}" if anchor else ""
    )


def _blank(cells: dict[str, Cell], id: str) -> bool:
    return id not in cells or cells[id].value is None
