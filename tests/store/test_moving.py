"""Schema upgrades, copies between databases, backup and restore."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, inspect, text

from scoring.framework import framework_to_toml
from scoring.problem import Unusable
from scoring.sheet import ScoreSheet
from store.__main__ import main
from store.audit import entries, verify_round
from store.backup import back_up, restore
from store.cells import history, save_scores
from store.chain import START, link
from store.copying import checksum, copy_rounds
from store.database import Database
from store.faults import Unavailable
from store.intentions import list_intentions
from store.migrate import NEWEST, current_version, upgrade, versions
from store.records import Actor, NewValue
from store.rounds import create_round, list_rounds
from store.schema import audit, cells, intentions, members, metadata, rounds
from store.settings import URL_VARIABLE, as_url
from store.sheets import open_sheet
from store.store import Store
from tests.store.conftest import ANN, NOON, minutes


def test_the_migrations_make_exactly_the_tables_that_the_code_knows(empty_url: str) -> None:
    database = Database(empty_url)
    upgrade(database)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    database.close()


TAKEN = "Taken from edited.xlsx, Ranked list!F7"


def fill_old(database: Database, five: ScoreSheet) -> None:
    """A round as the first version wrote it, with the columns that it had then."""
    about = {"id": "old", "name": "Old round", "state": "open", "owner": ANN.id,
             "framework_id": five.framework.id, "framework_name": five.framework.name,
             "framework": framework_to_toml(five.framework)}  # fmt: skip
    score = {"value": 3, "version": 1}
    made = link("old", 0, START, NOON, ANN, "round created", "", "", None, about, "")
    added = link("old", 1, made["hash"], NOON, ANN, "intention added", "A", "", None, "a", "")
    moved = link("old", 2, added["hash"], NOON, ANN, "score", "A", "cost", None, score, TAKEN)
    with database.writing() as connection:
        there = {c["name"] for c in inspect(connection).get_columns("intentions")}
        connection.execute(
            insert(rounds),
            {**about, "created_at": NOON, "changed_at": NOON, "audit_seq": 3,
             "audit_hash": moved["hash"]},
        )  # fmt: skip
        connection.execute(
            insert(members), {"round_id": "old", "person": ANN.id, "name": "Ann", "role": "owner"}
        )
        known = {c.name for c in intentions.c} & there
        values = {"round_id": "old", "ref": "A", "position": 0, "title": "a", "carried": ""}
        connection.execute(insert(intentions), {k: v for k, v in values.items() if k in known})
        connection.execute(
            insert(cells),
            {"round_id": "old", "ref": "A", "field": "cost", "version": 1, "number": 3.0,
             "by": ANN.id, "at": NOON, "why": TAKEN},
        )  # fmt: skip
        connection.execute(insert(audit), [made, added, moved])


@pytest.mark.parametrize("version", versions()[:-1])
def test_a_database_of_an_earlier_version_is_brought_up_to_date_with_its_rounds(
    empty_url: str, five: ScoreSheet, version: str
) -> None:
    database = Database(empty_url)
    upgrade(database, to=version)
    fill_old(database, five)
    database.close()
    store = Store.open(empty_url)
    with store.read("old", ANN) as source:
        opened = open_sheet(source)
        assert opened.sheet.scores[0, 2] == 3
        assert opened.sheet.where.cell(0, 2).startswith("edited.xlsx, Ranked list!F7, accepted by")
        assert list_intentions(source)[0].carried == {}
        assert verify_round(source).holds
    with store.change("old", ANN, minutes(1)) as change:
        save_scores(change, [NewValue("A", "cost", 4, 1)])
        assert [c.value for c in history(change, "A", "cost")] == [3, 4]
    with store.database.reading() as connection:
        assert current_version(connection) == NEWEST
    store.close()


def test_there_are_earlier_versions_to_start_from() -> None:
    assert versions() == ("0001", "0002", "0003", NEWEST)


def test_a_database_from_a_newer_version_is_left_alone_and_said_plainly(store: Store) -> None:
    with store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match=r"newer version of this app \(schema 9999\).*update the"):
        upgrade(store.database)
    with store.database.reading() as connection:
        assert current_version(connection) == "9999"


def test_a_database_with_a_table_of_another_program_is_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE rounds (boxer TEXT)"))
    with pytest.raises(Unavailable, match="tables of another program"):
        upgrade(database)
    database.close()


@pytest.fixture
def busy(store: Store, round_id: str) -> Store:
    """A store with changes and text of every kind."""
    with store.change(round_id, ANN, minutes(1)) as change:
        text_ = 'Ångström 😀 "quoted" back\\slash\nline'
        save_scores(change, [NewValue("A", "cost", 5, 1, evidence=text_)])
    create_round(store, ANN, minutes(2), "Öther round", change.framework)
    return store


@pytest.fixture
def other(tmp_path: Path, request: pytest.FixtureRequest) -> Store:
    """An empty store of the other kind."""
    kind = request.node.callspec.params["url"]
    if kind == "postgresql":
        return Store.open(as_url(str(tmp_path / "other.sqlite")))
    return Store.open(request.getfixturevalue("cluster").new_database())


def test_a_copy_to_the_other_kind_of_database_has_every_row_and_the_same_checksum(
    busy: Store, other: Store, round_id: str
) -> None:
    copied = copy_rounds(busy, other)
    assert copied == checksum(busy) == checksum(other)
    assert copied.rounds == ("other-round", round_id)
    assert (copied.rows["cells"], copied.rows["earlier_cells"], copied.rows["audit"]) == (34, 1, 4)
    with other.read(round_id, ANN) as source, busy.read(round_id, ANN) as original:
        assert entries(source) == entries(original)
        assert open_sheet(source).sheet.fingerprint == open_sheet(original).sheet.fingerprint
        assert verify_round(source).holds
    with other.change(round_id, ANN, minutes(5)) as change:  # and work goes on there
        save_scores(change, [NewValue("A", "cost", 1, 2)])
    other.close()


def test_one_round_can_be_copied_and_not_twice(busy: Store, other: Store, round_id: str) -> None:
    assert copy_rounds(busy, other, [round_id]).rounds == (round_id,)
    with pytest.raises(Unusable, match="already in the database to copy to"):
        copy_rounds(busy, other)
    with pytest.raises(Unusable, match='found "nowhere", expected a round of the database'):
        copy_rounds(busy, other, ["nowhere"])
    assert [r.id for r in list_rounds(other, ANN)] == [round_id]
    other.close()


def test_a_round_whose_audit_is_broken_is_not_copied(
    busy: Store, other: Store, round_id: str
) -> None:
    with busy.database.writing() as connection:
        connection.execute(text("UPDATE rounds SET audit_seq = 9 WHERE id = 'other-round'"))
    with pytest.raises(Unusable, match="expected a chain that holds"):
        copy_rounds(busy, other)
    assert list_rounds(other, ANN) == ()
    other.close()


def test_a_backup_restores_every_round_into_an_empty_database(
    busy: Store, other: Store, tmp_path: Path
) -> None:
    file = tmp_path / "backup.sqlite"
    kept = back_up(busy, file)
    assert sorted(p.name for p in tmp_path.iterdir() if p.name.startswith("backup")) == [file.name]
    before = file.read_bytes()
    assert restore(file, other) == kept == checksum(other)
    assert file.read_bytes() == before
    other.close()


def test_nothing_is_written_over_by_a_backup_or_a_restore(busy: Store, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite"
    back_up(busy, file)
    with pytest.raises(Unusable, match="a file that does not exist yet"):
        back_up(busy, file)
    with pytest.raises(Unusable, match='found "2 rounds", expected an empty one'):
        restore(file, busy)
    with pytest.raises(Unusable, match="expected a file that store backup made"):
        restore(tmp_path / "nothing.sqlite", busy)


def test_the_commands_copy_back_up_restore_and_list(
    busy: Store, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    monkeypatch.setenv(URL_VARIABLE, url)
    assert main(["rounds"]) == 0
    assert (
        capsys.readouterr().out
        == "other-round\topen\tÖther round\nround-2026-27\topen\tRound 2026-27\n"
    )
    assert main(["copy", url, str(tmp_path / "copy.sqlite"), "--round", "other-round"]) == 0
    assert capsys.readouterr().out.endswith(
        f": 1 rounds, 3 rows, checksum {checksum(busy, ['other-round']).checksum}.\n"
    )
    assert main(["backup", str(tmp_path / "b.sqlite")]) == 0
    monkeypatch.setenv(URL_VARIABLE, str(tmp_path / "new.sqlite"))
    assert main(["restore", str(tmp_path / "b.sqlite")]) == 0
    assert f"checksum {checksum(busy).checksum}." in capsys.readouterr().out


def test_a_mistyped_file_to_copy_from_is_said_and_not_made(tmp_path: Path, capsys) -> None:
    assert main(["copy", str(tmp_path / "nothing.sqlite"), str(tmp_path / "b.sqlite")]) == 2
    assert "expected a file that exists" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_address_is_checked_and_its_password_never_repeated() -> None:
    assert as_url("postgres://u:p@h/d") == "postgresql+psycopg://u:p@h/d"
    with pytest.raises(Unusable) as refused:
        as_url("mysql://ann:secret@host/rounds")
    assert "secret" not in str(refused.value)
    assert 'found "an address that begins mysql://", expected postgresql://' in str(refused.value)


def test_another_person_does_not_see_copied_rounds(busy: Store, other: Store) -> None:
    copy_rounds(busy, other)
    assert list_rounds(other, Actor("eve@example.org", "Eve")) == ()
    other.close()
