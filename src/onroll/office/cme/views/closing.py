"""The pages on which a case closes, with what each way still lacks, and opens again."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.casework.views.frame import asked
from onroll.office.cme import actions, policy, queries
from onroll.office.cme.forms import work as forms
from onroll.office.cme.views.frame import case_of, home_of
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest


def close(request: OfficeRequest, ref: str) -> HttpResponse:
    """Close the case with an outcome; what each still lacks stands beside it."""
    case = case_of(request, ref)
    policy.can_end(request.actor, case).require()
    today = clock.today()
    ways = policy.ways_to_close(case, today)
    ready = [way.outcome for way in ways if way.is_ready]
    form = forms.Close(
        request.POST or None, today=today, hints={way.outcome: way.hint for way in ways},
        outcomes=list(policy.OUTCOMES.items()),
        initial={
            "version": case.version, "outcome": ready[0] if len(ready) == 1 else "",
            "accepted_on": today, "accepted_by": request.actor.name,
        },
    )  # fmt: skip
    shown = [(way, *_where(case, way.outcome)) for way in ways]
    return asked(
        request, case, form,
        lambda values: actions.close(
            case=case, by=request.actor, on=today,
            **{**values, "is_unassessed": bool(values["is_unassessed"])},
        ),
        title="Close the case", submit="Close the case", then=home_of(case),
        template="cme/close.html", ways=shown,
    )  # fmt: skip


def _where(case: Any, outcome: str) -> tuple[str, str]:
    """Return what to do for the evidence of an outcome, and the address where it is done."""
    child, ref = case.child.ref, case.ref
    asking = reverse("cme:ask", args=[ref])
    place = queries.place_of(case)
    education = ("Record it on the Education page",
                 reverse("casework:child_education", args=[child]))  # fmt: skip
    return {
        "on_roll": ("Confirm the start", reverse("cme:start", args=[ref]))
        if place is not None and place.confirmed_on is None
        else ("Record the place", reverse("cme:secure", args=[ref])),
        "home_educated": education,
        "alternative_provision": education,
        "eotas": education,
        "left_area": ("Refer the child to the authority",
                      f"{asking}?template=cme_referral_to_authority"),
        "left_country": ("Ask the receiving school",
                         f"{asking}?template=receiving_school_abroad"),
        "over_age": ("Correct the date of birth", reverse("people:details", args=[child])),
        "died": ("Record it on the child’s page", reverse("people:details", args=[child])),
        "not_cme": education,
    }[outcome]  # fmt: skip


def reopen(request: OfficeRequest, ref: str) -> HttpResponse:
    """Reopen a closed case."""
    case = case_of(request, ref)
    policy.can_end(request.actor, case).require()
    today = clock.today()
    form = forms.Reopen(
        request.POST or None, today=today, initial={"version": case.version, "missing_from": today}
    )
    return asked(
        request, case, form,
        lambda values: actions.reopen(case=case, by=request.actor, on=today, **values),
        title="Reopen the case", submit="Reopen the case", then=home_of(case),
    )  # fmt: skip
