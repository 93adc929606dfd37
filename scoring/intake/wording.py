"""Header and cell text made comparable, and what a header says besides its name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that may stand beside a criterion's name without changing what it means.
NEUTRAL = _words(
    "a an the of on to for with and in by our its it is how level degree overall score scores "
    "rating rate rated grade mark criterion criteria category ranking1to5 raw fit required needed "
    "available availability delivery deliver delivering implement implementation commission "
    "commissioning patient patients outcome outcomes population health system service services "
    "change project scheme intention proposal icb strategy strategic objective objectives goal "
    "goals priorities plan workforce likely expected estimated panel agreed"
)
# What there is of a thing, and what is wanted of it: the same only where less of it is better.
AVAILABLE = _words("available availability")
NEEDED = _words("required needed")
# A header made only of these is worked out from the scores, or is bookkeeping: never a score.
COMPUTED = _words(
    "total totals score scores scored weighted weighting overall average avg mean sum final "
    "combined points rank ranked ranking position place percent percentage max maximum of out "
    "prioritisation priority segment segments tied order in within the and min minimum possible "
    "raw calculated value composite range from to best worst total_range change previous "
    "published by set rule grand sub subtotal index route"
)
COMPUTED_NEEDS = COMPUTED - _words("of out in within the and from to by set max min change")
DERIVED = _words(
    "points point weighted weight weighting value contribution x times total rank ranking "
    "normalised standardised"
)
# Words that make a column the reasoning beside a score.
COMPANION = _words(
    "rationale rationales reason reasons reasoning comment comments commentary justification "
    "justifications evidence note notes narrative why explanation basis assumption assumptions "
    "description detail details text source sources summary supporting"
)
# Words in a header that make a column an older version of another.
EARLIER = _words("old previous prior superseded original earlier obsolete")
_MONEY_UNIT = re.compile(
    r"£\s*['’`]?\s*(?P<kilo>k\b|0{3}s?\b|thousands?\b)|£\s*(?P<mega>m\b|millions?\b|mn\b)|"
    r"\b(?P<kilo2>k£|000s\b)|(?P<plain>£|\bgbp\b)",
    re.IGNORECASE,
)
_OTHER_UNIT = re.compile(
    r"(?:^|[(\[,/]|\bin)\s*(months?|mths?|weeks?|wks?|years?|yrs?|days?|hours?|hrs?|wte|fte|pa)"
    r"\s*(?:$|[)\],])",
    re.IGNORECASE,
)
# An amount or a count in words, which no guidance to levels explains: "(in millions)", "no. of".
_TIME_UNIT = r"(?:months?|mths?|weeks?|wks?|years?|yrs?|days?|hours?|hrs?)"
_COUNTED = re.compile(
    r"\b(?:in\s+)?(?P<mega>millions?)\b|\b(?:in\s+)?(?P<kilo>thousands?)\b|"
    r"[(\[]\s*(?:in\s+)?(?:(?P<mega2>mn?)|(?P<kilo2>k))\s*[)\]]|"
    r"\b(?P<plain>pounds|sterling)\b|"
    rf"\b(?P<number>number|no\.?|count|how\s+many|#)\s*(?:of\b|{_TIME_UNIT}\b)|"
    rf"\b(?:in|per|a|of)\s+(?P<other>{_TIME_UNIT}|wte|fte)\b|"
    rf"\b(?P<other2>{_TIME_UNIT}|wte|fte)\s*(?:per|a|of|/|required|needed)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_WEIGHT = re.compile(
    r"\b(?:weight(?:ing|ed)?|wt|w)\.?\s*(?:of\s*)?[:=]?\s*(\d*\.?\d+)\s*(%?)", re.IGNORECASE
)
_TIMES = re.compile(r"(?<![a-z])[x×]\s*(\d*\.?\d+)\s*(%?)", re.IGNORECASE)
_BARE = re.compile(r"[(\[]\s*(\d*\.?\d+)\s*[)\]]")
_NUMBERING = re.compile(
    r"^\s*(?:criterion|criteria|crit|question|col|column|c|q)?\s*\d{1,2}(?:[.):]|\s*[-–—]|\s)\s*"
    r"(?=\D{3})",
    re.IGNORECASE,
)
_WITH = re.compile(r"\bw/\s*", re.IGNORECASE)
_SPLIT = re.compile(r"[\n\r(\[|:;]|\s[-–—]\s|[-–—]\s|\s\d\s*[=-]|\b\d\s*=")
_ENDS = re.compile(r"(\d+(?:\.\d+)?)\s*(?:[=:–—-]|is\b|\()?\s*\(?\s*([a-z]+(?:\s+[a-z]+)?)", re.I)
_NOT_WORDS = re.compile(r"[^\w%&]+", re.UNICODE)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Text with case, punctuation, spacing and look-alike characters ironed out."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _NOT_WORDS.sub(" ", text.replace("_", " ").replace("&", " and "))
    return " ".join(text.replace("%", " ").split())


@dataclass(frozen=True, slots=True)
class HeaderText:
    """What a header says. `unit` is "", "£", "£k", "£m" or a unit of time or staff; `weight` is a
    stated weight, in % unless it is a `multiplier` ("x5"), `bare` a number alone in brackets, `ends`
    what it says of scale levels."""

    raw: str
    whole: str
    start: str
    unit: str = ""
    weight: Decimal | None = None
    bare: Decimal | None = None
    ends: tuple[tuple[str, str], ...] = ()
    multiplier: bool = False


@lru_cache(maxsize=5_000)
def read_header(raw: str) -> HeaderText:
    """Take a header apart: "Cost (15%)" is "cost" with a weight of 15."""
    text = unicodedata.normalize("NFKC", raw[:1000]).replace("_", " ")
    # One space at most between words: the patterns below would search long gaps over and over.
    text = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    named = _WITH.sub("with ", _NUMBERING.sub("", text, count=1))
    money = _MONEY_UNIT.search(named)
    unit = ""
    if money:
        kilo, mega = money["kilo"] or money["kilo2"], money["mega"]
        unit = "£k" if kilo else "£m" if mega else "£"
    elif other := _OTHER_UNIT.search(named):
        unit = other[1].casefold()
    weight, bare = _stated_weight(named)
    ends = tuple((level, plain(word)) for level, word in _ENDS.findall(named))
    unit = unit or (_counted(named) if len(ends) < 2 else "")
    stripped = _BARE.sub(" ", _MONEY_UNIT.sub(" ", named))
    stripped = _TIMES.sub(" ", _WEIGHT.sub(" ", stripped)) if weight is not None else stripped
    stripped = _PERCENT.sub(" ", stripped)
    stripped = re.sub(r"[(\[][\s/|,.-]*[)\]]", " ", stripped)
    stripped = _without_scale(stripped).strip()
    name = stripped[: _ends_at(stripped)]
    first = next((part for part in _SPLIT.split(name) if plain(part)), "")
    times = weight is not None and _is_multiplier(named)
    return HeaderText(raw, plain(stripped), plain(first), unit, weight, bare, ends, times)


def _counted(text: str) -> str:
    """The unit of an amount in words; "" where it is none."""
    found = _COUNTED.search(text)
    if not found:
        return ""
    if found["mega"] or found["mega2"]:
        return "£m"
    if found["kilo"] or found["kilo2"]:
        return "£k"
    if found["plain"]:
        return "£"
    return (found["other"] or found["other2"] or "number").casefold()


_LEVELS = re.compile(r"(?<!\S)\d{1,3}(?=\s*[-–—=:(]?\s*[a-z])", re.IGNORECASE)


def _ends_at(text: str) -> int:
    """Where the name ends because levels and their words begin: "Cost 1 low 5 high"."""
    levels = list(_LEVELS.finditer(text))
    return levels[0].start() if len(levels) > 1 and levels[0].start() > 0 else len(text)


_SCALE = re.compile(
    r"[(\[]?\b(?:score|scale|rate|rated|rating)?\s*(?:of|from|:)?\s*\d{1,3}\s*(?:-|–|—|to|/|\.\.)\s*"
    r"\d{1,3}\b\s*[)\]]?|[(\[]?\bout of \d{1,3}\b[)\]]?|/\s*\d{1,3}\b|"
    r"[(\[]?\b(?:h\s*/\s*m\s*/\s*l|l\s*/\s*m\s*/\s*h|y\s*/\s*n|yes\s*/\s*no)\b[)\]]?",
    re.IGNORECASE,
)


def _without_scale(text: str) -> str:
    return _SCALE.sub(" ", text)


def _stated_weight(text: str) -> tuple[Decimal | None, Decimal | None]:
    """A weight in %, and a bare number in brackets, which may be one."""
    if found := _PERCENT.search(text):
        return Decimal(found[1]), None
    if (found := _WEIGHT.search(text)) or (found := _TIMES.search(text)):
        return _as_percent(found[1]), None
    bare = _BARE.search(text)
    return None, _as_percent(bare[1]) if bare else None


def _is_multiplier(text: str) -> bool:
    """Whether the weight stated is "x5", and not a share."""
    if _PERCENT.search(text) or _WEIGHT.search(text):
        return False
    found = _TIMES.search(text)
    return found is not None and not found[2] and Decimal(found[1]) >= 1


def _as_percent(number: str) -> Decimal:
    value = Decimal(number)
    return value * 100 if value < 1 else value
