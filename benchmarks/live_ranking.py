"""How quickly the live ranking follows the hand, in real Chromium.

    python -m benchmarks.live_ranking [ROWS ...]

For each size: a scripted two-second drag of one weight; then forty releases, timed until the text
that Python writes elsewhere on the page has changed. JavaScript is everything that our code does
in a frame: input handlers and the animation frame together. Needs Chromium, and nothing else.
"""

from __future__ import annotations

import statistics
import sys
import time
from itertools import pairwise

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, start_app
from tests.conftest import NEEDS, found

SIZES = (182, 1_000, 5_000, 50_000)
THROTTLED = 1_000
DRAG_SECONDS = 2.0
RELEASES = 40
IDLE = 0.1  # ms: a frame in which nothing of ours ran
# Times every animation frame callback and input listener, and when each frame began.
PROBE = """
(() => {
  const probe = (globalThis.probe = { on: false, frames: [], work: 0, per: [] });
  const timed = (run) => function (...given) {
    const from = performance.now();
    try { return run.apply(this, given); } finally { probe.work += performance.now() - from; }
  };
  const request = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (run) => request(timed(run));
  const add = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, run, more) {
    const ours = typeof run === "function" && ["input", "change", "pointermove"].includes(type);
    return add.call(this, type, ours ? timed(run) : run, more);
  };
  const tick = (now) => {
    if (probe.on) {
      probe.frames.push(now);
      probe.per.push(probe.work);
    }
    probe.work = 0;
    request(tick);
  };
  request(tick);
})();
"""


def percentile(numbers: list[float], share: float) -> float:
    """The value below which that share of the numbers lies."""
    ordered = sorted(numbers)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def drag(page: Page, seconds: float = DRAG_SECONDS) -> tuple[list[float], list[float]]:
    """Drag Impact back and forth; the gaps between frames and our work in each, in ms."""
    box = page.get_by_role("slider", name="Impact", exact=True).bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.2, y)
    page.mouse.down()
    page.evaluate("() => { probe.frames = []; probe.per = []; probe.on = true; }")
    began = time.perf_counter()
    while (passed := time.perf_counter() - began) < seconds:
        there = abs((passed / seconds * 2) % 2 - 1)
        page.mouse.move(box["x"] + box["width"] * (0.1 + 0.7 * there), y)
        time.sleep(0.008)
    page.evaluate("() => { probe.on = false; }")
    page.mouse.up()
    frames, per = page.evaluate("() => [probe.frames, probe.per]")
    gaps = [b - a for a, b in pairwise(frames)]
    return gaps, per[1:]


RELEASE = """
() => new Promise((done) => {
  const root = [...document.querySelectorAll("*")].map((e) => e.shadowRoot)
    .find((shadow) => shadow?.querySelector(".live"));
  const raise = root.querySelector('button[aria-label="Raise Impact by 1"]');
  const lower = root.querySelector('button[aria-label="Lower Impact by 1"]');
  const target = document.querySelector('.st-key-released');
  const before = target.textContent;
  const watch = new MutationObserver(() => {
    if (target.textContent !== before) { watch.disconnect(); done(performance.now() - from); }
  });
  watch.observe(target, { subtree: true, childList: true, characterData: true });
  globalThis.turn = !globalThis.turn;
  const from = performance.now();
  (globalThis.turn ? raise : lower).click();
})
"""


def measure(browser: Browser, rows: int, throttle: int = 1) -> dict[str, float]:
    """One size: frames, our work, releases, first paint."""
    process, url = start_app("benchmarks/_made_up_round.py", ROWS=str(rows))
    try:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.add_init_script(PROBE)
        page.set_default_timeout(60_000)
        began = time.perf_counter()
        page.goto(url)
        page.get_by_role("row", name="CI-").first.wait_for()
        first = time.perf_counter() - began
        time.sleep(1)
        if throttle > 1:
            devtools = page.context.new_cdp_session(page)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": throttle})
        gaps, work = drag(page)
        busy = [spent for spent in work if spent > IDLE]
        found = {
            "rows": rows,
            "throttle": throttle,
            "first s": first,
            "fps": 1000 / statistics.mean(gaps),
            "late %": 100 * sum(gap > 25 for gap in gaps) / len(gaps),
            "js p50": statistics.median(busy),
            "js p95": percentile(busy, 0.95),
        }
        time.sleep(1)
        answers = []
        for _ in range(RELEASES):
            answers.append(page.evaluate(RELEASE))
            time.sleep(0.05)
        found |= {"release p50": statistics.median(answers), "p95": percentile(answers, 0.95)}
        page.close()
        return found
    finally:
        process.terminate()
        process.wait(10)


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Measure each size and print a table."""
    chromium = found(NEEDS["browser"][1])
    if chromium is None:
        sys.exit("Chromium is missing.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM))
        for k, rows in enumerate(sizes):
            for throttle in (1, 4) if rows == THROTTLED else (1,):
                result = measure(browser, rows, throttle)
                if not k and throttle == 1:
                    print(" | ".join(f"{name:>11}" for name in result))
                print(" | ".join(f"{value:>11.1f}" for value in result.values()), flush=True)
        browser.close()


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1:]) or SIZES)
