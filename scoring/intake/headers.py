"""The header of a table: one, two or three rows put together, group cells spread across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scoring.intake.cells import Cells, shown
from scoring.intake.labels import shape
from scoring.intake.match import Match, Matcher
from scoring.intake.wording import DERIVED, HeaderText, plain, read_header

_GENERIC = frozenset(
    {"score", "scores", "rating", "mark", "grade", "points", "value", "level", "to", "assessor",
     "panel", "given", "agreed", *map(str, range(11))}
)  # fmt: skip
_LOOKED_BELOW = 60  # rows below one of a header that are compared with it
_LONGEST_REF = 20


@dataclass(frozen=True)
class Header:
    """The header of one column: its text, the parts it is made of, and what it names."""

    column: int
    text: str
    parts: tuple[str, ...]
    match: Match

    @property
    def names_criterion(self) -> bool:
        """Whether it names a criterion and nothing else."""
        return self.match.is_criterion

    def read(self) -> tuple[HeaderText, ...]:
        """Its parts, taken apart."""
        return tuple(read_header(part) for part in self.parts)


def compose_header(
    cells: Cells, matcher: Matcher, top: int, height: int
) -> tuple[Header, ...] | None:
    """The headers of rows `top` to `top + height - 1`; None when those rows are no header."""
    if height > 1 and not all(_may_be_header(cells.rows[top + k], matcher) for k in range(height)):
        return None
    if any(_is_of_the_body(cells, top + k) for k in range(1, height)):
        return None
    lines = [_spread(cells, top + k, spread=k < height - 1) for k in range(height)]
    if any(not any(line) for line in lines):
        return None
    headers = []
    for j in range(cells.width):
        parts = tuple(dict.fromkeys(line[j] for line in lines if line[j]))
        if not parts:
            continue
        wide = [_is_wide(lines[k], j) for k in range(height - 1) if lines[k][j] in parts]
        own = [lines[k][j] for k in range(height) if lines[k][j]]
        text = " ".join(" ".join(part.split()) for part in parts)
        headers.append(Header(j, text, parts, _match_parts(matcher, parts, own, any(wide))))
    return tuple(headers)


def repeats_header(cells: Cells, headers: Sequence[Header], i: int) -> bool:
    """Whether row `i` says the same as the last row of the header."""
    same = different = 0
    for header in headers:
        cell = cells.rows[i][header.column]
        if isinstance(cell, str) and cell.strip():
            alike = plain(cell) in (plain(header.parts[-1]), plain(header.text))
            same, different = same + alike, different + (not alike)
    return same >= 2 and same > 3 * different


def _may_be_header(row: Sequence[object], matcher: Matcher) -> bool:
    """A row of a header holds words and at most a stray number; or names beside a number for each
    level of the scale, under which people tick."""
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    numbers = [cell for cell in row if not isinstance(cell, str)]
    if len(numbers) <= len(texts) // 3:
        return bool(texts)
    again = len(numbers) >= 2 * len(set(numbers)) >= 6
    return again and len(texts) > 1 and all(matcher.is_name(text) for text in texts)


def _is_of_the_body(cells: Cells, i: int) -> bool:
    """Whether row `i` says what the rows below it say: a kind, a team or a status again and again,
    or a ref of the same shape. Rows that repeat most of it are the header on another page."""
    row = cells.rows[i]
    texts = {j: cell for j, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}
    below = [
        other
        for other in cells.rows[i + 1 : i + 1 + _LOOKED_BELOW]
        if 2 * sum(1 for j, text in texts.items() if other[j] == text) < len(texts)
    ]
    for j, text in texts.items():
        if sum(1 for other in below if other[j] == text) >= 2:
            return True
        its = shape(text)
        if len(text) <= _LONGEST_REF and "A" in its and "9" in its:
            next_ones = [other[j] for other in below[:3]]
            if len(next_ones) == 3 and all(
                isinstance(cell, str) and shape(cell) == its for cell in next_ones
            ):
                return True
    return False


def _spread(cells: Cells, i: int, spread: bool) -> list[str]:
    """A header row as text, with merged cells filled across and down."""
    line = [cell.strip() if isinstance(cell, str) else shown(cell) for cell in cells.rows[i]]
    for top, left, bottom, right in cells.merged:
        if top <= i <= bottom and 0 <= top < cells.height and (spread or top < i or left == right):
            first = cells.rows[top][left] if 0 <= left < cells.width else ""
            for j in range(max(left, 0), min(right, cells.width - 1) + 1):
                line[j] = first.strip() if isinstance(first, str) else shown(first)
    return line


def _is_wide(line: list[str], j: int) -> bool:
    """Whether a group cell stands over more than one column."""
    return (j > 0 and line[j - 1] == line[j]) or (j + 1 < len(line) and line[j + 1] == line[j])


def _match_parts(matcher: Matcher, parts: tuple[str, ...], own: Sequence[str], wide: bool) -> Match:
    """What a header of several parts names: the lowest decides, the group above explains it."""
    if len(parts) == 1:
        return matcher.match(parts[0])
    lowest, above = parts[-1], parts[:-1]
    match = matcher.match(lowest)
    groups = [matcher.match(part) for part in above]
    named = next((group for group in reversed(groups) if group.use == "field"), None)
    words = set(plain(lowest).split())
    if named is not None and (not words or _GENERIC.issuperset(words)):
        return replace(named, confidence=0.9, why=f'{named.why}, over "{shown(lowest)}"')
    if named is not None and named.is_criterion:
        beside = match.use == "companion" or match.field in ("notes", "description")
        if beside:
            return Match("companion", named.fields, 0.9,
                         f"the reasoning beside the score for {matcher.name_of(named.fields[0])}",
                         match.header)  # fmt: skip
        if match.use == "computed":
            return Match("computed", named.fields, 0.9, match.why, match.header)
    if match.use == "field":
        group_words = {word for part in above for word in plain(part).split()}
        if match.is_criterion and DERIVED.intersection(group_words) and len(group_words) <= 3:
            return Match("computed", match.fields, 0.8, "worked out from the scores", match.header)
        if match.is_criterion and any(group.use == "companion" for group in groups):
            return Match("companion", match.fields, 0.8, "reasoning, not scores", match.header)
        return match
    if match.use == "unknown":
        joined = matcher.match(" ".join(parts))
        if joined.use == "field" and joined.confidence > 0.87:
            return joined
        if named is not None and not wide:
            why = f"{named.why}, with guidance below it"
            return replace(named, confidence=min(named.confidence, 0.87), why=why)
    return match
