"""Who may do what: every operation of the store, as every role, in every state of a round."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import store as store_package
from scoring.sheet import ScoreSheet
from store.audit import entries, verify_all, verify_round
from store.copying import checksum
from store.people import admit_owner, invite, list_members, remove_member
from store.permission import OPERATIONS, Operation
from store.records import ROLES, Actor, NewValue, Role
from store.rounds import (
    about_round,
    freeze_round,
    list_rounds,
    new_round,
    publish_round,
    reopen_round,
)
from store.sheets import load_sheet
from store.store import Store
from store.transaction import Change, Reading, Refused
from tests.store.conftest import ANN, BEN, NOON, minutes

MODULES = [
    importlib.import_module(f"store.{module.name}")
    for module in pkgutil.iter_modules(store_package.__path__)
    if module.name not in ("__main__", "migrations")
]

# One call of each operation that an owner of an open round may make.
CALLS: dict[str, Callable[[Any], Any]] = {
    "about_round": lambda x: x.run(),
    "account": lambda x: x.run(),
    "add_intention": lambda x: x.run("F", "Another"),
    "add_link": lambda x: x.run("A", "depends_on", "B"),
    "cells_of": lambda x: x.run("A"),
    "changes_since": lambda x: x.run(0),
    "delete_round": lambda x: x.run(x.name, "Not needed"),
    "describe_round": lambda x: x.run("Another name", "", None),
    "entries": lambda x: x.run(),
    "freeze_round": lambda x: x.run("Scoring is over"),
    "history": lambda x: x.run("A", "cost"),
    "score_extents": lambda x: x.run(),
    "invite": lambda x: x.run("cat@example.org", "Cat", "viewer"),
    "ledger": lambda x: x.run(),
    "list_intentions": lambda x: x.run(),
    "list_links": lambda x: x.run(),
    "list_members": lambda x: x.run(),
    "list_scenarios": lambda x: x.run(),
    "load_sheet": lambda x: x.run(x.sheet.take([])),
    "log": lambda x: x.run("decision", "Go on", "It is affordable"),
    "name_published_scenario": lambda x: x.run("Kept", "Agreed"),
    "open_sheet": lambda x: x.run(),
    "progress": lambda x: x.run(),
    "publish_round": lambda x: x.run("Agreed by the board"),
    "read_cells": lambda x: x.run([("A", "cost")]),
    "read_log": lambda x: x.run(),
    "read_overrides": lambda x: x.run(),
    "read_settings": lambda x: x.run(),
    "read_released": lambda x: x.run(),
    "release_setting": lambda x: x.run(x.sheet.framework.weights, 3, "line 2 to 3"),
    "remove_link": lambda x: x.run("B", "excludes", "C"),
    "remove_member": lambda x: x.run("dan@example.org"),
    "remove_scenario": lambda x: x.run("Spare"),
    "rename_intention": lambda x: x.run("A", "Better words", 1),
    "reopen_round": lambda x: x.run("One score was wrong"),
    "save_fields": lambda x: x.run([NewValue("A", "notes", "A note", 0)]),
    "save_scenario": lambda x: x.run("New", x.sheet.framework.weights, 2, "unranked", ""),
    "save_scores": lambda x: x.run([NewValue("A", "cost", 5, 1)]),
    "set_override": lambda x: x.run("A", "1", "One trust", 0),
    "set_setting": lambda x: x.run("line", 3, "Agreed"),
    "set_status": lambda x: x.run("A", "rejected", "Out of scope", 1),
    "sign_off": lambda x: x.run(1),
    "verify_round": lambda x: x.run(),
    "who_is_here": lambda x: x.run(minutes(1)),
}  # fmt: skip
NUMBERS = count(1)
CHANGES = [name for name, operation in OPERATIONS.items() if operation.changes]


class Call:
    """An operation, ready to be called in a transaction."""

    def __init__(self, operation: Operation, source: Reading, sheet: ScoreSheet) -> None:
        self.run = lambda *arguments: operation.run(source, *arguments)
        self.sheet = sheet
        self.name = source.name


def call(store: Store, round_id: str, actor: Actor, name: str, sheet: ScoreSheet) -> None:
    operation = OPERATIONS[name]
    if operation.changes:
        with store.change(round_id, actor, minutes(2)) as change:
            CALLS[name](Call(operation, change, sheet))
    else:
        with store.read(round_id, actor) as source:
            CALLS[name](Call(operation, source, sheet))


@pytest.fixture
def store(common_store: Store) -> Store:
    """The store that these tests share; each makes a round of its own."""
    return common_store


@pytest.fixture
def round_id(store: Store, five: ScoreSheet) -> str:
    """Ann's round with the five intentions, under a name of its own."""
    with new_round(store, ANN, NOON, f"Round {next(NUMBERS)}", five.framework) as change:
        load_sheet(change, five)
        return change.round_id


@pytest.fixture
def ready(store: Store, round_id: str, five: ScoreSheet) -> str:
    """A round in which every operation has something to work on."""
    with store.change(round_id, ANN, minutes(1)) as change:
        OPERATIONS["invite"].run(change, "dan@example.org", "Dan", "viewer")
        OPERATIONS["log"].run(change, "assumption", "Prices hold", "As last year")
        OPERATIONS["add_link"].run(change, "B", "excludes", "C")
        for name in ("Kept", "Spare"):
            weights = five.framework.weights
            OPERATIONS["save_scenario"].run(change, name, weights, 3, "unranked", "")
    return round_id


def as_role(store: Store, round_id: str, role: Role) -> Actor:
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, BEN.id, BEN.name, role)
    return BEN


def test_every_operation_of_the_store_is_called_here() -> None:
    assert sorted(CALLS) == sorted(OPERATIONS)


# What takes a round in a transaction or the whole store without a role of its own, and why.
PARTS_OF_OPERATIONS = {"take_over", "entered_scores", "names_of"}  # made of them, or called by one
OF_NO_ROUND_YET = {"new_round", "create_round", "list_rounds", "copy_round"}  # one's own rounds
OF_WHO_RUNS_THE_DATABASE = {"admit_owner", "back_up", "restore", "copy_rounds", "checksum"}
OF_ONE_BROWSER = {"keep_place", "find_place", "last_place", "forget_place", "seen"}


def test_nothing_in_the_store_works_on_a_round_without_a_role() -> None:
    found = {
        name
        for module in MODULES
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if any(
            parameter.annotation in ("Change", "Reading", "Store")
            for parameter in inspect.signature(function).parameters.values()
        )
    }
    known = {*PARTS_OF_OPERATIONS, *OF_NO_ROUND_YET, *OF_WHO_RUNS_THE_DATABASE, *OF_ONE_BROWSER}
    assert found - known == set(OPERATIONS)
    assert known <= found


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_operation_is_open_to_its_role_and_those_above_only(
    store: Store, ready: str, five: ScoreSheet, name: str, role: Role
) -> None:
    ben = as_role(store, ready, role)
    if name == "reopen_round":
        with store.change(ready, ANN, minutes(1)) as change:
            freeze_round(change, "Enough")
    before = version(store, ready)
    if ROLES.index(role) >= ROLES.index(OPERATIONS[name].needs):
        call(store, ready, ben, name, five)
        if name == "delete_round":
            with pytest.raises(Refused, match="a round that was deleted"):
                version(store, ready)
        else:
            # An empty sheet is recorded too; every change leaves its link in the audit.
            assert (version(store, ready) > before) == OPERATIONS[name].changes
        with store.database.reading() as connection:  # and the link says what the change did
            assert verify_all(connection, ready).says.endswith(" links hold.")
    else:
        with pytest.raises(Refused, match="nothing was changed"):
            call(store, ready, ben, name, five)
        assert version(store, ready) == before


@contextmanager
def no_record(store: Store, round_id: str) -> Iterator[None]:
    """The database refuses every new link of this round."""
    if store.database.is_sqlite:
        when = f"WHEN NEW.round_id = '{round_id}' BEGIN SELECT RAISE(ABORT, 'no_record'); END"
        refuse = f"CREATE TRIGGER no_record BEFORE INSERT ON audit {when}"
        allow = "DROP TRIGGER no_record"
    else:
        rule = f"CHECK (round_id <> '{round_id}') NOT VALID"
        refuse = f"ALTER TABLE audit ADD CONSTRAINT no_record {rule}"
        allow = "ALTER TABLE audit DROP CONSTRAINT no_record"
    with store.database.writing() as connection:
        connection.execute(text(refuse))
    yield
    with store.database.writing() as connection:
        connection.execute(text(allow))


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_change_whose_record_cannot_be_written_is_not_made(
    store: Store, ready: str, five: ScoreSheet, name: str
) -> None:
    ben = as_role(store, ready, "owner")
    if name == "reopen_round":
        with store.change(ready, ANN, minutes(1)) as change:
            freeze_round(change, "Enough")
    before = checksum(store, [ready])
    with no_record(store, ready), pytest.raises(DBAPIError, match="no_record"):
        call(store, ready, ben, name, five)
    assert checksum(store, [ready]) == before


EXPECTED = {
    "assessor": {"save_scores"},
    "owner": {"describe_round", "delete_round", "freeze_round", "invite", "publish_round",
              "name_published_scenario", "remove_member", "reopen_round"},
}  # fmt: skip


def test_assessors_score_owners_freeze_publish_and_invite_analysts_do_the_rest() -> None:
    for role, names in EXPECTED.items():
        assert {o.name for o in OPERATIONS.values() if o.needs == role and o.changes} == names
    assert {o.needs for o in OPERATIONS.values() if not o.changes} == {"viewer"}


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_who_is_not_in_the_round_can_do_nothing_and_is_not_told_its_name(
    store: Store, ready: str, five: ScoreSheet, name: str
) -> None:
    with pytest.raises(Refused, match="a round that you are a member of") as refused:
        call(store, ready, BEN, name, five)
    assert "Round" not in str(refused.value)
    assert ready not in {r.id for r in list_rounds(store, BEN)}


def version(store: Store, round_id: str) -> int:
    with store.read(round_id, ANN) as source:
        return about_round(source).version


@pytest.mark.parametrize("state", ["frozen", "published"])
@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_frozen_or_published_round_refuses_every_change_of_its_owner(
    store: Store, ready: str, five: ScoreSheet, name: str, state: str
) -> None:
    close = {"frozen": freeze_round, "published": publish_round}[state]
    with store.change(ready, ANN, minutes(1)) as change:
        close(change, "Agreed")
    if state == "frozen" and name in ("reopen_round", "publish_round"):
        return  # the two ways on from frozen, tested below
    before = version(store, ready)
    with pytest.raises(Refused, match=f"on a round that is {state}"):
        call(store, ready, ANN, name, five)
    assert version(store, ready) == before


def test_a_frozen_round_can_be_opened_again_with_a_reason_or_published(
    store: Store, round_id: str
) -> None:
    def do(action: Callable[[Change, str], None], why: str) -> None:
        with store.change(round_id, ANN, minutes(1)) as change:
            action(change, why)

    do(freeze_round, "")
    with pytest.raises(Refused, match="reason: found nothing, expected a few words"):
        do(reopen_round, " ")
    do(reopen_round, "One score was wrong")
    do(freeze_round, "Now it is right")
    do(publish_round, "Agreed")
    with store.read(round_id, ANN) as source:
        assert about_round(source).state == "published"


def test_a_round_keeps_at_least_one_owner(store: Store, round_id: str) -> None:
    for attempt in (
        lambda change: invite(change, ANN.id, "Ann", "viewer"),
        lambda change: remove_member(change, ANN.id),
    ):
        with (
            pytest.raises(Refused, match="a round keeps at least one"),
            store.change(round_id, ANN, minutes(1)) as change,
        ):
            attempt(change)
    as_role(store, round_id, "owner")
    with store.change(round_id, BEN, minutes(1)) as change:
        remove_member(change, ANN.id)
        assert [m.person for m in list_members(change)] == [BEN.id]


def test_a_sign_in_name_is_the_same_person_in_capitals(store: Store, round_id: str) -> None:
    with store.change(round_id, ANN, minutes(1)) as change:
        invite(change, "Ben@Example.ORG ", "Ben", "assessor")
    assert [r.role for r in list_rounds(store, BEN) if r.id == round_id] == ["assessor"]


@pytest.mark.parametrize("closed", [False, True])
def test_whoever_runs_the_database_can_give_a_round_to_a_person_on_record(
    store: Store, round_id: str, closed: bool
) -> None:
    if closed:
        with store.change(round_id, ANN, minutes(1)) as change:
            publish_round(change, "Agreed")
    admit_owner(store, round_id, "Ben@example.org", minutes(2))
    with store.read(round_id, BEN) as source:
        assert source.role == "owner"
        last = entries(source)[-1]
        assert verify_round(source).holds
    assert (last.action, last.field, last.by) == ("member", BEN.id, "administrator")
    with pytest.raises(Refused, match="the id of a round"):
        admit_owner(store, "nowhere", "Ben@example.org", minutes(2))
