"""How long reading takes, beside python-calamine alone and pandas with openpyxl, in one run.

    .venv/bin/python -m benchmarks.intake

A clean workbook of 25 columns is made in memory, then read by each in turn, several times over;
the least processor time of each counts, because other work on the machine only ever adds.
"""

from __future__ import annotations

import gc
import io
import random
import time
from collections.abc import Callable

import pandas as pd
import python_calamine
import xlsxwriter

from scoring.framework import load_framework
from scoring.intake import Limits, Source, read_intentions
from scoring.intake.workbook import Workbook

FRAMEWORK = load_framework("lsc-2025-26")
HEADER = [
    "Ref", "Title", "Description", "Function", "Domain", "Provider",
    *[criterion.name for criterion in FRAMEWORK.criteria],
    *[question.id.replace("_", " ") for question in FRAMEWORK.questions],
    "Recurrent investment (£)", "One-off investment (£)", "Saving (£)", "Maturity", "Notes",
]  # fmt: skip


def make_workbook(rows: int) -> bytes:
    """A clean workbook of 25 columns, two title rows above its header."""
    rng = random.Random(20)
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Intentions")
    sheet.write(0, 0, "Commissioning intentions")
    sheet.write_row(2, 0, HEADER)
    for i in range(rows):
        sheet.write_row(3 + i, 0, [
            f"TST-{i:05d}", f"Intention {i}: improve pathway {rng.randrange(1000)}",
            f"What intention {i} would change, for whom, and how it would be known",
            rng.choice(["Acute", "Mental Health", "LDA"]), rng.choice(["Living Well", "Ageing Well"]),
            rng.choice(["Trust A", "Trust B"]), *[rng.randint(1, 5) for _ in range(7)],
            *[rng.choice(["yes", "no"]) for _ in range(6)], rng.choice(["provider", "ICB"]),
            rng.randrange(10**6), rng.randrange(10**5), rng.randrange(10**6),
            rng.choice(["Fully developed", "In progress"]), "as agreed",
        ])  # fmt: skip
    book.close()
    return file.getvalue()


def in_turns(contenders: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least processor time of each, in seconds. Each runs once in every round, so that a slow
    spell slows them all."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            gc.collect()
            start = time.process_time()
            run()
            taken[name].append(time.process_time() - start)
    return {name: min(times) for name, times in taken.items()}


def measure(rows: int, rounds: int, with_pandas: bool) -> None:
    """Print one block of figures."""
    data = make_workbook(rows)
    source = Source("round.xlsx", data)

    def calamine() -> None:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        book.get_sheet_by_index(0).to_python()

    def cells() -> None:
        book = Workbook(source, Limits())
        book.read(book.sheets[0])

    intake = read_intentions([source], FRAMEWORK)
    assert (intake.count("scored"), intake.problems) == (rows, ())
    contenders: dict[str, Callable[[], object]] = {
        "calamine": calamine,
        "cells": cells,
        "whole": lambda: read_intentions([source], FRAMEWORK),
    }
    if with_pandas:
        contenders["pandas"] = lambda: pd.read_excel(io.BytesIO(data), header=2, engine="openpyxl")
    took = in_turns(contenders, rounds)
    floor, reading, whole = took["calamine"], took["cells"], took["whole"]
    print(f"{rows:,} rows x {len(HEADER)} columns, {len(data) / 1024**2:.1f} MB")
    print(f"  python-calamine alone              {floor:7.3f} s")
    print(
        f"  checked and read to located cells  {reading:7.3f} s  {reading / floor:5.1f} x calamine"
    )
    print(f"  read, mapped and checked           {whole:7.3f} s  {whole / floor:5.1f} x calamine")
    if with_pandas:
        pandas = took["pandas"]
        print(f"  pandas with openpyxl               {pandas:7.3f} s")
        print(f"  to located cells, faster than pandas with openpyxl by  {pandas / reading:4.1f} x")
        print(f"  read, mapped and checked, faster by                    {pandas / whole:4.1f} x")
        print(f"  python-calamine alone, faster by                       {pandas / floor:4.1f} x")


def main() -> None:
    """Print every figure."""
    measure(5_000, 7, with_pandas=True)
    measure(50_000, 4, with_pandas=False)


if __name__ == "__main__":
    main()
