"""What is written keeps the rules of Open XML and the limits of Excel 2016, whatever is in it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scoring.export import write_ranked_workbook
from scoring.export.accessible_workbook import write_accessible_workbook
from scoring.export.firmness import assess
from scoring.export.fixed_zip import zip_of
from scoring.export.scenarios import side_by_side
from scoring.export.template import write_template
from scoring.framework import Framework, list_frameworks
from scoring.ranking import Ranking, prioritise
from scoring.scenario import Scenario
from tests.unit.export.open_xml import faults
from tests.unit.export.rounds import ABOUT, round_of_four
from tests.unit.export.test_read_back import everything

HOSTILE = "=1+1 <b>&amp;\"' ‮ע🚑\x07\x0b_x0041_" + "x" * 400


def hostile() -> Ranking:
    """Everything that people name, named as badly as may be."""
    sheet = round_of_four(notes=(HOSTILE, "y" * 40_000, "\t@", None), saving=(1.5, None, 0.0, -3.0))
    framework = sheet.framework
    names = ("Rank", "Total", "total", "Ref ", "Impact\npoints", "x" * 300, "'!$A$1")
    criteria = tuple(
        criterion.model_copy(update={"name": name})
        for criterion, name in zip(framework.criteria, names, strict=True)
    )
    segments = tuple(
        segment.model_copy(update={"name": f"{segment.id}*?~=<'{'z' * (300 * (k == 0))}"})
        for k, segment in enumerate(framework.segments)
    )
    changed = framework.model_copy(update={"criteria": criteria, "segments": segments})
    titles = (HOSTILE, "A1", "", " ")
    return prioritise(
        replace(sheet, framework=changed, titles=titles, refs=("A*", "B?", "~", "=C"))
    )


def scenarios(ranking: Ranking) -> list[Scenario]:
    weights, at = ranking.sheet.framework.weights, datetime(2026, 1, 2, tzinfo=UTC)
    names = ("Mine", "MINE", HOSTILE, "Rank", "'")
    return [Scenario(name, weights, k, HOSTILE, "Jo", at) for k, name in enumerate(names)]


@pytest.fixture(scope="module")
def workbooks() -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    rounds = {"four": prioritise(round_of_four()), "hostile": hostile()}
    for name, ranking in rounds.items():
        side = side_by_side(ranking, 2, scenarios(ranking), [True, False, False, False])
        firm = assess(ranking, 2)
        made[f"{name} ranked"] = write_ranked_workbook(
            ranking, ABOUT, side, firmness=firm, previous=rounds["four"]
        )
        made[f"{name} accessible"] = write_accessible_workbook(ranking, ABOUT, side, firm)
    empty = prioritise(round_of_four().take([]))
    made["empty"] = write_ranked_workbook(empty, ABOUT, side_by_side(empty, 2))
    return made


@pytest.mark.parametrize(
    "name", ["four ranked", "four accessible", "hostile ranked", "hostile accessible", "empty"]
)
def test_a_workbook_breaks_no_rule(workbooks: dict[str, bytes], name: str) -> None:
    assert faults(workbooks[name]) == []


@pytest.mark.parametrize("framework", list_frameworks(), ids=lambda framework: framework.id)
def test_of_every_framework_the_workbook_and_the_template_break_no_rule(
    framework: Framework,
) -> None:
    ranking = prioritise(everything(framework))
    assert faults(write_ranked_workbook(ranking, ABOUT, side_by_side(ranking, 5))) == []
    assert faults(write_template(framework)) == []


SPOILT = [
    ("xl/tables/table1.xml", 'name="Ref"', 'name="Reff"', "header 'Reff' over a cell"),
    ("xl/tables/table2.xml", 'displayName="Live_order"', 'displayName="A1"', "table name 'A1'"),
    ("xl/worksheets/sheet1.xml", "RANK(", "XLOOKUP(", "function XLOOKUP"),
    ("xl/worksheets/sheet1.xml", "weights_in_all", "Sheet9!A1", "formula on Sheet9"),
    ("xl/workbook.xml", 'name="weight_cost"', 'name="weight_impact"', "twice"),
    ("xl/workbook.xml", 'name="About"', 'name="Charts"', "sheet charts twice"),
    ("[Content_Types].xml", "/xl/tables/table1.xml", "/xl/tables/gone.xml", "which is not there"),
    ("xl/worksheets/sheet1.xml", '<c r="B2"', '<c r="A2"', "cells of row 2 out of order"),
    ("xl/worksheets/sheet3.xml", "Change a weight here", "x" * 33, "promptTitle of 33 letters"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "was", "now", "says"), SPOILT, ids=range(len(SPOILT)))
def test_a_broken_rule_is_found(
    workbooks: dict[str, bytes], part: str, was: str, now: str, says: str
) -> None:
    with zipfile.ZipFile(io.BytesIO(workbooks["four ranked"])) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert was.encode() in files[part]
    files[part] = files[part].replace(was.encode(), now.encode(), 1)
    assert any(says in fault for fault in faults(zip_of(files)))
