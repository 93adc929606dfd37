"""`pack`: the decision pack, one .zip from which the decision can be worked out again."""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from scoring.cli.document_options import (
    about_from,
    add_document_options,
    baseline_of,
    choices_from,
    output_of,
    overrides_from,
    write,
)
from scoring.cli.drawing import assumptions_from
from scoring.cli.print import list_problems
from scoring.cli.reading import (
    add_reading_options,
    add_weights_option,
    framework_from,
    read_from,
    refuse_to_overwrite,
    weights_from,
)
from scoring.cli.scenario_options import add_compare_option, scenarios_from
from scoring.cli.telling import part_of, telling
from scoring.export.pack import Record, WeightSetting, analyse, pseudonyms_for, write_pack
from scoring.export.paper.choices import Matter
from scoring.export.text import csv_text
from scoring.intake.result import FileSeen, Source
from scoring.problem import Problem, Unusable
from scoring.ranking import prioritise


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the command."""
    parser = commands.add_parser("pack", help="write the decision pack, a .zip that verify checks")
    add_reading_options(parser)
    add_weights_option(parser)
    add_document_options(parser, ".zip")
    parser.add_argument("--weights-by", default="", metavar="NAME", help="who set the weights")
    parser.add_argument("--weights-why", default="", metavar="TEXT", help="why they were set so")
    parser.add_argument(
        "--without-sources", action="store_true", help="leave the source files out of the pack"
    )
    parser.add_argument(
        "--pseudonyms",
        metavar="KEY.csv",
        default="",
        help="replace people's names by Person 1, Person 2, ...; who is who is written to this "
        "file, to be kept apart; source files are left out",
    )
    add_compare_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """0 when written, 1 when nothing could be ranked. The pack's SHA-256 goes to stdout."""
    output, choices = output_of(arguments, ".zip"), choices_from(arguments)
    if arguments.pseudonyms:
        refuse_to_overwrite(arguments, arguments.pseudonyms, "--pseudonyms")
        if Path(arguments.pseudonyms).resolve() == Path(output).resolve():
            wanted = "another name than that of the pack"
            raise Unusable(Problem("--pseudonyms", arguments.pseudonyms, wanted, kind="file"))
    framework = framework_from(arguments)
    weights = weights_from(arguments, framework)
    intake = read_from(arguments, framework)
    overrides = overrides_from(arguments, intake.sheet)
    ranking = prioritise(intake.sheet, weights, arguments.missing, overrides)
    asked, wrong = assumptions_from(arguments, ranking)
    choices = replace(choices, assumptions=asked)
    about = about_from(arguments, ranking, intake)
    settings: tuple[WeightSetting, ...] = ()
    if arguments.weights_by.strip():
        by, why = arguments.weights_by.strip(), arguments.weights_why.strip()
        settings = (WeightSetting(ranking.weights, by, about.made_at, why, about.scenario),)
    sources = () if arguments.without_sources else _sources(arguments.files, intake.files)
    record = Record(settings, (), sources)
    baseline = baseline_of(arguments, ranking)
    scenarios = scenarios_from(arguments, framework, choices.line)
    with telling(f"Writing {Path(output).name}") as tell:
        matter = Matter(ranking, about, choices)
        found = analyse(
            ranking,
            choices.line,
            scenarios,
            matter.must_do.tolist(),
            matter.counted,
            progress=part_of(tell, 0.0, 0.5),
            assumptions=asked,
        )
        people = pseudonyms_for(ranking, about, record, found) if arguments.pseudonyms else None
        rest = part_of(tell, 0.5, 1.0)
        data = write_pack(ranking, about, record, baseline, choices, people, found, rest)
    if people is not None:
        write(arguments.pseudonyms, _key(people))
    write(output, data)
    print(f"SHA-256 of the pack, to keep elsewhere: {hashlib.sha256(data).hexdigest()}")
    list_problems((*wrong, *intake.problems))
    return 0 if ranking.places.ranked.any() else 1


def _sources(names: Sequence[str], read: Sequence[FileSeen]) -> tuple[Source, ...]:
    """The files again. Raises `Unusable` when one changed while it was being read."""
    known = {file.sha256 for file in read}
    sources: dict[str, Source] = {}  # by SHA-256: a file given twice is packed once
    for name in names:
        try:
            source = Source(Path(name).name, Path(name).read_bytes())
        except OSError as error:
            found = error.strerror or "it cannot be opened"
            raise Unusable(Problem(name, found, "a file that can be read", kind="file")) from None
        digest = hashlib.sha256(source.data).hexdigest()
        if digest not in known:
            wanted = "a file that stays the same while it is read; run the command again"
            raise Unusable(Problem(name, "a file that changed", wanted, kind="file"))
        sources.setdefault(digest, source)
    return tuple(sources.values())


def _key(people: Mapping[str, str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("Pseudonym", "Name"))
    writer.writerows((alias, csv_text(name)) for name, alias in people.items())
    return text.getvalue().encode("utf-8-sig")
