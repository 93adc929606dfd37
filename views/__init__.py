"""The pages: widgets in, results out. No arithmetic here."""
