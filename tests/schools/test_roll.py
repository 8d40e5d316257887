"""The roll: entered, started, left, dual; with impossible dates refused and access following."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from onroll.office.journal.models import Event
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale, Unknown
from onroll.office.people import actions as people
from onroll.office.people.actions.keeping import stated
from onroll.office.people.models import Access, Child
from onroll.office.schools import actions, queries
from onroll.office.schools.models import Enrolment, InYearApplication, Offer, School
from tests import actors
from tests.actors import TODAY

SEPTEMBER = date(2025, 9, 3)


@pytest.fixture
def entry(amelia: Child, oak: School, alice: Actor) -> Enrolment:
    return actions.enrol(child=amelia, school=oak, starts_on=SEPTEMBER, by=alice)


def holders(child: Child, on: date) -> set[int]:
    return set(
        Access.objects.on(on)
        .filter(child=child, because="enrolment")
        .values_list("holder", flat=True)
    )


def test_an_entry_lets_the_school_know_of_the_child_while_it_lasts(
    entry: Enrolment, amelia: Child, oak: School, alice: Actor
) -> None:
    assert holders(amelia, TODAY) == {oak.pk}

    actions.remove_from_roll(enrolment=entry, on=TODAY, ground="g", by=alice)

    assert holders(amelia, TODAY) == {oak.pk}
    assert holders(amelia, TODAY + timedelta(days=1)) == set()


def test_a_place_not_taken_up_leaves_nothing(amelia: Child, oak: School, alice: Actor) -> None:
    place = actions.enrol(
        child=amelia, school=oak, starts_on=date(2026, 4, 13), is_expected=True, on=TODAY, by=alice
    )
    assert holders(amelia, TODAY) == {oak.pk}

    actions.drop_expectation(enrolment=place, on=TODAY, by=alice)

    assert queries.roll(amelia.pk, by=alice) == []
    assert holders(amelia, TODAY + timedelta(days=1)) == set()


def test_a_start_makes_an_expected_place_an_entry_and_takes_up_the_offer(
    amelia: Child, oak: School, alice: Actor
) -> None:
    offer = actions.record_offer(child=amelia, school=oak, offered_on=TODAY, by=alice)
    actions.answer_offer(
        offer=offer, answer="accepted", on=TODAY, starts_on=date(2026, 3, 16), by=alice
    )
    [expected] = queries.roll(amelia.pk, by=alice)
    assert expected.is_expected
    assert queries.school_on(amelia.pk, by=alice, on=date(2026, 3, 16)) is None

    actions.start(enrolment=expected, on=date(2026, 3, 17), by=alice)

    [started] = queries.roll(amelia.pk, by=alice)
    assert (started.is_expected, started.starts_on) == (False, date(2026, 3, 17))
    assert started.first_attended_on == date(2026, 3, 17)
    assert queries.school_on(amelia.pk, by=alice, on=date(2026, 3, 17)) == oak
    assert Offer.objects.as_known().get().ends_on == date(2026, 3, 17)


def test_one_school_twice_at_once_is_refused_and_two_schools_are_not(
    entry: Enrolment, amelia: Child, oak: School, elm: School, alice: Actor
) -> None:
    with pytest.raises(Faulty, match="was on the roll of Oak Academy from 3 September 2025"):
        actions.enrol(child=amelia, school=oak, starts_on=TODAY, by=alice)

    actions.enrol(child=amelia, school=elm, starts_on=TODAY, by=alice)

    education = queries.education(amelia, by=alice, on=TODAY)
    assert len(education.current) == 2
    assert "not marked as dual registered" in education.notices[0]


def test_dual_registration_makes_one_main_and_one_subsidiary(
    entry: Enrolment, amelia: Child, elm: School, alice: Actor
) -> None:
    actions.enrol(child=amelia, school=elm, starts_on=TODAY, status="S", by=alice)

    education = queries.education(amelia, by=alice, on=TODAY)

    assert {e.school.name: e.fact.status for e in education.current} == {
        "Oak Academy": "M",
        "Elm Primary School": "S",
    }
    assert education.notices == []
    assert queries.school_on(amelia.pk, by=alice, on=TODAY) == entry.school


@pytest.mark.parametrize(
    ("starts_on", "born_on", "says"),
    [
        (date(2014, 9, 1), date(2013, 4, 3), "too young"),
        (date(2034, 9, 1), date(2013, 4, 3), "too old"),
        (date(2000, 9, 1), date(1995, 4, 3), "opened on 1 September 2001"),
    ],
)
def test_a_starting_day_that_cannot_be_is_refused(
    child_of: Callable[..., Child],
    elm: School,
    alice: Actor,
    starts_on: date,
    born_on: date,
    says: str,
) -> None:
    with pytest.raises(Faulty, match=says):
        actions.enrol(child=child_of(born_on=born_on), school=elm, starts_on=starts_on, by=alice)

    assert not Enrolment.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"on": date(2025, 9, 2), "ground": "g"}, "came on roll on 3 September 2025"),
        ({"on": TODAY}, "Select the ground"),
        ({"on": TODAY, "ground": "z"}, "not a ground of regulation 9"),
        (
            {"on": TODAY, "ground": "g", "last_attended_on": date(2026, 4, 1)},
            "must be while on this roll",
        ),
    ],
)
def test_a_removal_that_cannot_be_is_refused(
    entry: Enrolment, alice: Actor, given: dict[str, object], says: str
) -> None:
    with pytest.raises(Faulty, match=says):
        actions.remove_from_roll(enrolment=entry, by=alice, **given)  # type: ignore[arg-type]

    assert Enrolment.objects.as_known().get().ends_on is None


def test_a_removal_keeps_ground_destination_and_what_was_believed_before(
    entry: Enrolment, amelia: Child, elm: School, alice: Actor
) -> None:
    left = actions.remove_from_roll(
        enrolment=entry,
        on=TODAY,
        ground="a",
        destination=actions.Destination(school=elm, departure="school", told_on=TODAY),
        last_attended_on=TODAY,
        by=alice,
    )

    [line] = queries.education(amelia, by=alice, on=TODAY).enrolments
    assert line.ground == "(a) Registered at another school"
    assert line.destination == "Elm Primary School; To another school in the area"
    assert Enrolment.objects.count() == 2
    with pytest.raises(Faulty, match="left this roll on 5 March 2026"):
        actions.remove_from_roll(enrolment=left, on=TODAY, ground="a", by=alice)
    with pytest.raises(Stale):
        actions.remove_from_roll(enrolment=entry, on=TODAY, ground="a", by=alice)


def test_a_child_under_compulsory_school_age_leaves_without_a_ground(
    child_of: Callable[..., Child], elm: School, alice: Actor
) -> None:
    child = child_of(born_on=date(2021, 12, 1))
    entry = actions.enrol(child=child, school=elm, starts_on=SEPTEMBER, by=alice)

    assert actions.remove_from_roll(enrolment=entry, on=TODAY, by=alice).ends_on == TODAY


def test_before_the_regulations_of_2024_no_ground_is_asked(
    amelia: Child, oak: School, alice: Actor
) -> None:
    entry = actions.enrol(child=amelia, school=oak, starts_on=date(2023, 9, 4), by=alice)

    assert actions.remove_from_roll(enrolment=entry, on=date(2024, 7, 19), by=alice)


def test_a_correction_cannot_run_into_another_entry(
    amelia: Child, oak: School, alice: Actor
) -> None:
    actions.enrol(
        child=amelia, school=oak, starts_on=date(2024, 9, 3), ends_on=date(2025, 7, 18), by=alice
    )
    entry = actions.enrol(child=amelia, school=oak, starts_on=SEPTEMBER, by=alice)

    with pytest.raises(Faulty, match="Change that entry instead"):
        actions.correct_enrolment(enrolment=entry, starts_on=date(2025, 7, 1), by=alice)
    corrected = actions.correct_enrolment(enrolment=entry, starts_on=date(2025, 9, 8), by=alice)

    assert corrected.starts_on == date(2025, 9, 8)


def test_spans_are_as_the_classification_reads_them(
    entry: Enrolment, amelia: Child, elm: School, alice: Actor
) -> None:
    actions.record_application(child=amelia, school=elm, applied_on=TODAY, by=alice)
    actions.record_offer(child=amelia, school=elm, offered_on=date(2026, 3, 9), by=alice)

    roll, applied, offered = queries.spans(amelia.pk)

    assert roll == {
        "what": "roll",
        "from": SEPTEMBER,
        "to": None,
        "school": "Oak Academy",
        "part_time": False,
        "expected": False,
    }
    assert applied == {"what": "applied_for_place", "from": TODAY, "to": date(2026, 3, 9)}
    assert offered == {"what": "offered_place", "from": date(2026, 3, 9), "to": None}


def test_an_offer_tells_the_outcome_of_the_application_for_it(
    amelia: Child, elm: School, alice: Actor
) -> None:
    actions.record_application(child=amelia, school=elm, applied_on=TODAY, by=alice)

    with pytest.raises(Faulty, match="still open"):
        actions.record_application(child=amelia, school=elm, applied_on=TODAY, by=alice)
    actions.record_offer(child=amelia, school=elm, offered_on=TODAY, by=alice)

    assert InYearApplication.objects.as_known().get().outcome == "offered"
    with pytest.raises(Faulty, match="and is open"):
        actions.record_offer(child=amelia, school=elm, offered_on=TODAY, by=alice)


def test_two_applications_for_a_school_may_not_overlap_though_the_later_is_recorded_first(
    amelia: Child, elm: School, oak: School, alice: Actor
) -> None:
    earlier = TODAY - timedelta(days=20)
    for school in (elm, None):
        actions.record_application(child=amelia, school=school, applied_on=TODAY, by=alice)

        with pytest.raises(Faulty, match="Another application for it holds"):
            actions.record_application(child=amelia, school=school, applied_on=earlier, by=alice)
    actions.record_application(child=amelia, school=oak, applied_on=earlier, by=alice)

    assert InYearApplication.objects.as_known().count() == 3


def test_an_application_answered_today_says_so_to_another_of_the_same_day(
    amelia: Child, elm: School, alice: Actor
) -> None:
    applied = {"child": amelia, "school": elm, "by": alice}
    first = actions.record_application(**applied, applied_on=TODAY)
    actions.tell_outcome(application=first, outcome="refused", on=TODAY, by=alice)

    with pytest.raises(Faulty, match="was answered on"):
        actions.record_application(**applied, applied_on=TODAY)
    actions.record_application(**applied, applied_on=TODAY + timedelta(days=1))


def test_a_declined_offer_ends_and_an_accepted_one_needs_a_start(
    amelia: Child, elm: School, alice: Actor
) -> None:
    offer = actions.record_offer(child=amelia, school=elm, offered_on=TODAY, by=alice)

    with pytest.raises(Faulty, match="expected to start"):
        actions.answer_offer(offer=offer, answer="accepted", on=TODAY, by=alice)
    declined = actions.answer_offer(offer=offer, answer="declined", on=TODAY, by=alice)

    assert declined.ends_on == TODAY
    with pytest.raises(Faulty, match="has ended"):
        actions.answer_offer(offer=declined, answer="accepted", on=TODAY, by=alice)


def test_events_name_no_school(entry: Enrolment, amelia: Child, alice: Actor) -> None:
    actions.remove_from_roll(enrolment=entry, on=TODAY, ground="g", by=alice)

    events = Event.objects.filter(verb__startswith="roll.")
    assert {e.verb for e in events} == {"roll.entered", "roll.removed"}
    assert all(e.children == [amelia.pk] and "Oak" not in str(e.data) for e in events)


def test_sealing_takes_the_school_out_of_sight_and_lifting_brings_it_back(
    entry: Enrolment, amelia: Child, oak: School, alice: Actor
) -> None:
    dave, erin, carol = actors.dave(), actors.erin(), actors.carol()
    sealing = people.seal(child=amelia, reason="Refuge", by=dave, on=TODAY)

    assert not Enrolment.objects.filter(child=amelia).exists()
    assert queries.roll(amelia.pk, by=alice) == []
    assert [e.school for e in queries.roll(amelia.pk, by=carol)] == [oak]
    assert queries.spans(amelia.pk)[0] == {
        "what": "roll", "from": SEPTEMBER, "to": None, "school": "", "part_time": False,
        "expected": False,
    }  # fmt: skip
    assert queries.roll_count(oak, on=TODAY) == 0
    assert queries.tell_schools([amelia.pk], alice, TODAY) == {}
    assert queries.tell_schools([amelia.pk], carol, TODAY) == {amelia.pk: "Oak Academy"}
    with pytest.raises(Unknown):
        queries.enrolment_for(alice, entry.pk)

    people.lift_seal(sealing=people.ask_to_lift(sealing=sealing, by=dave), by=erin, on=TODAY)
    assert [e.pk for e in queries.roll(amelia.pk, by=alice)] == [entry.pk]


def test_what_is_recorded_of_a_sealed_child_goes_among_sealed_facts(
    amelia: Child, oak: School, elm: School
) -> None:
    carol = actors.carol()
    people.seal(child=amelia, reason="Refuge", by=actors.dave(), on=TODAY)

    entry = actions.enrol(child=amelia, school=oak, starts_on=SEPTEMBER, by=carol)
    with pytest.raises(Faulty, match="was on the roll of"):
        actions.enrol(child=amelia, school=oak, starts_on=TODAY, by=carol)
    again = queries.enrolment_for(carol, entry.pk)
    actions.remove_from_roll(enrolment=again, on=TODAY, ground="g", by=carol)
    actions.record_offer(child=amelia, school=elm, offered_on=TODAY, by=carol)

    assert not Enrolment.objects.exists()
    assert not Offer.objects.exists()
    assert not Access.objects.filter(child=amelia, holder_kind="school").exists()
    [line] = queries.education(amelia, by=carol, on=TODAY).enrolments
    assert (line.ends_on, line.school) == (TODAY, oak)


def test_who_may_not_change_records_is_refused(amelia: Child, oak: School) -> None:
    with pytest.raises(Refused):
        actions.enrol(child=amelia, school=oak, starts_on=SEPTEMBER, by=actors.bob())


def test_many_entries_at_once_let_their_schools_know(
    child_of: Callable[..., Child], oak: School, mina: Actor
) -> None:
    children = [child_of(f"Family{n}") for n in range(5)]

    keys = actions.load_enrolments(
        [{"child_id": c.pk, "school_id": oak.pk, "starts_on": SEPTEMBER} for c in children],
        by=mina,
    )

    assert len(keys) == 5
    assert all(holders(c, TODAY) == {oak.pk} for c in children)
    assert len(queries.roll_of(oak, by=mina, on=TODAY)) == 5
    assert queries.roll_count(oak, on=TODAY) == 5


def test_what_was_known_before_a_correction_can_still_be_asked(
    committed_db: object,
) -> None:
    # Two acts in two real transactions, so that "known at" lies between them.
    alice = actors.alice()
    row = people.ChildRow(
        key="k", given_names="A", family_name="B", born_on=date(2013, 4, 3), known_from=SEPTEMBER
    )
    child = Child.objects.get(pk=people.load_children([row], by=PROGRAM, on=TODAY)["k"])
    oak = School.objects.create(name="Oak Academy")
    entry = actions.enrol(child=child, school=oak, starts_on=SEPTEMBER, by=alice)
    entry.refresh_from_db()
    actions.correct_enrolment(enrolment=entry, starts_on=date(2025, 9, 8), by=alice)

    [then] = queries.roll(child.pk, by=alice, known_at=entry.recorded_at)
    [now] = queries.roll(child.pk, by=alice)

    assert (then.starts_on, now.starts_on) == (SEPTEMBER, date(2025, 9, 8))


def test_sealing_takes_away_that_a_school_knows_and_lifting_gives_it_as_the_roll_stands(
    amelia: Child, oak: School, elm: School
) -> None:
    carol, dave, erin = actors.carol(), actors.dave(), actors.erin()
    entry = actions.enrol(child=amelia, school=oak, starts_on=SEPTEMBER, by=carol)
    sealing = people.seal(child=amelia, reason="Refuge", by=dave, on=TODAY)

    assert not Access.objects.filter(child=amelia, holder_kind="school").exists()

    again = queries.enrolment_for(carol, entry.pk)
    actions.remove_from_roll(enrolment=again, on=TODAY, ground="g", by=carol)
    actions.enrol(child=amelia, school=elm, starts_on=TODAY, by=carol)
    asked = people.ask_to_lift(sealing=sealing, by=dave)
    people.lift_seal(sealing=asked, by=erin, on=TODAY)

    known = Access.objects.as_known().filter(child=amelia, holder_kind="school")
    assert dict(known.values_list("holder", "ends_on")) == {oak.pk: TODAY, elm.pk: None}


def test_of_two_equal_entries_at_once_one_is_made_and_one_is_told(committed_db: object) -> None:
    alice = actors.alice()
    oak = School.objects.create(urn=100001, name="Oak", la_code="999")
    child = Child.objects.create(
        ref="AAAA", given_names="Amelia", family_name="Khan", born_on=date(2015, 4, 3)
    )
    ready, said = Barrier(4), []

    def act() -> None:
        ready.wait()
        try:
            actions.enrol(child=child, school=oak, starts_on=SEPTEMBER, by=alice)
            said.append("")
        except Faulty as fault:
            said.append(str(fault))
        finally:
            connection.close()

    threads = [Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Enrolment.objects.count() == 1
    assert sorted(map(bool, said)) == [False, True, True, True]
    assert len(set(said)) == 2


def test_a_constraint_that_nobody_explained_is_told_all_the_same(
    entry: Enrolment, amelia: Child, oak: School, alice: Actor
) -> None:
    with pytest.raises(Faulty, match="Another record stands on some of these days"):
        stated(Enrolment, alice, child=amelia, school=oak, starts_on=SEPTEMBER)
