"""Finding and adding children, where they stood on a day, and two people at one record."""

import re
from collections.abc import Callable
from datetime import timedelta

from onroll.office.kernel import clock
from tests.journeys.office import Visitor, a_name

Enter = Callable[..., Visitor]


def _somebody_with_a_case(person: Visitor) -> str:
    """Open the first case of the list, and from it the child; give back the child's name."""
    person.page.goto("/cases/")
    name = person.page.locator("main .onroll-name").first.inner_text()
    person.follow(name)
    person.page.locator("main").get_by_role("link", name=name).first.click()
    return name


def test_nobody_can_add_a_child_without_having_searched(visitor: Enter) -> None:
    officer = visitor("coordinator")
    known = _somebody_with_a_case(officer)

    officer.page.goto("/children/add/")
    officer.reads("Find a child", "Whom are you looking for?")
    assert not officer.page.get_by_role("button", name="Add a child").count()

    _search(officer, known)
    officer.reads("Why it matched").look("find known").press("None of these: add a child")
    officer.choose("Is the date of birth exact?", "Not known").press("Add the child")
    officer.reads("may be the same child", "of 100").look("add a possible match")
    assert officer.page.get_by_role("link", name="Open this record").count()

    family = a_name("Farthing")
    _search(officer, f"Isolde {family}")
    officer.reads("Nobody found").look("find nobody").press("Add a child")
    officer.reads("Add a child").look("add a child")
    assert officer.page.get_by_label("Family name").input_value() == family
    officer.choose("Is the date of birth exact?", "Not known")
    officer.page.locator("input[name=searched]").evaluate("box => box.value = 'nobody searched'")
    officer.expects.add(403)
    officer.press("Add the child")
    officer.reads("Search for the child before adding a record").look("add without a search")

    _search(officer, f"Isolde {family}")
    officer.press("Add a child").choose("Is the date of birth exact?", "Not known")
    officer.press("Add the child").reads("The record has been saved").look("added")
    officer.press("Open the record").reads(f"Isolde {family}")
    _search(officer, f"{family} isolde")
    officer.reads(f"Isolde {family}", "1 child found")
    officer.is_content()


def _search(officer: Visitor, text: str) -> None:
    officer.page.goto("/children/")
    officer.page.locator("#id_q").fill(text)
    officer.press("Find")
    officer.page.get_by_role("button", name="add a child").wait_for()


def test_standing_on_a_past_day_as_known_then_and_now(visitor: Enter) -> None:
    today = clock.today()
    yesterday, then = today - timedelta(days=1), today - timedelta(days=30)
    manager = visitor("manager")
    manager.page.goto("/cases/?state=tracing")
    _somebody_missing(manager, then.isoformat())
    child = manager.page.url.split("?")[0]

    manager.go(f"{child}?on={then}", "standing then").reads("Standing on", "Missing education")
    manager.page.goto(f"{child}education/enrol/")
    manager.choose("Has the child started there?", "Yes, the child has started")
    manager.choose_first("School")
    manager.date("Starting day", then - timedelta(days=10)).look("enrol").press("Save")
    manager.reads("On roll").look("education edit")

    manager.go(f"{child}?on={then}&known_on={yesterday}", "standing as known then")
    manager.reads(f"As known on {yesterday.day} {yesterday:%B %Y}.", "Missing education")
    manager.reads("Now known to have been: On a school roll")
    manager.go(f"{child}?on={then}", "standing as known now")
    card = manager.page.locator("#standing").inner_text()
    assert "On a school roll" in card
    assert "Missing education" not in card
    manager.is_content()


def _somebody_missing(person: Visitor, day: str) -> None:
    """Find a child who missed education on a day and is missing still, from the list of cases."""
    cases = person.page.locator("main .onroll-name").evaluate_all(
        "links => links.map(link => link.href)"
    )
    for case in cases:
        person.page.goto(case)
        person.page.locator("main .onroll-child__name a").first.click()
        person.page.goto(f"{person.page.url.split('?')[0]}?on={day}")
        if "Missing education" in person.page.locator("#standing").inner_text():
            return
    raise AssertionError("nobody at Ashcombe missed education on that day")


def test_the_second_of_two_officers_sees_both_versions(visitor: Enter) -> None:
    coordinator, manager = visitor("coordinator"), visitor("manager")
    _somebody_with_a_case(coordinator)
    coordinator.follow("Change")
    manager.page.goto(coordinator.page.url)

    coordinator.fill("Ethnicity", "WIRI").press("Save")
    manager.expects.add(409)
    manager.fill("Ethnicity", "WOTW").press("Save")

    manager.reads("Saved by your colleague", "What you entered", "WIRI", "WOTW")
    manager.look("two versions").press("Open it as it is now")
    assert manager.page.get_by_label("Ethnicity").input_value() == "WIRI"
    for person in (coordinator, manager):
        person.is_content()


def test_a_child_whom_nobody_followed_is_taken_up(visitor: Enter) -> None:
    coordinator = visitor("coordinator")
    coordinator.go("/", "my work coordinator").follow("Missing, with no case")
    coordinator.look("missing with no case")
    name = coordinator.page.locator("main tbody th a").first.inner_text()
    row = coordinator.page.locator("main tbody tr").first

    row.get_by_role("button", name=re.compile("^I look into it")).click()
    coordinator.reads("You look into 1 child", "Priya Mistry")
    coordinator.page.locator("main tbody tr").filter(has_text=name).first.get_by_role(
        "link", name="Open a case"
    ).click()
    coordinator.choose("Kind of case", "Missing education").look("open a case")
    coordinator.press("Open the case").reads(name, "Missing education case", "Nobody yet")

    coordinator.page.goto("/cases/none/")
    assert name not in coordinator.page.locator("main").inner_text()
    coordinator.is_content()
