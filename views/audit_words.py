"""A change on record in words: what it was about, what was, what is."""

from __future__ import annotations

from typing import Any

from scoring.analysis.gates import in_pounds
from scoring.analysis.links import WORDS
from store.intentions import STATUS_WORDS
from store.records import AuditEntry
from store.shared_settings import ROUTES
from store.transaction import framework_of
from views.notices import field_in_words, signed
from views.state import AppState

LONGEST = 200


def about(state: AppState, entry: AuditEntry) -> str:
    """What was changed: a field by its name, anything else by its action."""
    if entry.action == "setting" and entry.field == ROUTES:
        return "Thresholds of business cases"
    if entry.action == "member":
        return f"Member {entry.field}"
    named = field_in_words(state, entry.field) if entry.action in ("score", "field") else ""
    action = entry.action[0].upper() + entry.action[1:]
    return named or (f"{action}: {entry.field}" if entry.action in _NAMED else action)


def content(entry: AuditEntry, value: Any) -> str:
    """A recorded value for people: a cell by its content, anything else by its parts."""
    if value is None or value == "":
        return ""
    if entry.action in ("score", "field"):
        blank = "not scored" if entry.action == "score" else "nothing"
        return blank if value["value"] is None else _short(_plain(value["value"]))
    if entry.action == "status":
        into = f": {value['merged_into']}" if value.get("merged_into") else ""
        return f"{STATUS_WORDS.get(value['status'], value['status'])}{into}"
    if entry.action in ("link added", "link removed"):
        return f"{WORDS.get(value['kind'], (value['kind'],))[0]} {value['other']}"
    if entry.action == "setting" and entry.field == ROUTES:
        return "; ".join(
            f"up to {in_pounds(limit)}: {name}" if limit is not None else f"above: {name}"
            for limit, name in value
        )
    if isinstance(value, dict):
        parts = (f"{name.replace('_', ' ')} {_plain(part)}" for name, part in _told(value).items()
                 if part not in ("", None, []))  # fmt: skip
        return _short(", ".join(parts))
    return _short(_plain(value))


def sentence(state: AppState, entry: AuditEntry) -> str:
    """ "Cost was 3 until 4 March 2026 12:05 UTC, changed to 5 by Ann because: asked again." """
    when = f"{entry.at.day} {entry.at:%B %Y %H:%M} UTC"
    who = entry.name or signed(state, entry.by)
    was, now = content(entry, entry.was), content(entry, entry.now)
    why = f" because: {entry.why}" if entry.why else ""
    what = about(state, entry)
    if was and now:
        return f"{what} was {was} until {when}, changed to {now} by {who}{why}"
    if now:
        return f"{what}: {now}, by {who} on {when}{why}"
    if was:
        return f"{what} was {was} until {when}, taken back by {who}{why}"
    return f"{what}, by {who} on {when}{why}"


def _told(value: dict[str, Any]) -> dict[str, Any]:
    """Its parts for people: a framework by its name, and no checksums, which the audit keeps."""
    told = {name: part for name, part in value.items() if name != "sha256"}
    if "framework" in told:
        told["framework"] = framework_of(told["framework"]).name
    return told


def _plain(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, list):
        return ", ".join(_plain(part) for part in value)
    return str(value)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} ..."


_NAMED = ("setting", "scenario")
