"""What one person set: weights, line, scenarios, and the ledger of what they released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import UTC, datetime, timedelta

from scoring.framework import Framework, Weights
from scoring.framework.weights import Number
from scoring.scenario import LedgerLine, Scenario, changed
from views.live_ranking import Setting

DEFAULT_LINE = 30
SETTLED = timedelta(
    seconds=3
)  # settings that follow each other sooner are one in the round's ledger


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
    released: list[LedgerLine] = field(default_factory=list)  # by everyone, as the round has it
    own: list[LedgerLine] = field(default_factory=list)  # by this person, not among `released`
    unsent: list[LedgerLine] = field(default_factory=list)  # those of `own` to go to the round
    _before: tuple[Weights, int] | None = None  # the setting that the last unsent line began from

    @property
    def framework(self) -> Framework:
        """The framework whose criteria are weighted."""
        raise NotImplementedError

    @property
    def called(self) -> str:
        """The name that this person goes by in the ledger; "" where it is not known."""
        raise NotImplementedError

    @property
    def may_release(self) -> bool:
        """Whether what is released goes to the ledger of a round, for everyone to see."""
        raise NotImplementedError

    def changed(self) -> None:
        """Have what changed saved, where rounds are kept."""
        raise NotImplementedError

    @property
    def ledger(self) -> list[LedgerLine]:
        """Every setting that was released: the round's, then one's own that it does not have."""
        own = sorted(self.own, key=lambda line: line.at)
        return [replace(line, number=n) for n, line in enumerate([*self.released, *own], 1)]

    def forget_settings(self) -> None:
        """No scenarios and no ledger."""
        self.scenarios, self.deleted = [], []
        self.released, self.own, self.unsent, self._before = [], [], [], None

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

    def restore(self, weights: Weights, line: int, what: str, own: bool = False) -> None:
        """Take a setting that was saved, linked to or undone, and hand it to the browser.

        `own`: it stays out of the round's ledger, whoever takes it.
        """
        self._note(weights, line, what, own)
        self.weights, self.line = weights, line
        self.pushes += 1
        self.changed()

    def settled(self, at: datetime) -> list[LedgerLine]:
        """The unsent lines that no later release will be merged with."""
        return [line for line in self.unsent if at - line.at >= SETTLED]

    def _note(self, weights: Weights, line: int, what: str, own: bool = False) -> None:
        """Put a setting in the ledger where it differs from today's."""
        at = datetime.now(UTC).replace(microsecond=0)
        last = self.own[-1] if self.own else None
        merge = not what and self._before and last in self.unsent and last not in self.settled(at)
        before = self._before if merge and self._before else (self.weights, self.line)
        text = _moved(before, (weights, line), self.framework, what)
        if merge and last is not None:
            self.own.remove(last)
            self.unsent.remove(last)
        elif not text:
            return
        self._before = None if what else before
        if not text:  # back to where it was
            return
        # Numbered where it is shown: those of a round are its own.
        noted = LedgerLine(0, at, self.called, text, weights, line)
        self.own.append(noted)
        if self.may_release and not own:
            self.unsent.append(noted)

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


def _moved(
    before: tuple[Weights, int], after: tuple[Weights, int], framework: Framework, what: str
) -> str:
    """What was done and which shares and line that changed, in words; "" for nothing."""
    moves = [changed(before[0], after[0], framework)]
    if before[1] != after[1]:
        moves.append(f"line {before[1]} to {after[1]}")
    said = "; ".join(move for move in moves if move)
    return ": ".join(part for part in (what, said) if part)
