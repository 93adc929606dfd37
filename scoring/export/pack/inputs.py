"""The inputs of a decision as plain files, and back: framework, weights, scores, answers, overrides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from scoring.export.pack.origins import origins_of, read_at
from scoring.framework import Framework, Weights
from scoring.framework.load import framework_to_toml, parse_framework
from scoring.problem import Unusable
from scoring.ranking import Ranking
from scoring.score import MISSING_IN_WORDS, Missing
from scoring.segment import Override
from scoring.sheet import ScoreSheet

FRAMEWORK, WEIGHTS = "inputs/framework.toml", "inputs/weights.json"
INTENTIONS, OVERRIDES = "inputs/intentions.json", "inputs/overrides.json"
SOURCES = "inputs/sources/"
INPUTS = (FRAMEWORK, WEIGHTS, INTENTIONS, OVERRIDES)


@dataclass(frozen=True, eq=False)
class Inputs:
    """All that totals, places and segments follow from."""

    framework: Framework
    weights: Weights
    missing: Missing
    sheet: ScoreSheet
    overrides: Mapping[str, Override]


class Unreadable(Exception):
    """An input file of a pack that is not what this module wrote; says which file and why."""


def input_files(ranking: Ranking, weights_record: Mapping[str, Any]) -> dict[str, bytes]:
    """The inputs of a ranking as files. `weights_record` is kept beside the weights."""
    sheet, framework = ranking.sheet, ranking.sheet.framework
    weights = {
        "used": {id: f"{weight:f}" for id, weight in ranking.weights.items()},
        "published": {id: f"{weight:f}" for id, weight in framework.weights.items()},
        "missing": ranking.totals.missing,
        **weights_record,
    }
    criteria = [criterion.id for criterion in framework.criteria]
    rows = []
    for i, ref in enumerate(sheet.refs):
        scored = [(j, id) for j, id in enumerate(criteria) if sheet.scored[i, j]]
        rows.append(
            {
                "ref": ref,
                "title": sheet.titles[i],
                "source": sheet.where.row(i),
                "scores": {id: plain_number(float(sheet.scores[i, j])) for j, id in scored},
                "cells": {id: sheet.where.cell(i, j) for j, id in scored},
                "read": read_at(sheet, i, scored),
                "fields": {
                    id: column[i]
                    for id, column in sorted(sheet.fields.items())
                    if column[i] is not None
                },
            }
        )
    made = [a.override for a in ranking.segments.assignments if a.override]
    overrides = [
        {"ref": o.ref, "segment": o.segment, "reason": o.reason, "by": o.by, "on": o.on.isoformat()}
        for o in made
    ]
    return {
        FRAMEWORK: framework_to_toml(framework).encode(),
        WEIGHTS: to_bytes(weights),
        INTENTIONS: to_bytes(rows),
        OVERRIDES: to_bytes(overrides),
    }


def read_inputs(files: Mapping[str, bytes]) -> Inputs:
    """The inputs back from their files. Raises `Unreadable` naming the first that is not right."""
    framework = _reading(FRAMEWORK, lambda: parse_framework(files[FRAMEWORK], FRAMEWORK))
    given = _reading(WEIGHTS, lambda: from_bytes(files[WEIGHTS]))
    weights = _reading(WEIGHTS, lambda: framework.weights_with(given["used"], WEIGHTS))
    missing = _reading(WEIGHTS, lambda: _policy(given["missing"]))
    sheet = _reading(INTENTIONS, lambda: _sheet(framework, from_bytes(files[INTENTIONS])))
    overrides = _reading(OVERRIDES, lambda: _overrides(from_bytes(files[OVERRIDES])))
    return Inputs(framework, weights, missing, sheet, overrides)


def _reading(name: str, read: Any) -> Any:
    try:
        return read()
    except (Unusable, KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Unreadable(f"{name}: {error}") from error


def _policy(text: str) -> Missing:
    for policy in MISSING_IN_WORDS:
        if policy == text:
            return policy
    raise ValueError(f"there is no policy for missing scores called {text}")


def _sheet(framework: Framework, rows: list[dict[str, Any]]) -> ScoreSheet:
    criteria = [criterion.id for criterion in framework.criteria]
    scores = np.full((len(rows), len(criteria)), np.nan)
    for i, row in enumerate(rows):
        unknown = set(row["scores"]) - set(criteria)
        if unknown:
            raise ValueError(f"{row['ref']} has a score on {sorted(unknown)[0]}, no criterion")
        for j, id in enumerate(criteria):
            if id in row["scores"]:
                scores[i, j] = row["scores"][id]
    ids = sorted({id for row in rows for id in row["fields"]})
    fields = {id: tuple(row["fields"].get(id) for row in rows) for id in ids}
    refs, titles = tuple(row["ref"] for row in rows), tuple(row["title"] for row in rows)
    return ScoreSheet(framework, refs, titles, scores, fields, origins_of(rows, criteria))


def _overrides(rows: list[dict[str, str]]) -> dict[str, Override]:
    return {
        row["ref"]: Override(
            row["ref"], row["segment"], row["reason"], row["by"], date.fromisoformat(row["on"])
        )
        for row in rows
    }


def plain_number(number: float) -> int | float:
    """A whole number without its ".0"."""
    return int(number) if number.is_integer() else number


def to_bytes(document: object) -> bytes:
    """JSON in ASCII, the same for the same document; anything that text can hold comes back."""
    return (json.dumps(document, indent=1, allow_nan=False) + "\n").encode("ascii")


def from_bytes(data: bytes) -> Any:
    """The document back. Raises ValueError."""
    return json.loads(data)
