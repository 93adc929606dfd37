"""Every file of a pack is made again: one value altered, its SHA-256 made to agree, is found."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from scoring.analysis.assumptions import Assumptions, FromScenarios
from scoring.analysis.draws import Anywhere, InOrder, Within
from scoring.analysis.score_draws import Between, FromSamples, OffByOne
from scoring.export.fixed_zip import zip_of
from scoring.export.pack import analyse, verify, write_pack
from scoring.export.pack.compare_made import compare_made
from scoring.export.pack.drawn import assumptions_document, read_assumptions
from scoring.export.paper import Choices
from tests.unit.export_pack.packs import BRIEF, edited, files_of, pack, record, repacked
from tests.unit.export_pack.test_copies import PAPER, WORKBOOK, cell_value, with_part
from tests.unit.export_paper.papers import ABOUT, ranking, round_of_five


def said(data: bytes) -> list[str]:
    """What a check says, line by line."""
    return [str(difference) for difference in verify(data).differences]


def altered(name: str, before: str, after: str) -> list[str]:
    """What is said of the pack with one text of one file replaced, covered up."""
    files = files_of(pack())
    text = files[name].decode("utf-8-sig")
    assert before in text
    changed = text.replace(before, after, 1).encode()
    mark = b"\xef\xbb\xbf" if name.endswith(".csv") else b""
    return said(repacked(files | {name: mark + changed}, cover_up=True))


@pytest.mark.parametrize(
    ("name", "before", "after", "says"),
    [
        ("results/scenarios.csv", "A,Alpha,no,2,", "A,Alpha,no,1,",
         "results/scenarios.csv, A, Rank: Published weights: recorded 2, found 1"),
        ("results/scenario-weights.csv", ",32", ",40",
         "results/scenario-weights.csv, Weight of Cost (%), Cost first: recorded 32, found 40"),
        ("results/how-firm.csv", ",firm in", ",firm out",
         "results/how-firm.csv, E, Verdict: recorded firm in, found firm out"),
        ("results/how-firm.txt", "10,000 draws", "90,000 draws",
         "results/how-firm.txt, line 2: recorded …"),
        ("results/other-methods.csv", "E,1,1,", "E,1,2,",
         "results/other-methods.csv, E, Place by Weighted product: recorded 1, found 2"),
        ("records/links.csv", "depends on", "excludes",
         "records/links.csv, A, How: recorded depends on, found excludes"),
        ("records/scores.csv", "National audit", "No audit",
         "records/scores.csv, A, Reason: recorded National audit, says A. Analyst, found No audit"),
        ("records/scores.csv", "team.xlsx, Round!D2", "team.xlsx, Round!D9",
         "records/scores.csv, A, Where the score stands: recorded team.xlsx, Round!D2, found"),
        ("records/rows-read.csv", "It has no title and no ref", "It was late",
         "records/rows-read.csv, team.xlsx, Why: recorded It has no title and no ref, found It"),
        ("records/overrides.csv", "Dr Jane Smith", "Dr Joan Smith",
         "records/overrides.csv, B, By: recorded Dr Jane Smith, found Dr Joan Smith"),
        ("records/weights-ledger.csv", "27.27", "28.27",
         "records/weights-ledger.csv, 2026-11-20T09:00:00+00:00, Impact (%): recorded 27.27, found"),
        ("method.txt", "weight 27.27%", "weight 30%", "method.txt, line"),
        ("READ-ME-FIRST.txt", "Decision pack", "Draft pack",
         "READ-ME-FIRST.txt, line 1: recorded Decision pack"),
        ("manifest.json", '"made_by": "', '"made_by": "Not ', "manifest.json, made_by: recorded"),
    ],
)  # fmt: skip
def test_one_value_altered_and_covered_up_is_named(
    name: str, before: str, after: str, says: str
) -> None:
    (one,) = altered(name, before, after)
    assert one.startswith(says)


def test_a_limit_of_a_weight_altered_and_covered_up_is_named() -> None:
    files = files_of(pack())
    lines = files["results/weight-limits.csv"].decode("utf-8-sig").split("\r\n")
    cells = lines[2].split(",")
    was, cells[2] = cells[2], "1.5"
    lines[2] = ",".join(cells)
    data = "\r\n".join(lines).encode("utf-8-sig")
    (one,) = said(repacked(files | {"results/weight-limits.csv": data}, cover_up=True))
    assert one == f"results/weight-limits.csv, Impact, Lowest (%): recorded {was}, found 1.5"


def test_a_row_taken_out_of_a_table_of_analyses_is_named() -> None:
    files = files_of(pack())
    data = b"\r\n".join(files["results/how-firm.csv"].split(b"\r\n")[:-2]) + b"\r\n"
    found = said(repacked(files | {"results/how-firm.csv": data}, cover_up=True))
    assert found == ["results/how-firm.csv, row 6: recorded a row, found no such row"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda b: b["analysed"].update(line=1), "results/scenarios.csv"),
        (lambda b: b["analysed"]["scenarios"][0].update(by="Nobody"), "results/scenario-weights.csv"),
        (lambda b: b["links"][0].update(why="Because"), "records/links.csv, A, Why"),
        (lambda b: b["reasons"][0].__setitem__(2, "Because"), "records/scores.csv, A, Reason"),
        (lambda b: b["ledger"].pop(), "records/rows-read.csv"),
        (lambda b: b["about"].update(round_name="Another"), "results/board-paper.docx, paragraph 1"),
        (lambda b: b["choices"].update(top=0), "inputs/besides.json: recorded what documents can"),
        (lambda b: b["about"].pop("made_at"), "inputs/besides.json: recorded what documents can"),
    ],
)  # fmt: skip
def test_what_documents_rest_on_cannot_be_altered_alone(
    change: Callable[[dict], object], says: str
) -> None:
    found = said(edited("inputs/besides.json", change, cover_up=True))
    assert any(one.startswith(says) for one in found), found


def test_where_a_score_was_read_cannot_be_altered_alone() -> None:
    def elsewhere(rows: list[dict]) -> None:
        rows[0]["read"]["cells"]["impact"] = [9, 9]

    found = said(edited("inputs/intentions.json", elsewhere, cover_up=True))
    assert "records/scores.csv, A, Where the score stands: recorded team.xlsx, Round!I9, found team.xlsx, Round!D2" in found  # fmt: skip


def test_a_cell_of_any_sheet_of_the_workbook_is_named() -> None:
    book = files_of(pack())[WORKBOOK]
    sheets = re.findall(r'<sheet name="([^"]*)"', files_of(book)["xl/workbook.xml"].decode())
    number = sheets.index("How firm") + 1
    data = with_part(book, f"xl/worksheets/sheet{number}.xml", cell_value("E2", "12"))
    (one,) = said(repacked(files_of(pack()) | {WORKBOOK: data}, cover_up=True))
    assert one == "results/ranked-list.xlsx, How firm!E2: recorded 100, found 12"


def test_a_chart_of_the_workbook_that_points_elsewhere_is_named() -> None:
    book = files_of(pack())[WORKBOOK]
    part = next(name for name in files_of(book) if name.startswith("xl/charts/chart"))
    data = with_part(book, part, lambda xml: xml.replace("$2", "$3"))
    (one,) = said(repacked(files_of(pack()) | {WORKBOOK: data}, cover_up=True))
    assert one == (
        f"results/ranked-list.xlsx, {part}: recorded as it is made again, found other bytes"
    )


def test_a_sentence_of_the_paper_is_named() -> None:
    def softer(xml: str) -> str:
        return xml.replace("Criteria and weights", "Criteria", 1)

    data = with_part(files_of(pack())[PAPER], "word/document.xml", softer)
    (one,) = said(repacked(files_of(pack()) | {PAPER: data}, cover_up=True))
    assert re.fullmatch(
        r"results/board-paper.docx, paragraph \d+: recorded 1. Criteria and weights, found 1. Criteria",
        one,
    )


@cache
def with_a_chart() -> bytes:
    """A pack whose paper draws a chart."""
    return write_pack(ranking(), ABOUT, choices=Choices(("criteria", "segments", "list")))


def test_a_picture_of_the_paper_that_shows_something_else_is_named() -> None:
    from PIL import Image

    paper = files_of(files_of(with_a_chart())[PAPER])
    part = next(name for name in paper if name.endswith(".png"))
    with Image.open(io.BytesIO(paper[part])) as picture:
        altered, near = picture.copy(), picture.copy()
    altered.paste((200, 0, 0), (20, 20, 60, 60))
    near.putpixel((5, 5), tuple(max(0, c - 3) for c in near.getpixel((5, 5))))
    for image, expected in ((altered, 1), (near, 0)):
        out = io.BytesIO()
        image.save(out, "PNG")
        document = zip_of(paper | {part: out.getvalue()})
        data = repacked(files_of(with_a_chart()) | {PAPER: document}, cover_up=True)
        assert len(said(data)) == expected, said(data)


def test_a_table_left_out_of_the_pack_and_its_manifest_is_named() -> None:
    files = files_of(pack())
    del files["results/how-firm.csv"]
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = [f for f in manifest["files"] if "how-firm.csv" not in f["name"]]
    data = zip_of(files | {"manifest.json": json.dumps(manifest).encode()})
    assert "results/how-firm.csv: recorded a file, found no such file" in said(data)


def test_what_documents_rest_on_left_out_of_the_pack_is_named() -> None:
    files = files_of(pack())
    del files["inputs/besides.json"]
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = [f for f in manifest["files"] if "besides" not in f["name"]]
    lacks = "inputs/besides.json: recorded an input, found nothing to work with"
    for form in (2, 1):  # no pack of this code is of the first form
        manifest["format"] = form
        data = zip_of(files | {"manifest.json": json.dumps(manifest).encode()})
        assert said(data) == [lacks]


def test_a_pack_of_the_first_form_reproduces_and_says_what_was_not_made_again() -> None:
    files = files_of(pack())
    del files["inputs/besides.json"]
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = [f for f in manifest["files"] if "besides" not in f["name"]]
    manifest |= {"format": 1, "code_sha256": "0" * 64}
    verdict = verify(zip_of(files | {"manifest.json": json.dumps(manifest).encode()}))
    assert verdict.reproduces
    assert verdict.beside.unchecked == (
        "Its documents and analyses were not made again: packs of this earlier form do not hold "
        "what they rest on. They were checked by their SHA-256."
    )


def test_what_other_code_wrote_otherwise_is_asked_about_and_is_no_difference() -> None:
    files = files_of(pack())
    text = files["method.txt"].decode().replace("The method:", "Our method:")
    manifest = json.loads(files["manifest.json"]) | {"code_sha256": "0" * 64}
    files |= {"method.txt": text.encode(), "manifest.json": json.dumps(manifest).encode()}
    verdict = verify(repacked(files, cover_up=True))
    assert verdict.reproduces
    (one,) = verdict.beside.asks
    assert str(one).startswith("method.txt, line 1: recorded The method: ")
    assert verdict.beside.unchecked.startswith("It was made by other code, which may write")


def test_other_libraries_are_named() -> None:
    def older(besides: dict) -> None:
        besides["libraries"]["numpy"] = "1.0"

    verdict = verify(edited("inputs/besides.json", older, cover_up=True))
    assert verdict.reproduces
    assert "other libraries: numpy 1.0 (here " in verdict.beside.unchecked


def test_a_pack_against_another_round_and_one_against_other_weights_reproduce() -> None:
    now = ranking({"impact": "30"}, override=True)
    other_weights = replace(now, totals=ranking({"cost": "40"}).totals)
    for before in (ranking(override=True), other_weights):
        made = write_pack(now, ABOUT, record(), before, Choices(("changes",)))
        assert said(made) == []
    files = files_of(write_pack(now, ABOUT, record(), ranking(override=True), BRIEF))
    weights = json.loads(files["inputs/before/weights.json"])
    assert weights["used"]["impact"] == "20"


def test_names_of_the_round_before_are_replaced_too() -> None:
    before = ranking(override=True)  # Dr Jane Smith decided a segment there
    hidden = write_pack(
        ranking(), ABOUT, baseline=before, choices=BRIEF, people={"Pat": "Person 1"}
    )
    assert said(hidden) == []
    files = files_of(hidden)
    assert b"Jane" not in files["inputs/before/overrides.json"]
    assert json.loads(files["inputs/before/overrides.json"])[0]["by"] == "Somebody"


WEIGHTS = round_of_five().framework.weights
SHARES = round_of_five().scores


@pytest.mark.parametrize(
    "drawn",
    [
        Assumptions(Anywhere(), OffByOne(0.25), 0.8, 0.3, 500, 7),
        Assumptions(Within(5)),
        Assumptions(InOrder(tuple(WEIGHTS)), Between(SHARES, SHARES)),
        Assumptions(FromScenarios((WEIGHTS, WEIGHTS), ("One", "Other"))),
    ],
)
def test_what_was_drawn_reads_back_and_reproduces(drawn: Assumptions) -> None:
    document = assumptions_document(drawn)
    assert assumptions_document(read_assumptions(document, round_of_five().framework)) == document
    ranked = ranking()
    found = analyse(ranked, 2, assumptions=drawn)
    made = write_pack(ranked, ABOUT, choices=replace(BRIEF, assumptions=drawn), analyses=found)
    assert said(made) == []


def test_samples_of_a_model_are_not_in_a_pack_and_that_is_said() -> None:
    ranked = ranking()
    samples = FromSamples(ranked.sheet.framework.criteria[0].scale.steps * SHARES[None] * 0 + 3.0)
    found = replace(analyse(ranked, 2), assumptions=Assumptions(scores=samples))
    verdict = verify(write_pack(ranked, ABOUT, choices=BRIEF, analyses=found))
    assert verdict.reproduces
    assert "they rest on samples that a pack does not hold" in verdict.beside.unchecked


def test_a_pack_that_asks_for_endless_draws_is_not_obeyed() -> None:
    def endless(besides: dict) -> None:
        besides["choices"]["assumptions"] = assumptions_document(Assumptions(draws=10**12))

    (one,) = said(edited("inputs/besides.json", endless, cover_up=True))
    assert one == (
        "inputs/besides.json: recorded what documents can be made of, found 1,000,000,000,000 "
        "draws; at most 1,000,000"
    )


def test_a_check_tells_how_far_it_is_to_the_end() -> None:
    told: list[float] = []
    assert verify(pack(), progress=told.append).reproduces
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_many_differences_in_one_file_are_counted() -> None:
    made = "\n".join(f"line {k}" for k in range(50)).encode()
    found = "\n".join(f"other {k}" for k in range(50)).encode()
    differences = compare_made("a.txt", found, made)
    assert len(differences) == 21
    assert str(differences[-1]).endswith("found 30 more differences")
