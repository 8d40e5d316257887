"""The pages of a case: why and since when, a place, the way back to school."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.casework.views.frame import asked
from onroll.office.cme import actions, policy, queries
from onroll.office.cme.forms import work as forms
from onroll.office.cme.views.frame import case_of, home_of
from onroll.office.kernel import clock
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.schools import queries as schools

A_DAY = timedelta(days=1)


def reason(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record why the child misses education."""
    case = case_of(request, ref)
    policy.can_secure(request.actor, case).require()
    episode = queries.episode_of(case)
    now = f"local:{episode.local_reason.key}" if episode.local_reason else episode.reason
    form = forms.Reason(request.POST or None, on=clock.today(), initial={"reason": now})

    def act(values: Mapping[str, Any]) -> object:
        chosen = str(values["reason"])
        local = chosen.removeprefix("local:") if chosen.startswith("local:") else ""
        return actions.record_reason(
            case=case, reason=chosen, by=request.actor,
            local_reason=queries.local_reason(local) if local else None,
        )  # fmt: skip

    return asked(
        request, case, form, act, title="Why the child misses education", then=home_of(case),
        lead="The national reasons, with this authority’s own under them.",
    )  # fmt: skip


def absence(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record since when the child is missing, and what starts the joint clocks."""
    case = case_of(request, ref)
    policy.can_secure(request.actor, case).require()
    on_leave, away = queries.absence_of(case, "h"), queries.absence_of(case, "i")
    form = forms.Absence(
        request.POST or None, today=clock.today(),
        initial={
            "missing_from": queries.episode_of(case).starts_on,
            "leave_ended_on": on_leave.starts_on - A_DAY if on_leave else None,
            "absent_from": away.starts_on if away else None,
            "seen": queries.absence_seen(case),
        },
    )  # fmt: skip
    return asked(
        request, case, form,
        lambda values: actions.record_absence(case=case, by=request.actor, **values),
        title="Since when the child is missing", then=home_of(case),
    )  # fmt: skip


def secure(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record a place secured, to be watched until the child starts."""
    case = case_of(request, ref)
    policy.can_secure(request.actor, case).require()
    today = clock.today()
    form = forms.Secure(
        request.POST or None, today=today,
        initial={"version": case.version, "on": today, "what": "school"},
    )  # fmt: skip

    def act(values: dict[str, Any]) -> object:
        given = {key: value for key, value in values.items() if key not in ("what", "school")}
        school = schools.school(int(values["school"])) if values["school"] else None
        return actions.secure_place(case=case, school=school, by=request.actor, **given)

    return asked(
        request, case, form, act,  # type: ignore[arg-type]
        title="A place secured", submit="Record the place", then=home_of(case),
        lead="The child still misses education until the school confirms the start.",
    )  # fmt: skip


def start(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record that the school confirmed the start."""
    case = case_of(request, ref)
    policy.can_secure(request.actor, case).require()
    today = clock.today()
    place = queries.place_of(case)
    expected_on = place.expected_on if place else None
    form = forms.Start(request.POST or None, today=today, initial={"on": expected_on or today})
    return asked(
        request, case, form,
        lambda values: actions.confirm_start(case=case, by=request.actor, **values),
        title="Confirm the start", then=reverse("cme:close", args=[case.ref]),
        lead=f"At {place.where}." if place else "No place is recorded yet: record it first.",
        done="The start is confirmed. Close the case if all is done.",
    )  # fmt: skip


def plan_add(request: OfficeRequest, ref: str) -> HttpResponse:
    """Add a step to the plan for going back to school."""
    case = case_of(request, ref)
    policy.can_secure(request.actor, case).require()
    return asked(
        request, case, forms.Step(request.POST or None),
        lambda values: actions.plan_step(case=case, by=request.actor, **values),
        title="A step back to school", submit="Add the step", then=home_of(case),
        is_once=True,
    )  # fmt: skip


def plan_done(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Record a step of the plan as taken."""
    case = case_of(request, ref)
    policy.can_secure(request.actor, case).require()
    step = queries.step_for(case, pk)
    today = clock.today()
    form = forms.StepDone(request.POST or None, today=today, initial={"on": today})
    return asked(
        request, case, form,
        lambda values: actions.finish_step(step=step, by=request.actor, **values),
        title=step.what, then=home_of(case),
    )  # fmt: skip


def post_sixteen(request: OfficeRequest, ref: str) -> HttpResponse:
    """Record the risk after compulsory school age, and the handover."""
    case = case_of(request, ref)
    policy.can_secure(request.actor, case).require()
    record = queries.record_of(case)
    form = forms.PostSixteen(
        request.POST or None, today=clock.today(),
        initial={"at_risk": record.at_risk_of_neet, "handed_on": record.handed_to_post_16_on},
    )  # fmt: skip
    return asked(
        request, case, form,
        lambda values: actions.hand_to_post_16(
            case=case, by=request.actor, at_risk=bool(values["at_risk"]),
            handed_on=values["handed_on"],
        ),
        title="Handover to post-16", then=home_of(case),
    )  # fmt: skip
