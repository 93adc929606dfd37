"""What will be in a file, shown before it is built."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from scoring.analysis.progress import Progress
from scoring.export.pack.write import WHAT
from scoring.export.paper.blocks import Bullets, Grid, Heading, Paragraph, Picture
from scoring.export.paper.choices import Matter
from scoring.export.paper.pictures import png
from scoring.export.paper.write import paper_blocks
from scoring.rounding import one_decimal
from views.background import beside
from views.explanation import plain
from views.state import AppState
from views.tables import show_table

_FIRST = 10
_LINES, _WIDE = 6, 300  # lines of a text file that are shown, and letters of each
SHEETS = (
    ("Ranked list", "Every intention with rank, segment, total, scores, points, gates, money and source"),
    ("Live order", "The list in the order of the weights as they are in the workbook"),
    ("Weights", "Change a weight here; the published ones stand beside"),
    ("Segments", "Counts and routes, with a link to the list of each segment"),
    ("Segment 0, ...", "One sheet a segment: its intentions in the order of the weights now"),
    ("Criteria and anchors", "What each score means and which end is better"),
    ("Incomplete", "Intentions with a score missing, and what they could come to"),
    ("Accounted for", "Every row that was read; refused and merged rows with the reason"),
    ("Scenarios", "The weights and the line of each scenario, who moves and who crosses"),
    ("Scenarios compared", "Places side by side, moves, in or out, totals"),
    ("How firm", "The chance of each intention to be above the line (where a line is drawn)"),
    ("Weight limits", "How far each weight may go before somebody crosses the line"),
    ("Charts", "Points of the top of the list, and intentions by segment"),
    ("About", "Round, who made it and when, source files with SHA-256, how to read it"),
)  # fmt: skip


def sheets(state: AppState, left_out: Sequence[str] = ()) -> None:
    """The sheets of a workbook, and the first ten rows of its list."""
    rows = [{"Sheet": name, "What it holds": says} for name, says in SHEETS if name not in left_out]
    show_table(rows, "Sheets of the workbook")
    first_ten(state)


def first_ten(state: AppState) -> None:
    """The first places as every output lists them."""
    ranking, sheet = state.ranking, state.sheet
    rows = [
        {
            "Place": ranking.places.shown(i),
            "Ref": sheet.refs[i],
            "Intention": sheet.titles[i],
            "Segment": ranking.segments[i].segment,
            "Total": one_decimal(ranking.totals.total[i]),
        }
        for i in map(int, ranking.places.order[:_FIRST])
    ]
    if rows:
        show_table(rows, "The first ten", right=("Place", "Total"))
    else:
        st.info("No intention is ranked yet: each lacks a score.")


def beginning(data: bytes) -> None:
    """The first lines of a text file, as they are."""
    lines = data.decode("utf-8-sig").splitlines()
    cut = (line[:_WIDE] + ("…" if len(line) > _WIDE else "") for line in lines[:_LINES])
    st.code("\n".join(cut), language=None, wrap_lines=True)
    st.caption(f"The first {min(_LINES, len(lines))} of {len(lines):,} lines.")


def paper(state: AppState, matter: Matter) -> None:
    """The paper's headings, sentences and captions, in order; its tables are named only."""
    key = (matter.ranking, matter.baseline, matter.choices, matter.about.round_name)
    said = beside(state, "preview of the paper", key, lambda progress: _outline(matter, progress),
                  "Writing what the paper says:")  # fmt: skip
    if said is not None:
        with st.container(border=True):
            st.markdown(said)


def _outline(matter: Matter, progress: Progress) -> str:
    return "\n\n".join(_lines(matter, progress))


def _lines(matter: Matter, progress: Progress) -> Iterable[str]:
    for block in paper_blocks(matter, progress):
        if isinstance(block, Heading):
            yield f"**{plain(block.text)}**"
        elif isinstance(block, Paragraph):
            yield plain(block.text)
        elif isinstance(block, Bullets):
            yield "\n".join(f"- {plain(item)}" for item in block.items)
        elif isinstance(block, Grid):
            yield f"*Table: {plain(block.caption)} ({len(block.table.rows)} rows)*"
        elif isinstance(block, Picture):
            yield f"*Chart: {plain(block.caption)}*"


def charts(state: AppState, matter: Matter) -> None:
    """The charts of the paper as they will be drawn."""

    def drawn(progress: Progress) -> list[tuple[bytes, str]]:
        pictures = [block for block in paper_blocks(matter) if isinstance(block, Picture)]
        made = []
        for k, picture in enumerate(pictures, 1):
            made.append((png(picture.spec), f"{picture.caption}. {picture.alternative}"))
            progress(k / len(pictures))
        return made

    key = (matter.ranking, matter.baseline, matter.choices)
    pictures = beside(state, "preview of the charts", key, drawn, "Drawing the charts:")
    for picture, says in pictures or ():
        st.image(picture, plain(says), width="stretch", alt=says)
    if pictures is not None and not pictures:
        st.caption("The sections that were chosen have no charts.")


def files_of_the_pack() -> None:
    """The files of a decision pack; those with nothing to say are left out of it."""
    rows = [
        {"File": name, "What it is": f"{says[0].upper()}{says[1:]}"} for name, says in WHAT.items()
    ]
    rows.append({"File": "inputs/sources/", "What it is": "The source files, as they were read"})
    show_table(rows, "Files of the decision pack")
