"""Figures in words: the small grammar that generated sentences need."""

from __future__ import annotations

from collections.abc import Sequence

from scoring.ranking import Ranking

LONGEST = 200  # letters of a title in a paper; the ranked workbook has all of it


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 intention", "1,234 intentions", "no intentions"."""
    nouns = plural or f"{noun}s"
    if number == 0:
        return f"no {nouns}"
    return f"{number:,} {noun if number == 1 else nouns}"


def listed(items: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def is_are(number: int) -> str:
    """The verb that goes with a number."""
    return "is" if number == 1 else "are"


def was_were(number: int) -> str:
    """The same, past."""
    return "was" if number == 1 else "were"


def sentence(text: str) -> str:
    """With a capital first and a full stop last."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def first_places(line: int) -> str:
    """ "first place", "the first 30 places"."""
    return "first place" if line == 1 else f"the first {line} places"


def plain(text: str) -> str:
    """Text as XML can hold it: what it cannot becomes U+FFFD."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter in "\t\n" or (letter >= " " and not _unwritable(letter)) else "\ufffd"
        for letter in text.replace("\r\n", "\n").replace("\r", "\n")
    )


def _unwritable(letter: str) -> bool:
    return "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff"


def short(text: str, most: int = LONGEST) -> str:
    """One line of text, cut where a table of a paper could not hold it."""
    line = " ".join(plain(text).split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def named(ranking: Ranking, i: int) -> str:
    """An intention by its ref and title."""
    return f"{ranking.sheet.refs[i]} ({short(ranking.sheet.titles[i])})"
