"""Intervals, years of marks and shares are rows: a drawing, and the same in words."""

import re
from datetime import date, timedelta

import pytest

from onroll.charts.figure import Html
from onroll.charts.heat import Kind, Session, heat
from onroll.charts.intervals import HIGHER, LOWER, Interval, intervals
from onroll.charts.scale import Comparator
from onroll.charts.stacked import Whole, stacked
from tests.charts.balance import faults, table_of

MEAN = Comparator("all schools", 7.0)
MONDAY = date(2026, 9, 7)


def cells(html: str) -> list[list[str]]:
    rows = table_of(html).partition("<tbody>")[2].split("</tr>")[:-1]
    return [re.findall(r"<td(?! class=\"drawn)[^>]*>([^<]*)</td>", row) for row in rows]


def test_only_an_interval_wholly_beyond_the_line_is_marked_in_words_and_by_shape() -> None:
    drawn = intervals(
        "Absence by school",
        [
            Interval("Ash", 9.0, 7.1, 10.9, 1204),
            Interval("Elm", 8.0, 7.0, 9.0, 60),
            Interval("Oak", 5.0, 4.0, 6.9, 300),
        ],
        MEAN,
    )

    assert cells(drawn) == [
        ["9.0%", "7.1% to 10.9%", "1,204", HIGHER],
        ["8.0%", "7.0% to 9.0%", "60", "Within chance"],
        ["5.0%", "4.0% to 6.9%", "300", LOWER],
    ]
    body = table_of(drawn).partition("<tbody>")[2]
    assert re.findall(r"<tr(?: class=\"(\w+)\")?>", body) == ["higher", "", "lower"]
    assert len(set(re.findall(r'class="mark">(<[^>]*>)', body))) == 3
    assert faults(drawn) == []


def test_a_hundred_and_fifty_schools_have_a_row_each_and_long_names_are_cut() -> None:
    drawn = intervals("Schools", [Interval("S" * 200, n, n, n, 1) for n in range(150)], MEAN)

    assert len(cells(drawn)) == 150
    assert "S" * 49 not in drawn


def marks(*given: tuple[int, bool, str, Kind]) -> list[Session]:
    return [Session(MONDAY + timedelta(day), pm, code, kind) for day, pm, code, kind in given]


def test_a_week_says_what_was_possible_what_was_missed_and_which_codes_when() -> None:
    drawn = heat(
        "Marks",
        marks(
            (0, False, "I", Kind.AUTHORISED), (0, True, "I", Kind.AUTHORISED),
            (1, False, "/", Kind.PRESENT), (1, True, "O", Kind.UNAUTHORISED),
            (2, False, "L", Kind.PRESENT), (2, True, "\\", Kind.PRESENT),
            (3, False, "B", Kind.APPROVED), (3, True, "Y1", Kind.NOT_POSSIBLE),
            (4, False, "-", Kind.NO_MARK), (7, False, "/", Kind.PRESENT),
        ),
        {"I": "Illness", "V": "Visit"},
    )  # fmt: skip

    assert cells(drawn) == [
        ["7", "3", "I Mon; O Tue pm; L Wed am; B Thu am; Y1 Thu pm; No mark Fri am"],
        ["1", "0", ""],
    ]
    assert '<th scope="row">7 Sep 2026</th>' in drawn
    assert '<th scope="row">14 Sep</th>' in drawn
    assert "<b>I</b> Illness" in drawn
    assert "Visit" not in drawn
    assert faults(drawn) == []


def test_every_kind_of_session_has_a_shape_of_its_own_and_keeps_its_letter() -> None:
    shapes = {}
    for kind in Kind:
        drawn = table_of(heat("Marks", marks((0, False, "Q", kind))))
        cell = drawn.partition(f'<g class="{kind}">')[2].partition("</g>")[0]
        shapes[kind] = re.sub(r"<text.*?</text>", "", cell)
        assert (">Q</text>" in cell) is (kind is not Kind.NO_MARK)

    alike = {Kind.UNAUTHORISED, Kind.NOT_POSSIBLE}  # One shape: filled dark, and filled pale.
    assert len(set(shapes.values())) == len(Kind) - 1
    assert len({shapes[kind] for kind in alike}) == 1


def test_shares_of_each_group_fill_its_bar_and_nobody_has_no_figure() -> None:
    drawn = stacked(
        "Sessions", ["Present", "Missed"], [Whole("Year 7", (30, 10)), Whole("Year 8", (0, 0))]
    )

    assert cells(drawn) == [["75.0%", "25.0%"], ["no figure", "no figure"]]
    assert '<rect x="75.00%" y="15%" width="25.00%"' in drawn
    with pytest.raises(ValueError, match="a part for each name"):
        stacked("Sessions", ["Present"], [Whole("Year 7", (1, 2))])


HOSTILE = "<script>&"


@pytest.mark.parametrize(
    ("full", "empty"),
    [
        (
            intervals(HOSTILE, [Interval(HOSTILE, 1, 1, 1, 1)], Comparator(HOSTILE, 1)),
            intervals("Schools", [], MEAN),
        ),
        (
            heat(HOSTILE, marks((0, False, HOSTILE, Kind.AUTHORISED)), {HOSTILE: HOSTILE}),
            heat("Marks", marks((5, False, "/", Kind.PRESENT))),
        ),
        (
            stacked(HOSTILE, [HOSTILE], [Whole(HOSTILE, (1,))], HOSTILE),
            stacked("Sessions", ["Present"], []),
        ),
    ],
)
def test_what_was_typed_is_escaped_nothing_is_said_and_no_style_stands_inline(
    full: Html, empty: Html
) -> None:
    assert "<script" not in full
    assert "&lt;script&gt;&amp;" in full
    assert "style=" not in full
    assert full.__html__() == full
    assert "There is nothing to show." in empty
    assert faults(full) == []
