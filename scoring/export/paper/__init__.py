"""The board paper: a Word document written from the figures."""

from scoring.export.paper.choices import SECTIONS, Choices
from scoring.export.paper.write import write_charts, write_paper

__all__ = ["SECTIONS", "Choices", "write_charts", "write_paper"]
