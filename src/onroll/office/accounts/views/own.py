"""A person's own page, cover for their absence, and the ways into an account."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from onroll.office.accounts import policy, queries
from onroll.office.accounts.actions import authority as actions
from onroll.office.accounts.actions import users as user_actions
from onroll.office.accounts.forms.users import CoverForm, LastDayForm, PasswordForm
from onroll.office.accounts.middleware import is_by_single_sign_on
from onroll.office.accounts.views.asking import answers, ask, show
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.views import page


def profile(request: OfficeRequest) -> HttpResponse:
    """My sign-in, my roles and teams, my cover."""
    actor: Actor = request.actor
    person = queries.user(actor.pk or 0)
    found = queries.user_page(person, clock.today())
    context = {
        "title": "Your account",
        "found": found,
        "by_single_sign_on": is_by_single_sign_on(request),
        "requires_second_factor": settings.ONROLL_REQUIRE_MFA,
        "has_single_sign_on": bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]),
    }
    return page(request, "accounts/profile.html", context, children=())


def secure(request: OfficeRequest) -> HttpResponse:
    """Where a person without a second factor is sent, and what they can choose."""
    if request.signed_in.has_second_factor:  # type: ignore[attr-defined]
        return redirect("accounts:profile")
    context = {"title": "Set up a second way to prove it is you"}
    return page(request, "accounts/secure.html", context, children=())


def cover(request: OfficeRequest) -> HttpResponse:
    """Who is away and who does their work; everyone's for managers, one's own for others."""
    actor: Actor = request.actor
    sees_all = actor.may("cases.allocate")
    today = clock.today()
    covers = queries.covers(today, for_user=None if sees_all else actor.pk)
    context = {
        "title": "Absence cover",
        "sees_all": sees_all,
        "lines": [(c, policy.can_arrange_cover(actor, c.absent_id)) for c in covers],
        "today": today,
    }
    return show(request, "accounts/cover.html", "accounts:cover", context)


def cover_add(request: OfficeRequest) -> HttpResponse:
    """Arrange cover: for anybody as a manager, for oneself otherwise."""
    actor: Actor = request.actor
    today = clock.today()
    own = None if actor.may("cases.allocate") else (actor.pk or 0, actor.name)

    def arrange(absent: str, covering: str, **given: object) -> None:
        day = given["starts_on"]
        actions.arrange_cover(
            absent=queries.user(int(absent)),
            covering=queries.actor_for(queries.user(int(covering)), day),  # type: ignore[arg-type]
            by=actor,
            **given,  # type: ignore[arg-type]
        )

    return ask(
        request,
        CoverForm(answers(request), on=today, own=own, initial={"starts_on": today}),
        arrange,
        title="Arrange absence cover",
        lead="Whoever covers sees and does the absent person’s work, in their own name.",
        done="Cover has been arranged.",
        back=reverse("accounts:cover"),
        submit="Arrange cover",
    )


def cover_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End cover after a last day."""
    actor: Actor = request.actor
    found = queries.cover(pk)
    if actor.pk != found.covering_id and not policy.can_arrange_cover(actor, found.absent_id):
        raise Unknown("There is no such arrangement.")
    policy.can_arrange_cover(actor, found.absent_id).require()
    return ask(
        request,
        LastDayForm(answers(request), initial={"ends_on": clock.today()}),
        partial(actions.end_cover, cover=found, by=actor),
        title=f"End cover for {found.absent.name}",
        done="The cover has been ended.",
        back=reverse("accounts:cover"),
        submit="End cover",
        danger=True,
    )


@login_not_required
def choose_password(request: OfficeRequest, uid: str, token: str) -> HttpResponse:
    """Where a one-time link leads: the person chooses their password."""
    try:
        person = queries.user_from_link(uid, token)
    except Unknown:
        context = {"title": "This link can’t be used", "layout": "accounts/entrance.html"}
        return page(request, "accounts/link_spent.html", context, children=(), status=404)
    form = PasswordForm(answers(request), user=person)
    if request.method == "POST" and form.is_valid():
        user_actions.choose_password(user=person, password=form.cleaned_data["password"])
        messages.success(request, "Your password has been set. Sign in with it now.")
        return redirect(settings.LOGIN_URL)
    asked = {"title": "Choose a password", "form": form, "person": person}
    return page(request, "accounts/choose_password.html", asked, children=())
