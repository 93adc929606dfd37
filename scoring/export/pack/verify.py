"""Verify: does the decision in a pack follow from the pack's own inputs?"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from scoring.export.pack import records
from scoring.export.pack.code_version import code_sha256
from scoring.export.pack.inputs import (
    INPUTS,
    INTENTIONS,
    SOURCES,
    Inputs,
    Unreadable,
    from_bytes,
    plain_number,
    read_inputs,
)
from scoring.export.pack.manifest import MANIFEST, Manifest, read_manifest
from scoring.export.pack.opening import SENSIBLE, Opened, PackLimits, open_pack
from scoring.export.pack.recompute import recompute
from scoring.export.pack.results import RESULTS, Result, read_results
from scoring.export.pack.trace import Trace, trace
from scoring.export.text import plain_text
from scoring.problem import Problem, Unusable

Kind = Literal["pack", "file", "intention", "total", "place", "segment", "range", "copy"]
_NEAR = 1e-6  # points: recorded ranges are floats, recomputed ones exact


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as recorded."""

    kind: Kind
    where: str
    recorded: str
    found: str

    def __str__(self) -> str:
        return f"{self.where}: recorded {self.recorded}, found {self.found}"


@dataclass(frozen=True)
class Verdict:
    """What the check of a pack came to.

    `recomputed` is how many intentions were worked out again; `trace` says whether scores stand in
    the source files, which is worth knowing but is no part of whether the decision reproduces.
    """

    manifest: Manifest
    sha256: str
    files: int
    recomputed: int
    differences: tuple[Difference, ...]
    trace: Trace

    @property
    def reproduces(self) -> bool:
        """Whether every file is as it was and every result follows from the inputs."""
        return not self.differences

    @property
    def same_code(self) -> bool:
        """Whether the code that made the pack is the code that checked it."""
        return self.manifest.code == code_sha256()


def verify(
    data: bytes, name: str = "pack", sha256: str = "", limits: PackLimits = SENSIBLE
) -> Verdict:
    """Check every file, work out every result again and compare.

    `sha256` is what the whole pack should have, from the minutes. Raises `Unusable` when it is no
    pack at all: not a zip, no manifest, a manifest that cannot be read, names or sizes that no
    pack has.
    """
    opened = open_pack(data, name, limits)
    if MANIFEST not in opened.files:
        found = f"a damaged {MANIFEST}" if MANIFEST in opened.damaged else f"no {MANIFEST}"
        raise Unusable(Problem(name, found, "a decision pack, as the command pack writes it"))
    try:
        manifest = read_manifest(opened.files[MANIFEST])
    except ValueError as error:
        wanted = "a manifest as the command pack writes it"
        raise Unusable(Problem(f"{name}, {MANIFEST}", str(error), wanted)) from None
    whole = hashlib.sha256(data).hexdigest()
    differences = []
    if sha256 and sha256.strip().casefold() != whole:
        differences.append(Difference("pack", "SHA-256 of the whole pack", sha256, whole))
    differences += _files(opened, manifest)
    recomputed, wrong = _decision(opened)
    differences += wrong
    traced = _trace(opened, manifest)
    return Verdict(manifest, whole, len(opened.files), recomputed, tuple(differences), traced)


def _files(opened: Opened, manifest: Manifest) -> list[Difference]:
    """Every file against the manifest, both ways."""
    differences = []
    listed = {entry.name for entry in manifest.entries}
    for entry in manifest.entries:
        data = opened.files.get(entry.name)
        recorded = f"SHA-256 {entry.sha256}"
        if data is None:
            found = "damaged bytes" if entry.name in opened.damaged else "no such file"
            differences.append(Difference("file", entry.name, recorded, found))
        elif (digest := hashlib.sha256(data).hexdigest()) != entry.sha256:
            differences.append(Difference("file", entry.name, recorded, f"SHA-256 {digest}"))
    present = {*opened.files, *opened.damaged}
    differences += [
        Difference("file", extra, "no such file", "a file")
        for extra in sorted(present - listed - {MANIFEST})
    ]
    differences += [
        Difference("file", f"{MANIFEST}, {name}", "nothing", "a file it must list")
        for name in sorted({*INPUTS, RESULTS} - listed)
    ]
    sources = [entry for entry in manifest.entries if entry.name.startswith(SOURCES)]
    differences += [
        Difference("file", entry.name, "one of the files that were read", "another file")
        for entry in sources
        if manifest.read and entry.sha256 not in manifest.read
    ]
    return differences


def _trace(opened: Opened, manifest: Manifest) -> Trace:
    """Scores against the source files that are in the pack."""
    sources = {}
    for name, data in opened.files.items():
        read_as = manifest.read.get(hashlib.sha256(data).hexdigest())
        if name.startswith(SOURCES) and read_as is not None:
            sources[read_as] = data
    try:
        return trace(from_bytes(opened.files[INTENTIONS]), sources) if sources else Trace()
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return Trace()  # Inputs that cannot be read are among the differences already.


def _decision(opened: Opened) -> tuple[int, list[Difference]]:
    """How many intentions were worked out again, and what differs from the record."""
    lacking = [name for name in (*INPUTS, RESULTS) if name not in opened.files]
    if lacking:
        return 0, [Difference("file", name, "an input", "nothing to work with") for name in lacking]
    try:
        inputs = read_inputs(opened.files)
        again = recompute(inputs)
    except (Unreadable, ValueError) as error:
        return 0, [Difference("file", "inputs", "inputs that can be read", str(error))]
    try:
        recorded = read_results(from_bytes(opened.files[RESULTS]))
    except (
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        ZeroDivisionError,
        RecursionError,
    ) as error:
        return 0, [Difference("file", RESULTS, "results that can be read", str(error))]
    return len(again), [*_results(recorded, again), *_scores(opened, inputs)]


def _results(recorded: tuple[Result, ...], again: tuple[Result, ...]) -> list[Difference]:
    known, differences = {result.ref: result for result in recorded}, []
    if len(known) != len(recorded):
        differences.append(Difference("intention", RESULTS, "some refs twice", "each ref once"))
    for new in again:
        old = known.pop(new.ref, None)
        if old is None:
            differences.append(Difference("intention", new.ref, "nothing", "an intention"))
            continue
        pairs: tuple[tuple[Kind, str, Any, Any], ...] = (
            ("total", "total", _number(old.total), _number(new.total)),
            ("place", "place", _place(old.place, old.tied), _place(new.place, new.tied)),
            ("segment", "segment", old.segment, new.segment),
            ("segment", "segment rule", old.rule or "none", new.rule or "none"),
            (
                "place",
                "place in its segment",
                old.segment_place or "none",
                new.segment_place or "none",
            ),
        )
        differences += [
            Difference(kind, f"{new.ref}, {what}", str(was), str(now))
            for kind, what, was, now in pairs
            if was != now
        ]
        if not _near(old.total_range, new.total_range) or old.place_range != new.place_range:
            was = f"totals {old.total_range}, places {old.place_range}"
            now = f"totals {new.total_range}, places {new.place_range}"
            differences.append(Difference("range", f"{new.ref}, what it could come to", was, now))
    differences += [Difference("intention", ref, "an intention", "nothing") for ref in known]
    return differences


def _number(total: str | None) -> str:
    """A total for people: the exact fraction, and what it is near to."""
    if total is None:
        return "not ranked"
    exact = Fraction(total)
    return str(exact) if exact.denominator == 1 else f"{exact} ({float(exact):.6f})"


def _place(place: int | None, tied: bool) -> str:
    return "none" if place is None else f"{'=' if tied else ''}{place}"


def _near(was: tuple[float, float] | None, now: tuple[float, float] | None) -> bool:
    if was is None or now is None:
        return was is now
    return all(abs(a - b) <= _NEAR for a, b in zip(was, now, strict=True))


def _scores(opened: Opened, inputs: Inputs) -> list[Difference]:
    """The table of scores that people read says what the inputs say."""
    data = opened.files.get(records.SCORES)
    if data is None:
        return []
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        stated = [(row["Ref"], row["Criterion"], row["Score"]) for row in rows]
    except (UnicodeDecodeError, csv.Error, KeyError) as error:
        return [Difference("copy", records.SCORES, "a table of scores", str(error))]
    sheet, criteria = inputs.sheet, inputs.framework.criteria
    wanted = [
        (
            ref,
            c.name,
            str(plain_number(float(sheet.scores[i, j]))) if sheet.scored[i, j] else "not scored",
        )
        for i, ref in enumerate(sheet.refs)
        for j, c in enumerate(criteria)
    ]
    if len(stated) != len(wanted):
        found = f"{len(stated):,} rows"
        return [Difference("copy", records.SCORES, f"{len(wanted):,} rows", found)]
    return [
        Difference("copy", f"{records.SCORES}, {ref}, {criterion}", score, said[2])
        for (ref, criterion, score), said in zip(wanted, stated, strict=True)
        if plain_text(said[2]) != score
    ]
