"""The Rank page without a browser: what Python says beside the live ranking."""

from tests.views.conftest import Open, state_of


def said(page: object) -> str:
    return " ".join(c.value for c in page.caption)  # type: ignore[attr-defined]


def test_it_opens_on_the_sample_under_the_published_weights(open_page: Open) -> None:
    page = open_page("rank")
    assert page.title[0].value == "Ranked intentions"
    assert "illustrative scores" in said(page)
    assert "Strategic Alignment 25.0%" in said(page)
    assert "These are the published weights." in said(page)


def test_changed_weights_are_compared_with_the_published_ones(open_page: Open) -> None:
    page = open_page("rank")
    state_of(page).set_weights({"impact": 80})
    page.run()
    assert "Impact 50.0%" in said(page)
    assert "These are the published weights." not in said(page)


def test_news_to_the_browser_are_no_mapping_for_which_pandas_would_be_imported(
    open_page: Open,
) -> None:
    sent = [part.proto.json for part in open_page("rank").get("bidi_component")]
    news = [text for text in sent if '"part"' in text]
    assert len(news) == 2
    assert all(text.startswith("[") for text in news)


def test_the_list_is_handed_to_the_browser(open_page: Open) -> None:
    page = open_page("rank")
    assert len(page.get("bidi_component")) >= 1
