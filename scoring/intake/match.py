"""Header text -> field: which field a header names, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from scoring.framework import FIELDS, Criterion, Framework
from scoring.intake.names import EXACT, Name, Polarity, names_of, polarity_of
from scoring.intake.spelling import misspelt, opposite, shortened
from scoring.intake.wording import (
    AVAILABLE,
    COMPANION,
    COMPUTED,
    COMPUTED_NEEDS,
    DERIVED,
    EARLIER,
    NEEDED,
    NEUTRAL,
    HeaderText,
    plain,
    read_header,
)

Use = Literal["field", "computed", "companion", "row number", "unclear", "unknown"]
ROW_NUMBER = frozenset({"no", "number", "item", "item no", "line", "row", "row no", "sn", "s no",
                        "serial no", "num", "nr"})  # fmt: skip
REORDERED, LED_BY, DECORATED, SPELT, SHORTENED = 0.9, 0.87, 0.85, 0.8, 0.75
_TEXT_WORDS = frozenset({"score", "scores", "rating", "rated", "scoring", "grade", "mark", "marks"})


_LINKS = frozenset({"for", "of", "the", "score", "scores", "and", "this", "that", "given", "your",
                    "our", "is", "was", "did", "you", "we", "give", "behind"})  # fmt: skip
_NO_HEADER = HeaderText("", "", "")


@dataclass(frozen=True, slots=True)
class Match:
    """What a header is. `fields` are those it fits equally well: one, or several if unclear.

    `polarity` is favourable where the header names the good of a criterion ("Affordability"), so
    that "high" is the best, and mixed where it says both.
    """

    use: Use
    fields: tuple[str, ...] = ()
    confidence: float = 0.0
    why: str = ""
    header: HeaderText = _NO_HEADER
    is_criterion: bool = False
    polarity: Polarity = "plain"

    @property
    def field(self) -> str | None:
        """The one field that it names."""
        return self.fields[0] if self.use == "field" else None


class Matcher:
    """Knows every name of every field of a framework. Each distinct header is matched once."""

    def __init__(self, framework: Framework) -> None:
        self.criteria = {criterion.id: criterion for criterion in framework.criteria}
        self.questions = {question.id: question for question in framework.questions}
        self.fields = {field.id: field for field in FIELDS}
        self._names = names_of(framework)
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
        """The field whose name this seems to be, misspelt; None where it could be none or two."""
        whole = read_header(raw).whole
        near = [] if opposite(whole, self._names) else misspelt(whole, self._names)
        fields = {entry.field for name in near for entry in self._names[name]}
        return fields.pop() if len(fields) == 1 else None

    def criterion_under(self, criterion: Criterion, match: Match) -> Criterion:
        """The criterion as a column under this header means its words."""
        if match.polarity == "favourable":
            return criterion.worded_favourably()
        unsaid = criterion.id not in match.fields and criterion.more_is_better is False
        if unsaid or match.polarity == "mixed":
            return criterion.worded_without_amounts()
        return criterion

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
        amount = "a count" if header.unit == "number" else f"in {header.unit}"
        why = f"it names {self.name_of(match.fields[0])} but is {amount}: not a score"
        return Match("unclear", match.fields, 0.0, why, header, False, "mixed")

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

    def _choose(self, entries: list[Name], ceiling: float, header: HeaderText) -> Match:
        best = max(entry.confidence for entry in entries)
        chosen = [entry for entry in entries if entry.confidence == best]
        fields = tuple(entry.field for entry in chosen)
        if len(chosen) > 1:
            return Match("unclear", fields, 0.0, "it fits more than one field", header)
        polarity = polarity_of(chosen)
        return Match("field", fields, min(best, ceiling), chosen[0].why, header, False, polarity)

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
            rest = _without(header.whole, beside | _LINKS)
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
            if start.is_criterion and EARLIER.intersection(header.whole.split()):
                why = f"it seems to be an earlier {self.name_of(start.fields[0])}"
                return Match("unclear", start.fields, 0.0, why, header, False, start.polarity)
            if start.use == "field":
                why = f"{start.why}, followed by guidance"
                return replace(
                    start, confidence=min(start.confidence, LED_BY), why=why, header=header
                )
            if start.use == "unclear":
                return Match("unclear", start.fields, 0.0, start.why, header)
        if len(header.whole) > 80:
            return None
        decorated = self._decorated(header)
        if decorated is not None and decorated.use == "field":
            return self._halves(header) or decorated
        return self._halves(header) or self._mistyped(header) or decorated

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
                polarity = polarity_of([entry for half in found if half for entry in half])
                why = "both halves name it"
                return Match("field", fields, DECORATED, why, header, False, polarity)
            return Match("unclear", fields, 0.0, "it names more than one field", header)
        return None

    def _decorated(self, header: HeaderText) -> Match | None:
        """A criterion's name among words that do not change its meaning."""
        words = header.whole.split()
        fields: dict[str, int] = {}
        named: list[tuple[int, int, Name]] = []
        for name, entries in self._names.items():
            parts = name.split()
            at = _find(words, parts)
            if at is None or len(parts) == len(words):
                continue
            for entry in entries:
                if entry.field in self.criteria:
                    rest = words[:at] + words[at + len(parts) :]
                    clean = self._neutral(entry.field).issuperset(rest)
                    fields[entry.field] = max(fields.get(entry.field, 0), int(clean))
                    named.append((at, at + len(parts), entry))
        if not fields:
            return None
        if len(fields) == 1 and all(fields.values()):
            why = "its name, with words that do not change it"
            polarity = polarity_of([entry for a, z, entry in named if not _inside(a, z, named)])
            return Match("field", tuple(fields), DECORATED, why, header, False, polarity)
        why = "it names a criterion among other words"
        return Match("unclear", tuple(fields), 0.0, why, header, False, "mixed")

    def _neutral(self, criterion: str) -> frozenset[str]:
        """What may stand beside its name: what is needed of a capacity is not what there is."""
        worse_with_more = self.criteria[criterion].more_is_better is False
        return NEUTRAL - (AVAILABLE if worse_with_more else NEEDED)

    def _mistyped(self, header: HeaderText) -> Match | None:
        """A name spelt differently, or shortened; or one that says the opposite."""
        text = _without(header.whole, _TEXT_WORDS)
        if contrary := opposite(text, self._names):
            field = self._names[contrary][0].field
            if field in self.criteria:
                why = f'it seems to say the opposite of "{contrary}"'
                return Match("unclear", (field,), 0.0, why, header, False, "mixed")
            return None
        near = misspelt(text, self._names)
        names = [
            entry
            for name in near
            for entry in self._names[name]
            if entry.field in self.criteria or min(len(name), len(text)) >= 6
        ]
        if names:
            fields = tuple(dict.fromkeys(entry.field for entry in names))
            if len(fields) > 1:
                return Match("unclear", fields, 0.0, "it is spelt like more than one field", header)
            why, polarity = "its name, spelt differently", polarity_of(names)
            return Match("field", fields, SPELT, why, header, False, polarity)
        fields = tuple(
            id for id, criterion in self.criteria.items() if shortened(text, plain(criterion.name))
        )
        if len(fields) != 1:
            return None
        if len(text.split()) > 1:
            return Match("field", fields, SHORTENED, "its name, shortened", header)
        why = f"it looks like {self.name_of(fields[0])}, shortened"
        return Match("unclear", fields, 0.0, why, header)


def _inside(start: int, end: int, named: Iterable[tuple[int, int, Name]]) -> bool:
    """Whether a longer name holds this one: "cost score" holds "cost"."""
    return any(a <= start and end <= z and z - a > end - start for a, z, _ in named)


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))


def _without(text: str, words: frozenset[str] | set[str]) -> str:
    return " ".join(word for word in text.split() if word not in words)


def _find(words: list[str], parts: list[str]) -> int | None:
    for at in range(len(words) - len(parts) + 1):
        if words[at : at + len(parts)] == parts:
            return at
    return None
