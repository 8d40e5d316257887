"""What is worried about and looked over at Ashcombe, by the same acts as officers use.

Concerns, challenges, supervision, audits, hazards of houses, professionals, and tuition while a
place is awaited: a few of each, so that every part of a case has something to show.
"""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from onroll.office.casework.actions import oversight
from onroll.office.casework.queries.risk import factors_on
from onroll.office.casework.queries.worklist import Filters, worklist
from onroll.office.cme.queries import awaiting_place
from onroll.office.demo.records import SOURCE, officer_called
from onroll.office.kernel.actor import Actor
from onroll.office.people import actions as people
from onroll.office.people.queries import addresses
from onroll.office.provision import actions as provision

if TYPE_CHECKING:
    from onroll.office.casework.models import Case

CONCERNS = (
    ("da", "The mother says that she left after being hit, and asks that no letter goes to the "
     "house.", "Spoken to on a safe number; advice of the duty social worker taken."),
    ("cce", "The older brother says that she has two telephones and is collected by a man whom "
     "nobody knows.", "Told to the police and to social care the same day."),
    ("harm", "The neighbour hears shouting at night and has not seen the child for three weeks.",
     "Home visit brought forward."),
    ("forced_marriage", "A cousin told the school that a journey abroad is planned for a wedding.",
     "One chance rule followed: the family was not asked."),
)  # fmt: skip
CHALLENGES = (
    ("The academy says that the year group is full and asks to wait for the fair access panel.",
     "The place was given after the panel's chair wrote to the trust."),
    ("The school took the pupil off its roll before the joint enquiries were done.",
     "The school put the pupil back on the roll and made the enquiries."),
    ("Housing will not say whether the tenancy has ended.", ""),
    ("The special school has named a start in the next school year.", ""),
)  # fmt: skip
SUPERVISED = (
    ("Talked through what is known and what is only supposed. The address rests on hearsay.",
     "A home visit at another hour this week; the benefits enquiry chased."),
    ("The family answers but no application has been made.",
     "An appointment with admissions made together with the family."),
    ("Eight weeks without a new lead.", "The border enquiry goes out; again in 14 days."),
)  # fmt: skip
PROFESSIONALS = (
    ("gp", "Dr A. Winstanley", "Canalside Surgery", "01632 960210"),
    ("health_visitor", "B. Entwistle", "0 to 19 health service", "01632 960211"),
    ("school_nurse", "C. Ogunleye", "0 to 19 health service", "01632 960212"),
    ("social_worker", "D. Ramsbottom", "Children's social care", "01632 960213"),
)
HAZARDS = (
    ("A large dog that is not tied up", "Ring first and ask for it to be shut in."),
    ("The stepfather has threatened a colleague", "Go in twos, and not after dark."),
    ("The stairs have no light", ""),
)


def look_over(*, users: Mapping[str, int], today: date) -> None:
    """Write a few of everything that colleagues add to cases."""
    # S311: invented, and the same at every start; nothing is kept secret by it.
    chance = random.Random("oversight")  # noqa: S311
    coordinator = officer_called("coordinator", users, today)
    manager = officer_called("manager", users, today)
    cases = list(worklist(coordinator, today, Filters(sort="opened")))
    chance.shuffle(cases)
    factors = {factor.key: factor for factor in factors_on(today)}
    for n, case in enumerate(cases[:24]):
        on = max(case.opened_on, today - timedelta(days=3 + n))
        factor, account, action = CONCERNS[n % len(CONCERNS)]
        raised = oversight.concern(
            case=case, factor=factors[factor], account=account, action=action, by=coordinator, on=on
        )
        if n % 3 == 0:
            told = oversight.escalate(
                concern=raised,
                to="Children's social care",
                by=coordinator,
                on=on,
                ref=f"CSC{n}",
            )
            if n % 2 == 0:
                oversight.conclude_concern(
                    concern=told, result="Assessed; a child in need plan is in place.",
                    by=coordinator, on=today,
                )  # fmt: skip
    for n, case in enumerate(cases[24:40]):
        on = max(case.opened_on, today - timedelta(days=5 + 2 * n))
        barrier, result = CHALLENGES[n % len(CHALLENGES)]
        made = oversight.challenge(
            case=case, to=("Admissions", "Housing", "The school's trust")[n % 3], barrier=barrier,
            by=coordinator, on=on,
        )  # fmt: skip
        if result:
            oversight.answer_challenge(challenge=made, result=result, by=coordinator, on=today)
    for n, case in enumerate(cases[10:40]):
        account, agreed = SUPERVISED[n % len(SUPERVISED)]
        on = max(case.opened_on, today - timedelta(days=1 + 2 * n))
        oversight.supervise(case=case, account=account, agreed=agreed, by=manager, on=on)
    _audit(manager, len(cases), today)
    _know(coordinator, cases[:40], today)


def _audit(manager: Actor, open_cases: int, today: date) -> None:
    drawn = oversight.draw_sample(
        kind="cme", size=min(8, open_cases), seed=7, by=manager, on=today - timedelta(days=9),
        why="Monthly audit",
    )  # fmt: skip
    for n, sample in enumerate(drawn[:5]):
        answers = {key: ("yes", "partly", "no")[(n + m) % 3 if m % 4 == 0 else 0]
                   for m, key in enumerate(oversight.AUDIT_QUESTIONS)}  # fmt: skip
        oversight.audit(
            sample=sample, answers=answers, judgement=("good", "requires_improvement")[n % 2],
            findings="The child's own words are missing from two visits." if n % 2 else "",
            by=manager, on=today - timedelta(days=2),
        )  # fmt: skip


def _know(officer: Actor, cases: Sequence["Case"], today: date) -> None:
    """Record professionals, hazards and tuition around the children of some cases."""
    for n, case in enumerate(cases):
        role, name, organisation, telephone = PROFESSIONALS[n % len(PROFESSIONALS)]
        people.record_professional(
            child=case.child, role=role, name=name, organisation=organisation,
            telephone=telephone, starts_on=case.opened_on, by=officer, on=today, source=SOURCE,
        )  # fmt: skip
        homes = [a for a in addresses(case.child, by=officer, on=today) if a.use == "home"]
        if n % 5 == 0 and homes:
            hazard, advice = HAZARDS[n // 5 % len(HAZARDS)]
            people.record_hazard(
                child=case.child, place=homes[0].place, hazard=hazard, advice=advice,
                starts_on=case.opened_on, by=officer, on=today, source=SOURCE,
            )  # fmt: skip
        if awaiting_place(case, today, by=officer):
            provision.record_provision(
                child=case.child, what="private_tuition", provider="Ashcombe Learning Trust",
                starts_on=case.opened_on, is_suitable=False, is_interim=True,
                hours_a_week=Decimal(10), arranged_by="SEND team", by=officer, source=SOURCE,
                review_on=today + timedelta(days=20),
            )  # fmt: skip
