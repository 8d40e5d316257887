"""The screens of schools, calendars and a child's education, for who may and who may not."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from onroll.office.accounts.models import Locality
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.schools import actions, queries
from onroll.office.schools.models import (
    Calendar,
    Enrolment,
    Offer,
    School,
    SchoolContact,
    SchoolLocality,
    Vacancy,
)
from onroll.office.schools.views.directory import school_year
from tests import actors
from tests.schools.conftest import terms

SEPTEMBER = date(2025, 9, 3)


@pytest.fixture
def browser(alice: Actor) -> Client:
    return actors.signed_in(alice)


@pytest.fixture
def manager(mina: Actor) -> Client:
    return actors.signed_in(mina)


@pytest.fixture
def entry(amelia: Child, oak: School, alice: Actor) -> Enrolment:
    return actions.enrol(child=amelia, school=oak, starts_on=SEPTEMBER, by=alice)


def day(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}_day": str(on.day),
        f"{name}_month": str(on.month),
        f"{name}_year": str(on.year),
    }


def text(browser: Client, url: str, status: int = 200) -> str:
    answer = browser.get(url)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(browser: Client, url: str, given: dict[str, str]) -> None:
    answer = browser.post(url, given)
    assert answer.status_code == 302, answer.content.decode()


def test_the_directory_is_searched_and_filtered(browser: Client, oak: School, elm: School) -> None:
    School.objects.create(urn=1, name="Far School", la_code="998", status="Open")
    School.objects.create(urn=2, name="Old School", la_code="999", status="Closed")

    everything = text(browser, "/schools/")

    assert "Oak Academy" in everything
    assert "Elm Primary School" in everything
    assert "Far School" not in everything
    assert "Old School" not in everything
    assert "Oak Academy" not in text(browser, "/schools/?phase=Primary")
    assert "Oak Academy" in text(browser, "/schools/?text=999/4001")
    assert "Far School" in text(browser, "/schools/?area=any")
    assert "Old School" in text(browser, "/schools/?standing=closed")


def test_a_schools_page_lists_its_roll_and_the_look_is_journalled(
    browser: Client, entry: Enrolment, amelia: Child, oak: School
) -> None:
    shown = text(browser, f"/schools/{oak.pk}/")

    assert "Amelia Khan" in shown
    assert "3 gaps" not in shown
    assert "Term dates needed" in shown
    assert Event.objects.filter(verb="children.viewed", children__contains=[amelia.pk]).exists()


def test_a_school_user_sees_the_schools_own_pupils_and_no_others(
    entry: Enrolment, child_of: Callable[..., Child], oak: School, elm: School, alice: Actor
) -> None:
    other = child_of("Stranger")
    actions.enrol(child=other, school=elm, starts_on=SEPTEMBER, by=alice)
    ours = actors.signed_in(actors.person("Ola", "school_user", school=oak.pk))

    assert "Amelia Khan" in text(ours, f"/schools/{oak.pk}/")
    assert "Stranger" not in text(ours, f"/schools/{elm.pk}/")


def test_bob_sees_the_school_and_none_of_its_children(entry: Enrolment, oak: School) -> None:
    shown = text(actors.signed_in(actors.bob()), f"/schools/{oak.pk}/")

    assert "Oak Academy" in shown
    assert "Amelia" not in shown


def test_gaps_among_contacts_are_listed_and_filled(
    manager: Client, oak: School, elm: School
) -> None:
    assert "2 of 2 open schools" in text(manager, "/schools/gaps/")
    given = {"role": "attendance_lead", "name": "Sam Example", "telephone": "01632 960123"}

    sent(manager, f"/schools/{oak.pk}/contacts/add/", given | day("starts_on", SEPTEMBER))
    contact = SchoolContact.objects.as_known().get()
    sent(
        manager,
        f"/schools/contacts/{contact.pk}/",
        {"name": "Sam Example", "email": "s@example.org"},
    )
    corrected = SchoolContact.objects.as_known().get()
    assert "s@example.org" in text(manager, f"/schools/{oak.pk}/")
    sent(manager, f"/schools/contacts/{corrected.pk}/end/", day("on", date(2026, 3, 5)))

    assert SchoolContact.objects.as_known().get().ends_on == date(2026, 3, 5)


def test_locality_and_places_free_are_recorded(manager: Client, oak: School) -> None:
    east = Locality.objects.create(name="East")
    given = {"locality": str(east.pk)} | day("on", SEPTEMBER)

    sent(manager, f"/schools/{oak.pk}/locality/", given)
    free = {"year_group": "7", "places": "3"} | day("on", SEPTEMBER)
    sent(manager, f"/schools/{oak.pk}/vacancies/", free)
    sent(manager, f"/schools/{oak.pk}/vacancies/", free | {"places": "2"})

    assert SchoolLocality.objects.as_known().get().locality == east
    assert Vacancy.objects.as_known().get().places == 2
    assert "Oak Academy" in text(manager, f"/schools/?locality={east.pk}")


def test_a_calendar_is_entered_shown_and_changed(manager: Client, oak: School) -> None:
    given = {"terms": "6", "days": "1", "version": ""}
    for i, term in enumerate(terms(2026)):
        given |= {
            f"term_{i}_name": term.name,
            f"term_{i}_first": f"{term.first:%d/%m/%Y}",
            f"term_{i}_last": f"{term.last:%d/%m/%Y}",
        }
    given |= {"day_0_on": "3 September 2026", "day_0_why": "inset"}

    sent(manager, "/schools/term-dates/2026/edit/", given)
    shown = text(manager, f"/schools/{oak.pk}/term-dates/2026/")
    assert "these are the authority’s" in shown
    assert "INSET day" in shown
    sent(manager, f"/schools/{oak.pk}/term-dates/2026/edit/", given)
    assert Calendar.objects.filter(school=oak).exists()
    stale = manager.post("/schools/term-dates/2026/edit/", given)
    assert stale.status_code == 409
    sent(manager, "/schools/term-dates/2026/edit/", given | {"version": "1"})
    sent(manager, f"/schools/{oak.pk}/term-dates/2026/drop/", {})

    assert Calendar.objects.as_known().get().version == 2
    assert "Entered" in text(manager, "/schools/term-dates/")


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2026, 8, 1), 2025), (date(2026, 8, 31), 2025), (date(2026, 9, 1), 2026)],
)
def test_the_school_year_of_the_screens_turns_in_september_as_in_law(
    today: date, year: int
) -> None:
    assert school_year(today) == year


def test_a_calendar_that_cannot_be_keeps_what_was_typed(manager: Client, db: None) -> None:
    given = {"terms": "1", "days": "1", "term_0_first": "3/9/2026", "day_0_why": "inset"}

    answer = manager.post("/schools/term-dates/2026/edit/", given)

    assert answer.status_code == 200
    assert "Enter the last day of term 1" in answer.content.decode()
    assert "Enter the date of day 1" in answer.content.decode()
    assert "3/9/2026" in answer.content.decode()
    assert not Calendar.objects.as_known().exists()


def test_alice_records_an_application_an_offer_a_start_and_a_leaving(
    browser: Client, amelia: Child, oak: School, elm: School, alice: Actor
) -> None:
    home = f"/children/{amelia.ref}/education/"
    march = date(2026, 3, 5)

    sent(
        browser,
        f"{home}apply/",
        {"school": str(oak.pk), "preference": "1"} | day("applied_on", march),
    )
    sent(browser, f"{home}offer/", {"other_school": "999/4001"} | day("offered_on", march))
    offer = Offer.objects.as_known().get()
    answer = {"answer": "accepted"} | day("on", march) | day("starts_on", date(2026, 3, 9))
    sent(browser, f"{home}{offer.pk}/answer/", answer)
    expected = Enrolment.objects.as_known().get()
    assert "Expected, not started" in text(browser, home)
    sent(browser, f"{home}{expected.pk}/start/", day("on", date(2026, 3, 10)))
    started = Enrolment.objects.as_known().get()
    sent(
        browser,
        f"{home}{started.pk}/correct/",
        {"status": "C", "year_group": "7"} | day("starts_on", date(2026, 3, 9)),
    )
    corrected = Enrolment.objects.as_known().get()
    leaving = {"ground": "g", "departure": "school", "destination_school": "900002"}
    sent(browser, f"{home}{corrected.pk}/leave/", leaving | day("on", date(2026, 7, 21)))

    [line] = queries.education(amelia, by=alice, on=date(2026, 8, 1)).enrolments
    assert (line.fact.destination_school, line.fact.year_group) == (elm, 7)
    assert line.ends_on == date(2026, 7, 21)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Select a school, or name another"),
        ({"other_school": "Nowhere"}, "“Nowhere” is not a school that is known here"),
        ({"other_school": "Oak"}, "Did you mean Oak Academy (900001)?"),
        (day("starts_on", date(2012, 1, 1)) | {"other_school": "900001"}, "too young then"),
        (
            {"starts_on_day": "31", "starts_on_month": "2", "starts_on_year": "2026"},
            "must be a real date",
        ),
    ],
)
def test_what_cannot_be_is_told_beside_the_question(
    browser: Client, amelia: Child, oak: School, given: dict[str, str], says: str
) -> None:
    whole = {"is_expected": "no", "status": "C"} | day("starts_on", SEPTEMBER) | given

    answer = browser.post(f"/children/{amelia.ref}/education/enrol/", whole)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Enrolment.objects.exists()


PATHS = [
    "",
    "enrol/",
    "apply/",
    "offer/",
    "{pk}/start/",
    "{pk}/leave/",
    "{pk}/correct/",
    "{pk}/not-taken-up/",
]


@pytest.mark.parametrize("path", PATHS)
def test_bob_and_mallory_find_no_childs_education(
    entry: Enrolment, amelia: Child, path: str
) -> None:
    url = f"/children/{amelia.ref}/education/{path.format(pk=entry.pk)}"

    for stranger in (actors.bob(), actors.mallory()):
        assert actors.signed_in(stranger).get(url).status_code == 404


@pytest.mark.parametrize("path", PATHS[1:])
def test_dave_reads_a_childs_education_and_may_not_change_it(
    entry: Enrolment, amelia: Child, path: str
) -> None:
    browser = actors.signed_in(actors.dave())

    assert "Oak Academy" in text(browser, f"/children/{amelia.ref}/education/")
    text(browser, f"/children/{amelia.ref}/education/{path.format(pk=entry.pk)}", 403)


@pytest.mark.parametrize(
    "path",
    [
        "{school}/contacts/add/",
        "contacts/{contact}/",
        "contacts/{contact}/end/",
        "{school}/locality/",
        "{school}/vacancies/",
        "term-dates/2026/edit/",
        "{school}/term-dates/2026/edit/",
    ],
)
def test_who_may_not_edit_schools_is_refused(
    oak: School, mina: Actor, alice: Actor, path: str
) -> None:
    contact = actions.record_contact(
        school=oak, role="head", name="Sam Example", starts_on=SEPTEMBER, by=mina
    )
    url = "/schools/" + path.format(school=oak.pk, contact=contact.pk)

    for somebody in (alice, actors.mallory()):
        text(actors.signed_in(somebody), url, 403)


def test_another_childs_entry_is_not_found_under_this_child(
    browser: Client, entry: Enrolment, child_of: Callable[..., Child]
) -> None:
    other = child_of("Other")

    text(browser, f"/children/{other.ref}/education/{entry.pk}/leave/", 404)


def test_what_does_not_exist_is_not_found(manager: Client, db: None) -> None:
    for url in ("/schools/999999/", "/schools/contacts/999999/", "/schools/term-dates/1999/"):
        text(manager, url, 404)
