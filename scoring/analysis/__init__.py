"""What a ranking does when something changes: one question a file."""
