"""Score, rank, segment and explain commissioning intentions.

    from scoring import Source, explain, load_framework, prioritise, read_intentions

The rooms, in the order a datum walks through them: `framework`, `intake`, `sheet`, `score`, `rank`,
`segment`, `ranking`, `explain`, `analysis`, `export`. None of them knows of a page, a store or a clock.
"""

from scoring.explain import Explanation, explain
from scoring.framework import Framework, Weights, load_framework
from scoring.intake import Intake, Source, read_intentions
from scoring.problem import Problem, Unusable
from scoring.ranking import Ranking, prioritise
from scoring.sheet import ScoreSheet

__all__ = [
    "Explanation",
    "Framework",
    "Intake",
    "Problem",
    "Ranking",
    "ScoreSheet",
    "Source",
    "Unusable",
    "Weights",
    "explain",
    "load_framework",
    "prioritise",
    "read_intentions",
]
