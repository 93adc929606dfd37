"""What text says of a scale: which level is high, low, best or worst, and where it ends."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scoring.framework import Criterion
from scoring.intake.wording import plain


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LONGEST = 500  # characters looked at
_MOST_WORDS = 6  # in what is said of a level; more is a sentence about something else
_RANGE = re.compile(r"(?<![\d.])\d{1,3}\s*(?:-|–|—|to|/)\s*\d{1,3}(?![\d.])")
# How far the scale goes, and nothing of which end is which: "max 5", "maximum score of 5".
_UP_TO = re.compile(
    r"(?<![\d=] )\b(?:max|min)(?:imum)?\.?(?:\s+(?:score|mark|points?))?(?:\s+of)?\s*\d{1,3}"
    r"(?:\s*(?:points?|marks?))?(?=\s*(?:[)\],;|\n]|$))"
)
_MORE_THAN, _LESS_THAN = re.compile(r">=?\s*(?=£)"), re.compile(r"<=?\s*(?=£)")
_THEN_BRACKET = re.compile(r"(?<!\d)(\d{1,3})\s*\(([^()\d]{2,40})\)")
_IN_BRACKET = re.compile(r"([a-z])\s*\(\s*(\d{1,3})\s*\)")
_SEGMENT = re.compile(r"[,;|\n()\[\]/]+|\band\b|\.\s")
_LEVEL = re.compile(r"(?<![\d.£])(\d{1,3})(?![\d%]|\.\d)")
_JOINERS = _words(
    "is are means meaning being equals to a an the of for from where with score scores scored "
    "scoring rating rated would be"
)
_REVERSED = re.compile(
    r"\b(?:revers(?:e|ed)|invers(?:e|ed|ely)|invert(?:ed)?|flipped|negatively|backwards)\b"
)
_AMOUNT = r"(higher|highest|high|lower|lowest|low|larger|largest|bigger|biggest|smaller|smallest)"
_JUDGED = re.compile(
    rf"\b{_AMOUNT}(?:\s+(?:scores?|numbers?|values?|ratings?|figures?|marks?))?"
    r"\s*(?:=|is|are|means|:|-|–|\()?\s*(?:the\s+)?"
    r"(good|better|best|preferred|favourable|positive|bad|worse|worst|poor|poorer|unfavourable|"
    r"negative)\b"
)
_GOOD = _words("good better best preferred favourable positive excellent ideal")
_BAD = _words("bad worse worst poor poorer unfavourable negative adverse unacceptable")
_MUCH = _words(
    "high higher highest large larger largest big bigger biggest major most more max maximum "
    "significant substantial extensive great greater greatest lots many heavy over above"
)
_LITTLE = _words(
    "low lower lowest small smaller smallest minor least less min minimum minimal few fewer "
    "fewest little none no not zero negligible light under below"
)
_ENDS = _words("high highest best worst maximum max low lowest none minimum min")
_STRENGTH = frozenset({"most", "more"})  # of an adjective: "most expensive" is expensive
_UNSURE = _words("gap gaps lack lacks shortage shortages risk risks barriers issues")
# Words for the whole matter that are good or bad where less of the criterion is better.
_EASY = _words(
    "easy easier easiest quick quicker quickest fast faster fastest cheap cheaper cheapest simple "
    "simpler simplest affordable immediate immediately short shorter shortest straightforward"
)
_HARD = _words(
    "hard harder hardest difficult slow slower slowest expensive costly dear complex complicated "
    "unaffordable long longer longest"
)
_BURDENS = _words("cost costs complexity effort time risk difficulty expense burden workload")


_NEEDS = _words(
    "need needs needed demand demands required requirement requirements pressure burden"
)
_GAINS = _words("saving savings save saves saved release releases released")
_DURATION = re.compile(
    r"(?<![\d.])(\d{1,3})\s*(?:=|:|is\b|-|–)\s*[^\d,;|\n]{0,12}?(\d+(?:\.\d+)?)\s*\+?\s*"
    r"(day|week|month|mth|year|yr)"
)
_DAYS = {"day": 1, "week": 7, "month": 30, "mth": 30, "year": 365, "yr": 365}


@dataclass(frozen=True, slots=True)
class Statement:
    """What text says of one level: 5, "most expensive"."""

    level: Decimal
    phrase: str

    def __str__(self) -> str:
        return f"{self.level} = {self.phrase}"


@lru_cache(maxsize=5_000)
def statements(text: str) -> tuple[Statement, ...]:
    """What is said of levels: "1 low | 5 high", "High = 5", "1 (simple) to 5 (complex)"."""
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    text = _UP_TO.sub(" ", _RANGE.sub(" ", text))
    text = _LESS_THAN.sub(" under ", _MORE_THAN.sub(" over ", text))
    text = _IN_BRACKET.sub(r"\1 = \2,", _THEN_BRACKET.sub(r"\1 = \2,", text))
    found: list[Statement] = []
    last = ""
    for segment in _SEGMENT.split(text):
        parts = _LEVEL.split(segment)
        phrases, levels = [_phrase(part) for part in parts[::2]], parts[1::2]
        if not levels:
            if last and phrases[0]:
                found.append(Statement(Decimal(last), phrases[0]))
            continue
        # Levels come before their words, unless the text ends with a level.
        said = phrases[1:] if phrases[-1] else phrases[:-1]
        found += [
            Statement(Decimal(level), phrase)
            for level, phrase in zip(levels, said, strict=True)
            if phrase
        ]
        last = levels[-1]
    return tuple(found)


def says_otherwise(text: str, criterion: Criterion, favourable: bool = False) -> str:
    """What text says against the framework's direction of a criterion; "" where nothing."""
    agrees = False
    for statement in statements(text):
        held = agreement(statement, criterion, favourable)
        if held < 0:
            return str(statement)
        agrees = agrees or held > 0
    plain_text = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().split())
    if not agrees and (found := _REVERSED.search(plain_text)):
        return found[0]
    if longer := longer_at_the_good_end(plain_text, criterion):
        return longer
    for judged in _JUDGED.finditer(plain_text):
        more = judged[1] in _MUCH
        good = judged[2] in _GOOD
        if (more == good) != (criterion.scale.better == "high"):
            return judged[0]
    return ""


def longer_at_the_good_end(text: str, criterion: Criterion) -> str:
    """A level that is better by the scale and takes longer: "1 = 3 months; 5 = 24 months"; ""
    where none does, or longer is no worse."""
    if not _more_is_worse(criterion):
        return ""
    found = [
        (Decimal(level), Decimal(number) * _DAYS[unit], whole)
        for level, number, unit, whole in (
            (*one.groups(), one[0]) for one in _DURATION.finditer(text)
        )
        if criterion.scale.allows(Decimal(level))
    ]
    if len(found) < 2:
        return ""
    low, high = min(found), max(found)
    rises = high[1] > low[1] and high[0] > low[0]
    falls = high[1] < low[1] and high[0] > low[0]
    against = rises if criterion.scale.better == "high" else falls
    return high[2] if against else ""


def judges_amounts(text: str) -> bool:
    """Whether text says that high, or low, is good or bad."""
    return _JUDGED.search(unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()) is not None


def agreement(statement: Statement, criterion: Criterion, favourable: bool = False) -> int:
    """1 where a statement fits the framework's direction, -1 where it contradicts it, 0 neither."""
    scale = criterion.scale
    if not scale.low <= statement.level <= scale.high:
        return 0
    middle = (scale.low + scale.high) / 2
    way = 1 if scale.better == "high" else -1
    stands = way * _sign(statement.level - middle)
    return stands * _side(statement.phrase, criterion, favourable)


def names_an_end(statement: Statement) -> bool:
    """Whether a statement is of an end: high, low, best, worst."""
    words = statement.phrase.split()
    return len(words) <= 3 and bool(_ENDS.intersection(words))


def _side(phrase: str, criterion: Criterion, favourable: bool) -> int:
    """1 where a phrase names the good end of a criterion, -1 the bad end, 0 where unsure."""
    scale = criterion.scale
    middle = (scale.low + scale.high) / 2
    way = 1 if scale.better == "high" else -1
    for level, anchor in criterion.anchors.items():
        if plain(anchor) == phrase:
            return way * _sign(Decimal(level) - middle)
    words = phrase.split()
    if len(words) > _MOST_WORDS or _UNSURE.intersection(words):
        return 0
    more_is_worse = _more_is_worse(criterion)
    own = {
        plain(word): way * _sign(level - middle)
        for word, level in criterion.words.items()
        if plain(word) not in _MUCH | _LITTLE
    }
    qualities = set()
    for word in words:
        if word in _GOOD or word in _BAD:
            qualities.add(1 if word in _GOOD else -1)
        elif own.get(word):
            qualities.add(own[word])
        elif more_is_worse and word in _EASY | _HARD:
            qualities.add(1 if word in _EASY else -1)
    little = bool(_LITTLE.intersection(words))
    if len(qualities) == 1:
        quality = qualities.pop()
        return -quality if little and not _STRENGTH.intersection(words) else quality
    much = bool(_MUCH.intersection(words))
    if qualities or much == little:
        return 0
    if not more_is_worse and _NEEDS.intersection(words):
        much = not much  # of what is needed, where what there is was meant
    gains = bool(_GAINS.intersection(words)) or _names_the_good(phrase, criterion)
    # Under "Affordability", high is good, but a high cost is as bad as ever.
    burden = more_is_worse and not gains and bool(_burdens(criterion).intersection(words))
    good = (favourable and not burden) or not more_is_worse or gains
    return 1 if much == good else -1


def _more_is_worse(criterion: Criterion) -> bool:
    if criterion.more_is_better is not None:
        return not criterion.more_is_better
    return bool(_BURDENS.intersection(plain(criterion.name).split()))


def _burdens(criterion: Criterion) -> frozenset[str]:
    """The words for the matter itself, of which less is better."""
    return _BURDENS | _words(plain(criterion.name))


def _names_the_good(phrase: str, criterion: Criterion) -> bool:
    return any(plain(name) in phrase for name in criterion.also_called_favourably)


def _sign(number: Decimal) -> int:
    return (number > 0) - (number < 0)


def _phrase(text: str) -> str:
    words = plain(text).split()
    while words and words[0] in _JOINERS:
        words.pop(0)
    while words and words[-1] in _JOINERS:
        words.pop()
    return " ".join(words)
