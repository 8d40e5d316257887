"""Ashcombe, loaded: the organisation, the schools, the children, what happened to them."""

import time
from collections.abc import Callable
from datetime import date

from django.db import transaction

from onroll.office.accounts.actions.loads import load_organisation
from onroll.office.accounts.queries.authority import authority
from onroll.office.demo import (
    cases,
    invent,
    organisation,
    oversight,
    population,
    records,
    registers,
    town,
)
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM
from onroll.office.schools import actions as schools

PASSWORD = "ashcombe-demo"  # noqa: S105 (printed at every start: the authority does not exist)
SIGN_INS = (
    ("coordinator", "CME coordinator: triage, every case, sealed records"),
    ("officer", "CME officer: own caseload"),
    ("manager", "team manager: caseloads, oversight"),
    ("lead", "strategic lead"),
    ("governance", "information governance: who has looked, seals"),
    ("analyst", "analyst: reports only"),
    ("admin", "administrator: users, teams, schools"),
    ("school", "a school's attendance lead"),
)

Say = Callable[[str], None]


def sign_ins() -> list[str]:
    """Return what to tell whoever wants to look round."""
    width = max(len(name) for name, _ in SIGN_INS) + len(organisation.DOMAIN) + 3
    lines = [f"Sign in with one of these; the password of each is {PASSWORD}"]
    lines += [f"  {f'{name}@{organisation.DOMAIN}':<{width}}{what}" for name, what in SIGN_INS]
    return [*lines, "The public form needs no sign-in: /tell-us/"]


def ensure(*, children: int, seed: int, say: Say) -> None:
    """Build Ashcombe unless it stands already."""
    if authority().pk:
        say("Ashcombe stands already (--fresh builds it anew).")
        return
    began = time.monotonic()
    build(children=children, seed=seed, today=clock.today(), say=say)
    say(f"Ashcombe is built ({time.monotonic() - began:.0f} s).")


@transaction.atomic
def build(*, children: int, seed: int, today: date, say: Say) -> None:
    """Write the whole authority in one transaction: all of it, or nothing."""
    say("Inventing schools and staff …")
    made_schools = _schools(today)
    by_urn = {school.urn: school for school in town.schools()}
    of_school_user = next(s.urn for s in by_urn.values() if s.name == "Barley Hill School")
    people = load_organisation(
        organisation=organisation.organisation(school=made_schools[of_school_user]),
        by=PROGRAM,
        password=PASSWORD,
        as_it_happened=True,
        source="Demonstration",
    )
    schools.load_localities(
        [
            {
                "school_id": made_schools[school.urn],
                "locality_id": people.localities[school.locality],
                "starts_on": records.LONG_AGO,
                "source": "Demonstration",
            }
            for school in by_urn.values()
        ],
        by=PROGRAM,
    )
    say(f"Inventing {children:,} children …")
    invented = invent.children(count=children, seed=seed, today=today)
    keys = records.load(invented, schools=made_schools, today=today)
    say("Inventing what happened …")
    cases.load(
        invented, children=keys, schools=made_schools, users=people.users, teams=people.teams,
        today=today,
    )  # fmt: skip
    say("Taking registers …")
    registers.load(
        invented, children=keys, schools_made=made_schools, seed=seed, today=today,
        by=records.officer_called("governance", people.users, today),
    )  # fmt: skip
    oversight.look_over(users=people.users, today=today)
    say("Sealing the records of those who must not be found …")
    records.seal(invented, children=keys, by=people.users, today=today)
    say("Sending in lists of who lives here and who is in school …")
    population.load(
        invented,
        seed=seed,
        today=today,
        analyst=records.officer_called("analyst", people.users, today),
        manager=records.officer_called("coordinator", people.users, today),
    )


def _schools(today: date) -> dict[int, int]:
    from onroll.office.demo import years

    made = schools.load_schools([records.school_row(s, today) for s in town.schools()], by=PROGRAM)
    for year in range(today.year - 6, today.year + 3):
        schools.save_calendar(
            school=None,
            year=year,
            terms=years.terms(year),
            days=years.inset_days(year),
            by=PROGRAM,
        )
    keys = {urn: pk for urn, pk in made.items() if urn is not None}
    schools.load_contacts(records.contact_rows(keys), by=PROGRAM)
    return keys
