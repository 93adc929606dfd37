"""Verify: does the decision in a pack follow from the pack's own inputs?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from scoring.export.pack.again import Progress
from scoring.export.pack.code_version import code_sha256
from scoring.export.pack.copies import Expected, compare_copies
from scoring.export.pack.differences import Difference, compare_results, compare_scores
from scoring.export.pack.documents import Beside, compare_documents
from scoring.export.pack.inputs import (
    INPUTS,
    INTENTIONS,
    SOURCES,
    Inputs,
    Unreadable,
    from_bytes,
    read_inputs,
)
from scoring.export.pack.manifest import MANIFEST, Manifest, read_manifest
from scoring.export.pack.opening import SENSIBLE, Opened, PackLimits, open_pack
from scoring.export.pack.paper_copy import compare_paper
from scoring.export.pack.recompute import recompute
from scoring.export.pack.results import RESULTS, read_results
from scoring.export.pack.trace import Trace, trace
from scoring.problem import Problem, Unusable

_ODD = (ValueError, KeyError, TypeError, AttributeError, IndexError, ArithmeticError)


@dataclass(frozen=True)
class Verdict:
    """What the check of a pack came to.

    `recomputed` is how many intentions were worked out again; `trace` says whether scores stand in
    the source files, which is worth knowing but is no part of whether the decision reproduces. Nor
    is what `beside` asks about: files that other code or libraries make otherwise.
    """

    manifest: Manifest
    sha256: str
    files: int
    recomputed: int
    differences: tuple[Difference, ...]
    trace: Trace
    beside: Beside

    @property
    def reproduces(self) -> bool:
        """Whether every file is as it was and every result follows from the inputs."""
        return not self.differences

    @property
    def same_code(self) -> bool:
        """Whether the code that made the pack is the code that checked it."""
        return self.manifest.code == code_sha256()


def verify(
    data: bytes,
    name: str = "pack",
    sha256: str = "",
    limits: PackLimits = SENSIBLE,
    progress: Progress | None = None,
) -> Verdict:
    """Check every file, work out every result again and compare.

    `sha256` is what the whole pack should have, from the minutes. `progress` is called with the
    share done, 0 to 1. Raises `Unusable` when it is no
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
    files = _files(opened, manifest)
    decision = _decision(opened)
    beside = compare_documents(
        opened.files, manifest, decision.inputs, decision.found, not files, progress
    )
    differences += [*files, *decision.found, *beside.differences]
    traced = _trace(opened, manifest)
    return Verdict(
        manifest, whole, len(opened.files), decision.recomputed, tuple(differences), traced, beside
    )


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


@dataclass(frozen=True)
class _Decision:
    """What working out the results again came to; no `inputs` where they cannot be used."""

    found: tuple[Difference, ...]
    recomputed: int = 0
    inputs: Inputs | None = None


def _decision(opened: Opened) -> _Decision:
    """What differs from the record in results and in the copies of them that people read."""
    lacking = [name for name in (*INPUTS, RESULTS) if name not in opened.files]
    if lacking:
        return _Decision(
            tuple(Difference("file", name, "an input", "nothing to work with") for name in lacking)
        )
    try:
        inputs = read_inputs(opened.files)
        again = recompute(inputs)
    except (Unreadable, ValueError) as error:
        wrong = Difference("file", "inputs", "inputs that can be read", str(error))
        return _Decision((wrong,))
    try:
        recorded = read_results(from_bytes(opened.files[RESULTS]))
    except (*_ODD, RecursionError) as error:
        return _Decision((Difference("file", RESULTS, "results that can be read", str(error)),))
    found = [*compare_results(recorded, again), *compare_scores(opened.files, inputs)]
    try:
        expected = Expected.of(inputs, again)
        found += [*compare_copies(opened.files, expected), *compare_paper(opened.files, expected)]
    except _ODD as error:
        # Inputs that work out but that no list can be made of, such as a ref that is a number.
        wanted = "inputs that a list can be made of"
        found.append(Difference("copy", "the copies", wanted, repr(error)))
        return _Decision(tuple(found), len(again))
    return _Decision(tuple(found), len(again), inputs)
