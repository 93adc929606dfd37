"""A cell becomes a score, by the criterion's own scale, words and anchors; or it does not."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from scoring.framework import Criterion
from scoring.intake.cells import Cell, is_invisible
from scoring.intake.values import is_unknown
from scoring.intake.wording import plain
from scoring.sheet import Floats

# What people type for "no score yet"; anything else that is not a score is a problem.
BLANK = frozenset({"", "-", "--", "–", "—", "not scored", "not yet scored", "unscored", "blank"})
_SHORT = {
    "h": "high", "m": "medium", "l": "low", "vh": "very high", "vl": "very low", "hi": "high",
    "lo": "low", "med": "medium", "moderate": "medium", "mod": "medium", "s": "short",
    "v high": "very high", "v low": "very low",
}  # fmt: skip
_NUMBER_FIRST = re.compile(
    r"(?:(?:score|level|rating)\s*[:=]?\s*)?([+-]?\d+(?:\.\d+)?|[+-]?\.\d+)(.*)", re.DOTALL
)
_NUMBER_LAST = re.compile(r"(.*?\D)[\s:=(–—-]+(\d+(?:\.\d+)?)\s*\)?", re.DOTALL)
_MARKED_AS_TEXT = re.compile(r"'\d+")  # Excel's mark of text, which other programs show
_LONG = 200  # a cell longer than this does not end in its score
_OUT_OF = re.compile(r"\s*(?:/|out of)\s*(\d+(?:\.\d+)?)(?![\d.])\s*")
# A mark that parts the score from a note. A hyphen between a number and a word does not: "5-year".
_THEN_NOTE = re.compile(
    r"(?:\s*[–—−:=|,;./]|\s+[-‐]|[-‐](?=\s)|[^\S\n]*\n)\s*(?=[^\d\s])(.*)|\s*[(\[](.*)[)\]]\s*",
    re.DOTALL,
)
_THEN_WORDS = re.compile(r"(?:\s+|[-‐])(?=[^\W\d])(.*)", re.DOTALL)
_ANOTHER_NUMBER = re.compile(
    r"^(?:or|to|and|through|maybe|perhaps)\b.*\d|\b\d+(?:\.\d+)?\s*[=:]|^[\s/]*\d[\d.,%\s]*$|"
    r"^\s*(?:out of|of|/)\s*\d",
    re.DOTALL,
)
# What makes a number an amount or a count: "3 months", "2 (years)", "5 trusts".
_UNIT = (
    r"(?:days?|weeks?|wks?|months?|mths?|years?|yrs?|hours?|hrs?|wte|fte|k|m|mn|bn|thousand|million|"
    r"billion|pounds|%|per ?cent|pa|per (?:day|week|month|year|annum))"
)
_COUNTED = (
    r"(?:people|staff|patients|trusts?|providers?|icbs?|organisations?|orgs?|sites?|wards?|beds?|"
    r"practices|pcns?|places|teams?|partners|schemes?|projects?|times)"
)
_AMOUNT = re.compile(rf"{_UNIT}(?!\w)|{_COUNTED}\W*$")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?e[+-]?\d{1,2}")


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
            if is_number(cell):
                off_scale.add(cell)
    scores = np.fromiter(map(distinct.__getitem__, cells), np.float64, len(cells))
    return ColumnOfScores(scores, bad, frozenset(off_scale))


class ScoreReader:
    """Reads the cells of one criterion."""

    def __init__(self, criterion: Criterion) -> None:
        self._scale = criterion.scale
        self._words = {plain(word): level for word, level in criterion.words.items()}
        self._anchors = {plain(text): Decimal(level) for level, text in criterion.anchors.items()}
        self._levels = {**self._anchors, **self._words}

    def read(self, cell: Cell) -> float | str | None:
        """The score; None for a blank; or, when it is no score, what was expected instead."""
        if not isinstance(cell, str):
            exact = Decimal(repr(round(float(cell), 9)))
            return self._on_scale(exact if exact.is_finite() else None)
        text = _readable(cell)
        if " ".join(text.split()) in BLANK:
            return None
        number = _decimal(text)
        if number is not None:
            return self._on_scale(number)
        words = plain(text)
        level = self._level(words)
        if level is not None:
            return float(level)
        meanings = self._meanings(words)
        if len(meanings) > 1:
            either = " or ".join(f"{word} ({level:f})" for word, level in meanings.items())
            return f'{self._scale.in_words}; "{words.upper()}" could be {either}: write the number'
        return self._mixed(text)

    def _on_scale(self, number: Decimal | None) -> float | str:
        if number is None or not self._scale.allows(number):
            return self._scale.in_words
        return float(number)

    def _level(self, text: str) -> Decimal | None:
        """The level that a word or an anchor stands for; None too where a letter is ambiguous."""
        if text in self._levels:
            return self._levels[text]
        meant = set(self._meanings(text).values())
        return meant.pop() if len(meant) == 1 else None

    def _meanings(self, text: str) -> dict[str, Decimal]:
        """The words that a shortened one can stand for; none where they all say one level."""
        long = _SHORT.get(text)
        if long is None or long not in self._words or text in self._levels:
            return {}
        initial = len(text) == 1
        meant = {
            word: level
            for word, level in self._words.items()
            if word == long or (initial and " " not in word and word.startswith(text))
        }
        return meant if len(set(meant.values())) > 1 else {long: self._words[long]}

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
        if out_of := _OUT_OF.match(rest):
            if _decimal(out_of[1]) != self._scale.high:
                return expected
            rest = rest[out_of.end() - len(out_of[0]) + len(out_of[0].rstrip()) :]
        if not rest.strip():
            return float(number)
        if rest.strip() == "%":
            return float(number) if self._scale.high == 100 else expected
        if self._anchors.get(plain(rest)) == number:
            return float(number)
        if note := _THEN_NOTE.fullmatch(rest):
            return self._with_note(number, next(part for part in note.groups() if part is not None))
        if words := _THEN_WORDS.fullmatch(rest):
            return self._with_words(number, words[1])
        return expected

    def _with_note(self, number: Decimal, note: str) -> float | str:
        """A number parted from a note, which must not make it an amount, a choice or a doubt."""
        expected = self._scale.in_words
        if _ANOTHER_NUMBER.search(note) or "?" in note:
            return expected
        if _AMOUNT.match(note.strip()):
            return self._may_be_an_amount(number)
        said = plain(note)
        level = self._level(said)
        if level is not None and self._opposed(level, number, said in self._anchors):
            return f"{expected}; the number and the words here say different things"
        return float(number)

    def _with_words(self, number: Decimal, words: str) -> float | str:
        """A number run on into words, as in "4 minor gaps": they must be the level's own, or the
        beginning of its anchor, because "3 months" and "5 trusts" are no scores."""
        said = plain(words)
        level = self._level(said)
        if level == number:
            return float(number)
        if level is not None:
            return f"{self._scale.in_words}; the number and the words here say different things"
        if "?" not in words and not _AMOUNT.match(said):
            for anchor, its in self._anchors.items():
                if its == number and f"{anchor} ".startswith(f"{said} "):
                    return float(number)
        if _ANOTHER_NUMBER.search(words):
            return self._scale.in_words
        return self._may_be_an_amount(number)

    def _may_be_an_amount(self, number: Decimal) -> str:
        return f"{self._scale.in_words}; if {number:f} is the score, write it alone"

    def _opposed(self, level: Decimal, number: Decimal, is_anchor: bool) -> bool:
        """Whether words contradict their number: an anchor by any step, a word by side."""
        if is_anchor:
            return level != number
        middle = (self._scale.low + self._scale.high) / 2
        return (level - middle) * (number - middle) < 0


def is_number(cell: Cell) -> bool:
    """Whether a cell is a number at all, on the scale or off it."""
    if not isinstance(cell, str):
        return True
    text = _readable(cell).removesuffix("%").rstrip()
    return _decimal(text) is not None or _THOUSANDS.fullmatch(text) is not None


def as_number(cell: Cell) -> float | None:
    """The number that a cell is, in figures and without a unit; None where it is none."""
    if not isinstance(cell, str):
        return float(cell)
    number = _decimal(_readable(cell))
    return None if number is None else float(number)


def share_readable(cells: Iterable[Cell], criterion: Criterion) -> tuple[float, int]:
    """The share of the cells that say something that are scores, and how many say something."""
    reader = ScoreReader(criterion)
    read = {cell: None if is_unknown(cell) else reader.read(cell) for cell in set(cells)}
    outcomes = [read[cell] for cell in cells if read[cell] is not None]
    good = sum(1 for outcome in outcomes if isinstance(outcome, float))
    return (good / len(outcomes) if outcomes else 0.0), len(outcomes)


def _readable(cell: str) -> str:
    """Text with look-alike characters ironed out and invisible ones taken out, except those that
    only contain a digit, such as a footnote mark or a numbered bullet: they are no numbers that
    anyone gave as a score."""
    if not cell.isascii():
        cell = "".join(
            "\ufffd"
            if not c.isdecimal() and re.search(r"\d", unicodedata.normalize("NFKC", c))
            else c
            for c in cell
            if not is_invisible(c)
        )
    text = unicodedata.normalize("NFKC", cell).strip().casefold()
    return text[1:] if _MARKED_AS_TEXT.fullmatch(text) else text


def _decimal(text: str) -> Decimal | None:
    """A number in figures. A comma can only part 4,0 or 4,00: 1,000 is a thousand."""
    if not re.fullmatch(r"[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})|\d{1,12},0{1,2}", text):
        return None
    return Decimal(text.replace(",", "."))
