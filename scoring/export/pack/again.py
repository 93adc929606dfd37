"""Every file of a pack made again from the pack's own inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from scoring.export.pack.analyses import NO_ANALYSES, Analyses, analyse
from scoring.export.pack.before import read_before
from scoring.export.pack.besides import BESIDES, Asked, Besides, read_besides
from scoring.export.pack.code_version import libraries
from scoring.export.pack.inputs import SOURCES, WEIGHTS, Inputs, from_bytes, to_bytes
from scoring.export.pack.manifest import MANIFEST, manifest_bytes
from scoring.export.pack.write import WHAT, pack_files
from scoring.intake.result import Source
from scoring.ranking import Ranking, prioritise

Progress = Callable[[float], None]


@dataclass(frozen=True)
class Again:
    """The files as made again, the manifest of the files as they are among them.

    `libraries` says which of them are others than those that made the pack, "" for none.
    """

    files: Mapping[str, bytes]
    libraries: str


def make_again(
    files: Mapping[str, bytes], inputs: Inputs, progress: Progress | None = None
) -> Again | None:
    """None where the pack says that it lacks what its documents were made from.

    `progress` is called with the share done, 0 to 1. Raises `Unusable`, `Unreadable`, KeyError, TypeError, ValueError, AttributeError, IndexError
    or ArithmeticError for besides that nothing can be made of.
    """
    document = from_bytes(files[BESIDES])
    ranking = prioritise(inputs.sheet, inputs.weights, inputs.missing, inputs.overrides)
    besides = read_besides(document, from_bytes(files[WEIGHTS]), ranking)
    if not besides.whole:
        return None
    baseline = read_before(document["before"], files, ranking)
    another = baseline is not None and baseline.sheet is not ranking.sheet
    done = progress or (lambda share: None)
    found = _analyses(ranking, besides.asked, besides, lambda share: done(0.4 * share))
    sources = tuple(
        Source(name.removeprefix(SOURCES).split("-", 1)[-1], data)
        for name, data in files.items()
        if name.startswith(SOURCES)
    )
    record = replace(besides.record, sources=sources)
    made = pack_files(
        ranking,
        besides.about,
        record,
        baseline,
        besides.choices,
        found,
        besides.pseudonymised,
        another,
        lambda share: done(0.4 + 0.6 * share),
    )
    # Which libraries made it is told, and no difference by itself.
    made[BESIDES] = to_bytes({**from_bytes(made[BESIDES]), "libraries": document["libraries"]})
    own = {name: data for name, data in files.items() if name != MANIFEST}
    made[MANIFEST] = manifest_bytes(besides.about, own, WHAT, besides.pseudonymised)
    return Again(made, _others(document["libraries"]))


def _analyses(
    ranking: Ranking, asked: Asked | None, besides: Besides, progress: Progress
) -> Analyses:
    if asked is None:
        return replace(NO_ANALYSES, links=besides.links)
    found = analyse(
        ranking,
        asked.line,
        asked.scenarios,
        asked.must_do,
        asked.counted,
        besides.links,
        progress,
        asked.assumptions,
    )
    return replace(
        found,
        firmness=found.firmness if "firmness" in asked.found else None,
        crosscheck=found.crosscheck if "crosscheck" in asked.found else None,
        refused=found.refused if "refused" in asked.found else (),
    )


def _others(made_by: Mapping[str, str]) -> str:
    here = libraries()
    names = [
        f"{name} {made_by.get(name, 'none')} (here {here.get(name, 'none')})"
        for name in {**here, **made_by}
        if made_by.get(name) != here.get(name)
    ]
    return ", ".join(names)
