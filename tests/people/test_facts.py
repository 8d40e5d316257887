"""Facts with two dates, the rules that the database keeps, and what is derived from them."""

from collections.abc import Callable
from datetime import date, timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people import actions, queries
from onroll.office.people.models import (
    Access,
    Child,
    ChildAddress,
    ChildName,
    Flag,
    Identifier,
)
from onroll.office.people.models.flags import FLAGS, UnknownFlag, flag_kind
from onroll.statute import identifiers
from tests.actors import TODAY

Add = Callable[..., Child]


def known_since(fact: object, days: int) -> None:
    """Make a fact one that we have believed for so many days."""
    model = type(fact)
    model._default_manager.filter(pk=fact.pk).update(  # type: ignore[attr-defined]
        recorded_at=fact.recorded_at - timedelta(days=days)  # type: ignore[attr-defined]
    )


def test_an_address_is_answered_for_a_day_as_known_at_an_instant(
    amelia: Child, alice: Actor
) -> None:
    (old,) = queries.addresses(amelia, by=alice)
    known_since(old, 30)
    then = old.recorded_at - timedelta(days=1)

    actions.correct(
        fact=old, child=amelia, because="Misheard", line_1="40 High Street", by=alice, on=TODAY
    )

    now = queries.addresses(amelia, by=alice, on=date(2023, 5, 24))
    before = queries.addresses(amelia, by=alice, on=date(2023, 5, 24), known_at=then)
    assert [a.line_1 for a in now] == ["40 High Street"]
    assert [a.line_1 for a in before] == ["14 High Street"]
    assert queries.addresses(amelia, by=alice, on=date(2019, 12, 31)) == []


def test_a_move_ends_the_home_before_on_the_day_before(amelia: Child, alice: Actor) -> None:
    actions.record_address(
        child=amelia, line_1="2 New Road", starts_on=date(2026, 3, 1), by=alice, on=TODAY
    )

    assert [(a.line_1, a.starts_on, a.ends_on) for a in queries.addresses(amelia, by=alice)] == [
        ("2 New Road", date(2026, 3, 1), None),
        ("14 High Street", date(2020, 1, 1), date(2026, 2, 28)),
    ]


def test_the_database_refuses_two_homes_at_once(amelia: Child) -> None:
    with (
        pytest.raises(IntegrityError, match="one_address_of_a_use_at_a_time"),
        transaction.atomic(),
    ):
        ChildAddress.objects.create(
            child=amelia, use="home", line_1="2 New Road", place="2|", starts_on=date(2021, 1, 1)
        )


def test_an_overlap_is_refused_in_words(amelia: Child, alice: Actor) -> None:
    with pytest.raises(Faulty, match="another address of this use on some of these days"):
        actions.record_address(
            child=amelia, line_1="2 New Road", starts_on=date(2020, 1, 1), by=alice, on=TODAY
        )
    assert ChildAddress.objects.filter(child=amelia).count() == 1


def test_a_last_day_before_the_first_is_refused_in_words(amelia: Child, alice: Actor) -> None:
    (home,) = queries.addresses(amelia, by=alice)

    with pytest.raises(Faulty, match="last day is before the first"):
        actions.end_fact(fact=home, child=amelia, ends_on=date(2019, 1, 1), by=alice, on=TODAY)


def test_a_new_legal_name_is_on_the_row_and_the_old_one_is_kept(
    amelia: Child, alice: Actor
) -> None:
    actions.record_name(
        child=amelia,
        use="legal",
        given_names="Amelia",
        family_name="Ahmed",
        starts_on=date(2025, 9, 1),
        by=alice,
        on=TODAY,
    )
    actions.record_name(
        child=amelia,
        use="known_as",
        given_names="Millie",
        family_name="Ahmed",
        starts_on=date(2025, 9, 1),
        by=alice,
        on=TODAY,
    )

    amelia.refresh_from_db()
    assert str(amelia) == "Millie Ahmed"
    assert [(n.family_name, n.ends_on) for n in queries.names(amelia) if n.use == "legal"] == [
        ("Ahmed", None),
        ("Khan", date(2025, 8, 31)),
    ]


def test_an_unknown_flag_is_refused(amelia: Child, alice: Actor) -> None:
    with pytest.raises(Faulty, match="no flag 'naughty'"):
        actions.record_flag(child=amelia, flag="naughty", starts_on=TODAY, by=alice, on=TODAY)
    with pytest.raises(UnknownFlag):
        flag_kind("naughty")
    assert not Flag.objects.exists()


def test_every_flag_says_why_it_matters_and_on_what_it_rests() -> None:
    assert len({kind.key for kind in FLAGS}) == len(FLAGS)
    assert all(kind.title and kind.matters and kind.cites for kind in FLAGS)
    restricted = {kind.key for kind in FLAGS if kind.is_restricted}
    assert {"s47", "cpp", "forced_marriage", "fgm"} <= restricted


def test_a_restricted_flag_is_recorded_only_by_those_who_see_it(
    amelia: Child, alice: Actor
) -> None:
    reader = Actor(
        pk=alice.pk, name="Ed", permissions=frozenset({"children.find", "children.edit"})
    )

    with pytest.raises(Refused, match="restricted"):
        actions.record_flag(child=amelia, flag="s47", starts_on=TODAY, by=reader, on=TODAY)
    actions.record_flag(child=amelia, flag="s47", starts_on=TODAY, by=alice, on=TODAY)
    assert queries.flags(amelia, by=reader) == []
    assert [f.kind.key for f in queries.flags(amelia, by=alice)] == ["s47"]
    assert [b.label for b in queries.banner(amelia, by=reader, on=TODAY).flags] == []


def test_a_temporary_upn_is_not_recorded_as_the_upn(amelia: Child, alice: Actor) -> None:
    body = "82020031500A"
    temporary = identifiers.upn_letter(body) + body

    with pytest.raises(Faulty, match="temporary"):
        actions.record_identifier(
            child=amelia, scheme="upn", value=temporary, starts_on=TODAY, by=alice, on=TODAY
        )
    actions.record_identifier(
        child=amelia, scheme="temporary_upn", value=temporary, starts_on=TODAY, by=alice, on=TODAY
    )
    assert Identifier.objects.get(child=amelia).value == temporary


def test_confirmed_whereabouts_need_their_evidence(amelia: Child, alice: Actor) -> None:
    with pytest.raises(Faulty, match="what confirmed it"):
        actions.conclude_whereabouts(
            child=amelia,
            conclusion="abroad",
            strength="confirmed",
            starts_on=TODAY,
            by=alice,
            on=TODAY,
        )


def test_contact_that_nobody_checked_holds(amelia: Child, alice: Actor) -> None:
    actions.record_carer(
        child=amelia, family_name="Khan", kind="father", starts_on=TODAY, by=alice, on=TODAY
    )

    (carer,) = queries.carers(amelia, by=alice, on=TODAY)

    assert carer.relationship.contact == "unknown"
    assert not carer.may_be_contacted


def test_access_is_granted_once_and_ends_with_its_reason(
    amelia: Child, mallory: Actor, alice: Actor
) -> None:
    granted = {
        "child": amelia,
        "holder_kind": "person",
        "holder": mallory.pk,
        "because": "case",
        "subject": "casework.Case:1",
        "by": alice,
    }
    today = date.fromisoformat(_database_day())
    first = actions.grant_access(**granted, on=today - timedelta(days=3))  # type: ignore[arg-type]
    second = actions.grant_access(**granted, on=today)  # type: ignore[arg-type]

    assert first == second
    assert Child.objects.visible_to(mallory).get() == amelia
    assert (
        actions.end_access(subject="casework.Case:1", by=alice, on=today - timedelta(days=1)) == 1
    )
    assert not Child.objects.visible_to(mallory).exists()
    assert Access.objects.as_known().get().ends_on == today - timedelta(days=1)


def _database_day() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select (now() at time zone 'Europe/London')::date::text")
        return str(cursor.fetchone()[0])


def test_only_those_who_record_facts_record_them(amelia: Child, dave: Actor) -> None:
    said = {"child": amelia, "starts_on": TODAY, "by": dave, "on": TODAY}
    tries: list[Callable[[], object]] = [
        lambda: actions.record_name(use="former", given_names="A", family_name="B", **said),
        lambda: actions.record_address(line_1="1 Road", **said),
        lambda: actions.record_identifier(scheme="other", value="1", **said),
        lambda: actions.record_flag(flag="ehcp", **said),
        lambda: actions.record_professional(role="gp", name="Dr Zed", **said),
        lambda: actions.conclude_whereabouts(conclusion="unknown", **said),
        lambda: actions.record_carer(family_name="Khan", kind="mother", **said),
        lambda: actions.record_contact_point(kind="mobile", value="07700 900123", **said),
        lambda: actions.record_hazard(place="1|", hazard="A dog", **said),
        lambda: actions.change_details(child=amelia, version=None, sex="F", by=dave, on=TODAY),
    ]

    for attempt in tries:
        with pytest.raises(Refused):
            attempt()
    assert ChildName.objects.count() == 1


def test_the_application_cannot_switch_row_security_off(db: None) -> None:
    with (
        pytest.raises(Exception, match="must be owner") as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("alter table people_sealedfact disable row level security")

    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
