"""The public form: start, danger, the questions, check your answers, the receipt.

No page here needs a sign-in, a cookie or JavaScript. What was typed is sent back in a signed
hidden field, so the cross-site token that other forms carry would add nothing but a way to be
refused: there is no session for another site to misuse.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from onroll.office.casework.actions.referrals import AlreadySent, receive
from onroll.office.casework.queries.answers import Form, ReferralAnswers, Route
from onroll.office.casework.queries.told import receipt, summary_of
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.portal import policy
from onroll.office.portal.forms import (
    DECOY,
    STATE,
    STEP,
    Carried,
    ChildForm,
    DangerForm,
    KindForm,
    ProfessionalForm,
    begun,
    carried,
    typed_in,
)
from onroll.office.portal.queries import whom_to_ring
from onroll.office.web.forms import GovukForm
from onroll.office.web.views import page

PUBLIC = Actor(pk=None, name="Public form")
PROFESSIONAL = Actor(pk=None, name="Professionals’ form")
RECEIPT_SALT = "portal.received"
# Long enough to write the number down, to come back to the page, and to print it.
RECEIPT_SHOWN_FOR = 60 * 60

View = Callable[..., HttpResponseBase]


def _public(view: Callable[..., HttpResponse]) -> View:
    """Open a page to everybody; with the database gone, it says that nothing was received."""
    methods = require_http_methods(["GET", "HEAD", "POST"])
    opened: Any = login_not_required(csrf_exempt(methods(view)))
    opened.not_received = True
    return opened  # type: ignore[no-any-return]


def _page(
    request: OfficeRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    shared = {"ring": whom_to_ring(clock.today())}
    return page(request, template, shared | context, children=(), status=status)


@_public
def start(request: OfficeRequest) -> HttpResponse:
    """Say what this is for, and ask first whether the child is in danger."""
    form = DangerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("portal:danger" if form.cleaned_data["danger"] else "portal:child")
    return _page(
        request,
        "portal/start.html",
        {"title": "Tell us about a child who is missing school", "form": form},
    )


@_public
def professional(request: OfficeRequest) -> HttpResponse:
    """The same for people who work with children, and which form they need."""
    form = KindForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["kind"]
        name = "professional_danger" if form.cleaned_data["danger"] else "professional_form"
        return redirect(f"portal:{name}", kind)
    return _page(
        request,
        "portal/professional.html",
        {
            "title": "Tell us about a child: for schools, health and other services",
            "form": form,
            "back_url": reverse("portal:start"),
        },
    )


@_public
def danger(request: OfficeRequest, kind: str = "") -> HttpResponse:
    """Whom to telephone, at once; and on with the report."""
    if kind:
        _known(kind)
        onward, back = reverse("portal:professional_urgent", args=[kind]), "portal:professional"
    else:
        onward, back = reverse("portal:child_urgent"), "portal:start"
    return _page(
        request,
        "portal/danger.html",
        {
            "title": "Ring now",
            "onward": onward,
            "back_url": reverse(back),
            "is_professional": bool(kind),
        },
    )


@_public
def child(request: OfficeRequest, *, is_urgent: bool = False) -> HttpResponse:
    """A report by a member of the public."""
    today = clock.today()

    def make(data: Any) -> ChildForm:
        return ChildForm(data, is_urgent=is_urgent, today=today)

    return _tell(
        request,
        make=make,
        answers=lambda form: form.answers(),
        by=PUBLIC,
        route=Route.PUBLIC,
        context={
            "title": "What do you know about the child?",
            "says": "You need not answer everything. Tell us one thing by which we can find the "
            "child: a name, where they live, or the school.",
            "back_url": reverse("portal:danger" if is_urgent else "portal:start"),
        },
    )


@_public
def told_by_professional(
    request: OfficeRequest, kind: str, *, is_urgent: bool = False
) -> HttpResponse:
    """A report by somebody who works with children."""
    _known(kind)
    today = clock.today()
    signed_in = request.actor if request.actor.pk is not None else PROFESSIONAL

    def make(data: Any) -> ProfessionalForm:
        return ProfessionalForm(data, kind=kind, is_urgent=is_urgent, today=today)

    return _tell(
        request,
        make=make,
        answers=lambda form: form.told(),
        by=signed_in,
        route=Route.PROFESSIONAL,
        context={
            "title": Form(kind).label,
            "says": "Write what you know. A report that is not complete is better than none.",
            "back_url": reverse("portal:professional"),
        },
    )


def _known(kind: str) -> None:
    if kind not in Form.values:
        raise Unknown("There is no such form.")


def _tell(
    request: OfficeRequest,
    *,
    make: Callable[[Any], GovukForm],
    answers: Callable[[Any], ReferralAnswers],
    by: Actor,
    route: str,
    context: dict[str, Any],
) -> HttpResponse:
    """One report: the questions, then the answers to be checked, then the receipt."""
    if request.method != "POST":
        return _questions(request, make(None), begun(), context)
    held = carried(request.POST.get(STATE, "")) or begun()
    step = request.POST.get(STEP, "check")
    if step == "change":
        return _questions(request, make(held.data), held, context, is_first=True)
    if step == "check":
        held = Carried(held.submission, typed_in(request.POST), held.slowed_at)
    form = make(held.data)
    if not form.is_valid():
        return _questions(request, form, held, context)
    told = answers(form)
    if not told.identifies_a_child:
        form.refuse(Faulty(("", _NOTHING_TO_FIND_BY)))
        return _questions(request, form, held, context)
    if step != "send":
        return _check(request, told, held, context)
    may = policy.can_send_at_once(
        came_from=policy.address_of(
            request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
        ),
        decoy=request.POST.get(DECOY, ""),
        slowed_at=held.slowed_at,
        now=clock.now(),
    )
    if not may:
        slowed_at = held.slowed_at or clock.now()
        slowed = Carried(held.submission, held.typed, slowed_at)
        return _check(request, told, slowed, context | {"slowed": may.refusal}, status=429)
    try:
        referral = receive(
            answers=told, submission=held.submission, route=route, by=by, on=clock.today()
        )
    except Faulty as faulty:
        form.refuse(faulty)
        return _questions(request, form, held, context)
    except AlreadySent as sent:
        return _page(
            request,
            "portal/already_sent.html",
            {"title": "You have sent this already", "receipt": receipt(sent.referral.ref)},
            status=409,
        )
    token = signing.dumps(referral.ref, salt=RECEIPT_SALT)
    return redirect("portal:received", token)


_NOTHING_TO_FIND_BY = (
    "Tell us one thing by which we can find the child: a name, where they live, or the school"
)


def _questions(
    request: OfficeRequest,
    form: GovukForm,
    held: Carried,
    context: dict[str, Any],
    *,
    is_first: bool = False,
) -> HttpResponse:
    if is_first:
        form.full_clean()
        form.errors.clear()
    return _page(request, "portal/questions.html", context | {"form": form, "state": held.signed()})


def _check(
    request: OfficeRequest,
    told: ReferralAnswers,
    held: Carried,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    return _page(
        request,
        "portal/check.html",
        {
            "title": "Check what you have written",
            "slowed": context.get("slowed", ""),
            "sections": summary_of(told),
            "state": held.signed(),
            "decoy": DECOY,
            "is_urgent": told.significant_harm,
        },
        status=status,
    )


@_public
def received(request: OfficeRequest, token: str) -> HttpResponse:
    """The receipt: its number and what happens next, and nothing of what was told."""
    try:
        ref = signing.loads(token, salt=RECEIPT_SALT, max_age=RECEIPT_SHOWN_FOR)
    except signing.SignatureExpired:
        return _page(request, "portal/receipt_gone.html", {"title": "This page has closed"})
    except signing.BadSignature:
        raise Unknown("There is no such receipt.") from None
    return _page(
        request,
        "portal/received.html",
        {"title": "We have received what you told us", "receipt": receipt(ref)},
    )
