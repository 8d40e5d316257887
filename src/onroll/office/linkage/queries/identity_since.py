"""What was recorded on joined records since they were joined, and by whom, wherever it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse

from onroll.office.casework.models import Case, CaseState
from onroll.office.casework.queries.cases import cases_of
from onroll.office.casework.queries.children import referrals_of
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.queries.identity import case_words
from onroll.office.people.models import Child, SameChild
from onroll.office.people.queries.histories import KINDS, beliefs
from onroll.office.provision import queries as provision
from onroll.office.schools import queries as schools
from onroll.office.web.templatetags.onroll import day


@dataclass(frozen=True, slots=True)
class Since:
    """One thing that was recorded on one of the records since they were joined."""

    record: Child
    what: str
    says: str
    at: datetime
    by: str
    url: str  # where it is corrected, ended or withdrawn


def recorded_since(same: SameChild, *, by: Actor, on: date) -> list[Since]:
    """Return what was recorded since the join on both records, and by whom, newest first.

    So that whoever takes them apart can say what belongs to the other: nothing is moved by itself.
    """
    found: list[Since] = []
    for record in (same.beside, same.other):
        found += _own_facts(record, same.said_at, by, on)
        found += _education(record, same.said_at, by, on)
        found += _casework(record, same.said_at, by)
    return sorted(found, key=lambda since: since.at, reverse=True)


_TITLES = {
    "name": "Name", "identifier": "Number", "address": "Address", "locality": "Locality",
    "carer": "Carer", "contact": "Contact point", "carer_address": "Carer’s address",
    "professional": "Professional", "flag": "Flag", "whereabouts": "Whereabouts",
    "language": "Language", "year_taught": "Year group taught", "particulars": "Birth, sex, death",
}  # fmt: skip
# Kept with the house and not with a child.
_NOT_OF_THE_CHILD = {"hazard"}


def _own_facts(record: Child, since: datetime, by: Actor, on: date) -> list[Since]:
    found = []
    for key in KINDS.keys() - _NOT_OF_THE_CHILD:
        url = _url(f"people:{key}" if key != "particulars" else "people:details", record.ref)
        found += [
            Since(record, _TITLES[key], one.says, one.fact.recorded_at, one.recorded_by, url)
            for one in beliefs(key, record, by=by, on=on)
            if one.fact.recorded_at > since and one.superseded_at is None
        ]
    return found


def _education(record: Child, since: datetime, by: Actor, on: date) -> list[Since]:
    seen = schools.education(record, by=by, on=on)
    rolls = [("On a roll", str(line.school), line.fact) for line in seen.enrolments]
    asked = [("Application", str(a.school or ""), a) for a in seen.applications]
    offers = [("Offer", str(o.school), o) for o in seen.offers]
    at = _url("schools:education", record.ref)
    found = [(*each, at) for each in (*rolls, *asked, *offers)]
    otherwise = _url("provision:provision", record.ref)
    for kind, title in _OTHERWISE.items():
        facts = provision.facts_of(kind, record.pk, by=by)
        found += [(title, f"From {day(fact.starts_on)}", fact, otherwise) for fact in facts]
    return [
        Since(record, what, says, fact.recorded_at, str(fact.recorded_by or "OnRoll"), url)
        for what, says, fact, url in found
        if fact.recorded_at > since
    ]


_OTHERWISE: Mapping[str, str] = {
    "home-education": "Home education",
    "provision": "Education otherwise",
    "plan": "EHC plan",
    "part-time": "Part-time timetable",
}


def _casework(record: Child, since: datetime, by: Actor) -> list[Since]:
    cases = {case.pk: case for case in cases_of(record.pk, by) if case.child_id == record.pk}
    found = [
        Since(
            record, "Case", case_words(cases[pk]), first.recorded_at,
            str(first.recorded_by or "OnRoll"), _url("casework:case", cases[pk].ref),
        )
        for pk, first in _opened(cases).items()
        if first.recorded_at > since
    ]  # fmt: skip
    return found + [
        Since(
            record, "Referral", referral.get_source_display(), referral.received_at,
            str(referral.taken_by or "OnRoll"), _url("casework:referral", referral.ref),
        )
        for referral in referrals_of(record, by)
        if referral.child_id == record.pk and referral.received_at > since
    ]  # fmt: skip


def _opened(cases: Mapping[int, Case]) -> dict[int, CaseState]:
    """Return the first state of each case that was ever recorded: by whom it was opened."""
    states = CaseState.objects.filter(case__in=cases).select_related("recorded_by")
    found: dict[int, CaseState] = {}
    for state in states.order_by("recorded_at", "pk"):
        found.setdefault(state.case_id, state)
    return found


def _url(name: str, ref: str) -> str:
    try:
        return reverse(name, args=[ref])
    except NoReverseMatch:
        return ""
