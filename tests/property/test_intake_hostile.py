"""Mutated files: an intake with every row accounted for, or a clear refusal; never a traceback."""

import io
import random
import zipfile
import zlib

import pytest

from scoring.intake import Source, read_intentions
from scoring.problem import Unusable
from tests.layouts.build import FRAMEWORK, HEADER, ROWS, workbook

WORKBOOK = workbook(
    {
        "Cover": [["Commissioning intentions"]],
        "Intentions": [["Title"], [], [*HEADER, "Main impact", "Saving (£k)"],
                       *[[*row, "ICB", 250] for row in ROWS], ["Total", None, "=SUM(C4:C6)"]],
    },
    {"Intentions": ["A1:K1"]},
)  # fmt: skip
TEXT = "\r\n".join(";".join(map(str, row)) for row in [HEADER, *ROWS]).encode("cp1252")
LONG = "\n".join(
    ["Title above", "Ref,Title,Criterion,Weight,Score"]
    + [f"{row[0]},{row[1]},{name},10,{score}"
       for row in ROWS for name, score in zip(HEADER[2:], row[2:], strict=True)]
    + ["", "Completed by A Person"]
).encode()  # fmt: skip
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(1).randbytes(3000)
TOKENS = (
    b"<", b">", b"/>", b'"', b"&", b"&#0;", b"]]>", b'r="XFD1048576"', b'r="A0"', b't="s"', b't="e"',
    b"<v>1e999</v>", b"<v>NaN</v>", b"<v>-1</v>", b"<!--", b"<c>", b"</row>", b"<mergeCell ref='A1:ZZ9'/>",
    b"\xff", b"\x00", b";;;;", b'"', b"\r", b"99999999999999999999", b"Cost", b"Total",
)  # fmt: skip


def mutate_bytes(data: bytes, rng: random.Random) -> bytes:
    """Flip, cut, repeat or insert a few times."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(changed) + 1)
        size = rng.choice((1, 1, 2, 8, 40))
        act = rng.randrange(5)
        if act == 0 and at < len(changed):
            changed[at] = rng.randrange(256)
        elif act == 1:
            del changed[at : at + size]
        elif act == 2:
            changed[at:at] = changed[at : at + size] * rng.randint(1, 3)
        elif act == 3:
            changed[at:at] = rng.choice(TOKENS)
        else:
            other = rng.randrange(len(changed) + 1)
            changed[at : at + size] = changed[other : other + size]
        changed = changed or bytearray(b"x")
    return bytes(changed)


def mutate_parts(data: bytes, rng: random.Random) -> bytes:
    """Mutate what is inside the zip, so that the damage gets past the checks of the zip itself."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", 8) as new:
        entries = old.infolist()
        chosen = {rng.choice(entries).filename, "xl/worksheets/sheet2.xml"}
        for entry in entries:
            part = old.read(entry)
            hit = entry.filename in chosen and rng.random() < 0.8
            new.writestr(entry.filename, mutate_bytes(part, rng) if hit else part)
    return file.getvalue()


def assert_accounted_for(name: str, data: bytes) -> str:
    """Read it; say whether it was refused or read."""
    refusal: Unusable | None = None
    try:
        intake = read_intentions([Source(name, data)], FRAMEWORK)
    except Unusable as error:
        refusal = error
    if refusal is not None:
        assert refusal.problems
        assert all(name in str(problem) for problem in refusal.problems)
        assert all(problem.expected for problem in refusal.problems)
        return "refused"
    counts = [intake.count(o) for o in ("scored", "incomplete", "refused")]
    assert intake.count() == sum(counts)
    assert counts[0] + counts[1] == len(intake.sheet)
    assert counts[0] == int(intake.sheet.complete.sum())
    lines = [(line.sheet, line.row) for line in intake.ledger]
    side_by_side = len(intake.tables) > 1  # then one row may hold an intention of each table
    assert side_by_side or len(set(lines)) == len(lines)
    return "read"


@pytest.mark.parametrize("seed", range(12))
def test_mutated_workbooks(seed):
    rng = random.Random(seed)
    outcomes = [assert_accounted_for("team.xlsx", mutate_parts(WORKBOOK, rng)) for _ in range(100)]
    assert {"refused", "read"} == set(outcomes)


@pytest.mark.parametrize("seed", range(4))
def test_workbooks_with_mutated_bytes(seed):
    rng = random.Random(1000 + seed)
    for _ in range(100):
        assert_accounted_for("team.xlsx", mutate_bytes(WORKBOOK, rng))


@pytest.mark.parametrize("seed", range(8))
def test_mutated_text_tables(seed):
    rng = random.Random(2000 + seed)
    outcomes = [assert_accounted_for("team.csv", mutate_bytes(TEXT, rng)) for _ in range(100)]
    assert "read" in outcomes


@pytest.mark.parametrize("seed", range(4))
def test_mutated_tables_with_one_score_a_row(seed):
    rng = random.Random(4000 + seed)
    outcomes = [assert_accounted_for("team.csv", mutate_bytes(LONG, rng)) for _ in range(100)]
    assert "read" in outcomes


def test_mutated_files_of_the_older_kinds():
    rng = random.Random(3000)
    for k in range(6):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("xl/workbook.bin", rng.randbytes(200))
            archive.writestr("xl/worksheets/sheet1.bin", zlib.compress(rng.randbytes(200)))
        data = (mutate_bytes(OLD, rng), file.getvalue())[k % 2]
        assert assert_accounted_for("team.xls", data) == "refused"


@pytest.mark.parametrize(
    "cell", ["-" * 32_000, " " * 32_000 + "x", "- " * 16_000, "1" + " " * 32_000 + "!", "((((" * 8_000,
             "4 - " + "x = " * 8_000, "max " * 8_000, "9" * 32_000, "£" * 9_000, "-" + " " * 30_000 + "x"]
)  # fmt: skip
def test_a_very_long_cell_is_read_in_no_time_wherever_it_stands(cell):
    """Each kind of cell is read by patterns that must not search one cell again and again; were
    that so, this test would take minutes."""
    header = [*HEADER, "Saving (£)", "Main impact", "WTE", cell[:900]]
    rows = [header, [*[cell] * len(header)], *ROWS, [cell], [None, cell]]
    assert assert_accounted_for("team.xlsx", workbook({"Intentions": rows})) == "read"
