"""The manifest: every file of a pack with its size, its SHA-256 and what it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.export.about import About
from scoring.export.pack.code_version import code_sha256
from scoring.export.pack.inputs import from_bytes, to_bytes

MANIFEST = "manifest.json"
FORMAT = 2  # 1: without the besides, so that documents cannot be made again
_READ = (1, FORMAT)


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as the manifest names it."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack says about itself. `read` are the files that were read: {SHA-256: name}."""

    format: int
    round_name: str
    made_at: str
    version: str
    code: str
    read: Mapping[str, str]
    entries: tuple[Entry, ...]


def manifest_bytes(
    about: About, files: Mapping[str, bytes], what: Mapping[str, str], pseudonymised: bool
) -> bytes:
    """The manifest of these files."""
    return to_bytes(
        {
            "format": FORMAT,
            "round": about.round_name,
            "scenario": about.scenario,
            "illustrative": about.illustrative,
            "made_at": about.made_at.isoformat(),
            "made_by": about.made_by,
            "version": about.version,
            "code_sha256": code_sha256(),
            "pseudonymised": pseudonymised,
            "read": [
                {"name": file.name, "bytes": file.bytes, "sha256": file.sha256}
                for file in about.files
            ],
            "files": [
                {
                    "name": name,
                    "bytes": len(data),
                    "sha256": hashlib.sha256(data).hexdigest(),
                    "what": what.get(name, "a source file, as it was read"),
                }
                for name, data in files.items()
            ],
        }
    )


def read_manifest(data: bytes) -> Manifest:
    """The manifest back. Raises ValueError, saying what is wrong with it."""
    try:
        document: Any = from_bytes(data)
        if document["format"] not in _READ:
            known = " and ".join(map(str, _READ))
            raise ValueError(f"format {document['format']}; this version reads formats {known}")
        entries = tuple(
            Entry(str(file["name"]), int(file["bytes"]), str(file["sha256"]))
            for file in document["files"]
        )
        return Manifest(
            int(document["format"]),
            str(document["round"]),
            str(document["made_at"]),
            str(document["version"]),
            str(document["code_sha256"]),
            {str(file["sha256"]): str(file["name"]) for file in document["read"]},
            entries,
        )
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError(f"it lacks {error}") from error
