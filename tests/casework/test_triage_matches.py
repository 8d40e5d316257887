"""Whom a referral may be about: the queue and the page agree, and a closed case opens again."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from onroll.office.casework.actions import cases, triage
from onroll.office.casework.forms.referrals import SchoolLookup
from onroll.office.casework.models import Case, Referral
from onroll.office.casework.queries import referrals as listed
from onroll.office.casework.queries import triage as queries
from onroll.office.cme.models import Episode
from onroll.office.kernel.actor import PROGRAM
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people import actions as people
from onroll.office.people.models import Child
from onroll.office.people.queries import find
from onroll.office.schools import queries as schools
from onroll.office.schools.actions import load_enrolments
from tests import actors
from tests.casework.referral_answers import SAFE, TODAY, a_school, refer


@pytest.fixture(autouse=True)
def _screens(settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    settings.WHITENOISE_AUTOREFRESH = True
    settings.ONROLL_REQUIRE_MFA = False
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.CSRF_COOKIE_SECURE = False


def _child(by, given_names="Noor", family_name="Ferreira", born_on=date(2015, 6, 1)) -> Child:
    proof = find(text=f"{given_names} {family_name}", by=by, on=TODAY).proof
    return people.add_child(
        searched=proof, given_names=given_names, family_name=family_name, born_on=born_on,
        by=by, on=TODAY,
    )  # fmt: skip


def _case(child, by, on=date(2025, 9, 8)) -> Case:
    return cases.open_case(kind="cme", child=child, by=PROGRAM, on=on)


def _closed(child, by) -> Case:
    case = _case(child, by)
    Case.objects.filter(pk=case.pk).update(
        state="closed", closed_on=date(2025, 11, 3), outcome="on_roll"
    )
    Episode.objects.filter(case=case).update(ends_on=date(2025, 11, 2))
    return Case.objects.get(pk=case.pk)


def test_a_child_who_left_the_school_told_is_offered_though_the_birth_date_is_wrong(db):
    alice = actors.alice()
    school = a_school("St Bride's Primary School")
    child = _child(alice, "Hei", "Stansfield", date(2015, 7, 12))
    load_enrolments(
        [{"child_id": child.pk, "school_id": school.pk, "starts_on": date(2020, 9, 1),
          "ends_on": date(2025, 8, 31), "deletion_ground": "a"}],
        by=PROGRAM,
    )  # fmt: skip
    _child(alice, "Oscar", "Whitlam", date(2016, 9, 9))

    referral = refer(
        given_names="Hei", family_name="Stansfield", born_on=date(2016, 9, 9),
        school_told="St Brides",
    )  # fmt: skip

    (candidate,) = queries.candidates(referral, alice, TODAY)
    assert candidate.child == child
    assert list(candidate.why) == [
        "The name is the same.",
        "A school in common: St Bride's Primary School.",
        "The date of birth is different.",
    ]
    assert {line.label: line.agrees for line in candidate.compared}["School"]


def test_the_queue_counts_what_the_page_of_each_referral_shows(db):
    alice = actors.alice()
    for day in (2, 3, 12):
        _child(alice, "Kacper", "Kowalczyk", date(2014, 3, day))
    _child(alice, "Noor", "Ferreira", date(2009, 1, 2))
    _child(alice, "Omar", "Ferreira")
    given = [
        refer(given_names="Kasper", family_name="Kowalczyk", born_on=date(2014, 3, 2)),
        refer(),
        refer(given_names="Noor", family_name="", born_on=None),
        refer(given_names="", family_name="", born_on=date(2014, 3, 12)),
        refer(given_names="Zebedee", family_name="Quux", born_on=date(2013, 1, 1)),
    ]

    rows = listed.queue(alice, TODAY, {}).object_list

    counted = {row.referral.pk: row.matches for row in rows}
    shown = {r.pk: len(queries.candidates(r, alice, TODAY)) for r in given}
    assert counted == shown
    assert counted[given[0].pk] >= 1
    assert counted[given[-1].pk] == 0


def test_nothing_is_suggested_or_chosen_of_a_child_who_is_only_possible(db):
    alice = actors.carol()
    child = _child(alice, born_on=date(2009, 1, 2))
    _case(child, alice)
    referral = refer()

    shown = queries.candidates(referral, alice, TODAY)
    page = unescape(
        actors.signed_in(alice)
        .get(reverse("casework:referral", args=[referral.ref]))
        .content.decode()
    )

    assert [c.is_likely for c in shown] == [False]
    assert queries.suggestion(referral, shown).decision == "accept"
    assert "Possible, not likely" in page
    assert f'value="{child.ref}" checked' not in page


def test_a_closed_case_of_the_child_is_suggested_and_opens_again_with_the_referral(db):
    carol = actors.carol()
    case = _closed(_child(carol), carol)
    referral = refer()
    client = actors.signed_in(carol)
    at = reverse("casework:referral", args=[referral.ref])
    page = unescape(client.get(at).content.decode())
    assert "Suggested: Reopen a closed case." in page

    done = client.post(
        at,
        {
            "version": "1", "seen": case.child.ref, "conclusion": "no_concern",
            "because": "Looked.", "decision": "reopen", "closed_case": case.ref,
            "since": "2026-02-02", "reason": "He left again at half-term.",
        },
    )  # fmt: skip

    assert done.url == reverse("casework:case", args=[case.ref])
    again = Case.objects.get()
    assert (again.ref, again.is_open, again.outcome) == (case.ref, True, "")
    decided = Referral.objects.get()
    assert (decided.state, decided.case_id, decided.child_id) == ("added", case.pk, case.child_id)
    spells = Episode.objects.as_known().filter(case=case).order_by("starts_on")
    assert [(e.starts_on, e.ends_on) for e in spells][-1] == (date(2026, 2, 2), None)
    assert len(spells) == 2


def _reopen(referral, case, by, **more):
    return triage.reopen_case(
        **{
            "referral": referral, "version": 1, "case": case, "since": date(2026, 2, 2),
            "safeguarding": SAFE, "reason": "He left again.", "by": by, "on": TODAY, **more,
        }
    )  # fmt: skip


def test_a_case_is_opened_again_only_with_a_reason_and_a_day_that_can_be(db):
    carol = actors.carol()
    case, referral = _closed(_child(carol), carol), refer()

    for wrong in ({"reason": " "}, {"since": date(2026, 3, 6)}, {"since": date(2020, 1, 1)}):
        with pytest.raises(Faulty) as faulty:
            _reopen(referral, case, carol, **wrong)
        assert {name for name, _ in faulty.value.faults} == set(wrong)

    assert Referral.objects.get().state == "new"
    assert not Case.objects.get().is_open


def test_a_case_is_not_opened_again_beside_an_open_one_nor_by_who_may_not(db):
    carol = actors.carol()
    child = _child(carol)
    case, referral = _closed(child, carol), refer()
    stranger = actors.alice()  # neither hers nor her team's

    with pytest.raises(Refused):
        _reopen(referral, case, stranger)
    _case(child, carol, on=TODAY)
    with pytest.raises(Refused, match="open case of this kind"):
        _reopen(referral, case, carol)

    (candidate,) = queries.candidates(referral, carol, TODAY)
    assert candidate.closed_cases == []
    assert queries.suggestion(referral, [candidate]).decision == "add"


@pytest.mark.parametrize(
    "typed", ["St Brides", "st bride's primary", "Saint Bride’s C of E School"]
)
def test_a_school_told_in_words_is_known_by_its_spelling(db, typed):
    school = a_school("St Bride's Primary School")
    a_school("Elm Primary School", urn=900002, estab="2002")

    form = SchoolLookup({"school": typed})

    assert schools.school_told(typed) == school
    assert form.is_valid()
    assert form.school_told == (school.pk, typed)


def test_two_schools_that_a_spelling_can_mean_are_offered_and_neither_is_taken(db):
    a_school("St Bride's Infant School")
    a_school("St Bride's Junior School", urn=900002, estab="2002")

    assert schools.school_told("St Brides") is None
    assert schools.school_told("St Brides Junior").name == "St Bride's Junior School"


def test_the_number_of_a_case_and_a_receipt_lead_there_for_those_who_may_know(db):
    alice, carol, bob = actors.alice(), actors.carol(), actors.bob()
    child = _child(carol)
    case, referral = _case(child, carol), refer()
    grouped = " ".join(referral.ref[i : i + 4] for i in range(0, len(referral.ref), 4))

    def leads(text, by) -> list[str]:
        return [lead.url for lead in find(text=text, by=by, on=TODAY).leads]

    to_case = [reverse("casework:case", args=[case.ref])]
    to_referral = [reverse("casework:referral", args=[referral.ref])]
    assert leads(case.ref.lower(), carol) == leads(f"case {case.ref}", carol) == to_case
    assert leads(grouped, alice) == leads(referral.ref, carol) == to_referral
    assert leads(case.ref, alice) == []  # neither hers nor her team's
    assert leads(case.ref, bob) == leads(referral.ref, bob) == []


def test_the_number_of_a_sealed_childs_case_leads_nobody_but_those_cleared_anywhere(db):
    manager = actors.person("Mona", "team_manager")
    carol = actors.carol()
    child = _child(carol)
    case, referral = _case(child, carol), refer()
    assert find(text=case.ref, by=manager, on=TODAY).leads

    people.seal(child=child, reason="A threat", by=actors.dave(), on=TODAY)

    for ref in (case.ref, referral.ref):
        unknown = find(text=ref, by=manager, on=TODAY)
        assert (unknown.leads, unknown.children) == ((), ())
        assert find(text=ref, by=carol, on=TODAY).leads
