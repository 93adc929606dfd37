"""Text from a spreadsheet is shown as it is, never obeyed."""

import pytest

from views.explanation import plain


@pytest.mark.parametrize(
    "text",
    ["Column E: Q7", "team a.xlsx, Intentions!F7 (Cost)", "Segment 2: efficiency, ICB", "62.5 to 70",
     "A-01", "5% + 3%", "-5"],
)  # fmt: skip
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("**bold**", r"\*\*bold\*\*"),
        ("<script>", r"\<script\>"),
        ("[x](http://a.b)", r"\[x\](http\://a.b)"),
        (":red[x]", r"\:red\[x\]"),
        (":smile:", r"\:smile:"),
        (":material/home:", r"\:material/home:"),
        ("$x$", r"\$x\$"),
        ("www.a.b", r"www\.a.b"),
        ("a@b.c", r"a\@b.c"),
        ("# heading", r"\# heading"),
        ("- list", r"\- list"),
        ("1. list", r"1\. list"),
        ("a\nb", "a b"),
    ],
)
def test_what_would_mean_something_is_escaped(text: str, escaped: str) -> None:
    assert plain(text) == escaped
