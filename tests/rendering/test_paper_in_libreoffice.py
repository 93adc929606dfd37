"""The board paper as LibreOffice Writer lays it out: pages, text, tables, pictures, no repair."""

import os
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from scoring.export.about import About
from scoring.export.paper import write_paper
from scoring.framework import load_framework
from scoring.intake import Source, read_intentions
from scoring.ranking import prioritise
from scoring.segment import Override

SAMPLE = Path(__file__).parents[2] / "data" / "sample-round.xlsx"
A4 = (595, 842)  # points


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample round's paper by changed weights, with an override, as LibreOffice prints it."""
    for program in ("pdftoppm", "pdftotext", "pdfinfo"):
        if shutil.which(program) is None and not os.environ.get("CI"):
            pytest.skip("needs poppler: rendering")
    folder = tmp_path_factory.mktemp("paper")
    framework = load_framework("lsc-2025-26")
    intake = read_intentions([Source(SAMPLE.name, SAMPLE.read_bytes())], framework)
    made = {"SGW-04": Override("SGW-04", "3", "Needs consultation.", "J. Smith", date(2026, 11, 1))}
    before = prioritise(intake.sheet, overrides=made)
    weights = framework.weights_with({"impact": "30", "cost": "5"})
    ranking = prioritise(intake.sheet, weights, segments=before.segments)
    at = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
    about = About(
        "Sample round",
        "A. Analyst",
        at,
        "0.1.0",
        intake.files,
        "",
        "Invented scores",
        intake.ledger,
    )
    (folder / "paper.docx").write_bytes(write_paper(ranking, about, baseline=before))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return folder / "paper.pdf"


@pytest.fixture(scope="module")
def pages(pdf: Path) -> list[str]:
    """The text of each page, as laid out."""
    out = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return out.stdout.decode().split("\f")[:-1]


def test_every_page_is_a4_and_says_which_of_how_many(pdf: Path, pages: list[str]) -> None:
    info = subprocess.run(
        ["pdfinfo", "-l", "99", str(pdf)], check=True, capture_output=True, text=True
    ).stdout
    sizes = {
        tuple(sorted((round(float(w)), round(float(h)))))
        for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", info)
    }
    assert sizes == {A4}
    assert 15 <= len(pages) <= 28
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Invented scores." in page


def test_the_sections_come_in_a_committees_order(pages: list[str]) -> None:
    text = "\n".join(pages)
    headings = re.findall(r"^ *(\d+\. [A-Z][a-z ]+|Appendix [AB]: [A-Z][a-z ]+)$", text, re.M)
    numbered = [h.strip() for h in headings if h[0].isdigit() or h.startswith("Appendix")]
    wanted = ["1. Purpose", "2. Recommendations", "3. The process in figures", "7. What changed",
              "8. How firm the ranking is", "10. Gates outstanding", "Appendix A: The full list"]  # fmt: skip
    assert [heading for heading in numbered if heading in wanted] == wanted


def test_the_full_list_repeats_its_header_on_each_of_its_pages(pages: list[str]) -> None:
    first = next(k for k, page in enumerate(pages) if "Appendix A" in page)
    last = next(k for k, page in enumerate(pages) if "Appendix B" in page)
    listed = [page for page in pages[first:last] if "Segment" in page]
    assert len(listed) >= 3
    for page in listed:
        assert re.search(r"Place\s+Ref\s+Intention\s+Segment", page), page[:300]


def test_every_ranked_intention_stands_in_the_full_list(pages: list[str]) -> None:
    framework = load_framework("lsc-2025-26")
    intake = read_intentions([Source(SAMPLE.name, SAMPLE.read_bytes())], framework)
    first = next(k for k, page in enumerate(pages) if "Appendix A" in page)
    text = "\n".join(pages[first:])
    assert [ref for ref in intake.sheet.refs if ref not in text] == []


def test_no_fault_of_a_field_or_a_reference_is_printed(pages: list[str]) -> None:
    text = "\n".join(pages)
    assert re.findall(r"Error!|#REF|\bnan\b|\bNone\b|[{}]|\binf\b", text) == []


def _greys(picture: Path) -> np.ndarray:
    """A .pgm as rows of greys from 0, black, to 255."""
    kind, width, height, _, greys = picture.read_bytes().split(maxsplit=4)
    assert kind == b"P5"
    return np.frombuffer(greys[-int(width) * int(height) :], np.uint8).reshape(int(height), -1)


def test_pages_are_inked_within_their_margins(pdf: Path) -> None:
    subprocess.run(
        ["pdftoppm", "-r", "40", "-gray", str(pdf), str(pdf.parent / "page")], check=True
    )
    pictures = sorted(pdf.parent.glob("page*.pgm"))
    assert pictures
    for picture in pictures:
        ink = _greys(picture) < 200
        assert ink.any()
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        # Two centimetres are 31 pixels at 40 an inch; boxes may reach a little into them.
        assert columns[0] >= 24
        assert ink.shape[1] - columns[-1] >= 24
        assert rows[0] >= 12
        assert ink.shape[0] - rows[-1] >= 12
