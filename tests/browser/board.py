"""The live ranking alone on a page, without a server: its own files, a sheet, what it sends."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from scoring.framework import Weights
from scoring.ranking import Ranking, prioritise
from scoring.score import Missing
from scoring.segment import assign_segments
from scoring.sheet import ScoreSheet
from views.live_ranking import Setting, sheet_message

FOLDER = Path(__file__).parents[2] / "views" / "live_ranking"
THEME = {
    "light": "--st-background-color:#ffffff;--st-secondary-background-color:#f0f4f5;"
    "--st-text-color:#212b32;--st-border-color:#aeb7bd",
    "dark": "--st-background-color:#0e1117;--st-secondary-background-color:#262730;"
    "--st-text-color:#fafafa;--st-border-color:#4a4e5a",
}
START = """async ([source, css, data, news]) => {
  globalThis.sent = [];
  const live = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  const host = document.querySelector("#host");
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("style");
  style.textContent = css;
  shadow.append(style);
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const post = (globalThis[Symbol.for("live-ranking")] ??= new Map());
  const box = { news };
  post.set("board", box);
  globalThis.push = (more) => { box.news = { ...box.news, ...more }; post.get("board").read?.(); };
  globalThis.give = (text) => live.default({
    parentElement: shadow,
    data: bytes(text),
    setStateValue: (name, value) => globalThis.sent.push([name, value]),
  });
  globalThis.leave = globalThis.give(data);
}"""


class Board:
    """A live ranking on a page, and what a person sees and does."""

    def __init__(self, page: Page, sheet: ScoreSheet, missing: Missing = "unranked") -> None:
        self.page, self.sheet, self.missing = page, sheet, missing
        self.framework = sheet.framework

    def open(self, line: int = 3, scheme: str = "light", **setting: Any) -> Board:
        """Show it."""
        first = Setting(self.framework.weights, line, **setting)
        style = f"color-scheme:{scheme};{THEME[scheme]};background:var(--st-background-color)"
        self.page.set_content(
            f'<!doctype html><html lang="en"><title>Rank</title><body style="margin:8px;{style}">'
            '<main><h1 style="color:var(--st-text-color)">Rank</h1><div id="host"></div></main>'
        )
        files = [
            (FOLDER / f"live_ranking.{kind}").read_text(encoding="utf-8") for kind in ("js", "css")
        ]
        news = {"push": 0, "setting": as_sent(first), "explanation": None}
        self.page.evaluate(START, [*files, self.message(), news])
        self.settle()
        return self

    def message(self, round_id: str = "") -> str:
        """The sheet as it is sent, in base64."""
        names = {segment.id: segment.name for segment in self.framework.segments}
        packed = sheet_message(
            "board",
            self.sheet,
            assign_segments(self.sheet),
            names,
            self.framework.weights,
            missing=self.missing,
            round_id=round_id,
        )
        return base64.b64encode(packed).decode()

    def settle(self) -> None:
        """Wait until what was asked for is drawn, and what a released pointer sets off is done."""
        self.page.evaluate(
            "() => new Promise((done) => setTimeout(() => "
            "requestAnimationFrame(() => requestAnimationFrame(done)), 0))"
        )

    def slider(self, name: str) -> Locator:
        """The slider of a criterion."""
        return self.page.get_by_role("slider", name=name, exact=True)

    def box(self, name: str) -> Locator:
        """The number box of a criterion."""
        return self.page.get_by_role("textbox", name=f"{name} weight", exact=True)

    def press(self, name: str) -> None:
        """Press a button by its name."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.settle()

    def type_weight(self, name: str, text: str) -> None:
        """Type a weight and press Enter."""
        self.box(name).fill(text)
        self.box(name).press("Enter")
        self.settle()

    def weights(self) -> list[str]:
        """What the number boxes show."""
        return [self.box(criterion.name).input_value() for criterion in self.framework.criteria]

    def row(self, ref: str) -> Locator:
        """The row of an intention."""
        return self.page.get_by_role("row", name=re.compile(rf"\b{re.escape(ref)}\b"))

    def rows(self) -> list[str]:
        """The texts of the rows in document order, headers of lanes included."""
        rows = self.page.get_by_role("grid").get_by_role("row")
        return [text.replace("\n", " ") for text in rows.all_inner_texts()[1:]]

    def refs(self) -> list[str]:
        """The refs in document order."""
        return self.page.locator(".grid .row:not(.lane) .headline b").all_inner_texts()

    def sent(self, name: str = "setting") -> list[dict[str, Any]]:
        """What the component handed to Python under that name, oldest first."""
        found: list[list[Any]] = self.page.evaluate("() => globalThis.sent")
        return [value for kind, value in found if kind == name]

    def ranking(self) -> Ranking:
        """Python's ranking under the weights that were last sent."""
        weights = dict(zip(self.framework.weights, self.sent()[-1]["weights"], strict=True))
        return prioritise(self.sheet, Weights.of(weights), self.missing)

    def drag(self, name: str, to: float, drop: bool = True) -> None:
        """Drag a slider to a share of its length, in steps."""
        box = self.slider(name).bounding_box()
        assert box
        y, value = box["y"] + box["height"] / 2, float(self.slider(name).input_value()) / 100
        start, end = (box["x"] + 10 + (box["width"] - 20) * share for share in (value, to))
        self.page.mouse.move(start, y)
        self.page.mouse.down()
        for k in range(1, 11):
            self.page.mouse.move(start + (end - start) * k / 10, y)
        self.settle()
        if drop:
            self.page.mouse.up()
            self.settle()


def as_sent(setting: Setting) -> dict[str, Any]:
    """A setting as Python sends it."""
    made = {
        "weights": [f"{weight:f}" for weight in setting.weights.values()],
        "line": setting.line,
        "counted": setting.counted,
        "mode": setting.mode,
        "locked": setting.locked,
        "pinned": setting.pinned,
    }
    plain: dict[str, Any] = json.loads(json.dumps(made))
    return plain
