"""One weight change at 1,000 rows: LineUp.js beside the live ranking, in the same Chromium.

    npm install --prefix FOLDER lineupjs
    python -m benchmarks.live_ranking_lineup FOLDER

Both are timed from the change of a weight until the new order has been drawn, so both include the
wait for the next frame. Ours is timed a second time without that wait: our own work alone.
"""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks._made_up_round import made_up_sheet
from tests.browser.board import Board
from tests.browser.conftest import CHROMIUM
from tests.conftest import NEEDS, found

ROWS = 1_000
CHANGES = 20
DRAWN = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))"
LINEUP = """async ([rows, changes]) => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const names = ["a", "b", "c", "d", "e", "f", "g"];
  let seed = 1;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const data = Array.from({ length: rows }, (_, i) => Object.fromEntries(
    [["name", `Intention ${i}`], ...names.map((name) => [name, 1 + Math.floor(next() * 5)])]));
  const view = LineUpJS.buildRanking().supportTypes().column("name")
    .weightedSum("a", 25, "b", 20, "c", 15, "d", 15, "e", 10, "f", 10, "g", 5);
  let built = LineUpJS.builder(data).column(LineUpJS.buildStringColumn("name"));
  for (const name of names) built = built.column(LineUpJS.buildNumberColumn(name, [1, 5]));
  const lineup = built.ranking(view).animated(false).build(document.querySelector("#host"));
  await wait(1500);
  const ranking = lineup.data.getFirstRanking();
  const stack = ranking.flatColumns.find((column) => column.desc.type === "stack");
  stack.sortByMe(false);
  await wait(1000);
  const times = [];
  for (let k = 0; k < changes; k++) {
    const weights = [25, 20 + k, 15, 15, 10, 10, 5];
    const sum = weights.reduce((a, b) => a + b);
    const ordered = new Promise((done) => ranking.on("orderChanged.bench", () => done()));
    const from = performance.now();
    stack.setWeights(weights.map((weight) => weight / sum));
    await ordered;
    await DRAWN;
    times.push(performance.now() - from);
    ranking.on("orderChanged.bench", null);
    await wait(100);
  }
  return times;
}""".replace("DRAWN", DRAWN)
OURS = """async (changes) => {
  const root = document.querySelector("#host").shadowRoot;
  const slider = root.querySelector('input[type="range"][aria-label="Impact"]');
  const times = [];
  const request = globalThis.requestAnimationFrame;
  let work = 0;
  globalThis.requestAnimationFrame = (run) => request((now) => {
    const from = performance.now();
    run(now);
    work += performance.now() - from;
  });
  for (let k = 0; k < changes; k++) {
    const from = performance.now();
    work = 0;
    slider.value = 21 + k;
    slider.dispatchEvent(new Event("input"));
    const handled = performance.now() - from;
    await DRAWN;
    times.push([performance.now() - from, handled + work]);
    slider.dispatchEvent(new Event("change"));
    await new Promise((done) => setTimeout(done, 100));
  }
  return times;
}""".replace("DRAWN", DRAWN)


def theirs(browser: Browser, folder: Path) -> list[float]:
    """LineUp.js: ms a change."""
    build = folder / "node_modules" / "lineupjs" / "build"
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_content('<div id="host" style="height:800px;position:relative"></div>')
    page.add_style_tag(path=build / "LineUpJS.css")
    page.add_script_tag(path=build / "LineUpJS.js")
    times: list[float] = page.evaluate(LINEUP, [ROWS, CHANGES])
    return times


def main(folder: str = "") -> None:
    """Measure both and print a table."""
    chromium = found(NEEDS["browser"][1])
    if not folder or chromium is None:
        print("Left out: needs Chromium and a folder with lineupjs (npm install lineupjs).")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        lineup = statistics.median(theirs(browser, Path(folder)))
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        Board(page, made_up_sheet(ROWS)).open(line=30)
        times = page.evaluate(OURS, CHANGES)
        drawn, work = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"LineUp.js, changed to drawn      {lineup:8.1f} ms")
        print(
            f"Ours, changed to drawn           {drawn:8.1f} ms   {lineup / drawn:.0f} times quicker"
        )
        print(
            f"Ours, work alone                 {work:8.1f} ms   {lineup / work:.0f} times quicker"
        )
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
