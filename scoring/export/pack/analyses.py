"""What a pack holds besides the decision itself: scenarios, firmness, other methods, links.

They tell how far the decision would bear another view; it does not follow from them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scoring.analysis.links import WORDS, Relation
from scoring.export.firmness import Firmness, assess, firmness_in_words, firmness_tables
from scoring.export.scenarios import SideBySide, compared_table, scenarios_table, side_by_side
from scoring.export.tables import Cell, Column, Table
from scoring.export.text import csv_text
from scoring.problem import Unusable
from scoring.ranking import Ranking
from scoring.scenario import Scenario

if TYPE_CHECKING:
    from scoring.analysis.assumptions import Assumptions
    from scoring.analysis.crosscheck import Crosscheck

SCENARIOS, WEIGHTS = "results/scenarios.csv", "results/scenario-weights.csv"
FIRM, LIMITS = "results/how-firm.csv", "results/weight-limits.csv"
METHODS, WORDS_OF_IT = "results/other-methods.csv", "results/how-firm.txt"
LINKS = "records/links.csv"
WHAT = {
    SCENARIOS: "every intention's place, total and side of the line under each scenario compared",
    WEIGHTS: "the weights of each scenario compared, its line, and who set it and why",
    WORDS_OF_IT: "how firm the ranking is, in words, and what other methods would decide differently",
    FIRM: "each intention's chance of being above the line",
    LIMITS: "how far each weight may go before somebody crosses the line",
    METHODS: "each intention's place under other methods, on the same values and weights",
    LINKS: "which intentions depend on, exclude, mitigate or duplicate which",
}


@dataclass(frozen=True, eq=False)
class Analyses:
    """What was found besides the ranking; None or empty where it was not asked for.

    `refused` says in a sentence each what could not be worked out, `assumptions` what was taken
    for unsure (None: as usual).
    """

    compared: SideBySide | None = None
    firmness: Firmness | None = None
    crosscheck: Crosscheck | None = None
    links: tuple[Relation, ...] = ()
    refused: tuple[str, ...] = ()
    assumptions: Assumptions | None = None


NO_ANALYSES = Analyses()


def analyse(
    ranking: Ranking,
    line: int,
    scenarios: Iterable[Scenario] = (),
    must_do: Sequence[bool] | None = None,
    counted: bool = True,
    links: Iterable[Relation] = (),
    progress: Callable[[float], None] | None = None,
    assumptions: Assumptions | None = None,
) -> Analyses:
    """All of them for one line. `must_do` and `counted` are as for `funding_line`, `assumptions` as
    for `assess`.

    Raises ValueError for a line below 1.
    """
    from scoring.analysis.crosscheck import crosscheck  # brings slow libraries with it

    done = progress or (lambda share: None)
    compared = side_by_side(ranking, line, scenarios, must_do, counted)
    done(0.1)
    firmness = assess(
        ranking,
        line,
        compared.must_do,
        counted,
        assumptions,
        lambda share: done(0.1 + 0.6 * share),
    )
    found, refused = None, []
    try:
        found = crosscheck(ranking, line, compared.must_do, counted)
    except Unusable as no:
        refused.append(f"Other methods cannot be compared. {no}")
    done(1.0)
    return Analyses(compared, firmness, found, tuple(links), tuple(refused), assumptions)


def analysis_files(ranking: Ranking, found: Analyses) -> dict[str, bytes]:
    """The files of a pack that say it, those that have something to say."""
    files: dict[str, bytes] = {}
    if found.compared is not None:
        files[SCENARIOS] = _csv(compared_table(ranking, found.compared))
        files[WEIGHTS] = _csv(scenarios_table(found.compared))
    if words := _words(found):
        files[WORDS_OF_IT] = ("\r\n".join(words) + "\r\n").encode("utf-8", "replace")
    names = {"How firm": FIRM, "Weight limits": LIMITS}
    for table in firmness_tables(ranking, found.firmness) if found.firmness else ():
        files[names[table.name]] = _csv(table)
    if found.crosscheck is not None and found.crosscheck.agreements:
        files[METHODS] = _csv(_methods(ranking, found.crosscheck))
    if found.links:
        files[LINKS] = _csv(_links(ranking, found.links))
    return files


def _words(found: Analyses) -> list[str]:
    said = [
        f"{what}: {says}"
        for what, says in (firmness_in_words(found.firmness) if found.firmness else ())
    ]
    if found.crosscheck is not None:
        said += ["", "Other methods", found.crosscheck.sentence]
        for agreement in found.crosscheck.agreements:
            method = agreement.method
            said.append(f"- {agreement} {method.about} Source: {method.source}.")
        said += [f"- {one}" for one in found.crosscheck.disputed]
    return [*said, *found.refused]


def _methods(ranking: Ranking, found: Crosscheck) -> Table:
    place = {ref: ranking.places.shown(i) for i, ref in enumerate(ranking.sheet.refs)}
    columns = (
        Column("ref", "Ref"),
        Column("rank", "Rank"),
        *(Column(a.method.name, f"Place by {a.method.name}", "place") for a in found.agreements),
    )
    rows: list[tuple[Cell, ...]] = [
        (ref, place[ref], *(int(a.places[k]) for a in found.agreements))
        for k, ref in enumerate(found.refs)
    ]
    return Table("Other methods", "Places by other methods", columns, tuple(rows))


def _links(ranking: Ranking, links: Iterable[Relation]) -> Table:
    titles = dict(zip(ranking.sheet.refs, ranking.sheet.titles, strict=True))
    rows: list[tuple[Cell, ...]] = [
        (link.ref, titles.get(link.ref), WORDS[link.kind][0], link.other, titles.get(link.other), link.why)
        for link in links
    ]  # fmt: skip
    headers = ("Ref", "Intention", "How", "Other ref", "Other intention", "Why")
    columns = tuple(Column(header, header) for header in headers)
    return Table("Links", "Links between intentions", columns, tuple(rows))


def _csv(table: Table) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([csv_text(column.header) for column in table.columns])
    writer.writerows([_cell(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode("utf-8-sig")


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return csv_text(cell)
    return "" if cell is None else f"{cell:.9g}"
