"""One ref used for two intentions: told apart by where each stands, in refs, ledger and problems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from scoring.intake.cells import is_invisible
from scoring.intake.result import LedgerLine
from scoring.intake.wording import plain
from scoring.problem import Problem

_BESIDE_A_DASH = re.compile(r"\s*([-/])\s*")
_ALIKE = 85.0  # of 100: titles at least so similar, their words in any order, are one title


def alike(one: str, other: str) -> bool:
    """Whether two titles are the same, or one is a version of the other."""
    a, b = plain(one), plain(other)
    return a in b or b in a or fuzz.token_sort_ratio(a, b) >= _ALIKE


def same_ref(ref: str) -> str:
    """What two refs have in common that a person takes for one: case, kinds of dash, spaces beside
    a dash and characters that show nothing do not count."""
    if ref.isascii() and " " not in ref:
        return ref.casefold()
    text = "".join(
        "-" if c == "\u2212" or unicodedata.category(c) == "Pd" else c
        for c in unicodedata.normalize("NFKC", ref)
        if not is_invisible(c)
    )
    return " ".join(_BESIDE_A_DASH.sub(r"\1", text).casefold().split())


def apart(ref: str, where: str, taken: Container[str]) -> str:
    """The ref with the sheet or file it stands in: "1 (Acute)". `taken` is as `same_ref` gives."""
    base = f"{ref} ({where})"
    new, again = base, 1
    while same_ref(new) in taken:
        again += 1
        new = f"{base} {again}"
    return new


def renamed_lines(lines: Iterable[LedgerLine], changes: Mapping[str, str]) -> list[LedgerLine]:
    """Ledger lines with refs changed; a refused row keeps the ref it was refused for."""
    return [
        replace(line, ref=changes[line.ref])
        if line.ref in changes and line.outcome != "refused" else line
        for line in lines
    ]  # fmt: skip


def renamed_problems(problems: Iterable[Problem], changes: Mapping[str, str]) -> list[Problem]:
    """Problems with refs changed."""
    return [
        replace(problem, ref=changes[problem.ref]) if problem.ref in changes else problem
        for problem in problems
    ]
