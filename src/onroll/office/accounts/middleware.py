"""Who acts in a request, and when a sign-in ends before its time."""

from collections.abc import Callable
from datetime import datetime

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.accounts.queries import authority
from onroll.office.accounts.queries.actors import NOBODY, SignedIn, signed_in
from onroll.office.accounts.queries.rules import amiss
from onroll.office.kernel import clock
from onroll.office.kernel.decision import Refused
from onroll.office.web import errors

Answer = Callable[[HttpRequest], HttpResponse]

BEGAN, SEEN, HELD, FACTORS = "began_at", "seen_at", "roles_held", "factors_held"
# The session is written once a minute at most, and not for every page.
SEEN_AGAIN_AFTER_SECONDS = 60

IDLE = (
    "You were signed out because nothing had been done for {minutes} minutes. "
    "Anything you had not saved was not saved."
)
TOO_LONG = "You were signed out because a sign-in lasts {hours} hours at most. Sign in again."
CHANGED = (
    "You were signed out because your roles or the way you sign in have changed. Sign in again."
)
NO_LONGER = "You were signed out because your account is no longer in use."

# What a person without a second factor may open: setting one up, and leaving.
BEFORE_SECOND_FACTOR = {
    "accounts:secure",
    "account_logout",
    "account_reauthenticate",
    "web:theme",
}
CLOSED = {
    "account_email": "Your e-mail address is kept by an administrator: ask them to change it.",
}


class ActorMiddleware:
    """Gives every request its actor, read once, and ends a sign-in that must not go on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = NOBODY  # type: ignore[attr-defined]
        request.authority = authority  # type: ignore[attr-defined]
        request.amiss = amiss  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        now = clock.now()
        who = signed_in(request.user.pk, clock.today())
        ended = _ended(request, who, now)
        if ended or who is None:
            return _sign_out(request, ended or NO_LONGER)
        _note(request, who, now)
        request.actor = who.actor  # type: ignore[attr-defined]
        request.signed_in = who  # type: ignore[attr-defined]
        response = self.get_response(request)
        _keep_after_own_change(request, who)
        return response

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send a person without a second factor to set one up, before anything else."""
        who: SignedIn | None = getattr(request, "signed_in", None)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in CLOSED and who is not None:
            return errors.forbidden(request, Refused(CLOSED[name]))
        if who is None or who.has_second_factor or not settings.ONROLL_REQUIRE_MFA:
            return None
        if name in BEFORE_SECOND_FACTOR or name.startswith("mfa_"):
            return None
        if is_by_single_sign_on(request):
            return None
        return redirect("accounts:secure")


def is_by_single_sign_on(request: HttpRequest) -> bool:
    """Return whether this sign-in came through the council's own, which asks for its factors."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "socialaccount" for record in records)


def _ended(request: HttpRequest, who: SignedIn | None, now: datetime) -> str:
    """Return why this sign-in is over, in words, or nothing."""
    kept = request.session
    if who is None:
        return NO_LONGER
    if BEGAN not in kept:
        return ""
    if now.timestamp() - kept[SEEN] > settings.SESSION_IDLE_SECONDS:
        return IDLE.format(minutes=settings.SESSION_IDLE_SECONDS // 60)
    if now.timestamp() - kept[BEGAN] > settings.SESSION_COOKIE_AGE:
        return TOO_LONG.format(hours=settings.SESSION_COOKIE_AGE // 3600)
    if kept[HELD] != list(who.holdings) or kept[FACTORS] != list(who.factors):
        return CHANGED
    return ""


def _note(request: HttpRequest, who: SignedIn, now: datetime) -> None:
    kept, instant = request.session, now.timestamp()
    if BEGAN not in kept:
        kept[BEGAN], kept[SEEN] = instant, instant
        kept[HELD], kept[FACTORS] = list(who.holdings), list(who.factors)
    elif instant - kept[SEEN] > SEEN_AGAIN_AFTER_SECONDS:
        kept[SEEN] = instant


def _keep_after_own_change(request: HttpRequest, who: SignedIn) -> None:
    """Keep the sign-in in which somebody changed their own second factor; others end."""
    match = request.resolver_match
    if request.method != "POST" or match is None or not match.view_name.startswith("mfa_"):
        return
    # Roles stay as this request found them: a role changed meanwhile still ends the sign-in.
    if not request.user.is_authenticated or BEGAN not in request.session:
        return
    now_held = signed_in(who.actor.pk or 0, clock.today())
    if now_held is not None:
        request.session[FACTORS] = list(now_held.factors)


def _sign_out(request: HttpRequest, says: str) -> HttpResponse:
    logout(request)
    messages.warning(request, says)
    if getattr(request, "htmx", False):
        # A fragment of a page cannot show a sign-in: the whole page is asked for again.
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if request.method != "GET":
        return redirect(reverse(settings.LOGIN_URL))
    return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))
