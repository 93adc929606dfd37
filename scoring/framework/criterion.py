"""A criterion and its scale: what is asked, which end is better, what each level means."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
PlainText = Annotated[str, Field(min_length=1, max_length=2000)]
# Words for an amount: whether they are good depends on what there is much of.
AMOUNTS = frozenset({"none", "very low", "low", "medium", "high", "very high"})


class Frozen(BaseModel):
    """A value that is checked when built and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Scale(Frozen):
    """The scale of one criterion: its two ends, its step and which end is better.

    A score is the low end plus a whole number of steps. A value is that score rescaled so that
    the worse end is 0 and the better end 1. The ends are fixed here, never taken from the scores
    at hand, so that adding one intention cannot move another.
    """

    low: Decimal
    high: Decimal
    better: Annotated[str, Field(pattern="^(low|high)$")] = "high"
    step: Annotated[Decimal, Field(gt=0)] = Decimal(1)

    @field_validator("low", "high", "step", mode="before")
    @classmethod
    def _as_written(cls, number: object) -> object:
        # A TOML 0.1 is a binary float: its shortest form is the number that was meant.
        return Decimal(repr(number)) if isinstance(number, float) else number

    @model_validator(mode="after")
    def _ends_in_order(self) -> Self:
        if self.low >= self.high:
            raise ValueError("the low end of the scale must be below its high end")
        if (self.high - self.low) % self.step:
            raise ValueError("the scale must be a whole number of steps long")
        if (self.high - self.low) / self.step > 1_000_000:
            raise ValueError("the scale must have at most 1,000,000 steps")
        return self

    @property
    def steps(self) -> int:
        """The number of steps from one end to the other: 4 for a scale of 1 to 5."""
        return int((self.high - self.low) / self.step)

    @property
    def best(self) -> Decimal:
        """The better end."""
        return self.high if self.better == "high" else self.low

    @property
    def worst(self) -> Decimal:
        """The worse end."""
        return self.low if self.better == "high" else self.high

    def allows(self, score: Decimal) -> bool:
        """Whether a score lies on this scale."""
        return self.low <= score <= self.high and (score - self.low) % self.step == 0

    @property
    def in_words(self) -> str:
        """What a score must be: "a whole number from 1 to 5"."""
        if self.step == 1 and self.low % 1 == 0:
            return f"a whole number from {_plain(self.low)} to {_plain(self.high)}"
        return (
            f"a number from {_plain(self.low)} to {_plain(self.high)} in steps of "
            f"{_plain(self.step)}"
        )

    @property
    def direction_in_words(self) -> str:
        """Which end is better: "5 is best, 1 is worst"."""
        return f"{_plain(self.best)} is best, {_plain(self.worst)} is worst"


class Criterion(Frozen):
    """One thing that intentions are judged by.

    `words` stand for levels under the criterion's own name, so that high Cost can be a 1.
    `also_called` are other headers for the same quantity; `also_called_favourably` are headers
    that name the good of it (affordability for cost): numbers mean the same under both, but
    there "high" is the best.
    """

    id: Identifier
    name: PlainText
    asks: PlainText
    justification: str = ""
    weight: Annotated[Decimal, Field(ge=0, le=1_000_000)]
    scale: Scale
    anchors: dict[str, PlainText] = Field(default_factory=dict)
    words: dict[str, Decimal] = Field(default_factory=dict)
    also_called: tuple[str, ...] = ()
    also_called_favourably: tuple[str, ...] = ()

    @field_validator("weight", mode="before")
    @classmethod
    def _weight_as_written(cls, number: object) -> object:
        return Decimal(repr(number)) if isinstance(number, float) else number

    @field_validator("words", mode="before")
    @classmethod
    def _words_as_written(cls, words: object) -> object:
        if not isinstance(words, dict):
            return words
        return {
            str(word).strip().casefold(): Decimal(repr(level))
            if isinstance(level, float)
            else level
            for word, level in words.items()
        }

    @model_validator(mode="after")
    def _levels_are_on_the_scale(self) -> Self:
        for level in self.anchors:
            try:
                on_scale = self.scale.allows(Decimal(level))
            except ArithmeticError:
                on_scale = False
            if not on_scale:
                raise ValueError(f'the anchor "{level}" is not a level of the scale')
        for word, level_of_word in self.words.items():
            if not self.scale.allows(level_of_word):
                raise ValueError(f'the word "{word}" stands for a level that is not on the scale')
        return self

    @model_validator(mode="after")
    def _favourable_names_fit(self) -> Self:
        if self.also_called_favourably and self.scale.better != "high":
            raise ValueError("also_called_favourably needs a scale on which high is better")
        both = set(_folded(self.also_called)) & set(_folded(self.also_called_favourably))
        if both:
            name = sorted(both)[0]
            raise ValueError(f'"{name}" stands in also_called and in also_called_favourably')
        return self

    @property
    def more_is_better(self) -> bool | None:
        """Whether a high amount of it is good, as its words say: False for cost. None: unsaid."""
        high, low = self.words.get("high"), self.words.get("low")
        middle = (self.scale.low + self.scale.high) / 2
        high, low = middle if high is None else high, middle if low is None else low
        if high == low:
            return None
        return (high > low) == (self.scale.better == "high")

    def worded_favourably(self) -> Criterion:
        """The same criterion as a header that names the good of it means it: high is the best."""
        if self.more_is_better is not False:
            return self
        ends = self.scale.low + self.scale.high
        turned = {
            word: ends - level if word in AMOUNTS else level for word, level in self.words.items()
        }
        return self.model_copy(update={"words": turned})

    def worded_without_amounts(self) -> Criterion:
        """The same criterion where nobody can tell whether "high" is good or bad."""
        kept = {word: level for word, level in self.words.items() if word not in AMOUNTS}
        return self.model_copy(update={"words": kept})

    def anchor(self, score: float | Decimal) -> str:
        """What this score means, in the framework's words; "" where it has none."""
        wanted = Decimal(repr(float(score)))
        return next((text for level, text in self.anchors.items() if Decimal(level) == wanted), "")


def _plain(number: Decimal) -> str:
    """A decimal without trailing zeros or an exponent."""
    return f"{number.normalize():f}"


def _folded(names: tuple[str, ...]) -> list[str]:
    return [" ".join(name.casefold().split()) for name in names]
