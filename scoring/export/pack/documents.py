"""Do the documents, tables and analyses of a pack follow from the pack's own inputs?

Each is made again and compared, so that a file that was edited, and whose SHA-256 in the manifest
was made to agree, is found all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scoring.export.pack import records
from scoring.export.pack.again import Again, Progress, make_again
from scoring.export.pack.besides import BESIDES
from scoring.export.pack.code_version import code_sha256
from scoring.export.pack.compare_made import compare_made
from scoring.export.pack.copies import LIST
from scoring.export.pack.differences import Difference
from scoring.export.pack.inputs import INPUTS, SOURCES, Inputs, Unreadable
from scoring.export.pack.manifest import MANIFEST, Manifest
from scoring.export.pack.paper_copy import PAPER
from scoring.export.pack.results import RESULTS
from scoring.problem import Unusable

_ODD = (Unusable, Unreadable, ValueError, KeyError, TypeError, AttributeError, IndexError,
        ArithmeticError, RecursionError)  # fmt: skip
_COMPARED = (RESULTS, LIST, PAPER, records.SCORES)  # value by value already, where they differ
_NEEDS_NONE = {*INPUTS, RESULTS, MANIFEST}


@dataclass(frozen=True)
class Beside:
    """What making the files again came to.

    `differences` are those of a pack that this code and these libraries made; `asks` those of one
    that others made, which may write otherwise for good reason. `made` files were compared;
    `unchecked` says what was not made again and why, "" where everything was.
    """

    differences: tuple[Difference, ...] = ()
    asks: tuple[Difference, ...] = ()
    made: int = 0
    unchecked: str = ""


def compare_documents(
    files: Mapping[str, bytes],
    manifest: Manifest,
    inputs: Inputs | None,
    known: Sequence[Difference],
    untouched: bool,
    progress: Progress | None = None,
) -> Beside:
    """`inputs` as read, None where they cannot be; `known` differences are not told again.

    `untouched`: whether every file is as the manifest has it, so that the manifest itself is
    worth comparing.
    """
    if inputs is None:
        return Beside()
    if BESIDES not in files:
        return _without(manifest)
    try:
        again = make_again(files, inputs, progress)
    except _ODD as error:
        said = str(error) or repr(error)
        return Beside(
            (Difference("file", BESIDES, "what documents can be made of", said),),
            unchecked="Its documents and analyses could not be made again.",
        )
    if again is None:
        return Beside(
            unchecked="Its documents and analyses were not made again: they rest on samples that "
            "a pack does not hold. They were checked by their SHA-256."
        )
    same_code = manifest.code == code_sha256()
    same = same_code and not again.libraries
    found = tuple(_compare(files, manifest, again, known, untouched, same))
    made = len(again.files)
    if same:
        return Beside(found, (), made)
    by = " and ".join(
        what
        for what, other in (
            ("other code", not same_code),
            (f"other libraries: {again.libraries}", bool(again.libraries)),
        )
        if other
    )
    return Beside((), found, made, f"It was made by {by}, which may write a document otherwise.")


def _without(manifest: Manifest) -> Beside:
    """A pack without its besides: of an earlier form, or they were taken out."""
    needed = manifest.format > 1 and any(e.name not in _NEEDS_NONE for e in manifest.entries)
    if needed or (manifest.format == 1 and manifest.code == code_sha256()):
        return Beside((Difference("file", BESIDES, "an input", "nothing to work with"),))
    return Beside(
        unchecked="Its documents and analyses were not made again: packs of this earlier form do "
        "not hold what they rest on. They were checked by their SHA-256."
    )


def _compare(
    files: Mapping[str, bytes],
    manifest: Manifest,
    again: Again,
    known: Sequence[Difference],
    untouched: bool,
    same: bool,
) -> Iterator[Difference]:
    listed = {entry.name for entry in manifest.entries}
    for name, made in again.files.items():
        if name not in files:
            if name not in listed:
                yield Difference("file", name, "a file", "no such file")
            continue
        if name == MANIFEST and not (untouched and same):
            continue
        told = [d.where for d in known if d.where.startswith(name)]
        if name in _COMPARED and (told or (name == RESULTS and known)):
            continue
        yield from compare_made(name, files[name], made, told, parts=same)
    for name in sorted(listed & set(files)):
        if name not in again.files and not name.startswith(SOURCES):
            yield Difference("file", name, "no such file", "a file")
