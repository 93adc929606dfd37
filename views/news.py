"""What somebody did in a round, in a sentence for the others."""

from __future__ import annotations

from store.intentions import LINK_WORDS, STATUS_WORDS
from store.records import AuditEntry
from store.shared_settings import ROUTES
from views.notices import field_in_words, value_in_words
from views.state import AppState

LONGEST = 60  # letters of a text that somebody entered


def in_words(state: AppState, entry: AuditEntry) -> str:
    """Who did what, from its record in the audit."""
    kept = state.kept
    elsewhere = kept is not None and entry.by == kept.actor.id
    return f"{'You (elsewhere)' if elsewhere else entry.name} {_did(state, entry)}."


def _did(state: AppState, entry: AuditEntry) -> str:
    ref, field, now = entry.ref, entry.field, entry.now
    match entry.action:
        case "score" | "field":
            to = value_in_words(now["value"])
            short = to if len(to) <= LONGEST else f"{to[:LONGEST].rstrip()}…"
            return f"changed {field_in_words(state, field)} of {ref} to {short}"
        case "segment":
            if not now:
                return f"took back the segment of {ref}"
            names = {segment.id: segment.name for segment in state.framework.segments}
            return f"put {ref} into {names.get(now, now)}"
        case "status":
            return f"changed the status of {ref} to {_status(now)}"
        case "title":
            return f"renamed {ref}"
        case "intention added":
            return f"added {ref}"
        case "scenario":
            return f"saved the scenario {field}" if now else f"deleted the scenario {field}"
        case "published scenario":
            return f"named {now} as the published scenario"
        case "released setting":
            return f"released {now['what']}"
        case "state of the round":
            return _STATES.get(str(now), f"made the round {now}")
        case "decision" | "assumption":
            return f"entered {'an' if entry.action[0] == 'a' else 'a'} {entry.action}"
        case "link added" | "link removed":
            link = now or entry.was
            did = "linked" if now else "took back the link of"
            return f"{did} {ref} and {link['other']} ({LINK_WORDS.get(link['kind'], link['kind'])})"
        case "setting" if field == ROUTES:
            return "set the thresholds of business cases"
        case "round described":
            return "changed the round's name, scope or deadline"
        case "intentions loaded":
            return "loaded intentions"
        case _:
            return f"changed something: {' '.join(filter(None, (entry.action, ref or field)))}"


def _status(now: object) -> str:
    status = now.get("status") if isinstance(now, dict) else now
    return STATUS_WORDS.get(status, str(status))  # type: ignore[call-overload]


_STATES = {
    "open": "opened the round again",
    "frozen": "froze the round",
    "published": "published the round",
    "deleted": "deleted the round",
}
