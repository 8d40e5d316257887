"""Lines break at gaps, their names keep apart, and the table says every value."""

import re
from itertools import pairwise

import pytest

from onroll.charts.lines import Line, Note, apart, lines
from onroll.charts.scale import Comparator, axis
from tests.charts.balance import faults, table_of

MONTHS = ("Sep", "Oct", "Nov", "Dec", "Jan")


def test_the_table_says_every_value_and_a_sentence_the_level_and_the_notes() -> None:
    drawn = lines(
        "Absence",
        MONTHS,
        [Line("All", (6.1, 6.2, None, 6.4, 7.0)), Line("SEN", (8.0, 8.1, 8.2, 8.3, 8.4))],
        beside=Comparator("England", 6.9),
        notes=[Note("Nov", "rules changed")],
    )

    cells = re.findall(r"<td[^>]*>([^<]*)</td>", table_of(drawn))
    assert cells == [
        "6.1%", "8.0%", "6.2%", "8.1%", "no figure", "8.2%", "6.4%", "8.3%", "7.0%", "8.4%",
    ]  # fmt: skip
    assert "<li>England: 6.9%</li>" in drawn
    assert "<li><b>A</b> Nov: rules changed</li>" in drawn
    assert faults(drawn) == []


def test_a_gap_breaks_the_line_and_a_lone_point_still_shows() -> None:
    drawn = lines("Absence", MONTHS, [Line("All", (6.0, 6.5, None, 7.0, None))])

    stretches = re.findall(r'points="([^"]*)"', drawn)
    assert [len(points.split()) for points in stretches] == [2]
    assert re.search(r'<svg x="75.00%" y="[\d.]+" class="mark">', drawn)


def test_names_at_the_end_of_lines_never_overlap() -> None:
    drawn = lines(
        "Absence",
        MONTHS,
        [Line(f"Group {n}", (5.0, 5.0, 5.0, 5.0, 5.0 + n / 100)) for n in range(5)],
        beside=Comparator("England", 5.0),
    )

    places = [float(y) for y in re.findall(r'<text x="28" y="([\d.]+)" class="more">', drawn)]
    assert len(places) == 6
    assert all(below - above >= 16.9 for above, below in pairwise(places))


@pytest.mark.parametrize("wanted", [[0, 0, 0], [100, 100, 100], [50, 51, 99], [10, 40, 80], []])
def test_places_keep_their_distance_between_top_and_bottom(wanted: list[float]) -> None:
    places = apart(wanted, 17, 8, 92)

    assert all(8 <= place <= 92 for place in places)
    assert all(low + 17 <= high for low, high in pairwise(places))


@pytest.mark.parametrize("values", [(0.0,), (4.0,), tuple(90 + n % 9 for n in range(200))])
def test_one_point_and_two_hundred_and_nothing_but_nought_are_drawn(
    values: tuple[float, ...],
) -> None:
    drawn = lines("Absence", [f"week {n}" for n in range(len(values))], [Line("All", values)])

    assert table_of(drawn).count('<th scope="row">') == len(values)
    assert drawn.count('class="middle') <= 5
    assert "nan" not in drawn
    assert faults(drawn) == []


@pytest.mark.parametrize(
    ("low", "high"),
    [(0, 0), (7, 7), (100, 100), (0, 100), (91.2, 98.7), (0.1, 0.13), (3, 123_456), (-4, 9)],
)
def test_an_axis_has_three_to_five_round_ticks_around_its_values(low: float, high: float) -> None:
    ticks = axis(low, high).ticks

    assert 3 <= len(ticks) <= 5
    assert ticks[0] <= low <= high <= ticks[-1]
    assert ticks[-1] <= 100 or high > 100


def test_lines_that_are_too_many_or_too_short_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 5"):
        lines("Absence", ["Sep"], [Line(str(n), (1.0,)) for n in range(6)])
    with pytest.raises(ValueError, match="for each label"):
        lines("Absence", MONTHS, [Line("All", (1.0,))])


def test_lines_without_any_value_say_so_and_names_are_escaped() -> None:
    drawn = lines("<b>", ["<i>"], [Line("<u>", (1.0,))], notes=[Note("<i>", "<s>")])

    assert "There is nothing to show." in lines("Absence", ["Sep"], [Line("All", (None,))])
    assert not re.search(r"<[bisu]>(?!A)", drawn)
    assert "style=" not in drawn
