"""Services, teams, bodies, localities and named people."""

from functools import partial

from django.http import HttpResponse
from django.urls import reverse

from onroll.office.accounts import policy, queries
from onroll.office.accounts.actions import structure as actions
from onroll.office.accounts.forms.organisation import (
    AppointForm,
    AreasForm,
    AsAtForm,
    BodyForm,
    DeliverForm,
    JoinForm,
    LocalityForm,
    PlaceForm,
    ServiceForm,
    TeamForm,
)
from onroll.office.accounts.forms.users import LastDayForm
from onroll.office.accounts.views.asking import answers, as_at, ask, show
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.requests import OfficeRequest


def _editor(request: OfficeRequest) -> Actor:
    actor: Actor = request.actor
    policy.can_edit(actor).require()
    return actor


def structure(request: OfficeRequest) -> HttpResponse:
    """What the organisation is, or was on any day that one picks."""
    today = clock.today()
    form, on = as_at(request, today)
    context = {
        "title": "Services and teams",
        "form": form,
        "found": queries.structure_on(on),
        "is_today": on == today,
    }
    return show(request, "accounts/structure.html", "accounts:structure", context)


def history(request: OfficeRequest) -> HttpResponse:
    """Every reorganisation: who moved where, and when."""
    context = {"title": "Reorganisations", "changes": queries.changes(), "form": AsAtForm()}
    return show(request, "accounts/history.html", "accounts:history", context)


def service_add(request: OfficeRequest) -> HttpResponse:
    """Add a service."""
    return ask(
        request,
        ServiceForm(answers(request), is_new=True),
        partial(actions.save_service, by=_editor(request), on=clock.today()),
        title="Add a service",
        done="The service has been added.",
        back=reverse("accounts:structure"),
    )


def service_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Rename a service, or say what it is part of."""
    actor, found, today = _editor(request), queries.service(pk), clock.today()
    initial = {"name": found.name, "part_of": found.part_of_id, "starts_on": today}
    return ask(
        request,
        ServiceForm(answers(request), initial=initial),
        partial(actions.save_service, service=found, by=actor, on=today),
        title=f"Change {found.name}",
        done="The service has been changed.",
        back=reverse("accounts:structure"),
    )


def team(request: OfficeRequest, key: str) -> HttpResponse:
    """One team: how to reach it, what it does, who is in it, where it has stood."""
    found = queries.team_page(queries.team(key), clock.today())
    context = {
        "title": found.team.name,
        "found": found,
        "kinds": queries.kind_titles(found.team.kinds),
        "crumbs": [("Services and teams", reverse("accounts:structure"))],
    }
    return show(request, "accounts/team.html", "accounts:structure", context)


def team_add(request: OfficeRequest) -> HttpResponse:
    """Add a team."""
    return ask(
        request,
        TeamForm(answers(request), is_new=True),
        partial(actions.save_team, by=_editor(request), on=clock.today()),
        title="Add a team",
        done="The team has been added. Now place it in a service.",
        back=reverse("accounts:structure"),
    )


def team_edit(request: OfficeRequest, key: str) -> HttpResponse:
    """Change a team's own details."""
    actor, found, today = _editor(request), queries.team(key), clock.today()
    fields = ("name", "email", "telephone", "kinds", "duties")
    initial = {f: getattr(found, f) for f in fields} | {"starts_on": today}
    return ask(
        request,
        TeamForm(answers(request), initial=initial),
        partial(actions.save_team, team=found, by=actor, on=today),
        title=f"Change {found.name}",
        done="The team has been changed.",
        back=reverse("accounts:team", args=[key]),
    )


def team_place(request: OfficeRequest, key: str) -> HttpResponse:
    """Move a team into another service from a day on."""
    actor, found = _editor(request), queries.team(key)

    def move(service: int, **given: object) -> None:
        actions.place_team(team=found, service=queries.service(service), by=actor, **given)  # type: ignore[arg-type]

    return ask(
        request,
        PlaceForm(answers(request)),
        move,
        title=f"Move {found.name} into a service",
        lead="Where it stood before stays on record: figures can be asked by either structure.",
        done="The team has been moved.",
        back=reverse("accounts:team", args=[key]),
        submit="Move",
    )


def team_deliver(request: OfficeRequest, key: str) -> HttpResponse:
    """Say which body delivers a team's work from a day on."""
    actor, found = _editor(request), queries.team(key)

    def deliver(body: int, **given: object) -> None:
        actions.deliver_team(team=found, body=queries.body(body), by=actor, **given)  # type: ignore[arg-type]

    return ask(
        request,
        DeliverForm(answers(request)),
        deliver,
        title=f"Who delivers the work of {found.name}",
        lead="The authority stays responsible, and stays the controller of what is recorded.",
        done="The delivery has been recorded.",
        back=reverse("accounts:team", args=[key]),
    )


def team_close(request: OfficeRequest, key: str) -> HttpResponse:
    """Close a team after a last day."""
    actor, found = _editor(request), queries.team(key)
    return ask(
        request,
        LastDayForm(answers(request)),
        partial(actions.close_team, team=found, by=actor),
        title=f"Close {found.name}",
        lead="Its members and its place in a service end with it. Its cases must be moved first.",
        done="The team has been closed.",
        back=reverse("accounts:team", args=[key]),
        submit="Close the team",
        danger=True,
    )


def member_add(request: OfficeRequest, key: str) -> HttpResponse:
    """Put a person in a team."""
    actor, found, today = _editor(request), queries.team(key), clock.today()

    def join(user: int, **given: object) -> None:
        actions.join_team(user=queries.user(user), team=found, by=actor, **given)  # type: ignore[arg-type]

    people = queries.user_choices(on=today)
    return ask(
        request,
        JoinForm(answers(request), people=people, initial={"starts_on": today}),
        join,
        title=f"Put somebody in {found.name}",
        done="They are in the team.",
        back=reverse("accounts:team", args=[key]),
    )


def member_end(request: OfficeRequest, pk: int) -> HttpResponse:
    """Take a person out of a team."""
    actor, held = _editor(request), queries.membership(pk)
    return ask(
        request,
        LastDayForm(answers(request), initial={"ends_on": clock.today()}),
        partial(actions.leave_team, membership=held, by=actor),
        title=f"Take {held.user.name} out of {held.team.name}",
        done="They have left the team.",
        back=reverse("accounts:team", args=[held.team.key]),
        submit="Take out",
        danger=True,
    )


def bodies(request: OfficeRequest) -> HttpResponse:
    """The organisations that the authority works with."""
    context = {"title": "Organisations", "bodies": queries.bodies()}
    return show(request, "accounts/bodies.html", "accounts:bodies", context)


def body_add(request: OfficeRequest) -> HttpResponse:
    """Add an organisation."""
    return ask(
        request,
        BodyForm(answers(request)),
        partial(actions.save_body, by=_editor(request)),
        title="Add an organisation",
        done="The organisation has been added.",
        back=reverse("accounts:bodies"),
    )


def body_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Change an organisation."""
    actor, found = _editor(request), queries.body(pk)
    fields = ("name", "nature", "la_code", "email", "telephone")
    return ask(
        request,
        BodyForm(answers(request), initial={f: getattr(found, f) for f in fields}),
        partial(actions.save_body, body=found, by=actor),
        title=f"Change {found.name}",
        done="The organisation has been changed.",
        back=reverse("accounts:bodies"),
    )


def localities(request: OfficeRequest) -> HttpResponse:
    """The parts of the area in which schools and children are grouped."""
    held = queries.areas_on(clock.today())
    context = {
        "title": "Localities",
        "localities": [(found, held.get(found.pk, ())) for found in queries.localities()],
        "lead": "A child is counted in the locality of the home, by its postcode, unless the "
        "child’s own page says otherwise.",
    }
    return show(request, "accounts/localities.html", "accounts:localities", context)


def locality_add(request: OfficeRequest) -> HttpResponse:
    """Add a locality."""
    return ask(
        request,
        LocalityForm(answers(request)),
        partial(actions.save_locality, by=_editor(request)),
        title="Add a locality",
        done="The locality has been added.",
        back=reverse("accounts:localities"),
    )


def locality_edit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Rename a locality."""
    actor, found = _editor(request), queries.locality(pk)
    return ask(
        request,
        LocalityForm(answers(request), initial={"name": found.name}),
        partial(actions.save_locality, locality=found, by=actor),
        title=f"Rename {found.name}",
        done="The locality has been renamed.",
        back=reverse("accounts:localities"),
    )


def locality_areas(request: OfficeRequest, pk: int) -> HttpResponse:
    """Say which postcodes are a locality's."""
    actor, found = _editor(request), queries.locality(pk)
    today = clock.today()
    held = "\n".join(queries.areas_on(today).get(pk, ()))
    return ask(
        request,
        AreasForm(answers(request), initial={"areas": held, "starts_on": today}),
        partial(actions.draw_locality, locality=found, by=actor),
        title=f"Postcodes of {found.name}",
        done="The postcodes have been recorded. Children are counted by them from that day.",
        back=reverse("accounts:localities"),
    )


def appoint(request: OfficeRequest) -> HttpResponse:
    """Appoint a named person or their deputy."""
    return ask(
        request,
        AppointForm(answers(request), initial={"office": request.GET.get("office", "")}),
        partial(actions.appoint, by=_editor(request)),
        title="Appoint a named person",
        lead="Whoever held the office ends on the day before. Pages and letters follow.",
        done="The appointment has been recorded.",
        back=reverse("accounts:structure"),
        submit="Appoint",
    )


def stand_down(request: OfficeRequest, pk: int) -> HttpResponse:
    """End an appointment with nobody after."""
    actor, held = _editor(request), queries.appointment(pk)
    return ask(
        request,
        LastDayForm(answers(request), initial={"ends_on": clock.today()}),
        partial(actions.stand_down, appointment=held, by=actor),
        title=f"End the appointment of {held.name}",
        caption=queries.office_title(held.office),
        done="The appointment has been ended.",
        back=reverse("accounts:structure"),
        submit="End the appointment",
        danger=True,
    )
