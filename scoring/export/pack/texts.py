"""The two texts of a pack: how to read and check it, and the method with one intention worked through."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.export.about import About
from scoring.export.pack.inputs import plain_number
from scoring.export.paper.appendix import steps, worked_example
from scoring.ranking import Ranking
from scoring.score import MISSING_IN_WORDS

README, METHOD = "READ-ME-FIRST.txt", "method.txt"


def method_text(ranking: Ranking) -> bytes:
    """The rules in words, the criteria, the decision table, and one total worked through."""
    framework, shown = ranking.sheet.framework, ranking.weights.shown(2)
    lines = [f"The method: {framework.name}", "", framework.about, ""]
    lines += [f"{number}. {step}" for number, step in enumerate(steps(framework), 1)]
    lines += [
        "",
        "Missing scores",
        MISSING_IN_WORDS[ranking.totals.missing],
        "",
        "Criteria and weights",
    ]
    for c in framework.criteria:
        asks = f"{c.asks} {c.scale.in_words[0].upper()}{c.scale.in_words[1:]}; {c.scale.direction_in_words}."
        lines.append(f"- {c.name}, weight {shown[c.id]}%. {asks}")
        lines += [f"    {level} = {anchor}" for level, anchor in c.anchors.items()]
    if framework.rules:
        lines += ["", "Segments: the first rule that fits decides"]
    for rule in framework.rules:
        to = rule.segment or "; ".join(f"{answer}: {id}" for answer, id in rule.segments.items())
        lines.append(f"- Rule {rule.id}. {rule.wording}? Then {to}.")
    for segment in framework.segments:
        lines += [
            f"- {segment.id} is {segment.name}. {segment.definition} Goes to: {segment.route}."
        ]
    worked = worked_example(ranking)
    if worked is not None:
        lines += ["", "One intention worked through", worked.headline]
        for line in worked.lines:
            if line.points is None or line.value is None or line.score is None:
                lines.append(f"- {line.name}: not scored")
                continue
            where = f" ({line.cell})" if line.cell else ""
            lines.append(
                f"- {line.name}: score {plain_number(line.score)}{where}, value {line.value:.4g}, "
                f"weight {line.weight:.6g}%: {line.points:.6g} points"
            )
        lines.append(f"Total: {worked.total:.6g}")
    if framework.source:
        lines += ["", f"Source of the framework: {framework.source}"]
    return _text(lines)


def read_me(
    about: About, what: Mapping[str, str], notes: tuple[str, ...], pseudonymised: bool
) -> bytes:
    """What each file is, how to check the pack, and what checking can and cannot show."""
    lines = [
        f"Decision pack: {about.round_name}",
        f"Made {about.made_at_shown} ({about.made_at.isoformat(timespec='seconds')})"
        + (f" by {about.made_by}" if about.made_by else "")
        + (f", with version {about.version} of the tool" if about.version else ""),
        "",
        "This pack holds what a decision rests on and what came out of it, so that anyone can check "
        "years later that the one follows from the other.",
        "",
        *([f"{about.illustrative}.", ""] if about.illustrative else []),
        "What is in it",
        *(f"- {name}: {says}" for name, says in what.items()),
        "",
        "How to check it",
        "1. With the tool: python -m scoring verify PACK.zip. It checks the SHA-256 of every file, "
        "then works out every total, place and segment again from the inputs and compares them with "
        "the recorded results, with every cell of the ranked list in the workbook and the .csv, and with "
        "the places and totals in the paper. Then it makes every other file again, scenarios, how firm "
        "it is, other methods, workbook and paper too, and compares what they say. It tells which value "
        "differs, and which scores are not what their source cells say. Where other code or other "
        "libraries than made the pack check it, what those files say otherwise is worth asking about "
        "and no more: another version may write it otherwise.",
        "2. Without the tool: work out the SHA-256 of each file and compare it with manifest.json; "
        "then follow method.txt with the scores in records/scores.csv.",
        "The manifest vouches for the files, and nothing in the pack vouches for the manifest: someone "
        "who changes both leaves no trace here. Keep the SHA-256 of the whole .zip elsewhere, such as "
        "in the minutes, and give it to the check: verify PACK.zip --sha256 ...",
    ]
    if pseudonymised:
        lines += [
            "",
            "Names of people are replaced: Person 1, Person 2 and so on stand for those who scored, set "
            "weights, decided segments or made this pack; also where their names stand in reasons and "
            "notes. Titles and names of files were not searched. Source files are left out, since "
            "they may hold names; their SHA-256 stands in manifest.json.",
        ]
    if notes:
        lines += ["", "Not recorded", *(f"- {note}" for note in notes)]
    return _text(lines)


def _text(lines: list[str]) -> bytes:
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "replace")
