"""The grid of the Score page: type or paste scores; each is saved as it is entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from scoring.framework import Criterion
from scoring.problem import Problem, Unusable
from scoring.rounding import one_decimal
from scoring.sheet import FieldValue
from store.cell_checks import score_problems
from store.cells import save_scores
from store.faults import Unavailable
from store.records import Conflict, NewValue, Saved
from views.explanation import plain
from views.keeping import now
from views.opening import took
from views.state import AppState, widget
from views.take_away import take_table

NOT_SAVED = "\0"  # nothing that can be typed
BLANK = ("", "-", "–", "n/a", "not scored")


@dataclass
class Grid:
    """The grid as it was drawn. It stays as it is while a person types; only `sent` grows.

    What was typed and could not be saved is kept with the session, and stands in the next grid.

    `versions` are those of the cells that the person sees, so that somebody else's later change
    is told instead of written over. `wrong` holds what was refused, by cell.
    """

    number: int
    refs: tuple[str, ...]
    rows: list[dict[str, str]]
    versions: dict[tuple[str, str], int]
    last_round: bool = False  # whether the round before stands in it too, to be read only
    sent: dict[tuple[str, str], str] = field(default_factory=dict)
    wrong: dict[tuple[str, str], Problem] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its widget."""
        return f"score_grid_{self.number}"


def show_grid(state: AppState, refs: tuple[str, ...]) -> None:
    """The editable grid of these intentions."""
    kept = state.kept
    assert kept is not None
    grid: Grid | None = kept.grid
    before = _last_round_wanted(state, refs)
    if grid is None or (grid.refs, grid.last_round) != (refs, before) or kept.redraw:
        kept.drawn, kept.redraw = kept.drawn + 1, False
        grid = kept.grid = _drawn(state, refs, kept.drawn, before)
    _save_edits(state, grid)
    if grid.wrong:
        lines = "\n".join(f"- {plain(str(problem))}" for problem in grid.wrong.values())
        st.error(f"There is a problem. Not saved; please correct in the grid:\n\n{lines}")
    st.data_editor(
        grid.rows,
        hide_index=True,
        width="stretch",
        height=min(560, 36 * (len(refs) + 1) + 4),
        disabled=["Ref", "Intention", *_columns_before(state)],
        key=grid.key,
        column_config={
            "Ref": st.column_config.TextColumn(pinned=True, width="small"),
            "Intention": st.column_config.TextColumn(pinned=True, width=260),
            **{
                c.id: st.column_config.TextColumn(
                    c.name,
                    help=plain(f"{c.asks} {c.scale.direction_in_words}."),
                    width=48 + 8 * len(c.name),  # the whole name and the mark for "may be typed in"
                    max_chars=40,
                    alignment="right",
                )
                for c in state.framework.criteria
            },
            **{
                name: st.column_config.TextColumn(alignment="right")
                for name in _columns_before(state)
            },
        },
    )
    st.caption(
        "Type a score or paste a block from a spreadsheet. It is saved as you go. An empty cell "
        "means not scored, which is never a low score."
    )
    names = {c.id: c.name for c in state.framework.criteria}
    rows = _drawn(state, refs, grid.number, before).rows
    take_table([{names.get(k, k): v for k, v in row.items()} for row in rows], "Scores")


def read_score(ref: str, criterion: Criterion, typed: str) -> FieldValue:
    """The score that was typed: a number, a word of the framework, or None for not scored.

    Raises `Unusable` with what was found and what was expected.
    """
    text = typed.strip().casefold()
    if text in BLANK:
        return None
    if text in criterion.words:
        return float(criterion.words[text])
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if number == number:
        return number  # whether it is on the scale is the store's to say
    wanted = f"{criterion.scale.in_words}, or nothing for not scored"
    raise Unusable(Problem(f"{ref}, {criterion.name}", typed, wanted, kind="score"))


def _last_round_wanted(state: AppState, refs: tuple[str, ...]) -> bool:
    """Whether to show the round that this one was copied from; asked where there is one."""
    kept = state.kept
    assert kept is not None
    if not any(ref in kept.standing and kept.standing[ref].carried for ref in refs):
        return False
    return st.checkbox("Show last round's place and scores, to the right", key="score_last_round")


def _columns_before(state: AppState) -> dict[str, str]:
    """The columns of the round before, at the far right: a pasted block must not meet them."""
    scores = {f"{c.name}, last round": c.id for c in state.framework.criteria}
    return {"Place, last round": "place", "Total, last round": "total"} | scores


def _before(state: AppState, ref: str) -> dict[str, str]:
    """Where an intention stood in the round before, and its scores then."""
    kept = state.kept
    assert kept is not None
    carried = kept.standing[ref].carried if ref in kept.standing else {}
    scores = {id: f"{score:g}" for id, score in carried.get("scores", {}).items()}
    place = f"{carried['place']} of {carried['ranked']}" if "place" in carried else ""
    total = one_decimal(carried["total"]) if "place" in carried else ""
    held = {**scores, "place": place, "total": total}
    return {name: held.get(id, "") for name, id in _columns_before(state).items()}


def _drawn(state: AppState, refs: tuple[str, ...], number: int, last_round: bool) -> Grid:
    kept = state.kept
    assert kept is not None
    sheet = state.sheet
    rows = []
    for ref in refs:
        i = sheet.index(ref)
        scores = {
            c.id: f"{sheet.scores[i, j]:g}" if sheet.scored[i, j] else ""
            for j, c in enumerate(state.framework.criteria)
        }
        before = _before(state, ref) if last_round else {}
        rows.append({"Ref": ref, "Intention": sheet.titles[i], **scores, **before})
    grid = Grid(number, refs, rows, dict(kept.versions), last_round)
    by_ref = {row["Ref"]: row for row in rows}
    for (ref, id), (text, version) in kept.typed.items():
        if ref in by_ref:
            by_ref[ref][id], grid.versions[ref, id] = text, version
            grid.sent[ref, id] = NOT_SAVED
    return grid


def _save_edits(state: AppState, grid: Grid) -> None:
    """Save what was typed or pasted since the last run; keep what is wrong to be corrected."""
    edited: dict[Any, dict[str, Any]] = (widget(grid.key) or {}).get("edited_rows", {})
    # An edit that was undone is no longer among them: it is what was drawn again.
    drawn = {(row["Ref"], id): row[id] for row in grid.rows for id in state.framework.weights}
    typed = {key: drawn[key] for key in grid.sent}
    for row, entries in edited.items():
        typed |= {(grid.refs[int(row)], id): str(text or "") for id, text in entries.items()}
    values: list[NewValue] = []
    for key, text in typed.items():
        if grid.sent.get(key, drawn[key]) == text:
            continue
        grid.sent[key] = text
        grid.wrong.pop(key, None)
        try:
            score = read_score(key[0], state.framework.criterion(key[1]), text)
        except Unusable as refused:
            grid.wrong[key] = refused.problems[0]
            continue
        new = NewValue(*key, score, grid.versions.get(key, 0))
        problems = score_problems(state.framework, [new])
        if problems:
            grid.wrong[key] = problems[0]
        else:
            values.append(new)
    if values:
        _send(state, grid, values)
    _remember(state, grid, typed)


def _remember(state: AppState, grid: Grid, typed: dict[tuple[str, str], str]) -> None:
    """What is typed in the grid and not saved, with the version it was typed over."""
    kept = state.kept
    assert kept is not None
    for key, text in typed.items():
        kept.typed.pop(key, None)
        if key in grid.wrong or grid.sent.get(key) == NOT_SAVED:
            kept.typed[key] = text, grid.versions.get(key, 0)


def _send(state: AppState, grid: Grid, values: list[NewValue]) -> None:
    kept = state.kept
    assert kept is not None
    assert kept.round is not None
    try:
        with kept.store.change(kept.round.id, kept.actor, now()) as change:
            outcomes = save_scores(change, values)
    except (Unavailable, Unusable) as fault:
        for new in values:  # typed and still in the grid: tried again on the next run
            grid.sent[new.ref, new.field] = NOT_SAVED
        st.error(plain(f"There is a problem. Not saved yet: {fault} ") + "It stays in the grid.")
        return
    kept.have_chosen(o for o in outcomes if isinstance(o, Conflict))
    saved = [o.cell for o in outcomes if isinstance(o, Saved)]
    grid.versions.update({(cell.ref, cell.field): cell.version for cell in saved})
    took(state, saved)
    if kept.conflicts:
        st.rerun()
