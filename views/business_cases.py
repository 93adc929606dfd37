"""Thresholds of business cases: from which value of new money which approval is asked for."""

from __future__ import annotations

import streamlit as st

from scoring.analysis.gates import Routes, in_pounds
from scoring.rounding import two_decimals
from store.shared_settings import ROUTES, set_setting
from views.explanation import plain
from views.kept import Kept
from views.round_change import change_round
from views.state import AppState
from views.tables import show_table

BANDS = 4  # offered where none are set
MOST = 40


def show_routes(state: AppState, kept: Kept) -> None:
    """The bands of this round, and a form for who may set them."""
    st.header("Business cases: which value asks for which approval")
    if kept.routes:
        show_table(
            [
                {"New money in the first year": band, "Approval": name}
                for band, name in _bands(kept.routes)
            ],
            "Approval of business cases by value",
        )
    else:
        st.markdown(
            "No thresholds are set for this round. Until they are, a business case is only said to "
            "be needed."
        )
    if kept.may("analyst"):
        _form(state, kept)


def _bands(routes: Routes) -> list[tuple[str, str]]:
    bands, above = [], 0.0
    for limit, name in routes:
        if limit is None:
            band = f"Over {in_pounds(above)}" if above else "Any amount"
        elif above:
            band = f"Over {in_pounds(above)}, up to {in_pounds(limit)}"
        else:
            band = f"Up to {in_pounds(limit)}"
        bands.append((band, name))
        above = limit or above
    return bands


def _form(state: AppState, kept: Kept) -> None:
    assert kept.round is not None
    version = kept.routes_version
    limited = [(limit, name) for limit, name in kept.routes if limit is not None]
    above = next((name for limit, name in kept.routes if limit is None), "")
    with st.expander("Set the thresholds"):
        many = int(
            st.number_input(
                "How many bands",
                min_value=len(limited) + 1,  # never fewer than are set: a row is emptied to go
                max_value=max(MOST, len(limited) + 1),
                value=max(BANDS, len(limited) + 1),
                key=f"routes_many_{kept.round.id}_{version}",
                width=180,
            )
        )
        with st.form(f"routes_{kept.round.id}_{version}"):
            _bands_form(state, kept, many, limited, above)


def _bands_form(
    state: AppState, kept: Kept, many: int, limited: list[tuple[float, str]], above: str
) -> None:
    version = kept.routes_version
    st.markdown(
        "Amounts rise from top to bottom; an amount on the line belongs to the band that it "
        "ends. Leave a row empty to leave it out."
    )
    rows: list[tuple[str, str]] = []
    for n in range(many - 1):
        limit, name = limited[n] if n < len(limited) else (None, "")
        left, right = st.columns([1, 3])
        typed = left.text_input(
            f"Band {n + 1}: up to £", "" if limit is None else _as_typed(limit), max_chars=20
        )
        route = right.text_input(f"Band {n + 1}: approved by", name, max_chars=200)
        rows.append((typed, route))
    last = st.text_input("Anything above: approved by", above, max_chars=200)
    why = st.text_input("Why? (kept on record)", max_chars=500, key=f"routes_why_{version}")
    if st.form_submit_button("Save thresholds"):
        wrong = _wrong(rows, last)
        if wrong:
            for problem in wrong:
                st.error(plain(f"There is a problem. {problem}"))
            return
        value = [[_amount(typed), name.strip()] for typed, name in rows if typed.strip()]
        routes = [*value, [None, last.strip()]] if value or last.strip() else []
        change_round(
            state,
            kept,
            lambda change: set_setting(change, ROUTES, routes, why, version),
            "Thresholds saved",
        )


def _wrong(rows: list[tuple[str, str]], last: str) -> list[str]:
    """What is wrong with what was typed, all of it, a sentence each."""
    found, before = [], 0.0
    for n, (typed, name) in enumerate(rows, 1):
        if not typed.strip() and not name.strip():
            continue
        amount = _amount(typed)
        if amount is None or not 0 < amount < 1e15:
            found.append(f'Band {n}, up to £: found "{typed}", expected an amount above 0.')
        elif amount <= before:
            found.append(
                f"Band {n}, up to £: found {in_pounds(amount)}, expected more than "
                f"{in_pounds(before)}, the amount above it."
            )
        if not name.strip():
            found.append(f"Band {n}, approved by: found nothing, expected who approves it.")
        before = max(before, amount or 0.0)
    if any(typed.strip() for typed, _ in rows) and not last.strip():
        found.append("Anything above, approved by: found nothing, expected who approves it.")
    return found


def _amount(typed: str) -> float | None:
    text = typed.strip().removeprefix("£").replace(",", "").strip()
    try:
        return float(text)
    except ValueError:
        return None


def _as_typed(limit: float) -> str:
    return f"{int(limit):,}" if float(limit).is_integer() else two_decimals(limit)
