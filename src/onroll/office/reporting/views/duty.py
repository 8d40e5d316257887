"""One duty: where it is asked, who owns it, and its evidence by act, by team and by school."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.accounts import policy as accounts_policy
from onroll.office.casework.policy import cases as case_policy
from onroll.office.casework.policy import referrals as referral_policy
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.reporting import policy, reports
from onroll.office.reporting.forms import KINDS, PeriodForm
from onroll.office.reporting.queries import duties as queries
from onroll.office.reporting.queries import shares
from onroll.office.reporting.queries.duties import Entry
from onroll.office.reporting.queries.owners import Owner
from onroll.office.reporting.queries.periods import Period
from onroll.office.reporting.queries.standing import (
    ALWAYS_SHOWN,
    STANDS,
    Standing,
    is_for_referring,
)
from onroll.office.reporting.queries.traces import act_in_words
from onroll.office.reporting.views import told
from onroll.office.reporting.views.duties import period_asked, with_period
from onroll.office.web.components import Link, Row
from onroll.office.web.views import page
from onroll.statute.duty import Duty
from onroll.statute.editions import SUBJECTS

Cells = Sequence[tuple[int, str]]  # numbers, each with the heading of its column


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a table of evidence: a clock, a team or a school."""

    name: str
    url: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class _Table:
    """Evidence in a table: what its lines are, the headings of its numbers, and its lines."""

    title: str
    first: str
    headings: Sequence[str]
    lines: Sequence[_Line]
    says: str = ""


def duty(request: OfficeRequest, key: str) -> HttpResponse:
    """One duty: where it is asked, who owns it, and its evidence by act, by team and by school."""
    policy.can_run(request.actor).require()
    form, today = PeriodForm(request.GET), clock.today()
    period = period_asked(form, today)
    actor = request.actor
    entry = queries.entry_of(key, by=actor, period=period, today=today)
    of_schools = shares.by_school(entry.asked, by=actor, period=period, today=today)
    of_teams = shares.by_team(entry.asked, by=actor, period=period, today=today)
    clocks = queries.clocks_of(entry.asked)
    tables = [
        _clocks(entry, clocks),
        _shares(entry, "By school", "School", of_schools, SCHOOL),
        _shares(entry, "By team", "Team", of_teams, TEAM),
    ]
    context = {
        "title": entry.asked.title,
        "caption": f"Register of duties · {SUBJECTS[entry.asked.subject]}",
        "crumbs": [
            ("Reports", reverse("reporting:index")),
            ("Register of duties", with_period(request, reverse("reporting:duties"))),
        ],
        "form_of_question": form,
        "entry": entry,
        "period": period,
        "badges": [told.kind_badge(entry), *told.gap_badges(entry)],
        "gaps": [told.GAP_SENTENCES[gap] for gap in entry.gaps],
        "rows": _told_of(entry),
        "acts": _acts(actor, entry, period),
        "letters": entry.evidence.letters.items(),
        "tables": [table for table in tables if table.lines],
        "is_schools": entry.asked.asked_of in shares.OF_SCHOOLS,
        "has_schools": bool(of_schools),
        "links": _where_to_look(actor, entry, clocks),
        "counts_sealed": actor.may("sealed.read"),
    }
    return page(request, "reporting/duty.html", context, children=())


def _told_of(entry: Entry) -> list[Row]:
    """What is asked, by whom, of whom: the rows of the summary."""
    asked, owner = entry.asked, entry.owner
    held = f"{owner.people} {'person holds' if owner.people == 1 else 'people hold'} this role"
    teams = ", ".join(name for _, name in owner.teams)
    guidance = f"{reverse('reporting:guidance')}?subject={asked.subject}"
    return [
        Row("Asked of", told.asked_of(entry)),
        Row("Owned here by", owner.title, note=_whose(owner, held)),
        Row("Teams", teams or None, note="Those whose people hold the role" if teams else ""),
        Row("With what force", KINDS[asked.kind] if owner.is_role else "A rule of this authority"),
        Row("Source", asked.cites, note=asked.caution,
            action=Link("Guidance in force", guidance)),
    ]  # fmt: skip


def _whose(owner: Owner, held: str) -> str:
    if not owner.is_role:
        return "The authority’s rules name no role for it."
    return held if owner.people else "Nobody holds this role."


@dataclass(frozen=True, slots=True)
class _Act:
    """One act with how often it was done, and where the journal tells of it."""

    words: str
    count: int
    url: str


def _acts(actor: Actor, entry: Entry, period: Period) -> list[_Act]:
    reads = accounts_policy.can_read_journal(actor)
    journal = f"{reverse('accounts:journal')}?since={period.first}&until={period.last}&verb="
    return [
        _Act(act_in_words(verb, 2).capitalize(), count, f"{journal}{verb}" if reads else "")
        for verb, count in entry.evidence.acts.items()
    ]


def _clocks(entry: Entry, clocks: Sequence[Duty]) -> _Table:
    """Every clock of an entry by how it stands."""
    found = {
        clock.title: entry.evidence.clocks[clock.id]
        for clock in clocks
        if clock.id in entry.evidence.clocks
    }
    stands = _stands(found.values())
    return _Table(
        title="Clocks",
        first="Clock",
        headings=[heading for _, heading in stands],
        lines=[_Line(title, "", _counts(standing, stands)) for title, standing in found.items()],
        says="Clocks that ran on any day of the period, as they stand today.",
    )


def _stands(found: Iterable[Standing]) -> list[tuple[str, str]]:
    """Return which columns a table of clocks needs: none without a clock."""
    standings = list(found)
    if not any(standing.total for standing in standings):
        return []
    return [
        (name, heading)
        for name, heading in STANDS
        if name in ALWAYS_SHOWN or any(getattr(one, name) for one in standings)
    ]


def _counts(standing: Standing, stands: Sequence[tuple[str, str]]) -> list[tuple[int, str]]:
    return [(getattr(standing, name), heading) for name, heading in stands]


def _shares(
    entry: Entry, title: str, first: str, found: Sequence[shares.Share], says: str
) -> _Table:
    """The evidence of each school, or of each team: acts, letters and clocks."""
    words = {
        verb: act_in_words(verb, 2).capitalize() for verb in shares.columns(entry.asked, found)
    }
    letters = ["Letters issued"] if any(share.letters for share in found) else []
    stands = _stands(share.standing for share in found)
    return _Table(
        title=title,
        first=first,
        headings=[*words.values(), *letters, *(heading for _, heading in stands)],
        lines=[
            _Line(
                share.name,
                reverse("schools:school", args=[share.school]) if share.school else "",
                [
                    *((share.acts.get(verb, 0), said) for verb, said in words.items()),
                    *((share.letters, heading) for heading in letters),
                    *_counts(share.standing, stands),
                ],
            )
            for share in found
        ],
        says=says,
    )


SCHOOL = (
    "The school is the one that the referral or the record names, else the last school of the "
    "case. Schools of which nothing was recorded are not listed."
)
TEAM = "The team is the one that has the case now. What is no case’s has no team."

# Which report shows more of which act.
_REPORTS = (
    ("referrals.received", "late-referrals"),
    ("referrals.received", "completeness"),
    ("referrals.safeguarding_considered", "no-consideration"),
    ("cases.considered", "no-consideration"),
    ("cases.contact", "no-action"),
    ("cases.opened", "open-cases"),
    ("cases.allocated", "open-cases"),
    ("cases.moved", "open-cases"),
    ("cme.", "open-cases"),
    ("schools.contact_recorded", "contact-gaps"),
    ("accounts.post_held", "posts"),
    ("accounts.", "responsibilities"),
)


def _where_to_look(actor: Actor, entry: Entry, clocks: Sequence[Duty]) -> list[Link]:
    """Return where the cases behind the figures are, as far as this person may see them."""
    evidence, asked = entry.evidence, entry.asked
    cases, found = reverse("casework:cases"), []
    sees_cases = case_policy.can_work_some(actor) | case_policy.can_see_every_case(actor)
    if evidence.standing.overdue and sees_cases:
        found.append(Link("Cases with something overdue", f"{cases}?due=overdue"))
    if sees_cases and any(act.startswith(("cases.", "cme.")) for act in asked.acts):
        found.append(Link("Open cases", cases))
    refers = "referrals.received" in asked.acts or any(map(is_for_referring, clocks))
    if refers and referral_policy.can_triage(actor):
        found.append(
            Link("Referrals by school, this school year", reverse("casework:referrals_by_school"))
        )
    wanted = [key for start, key in _REPORTS if any(a.startswith(start) for a in asked.acts)]
    if any(map(is_for_referring, clocks)):
        wanted.append("late-referrals")
    elif evidence.clocks:
        wanted.append("worklist")
    for key in dict.fromkeys(wanted):
        if (report := reports.by_key(key)) is not None:
            found.append(Link(f"Report: {report.title}", reverse("reporting:report", args=[key])))
    return found
