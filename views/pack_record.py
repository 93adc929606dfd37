"""What a session knows for the decision pack besides the ranking: settings, reasons, files."""

from __future__ import annotations

import hashlib

from scoring.export.about import About
from scoring.export.pack import Record, ScoreReason, WeightSetting
from scoring.ranking import Ranking
from store.cells import read_cells
from store.records import Cell
from views.state import AppState


def record_of(state: AppState, ranking: Ranking, about: About, by: str, why: str) -> Record:
    """The ledger of settings, each score's evidence from the store, and the files as they came.

    `by` and `why` are said of the weights of `ranking`, which are then the last setting. Raises
    `Unavailable` when the store of an open round cannot be read: a pack without its reasons must
    not pass for whole.
    """
    settings = [WeightSetting(line.weights, line.by, line.at, line.what) for line in state.ledger]
    settings += [
        WeightSetting(s.weights, s.by, s.at, s.why, s.name)
        for s in state.scenarios
        if s.at is not None
    ]
    settings.sort(key=lambda setting: setting.at)
    if by or why:
        settings.append(WeightSetting(ranking.weights, by, about.made_at, why, about.scenario))
    read = {file.sha256 for file in state.intake.files}
    sources = tuple(s for s in state.sources if hashlib.sha256(s.data).hexdigest() in read)
    return Record(tuple(settings), _reasons(state, ranking), sources)


def _reasons(state: AppState, ranking: Ranking) -> tuple[ScoreReason, ...]:
    kept = state.kept
    if kept is None or kept.round is None:
        return ()
    sheet = ranking.sheet
    keys = [(ref, criterion.id) for ref in sheet.refs for criterion in sheet.framework.criteria]
    with kept.store.read(kept.round.id, kept.actor) as source:
        cells = read_cells(source, keys)
    return tuple(
        ScoreReason(
            ref,
            criterion,
            _said(cells[ref, criterion]),
            kept.names.get(cells[ref, criterion].by, cells[ref, criterion].by),
        )
        for ref, criterion in keys
        if (ref, criterion) in cells
    )


def _said(cell: Cell) -> str:
    """Evidence, its link, how sure the assessor was and why it was changed, in one text."""
    sure = f"Confidence: {cell.confidence}" if cell.confidence else ""
    why = f"Changed because: {cell.why}" if cell.why else ""
    return "; ".join(part for part in (cell.evidence, cell.link, sure, why) if part)
