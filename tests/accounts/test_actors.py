"""Who somebody is on a day, in each part of the one question that every request asks."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator

from onroll.office.accounts.models import Cover, Membership, RoleHolding, Team, User
from onroll.office.accounts.queries.actors import NOBODY, actor_for, signed_in
from onroll.office.schools.models import School

DAY = date(2026, 3, 5)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
HOLDS = [
    {"starts_on": DAY},
    {"starts_on": BEFORE, "ends_on": DAY},
    {"starts_on": BEFORE, "ends_on": None},
]
DOES_NOT_HOLD = [
    {"starts_on": AFTER},
    {"starts_on": BEFORE - timedelta(days=1), "ends_on": BEFORE},
    {"starts_on": BEFORE, "superseded_at": datetime(2126, 3, 5, tzinfo=UTC)},
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create(email="alice@council.example", name="Alice")


def _role(user: User, **dates: object) -> frozenset[object]:
    RoleHolding.objects.create(user=user, role="cme_officer", **dates)
    return frozenset({"cme_officer"})


def _team(user: User, **dates: object) -> frozenset[object]:
    team = Team.objects.create(key="first", name="The first team")
    Membership.objects.create(user=user, team=team, **dates)
    return frozenset({team.pk})


def _cover(user: User, **dates: object) -> frozenset[object]:
    absent = User.objects.create(email="bob@council.example", name="Bob")
    Cover.objects.create(absent=absent, covering=user, **dates)
    return frozenset({absent.pk})


PARTS = [("roles", _role), ("teams", _team), ("covering", _cover)]


@pytest.mark.parametrize("dates", HOLDS)
@pytest.mark.parametrize(("part", "record"), PARTS)
def test_what_holds_on_the_day_counts(
    user: User, part: str, record: Callable[..., frozenset[object]], dates: dict[str, object]
) -> None:
    recorded = record(user, **dates)

    assert getattr(actor_for(user, DAY), part) == recorded


@pytest.mark.parametrize("dates", DOES_NOT_HOLD)
@pytest.mark.parametrize(("part", "record"), PARTS)
def test_what_does_not_hold_on_the_day_or_is_not_believed_counts_for_nothing(
    user: User, part: str, record: Callable[..., frozenset[object]], dates: dict[str, object]
) -> None:
    record(user, **dates)

    assert getattr(actor_for(user, DAY), part) == frozenset()


def test_a_team_that_is_no_more_counts_for_nothing(user: User) -> None:
    _team(user, starts_on=BEFORE)
    Team.objects.update(is_current=False)

    assert actor_for(user, DAY).teams == frozenset()


def test_roles_at_schools_give_the_schools_and_an_unknown_role_gives_nothing(user: User) -> None:
    school = School.objects.create(name="Ashcombe Primary")
    RoleHolding.objects.create(user=user, role="school_user", school=school, starts_on=BEFORE)
    RoleHolding.objects.create(user=user, role="a_role_of_long_ago", starts_on=BEFORE)

    who = signed_in(user.pk, DAY)

    assert who is not None
    assert (who.actor.roles, who.actor.schools) == ({"school_user"}, {school.pk})
    # A role that the program does not know any more still ends a sign-in when it is taken away.
    assert who.holdings == tuple(RoleHolding.objects.order_by("pk").values_list("pk", flat=True))


def test_what_others_hold_is_not_theirs(user: User) -> None:
    other = User.objects.create(email="carol@council.example", name="Carol")
    for _, record in PARTS:
        record(other, starts_on=BEFORE)
    Authenticator.objects.create(user=other, type=Authenticator.Type.TOTP, data={})

    who = signed_in(user.pk, DAY)

    assert who is not None
    assert (who.actor.roles, who.actor.teams, who.actor.covering) == (set(), set(), set())
    assert (who.holdings, who.factors, who.has_second_factor) == ((), (), False)


def test_recovery_codes_are_no_second_factor(user: User) -> None:
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    codes = signed_in(user.pk, DAY)
    totp = Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    both = signed_in(user.pk, DAY)

    assert codes is not None
    assert both is not None
    assert (codes.has_second_factor, both.has_second_factor) == (False, True)
    assert both.factors == (*codes.factors, totp.pk)


def test_whoever_may_not_sign_in_is_nobody(user: User) -> None:
    _role(user, starts_on=BEFORE)
    user.is_active = False
    user.save(update_fields=["is_active"])

    assert actor_for(user, DAY) == NOBODY
    assert signed_in(user.pk + 1, DAY) is None
