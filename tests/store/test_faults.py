"""What goes wrong in real life: killed programs, stopped databases, full disks, locked files."""

from __future__ import annotations

import os
import random
import secrets
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from scoring.sheet import ScoreSheet
from store.audit import entries, verify_round
from store.backup import back_up, restore
from store.cells import cells_of, history, save_scores
from store.faults import Unavailable
from store.presence import seen, who_is_here
from store.records import Conflict, NewValue, Saved
from store.rounds import list_rounds, new_round
from store.settings import FOLDER_VARIABLE, as_url
from store.sheets import load_sheet
from store.store import Store
from tests.postgres import Cluster
from tests.store.conftest import ANN, BEN, NOON, minutes

ROOT = Path(__file__).parents[2]


def save(store: Store, round_id: str, value: float, version: int, ref: str = "A"):
    with store.change(round_id, ANN, minutes(1)) as change:
        (outcome,) = save_scores(change, [NewValue(ref, "cost", value, version)])
    return outcome


def python(*arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=ROOT, env={**os.environ, **environment},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def let_it_end(store: Store) -> None:
    """Wait until the server has done what a program that is gone had sent it: SQLite has none."""
    working = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    while not store.database.is_sqlite:
        with store.database.engine.connect() as connection:
            if not connection.exec_driver_sql(working).scalar_one():
                return
        time.sleep(0.01)


def test_killed_at_random_in_200_saves_every_acknowledged_save_is_there_and_no_half_save(
    store: Store, round_id: str, url: str
) -> None:
    rng, made = random.Random(2026), 0
    for killed_at in sorted(rng.sample(range(10, 190), 4)):
        program = python("-m", "tests.store.saver", url, round_id)
        assert program.stdin
        assert program.stdout
        while made < killed_at:
            print(file=program.stdin, flush=True)
            assert int(program.stdout.readline()) == made + 2
            made += 1
        print(file=program.stdin, flush=True)
        time.sleep(rng.uniform(0, 0.006))  # somewhere in the next save
        program.kill()  # SIGKILL: no handler runs
        acknowledged = made + len(program.stdout.read().splitlines())
        program.wait()
        let_it_end(store)
        with store.read(round_id, ANN) as source:
            a, b = history(source, "A", "cost"), history(source, "B", "cost")
            made = len(a) - 1
            assert made in (acknowledged, acknowledged + 1)  # one may not be told of yet
            assert len(a) == len(b)
            assert [cell.version for cell in a] == list(range(1, made + 2))
            assert [cell.value for cell in a] == [3, *(1 + v % 5 for v in range(1, made + 1))]
            assert verify_round(source).says == f"All {2 + 2 * made} links hold."
    assert isinstance(save(store, round_id, 3 if a[-1].value != 3 else 4, len(a)), Saved)


def test_people_who_change_one_round_at_once_lose_nothing(store: Store, round_id: str) -> None:
    def work(person: int) -> int:
        kept = 0
        for n in range(15):
            with store.read(round_id, ANN) as source:
                version = cells_of(source, "A")["cost"].version
            kept += isinstance(save(store, round_id, 1 + (person + n) % 5, version), Saved)
        return kept

    with ThreadPoolExecutor(8) as pool:
        kept = sum(pool.map(work, range(8)))
    with store.read(round_id, ANN) as source:
        values = history(source, "A", "cost")
        changes = [e for e in entries(source) if e.action == "score"]
        assert verify_round(source).holds
    assert len(values) == 1 + len(changes)
    assert kept >= len(changes) >= 15  # a save that asks for what is there already is no change
    for before, entry in zip(values, changes, strict=False):
        assert entry.was["value"] == before.value


def test_of_programs_that_make_the_same_round_and_tables_at_once_one_makes_it_and_all_go_on(
    empty_url: str,
) -> None:
    work = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from scoring.framework import load_framework\n"
        "from store.records import Actor\nfrom store.rounds import create_round\n"
        "from store.store import Store\nfrom store.transaction import Refused\n"
        "framework = load_framework('lsc-2025-26')\n"
        "sys.stdin.readline()\n"
        "try:\n"
        "    store = Store.open(sys.argv[1])\n"
        "    print(create_round(store, Actor('ann@example.org', 'Ann'), datetime.now(UTC), "
        "'Round 2026-27', framework))\n"
        "except Refused as refused:\n"
        "    print(refused)\n"
    )
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", work, empty_url], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(3)
    ]  # fmt: skip
    for program in programs:  # all are ready; go
        assert program.stdin
        program.stdin.write("\n")
        program.stdin.flush()
    said = [program.communicate(timeout=300) for program in programs]
    assert [err for _, err in said] == ["", "", ""]
    told = sorted(out.strip() for out, _ in said)
    assert told[2] == "round-2026-27"
    wanted = 'found "Round 2026-27", expected a name that no other round has'
    assert [wanted in line for line in told[:2]] == [True, True]
    store = Store.open(empty_url)
    assert len(list_rounds(store, ANN)) == 1
    store.close()


def test_a_backup_made_while_others_work_holds_one_moment_and_restores(
    store: Store, round_id: str, tmp_path: Path
) -> None:
    done, saves = threading.Event(), []

    def work() -> None:
        while not done.is_set():
            version = 1 + len(saves)
            assert isinstance(save(store, round_id, 1 + version % 5, version), Saved)
            saves.append(version)

    def wait_for(number: int) -> None:
        while len(saves) < number:
            assert not worker.done(), worker.exception()
            time.sleep(0.005)

    with ThreadPoolExecutor(1) as pool:
        worker = pool.submit(work)
        try:
            wait_for(5)
            back_up(store, tmp_path / "backup.sqlite")
            at_backup = len(saves)
            wait_for(at_backup + 5)
        finally:
            done.set()
        worker.result()
    restored = Store.open(as_url(str(tmp_path / "restored.sqlite")))
    restore(tmp_path / "backup.sqlite", restored)
    with restored.read(round_id, ANN) as source:
        kept = history(source, "A", "cost")
        assert 5 <= len(kept) - 1 <= at_backup + 1
        assert [cell.version for cell in kept] == list(range(1, len(kept) + 1))
        assert verify_round(source).holds
    restored.close()


@pytest.fixture
def server() -> Iterator[Cluster]:
    """A PostgreSQL of its own, to be stopped or starved."""
    own = Cluster()
    yield own
    own.remove()


def made(url: str, five: ScoreSheet) -> Store:
    store = Store.open(url, busy_seconds=0.3)
    with new_round(store, ANN, NOON, "Round", five.framework) as change:
        load_sheet(change, five)
    return store


@pytest.mark.usefixtures("cluster")
def test_a_postgresql_stopped_and_started_again_is_said_and_work_goes_on(
    server: Cluster, five: ScoreSheet
) -> None:
    store = made(server.new_database(), five)
    assert isinstance(save(store, "round", 4, 1), Saved)
    server.stop()
    with pytest.raises(Unavailable, match='found "no answer", expected a running database'):
        save(store, "round", 5, 2)
    server.start()
    assert isinstance(save(store, "round", 5, 2), Saved)
    store.close()


def test_a_connection_cut_in_the_middle_of_a_save_leaves_no_half_save(
    cluster: Cluster, five: ScoreSheet
) -> None:
    url = cluster.new_database()
    store = made(url, five)

    def cut_off() -> None:
        with store.change("round", ANN, minutes(1)) as change:
            save_scores(change, [NewValue("A", "cost", 5, 1)])
            pid = change.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            address = cluster.address("postgres")
            with psycopg.connect(address, autocommit=True) as other:
                other.execute(f"SELECT pg_terminate_backend({pid})".encode())

    with pytest.raises(Unavailable, match="what you typed is kept"):
        cut_off()
    with store.read("round", ANN) as source:
        assert len(history(source, "A", "cost")) == 1
        assert verify_round(source).holds
    assert isinstance(save(store, "round", 5, 1), Saved)
    store.close()
    cluster.drop(url)


def long_evidence(n: int) -> NewValue:
    return NewValue("A", "cost", float(1 + n % 5), n, evidence=secrets.token_hex(4900))


def fill_up(store: Store) -> int:
    """Save until the disk is full; returns how many saves were acknowledged."""
    saves = 0

    def go_on() -> None:
        nonlocal saves
        while saves < 2000:
            with store.change("round", ANN, minutes(1)) as change:
                save_scores(change, [long_evidence(saves + 1)])
            saves += 1

    with pytest.raises(Unavailable, match=r"no space left.*nothing was half saved"):
        go_on()
    return saves


def check_whole(store: Store, saves: int) -> None:
    with store.read("round", ANN) as source:
        assert len(history(source, "A", "cost")) == 1 + saves
        assert verify_round(source).holds


def test_a_full_disk_under_sqlite_is_said_and_what_was_saved_is_whole(
    tmp_path: Path, five: ScoreSheet
) -> None:
    store = made(as_url(str(tmp_path / "r.sqlite")), five)
    with store.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
    saves = fill_up(store)
    check_whole(store, saves)
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2000}")
    assert isinstance(save(store, "round", 1 if saves % 5 else 2, 1 + saves), Saved)
    store.close()


@pytest.mark.usefixtures("cluster")
def test_a_full_disk_under_postgresql_is_said_and_what_was_saved_is_whole(
    five: ScoreSheet,
) -> None:
    server = Cluster(wal_megabytes=1)
    url = server.new_database()
    store = made(url, five)
    server.stop()
    # No file may grow beyond 2.5 pages over 2 MB: the server sees the short write of a full disk.
    server.start(largest_file=2 * 1024**2 + 20_480)
    saves = fill_up(store)
    check_whole(store, saves)
    server.stop()
    server.start()
    assert isinstance(save(store, "round", 1 if saves % 5 else 2, 1 + saves), Saved)
    store.close()
    server.remove()


def test_a_sqlite_file_locked_by_another_program_is_said_and_free_again_works(
    tmp_path: Path, five: ScoreSheet
) -> None:
    store = made(as_url(str(tmp_path / "r.sqlite")), five)
    other = sqlite3.connect(tmp_path / "r.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable) as fault:
        save(store, "round", 4, 1)
    assert f'database file {tmp_path / "r.sqlite"}: found "locked by another program"' in str(
        fault.value
    )
    other.execute("ROLLBACK")
    assert isinstance(save(store, "round", 4, 1), Saved)
    other.close()
    store.close()


def without_the_powers_of_root() -> list[str]:
    """Root may write anywhere; this makes it obey the permissions of files like anybody."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


@pytest.mark.parametrize("holds_rounds", [False, True])
def test_a_sqlite_file_on_a_read_only_folder_is_said_plainly(
    five: ScoreSheet, holds_rounds: bool
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="prioritiser-"))
    if holds_rounds:
        made(as_url(str(folder / "rounds.sqlite")), five).close()
        (folder / "rounds.sqlite").chmod(0o444)
    folder.chmod(0o555)
    done = subprocess.run(
        [*without_the_powers_of_root(), sys.executable, "-m", "store", "rounds"], cwd=ROOT, capture_output=True, text=True,
        env={FOLDER_VARIABLE: str(folder), "PATH": os.environ["PATH"]},
    )  # fmt: skip
    folder.chmod(0o755)
    shutil.rmtree(folder)
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stderr
    assert f"database file {folder / 'rounds.sqlite'}: found" in done.stderr
    assert "expected a folder" in done.stderr


def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "rounds.sqlite"
    file.write_text("Meeting notes, not a database at all. " * 40)
    before = file.read_bytes()
    with pytest.raises(Unavailable, match="a file that is not a database"):
        Store.open(as_url(str(file)))
    assert file.read_bytes() == before


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as fault:
        Store.open("postgresql+psycopg://ann:secret@127.0.0.1:1/rounds")
    assert 'database rounds on 127.0.0.1: found "no answer"' in str(fault.value)
    assert "secret" not in str(fault.value)


def test_a_wrong_database_name_is_said(cluster: Cluster) -> None:
    with pytest.raises(Unavailable, match="no database of that name"):
        Store.open(cluster.address("nowhere").replace("postgresql:", "postgresql+psycopg:"))


def test_a_clock_put_back_makes_nobody_seem_here_for_ever(store: Store, round_id: str) -> None:
    seen(store, round_id, ANN, "s1", "Score", minutes(60))
    seen(store, round_id, ANN, "s2", "Rank", minutes(0))
    with store.read(round_id, ANN) as source:
        here = who_is_here(source, minutes(0.1))
    assert [(p.name, p.page) for p in here] == [("Ann", "Rank")]
    assert BEN.id not in {p.person for p in here}


def test_two_saves_of_one_cell_at_the_same_moment_are_one_save_and_one_conflict(
    store: Store, round_id: str
) -> None:
    ready = threading.Barrier(2)

    def work(value: float):
        ready.wait()
        return save(store, round_id, value, 1)

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(work, [1.0, 2.0]))
    assert {type(outcome) for outcome in outcomes} == {Saved, Conflict}
