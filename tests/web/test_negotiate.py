import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.negotiate import HTML, JSON, TURTLE, best

OFFERS = (JSON, HTML, TURTLE)


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("text/turtle", TURTLE),
        ("TEXT/Turtle", TURTLE),
        ("text/*", HTML),
        ("text/html;q=0.5, text/turtle;q=0.9", TURTLE),
        ("text/html;q=0, text/*", TURTLE),
        ("application/json;q=0, */*;q=0.1", HTML),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
        ("text/turtle;charset=utf-8", TURTLE),
        ("image/png", None),
        ("*/*;q=0", None),
        ("text/html;q=nonsense", None),
    ],
)
def test_the_best_offer_wins(accept, chosen):
    assert best(accept, OFFERS) == chosen


@given(st.text())
def test_no_header_breaks_it(accept):
    assert best(accept, OFFERS) in {*OFFERS, None}
