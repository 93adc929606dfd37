"""What a decision pack holds: the inputs, the record, the results; the same bytes; no names when asked."""

import csv
import hashlib
import io
import json
import zipfile
from dataclasses import replace

import pytest
from python_calamine import CalamineWorkbook

from scoring.export.pack import Record, pseudonyms_for, verify, write_pack
from scoring.export.pack.code_version import code_sha256
from scoring.framework.load import parse_framework
from scoring.intake.result import FileSeen
from scoring.ranking import prioritise
from tests.unit.export_pack.packs import BRIEF, beside, files_of, pack, record, source
from tests.unit.export_paper.papers import ABOUT, OVERRIDE, ranking, round_of_five


def rows(data: bytes) -> list[dict[str, str]]:
    """A .csv as rows by header."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_same_round_at_the_same_instant_gives_the_same_bytes():
    ranked = ranking({"impact": "30"}, override=True)
    again = write_pack(ranked, ABOUT, record(), choices=BRIEF, analyses=beside(ranked))
    assert again == pack()


def test_a_pack_holds_everything_the_decision_rests_on():
    assert list(files_of(pack())) == [
        "READ-ME-FIRST.txt",
        "method.txt",
        "inputs/framework.toml",
        "inputs/weights.json",
        "inputs/intentions.json",
        "inputs/overrides.json",
        "inputs/besides.json",
        "records/scores.csv",
        "records/rows-read.csv",
        "records/overrides.csv",
        "records/weights-ledger.csv",
        "results/results.json",
        "results/ranked-list.csv",
        "results/scenarios.csv",
        "results/scenario-weights.csv",
        "results/how-firm.txt",
        "results/how-firm.csv",
        "results/weight-limits.csv",
        "results/other-methods.csv",
        "records/links.csv",
        "results/ranked-list.xlsx",
        "results/board-paper.docx",
        "manifest.json",
    ]


def test_the_framework_reads_back_equal():
    data = files_of(pack())["inputs/framework.toml"]
    assert parse_framework(data, "framework.toml") == round_of_five().framework


def test_every_score_has_its_meaning_its_cell_and_its_reason():
    table = rows(files_of(pack())["records/scores.csv"])
    assert len(table) == 35
    impact = next(row for row in table if (row["Ref"], row["Criterion"]) == ("A", "Impact"))
    assert impact["Score"] == "4"
    assert impact["What the score means"] == "Large benefit for one group or service, quantified"
    assert impact["Where the score stands"] == "team.xlsx, Round!D2"
    assert (impact["Assessor"], impact["Reason"]) == (
        "Pat O'Brien",
        "National audit, says A. Analyst",
    )
    cost = next(row for row in table if (row["Ref"], row["Criterion"]) == ("D", "Cost"))
    assert cost["Score"] == "not scored"


def test_the_ledger_of_weights_says_who_when_and_why():
    table = rows(files_of(pack())["records/weights-ledger.csv"])
    assert [row["By"] for row in table] == ["Board", "Dr Jane Smith"]
    assert table[1]["Scenario"] == "Impact first"
    assert (table[0]["Impact (%)"], table[1]["Impact (%)"]) == ("20.00", "27.27")


def test_every_row_read_is_in_the_ledger():
    table = rows(files_of(pack())["records/rows-read.csv"])
    assert len(table) == 6
    assert table[-1]["Why"] == "It has no title and no ref"


def test_scenarios_are_in_the_pack_with_who_set_them_and_in_its_workbook():
    weights = {
        row["Of each scenario"]: row
        for row in rows(files_of(pack())["results/scenario-weights.csv"])
    }
    # 25 + 20 + 40 + 15 + 10 + 10 + 5 = 125, of which 40
    assert weights["Weight of Cost (%)"]["Cost first"] == "32"
    assert weights["Set by"]["Cost first"] == "Dr Jane Smith"
    places = rows(files_of(pack())["results/scenarios.csv"])
    assert [(row["Ref"], row["Rank: Cost first"]) for row in places][:2] == [("E", "1"), ("A", "2")]
    book = CalamineWorkbook.from_filelike(io.BytesIO(files_of(pack())["results/ranked-list.xlsx"]))
    assert {"Scenarios", "Scenarios compared", "How firm", "Weight limits"} <= set(book.sheet_names)


def test_how_firm_and_what_other_methods_say_are_in_words_and_figures():
    text = files_of(pack())["results/how-firm.txt"].decode()
    assert "From 10,000 draws, seed 20260401" in text
    assert "1 intention with a missing score is drawn over the whole scale there." in text
    assert "Other methods" in text
    places = rows(files_of(pack())["results/other-methods.csv"])
    assert {(row["Ref"], row["Place by TOPSIS"]) for row in places} >= {("E", "1"), ("A", "2")}
    (link,) = rows(files_of(pack())["records/links.csv"])
    assert (link["Ref"], link["How"], link["Other intention"]) == ("A", "depends on", "Beta")


def test_a_pack_without_analyses_is_whole_too_and_progress_is_told_to_the_end():
    told = []
    made = write_pack(ranking(), ABOUT, choices=BRIEF, progress=told.append)
    assert not any("firm" in name or "scenario" in name for name in files_of(made))
    assert verify(made).reproduces
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_names_in_scenarios_and_links_are_replaced_too():
    ranked = ranking()
    found = beside(ranked)
    people = pseudonyms_for(ranked, replace(ABOUT, made_by=""), Record(), found)
    assert people == {"Dr Jane Smith": "Person 1"}
    hidden = write_pack(ranked, ABOUT, choices=BRIEF, people=people, analyses=found)
    assert b"Jane" not in everything_in(hidden)
    assert b"Says Person 1" in everything_in(hidden)


def test_overrides_stand_with_reason_name_and_date():
    (row,) = rows(files_of(pack())["records/overrides.csv"])
    assert row["By the rules"] == "Segment 2: efficiency or improvement, provider"
    assert row["Decided"] == "Segment 1: a trust can act alone"
    assert (row["By"], row["On"]) == ("Dr Jane Smith", "2026-11-01")


def test_results_are_exact_fractions():
    results = json.loads(files_of(pack())["results/results.json"])
    assert [result["total"] for result in results] == ["700/11", "50", "50", None, "100"]
    assert [result["place"] for result in results] == [2, 3, 3, None, 1]


def test_the_method_is_in_words_with_one_intention_worked_through():
    text = files_of(pack())["method.txt"].decode()
    assert "E is placed 1 of 4, with a total of 100.0 out of 100." in text
    assert (
        "- Impact: score 5 (team.xlsx, Round!D6), value 1, weight 27.2727%: 27.2727 points" in text
    )


def test_the_read_me_says_how_to_check_and_what_was_not_recorded():
    text = files_of(pack())["READ-ME-FIRST.txt"].decode()
    assert "python -m scoring verify PACK.zip" in text
    assert "The source files themselves" in text
    assert "Who set the weights" not in text


def test_the_manifest_names_the_code_that_made_it():
    manifest = json.loads(files_of(pack())["manifest.json"])
    assert manifest["code_sha256"] == code_sha256()
    assert manifest["version"] == "0.1.0"
    assert manifest["made_at"] == "2026-11-22T15:30:00+00:00"
    assert manifest["read"] == [{"name": "team.xlsx", "bytes": 1234, "sha256": "ab" * 32}]


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("team A.xlsx", "inputs/sources/1-team A.xlsx"),
        ("../../etc/passwd", "inputs/sources/1-passwd"),
        ("C:\\x\\y.xlsx", "inputs/sources/1-y.xlsx"),
        ("a\x00:b|c.csv", "inputs/sources/1-a_b_c.csv"),
        ("...", "inputs/sources/1-file"),
    ],
)
def test_source_files_stay_in_their_folder(name, inside):
    data = b"a,b\r\n"
    about = replace(ABOUT, files=(FileSeen(name, len(data), hashlib.sha256(data).hexdigest()),))
    made = write_pack(ranking(), about, Record(sources=(source(name, data),)), choices=BRIEF)
    assert files_of(made)[inside] == data
    assert verify(made).reproduces


def everything_in(data: bytes) -> bytes:
    """All bytes of all files, those inside the workbook and the paper too."""
    parts = []
    for name, content in files_of(data).items():
        parts.append(content)
        if name.endswith((".xlsx", ".docx")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts += [archive.read(inner) for inner in archive.namelist()]
    return b"\n".join(parts)


def test_people_can_be_replaced_by_pseudonyms_everywhere():
    sheet = round_of_five(notes=("Ask DR JANE SMITH", None, None, None, None))
    ranked = prioritise(sheet, overrides={"B": replace(OVERRIDE, reason="Pat O'Brien agreed")})
    people = pseudonyms_for(ranked, ABOUT, record())
    assert people == {
        "Pat O'Brien": "Person 1",
        "Board": "Person 2",
        "Dr Jane Smith": "Person 3",
        "A. Analyst": "Person 4",
    }
    hidden = write_pack(ranked, ABOUT, record(), choices=BRIEF, people=people)
    inside = everything_in(hidden)
    for name in (b"Jane", b"JANE", b"Brien", b"A. Analyst"):
        assert name in everything_in(write_pack(ranked, ABOUT, record(), choices=BRIEF))
        assert name not in inside
    assert b"Ask Person 3" in inside
    assert b"Person 1 agreed" in inside
    assert verify(hidden).reproduces


def test_a_pseudonymised_pack_leaves_source_files_out_and_says_so():
    about = replace(ABOUT, files=(FileSeen("t.csv", 1, "00" * 32),))
    made = write_pack(
        ranking(), about, Record(sources=(source("t.csv", b"x"),)), choices=BRIEF, people={}
    )
    files = files_of(made)
    assert not any(name.startswith("inputs/sources/") for name in files)
    assert "Source files are left out" in files["READ-ME-FIRST.txt"].decode()


def test_a_name_inside_another_word_is_left_alone():
    sheet = round_of_five(notes=("Annabel and Ann", None, None, None, None))
    made = write_pack(
        prioritise(sheet), replace(ABOUT, made_by="Ann"), choices=BRIEF, people={"Ann": "Person 1"}
    )
    rows_of = json.loads(files_of(made)["inputs/intentions.json"])
    assert rows_of[0]["fields"]["notes"] == "Annabel and Person 1"
