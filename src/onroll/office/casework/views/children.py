"""The child's page: standing and why, chronology, education, people, cases, who has looked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from onroll.office.casework import kinds
from onroll.office.casework.forms import children as forms
from onroll.office.casework.policy import cases as policy
from onroll.office.casework.policy import referrals as referral_policy
from onroll.office.casework.queries import cases as case_queries
from onroll.office.casework.queries import children as queries
from onroll.office.casework.queries import pages
from onroll.office.casework.queries.chronology import KINDS_OF_ENTRY, chronology
from onroll.office.casework.queries.contacts import contacts_of_child
from onroll.office.casework.views.documents import listed
from onroll.office.casework.views.pupil import pupil
from onroll.office.journal import queries as journal
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people import policy as people_policy
from onroll.office.people.queries import children as people
from onroll.office.people.queries import identity
from onroll.office.provision import policy as provision_policy
from onroll.office.provision import queries as provision
from onroll.office.schools import queries as schools
from onroll.office.web.components import Link, Moment, Tab
from onroll.office.web.sheets import csv_file
from onroll.office.web.views import download, page

TABS = (
    ("Overview", "casework:child"),
    ("Chronology", "casework:child_chronology"),
    ("Education", "casework:child_education"),
    ("People", "casework:child_people"),
    ("Cases", "casework:child_cases"),
    ("Contacts", "casework:child_contacts"),
    ("Documents", "casework:child_documents"),
    ("Who has looked", "casework:child_looked"),
)
WORDS = dict(KINDS_OF_ENTRY)
LOOKS_ON_A_PAGE = 30
ACTS_SHOWN = 100
PAGES = {name: title for title, name in TABS} | {
    "casework:case": "Case",
    "casework:cases": "List of cases",
    "casework:cohort": "Chronologies of several children",
    "casework:chronology_csv": "Chronology, downloaded",
    "casework:chronology_print": "Chronology, to print",
    "casework:cases_csv": "List of cases, downloaded",
    "people:find": "Find a child",
}


def _links(*named: tuple[str, str, Any]) -> list[Link]:
    """Return the links whose pages exist and lead somewhere from this child."""
    found = []
    for label, name, args in named:
        try:
            found.append(Link(label, reverse(name, args=args)))
        except NoReverseMatch:
            continue
    return found


def child_page(
    request: OfficeRequest,
    child: Any,
    template: str,
    context: Mapping[str, Any],
    *,
    tab: str,
    others: tuple[int, ...] = (),
) -> HttpResponse:
    """Return one tab of a child's page, the banner above."""
    today = clock.today()
    tabs = [
        Tab(title, reverse(name, args=[child.ref]), is_current=name == tab)
        for title, name in TABS
        if name != "casework:child_looked" or policy.can_see_who_looked(request.actor)
    ]
    links = []
    if policy.can_open_another(request.actor, case_queries.open_kinds(child.pk)):
        links += _links(("Open a case", "casework:case_open", [child.ref]))
    if referral_policy.can_record(request.actor):
        links += _links(("Record a referral", "casework:referral_add", []))
    if people_policy.can_decide_identity(request.actor):
        links += _links(("Same child as another record", "linkage:same_child", [child.ref]))
    same = identity.beside(child, by=request.actor)
    shared = {
        "title": str(child),
        "subject": child,
        "banner": people.banner(child, by=request.actor, on=today),
        "child_actions": links,
        "same": same,
        "may_decide_identity": bool(people_policy.can_decide_identity(request.actor)),
        "tabs": tabs,
        "may_edit": people_policy.can_edit(request.actor),
    }
    beside = [record.pk for record in same.records]
    return page(request, template, {**shared, **context}, children=[child.pk, *beside, *others])


def overview(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show where a child stands and why, today or on a day asked for, and what is under way."""
    if not people_policy.can_read_record(request.actor):
        return pupil(request, ref)
    child = people.child_for(request.actor, ref)
    today = clock.today()
    form = forms.StandingOn(request.GET or None)
    on = form.asked.get("on", today)
    known_on: date | None = form.asked.get("known_on")
    known_at = _end_of(known_on) if known_on is not None else None
    shown = pages.child_page(child, request.actor, today=today, on=on, known_at=known_at)
    context = {
        "shown": shown,
        "filters_form": form,
        "on": on,
        "known_on": known_on,
        "is_today": on == today and known_at is None,
        "is_another_day": on != today,
        "cases": [(one, policy.can_work_open(request.actor, one.case)) for one in shown.cases],
        "moments": _moments(shown.latest),
        "hazards": shown.hazards,
    }
    return child_page(
        request, child, "casework/child.html", context, tab="casework:child", others=shown.others
    )


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def _moments(entries: Sequence[kinds.Entry]) -> list[Moment]:
    return [
        Moment(on=e.on, title=e.title, by=e.by, text=e.detail, kind=e.what, url=e.url)
        for e in entries
    ]


def _asked(request: OfficeRequest) -> tuple[forms.ChronologyFilters, dict[str, Any]]:
    form = forms.ChronologyFilters(request.GET or None)
    return form, dict(form.asked)


def child_chronology(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show everything about a child in one order, newest first."""
    child = people.child_for(request.actor, ref)
    form, asked = _asked(request)
    entries = chronology(child, by=request.actor, **asked)
    context = {
        "filters_form": form,
        "moments": _moments(entries[::-1]),
        "count": len(entries),
        "may_export": policy.can_export(request.actor),
        "query": request.GET.urlencode(),
    }
    return child_page(
        request, child, "casework/child_chronology.html", context, tab="casework:child_chronology"
    )


HEADINGS = (
    "Child", "Date of birth", "Day", "What", "Title", "Detail", "By", "Recorded at",
)  # fmt: skip


def lines_of(child: Any, entries: list[kinds.Entry]) -> list[tuple[object, ...]]:
    return [
        (
            str(child), child.born_on, e.on, WORDS.get(e.what, e.what), e.title, e.detail, e.by,
            timezone.localtime(e.at).isoformat(timespec="minutes") if e.at else None,
        )
        for e in entries
    ]  # fmt: skip


def chronology_csv(request: OfficeRequest, ref: str) -> HttpResponse:
    """Give a child's chronology as CSV."""
    policy.can_export(request.actor).require()
    child = people.child_for(request.actor, ref)
    _, asked = _asked(request)
    table = lines_of(child, chronology(child, by=request.actor, **asked))
    return download(
        request, filename=f"chronology-{child.ref}.csv", content=csv_file([HEADINGS, *table]),
        content_type="text/csv; charset=utf-8",
        children=[record.pk for record in identity.known_records(child, by=request.actor)],
    )  # fmt: skip


def chronology_print(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a child's chronology as a page to print, oldest first."""
    policy.can_export(request.actor).require()
    child = people.child_for(request.actor, ref)
    _, asked = _asked(request)
    entries = chronology(child, by=request.actor, **asked)
    context = {"title": "Chronology", "chronologies": [(child, entries)], "why": ""}
    shown = [record.pk for record in identity.known_records(child, by=request.actor)]
    return page(request, "casework/chronology_print.html", context, children=shown)


def education(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a child's rolls, applications and offers, and education otherwise."""
    child = people.child_for(request.actor, ref)
    today = clock.today()
    actor = request.actor
    context = {
        "education": schools.education(child, by=actor, on=today),
        "otherwise": provision.lines_of(provision.JUDGED_KINDS, child, by=actor, on=today),
        "may_judge": provision_policy.can_judge(actor),
        "plans": provision.facts_of("plan", child.pk, by=actor),
        "part_time": provision.facts_of("part-time", child.pk, by=actor),
        "links": _education_links(child.ref),
    }
    return child_page(
        request, child, "casework/child_education.html", context, tab="casework:child_education"
    )


def _education_links(ref: str) -> list[Link]:
    return _links(
        ("Edit rolls, applications and offers", "schools:education", [ref]),
        ("Edit home education, provision and plans", "provision:provision", [ref]),
    )


def around(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the people around a child: carers, homes, professionals, flags."""
    child = people.child_for(request.actor, ref)
    today = clock.today()
    actor = request.actor
    relatives = people.family(child, by=actor, on=today)
    context = {
        "carers": people.carers(child, by=actor, on=today),
        "addresses": people.addresses(child, by=actor),
        "hazards": people.hazards_for(child, by=actor, on=today),
        "professionals": people.professionals(child, by=actor, on=today),
        "flags": people.flags(child, by=actor),
        "names": people.names(child),
        "identifiers": people.identifiers(child),
        "contact_points": people.contact_points(child, by=actor, on=today),
        "whereabouts": people.whereabouts(child, by=actor),
        "relatives": relatives,
    }
    return child_page(
        request, child, "casework/child_people.html", context, tab="casework:child_people",
        others=tuple(r.child.pk for r in relatives),
    )  # fmt: skip


def cases(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a child's cases and referrals, and the family's cases beside them."""
    child = people.child_for(request.actor, ref)
    today = clock.today()
    relatives = people.family(child, by=request.actor, on=today)
    family = case_queries.cases_of_family([r.child.pk for r in relatives], request.actor)
    own = case_queries.cases_of(child.pk, request.actor)
    context = {
        "rows": [_row(case, today) for case in own],
        "family_rows": [_row(case, today) for case in family],
        "referrals": queries.referrals_of(child, request.actor),
    }
    return child_page(
        request, child, "casework/child_cases.html", context, tab="casework:child_cases",
        others=tuple(case.child_id for case in family),
    )  # fmt: skip


def _row(case: Any, today: date) -> dict[str, Any]:
    return {
        "case": case,
        "kind": kinds.title_of(case.kind),
        "state": kinds.state_title(case.kind, case.state),
        "outcome": kinds.outcome_title(case.kind, case.outcome),
        "days": case_queries.days_open(case, today),
    }


def documents(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the documents on a child's cases."""
    child = people.child_for(request.actor, ref)
    context = listed(queries.documents_of(child, request.actor))
    return child_page(
        request, child, "casework/child_documents.html", context, tab="casework:child_documents"
    )


def contacts(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show the contacts on all of a child's cases, and when the child was last seen and heard."""
    child = people.child_for(request.actor, ref)
    form = forms.ContactsOfChild(request.GET or None)
    asked = dict(form.asked)
    found = contacts_of_child(child, request.actor, is_seen=asked.pop("seen", False), **asked)
    context = {
        "found": found,
        "filters_form": form,
        "hazards": people.hazards_for(child, by=request.actor, on=clock.today()),
    }
    return child_page(
        request, child, "casework/child_contacts.html", context, tab="casework:child_contacts"
    )


def looked(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show who has looked at a child's record, by person and day, and what was done."""
    policy.can_see_who_looked(request.actor).require()
    child = people.child_for(request.actor, ref)
    form = forms.Looks(request.GET or None, lookers=journal.lookers(child=child.pk))
    asked = form.asked
    who = int(asked["who"]) if "who" in asked else None
    looks = journal.looks_by_day(
        child=child.pk, actor=who, since=asked.get("first"), until=asked.get("last")
    )
    by_people = [(look, _pages(look)) for look in looks if look.actor is not None]
    context = {
        "filters_form": form,
        "is_filtered": bool(asked),
        "looks": Paginator(by_people, LOOKS_ON_A_PAGE).get_page(request.GET.get("page")),
        "times": sum(look.count for look, _ in by_people),
        "by_program": [(look, _pages(look)) for look in looks if look.actor is None],
        "acts": journal.of_child(child=child.pk, by=request.actor, most=ACTS_SHOWN),
    }
    return child_page(
        request, child, "casework/child_looked.html", context, tab="casework:child_looked"
    )


def _pages(look: journal.Looks) -> list[tuple[str, int]]:
    """Return the pages of one line in words, pages of one name together."""
    named: Counter[str] = Counter()
    for name, times in look.pages:
        named[PAGES.get(name) or in_words(name)] += times
    return named.most_common()


def in_words(name: str) -> str:
    """Return the name of a page's address as words: “casework:case_notes”, “Case notes”."""
    return name.rsplit(":", 1)[-1].replace("_", " ").capitalize()
