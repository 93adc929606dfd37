"""The same table from .xls and .ods, written by LibreOffice."""

import subprocess

from tests.layouts.build import HEADER, ROWS, assert_reads_the_three, read_bytes, workbook


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
