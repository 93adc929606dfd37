"""Options that every command which reads files has, and what they give."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scoring.export.edition import weights_in_export
from scoring.framework import Framework, Weights, load_framework
from scoring.intake import read_intentions
from scoring.intake.result import Intake, ReadingOptions, Source
from scoring.intake.wording import plain
from scoring.problem import Problem, Unusable

DEFAULT_FRAMEWORK = "lsc-2025-26"


def add_framework_option(parser: argparse.ArgumentParser) -> None:
    """`--framework ID|FILE.toml`."""
    parser.add_argument(
        "--framework",
        metavar="ID|FILE.toml",
        default=DEFAULT_FRAMEWORK,
        help=f"what to score against (default {DEFAULT_FRAMEWORK}; see the command frameworks)",
    )


def add_reading_options(parser: argparse.ArgumentParser) -> None:
    """FILEs and how to read them."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a spreadsheet or .csv file")
    add_framework_option(parser)
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar='"Header text=field"',
        help="say which field a column is, or leave it out with =ignore; repeat for more columns",
    )
    parser.add_argument(
        "--sheet",
        action="append",
        default=[],
        metavar="NAME",
        help="read only this sheet; repeatable",
    )


def add_weights_option(parser: argparse.ArgumentParser) -> None:
    """`--weights criterion=number,...` and `--missing`."""
    parser.add_argument(
        "--weights",
        metavar="CRITERION=NUMBER,...",
        default="",
        help="weights that replace the published ones; a criterion not named keeps its published "
        "weight, and all are shown as %% that add to 100",
    )
    parser.add_argument(
        "--weights-from",
        choices=("file", "published"),
        default="file",
        help="for a workbook that this tool exported, where --weights is not given: use the weights "
        "on its own sheet Weights (file, the default) or the published ones",
    )
    parser.add_argument(
        "--missing",
        choices=("unranked", "renormalise", "worst"),
        default="unranked",
        help="what a missing score does (default: the intention is not ranked)",
    )


def framework_from(arguments: argparse.Namespace) -> Framework:
    """The framework asked for."""
    return load_framework(arguments.framework)


def weights_from(arguments: argparse.Namespace, framework: Framework) -> Weights:
    """The weights asked for: `--weights`, else those of an exported workbook, else the published.

    Says on stderr whenever an exported workbook among the files holds other weights than the
    published ones, and which were used. Raises `Unusable`.
    """
    asked = weights_in(arguments.weights, framework, "--weights")
    if arguments.weights_from == "published":
        return asked
    if arguments.weights:
        held = _held_weights(arguments.files, framework, strict=False)
        others = [name for name, w in held.items() if w.percent != asked.percent]
        if others:
            _note(f"{', '.join(others)}, Weights: not used, since --weights was given")
        return asked
    own = own_weights(arguments.files, framework)
    if own is None or own.percent == framework.weights.percent:
        return asked
    _note(
        "the weights on the workbook's own sheet Weights were used, not the published ones: "
        f"{_shares(own, framework)} (--weights-from published uses those)"
    )
    return own


def own_weights(files: Sequence[str], framework: Framework) -> Weights | None:
    """The weights that the exported workbooks among files hold; None where there is none.

    Raises `Unusable` where they hold different ones, or some that are no weights.
    """
    held = _held_weights(files, framework, strict=True)
    if len({tuple(weights.percent.values()) for weights in held.values()}) > 1:
        found = "; ".join(f"{name}: {_shares(w, framework)}" for name, w in held.items())
        wanted = "one set of weights; say which with --weights or --weights-from published"
        raise Unusable(Problem("the sheets Weights", found, wanted, "weights", "weight"))
    return next(iter(held.values()), None)


def _held_weights(
    files: Sequence[str], framework: Framework, *, strict: bool
) -> dict[str, Weights]:
    """{file: weights} of the exported workbooks among files; one that cannot be read is left out.

    Not `strict`: those that are no weights are left out too, since they are not used anyway.
    """
    held: dict[str, Weights] = {}
    problems: list[Problem] = []
    for name in files:
        try:
            source = Source(Path(name).name, Path(name).read_bytes())
            weights = weights_in_export(source, framework)
        except OSError:
            continue  # whoever reads the files says why
        except Unusable as refused:
            problems += refused.problems
            continue
        if weights is not None:
            held[source.name] = weights
    if problems and strict:
        raise Unusable(problems)
    return held


def _shares(weights: Weights, framework: Framework) -> str:
    shown = weights.shown()
    return ", ".join(f"{c.name} {shown[c.id]}%" for c in framework.criteria)


def _note(text: str) -> None:
    print(f"Note: {text}.", file=sys.stderr)


def weights_in(text: str, framework: Framework, option: str) -> Weights:
    """The published weights with those of "criterion=number,..." in their place. Raises `Unusable`."""
    changes: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        criterion, equals, number = (word.strip() for word in pair.partition("="))
        if not equals or not criterion:
            raise Unusable(Problem(option, pair, "criterion=number, such as cost=15"))
        if criterion in changes:
            raise Unusable(Problem(option, pair, f"the weight of {criterion} once"))
        changes[criterion] = number
    return framework.weights_with(changes, option)


def read_from(
    arguments: argparse.Namespace, framework: Framework, need_scores: bool = True
) -> Intake:
    """Read every file named. Raises `Unusable` naming each file that cannot be read."""
    options = options_from(arguments, need_scores)
    sources, unopened = _opened(arguments.files)
    try:
        intake = read_intentions(sources, framework, options) if sources else None
    except Unusable as unread:
        raise Unusable([*unopened, *unread.problems]) from None
    if intake is None or unopened:
        raise Unusable(unopened)
    return intake


def options_from(arguments: argparse.Namespace, need_scores: bool = True) -> ReadingOptions:
    """What `--map` and `--sheet` ask for. Raises `Unusable`."""
    columns: dict[str, str] = {}
    said: dict[str, str] = {}
    for pair in arguments.map:
        header, equals, field = (part.strip() for part in pair.rpartition("="))
        if not equals or not header or not field:
            raise Unusable(Problem("--map", pair, 'header text, = and a field: "Cost score=cost"'))
        if said.setdefault(plain(header), field) != field:
            wanted = f"one field for {header}, which another --map says is {said[plain(header)]}"
            raise Unusable(Problem("--map", pair, wanted))
        columns[header] = field
    return ReadingOptions(columns, tuple(arguments.sheet), need_scores=need_scores)


_READ_TOO = ("overrides", "framework", "assessors", "ranges")  # options that name a file to read


def refuse_to_overwrite(arguments: argparse.Namespace, output: str, option: str) -> None:
    """Raise `Unusable` where `output` is one of the files that the command reads, by whatever path."""
    said: list[str] = [*vars(arguments).get("files", []), *vars(arguments).get("previous", [])]
    said += [vars(arguments).get(name) or "" for name in _READ_TOO]
    for name in filter(None, said):
        if _same_file(Path(name), Path(output)):
            wanted = f"another name than {name}, which this command reads and would overwrite"
            raise Unusable(Problem(option, output, wanted, kind="file"))


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) or one.resolve() == other.resolve()
    except FileNotFoundError:
        return False  # what does not exist is not overwritten
    except (OSError, RuntimeError, ValueError):
        return str(one) == str(other)


def sources_from(files: Sequence[str]) -> list[Source]:
    """The files named, as bytes. Raises `Unusable` naming each that cannot be opened."""
    sources, problems = _opened(files)
    if problems:
        raise Unusable(problems)
    return sources


def _opened(files: Sequence[str]) -> tuple[list[Source], list[Problem]]:
    sources: list[Source] = []
    problems: list[Problem] = []
    for name in files:
        path = Path(name)
        try:
            sources.append(Source(path.name, path.read_bytes()))
        except FileNotFoundError:
            problems.append(Problem(name, "no such file", "a file that exists", kind="file"))
        except (OSError, ValueError) as error:
            found = getattr(error, "strerror", None) or "it cannot be opened"
            problems.append(Problem(name, found, "a file that can be read", kind="file"))
    return sources, problems
