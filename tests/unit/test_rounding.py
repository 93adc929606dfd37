"""One decimal, halves up, everywhere."""

import pytest

from scoring.rounding import one_decimal


@pytest.mark.parametrize(
    ("number", "shown"),
    [(71.25, "71.3"), (0.05, "0.1"), (62.5, "62.5"), (100, "100.0"), (33.35 - 1e-14, "33.4"),
     (0.0, "0.0"), (-0.01, "0.0"), (49.94, "49.9")],
)  # fmt: skip
def test_one_decimal_rounds_halves_up(number: float, shown: str) -> None:
    assert one_decimal(number) == shown
