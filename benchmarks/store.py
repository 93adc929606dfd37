"""Rounds in the store: a save, opening a round, and 40 people at once, on both databases.

Absolute times, since what people wait for is absolute: the store first takes 100 rounds of 1,000
intentions (set PRIORITISER_BENCH_ROUNDS for fewer), the crowd works for a minute
(PRIORITISER_BENCH_SECONDS).
"""

from __future__ import annotations

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from scoring.framework import load_framework
from scoring.sheet import ScoreSheet
from store.audit import verify_round
from store.cells import read_cells, save_scores
from store.people import invite
from store.records import Actor, Conflict, NewValue, Saved
from store.rounds import new_round
from store.settings import as_url
from store.sheets import load_sheet, open_sheet
from store.store import Store
from tests.postgres import Cluster

OWNER = Actor("owner@example.org", "Owner")
ROUNDS = int(os.environ.get("PRIORITISER_BENCH_ROUNDS", "100"))
SECONDS = float(os.environ.get("PRIORITISER_BENCH_SECONDS", "60"))
INTENTIONS, PEOPLE, SAVES, OPENS = 1_000, 40, 200, 15


def main() -> None:
    """Print medians beside what is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        _run("SQLite", Store.open(as_url(str(Path(folder) / "rounds.sqlite"))), save_wanted=50)
    cluster = Cluster(durable=True)
    try:
        _run("PostgreSQL, on this machine", Store.open(cluster.new_database()), save_wanted=30)
    finally:
        cluster.remove()


def _run(name: str, store: Store, save_wanted: int) -> None:
    print(f"{name}, {ROUNDS} rounds of {INTENTIONS:,} intentions", flush=True)
    took = _timed(lambda: [_fill(store, n) for n in range(ROUNDS)])
    _line("loading a round", took * 1000 / ROUNDS, "")
    saves = [_timed(lambda n=n: _save(store, OWNER, "round-0", f"I-{n}", 0)) for n in range(SAVES)]
    _line("a save, median", statistics.median(saves) * 1000, f"wanted: at most {save_wanted}")
    opens = [_timed(lambda: _open(store)) for _ in range(OPENS)]
    _line("a round opened, median", statistics.median(opens) * 1000, "wanted: at most 300")
    _crowd(store)
    store.close()


def _fill(store: Store, number: int) -> None:
    framework = load_framework("lsc-2025-26")
    scores = np.random.default_rng(number).integers(1, 6, (INTENTIONS, 7)).astype(float)
    refs = tuple(f"I-{i}" for i in range(INTENTIONS))
    fields = {
        "function": tuple(f"Function {i % 7}" for i in range(INTENTIONS)),
        "main_impact": ("provider", "ICB") * (INTENTIONS // 2),
        "saving": tuple(float(1000 * i) for i in range(INTENTIONS)),
        "notes": tuple(f"What was said about intention {i}" for i in range(INTENTIONS)),
    }
    titles = tuple(f"Intention {i}" for i in range(INTENTIONS))
    with new_round(store, OWNER, datetime.now(UTC), f"Round {number}", framework) as change:
        load_sheet(change, ScoreSheet(framework, refs, titles, scores, fields))


def _save(store: Store, actor: Actor, round_id: str, ref: str, turn: int) -> Saved | Conflict:
    """One person changes one cell: read what it holds, save the next level."""
    with store.read(round_id, actor) as source:
        cell = read_cells(source, [(ref, "cost")])[ref, "cost"]
    level = float(1 + turn % 5)
    with store.change(round_id, actor, datetime.now(UTC)) as change:
        # Everybody's evidence differs, so that no two people can ask for the same thing.
        told = f"{actor.name}, turn {turn}"
        (outcome,) = save_scores(change, [NewValue(ref, "cost", level, cell.version, told)])
    return outcome


def _open(store: Store) -> None:
    with store.read("round-1", OWNER) as source:
        assert len(open_sheet(source).sheet) == INTENTIONS


def _crowd(store: Store) -> None:
    """40 people on one round; half of their saves are on ten cells that all of them want."""
    people = [Actor(f"person{n}@example.org", f"Person {n}") for n in range(PEOPLE)]
    with store.change("round-2", OWNER, datetime.now(UTC)) as change:
        for person in people:
            invite(change, person.id, person.name, "assessor")
        before = change.seq
    took: list[float] = []
    kept, conflicts, wrong = 0, 0, 0
    counting = threading.Lock()
    end = time.monotonic() + SECONDS

    def work(number: int) -> None:
        nonlocal kept, conflicts, wrong
        pause = np.random.default_rng(number)
        turn = 0
        while time.monotonic() < end:
            turn += 1
            wanted = turn % 10 if turn % 2 else 100 + number
            start = time.perf_counter()
            try:
                outcome = _save(store, people[number], "round-2", f"I-{wanted}", turn)
            except Exception as error:  # counted and shown: none is wanted
                with counting:
                    wrong += 1
                    print(f"    {error}")
                continue
            with counting:
                took.append(time.perf_counter() - start)
                kept += isinstance(outcome, Saved)
                conflicts += isinstance(outcome, Conflict)
            time.sleep(pause.uniform(0.5, 1.5))  # a person looks before the next cell

    threads = [threading.Thread(target=work, args=(n,)) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read("round-2", OWNER) as source:
        recorded, holds = source.seq - before, verify_round(source).holds
    p95 = statistics.quantiles(took, n=20)[-1] * 1000
    _line(f"{PEOPLE} people for {SECONDS:g} s, 95th percentile", p95, "wanted: under 500")
    lost = kept - recorded
    print(
        f"  {len(took):,} saves: {kept:,} kept, {conflicts} told of a conflict, {wrong} failed; "
        f"{recorded:,} in the audit, chain {'holds' if holds else 'BROKEN'}; lost: {max(lost, 0)}"
    )


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _line(what: str, milliseconds: float, wanted: str) -> None:
    print(f"  {what:<44}{milliseconds:>10.1f} ms  {wanted}", flush=True)


if __name__ == "__main__":
    main()
