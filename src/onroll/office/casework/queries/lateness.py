"""How late schools' referrals came, against the authority's own limit."""

from dataclasses import dataclass
from datetime import date, datetime

from onroll.office.casework.models import Referral
from onroll.office.casework.queries.answers import SCHOOLS, ReferralAnswers
from onroll.office.casework.queries.clocks import pack
from onroll.office.kernel.actor import Actor
from onroll.office.schools.queries import calendar_for
from onroll.statute.counting import days_since
from onroll.statute.duties import clocks
from onroll.statute.duty import Clock

AWARE, RECEIVED = "child_aware.missing_on", "referral.received_on"


def referral_limit(answers: ReferralAnswers, *, received_on: date) -> Clock | None:
    """Return the clock of the authority's limit for schools, if it has one that can be counted."""
    if answers.source not in SCHOOLS or answers.aware_on is None:
        return None
    rules = pack(received_on)
    if not any(d.started_by == AWARE and RECEIVED in d.stopped_by for d in rules.duties):
        return None
    calendar = calendar_for(school_id=answers.school_id, on=answers.aware_on)
    facts = {AWARE: answers.aware_on, RECEIVED: max(received_on, answers.aware_on)}
    found = clocks(facts, {}, calendar, received_on, rules)
    limits = [c for c in found if c.duty.started_by == AWARE and RECEIVED in c.duty.stopped_by]
    return limits[0] if limits else None


def days_late(answers: ReferralAnswers, *, received_on: date) -> int | None:
    """Return how many days after the limit the referral came; 0 in time; None where no limit is."""
    clock = referral_limit(answers, received_on=received_on)
    if clock is None or clock.due is None:
        return None
    return max(days_since(clock.due, received_on), 0)


NOTICES = (Referral.Form.LEAVER, Referral.Form.ADMISSION)


@dataclass(frozen=True, slots=True)
class SchoolLateness:
    """One school's referrals over a period: how many, how many late, how complete."""

    school: str
    given: int
    late: int
    with_a_limit: int
    most_days_late: int
    completeness: int


def by_school(
    actor: Actor, start: date, end: date, known_at: datetime | None = None
) -> list[SchoolLateness]:
    """Count what schools referred against the authority's limit, the latest schools first.

    Notices of leaving and of admission are no referrals. What a referral was when it came is never
    changed, so that it is known as it is from the instant at which it was received.
    """
    found: dict[str, list[Referral]] = {}
    received = Referral.objects.counted_for(actor).filter(
        received_on__range=(start, end), school__isnull=False, source__in=SCHOOLS
    )
    if known_at is not None:
        received = received.filter(received_at__lte=known_at)
    for referral in received.exclude(form__in=NOTICES).select_related("school"):
        found.setdefault(str(referral.school), []).append(referral)
    rows = [
        SchoolLateness(
            school=school,
            given=len(given),
            late=sum((r.days_late or 0) > 0 for r in given),
            with_a_limit=sum(r.days_late is not None for r in given),
            most_days_late=max((r.days_late or 0 for r in given), default=0),
            completeness=round(sum(r.completeness for r in given) / len(given)),
        )
        for school, given in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.late, -row.most_days_late, row.school))
