"""Framework files: what ships, and what a mistake in one is told."""

from decimal import Decimal
from pathlib import Path

import pytest

from scoring.framework import (
    Framework,
    framework_to_toml,
    list_frameworks,
    load_framework,
    parse_framework,
)
from scoring.framework.load import SHIPPED
from scoring.problem import Unusable

TEXT = (SHIPPED / "lsc-2025-26.toml").read_text(encoding="utf-8")


def refused(text: str) -> str:
    with pytest.raises(Unusable) as error:
        parse_framework(text.encode(), "my.toml")
    return str(error.value)


def test_three_frameworks_ship() -> None:
    assert [f.id for f in list_frameworks()] == ["lsc-2025-26", "matrix-2024", "mhin-2023"]


def test_table_1_has_its_seven_weights(lsc: Framework) -> None:
    assert [(c.name, int(c.weight)) for c in lsc.criteria] == [
        ("Strategic Alignment", 25), ("Impact", 20), ("Cost", 15), ("Complexity", 15),
        ("Resource Capacity", 10), ("Effort", 10), ("Time", 5),
    ]  # fmt: skip


def test_five_is_the_better_end_of_every_criterion_of_table_1(lsc: Framework) -> None:
    assert {(c.scale.low, c.scale.best) for c in lsc.criteria} == {(Decimal(1), Decimal(5))}
    assert lsc.criterion("cost").scale.direction_in_words == "5 is best, 1 is worst"


def test_a_high_impact_is_good_and_a_high_cost_is_bad(lsc: Framework) -> None:
    assert lsc.criterion("impact").words["high"] == 5
    assert lsc.criterion("cost").words["high"] == 1


def test_the_matrix_counts_every_criterion_the_same() -> None:
    matrix = load_framework("matrix-2024")
    assert not matrix.weighted
    assert set(matrix.weights.units) == {1}


@pytest.mark.parametrize("id", ["lsc-2025-26", "matrix-2024", "mhin-2023"])
def test_a_framework_written_out_loads_back_equal(id: str) -> None:
    framework = load_framework(id)
    assert parse_framework(framework_to_toml(framework).encode(), "copy.toml") == framework


def test_the_blank_file_is_a_framework_that_loads_once_copied() -> None:
    blank = load_framework(SHIPPED / "blank.toml")
    assert blank.id == "my-framework"


def test_a_wrong_key_is_named_with_what_was_found() -> None:
    assert refused(TEXT.replace("weight = 20", 'weight = "lots"')) == (
        'my.toml, criteria "impact" > weight: found "lots", expected a number.'
    )


def test_a_missing_key_is_named() -> None:
    text = TEXT.replace('asks = "What financial investment does it need?"\n', "")
    assert refused(text) == (
        'my.toml, criteria "cost" > asks: found nothing, expected this key to be present.'
    )


def test_an_unknown_key_is_named() -> None:
    assert refused("colour = 3\n" + TEXT).startswith(
        'my.toml, colour: found "3", expected only keys'
    )


def test_several_mistakes_are_told_in_one_go() -> None:
    text = TEXT.replace("weight = 20", "weight = -1").replace("weight = 5", 'weight = "x"')
    assert len(refused(text).splitlines()) == 2


def test_a_scale_upside_down_is_refused() -> None:
    text = TEXT.replace("low = 1, high = 5", "low = 5, high = 1", 1)
    assert "the low end of the scale must be below its high end" in refused(text)


def test_an_anchor_off_the_scale_is_refused() -> None:
    assert 'the anchor "7" is not a level of the scale' in refused(
        TEXT.replace('5 = "Under 3 months"', '7 = "Under 3 months"')
    )


def test_a_rule_for_an_unknown_segment_is_refused() -> None:
    assert 'rule "1" names the segment "zero"; known: 0, 1, ' in refused(
        TEXT.replace(
            'question = "unfunded_or_withdrawn"\nsegment = "0"',
            'question = "unfunded_or_withdrawn"\nsegment = "zero"',
        )
    )


def test_a_file_that_is_not_toml_is_refused_with_the_line() -> None:
    assert "at line 2" in refused('id = "x"\nname = = "y"\n')


def test_a_file_that_is_not_text_is_refused() -> None:
    with pytest.raises(Unusable, match="expected text in UTF-8; save the file again"):
        parse_framework(b"\xff\xfe\x00", "my.toml")


def test_an_unknown_id_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        Unusable, match="expected one of lsc-2025-26, matrix-2024, mhin-2023, or a file"
    ):
        load_framework("lsc")


def test_an_id_is_never_a_path() -> None:
    with pytest.raises(Unusable):
        load_framework("../frameworks/lsc-2025-26")


def test_a_framework_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="expected a file that exists and can be read"):
        load_framework(tmp_path / "none.toml")
