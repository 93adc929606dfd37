"""The board paper: chosen sections, in a committee's usual order, as a Word document."""

from __future__ import annotations

from collections.abc import Callable

from scoring.export.about import About
from scoring.export.fixed_zip import zip_of
from scoring.export.paper.appendix import full_list, method
from scoring.export.paper.basis import criteria, segments
from scoring.export.paper.blocks import Blocks, Picture
from scoring.export.paper.changes import changes
from scoring.export.paper.choices import Choices, Matter
from scoring.export.paper.decisions import gates, overrides
from scoring.export.paper.firmness import firmness
from scoring.export.paper.opening import front, process, purpose, recommendations
from scoring.export.paper.pictures import png, svg
from scoring.export.paper.priorities import prioritised
from scoring.export.paper.word import write_word
from scoring.ranking import Ranking

_SECTIONS: dict[str, Callable[[Matter], Blocks]] = {
    "purpose": purpose,
    "recommendations": recommendations,
    "process": process,
    "criteria": criteria,
    "segments": segments,
    "list": prioritised,
    "changes": changes,
    "firmness": firmness,
    "overrides": overrides,
    "gates": gates,
    "full_list": full_list,
    "method": method,
}
ALL = Choices()


Progress = Callable[[float], None]
_SAYING = 0.6  # the share of the work before the document is written and its charts drawn
_LONG_SECTION = 5  # finding how firm the ranking is takes about as long as five others


def write_paper(
    ranking: Ranking,
    about: About,
    choices: Choices = ALL,
    baseline: Ranking | None = None,
    progress: Progress | None = None,
) -> bytes:
    """The bytes of a .docx: the same for the same ranking, `about` and choices.

    `baseline` is a ranking of the same intentions by other weights, or of another round, for the
    section on what changed. A section with nothing to say is left out. `progress` is called with
    the share done, 0 to 1.
    """
    title = f"Commissioning intentions: {about.round_name}"
    blocks = paper_blocks(Matter(ranking, about, choices, baseline), _part(progress, 0.0, _SAYING))
    return write_word(blocks, about, title, _part(progress, _SAYING, 1.0))


def paper_blocks(matter: Matter, progress: Progress | None = None) -> Blocks:
    """What the paper says, before it is a document."""
    chosen = {id: make for id, make in _SECTIONS.items() if id in matter.choices.sections}
    sizes = [_LONG_SECTION if make is firmness else 1 for make in chosen.values()]
    said, done = [front(matter)], 0
    for make, size in zip(chosen.values(), sizes, strict=True):
        start, done = done, done + size
        told = _part(progress, start / sum(sizes), done / sum(sizes))
        said.append(firmness(matter, told) if make is firmness else make(matter))
        if told is not None:
            told(1.0)
    return tuple(block for blocks in said for block in blocks)


def _part(progress: Progress | None, start: float, end: float) -> Progress | None:
    """The progress of one part of the work, whose 0 to 1 is `start` to `end` of the whole."""
    return None if progress is None else lambda share: progress(start + (end - start) * share)


def write_charts(
    ranking: Ranking,
    about: About,
    choices: Choices = ALL,
    baseline: Ranking | None = None,
    progress: Progress | None = None,
) -> bytes:
    """The bytes of a .zip: every chart of the paper as .png and .svg, and what each shows in words.

    `progress` is called with the share done, 0 to 1.
    """
    matter = Matter(ranking, about, choices, baseline)
    blocks = paper_blocks(matter, _part(progress, 0.0, _SAYING))
    files: dict[str, bytes] = {}
    said: list[str] = []
    pictures = [block for block in blocks if isinstance(block, Picture)]
    for number, picture in enumerate(pictures, 1):
        name = f"{number}-{picture.name}"
        files[f"{name}.png"], files[f"{name}.svg"] = png(picture.spec), svg(picture.spec)
        said.append(f"{name}: {picture.caption}\n{picture.alternative}\n")
        if progress is not None:
            progress(_SAYING + (1 - _SAYING) * number / len(pictures))
    return zip_of({**files, "what-they-show.txt": "\n".join(said).encode()})
