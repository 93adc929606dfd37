"""What each role may do. Every operation of the store says which role it needs, and is listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from store.records import ROLES, Role, State
from store.transaction import Change, Reading, refused

P = ParamSpec("P")
R = TypeVar("R")

IN_WORDS = {
    "viewer": "look",
    "assessor": "look and score",
    "analyst": "look, score, and change weights, statuses, answers and segments",
    "owner": "do everything",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be done to a round: the role it needs and the states it is allowed in."""

    name: str
    needs: Role
    states: tuple[State, ...]
    changes: bool
    run: Callable[..., Any]


OPERATIONS: dict[str, Operation] = {}


def changing(
    needs: Role, states: tuple[State, ...] = ("open",)
) -> Callable[[Callable[Concatenate[Change, P], R]], Callable[Concatenate[Change, P], R]]:
    """Mark a function that changes a round. It then refuses lesser roles and other states."""

    def mark(
        function: Callable[Concatenate[Change, P], R],
    ) -> Callable[Concatenate[Change, P], R]:
        @wraps(function)
        def checked(change: Change, /, *args: P.args, **kwargs: P.kwargs) -> R:
            _check_role(change, operation)
            if change.state not in operation.states:
                found = f"{operation.name.replace('_', ' ')} on a round that is {change.state}"
                wanted = " or ".join(f"a round that is {state}" for state in operation.states)
                raise refused(f'round "{change.name}"', found, f"{wanted}; nothing was changed")
            return function(change, *args, **kwargs)

        operation = Operation(function.__name__, needs, states, True, checked)
        OPERATIONS[operation.name] = operation
        return checked

    return mark


def reading(
    needs: Role = "viewer",
) -> Callable[[Callable[Concatenate[Reading, P], R]], Callable[Concatenate[Reading, P], R]]:
    """Mark a function that only reads a round."""

    def mark(
        function: Callable[Concatenate[Reading, P], R],
    ) -> Callable[Concatenate[Reading, P], R]:
        @wraps(function)
        def checked(source: Reading, /, *args: P.args, **kwargs: P.kwargs) -> R:
            _check_role(source, operation)
            return function(source, *args, **kwargs)

        operation = Operation(
            function.__name__, needs, ("open", "frozen", "published"), False, checked
        )
        OPERATIONS[operation.name] = operation
        return checked

    return mark


def may(role: Role, needs: Role) -> bool:
    """Whether a role is enough."""
    return ROLES.index(role) >= ROLES.index(needs)


def _check_role(source: Reading, operation: Operation) -> None:
    if may(source.role, operation.needs):
        return
    found = f"{source.actor.name}, who is {_a(source.role)} and may {IN_WORDS[source.role]}"
    wanted = f"{_a(operation.needs)} for this ({operation.name.replace('_', ' ')})"
    raise refused(f'round "{source.name}"', found, f"{wanted}; nothing was changed")


def _a(role: str) -> str:
    return f"an {role}" if role[0] in "aeio" else f"a {role}"
