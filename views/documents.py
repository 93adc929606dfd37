"""What a person chooses about the board paper and the decision pack before they are built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from scoring.analysis.progress import Progress
from scoring.export.about import About
from scoring.export.pack import Analyses, analyse, pseudonyms_for, write_pack
from scoring.export.paper import SECTIONS, Choices, write_charts, write_paper
from scoring.export.paper.choices import Matter
from scoring.export.scenarios import side_by_side
from scoring.problem import Unusable
from scoring.ranking import Ranking
from scoring.scenario import Scenario
from store.faults import Unavailable
from views import export_preview as preview
from views.earlier_rounds import earlier_rounds, is_predecessor, ranking_of_round
from views.explanation import plain
from views.export_card import Job, Output, about_now
from views.firm_settings import assumptions_or_usual
from views.in_the_running import must_dos
from views.pack_record import record_of
from views.scenarios import all_scenarios
from views.state import AppState

Offer = Callable[[AppState, Output], None]
MOST_LISTED = 200


@dataclass(frozen=True)
class Chosen:
    """What a paper is about: a ranking, what its weights are called, and what it is set against."""

    ranking: Ranking
    scenario: str
    baseline: Ranking
    choices: Choices
    at: datetime


def offer_documents(state: AppState, offer: Offer) -> None:
    """The board paper, its charts and the decision pack, with their choices."""
    st.header("For the board and for the record")
    chosen = _choose(state)
    if chosen is None:
        return
    ranking, choices, baseline = chosen.ranking, chosen.choices, chosen.baseline
    matter = Matter(ranking, about_now(state, chosen.at, chosen.scenario), choices, baseline)

    def paper(about: About) -> Job:
        return lambda progress: write_paper(ranking, about, choices, baseline, progress)

    def charts(about: About) -> Job:
        return lambda progress: write_charts(ranking, about, choices, baseline, progress)

    rests_on = (ranking, choices, baseline)
    offer(
        state,
        Output(
            "Board paper for Word",
            "In a committee's order, written from the figures, with spaces for what only you can "
            "write. A section with nothing to say is left out.",
            "docx",
            paper,
            "board paper",
            chosen.scenario,
            rests_on,
            lambda: preview.paper(state, matter),
        ),
    )
    offer(
        state,
        Output(
            "Charts of the paper",
            "Each as .png and .svg, with what it shows in words.",
            "zip",
            charts,
            "charts",
            chosen.scenario,
            rests_on,
            lambda: preview.charts(state, matter),
        ),
    )
    _offer_pack(state, offer, chosen)


def _choose(state: AppState) -> Chosen | None:
    scenarios = all_scenarios(state)
    with st.expander("Choose what the paper and the pack are about"):
        left, right = st.columns(2)
        which = left.selectbox(
            "Scenario",
            range(-1, len(scenarios)),
            format_func=lambda k: "Today's weights" if k < 0 else scenarios[k].name,
            key="paper_scenario",
        )
        before = _before(state, scenarios, right)
        sections = st.multiselect(
            "Sections",
            list(SECTIONS),
            default=list(SECTIONS),
            format_func=lambda id: SECTIONS[id],
            key="paper_sections",
        )
        left, right = st.columns(2)
        top = left.number_input(
            "Places listed of each segment", 1, MOST_LISTED, Choices.top, key="paper_top"
        )
        most = max(1, len(state.sheet))
        line = right.number_input(
            "The line: how many are above it",
            1,
            most,
            min(max(1, state.line), most),
            help="As on the Rank page. Who is above it, what changed there and how firm that is "
            "are said of this line.",
            key="paper_line",
        )
        if any(must_dos(state)[0]):
            counts = "take a place each" if state.must_dos_counted else "take no place"
            st.caption(f"Must-dos stand apart and {counts} above the line, as on the Rank page.")
    if not sections:
        st.error("Choose at least one section for the board paper.")
        return None
    ordered = tuple(id for id in SECTIONS if id in sections)
    counted = "counted" if state.must_dos_counted else "extra"
    baseline, named = before
    asked = assumptions_or_usual(state)
    choices = Choices(ordered, int(top), int(line), named, counted, asked)
    ranking = state.ranking if which < 0 else state.ranking_for(scenarios[which].weights)
    called = "" if which < 0 else scenarios[which].name
    return Chosen(ranking, called, baseline, choices, datetime.now().astimezone())


def _before(state: AppState, scenarios: list[Scenario], box: DeltaGenerator) -> tuple[Ranking, str]:
    """What the section on what changed is set against, and what the paper calls it."""
    try:
        others = earlier_rounds(state)
    except Unavailable:
        others = ()  # said on every page
    rounds = {f"round {r.id}": r for r in others}
    named = {f"scenario {k}": scenario for k, scenario in enumerate(scenarios)}
    words = {id: scenario.name for id, scenario in named.items()}
    for id, r in rounds.items():
        made_from = ", which this one was made from" if is_predecessor(state, r) else ""
        words[id] = f"The round {r.name}{made_from}"
    first = next((id for id, r in rounds.items() if is_predecessor(state, r)), None)
    options = list(words)
    kept = state.kept.round if state.kept else None
    chosen = box.selectbox(
        "Say what changed since",
        options,
        options.index(first) if first else 0,
        format_func=words.__getitem__,
        key=f"paper_baseline_{kept.id if kept else ''}",
    )
    if chosen in rounds:
        try:
            other = rounds[chosen]
            return ranking_of_round(state, other), f'the round "{other.name}"'
        except (Unusable, Unavailable) as refused:
            box.error(plain(f"There is a problem. {refused}"))
            chosen = options[0]
    scenario = named[chosen]
    return state.ranking_for(scenario.weights), _called(scenario)


def _called(scenario: Scenario) -> str:
    if scenario.built_in and scenario.name == "Published weights":
        return Choices.baseline
    return f'the scenario "{scenario.name}"'


def _offer_pack(state: AppState, offer: Offer, chosen: Chosen) -> None:
    with st.expander("Choose what the decision pack says"):
        left, right = st.columns(2)
        by = left.text_input("Who set these weights", max_chars=80, key="pack_by").strip()
        why = right.text_input("Why they were set so", max_chars=300, key="pack_why").strip()
        hidden = st.checkbox(
            "Replace people's names by Person 1, Person 2, ...",
            help="Source files are then left out, since they may hold names.",
            key="pack_hidden",
        )
        if hidden:
            about = About(state.round_name, state.made_by, chosen.at)
            record = record_of(state, chosen.ranking, about, by, why)
            beside = Analyses(side_by_side(chosen.ranking, chosen.choices.line, state.scenarios))
            people = pseudonyms_for(chosen.ranking, about, record, beside)
            st.markdown(plain("Who is who, to note and keep apart: " + _key(people)))

    scenarios, links = tuple(state.scenarios), state.kept.links if state.kept else ()
    must_do, counted = must_dos(state)
    ranking, choices = chosen.ranking, chosen.choices

    def make(about: About) -> Job:
        record = record_of(state, ranking, about, by, why)

        def job(progress: Progress) -> bytes:
            found = analyse(
                ranking, choices.line, scenarios, must_do, counted, links,
                lambda share: progress(0.4 * share), choices.assumptions,
            )  # fmt: skip
            people = pseudonyms_for(ranking, about, record, found) if hidden else None
            return write_pack(
                ranking, about, record, chosen.baseline, choices, people, found,
                lambda share: progress(0.4 + 0.6 * share),
            )  # fmt: skip

        return job

    offer(
        state,
        Output(
            "Decision pack",
            "One .zip that answers a question asked years later: framework, weights and who set "
            "them, every score with its source, overrides, method, source files, scenarios, how firm "
            "it is, workbook and paper, each with its SHA-256. Check it with `python -m scoring verify`.",
            "zip",
            make,
            "decision pack",
            chosen.scenario,
            (
                ranking,
                choices,
                chosen.baseline,
                by,
                why,
                hidden,
                scenarios,
                len(state.ledger),
                links,
            ),
            preview.files_of_the_pack,
        ),
    )


def _key(people: dict[str, str]) -> str:
    return "; ".join(f"{alias} is {name}" for name, alias in people.items()) or "nobody is named"
