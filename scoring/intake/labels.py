"""The words by which a row is known for a total, weights, units, a note: no intention."""

from __future__ import annotations

import re

NO_REF = frozenset({"-", "–", "—", "n/a", "na", "tbc", "tba", "?", "none", "new"})
TOTAL = re.compile(
    r"(?:(?:grand|sub|overall|column|weighted|running|maximum|max|minimum|min|possible) ?)*"
    r"(?:total|average|mean|median|sum|count|maximum|minimum|max|min|subtotal)s?"
    r"(?: (?:score|weight|weighting|point|number|row|intention|scheme|project|possible|available)s?"
    r"| of .{0,40}| for .{0,40}|ed)*(?: \d+)?|number of (?:intentions|schemes|projects|rows)"
)
WEIGHT = re.compile(r"(?:criteri(?:on|a) )?weight(?:s|ing|ings|ed)?(?: (?:percent|in|of|total))*")
NOTE = re.compile(
    r"(?:key|notes?|legend|source|scoring (?:guide|key|scale|matrix)|score key|guidance|please|nb|"
    r"n b|end of|prepared by|version|last updated|scale|definitions?|abbreviations?)\b"
)
UNITS = re.compile(
    r"(?:[£%#]|£ ?(?:k|m|000s?)|\d+ ?(?:-|–|to) ?\d+|[(\[].{0,20}[)\]]|y ?/ ?n|yes ?/ ?no|text|"
    r"free text|number|date|drop ?down|h ?/ ?m ?/ ?l|units?|scale|score|select.{0,20}|months?|"
    r"wte|mandatory|required|optional|\d+ ?=.{0,80}|.{0,40}\b\d ?[=:(].{0,200})",
    re.DOTALL,
)
BEGINNINGS = (
    "total", "grand", "sub", "average", "mean", "median", "sum", "count", "max", "min", "weight",
    "criteri", "overall", "column", "number", "key", "note", "legend", "example", "running",
    "possible",
)  # fmt: skip


def shape(ref: str) -> str:
    """The shape of a ref: "SGW-01" is "A-9"."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "A", ref.strip()))
