"""The canary: what is told of a sealed child is planted as nonsense words, and sought everywhere.

Whoever is not cleared opens every page by name and by link, searches, exports and sends forms;
no answer, header, log line or table may hold what would tell them of the child or of a place.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client, override_settings

from onroll.office.accounts.models import Team
from onroll.office.accounts.roles import ROLES
from onroll.office.casework.models import Case, CaseState, Referral
from onroll.office.kernel.actor import PROGRAM
from onroll.office.kernel.references import new_reference
from onroll.office.people import actions as people
from onroll.office.people.actions import ChildRow
from onroll.office.people.models import Access, Carer, Child, Relationship, SealedFact
from onroll.office.people.queries import opened, possible_twins
from onroll.office.reporting.reports import ALL as REPORTS
from onroll.office.schools.models import School
from tests import actors
from tests.canary import planting
from tests.canary.crawl import Visitor, address_of, as_nobody, named_addresses, said, steady
from tests.canary.planting import Authority, Hidden, colleague, plant
from tests.canary.tables import words_in_tables
from tests.database import Database

UNCLEARED = [role for role in ROLES if "sealed.read" not in role.permissions]
NOBODY = ""
# Roles of the same permissions see the same pages: one of them opens more of them.
PAGES = 60
FEWER_PAGES = 6


@pytest.fixture(scope="module", autouse=True)
def _a_place_for_marks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The registers of the planted authority, for every test that goes through its pages."""
    with override_settings(MARKS=str(tmp_path_factory.mktemp("marks"))):
        yield


@pytest.fixture(scope="module")
def authority(committed_db_of_module: Database) -> Iterator[Authority]:
    with override_settings(ONROLL_REQUIRE_MFA=False):
        yield plant()


def browser(role: str, authority: Authority) -> Client:
    if role == NOBODY:
        return Client()
    schools = [one.school.pk for one in authority.hidden]
    return actors.signed_in(colleague(role, schools, authority.today))


def visitor(role: str, authority: Authority) -> Visitor:
    return Visitor(role or "nobody", browser(role, authority), authority.traces)


def opened_by_name(visitor: Visitor, authority: Authority, nth: int, *, every: int) -> list[str]:
    """Open every named page as if about a sealed child; return those that gave that away."""
    told_apart = []
    for n, named in enumerate(named_addresses()):
        if n % every != nth % every:
            continue
        one = authority.hidden[(n + nth) % len(authority.hidden)]
        path = address_of(named, one)
        answer = visitor.get(path)
        if "ref" in named.parameters and not named.name.endswith("taken") and "added" not in path:
            nowhere = as_nobody(path, one)
            if said(answer, path) != said(visitor.get(nowhere), nowhere):
                told_apart.append(path)
    return told_apart


def searched(visitor: Visitor, authority: Authority, nth: int) -> None:
    """Look for a sealed child by everything by which a child is looked for."""
    for one in (authority.hidden[nth % 20], authority.hidden[(nth + 9) % 20]):
        family_name = one.child.family_name
        for text in (str(one.child), family_name, family_name[:-2], one.child.ref, one.upn,
                     one.postcode, f"{one.born_on:%d/%m/%Y}", f"{one.born_on:%Y}"):  # fmt: skip
            visitor.post("/children/", {"q": text})
            visitor.post("/children/", {"q": text}, **{"HX-Request": "true"})
        for where in ("/cases/?text=", "/schools/?q=", "/triage/?school="):
            visitor.get(f"{where}{family_name[:-2]}")
        visitor.post("/children/emergency/", {"child_ref": one.child.ref, "reason": "I must know"})


def exported(visitor: Visitor) -> None:
    for report in REPORTS:
        visitor.get(f"/reports/{report.key}/?format=csv")
    visitor.get("/cases/list.csv")
    visitor.get("/cases/list.csv?closed=on")
    visitor.post("/cases/chronologies/", {"kind": "cme", "format": "csv"})


@pytest.mark.parametrize("role", [*(r.key for r in UNCLEARED), NOBODY])
def test_nobody_who_is_not_cleared_meets_a_word_of_a_sealed_child(
    authority: Authority, role: str, caplog: pytest.LogCaptureFixture
) -> None:
    visits = visitor(role, authority)
    nth = [*(r.key for r in UNCLEARED), NOBODY].index(role)
    alike = [r.key for r in UNCLEARED if r.permissions == _permissions(role)]

    is_first = role in alike[:1] or role == NOBODY
    told_apart = opened_by_name(visits, authority, nth, every=1 if is_first else 4)
    visits.crawl(["/", "/tell-us/"], most=PAGES if is_first else FEWER_PAGES)
    searched(visits, authority, nth)
    exported(visits)

    assert visits.leaks == {}, {p: authority.traces.told(w) for p, w in visits.leaks.items()}
    assert told_apart == []
    assert visits.statuses[500] == 0
    logged = authority.traces.found_in(caplog.text)
    # An address holds a reference, which tells nothing.
    wheres = {w for w in logged if not authority.traces.planted[w].where.endswith(".ref")}
    assert wheres == set(), authority.traces.told(wheres)


def _permissions(role: str) -> frozenset[str]:
    return next((r.permissions for r in ROLES if r.key == role), frozenset())


# Recorded and shown on no page, or only once something else has happened.
ON_NO_PAGE = {
    "people.ChildAddress.uprn",
    "people.Carer.first_language",
    "people.Withdrawal.because",
    "provision.HomeEducation.came_to_know",
    "schools.Enrolment.name_used",
    "schools.Enrolment.previous_school",
}


def test_somebody_cleared_is_shown_the_words_that_others_do_not_meet(authority: Authority) -> None:
    visits = visitor("cme_coordinator", authority)
    one = authority.hidden[0]

    for named in named_addresses():
        visits.get(address_of(named, one))

    planted = authority.traces.planted
    met = {planted[w].where for words in visits.leaks.values() for w in words}
    about = {p.where for p in planted.values() if p.child == one.child.pk}
    people_and_places = {w for w in about if w.split(".")[0] in ("people", "schools", "provision")}
    assert people_and_places - met == ON_NO_PAGE
    assert {"casework.Note.text", "casework.Letter.body", "casework.Contact.account",
            "casework.Concern.account", "casework.Document.content", "casework.Task.what",
            "casework.Referral.reason", "cme.Enquiry.account"} <= met  # fmt: skip


# What was told as it was told, and what was written on a case, stays in the clear: those rows
# say that they are sealed, by themselves or by their case, and no question finds them.
KEEP_WHAT_WAS_TOLD = {"casework_referral"}
# The directory of schools, in which no row points to a sealed child.
KEEP_SCHOOLS = {"schools_school"}


def test_no_table_tells_a_place_of_a_sealed_child(
    authority: Authority, committed_db_of_module: Database
) -> None:
    found = words_in_tables(committed_db_of_module, authority.traces)

    planted = authority.traces.planted
    placed = {
        table: authority.traces.told(places)
        for table, words in found.items()
        if (places := {w for w in words if planted[w].is_place})
    }
    assert placed.keys() == KEEP_WHAT_WAS_TOLD | KEEP_SCHOOLS, placed
    assert not {"people_searchterm", "people_searchword", "journal_event"} & {
        table
        for table, words in found.items()
        if any(".ref" not in planted[w].where for w in words)
    }
    assert not SealedFact.objects.exists()
    with opened():
        assert SealedFact.objects.filter(child=authority.hidden[0].child).exists()


def test_no_row_outside_a_case_leads_from_a_sealed_child_to_a_school(authority: Authority) -> None:
    sealed = [one.child.pk for one in authority.hidden]

    led = Counter(
        f"{model._meta.label}.{f.name}"
        for model in apps.get_models()
        for f in model._meta.concrete_fields
        if f.related_model is School and any(g.name == "child" for g in model._meta.fields)
        for _ in model._base_manager.filter(child__in=sealed, **{f"{f.name}__isnull": False})
    )

    assert led.keys() <= {"casework.Referral.school"}
    assert not Access.objects.filter(child__in=sealed, holder_kind="school").exists()


TOLD = {"source": "family", "reason": "Not seen since January", "age_told": ""}


def _report(child: Hidden | None) -> dict[str, str]:
    """What somebody types of a sealed child, or of a child who does not exist."""
    if child is None:
        return {"given_names": "Quillon", "family_name": "Vostermark", "born_on_day": "3",
                "born_on_month": "4", "born_on_year": "2013"}  # fmt: skip
    day = child.born_on
    return {
        "given_names": child.child.given_names,
        "family_name": child.child.family_name,
        "born_on_day": str(day.day),
        "born_on_month": str(day.month),
        "born_on_year": str(day.year),
    }


def _without(body: bytes, typed: dict[str, str]) -> bytes:
    """Take away what was typed, and the values that are signed over it or drawn anew."""
    text = body.decode()
    for value in sorted(typed.values(), key=len, reverse=True):
        if len(value) > 4:
            text = text.replace(value, "TYPED")
    text = re.sub(r'value="[^"]*"', "", text)
    return re.sub(
        r"\b[0-9A-Z]{4}( [0-9A-Z]{2,4}){4}\b|\b[0-9A-Z]{18}\b|\b[0-9A-Z]{12}\b", "REF", text
    ).encode()


def test_a_referral_of_a_sealed_child_is_received_like_any_other(authority: Authority) -> None:
    answers = {}
    one = authority.hidden[3]
    before = set(Referral.objects.values_list("pk", flat=True))
    for child in (None, one):
        client = browser("cme_officer", authority)
        typed = _report(child) | TOLD
        sent = client.post("/referrals/add/", {**typed, "submission": str(uuid4())})
        shown = client.get(sent["Location"])
        answers[child is None] = (
            sent.status_code, re.sub(r"/taken/[^/]+/", "/taken/SIGNED/", sent["Location"]),
            shown.status_code, _without(steady(shown), typed),
        )  # fmt: skip

    assert answers[True] == answers[False]
    new = Referral.objects.exclude(pk__in=before)
    assert {r.is_sealed for r in new} == {True, False}
    sealed = new.get(is_sealed=True)
    for role in ("cme_officer", "team_manager"):
        client = browser(role, authority)
        # Who wrote it keeps their own words and learns nothing more; nobody else has them.
        is_theirs = role == "cme_officer"
        opened_by = client.get(f"/referrals/{sealed.ref}/")
        assert opened_by.status_code == (200 if is_theirs else 404)
        given = client.get(f"/referrals/{sealed.ref}/given/")
        assert given.status_code == (200 if is_theirs else 404)
        assert sealed.ref.encode() not in client.get("/triage/").content
    assert browser("cme_coordinator", authority).get(f"/referrals/{sealed.ref}/").status_code == 200


def test_adding_a_sealed_child_again_answers_like_adding_anybody(authority: Authority) -> None:
    answers = {}
    one = authority.hidden[4]
    for child in (None, one):
        client = browser("attendance_officer", authority)
        typed = _report(child)
        asked = f"{typed['given_names']} {typed['family_name']}"
        found = client.post("/children/", {"q": asked})
        proof = re.search(rb'name="searched" value="([^"]+)"', found.content)
        assert proof
        form = {**typed, "searched": proof[1].decode(), "sex": "U", "birth_date_is": "exact"}
        added = client.post("/children/add/", form)
        shown = client.get(added["Location"])
        answers[child is None] = (
            found.status_code, _without(steady(found), typed | {"q": asked}), added.status_code,
            shown.status_code, _without(steady(shown), typed),
        )  # fmt: skip

    assert answers[True] == answers[False]
    twins = Child.objects.filter(family_name=one.child.family_name).exclude(pk=one.child.pk)
    cleared = colleague("cme_coordinator", [], authority.today)
    listed = {(twin.child.pk, twin.sealed.pk) for twin in possible_twins(by=cleared)}
    assert {(twin.pk, one.child.pk) for twin in twins} & listed
    assert possible_twins(by=colleague("team_manager", [], authority.today)) == []


COUNTED = (
    "/", "/caseloads/", "/cases/", "/cases/?closed=on", "/cases/list.csv", "/triage/",
    "/triage/by-school/", "/cases/audits/", "/referrals/", "/schools/", "/schools/gaps/",
    "/organisation/", "/organisation/posts/", "/files/",
    *(f"/reports/{report.key}/" for report in REPORTS),
    *(f"/reports/{report.key}/?format=csv" for report in REPORTS),
)  # fmt: skip


def test_no_count_moves_when_one_more_child_is_sealed(authority: Authority) -> None:
    school = School.objects.filter(enrolments__isnull=False)[0]
    clients = {
        role: browser(role, authority)
        for role in ("team_manager", "cme_officer", "analyst", "administrator")
    }
    clients["school_user"] = actors.signed_in(
        actors.person("Teacher", "school_user", school=school.pk, on=authority.today)
    )
    pages = (*COUNTED, f"/schools/{school.pk}/")

    def counted() -> dict[tuple[str, str], bytes]:
        return {(who, p): steady(c.get(p)) for who, c in clients.items() for p in pages}

    before = counted()
    _one_more(authority, school)
    after = counted()

    assert {key for key in before if before[key] != after[key]} == set()


def _one_more(authority: Authority, school: School) -> None:
    """Seal one more child, with an open case in a team, at a school, with all that goes with it."""
    keys = people.load_children(
        [ChildRow("x", "Ottoline", "Brackenwold", date(2014, 9, 9), authority.today)],
        by=PROGRAM, on=authority.today,
    )  # fmt: skip
    child = Child.objects.get(pk=keys["x"])
    carer = Carer.objects.create(ref=new_reference(), family_name="Brackenwold")
    since = authority.today - timedelta(days=60)
    Relationship.objects.create(child=child, carer=carer, kind="mother", starts_on=since)
    team = Team.objects.filter(is_current=True, kinds__contains=["cme"])[0]
    model = Case.objects.filter(kind="cme", closed_on=None)[0]
    case = Case.objects.create(
        ref=new_reference(), kind="cme", child=child, team=team, state=model.state,
        notified_on=since, opened_on=since, is_urgent=True,
        owner_id=colleague("cme_officer", [], authority.today).pk,
    )  # fmt: skip
    CaseState.objects.create(case=case, state=model.state, is_open=True, starts_on=since)
    planting.fill(authority.traces, child, set(), school)
    people.seal(child=child, reason="Fled", by=authority.by, on=authority.today)


def test_a_file_of_near_copies_makes_no_unsealed_twin(authority: Authority) -> None:
    rows = list(_near_copies(authority.hidden))
    assert len(rows) == 200

    keys = people.load_children(rows, by=PROGRAM, on=authority.today)

    officer = colleague("cme_officer", [], authority.today)
    seen = Child.objects.visible_to(officer).filter(pk__in=keys.values())
    named = {pk: key for key, pk in keys.items()}
    assert sorted(named[child.pk] for child in seen) == []


def _near_copies(hidden: list[Hidden]) -> Iterator[ChildRow]:
    """Ten ways in which a file has a child wrong, of each sealed child."""
    for one in hidden:
        given, family = one.child.given_names, one.child.family_name
        born, upn = one.born_on, one.upn
        is_leap_day = (born.month, born.day) == (2, 29)
        next_year = born if is_leap_day else born.replace(year=born.year + 1)
        swapped = date(born.year, born.day, born.month) if born.day <= 12 else born
        ways: dict[str, tuple[str, str, date | None, str]] = {
            "the same": (given, family, born, ""),
            "names swapped": (family, given, born, ""),
            "known as": (one.child.known_as, family, born, ""),
            "a letter left out": (given, family[:4] + family[5:], born, ""),
            "two letters swapped": (given[:5] + given[6] + given[5] + given[7:], family, born, ""),
            "upper case": (given.upper(), family.upper(), born, ""),
            "day and month swapped": (given, family, swapped, ""),
            "a year out": (given, family, next_year, ""),
            "the number with another name": ("Quillon", "Vostermark", born, upn),
            "another number": (given, family, born, "Z998700000001"),
        }
        for way, (given_names, family_name, born_on, number) in ways.items():
            yield ChildRow(
                f"{way} {one.child.pk}", given_names, family_name, born_on, date(2026, 9, 1),
                upn=number,
            )  # fmt: skip
