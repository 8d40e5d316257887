"""Children missing education as a kind of case: its workflow, clocks, cards and chronology."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse

from onroll.office.casework.kinds import Card, Entry, Item, Kind, Step
from onroll.office.cme import actions, policy, queries
from onroll.office.kernel.actor import Actor
from onroll.statute.workflow import Move, Workflow
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.casework.models import Case
    from onroll.office.cme.models import JointEnquiry

A_DAY = timedelta(days=1)
STATES = {
    "identified": "Identified",
    "tracing": "Tracing whereabouts",
    "located": "Located, circumstances being established",
    "elsewhere": "Believed in another area, awaiting acceptance",
    "abroad": "Believed abroad, awaiting verification",
    "securing": "Securing a place",
    "watching": "Place secured, watching for the start",
    "closed": "Closed",
}
OPEN = frozenset(STATES) - {"closed"}

WORKFLOW = Workflow(
    start="identified",
    states=STATES,
    moves=(
        Move("trace", "Trace whereabouts",
             ("identified", "located", "elsewhere", "abroad", "securing"), "tracing"),
        Move("locate", "Record that the child is located",
             ("identified", "tracing", "elsewhere", "abroad"), "located"),
        Move("believe_elsewhere", "Record that the child is in another area",
             ("identified", "tracing", "located", "abroad", "securing"), "elsewhere"),
        Move("believe_abroad", "Record that the child is abroad",
             ("identified", "tracing", "located", "elsewhere", "securing"), "abroad"),
        Move("seek", "Seek a place", ("located",), "securing"),
        Move("secure", "Record a place secured", ("located", "securing"), "watching"),
        Move("fall_through", "The place fell through", ("watching",), "securing"),
        Move("close", "Close the case", tuple(sorted(OPEN)), "closed"),
        Move("reopen", "Reopen the case", ("closed",), "identified"),
    ),
)  # fmt: skip

NEXT: Mapping[str, tuple[str, str]] = {
    "identified": ("Make the first enquiry", "cme:ask"),
    "tracing": ("Make or follow up an enquiry", "cme:enquiries"),
    "located": ("Establish the circumstances", "casework:contact_add"),
    "elsewhere": ("Get the other authority's answer", "cme:enquiries"),
    "abroad": ("Get independent verification", "cme:enquiries"),
    "securing": ("Secure a place", "cme:secure"),
    "watching": ("Confirm the start", "cme:start"),
}


def _next_step(case: "Case") -> Step | None:
    if case.owner_id is None and case.is_open:
        return Step("Give it to a key worker", reverse("casework:allocate", args=[case.ref]))
    label, name = NEXT.get(case.state, ("", ""))
    return Step(label, reverse(name, args=[case.ref])) if name else None


def _facts_of_many(cases: "Sequence[Case]") -> Mapping[int, Mapping[str, Any]]:
    told = queries.told_of_many(cases)
    return {case.pk: _facts(told[case.pk]) if case.pk in told else {} for case in cases}


def _facts(told: queries.Told) -> Mapping[str, Any]:
    held = [absence for absence in told.absences if absence.ends_on is None]
    return {
        "case.first_action_on": told.first_asked_on,
        "in_year.applied_on": [made.starts_on for made in told.applications],
        "in_year.outcome_on": [
            made.outcome_told_on for made in told.applications if made.outcome_told_on
        ],
        "leave.ended_on": [a.starts_on - A_DAY for a in held if a.ground == "h"],
        # Registers come with attendance casework; until then the officer gives the first day.
        "absence.supposed_from": [a.starts_on for a in held if a.ground == "i"],
        "joint_enquiry.agreed_on": [joint.starts_on for joint in told.joint_enquiries],
    }


def _summary(case: "Case") -> str:
    episode = queries.found_episode(case)
    return queries.reason_title(episode) if episode else "Never missed education"


def _entries(case: "Case", actor: Actor) -> Sequence[Entry]:
    url = reverse("cme:enquiries", args=[case.ref])
    entries = [
        Entry(
            on=episode.starts_on, what="education", detail=queries.reason_title(episode),
            title=f"Missing education from this day{_until(episode.ends_on)}",
        )
        for episode in queries.episodes_of(case)
    ]  # fmt: skip
    for enquiry in queries.enquiries(case):
        who = "the school" if enquiry.made_by_school else (enquiry.asked_by or "OnRoll")
        if enquiry.corrects_id is None:
            entries.append(
                Entry(
                    on=enquiry.asked_on, title=f"Enquiry: {enquiry.template.title}",
                    what="enquiry", detail=enquiry.question, by=str(who),
                    at=enquiry.recorded_at, url=url,
                )
            )  # fmt: skip
        if enquiry.answered_on:
            said = "Answer" if enquiry.corrects_id is None else "Correction of an answer"
            strength = f" ({enquiry.get_strength_display()})" if enquiry.strength else ""
            entries.append(
                Entry(
                    on=enquiry.answered_on, what="enquiry", url=url,
                    title=f"{said}: {enquiry.get_result_display()}{strength}",
                    detail=queries.words_of(enquiry),
                    by=str(enquiry.answered_by or ""), at=enquiry.recorded_at,
                )
            )  # fmt: skip
    entries += [
        Entry(on=absence.starts_on, title=f"On a roll and away: {absence.get_ground_display()}",
              what="education", at=absence.recorded_at)
        for absence in queries.absences_of(case)
    ]  # fmt: skip
    entries += [
        Entry(on=joint.starts_on, title=f"Joint enquiry of school and authority: {_came(joint)}",
              what="enquiry", at=joint.recorded_at, url=url,
              detail=f"The school: {joint.school_says} The authority: {joint.authority_says}")
        for joint in queries.joint_enquiries_of(case)
    ]  # fmt: skip
    for place in queries.places_of(case):
        entries.append(
            Entry(on=place.starts_on, title=f"Place secured: {place.where}", what="education",
                  by=place.secured_by)
        )  # fmt: skip
        if place.confirmed_on:
            entries.append(
                Entry(on=place.confirmed_on, title=f"Start confirmed: {place.where}",
                      what="education", by=place.confirmed_by)
            )  # fmt: skip
    entries += [
        Entry(on=step.done_on, title=f"Back to school: {step.what}", what="education",
              detail=step.result, by=step.whose)
        for step in queries.steps(case)
        if step.done_on
    ]  # fmt: skip
    return entries


def _came(joint: "JointEnquiry") -> str:
    if joint.is_located is None:
        return "done"
    return "located, and both expect no return" if joint.is_located else "not located"


def _until(day: date | None) -> str:
    return f" to {written(day)}" if day else ""


def _work(cases: "QuerySet[Case]", on: date) -> Sequence[Item]:
    items = [
        Item(
            case=enquiry.case, section="waiting", what=enquiry.template.title,
            due_on=enquiry.expected_by,
            step=Step(
                "Chase, or record the answer",
                reverse("cme:answer", args=[enquiry.case.ref, enquiry.pk]),
            ),
        )
        for enquiry in queries.waiting(cases)
    ]  # fmt: skip
    items += [
        Item(
            case=place.case, section="watching", due_on=place.expected_on,
            what=f"Start at {place.where}",
            step=Step("Confirm the start", reverse("cme:start", args=[place.case.ref])),
        )
        for place in queries.watched(cases)
    ]  # fmt: skip
    return items


def _missing_card(case: "Case", actor: Actor, on: date) -> Mapping[str, Any]:
    episodes = queries.episodes_of(case)
    episode, before = next(iter(episodes), None), episodes[1:]
    place = queries.place_of(case)
    return {
        "record": queries.record_of(case),
        "episode": episode,
        "before": [
            (former, queries.reason_title(former), queries.duration(former, on))
            for former in before
        ],
        "reason": queries.reason_title(episode) if episode else "",
        "duration": queries.duration(episode, on) if episode else None,
        "place": place,
        "places_before": [told for told in queries.places_of(case) if told != place],
        "awaiting": queries.awaiting_place(case, on, by=actor),
        "road": queries.road_to_a_place(case, by=actor),
        "can_work": policy.can_secure(actor, case),
    }


def _enquiries_card(case: "Case", actor: Actor, on: date) -> Mapping[str, Any]:
    ledger = queries.enquiries(case)
    return {
        "open": [e for e in ledger if e.answered_on is None],
        "answered": sum(e.answered_on is not None for e in queries.what_stands(ledger)),
        "located": [e for e in queries.what_stands(ledger) if e.result == "located"],
        "can_enquire": policy.can_enquire(actor, case),
    }


def _plan_card(case: "Case", actor: Actor, on: date) -> Mapping[str, Any]:
    return {"steps": queries.steps(case), "can_work": policy.can_secure(actor, case)}


def _child_card(child: Any, actor: Actor, on: date) -> Mapping[str, Any]:
    return {
        "episodes": [
            (episode, queries.reason_title(episode), queries.duration(episode, on))
            for episode in queries.episodes(child, actor)
        ]
    }


def _reopen(*, case: "Case", reason: str, since: Any, by: Actor, on: Any) -> "Case":
    return actions.reopen(case=case, reason=reason, missing_from=since, by=by, on=on)


CME = Kind(
    key="cme",
    title="Missing education",
    workflow=WORKFLOW,
    outcomes=policy.OUTCOMES,
    open_states=OPEN,
    facts_of_many=_facts_of_many,
    opens=actions.begin,
    reopens=_reopen,
    entries=_entries,
    case_cards=(
        Card("missing", "Missing education", "cme/card_missing.html", _missing_card, 10),
        Card("enquiries", "Enquiries", "cme/card_enquiries.html", _enquiries_card, 20),
        Card("plan", "Plan for going back to school", "cme/card_plan.html", _plan_card, 30),
    ),
    child_cards=(Card("cme", "Missing education", "cme/card_child.html", _child_card, 10),),
    summary=_summary,
    means_missing=True,
    duties=frozenset({"REG_DEL_LEAVE", "REG_DEL_SUPPOSED", "INYEAR_OUTCOME"}),
    school=queries.last_school,
    schools_of_many=queries.last_schools,
    can_move=policy.can_move,
    doors={
        "locate": "cme:whereabouts",
        "believe_elsewhere": "cme:whereabouts",
        "believe_abroad": "cme:whereabouts",
        "secure": "cme:secure",
        "close": "cme:close",
        "reopen": "cme:reopen",
    },
    next_step=_next_step,
    work=_work,
    acts=(
        ("cme.Enquiry", "asked_on", "recorded_at"),
        ("cme.Enquiry", "answered_on", "answered_at"),
    ),
    stages={
        "Identify": ("identified",),
        "Investigate": ("tracing", "located", "elsewhere", "abroad"),
        "Secure": ("securing", "watching"),
        "Closed": ("closed",),
    },
    tabs=(("Enquiries", "cme:enquiries"),),
)
