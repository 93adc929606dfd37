"""The state of one session: what a person chose. Results are recomputed from it.

This is the only module that touches `st.session_state`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from scoring.framework import Framework, Weights, load_framework
from scoring.intake import read_intentions
from scoring.intake.merge import merge
from scoring.intake.result import Intake, Source
from scoring.ranking import Ranking, prioritise
from scoring.score import Missing
from scoring.segment import Override, Segments, assign_segments
from scoring.sheet import FieldValue, ScoreSheet
from views.draft import Draft, PairMark
from views.firm_settings import FirmSettings
from views.kept import Kept
from views.settings import DEFAULT_LINE, Settings

SAMPLE = Path(__file__).parents[1] / "data" / "sample-round.xlsx"
SAMPLE_FRAMEWORK = "lsc-2025-26"
_KEY = "app_state"
_KEPT_RESULTS = 24
T = TypeVar("T")


@dataclass
class AppState(Settings):
    """What one session chose. `weights` are today's; the baseline is the published weights."""

    intake: Intake
    is_sample: bool
    sources: tuple[Source, ...] = field(default=(), repr=False)
    missing: Missing = "unranked"
    explained: str | None = None
    round_name: str = "Sample round 2026-27"
    answers: dict[str, dict[str, FieldValue]] = field(default_factory=dict)
    overrides: dict[str, Override] = field(default_factory=dict)
    pairs: dict[tuple[str, str], PairMark] = field(default_factory=dict)
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)
    draft: Draft = field(default_factory=Draft)
    pages: dict[str, Any] = field(default_factory=dict, repr=False)
    link: dict[str, str] | None = None  # the address that the session began with
    link_read: bool = False
    link_problem: str = ""
    kept: Kept | None = field(default=None, repr=False)
    on_change: Callable[[AppState], None] | None = field(default=None, repr=False)
    store_fault: str = ""
    firm: FirmSettings = field(default_factory=FirmSettings)
    work: dict[str, Any] = field(default_factory=dict, repr=False)  # worked out beside the page
    accepted: bool = False  # read and taken into use, not yet kept as a round
    _results: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def framework(self) -> Framework:
        """The framework in use: its weights are the published ones."""
        return self.intake.sheet.framework

    @property
    def sheet(self) -> ScoreSheet:
        """The accepted sheet, with the answers given on the page, without merged duplicates."""
        frozen = repr(sorted((q, sorted(by.items())) for q, by in self.answers.items()))
        accounted = self.accounted
        key = ("sheet", frozen, accounted)
        return self.once(key, lambda: accounted.sheet.with_fields(self.live_answers()))

    @property
    def accounted(self) -> Intake:
        """What was read, with merged duplicates taken out and said in the ledger."""
        # In a round of the store a merged intention is set aside there, and not in this sheet.
        here = set(self.intake.sheet.refs)
        same = [m for m in self.pairs.values() if m.merged and m.a in here and m.b in here]
        into = {mark.merged: mark.keep for mark in same}
        notes = {mark.merged: " ".join(filter(None, (mark.note, f"({mark.by})"))) for mark in same}
        return self.once(
            ("accounted", self.intake, tuple(same)), lambda: merge(self.intake, into, notes)
        )

    def live_answers(self) -> dict[str, dict[str, FieldValue]]:
        """The answers of intentions that were not merged into another."""
        live = set(self.accounted.sheet.refs)
        return {
            question: {ref: value for ref, value in by.items() if ref in live}
            for question, by in self.answers.items()
        }

    @property
    def segments(self) -> Segments:
        """Segments by the rules, the answers and the overrides. They do not follow the weights."""
        sheet = self.sheet
        key = ("segments", sheet, tuple(self.overrides.values()))
        return self.once(key, lambda: assign_segments(sheet, self.overrides))

    @property
    def ranking(self) -> Ranking:
        """The ranking under today's weights."""
        return self.ranking_for(self.weights)

    @property
    def baseline(self) -> Ranking:
        """The ranking under the published weights."""
        return self.ranking_for(self.framework.weights)

    @property
    def is_published(self) -> bool:
        """Whether today's weights are the published ones."""
        return self.weights.units == self.framework.weights.units

    def ranking_for(self, weights: Weights) -> Ranking:
        """The ranking under any weights."""
        sheet, segments = self.sheet, self.segments
        key = ("ranking", sheet, segments, weights, self.missing)
        return self.once(key, lambda: prioritise(sheet, weights, self.missing, segments=segments))

    def accept(self, intake: Intake, sources: tuple[Source, ...] = ()) -> None:
        """Take a newly read round; answers and overrides of refs that are gone are dropped.

        `sources` are its files as they came, for the decision pack.
        """
        same = intake.sheet.framework.id == self.framework.id
        refs = set(intake.sheet.refs)
        fits = tuple(self.framework.weights) == tuple(intake.sheet.framework.weights)
        self.weights = self.weights if same and fits else intake.sheet.framework.weights
        if not fits:
            # They name other criteria.
            self.forget_settings()
        self.intake, self.sources = intake, sources
        self.is_sample = False
        self.accepted = True
        self.round_name = "Round"
        questions = {question.id for question in self.framework.questions}
        self.answers = {
            q: {ref: value for ref, value in by.items() if ref in refs}
            for q, by in self.answers.items()
            if q in questions
        }
        self.overrides = {r: o for r, o in self.overrides.items() if r in refs and same}
        self.pairs = {key: mark for key, mark in self.pairs.items() if refs.issuperset(key)}
        self._results.clear()
        self.pushes += 1

    def use(self, intake: Intake, round_name: str, is_sample: bool = False) -> None:
        """Take a whole round in place of the one in use, with nothing chosen yet."""
        self.use_again(intake, round_name)
        self.is_sample = is_sample
        self.weights, self.line = intake.sheet.framework.weights, DEFAULT_LINE
        self.forget_settings()
        self.locked, self.pinned, self.explained = (), (), None
        self._results.clear()
        self.pushes += 1

    def use_again(self, intake: Intake, round_name: str) -> None:
        """Take the round in use as it is now; the setting that a person works with stays."""
        self.intake, self.round_name = intake, round_name
        self.answers, self.overrides, self.pairs = {}, {}, {}
        self.pinned = tuple(ref for ref in self.pinned if ref in intake.sheet.refs)
        self.accepted = False

    @property
    def called(self) -> str:
        """The name that was typed, or in a round the one that the person is signed in by."""
        in_round = self.kept is not None and self.kept.round is not None
        return self.made_by or (self.kept.actor.name if self.kept and in_round else "")

    @property
    def may_release(self) -> bool:
        """Whether this person's settings go to the ledger of the round that is open."""
        return self.kept is not None and self.kept.may("analyst")

    def changed(self) -> None:
        """Have what changed saved, where rounds are kept."""
        if self.on_change is not None:
            self.on_change(self)

    def answer(self, question: str, ref: str, value: FieldValue) -> None:
        """Keep a person's answer to a segment question; None takes an answer back."""
        self.answers.setdefault(question, {})[ref] = value

    def mark(self, mark: PairMark) -> None:
        """Keep what a person said of a pair."""
        self.pairs[mark.a, mark.b] = mark
        self.pushes += 1

    def unmark(self, mark: PairMark) -> None:
        """Take back what was said of a pair."""
        self.pairs.pop((mark.a, mark.b), None)
        self.pushes += 1

    def new_draft(self) -> None:
        """Forget the files that are being read."""
        self.draft = Draft(uploader=self.draft.uploader + 1)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """A result made once a key; what was not asked for the longest is forgotten.

        A key holds the sheet itself, never its id: an id can be given to another sheet later.
        """
        if key in self._results:
            result: T = self._results.pop(key)
        else:
            while len(self._results) >= _KEPT_RESULTS:
                self._results.pop(next(iter(self._results)))
            result = make()
        self._results[key] = result
        return result


def sample_state() -> AppState:
    """A fresh session on the sample round."""
    framework = load_framework(SAMPLE_FRAMEWORK)
    source = Source(SAMPLE.name, SAMPLE.read_bytes())
    intake = read_intentions([source], framework)
    return AppState(intake, weights=framework.weights, is_sample=True, sources=(source,))


def current() -> AppState:
    """The state of this session, made on its first run."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = sample_state()
    state: AppState = st.session_state[_KEY]
    return state


def forget(prefix: str) -> None:
    """Forget the widgets whose key begins so, so that they show what the state says."""
    for key in [k for k in st.session_state if isinstance(k, str) and k.startswith(prefix)]:
        del st.session_state[key]


def widget(key: str, default: Any = None) -> Any:
    """What a keyed widget holds."""
    return st.session_state.get(key, default)


def put(key: str, value: Any) -> None:
    """Set what a keyed widget holds, before it is drawn."""
    st.session_state[key] = value
