"""From spreadsheets to intentions: bytes -> located cells -> tables -> scores and Problems."""

from scoring.intake.combine import combine, read_intentions
from scoring.intake.read import read_file
from scoring.intake.result import (
    IGNORE,
    Correction,
    FileRead,
    Intake,
    Limits,
    ReadingOptions,
    Source,
)

__all__ = [
    "IGNORE",
    "Correction",
    "FileRead",
    "Intake",
    "Limits",
    "ReadingOptions",
    "Source",
    "combine",
    "read_file",
    "read_intentions",
]
