"""One chronology of a child: everything that happened, in one order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from onroll import data
from onroll.office.casework import kinds
from onroll.office.casework.kinds import Entry
from onroll.office.casework.models import (
    Case,
    Challenge,
    Concern,
    Contact,
    Letter,
    Note,
    Supervision,
    Task,
)
from onroll.office.casework.queries import history
from onroll.office.casework.queries.cases import cases_of
from onroll.office.casework.queries.children import referrals_of
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child
from onroll.office.people.queries import children as people
from onroll.office.people.queries.identity import known_records
from onroll.office.provision.models import HomeEducation, Judgement, Plan, Provision
from onroll.office.provision.queries import shown, title_of_judged
from onroll.office.schools.models import Enrolment
from onroll.office.schools.queries import placed_facts

KINDS_OF_ENTRY = (
    ("case", "Cases and states"),
    ("contact", "Contacts and visits"),
    ("enquiry", "Enquiries"),
    ("note", "Notes"),
    ("task", "Tasks"),
    ("letter", "Letters and documents"),
    ("education", "Education"),
    ("referral", "Referrals"),
    ("people", "Names, addresses, whereabouts"),
    ("safeguarding", "Safeguarding and oversight"),
)


def chronology(
    child: Child,
    *,
    by: Actor,
    what: Iterable[str] = (),
    first: date | None = None,
    last: date | None = None,
) -> list[Entry]:
    """Return everything about a child that this person may see, on whichever record, oldest first.

    `what` keeps only some sorts of entry; `first` and `last` bound the days, both included.
    Within a day, what was recorded first stands first.
    """
    wanted = frozenset(what)
    cases = cases_of(child.pk, by)
    entries = [*_of_referrals(child, by), *_of_cases(cases, by)]
    for record in known_records(child, by=by):
        beside = "" if record.pk == child.pk else f" (recorded on {record.ref})"
        for entry in (*_of_child(record, by), *_of_education(record, by)):
            entries.append(replace(entry, title=f"{entry.title}{beside}") if beside else entry)
    kept = [
        entry
        for entry in entries
        if (not wanted or entry.what in wanted)
        and (first is None or entry.on >= first)
        and (last is None or entry.on <= last)
        and (not entry.restricted or by.may("concerns.read"))
    ]
    return sorted(kept, key=lambda entry: (entry.on, entry.at is None, entry.at or 0, entry.title))


def _of_referrals(child: Child, by: Actor) -> Iterator[Entry]:
    for referral in referrals_of(child, by):
        yield Entry(
            on=referral.received_on, title=f"Referral: {referral.get_source_display()}",
            detail=referral.reason, what="referral", at=referral.received_at,
            url=reverse("casework:referral", args=[referral.ref]),
        )  # fmt: skip


def _of_child(child: Child, by: Actor) -> Iterator[Entry]:
    for address in people.addresses(child, by=by):
        says = ", ".join(x for x in (address.line_1, address.town, address.postcode) if x)
        yield Entry(on=address.starts_on, title=f"Address: {address.get_use_display()}",
                    detail=says, what="people", at=address.recorded_at)  # fmt: skip
    for name in people.names(child):
        yield Entry(on=name.starts_on, title=f"Name: {name.get_use_display()}",
                    detail=f"{name.given_names} {name.family_name}", what="people",
                    at=name.recorded_at)  # fmt: skip
    for where in people.whereabouts(child, by=by):
        place = where.country or data.name_of(where.la_code)
        yield Entry(
            on=where.starts_on, what="people", at=where.recorded_at,
            title=f"Whereabouts: {where.get_conclusion_display()}{f' ({place})' if place else ''}",
            detail=f"{where.get_strength_display()}. {where.evidence}",
        )  # fmt: skip
    for raised in people.flags(child, by=by):
        yield Entry(on=raised.fact.starts_on, title=f"Flag: {raised.kind.title}", what="people",
                    detail=raised.fact.detail, at=raised.fact.recorded_at)  # fmt: skip


def _of_education(child: Child, by: Actor) -> Iterator[Entry]:
    for roll in placed_facts(Enrolment, child.pk, by=by):
        title = "Place accepted at" if roll.is_expected else "On the roll of"
        yield Entry(on=roll.starts_on, title=f"{title} {roll.school}", what="education",
                    at=roll.recorded_at)  # fmt: skip
        if roll.ends_on:
            ground = f"Ground {roll.deletion_ground}. " if roll.deletion_ground else ""
            yield Entry(on=roll.ends_on, title=f"Off the roll of {roll.school}",
                        detail=f"{ground}{roll.destination}", what="education",
                        at=roll.recorded_at)  # fmt: skip
    for home in placed_facts(HomeEducation, child.pk, by=by):
        yield Entry(on=home.starts_on, title="Home education", what="education",
                    detail=home.get_suitability_display(), at=home.recorded_at)  # fmt: skip
    for provided in placed_facts(Provision, child.pk, by=by):
        yield Entry(on=provided.starts_on, title=provided.get_what_display(), what="education",
                    detail=provided.provider, at=provided.recorded_at)  # fmt: skip
    for judgement in placed_facts(Judgement, child.pk, by=by):
        found = shown(judgement)
        yield Entry(on=found.judged_on, title=found.says, what="education",
                    detail=f"{title_of_judged(judgement)}. {found.why}".strip(),
                    at=judgement.recorded_at, by=found.judged_by)  # fmt: skip
    for plan in placed_facts(Plan, child.pk, by=by):
        waits = "Awaiting a place" if plan.awaiting_place else ""
        yield Entry(on=plan.starts_on, title="EHC plan", detail=waits, what="education",
                    at=plan.recorded_at)  # fmt: skip


def _of_cases(cases: Sequence[Case], by: Actor) -> Iterator[Entry]:
    known = {case.pk: case for case in cases}
    urls = {case.pk: reverse("casework:case", args=[case.ref]) for case in cases}
    for case in cases:
        if case.kind in {kind.key for kind in kinds.all_kinds()}:
            for entry in kinds.get(case.kind).entries(case, by):
                yield entry if entry.url else replace(entry, url=urls[case.pk])
    yield from _of_history(known, urls)
    yield from _of_work(known, urls)
    if by.may("concerns.read"):
        yield from _of_safeguarding(known, urls)
    yield from _of_supervision(known, urls, by)


def _of_history(known: dict[int, Case], urls: dict[int, str]) -> Iterator[Entry]:
    for moved in history.states(known):
        state = moved.fact
        case = known[state.case_id]
        title = f"{kinds.title_of(case.kind)} case: {kinds.state_title(case.kind, state.state)}"
        yield Entry(
            on=state.starts_on, title=title, detail=kinds.outcome_title(case.kind, state.reason),
            what="case", at=moved.at, by=moved.by, url=urls[case.pk],
        )  # fmt: skip
    for given in history.allocations(known):
        turn = given.fact
        yield Entry(
            on=turn.starts_on, title=f"Case with {turn.owner or turn.team or 'nobody yet'}",
            detail=turn.why, what="case", at=given.at, by=given.by, url=urls[turn.case_id],
        )  # fmt: skip
    for handed in history.responsibilities(known):
        body = handed.fact
        if body.why:
            yield Entry(
                on=body.starts_on, title=f"Case held by {body.name or body.get_body_display()}",
                detail=body.why, what="case", at=handed.at, by=handed.by, url=urls[body.case_id],
            )  # fmt: skip


def _words(made: Contact) -> str:
    return f" The child said: {made.childs_voice}" if made.childs_voice else ""


def _of_work(known: dict[int, Case], urls: dict[int, str]) -> Iterator[Entry]:
    for made in Contact.objects.filter(case__in=known).select_related("recorded_by"):
        seen = " Child seen." if made.child_seen else ""
        spoke = " Child spoken to." if made.child_spoken_to else ""
        prefix = "Correction of a contact" if made.corrects_id else made.get_channel_display()
        yield Entry(
            on=made.on, what="contact", at=made.recorded_at, url=f"{urls[made.case_id]}contacts/",
            title=f"{prefix}: {made.get_with_whom_display()}, {made.get_result_display().lower()}",
            detail=f"{made.account}{seen}{spoke}{_words(made)}",
            by=str(made.recorded_by or "OnRoll"),
        )  # fmt: skip
    for written in Note.objects.filter(case__in=known).select_related("recorded_by"):
        yield Entry(
            on=written.on, title="Correction of a note" if written.corrects_id else "Note",
            detail=written.text, what="note", at=written.recorded_at,
            by=str(written.recorded_by or "OnRoll"), url=f"{urls[written.case_id]}notes/",
        )  # fmt: skip
    done = Task.objects.filter(case__in=known, done_on__isnull=False).select_related("done_by")
    for task in done:
        if task.done_on is None or task.case_id is None:
            continue  # the question above leaves none: said for the reader of types
        word = "cancelled" if task.cancelled else "done"
        yield Entry(on=task.done_on, title=f"Task {word}: {task.what}", detail=task.result,
                    what="task", by=str(task.done_by),
                    url=f"{urls[task.case_id]}tasks/")  # fmt: skip
    letters = Letter.objects.filter(case__in=known, issued_on__isnull=False)
    for letter in letters.select_related("written_by"):
        yield Entry(on=letter.issued_on or letter.written_on,
                    title=f"Letter: {letter.subject}", what="letter",
                    detail=f"To {letter.recipient}", by=str(letter.written_by or "OnRoll"),
                    url=urls[letter.case_id])  # fmt: skip
    for raised in Challenge.objects.filter(case__in=known):
        yield Entry(on=raised.made_on, title=f"Challenge to {raised.to}", detail=raised.barrier,
                    what="case", url=urls[raised.case_id])  # fmt: skip


def _of_safeguarding(known: dict[int, Case], urls: dict[int, str]) -> Iterator[Entry]:
    concerns = Concern.objects.filter(case__in=known).select_related("factor", "raised_by")
    for concern in concerns:
        url = f"{urls[concern.case_id]}safeguarding/"
        yield Entry(on=concern.raised_on, title=f"Concern: {concern.factor}", url=url,
                    detail=concern.account, what="safeguarding", restricted=True,
                    at=concern.recorded_at, by=str(concern.raised_by or "OnRoll"))  # fmt: skip
        if concern.escalated_on:
            yield Entry(on=concern.escalated_on, title=f"Escalated to {concern.escalated_to}",
                        what="safeguarding", restricted=True, url=url)  # fmt: skip
        if concern.resulted_on:
            yield Entry(on=concern.resulted_on, title="Result of a concern", restricted=True,
                        detail=concern.result, what="safeguarding", url=url)  # fmt: skip


def _of_supervision(known: dict[int, Case], urls: dict[int, str], by: Actor) -> Iterator[Entry]:
    """Supervision is between managers and the key worker, so others do not read it here."""
    if not by.may("oversight.write"):
        known = {pk: case for pk, case in known.items() if case.owner_id in by.stands_for}
    for talk in Supervision.objects.filter(case__in=known).select_related("by"):
        yield Entry(on=talk.on, title="Supervision", detail=talk.agreed, what="safeguarding",
                    by=str(talk.by or "OnRoll"), at=talk.recorded_at,
                    url=f"{urls[talk.case_id]}oversight/")  # fmt: skip
