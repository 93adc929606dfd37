"""The Word document: real headings, header rows, captions, fields, alternative text; the same bytes."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx.oxml.ns import qn

from scoring.export.paper import write_charts, write_paper
from scoring.export.paper.blocks import Grid
from scoring.export.paper.grids import grid_xml, shown
from scoring.export.paper.wording import plain
from scoring.export.tables import Column, Table
from scoring.ranking import prioritise
from tests.unit.export_paper.papers import ABOUT, paper, part, ranking, read, round_of_five


@pytest.fixture(scope="module")
def whole() -> bytes:
    """A paper with every section."""
    before = ranking(override=True)
    about = replace(ABOUT, illustrative="All scores are invented")
    return write_paper(ranking({"impact": "45"}, override=True), about, baseline=before)


def test_the_same_round_at_the_same_instant_gives_the_same_bytes(whole):
    about = replace(ABOUT, illustrative="All scores are invented")
    again = write_paper(
        ranking({"impact": "45"}, override=True), about, baseline=ranking(override=True)
    )
    assert again == whole
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sections_are_real_headings_numbered_in_a_committees_order(whole):
    headings = [p.text for p in read(whole).paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "1. Purpose",
        "2. Recommendations",
        "3. The process in figures",
        "4. Criteria and weights",
        "5. Segments",
        "6. The prioritised list",
        "7. What changed",
        "8. How firm the ranking is",
        "9. Segments decided by a person",
        "10. Gates outstanding",
        "Appendix A: The full list",
        "Appendix B: The method",
    ]


def test_every_table_but_the_front_box_repeats_its_header_row(whole):
    front, *tables = read(whole).tables
    assert front._tbl.findall(f".//{qn('w:tblHeader')}") == []
    assert len(tables) > 8
    for table in tables:
        first = table.rows[0]._tr
        assert first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert len(table._tbl.findall(f".//{qn('w:tblHeader')}")) == 1


def test_captions_are_numbered_by_fields_in_order(whole):
    captions = [p for p in read(whole).paragraphs if p.style.name == "Caption"]
    codes = [p._p.find(qn("w:fldSimple")).get(qn("w:instr")).split()[1] for p in captions]
    numbers = {"Table": 0, "Figure": 0}
    for code, caption in zip(codes, captions, strict=True):
        numbers[code] += 1
        shown_number = "".join(t.text for t in caption._p.iter(qn("w:t")))
        assert shown_number.startswith(f"{code} {numbers[code]}. ")
    assert numbers["Table"] == len(read(whole).tables) - 1


def test_every_picture_has_alternative_text(whole):
    pictures = list(read(whole).element.body.iter(qn("wp:docPr")))
    assert len(pictures) >= 2
    assert all(len(picture.get("descr")) > 40 for picture in pictures)


def test_pages_are_a4_numbered_and_turn_for_the_full_list(whole):
    sizes = [(round(s.page_width.cm, 1), round(s.page_height.cm, 1)) for s in read(whole).sections]
    assert sizes == [(21.0, 29.7), (29.7, 21.0), (21.0, 29.7)]
    footer = part(whole, "word/footer1.xml")
    assert 'w:instr=" PAGE "' in footer
    assert 'w:instr=" NUMPAGES "' in footer


def test_the_language_is_british_english(whole):
    language = re.search(
        r"<w:docDefaults>.*?<w:lang ([^>]*)/>", part(whole, "word/styles.xml"), re.S
    )
    assert 'w:val="en-GB"' in language[1]
    assert read(whole).core_properties.language == "en-GB"


def test_the_properties_say_what_it_is_and_when_it_was_made(whole):
    properties = read(whole).core_properties
    assert properties.title == "Commissioning intentions: Round 2026/27"
    assert properties.author == "A. Analyst"
    assert properties.created.isoformat() == "2026-11-22T15:30:00+00:00"


def test_no_picture_of_another_document_is_its_thumbnail(whole):
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert [name for name in archive.namelist() if "thumbnail" in name] == []


def test_spaces_for_the_author_are_fields_to_type_in(whole):
    names = [e.get(qn("w:val")) for e in read(whole).element.body.iter(qn("w:alias"))]
    assert names == [
        "Meeting",
        "Date of meeting",
        "Agenda item",
        "Presented by",
        "Confidential",
        "First decision",
        "Second decision",
    ]


def test_invented_scores_are_said_on_every_page(whole):
    assert "All scores are invented." in part(whole, "word/header1.xml")


def test_each_numbered_list_begins_at_one(whole):
    numbers = {
        p._p.pPr.numPr.numId.val for p in read(whole).paragraphs if p.style.name == "List Number"
    }
    assert len(numbers) == 2


def test_the_full_list_has_every_score_under_its_criterion():
    table = read(paper(ranking(), "full_list")).tables[1]
    header = [cell.text for cell in table.rows[0].cells]
    assert header[:5] == ["Place", "Ref", "Intention", "Segment", "Total"]
    assert header[5:] == [
        "Strategic Alignment", "Impact", "Cost", "Complexity", "Resource Capacity", "Effort", "Time",
    ]  # fmt: skip
    second = [cell.text for cell in table.rows[2].cells]
    assert second[:3] == ["2", "A", "Alpha"]
    assert second[4:] == ["62.5", "5", "4", "3", "2", "3", "2", "4"]


def test_the_worked_example_adds_up_to_the_total():
    table = read(paper(ranking(), "method")).tables[1]
    points = [row.cells[4].text for row in table.rows[1:]]
    assert points == ["25.00", "20.00", "15.00", "15.00", "10.00", "10.00", "5.00", "100.00"]
    assert table.rows[1].cells[5].text == "team.xlsx, Round!C6"


HOSTILE = (
    "=HYPERLINK(\"http://x\")", "<w:p/>&amp;\"'", "مرحبا بالعالم", "💷 emoji \u200d", "a\x00b\x07c\ud800d\ufffe",
    "x" * 32_767, "line one\nline two\r\nline three", "]]><!--", "{{7*7}} **bold** `code`",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_nothing_else(text):
    sheet = replace(round_of_five(), titles=(text, "B", "C", "D", "E"))
    about = replace(ABOUT, round_name=text[:80], made_by=text[:80], illustrative=text[:80])
    data = write_paper(prioritise(sheet), about)
    document = read(data)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    line = " ".join(plain(text).split())
    wanted = line if len(line) <= 200 else line[:199] + "…"
    assert wanted in cells


def test_text_that_xml_cannot_hold_becomes_the_replacement_character():
    assert plain("a\x00b\ud800\ufffe\tc\r\nd") == "a\ufffdb\ufffd\ufffd\tc\nd"


def test_numbers_are_shown_as_the_app_shows_them():
    assert shown(71.25, "total") == "71.3"
    assert shown(None, "total") == "–"
    assert shown(-1250000.0, "money") == "-£1,250,000"
    assert shown(3.0, "score") == "3"


def test_no_column_is_too_narrow_for_the_longest_word_of_its_header():
    columns = (Column("a", "Reconfiguration", "place"), Column("b", "What it is", "long"))
    xml = grid_xml(Grid(Table("t", "t", columns, ((1, "x"),)), "t"), 9000)
    widths = [int(w) for w in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert widths[0] >= 15 * 100
    assert sum(widths) <= 9000


def test_charts_come_as_png_and_svg_with_words():
    with zipfile.ZipFile(io.BytesIO(write_charts(ranking(), ABOUT))) as archive:
        names = archive.namelist()
        assert names[:2] == ["1-segments.png", "1-segments.svg"]
        assert archive.read("1-segments.png").startswith(b"\x89PNG")
        assert archive.read("1-segments.svg").startswith(b"<svg")
        words = archive.read("what-they-show.txt").decode()
    assert "Segment 2: efficiency or improvement, ICB 2" in words


def test_progress_is_told_up_to_the_end_and_within_the_longest_section():
    told = []
    write_paper(ranking({"impact": "45"}), ABOUT, baseline=ranking(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 30
    charts = []
    write_charts(ranking({"impact": "45"}), ABOUT, baseline=ranking(), progress=charts.append)
    assert charts == sorted(charts)
    assert charts[-1] == 1.0


def test_a_title_that_looks_like_a_place_for_a_table_stays_a_title():
    sheet = replace(
        round_of_five(), titles=("<?table 0?>", "Beta", "Gamma", "Delta", "<?table 9?>")
    )
    data = write_paper(prioritise(sheet), ABOUT)
    assert "<?table" not in part(data, "word/document.xml")
    shown = [cell.text for table in read(data).tables for row in table.rows for cell in row.cells]
    assert {"<?table 0?>", "<?table 9?>"} <= set(shown)
