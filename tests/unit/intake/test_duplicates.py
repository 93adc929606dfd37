"""Likely duplicates: what counts as the same words, the order, the reason, the gold pairs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.duplicates import gold_pairs, hits, real_intentions
from scoring.framework import Framework
from scoring.intake.duplicates import find_duplicates
from scoring.intake.vocabulary import Vocabulary, load_vocabulary
from scoring.problem import Unusable
from scoring.sheet import ScoreSheet


def sheet(lsc: Framework, *titles: str, descriptions: tuple[str, ...] = ()) -> ScoreSheet:
    refs = tuple(f"T-{k}" for k in range(1, len(titles) + 1))
    fields = {"description": descriptions} if descriptions else {}
    return ScoreSheet(lsc, refs, titles, np.full((len(titles), 7), np.nan), fields)


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return load_vocabulary()


def test_an_abbreviation_and_its_words_are_the_same(known: Vocabulary) -> None:
    assert known.words("SPoA") == known.words("Single points of access")
    assert known.words("Obesity in CYP") == known.words("Obesity in children and young people")


def test_places_organisations_and_boilerplate_verbs_do_not_count(known: Vocabulary) -> None:
    plain = known.words("Stroke rehabilitation")
    assert (
        known.words("Develop and implement stroke rehabilitation across East Lancashire") == plain
    )
    assert known.words("ICB to commission stroke rehabilitation with LSCFT") == plain


def test_boilerplate_inside_a_known_phrase_counts(known: Vocabulary) -> None:
    assert known.words("LES for asthma") == ("enhanced", "service", "asthma")
    assert known.words("Enhanced service for asthma") == ("enhanced", "service", "asthma")
    assert known.words("Service for asthma") == ("asthma",)


def test_the_same_words_in_another_order_and_place_are_the_likeliest_pair(lsc: Framework) -> None:
    round_ = sheet(
        lsc,
        "Vascular reconfiguration",
        "Point of care tests in primary care in Preston",
        "Expand pharmacy opening hours",
        "Primary care POCT",
    )
    first = find_duplicates(round_)[0]
    assert (first.a, first.b) == ("T-2", "T-4")
    assert first.shared == ("point", "care", "tests", "primary")
    assert first.reason.startswith("Shared: point, care, tests, primary")


def test_the_reason_names_the_shared_and_the_differing_words(lsc: Framework) -> None:
    round_ = sheet(lsc, "Stroke rehabilitation beds", "Stroke rehabilitation homes", "Orthodontics")
    (pair,) = find_duplicates(round_)
    assert pair.reason == "Shared: stroke, rehabilitation; only T-1: beds; only T-2: homes"
    assert 0.15 <= pair.score < 1


def test_identical_titles_have_a_likeness_of_one(lsc: Framework) -> None:
    (pair,) = find_duplicates(sheet(lsc, "Stroke beds", "Dental chairs", "stroke BEDS"))
    assert (pair.a, pair.b, pair.score) == ("T-1", "T-3", 1.0)
    assert "nothing differs but names, small words and boilerplate" in pair.reason


def test_a_description_can_show_what_the_titles_hide(lsc: Framework) -> None:
    text = "Cardiac rehabilitation classes after a heart attack"
    titles = ("Option seven", "Heart help", "Dental chairs")
    assert find_duplicates(sheet(lsc, *titles)) == ()
    (pair,) = find_duplicates(sheet(lsc, *titles, descriptions=(text, text, "")))
    assert (pair.a, pair.b) == ("T-1", "T-2")


@pytest.mark.parametrize("titles", [(), ("Only one",), ("", "!!"), ("The new service", "ICB plan")])
def test_where_no_words_tell_there_are_no_pairs(lsc: Framework, titles: tuple[str, ...]) -> None:
    assert find_duplicates(sheet(lsc, *titles)) == ()


def test_pairs_come_most_likely_first_and_no_more_than_asked_for() -> None:
    pairs = find_duplicates(real_intentions(), top=12)
    scores = [pair.score for pair in pairs]
    assert len(pairs) == 12
    assert scores == sorted(scores, reverse=True)


def test_the_order_of_rows_changes_no_likeness() -> None:
    intentions = real_intentions()
    turned = intentions.take(range(len(intentions) - 1, -1, -1))

    def found(round_: ScoreSheet) -> dict[frozenset[str], float]:
        return {frozenset((p.a, p.b)): p.score for p in find_duplicates(round_)}

    assert found(turned) == pytest.approx(found(intentions), abs=2e-4)


def test_sixteen_of_the_top_twenty_of_the_real_intentions_are_gold_pairs() -> None:
    pairs = find_duplicates(real_intentions())
    gold = gold_pairs()
    assert hits(pairs[:20], set(gold)) >= 16
    same = {pair for pair, kind in gold.items() if kind == "same"}
    assert hits(pairs[:20], same) == len(same) == 5


def test_a_vocabulary_of_ones_own_is_used(lsc: Framework, tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text('[abbreviations]\nXQ = "extra quick"\n[ignore]\nplaces = ["Narnia"]\n')
    mine = load_vocabulary(path)
    assert mine.words("XQ in Narnia") == ("extra", "quick", "in")


def test_a_vocabulary_that_is_not_toml_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text("[abbreviations\n")
    with pytest.raises(Unusable, match=r"words\.toml: found .* expected a TOML file like data/abb"):
        load_vocabulary(path)
