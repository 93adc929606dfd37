"""The audit: every change is a link, the links are chained, and a broken one is named."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from scoring.framework import Weights
from scoring.sheet import ScoreSheet
from store.__main__ import main
from store.agreement import loaded_digest
from store.audit import entries, verify_round
from store.cells import history, save_scores
from store.chain import verify
from store.records import NewValue
from store.rounds import delete_round, new_round
from store.scenarios import save_scenario
from store.settings import URL_VARIABLE
from store.shared_settings import ledger, set_setting
from store.sheets import load_sheet
from store.store import Store
from tests.store.conftest import ANN, NOON, minutes


@pytest.fixture
def scored(store: Store, round_id: str) -> str:
    """The round with three more changes: links 3, 4 and 5."""
    for n in range(3):
        with store.change(round_id, ANN, minutes(n)) as change:
            save_scores(change, [NewValue("A", "cost", 1 + n, 1 + n, why=f"Reason {n}")])
    return round_id


MOVED_ON = "UPDATE audit SET seq = 6 WHERE seq = 5; UPDATE audit SET seq = 5 WHERE seq = 4"
COPY_OF_LINK_3 = (
    'INSERT INTO audit SELECT round_id, {}, at, "by", name, action, ref, field, was, now, why, '
    "previous, hash FROM audit WHERE seq = 3"
)


def tamper(store: Store, *statements: str) -> None:
    """Change the audit as somebody with the run of the database could."""
    with store.database.writing() as connection:
        if store.database.is_sqlite:
            for change in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER audit_no_{change}"))
        else:
            connection.execute(text("DROP TRIGGER audit_no_change ON audit"))
        for statement in statements:
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
        ("UPDATE audit SET \"by\" = 'ben@example.org' WHERE seq = 5", 5, "altered"),
        ("UPDATE audit SET at = '2025-03-04T12:00:00.000000+00:00' WHERE seq = 4", 4, "altered"),
        ('UPDATE audit SET was = \'{"value":5,"version":2}\' WHERE seq = 4', 4, "altered"),
        ("UPDATE audit SET ref = 'B' WHERE seq = 3", 3, "altered"),
        ("DELETE FROM audit WHERE seq = 1", 1, "Link 1 is missing; the next one is 2"),
        ("DELETE FROM audit WHERE seq = 3", 3, "Link 3 is missing"),
        ("DELETE FROM audit WHERE seq = 5", 5, "Links 5 to 5 are missing from the end"),
        ("DELETE FROM audit WHERE seq >= 4", 4, "Links 4 to 5 are missing from the end"),
        ("DELETE FROM audit", 1, "Links 1 to 5 are missing from the end"),
        ("UPDATE audit SET previous = hash WHERE seq = 3", 3, "does not follow link 2"),
        # Two links that change places.
        (
            "UPDATE audit SET seq = 9 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; "
            "UPDATE audit SET seq = 4 WHERE seq = 9",
            3,
            "does not follow link 2",
        ),
        # One slipped in between, and one put at the end.
        (
            f"{MOVED_ON}; {COPY_OF_LINK_3.format(4)}",
            4,
            "Link 4 does not follow link 3",
        ),
        (COPY_OF_LINK_3.format(6), 6, "Link 6 does not follow link 5"),
    ],
)
def test_the_first_broken_link_is_named(
    store: Store, scored: str, statement: str, broken: int, says: str
) -> None:
    tamper(store, *statement.split("; "))
    with store.read(scored, ANN) as source:
        found = verify_round(source)
    assert (found.holds, found.broken) == (False, broken)
    assert says in found.says


@pytest.mark.parametrize(
    ("statement", "link", "says"),
    [
        (
            "UPDATE cells SET number = 5 WHERE ref = 'A' AND field = 'cost'",
            5,
            "A, cost, version 4: link 5 (score by Ann on 4 March 2026) says 3.0; "
            "the round holds 5.0.",
        ),
        ("UPDATE cells SET evidence = 'None' WHERE ref = 'A' AND field = 'cost'", 5, "link 5"),
        ("UPDATE earlier_cells SET number = 5 WHERE version = 2", 3, "says 1.0; the round holds 5"),
        ("DELETE FROM earlier_cells WHERE version = 3", 4, "says 2.0; the round holds nothing"),
        ("UPDATE cells SET number = 1 WHERE ref = 'E' AND field = 'cost'", 2, "what was loaded"),
        ("UPDATE cells SET source_row = 99 WHERE ref = 'E'", 2, "what was loaded is not"),
        ("DELETE FROM cells WHERE ref = 'E' AND field = 'cost'", 2, "what was loaded is not"),
        ("UPDATE intentions SET title = 'Another' WHERE ref = 'B'", 2, "what was loaded is not"),
        ("DELETE FROM intentions WHERE ref = 'B'", 2, "5 intentions were loaded by the record"),
        ("UPDATE intentions SET status = 'rejected' WHERE ref = 'B'", 6, "but no link says so"),
        ("UPDATE members SET role = 'viewer'", 1, 'says "owner"; the round holds "viewer"'),
        ("UPDATE rounds SET name = 'Another'", 1, "The round's name: link 1 (round created"),
        ("UPDATE rounds SET state = 'published'", 1, 'says "open"; the round holds "published"'),
        ("UPDATE rounds SET published_scenario = 'Mine'", 6, "but no link says so"),
        ("UPDATE rounds SET framework = framework || ' '", 1, "The round's framework: link 1"),
        (
            "INSERT INTO settings VALUES ('round-2026-27', 'line', '3', 'x', "
            "'2026-03-04T12:00:00.000000+00:00', 1)",
            6,
            "Setting line: the round holds 3, but no link says so.",
        ),
    ],
)
def test_a_value_that_was_altered_past_the_audit_is_told_with_what_its_link_says(
    store: Store, scored: str, statement: str, link: int, says: str
) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql(statement)
    with store.read(scored, ANN) as source:
        found = verify_round(source)
    assert (found.holds, found.links, found.broken) == (False, 5, link)
    assert says in found.says


def test_every_difference_is_counted(store: Store, scored: str) -> None:
    with store.database.writing() as connection:
        connection.execute(text("UPDATE earlier_cells SET number = 5 WHERE version > 1"))
    with store.read(scored, ANN) as source:
        found = verify_round(source)
    assert found.says.endswith("says 1.0; the round holds 5.0. (1 more like this.)")


def test_rounds_recorded_before_titles_were_covered_are_checked_as_far_as_they_were(
    store: Store, five: ScoreSheet
) -> None:
    cells = [
        {"ref": ref, "field": id, "number": float(five.scores[i, j]), "text": None}
        for i, ref in enumerate(five.refs)
        for j, id in enumerate(five.framework.weights)
        if five.scored[i, j]
    ]
    with new_round(store, ANN, NOON, "Old", five.framework) as change:
        load_sheet(change, five)
        (made, loaded) = change._entries
        # As it was written then.
        told = json.loads(loaded["now"]) | {"sha256": loaded_digest(cells)}
        change._entries.pop()
        change.seq, change.hash = 1, made["hash"]
        change.record("intentions loaded", None, told)
    with store.read("old", ANN) as source:
        assert verify_round(source).says == "All 2 links hold."
    with store.database.writing() as connection:
        connection.execute(text("UPDATE cells SET number = 1 WHERE ref = 'E'"))
    with store.read("old", ANN) as source:
        assert verify_round(source).broken == 2


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
