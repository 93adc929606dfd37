"""What intentions are scored against: criteria, scales, anchors, weights and segment rules."""

from scoring.framework.criterion import Criterion, Scale
from scoring.framework.fields import FIELDS, Field
from scoring.framework.framework import Framework
from scoring.framework.load import (
    framework_to_toml,
    list_frameworks,
    load_framework,
    parse_framework,
)
from scoring.framework.rules import Question, Rule, Segment
from scoring.framework.weights import Weights

__all__ = [
    "FIELDS",
    "Criterion",
    "Field",
    "Framework",
    "Question",
    "Rule",
    "Scale",
    "Segment",
    "Weights",
    "framework_to_toml",
    "list_frameworks",
    "load_framework",
    "parse_framework",
]
