"""Charts say in their table what they draw, and a page stands alone."""

import re

from onroll.charts.bars import Bar, bars
from onroll.charts.page import page, paragraph, section, table
from tests.charts.balance import faults, table_of


def test_every_figure_of_a_chart_stands_in_its_table_too() -> None:
    drawn = bars(
        "By cause", [Bar("Newly arrived", 12, "12", "Ask admissions."), Bar("Old", 0, "0")]
    )

    assert all(
        says in table_of(drawn) for says in ("Newly arrived", "12", "Ask admissions.", "Old")
    )
    assert drawn.count("<svg") == drawn.count('aria-hidden="true"') == 2
    assert faults(drawn) == []


def test_the_longest_bar_is_the_greatest_and_nothing_has_no_length() -> None:
    drawn = bars("Sizes", [Bar("a", 50, "50"), Bar("b", 100, "100"), Bar("c", 0, "0")])

    widths = [float(share) for share in re.findall(r'<rect [^>]*width="([0-9.]+)%"', drawn)]
    assert widths[1] == 2 * widths[0]
    assert widths[2] == 0


def test_a_chart_of_nothing_says_so() -> None:
    assert "There is nothing to show." in bars("By cause", [])


def test_a_page_fetches_nothing_and_shows_what_was_typed_as_it_was_typed() -> None:
    made = page(
        "<b>Bold</b>",
        "A & B",
        [section("One", paragraph("<script>1</script>"), table("T", ["x"], [["<i>"], ["2"]]))],
    )

    assert "<script" not in made
    assert "<i>" not in made
    assert "&lt;b&gt;Bold" in made
    assert "default-src &#x27;none&#x27;" in made or "default-src 'none'" in made
    assert "http" not in made.replace("http-equiv", "")
    assert faults(made.removeprefix("<!doctype html>")) == []
