"""The version of the tool, said in every export. Equal to the one in pyproject.toml (tested)."""

VERSION = "0.1.0"
