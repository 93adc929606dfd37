"""Header text -> field: which field a header names, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from scoring.framework import FIELDS, Framework
from scoring.intake.wording import (
    COMPANION,
    COMPUTED,
    COMPUTED_NEEDS,
    DERIVED,
    NEUTRAL,
    HeaderText,
    plain,
    read_header,
)

Use = Literal["field", "computed", "companion", "row number", "unclear", "unknown"]
ROW_NUMBER = frozenset({"no", "number", "item", "item no", "line", "row", "row no", "sn", "s no",
                        "serial no", "num", "nr"})  # fmt: skip
EXACT, ALIAS, REORDERED, LED_BY, DECORATED, SPELT, SHORTENED = 1.0, 0.95, 0.9, 0.87, 0.85, 0.8, 0.75
_TEXT_WORDS = frozenset({"score", "scores", "rating", "rated", "scoring", "grade", "mark", "marks"})


_NO_HEADER = HeaderText("", "", "")


@dataclass(frozen=True, slots=True)
class Match:
    """What a header is. `fields` are those it fits equally well: one, or several if unclear."""

    use: Use
    fields: tuple[str, ...] = ()
    confidence: float = 0.0
    why: str = ""
    header: HeaderText = _NO_HEADER
    is_criterion: bool = False

    @property
    def field(self) -> str | None:
        """The one field that it names."""
        return self.fields[0] if self.use == "field" else None


@dataclass(frozen=True, slots=True)
class _Name:
    field: str
    confidence: float
    why: str


class Matcher:
    """Knows every name of every field of a framework. Each distinct header is matched once."""

    def __init__(self, framework: Framework) -> None:
        self.criteria = {criterion.id: criterion for criterion in framework.criteria}
        self.questions = {question.id: question for question in framework.questions}
        self.fields = {field.id: field for field in FIELDS}
        self._names: dict[str, list[_Name]] = {}
        for criterion in framework.criteria:
            self._learn(criterion.id, (criterion.name,), criterion.also_called, criterion.asks)
        for question in framework.questions:
            self._learn(question.id, (), question.also_called, question.asks)
        for field in FIELDS:
            self._learn(field.id, (field.name,), field.also_called, "")
        self._names.pop("", None)
        self._sorted = {_sorted(name): entries for name, entries in self._names.items()}
        self._known: dict[str, Match] = {}

    @property
    def field_ids(self) -> tuple[str, ...]:
        """Every field that a column can be mapped to."""
        return (*self.fields, *self.questions, *self.criteria)

    def name_of(self, field_id: str) -> str:
        """What a field is called on screen."""
        if field_id in self.criteria:
            return self.criteria[field_id].name
        if field_id in self.fields:
            return self.fields[field_id].name
        return field_id.replace("_", " ").capitalize()

    def match(self, raw: str) -> Match:
        """What a header is."""
        if raw not in self._known:
            found = self._match(read_header(raw))
            if found.use in ("field", "unclear") and found.fields[0] in self.criteria:
                found = replace(found, is_criterion=len(found.fields) == 1)
            self._known[raw] = found
        return self._known[raw]

    def is_name(self, raw: str) -> bool:
        """Whether a header is written as expected: quicker than `match`, and misses the rest."""
        header = read_header(raw)
        return header.whole in self._names or header.start in self._names

    def nearest(self, raw: str) -> str | None:
        """The field with the most similar name; None when none is similar."""
        found = process.extractOne(
            read_header(raw).whole, list(self._names), scorer=fuzz.WRatio, score_cutoff=75
        )
        return self._names[found[0]][0].field if found else None

    def _learn(self, id: str, names: Iterable[str], also: Iterable[str], asks: str) -> None:
        for name in (id, *names):
            self._add(plain(name), _Name(id, EXACT, "the field's own name"))
        for name in also:
            self._add(plain(name), _Name(id, ALIAS, f'another name for it: "{name}"'))
        if asks:
            self._add(plain(asks), _Name(id, ALIAS, "the question it asks"))

    def _add(self, name: str, entry: _Name) -> None:
        known = self._names.setdefault(name, [])
        if name and all(entry.field != other.field for other in known):
            known.append(entry)

    def _match(self, header: HeaderText) -> Match:
        if not header.whole:
            if header.raw.strip() in ("#", "№"):
                return Match("row number", ("ref",), 0.5, "it looks like a row number", header)
            return Match("unknown", why="no header", header=header)
        found = self._named(header) or self._beside(header) or self._nearly(header)
        if found is None:
            return Match("unknown", why="it fits no field", header=header)
        return self._with_unit(found, header)

    def _with_unit(self, match: Match, header: HeaderText) -> Match:
        """A header in pounds, days or staff is an amount, never a score of 1 to 5."""
        if match.use != "field" or not header.unit:
            return match
        amounts = tuple(
            id for id in match.fields
            if id in self.fields and self.fields[id].kind in ("money", "number")
        )  # fmt: skip
        if amounts or not self.criteria.keys() & set(match.fields):
            return match
        why = f"it names {self.name_of(match.fields[0])} but is in {header.unit}: not a score"
        return Match("unclear", match.fields, 0.0, why, header)

    def _named(self, header: HeaderText) -> Match | None:
        """A name as it stands, in another order, or with words that add nothing."""
        for text, names, ceiling in (
            (header.whole, self._names, EXACT),
            (_sorted(header.whole), self._sorted, REORDERED),
            (_without(header.whole, _TEXT_WORDS), self._names, LED_BY),
        ):
            if text and text in names:
                return self._choose(names[text], ceiling, header)
        if header.whole in ROW_NUMBER:
            return Match("row number", ("ref",), 0.5, "it looks like a row number", header)
        return None

    def _choose(self, entries: list[_Name], ceiling: float, header: HeaderText) -> Match:
        best = max(entry.confidence for entry in entries)
        chosen = [entry for entry in entries if entry.confidence == best]
        fields = tuple(entry.field for entry in chosen)
        if len(chosen) > 1:
            return Match("unclear", fields, 0.0, "it fits more than one field", header)
        return Match("field", fields, min(best, ceiling), chosen[0].why, header)

    def _beside(self, header: HeaderText) -> Match | None:
        """Columns that stand beside the scores: worked out from them, or the reasoning."""
        words = header.whole.split()
        if COMPUTED.issuperset(words) and COMPUTED_NEEDS.intersection(words):
            return Match("computed", (), 0.9, "worked out from the scores", header)
        for beside, use, why in (
            (COMPANION, "companion", "the reasoning beside the score for"),
            (DERIVED, "computed", "worked out from the score for"),
        ):
            if not beside.intersection(words):
                continue
            rest = _without(header.whole, beside | {"for", "of", "the", "score", "scores", "and"})
            named = self._names.get(rest) if rest else None
            if named and any(entry.field in self.criteria for entry in named):
                name = self.name_of(named[0].field)
                return Match(use, (named[0].field,), 0.9, f"{why} {name}", header)  # type: ignore[arg-type]
            if not rest and use == "companion":
                return Match("companion", (), 0.6, "reasoning or notes", header)
        return None

    def _nearly(self, header: HeaderText) -> Match | None:
        """A name followed by guidance, in two halves, with neutral words, misspelt, shortened."""
        if header.start != header.whole:
            start = self.match(header.start)
            if start.use == "field":
                why = f"{start.why}, followed by guidance"
                return Match("field", start.fields, min(start.confidence, LED_BY), why, header)
            if start.use == "unclear":
                return Match("unclear", start.fields, 0.0, start.why, header)
        if len(header.whole) > 80:
            return None
        return (
            self._halves(header) or self._decorated(header) or self._misspelt(header)
            or self._shortened(header)
        )  # fmt: skip

    def _halves(self, header: HeaderText) -> Match | None:
        """ "Cost / affordability": both halves must name the same field."""
        for joint in ("/", " and ", ","):
            halves = [
                plain(half) for half in header.raw.casefold().replace("&", " and ").split(joint)
            ]
            if len(halves) != 2 or not all(halves):
                continue
            found = [self._names.get(_without(half, _TEXT_WORDS)) for half in halves]
            if not all(found):
                continue
            fields = tuple(dict.fromkeys(entry.field for half in found if half for entry in half))
            if len(fields) == 1:
                return Match("field", fields, DECORATED, "both halves name it", header)
            return Match("unclear", fields, 0.0, "it names more than one field", header)
        return None

    def _decorated(self, header: HeaderText) -> Match | None:
        """A criterion's name among words that do not change its meaning."""
        words = header.whole.split()
        fields: dict[str, int] = {}
        for name, entries in self._names.items():
            parts = name.split()
            at = _find(words, parts)
            if at is None or len(parts) == len(words):
                continue
            for entry in entries:
                if entry.field in self.criteria:
                    rest = words[:at] + words[at + len(parts) :]
                    clean = NEUTRAL.issuperset(rest)
                    fields[entry.field] = max(fields.get(entry.field, 0), int(clean))
        if not fields:
            return None
        if len(fields) == 1 and all(fields.values()):
            why = "its name, with words that do not change it"
            return Match("field", tuple(fields), DECORATED, why, header)
        return Match(
            "unclear", tuple(fields), 0.0, "it names a criterion among other words", header
        )

    def _misspelt(self, header: HeaderText) -> Match | None:
        text = _without(header.whole, _TEXT_WORDS)
        near: dict[str, int] = {}
        for name, entries in self._names.items():
            shorter = min(len(name), len(text))
            most = 0 if shorter < 5 else 1 if shorter < 8 else 2 if shorter < 16 else 3
            if not most or abs(len(name) - len(text)) > most:
                continue
            distance = OSA.distance(name, text, score_cutoff=most)
            if distance > most:
                continue
            for entry in entries:
                if entry.field in self.criteria or shorter >= 6:
                    near[entry.field] = min(near.get(entry.field, 99), distance)
        if not near:
            return None
        least = min(near.values())
        fields = tuple(field for field, distance in near.items() if distance == least)
        if len(fields) > 1:
            return Match("unclear", fields, 0.0, "it is spelt like more than one field", header)
        return Match("field", fields, SPELT, "its name, spelt differently", header)

    def _shortened(self, header: HeaderText) -> Match | None:
        """ "Strat. align.": each word begins the matching word of a name of two words or more."""
        words = _without(header.whole, _TEXT_WORDS).split()
        if len(words) < 2 or any(len(word) < 3 for word in words):
            return None
        fields: dict[str, None] = {}
        for id, criterion in self.criteria.items():
            parts = plain(criterion.name).split()
            if len(parts) == len(words) and all(
                part.startswith(word) for part, word in zip(parts, words, strict=True)
            ):
                fields[id] = None
        if len(fields) == 1:
            return Match("field", tuple(fields), SHORTENED, "its name, shortened", header)
        return None


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))


def _without(text: str, words: frozenset[str] | set[str]) -> str:
    return " ".join(word for word in text.split() if word not in words)


def _find(words: list[str], parts: list[str]) -> int | None:
    for at in range(len(words) - len(parts) + 1):
        if words[at : at + len(parts)] == parts:
            return at
    return None
