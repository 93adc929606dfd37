"""What one person set: weights, line, scenarios, and the ledger of what they released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from datetime import UTC, datetime

from scoring.framework import Framework, Weights
from scoring.framework.weights import Number
from scoring.scenario import LedgerLine, Scenario, changed
from views.live_ranking import Setting

DEFAULT_LINE = 30


@dataclass
class Settings:
    """Today's setting, the scenarios, and every setting released before."""

    _: KW_ONLY
    weights: Weights
    line: int = DEFAULT_LINE
    must_dos_counted: bool = True
    following: str = "rescale"
    locked: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    made_by: str = ""
    pushes: int = 0
    scenarios: list[Scenario] = field(default_factory=list)
    deleted: list[Scenario] = field(default_factory=list)
    ledger: list[LedgerLine] = field(default_factory=list)

    @property
    def framework(self) -> Framework:
        """The framework whose criteria are weighted."""
        raise NotImplementedError

    def changed(self) -> None:
        """Have what changed saved, where rounds are kept."""
        raise NotImplementedError

    def set_weights(self, changes: Mapping[str, Number]) -> None:
        """Replace some of today's weights. Raises `Unusable` and changes nothing when refused."""
        self.weights = Weights.of({**self.weights, **changes})

    @property
    def setting(self) -> Setting:
        """What the live ranking shows."""
        return Setting(
            self.weights,
            self.line,
            self.must_dos_counted,
            self.following,
            self.locked,
            self.pinned,
        )

    def take(self, setting: Setting) -> None:
        """Take what a person set in the live ranking; the browser shows it already."""
        self._note(setting.weights, setting.line, "")
        self.weights, self.line = setting.weights, setting.line
        self.must_dos_counted, self.following = setting.counted, setting.mode
        self.locked, self.pinned = setting.locked, setting.pinned
        self.changed()

    def restore(self, weights: Weights, line: int, what: str) -> None:
        """Take a setting that was saved, linked to or undone, and hand it to the browser."""
        self._note(weights, line, what)
        self.weights, self.line = weights, line
        self.pushes += 1
        self.changed()

    def _note(self, weights: Weights, line: int, what: str) -> None:
        """Put a setting in the ledger where it differs from today's."""
        moves = [changed(self.weights, weights, self.framework)]
        if line != self.line:
            moves.append(f"line {self.line} to {line}")
        said = "; ".join(move for move in moves if move)
        if said or what:
            at = datetime.now(UTC).replace(microsecond=0)
            text = ": ".join(part for part in (what, said) if part)
            number = len(self.ledger) + 1
            self.ledger.append(LedgerLine(number, at, self.made_by, text, weights, line))

    def save_scenario(self, name: str, why: str, by: str) -> None:
        """Keep today's weights and line under a name. Raises ValueError where a word is missing."""
        if any(scenario.name == name for scenario in self.scenarios):
            raise ValueError(f'there is a scenario "{name}" already: give another name')
        at = datetime.now(UTC).replace(microsecond=0)
        self.scenarios.append(Scenario(name, self.weights, self.line, why, by, at))
        self.made_by = by
        self.changed()

    def delete_scenario(self, scenario: Scenario) -> None:
        """Take a scenario out; `undelete_scenario` brings it back."""
        self.scenarios.remove(scenario)
        self.deleted.append(scenario)
        self.changed()

    def undelete_scenario(self) -> None:
        """Bring back the scenario that was deleted last."""
        self.scenarios.append(self.deleted.pop())
        self.changed()
