"""The people who sign in, as an administrator keeps them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from onroll.office.accounts import policy, queries
from onroll.office.accounts.actions import users as actions
from onroll.office.accounts.forms.users import (
    InviteForm,
    LastDayForm,
    PersonForm,
    RoleForm,
    UserFilters,
)
from onroll.office.accounts.roles import BY_KEY, PERMISSIONS, ROLES
from onroll.office.accounts.views.asking import answers, ask, show
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.requests import OfficeRequest
from onroll.office.web.views import page

A_PAGE = 50


def _editor(request: OfficeRequest) -> Actor:
    actor: Actor = request.actor
    policy.can_edit(actor).require()
    return actor


def users(request: OfficeRequest) -> HttpResponse:
    """Everyone who signs in, with their roles and teams today."""
    _editor(request)
    today, form = clock.today(), UserFilters(request.GET)
    found = queries.users(today, **form.asked)
    listed = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "People who sign in",
        "form": form,
        "people": listed,
        "lines": queries.user_lines(list(listed), today),
    }
    return show(request, "accounts/users.html", "accounts:users", context)


def user(request: OfficeRequest, pk: int) -> HttpResponse:
    """One person: details, roles, teams, cover, and the state of their sign-in."""
    actor = _editor(request)
    person = queries.user(pk)
    found = queries.user_page(person, clock.today())
    context = {
        "title": person.name,
        "found": found,
        "may_change": policy.can_change_rights(actor, person),
        "may_link": policy.can_link(actor, person),
        "asked": queries.asked_for(person),
        "back_url": reverse("accounts:users"),
        "back_label": "People who sign in",
    }
    return show(request, "accounts/user.html", "accounts:users", context)


def user_invite(request: OfficeRequest) -> HttpResponse:
    """Add a person; the next page shows the link by which they choose their password."""
    actor, form = _editor(request), InviteForm(answers(request))
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.invite(**form.cleaned_data, by=actor, on=clock.today())
        except Faulty as faulty:
            form.refuse(faulty)
        else:
            return _invited(request, person)
    context = {
        "title": "Invite a person",
        "form": form,
        "submit": "Invite",
        "back_url": reverse("accounts:users"),
        "cancel_url": reverse("accounts:users"),
    }
    return page(request, "web/form.html", context, children=())


def _invited(request: OfficeRequest, person: Any) -> HttpResponse:
    if policy.can_link(request.actor, person):
        return _show_link(request, person.pk)
    messages.success(
        request,
        f"{person.name} is invited. The role that reads sealed records waits until somebody who "
        "keeps them agrees; they then make the link.",
    )
    return redirect("accounts:user", person.pk)


def _show_link(request: OfficeRequest, pk: int) -> HttpResponse:
    person = queries.user(pk)
    uid, token = actions.make_link(user=person, by=request.actor)
    address = reverse("accounts:choose_password", args=[uid, token])
    context = {
        "title": f"A link for {person.name}",
        "person": person,
        "link": request.build_absolute_uri(address),
        "may_edit_people": policy.can_edit(request.actor),
    }
    return show(request, "accounts/link.html", "accounts:users", context)


@require_POST
def user_link(request: OfficeRequest, pk: int) -> HttpResponse:
    """Make a new one-time link, shown once to whoever may make it."""
    policy.can_make_links(request.actor).require()
    return _show_link(request, pk)


def user_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change a person's details."""
    actor, person = _editor(request), queries.user(pk)
    fields = ("name", "email", "job_title", "telephone", "qualifications")
    now = {field: getattr(person, field) for field in fields}
    return ask(
        request,
        PersonForm(answers(request), initial=now),
        lambda **given: actions.edit_user(user=person, by=actor, **given),
        title=f"Change {person.name}’s details",
        done="The details have been changed.",
        back=reverse("accounts:user", args=[pk]),
    )


def _close_with_work(request: OfficeRequest, person: Any, work: Any) -> HttpResponse:
    context = {
        "title": f"{person.name} still has work open",
        "person": person,
        "work": work,
        "may_give_away": request.actor.may("cases.allocate"),
        "back_url": reverse("accounts:user", args=[person.pk]),
        "back_label": person.name,
    }
    return show(request, "accounts/close.html", "accounts:users", context)


@require_POST
def user_act(request: OfficeRequest, pk: int, act: str) -> HttpResponse:
    """Close or open an account, or remove second factors that were lost."""
    actor, person = _editor(request), queries.user(pk)
    match act:
        case "close":
            policy.can_change_rights(actor, person).require()
            work = queries.work_of(person)
            if work and "with_work" not in request.POST:
                return _close_with_work(request, person, work)
            actions.close_account(user=person, by=actor, on=clock.today())
            says = f"{person.name} can no longer sign in. Every sign-in of theirs has ended."
        case "open":
            actions.open_account(user=person, by=actor)
            says = f"{person.name}’s account is open. Make a link so that they choose a password."
        case _:
            actions.remove_factors(user=person, by=actor)
            says = f"{person.name} will be asked to set up a second factor at their next sign-in."
    messages.success(request, says)
    return redirect("accounts:user", pk)


def role_give(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    actor, person = _editor(request), queries.user(pk)
    policy.can_change_rights(actor, person).require()
    return ask(
        request,
        RoleForm(answers(request), initial={"starts_on": clock.today()}),
        lambda **given: actions.give_role(user=person, by=actor, **given),
        title=f"Give {person.name} a role",
        lead="Every sign-in of theirs ends when their roles change; they sign in again.",
        done="It is recorded. A role that reads sealed records holds once a second person agrees.",
        back=reverse("accounts:user", args=[pk]),
        submit="Give the role",
    )


def cleared(request: OfficeRequest) -> HttpResponse:
    """Who reads sealed records, who is asked to, and the links by which they sign in."""
    policy.can_keep_readers(request.actor).require()
    today = clock.today()
    context = {
        "title": "Who reads sealed records",
        "lead": "A role that reads sealed records takes two people: one asks, one agrees.",
        "asked": [
            (row, policy.can_agree(request.actor, queries.role_asked(row.pk)))
            for row in queries.asked_for()
        ],
        "readers": [
            (person, roles, policy.can_link(request.actor, person))
            for person, roles in queries.readers(today)
        ],
    }
    return show(request, "accounts/cleared.html", "accounts:cleared", context)


@require_POST
def role_settle(request: OfficeRequest, pk: int, is_agreed: bool) -> HttpResponse:
    """Agree that a person reads sealed records, or refuse it."""
    policy.can_keep_readers(request.actor).require()
    asked = queries.role_asked(pk)
    try:
        if is_agreed:
            actions.agree_to_role(asked=asked, by=request.actor, on=clock.today())
            says = (
                f"{asked.user.name} has the role. Make the link with which they choose a new "
                "password, and give it to them yourself."
            )
        else:
            actions.refuse_role(asked=asked, by=request.actor)
            says = f"{asked.user.name} does not get the role."
    except Faulty as faulty:
        messages.error(request, str(faulty))
    else:
        messages.success(request, says)
    return redirect("accounts:cleared")


def role_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """End a role that a person holds."""
    actor, held = _editor(request), queries.role_holding(pk)
    policy.can_change_rights(actor, held.user).require()
    title = BY_KEY[held.role].title if held.role in BY_KEY else held.role
    return ask(
        request,
        LastDayForm(answers(request), initial={"ends_on": clock.today()}),
        lambda ends_on: actions.end_role(holding=held, ends_on=ends_on, by=actor),
        title=f"End the role “{title}”",
        caption=held.user.name,
        lead="A day before the first says that the role was never held.",
        done="The role has been ended.",
        back=reverse("accounts:user", args=[held.user_id]),
        submit="End the role",
        danger=True,
    )


def roles(request: OfficeRequest) -> HttpResponse:
    """Each role with what it may do, in words."""
    held = queries.role_counts(clock.today())
    described: list[dict[str, Any]] = [
        {
            "role": role,
            "held": held.get(role.key, 0),
            "may": [says for key, says in PERMISSIONS.items() if key in role.permissions],
            "may_not": [says for key, says in PERMISSIONS.items() if key not in role.permissions],
        }
        for role in ROLES
    ]
    context = {"title": "Roles", "described": described, "permissions": PERMISSIONS}
    return show(request, "accounts/roles.html", "accounts:roles", context)
