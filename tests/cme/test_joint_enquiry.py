"""School and authority make joint enquiries: two statements, what came of them, no overwriting."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from onroll.office.casework.models import Case, Deadline
from onroll.office.casework.queries.clocks import clocks, face
from onroll.office.cme import actions, queries
from onroll.office.cme.models import Absence, JointEnquiry
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.schools.models import School
from tests.casework.conftest import TODAY

Sign = Callable[[Actor], Client]
AWAY_FROM = date(2026, 2, 2)
MONDAY = datetime(2026, 2, 2, 9, tzinfo=UTC)
WEDNESDAY = datetime(2026, 2, 4, 9, tzinfo=UTC)
SAID: dict[str, Any] = {
    "ground": "i", "school_says": "Rang and visited.", "school_on": date(2026, 2, 27),
    "authority_says": "Asked housing and the NHS.", "authority_on": date(2026, 3, 3),
    "is_located": False,
}  # fmt: skip


@pytest.fixture
def away(case: Case, alice: Actor) -> Case:
    actions.record_absence(case=case, absent_from=AWAY_FROM, by=alice)
    return case


def _stopped(case: Case, duty: str) -> date | None:
    return Deadline.objects.get(case=case, duty=duty).stopped_on


@pytest.mark.parametrize(
    ("ground", "duty", "days"),
    [
        ("i", "REG_DEL_SUPPOSED", {"absent_from": AWAY_FROM}),
        ("h", "REG_DEL_LEAVE", {"leave_ended_on": date(2026, 2, 1)}),
    ],
)
def test_a_joint_enquiry_stops_its_clock_and_does_not_remove_it(
    ground: str, duty: str, days: dict[str, date], case: Case, alice: Actor
) -> None:
    actions.record_absence(case=case, by=alice, **days)
    assert _stopped(case, duty) is None

    actions.record_joint_enquiry(case=case, by=alice, seen=None, **{**SAID, "ground": ground})

    (clock,) = [c for c in clocks(case, TODAY) if c.id == duty]
    assert (clock.started_on, clock.stopped_on) == (
        AWAY_FROM if ground == "i" else date(2026, 2, 1), SAID["authority_on"],
    )  # fmt: skip
    assert face(clock, TODAY).state in ("met", "unknown")
    assert _stopped(case, duty) == SAID["authority_on"]


def test_it_counts_from_the_later_of_the_two_statements(away: Case, alice: Actor) -> None:
    made = actions.record_joint_enquiry(case=away, by=alice, seen=None, **SAID)

    assert made.starts_on == date(2026, 3, 3)
    assert queries.joint_enquiry_needed(away) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"is_located": True}, "both agree"),
        ({"ground": "h"}, "Record first on which day"),
        ({"school_on": date(2026, 2, 1)}, "not away before 2 February 2026"),
        ({"school_says": " "}, "what the school did"),
        ({"authority_says": ""}, "what the authority did"),
    ],
)
def test_half_a_joint_enquiry_is_none(
    given: dict[str, Any], says: str, away: Case, alice: Actor
) -> None:
    with pytest.raises(Faulty, match=says):
        actions.record_joint_enquiry(case=away, by=alice, seen=None, **{**SAID, **given})

    assert _stopped(away, "REG_DEL_SUPPOSED") is None


def test_a_child_located_needs_both_to_agree_and_a_child_not_located_does_not(
    away: Case, alice: Actor
) -> None:
    made = actions.record_joint_enquiry(
        case=away, by=alice, seen=None, agreed_no_return=True, **{**SAID, "is_located": True}
    )

    assert made.agreed_no_return
    with pytest.raises(IntegrityError, match="needs_both"), transaction.atomic():
        JointEnquiry.objects.filter(pk=made.pk).update(agreed_no_return=False)


def test_a_correction_supersedes_and_what_was_said_first_stays(away: Case, alice: Actor) -> None:
    first = actions.record_joint_enquiry(case=away, by=alice, seen=None, **SAID)
    JointEnquiry.objects.filter(pk=first.pk).update(recorded_at=MONDAY)

    actions.record_joint_enquiry(
        case=away, by=alice, seen=first.pk, corrects=True,
        **{**SAID, "school_says": "Rang only.", "authority_on": date(2026, 3, 4)},
    )  # fmt: skip

    then = JointEnquiry.objects.as_known(WEDNESDAY).get(case=away)
    now = JointEnquiry.objects.as_known().get(case=away)
    assert (then.school_says, now.school_says) == ("Rang and visited.", "Rang only.")
    assert _stopped(away, "REG_DEL_SUPPOSED") == date(2026, 3, 4)


def test_two_who_record_it_at_once_do_not_overwrite_each_other(away: Case, alice: Actor) -> None:
    actions.record_joint_enquiry(case=away, by=alice, seen=None, **SAID)

    with pytest.raises(Stale) as stale:
        actions.record_joint_enquiry(
            case=away, by=alice, seen=None, **{**SAID, "school_says": "Nothing."}
        )

    assert ("The school", "Rang and visited.", "Nothing.") in stale.value.compared


def test_one_for_a_later_absence_follows_the_first(away: Case, alice: Actor) -> None:
    first = actions.record_joint_enquiry(case=away, by=alice, seen=None, **SAID)
    actions.record_absence(case=away, absent_from=date(2026, 3, 4), by=alice)
    assert [a.starts_on for a in queries.joint_enquiry_needed(away)] == [date(2026, 3, 4)]
    assert _stopped(away, "REG_DEL_SUPPOSED") is None

    later = {"school_on": date(2026, 3, 30), "authority_on": date(2026, 4, 1)}
    actions.record_joint_enquiry(case=away, by=alice, seen=first.pk, **{**SAID, **later})

    assert [j.starts_on for j in queries.joint_enquiries_of(away)] == [
        date(2026, 4, 1), date(2026, 3, 3),
    ]  # fmt: skip
    assert _stopped(away, "REG_DEL_SUPPOSED") == date(2026, 4, 1)


# The days of absence


def test_a_first_day_corrected_is_still_known_as_it_was(away: Case, alice: Actor) -> None:
    Absence.objects.filter(case=away).update(recorded_at=MONDAY)

    actions.record_absence(case=away, absent_from=date(2026, 2, 9), by=alice)

    then = Absence.objects.as_known(WEDNESDAY).get(case=away)
    assert then.starts_on == AWAY_FROM
    assert Deadline.objects.get(case=away, duty="REG_DEL_SUPPOSED").started_on == date(2026, 2, 9)


def test_a_day_recorded_in_error_is_superseded_and_its_clock_goes(away: Case, alice: Actor) -> None:
    actions.record_absence(case=away, by=alice)

    assert not Absence.objects.as_known().filter(case=away).exists()
    assert Absence.objects.filter(case=away).count() == 1
    assert not Deadline.objects.filter(case=away, duty="REG_DEL_SUPPOSED").exists()


def test_a_page_opened_before_a_colleague_changed_the_days_overwrites_nothing(
    away: Case, alice: Actor, as_: Sign
) -> None:
    client = as_(alice)
    at = reverse("cme:absence", args=[away.ref])
    seen = queries.absence_seen(away)
    assert f'name="seen" value="{seen}"' in client.get(at).content.decode()
    actions.record_absence(case=away, absent_from=date(2026, 2, 9), by=alice)
    typed = {
        "missing_from_day": 2, "missing_from_month": 2, "missing_from_year": 2026,
        "absent_from_day": 3, "absent_from_month": 2, "absent_from_year": 2026,
    }  # fmt: skip

    refused = client.post(at, {**typed, "seen": seen})

    assert refused.status_code == 409
    assert "9 February 2026" in refused.content.decode()
    found = queries.absence_of(away, "i")
    assert found is not None
    assert found.starts_on == date(2026, 2, 9)
    sent = client.post(at, {**typed, "seen": queries.absence_seen(away)})
    assert sent.status_code == 302


def test_alice_records_and_corrects_it_on_the_page(away: Case, alice: Actor, as_: Sign) -> None:
    client = as_(alice)
    at = reverse("cme:joint_enquiry", args=[away.ref])
    ledger = reverse("cme:enquiries", args=[away.ref])
    assert "Record the joint enquiry" in client.get(ledger).content.decode()
    typed = {
        "ground": "i", "school_says": "Rang.", "school_on_day": 27, "school_on_month": 2,
        "school_on_year": 2026, "authority_says": "Asked.", "authority_on_day": 3,
        "authority_on_month": 3, "authority_on_year": 2026, "located": "yes",
    }  # fmt: skip
    assert "both agree" in client.post(at, typed).content.decode()

    assert client.post(at, {**typed, "agreed_no_return": "on"}).status_code == 302
    assert "Correct the joint enquiry" in client.get(ledger).content.decode()
    shown = client.get(at).content.decode()
    assert "Rang." in shown
    made = JointEnquiry.objects.get(case=away)
    assert f'name="seen" value="{made.pk}"' in shown
    again = {**typed, "located": "no", "seen": made.pk}
    assert client.post(at, again).status_code == 302
    assert "Not located" in client.get(ledger).content.decode()
    assert JointEnquiry.objects.filter(case=away).count() == 2


def test_a_child_told_of_as_on_a_roll_and_away_starts_the_clock(
    away: Case, alice: Actor, school: School
) -> None:
    told = clocks(away, TODAY)

    assert [c.id for c in told if c.id.startswith("REG_DEL")] == ["REG_DEL_SUPPOSED"]
