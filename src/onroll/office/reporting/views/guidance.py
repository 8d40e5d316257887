"""The guidance in force, and the authority's own policies beside it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from onroll.office.accounts.views.asking import answers, ask
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.reporting import actions, policy
from onroll.office.reporting.forms import EndForm, GuidanceForm, PolicyForm
from onroll.office.reporting.queries import guidance as queries
from onroll.office.web.components import Figure
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page
from onroll.statute.editions import SUBJECTS
from onroll.statute.writing import written


def guidance(request: OfficeRequest) -> HttpResponse:
    """Which edition of each source governs on a day, what it replaced, and what is to come."""
    policy.can_run(request.actor).require()
    form, today = GuidanceForm(request.GET), clock.today()
    day = form.asked.get("on") or today
    if "on" in form.asked:  # written back as people write it
        form = GuidanceForm({**request.GET.dict(), "on": written(day)})
    found = queries.guidance_on(day, today, subject=form.asked.get("subject", ""))
    context = {
        "title": "Guidance and policies",
        "lead": "The law and the guidance by edition, with this authority’s own policies beside "
        "them.",
        "crumbs": [("Reports", reverse("reporting:index"))],
        "form_of_question": form,
        "day": day,
        "is_today": day == today,
        "guidance": found,
        "subjects": SUBJECTS,
        "figures": _figures(found),
        "can_keep": policy.can_keep_policies(request.actor),
    }
    return page(request, "reporting/guidance.html", context, children=())


def _figures(found: queries.Guidance) -> list[Figure]:
    due = found.reviews_due
    return [
        Figure("Sources in force", found.in_force, "#subjects"),
        Figure("Reviews overdue", due, colour="orange" if due else "grey",
               note="the day of review has passed"),
        Figure("Changed in the last year", len(found.changed), "#changed" if found.changed else ""),
        Figure("Changes expected", found.expected, "#expected" if found.expected else ""),
    ]  # fmt: skip


@require_safe
def own_policy(request: OfficeRequest, key: str) -> HttpResponse:
    """One policy of the authority's own, edition by edition."""
    policy.can_run(request.actor).require()
    editions, today = queries.editions_of(key), clock.today()
    context = {
        "title": editions[0].title,
        "caption": f"This authority’s own policy · {SUBJECTS[editions[0].subject]}",
        "crumbs": _crumbs(),
        "key": key,
        "latest": editions[0],
        "lines": [(one, one.holds_on(today), one.is_review_due(today)) for one in editions],
        "can_keep": policy.can_keep_policies(request.actor),
    }
    return page(request, "reporting/policy.html", context, children=())


def _crumbs() -> list[tuple[str, str]]:
    return [
        ("Reports", reverse("reporting:index")),
        ("Guidance and policies", reverse("reporting:guidance")),
    ]


def _keeper(request: OfficeRequest) -> Actor:
    policy.can_keep_policies(request.actor).require()
    actor: Actor = request.actor
    return actor


def policy_add(request: OfficeRequest) -> HttpResponse:
    """Write down a policy of the authority's own."""
    actor = _keeper(request)
    subject = request.GET.get("subject", "")
    return ask(
        request,
        PolicyForm(answers(request), initial={"subject": subject}),
        partial(actions.add_policy, by=actor),
        title="Record a policy",
        lead="One edition of it. Earlier and later ones can be added afterwards.",
        done="The policy is on record.",
        back=reverse("reporting:guidance"),
    )


def edition_add(request: OfficeRequest, key: str) -> HttpResponse:
    """Write down another edition of a policy."""
    actor = _keeper(request)
    latest = queries.editions_of(key)[0]
    start = {"title": latest.title, "subject": latest.subject, "address": latest.address}
    return _asked(
        request, key,
        PolicyForm(answers(request), initial=start),
        partial(actions.add_edition, key=key, by=actor),
        title="Add an edition",
        caption=latest.title,
        lead="The edition before it ends on the day before this one applies.",
        done="The edition is on record.",
    )  # fmt: skip


def edition_correct(request: OfficeRequest, key: str, pk: int) -> HttpResponse:
    """Correct what was written down of an edition."""
    actor = _keeper(request)
    found = queries.edition_for(key, pk)
    now = {field: getattr(found, field) for field in PolicyForm.base_fields}
    return _asked(
        request, key,
        PolicyForm(answers(request), initial=now),
        partial(actions.correct_edition, policy=found, by=actor),
        title="Correct this edition",
        caption=str(found),
        lead="For what was written down wrongly. What changed in the policy itself is a new "
        "edition.",
        done="The edition has been corrected. What was believed before stays on record.",
    )  # fmt: skip


def policy_end(request: OfficeRequest, key: str) -> HttpResponse:
    """Say until when a policy applied that nothing follows."""
    actor = _keeper(request)
    latest = queries.editions_of(key)[0]
    return _asked(
        request, key,
        EndForm(answers(request), initial={"ends_on": latest.ends_on}),
        partial(actions.end_policy, policy=latest, by=actor),
        title="End this policy",
        caption=str(latest),
        lead="Where a new edition takes its place, add that edition instead.",
        done="The policy has been ended.",
    )  # fmt: skip


def _asked(
    request: OfficeRequest, key: str, form: GovukForm, do: Callable[..., object], **said: Any
) -> HttpResponse:
    return ask(request, form, do, back=reverse("reporting:policy", args=[key]), **said)


@require_POST
def edition_withdraw(request: OfficeRequest, key: str, pk: int) -> HttpResponse:
    """Take back an edition that was written down in error."""
    actor = _keeper(request)
    editions = queries.editions_of(key)
    actions.withdraw_edition(policy=queries.edition_for(key, pk), by=actor)
    messages.success(request, "The edition has been taken back.")
    if len(editions) == 1:
        return redirect("reporting:guidance")
    return redirect("reporting:policy", key)
