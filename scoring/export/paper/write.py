"""The board paper: chosen sections, in a committee's usual order, as a Word document."""

from __future__ import annotations

from collections.abc import Callable

from scoring.export.about import About
from scoring.export.fixed_zip import fixed, zip_of
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


def write_paper(
    ranking: Ranking, about: About, choices: Choices = ALL, baseline: Ranking | None = None
) -> bytes:
    """The bytes of a .docx: the same for the same ranking, `about` and choices.

    `baseline` is a ranking of the same intentions by other weights, or of another round, for the
    section on what changed. A section with nothing to say is left out.
    """
    title = f"Commissioning intentions: {about.round_name}"
    return fixed(write_word(paper_blocks(Matter(ranking, about, choices, baseline)), about, title))


def paper_blocks(matter: Matter) -> Blocks:
    """What the paper says, before it is a document."""
    said = (make(matter) for id, make in _SECTIONS.items() if id in matter.choices.sections)
    return tuple(block for blocks in (front(matter), *said) for block in blocks)


def write_charts(
    ranking: Ranking, about: About, choices: Choices = ALL, baseline: Ranking | None = None
) -> bytes:
    """The bytes of a .zip: every chart of the paper as .png and .svg, and what each shows in words."""
    blocks = paper_blocks(Matter(ranking, about, choices, baseline))
    files: dict[str, bytes] = {}
    said: list[str] = []
    for number, picture in enumerate((b for b in blocks if isinstance(b, Picture)), 1):
        name = f"{number}-{picture.name}"
        files[f"{name}.png"], files[f"{name}.svg"] = png(picture.spec), svg(picture.spec)
        said.append(f"{name}: {picture.caption}\n{picture.alternative}\n")
    return zip_of({**files, "what-they-show.txt": "\n".join(said).encode()})
