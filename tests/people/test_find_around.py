"""Find a child by the people and the homes around the child, and by numbers that lead elsewhere."""

from collections.abc import Callable
from datetime import date
from importlib import import_module

import pytest
from django.test import Client

from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.people import actions, queries
from onroll.office.people.models import Carer, Child, ContactPoint, SearchTerm
from onroll.office.people.queries import leads
from onroll.office.people.queries.asked import asked
from tests.actors import TODAY

Add = Callable[..., Child]
SINCE = date(2020, 1, 1)


def shown(text: str, by: Actor) -> list[tuple[str, str]]:
    found = queries.find(text=text, by=by, on=TODAY).children
    return [(c.name, c.why_matched) for c in found]


def names(text: str, by: Actor) -> list[str]:
    return [name for name, _ in shown(text, by)]


@pytest.fixture
def daisy(add: Add, alice: Actor) -> Child:
    """A child with a mother, a present and a former home, and telephones."""
    child = add("Daisy", "Carrick", date(2016, 2, 1))
    said = {"child": child, "by": alice, "on": TODAY}
    actions.record_address(
        line_1="2 Mercer Street", postcode="ZZ2 1AA", starts_on=date(2018, 1, 1), **said
    )
    actions.record_address(line_1="Flat 2, 14 Canal Street", starts_on=date(2024, 1, 1), **said)
    mother = actions.record_carer(
        given_names="Zara", family_name="Swales", kind="mother", starts_on=SINCE, **said
    ).carer
    for owner, number in ((mother, "07700 900123"), (None, "(01632) 960 983")):
        actions.record_contact_point(
            carer=owner, kind="telephone", value=number, starts_on=SINCE, **said
        )
    return child


def mother_of(child: Child) -> Carer:
    return queries.carers(child, by=PROGRAM)[0].carer


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Zara Swales", "Mother is called Zara Swales."),
        ("swales zara", "Mother is called Zara Swales."),
        ("Zarah Swales", "Mother is called Zara Swales."),
        ("daisy swales", "Name; mother is called Zara Swales."),
        ("mercer street", "Lived at 2 Mercer Street."),
        ("mercer st", "Lived at 2 Mercer Street."),
        ("2 mercer street", "Lived at 2 Mercer Street."),
        ("14 canal street", "Lives at Flat 2, 14 Canal Street."),
        ("flat 2, 14 canal st", "Lives at Flat 2, 14 Canal Street."),
        ("14 cannal street", "Lives at Flat 2, 14 Canal Street."),
        ("daisy canal", "Name; lives at Flat 2, 14 Canal Street."),
        ("07700900123", "Telephone of Zara Swales."),
        ("+44 7700 900 123", "Telephone of Zara Swales."),
        ("0044 (0) 7700-900-123", "Telephone of Zara Swales."),
        ("01632 960983", "Telephone of the child."),
        ("daisy 01632 960983", "Name; telephone of the child."),
    ],
)
def test_a_child_is_found_by_what_is_around_and_it_is_said(
    typed: str, why: str, daisy: Child, alice: Actor
) -> None:
    assert shown(typed, alice) == [("Daisy Carrick", why)]


@pytest.mark.parametrize("typed", ["street", "the street", "07700 900124", "14 mercer walk zz"])
def test_a_kind_of_street_or_another_number_finds_nobody(
    typed: str, daisy: Child, alice: Actor
) -> None:
    assert names(typed, alice) == []


def test_kinds_of_street_and_words_that_join_are_no_terms(daisy: Child, alice: Actor) -> None:
    actions.record_address(
        child=daisy, line_1="9 The Old Mill of the Lane", starts_on=TODAY, by=alice, on=TODAY
    )

    streets = SearchTerm.objects.filter(child=daisy, what="street").values_list("term", flat=True)

    assert set(streets) == {"canal", "14 canal", "mercer", "2 mercer", "old", "9 old", "mill"}


def test_the_number_of_the_house_brings_that_house_first(add: Add, alice: Actor) -> None:
    for number in (3, 14, 5):
        add(f"N{'abc'[number % 3]}da", "Oakes", date(2016, 1, number), address={
            "line_1": f"{number} Canal Street", "starts_on": SINCE
        })  # fmt: skip

    first, *others = shown("14 canal street", alice)

    assert first[1] == "Lives at 14 Canal Street."
    assert len(others) == 2


def test_own_names_come_before_carers_and_streets_however_near(
    daisy: Child, add: Add, alice: Actor
) -> None:
    add("Zahra", "Swailes", date(2012, 1, 1))
    add("Tom", "Canall", date(2012, 1, 1))

    assert names("zara swales", alice) == ["Zahra Swailes", "Daisy Carrick"]
    assert names("canal", alice) == ["Tom Canall", "Daisy Carrick"]


def test_a_child_called_street_is_still_found(daisy: Child, add: Add, alice: Actor) -> None:
    add("Mercer", "Street", date(2012, 1, 1))

    assert names("mercer street", alice) == ["Mercer Street", "Daisy Carrick"]


def test_a_year_is_no_house_and_a_date_no_telephone() -> None:
    assert asked("2014 canal").years == (2014,)
    assert asked("khan 01-02-2013 14 canal street").days
    assert asked("khan 01 02 2013 14 canal street").streets == (("14", "canal"),)
    assert asked("zz1 4").codes == ("zz14",)


def test_what_is_corrected_or_changed_finds_no_more(daisy: Child, alice: Actor) -> None:
    mother = mother_of(daisy)
    said = {"child": daisy, "by": alice}
    actions.change_carer(carer=mother, version=mother.version, family_name="Newton", **said)
    point = ContactPoint.objects.as_known().get(carer=mother)
    actions.correct(fact=point, because="A digit wrong", value="07700 900555", on=TODAY, **said)

    assert names("swales 2016", alice) == []
    assert names("07700 900123", alice) == []
    assert names("zara newton", alice) == names("07700 900555", alice) == ["Daisy Carrick"]


def test_a_load_and_its_undoing_are_followed(daisy: Child, alice: Actor) -> None:
    keys = actions.load_carers(
        [actions.CarerRow(key="a", given_names="Basil", family_name="Quaver")], by=PROGRAM
    )
    actions.load_relationships(
        [{"child_id": daisy.pk, "carer_id": keys["a"], "kind": "father", "starts_on": SINCE}],
        by=PROGRAM,
    )
    row = {"carer_id": keys["a"], "kind": "mobile", "value": "07700 900777", "starts_on": SINCE}
    actions.load_contact_points([row], by=PROGRAM)
    assert names("basil quaver", alice) == names("07700900777", alice) == ["Daisy Carrick"]

    points = list(ContactPoint.objects.filter(carer=keys["a"]).values_list("pk", flat=True))
    actions.unload(made={"people.ContactPoint": points}, by=PROGRAM)

    assert names("07700900777", alice) == []
    assert names("basil quaver", alice) == ["Daisy Carrick"]


def test_whoever_knows_of_a_child_only_for_a_reason_finds_by_its_own_names_alone(
    daisy: Child, alice: Actor, mallory: Actor
) -> None:
    actions.grant_access(
        child=daisy, holder_kind="person", holder=mallory.pk or 0, because="enrolment",
        subject="schools.Enrolment:1", by=alice, on=TODAY,
    )  # fmt: skip

    assert shown("carrick", mallory) == [("Daisy Carrick", "Name.")]
    for typed in ("swales", "mercer street", "canal", "07700 900123", "01632 960983"):
        assert shown(typed, mallory) == []


def test_results_are_paged_and_counted(add: Add, alice: Actor) -> None:
    for day in range(1, 8):
        add("Amelia", "Khan", date(2014, 1, day))

    first = queries.find(text="khan", by=alice, on=TODAY, most=3)
    last = queries.find(text="khan", by=alice, on=TODAY, most=3, page=3)
    beyond = queries.find(text="khan", by=alice, on=TODAY, most=3, page=99)

    assert first.says == "7 children found, the best first. These are 1 to 3."
    assert (first.is_more, last.is_more) == (True, False)
    assert last.says == "7 children found, the best first. These are 7 to 7."
    assert beyond.children == last.children
    seen = [
        c.pk
        for page in (1, 2, 3)
        for c in queries.find(text="khan", by=alice, on=TODAY, most=3, page=page).children
    ]
    assert len(set(seen)) == 7


def test_more_than_are_counted_is_said(
    add: Add, alice: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("onroll.office.people.queries.find"), "MOST", 4)
    for day in range(1, 8):
        add("Amelia", "Khan", date(2014, 1, day))

    found = queries.find(text="khan", by=alice, on=TODAY, most=3)

    assert found.says == "At least 4 children found, the best first. These are 1 to 3."


def test_the_next_page_is_sent_for_without_a_word_in_the_address(
    add: Add, alice: Actor, browse: Callable[[Actor], Client]
) -> None:
    for day in range(1, 26):
        add("Amelia", "Khan", date(2014, 1, day))
    browser = browse(alice)

    first = browser.post("/children/", {"q": "khan"}).content.decode()
    second = browser.post("/children/", {"q": "khan", "page": "2"}).content.decode()

    assert "25 children found, the best first. These are 1 to 20." in first
    assert 'name="page" value="2"' in first
    assert "These are 21 to 25." in second
    assert 'name="page" value="1"' in second
    assert "khan" not in " ".join(part.split('"')[0].lower() for part in second.split('href="')[1:])


def test_a_number_leads_to_what_it_numbers_and_nobody_is_offered_to_be_added(
    alice: Actor, browse: Callable[[Actor], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for: list[frozenset[str]] = []

    def leader(meant: frozenset[str], by: Actor) -> list[queries.Lead]:
        asked_for.append(meant)
        is_known = by.pk == alice.pk and "1GKTY1A1Z" in meant
        return [queries.Lead("/cases/1GKTY1A1Z/", "Case 1GKTY1A1Z")] if is_known else []

    monkeypatch.setattr(leads, "_leaders", {"case": leader})
    browser = browse(alice)

    sent = browser.post("/children/", {"q": "case 1gkty-1a1z"})
    typing = browser.post("/children/", {"q": "1GKTY1A1Z"}, headers={"HX-Request": "true"})

    assert (sent.status_code, sent["Location"]) == (302, "/cases/1GKTY1A1Z/")
    assert 'href="/cases/1GKTY1A1Z/"' in typing.content.decode()
    assert "Add a child" not in typing.content.decode()
    queries.find(text="amelia khan", by=alice, on=TODAY)
    assert len(asked_for) == 2  # words ask nobody


def test_an_address_fills_in_the_address_of_a_child_to_be_added(
    alice: Actor, browse: Callable[[Actor], Client]
) -> None:
    page = browse(alice).post("/children/add/", {"start": "yes", "q": "14 Canal Street"})

    assert 'name="line_1" value="14 Canal Street"' in page.content.decode()
