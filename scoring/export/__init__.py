"""Results as files: workbooks, csv, JSON, the template to fill in."""
