"""The tables that stand beside the ranked list: weights, segments, what is missing, the ledger."""

from __future__ import annotations

from collections import Counter

import numpy as np

from scoring.export.about import About
from scoring.export.tables import Cell, Column, Table, segment_name
from scoring.framework import Framework
from scoring.intake.result import LedgerLine, Outcome
from scoring.ranking import Ranking
from scoring.score import MISSING_IN_WORDS


def weights_table(ranking: Ranking) -> Table:
    """Each criterion's weight now and as published, as given and as a share of 100."""
    framework, weights = ranking.sheet.framework, ranking.weights
    now, published = weights.percent, framework.weights.percent
    rows = tuple(
        (
            c.name,
            float(weights[c.id]),
            round(now[c.id], 9),
            float(c.weight),
            round(published[c.id], 9),
            round(now[c.id] - published[c.id], 9) + 0.0,
            c.scale.direction_in_words,
        )
        for c in framework.criteria
    )
    columns = (
        Column("criterion", "Criterion"),
        Column("weight", "Weight", "number"),
        Column("share", "Share of 100", "share"),
        Column("published_weight", "Published weight", "number"),
        Column("published_share", "Published share of 100", "share"),
        Column("change", "Change in share", "share"),
        Column("direction", "Scale", "long"),
    )
    note = "Only proportions matter: totals use each weight's share of 100."
    return Table("Weights", "Weights now and as published", columns, rows, note)


def segments_table(ranking: Ranking) -> Table:
    """Each segment: what is in it, where it goes, how many intentions it has."""
    framework = ranking.sheet.framework
    ids = np.array(ranking.segments.ids, dtype=str)
    ranked = ranking.places.ranked
    by_override = Counter(a.segment for a in ranking.segments.assignments if a.override)
    rows: list[tuple[Cell, ...]] = []
    for id, count in ranking.segments.counts().items():
        segment = framework.segment(id)
        definition = segment.definition if segment else "No rule fits yet: questions are open"
        route = segment.route if segment else "Answer the open questions first"
        here = int((ranked & (ids == id)).sum())
        name = segment_name(ranking, id)
        rows.append((name, definition, route, count, here, count - here, by_override[id]))
    columns = (
        Column("segment", "Segment", "long"),
        Column("definition", "What is in it", "long"),
        Column("route", "Goes to", "long"),
        Column("intentions", "Intentions", "place"),
        Column("ranked", "Ranked", "place"),
        Column("unranked", "Not ranked", "place"),
        Column("overrides", "By override", "place"),
    )
    note = "An intention's segment follows from what it is, never from its total."
    return Table("Segments", "Segments and where they go", columns, tuple(rows), note)


def criteria_table(framework: Framework) -> Table:
    """Each criterion: what it asks, which end is better, what each level means."""
    rows = tuple(
        (
            c.name,
            c.asks,
            c.scale.in_words[0].upper() + c.scale.in_words[1:],
            c.scale.direction_in_words,
            "\n".join(f"{level} = {text}" for level, text in c.anchors.items()) or None,
            c.justification or None,
        )
        for c in framework.criteria
    )
    columns = (
        Column("criterion", "Criterion"),
        Column("asks", "What it asks", "long"),
        Column("scale", "A score is", "long"),
        Column("direction", "Which end is better", "long"),
        Column("anchors", "What each score means", "long"),
        Column("why", "Why it weighs what it does", "long"),
    )
    note = "An empty cell means that the framework says nothing there."
    return Table("Criteria and anchors", "Criteria and what scores mean", columns, rows, note)


def incomplete_table(ranking: Ranking) -> Table:
    """Intentions with a score missing, and the best and worst they could come to."""
    sheet = ranking.sheet
    names = {c.id: c.name for c in sheet.framework.criteria}
    rows: list[tuple[Cell, ...]] = []
    for i in np.flatnonzero(~sheet.complete):
        span = ranking.span(int(i))
        missing = ", ".join(names[id] for id in span.missing)
        totals = (round(span.total[0], 9), round(span.total[1], 9))
        source = sheet.where.row(int(i)) or None
        rows.append((sheet.refs[i], sheet.titles[i], missing, *totals, *span.place, source))
    columns = (
        Column("ref", "Ref"),
        Column("title", "Title", "long"),
        Column("missing", "Not scored", "long"),
        Column("lowest", "Lowest total", "total"),
        Column("highest", "Highest total", "total"),
        Column("best", "Best rank", "place"),
        Column("worst", "Worst rank", "place"),
        Column("source", "Source", "long"),
    )
    note = f"{MISSING_IN_WORDS[ranking.totals.missing]} As exported; it does not recalculate."
    return Table("Incomplete", "Intentions with a score missing", columns, tuple(rows), note)


def accounted_table(ranking: Ranking, about: About) -> Table:
    """What became of every row that was read: submitted = ranked + not ranked + refused + ...

    A row that is not in the ranking was set aside; `about.set_aside` says how (merged, rejected,
    deferred, business as usual).
    """
    sheet = ranking.sheet
    ranked = {ref for ref, r in zip(sheet.refs, ranking.places.ranked, strict=True) if r}
    there, how = set(sheet.refs), dict(about.set_aside)

    def became(line: LedgerLine) -> str:
        if line.outcome in ("refused", "merged"):
            return line.outcome.capitalize()
        if line.ref in there:
            return "Ranked" if line.ref in ranked else "Not ranked"
        return how.get(line.ref, "Set aside")

    files = {line.file: Counter[str]() for line in about.ledger}
    for line in about.ledger:
        files[line.file][became(line)] += 1
    if not files:
        files["This list"] = Counter({"Ranked": len(ranked), "Not ranked": len(there - ranked)})
    kinds = dict.fromkeys(("Ranked", "Not ranked", "Refused"))
    kinds |= dict.fromkeys(sorted({kind for counts in files.values() for kind in counts}))
    rows: list[tuple[Cell, ...]] = [
        (name, counts.total(), *(counts[kind] for kind in kinds)) for name, counts in files.items()
    ]
    columns = (
        Column("file", "File", "long"),
        Column("submitted", "Submitted", "place"),
        *(Column(kind.casefold(), kind, "place") for kind in kinds),
    )
    added = " + ".join(kind.casefold() for kind in kinds)
    note = f"Submitted = {added}. No row that was read is left out."
    return Table("Accounted for", "Every row accounted for", columns, tuple(rows), note)


def refused_table(about: About) -> Table:
    """Every row that was refused, and why."""
    return _why_out(about, "refused", "Refused rows", "Rows that were refused")


def merged_table(about: About) -> Table:
    """Every intention that a person merged into another, and into which."""
    return _why_out(about, "merged", "Merged rows", "Intentions merged into another")


def _why_out(about: About, outcome: Outcome, name: str, title: str) -> Table:
    # Ref and title in one column: two would make these rows look like intentions when read back.
    rows = tuple(
        (
            line.file,
            line.sheet or None,
            line.row,
            f"{line.ref} {line.title}".strip() or None,
            line.why,
        )
        for line in about.ledger
        if line.outcome == outcome
    )
    columns = (
        Column("file", "File", "long"),
        Column("sheet", "Sheet"),
        Column("row", "Row", "place"),
        Column("stood", "What stood there", "long"),
        Column("why", "Why", "long"),
    )
    return Table(name, title, columns, rows, "As read. An empty cell was empty in the source.")


def moves_table(ranking: Ranking, baseline: Ranking) -> Table:
    """Each intention's place now and in the previous round, and how far it moved (up is positive).

    Intentions are matched by ref; one that is in only one of the two has no move.
    """
    before = {ref: i for i, ref in enumerate(baseline.sheet.refs)}
    order = [*ranking.places.order, *np.flatnonzero(ranking.unranked)]
    rows: list[tuple[Cell, ...]] = []
    for i in order:
        ref, now = ranking.sheet.refs[i], int(ranking.places.place[i])
        k = before.get(ref)
        was = int(baseline.places.place[k]) if k is not None else 0
        was_total = round(float(baseline.totals.total[k]), 9) if k is not None and was else None
        total = round(float(ranking.totals.total[i]), 9) if now else None
        moved = was - now if was and now else None
        rows.append(
            (ref, ranking.sheet.titles[i], was or None, now or None, moved, was_total, total)
        )
    columns = (
        Column("ref", "Ref"),
        Column("title", "Title", "long"),
        Column("was", "Rank in the previous round", "place"),
        Column("now", "Rank now", "place"),
        Column("moved", "Places moved up", "move"),
        Column("was_total", "Total in the previous round", "total"),
        Column("total", "Total now", "total"),
    )
    note = "As exported; it does not recalculate. Empty: not ranked there, so no move."
    return Table("Since last round", "Moves since the previous round", columns, tuple(rows), note)


def about_table(
    ranking: Ranking,
    about: About,
    cut: tuple[str, ...] = (),
    said: tuple[tuple[str, str], ...] = (),
) -> Table:
    """Where the export comes from and how to read it; `said` adds (what, says) of its own."""
    framework = ranking.sheet.framework
    shown = ranking.weights.shown()
    rows: list[tuple[Cell, ...]] = [
        ("Round", about.round_name),
        ("Framework", f"{framework.name} ({framework.id})"),
        ("Scenario", about.scenario or None),
        ("Weights", ", ".join(f"{c.name} {shown[c.id]}%" for c in framework.criteria)),
        ("Made by", about.made_by or None),
        ("Made at", about.made_at_shown),
        ("Tool version", about.version or None),
        ("Illustrative", about.illustrative or None),
        ("Missing scores", MISSING_IN_WORDS[ranking.totals.missing]),
        ("A value", "A score rescaled to 0-1 between the ends of its scale; the better end is 1."),
        ("Points", "Weight (as a share of 100) x value."),
        (
            "Total",
            "The sum of the points, 0-100, worked out in whole numbers so that ties are true.",
        ),
        (
            "Rank",
            "One more than the number of better totals: equal totals share a rank (1, 2, 2, 4).",
        ),
        *said,
        ("Framework source", framework.source or None),
    ]
    rows += [
        (f"Source file {k}", f"{file.name} ({file.bytes:,} bytes), SHA-256 {file.sha256}")
        for k, file in enumerate(about.files, 1)
    ]
    rows += [(f"Changed to fit {k}", said) for k, said in enumerate(cut, 1)]
    filled = tuple(row for row in rows if row[1] is not None)
    columns = (Column("what", "What"), Column("says", "Says", "long"))
    return Table("About", "About this workbook", columns, filled)
