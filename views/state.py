"""The state of one session: what a person chose. Results are recomputed from it.

This is the only module that touches `st.session_state`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import streamlit as st

from scoring.framework import Framework, Weights, load_framework
from scoring.framework.weights import Number
from scoring.intake import FileRead, read_intentions
from scoring.intake.result import Correction, Intake, Source
from scoring.problem import Unusable
from scoring.ranking import Ranking, prioritise
from scoring.score import Missing
from scoring.segment import Override, Segments, assign_segments
from scoring.sheet import FieldValue, ScoreSheet
from views.live_ranking import Setting

SAMPLE = Path(__file__).parents[1] / "data" / "sample-round.xlsx"
SAMPLE_FRAMEWORK = "lsc-2025-26"
DEFAULT_LINE = 30
_KEY = "app_state"
_KEPT_RESULTS = 24
T = TypeVar("T")


@dataclass
class Draft:
    """Files that are being read and mended but are not accepted yet."""

    sources: tuple[Source, ...] = ()
    corrections: dict[tuple[str, str], Correction] = field(default_factory=dict)
    framework: Framework | None = None
    framework_file: str = ""
    framework_errors: tuple[str, ...] = ()
    version: int = 0
    uploader: int = 0
    reads: dict[Hashable, FileRead | Unusable] = field(default_factory=dict, repr=False)

    def keep(self, sources: Sequence[Source]) -> None:
        """Take these files; corrections of files that are gone are dropped."""
        self.sources = tuple(sources)
        names = {source.name for source in sources}
        self.corrections = {k: c for k, c in self.corrections.items() if k[0] in names}

    def corrections_of(self, name: str) -> tuple[Correction, ...]:
        """What a person decided about the sheets of one file."""
        return tuple(c for (file, _), c in self.corrections.items() if file == name)

    def correct(
        self,
        file: str,
        sheet: str,
        header_row: int | None = None,
        columns: Mapping[int, str] | None = None,
        leave_out: bool | None = None,
    ) -> None:
        """Add a decision about one sheet. A new header row forgets the columns chosen before."""
        old = self.corrections.get((file, sheet), Correction(file, sheet))
        kept = {} if header_row is not None else dict(old.columns)
        self.corrections[file, sheet] = Correction(
            file,
            sheet,
            old.header_row if header_row is None else header_row,
            {**kept, **(columns or {})},
            old.leave_out if leave_out is None else leave_out,
        )
        self.version += 1

    def weights_found(self, intake: Intake) -> dict[str, Decimal]:
        """The weights that the files state, where they state any."""
        found: dict[str, Decimal] = {}
        for table in intake.tables:
            found.update(table.weights_found)
        return found


@dataclass
class AppState:
    """What one session chose. `weights` are today's; the baseline is the published weights."""

    intake: Intake
    weights: Weights
    is_sample: bool
    missing: Missing = "unranked"
    line: int = DEFAULT_LINE
    must_dos_counted: bool = True
    following: str = "rescale"
    locked: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    explained: str | None = None
    round_name: str = "Sample round 2026-27"
    made_by: str = ""
    answers: dict[str, dict[str, FieldValue]] = field(default_factory=dict)
    overrides: dict[str, Override] = field(default_factory=dict)
    draft: Draft = field(default_factory=Draft)
    pages: dict[str, Any] = field(default_factory=dict, repr=False)
    pushes: int = 0
    _results: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def framework(self) -> Framework:
        """The framework in use: its weights are the published ones."""
        return self.intake.sheet.framework

    @property
    def sheet(self) -> ScoreSheet:
        """The accepted sheet, with the segment answers given on the page."""
        frozen = repr(sorted((q, sorted(by.items())) for q, by in self.answers.items()))
        return self.once(("sheet", frozen), lambda: self.intake.sheet.with_fields(self.answers))

    @property
    def segments(self) -> Segments:
        """Segments by the rules, the answers and the overrides. They do not follow the weights."""
        sheet = self.sheet
        key = ("segments", id(sheet), tuple(self.overrides.values()))
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
        key = ("ranking", id(sheet), id(segments), weights, self.missing)
        return self.once(key, lambda: prioritise(sheet, weights, self.missing, segments=segments))

    def accept(self, intake: Intake) -> None:
        """Take a newly read round; answers and overrides of refs that are gone are dropped."""
        same = intake.sheet.framework.id == self.framework.id
        refs = set(intake.sheet.refs)
        self.weights = self.weights if same else intake.sheet.framework.weights
        self.intake = intake
        self.is_sample = False
        self.round_name = "Round"
        questions = {question.id for question in self.framework.questions}
        self.answers = {
            q: {ref: value for ref, value in by.items() if ref in refs}
            for q, by in self.answers.items()
            if q in questions
        }
        self.overrides = {r: o for r, o in self.overrides.items() if r in refs and same}
        self._results.clear()
        self.pushes += 1

    def answer(self, question: str, ref: str, value: FieldValue) -> None:
        """Keep a person's answer to a segment question; None takes an answer back."""
        self.answers.setdefault(question, {})[ref] = value

    def set_weights(self, changes: Mapping[str, Number]) -> None:
        """Replace some of today's weights. Raises `Unusable` and changes nothing when refused."""
        self.weights = Weights.of({**self.weights, **changes})

    def new_draft(self) -> None:
        """Forget the files that are being read."""
        self.draft = Draft(uploader=self.draft.uploader + 1)

    def publish_weights(self) -> None:
        """Back to the published weights."""
        self.weights = self.framework.weights
        self.pushes += 1

    @property
    def setting(self) -> Setting:
        """What the live ranking shows."""
        return Setting(
            self.weights,
            self.line,
            self.must_dos_counted,
            self.following,
            self.locked,
            self.pinned,
        )

    def take(self, setting: Setting) -> None:
        """Take what a person set in the live ranking; the browser shows it already."""
        self.weights, self.line = setting.weights, setting.line
        self.must_dos_counted, self.following = setting.counted, setting.mode
        self.locked, self.pinned = setting.locked, setting.pinned

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """A result made once a key; the oldest are forgotten."""
        if key not in self._results:
            while len(self._results) >= _KEPT_RESULTS:
                self._results.pop(next(iter(self._results)))
            self._results[key] = make()
        result: T = self._results[key]
        return result


def sample_state() -> AppState:
    """A fresh session on the sample round."""
    framework = load_framework(SAMPLE_FRAMEWORK)
    source = Source(SAMPLE.name, SAMPLE.read_bytes())
    return AppState(read_intentions([source], framework), framework.weights, is_sample=True)


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
