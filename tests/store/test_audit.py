"""The audit: every change is a link, the links are chained, and a broken one is named."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scoring.framework import Weights
from store.__main__ import main
from store.audit import entries, verify_round
from store.cells import history, save_scores
from store.chain import verify
from store.records import NewValue
from store.rounds import delete_round
from store.scenarios import save_scenario
from store.settings import URL_VARIABLE
from store.shared_settings import ledger, set_setting
from store.store import Store
from tests.store.conftest import ANN, minutes


@pytest.fixture
def scored(store: Store, round_id: str) -> str:
    """The round with three more changes: links 3, 4 and 5."""
    for n in range(3):
        with store.change(round_id, ANN, minutes(n)) as change:
            save_scores(change, [NewValue("A", "cost", 1 + n, 1 + n, why=f"Reason {n}")])
    return round_id


def tamper(store: Store, statement: str) -> None:
    """Change the audit as somebody with the run of the database could."""
    with store.database.writing() as connection:
        if store.database.is_sqlite:
            for change in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_no_{change}"))
        else:
            connection.execute(text("DROP TRIGGER audit_no_change ON audit"))
        connection.exec_driver_sql(statement)


def test_a_change_is_recorded_with_what_it_was_what_it_is_and_why(
    store: Store, scored: str
) -> None:
    with store.read(scored, ANN) as source:
        last = entries(source)[-1]
    assert (last.seq, last.action, last.ref, last.field) == (5, "score", "A", "cost")
    assert (last.was, last.now) == ({"value": 2, "version": 3}, {"value": 3, "version": 4})
    assert (last.by, last.name, last.why, last.at) == (ANN.id, "Ann", "Reason 2", minutes(2))


def test_the_chain_of_a_round_that_nobody_altered_holds(store: Store, scored: str) -> None:
    with store.read(scored, ANN) as source:
        found = verify_round(source)
    assert found.holds
    assert found.says == "All 5 links hold."


@pytest.mark.parametrize(
    ("statement", "broken", "says"),
    [
        ('UPDATE audit SET now = \'{"value":5,"version":3}\' WHERE seq = 4', 4, "altered"),
        ("UPDATE audit SET why = 'Another' WHERE seq = 3", 3, "altered after it was written"),
        ("UPDATE audit SET name = 'Ben' WHERE seq = 2", 2, "altered"),
        ("DELETE FROM audit WHERE seq = 3", 3, "Link 3 is missing"),
        ("DELETE FROM audit WHERE seq >= 4", 4, "Links 4 to 5 are missing from the end"),
        ("UPDATE audit SET previous = hash WHERE seq = 3", 3, "does not follow link 2"),
    ],
)
def test_the_first_broken_link_is_named(
    store: Store, scored: str, statement: str, broken: int, says: str
) -> None:
    tamper(store, statement)
    with store.read(scored, ANN) as source:
        found = verify_round(source)
    assert (found.holds, found.broken) == (False, broken)
    assert says in found.says


@pytest.mark.parametrize("statement", ["UPDATE audit SET why = 'x'", "DELETE FROM audit"])
def test_the_database_itself_refuses_to_rewrite_the_audit(
    store: Store, scored: str, statement: str
) -> None:
    with (
        pytest.raises(DBAPIError, match="the audit is append-only"),
        store.database.writing() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_a_change_that_fails_leaves_neither_itself_nor_a_link(store: Store, scored: str) -> None:
    def save_and_fail() -> None:
        with store.change(scored, ANN, minutes(9)) as change:
            save_scores(change, [NewValue("A", "cost", 5, 4)])
            raise RuntimeError("a bug of ours")

    with pytest.raises(RuntimeError):
        save_and_fail()
    with store.read(scored, ANN) as source:
        assert history(source, "A", "cost")[-1].value == 3
        assert verify_round(source).links == 5


def test_a_clock_that_was_put_back_breaks_nothing(store: Store, scored: str) -> None:
    with store.change(scored, ANN, minutes(-600)) as change:
        save_scores(change, [NewValue("A", "cost", 5, 4)])
    with store.read(scored, ANN) as source:
        assert [cell.value for cell in history(source, "A", "cost")] == [3, 1, 2, 3, 5]
        assert verify_round(source).holds
        assert entries(source)[-1].at == minutes(-600)


def test_the_audit_of_a_deleted_round_is_kept_and_holds(
    store: Store, scored: str, url: str, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    with store.change(scored, ANN, minutes(9)) as change:
        delete_round(change, "Round 2026-27", "A rehearsal")
    monkeypatch.setenv(URL_VARIABLE, url)
    assert main(["audit", scored]) == 0
    assert capsys.readouterr().out == "round-2026-27: All 6 links hold.\n"


def test_the_command_says_which_link_is_broken_and_exits_with_1(
    store: Store, scored: str, url: str, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    tamper(store, "UPDATE audit SET why = 'Another' WHERE seq = 3")
    monkeypatch.setenv(URL_VARIABLE, url)
    assert main(["audit", scored]) == 1
    out = capsys.readouterr().out
    assert "Link 3 (score by Ann on 04 March 2026) was altered after it was written." in out


def test_the_command_names_the_rounds_there_are_when_asked_for_another(
    store: Store, scored: str, url: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "store", "audit", "round-1999"],
        env={URL_VARIABLE: url, "PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert 'found "round-1999"' in done.stderr
    assert "round-2026-27" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_ledger_holds_every_setting_with_who_and_why(store: Store, round_id: str, lsc) -> None:
    weights = Weights.of({**lsc.weights, "impact": 30})
    with store.change(round_id, ANN, minutes(1)) as change:
        set_setting(change, "line", 40, "As last year")
        save_scenario(change, "Patients first", weights, 40, "unranked", "Asked for by Ben")
    with store.read(round_id, ANN) as source:
        lines = ledger(source)
    assert [(e.action, e.field, e.why) for e in lines] == [
        ("setting", "line", "As last year"),
        ("scenario", "Patients first", "Asked for by Ben"),
    ]
    assert lines[1].now["weights"]["impact"] == "30"


def test_no_links_at_all_is_a_chain_that_holds() -> None:
    assert verify([], 0, "0" * 64).holds
