"""Who may be a sealed child is in no list, count, file or page of anybody who is not cleared."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from onroll.office.casework.models import Referral
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Refused, Stale, Unknown
from onroll.office.linkage.actions import answers
from onroll.office.linkage.actions.candidates import hide_sealed_since
from onroll.office.linkage.models import Candidate
from onroll.office.linkage.queries import candidates as queries
from onroll.office.linkage.queries import yields
from onroll.office.linkage.queries.candidates_prints import person_prints
from onroll.office.people import actions as people_actions
from onroll.office.people.actions import sealing
from onroll.office.people.models import Child
from onroll.office.people.queries import find, sealing_of
from onroll.office.provision import actions as provision
from tests import actors
from tests.actors import TODAY
from tests.canary.crawl import said
from tests.linkage.found import done, lists, people, person, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("the_day")]
BORN = date(2014, 6, 7)
HIDDEN = {
    "given_name": "Zerlina", "family_name": "Quavermouth", "born_on": BORN.isoformat(),
    "house": "9", "street": "Xylophone Close", "postcode": "ZZ9 9ZZ", "id": "G9999",
}  # fmt: skip
SECRETS = ("Zerlina", "Quavermouth", "Xylophone", "ZZ9 9ZZ", "7 June 2014", "7 Jun 2014")
UNCLEARED = ["cme_officer", "team_manager", "analyst"]


@pytest.fixture
def carol() -> Actor:
    carol = actors.carol()
    lists(carol)
    return carol


@pytest.fixture
def known() -> Child:
    """A child of the office who is on the lists too; sealed only where a test seals."""
    alice = actors.alice()
    proof = find(text="Zerlina Quavermouth", by=alice, on=TODAY).proof
    return people_actions.add_child(
        searched=proof, given_names="Zerlina", family_name="Quavermouth", born_on=BORN, by=alice,
        on=TODAY,
    )  # fmt: skip


def seal(child: Child) -> None:
    sealing.seal(child=child, reason="Fled from violence", by=actors.dave(), on=TODAY)


def lift(child: Child) -> None:
    dave, erin = actors.dave(), actors.erin()
    held = sealing_of(child, by=dave)
    assert held is not None
    asked = sealing.ask_to_lift(sealing=held, by=dave)
    sealing.lift_seal(sealing=asked, by=erin, on=TODAY)


def pages(browser: Client) -> dict[str, str]:
    """Every page that a search has, as somebody is shown it, by its address."""
    run = Candidate.objects.values_list("run", flat=True).first()
    at = ["", "found/", "found/?answered=any", "found/list.csv", "searches/", "how-well/",
          f"searches/{run}/"]  # fmt: skip
    answered = {path: browser.get(f"/find-missing/{path}") for path in at}
    return {p: a.content.decode() for p, a in answered.items() if a.status_code == 200}


@pytest.mark.parametrize("role", UNCLEARED)
def test_nobody_uncleared_meets_a_word_or_a_number_of_a_sealed_child(
    carol: Actor, known: Child, role: str
) -> None:
    seal(known)
    run = done(carol, [*people(6), person(7777, **HIDDEN)])
    somebody = actors.person("Sam", role)

    shown = pages(actors.signed_in(somebody))

    assert len(shown) >= 4
    for path, text in shown.items():
        assert not [word for word in SECRETS if word in text], path
        assert "7 children" not in text, path
    assert run.counts["listed"] == 6
    assert sum(group.waiting for group in queries.groups(somebody)) == 6
    assert sum(group.found for group in queries.groups(somebody)) == 6
    told = [str(e.data) for e in Event.objects.filter(verb="linkage.run_done")]
    assert told
    assert all("'listed': 6" in one for one in told)


def test_a_nearest_entry_of_a_sealed_child_hides_whoever_is_near_it(
    carol: Actor, known: Child
) -> None:
    seal(known)
    done(carol, [person(1, nearest=record(2, **HIDDEN)), person(2)])

    assert queries.shown_to(actors.alice(), {}).count() == 1
    assert queries.sealed_candidates(carol).count() == 1


@pytest.mark.parametrize("way", ["", "print/", "answer/", "look-into/"])
def test_the_address_of_a_hidden_one_is_that_of_nobody(
    carol: Actor, known: Child, way: str
) -> None:
    seal(known)
    done(carol, [person(7777, **HIDDEN)])
    hidden = Candidate.objects.get()
    browser = actors.signed_in(actors.alice())

    told = []
    for ref in (hidden.ref, "0" * len(hidden.ref)):
        path = f"/find-missing/found/{ref}/{way}"
        answer = browser.post(path) if way == "answer/" else browser.get(path)
        told.append(said(answer, path))

    assert told[0][0] == 404
    assert told[0] == told[1]


def test_sealing_a_child_hides_whoever_a_search_had_found_and_lifting_shows_them(
    carol: Actor, known: Child
) -> None:
    done(carol, [person(7777, **HIDDEN), person(1)])
    alice = actors.alice()
    assert queries.shown_to(alice, {}).count() == 2

    seal(known)
    assert queries.shown_to(alice, {}).count() == 1

    lift(known)
    assert queries.shown_to(alice, {}).count() == 2


def named_again(child: Child) -> None:
    """Those cleared record of a child who is sealed the name that the lists have."""
    people_actions.record_name(
        child=child, use="alias", given_names="Zerlina", family_name="Quavermouth",
        starts_on=BORN, by=actors.carol(), on=TODAY,
    )  # fmt: skip


@pytest.fixture
def renamed() -> Child:
    """A sealed child under a name that no list has, found with six others by a search."""
    alice = actors.alice()
    proof = find(text="Otto Neverlisted", by=alice, on=TODAY).proof
    child = people_actions.add_child(
        searched=proof, given_names="Otto", family_name="Neverlisted", born_on=BORN, by=alice,
        on=TODAY,
    )  # fmt: skip
    carol = actors.carol()
    lists(carol)
    seal(child)
    done(carol, [*people(6), person(7777, **HIDDEN)])
    assert queries.shown_to(alice, {}).count() == 7
    return child


@pytest.mark.parametrize("at", ["found/", "found/list.csv", "{ref}/", "{ref}/print/",
                                "{ref}/look-into/", "answer/?found={ref}"])  # fmt: skip
def test_a_name_recorded_of_a_sealed_child_hides_whoever_was_found_under_it(
    renamed: Child, at: str
) -> None:
    hidden = queries.shown_to(actors.alice(), {}).get(person__in=_prints_of_hidden())
    path = f"/find-missing/found/{at}".replace("found/found/", "found/").format(ref=hidden.ref)
    browser = actors.signed_in(actors.carol() if at.endswith("csv") else actors.alice())
    assert "Zerlina" in browser.get(path).content.decode()

    named_again(renamed)

    answer = browser.get(path)
    assert answer.status_code == (404 if at.startswith("{") else 200)
    assert not [word for word in SECRETS if word in answer.content.decode()]
    assert queries.shown_to(actors.alice(), {}).count() == 6
    assert sum(group.waiting for group in queries.groups(actors.alice())) == 6


def _prints_of_hidden() -> list[str]:
    return person_prints(HIDDEN["given_name"], HIDDEN["family_name"], HIDDEN["born_on"])


def test_nobody_answers_for_who_was_hidden_by_what_was_recorded_meanwhile(renamed: Child) -> None:
    alice = actors.alice()
    ticked = list(queries.shown_to(alice, {}).filter(person__in=_prints_of_hidden()))
    named_again(renamed)

    with pytest.raises(Stale):
        answers.not_missing(candidates=ticked, reason="died", note="", by=alice, on=TODAY)
    with pytest.raises(Stale):
        answers.look_into(candidate=ticked[0], why="", by=alice, on=TODAY)


def test_whoever_was_hidden_by_somebody_else_meanwhile_is_not_shown_all_the_same(
    renamed: Child,
) -> None:
    read = list(queries.shown_to(actors.alice(), {}).filter(person__in=_prints_of_hidden()))
    named_again(renamed)

    assert [hide_sealed_since(read) for _ in range(2)] == [True, True]


def test_education_recorded_since_stands_beside_whoever_it_may_be(
    carol: Actor, known: Child
) -> None:
    done(carol, [person(7777, **HIDDEN)])
    browser = actors.signed_in(carol)
    at = ["/find-missing/found/", f"/find-missing/found/{queries.shown_to(carol, {}).get().ref}/"]

    def told() -> list[int]:
        return [browser.get(path).content.decode().count("Educated at home") for path in at]

    before = told()
    provision.record_home_education(
        child=known, starts_on=TODAY - timedelta(days=3), suitability="suitable", by=carol
    )

    assert told() == [count + 1 for count in before]


def test_what_was_handed_over_of_a_child_is_sealed_with_the_child(
    carol: Actor, known: Child
) -> None:
    """Though the referral by itself no longer looks like the child: another name and no day."""
    done(carol, [person(7777, **HIDDEN)])
    one = queries.shown_to(carol, {}).get()
    answers.look_into(candidate=one, why="", by=carol, on=TODAY)
    Referral.objects.update(given_names="Other", family_name="Name", born_on=None, is_sealed=False)

    seal(known)

    assert Referral.objects.get().is_sealed


def test_an_answer_that_was_begun_before_the_seal_is_not_recorded(
    carol: Actor, known: Child
) -> None:
    done(carol, [person(7777, **HIDDEN)])
    alice = actors.alice()
    ticked = list(queries.shown_to(alice, {}))
    seal(known)

    with pytest.raises(Stale):
        answers.not_missing(candidates=ticked, reason="died", note="", by=alice, on=TODAY)
    with pytest.raises(Stale):
        answers.look_into(candidate=ticked[0], why="", by=alice, on=TODAY)


def test_those_cleared_can_only_refer_to_the_sealed_records_team(
    carol: Actor, known: Child
) -> None:
    seal(known)
    done(carol, [person(7777, **HIDDEN)])
    hidden = queries.sealed_candidates(carol).get()
    browser = actors.signed_in(carol)

    assert "Quavermouth" in browser.get("/find-missing/may-be-sealed/").content.decode()
    with pytest.raises(Refused, match="nothing to answer"):
        answers.look_into(candidate=hidden, why="", by=carol, on=TODAY)
    with pytest.raises(Refused):
        answers.refer_to_keepers(candidate=hidden, by=actors.alice(), on=TODAY)
    answer = browser.post(f"/find-missing/may-be-sealed/{hidden.ref}/refer/")

    assert answer.status_code == 302
    keeper = actors.signed_in(actors.dave()).get("/find-missing/may-be-sealed/")
    assert "Quavermouth" in keeper.content.decode()
    assert not queries.sealed_candidates(carol).exists()
    assert yields.outcomes(actors.alice()) == []


def test_whoever_is_referred_to_the_keepers_is_remembered_and_in_no_count(
    carol: Actor, known: Child
) -> None:
    seal(known)
    done(carol, [person(7777, **HIDDEN)])
    answers.refer_to_keepers(candidate=queries.sealed_candidates(carol).get(), by=carol, on=TODAY)

    run = done(carol, [person(7777, **HIDDEN)])

    assert not queries.sealed_candidates(carol).exists()
    assert (run.counts["remembered"], run.counts["listed"]) == (0, 0)


def test_whoever_was_with_the_keepers_is_listed_as_anybody_once_the_seal_is_lifted(
    carol: Actor, known: Child
) -> None:
    seal(known)
    done(carol, [person(7777, **HIDDEN)])
    answers.refer_to_keepers(candidate=queries.sealed_candidates(carol).get(), by=carol, on=TODAY)
    lift(known)
    alice = actors.alice()
    assert not queries.shown_to(alice, {"answered": "any"}).exists()

    run = done(carol, [person(7777, **HIDDEN)])

    (one,) = queries.shown_to(alice, {})
    assert one.before is None
    assert (run.counts["listed"], run.counts["asked_again"]) == (1, 0)


def test_the_known_child_who_it_may_be_is_shown_with_a_link(carol: Actor, known: Child) -> None:
    done(carol, [person(7777, **HIDDEN)])
    one = queries.shown_to(carol, {}).get()

    text = actors.signed_in(carol).get(f"/find-missing/found/{one.ref}/").content.decode()

    assert one.child == known
    assert f"/children/{known.ref}/" in text
    assert "Probably the same" in text


def test_the_sheet_says_who_is_known_here_with_the_standing_and_nothing_of_a_sealed_child(
    carol: Actor, known: Child
) -> None:
    done(carol, [person(7777, **HIDDEN)])
    at = f"/find-missing/found/{queries.shown_to(carol, {}).get().ref}/print/"

    sheet = actors.signed_in(carol).get(at).content.decode()
    seal(known)
    after = actors.signed_in(actors.alice()).get(at)

    assert known.ref in sheet
    assert "Missing education" in sheet
    assert "probably the same child" in sheet
    assert after.status_code == 404


@pytest.mark.parametrize(
    ("cause", "expected"),
    [("never_seen", "moved_away"), ("newly_arrived", "newly_arrived"), ("weak_link", "weak_link")],
)
def test_whoever_is_known_to_have_left_is_grouped_with_those_who_moved_away(
    cause: str, expected: str, carol: Actor, known: Child
) -> None:
    """Until a list has them newly, or an education list has somebody who may be they."""
    people_actions.conclude_whereabouts(
        child=known, conclusion="elsewhere", strength="confirmed", la_code="383",
        starts_on=date(2025, 9, 1), evidence="A school there", by=carol, on=TODAY,
    )  # fmt: skip

    done(carol, [person(7777, cause=cause, **HIDDEN)])

    assert queries.shown_to(carol, {}).get().cause == expected


def test_answers_given_together_are_those_of_one_who_exists(carol: Actor) -> None:
    done(carol, people(1))

    assert queries.batch_for(carol, str(uuid4())) == []
    assert queries.batch_for(carol, "nonsense") == []
    with pytest.raises(Unknown):
        queries.candidate_for(carol, "nobody")


def test_a_candidate_page_and_a_list_say_in_the_journal_whose_records_were_shown(
    carol: Actor,
) -> None:
    done(carol, people(2))
    browser = actors.signed_in(carol)
    refs = list(Candidate.objects.values_list("ref", flat=True))

    browser.get("/find-missing/found/")
    browser.get(f"/find-missing/found/{refs[0]}/")

    looks = Event.objects.filter(verb="linkage.candidates_looked_at").order_by("pk")
    seen = [look.data["refs"] for look in looks]
    assert sorted(seen[0]) == sorted(refs)
    assert seen[1] == [refs[0]]
