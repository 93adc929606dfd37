"""The commands paper, pack and verify: what they write, say and return."""

import hashlib
import json
import time
from pathlib import Path

import pytest

from scoring.cli import main
from tests.unit.export_pack.packs import files_of, pack, repacked
from tests.unit.export_paper.papers import read

HEADER = "Ref,Title,Strategic Alignment,Impact,Cost,Complexity,Resource Capacity,Effort,Time\n"
AT = ("--at", "2026-11-22T15:30+00:00")


@pytest.fixture
def csv(tmp_path: Path) -> str:
    """Two intentions: A 62.5, B 50."""
    path = tmp_path / "team.csv"
    path.write_text(HEADER + "A,Alpha,5,4,3,2,3,2,4\nB,Beta,3,3,3,3,3,3,3\n", encoding="utf-8")
    return str(path)


def test_paper_writes_a_word_document_of_the_sections_asked_for(csv, tmp_path, capsys):
    out = tmp_path / "p.docx"
    assert main(["paper", csv, "-o", str(out), "--sections", "purpose, method", *AT]) == 0
    headings = [p.text for p in read(out.read_bytes()).paragraphs if p.style.name == "Heading 1"]
    assert headings == ["1. Purpose", "Appendix A: The method"]
    assert f"Written: {out}" in capsys.readouterr().err


def test_paper_compares_with_the_published_weights(csv, tmp_path):
    out = tmp_path / "p.docx"
    main(["paper", csv, "-o", str(out), "--weights", "impact=40", "--sections", "changes", *AT])
    assert any(p.text == "1. What changed" for p in read(out.read_bytes()).paragraphs)


@pytest.mark.parametrize(
    ("must_dos", "above"), [("counted", ["A"]), ("extra", ["A", "B"]), ("ranked", ["M", "A"])]
)
def test_paper_takes_must_dos_as_it_is_told(tmp_path, must_dos, above):
    """M 100 is a must-do; A 62.5, B 50, C 0. The line is after 2."""
    rows = "M,Must,5,5,5,5,5,5,5,yes\nA,Alpha,5,4,3,2,3,2,4,\nB,Beta,3,3,3,3,3,3,3,\nC,Last,1,1,1,1,1,1,1,\n"
    path, out = tmp_path / "team.csv", tmp_path / "p.docx"
    path.write_text(HEADER.strip() + ",Must do\n" + rows, encoding="utf-8")
    call = ["paper", str(path), "-o", str(out), "--sections", "list", "--line", "2", *AT]
    assert main([*call, "--must-dos", must_dos]) == 0
    document = read(out.read_bytes())
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    place = next(k for k, caption in enumerate(captions) if "Above the line" in caption)
    table = document.tables[1 + place]  # the first is the box on the first page
    assert [row.cells[1].text for row in table.rows[1:]] == above


def test_paper_says_what_changed_since_a_file_of_the_round_before(csv, tmp_path):
    before, out = tmp_path / "before.csv", tmp_path / "p.docx"
    before.write_text(HEADER + "A,Alpha,1,1,1,1,1,1,1\nC,Gone,3,3,3,3,3,3,3\n", encoding="utf-8")
    call = ["paper", csv, "-o", str(out), "--previous", str(before), "--sections", "changes", *AT]
    assert main(call) == 0
    text = "\n".join(p.text for p in read(out.read_bytes()).paragraphs)
    assert (
        "Set against the previous round: 1 intention is new and 1 intention is no longer in it"
        in text
    )


def test_the_same_call_at_the_same_time_gives_the_same_pack_and_says_its_sha256(
    csv, tmp_path, capsys
):
    made = []
    for name in ("one.zip", "two.zip"):
        assert main(["pack", csv, "-o", str(tmp_path / name), *AT]) == 0
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    assert hashlib.sha256(made[0]).hexdigest() in capsys.readouterr().out
    assert files_of(made[0])["inputs/sources/1-team.csv"] == Path(csv).read_bytes()


def test_the_bytes_do_not_follow_the_machines_time_zone(csv, tmp_path, monkeypatch):
    made = []
    try:
        for zone in ("UTC", "Asia/Tokyo"):
            monkeypatch.setenv("TZ", zone)
            time.tzset()
            main(["pack", csv, "-o", str(tmp_path / "p.zip"), *AT])
            made.append((tmp_path / "p.zip").read_bytes())
    finally:
        monkeypatch.undo()
        time.tzset()
    assert made[0] == made[1]


def test_pack_keeps_who_set_the_weights_and_overrides(csv, tmp_path):
    overrides = tmp_path / "o.csv"
    overrides.write_text("Ref,Segment,Reason,By,On\nB,3,Needs consultation,Jane Smith,2026-11-01\n")
    out = tmp_path / "p.zip"
    call = ["pack", csv, "-o", str(out), "--weights-by", "The board", "--weights-why", "Agreed"]
    assert main([*call, "--overrides", str(overrides), *AT]) == 0
    files = files_of(out.read_bytes())
    assert json.loads(files["inputs/weights.json"])["settings"][0]["by"] == "The board"
    assert json.loads(files["results/results.json"])[1]["segment"] == "3"
    assert main(["verify", str(out)]) == 0


def test_pseudonyms_are_kept_apart_in_a_key(csv, tmp_path):
    out, key = tmp_path / "p.zip", tmp_path / "key.csv"
    assert (
        main(["pack", csv, "-o", str(out), "--by", "Jane Smith", "--pseudonyms", str(key), *AT])
        == 0
    )
    assert key.read_text("utf-8-sig").splitlines() == ["Pseudonym,Name", "Person 1,Jane Smith"]
    assert all(b"Jane" not in data for data in files_of(out.read_bytes()).values())
    assert main(["verify", str(out)]) == 0


def test_source_files_can_be_left_out(csv, tmp_path):
    out = tmp_path / "p.zip"
    main(["pack", csv, "-o", str(out), "--without-sources", *AT])
    assert not any("sources" in name for name in files_of(out.read_bytes()))


def test_every_fault_of_an_overrides_file_is_named_with_its_line(csv, tmp_path, capsys):
    overrides = tmp_path / "o.csv"
    overrides.write_text(
        "ref,segment,reason,by,on\nX,3,why,who,2026-11-01\nA,9,why,who,2026-11-01\n"
        "A,3,,who,2026-11-01\nA,3,why,who,soon\n"
    )
    call = ["paper", csv, "-o", str(tmp_path / "p.docx"), "--overrides", str(overrides)]
    assert main(call) == 2
    said = capsys.readouterr().err.splitlines()
    assert (
        said[0] == 'o.csv, line 2 (ref): found "X", expected the ref of an intention in the files.'
    )
    assert said[1].startswith('o.csv, line 3 (segment): found "9", expected one of 0, 1,')
    assert said[2].startswith("o.csv, line 4 (reason): found nothing")
    assert said[3].startswith('o.csv, line 5 (on): found "soon", expected a date')


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        (("-o", "p.pdf"), 'found "p.pdf", expected a file name that ends in .docx'),
        (("-o", "p.docx", "--at", "noon"), '--at: found "noon"'),
        (("-o", "p.docx", "--sections", "poem"), 'sections: found "poem"'),
        (("-o", "p.docx", "--sections", ","), "sections: found nothing"),
        (("-o", "p.docx", "--top", "0"), 'top: found "0"'),
        (("-o", "p.docx", "--overrides", "none.csv"), "none.csv: found"),
    ],
)
def test_an_unusable_call_of_paper_gets_one_message_and_status_2(csv, capsys, extra, says):
    assert main(["paper", csv, *extra]) == 2
    assert says in capsys.readouterr().err


def test_verify_says_0_for_a_pack_that_reproduces(tmp_path, capsys):
    path = tmp_path / "p.zip"
    path.write_bytes(pack())
    assert main(["verify", str(path)]) == 0
    assert "The decision reproduces" in capsys.readouterr().out


def test_verify_says_1_and_names_what_differs(tmp_path, capsys):
    files = files_of(pack())
    results = json.loads(files["results/results.json"])
    results[0]["place"] = 1
    changed = files | {"results/results.json": json.dumps(results).encode()}
    path = tmp_path / "p.zip"
    path.write_bytes(repacked(changed, cover_up=True))
    assert main(["verify", str(path)]) == 1
    streams = capsys.readouterr()
    assert "The decision does NOT reproduce: 1 difference." in streams.out
    assert streams.err.strip() == "A, place: recorded 1, found 2"


def test_verify_gives_one_json_document(tmp_path, capsys):
    path = tmp_path / "p.zip"
    path.write_bytes(pack())
    assert main(["verify", str(path), "--format", "json", "--sha256", "00"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["reproduces"] is False
    assert document["recomputed"] == 5
    assert [difference["kind"] for difference in document["differences"]] == ["pack"]


def test_verify_says_2_for_what_is_no_pack(csv, tmp_path, capsys):
    assert main(["verify", csv]) == 2
    assert main(["verify", str(tmp_path / "none.zip")]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "a decision pack" in said[0]
