"""The roll: entered, expected, started, put right, taken off with its ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people import actions as people
from onroll.office.people.actions.changes import facts_changed
from onroll.office.people.actions.keeping import hold, restated, stated
from onroll.office.people.queries import is_sealed
from onroll.office.schools import policy
from onroll.office.schools.models import Enrolment, Offer, School
from onroll.office.schools.queries.roll import placed_facts
from onroll.statute.ages import birthday
from onroll.statute.codes import DELETION_GROUNDS

if TYPE_CHECKING:
    from onroll.office.people.models import Child

# The events name no school: where a child is must not be read from the journal once it is sealed.
ENROLLED = verb("roll.entered", "recorded a child on a school's roll from {starts_on}", "starts_on")
EXPECTED = verb("roll.expected", "recorded a place from {starts_on}", "starts_on")
STARTED = verb("roll.started", "recorded that a child started on {on}", "on")
CORRECTED = verb("roll.corrected", "corrected an entry on a roll ({changed})", "changed")
REMOVED = verb("roll.removed", "took a child off a roll on {on}, ground {ground}", "on", "ground")
EXPECTATION_DROPPED = verb("roll.expectation_dropped", "recorded that a place was not taken up")

_DAY = timedelta(days=1)
YOUNGEST = 2  # nursery classes begin at two
OLDEST = 20
FURTHEST = timedelta(days=2 * 365)


def enrol(
    *,
    child: "Child",
    school: School,
    starts_on: date,
    by: Actor,
    is_expected: bool = False,
    status: str = Enrolment.Status.CURRENT,
    on: date | None = None,
    ends_on: date | None = None,
    source: str = "",
    **details: Any,
) -> Enrolment:
    """Record that a child's name is in a school's admission register from that day.

    `is_expected` is a place accepted and not yet started. `status` S or M is dual registration;
    entering one as subsidiary makes the ordinary entry elsewhere the main one. `on` is the day of
    recording, from which the school may know of an expected child. Raises Faulty.
    """
    policy.can_change_roll(by).require()
    faults = _faults_of_dates(child, school, starts_on, ends_on)
    faults += _faults_of_attending(starts_on, ends_on, details)
    if status not in Enrolment.Status.values:
        faults.append(("status", "Select how the child is registered."))
    with transaction.atomic():
        hold(child.pk)
        entries = placed_facts(Enrolment, child.pk, by=None)
        faults += _faults_of_overlap(entries, school, starts_on, ends_on)
        if faults:
            raise Faulty(*faults)
        if status == Enrolment.Status.SUBSIDIARY:
            _mark_main(entries, starts_on, by=by)
        entry = stated(
            Enrolment,
            by,
            child=child,
            school=school,
            starts_on=starts_on,
            ends_on=ends_on,
            status=status,
            is_expected=is_expected,
            source=source,
            **details,
        )
        let_know(child, school, by=by, on=min(on or starts_on, starts_on), until=ends_on)
        told = EXPECTED if is_expected else ENROLLED
        record(told, by=by, subject=entry, children=[child.pk], starts_on=starts_on)
        facts_changed([child.pk])
    return entry


def start(*, enrolment: Enrolment, on: date, by: Actor) -> Enrolment:
    """Record that a child started at a school on that day; an expected place becomes a roll entry.

    An offer of that school that was accepted is taken up with it.
    """
    policy.can_change_roll(by).require()
    if not enrolment.is_expected and enrolment.first_attended_on:
        raise Faulty(("on", f"They started on {_day(enrolment.first_attended_on)} already."))
    changes: dict[str, Any] = {"first_attended_on": on}
    if enrolment.is_expected:
        changes |= {"is_expected": False, "starts_on": on}
        if faults := _faults_of_dates(
            enrolment.child, enrolment.school, on, enrolment.ends_on, field="on"
        ):
            raise Faulty(*faults)
    elif not enrolment.holds_on(on):
        raise Faulty(("on", "The child was not on this roll on that day."))
    with transaction.atomic():
        started = restated(enrolment, by, **changes)
        assert started is not None
        let_know(enrolment.child, enrolment.school, by=by, on=on)
        for offer in placed_facts(Offer, enrolment.child_id, by=None, on=on):
            if offer.school_id == enrolment.school_id:
                restated(offer, by, ends_on=max(on, offer.starts_on))
        record(STARTED, by=by, subject=started, children=[enrolment.child_id], on=on)
        facts_changed([enrolment.child_id])
    return started


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a leaver goes, as told: a school that is known here, or words; and how far."""

    school: School | None = None
    words: str = ""
    departure: str = ""  # "school", "area", "country"
    told_on: date | None = None  # the day on which the parent said so


NOWHERE = Destination()


def remove_from_roll(
    *,
    enrolment: Enrolment,
    on: date,
    by: Actor,
    ground: str = "",
    destination: Destination = NOWHERE,
    last_attended_on: date | None = None,
) -> Enrolment:
    """Take a child off a roll: `on` is the last day on it, `ground` the letter of regulation 9(1).

    The ground is required of a child of compulsory school age since the regulations began.
    Raises Faulty for a day or a ground that cannot be, Stale when a colleague was first.
    """
    policy.can_change_roll(by).require()
    faults: list[tuple[str, str]] = []
    if on < enrolment.starts_on:
        faults.append(("on", f"The child came on roll on {_day(enrolment.starts_on)}."))
    if enrolment.ends_on is not None:
        faults.append(("on", f"The child left this roll on {_day(enrolment.ends_on)} already."))
    if enrolment.is_expected:
        faults.append(("on", "The child has not started: record that the place was not taken up."))
    if last_attended_on and not enrolment.starts_on <= last_attended_on <= on:
        faults.append(("last_attended_on", "The last day attended must be while on this roll."))
    faults += _faults_of_ground(enrolment, ground, on)
    if faults:
        raise Faulty(*faults)
    with transaction.atomic():
        left = restated(
            enrolment,
            by,
            ends_on=on,
            deletion_ground=ground,
            destination=destination.words,
            destination_school_id=destination.school.pk if destination.school else None,
            departure=destination.departure,
            departure_told_on=destination.told_on,
            last_attended_on=last_attended_on or enrolment.last_attended_on,
        )
        assert left is not None
        _stop_knowing(enrolment, by=by, on=on)
        record(REMOVED, by=by, subject=left, children=[enrolment.child_id], on=on, ground=ground)
        facts_changed([enrolment.child_id])
    return left


def correct_enrolment(*, enrolment: Enrolment, by: Actor, **changes: Any) -> Enrolment:
    """Replace what was recorded of an entry; the former version stays known. Raises Stale."""
    policy.can_change_roll(by).require()
    starts_on = changes.get("starts_on", enrolment.starts_on)
    ends_on = changes.get("ends_on", enrolment.ends_on)
    faults = _faults_of_dates(enrolment.child, enrolment.school, starts_on, ends_on)
    faults += _faults_of_attending(starts_on, ends_on, {**_attended(enrolment), **changes})
    with transaction.atomic():
        hold(enrolment.child_id)
        others = [
            e for e in placed_facts(Enrolment, enrolment.child_id, by=None) if e.pk != enrolment.pk
        ]
        faults += _faults_of_overlap(others, enrolment.school, starts_on, ends_on)
        if faults:
            raise Faulty(*faults)
        corrected = restated(enrolment, by, **changes)
        assert corrected is not None
        if ends_on is None:
            let_know(enrolment.child, enrolment.school, by=by, on=starts_on)
        record(
            CORRECTED,
            by=by,
            subject=corrected,
            children=[enrolment.child_id],
            changed=sorted(changes),
        )
        facts_changed([enrolment.child_id])
    return corrected


def drop_expectation(*, enrolment: Enrolment, on: date, by: Actor) -> None:
    """Record that an expected child does not come: the place is believed in no more."""
    policy.can_change_roll(by).require()
    if not enrolment.is_expected:
        raise Faulty(("on", "The child has started there: take them off the roll instead."))
    with transaction.atomic():
        restated(enrolment, by, is_replaced=False)
        _stop_knowing(enrolment, by=by, on=on)
        record(EXPECTATION_DROPPED, by=by, subject=enrolment, children=[enrolment.child_id])
        facts_changed([enrolment.child_id])


def access_subject(child: int, school: int) -> str:
    """Return the name under which a roll lets a school know of a child."""
    # Not the entry's own key, which changes with every correction.
    return f"schools.Enrolment:{child}:{school}"


def let_know(
    child: "Child", school: School, *, by: Actor, on: date, until: date | None = None
) -> None:
    """Let the school's own people know of the child from that day on.

    Nobody in a school sees a sealed child, and the row itself would tell the place.
    """
    if is_sealed(child.pk):
        return
    subject = access_subject(child.pk, school.pk)
    people.grant_access(
        child=child,
        holder_kind="school",
        holder=school.pk,
        because="enrolment",
        subject=subject,
        by=by,
        on=on,
    )
    if until is not None:
        people.end_access(subject=subject, by=by, on=until)


def schools_follow_sealing(child: int, is_sealed: bool) -> None:
    """Let schools know of a child again when the seal is lifted, as the roll then stands."""
    if is_sealed:
        return
    entries = Enrolment.objects.as_known().filter(child=child).select_related("child", "school")
    # What ended while the seal held ends first, so that a child who came back is known again.
    for entry in entries.order_by(F("ends_on").asc(nulls_last=True)):
        if entry.ends_on is None:
            let_know(entry.child, entry.school, by=PROGRAM, on=entry.starts_on)
        else:
            _stop_knowing(entry, by=PROGRAM, on=entry.ends_on)


def _stop_knowing(enrolment: Enrolment, *, by: Actor, on: date) -> None:
    people.end_access(subject=access_subject(enrolment.child_id, enrolment.school_id), by=by, on=on)


def _mark_main(entries: Sequence[Enrolment], on: date, *, by: Actor) -> None:
    for entry in entries:
        if entry.status == Enrolment.Status.CURRENT and entry.holds_on(on):
            restated(entry, by, status=Enrolment.Status.MAIN)


def _faults_of_dates(
    child: "Child",
    school: School,
    starts_on: date,
    ends_on: date | None,
    *,
    field: str = "starts_on",
) -> list[tuple[str, str]]:
    faults = []
    if child.born_on is not None:
        if starts_on < birthday(child.born_on, YOUNGEST):
            faults.append((field, f"The child was born on {_day(child.born_on)}: too young then."))
        if starts_on >= birthday(child.born_on, OLDEST):
            faults.append((field, f"The child was born on {_day(child.born_on)}: too old then."))
    if child.died_on is not None and starts_on > child.died_on:
        faults.append((field, f"The child died on {_day(child.died_on)}."))
    if school.opened_on and starts_on < school.opened_on:
        faults.append((field, f"{school} opened on {_day(school.opened_on)}."))
    if school.closed_on and starts_on > school.closed_on:
        faults.append((field, f"{school} closed on {_day(school.closed_on)}."))
    if ends_on is not None and ends_on < starts_on:
        faults.append(("ends_on", f"The last day is before the first, {_day(starts_on)}."))
    return faults


def _attended(entry: Enrolment) -> dict[str, date | None]:
    return {
        "first_attended_on": entry.first_attended_on,
        "last_attended_on": entry.last_attended_on,
    }


def _faults_of_attending(
    starts_on: date, ends_on: date | None, details: dict[str, Any]
) -> list[tuple[str, str]]:
    faults = []
    for field, words in (
        ("first_attended_on", "The first day attended"),
        ("last_attended_on", "The last day attended"),
    ):
        day = details.get(field)
        if day is not None and (day < starts_on or (ends_on is not None and day > ends_on)):
            faults.append((field, f"{words} must be while on this roll."))
    return faults


def _faults_of_overlap(
    entries: Sequence[Enrolment], school: School, starts_on: date, ends_on: date | None
) -> list[tuple[str, str]]:
    for entry in entries:
        if entry.school_id != school.pk:
            continue
        is_before = ends_on is not None and ends_on < entry.starts_on
        is_after = entry.ends_on is not None and entry.ends_on < starts_on
        if not is_before and not is_after:
            until = f"to {_day(entry.ends_on)}" if entry.ends_on else "and still is"
            was = "is expected at" if entry.is_expected else "was on the roll of"
            return [
                (
                    "starts_on",
                    f"The child {was} {school} from {_day(entry.starts_on)} {until}. Change that "
                    "entry instead.",
                )
            ]
    return []


def _faults_of_ground(enrolment: Enrolment, ground: str, on: date) -> list[tuple[str, str]]:
    if ground:
        if ground not in DELETION_GROUNDS:
            return [("ground", f"“{ground}” is not a ground of regulation 9(1): give its letter.")]
        if not DELETION_GROUNDS[ground].in_force(on):
            return [("ground", "The grounds of 2024 did not hold on that day: leave it out.")]
        return []
    is_guest = enrolment.status == Enrolment.Status.GUEST
    if not is_guest and policy.needs_ground(enrolment.child.born_on, on):
        return [("ground", "Select the ground on which the name was taken off the register.")]
    return []


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
