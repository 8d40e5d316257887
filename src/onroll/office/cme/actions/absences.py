"""A child on a roll and away: since when, and what school and authority found out together."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from onroll.office.casework.actions import deadlines
from onroll.office.casework.actions.history import follow
from onroll.office.cme import policy, queries
from onroll.office.cme.models import Absence, Episode, Ground, JointEnquiry, MissingEducation
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.facts import state, supersede
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.casework.models import Case

ABSENCE = verb(
    "cme.absence", "recorded since when the child is missing, when leave ended or absence began",
    "missing_from", "leave_ended_on", "absent_from",
)  # fmt: skip
JOINT = verb(
    "cme.joint_enquiry", "recorded the joint enquiry of school and authority (ground {ground})",
    "ground", "school_on", "authority_on", "is_located",
)  # fmt: skip
JOINT_CORRECTED = verb(
    "cme.joint_enquiry_corrected",
    "corrected the joint enquiry of school and authority (ground {ground})",
    "ground", "school_on", "authority_on", "is_located",
)  # fmt: skip
A_DAY = timedelta(days=1)


@transaction.atomic
def record_absence(
    *,
    case: "Case",
    by: Actor,
    missing_from: date | None = None,
    leave_ended_on: date | None = None,
    absent_from: date | None = None,
    seen: str | None = None,
) -> None:
    """Record since when the child is missing, and the days on which the joint clocks start.

    A day left out was recorded in error; what was said before is superseded. `seen` is what the
    page showed. Raises Stale where a colleague changed it since.
    """
    policy.can_secure(by, case).require()
    _hold(case)
    episodes = queries.episodes_of(case)
    current, before = next(iter(episodes), None), episodes[1:]
    since = missing_from or (current.starts_on if current else case.notified_on)
    firsts = {
        Ground.H: leave_ended_on + A_DAY if leave_ended_on else None,
        Ground.I: absent_from,
    }
    if seen is not None and seen != queries.absence_seen(case):
        raise Stale("these days", _compared(case, current, since, firsts))
    if current and current.ends_on and since > current.ends_on:
        raise Faulty(("missing_from", "This is after the child ceased to be missing."))
    if before and before[0].ends_on and since <= before[0].ends_on:
        raise Faulty(
            ("missing_from", "The child was missing on that day already: give a day after the "
             f"last episode, which ended on {written(before[0].ends_on)}.")
        )  # fmt: skip
    if current is not None and since != current.starts_on:
        supersede(current, by=by, starts_on=since)
    for ground, first in firsts.items():
        _say_absence(case, ground, first, by=by)
    record(
        ABSENCE, by=by, subject=case, children=[case.child_id], missing_from=since,
        leave_ended_on=leave_ended_on, absent_from=absent_from,
    )  # fmt: skip
    deadlines.rebuild(case)


def _say_absence(case: "Case", ground: Ground, first: date | None, *, by: Actor) -> None:
    found = queries.absence_of(case, ground)
    if found is None and first is not None:
        state(Absence, by=by, case=case, ground=ground, starts_on=first)
    elif found is not None and first is None:
        supersede(found, by=by, replace=False)
    elif found is not None and found.starts_on != first:
        supersede(found, by=by, starts_on=first)


def _compared(
    case: "Case", current: Episode | None, since: date, firsts: dict[Ground, date | None]
) -> list[tuple[str, str, str]]:
    def said(day: date | None) -> str:
        return written(day) if day else "Not recorded"

    compared = [
        ("Missing education from", said(current.starts_on if current else None), said(since))
    ]
    for ground, first in firsts.items():
        found = queries.absence_of(case, ground)
        theirs = said(found.starts_on if found else None)
        compared.append((f"Away from: {ground.label}", theirs, said(first)))
    return compared


def _hold(case: "Case") -> None:
    """Let nobody else write what stands beside the record until this act is done."""
    MissingEducation.objects.select_for_update().filter(case=case).first()


@transaction.atomic
def record_joint_enquiry(
    *,
    case: "Case",
    ground: str,
    school_says: str,
    school_on: date,
    authority_says: str,
    authority_on: date,
    is_located: bool,
    by: Actor,
    agreed_no_return: bool = False,
    corrects: bool = False,
    seen: int | None = None,
) -> JointEnquiry:
    """Record what school and authority each say of their joint efforts, and what came of them.

    It counts from the later of the two statements. `corrects` puts the last one right; without it
    this is another one. `seen` is the key of the one that the page showed, None if it showed none.
    Raises Stale where that has changed.
    """
    policy.can_enquire(by, case).require()
    _hold(case)
    current = queries.joint_enquiry_of(case)
    if (current.pk if current else None) != seen:
        raise Stale(
            "the joint enquiry",
            [
                ("The school", current.school_says if current else "Not recorded", school_says),
                ("The authority", current.authority_says if current else "Not recorded",
                 authority_says),
            ],
        )  # fmt: skip
    _refuse_joint(
        case, ground, school_says, school_on, authority_says, authority_on, is_located,
        agreed_no_return,
    )  # fmt: skip
    values: dict[str, Any] = {
        "ground": ground, "school_says": school_says.strip(), "school_on": school_on,
        "authority_says": authority_says.strip(), "authority_on": authority_on,
        "is_located": is_located, "agreed_no_return": is_located and agreed_no_return,
    }  # fmt: skip
    since = max(school_on, authority_on)
    if corrects and current is not None:
        made = supersede(current, by=by, starts_on=since, **values)
        assert made is not None
    else:
        made = follow(JointEnquiry, case=case.pk, by=by, on=since, **values)
    record(
        JOINT_CORRECTED if corrects else JOINT, by=by, subject=case, children=[case.child_id],
        ground=ground, school_on=school_on, authority_on=authority_on, is_located=is_located,
    )  # fmt: skip
    deadlines.rebuild(case)
    return made


def _refuse_joint(
    case: "Case", ground: str, school_says: str, school_on: date, authority_says: str,
    authority_on: date, is_located: bool, agreed_no_return: bool,
) -> None:  # fmt: skip
    absence = queries.absence_of(case, ground)
    faults = []
    if absence is None:
        faults.append(("ground", "Record first on which day this absence began, on “Since when "
                       "the child is missing”."))  # fmt: skip
    else:
        first = written(absence.starts_on)
        faults += [
            (field, f"The child was not away before {first}: give that day or a later one.")
            for field, day in (("school_on", school_on), ("authority_on", authority_on))
            if day < absence.starts_on
        ]
    if not school_says.strip():
        faults.append(("school_says", "Write what the school did and found."))
    if not authority_says.strip():
        faults.append(("authority_says", "Write what the authority did and found."))
    if is_located and not agreed_no_return:
        faults.append(("agreed_no_return", "The child was located: the name may be deleted only "
                       "if school and authority both agree that there are no reasonable grounds "
                       "to believe that the pupil will return. Until they do, the joint enquiry "
                       "is not done."))  # fmt: skip
    if faults:
        raise Faulty(*faults)
