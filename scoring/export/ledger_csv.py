"""The ledger of released settings as .csv: one row each, in order."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from scoring.export.text import csv_text
from scoring.framework import Framework
from scoring.scenario import LedgerLine


def ledger_to_csv(ledger: Iterable[LedgerLine], framework: Framework) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads it; weights as they were set."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    weights = [f"{criterion.name} weight" for criterion in framework.criteria]
    header = ["Number", "When", "Who", "What", "Funding line after", *weights]
    writer.writerow([csv_text(cell) for cell in header])
    for line in ledger:
        writer.writerow(
            [
                line.number,
                line.at.isoformat(timespec="seconds"),
                csv_text(line.by),
                csv_text(line.what),
                line.line,
                *(f"{line.weights[criterion.id]:f}" for criterion in framework.criteria),
            ]
        )
    return text.getvalue().encode("utf-8-sig")
