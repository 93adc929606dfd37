"""Framework files: TOML in and out, checked on load."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from scoring.framework.framework import Framework
from scoring.problem import Problem, Unusable

SHIPPED = Path(__file__).parents[2] / "data" / "frameworks"
BLANK = "blank"  # the commented file that a person copies: a start, not a framework to rank with

_EXPECTED = {
    "missing": "this key to be present",
    "extra_forbidden": "only keys that a framework file has (see data/frameworks/blank.toml)",
    "string_type": "text in quotation marks",
    "tuple_type": "a list",
    "dict_type": "a table",
    "bool_type": "true or false",
    "decimal_parsing": "a number",
    "decimal_type": "a number",
    "float_type": "a number",
    "float_parsing": "a number",
    "model_type": "a table of keys",
}


def list_frameworks() -> tuple[Framework, ...]:
    """The frameworks that come with the tool, in order of their file names."""
    files = sorted(SHIPPED.glob("*.toml"))
    return tuple(load_framework(path) for path in files if path.stem != BLANK)


def load_framework(source: str | Path) -> Framework:
    """A framework by its id ("lsc-2025-26") or from a .toml file.

    Raises `Unusable` with every problem: the file, the key, what was found, what was expected.
    """
    path = Path(source)
    if path.suffix.lower() != ".toml":
        path = SHIPPED / f"{source}.toml"
        if not _is_plain(str(source)) or not path.is_file():
            known = ", ".join(sorted(f.stem for f in SHIPPED.glob("*.toml") if f.stem != BLANK))
            wanted = f"one of {known}, or a file ending in .toml"
            raise Unusable(Problem("framework", str(source), wanted, kind="framework"))
    try:
        data = path.read_bytes()
    except OSError:
        wanted = "a file that exists and can be read"
        raise Unusable(Problem("framework file", str(source), wanted, kind="framework")) from None
    return parse_framework(data, path.name)


def parse_framework(data: bytes, name: str) -> Framework:
    """A framework from the bytes of a TOML file; `name` is what messages call the file.

    Raises `Unusable` with every problem.
    """
    try:
        content = tomllib.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        wanted = "text in UTF-8; save the file again with that encoding"
        raise Unusable(
            Problem(name, "bytes that are not UTF-8", wanted, kind="framework")
        ) from None
    except tomllib.TOMLDecodeError as error:
        wanted = "a TOML file; compare the line named with data/frameworks/blank.toml"
        raise Unusable(Problem(name, str(error), wanted, kind="framework")) from None
    try:
        return Framework.model_validate(content)
    except ValidationError as error:
        raise Unusable([_problem(name, e, content) for e in error.errors()]) from None


def framework_to_toml(framework: Framework) -> str:
    """The framework as the text of a TOML file that loads back to an equal framework."""
    return tomli_w.dumps(
        _plain(framework.model_dump(exclude_defaults=True)), multiline_strings=True
    )


def _is_plain(id: str) -> bool:
    return bool(id) and all(letter.isalnum() or letter == "-" for letter in id)


def _problem(name: str, error: Any, content: object) -> Problem:
    location: tuple[int | str, ...] = error["loc"]
    found = error["input"]
    if error["type"] == "missing" or isinstance(found, dict | list | tuple | Framework):
        found = ""
    expected = _EXPECTED.get(error["type"])
    if error["type"] == "value_error":
        expected = f"a framework that fits together: {error['ctx']['error']}"
    elif expected is None:
        # Pydantic's own words ("String should have ...") read well after "expected".
        expected = error["msg"].replace("Input should be", "").replace("String should", "text to")
    where = f"{name}, {_key(location, content)}" if location else name
    return Problem(where, str(found), expected.strip(), kind="framework")


def _key(location: Sequence[int | str], content: object) -> str:
    """A key's path, lists by the id of their entry: `criteria "cost" > scale > low`."""
    words: list[str] = []
    for step in location:
        if isinstance(step, int):
            entry = content[step] if isinstance(content, list) and step < len(content) else None
            id = entry.get("id") if isinstance(entry, dict) else None
            words[-1] += f' "{id}"' if id else f" number {step + 1}"
            content = entry
        else:
            words.append(step)
            content = content.get(step) if isinstance(content, dict) else None
    return " > ".join(words)


def _plain(value: object) -> Any:
    """Values that TOML knows: decimals as numbers, tuples as lists, no nothing."""
    if isinstance(value, Decimal):
        return int(value) if value % 1 == 0 else value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if item is not None}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
