"""The register of duties: what is asked, who owns it here, and what the record shows of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.accounts.roles import ROLES
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.reporting import policy
from onroll.office.reporting.forms import DutiesForm, PeriodForm
from onroll.office.reporting.queries import duties as queries
from onroll.office.reporting.queries.duties import Entry, Gap
from onroll.office.reporting.queries.owners import NO_ROLE, Owner
from onroll.office.reporting.queries.periods import Period, period_of
from onroll.office.reporting.queries.standing import Standing
from onroll.office.reporting.views import told
from onroll.office.web.components import Badge, Figure
from onroll.office.web.sheets import CSV, csv_file
from onroll.office.web.views import download, page
from onroll.statute.responsibilities import Kind

_FORCE = (Kind.DUTY, Kind.GUIDANCE, Kind.LOCAL, Kind.POWER)
_ROLES = [NO_ROLE, *(role.key for role in ROLES)]


@dataclass(frozen=True, slots=True)
class _Line:
    """One entry as the list shows it."""

    entry: Entry
    url: str
    asked_of: str
    kind: Badge
    acts: Sequence[told.Part]
    clocks: Sequence[told.Part]
    gaps: Sequence[Badge]

    @property
    def is_overdue(self) -> bool:
        return self.entry.is_ours and self.entry.evidence.standing.overdue > 0


@dataclass(frozen=True, slots=True)
class _Section:
    """What one role owns."""

    owner: Owner
    title: str
    lines: Sequence[_Line]

    @property
    def kept(self) -> list[_Line]:
        return [line for line in self.lines if line.entry.evidence.is_kept]

    @property
    def untraced(self) -> list[_Line]:
        return [line for line in self.lines if not line.entry.evidence.is_kept]

    @property
    def of_untraced(self) -> str:
        return f"{self.title}: not recorded here"

    @property
    def with_gaps(self) -> int:
        return sum(bool(line.gaps) for line in self.kept)


def duties(request: OfficeRequest) -> HttpResponse:
    """Every duty with its evidence in a period, by the role that owns it; as a page or as CSV."""
    policy.can_run(request.actor).require()
    form, today = DutiesForm(request.GET), clock.today()
    period = period_asked(form, today)
    filters = form.filters
    every = queries.register(by=request.actor, period=period, today=today)
    found = _sorted([entry for entry in every if filters.takes(entry)])
    if request.GET.get("format") == "csv":
        return download(
            request,
            filename=f"duties-{period.first.isoformat()}-to-{period.last.isoformat()}.csv",
            content=csv_file([told.HEADINGS, *map(told.as_row, found)]),
            content_type=CSV,
            children=(),
        )
    around = [entry for entry in every if replace(filters, gap="").takes(entry)]
    context = {
        "title": "Register of duties",
        "lead": "What law, guidance and our own rules ask of this authority, its schools and its "
        "families, who owns it here, and what the record shows of it.",
        "crumbs": [("Reports", reverse("reporting:index"))],
        "form_of_question": form,
        "period": period,
        "figures": _figures(request, around),
        "sections": _sections(request, found),
        "shown": len(found),
        "counts_sealed": request.actor.may("sealed.read"),
    }
    return page(request, "reporting/duties.html", context, children=())


def period_asked(form: PeriodForm, today: date) -> Period:
    """Return the period that a form asks for."""
    asked = form.asked
    return period_of(form.wanted, today, first=asked.get("first"), last=asked.get("last"))


def _sorted(entries: Sequence[Entry]) -> list[Entry]:
    """By owner, in the order of the roles; then what the law demands before what may be done."""
    return sorted(
        entries,
        key=lambda entry: (_place(entry.owner.key), _FORCE.index(entry.asked.kind)),
    )


def _place(role: str) -> int:
    return _ROLES.index(role) if role in _ROLES else len(_ROLES)


def _sections(request: OfficeRequest, entries: Sequence[Entry]) -> list[_Section]:
    sections = []
    for _, group in groupby(entries, key=lambda entry: entry.owner.key):
        of_owner = list(group)
        owner = of_owner[0].owner
        title = owner.title if owner.is_role else "Rules of this authority that name no role"
        sections.append(_Section(owner, title, [_line(request, entry) for entry in of_owner]))
    return sections


def _line(request: OfficeRequest, entry: Entry) -> _Line:
    return _Line(
        entry=entry,
        url=with_period(request, reverse("reporting:duty", args=[entry.asked.key])),
        asked_of=told.asked_of(entry),
        kind=told.kind_badge(entry),
        acts=told.counted_acts(entry),
        clocks=list(told.counted_clocks(entry.evidence.standing)),
        gaps=told.gap_badges(entry),
    )


def with_period(request: OfficeRequest, path: str) -> str:
    """Return an address with the period of this page, as it was asked for."""
    given = request.GET.copy()
    for name in set(given) - set(PeriodForm.base_fields):
        del given[name]
    asked = given.urlencode()
    return f"{path}?{asked}" if asked else path


def _figures(request: OfficeRequest, entries: Sequence[Entry]) -> list[Figure]:
    """The register in five numbers; whatever gap is chosen, those of the rest of the filter."""
    ours = [entry for entry in entries if entry.is_ours]
    clocks: dict[str, Standing] = {}
    for entry in ours:
        clocks |= entry.evidence.clocks  # one clock may serve several entries
    overdue = sum(standing.overdue for standing in clocks.values())
    nothing = sum(Gap.NOTHING in entry.gaps for entry in ours)
    untraced = sum(Gap.UNTRACED in entry.gaps for entry in ours)

    def narrowed(gap: str) -> str:
        given = request.GET.copy()
        given["gap"] = gap
        return f"?{given.urlencode()}"

    return [
        Figure("Asked", len(ours), narrowed(""), note="duties, guidance and own rules"),
        Figure(
            "With evidence", sum(bool(entry.evidence.count) for entry in ours), colour="green",
            note="something recorded in the period",
        ),
        Figure(
            "Clocks overdue today", overdue, narrowed(Gap.OVERDUE), "red" if overdue else "grey",
            note="each clock once",
        ),
        Figure(
            "Nothing this period", nothing, narrowed(Gap.NOTHING), "orange" if nothing else "grey",
            note="recorded here, and nothing found",
        ),
        Figure(
            "Not recorded here", untraced, narrowed(Gap.UNTRACED),
            note="to be shown in another way",
        ),
    ]  # fmt: skip
