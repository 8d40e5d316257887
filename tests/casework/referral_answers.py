"""Referrals for tests: what somebody tells, and somebody to whom it is told."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from onroll.office.casework.actions.referrals import receive
from onroll.office.casework.actions.triage import Safeguarding
from onroll.office.casework.models import Referral
from onroll.office.casework.queries.answers import PersonTold, ReferralAnswers, Route, Source
from onroll.office.kernel.actor import Actor
from onroll.office.schools.models import School

TODAY = date(2026, 3, 5)
PUBLIC = Actor(pk=None, name="Public form")
SAFE = Safeguarding("no_concern", "Looked at the record and at social care: nothing there.")


def answers(**said: Any) -> ReferralAnswers:
    """What a school says of Noor, unless it says otherwise."""
    told: dict[str, Any] = {
        "source": Source.SCHOOL,
        "given_names": "Noor",
        "family_name": "Ferreira",
        "born_on": date(2015, 6, 1),
        "address": "4 Elm Row",
        "postcode": "ZZ1 4AB",
        "carers": (PersonTold("Ines Ferreira", "Mother", "01632 960111"),),
        "reason": "Has not been seen since half-term.",
    }
    return ReferralAnswers(**{**told, **said})


def refer(
    by: Actor = PUBLIC,
    on: date = TODAY,
    submission: UUID | None = None,
    route: str = Route.PROFESSIONAL,
    completes: Referral | None = None,
    **said: Any,
) -> Referral:
    """Give a referral."""
    return receive(
        answers=answers(**said),
        submission=submission or uuid4(),
        route=route,
        completes=completes,
        by=by,
        on=on,
    )


def a_school(name: str = "Elm Primary School", **more: Any) -> School:
    """A school that the register knows."""
    given = {"urn": 900001, "la_code": "999", "estab": "2001", "status": "Open"} | more
    return School.objects.create(name=name, **given)
