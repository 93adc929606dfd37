"""Results as documents: workbooks and .csv files."""

from scoring.export.about import About
from scoring.export.ranked_csv import write_ranked_csv
from scoring.export.ranked_workbook import write_ranked_workbook

__all__ = ["About", "write_ranked_csv", "write_ranked_workbook"]
