"""The live ranking component: scores go to the browser once, weights come back on release.

`sheet_message` packs what a session ranks; it is sent again only when it changes. Everything that
changes often (a restored scenario, the explanation that was asked for) goes through a second,
tiny component that hands it over to the first one in the page, so that the big message stays the
same and Streamlit sends its hash.

Nothing is loaded from elsewhere. Content-Security-Policy: `default-src 'self'; script-src 'self'
blob:` with the hashes of Streamlit's own inline scripts, `style-src 'self' 'unsafe-inline'`,
`connect-src 'self' ws:` (wss: behind TLS); no eval. A browser test holds it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from scoring.analysis.funding_line import must_do_reasons
from scoring.framework import Framework, Weights
from scoring.problem import Unusable
from scoring.score import Missing
from scoring.segment import Segments
from scoring.sheet import ScoreSheet

_HERE = Path(__file__).parent
_list = st.components.v2.component(
    "live_ranking",
    js=(_HERE / "live_ranking.js").read_text(encoding="utf-8"),
    css=(_HERE / "live_ranking.css").read_text(encoding="utf-8"),
)
# News come as a list of one: Streamlit looks for data frames in a mapping, and imports pandas first.
_NEWS = """
export default function ({ data: [data] }) {
  const post = (globalThis[Symbol.for("live-ranking")] ??= new Map());
  const box = post.get(data.to) ?? {};
  post.set(data.to, Object.assign(box, { [data.part]: data }));
  box.read?.();
}
"""
_news = st.components.v2.component("live_ranking_news", js=_NEWS)

FACETS = (("function", "Function"), ("domain", "Domain"))
_TAG_FIELDS = ("tags", "national_priority", "unifying_goal")  # what a tag can come from
_TYPES = {"u1": 2**8, "u2": 2**16, "i4": 2**31}


@dataclass(frozen=True)
class Setting:
    """What a person set in the component. `mode` says how the other weights follow."""

    weights: Weights
    line: int
    counted: bool = True
    mode: str = "rescale"
    locked: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()


@dataclass(frozen=True)
class FirmMarks:
    """How firm each row of a sheet is, for one setting.

    `verdicts` has a letter a row: i firm in, b borderline, o firm out, - for a must-do. `about`
    says what they mean.
    """

    verdicts: str
    about: str


def live_ranking(
    key: str,
    message: bytes,
    setting: Setting,
    push: int,
    *,
    explanation: Mapping[str, Any] | None = None,
    on_setting: Callable[[Setting], None] | None = None,
    on_select: Callable[[str | None], None] | None = None,
) -> None:
    """Show the live ranking and call back on release and on a click.

    `push` is a counter: raise it to make the browser take `setting`; it is otherwise read only
    when the component first appears, so that a rerun never disturbs a drag. `explanation` is what
    to show for the intention that was clicked (see `views.explanation`).
    Settings that do not hold (unknown criteria, all weights zero) are ignored: the browser refuses
    them too, and says so.
    """

    def released() -> None:
        given = _read(key).get("setting")
        understood = read_setting(given, setting.weights)
        if understood is not None and on_setting is not None:
            on_setting(understood)

    def selected() -> None:
        given = _read(key).get("selected")
        if on_select is not None and isinstance(given, Mapping):
            ref = given.get("ref")
            on_select(ref if isinstance(ref, str) else None)

    news = {
        "to": key,
        "part": "news",
        "push": push,
        "setting": {
            "weights": _weights(setting),
            "line": setting.line,
            "counted": setting.counted,
            "mode": setting.mode,
            "locked": list(setting.locked),
            "pinned": list(setting.pinned),
        },
        "explanation": dict(explanation) if explanation is not None else None,
    }
    _news(key=f"{key}_news", data=[news], height=1)
    _list(key=key, data=message, on_setting_change=released, on_selected_change=selected)


def mark_rows(
    key: str, marks: FirmMarks, sheet: ScoreSheet, missing: Missing, setting: Setting
) -> None:
    """Hand the marks to the live ranking: called after everything else, which then need not wait.

    They say what they were worked out for, and are shown for just that: while a weight moves, or
    when another sheet has come meanwhile, there is no mark rather than an old one.
    """
    news = {
        "to": key,
        "part": "marks",
        "stamp": _stamp(sheet, missing),
        "weights": _weights(setting),
        "line": setting.line,
        "counted": setting.counted,
        "verdicts": marks.verdicts,
    }
    _news(key=f"{key}_marks", data=[news], height=1)


def _weights(setting: Setting) -> list[str]:
    return [_plain(weight) for _, weight in setting.weights.by_criterion]


def _stamp(sheet: ScoreSheet, missing: Missing) -> str:
    """What tells one ranked sheet from another: its refs, values, must-dos and policy on gaps."""
    made = hashlib.blake2b(missing.encode(), digest_size=8)
    made.update(json.dumps(sheet.refs).encode())
    made.update(np.ascontiguousarray(sheet.steps).tobytes())
    made.update(np.packbits(sheet.scored).tobytes())
    made.update(bytes(bool(why) for why in must_do_reasons(sheet)))
    return made.hexdigest()


def _read(key: str) -> Mapping[str, Any]:
    # A component's own callback can read its value nowhere else.
    return st.session_state.get(key) or {}


def read_setting(given: object, known: Weights) -> Setting | None:
    """A setting as the browser sent it, checked; None when it does not hold together."""
    if not isinstance(given, Mapping):
        return None
    weights, line = given.get("weights"), given.get("line")
    if not isinstance(weights, list) or len(weights) != len(known) or not isinstance(line, int):
        return None
    if not all(isinstance(weight, str) for weight in weights):
        return None
    try:
        understood = Weights.of(dict(zip(known, weights, strict=True)))
    except Unusable:
        return None
    return Setting(
        understood,
        max(0, line),
        given.get("counted") is not False,
        "leave" if given.get("mode") == "leave" else "rescale",
        tuple(id for id in known if id in _texts(given.get("locked"))),
        _texts(given.get("pinned")),
    )


def _texts(given: object) -> tuple[str, ...]:
    return tuple(x for x in given if isinstance(x, str)) if isinstance(given, list) else ()


def sheet_message(
    key: str,
    sheet: ScoreSheet,
    segments: Segments,
    segment_names: Mapping[str, str],
    baseline: Weights,
    baseline_name: str = "the published weights",
    missing: Missing = "unranked",
    round_id: str = "",
) -> bytes:
    """Everything that is ranked, as bytes: a header in JSON, then steps and gaps as arrays.

    Another sheet of the same `round_id` leaves what can be undone as it is.

    Layout: the header's length as a little-endian uint32, the header in UTF-8 padded with spaces
    so that what follows is aligned to 8 bytes, the steps criterion by criterion in the header's
    `dtype`, then (when a score is missing) one byte a score in rows, 1 where it is missing.
    """
    common = sheet.framework.common_steps
    dtype = next((name for name, size in _TYPES.items() if common < size), "f8")
    header = {
        "key": key,
        "round": round_id,
        "stamp": _stamp(sheet, missing),
        "n": len(sheet),
        "common": common,
        "dtype": dtype,
        "gaps": not sheet.all_complete,
        "missing": missing,
        "criteria": _criteria(sheet.framework),
        "published": [_plain(sheet.framework.weights[id]) for id in sheet.framework.weights],
        "baseline": [_plain(weight) for weight in baseline.values()],
        "baselineName": baseline_name,
        "refs": sheet.refs,
        "titles": sheet.titles,
        "mustDo": {i: why for i, why in enumerate(must_do_reasons(sheet)) if why},
        "facets": _facets(sheet, segments, segment_names),
    }
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":"))
    packed = text.encode("utf-8", "replace")
    packed += b" " * (-(len(packed) + 4) % 8)
    steps = np.ascontiguousarray(sheet.steps.T).astype(f"<{dtype}").tobytes()
    gaps = b"" if sheet.all_complete else (~sheet.scored).astype(np.uint8).tobytes()
    return len(packed).to_bytes(4, "little") + packed + steps + gaps


def _criteria(framework: Framework) -> list[dict[str, Any]]:
    return [
        {
            "id": criterion.id,
            "name": criterion.name,
            "asks": criterion.asks,
            "worst": float(criterion.scale.worst),
            "best": float(criterion.scale.best),
            "steps": criterion.scale.steps,
            "decimals": max(0, -int(criterion.scale.step.normalize().as_tuple().exponent)),
            "direction": criterion.scale.direction_in_words,
            "anchors": {f"{float(level):g}": text for level, text in criterion.anchors.items()},
        }
        for criterion in framework.criteria
    ]


def _facets(
    sheet: ScoreSheet, segments: Segments, segment_names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What intentions can be filtered by: each a name, its options and each row's options."""
    columns = [(id, name, [[sheet.text(id, i)] for i in range(len(sheet))]) for id, name in FACETS]
    by_segment = [[segment_names.get(id, id)] for id in segments.ids]
    columns.insert(1, ("segment", "Segment", by_segment))
    tags = [
        [part for id in _TAG_FIELDS for part in sheet.text(id, i).split(";")]
        for i in range(len(sheet))
    ]
    columns.append(("tag", "Tag", tags))
    return [_facet(id, name, rows) for id, name, rows in columns]


def _facet(id: str, name: str, rows: Sequence[Sequence[str]]) -> dict[str, Any]:
    clean = [[word for word in (text.strip() for text in row) if word] for row in rows]
    options = sorted({word for row in clean for word in row}, key=str.casefold)
    number = {word: k for k, word in enumerate(options)}
    return {
        "id": id,
        "name": name,
        "options": options,
        "rows": [[number[word] for word in row] for row in clean] if options else [],
    }


def _plain(weight: Any) -> str:
    return f"{weight:f}"


__all__ = ["FirmMarks", "Setting", "live_ranking", "mark_rows", "read_setting", "sheet_message"]
