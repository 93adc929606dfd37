"""Run every benchmark, or those named, and print one table each."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if not p.stem.startswith("_"))
PARTS = ("timing",)  # what benchmarks share; not a benchmark

if __name__ == "__main__":
    chosen = sys.argv[1:] or [name for name in NAMES if name not in PARTS]
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        sys.exit(f"No benchmark called {', '.join(unknown)}. There are: {', '.join(NAMES)}")
    for name in chosen:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()
