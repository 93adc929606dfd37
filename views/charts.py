"""Charts as every page shows them: words for who cannot see them, and a quiet button to download."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from views.take_away import take_chart


def show_chart(chart: Any, name: str, alt: str, scenario: str = "") -> None:
    """An Altair chart, or a Vega-Lite description, as wide as there is room.

    `name` is its title where it is downloaded, `alt` what it shows in words, `scenario` what it is
    about where that is not today's weights.
    """
    if isinstance(chart, Mapping):
        st.vega_lite_chart(dict(chart), width="stretch", theme=None, alt=alt)
        take_chart(lambda: chart, name, alt, scenario)
    else:
        st.altair_chart(chart, width="stretch", theme=None, alt=alt)
        take_chart(chart.to_dict, name, alt, scenario)
