"""A program that works on a round until it is killed: `python -m tests.store.saver URL ROUND`.

Each save is asked for by a line on stdin, changes the cost of A and of B together, and is
acknowledged by a line on stdout.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from store.cells import cells_of, save_scores
from store.records import Actor, NewValue
from store.store import Store

ANN = Actor("ann@example.org", "Ann")

if __name__ == "__main__":
    store, round_id = Store.open(sys.argv[1]), sys.argv[2]
    for _ in sys.stdin:
        with store.change(round_id, ANN, datetime.now(UTC)) as change:
            now = cells_of(change, "A")["cost"].version, cells_of(change, "B")["cost"].version
            values = [
                NewValue(ref, "cost", float(1 + version % 5), version)
                for ref, version in zip("AB", now, strict=True)
            ]
            saved = save_scores(change, values)
        print(saved[0].cell.version, flush=True)  # type: ignore[union-attr]
