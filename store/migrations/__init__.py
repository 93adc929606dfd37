"""Schema changes, one file a version. Released files are never edited."""
