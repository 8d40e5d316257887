"""The facts by which the clocks of any case start and stop, and the cache of them."""

from collections.abc import Callable
from datetime import date

import pytest

from onroll.office.accounts.models import Authority, LocalRules
from onroll.office.casework.actions import deadlines, letters, triage
from onroll.office.casework.actions.triage import Safeguarding
from onroll.office.casework.letters import gaps
from onroll.office.casework.models import Case, Deadline, Referral
from onroll.office.casework.queries.clocks import clocks, face
from onroll.office.casework.queries.letters import school_recipient, template_for
from onroll.office.cme import actions as cme
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.schools.models import School
from tests.casework.conftest import TODAY
from tests.casework.referral_answers import refer

Route = Referral.Route
SAFE = Safeguarding("no_concern", "Nothing heard that worries us.")


@pytest.fixture
def local_rules(db: None) -> None:
    Authority.objects.update_or_create(
        pk=1, defaults={"name": "Ashcombe", "la_code": "999", "gss_code": "E09999999"}
    )
    LocalRules.objects.create(pack="example", starts_on=date(2020, 9, 1))


@pytest.fixture
def accepted(local_rules: None, amelia: Child, alice: Actor, carol: Actor) -> Callable[[str], Case]:
    """Receives a referral by a route and accepts it into a case."""

    def through(route: str) -> Case:
        referral = refer(by=alice, route=route)
        return triage.accept(
            referral=referral, version=referral.version, child=amelia, safeguarding=SAFE, by=carol,
            on=TODAY,
        )  # fmt: skip

    return through


def _acknowledged(case: Case) -> date | None:
    return Deadline.objects.get(case=case, duty="ASHCOMBE_ACKNOWLEDGE").stopped_on


@pytest.mark.parametrize(
    ("route", "acknowledged"),
    [(Route.PUBLIC, TODAY), (Route.PROFESSIONAL, TODAY), (Route.FILE, TODAY), (Route.STAFF, None)],
)
def test_only_a_receipt_that_reaches_the_referrer_acknowledges_a_referral(
    accepted: Callable[[str], Case], route: str, acknowledged: date | None
) -> None:
    case = accepted(route)

    assert _acknowledged(case) == acknowledged
    assert not deadlines.rebuild(case)


def test_a_letter_acknowledges_what_staff_typed_up_once_it_is_issued(
    accepted: Callable[[str], Case], school: School, alice: Actor
) -> None:
    case = accepted(Route.STAFF)
    draft = letters.write(
        case=case, template=template_for("referral_received"),
        recipient=school_recipient(school.pk), by=alice, on=TODAY,
    )  # fmt: skip
    assert _acknowledged(case) is None

    words = draft.body
    for gap in gaps(words):
        words = words.replace(gap, "01632 960111")
    letters.change(letter=draft, subject=draft.subject, body=words, by=alice, on=TODAY)
    draft.refresh_from_db()
    issued = letters.issue(letter=draft, by=alice, on=TODAY)
    assert _acknowledged(case) == TODAY

    letters.withdraw(letter=issued, why="Sent to the wrong school.", by=alice, on=TODAY)
    assert _acknowledged(case) is None


def test_an_absence_that_is_only_supposed_is_shown_as_supposed(case: Case, alice: Actor) -> None:
    cme.record_absence(case=case, absent_from=date(2026, 1, 5), by=alice)

    (clock,) = [c for c in clocks(case, TODAY) if c.id == "REG_DEL_SUPPOSED"]

    assert clock.started_on == date(2026, 1, 5)
    assert face(clock, TODAY).state != "overdue"
    assert face(clock, TODAY).warning
