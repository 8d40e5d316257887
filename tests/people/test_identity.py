"""Two records of one child: joined by a fact, taken apart again, protections never less."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale, Unknown
from onroll.office.people import actions, queries
from onroll.office.people.actions import ChildRow
from onroll.office.people.models import (
    Access,
    Child,
    ChildAddress,
    JoinAsked,
    SameChild,
    Sealing,
    SearchTerm,
    TwoChildren,
)
from onroll.office.people.queries import identity
from tests import actors
from tests.actors import TODAY

Add = Callable[..., Child]
SINCE = date(2026, 1, 5)
WHY = "One birth certificate was shown for both"


@pytest.fixture
def ben(add: Add) -> Child:
    return add("Benjamin", "Osei", date(2014, 2, 2))


@pytest.fixture
def benji(add: Add) -> Child:
    return add("Benji", "Osei", date(2014, 2, 2))


@pytest.fixture
def third(add: Add) -> Child:
    return add("Ben", "Ossei", date(2014, 2, 2))


@pytest.fixture
def second(db: None) -> Actor:
    """Somebody else who decides on records."""
    return actors.person("Nadia", "team_manager")


def join(child: Child, other: Child, by: Actor) -> SameChild:
    return actions.join(child=child, other=other, starts_on=SINCE, why=WHY, by=by, on=TODAY)


def ask(child: Child, other: Child, by: Actor) -> JoinAsked:
    return actions.ask_to_join(child=child, other=other, starts_on=SINCE, why=WHY, by=by, on=TODAY)


def test_joining_moves_nothing_and_says_who_said_so_from_when_and_why(
    ben: Child, benji: Child, alice: Actor
) -> None:
    before = [list(Child.objects.order_by("pk").values()), list(SearchTerm.objects.values())]

    same = join(ben, benji, alice)

    assert [list(Child.objects.order_by("pk").values()), list(SearchTerm.objects.values())] == (
        before
    )
    assert (same.child, same.other, same.starts_on, same.why) == (ben, benji, SINCE, WHY)
    assert (same.said_by_id, same.agreed_by_id) == (alice.pk, None)
    assert identity.records_of(benji.pk) == identity.records_of(ben.pk) == (ben.pk, benji.pk)
    event = Event.objects.get(verb="children.joined")
    assert event.children == sorted([ben.pk, benji.pk])


def test_a_join_is_known_from_when_it_was_said_and_holds_from_the_day_given(
    ben: Child, benji: Child, alice: Actor
) -> None:
    same = join(ben, benji, alice)
    instant = same.recorded_at - timedelta(seconds=1)

    assert identity.records_of(benji.pk, on=TODAY, known_at=instant) == (benji.pk,)
    assert identity.records_of(benji.pk, on=SINCE - timedelta(days=1)) == (benji.pk,)
    assert identity.records_of(benji.pk, on=SINCE) == (ben.pk, benji.pk)


def test_records_of_one_child_are_a_star_however_they_were_joined(
    ben: Child, benji: Child, third: Child, add: Add, alice: Actor
) -> None:
    fourth = add("Benjamin", "Osai", date(2014, 2, 2))
    join(benji, third, alice)
    join(fourth, benji, alice)

    join(ben, third, alice)  # asked of a folded record: its record in use is folded

    assert identity.records_of(third.pk) == (ben.pk, benji.pk, third.pk, fourth.pk)
    assert set(SameChild.objects.as_known().values_list("child", flat=True)) == {ben.pk}


def test_taking_apart_gives_back_the_record_with_what_was_joined_to_it(
    ben: Child, benji: Child, third: Child, alice: Actor
) -> None:
    join(benji, third, alice)
    wrong = join(ben, benji, alice)

    actions.take_apart(same=wrong, why="Two passports", by=alice, on=TODAY)

    assert identity.records_of(ben.pk) == (ben.pk,)
    assert identity.records_of(third.pk) == (benji.pk, third.pk)
    told = TwoChildren.objects.as_known().get()
    assert (told.first_id, told.second_id) == (ben.pk, benji.pk)
    assert Event.objects.filter(verb="children.taken_apart", children__contains=[third.pk]).exists()
    with pytest.raises(Stale):
        actions.take_apart(same=wrong, why="Again", by=alice, on=TODAY)


def test_taking_a_member_apart_leaves_the_others_joined(
    ben: Child, benji: Child, third: Child, alice: Actor
) -> None:
    join(ben, benji, alice)
    join(ben, third, alice)

    mistaken = SameChild.objects.as_known().get(other=third)
    actions.take_apart(same=mistaken, why="Two passports", by=alice, on=TODAY)

    assert identity.records_of(ben.pk) == (ben.pk, benji.pk)
    assert identity.records_of(third.pk) == (third.pk,)


def test_the_database_refuses_a_chain_a_second_fold_and_a_record_folded_into_itself(
    ben: Child, benji: Child, third: Child, alice: Actor
) -> None:
    join(ben, benji, alice)

    for child, other in ((benji, third), (third, benji), (third, ben), (third, third)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SameChild.objects.create(
                child=child, other=other, beside=child, starts_on=SINCE, why=WHY
            )


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ("flag", "looked after"),
        ("upns", "UPN that checks"),
        ("births", "dates of birth"),
    ],
)
def test_high_stakes_need_two_people(
    made: str, says: str, ben: Child, benji: Child, alice: Actor, second: Actor
) -> None:
    said = {"by": alice, "on": TODAY}
    if made == "flag":
        actions.record_flag(child=benji, flag="cla", starts_on=SINCE, **said)
    if made == "upns":
        for child, upn in ((ben, "A801200001001"), (benji, "E801200001002")):
            number = {"scheme": "upn", "value": checked_upn(upn)}
            actions.record_identifier(child=child, starts_on=SINCE, **number, **said)
    if made == "births":
        Child.objects.filter(pk=benji.pk).update(born_on=date(2014, 3, 2))
    benji.refresh_from_db()

    with pytest.raises(Refused, match=says):
        join(ben, benji, alice)
    asked = ask(ben, benji, alice)
    with pytest.raises(Refused, match="somebody else"):
        actions.agree_to_join(asked=asked, by=alice, on=TODAY)
    same = actions.agree_to_join(asked=asked, by=second, on=TODAY)

    assert (same.said_by_id, same.agreed_by_id) == (alice.pk, second.pk)
    asked.refresh_from_db()
    assert (asked.answer, asked.answered_by_id) == ("agreed", second.pk)


def checked_upn(value: str) -> str:
    """A UPN of these digits with the letter that checks."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    digits = value[1:]
    return letters[sum(int(d) * n for n, d in enumerate(digits, start=2)) % 23] + digits


def test_the_database_refuses_one_person_as_both(ben: Child, benji: Child, alice: Actor) -> None:
    asked = ask(ben, benji, alice)
    wrong = JoinAsked.objects.filter(pk=asked.pk)

    for answer in ("agreed", "declined"):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.update(answer=answer, answered_by=F("asked_by"), answered_at=F("asked_at"))


def test_what_is_asked_is_declined_by_another_and_taken_back_by_who_asked(
    ben: Child, benji: Child, third: Child, alice: Actor, second: Actor
) -> None:
    first, other = ask(ben, benji, alice), ask(ben, third, alice)
    with pytest.raises(Faulty, match="already"):
        ask(benji, ben, alice)

    with pytest.raises(Refused):
        actions.decline_to_join(asked=first, why="No", by=alice)
    actions.decline_to_join(asked=first, why="Two schools saw both", by=second)
    with pytest.raises(Refused):
        actions.withdraw_asking(asked=other, by=second)
    actions.withdraw_asking(asked=other, by=alice)

    assert identity.waiting(by=second) == []
    assert not SameChild.objects.exists()
    with pytest.raises(Refused, match="already answered"):
        actions.agree_to_join(asked=first, by=second, on=TODAY)


def test_two_children_are_remembered_until_somebody_says_otherwise(
    ben: Child, benji: Child, alice: Actor
) -> None:
    actions.tell_apart(child=benji, other=ben, why="Cousins", by=alice, on=TODAY)
    told = identity.told_apart(ben.pk, benji.pk)
    assert told is not None
    assert (told.why, identity.pairs_told_apart()) == ("Cousins", {(ben.pk, benji.pk)})

    join(ben, benji, alice)

    assert identity.told_apart(ben.pk, benji.pk) is None
    assert TwoChildren.objects.filter(superseded_at__isnull=False).exists()
    with pytest.raises(Faulty, match="take them apart"):
        actions.tell_apart(child=ben, other=benji, why="Cousins", by=alice, on=TODAY)


def test_what_cannot_be_is_refused_in_words(ben: Child, benji: Child, alice: Actor) -> None:
    said = {"child": ben, "other": benji, "by": alice, "on": TODAY}
    with pytest.raises(Faulty, match="today or in the past"):
        actions.join(starts_on=TODAY + timedelta(days=1), why=WHY, **said)
    with pytest.raises(Faulty, match="Say what shows"):
        actions.join(starts_on=SINCE, why=" ", **said)
    with pytest.raises(Faulty, match="joined already"):
        join(ben, ben, alice)


def test_only_those_who_decide_and_know_both_may_join(
    ben: Child, benji: Child, bob: Actor, alice: Actor
) -> None:
    with pytest.raises(Refused):
        join(ben, benji, bob)
    knows_one = Actor(pk=alice.pk, name="Clerk", permissions=frozenset({"identity.decide"}))
    Access.objects.create(
        child=ben, holder_kind="person", holder=alice.pk, because="panel", starts_on=SINCE
    )
    with pytest.raises(Unknown):
        join(ben, benji, knows_one)


def test_whoever_may_know_one_record_alone_is_not_told_of_the_other(
    ben: Child, benji: Child, alice: Actor
) -> None:
    join(ben, benji, alice)
    clerk = Actor(pk=alice.pk, name="Clerk", permissions=frozenset({"children.record"}))
    for child in (ben, benji):
        Access.objects.all().delete()
        Access.objects.create(
            child=child, holder_kind="person", holder=alice.pk, because="panel", starts_on=SINCE
        )
        told = identity.beside(child, by=clerk)
        banner = queries.banner(child, by=clerk, on=TODAY)
        assert (told.into, told.joined, told.records) == (None, (), ())
        assert "Also recorded as" not in dict(banner.identifiers)
        assert identity.known_records(child, by=clerk) == [child]
        found = queries.find(text="osei", by=clerk, on=TODAY).children
        assert [one.ref for one in found] == [child.ref]


def test_a_search_for_the_folded_record_finds_the_one_in_use_once(
    ben: Child, benji: Child, alice: Actor
) -> None:
    number = {"scheme": "upn", "value": checked_upn("A801200001001"), "starts_on": SINCE}
    actions.record_identifier(child=benji, by=alice, on=TODAY, **number)
    join(ben, benji, alice)

    for text in ("benji osei", number["value"], "osei 2014"):
        found = queries.find(text=str(text), by=alice, on=TODAY)
        assert [one.ref for one in found.children] == [ben.ref]
        assert f"Also recorded as Benji Osei ({benji.ref})" in found.children[0].why_matched
        assert found.count == 1
    offered = queries.possible_matches(
        given_names="Benji", family_name="Osei", born_on=date(2014, 2, 2), by=alice
    )
    assert [match.child.ref for match in offered] == [ben.ref]


def test_the_warnings_of_either_record_are_shown_for_both(
    ben: Child, benji: Child, alice: Actor
) -> None:
    said = {"by": alice, "on": TODAY}
    actions.record_flag(child=benji, flag="da", starts_on=SINCE, **said)
    mother = {"given_names": "Ada", "family_name": "Osei", "kind": "mother", "starts_on": SINCE}
    safe = actions.record_carer(child=ben, contact="yes", **mother, **said)
    never = actions.record_carer(child=benji, contact="no", **mother, **said)
    point = {"kind": "mobile", "value": "07700900123", "starts_on": SINCE}
    actions.record_contact_point(child=ben, carer=safe.carer, safe="yes", **point, **said)
    actions.record_contact_point(child=benji, carer=never.carer, safe="no", **point, **said)

    same = join(ben, benji, alice)

    flagged = [flag.label for flag in queries.banner(ben, by=alice, on=TODAY).flags]
    (known,) = queries.carers(ben, by=alice, on=TODAY)
    assert "Domestic abuse" in flagged
    assert not known.may_be_contacted
    assert known.relationship.contact == "no"
    assert known.contact_points[0].safe == "no"
    actions.take_apart(same=same, why="Two children", **said)
    (again,) = queries.carers(ben, by=alice, on=TODAY)
    assert (again.relationship.contact, again.contact_points[0].safe) == ("yes", "yes")


def sealed(child: Child) -> bool:
    return queries.is_sealed(child.pk)


def test_a_join_seals_the_other_and_taking_apart_lifts_nothing(
    amelia: Child, add: Add, carol: Actor, dave: Actor
) -> None:
    twin = add()
    actions.seal(child=twin, reason="Fled", by=dave, on=TODAY)
    with pytest.raises(Refused, match="sealed"):
        join(amelia, twin, carol)
    asked = ask(amelia, twin, carol)

    same = actions.agree_to_join(asked=asked, by=dave, on=TODAY)

    assert sealed(amelia)
    assert not ChildAddress.objects.filter(child=amelia).exists()
    assert not SearchTerm.objects.filter(child=amelia).exists()
    actions.take_apart(same=same, why="Two children", by=carol, on=TODAY)
    assert sealed(amelia)
    assert sealed(twin)


def test_whoever_is_not_cleared_can_neither_join_nor_answer_nor_see_a_sealed_record(
    amelia: Child, add: Add, alice: Actor, carol: Actor, dave: Actor
) -> None:
    twin, plain = add(), add("Ben", "Osei")
    waits = ask(amelia, twin, carol)
    actions.seal(child=twin, reason="Fled", by=dave, on=TODAY)

    for act in (join, ask):
        with pytest.raises(Unknown, match="There is no such child"):
            act(plain, twin, alice)
    with pytest.raises(Unknown, match="There is no such child"):
        actions.agree_to_join(asked=waits, by=alice, on=TODAY)
    with pytest.raises(Unknown, match="Nothing is asked here"):
        identity.asked_for(alice, waits.pk)
    with pytest.raises(Unknown):
        actions.tell_apart(child=plain, other=twin, why="x", by=alice, on=TODAY)
    assert identity.waiting(by=alice) == []
    assert [row.pk for row in identity.waiting(by=dave)] == [waits.pk]


def test_sealing_one_of_the_records_seals_all_and_two_people_lift_all(
    ben: Child, benji: Child, alice: Actor, dave: Actor, erin: Actor
) -> None:
    join(ben, benji, alice)

    sealing = actions.seal(child=benji, reason="Fled", by=dave, on=TODAY)
    assert sealed(ben)

    with pytest.raises(Refused):
        actions.lift_seal(sealing=sealing, by=dave, on=TODAY)
    asked = actions.ask_to_lift(sealing=sealing, by=dave)
    with pytest.raises(Refused):
        actions.lift_seal(sealing=asked, by=dave, on=TODAY)
    actions.lift_seal(sealing=asked, by=erin, on=TODAY)
    assert not sealed(ben)
    assert not sealed(benji)
    assert {(s.lift_asked_by_id, s.lifted_by_id) for s in Sealing.objects.as_known()} == {
        (dave.pk, erin.pk)
    }


def test_an_import_makes_no_unsealed_twin_of_a_child_sealed_by_a_join(
    amelia: Child, add: Add, carol: Actor, dave: Actor
) -> None:
    hidden = add("Zerlina", "Quavermouth", date(2014, 6, 7))
    actions.seal(child=hidden, reason="Fled", by=dave, on=TODAY)
    actions.agree_to_join(asked=ask(hidden, amelia, carol), by=dave, on=TODAY)

    made = actions.load_children(
        [ChildRow("x", "Amelia Rose", "Khan", date(2015, 4, 3), TODAY)], by=PROGRAM, on=TODAY
    )

    twin = Child.objects.get(pk=made["x"])
    assert sealed(twin)
    assert not SearchTerm.objects.filter(child=twin).exists()


def test_referring_to_the_keepers_is_open_for_every_record_and_answered_to_them_alone(
    ben: Child, alice: Actor, carol: Actor, dave: Actor
) -> None:
    asked = actions.refer_to_keepers(child=ben, why="Same mother told us", by=alice, on=TODAY)

    assert identity.asked_of_keepers(by=alice) == []
    assert identity.waiting(by=carol) == []
    assert identity.asked_of_keepers(by=dave) == [asked]
    with pytest.raises(Refused):
        actions.looked_into(asked=asked, why="Nobody", by=alice)
    actions.looked_into(asked=asked, why="Nobody of ours", by=dave)
    assert identity.asked_of_keepers(by=dave) == []
