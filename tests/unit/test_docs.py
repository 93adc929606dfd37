"""The documents say what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from scoring.cli.main import COMMANDS
from scoring.framework import FIELDS, Framework
from scoring.version import VERSION

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_readme_s_example_runs_and_explains(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    block = re.search(r"```python\n(.*?)```", text("README.md"), re.DOTALL)
    assert block
    monkeypatch.chdir(ROOT)
    exec(compile(block.group(1), "README.md", "exec"), {})  # noqa: S102
    out = capsys.readouterr().out
    assert out.startswith("MHL-04 ")
    assert "because sample-round.xlsx, Intentions!" in out


def test_the_readme_s_worked_score_is_right(lsc: Framework) -> None:
    rows = re.findall(
        r"^\| ([A-Z][\w ]+?)(?: \(.*?\))? \| (\d+) \| (\d) \| ([\d.]+) \|", text("README.md"), re.M
    )
    assert [name for name, *_ in rows] == [c.name for c in lsc.criteria]
    for (_, weight, score, points), criterion in zip(rows, lsc.criteria, strict=True):
        assert int(weight) == criterion.weight
        assert float(points) == int(weight) * (int(score) - 1) / 4
    assert sum(float(points) for *_, points in rows) == 62.5


def test_the_readme_s_first_screen_has_one_picture_and_two_commands() -> None:
    first = text("README.md").split("**One score")[0]
    assert first.count("![") == 1
    picture = re.search(r"\]\((docs/images/[\w.-]+)\)", first)
    assert picture
    assert (ROOT / picture.group(1)).is_file()
    assert "make app" in first
    assert "make test" in first


def test_every_command_is_documented_and_no_other() -> None:
    documented = set(
        re.findall(r"^\| `(\w+)", text("docs/command-line.md").split("## Options")[0], re.M)
    )
    assert documented == {module.__name__.rsplit(".", 1)[-1] for module in COMMANDS}


def test_every_field_that_map_can_name_is_documented() -> None:
    last = text("docs/command-line.md").split("Fields that `--map` can name")[1]
    assert set(re.findall(r"`(\w+)`", last)) == {field.id for field in FIELDS}


def test_the_version_is_the_same_everywhere() -> None:
    assert tomllib.loads(text("pyproject.toml"))["project"]["version"] == VERSION
    assert f"## {VERSION}" in text("CHANGELOG.md")


def test_links_between_documents_lead_somewhere() -> None:
    for document in (ROOT / "README.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"
