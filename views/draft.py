"""Files that are being read and mended, and what was said of pairs: choices of one session."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from scoring.export.edition import Edition
from scoring.framework import Framework
from scoring.intake import FileRead
from scoring.intake.result import Correction, Intake, Source
from scoring.problem import Unusable
from store.take_over import Seen


@dataclass(frozen=True)
class PairMark:
    """What a person said of two intentions that look alike. `keep` is the ref that stays."""

    a: str
    b: str
    kind: Literal["same", "linked", "different"]
    keep: str
    note: str
    by: str

    @property
    def merged(self) -> str:
        """The ref that is merged into the one that is kept; "" unless they are the same."""
        if self.kind != "same":
            return ""
        return self.b if self.keep == self.a else self.a


@dataclass
class Draft:
    """Files that are being read and mended but are not accepted yet."""

    sources: tuple[Source, ...] = ()
    corrections: dict[tuple[str, str], Correction] = field(default_factory=dict)
    framework: Framework | None = None
    framework_file: str = ""
    framework_errors: tuple[str, ...] = ()
    version: int = 0
    uploader: int = 0
    edition: tuple[Hashable, Edition] | None = field(default=None, repr=False)
    seen: tuple[Hashable, Seen] | None = field(default=None, repr=False)
    told: str = ""  # what became of the files before
    reads: dict[Hashable, FileRead | Unusable] = field(default_factory=dict, repr=False)

    def keep(self, sources: Sequence[Source]) -> None:
        """Take these files; corrections of files that are gone are dropped."""
        self.sources = tuple(sources)
        names = {source.name for source in sources}
        self.corrections = {k: c for k, c in self.corrections.items() if k[0] in names}

    def corrections_of(self, name: str) -> tuple[Correction, ...]:
        """What a person decided about the sheets of one file."""
        return tuple(c for (file, _), c in self.corrections.items() if file == name)

    def correct(
        self,
        file: str,
        sheet: str,
        header_row: int | None = None,
        columns: Mapping[int, str] | None = None,
        leave_out: bool | None = None,
    ) -> None:
        """Add a decision about one sheet. A new header row forgets the columns chosen before."""
        old = self.corrections.get((file, sheet), Correction(file, sheet))
        kept = {} if header_row is not None else dict(old.columns)
        self.corrections[file, sheet] = Correction(
            file,
            sheet,
            old.header_row if header_row is None else header_row,
            {**kept, **(columns or {})},
            old.leave_out if leave_out is None else leave_out,
        )
        self.version += 1

    def weights_found(self, intake: Intake) -> dict[str, Decimal]:
        """The weights that the files state, where they state any."""
        found: dict[str, Decimal] = {}
        for table in intake.tables:
            found.update(table.weights_found)
        return found
