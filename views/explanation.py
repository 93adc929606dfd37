"""The answer to "why is it there?" for one intention, as every page shows it."""

from __future__ import annotations

import re

import streamlit as st

from scoring.explain import Explanation, explain
from scoring.framework import Framework
from scoring.rounding import one_decimal, two_decimals
from views.state import AppState
from views.take_away import take_table


def show_explanation(state: AppState, ref: str) -> None:
    """Place, total, points per criterion with their source cells, segment and its rule."""
    explanation = explain(state.ranking, ref)
    st.header(plain(f"{explanation.ref}: {explanation.title}"))
    st.markdown(f"**{plain(explanation.headline)}**")
    rows = [
        {
            "Criterion": line.name,
            "Score": "not scored" if line.score is None else f"{line.score:g}",
            "What that means": line.anchor,
            "Weight": f"{one_decimal(line.weight)}%",
            "Points": "" if line.points is None else two_decimals(line.points),
            "Read from": line.cell,
        }
        for line in explanation.lines
    ]
    right = st.column_config.Column(alignment="right")
    numbers = {"Score": right, "Weight": right, "Points": right}
    st.dataframe(
        rows, hide_index=True, width="stretch", alt=f"Points of {ref}", column_config=numbers
    )
    take_table(rows, f"Points of {ref}")
    for sentence in segment_sentences(state.framework, explanation):
        st.markdown(f"- {plain(sentence)}")
    if explanation.source:
        st.caption(plain(f"Read from {explanation.source}"))


def segment_sentences(framework: Framework, explanation: Explanation) -> list[str]:
    """The segment of an intention, the rule that gave it, and what is still open."""
    assignment = explanation.segment
    segment = framework.segment(assignment.segment)
    asks = {question.id: question.asks for question in framework.questions}
    if segment is None:
        sentences = ["Segment: not assigned yet."]
    else:
        inside = explanation.segment_place_shown
        place = f" Place inside the segment: {inside}." if inside else ""
        sentences = [f"{segment.name}. Goes to: {segment.route}.{place}"]
    if assignment.rule:
        sentences.append(f"Rule {assignment.rule}: {assignment.wording}.")
    if assignment.override:
        o = assignment.override
        sentences.append(f"Changed by {o.by} on {o.on:%d %B %Y}: {o.reason}")
    if assignment.ask:
        sentences.extend(f"Still to answer: {asks[question]}" for question in assignment.ask)
    elif assignment.open:
        sentences.extend(
            f"Provisional. Not answered: {asks[question]}" for question in assignment.open
        )
    if assignment.flag:
        sentences.append(f"Check: {assignment.flag}.")
    return sentences


def plain(text: str) -> str:
    """Text for a place that reads Markdown: shown as it is, never obeyed.

    Only what would mean something is escaped, because a widget's name is read out with its escapes.
    """
    line = " ".join(text.split("\n"))
    return _STARTS.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", line))


def as_problem(problem: object) -> str:
    """A problem as a message on screen, escaped: its first word begins a sentence."""
    text = _OWN_WORD.sub(lambda first: first[0].capitalize(), str(problem))
    return plain(f"There is a problem. {text}")


# Emphasis, code, links, HTML, formulas, entities; directives and emoji such as :red[ and :smile:;
# addresses that would become links.
_MARKS = re.compile(r"[\\`*_\[\]<>$~&|@]|:(?=[\w+-]*[:\[]|material|//)|\.(?<=www\.)")
# What would begin a heading, a list, a quotation or a rule.
_STARTS = re.compile(r"^(\s*\d*)([#+\-=.)](?=\s|$|[#\-=]))")
# A word of ours at the start, such as "reason: found nothing"; refs and file names are left alone.
_OWN_WORD = re.compile(r"^[a-z]+(?=[ :,])")
