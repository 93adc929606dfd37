"""The opening of a paper: what it is for, what is asked, and the process in figures."""

from __future__ import annotations

from collections import Counter

import numpy as np

from scoring.export.about import About
from scoring.export.paper.above_line import set_in_words
from scoring.export.paper.blocks import (
    Block,
    Blocks,
    Bullets,
    FrontSheet,
    Grid,
    Heading,
    Notice,
    Paragraph,
    ToComplete,
)
from scoring.export.paper.choices import Matter
from scoring.export.paper.wording import count, is_are, listed, named, sentence, short, was_were
from scoring.export.summary_tables import accounted_table, merged_table, refused_table
from scoring.export.tables import Cell, Column, Table
from scoring.framework.rules import UNASSIGNED
from scoring.rounding import one_decimal

_UNNAMED = "Changed weights"  # what the app calls weights that nobody saved
_WEIGHTS_NOTE = "What that changed is set out under What changed."


def front(matter: Matter) -> Blocks:
    """The box on the first page, and a notice when the scores are not real."""
    about = matter.about
    blocks: list[Block] = [
        FrontSheet(
            (
                ("Title of paper", f"Prioritised commissioning intentions: {about.round_name}"),
                ("Meeting", None),
                ("Date of meeting", None),
                ("Agenda item", None),
                ("Presented by", None),
                ("Author", about.made_by or None),
                ("Confidential", None),
                ("Figures as at", about.made_at_shown),
            )
        )
    ]
    if about.illustrative:
        blocks.append(Notice(sentence(about.illustrative)))
    return tuple(blocks)


def purpose(matter: Matter) -> Blocks:
    """What was done, and the answer in three sentences."""
    ranking, about = matter.ranking, matter.about
    framework = ranking.sheet.framework
    submitted = len(about.ledger) or len(ranking.sheet)
    ranked = int(ranking.places.ranked.sum())
    text = (
        f"This paper sets out the prioritised commissioning intentions of {about.round_name}. "
        f"{sentence(count(submitted, 'intention'))[:-1]} {was_were(submitted)} submitted; "
        f"{ranked:,} {was_were(ranked)} scored on {count(len(framework.criteria), 'criterion', 'criteria')} "
        f"of the framework {framework.name} and ranked."
    )
    if framework.segments:
        text += (
            " Intentions are also put into segments, which follow from what they are and decide "
            "where each goes next."
        )
    return (
        Heading("Purpose"),
        Paragraph(text),
        Bullets(tuple(filter(None, (_first(matter), _weights(matter), _open(matter))))),
    )


def _first(matter: Matter) -> str:
    ranking = matter.ranking
    first = np.flatnonzero(ranking.places.place == 1)
    if not len(first):
        return "No intention could be ranked."
    total = f"{one_decimal(float(ranking.totals.total[first[0]]))} out of 100"
    if len(first) == 1:
        return f"First is {named(ranking, int(first[0]))}, with a total of {total}."
    if len(first) > 3:
        return f"{len(first)} intentions share first place, each with a total of {total}."
    who = listed([named(ranking, int(i)) for i in first])
    return f"{who} share first place, each with a total of {total}."


def _weights(matter: Matter) -> str:
    ranking = matter.ranking
    published = ranking.sheet.framework.weights
    if ranking.weights.units == published.units:
        return "The ranking uses the weights that the framework publishes."
    scenario = matter.about.scenario
    saved = scenario and scenario != _UNNAMED
    used = f'the weights of the scenario "{scenario}"' if saved else "changed weights"
    compared = matter.baseline is not None and "changes" in matter.choices.sections
    note = f" {_WEIGHTS_NOTE}" if compared else ""
    return f"The ranking uses {used}, not the published ones.{note}"


def _open(matter: Matter) -> str:
    ranking = matter.ranking
    gaps = int((~ranking.sheet.complete).sum())
    unassigned = ranking.segments.counts()[UNASSIGNED] if ranking.sheet.framework.segments else 0
    parts = []
    if gaps and ranking.totals.missing == "unranked":
        parts.append(f"{gaps:,} {is_are(gaps)} not ranked because a score is missing")
    elif gaps:
        parts.append(f"{gaps:,} {'lacks' if gaps == 1 else 'lack'} a score")
    if unassigned:
        parts.append(
            f"{unassigned:,} {'has' if unassigned == 1 else 'have'} no segment until a question is answered"
        )
    return sentence(listed(parts)) if parts else ""


def recommendations(matter: Matter) -> Blocks:
    """What the committee is asked: what the figures support, and space for what they cannot."""
    lead = "The committee is asked to note:"
    items = ["that every intention submitted is accounted for"]
    if "list" in matter.choices.sections and 0 < matter.funding.room < len(matter.others):
        items.append(f"that {set_in_words(matter)} stand above a line after {matter.choices.line}")
    ranked = int(matter.ranking.places.ranked.sum())
    listed_somewhere = {"list", "full_list"} & set(matter.choices.sections)
    if ranked and listed_somewhere:
        items.append("the prioritised list and the weights that gave it")
    if ranked > 1 and "firmness" in matter.choices.sections:
        items.append("how firm the ranking is")
    return (
        Heading("Recommendations"),
        Paragraph(lead),
        Bullets(tuple(items), numbered=True),
        Paragraph("The committee is asked to decide:"),
        ToComplete("First decision", "what the committee is asked to approve or support"),
        ToComplete("Second decision", "what follows from it: by whom and by when"),
    )


def process(matter: Matter) -> Blocks:
    """Submitted = accounted for, by outcome and by status, and every refusal with its reason."""
    ranking, about = matter.ranking, matter.about
    accounted = accounted_table(ranking, about)
    blocks: list[Block] = [
        Heading("The process in figures"),
        Paragraph(_balance(accounted)),
        Grid(accounted, "Every intention submitted, accounted for"),
    ]
    statuses = _statuses(matter)
    if statuses is not None:
        blocks.append(Grid(statuses, "Intentions by status"))
    if any(line.outcome == "refused" for line in about.ledger):
        blocks.append(Grid(refused_table(about), "What was refused, and why"))
    if any(line.outcome == "merged" for line in about.ledger):
        blocks.append(Grid(merged_table(about), "What was merged into another, and why"))
    aside = _set_aside(about)
    if aside.rows:
        blocks.append(Grid(aside, "What was set aside by a person", {"title": 6}))
    return tuple(blocks)


def _set_aside(about: About) -> Table:
    """Who was taken out of the ranking by a person, and what became of each."""
    titles = {line.ref: line.title for line in about.ledger if line.ref}
    rows = tuple((ref, short(titles.get(ref, "")) or None, how) for ref, how in about.set_aside)
    columns = (
        Column("ref", "Ref"),
        Column("title", "Intention", "long"),
        Column("became", "What became of it", "text"),
    )
    return Table("Set aside", "Set aside by a person", columns, rows)


def _balance(accounted: Table) -> str:
    """ "97 submitted = 90 ranked + 4 not ranked + 3 refused", from the table's own columns."""
    sums: dict[str, int] = {}
    for k, column in enumerate(accounted.columns):
        if column.kind == "place":
            sums[column.header] = sum(int(row[k] or 0) for row in accounted.rows)
    (whole, total), *parts = sums.items()
    added = " + ".join(f"{number:,} {name.lower()}" for name, number in parts if number)
    if sum(sums.values()) - total != total:
        return f"{total:,} {whole.lower()}: {added}."
    return f"{total:,} {whole.lower()} = {added}."


def _statuses(matter: Matter) -> Table | None:
    statuses = matter.ranking.sheet.fields.get("status", ())
    counted = Counter(str(status) for status in statuses if status not in (None, ""))
    if not counted:
        return None
    rows: list[tuple[Cell, ...]] = list(counted.most_common())
    blank = len(matter.ranking.sheet) - counted.total()
    if blank:
        rows.append(("No status given", blank))
    columns = (Column("status", "Status", "long"), Column("count", "Intentions", "place"))
    return Table(
        "Status", "Intentions by status", columns, tuple(rows), "As written in the source."
    )
