"""The ten colours of criteria: told apart by colour-blind people, and seen against the page.

Colour blindness after Machado, Oliveira and Fernandes (2009), "A physiologically-based model for
simulation of color vision deficiency", severity 1.0; distances in CIE L*a*b* (1976), where about
2.3 is just noticeable; contrast after WCAG 2.2, 1.4.11, which wants 3 to 1.
"""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

CSS = Path(__file__).parents[2] / "views" / "live_ranking" / "live_ranking.css"
PAGE = {"light": "#ffffff", "dark": "#0e1117"}
VISION = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]]
)  # fmt: skip


def colours(scheme: str) -> list[str]:
    both = re.findall(r"--c\d: light-dark\((#\w{6}), (#\w{6})\)", CSS.read_text(encoding="utf-8"))
    assert len(both) == 10
    return [pair[scheme == "dark"] for pair in both]


def linear(colour: str) -> np.ndarray:
    shares = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    return np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    t = TO_XYZ @ np.clip(light, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(a: str, b: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(colour)) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21_to_1_and_100_apart() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert np.linalg.norm(lab(linear("#ffffff")) - lab(linear("#000000"))) == pytest.approx(
        100, abs=0.01
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("vision", VISION)
def test_any_two_criteria_are_told_apart_and_neighbours_easily(scheme: str, vision: str) -> None:
    seen = [lab(np.array(VISION[vision]) @ linear(colour)) for colour in colours(scheme)]
    assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) > 12
    assert min(float(np.linalg.norm(a - b)) for a, b in pairwise(seen)) > 18


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_criterion_stands_out_from_the_page(scheme: str) -> None:
    assert min(contrast(colour, PAGE[scheme]) for colour in colours(scheme)) >= 3
