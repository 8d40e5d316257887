"""The working of a case's clocks, on paper and in a letter."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.accounts.models import Authority, LocalRules
from onroll.office.casework.models import Case
from onroll.office.casework.queries import letters
from onroll.office.cme import actions as cme
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.schools.models import Calendar, School
from tests import actors

TODAY = actors.TODAY


@pytest.fixture
def supposed(case: Case, alice: Actor) -> Case:
    """A case whose child has been away without a word since Monday 5 January 2026."""
    year = Calendar.objects.create(year=2025)
    year.terms.create(first=date(2025, 9, 3), last=date(2025, 12, 19))
    year.terms.create(first=date(2026, 1, 5), last=date(2026, 3, 27))
    year.terms.create(first=date(2026, 4, 13), last=date(2026, 7, 21))
    year.days.create(on=date(2026, 1, 9), why="closure")
    cme.record_absence(case=case, absent_from=date(2026, 1, 5), by=alice)
    case.refresh_from_db()
    return case


@pytest.fixture
def local_rules(db: None) -> None:
    Authority.objects.update_or_create(
        pk=1, defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"}
    )
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))


def test_every_day_of_a_clock_is_on_the_page_that_is_printed(
    supposed: Case, alice: Actor, as_: Callable[[Actor], Client]
) -> None:
    answer = as_(alice).get(reverse("casework:case_clocks", args=[supposed.ref]))

    told = answer.content.decode()
    regions = re.findall(r'role="region" aria-label="([^"]*)"', told)
    assert regions
    assert len(regions) == len(set(regions))  # each working is reached by a name of its own
    assert "Monday 5 January 2026" in told
    assert "Not counted: school closed" in told
    # 20 school days from 5 January, 9 January shut: 4 + 5 + 5 + 5 and the Monday after.
    assert "Monday 2 February 2026" in told
    assert "SI 2024/208 reg 9(1)(i)" in told
    # If the day of the closure counts, the twentieth is the Friday before.
    assert "If it counts, the day is 30 January 2026." in told


def test_bob_sees_no_clock_of_another_team_and_mallory_finds_nothing(
    supposed: Case, bob: Actor, mallory: Actor, as_: Callable[[Actor], Client]
) -> None:
    address = reverse("casework:case_clocks", args=[supposed.ref])

    assert as_(bob).get(address).status_code == 404
    assert as_(mallory).get(address).status_code == 404


def test_a_letter_can_say_how_its_deadline_was_counted(
    local_rules: None, supposed: Case, school: School, alice: Actor
) -> None:
    recipient = letters.school_recipient(school.pk)

    values = letters.values_for(supposed, recipient, by=alice, on=supposed.notified_on)

    assert values["deadline"]
    assert values["deadline"] in values["deadline_working"]
    assert "Ashcombe Council (fictional)" in values["deadline_working"]


def test_a_letter_about_a_sealed_child_tells_no_term_dates(
    local_rules: None, supposed: Case, school: School, alice: Actor
) -> None:
    people.seal(child=supposed.child, reason="Court order", by=actors.erin(), on=TODAY)

    values = letters.values_for(
        supposed, letters.school_recipient(school.pk), by=alice, on=supposed.notified_on
    )

    assert "deadline_working" not in values
