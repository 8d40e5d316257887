"""The screens on which people say that records are of one child or of two."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import Team
from onroll.office.casework.actions import cases
from onroll.office.casework.models import Case
from onroll.office.casework.queries.children import standing
from onroll.office.casework.queries.unfollowed import unfollowed
from onroll.office.journal.models import Event
from onroll.office.journal.verbs import LOOKED
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.linkage.queries import identity as queries
from onroll.office.linkage.queries.identity_since import recorded_since
from onroll.office.people import actions as people
from onroll.office.people.models import Child, JoinAsked, SameChild, TwoChildren
from onroll.office.people.queries import find as search
from onroll.office.people.queries import identity
from onroll.office.people.queries.identity_pairs import probable_pairs
from onroll.office.schools.models import Enrolment, School
from onroll.statute.reasons import Place
from tests import actors
from tests.actors import TODAY

Add = Callable[..., Child]
Browse = Callable[[Actor], Client]
BORN = date(2014, 2, 2)
SINCE = date(2026, 1, 5)
WHY = "One passport was shown for both"


@pytest.fixture
def team(db: None) -> Team:
    found, _ = Team.objects.get_or_create(
        key="cme", defaults={"name": "Children missing education", "kinds": ["cme"]}
    )
    return found


@pytest.fixture
def alice(team: Team) -> Actor:
    return actors.alice(team=team)


@pytest.fixture
def nadia(team: Team) -> Actor:
    """A second person who decides."""
    return actors.person("Nadia", "team_manager", team=team)


@pytest.fixture
def dave(db: None) -> Actor:
    return actors.dave()


@pytest.fixture
def add(alice: Actor) -> Add:
    def added(given: str = "Benjamin", family: str = "Osei", born: date | None = BORN) -> Child:
        proof = search(text=f"{given} {family}", by=alice, on=TODAY).proof
        return people.add_child(
            searched=proof, given_names=given, family_name=family, born_on=born, by=alice, on=TODAY
        )

    return added


@pytest.fixture
def ben(add: Add) -> Child:
    return add()


@pytest.fixture
def benji(add: Add) -> Child:
    return add("Benji")


@pytest.fixture
def browse(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Browse:
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return actors.signed_in


def url(name: str, *args: Any) -> str:
    return reverse(f"linkage:{name}", args=args)


def joined(child: Child, other: Child, by: Actor) -> SameChild:
    return people.join(child=child, other=other, starts_on=SINCE, why=WHY, by=by, on=TODAY)


def pairs(by: Actor) -> list[tuple[int, int]]:
    return [(pair.child, pair.other) for pair in probable_pairs(by=by)]


def answers(**more: str) -> dict[str, str]:
    return {
        "why": WHY, "starts_on_day": "5", "starts_on_month": "1", "starts_on_year": "2026", **more
    }  # fmt: skip


# --- probable duplicates --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "family", "born"),
    [
        ("Benjamin", "Osei", BORN),
        ("Benji", "Osei", BORN),
        ("Osei", "Benjamin", BORN),  # changed over
        ("Benjamin", "Ossei", BORN),
        ("Benjamin", "Osei", date(2014, 2, 3)),
        ("Benjamin Kofi", "Osei", BORN),
    ],
)
def test_records_that_are_alike_are_a_pair(
    given: str, family: str, born: date, add: Add, alice: Actor
) -> None:
    one, other = add(), add(given, family, born)
    add("Chen", "Li", BORN)

    (pair,) = probable_pairs(by=alice)

    assert (pair.child, pair.other) == (one.pk, other.pk)
    assert pair.score >= 60
    assert pair.why
    assert not pair.may_be_twins


def test_the_same_number_makes_a_pair_whatever_the_name(add: Add, alice: Actor) -> None:
    one, other = add(), add("Xavier", "Unwin", BORN)
    for child, scheme in ((one, "upn"), (other, "former_upn")):
        people.record_identifier(
            child=child, scheme=scheme, value="N999200121027", starts_on=SINCE, by=alice, on=TODAY
        )

    found = probable_pairs(by=alice)

    assert [(pair.child, pair.other) for pair in found] == [(one.pk, other.pk)]


def test_twins_are_listed_only_where_somebody_asks_for_them(add: Add, alice: Actor) -> None:
    ada, ella = add("Ada"), add("Ella")
    for child in (ada, ella):
        people.record_address(
            child=child, line_1="1 High Street", postcode="ZZ1 1AA", starts_on=SINCE,
            by=alice, on=TODAY,
        )  # fmt: skip

    found = probable_pairs(by=alice)

    assert [pair.may_be_twins for pair in found] == [True]
    assert queries.narrowed(found) == []
    assert queries.narrowed(found, twins="only") == found


def test_a_sealed_child_is_in_no_pair_whoever_asks(
    ben: Child, benji: Child, alice: Actor, dave: Actor
) -> None:
    assert pairs(alice) == [(ben.pk, benji.pk)]

    people.seal(child=benji, reason="Fled", by=dave, on=TODAY)

    assert pairs(alice) == pairs(dave) == []


def test_an_answer_takes_a_pair_off_the_list_and_nothing_else_does(
    ben: Child, benji: Child, add: Add, alice: Actor
) -> None:
    third = add("Benjamyn")
    assert len(pairs(alice)) == 3

    people.tell_apart(child=ben, other=third, why="Cousins", by=alice, on=TODAY)
    assert pairs(alice) == [(ben.pk, benji.pk), (benji.pk, third.pk)]

    joined(ben, benji, alice)
    assert pairs(alice) == []  # the third is known not to be this child, whichever record is meant


def test_records_that_were_taken_apart_are_listed_last_with_who_did_it_and_why(
    ben: Child, benji: Child, add: Add, alice: Actor, browse: Browse
) -> None:
    third = add("Benjamin", "Osei")
    people.tell_apart(child=benji, other=third, why="Cousins", by=alice, on=TODAY)
    same = joined(ben, benji, alice)
    people.take_apart(same=same, why="Two passports", by=alice, on=TODAY)

    listed = browse(alice).get(url("duplicates")).content.decode()
    compared = browse(alice).get(url("compare", ben.ref, benji.ref)).content.decode()
    form = browse(alice).get(url("join", ben.ref, benji.ref)).content.decode()
    others = browse(alice).get(url("same_child", ben.ref)).content.decode()

    assert pairs(alice)[-1] == (ben.pk, benji.pk)
    assert "Joined once and taken apart" in listed
    assert "Two passports" in listed
    assert "Alice took them apart again" in compared
    assert "They are two children" in compared
    assert "Alice took them apart again" in form
    assert "Taken apart before" in others


def test_saying_again_that_they_are_two_takes_a_pair_off_that_was_taken_apart(
    ben: Child, benji: Child, alice: Actor
) -> None:
    people.take_apart(same=joined(ben, benji, alice), why="Two passports", by=alice, on=TODAY)
    # A test is one transaction, and one instant.
    yesterday = TwoChildren.objects.get().recorded_at - timedelta(days=1)
    SameChild.objects.update(recorded_at=yesterday, superseded_at=yesterday)
    TwoChildren.objects.update(recorded_at=yesterday)
    assert pairs(alice) == [(ben.pk, benji.pk)]

    people.tell_apart(child=ben, other=benji, why="Seen both", by=alice, on=TODAY)

    assert pairs(alice) == []
    told = identity.told_apart(ben.pk, benji.pk)
    assert told is not None
    assert told.why == "Seen both"


def test_the_list_is_narrowed_paged_and_empty_in_words(
    ben: Child, benji: Child, alice: Actor, browse: Browse
) -> None:
    browser = browse(alice)

    shown = browser.get(url("duplicates")).content.decode()
    narrowed = browser.get(url("duplicates"), {"text": "nobody"}).content.decode()

    assert url("compare", ben.ref, benji.ref) in shown
    assert "The date of birth is the same." in shown
    assert "No pair matches." in narrowed
    people.tell_apart(child=ben, other=benji, why="Cousins", by=alice, on=TODAY)
    assert "No records look like duplicates." in browser.get(url("duplicates")).content.decode()


# --- who may -------------------------------------------------------------------------------------


def test_those_who_do_not_decide_are_refused_and_strangers_find_nothing(
    ben: Child, benji: Child, alice: Actor, browse: Browse
) -> None:
    same = joined(ben, benji, alice)
    pages = [url("duplicates"), url("waiting"), url("joined"), url("take_apart", same.pk)]
    about = [url("same_child", ben.ref), url("compare", ben.ref, benji.ref), url("refer", ben.ref)]
    reads = browse(actors.person("Rita", "attendance_officer"))
    stranger = browse(actors.mallory())

    assert {browse(alice).get(page).status_code for page in (*pages, *about)} == {200}
    assert {reads.get(page).status_code for page in (*pages, *about)} == {403}
    assert {stranger.get(page).status_code for page in about} == {404}
    assert {stranger.get(page).status_code for page in pages} == {403}


def _said(answer: Any) -> tuple[int, str, bytes]:
    return answer.status_code, answer.get("Location", ""), answer.content


def test_a_sealed_record_answers_as_one_that_is_not_there(
    ben: Child, benji: Child, add: Add, alice: Actor, dave: Actor, browse: Browse
) -> None:
    people.seal(child=benji, reason="Fled", by=dave, on=TODAY)
    erased = add("Edward", "Gone")
    Child.objects.filter(pk=erased.pk).update(erased_at=clock.now())
    browser = browse(alice)

    said = set()
    for other in (benji.ref, erased.ref, "NOBODY"):
        for page in ("compare", "join", "tell_apart"):
            said.add(_said(browser.get(url(page, ben.ref, other))))
            said.add(_said(browser.post(url(page, ben.ref, other), answers(stays=ben.ref))))
    typed = {
        browser.post(url("same_child", ben.ref), {"other": ref})["Location"].replace(ref, "REF")
        for ref in (benji.ref, erased.ref)
    }

    assert said == {(302, url("refer", ben.ref), b"")}
    assert typed == {url("compare", ben.ref, "REF")}
    assert not SameChild.objects.exists()
    assert not JoinAsked.objects.exists()


def test_referring_answers_the_same_and_reaches_the_keepers_alone(
    ben: Child, benji: Child, alice: Actor, dave: Actor, browse: Browse
) -> None:
    people.seal(child=benji, reason="Fled", by=dave, on=TODAY)

    sent = browse(alice).post(url("refer", ben.ref), {"why": "The mother has another file"})

    assert sent.status_code == 302
    keepers = browse(dave).get(url("keepers")).content.decode()
    assert "The mother has another file" in keepers
    assert url("compare", ben.ref, benji.ref) in keepers  # a twin made since the seal
    asked = JoinAsked.objects.get()
    looked = browse(dave).get(url("looked_into", asked.pk)).content.decode()
    assert benji.ref in looked
    assert browse(alice).get(url("keepers")).status_code == 403
    assert browse(alice).get(url("looked_into", asked.pk)).status_code == 403
    browse(dave).post(url("looked_into", asked.pk), {"why": "Nobody of ours"})
    assert "Nothing waits." in browse(dave).get(url("keepers")).content.decode()


# --- joining, asking, taking apart ----------------------------------------------------------------


def test_two_records_are_compared_and_joined_by_one_person_where_little_is_at_stake(
    ben: Child, benji: Child, alice: Actor, browse: Browse
) -> None:
    browser = browse(alice)

    seen = browser.get(url("compare", ben.ref, benji.ref)).content.decode()
    form = browser.get(url("join", ben.ref, benji.ref)).content.decode()
    sent = browser.post(url("join", ben.ref, benji.ref), answers(stays=benji.ref))

    assert "takes two people" not in seen
    assert "Join the records" in form
    assert sent["Location"] == f"/children/{benji.ref}/"
    same = SameChild.objects.as_known().get()
    assert (same.child, same.other, same.starts_on, same.why) == (benji, ben, SINCE, WHY)
    shown = [e.children for e in Event.objects.filter(verb=LOOKED.key).order_by("-pk")[:2]]
    assert sorted([ben.pk, benji.pk]) in shown
    head = browser.get(f"/children/{benji.ref}/").content.decode()
    folded = browser.get(f"/children/{ben.ref}/").content.decode()
    assert "This child is also recorded as:" in head
    assert reverse("casework:child_education", args=[ben.ref]) in head
    assert "This record is folded into another" in folded
    assert f'href="/children/{benji.ref}/"' in folded


def test_a_join_counts_as_a_rule_from_the_first_day_of_the_second_record_beyond_the_birth(
    ben: Child, benji: Child, alice: Actor, browse: Browse
) -> None:
    """Records that came with one file were all made on one day: what they say is older."""
    for child, day in ((ben, date(2019, 9, 2)), (benji, date(2025, 11, 7))):
        people.record_address(
            child=child, line_1="1 High Street", postcode="ZZ1 1AA", starts_on=day, by=alice,
            on=TODAY,
        )  # fmt: skip

    form = browse(alice).get(url("join", ben.ref, benji.ref)).content.decode()

    for part, value in (("day", "7"), ("month", "11"), ("year", "2025")):
        assert re.search(rf'name="starts_on_{part}"[^>]*value="{value}"', form)


def test_records_that_are_compared_are_headed_by_names_with_the_reference_beside(
    ben: Child, benji: Child, alice: Actor, browse: Browse
) -> None:
    text = browse(alice).get(url("compare", ben.ref, benji.ref)).content.decode()

    assert re.search(rf'<a href="/children/{benji.ref}/">Benji Osei</a>', text)


def test_an_open_case_takes_a_second_person_who_agrees_on_a_page(
    ben: Child, benji: Child, alice: Actor, nadia: Actor, browse: Browse
) -> None:
    cases.open_case(kind="cme", child=benji, by=alice, on=TODAY)
    page = url("join", ben.ref, benji.ref)

    form = browse(alice).get(page).content.decode()
    browse(alice).post(page, answers(stays=benji.ref))

    assert "A case is open on one of the records." in form
    assert not SameChild.objects.exists()
    asked = JoinAsked.objects.get()
    own = browse(alice).get(url("answer", asked.pk)).content.decode()
    assert "somebody else has to answer" in own
    assert url("answer", asked.pk) in browse(nadia).get(url("waiting")).content.decode()
    sent = browse(nadia).post(url("answer", asked.pk), {"answer": "agree"})
    assert sent["Location"] == f"/children/{benji.ref}/"
    same = SameChild.objects.as_known().get()
    assert (same.said_by_id, same.agreed_by_id) == (alice.pk, nadia.pk)
    assert browse(nadia).get(url("answer", asked.pk)).status_code == 404


def test_whoever_asked_can_take_it_back_and_another_can_decline(
    ben: Child, benji: Child, alice: Actor, nadia: Actor, browse: Browse
) -> None:
    ask = {"child": ben, "other": benji, "starts_on": SINCE, "why": WHY, "on": TODAY}
    first = people.ask_to_join(by=alice, **ask)
    browse(alice).post(url("answer", first.pk))
    second = people.ask_to_join(by=alice, **ask)

    unsaid = browse(nadia).post(url("answer", second.pk), {"answer": "decline"})
    browse(nadia).post(url("answer", second.pk), {"answer": "decline", "why": "Two schools"})

    assert unsaid.status_code == 200
    assert [row.answer for row in JoinAsked.objects.order_by("pk")] == ["withdrawn", "declined"]
    assert not SameChild.objects.exists()


def test_they_are_two_children_needs_a_reason_and_is_shown_when_compared_again(
    ben: Child, benji: Child, alice: Actor, browse: Browse
) -> None:
    browser, page = browse(alice), url("tell_apart", ben.ref, benji.ref)

    empty = browser.post(page, {"why": ""}).content.decode()
    browser.post(page, {"why": "Cousins"})

    assert "Enter what shows it" in empty or "what shows it" in empty
    assert TwoChildren.objects.as_known().get().why == "Cousins"
    again = browser.get(url("compare", ben.ref, benji.ref)).content.decode()
    assert "said that they are two children" in again


def test_taking_apart_lists_what_was_recorded_since_and_by_whom_and_moves_nothing(
    ben: Child, benji: Child, alice: Actor, nadia: Actor, browse: Browse
) -> None:
    same = joined(ben, benji, alice)
    SameChild.objects.filter(pk=same.pk).update(said_at=same.said_at - timedelta(seconds=5))
    same.refresh_from_db()
    home = people.record_address(
        child=ben, line_1="1 High Street", postcode="ZZ1 1AA", starts_on=SINCE, by=nadia, on=TODAY
    )
    cases.open_case(kind="cme", child=ben, by=nadia, on=TODAY)

    since = recorded_since(same, by=alice, on=TODAY)
    page = browse(alice).get(url("take_apart", same.pk)).content.decode()
    sent = browse(alice).post(url("take_apart", same.pk), {"why": "Two passports"})

    own = {(one.what, one.record.ref, one.by) for one in since}
    assert {("Address", ben.ref, "Nadia"), ("Case", ben.ref, "Nadia")} <= own
    assert f"/children/{ben.ref}/addresses/" in page
    assert "1 High Street" in page
    assert sent["Location"] == f"/children/{benji.ref}/"
    home.refresh_from_db()
    assert (home.child, home.recorded_by_id, home.superseded_at) == (ben, nadia.pk, None)
    assert identity.records_of(ben.pk) == (ben.pk,)
    assert browse(alice).get(url("take_apart", same.pk)).status_code == 404


# --- the child, whichever record ------------------------------------------------------------------


@pytest.fixture
def school(db: None) -> School:
    return School.objects.create(name="Fernhill Primary School", la_code="999", status="Open")


def test_standing_is_of_all_records_and_as_known_before_the_join_it_is_unchanged(
    ben: Child, benji: Child, school: School, alice: Actor
) -> None:
    Enrolment.objects.create(child=benji, school=school, starts_on=date(2020, 9, 1))
    before = standing(ben, TODAY)
    assert before.place is Place.MISSING_EDUCATION

    same = joined(ben, benji, alice)
    instant = same.recorded_at - timedelta(microseconds=1)

    assert standing(ben, TODAY).place is Place.ON_ROLL
    assert standing(ben, SINCE - timedelta(days=1)).place is Place.MISSING_EDUCATION
    assert standing(ben, TODAY, instant) == before
    people.take_apart(same=same, why="Two passports", by=alice, on=TODAY)
    assert standing(ben, TODAY) == before


def test_what_was_found_out_last_holds_on_whichever_record_it_is_written(
    ben: Child, benji: Child, alice: Actor
) -> None:
    said = {"by": alice, "on": TODAY}
    moved = {"conclusion": "elsewhere", "strength": "confirmed", "la_code": "383"}
    people.conclude_whereabouts(
        child=benji, starts_on=date(2025, 9, 1), evidence="A school there", **moved, **said
    )
    people.conclude_whereabouts(
        child=ben, conclusion="unknown", strength="believed", starts_on=SINCE, **said
    )
    assert standing(benji, TODAY).place is Place.LEFT_AREA

    joined(ben, benji, alice)

    assert standing(ben, TODAY).place is Place.MISSING_EDUCATION
    assert standing(benji, TODAY).place is Place.MISSING_EDUCATION


def test_a_child_with_two_records_is_counted_once_among_those_missing(
    ben: Child, benji: Child, school: School, alice: Actor
) -> None:
    def listed() -> list[Child]:
        return [row.child for row in unfollowed(alice, TODAY)]

    assert set(listed()) == {ben, benji}

    same = joined(ben, benji, alice)
    assert listed() == [ben]

    cases.open_case(kind="cme", child=benji, by=alice, on=TODAY)
    assert listed() == []
    people.take_apart(same=same, why="Two passports", by=alice, on=TODAY)
    assert listed() == [ben]


def test_cases_of_both_records_are_shown_on_either_and_no_second_one_is_opened(
    ben: Child, benji: Child, alice: Actor, browse: Browse
) -> None:
    joined(ben, benji, alice)
    case = cases.open_case(kind="cme", child=benji, by=alice, on=TODAY)

    page = browse(alice).get(f"/children/{ben.ref}/cases/").content.decode()

    assert f"on record {benji.ref}" in page
    with pytest.raises(Faulty, match=case.ref):
        cases.open_case(kind="cme", child=ben, by=alice, on=TODAY)
    assert Case.objects.count() == 1


def test_the_chronology_is_of_all_records_and_says_on_which_each_entry_is(
    ben: Child, benji: Child, school: School, alice: Actor, browse: Browse
) -> None:
    Enrolment.objects.create(child=benji, school=school, starts_on=date(2020, 9, 1))
    joined(ben, benji, alice)

    page = browse(alice).get(f"/children/{ben.ref}/chronology/").content.decode()

    assert f"On the roll of Fernhill Primary School (recorded on {benji.ref})" in page
