"""The Intentions page: every submitted intention accounted for; status, links, gates and money."""

from __future__ import annotations

import streamlit as st

from scoring.analysis.gates import investment, outstanding, route_for
from scoring.problem import Unusable
from scoring.rounding import one_decimal
from store.faults import Unavailable
from store.intentions import LINK_WORDS, STATUS_WORDS
from store.records import Intention
from views.bullets import as_list
from views.business_cases import show_routes
from views.explanation import as_problem, plain
from views.intention_one import show_one
from views.keeping import copy_sample
from views.kept import Kept
from views.round_change import add_one
from views.spoken import speak
from views.standing import accounted, last_round, warnings_of, why_closed
from views.state import AppState, put, widget
from views.tables import show_long_table

AT = "intention_at"
SHORT = {"qia": "QIA", "ehiira": "EHIIRA", "business_case": "business case"}
OFTEN_EMPTY = ("Last round", "Links", "Business case asks for")
SHOW = (
    "All",
    "Ranked or to be ranked",
    "Set aside",
    "With a gate open",
    "With links",
    "To look at",
)


def render(state: AppState) -> None:
    """Draw the page."""
    st.title("Intentions")
    kept = state.kept
    if kept is None or kept.round is None:
        _not_yet(state, kept)
        return
    try:
        _page(state, kept)
    except (Unusable, Unavailable) as refused:
        st.error(as_problem(refused))


def _not_yet(state: AppState, kept: Kept | None) -> None:
    if kept is None:
        st.markdown("Rounds are not kept here, so statuses and links cannot be set.")
        return
    st.markdown("The sample round is an example to look at. Copy it to work on its intentions.")
    if st.button("Copy the sample and work on it", type="primary"):
        copy_sample(state)
        st.rerun()


def _page(state: AppState, kept: Kept) -> None:
    st.markdown(f"**Every one is accounted for:** {plain(accounted(kept))}")
    if closed := why_closed(state):
        st.info(plain(closed))
    warnings = warnings_of(state)
    if warnings:
        listed = as_list(str(warning) for warning in warnings)
        st.warning(f"With the line after {state.line} intentions, look at these links:\n\n{listed}")
    if not kept.standing:
        st.markdown("There are none yet. Load a spreadsheet, or add the first one here.")
    else:
        _list(state, kept, {ref for warning in warnings for ref in warning.refs})
    if kept.may("analyst"):
        add_one(state, kept)
    show_routes(state, kept)


def _list(state: AppState, kept: Kept, odd: set[str]) -> None:
    left, right = st.columns([2, 3])
    which = left.selectbox("Show", SHOW, key="intentions_shown")
    words = right.text_input("Find in refs and titles", key="intentions_found").casefold().split()
    rows = [
        _row(state, kept, intention)
        for intention in kept.standing.values()
        if _shown(state, kept, intention, which, odd)
        and all(word in f"{intention.ref} {intention.title}".casefold() for word in words)
    ]
    count = f"{len(rows)} of {len(kept.standing)} intentions"
    st.caption(count)
    speak(count, "spoken_count")
    if not rows:
        st.markdown("None fits. Choose All, or find something else.")
        return
    for column in OFTEN_EMPTY:
        if not any(row[column] for row in rows):
            for row in rows:
                del row[column]
    aside = any(row["Status"] != "Active" for row in rows)
    unranked = any(row["Place"] == "not ranked yet" for row in rows)
    key = f"intentions_list_{which}_{'_'.join(words)}_{kept.forms}"

    def picked() -> None:
        chosen = (widget(key) or {}).get("selection", {}).get("rows", [])
        if chosen and chosen[0] < len(rows):
            put(AT, rows[chosen[0]]["Ref"])

    show_long_table(
        rows,
        "Intentions of the round",
        right=("Place",),
        key=key,
        on_select=picked,
        selection_mode="single-row",
        height=min(38 + 35 * len(rows), 388),
        column_config={
            "Ref": st.column_config.TextColumn(pinned=True, width="small"),
            "Intention": st.column_config.TextColumn(width=400),
            # As wide as it must be: what is set aside names where it went, an unranked one says so.
            "Status": st.column_config.TextColumn(width=150 if aside else 80),
            "Place": st.column_config.TextColumn(width=110 if unranked else 70, alignment="right"),
            "Total": st.column_config.NumberColumn(format="%.1f"),
        },
    )
    refs = list(kept.standing)
    if widget(AT) not in kept.standing:
        put(AT, rows[0]["Ref"])
    ref = st.selectbox(
        "Intention to work on",
        refs,
        key=AT,
        format_func=lambda ref: f"{ref}  {kept.standing[ref].title}",
    )
    show_one(state, kept, kept.standing[ref])


def _shown(state: AppState, kept: Kept, intention: Intention, which: str, odd: set[str]) -> bool:
    ref, active = intention.ref, intention.status == "active"
    match which:
        case "Ranked or to be ranked":
            return active
        case "Set aside":
            return not active
        case "With a gate open":
            rows = state.sheet.refs
            return ref in rows and bool(
                outstanding(state.sheet, state.sheet.index(ref), kept.routes)
            )
        case "With links":
            return any(ref in (link.ref, link.other) for link in kept.links)
        case "To look at":
            return ref in odd
    return True


def _row(state: AppState, kept: Kept, intention: Intention) -> dict[str, str | float | None]:
    ref, sheet, ranking = intention.ref, state.sheet, state.ranking
    place = route = gates = ""
    total: float | None = None
    if intention.status == "active" and ref in sheet.refs:
        i = sheet.index(ref)
        place = ranking.places.shown(i) or "not ranked yet"
        if ranking.places.ranked[i]:
            total = float(one_decimal(ranking.totals.total[i]))
        waiting = [SHORT[gate.id] for gate in outstanding(sheet, i, kept.routes)]
        gates = ", ".join(waiting) or "none"
        value = investment(sheet, i)
        if value is not None and value > 0:
            route = route_for(kept.routes, value) or "thresholds not set"
    status = STATUS_WORDS[intention.status].capitalize()
    if intention.merged_into:
        status = f"Merged into {intention.merged_into}"
    return {
        "Ref": ref,
        "Intention": intention.title,
        "Status": status,
        "Place": place,
        "Total": total,
        "Last round": last_round(intention),
        "Gates open": gates,
        "Business case asks for": route,
        "Links": "; ".join(
            f"{LINK_WORDS[link.kind]} {link.other}"  # type: ignore[index]
            for link in kept.links
            if link.ref == ref
        ),
    }
