"""Any round has a paper: no section fails, every table is whole and can be held by XML."""

from datetime import UTC, datetime

from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.export.about import About
from scoring.export.paper import Choices
from scoring.export.paper.blocks import Grid, Heading, Picture
from scoring.export.paper.choices import Matter
from scoring.export.paper.grids import grid_xml
from scoring.export.paper.write import paper_blocks
from scoring.framework import Weights
from scoring.ranking import Ranking, prioritise
from tests.property.test_pack_reproduces import rounds

ABOUT = About("Round", "", datetime(2026, 11, 22, tzinfo=UTC))


def by_equal_weights(ranking: Ranking) -> Ranking:
    """The same round by equal weights."""
    equal = Weights.of(dict.fromkeys(ranking.weights, 1))
    return prioritise(ranking.sheet, equal, ranking.totals.missing, segments=ranking.segments)


@settings(max_examples=150)
@given(rounds(), st.integers(1, 5), st.integers(1, 14))
def test_any_round_has_a_paper_whose_tables_are_whole(ranking, top, line):
    matter = Matter(ranking, ABOUT, Choices(top=top, line=line), by_equal_weights(ranking))
    blocks = paper_blocks(matter)
    headings = [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]
    assert headings[0] == "Purpose"
    assert headings[-1] == "The method"
    for block in blocks:
        if isinstance(block, Grid):
            assert all(len(row) == len(block.table.columns) for row in block.table.rows)
            parse_xml(grid_xml(block, 9000))
        elif isinstance(block, Picture):
            assert block.spec["data"]["values"]


@settings(max_examples=60)
@given(rounds())
def test_every_ranked_intention_stands_once_in_the_full_list(ranking):
    blocks = paper_blocks(Matter(ranking, ABOUT, Choices(("full_list",))))
    listed = [
        row[1]
        for block in blocks
        if isinstance(block, Grid) and block.table.name == "Full list"
        for row in block.table.rows
    ]
    assert listed == [ranking.sheet.refs[i] for i in ranking.places.order]
