"""Last year's round as the start of this one, each intention linked to its predecessor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, cast

import numpy as np

from scoring.framework import Weights
from scoring.ranking import prioritise
from scoring.score import Missing
from scoring.sheet import Origins, ScoreSheet
from store.intentions import list_intentions
from store.logs import read_log
from store.records import Actor
from store.rounds import about_round, new_round
from store.scenarios import list_scenarios
from store.sheets import load_sheet, open_sheet
from store.store import Store
from store.transaction import Reading


def copy_round(
    store: Store,
    actor: Actor,
    at: datetime,
    source_id: str,
    name: str,
    keep_scores: bool = False,
    deadline: date | None = None,
) -> str:
    """A new round with the active and deferred intentions of another; returns its id.

    Each new intention keeps what is shown beside this year's: last year's scores, total, place,
    status and decisions, as they were on this day. Scores start blank unless `keep_scores`;
    segment answers, overrides, logs, scenarios and people are not copied. Any member of the old
    round may do it and owns the new one.
    """
    with store.read(source_id, actor) as source:
        about = about_round(source)
        opened = open_sheet(source, statuses=("active", "deferred"))
        carried = _carried(source, opened.sheet)
        framework = source.framework
    sheet = _as_a_start(opened.sheet, about.name, keep_scores)
    with new_round(
        store, actor, at, name, framework, about.scope, deadline, predecessor=source_id
    ) as change:
        load_sheet(change, sheet, why=f"Copied from {about.name}", carried=carried)
        return change.round_id


def _as_a_start(sheet: ScoreSheet, name: str, keep_scores: bool) -> ScoreSheet:
    """The sheet without what belongs to last year only. It was read from a round, not a file."""
    n, m = sheet.scores.shape
    asked = {question.id for question in sheet.framework.questions}
    return replace(
        sheet,
        scores=sheet.scores if keep_scores else np.full((n, m), np.nan),
        fields={id: column for id, column in sheet.fields.items() if id not in asked},
        origins=replace(Origins.nowhere(n, m), tables=((f"round {name}", ""),)),
    )


def _carried(source: Reading, sheet: ScoreSheet) -> dict[str, dict[str, Any]]:
    """Per ref: the round, scores, total, place of how many, status, and decisions of last year."""
    scenario = next((s for s in list_scenarios(source) if s.published), None)
    weights = sheet.framework.weights if scenario is None else Weights.of(scenario.weights)
    missing = "unranked" if scenario is None else cast(Missing, scenario.missing)
    standing = {i.ref: i for i in list_intentions(source)}
    active = [i for i, ref in enumerate(sheet.refs) if standing[ref].status == "active"]
    ranking = prioritise(sheet.take(active), weights, missing)
    places = {ref: k for k, ref in enumerate(ranking.sheet.refs)}
    decisions: dict[str, list[str]] = {}
    for entry in read_log(source, "decision"):
        decisions.setdefault(entry.ref, []).append(entry.what)
    carried: dict[str, dict[str, Any]] = {}
    for i, ref in enumerate(sheet.refs):
        kept: dict[str, Any] = {
            "round": source.round_id,
            "round_name": source.name,
            "ref": ref,
            "status": standing[ref].status,
            "reason": standing[ref].reason,
            "decisions": decisions.get(ref, []),
            "scores": {
                c.id: float(sheet.scores[i, j])
                for j, c in enumerate(sheet.framework.criteria)
                if sheet.scored[i, j]
            },
        }
        k = places.get(ref)
        if k is not None and ranking.places.ranked[k]:
            kept["total"] = float(ranking.totals.total[k])
            kept["place"] = ranking.places.shown(k)
            kept["ranked"] = int(ranking.places.ranked.sum())
        carried[ref] = kept
    return carried
