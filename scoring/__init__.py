"""Score, rank, segment and explain commissioning intentions."""
