"""Text that people type, checked before it is kept."""

from __future__ import annotations

from store.transaction import refused


def check_text(where: str, text: str, longest: int = 10_000, needed: bool = False) -> str:
    """The text without blanks around it. Raises `Refused` with the reason, never cuts it short."""
    clean = text.strip()
    if needed and not clean:
        raise refused(where, "", "a few words; nothing was changed")
    if len(clean) > longest:
        raise refused(where, f"{len(clean):,} characters", f"at most {longest:,}")
    if not storable(clean):
        wanted = "text without control characters: type it again instead of pasting it"
        raise refused(where, "characters that cannot be kept", wanted)
    return clean


def storable(text: str) -> bool:
    """Whether both databases can keep this text: no NUL, no half of a surrogate pair."""
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)
