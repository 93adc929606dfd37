"""The links of one intention: said from its own side, added and taken back with a reason."""

from __future__ import annotations

import streamlit as st

from scoring.analysis.links import WORDS, links_of
from store.intentions import add_link, remove_link
from store.records import LINK_KINDS, Intention, LinkKind
from views.bullets import bullets
from views.explanation import plain
from views.kept import Kept
from views.round_change import change_round
from views.state import AppState


def show_links(state: AppState, kept: Kept, intention: Intention, may: bool) -> None:
    """What it is linked to and, for who may change it, forms."""
    ref = intention.ref
    titles = {r: i.title for r, i in kept.standing.items()}
    said = links_of(ref, kept.links, titles)
    if said:
        bullets(said)
    else:
        st.markdown("It has no links.")
    if not may:
        return
    with st.form(f"link_{ref}_{kept.forms}"):
        left, right = st.columns([1, 2])
        kind: LinkKind = left.selectbox(
            plain(f"{ref} ..."), LINK_KINDS, format_func=lambda kind: WORDS[kind][0]
        )
        other = right.selectbox(
            "... this one",
            [r for r in titles if r != ref],
            index=None,
            format_func=lambda r: f"{r}  {titles[r]}",
            placeholder="Choose an intention",
        )
        why = st.text_input("Why? (shown with the link)", max_chars=500)
        if st.form_submit_button("Add link"):
            if other is None:
                st.error("There is a problem. Choose the other intention.")
            else:
                change_round(
                    state,
                    kept,
                    lambda change: add_link(change, ref, kind, str(other), why),
                    f"{ref} {WORDS[kind][0]} {other}",
                )
    mine = [link for link in kept.links if ref in (link.ref, link.other)]
    if not mine:
        return
    with st.form(f"unlink_{ref}_{kept.forms}"):
        gone = st.selectbox(
            "Link to take back",
            range(len(mine)),
            format_func=lambda n: f"{mine[n].ref} {WORDS[mine[n].kind][0]} {mine[n].other}",
        )
        why = st.text_input("Reason (kept on record)", max_chars=500)
        if st.form_submit_button("Take back"):
            link = mine[gone]
            change_round(
                state,
                kept,
                lambda change: remove_link(change, link.ref, link.kind, link.other, why),
                "Link taken back",
            )
