"""The words by which a row is known for a total, weights, units, a note: no intention."""

from __future__ import annotations

import re

from scoring.intake.wording import plain

NO_REF = frozenset({"-", "–", "—", "n/a", "na", "tbc", "tba", "?", "none", "new"})
# Headers of a column that says who gave the scores of each row.
WHO_SCORED = frozenset({"assessor", "assessors", "assessor name", "name of assessor", "assessed by",
                        "scorer", "scored by", "panel member", "panellist", "reviewer", "rater"})  # fmt: skip
_STATISTIC = (
    r"(?:(?:sub ?|grand ?)?total|average|avg|mean|median|mode|sum|count|maximum|minimum|max|min|"
    r"std|std dev|st ?dev|standard deviation|variance|range|spread)s?"
)
_WHOSE = (
    r"(?:grand|sub|overall|column|weighted|unweighted|running|maximum|max|minimum|min|possible|"
    r"panel|group|team|section|function|programme|raw|simple)"
)
_OF_THE_ROUND = (
    r"(?:(?:score|weight|weighting|point|number|row|intention|scheme|project|proposal|idea|item|"
    r"criteria|criterion|assessor|panel|function|value|rating|submission)s?|possible|available|"
    r"of|for|in|by|per|across|all|the|each|to date|ed|\d+)"
)
# Nothing but the words of a summary: "Total (6 schemes)", "Panel average", "Std dev", "n".
_SUMMARY = re.compile(
    rf"(?:{_WHOSE} ?)*{_STATISTIC}(?: {_OF_THE_ROUND})*|n|sd|s d|"
    rf"(?:number|no|n) of {_OF_THE_ROUND}(?: {_OF_THE_ROUND})*"
)
# A summary of something named: "Sub-total Mental Health", "Average for LDA", "Acute total".
_SUMMARY_OF = re.compile(
    r"sub ?totals? .{1,60}|(?:grand ?)?(?:total|average|mean|median|std dev)s? for .{1,60}|"
    r"(?:\w+ ){1,4}(?:(?:sub ?)?total|average|mean|median|std dev)s?(?: scores?)?"
)
_SUMMARY_COLON = re.compile(rf"{_STATISTIC}\s*(?:\s[–—-]\s|:\s*\S)", re.IGNORECASE)
# What may be a summary as well as an intention: "Sum of scores", "Count of falls".
_MAYBE_SUMMARY = re.compile(rf"(?:{_WHOSE} ?)*{_STATISTIC} of .{{1,80}}")
_WEIGHT = re.compile(
    r"(?:(?:criteri(?:on|a)|relative|score|agreed|panel|published) )*"
    r"(?:weight(?:s|ing|ings|ed)?|multipliers?)"
    r"(?: (?:percent|in|of|total|factors?|multipliers?|values?|applied|used|\d+))*"
)
NOTE = re.compile(
    r"(?:key|notes?|legend|source|scoring (?:guid(?:e|ance)|key|scale|matrix)|score key|guidance|"
    r"please|nb|n b|end of|prepared by|version|last updated|scale|definitions?|abbreviations?|"
    r"instructions?)\b"
)
_SIGN_OFF = re.compile(
    r"(?:completed|prepared|scored|moderated|approved|authorised|signed(?: off)?|reviewed|agreed|"
    r"submitted|checked|produced)(?: and \w+)? (?:by|on|at)\b.*|signed(?: off)?|signatures?\b.*|"
    r"dated?|date (?:of \w+|completed|signed|scored|agreed|submitted|updated)\b.*|print name|name|"
    r"role|job title"
)
UNITS = re.compile(
    r"(?:[£%#]|£ ?(?:k|m|000s?)|(?:/|out of) ?\d+|\d+ ?(?:-|–|to) ?\d+|[(\[].{0,20}[)\]]|y ?/ ?n|yes ?/ ?no|text|"
    r"free text|number|date|drop ?down|h ?/ ?m ?/ ?l|units?|scale|score|select.{0,20}|months?|"
    r"wte|mandatory|required|optional|\d+ ?=.{0,80}|.{0,40}\b\d ?[=:(].{0,200})",
    re.DOTALL,
)
TO_ENTER = re.compile(
    r"\b(?:guidance|instructions?|how to|enter|scale|short (?:name|title)|name of|description|"
    r"unique|mandatory|free text|select|choose)\b"
)
_EXAMPLE_REF = re.compile(r"example|e\.\s?g\b|eg(?:[.:,].*)?$|sample$", re.IGNORECASE)
_EXAMPLE_TITLE = re.compile(
    r"\W*(?:e\.\s?g[.\s:,]|eg[.:,]|example\W*$|examples?\s*[:–—-]\s|example,|"
    r"example (?:row|only|intention|scheme|project|entry)\b)",
    re.IGNORECASE,
)
# A row may be one of these only where its ref or title begins, or is, or ends like this.
_BEGINNINGS = (
    "total", "grand", "sub", "average", "avg", "mean", "median", "mode", "sum", "count", "max",
    "min", "weight", "criteri", "overall", "column", "number", "no of", "no. of", "key", "note",
    "legend", "example", "running", "possible", "std", "st dev", "stdev", "standard dev", "variance",
    "range", "spread", "multiplier", "relative", "panel", "raw", "e.g", "e. g", "completed",
    "prepared", "scored", "moderated", "approved", "authorised", "signed", "signature", "reviewed",
    "agreed", "submitted", "checked", "produced", "date", "print name", "job title", "guidance",
    "instruction", "scoring", "unweighted", "weighted", "(e", '"e', "published", "simple",
)  # fmt: skip
_WHOLE = frozenset({"n", "sd", "eg", "name", "role", "sample"})
_WHOLE_LETTERS = frozenset(word[0] for word in _WHOLE)
_BY_LETTER = {
    letter: tuple(word for word in (*_BEGINNINGS, "eg") if word[0] == letter)
    for letter in {word[0] for word in (*_BEGINNINGS, *_WHOLE)}
}
_LONGEST_BEGINNING = max(map(len, _BEGINNINGS))
_TRAILING = " :.=0123456789"
_ENDINGS = ("total", "totals", "average", "averages", "mean", "median", "dev", "score", "scores")


def may_be_label(text: str) -> bool:
    """Whether a ref or title is worth a closer look. Quick, because every row is asked."""
    head = text.lstrip()[:_LONGEST_BEGINNING].casefold()
    beginnings = _BY_LETTER.get(head[:1])
    if beginnings is None:
        return False
    if head.startswith(beginnings):
        return True
    return head[0] in _WHOLE_LETTERS and text.strip().casefold().rstrip(_TRAILING) in _WHOLE


class Starts(dict[str, bool]):
    """Whether text that starts with these two characters is worth asking `may_be_label` about: each
    pair is thought about once, because nearly every row of a table fails here."""

    def __missing__(self, two: str) -> bool:
        """A pair not met before."""
        head = two.casefold()
        closer = len(head) < 2 or head[0].isspace()
        self[two] = closer or any(
            word[0] == head[0] and word[1:2] in ("", head[1])
            for word in (*_BEGINNINGS, *_WHOLE, "eg")
        )
        return self[two]


def may_end_as_label(text: str) -> bool:
    """Whether a title ends as a summary does: asked where no ref tells the rows apart."""
    return text.rstrip(" :.)0123456789").casefold().endswith(_ENDINGS)


def is_summary(text: str, named: bool = False) -> bool:
    """Whether a label says total, average, spread or count. Of a row with a ref and a title
    (`named`), only a ref that says nothing else can."""
    said = plain(text)
    if _SUMMARY.fullmatch(said):
        return True
    return not named and bool(_SUMMARY_OF.fullmatch(said) or _SUMMARY_COLON.match(text.strip()))


def may_be_summary(text: str) -> bool:
    """Whether a label reads as a summary or as a title: only its numbers can tell."""
    return _MAYBE_SUMMARY.fullmatch(plain(text)) is not None


def is_weight(text: str) -> bool:
    """Whether a label says weight, weighting or multiplier and nothing else."""
    return _WEIGHT.fullmatch(plain(text)) is not None


def is_sign_off(text: str) -> bool:
    """Whether a label says who completed, approved or dated the sheet."""
    return _SIGN_OFF.fullmatch(plain(text)) is not None


def is_example_ref(ref: str) -> bool:
    """Whether a ref marks the example row."""
    return _EXAMPLE_REF.match(ref.strip()) is not None


def is_example_title(title: str) -> bool:
    """Whether a title marks an example."""
    return _EXAMPLE_TITLE.match(title) is not None


def is_some_ref(header: str) -> bool:
    """Whether a header names some kind of ref: "ICB ref", "Trust reference"."""
    words = plain(header).split()
    return 1 < len(words) <= 3 and words[-1] in ("ref", "reference")


def shape(ref: str) -> str:
    """The shape of a ref: "SGW-01" is "A-9"."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "A", ref.strip()))
