"""The records that people read: every score with its source and reason, and what was decided."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from scoring.export.about import About
from scoring.export.pack.inputs import plain_number
from scoring.export.pack.record import Record
from scoring.export.tables import segment_name
from scoring.export.text import csv_text
from scoring.ranking import Ranking

SCORES, LEDGER = "records/scores.csv", "records/rows-read.csv"
OVERRIDES, SETTINGS = "records/overrides.csv", "records/weights-ledger.csv"
SCORE_HEADER = ("Ref", "Intention", "Criterion", "Score", "What the score means", "Value", "Weight (%)",
                "Points", "Where the score stands", "Assessor", "Reason")  # fmt: skip


def scores_csv(ranking: Ranking, record: Record) -> bytes:
    """One row an intention and criterion, scored or not, with where the score was read."""
    sheet, percent = ranking.sheet, ranking.weights.percent
    points, values = ranking.totals.points, sheet.values
    why = {(reason.ref, reason.criterion): reason for reason in record.reasons}
    rows: list[Sequence[str]] = []
    for i, ref in enumerate(sheet.refs):
        for j, criterion in enumerate(sheet.framework.criteria):
            given = why.get((ref, criterion.id))
            said = (given.assessor, given.reason) if given else ("", "")
            weight = f"{percent[criterion.id]:.6g}"
            cell = sheet.where.cell(i, j)
            if sheet.scored[i, j]:
                score = float(sheet.scores[i, j])
                figures = (str(plain_number(score)), criterion.anchor(score), f"{values[i, j]:.6g}")
                earned = f"{points[i, j]:.6f}"
            else:
                figures, earned = ("not scored", "", ""), ""
            rows.append(
                (ref, sheet.titles[i], criterion.name, *figures, weight, earned, cell, *said)
            )
    return _csv(SCORE_HEADER, rows)


def ledger_csv(about: About) -> bytes:
    """What became of every row that was read."""
    header = ("File", "Sheet", "Row", "Outcome", "Ref", "Intention", "Why")
    rows = [
        (line.file, line.sheet, str(line.row), line.outcome, line.ref, line.title, line.why)
        for line in about.ledger
    ]
    return _csv(header, rows)


def overrides_csv(ranking: Ranking) -> bytes:
    """Every segment that a person decided, and what the rules say."""
    header = ("Ref", "Intention", "By the rules", "Decided", "Reason", "By", "On")
    rows = []
    for i, assignment in enumerate(ranking.segments.assignments):
        made = assignment.override
        if made is not None:
            names = [segment_name(ranking, id) for id in (assignment.by_rules, made.segment)]
            title = ranking.sheet.titles[i]
            rows.append((made.ref, title, *names, made.reason, made.by, made.on.isoformat()))
    return _csv(header, rows)


def settings_csv(ranking: Ranking, record: Record) -> bytes:
    """Every setting of the weights in order of time: who, when, why."""
    criteria = ranking.sheet.framework.criteria
    header = ("When", "By", "Scenario", "Why", *(f"{c.name} (%)" for c in criteria))
    rows = []
    for setting in record.settings:
        shown = setting.weights.shown(2)
        at = setting.at.isoformat(timespec="seconds")
        rows.append(
            (at, setting.by, setting.scenario, setting.why, *(shown[c.id] for c in criteria))
        )
    return _csv(header, rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([csv_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
