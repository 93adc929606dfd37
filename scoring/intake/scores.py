"""A cell becomes a score, by the criterion's own scale, words and anchors; or it does not."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import numpy as np

from scoring.framework import Criterion
from scoring.intake.cells import Cell
from scoring.intake.wording import plain
from scoring.sheet import Floats

# What people type for "no score yet"; anything else that is not a score is a problem.
BLANK = frozenset({"", "-", "--", "–", "—", "not scored", "not yet scored", "unscored", "blank"})
_SHORT = {
    "h": "high", "m": "medium", "l": "low", "vh": "very high", "vl": "very low", "hi": "high",
    "lo": "low", "med": "medium", "moderate": "medium", "mod": "medium", "s": "short",
    "v high": "very high", "v low": "very low", "n": "none",
}  # fmt: skip
_NUMBER_FIRST = re.compile(
    r"(?:(?:score|level|rating)\s*[:=]?\s*)?([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(.*)", re.DOTALL
)
_NUMBER_LAST = re.compile(r"(.*?\D)[\s:=(–—-]+(\d+(?:\.\d+)?)\s*\)?", re.DOTALL)
_LONG = 200  # a cell longer than this does not end in its score
_OUT_OF = re.compile(r"\s*(?:/|out of)\s*(\d+(?:\.\d+)?)\s*", re.DOTALL)
_THEN_TEXT = re.compile(
    r"\s*[-–—:=|.,;]\s*(?=[^\d\s])(.*)|\s*\((.*)\)\s*|\s+(?=[^\W\d])(.*)", re.DOTALL
)
_ANOTHER_NUMBER = re.compile(
    r"^(?:or|to|and|through|maybe|perhaps)\b.*\d|\b\d+(?:\.\d+)?\s*[=:]", re.DOTALL
)


@dataclass(frozen=True)
class ColumnOfScores:
    """A column read: NaN where there is no score; `bad` has each distinct cell that is not one,
    with what was expected; `off_scale` those of them that are numbers."""

    scores: Floats
    bad: Mapping[Cell, str]
    off_scale: frozenset[Cell]


def read_scores(cells: Sequence[Cell], criterion: Criterion) -> ColumnOfScores:
    """Read a column. Each distinct cell is read once, so that length costs little."""
    reader = ScoreReader(criterion)
    distinct: dict[Cell, float] = {}
    bad: dict[Cell, str] = {}
    off_scale: set[Cell] = set()
    for cell in set(cells):
        outcome = reader.read(cell)
        distinct[cell] = outcome if isinstance(outcome, float) else math.nan
        if isinstance(outcome, str):
            bad[cell] = outcome
            if reader.is_number(cell):
                off_scale.add(cell)
    scores = np.fromiter(map(distinct.__getitem__, cells), np.float64, len(cells))
    return ColumnOfScores(scores, bad, frozenset(off_scale))


class ScoreReader:
    """Reads the cells of one criterion."""

    def __init__(self, criterion: Criterion) -> None:
        self._criterion = criterion
        self._scale = criterion.scale
        self._words = {plain(word): level for word, level in criterion.words.items()}
        self._anchors = {plain(text): Decimal(level) for level, text in criterion.anchors.items()}
        self._levels = {**self._anchors, **self._words}

    def read(self, cell: Cell) -> float | str | None:
        """The score; None for a blank; or, when it is no score, what was expected instead."""
        if not isinstance(cell, str):
            return self._on_scale(_decimal(repr(round(float(cell), 9))))
        text = unicodedata.normalize("NFKC", cell).strip().casefold()
        if " ".join(text.split()) in BLANK:
            return None
        number = _decimal(text)
        if number is not None:
            return self._on_scale(number)
        level = self._level(plain(text))
        return float(level) if level is not None else self._mixed(text)

    def is_number(self, cell: Cell) -> bool:
        """Whether a cell is a number at all, on the scale or off it."""
        if not isinstance(cell, str):
            return True
        text = unicodedata.normalize("NFKC", cell).strip().removesuffix("%")
        return _decimal(text) is not None

    def _on_scale(self, number: Decimal | None) -> float | str:
        if number is None or not self._scale.allows(number):
            return self._scale.in_words
        return float(number)

    def _level(self, text: str) -> Decimal | None:
        """The level that a word or an anchor stands for; None too where a letter is ambiguous."""
        if text in self._levels:
            return self._levels[text]
        long = _SHORT.get(text)
        if long is None or long not in self._words:
            return None
        initial = len(text) == 1
        meant = {
            level
            for word, level in self._words.items()
            if word == long or (initial and " " not in word and word.startswith(text))
        }
        return meant.pop() if len(meant) == 1 else None

    def _mixed(self, text: str) -> float | str:
        """A number and words in one cell: "4 - minor gaps", "4/5", "High (5)"."""
        expected = self._scale.in_words
        if found := _NUMBER_FIRST.fullmatch(text):
            number, rest = _decimal(found[1]), found[2]
        elif len(text) <= _LONG and (found := _NUMBER_LAST.fullmatch(text)):
            # The words come first, so they must say the same as the number.
            level, number = self._level(plain(found[1])), _decimal(found[2])
            return float(level) if level is not None and level == number else expected
        else:
            return expected
        if number is None or not self._scale.allows(number):
            return expected
        if not rest.strip():
            return float(number)
        if out_of := _OUT_OF.fullmatch(rest):
            return float(number) if _decimal(out_of[1]) == self._scale.high else expected
        if rest.strip() == "%":
            return float(number) if self._scale.high == 100 else expected
        if self._anchors.get(plain(rest)) == number:
            return float(number)
        words = _THEN_TEXT.fullmatch(rest)
        if words is None:
            return expected
        said = next(group for group in words.groups() if group is not None)
        if _ANOTHER_NUMBER.search(said) or "?" in said:
            return expected
        level = self._level(plain(said))
        if level is not None and self._opposed(level, number, plain(said) in self._anchors):
            return f"{expected}; the number and the words here say different things"
        return float(number)

    def _opposed(self, level: Decimal, number: Decimal, is_anchor: bool) -> bool:
        """Whether words contradict their number: an anchor by any step, a word by side."""
        if is_anchor:
            return level != number
        middle = (self._scale.low + self._scale.high) / 2
        return (level - middle) * (number - middle) < 0


def share_readable(cells: Iterable[Cell], criterion: Criterion) -> tuple[float, int]:
    """The share of non-blank cells that are scores, and how many are not blank."""
    reader = ScoreReader(criterion)
    read = {cell: reader.read(cell) for cell in set(cells)}
    outcomes = [read[cell] for cell in cells if read[cell] is not None]
    good = sum(1 for outcome in outcomes if isinstance(outcome, float))
    return (good / len(outcomes) if outcomes else 0.0), len(outcomes)


def _decimal(text: str) -> Decimal | None:
    if not re.fullmatch(
        r"[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})(?:e[+-]?\d{1,2})?|\d+,0+", text
    ):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
