"""Ports for the programs that tests start."""

from __future__ import annotations

import secrets
import socket

# Below those that the system hands out by itself: between the choice and the start of the program
# no connection of a browser, and no other test, is given the same one.
_FIRST, _COUNT = 12_000, 18_000


def free_port() -> int:
    """A port that nothing listens on."""
    for _ in range(1000):
        port = _FIRST + secrets.randbelow(_COUNT)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
    raise RuntimeError("no port is free")
