"""The board paper: a Word document written from the figures."""

from scoring.export.paper.choices import MUST_DOS, SECTIONS, Choices
from scoring.export.paper.write import write_charts, write_paper

__all__ = ["MUST_DOS", "SECTIONS", "Choices", "write_charts", "write_paper"]
