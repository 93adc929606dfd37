"""Weights changed in the exported workbook give the tool's own totals, ties and places."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from scoring.export import About, write_ranked_workbook
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.diff import Difference, diff_editions
from scoring.export.edition import read_edition
from scoring.export.scenarios import (
    SideBySide,
    compared_table,
    scenarios_table,
    side_by_side,
)
from scoring.export.template import write_template
from scoring.framework import Framework, Weights, load_framework
from scoring.framework.criterion import Criterion, Scale
from scoring.intake import Source, read_intentions
from scoring.ranking import Ranking, prioritise
from scoring.scenario import Scenario
from scoring.score import Missing
from scoring.sheet import FieldValue, ScoreSheet
from tests.recalculation.office import recalculate, rows, with_weights

ABOUT = About("Test round", "A tester", datetime(2026, 11, 22, 15, 30), "0.0.0")


@dataclass(frozen=True)
class Case:
    """A round, the weights typed into its workbook, and the policy for missing scores."""

    sheet: ScoreSheet
    weights: tuple[str, ...]
    missing: Missing = "unranked"

    @property
    def expected(self) -> Ranking:
        ids = (c.id for c in self.sheet.framework.criteria)
        weights = Weights.of(dict(zip(ids, self.weights, strict=True)))
        return prioritise(self.sheet, weights, self.missing)

    @property
    def compared(self) -> SideBySide:
        """The published weights, those typed in, and one saved scenario, at a line of its third."""
        criteria = self.sheet.framework.weights
        saved = Scenario("Upside down", Weights.of({
            id: k for k, id in enumerate(criteria, 1)
        }), 5, "To compare", "A tester")  # fmt: skip
        return side_by_side(self.expected, max(1, len(self.sheet) // 3), [saved])

    def exported(self) -> bytes:
        ranking = prioritise(self.sheet, missing=self.missing)
        compared = side_by_side(ranking, max(1, len(self.sheet) // 3))
        saved = self.compared.scenarios[2]
        compared = replace(compared, scenarios=(*compared.scenarios, saved))
        data = write_ranked_workbook(ranking, ABOUT, compared)
        names = (c.name for c in self.sheet.framework.criteria)
        return with_weights(data, dict(zip(names, map(float, self.weights), strict=True)))


def random_round(framework: Framework, count: int, seed: int, gaps: float = 0.0) -> ScoreSheet:
    rng = np.random.default_rng(seed)
    columns = []
    for c in framework.criteria:
        levels = rng.integers(0, c.scale.steps + 1, count)
        columns.append(float(c.scale.low) + float(c.scale.step) * levels)
    scores = np.array(columns).T
    scores[rng.random(scores.shape) < gaps] = np.nan
    answers = tuple(rng.choice(["provider", "ICB", "both"], count).tolist())
    refs = tuple(f"R-{i:05d}" for i in range(count))
    fields: dict[str, tuple[FieldValue, ...]] = {
        "must_do": tuple("Statutory" if i % 17 == 4 else None for i in range(count)),
        "saving": tuple(1000.0 * i if i % 3 else None for i in range(count)),
    }
    if framework.questions:
        fields |= {"efficiency_or_improvement": ("yes",) * count, "main_impact": answers}
    return ScoreSheet(framework, refs, tuple(f"Title {ref}" for ref in refs), scores, fields)


def mixed_scales() -> Framework:
    """Scales of different lengths, steps and directions, one of them below zero."""
    scales = {
        "short": Scale(low=Decimal(1), high=Decimal(3)),
        "halves": Scale(low=Decimal(0), high=Decimal("2.5"), step=Decimal("0.5")),
        "tenths": Scale(low=Decimal(-1), high=Decimal(1), step=Decimal("0.1"), better="low"),
        "cost": Scale(low=Decimal(1), high=Decimal(5), better="low"),
    }
    criteria = tuple(
        Criterion(id=id, name=id.capitalize(), asks="?", weight=Decimal(25), scale=scale)
        for id, scale in scales.items()
    )
    return Framework(id="mixed", name="Mixed", about="Mixed scales", criteria=criteria)


def wild_segments() -> Framework:
    """Segments whose names a spreadsheet's COUNTIF would take for patterns."""
    names = {"2-provider": "Two*", "2-icb": "Two?*", "3": "=Three", "1": "x" * 300}
    segments = tuple(
        s.model_copy(update={"name": names.get(s.id, s.name)})
        for s in load_framework("lsc-2025-26").segments
    )
    return load_framework("lsc-2025-26").model_copy(update={"segments": segments})


LSC, MHIN = load_framework("lsc-2025-26"), load_framework("mhin-2023")
SAMPLE = Path(__file__).parents[2] / "data" / "sample-round.xlsx"


def sample_round() -> ScoreSheet:
    return read_intentions([Source(SAMPLE.name, SAMPLE.read_bytes())], LSC).sheet


CASES = {
    "sample": Case(sample_round(), ("10", "35", "15", "15", "10", "10", "5")),
    "ties": Case(random_round(LSC, 400, 1), ("30", "20", "15", "15", "10", "10", "0")),
    "thousands": Case(
        random_round(LSC, 5_000, 2), ("17.3", "22.7", "13.1", "16.9", "9.99", "10.01", "10")
    ),
    "gaps": Case(random_round(LSC, 60, 3, 0.1), ("1", "2", "3", "4", "5", "6", "7")),
    "renormalised": Case(
        random_round(LSC, 60, 4, 0.1), ("30", "20", "15", "15", "10", "5", "5"), "renormalise"
    ),
    "worst": Case(
        random_round(LSC, 60, 5, 0.1), ("25", "25", "10", "10", "10", "10", "10"), "worst"
    ),
    "hundred": Case(random_round(MHIN, 80, 6), ("0.1", "0.2", "0.3", "0.000001", "0.7")),
    "wild": Case(random_round(wild_segments(), 60, 8), ("25", "20", "15", "15", "10", "10", "5")),
    "mixed": Case(random_round(mixed_scales(), 300, 7), ("1", "2.5", "33.333333", "7")),
}


MOVED = 12  # more than a small segment's sheet has spare rows


def typed() -> bytes:
    """The sample round after somebody typed segment 3 for the first twelve of segment 0 or 2."""
    ranking = prioritise(CASES["sample"].sheet)
    book = openpyxl.load_workbook(io.BytesIO(write_ranked_workbook(ranking, ABOUT)))
    sheet = book["Ranked list"]
    at = [cell.value for cell in sheet[1]].index("Segment") + 1
    last = book["Segments"]["A6"].value
    others = [r for r in range(2, sheet.max_row + 1) if sheet.cell(r, at).value != last]
    for r in others[:MOVED]:
        sheet.cell(r, at).value = last
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def opinions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CalamineWorkbook]:
    files = {name: case.exported() for name, case in CASES.items()} | {"typed": typed()}
    return recalculate(files, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("name", CASES)
def test_totals_places_and_ties_equal_the_tools(
    opinions: dict[str, CalamineWorkbook], name: str
) -> None:
    expected = CASES[name].expected
    by_ref = {row["Ref"]: row for row in rows(opinions[name], "Ranked list")}
    assert len(by_ref) == len(expected.sheet)
    places = [int(by_ref[ref]["Rank"] or 0) for ref in expected.sheet.refs]
    assert places == expected.places.place.tolist()
    totals = [by_ref[ref]["Total"] for ref in expected.sheet.refs]
    for total, ours in zip(totals, expected.totals.total, strict=True):
        assert total == "" if np.isnan(ours) else total == pytest.approx(ours, abs=1e-9)


@pytest.mark.parametrize("name", CASES)
def test_the_live_order_is_the_tools_order_with_ties_in_source_order(
    opinions: dict[str, CalamineWorkbook], name: str
) -> None:
    expected = CASES[name].expected
    order = [*expected.places.order, *np.flatnonzero(expected.unranked)]
    live = rows(opinions[name], "Live order")
    assert [row["Ref"] for row in live] == [expected.sheet.refs[i] for i in order]
    assert [int(row["Rank"] or 0) for row in live] == [expected.places.place[i] for i in order]


@pytest.mark.parametrize("name", CASES)
def test_points_and_places_in_segments_follow_the_weights(
    opinions: dict[str, CalamineWorkbook], name: str
) -> None:
    expected = CASES[name].expected
    names = [f"{c.name} points" for c in expected.sheet.framework.criteria]
    by_ref = {row["Ref"]: row for row in rows(opinions[name], "Ranked list")}
    points = [[by_ref[ref][n] for n in names] for ref in expected.sheet.refs]
    as_numbers = np.array([[np.nan if p == "" else p for p in row] for row in points], float)
    np.testing.assert_allclose(as_numbers, expected.totals.points, atol=1e-9)
    within = [int(by_ref[ref]["Rank in segment"] or 0) for ref in expected.sheet.refs]
    assert within == expected.segment_places.place.tolist()


@pytest.mark.parametrize("name", CASES)
def test_the_segments_sheet_counts_what_is_in_each(
    opinions: dict[str, CalamineWorkbook], name: str
) -> None:
    expected = CASES[name].expected
    counts = expected.segments.counts()
    ids = np.array(expected.segments.ids)
    for row, (id, count) in zip(rows(opinions[name], "Segments"), counts.items(), strict=True):
        ranked = int((expected.places.ranked & (ids == id)).sum())
        assert (row["Intentions"], row["Ranked"], row["Not ranked"]) == (
            count, ranked, count - ranked,
        )  # fmt: skip


def test_each_segments_sheet_lists_its_intentions_in_the_order_of_the_new_weights(
    opinions: dict[str, CalamineWorkbook],
) -> None:
    for name, case in CASES.items():
        book, expected = opinions[name], case.expected
        if not expected.sheet.framework.segments:
            assert not any(title.startswith("Segment ") for title in book.sheet_names), name
            continue
        order = [*expected.places.order, *np.flatnonzero(expected.unranked)]
        for id, count in expected.segments.counts().items():
            sheet = "Unassigned" if id == "unassigned" else f"Segment {id}"
            if id == "unassigned" and not count:
                assert sheet not in book.sheet_names
                continue
            listed = [row for row in rows(book, sheet) if row["Ref"] != ""]
            mine = [int(i) for i in order if expected.segments.ids[i] == id]
            assert [row["Ref"] for row in listed] == [expected.sheet.refs[i] for i in mine]
            within, places = expected.segment_places.place, expected.places.place
            assert [row["Rank in segment"] or 0 for row in listed] == [within[i] for i in mine]
            assert [row["Rank"] or 0 for row in listed] == [places[i] for i in mine]
            if "saving" in expected.sheet.fields and count:
                saved = [expected.sheet.fields["saving"][i] for i in mine]
                assert [row["Saving (£)"] for row in listed] == [
                    "" if s is None else s for s in saved
                ]


def test_a_segment_typed_on_the_ranked_list_moves_the_intention_to_its_new_sheet(
    opinions: dict[str, CalamineWorkbook],
) -> None:
    book, sample = opinions["typed"], prioritise(CASES["sample"].sheet)
    name = sample.sheet.framework.segment("3").name  # type: ignore[union-attr]
    on_list = [row for row in rows(book, "Ranked list") if row["Segment"] == name]
    counts = {row["Segment"]: row for row in rows(book, "Segments")}
    assert counts[name]["Intentions"] == len(on_list) == sample.segments.counts()["3"] + MOVED
    listed = [row["Ref"] for row in rows(book, "Segment 3") if row["Ref"] != ""]
    by_rank = sorted(on_list, key=lambda row: int(row["Order index"]))
    assert listed == [row["Ref"] for row in by_rank][: len(listed)]
    if len(listed) < len(on_list):  # they do not all fit, and that is said
        assert counts[name]["Its list"] == f"Open the first {len(listed)} of {len(on_list)}"


def test_the_current_weights_are_compared_with_the_others_as_they_are_now(
    opinions: dict[str, CalamineWorkbook],
) -> None:
    for name, case in CASES.items():
        side = case.compared
        wanted = compared_table(case.expected, side)
        headers = [c.header for c in wanted.columns]
        found = {row["Ref"]: row for row in rows(opinions[name], "Scenarios compared")}
        for row in wanted.rows:
            back = [found[row[0]][header] for header in headers]
            for header, ours, theirs in zip(headers, row, back, strict=True):
                same = theirs == "" if ours is None else theirs == ours
                close = isinstance(ours, float) and theirs == pytest.approx(ours, abs=1e-9)
                assert same or close, (name, row[0], header, ours, theirs)
        summary = rows(opinions[name], "Scenarios")
        said = {row["Of each scenario"]: row["Current weights"] for row in summary}
        for label, *cells in scenarios_table(side).rows:
            if label != "Set by":
                ours = cells[1] if cells[1] is not None else ""
                assert said[label] == (pytest.approx(ours) if label.startswith("Weight") else ours)


@pytest.mark.parametrize("name", CASES)
def test_the_weights_sheet_says_what_the_weights_add_to(
    opinions: dict[str, CalamineWorkbook], name: str
) -> None:
    case = CASES[name]
    weights = rows(opinions[name], "Weights")
    adds_to = sum(map(float, case.weights))
    says = "The weights add to 100" if abs(adds_to - 100) < 1e-9 else "not 100"
    assert says in str(weights[-1]["Scale"])
    shares = [row["Share of 100"] for row in weights[:-1]]
    assert shares == pytest.approx(list(case.expected.weights.percent.values()))


def test_what_is_written_opens_as_it_is_without_repair(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    sheet = CASES["sample"].sheet
    hostile = ("=1+1", "+1", "@x", "\tx", "a\x07b", "🚑 ע", "<b>&</b>", "y" * 32_767, "_x0041_")
    titles = (*hostile, *sheet.titles[len(hostile) :])
    ranking = prioritise(replace(sheet, titles=titles))
    files = {
        "ranked": write_ranked_workbook(ranking, ABOUT, side_by_side(ranking, 2)),
        "accessible": write_accessible_workbook(ranking, ABOUT),
        "template": write_template(LSC),
    }
    folder = tmp_path_factory.mktemp("as_written")
    opened = recalculate(files, folder)
    back = {str(row["Ref"]): row for row in rows(opened["ranked"], "Ranked list")}
    assert [back[ref]["Title"] for ref in sheet.refs[: len(hostile)]] == list(hostile)
    assert [int(back[ref]["Rank"] or 0) for ref in sheet.refs] == ranking.places.place.tolist()
    live = {str(row["Ref"]): row for row in rows(opened["ranked"], "Live order")}
    # LibreOffice takes spaces at the ends off what a formula gives; calamine leaves its escapes.
    given = [str(live[ref]["Title"]).strip() for ref in sheet.refs[: len(hostile)]]
    titles = [title.replace("_x0007_", "\x07") for title in given]
    assert titles == [title.strip() for title in hostile]
    for name, data in files.items():
        names = CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names
        assert opened[name].sheet_names == names
    # Saved by another program, with every formula worked out again: nothing has changed.
    saved = (folder / "out" / "ranked.xlsx").read_bytes()
    old, new = (
        read_edition(Source(name, data), LSC)
        for name, data in (("A.xlsx", files["ranked"]), ("B.xlsx", saved))
    )
    assert new.exported
    assert diff_editions(old, new) == Difference(())
