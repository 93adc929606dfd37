"""The same table from .xls and .ods, written by LibreOffice."""

import subprocess
from datetime import datetime

from scoring.export import About, write_ranked_workbook
from scoring.export.diff import diff_editions
from scoring.export.edition import read_edition, weights_in_export
from scoring.intake import Source
from scoring.ranking import prioritise
from tests.layouts.build import (
    HEADER,
    ROWS,
    assert_reads_the_three,
    read_bytes,
    scores_of,
    texts,
    workbook,
)
from tests.recalculation.office import with_weights
from tests.unit.export.rounds import round_of_four

ABOUT = About("Round", "", datetime(2026, 11, 22))


def test_older_and_open_formats(tmp_path):
    path = tmp_path / "team.xlsx"
    book = {"Notes": [["Read me"]], "Intentions": [["Title above"], [], HEADER, *ROWS]}
    path.write_bytes(workbook(book, {"Intentions": ["A1:I1"]}))
    for kind in ("xls", "ods"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
             "--convert-to", kind, "--outdir", str(tmp_path), str(path)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        data = (tmp_path / f"team.{kind}").read_bytes()
        intake = read_bytes(data, f"team.{kind}")
        assert_reads_the_three(intake)
        assert intake.sheet.where.cell(0, 0) == f"team.{kind}, Intentions!C4"


def test_a_failing_formula_is_named_in_the_older_and_open_formats_too(tmp_path):
    path = tmp_path / "team.xlsx"
    first = [*ROWS[0][:2], "=1/0", *ROWS[0][3:]]
    second = [*ROWS[1][:4], "=NA()", *ROWS[1][5:-1], "=2+3"]
    path.write_bytes(
        workbook({"Notes": [["=1/0"]], "Intentions": [[], HEADER, first, second, ROWS[2]]})
    )
    for kind in ("xls", "ods"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
             "--convert-to", kind, "--outdir", str(tmp_path), str(path)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        intake = read_bytes((tmp_path / f"team.{kind}").read_bytes(), f"team.{kind}")
        assert texts(intake) == [
            f'team.{kind}, Intentions!C3 (Strategic Alignment): found "#DIV/0!", expected a whole '
            "number from 1 to 5; the formula in this cell fails.",
            f'team.{kind}, Intentions!E4 (Cost): found "#N/A", expected a whole number from 1 to 5; '
            "the formula in this cell fails.",
        ]
        assert scores_of(intake)[1] == [4, 3, None, 5, 4, 4, 5]


def test_an_exported_workbook_saved_as_xls_or_ods_is_known_with_its_weights(tmp_path):
    sheet = round_of_four()
    framework = sheet.framework
    old = write_ranked_workbook(prioritise(sheet), ABOUT)
    path = tmp_path / "B.xlsx"
    path.write_bytes(with_weights(old, {"Impact": 42.5}))
    for kind in ("xls", "ods"):
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile",
             "--convert-to", kind, "--outdir", str(tmp_path), str(path)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        again = Source(f"B.{kind}", (tmp_path / f"B.{kind}").read_bytes())
        before, after = (
            read_edition(Source("A.xlsx", old), framework),
            read_edition(again, framework),
        )
        (change,) = diff_editions(before, after).changes
        assert str(change) == f'B.{kind}, Weights!B3 (weight of Impact): was "20", is "42.5"'
        assert weights_in_export(again, framework) == framework.weights_with({"impact": "42.5"})
