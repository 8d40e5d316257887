"""Every screen of the organisation: alice succeeds, bob is refused, mallory finds nothing."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from onroll.office.accounts import queries
from onroll.office.accounts.actions.loads import load_organisation
from onroll.office.accounts.actions.rows import (
    AppointmentRow,
    Organisation,
    PostRow,
    Span,
    TeamRow,
    UserRow,
)
from onroll.office.accounts.models import Authority, Body, RoleHolding, Team, TeamPlacement, User
from onroll.office.journal.models import Event
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM, Actor
from tests import actors
from tests.access.accounts import ACCESS

pytestmark = pytest.mark.django_db

PASSWORD = "three words unrelated"
SINCE = Span(date(2019, 4, 1))


@pytest.fixture
def ashcombe() -> dict[str, Any]:
    """A small authority that was reorganised on 1 April 2022."""
    rows = Organisation(
        authority={"name": "Ashcombe Council", "la_code": "899", "gss_code": "E99999999"},
        bodies=[("Ashcombe Learning Trust", "commissioned")],
        localities=["North"],
        services=[
            ("Education", ""),
            ("Access to education", "Education"),
            ("Inclusion", "Education"),
        ],
        teams=[
            TeamRow(
                key="cme",
                name="CME team",
                kinds=("cme",),
                services=[
                    ("Inclusion", Span(date(2019, 4, 1), date(2022, 3, 31))),
                    ("Access to education", Span(date(2022, 4, 1))),
                ],
                bodies=[("Ashcombe Learning Trust", Span(date(2022, 4, 1)))],
            )
        ],
        users=[
            UserRow(
                email="dee@example.org",
                name="Dee Dray",
                roles={"cme_officer": SINCE},
                teams={"cme": SINCE},
            )
        ],
        posts=[
            PostRow(
                title="Education Welfare Officer",
                category="attendance_officer",
                established_on=date(2017, 9, 1),
                team="cme",
                holders=[("Dee Dray", Span(date(2018, 1, 1)), 1, "dee@example.org")],
            )
        ],
        appointments=[AppointmentRow("cme_named_person", "Dee Dray", SINCE)],
        cover=[],
        recordings=[("posts.attendance_officer", date(2019, 1, 1), "")],
    )
    loaded = load_organisation(organisation=rows, by=PROGRAM)
    return {"loaded": loaded, "dee": User.objects.get(pk=loaded.users["dee@example.org"])}


def anne() -> Actor:
    """The administrator, whose work these screens are."""
    return actors.person("Anne", "administrator")


def _bob() -> User:
    return actors.user_of(actors.person("Bob", "cme_officer"))


def today(user: User) -> Actor:
    return queries.actor_for(user, clock.today())


def _address(name: str, ashcombe: dict[str, Any]) -> str:
    loaded, dee = ashcombe["loaded"], ashcombe["dee"]
    short = name.removeprefix("accounts:")
    held = {
        "member_end": dee.memberships.get().pk,
        "role_end": dee.role_holdings.get().pk,
        "stand_down": queries.named_person("cme_named_person", date(2020, 1, 1)).holder.pk,
        "post_edit": loaded.posts[0],
        "post_hold": loaded.posts[0],
        "post_leave": queries.posts_on(date(2020, 1, 1))[0].holdings[0].pk,
        "post_withdraw": queries.posts_on(date(2020, 1, 1))[0].holdings[0].pk,
        "service_edit": loaded.services["Inclusion"],
        "body_edit": loaded.bodies["Ashcombe Learning Trust"],
        "locality_edit": loaded.localities["North"],
        "locality_areas": loaded.localities["North"],
        "recording_edit": "posts.attendance_officer",
    }
    if short in held:
        return reverse(name, args=[held[short]])
    if (short.startswith("team") and short != "team_add") or short == "member_add":
        return reverse(name, args=["cme"])
    if (short.startswith("user") and short not in {"users", "user_invite"}) or short == "role_give":
        return reverse(name, args=[dee.pk])
    return reverse(name)


POSTED = {
    "accounts:user_link",
    "accounts:user_close",
    "accounts:user_open",
    "accounts:user_factors",
}
NOT_HERE = {
    "accounts:cover_end", "accounts:choose_password", "accounts:secure",
    "accounts:cleared", "accounts:role_agree", "accounts:role_refuse",  # see test_cleared
}  # fmt: skip
NAMES = sorted(ACCESS.keys() - NOT_HERE)


def _opened(client: Client, name: str, address: str) -> int:
    return (client.post(address) if name in POSTED else client.get(address)).status_code


@pytest.mark.parametrize("name", NAMES)
def test_who_may_open_each_page(name: str, ashcombe: dict[str, Any]) -> None:
    address, needs = _address(name, ashcombe), ACCESS[name]
    admin = actors.person("Anne", "administrator", "team_manager")
    alice, bob = actors.signed_in(admin), actors.signed_in(actors.bob())
    expected = 302 if name in POSTED - {"accounts:user_link"} else 200

    assert _opened(Client(), name, address) == 302
    assert _opened(alice, name, address) == expected
    bobs = _opened(bob, name, address)
    assert bobs == (200 if needs in {"signed_in", "reports.run"} else 403)


def test_mallory_of_a_school_sees_no_posts_no_people_and_no_journal(
    ashcombe: dict[str, Any],
) -> None:
    mallory = actors.signed_in(actors.mallory())

    for name in ("accounts:posts", "accounts:users", "accounts:journal", "accounts:authority"):
        answer = mallory.get(reverse(name))
        assert answer.status_code == 403
        assert b"Dee Dray" not in answer.content


def test_an_invited_person_chooses_a_password_once_and_signs_in(ashcombe: dict[str, Any]) -> None:
    alice = actors.signed_in(anne())
    asked = {
        "name": "New Nell",
        "email": "Nell@Example.org",
        "role_keys": ["cme_officer"],
        "teams": [str(ashcombe["loaded"].teams["cme"])],
    }

    shown = alice.post(reverse("accounts:user_invite"), asked)
    link = shown.context["link"].removeprefix("http://testserver")
    nell = User.objects.get(email="nell@example.org")
    browser = Client()
    chosen = browser.post(link, {"password": PASSWORD, "again": PASSWORD})
    again = Client().get(link)
    entered = browser.post(
        reverse("account_login"), {"login": "nell@example.org", "password": PASSWORD}
    )

    assert (chosen.status_code, again.status_code) == (302, 404)
    assert entered.status_code == 302
    assert today(nell).may("cases.locate")
    assert today(nell).teams == {ashcombe["loaded"].teams["cme"]}


def test_one_address_is_invited_once_whatever_its_capitals(ashcombe: dict[str, Any]) -> None:
    alice = actors.signed_in(anne())

    answer = alice.post(
        reverse("accounts:user_invite"), {"name": "Dee Again", "email": "DEE@example.org"}
    )

    assert b"Somebody already signs in with this e-mail address" in answer.content
    assert not User.objects.filter(name="Dee Again").exists()


def test_a_password_that_is_too_short_or_typed_differently_is_refused(
    ashcombe: dict[str, Any],
) -> None:
    alice = actors.signed_in(anne())
    shown = alice.post(reverse("accounts:user_link", args=[ashcombe["dee"].pk]))
    link = shown.context["link"]

    short = Client().post(link, {"password": "short", "again": "short"})
    differs = Client().post(link, {"password": PASSWORD, "again": "another three words"})

    assert b"There is a problem" in short.content
    assert "not the same" in differs.content.decode()


def test_nobody_gives_themselves_a_role_or_closes_their_own_account() -> None:
    alice = anne()
    client = actors.signed_in(alice)

    given = client.get(reverse("accounts:role_give", args=[alice.pk]))
    closed = client.post(reverse("accounts:user_close", args=[alice.pk]))

    assert (given.status_code, closed.status_code) == (403, 403)
    assert User.objects.get(pk=alice.pk).is_active


def test_a_role_given_by_form_holds_from_its_first_day_and_is_journalled(
    ashcombe: dict[str, Any],
) -> None:
    alice, dee = actors.signed_in(anne()), ashcombe["dee"]
    address = reverse("accounts:role_give", args=[dee.pk])
    first = {
        "role": "analyst",
        "starts_on_day": "1",
        "starts_on_month": "May",
        "starts_on_year": "2021",
    }

    given = alice.post(address, first)
    twice = alice.post(address, first)

    assert given.status_code == 302
    assert b"already holds this role" in twice.content
    held = RoleHolding.objects.on(date(2021, 5, 1)).filter(user=dee, role="analyst")
    assert held.count() == 1
    assert Event.objects.filter(verb="accounts.role_given", data__role="analyst").count() == 1


def test_a_school_users_role_needs_a_school_that_is_registered_here(
    ashcombe: dict[str, Any],
) -> None:
    alice = actors.signed_in(anne())
    address = reverse("accounts:role_give", args=[ashcombe["dee"].pk])
    asked = {"role": "school_user", "urn": "999999", "starts_on": "2021-05-01"}

    answer = alice.post(address, asked)

    assert "URN of a school that is in the register" in answer.content.decode()


def test_a_team_that_moves_is_shown_in_the_service_of_the_day_that_one_picks(
    ashcombe: dict[str, Any],
) -> None:
    alice = actors.signed_in(anne())
    service = ashcombe["loaded"].services["Inclusion"]
    moved = {"service": service, "starts_on": "2024-09-01", "source": "Cabinet, July 2024"}

    answer = alice.post(reverse("accounts:team_place", args=["cme"]), moved)

    def where(on: date) -> str:
        return next(g.service.name for g in queries.structure_on(on).groups if g.teams)

    assert answer.status_code == 302
    assert where(date(2020, 1, 1)) == "Inclusion"
    assert where(date(2023, 1, 1)) == "Access to education"
    assert where(date(2024, 9, 1)) == "Inclusion"
    assert TeamPlacement.objects.on(date(2024, 8, 31)).get().service.name == "Access to education"
    page = alice.get(reverse("accounts:structure"), {"on": "1 January 2023"})
    assert "As it was on Sunday 1 January 2023" in page.content.decode()


def test_a_move_before_something_already_recorded_is_refused(ashcombe: dict[str, Any]) -> None:
    alice = actors.signed_in(anne())
    service = ashcombe["loaded"].services["Inclusion"]

    answer = alice.post(
        reverse("accounts:team_place", args=["cme"]),
        {"service": service, "starts_on": "2020-01-01"},
    )

    assert b"Something later is already recorded" in answer.content


def test_the_history_tells_a_move_once_and_not_also_as_a_leaving(ashcombe: dict[str, Any]) -> None:
    says = [change.says for change in queries.changes()]

    assert "CME team moved into Access to education" in says
    assert "CME team left Inclusion" not in says


def test_the_authority_refuses_a_colour_on_which_white_words_cannot_be_read(
    ashcombe: dict[str, Any],
) -> None:
    alice = actors.signed_in(anne())
    good = {
        "name": "Ashcombe", "la_code": "899", "gss_code": "e99999999", "brand_colour": "#6d1f7e",
        "harm_telephone": "01632 960001", "quick_exit_url": "https://www.bbc.co.uk/weather",
    }  # fmt: skip
    address = reverse("accounts:authority_edit")

    pale = alice.post(address, good | {"brand_colour": "#ffee88"})
    saved = alice.post(address, good)

    assert b"too light for white words" in pale.content
    assert saved.status_code == 302
    assert Authority.objects.get().harm_telephone == "01632 960001"


def test_a_closed_team_keeps_its_past_and_has_no_members(ashcombe: dict[str, Any]) -> None:
    alice = actors.signed_in(anne())

    alice.post(reverse("accounts:team_close", args=["cme"]), {"ends_on": "2025-03-31"})

    assert not Team.objects.get(key="cme").is_current
    assert queries.structure_on(date(2025, 4, 1)).team_count == 0
    assert queries.structure_on(date(2025, 3, 31)).team_count == 1
    assert queries.team_choices() == []


def test_bodies_and_localities_are_added_once_by_name(ashcombe: dict[str, Any]) -> None:
    alice = actors.signed_in(anne())
    body = {"name": "Zed Trust", "nature": "agency"}

    first = alice.post(reverse("accounts:body_add"), body)
    again = alice.post(reverse("accounts:body_add"), body | {"name": "zed trust"})
    north = alice.post(reverse("accounts:locality_add"), {"name": "NORTH"})

    assert first.status_code == 302
    assert b"already one of this name" in again.content
    assert b"already one of this name" in north.content
    assert Body.objects.filter(name__iexact="zed trust").count() == 1


def test_the_journal_page_filters_by_person_verb_and_day_and_checks_the_chain(
    ashcombe: dict[str, Any],
) -> None:
    carol = actors.dave()
    client = actors.signed_in(carol)
    client.get("/")

    looked = client.get(
        reverse("accounts:journal"), {"verb": "children.viewed", "person": carol.pk}
    )
    none = client.get(reverse("accounts:journal"), {"until": "1 January 2020"})
    checked = client.post(reverse("accounts:journal"))

    assert [line.children for line in looked.context["lines"]] == [2]
    assert b"No events" in none.content
    assert b"The chain holds" in checked.content


def test_cover_lets_the_covering_person_stand_for_the_absent_one(ashcombe: dict[str, Any]) -> None:
    dee, bob = ashcombe["dee"], _bob()
    client = actors.signed_in(today(dee))
    asked = {"absent": dee.pk, "covering": bob.pk, "starts_on": "2026-01-01"}

    arranged = client.post(reverse("accounts:cover_add"), asked)

    assert arranged.status_code == 302
    assert today(bob).stands_for == {bob.pk, dee.pk}


def test_an_officer_cannot_arrange_cover_for_somebody_else(ashcombe: dict[str, Any]) -> None:
    dee, bob = ashcombe["dee"], _bob()
    client = actors.signed_in(today(bob))
    asked = {"absent": dee.pk, "covering": bob.pk, "starts_on": "2026-01-01"}

    answer = client.post(reverse("accounts:cover_add"), asked)

    assert b"select one of the answers listed" in answer.content
    assert today(bob).stands_for == {bob.pk}


def test_a_stranger_to_an_arrangement_of_cover_does_not_find_it(ashcombe: dict[str, Any]) -> None:
    dee, bob = ashcombe["dee"], _bob()
    dees = actors.signed_in(today(dee))
    dees.post(
        reverse("accounts:cover_add"),
        {"absent": dee.pk, "covering": bob.pk, "starts_on": "2026-01-01"},
    )
    cover = queries.covers(date(2026, 1, 1))[0]
    address = reverse("accounts:cover_end", args=[cover.pk])

    assert actors.signed_in(actors.mallory()).get(address).status_code == 404
    assert actors.signed_in(today(bob)).get(address).status_code == 403
    assert dees.post(address, {"ends_on": "2026-01-05"}).status_code == 302
    assert not today(bob).covering
