"""From what somebody tells the council to a child back at school, as each of them sees it."""

import re
from collections.abc import Callable
from datetime import date

from onroll.office.kernel import clock
from tests.journeys.office import Visitor, a_name

Enter = Callable[..., Visitor]


def _tell(anybody: Visitor, *, given_names: str, family_name: str, **more: str) -> str:
    """Tell the council of a child by the public form; give back the receipt."""
    anybody.go("/tell-us/", "public start")
    anybody.choose(
        "Do you think the child is in danger, or is being hurt?",
        "Yes" if more.get("danger") else "No",
    ).press("Continue")
    if danger := more.get("danger"):
        anybody.look("public danger").press("Go on and tell us")
        anybody.fill("What is the danger?", danger)
    anybody.fill("First name", given_names).fill("Last name", family_name)
    anybody.fill("How old?", "about 9").fill("Where do they live?", more.get("address", ""))
    anybody.fill("Why do you think they are missing school?", "In the street all day since June")
    anybody.look("public questions").press("Continue")
    anybody.reads("Nothing has been sent yet", given_names, family_name, "since June")
    anybody.look("public check").press("Send")
    anybody.reads("Received", "What happens next").look("public receipt")
    found = re.search(r"receipt number\s+((?:[0-9A-Z]{4} ?)+)", anybody.page.inner_text("main"))
    assert found, "the receipt has no number"
    return found[1].strip()


def test_a_child_from_public_referral_to_place_secured(visitor: Enter) -> None:
    today = clock.today()
    neighbour = visitor(scripts=False)
    family = a_name("Quill")
    receipt = _tell(neighbour, given_names="Zephyrine", family_name=family)

    coordinator = visitor("coordinator")
    coordinator.go("/triage/", "triage").follow(f"Zephyrine {family}")
    coordinator.reads(receipt, "In the street all day since June", "Factor and why", "Points")
    coordinator.reads("No address and no destination were given.")
    coordinator.reads("Is this a child already known?", "Nobody known looks like this child")
    coordinator.choose("Safeguarding: what do you conclude?", "Something to watch")
    coordinator.fill("What did you look at, and why do you conclude so?", "No other record of her")
    coordinator.choose("Decision", "Accept into a new case")
    coordinator.choose("Whose case is it?", "A child not yet known: add from this referral")
    coordinator.choose("Kind of case", "Missing education")
    coordinator.look("triage decide").press("Record the decision")
    coordinator.reads(f"Zephyrine {family}", "Missing education case", "Something to watch")
    coordinator.reads("Nobody yet").look("case new")
    coordinator.follow("Give it to a key worker")
    coordinator.choose("Key worker", "Owen Garside").look("case allocate").press("Give the case")
    coordinator.reads("Owen Garside")

    officer = visitor("officer")
    officer.go("/", "my work").reads(f"Zephyrine {family}")
    officer.follow(f"Zephyrine {family}")
    case = officer.page.url
    officer.follow(f"Zephyrine {family}")
    _record_birth(officer, date(today.year - 9, 2, 11))
    officer.page.goto(case)
    _enquire(officer, today)
    _visit_home(officer, today)
    _conclude(officer)
    school = _secure_place(officer, today)
    officer.reads("Confirm the start").follow("Confirm the start")
    officer.date("When did the child start?", today)
    officer.fill("Who confirmed it?", "The office of the school").look("cme start").press("Save")
    officer.reads("On a school roll and started Ready").look("cme close")
    officer.choose("Outcome", "On a school roll and started").press("Close the case")
    officer.reads("Closed", "On a school roll and started").look("case closed")

    coordinator.page.goto(case)
    coordinator.follow(f"Zephyrine {family}")
    coordinator.reads("Standing today", "On a school roll", school).look("child on roll")
    coordinator.follow("Who has looked").reads("Owen Garside", "Priya Mistry").look("child looked")
    for person in (neighbour, coordinator, officer):
        person.is_content()


def _record_birth(officer: Visitor, born_on: date) -> None:
    officer.follow("Change")
    officer.date("Date of birth", born_on)
    officer.choose("Is the date of birth exact?", "As recorded")
    officer.look("child details").press("Save")
    officer.reads(f"{born_on.day} February {born_on.year}")


def _enquire(officer: Visitor, today: date) -> None:
    officer.follow("Enquiries").look("cme enquiries").press("Make an enquiry")
    officer.choose_first("Enquiry")
    officer.choose("Did the school make it?", "No").date("When was it made?", today)
    officer.fill("What was asked?", "Is she known to you, and where?").look("cme ask")
    officer.press("Record the enquiry").reads("Waiting")
    officer.page.locator("main tbody").first.get_by_role("link").first.click()
    officer.date("When did the answer come?", today).choose("Result", "Child located")
    officer.choose("How strong is it as evidence?", "Independent verification")
    officer.fill("What was learnt?", "Lives at 14 Elm Row").look("cme answer")
    officer.press("Record the answer").reads("Child located", "Independent verification")


def _visit_home(officer: Visitor, today: date) -> None:
    officer.follow("Overview").press("Record a contact")
    officer.date("When?", today).choose("How?", "Home visit").choose("With whom?", "The child")
    officer.choose("Result", "Spoke to them").choose("Was the child seen?", "Yes")
    officer.choose("Was the child spoken to?", "Yes")
    officer.choose("Was it arranged beforehand?", "No")
    officer.fill("What did the child say?", "I would like to go to school with my cousin.")
    officer.fill("What happened and what was learnt?", "Mother and child were at home.")
    officer.look("contact add").press("Save")
    officer.reads("I would like to go to school with my cousin.").look("case contacts")


def _conclude(officer: Visitor) -> None:
    officer.follow("Overview").follow("Conclude on whereabouts")
    officer.choose("Where is the child?", "Known, in this area").choose(
        "How sure is it?", "Confirmed by an independent source"
    )
    officer.fill("On what does it rest?", "Seen at home").look("cme whereabouts")
    officer.press("Record the conclusion")


def _secure_place(officer: Visitor, today: date) -> str:
    officer.follow("Record a place secured").look("cme secure")
    officer.choose("What is secured?", "A school place")
    school = officer.choose_first("School")
    officer.date("When was it secured?", today).date("When should the child start?", today)
    officer.look("cme secure filled").press("Record the place")
    officer.reads("Place secured", "not confirmed yet").look("case place secured")
    return school.rsplit(", ", 1)[0]


def test_significant_harm_shows_whom_to_ring_at_once(visitor: Enter) -> None:
    neighbour, coordinator = visitor(), visitor("coordinator")
    family = a_name("Thistle")
    neighbour.go("/tell-us/", "public start, with scripts")
    neighbour.choose("Do you think the child is in danger, or is being hurt?", "Yes")
    neighbour.press("Continue")
    neighbour.reads("ring 999", "children’s social care", "01632 960")
    rings = neighbour.page.locator("main a[href^='tel:']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    assert "tel:999" in rings
    assert len(rings) > 1

    _tell(neighbour, given_names="Barnaby", family_name=family,
          address="14 Elm Row, next to the shop", danger="Bruises on an arm")  # fmt: skip

    coordinator.go("/triage/", "triage with harm")
    rows = coordinator.page.locator("main tbody tr").all_inner_texts()
    place = next(n for n, row in enumerate(rows) if family in row)
    assert all("Significant harm" in row for row in rows[: place + 1])
    coordinator.follow(f"Barnaby {family}")
    coordinator.reads("Ring children’s social care before anything else", "Bruises on an arm")
    coordinator.look("referral of harm")
    for person in (neighbour, coordinator):
        person.is_content()
