"""Rounds that last: kept in SQLite or PostgreSQL, with every change in an audit that is chained."""
