from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from onroll.office.web.components import Badge, ClockFace, CountedDay, Link, Moment, Row
from onroll.office.web.templatetags import onroll

TODAY = date(2026, 3, 5)


def drawn(source: str, path: str = "/cases/", **context: object) -> str:
    template = engines["django"].from_string("{% load onroll %}" + source)
    return template.render(context, RequestFactory().get(path))


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (date(2026, 3, 5), "today"),
        (date(2026, 3, 4), "yesterday"),
        (date(2026, 3, 6), "tomorrow"),
        (date(2026, 2, 20), "13 days ago"),
        (date(2026, 2, 19), "2 weeks ago"),
        (date(2026, 3, 19), "in 2 weeks"),
        (date(2025, 9, 5), "6 months ago"),
        (date(2023, 3, 5), "3 years ago"),
        (None, ""),
    ],
)
def test_how_long_ago_is_said_from_the_day_given(on: date | None, says: str) -> None:
    assert onroll.ago(on, TODAY) == says


@pytest.mark.parametrize(
    ("at", "says"),
    [
        (datetime(2026, 3, 5, 14, 5, tzinfo=UTC), "5 March 2026 at 2:05pm"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2 July 2026 at 12:30am"),
        (datetime(2026, 3, 5, 12, 0, tzinfo=UTC), "5 March 2026 at midday"),
    ],
)
def test_an_instant_is_written_as_london_clocks_showed_it(at: datetime, says: str) -> None:
    assert onroll.moment(at) == says


def test_dates_are_written_as_people_write_them() -> None:
    assert onroll.day(TODAY) == "5 March 2026"
    assert onroll.short_day(TODAY) == "5 Mar 2026"
    assert onroll.weekday(TODAY) == "Thursday 5 March 2026"


def test_a_pupil_number_is_spaced_for_the_eye_and_escaped() -> None:
    assert onroll.upn("H801200001001").count("<span>") == 4
    assert "<b>" not in onroll.upn("<b>")


def test_changing_one_part_of_the_address_keeps_the_others() -> None:
    html = drawn("{% query page=3 state=None %}", "/cases/?state=open&sort=-due&page=2")

    assert html == "?sort=-due&amp;page=3"


@pytest.mark.parametrize(
    ("path", "state", "target"),
    [
        ("/cases/", "none", "?sort=due"),
        ("/cases/?sort=due&page=4", "ascending", "?sort=-due"),
        ("/cases/?sort=-due", "descending", "?sort=due"),
    ],
)
def test_a_heading_says_how_it_is_sorted_and_turns_it_round(
    path: str, state: str, target: str
) -> None:
    html = drawn('{% sort_header "due" "Due" %}', path)

    assert f'aria-sort="{state}"' in html
    assert f'href="{target}"' in html


def test_pages_keep_the_filters_and_say_how_many_there_are() -> None:
    page = Paginator(range(95), 10).get_page(2)

    html = drawn('{% pagination page "children" %}', "/cases/?state=open", page=page)

    assert "11 to 20 of 95 children" in html
    assert "?state=open&amp;page=3" in html
    assert 'aria-current="page"' in html


@pytest.mark.parametrize(
    "source",
    [
        "{% badge value %}",
        "{% empty value value %}",
        "{% card value %}{{ value }}{% endcard %}",
        "{% scroll value %}{{ value }}{% endscroll %}",
        "{% more value %}{{ value }}{% endmore %}",
        "{% notice 'danger' %}{{ value }}{% endnotice %}",
        "{% link_button value value %}",
        "{% post_button value value ref=value %}",
        "{% summary rows %}",
        "{% timeline moments %}",
        "{% clock face %}",
        "{{ value|upn }}{{ value|nhs }}{{ value|or_missing }}",
        "{% sort_header value value %}",
    ],
)
def test_no_component_lets_markup_through(source: str) -> None:
    nasty = "\"'><img src=x onerror=alert(1)>"

    html = drawn(
        source,
        value=nasty,
        rows=[Row(nasty, nasty, nasty, Link(nasty, nasty))],
        moments=[Moment(TODAY, nasty, nasty, nasty, badges=[Badge(nasty)])],
        face=ClockFace(
            nasty,
            "overdue",
            nasty,
            TODAY,
            nasty,
            TODAY,
            nasty,
            nasty,
            1,
            [CountedDay(TODAY, why=nasty)],
            nasty,
            nasty,
            nasty,
        ),
    )

    assert "<img" not in html
    assert "&lt;img" in html


def test_a_clock_says_in_words_what_its_colour_says() -> None:
    face = ClockFace("Home visit", "overdue", "Overdue by 3 days", date(2026, 3, 2))

    html = drawn("{% clock face working=False %}", face=face)

    assert "Overdue by 3 days" in html
    assert "2 Mar 2026" in html
