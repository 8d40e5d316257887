"""The screens of a child's education otherwise than on a roll, plans and part-time timetables."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.people import queries as people
from onroll.office.provision import actions, policy, queries
from onroll.office.provision.forms import FORMS, EndForm, JudgeForm, JudgementForm
from onroll.office.web.views import page
from onroll.statute.suitability import Aspect, Criterion
from onroll.statute.writing import written

GET_OR_POST = ["GET", "HEAD", "POST"]
TITLES = {
    "home-education": "home education",
    "provision": "education otherwise than at school",
    "plan": "an EHC plan",
    "part-time": "a part-time timetable",
}
RECORD: dict[str, Callable[..., Any]] = {
    "home-education": actions.record_home_education,
    "provision": actions.record_provision,
    "plan": actions.record_plan,
    "part-time": actions.record_part_time,
}


@require_safe
def provision(request: OfficeRequest, ref: str) -> HttpResponse:
    """Show a child's education otherwise, plans and timetables."""
    child = people.child_for(request.actor, ref)
    today = clock.today()
    return page(
        request,
        "provision/provision.html",
        {
            "title": "Provision",
            "child": people.banner(child, by=request.actor, on=today),
            "ref": child.ref,
            "summary": queries.summary(child, by=request.actor, on=today),
            "may_record": policy.can_record(request.actor),
            "may_judge": policy.can_judge(request.actor),
            "kinds": TITLES,
        },
        children=[child.pk],
    )


@require_http_methods(GET_OR_POST)
def record(request: OfficeRequest, ref: str, kind: str) -> HttpResponse:
    """Record one."""
    child = _child(request, ref, kind)
    form = FORMS[kind](request.POST or None, today=clock.today())

    def act(given: dict[str, Any]) -> None:
        RECORD[kind](child=child, by=request.actor, **given)

    return _ask(request, child, kind, form, f"Record {TITLES[kind]}", act)


@require_http_methods(GET_OR_POST)
def correct(request: OfficeRequest, ref: str, kind: str, pk: int) -> HttpResponse:
    """Put one right."""
    child, fact = _fact(request, ref, kind, pk)
    form = FORMS[kind](request.POST or None, today=clock.today(), initial=_initial(kind, fact))

    def act(given: dict[str, Any]) -> None:
        actions.correct(fact=fact, by=request.actor, **given)

    return _ask(request, child, kind, form, f"Correct {TITLES[kind]}", act)


@require_http_methods(GET_OR_POST)
def end(request: OfficeRequest, ref: str, kind: str, pk: int) -> HttpResponse:
    """End one."""
    child, fact = _fact(request, ref, kind, pk)
    form = EndForm(request.POST or None, today=clock.today(), initial={"on": clock.today()})

    def act(given: dict[str, Any]) -> None:
        actions.end(fact=fact, by=request.actor, on=given["on"])

    return _ask(request, child, "", form, f"End {TITLES[kind]}", act)


@require_http_methods(GET_OR_POST)
def withdraw(request: OfficeRequest, ref: str, kind: str, pk: int) -> HttpResponse:
    """Stop believing one that was recorded in error."""
    child, fact = _fact(request, ref, kind, pk)
    home = reverse("provision:provision", args=[child.ref])
    if request.method == "POST":
        actions.withdraw(fact=fact, by=request.actor)
        messages.success(request, "It was withdrawn; that it was once recorded stays known.")
        return redirect(home)
    return page(
        request,
        "web/confirm.html",
        {
            "title": f"Withdraw {TITLES[kind]}?",
            "explains": [
                "Withdraw it only if it was never so: recorded for the wrong child, or by mistake. "
                "If it was so and is no longer, end it."
            ],
            "child": people.banner(child, by=request.actor, on=clock.today()),
            "submit": "Withdraw it",
            "danger": True,
            "cancel_url": home,
        },
        children=[child.pk],
    )


@require_http_methods(GET_OR_POST)
def judge(request: OfficeRequest, ref: str, kind: str, pk: int) -> HttpResponse:
    """Judge an education by the three criteria, those judged before beside them."""
    if kind not in queries.JUDGED_KINDS:
        raise Unknown(f"nothing of kind {kind!r} is judged")
    child, fact = _fact(request, ref, kind, pk)
    policy.can_judge(request.actor).require()
    today = clock.today()
    judged = queries.judged_for(fact, by=request.actor, on=today)
    form = JudgeForm(
        request.POST or None,
        today=today,
        judged=judged,
        initial={"judged_on": today, "judged_by": request.actor.name},
    )

    def act(given: dict[str, Any]) -> str:
        judged_on = given["judged_on"]
        actions.judge(
            education=fact,
            verdicts=form.verdicts(),
            judged_on=judged_on,
            judged_by=given["judged_by"],
            evidence=given["evidence"],
            by=request.actor,
            on=today,
        )
        answer = queries.judged_for(fact, by=request.actor, on=judged_on)
        return f"It was recorded. On {written(judged_on)} the education is: {answer.words}."

    context = {
        "line": queries.line_of(kind, fact, today),
        "judged": judged,
        "ref": child.ref,
        "template": "provision/judge.html",
        "counts_only_if_suitable": queries.what_of(fact) in queries.SAYS_SUITABLE,
        "counts_whatever": queries.counts_whatever(fact),
    }
    return _ask(request, child, "", form, "Judge the education", act, context)


@require_http_methods(GET_OR_POST)
def correct_judgement(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Put one judgement right."""
    child, judgement = _judgement(request, ref, pk)
    criterion = Criterion(judgement.criterion)
    initial = {
        "judged_on": judgement.judged_on,
        "judged_by": judgement.judged_by,
        "evidence": judgement.evidence,
        criterion.value: judgement.is_met,
        f"{criterion}_reasons": judgement.reasons,
        **{aspect.value: getattr(judgement, f"is_suited_to_{aspect}") for aspect in Aspect},
    }
    today = clock.today()
    form = JudgementForm(request.POST or None, today=today, criterion=criterion, initial=initial)

    def act(given: dict[str, Any]) -> None:
        actions.correct_judgement(
            judgement=judgement,
            verdict=form.verdict(),
            judged_on=given["judged_on"],
            judged_by=given["judged_by"],
            evidence=given["evidence"],
            by=request.actor,
            on=today,
        )

    context = {"lead": queries.title_of_judged(judgement)}
    return _ask(request, child, "", form, "Correct a judgement", act, context)


@require_http_methods(GET_OR_POST)
def withdraw_judgement(request: OfficeRequest, ref: str, pk: int) -> HttpResponse:
    """Stop believing a judgement that was recorded in error."""
    child, judgement = _judgement(request, ref, pk)
    home = reverse("provision:provision", args=[child.ref])
    if request.method == "POST":
        actions.withdraw_judgement(judgement=judgement, by=request.actor)
        messages.success(request, "It was withdrawn; that it was once recorded stays known.")
        return redirect(home)
    shown = queries.shown(judgement)
    return page(
        request,
        "web/confirm.html",
        {
            "title": "Withdraw this judgement?",
            "explains": [
                f"{queries.title_of_judged(judgement)}. {shown.title}: "
                f"{shown.verdict.label.lower()}, judged on {written(shown.judged_on)} by "
                f"{shown.judged_by}.",
                "Withdraw it only if it was never so judged. If the education has changed since, "
                "judge it again: each judgement stands until the next.",
            ],
            "child": people.banner(child, by=request.actor, on=clock.today()),
            "submit": "Withdraw it",
            "danger": True,
            "cancel_url": home,
        },
        children=[child.pk],
    )


def _judgement(request: OfficeRequest, ref: str, pk: int) -> tuple[Any, Any]:
    child = people.child_for(request.actor, ref)
    policy.can_judge(request.actor).require()
    judgement = queries.judgement_for(request.actor, pk)
    if judgement.child_id != child.pk:
        raise Unknown("not a judgement of this child")
    return child, judgement


def _child(request: OfficeRequest, ref: str, kind: str) -> Any:
    if kind not in FORMS:
        raise Unknown(f"nothing of kind {kind!r} is recorded")
    child = people.child_for(request.actor, ref)
    policy.can_record(request.actor).require()
    return child


def _fact(request: OfficeRequest, ref: str, kind: str, pk: int) -> tuple[Any, Any]:
    child = _child(request, ref, kind)
    fact: Any = queries.fact_for(request.actor, kind, pk)
    if fact.child_id != child.pk:
        raise Unknown("not a fact of this child")
    return child, fact


def _initial(kind: str, fact: Any) -> dict[str, Any]:
    given = {name: getattr(fact, name, None) for name in FORMS[kind].base_fields}
    school = getattr(fact, "named_school_id" if kind == "plan" else "school_id", None)
    if school is not None:
        listed = str(school) in queries.listed_schools()
        given["school"] = str(school) if listed else ""
        given["other_school"] = "" if listed else queries.school_number(school)
    return given


def _ask(
    request: OfficeRequest,
    child: Any,
    kind: str,
    form: Any,
    title: str,
    act: Callable[[dict[str, Any]], str | None],
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Ask, do what was answered and say so, in the words that the act gives back if it does."""
    home = reverse("provision:provision", args=[child.ref])
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given.pop("other_school", None)
        if kind == "plan":
            given["named_school"] = given.pop("school")
        try:
            says = act(given)
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            messages.success(request, says or "It was recorded.")
            return redirect(home)
    asked = {
        "title": title,
        "child": people.banner(child, by=request.actor, on=clock.today()),
        "form": form,
        "cancel_url": home,
        "back_url": home,
        "back_label": "Provision",
        **(context or {}),
    }
    return page(request, asked.get("template", "web/form.html"), asked, children=[child.pk])
