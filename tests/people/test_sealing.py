"""Sealed children: what moves, what comes back, and what nobody else can tell."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused, Unknown
from onroll.office.people import actions, queries
from onroll.office.people.actions import sealing
from onroll.office.people.models import (
    CarerAddress,
    Child,
    ChildAddress,
    ContactPoint,
    Professional,
    SealedFact,
    SearchTerm,
    SearchWord,
    Whereabouts,
)
from tests.actors import TODAY

Add = Callable[..., Child]
SECRET = "Xylophone"
PLACES = (ChildAddress, CarerAddress, ContactPoint, Professional, Whereabouts)


@pytest.fixture
def hidden(add: Add, alice: Actor) -> Child:
    """A child of whom every kind of place is known, present and past."""
    child = add("Zerlina", "Quavermouth", date(2014, 6, 7))
    said = {"child": child, "by": alice, "on": TODAY}
    actions.record_address(
        line_1="1 Old Road", postcode="ZZ2 1AA", starts_on=date(2018, 1, 1), **said
    )
    actions.record_address(
        line_1=f"9 {SECRET} Close", postcode="ZZ9 9ZZ", starts_on=date(2025, 1, 1), **said
    )
    mother = actions.record_carer(
        given_names="Ada",
        family_name="Quavermouth",
        kind="mother",
        lives_with=True,
        starts_on=date(2014, 6, 7),
        **said,
    ).carer
    father = actions.record_carer(
        family_name="Elsewhere",
        kind="father",
        lives_with=False,
        starts_on=date(2014, 6, 7),
        **said,
    ).carer
    for carer in (mother, father):
        actions.record_contact_point(
            carer=carer, kind="mobile", value="07700 900123", starts_on=date(2025, 1, 1), **said
        )
        actions.record_carer_address(
            carer=carer, line_1=f"{carer.pk} {SECRET} Row", starts_on=date(2025, 1, 1), **said
        )
    actions.record_professional(
        role="gp", name=f"{SECRET} Surgery", starts_on=date(2025, 1, 1), **said
    )
    actions.conclude_whereabouts(
        conclusion="elsewhere", la_code="383", starts_on=date(2025, 1, 1), **said
    )
    return child


@pytest.fixture
def sealed(hidden: Child, dave: Actor) -> Child:
    actions.seal(child=hidden, reason="Fled from violence", by=dave, on=TODAY)
    return hidden


def rows() -> dict[str, list[dict[str, Any]]]:
    return {m.__name__: list(m.objects.order_by("pk").values()) for m in PLACES}


def test_every_place_leaves_its_table(sealed: Child) -> None:
    left = rows()

    assert left["ChildAddress"] == left["Whereabouts"] == left["Professional"] == []
    assert len(left["CarerAddress"]) == len(left["ContactPoint"]) == 1  # who lives elsewhere
    assert not SearchTerm.objects.filter(child=sealed).exists()
    assert not SearchWord.objects.filter(word__in=["zerlina", "quavermouth"]).exists()


def test_an_ordinary_query_finds_no_sealed_fact(sealed: Child, carol: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_user, count(*) from people_sealedfact")
        ((role, count),) = cursor.fetchall()

    assert count == 0
    assert role != "postgres"
    with queries.cleared(carol):
        assert SealedFact.objects.filter(child=sealed).count() == 7
    assert SealedFact.objects.count() == 0


def test_sealed_facts_are_not_opened_for_somebody_not_cleared(sealed: Child, alice: Actor) -> None:
    with queries.cleared(alice):
        assert SealedFact.objects.count() == 0


def test_a_sealed_row_is_encrypted(sealed: Child, carol: Actor) -> None:
    with queries.cleared(carol):
        kept = list(SealedFact.objects.values_list("payload", flat=True))

    assert kept
    assert not any(SECRET in payload or "ZZ9" in payload for payload in kept)


def test_an_error_leaves_sealed_facts_closed(sealed: Child, carol: Actor) -> None:
    with pytest.raises(ZeroDivisionError), queries.cleared(carol):
        raise ZeroDivisionError

    assert SealedFact.objects.count() == 0


def test_somebody_cleared_sees_everything(sealed: Child, carol: Actor) -> None:
    (found,) = queries.find(text="quavermouth", by=carol, on=TODAY).children
    carers = queries.carers(sealed, by=carol, on=TODAY)

    assert found.is_sealed
    assert found.line_1 == f"9 {SECRET} Close"
    assert [a.line_1 for a in queries.addresses(sealed, by=carol)] == [
        f"9 {SECRET} Close",
        "1 Old Road",
    ]
    assert all(c.contact_points and c.addresses for c in carers)
    assert queries.professionals(sealed, by=carol)[0].name == f"{SECRET} Surgery"
    assert queries.find(text="zz9 9zz", by=carol, on=TODAY).children == (
        found.__class__(
            **{
                **{f: getattr(found, f) for f in found.__dataclass_fields__},
                "why_matched": "Postcode ZZ9 9ZZ.",
                "score": 100,
            }
        ),
    )


def test_standing_still_knows_what_was_concluded(sealed: Child) -> None:
    (span,) = queries.spans(sealed.pk)

    assert span == {
        "what": "moved_away",
        "from": date(2025, 1, 1),
        "to": None,
        "confirmed": False,
    }


def test_a_new_address_of_a_sealed_child_goes_among_sealed_facts(
    sealed: Child, carol: Actor
) -> None:
    new = actions.record_address(
        child=sealed, line_1="2 New Road", starts_on=date(2026, 1, 1), by=carol, on=TODAY
    )

    assert not ChildAddress.objects.exists()
    found = queries.addresses(sealed, by=carol)
    assert [(a.line_1, a.ends_on) for a in found] == [
        ("2 New Road", None),
        (f"9 {SECRET} Close", date(2025, 12, 31)),
        ("1 Old Road", date(2024, 12, 31)),
    ]
    corrected = actions.correct(
        fact=new, child=sealed, because="Wrong number", line_1="3 New Road", by=carol, on=TODAY
    )
    assert queries.addresses(sealed, by=carol)[0].line_1 == "3 New Road"
    with pytest.raises(Faulty, match="another address of this use"):
        actions.record_address(
            child=sealed,
            line_1="4 New Road",
            starts_on=corrected.starts_on,
            by=carol,
            on=TODAY,
        )


def test_a_seal_is_lifted_by_two_people_and_puts_every_row_back_as_it_was(
    hidden: Child, dave: Actor, erin: Actor, alice: Actor
) -> None:
    before = rows()
    terms = set(SearchTerm.objects.filter(child=hidden).values_list("term", "is_current"))
    placed = actions.seal(child=hidden, reason="Fled from violence", by=dave, on=TODAY)

    asked = actions.ask_to_lift(sealing=placed, by=dave)
    with pytest.raises(Refused, match="somebody else"):
        actions.lift_seal(sealing=asked, by=dave, on=TODAY)
    actions.lift_seal(sealing=asked, by=erin, on=TODAY)

    assert rows() == before
    assert set(SearchTerm.objects.filter(child=hidden).values_list("term", "is_current")) == terms
    assert queries.child_for(alice, hidden.ref) == hidden


def test_nobody_lifts_a_seal_that_nobody_asked_to_lift(
    sealed: Child, dave: Actor, carol: Actor
) -> None:
    seal = queries.sealing_of(sealed, by=dave)
    assert seal is not None

    with pytest.raises(Refused, match="A colleague has to ask"):
        actions.lift_seal(sealing=seal, by=dave, on=TODAY)
    with pytest.raises(Refused, match="keep sealed records"):
        actions.ask_to_lift(sealing=seal, by=carol)


def test_a_carer_stays_sealed_with_another_child(
    hidden: Child, add: Add, dave: Actor, erin: Actor, alice: Actor, carol: Actor
) -> None:
    mother = queries.carers(hidden, by=alice)[0].carer
    brother = add("Zebedee", "Quavermouth", date(2016, 1, 1))
    actions.record_relationship(
        child=brother,
        carer=mother,
        kind="mother",
        lives_with=True,
        starts_on=date(2016, 1, 1),
        by=alice,
        on=TODAY,
    )
    first = actions.seal(child=hidden, reason="Fled", by=dave, on=TODAY)
    actions.seal(child=brother, reason="Fled", by=dave, on=TODAY)

    actions.lift_seal(sealing=actions.ask_to_lift(sealing=first, by=dave), by=erin, on=TODAY)

    assert not CarerAddress.objects.filter(carer=mother).exists()
    (kept,) = [c for c in queries.carers(brother, by=carol) if c.carer == mother]
    assert kept.addresses


def test_packages_above_hear_of_a_seal_in_the_same_transaction(
    hidden: Child, dave: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[int, bool]] = []
    monkeypatch.setattr(sealing, "_listeners", [])
    actions.when_sealed(lambda child, is_sealed: heard.append((child, is_sealed)))

    actions.seal(child=hidden, reason="Fled", by=dave, on=TODAY)

    assert heard == [(hidden.pk, True)]


def test_the_journal_says_that_it_was_sealed_and_nothing_else(sealed: Child, dave: Actor) -> None:
    event = Event.objects.get(verb="children.sealed")

    assert (event.actor, event.children, event.data, event.subject) == (
        dave.pk,
        [sealed.pk],
        {},
        "",
    )


def test_only_keepers_of_sealed_records_seal(hidden: Child, alice: Actor, carol: Actor) -> None:
    for actor in (alice, carol):
        with pytest.raises(Refused):
            actions.seal(child=hidden, reason="Fled", by=actor, on=TODAY)


def test_a_sealed_child_is_unknown_and_the_glass_does_not_break(
    sealed: Child, alice: Actor
) -> None:
    with pytest.raises(Unknown):
        queries.child_for(alice, sealed.ref)
    with pytest.raises(Unknown):
        actions.break_glass(child_ref=sealed.ref, reason="A child may be in danger", by=alice)


TWENTY = [(f"Q{'aeiou'[n % 5]}{chr(97 + n)}ntha", f"Vor{chr(97 + n)}kel") for n in range(20)]


def test_twenty_sealed_children_are_to_others_as_if_they_were_not(
    db: None, alice: Actor, carol: Actor, dave: Actor
) -> None:
    """The same questions before the children are there and after they are sealed."""

    def ask(by: Actor) -> str:
        said = []
        for given, family in TWENTY:
            around = (f"Mo{given} Carer", "hidden way", "3 hidden way", "07700 900456")
            for text in (
                f"{given} {family}", family, f"{family[:4]}", "3/4/2015", "zz8 8zz", *around
            ):  # fmt: skip
                shown = queries.find(text=text, by=by, on=TODAY)
                said.append(repr((shown.children, shown.says, shown.leads, shown.asked)))
            matches = queries.possible_matches(
                given_names=given,
                family_name=family,
                born_on=date(2015, 4, 3),
                postcode="ZZ8 8ZZ",
                by=by,
                on=TODAY,
            )
            said.append(repr(matches))
        return "\n".join(said)

    before = ask(alice)
    children = actions.load_children(
        [
            actions.ChildRow(
                key=family,
                given_names=given,
                family_name=family,
                born_on=date(2015, 4, 3),
                known_from=date(2015, 4, 3),
            )
            for given, family in TWENTY
        ],
        by=PROGRAM,
        on=TODAY,
    )
    actions.load_addresses(
        [
            {
                "child_id": pk,
                "line_1": f"{pk} Hidden Way",
                "postcode": "ZZ8 8ZZ",
                "starts_on": date(2020, 1, 1),
            }
            for pk in children.values()
        ],
        by=PROGRAM,
    )
    carers = actions.load_carers(
        [
            actions.CarerRow(key=family, given_names=f"Mo{given}", family_name="Carer")
            for given, family in TWENTY
        ],
        by=PROGRAM,
    )
    actions.load_relationships(
        [
            {"child_id": children[key], "carer_id": carer, "kind": "mother", "lives_with": True,
             "starts_on": date(2020, 1, 1)}
            for key, carer in carers.items()
        ],
        by=PROGRAM,
    )  # fmt: skip
    actions.load_contact_points(
        [
            {"carer_id": carer, "kind": "mobile", "value": "07700 900456",
             "starts_on": date(2020, 1, 1)}
            for carer in carers.values()
        ],
        by=PROGRAM,
    )  # fmt: skip
    assert ask(alice) != before

    for child in Child.objects.filter(pk__in=children.values()):
        actions.seal(child=child, reason="Fled", by=dave, on=TODAY)

    assert ask(alice) == before
    assert all(
        queries.find(text=f"{given} {family}", by=carol, on=TODAY).children
        for given, family in TWENTY
    )


@pytest.mark.parametrize(
    ("given", "family", "born_on", "is_like"),
    [
        ("Zerlina", "Quavermouth", date(2014, 6, 7), True),
        ("Quavermouth", "Zerlina", date(2014, 6, 7), True),
        ("Zerlina", "Quavermuth", date(2014, 6, 7), True),
        ("Zerlina", "Quavermouth", date(2014, 7, 6), True),
        ("Zerlina", "Quavermouth", date(2014, 6, 8), True),
        ("Zerlina", "Newname", date(2011, 9, 9), False),
        ("Zebedee", "Quavermouth", date(2016, 6, 17), False),
    ],
)
def test_the_twin_of_a_sealed_child_stays_with_its_maker_and_is_listed_for_those_cleared(
    given: str,
    family: str,
    born_on: date,
    is_like: bool,
    sealed: Child,
    add: Add,
    alice: Actor,
    carol: Actor,
) -> None:
    twin = add(given, family, born_on, address={
        "line_1": "5 Twin Street", "starts_on": date(2026, 1, 1)
    })  # fmt: skip

    listed = [(t.child, t.sealed) for t in queries.possible_twins(by=carol)]
    assert listed == ([(twin, sealed)] if is_like else [])
    assert queries.possible_twins(by=alice) == []
    assert queries.child_for(alice, twin.ref) == twin
    assert [a.line_1 for a in queries.addresses(twin, by=alice)] == ["5 Twin Street"]


def test_a_twin_that_was_sealed_is_not_listed_again(
    sealed: Child, add: Add, alice: Actor, dave: Actor
) -> None:
    twin = add("Zerlina", "Quavermouth", date(2014, 6, 7))
    assert queries.possible_twins(by=dave)

    actions.seal(child=twin, reason="The same child", by=dave, on=TODAY)

    assert queries.possible_twins(by=dave) == []
    with pytest.raises(Unknown):
        queries.child_for(alice, twin.ref)


def test_a_loaded_twin_is_held_back(sealed: Child, alice: Actor) -> None:
    row = actions.ChildRow(
        key="a",
        given_names="Zerlina",
        family_name="Quavermouth",
        born_on=date(2014, 6, 7),
        known_from=TODAY,
    )

    (pk,) = actions.load_children([row], by=PROGRAM, on=TODAY).values()

    assert not Child.objects.visible_to(alice).filter(pk=pk).exists()


@pytest.fixture
def brother(hidden: Child, add: Add, alice: Actor) -> Child:
    """An unsealed child whose mother is also that of the one who will be sealed."""
    mother = queries.carers(hidden, by=alice)[0].carer
    child = add("Zebedee", "Quavermouth", date(2016, 1, 1))
    actions.record_relationship(
        child=child, carer=mother, kind="mother", lives_with=True,
        starts_on=date(2016, 1, 1), by=alice, on=TODAY,
    )  # fmt: skip
    return child


def found(text: str, by: Actor) -> list[int]:
    return [c.pk for c in queries.find(text=text, by=by, on=TODAY).children]


def test_a_sealed_child_is_found_by_nothing_around_it_but_by_those_cleared(
    hidden: Child, alice: Actor, carol: Actor, dave: Actor
) -> None:
    around = ["ada quavermouth", "elsewhere", f"9 {SECRET} close", "old road", "07700 900123"]
    assert all(found(typed, alice) == [hidden.pk] for typed in around)

    actions.seal(child=hidden, reason="Fled", by=dave, on=TODAY)

    assert [found(typed, alice) for typed in around] == [[]] * 5
    assert not SearchTerm.objects.exists()
    assert not SearchWord.objects.filter(word__in=["ada", "xylophone", "elsewhere"]).exists()
    assert [found(typed, carol) for typed in around] == [[hidden.pk]] * 5


def test_a_carer_of_a_sealed_child_leads_to_an_unsealed_one_only_as_its_own_page_does(
    hidden: Child, brother: Child, alice: Actor, dave: Actor, erin: Actor
) -> None:
    """The mother's name stands on the brother's page, so it finds him, and was so before; her
    number is sealed with her other child, so it finds nobody, and comes back with the seal."""
    assert set(found("07700 900123", alice)) == {hidden.pk, brother.pk}

    seal = actions.seal(child=hidden, reason="Fled", by=dave, on=TODAY)

    assert found("ada quavermouth", alice) == [brother.pk]
    for typed in ("07700 900123", f"{SECRET} close", f"{SECRET} row", "elsewhere", "old road"):
        assert found(typed, alice) == []
    assert not SearchTerm.objects.filter(what="telephone").exists()
    pages = queries.find(text="ada quavermouth", by=alice, on=TODAY).children
    assert [c.why_matched for c in pages] == ["Name; mother is called Ada Quavermouth."]

    actions.lift_seal(sealing=actions.ask_to_lift(sealing=seal, by=dave), by=erin, on=TODAY)
    assert set(found("07700 900123", alice)) == {hidden.pk, brother.pk}


def test_a_number_recorded_later_for_a_carer_of_a_sealed_child_finds_nobody(
    sealed: Child, add: Add, alice: Actor, carol: Actor
) -> None:
    mother = queries.carers(sealed, by=carol)[0].carer
    brother = add("Zebedee", "Quavermouth", date(2016, 1, 1))
    actions.record_relationship(
        child=brother, carer=mother, kind="mother", starts_on=TODAY, by=alice, on=TODAY
    )

    actions.record_contact_point(
        child=brother, carer=mother, kind="mobile", value="07700 900999", starts_on=TODAY,
        by=carol, on=TODAY,
    )  # fmt: skip

    assert found("07700 900999", alice) == found("07700 900123", alice) == []
    assert found("07700 900999", carol) == [sealed.pk]


def test_a_carer_who_comes_to_a_sealed_child_takes_the_number_along(
    sealed: Child, add: Add, alice: Actor, carol: Actor
) -> None:
    cousin = add("Tom", "Oakes", date(2016, 1, 1))
    said = {"by": alice, "on": TODAY, "starts_on": TODAY}
    aunt = actions.record_carer(
        child=cousin, given_names="Bea", family_name="Oakes", kind="relative", **said
    ).carer
    actions.record_contact_point(
        child=cousin, carer=aunt, kind="mobile", value="07700 900321", **said
    )
    assert found("07700 900321", alice) == [cousin.pk]

    actions.record_relationship(
        child=sealed, carer=aunt, kind="relative", lives_with=True,
        starts_on=TODAY, by=carol, on=TODAY,
    )  # fmt: skip

    assert found("07700 900321", alice) == []
    assert found("bea oakes", alice) == [cousin.pk]
