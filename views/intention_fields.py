"""What is recorded of one intention: gates and money, and the words it is described in."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from scoring.analysis.gates import gates_of
from scoring.framework import FIELDS
from scoring.sheet import FieldValue
from store.records import Intention, NewValue
from views.bullets import bullets
from views.explanation import plain
from views.kept import Kept
from views.round_change import save_entries
from views.state import AppState

STAGES: Mapping[str, tuple[str, ...]] = {
    "qia": ("Not started", "Drafted", "Screened", "Approved", "Not needed"),
    "ehiira": ("Not started", "Recommended", "Drafted", "Approved", "Not needed"),
    "business_case": ("Not started", "Drafted", "Submitted", "Approved", "Not needed"),
}
MONEY = {"investment_recurrent": 1000.0, "investment_one_off": 1000.0, "saving": 1000.0, "wte": 0.5}
GOALS = ("national_priority", "unifying_goal", "must_do")
TEXTS = ("function", "domain", "provider", "description", "tags", "notes")
NAMES = {field.id: field.name for field in FIELDS}
ABOUT = {field.id: field.about for field in FIELDS}


def show_gates(state: AppState, kept: Kept, intention: Intention, may: bool) -> None:
    """Which gates stand open, what its money asks for and, for who may change it, a form."""
    ref = intention.ref
    i = state.sheet.index(ref)
    bullets(gate.says for gate in gates_of(state.sheet, i, kept.routes))
    if not may:
        return
    held = {id: _held(state, id, i) for id in (*STAGES, *MONEY, "maturity", *GOALS)}
    typed: dict[str, FieldValue] = {}
    stamp = _stamp(kept, ref, tuple(held))
    with st.form(f"gates_{ref}_{stamp}"):
        for column, (id, stages) in zip(st.columns(3), STAGES.items(), strict=True):
            now = str(held[id] or "")
            options = list(dict.fromkeys([*([now] if now else []), *stages]))
            typed[id] = column.selectbox(
                NAMES[id],
                options,
                index=0 if now else None,
                placeholder="Nothing recorded",
                help=plain(ABOUT[id]),
                accept_new_options=True,
                key=f"gate_{id}_{ref}_{stamp}",
            )
        for column, (id, step) in zip(st.columns(len(MONEY)), MONEY.items(), strict=True):
            number = held[id]
            typed[id] = column.number_input(
                NAMES[id],
                value=float(number) if isinstance(number, int | float) else None,
                step=step,
                format="%.2f",
                placeholder="Not known",
                help=plain(ABOUT[id]),
                key=f"money_{id}_{ref}_{stamp}",
            )
        columns = st.columns(len(GOALS) + 1)
        maturity = str(held["maturity"] or "")
        levels = list(
            dict.fromkeys([*([maturity] if maturity else []), *state.framework.maturities])
        )
        typed["maturity"] = columns[0].selectbox(
            NAMES["maturity"],
            levels,
            index=0 if maturity else None,
            placeholder="Nothing recorded",
            accept_new_options=not state.framework.maturities,
            key=f"money_maturity_{ref}_{stamp}",
        )
        for column, id in zip(columns[1:], GOALS, strict=True):
            typed[id] = column.text_input(
                NAMES[id],
                str(held[id] or ""),
                help=plain(ABOUT[id]),
                key=f"goal_{id}_{ref}_{stamp}",
            )
        why = st.text_input("Why the change? (kept on record)", max_chars=500)
        if st.form_submit_button("Save gates and money"):
            _save(state, kept, ref, _changed(kept, ref, held, typed, why), why)


def show_words(state: AppState, kept: Kept, intention: Intention, may: bool) -> None:
    """Its title and texts, as a form for who may change them."""
    ref = intention.ref
    i = state.sheet.index(ref)
    held = {id: _held(state, id, i) for id in TEXTS}
    if not may:
        bullets(f"{NAMES[id]}: {value}" for id, value in held.items() if value)
        return
    stamp = f"{_stamp(kept, ref, TEXTS)}_{intention.version}"
    with st.form(f"words_{ref}_{stamp}"):
        title = st.text_input("Title", intention.title, max_chars=2000, key=f"title_{ref}_{stamp}")
        typed: dict[str, FieldValue] = {}
        columns = st.columns(3)
        for n, id in enumerate(TEXTS):
            draw = st.text_area if id in ("description", "notes") else columns[n % 3].text_input
            typed[id] = draw(NAMES[id], str(held[id] or ""), key=f"word_{id}_{ref}_{stamp}")
        why = st.text_input("Why the change? (kept on record)", max_chars=500)
        sent = st.form_submit_button("Save words")
    if sent:
        values = _changed(kept, ref, held, typed, why)
        renamed = (title, intention.version) if title.strip() != intention.title else None
        _save(state, kept, ref, values, why, renamed)


def _held(state: AppState, id: str, i: int) -> FieldValue:
    column = state.sheet.fields.get(id)
    return column[i] if column else None


def _stamp(kept: Kept, ref: str, fields: tuple[str, ...]) -> str:
    """Changes when any of these fields is shown with another content: the form is drawn anew."""
    return "_".join(str(kept.versions.get((ref, id), 0)) for id in fields)


def _changed(
    kept: Kept,
    ref: str,
    held: Mapping[str, FieldValue],
    typed: Mapping[str, FieldValue],
    why: str,
) -> list[NewValue]:
    """What differs from what was shown, on the version that was shown."""
    values = []
    for id, value in typed.items():
        now = value.strip() or None if isinstance(value, str) else value
        if id in MONEY and now is None and isinstance(held[id], str):
            continue  # an amount in words that a number box cannot show
        if now != (held[id] if held[id] != "" else None):
            values.append(NewValue(ref, id, now, kept.versions.get((ref, id), 0), why=why))
    return values


def _save(
    state: AppState,
    kept: Kept,
    ref: str,
    values: list[NewValue],
    why: str,
    renamed: tuple[str, int] | None = None,
) -> None:
    if values or renamed:
        save_entries(state, kept, ref, values, why, renamed)
    else:
        st.info("Nothing was changed.")
