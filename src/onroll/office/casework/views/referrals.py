"""Referrals typed up by staff, and what a person or a school has referred."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from onroll.office.accounts.queries import authority
from onroll.office.casework.actions.referrals import AlreadySent, receive
from onroll.office.casework.forms.referrals import ReferralForm, UrgentCallForm
from onroll.office.casework.policy import referrals as policy
from onroll.office.casework.queries import lateness, told
from onroll.office.casework.queries import referrals as queries
from onroll.office.casework.queries.answers import Route, answers_of
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.references import read_shown, shown_once
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.templatetags.onroll import day
from onroll.office.web.views import page
from onroll.statute.ages import school_year

SUBMISSION = "submission"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: OfficeRequest) -> HttpResponse:
    """Type up a referral that came by telephone or e-mail."""
    return _take(request, "Record a referral", completes=None)


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: OfficeRequest, ref: str) -> HttpResponse:
    """Type a fuller entry beside a thin one; the thin one stays as it was given."""
    earlier = queries.given_for(request.actor, ref)
    policy.can_complete(request.actor, earlier).require()
    return _take(request, "Complete a referral", completes=earlier)


def _take(request: OfficeRequest, title: str, *, completes: Any) -> HttpResponse:
    policy.can_give(request.actor, Route.STAFF).require()
    today = clock.today()
    form = ReferralForm(
        request.POST if request.method == "POST" else None,
        on=today,
        is_typed_up=True,
        initial=_initial(completes),
    )
    if request.method == "POST" and form.is_valid():
        try:
            taken = receive(
                answers=form.answers(),
                submission=_submission(request),
                route=Route.STAFF,
                completes=completes,
                by=request.actor,
                on=today,
            )
        except Faulty as faulty:
            form.refuse(faulty)
        except AlreadySent as sent:
            return _sent_already(request, sent)
        else:
            return _taken(request, taken)
    return page(
        request,
        "casework/referral_add.html",
        {
            "title": title,
            "lead": "Write what you know; everything but who is telling us may be left empty.",
            "form": form,
            SUBMISSION: request.POST.get(SUBMISSION) or uuid4(),
            "completes": completes,
            "authority": authority(),
            "cancel_url": reverse("casework:referral_given", args=[completes.ref])
            if completes
            else "/",
        },
        children=(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def urgent(request: OfficeRequest) -> HttpResponse:
    """Log an urgent call with almost nothing; complete it afterwards."""
    policy.can_give(request.actor, Route.STAFF).require()
    today = clock.today()
    form = UrgentCallForm(request.POST if request.method == "POST" else None, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            taken = receive(
                answers=form.answers(),
                submission=_submission(request),
                route=Route.STAFF,
                by=request.actor,
                on=today,
            )
        except Faulty as faulty:
            form.refuse(faulty)
        except AlreadySent as sent:
            return _sent_already(request, sent)
        else:
            messages.warning(
                request, "Logged. Ring children’s social care now, then complete this entry."
            )
            return _taken(request, taken)
    return page(
        request,
        "casework/referral_urgent.html",
        {
            "title": "Log an urgent call",
            "form": form,
            SUBMISSION: request.POST.get(SUBMISSION) or uuid4(),
            "authority": authority(),
        },
        children=(),
    )


@require_safe
def taken(request: OfficeRequest, token: str) -> HttpResponse:
    """Say that it was recorded, in the same words for every child: some are kept by others.

    The address is signed for whoever recorded it: nobody makes one up for a receipt of their own.
    """
    policy.can_give(request.actor, Route.STAFF).require()
    ref = read_shown(token, by=request.actor)
    return page(
        request,
        "casework/referral_taken.html",
        {
            "title": "The referral is recorded",
            "ref": ref,
            "receipt": told.receipt(ref),
            "may_triage": policy.can_triage(request.actor),
        },
        children=(),
    )


def _sent_already(request: OfficeRequest, sent: AlreadySent) -> HttpResponse:
    messages.error(request, str(sent))
    return _taken(request, sent.referral)


def _taken(request: OfficeRequest, referral: Any) -> HttpResponse:
    return redirect("casework:referral_taken", shown_once(referral.ref, by=request.actor))


def _submission(request: OfficeRequest) -> UUID:
    try:
        return UUID(request.POST.get(SUBMISSION, ""))
    except ValueError:
        raise Faulty(
            (SUBMISSION, "This form is damaged. Open it again and copy what you typed.")
        ) from None


def _initial(completes: Any) -> dict[str, Any]:
    """What a fuller entry starts from: what the thin one said."""
    if completes is None:
        return {}
    earlier = answers_of(completes)
    initial: dict[str, Any] = {
        **earlier.columns,
        "school": told.school_words(completes),
        "significant_harm": earlier.significant_harm or None,
    }
    for i, person in enumerate(earlier.carers, start=1):
        for what in ("name", "relationship", "telephone", "email", "address"):
            initial[f"person_{i}_{what}"] = getattr(person, what)
    for enquiry in earlier.enquiries_made:
        initial[f"enquiry_{enquiry.enquiry}"] = enquiry.result
    return initial


@require_safe
def mine(request: OfficeRequest) -> HttpResponse:
    """List what this person, or their school, has referred and what became of it."""
    policy.can_give(request.actor, Route.STAFF).require()
    given = queries.given_by(request.actor)
    return page(
        request,
        "casework/referrals_given.html",
        {
            "title": "Referrals you have made",
            "lead": "By you, and by your school.",
            "rows": [(r, told.child_name(r), told.receipt(r.ref), told.became(r)) for r in given],
        },
        children=[r.child_id for r in given if r.child_id is not None],
    )


@require_safe
def by_school(request: OfficeRequest) -> HttpResponse:
    """Show how late and how complete schools’ referrals were, this school year."""
    policy.can_triage(request.actor).require()
    today = clock.today()
    first: date = school_year(today).first
    return page(
        request,
        "casework/referrals_by_school.html",
        {
            "title": "Referrals by school",
            "lead": f"Received from {day(first)} to {day(today)}, against the "
            "authority’s own time limit.",
            "crumbs": [("Triage", reverse("casework:triage"))],
            "rows": lateness.by_school(request.actor, first, today),
        },
        children=(),
    )
