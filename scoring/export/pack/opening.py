"""A pack opened with care: nothing is unpacked to disk, and what is absurd is refused unread."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from scoring.problem import Problem, Unusable

_MB = 1024**2
_CHUNK = _MB
_EXPANDS = 250  # times; a table of text shrinks to a tenth, a bomb to a thousandth


@dataclass(frozen=True, slots=True)
class PackLimits:
    """What is refused before it is read."""

    pack_bytes: int = 600 * _MB
    file_bytes: int = 300 * _MB
    unpacked_bytes: int = 1200 * _MB
    files: int = 2_000


SENSIBLE = PackLimits()


@dataclass(frozen=True)
class Opened:
    """The files of a pack by name; `damaged` are those whose bytes the zip itself calls wrong."""

    files: dict[str, bytes]
    damaged: tuple[str, ...]


def open_pack(data: bytes, name: str, limits: PackLimits = SENSIBLE) -> Opened:
    """Every file of a pack. Raises `Unusable` for what is no zip, unsafe, absurd or encrypted."""
    if len(data) > limits.pack_bytes:
        raise _refusal(name, f"{len(data):,} bytes", f"at most {limits.pack_bytes:,} bytes")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
        raise _refusal(name, "a file that is not a readable .zip", "a decision pack") from None
    with archive:
        entries = archive.infolist()
        _check(entries, name, limits)
        files: dict[str, bytes] = {}
        damaged: list[str] = []
        for entry in entries:
            try:
                files[entry.filename] = _read(archive, entry)
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
                damaged.append(entry.filename)
        return Opened(files, tuple(damaged))


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one file, never more than its entry declares."""
    parts, left = [], entry.file_size
    with archive.open(entry) as stream:
        while part := stream.read(min(_CHUNK, left + 1)):
            left -= len(part)
            if left < 0:
                raise zipfile.BadZipFile("longer than declared")
            parts.append(part)
    if left:
        raise zipfile.BadZipFile("shorter than declared")
    return b"".join(parts)


def _check(entries: list[zipfile.ZipInfo], name: str, limits: PackLimits) -> None:
    if len(entries) > limits.files:
        raise _refusal(name, f"{len(entries):,} files", f"at most {limits.files:,}")
    seen: set[str] = set()
    for entry in entries:
        inside = entry.filename
        if not _is_plain(inside) or (entry.external_attr >> 16) & 0o170000 == 0o120000:
            raise _refusal(
                name, f"a file called {inside!r}", "plain names inside the pack's folders"
            )
        if inside.casefold() in seen:
            raise _refusal(name, f"two files called {inside}", "each file once")
        seen.add(inside.casefold())
        if entry.flag_bits & 1:
            raise _refusal(name, f"{inside}, which is encrypted", "files that are not encrypted")
        if entry.file_size > limits.file_bytes:
            found = f"{inside} of {entry.file_size:,} bytes"
            raise _refusal(name, found, f"at most {limits.file_bytes:,} bytes a file")
        if entry.file_size > 10 * _MB and entry.file_size > _EXPANDS * max(1, entry.compress_size):
            found = f"{inside}, {entry.compress_size:,} bytes that unpack to {entry.file_size:,}"
            raise _refusal(name, found, f"files that unpack to at most {_EXPANDS} times their size")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        found = f"{unpacked:,} bytes unpacked"
        raise _refusal(name, found, f"at most {limits.unpacked_bytes:,} bytes")


def _is_plain(name: str) -> bool:
    """A relative path of plain parts: no drive, no root, no way out, no control characters."""
    if not name or len(name) > 250 or "\\" in name or ":" in name or name.startswith("/"):
        return False
    if re.search(r"[\x00-\x1f\x7f]", name):
        return False
    return all(part not in ("", ".", "..") for part in name.split("/"))


def _refusal(name: str, found: str, expected: str) -> Unusable:
    return Unusable(Problem(name, found, expected, kind="pack"))
