"""What a pack's paper is set against: other weights, or another round with its own inputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.export.pack.drawn import weights_document
from scoring.export.pack.inputs import INPUTS, input_files, read_inputs
from scoring.ranking import Ranking, prioritise

BEFORE = "inputs/before/"
_NAMES = {name: name.replace("inputs/", BEFORE) for name in INPUTS}
WHAT_BEFORE = dict(
    zip(
        _NAMES.values(),
        (
            "criteria, scales and rules of the round that this one is set against",
            "the weights of the round that this one is set against",
            "every intention of the round that this one is set against",
            "segments that a person decided in the round that this one is set against",
        ),
        strict=True,
    )
)


def before_document(
    baseline: Ranking | None, another: bool
) -> tuple[dict[str, Any] | None, dict[str, bytes]]:
    """What to keep of it: the weights, or that it is another round and the files of that."""
    if baseline is None:
        return None, {}
    if another:
        files = input_files(baseline, {})
        return {"another_round": True}, {_NAMES[name]: data for name, data in files.items()}
    weights = weights_document(baseline.weights)
    return {"another_round": False, "weights": weights, "missing": baseline.totals.missing}, {}


def read_before(given: Any, files: Mapping[str, bytes], ranking: Ranking) -> Ranking | None:
    """It again. Raises `Unreadable`, `Unusable`, KeyError, TypeError or ValueError."""
    if given is None:
        return None
    if given["another_round"]:
        inputs = read_inputs({name: files[own] for name, own in _NAMES.items()})
        return prioritise(inputs.sheet, inputs.weights, inputs.missing, inputs.overrides)
    weights = ranking.sheet.framework.weights_with(given["weights"])
    return prioritise(ranking.sheet, weights, given["missing"], segments=ranking.segments)
