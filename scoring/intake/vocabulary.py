"""Words as the search for duplicates sees them: abbreviations spelt out, names left aside.

What is known about words stands in data/abbreviations.toml, so that anybody can add to it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from scoring.problem import Problem, Unusable

SHIPPED = Path(__file__).parents[2] / "data" / "abbreviations.toml"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class _Word(NamedTuple):
    form: str
    written: str
    kept: bool


@dataclass(frozen=True)
class Vocabulary:
    """What is known about words.

    `abbreviations` spell out, `families` map a word to the word that stands for all that mean the
    same, `places` and `organisations` are names that say where or who and not what, `boilerplate`
    is what nearly every intention says, `small` what every sentence says.
    """

    abbreviations: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    boilerplate: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()

    def words(self, text: str) -> tuple[str, ...]:
        """The words that tell an intention, in order, in the form in which they are compared.

        Abbreviations are spelt out; words that mean the same become one; places, organisations,
        small words and boilerplate go, except inside a phrase that an abbreviation stands for
        ("enhanced service").
        """
        return tuple(form for form, _ in self.terms(text))

    def terms(self, text: str) -> tuple[tuple[str, str], ...]:
        """The same words, each with how the text (or what it abbreviates) writes it."""
        spelt: list[_Word] = []
        for written in _split(text):
            word = _singular(written)
            phrase = self._spelt.get(word)
            if phrase is not None:
                spelt += [_Word(_singular(part), part, True) for part in phrase]
            elif word not in self.small:
                spelt.append(_Word(word, written, False))
        forms = [word.form for word in spelt]
        kept = {k for k, word in enumerate(spelt) if word.kept}
        kept |= _inside(forms, self._phrases)
        gone = _inside(forms, self._names)
        return tuple(
            (self._family.get(word.form, word.form), word.written)
            for k, word in enumerate(spelt)
            if k not in gone and (k in kept or self._tells(word.form))
        )

    @cached_property
    def _spelt(self) -> dict[str, tuple[str, ...]]:
        return {
            _singular(short.casefold()): tuple(_split(phrase))
            for short, phrase in self.abbreviations.items()
        }

    @cached_property
    def _phrases(self) -> frozenset[tuple[str, ...]]:
        phrases = (tuple(map(_singular, phrase)) for phrase in self._spelt.values())
        return frozenset(phrase for phrase in phrases if len(phrase) > 1)

    @cached_property
    def _names(self) -> frozenset[tuple[str, ...]]:
        names = (*self.places, *self.organisations)
        return frozenset(tuple(map(_singular, _split(name))) for name in names)

    @cached_property
    def _family(self) -> dict[str, str]:
        return {_singular(word): _singular(first) for word, first in self.families.items()}

    @cached_property
    def _empty(self) -> frozenset[str]:
        return frozenset(map(_singular, self.boilerplate))

    def _tells(self, word: str) -> bool:
        return word not in self._empty and not (len(word) == 1 and word.isalpha())


def load_vocabulary(path: Path = SHIPPED) -> Vocabulary:
    """The vocabulary of a TOML file. Raises `Unusable` when it cannot be read as one."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        wanted = "a TOML file like data/abbreviations.toml"
        raise Unusable(Problem(path.name, str(error), wanted, kind="vocabulary")) from None
    ignore = content.get("ignore", {})
    families = {
        word.casefold(): family[0].casefold()
        for family in content.get("families", {}).get("same", [])
        for word in family
    }
    return Vocabulary(
        dict(content.get("abbreviations", {})),
        families,
        tuple(ignore.get("places", ())),
        tuple(ignore.get("organisations", ())),
        frozenset(ignore.get("boilerplate", ())),
        frozenset(ignore.get("small", ())),
    )


def _split(text: str) -> list[str]:
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(text))
    return [word.removesuffix("'s") for word in words]


def _singular(word: str) -> str:
    """A word without its plural ending, well enough to compare: "studies" -> "study"."""
    word = word.removesuffix("'")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _inside(words: list[str], phrases: Iterable[tuple[str, ...]]) -> set[int]:
    """The positions of the words that are part of any of these phrases."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        if phrase:
            by_first.setdefault(phrase[0], []).append(phrase)
    inside: set[int] = set()
    for start, word in enumerate(words):
        for phrase in by_first.get(word, ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                inside.update(range(start, start + len(phrase)))
    return inside
