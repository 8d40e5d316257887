"""Closing with evidence, and opening again."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from onroll import data
from onroll.office.casework.actions import cases as casework
from onroll.office.casework.actions import deadlines
from onroll.office.casework.actions.history import follow
from onroll.office.cme import policy, queries
from onroll.office.cme.models import Episode, HomeEducationAcceptance
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import end, state, supersede
from onroll.office.people.actions import conclude_whereabouts, correct

if TYPE_CHECKING:
    from onroll.office.casework.models import Case
    from onroll.office.cme.models import Enquiry

REOPENED = verb("cme.missing_again", "recorded that the child is missing again", "missing_from")
ENDED = verb("cme.no_longer_missing", "recorded that the child misses education no more", "from")
NEVER = verb("cme.never_missing", "recorded that the child never missed education")
HOME_ACCEPTED = verb(
    "cme.home_education_accepted", "recorded that home education was accepted into the register",
    "on", "is_unassessed",
)  # fmt: skip
A_DAY = timedelta(days=1)
# Beside which question of the page a missing piece of evidence is said.
BESIDE = {policy.ACCEPTANCE: "accepted_on", policy.UNASSESSED: "is_unassessed"}


@transaction.atomic
def close(
    *,
    case: "Case",
    outcome: str,
    by: Actor,
    on: date,
    reason: str = "",
    accepted_on: date | None = None,
    accepted_by: str = "",
    is_unassessed: bool = False,
    version: int | None = None,
) -> "Case":
    """Close the case with an outcome, once what shows it is recorded.

    The time missing ends with the day before the education that ended it began, whatever the day
    of the closing; with an outcome by which the child never was missing, it was none.
    For home education the acceptance into the register is decided here: on which day, by whom,
    and whether although nobody has assessed it yet.
    """
    if outcome not in policy.OUTCOMES:
        raise Faulty(("outcome", "Choose the outcome with which the case closes."))
    if outcome == "home_educated" and accepted_on is not None:
        _accept_home_education(
            case, accepted_by.strip() or by.name, is_unassessed, on=accepted_on, by=by, today=on
        )
    missing = policy.missing_evidence(case, outcome, on)
    if missing:
        raise Faulty(*((BESIDE.get(says, "outcome"), says) for says in missing))
    educated_from = queries.educated_from(case, outcome, on)
    _agree_whereabouts(case, outcome, educated_from, by=by, on=on)
    evidence = _evidence(case, outcome, reason, on)
    closed = casework.move(
        case=case, move="close", outcome=outcome, reason=reason, by=by, on=on, version=version
    )
    _end_episode(case, educated_from, evidence, by=by)
    return closed


def _accept_home_education(
    case: "Case", accepted_by: str, is_unassessed: bool, *, on: date, by: Actor, today: date
) -> None:
    policy.can_end(by, case).require()
    if on > today:
        raise Faulty(("accepted_on", "It can't have been accepted on a day to come."))
    follow(
        HomeEducationAcceptance, case=case.pk, by=by, on=on, accepted_by=accepted_by,
        is_unassessed=is_unassessed,
    )  # fmt: skip
    record(
        HOME_ACCEPTED, by=by, subject=case, children=[case.child_id], on=on,
        is_unassessed=is_unassessed,
    )  # fmt: skip


def _end_episode(
    case: "Case", educated_from: date | None, evidence: dict[str, object], *, by: Actor
) -> None:
    """End the time missing; where no day of it is left, it never was one and is counted nowhere."""
    episode = queries.found_episode(case)
    if episode is None or episode.ends_on is not None:
        return
    if educated_from is None or educated_from <= episode.starts_on:
        supersede(episode, by=by, replace=False)
        record(NEVER, by=by, subject=case, children=[case.child_id])
        return
    end(episode, on=educated_from - A_DAY, by=by, closing_evidence=evidence)
    record(ENDED, by=by, subject=case, children=[case.child_id], **{"from": educated_from})


def _evidence(case: "Case", outcome: str, reason: str, on: date) -> dict[str, object]:
    """Return what the closing rested on, as references that still lead to it later."""
    place = queries.place_of(case)
    evidence: dict[str, object] = {
        "enquiries": list(
            queries.located(case).exclude(strength="").order_by("pk").values_list("pk", flat=True)
        ),
        "start_confirmed_on": _iso(place.confirmed_on if place else None),
        "start_confirmed_by": place.confirmed_by if place else "",
        "reason": reason,
    }
    if (shown := _shown(case, outcome)) is not None:
        evidence["shown_by"] = shown.pk
    accepted = queries.home_education_acceptance(case, on)
    if outcome == "home_educated" and accepted is not None:
        evidence |= {
            "accepted_on": _iso(accepted.starts_on),
            "accepted_by": accepted.accepted_by,
            "is_unassessed": accepted.is_unassessed,
        }
    return evidence


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _shown(case: "Case", outcome: str) -> "Enquiry | None":
    """Return the answer on which an outcome rests, where it is one that rests on an answer."""
    if outcome == "left_area":
        return queries.acceptance(case)
    return queries.verification(case) if outcome == "left_country" else None


def _agree_whereabouts(
    case: "Case", outcome: str, gone_from: date | None, *, by: Actor, on: date
) -> None:
    """Conclude on whereabouts what the outcome says, so that the child's standing follows."""
    shown = _shown(case, outcome)
    if shown is None or gone_from is None:
        return
    is_elsewhere = outcome == "left_area"
    conclusion = queries.Conclusion.ELSEWHERE if is_elsewhere else queries.Conclusion.ABROAD
    values: dict[str, Any] = {
        "conclusion": conclusion,
        "strength": queries.Sureness.CONFIRMED,
        "la_code": shown.la_code if is_elsewhere else "",
        "country": "" if is_elsewhere else shown.country,
        "evidence": queries.words_of(shown),
    }
    found = queries.whereabouts(case, on)
    if found is not None and found.starts_on >= gone_from:
        where = data.name_of(shown.la_code) if is_elsewhere else shown.country
        why = f"Shown by the answer to an enquiry when the case was closed: {where}."
        correct(fact=found, child=case.child, because=why, by=by, on=on, **values)
    else:
        conclude_whereabouts(child=case.child, starts_on=gone_from, by=by, on=on, **values)


@transaction.atomic
def reopen(
    *,
    case: "Case",
    reason: str,
    by: Actor,
    on: date,
    missing_from: date | None = None,
    version: int | None = None,
) -> "Case":
    """Reopen a closed case: the child is missing again from a day, or never was educated.

    What was recorded of the first time stays. Missing again after it, the child has another
    episode; from a day within it, the first never ended and goes on.
    """
    since = missing_from or on
    if not reason.strip():
        raise Faulty(("reason", "Say why the case is opened again."))
    if since > on:
        raise Faulty(("missing_from", "The child can't be missing from a day to come."))
    before = queries.found_episode(case)
    if before is not None and since < before.starts_on:
        raise Faulty(("missing_from", "The child was missing before that day already."))
    reopened = casework.move(case=case, move="reopen", reason=reason, by=by, on=on, version=version)
    if before is not None and before.ends_on is not None and since <= before.ends_on:
        supersede(before, by=by, ends_on=None, closing_evidence={})
    elif before is None or before.ends_on is not None:
        # Why the child misses education this time is not known from the time before.
        state(Episode, by=by, case=case, starts_on=since)
    place, accepted = queries.place_of(case), queries.home_education_acceptance(case, on)
    for held in (place, accepted):
        if held is not None:
            end(held, on=max(since - A_DAY, held.starts_on), by=by)
    record(REOPENED, by=by, subject=case, children=[case.child_id], missing_from=since)
    deadlines.rebuild(reopened)
    return reopened
