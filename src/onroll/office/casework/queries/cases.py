"""Reads of one case: its header, its tabs, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onroll.office.accounts.models import Membership, Team, User
from onroll.office.casework import kinds
from onroll.office.casework.models import (
    AuditSample,
    Case,
    Challenge,
    Concern,
    Consideration,
    Contact,
    Note,
    Referral,
    Responsibility,
    Supervision,
    Task,
)
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.references import tidy_reference
from onroll.office.people.queries.identity import records_of


def case_for(actor: Actor, ref: str) -> Case:
    """Return a case that this person may know of. Raises Unknown."""
    found = (
        Case.objects.visible_to(actor)
        .select_related("child", "owner", "team")
        .filter(ref=tidy_reference(ref))
        .first()
    )
    if found is None:
        raise Unknown(f"There is no case {ref}.")
    return found


def cases_of(child: int, actor: Actor) -> list[Case]:
    """Return the cases of a child, on whichever record, that this person may know of, open ones
    first."""
    found = (
        Case.objects.visible_to(actor)
        .filter(child__in=records_of(child))
        .select_related("child", "owner", "team")
        .order_by("-opened_on", "-pk")
    )
    return sorted(found, key=lambda case: not case.is_open)


def open_kinds(child: int) -> set[str]:
    """Return of which kinds a child has an open case, for offering no second one."""
    found = Case.objects.filter(child__in=records_of(child), closed_on=None)
    return set(found.values_list("kind", flat=True))


def why_two_join(records: Sequence[int]) -> str:
    """Return why joining these records needs two people, where a case is open on one of them."""
    has_open = Case.objects.filter(child__in=records, closed_on=None).exists()
    return "A case is open on one of the records." if has_open else ""


def cases_of_family(children: Sequence[int], actor: Actor) -> list[Case]:
    """Return the open cases of several children, for showing a family's together."""
    return list(
        Case.objects.visible_to(actor)
        .filter(child__in=children, closed_on=None)
        .select_related("child", "owner", "team")
        .order_by("child__family_name", "child__given_names", "opened_on")
    )


def stage_of(case: Case) -> str:
    """Return the stage in which a case is, where its kind has stages."""
    stages = kinds.get(case.kind).stages
    return next((stage for stage, states in stages.items() if case.state in states), "")


def days_open(case: Case, on: date) -> int:
    """Return how many days a case has been, or was, open."""
    return ((case.closed_on or on) - case.opened_on).days


def holder(case: Case, on: date) -> Responsibility | None:
    """Return which body holds the case on a day."""
    return Responsibility.objects.on(on).filter(case=case).select_related("school").first()


@dataclass(frozen=True, slots=True)
class Written:
    """A contact or note with the corrections beside it."""

    first: Contact | Note
    corrections: tuple[Contact | Note, ...]


def contacts(case: Case) -> list[Written]:
    """Return the contacts of a case, newest first, each with its corrections."""
    found = Contact.objects.filter(case=case).select_related("recorded_by").order_by("-on", "-pk")
    return _with_corrections(list(found))


def notes(case: Case) -> list[Written]:
    """Return the notes of a case, newest first, each with its corrections."""
    found = Note.objects.filter(case=case).select_related("recorded_by").order_by("-on", "-pk")
    return _with_corrections(list(found))


def _with_corrections(rows: Sequence[Contact | Note]) -> list[Written]:
    beside: dict[int, list[Contact | Note]] = {}
    for row in reversed(rows):
        if row.corrects_id is not None:
            beside.setdefault(row.corrects_id, []).append(row)
    return [Written(row, tuple(beside.get(row.pk, ()))) for row in rows if row.corrects_id is None]


def contact_for(case: Case, pk: int) -> Contact:
    """Return one contact of a case. Raises Unknown."""
    found = Contact.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no contact {pk} on this case.")
    return found


def note_for(case: Case, pk: int) -> Note:
    """Return one note of a case. Raises Unknown."""
    found = Note.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no note {pk} on this case.")
    return found


def tasks(case: Case) -> list[Task]:
    """Return the tasks of a case, what is not done first."""
    found = Task.objects.filter(case=case).select_related("owner", "done_by")
    return sorted(found, key=lambda task: (task.done_on is not None, task.due_on, task.pk))


def task_for(case: Case, pk: int) -> Task:
    """Return one task of a case. Raises Unknown."""
    found = Task.objects.select_related("case__child").filter(case=case, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no task {pk} on this case.")
    return found


def considerations(case: Case) -> list[Consideration]:
    """Return what was concluded on safeguarding, on the case and at triage, newest first."""
    found = Consideration.objects.filter(Q(case=case) | Q(referral__case=case))
    return list(found.select_related("by").order_by("-on", "-pk"))


def concerns(case: Case) -> list[Concern]:
    """Return the safeguarding concerns of a case; ask the policy before showing them."""
    found = Concern.objects.filter(case=case).select_related("factor", "raised_by")
    return list(found.order_by("-raised_on", "-pk"))


def concern_for(case: Case, pk: int) -> Concern:
    """Return one concern of a case. Raises Unknown."""
    found = Concern.objects.select_related("case__child", "factor").filter(case=case, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no concern {pk} on this case.")
    return found


def challenges(case: Case) -> list[Challenge]:
    """Return the challenges made on a case, newest first."""
    found = Challenge.objects.filter(case=case).select_related("school", "made_by")
    return list(found.order_by("-made_on", "-pk"))


def challenge_for(case: Case, pk: int) -> Challenge:
    """Return one challenge of a case. Raises Unknown."""
    found = Challenge.objects.select_related("case__child").filter(case=case, pk=pk).first()
    if found is None:
        raise Unknown(f"There is no challenge {pk} on this case.")
    return found


def supervisions(case: Case) -> list[Supervision]:
    """Return the supervision of a case, newest first."""
    return list(Supervision.objects.filter(case=case).select_related("by").order_by("-on", "-pk"))


def audits(case: Case) -> list[AuditSample]:
    """Return the audits of a case, newest first."""
    found = AuditSample.objects.filter(case=case).select_related("drawn_by", "audited_by")
    return list(found.order_by("-drawn_on", "-pk"))


def samples(actor: Actor, *, is_done: bool) -> list[AuditSample]:
    """Return the cases drawn for audit, those waiting or those done."""
    found = AuditSample.objects.filter(
        case__in=Case.objects.visible_to(actor), audited_on__isnull=not is_done
    ).select_related("case__child", "case__owner", "case__team", "drawn_by", "audited_by")
    return list(found.order_by("-audited_on", "drawn_on", "pk")[:200])


def sample_for(actor: Actor, pk: int) -> AuditSample:
    """Return one case drawn for audit. Raises Unknown."""
    found = (
        AuditSample.objects.filter(case__in=Case.objects.visible_to(actor), pk=pk)
        .select_related("case__child", "case__owner")
        .first()
    )
    if found is None:
        raise Unknown(f"There is no audit {pk}.")
    return found


def referrals_of(case: Case) -> list[Referral]:
    """Return the referrals that led to a case or were added to it."""
    return list(Referral.objects.filter(case=case).order_by("received_on", "pk"))


def team_choices() -> list[tuple[str, str]]:
    """Return the current teams, for a form."""
    return [(str(t.pk), t.name) for t in Team.objects.filter(is_current=True).order_by("name")]


def worker_choices(on: date, *, team: int | None = None) -> list[tuple[str, str]]:
    """Return who may be a key worker today: members of the team, or of any."""
    members = Membership.objects.on(on)
    if team is not None:
        members = members.filter(team=team)
    people = User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("name")
    return [(str(person.pk), person.name) for person in people]


def worker_name(pk: int) -> str:
    """Return the name of a colleague. Raises Unknown."""
    found = User.objects.filter(pk=pk).values_list("name", flat=True).first()
    if found is None:
        raise Unknown("There is no such colleague.")
    return found


def team_for(kind: str) -> int | None:
    """Return the team that takes a kind of case, if one does."""
    teams = Team.objects.filter(is_current=True, kinds__contains=[kind]).order_by("pk")
    return teams.values_list("pk", flat=True).first()


def name_of(user: int | None) -> str:
    """Return the name of a key worker, for showing two versions beside each other."""
    found = User.objects.filter(pk__in=[user]).values_list("name", flat=True).first()
    return found or "Nobody"


def team_name(team: int | None) -> str:
    """Return the name of a team, for showing two versions beside each other."""
    found = Team.objects.filter(pk__in=[team]).values_list("name", flat=True).first()
    return found or "No team"


def is_member(user: int, team: int, *, on: date) -> bool:
    """Return whether somebody belongs to a team on a day."""
    return Membership.objects.on(on).filter(user=user, team=team).exists()


def is_considered(case: Case) -> bool:
    """Return whether anybody considered safeguarding, on the case or at triage."""
    return Consideration.objects.filter(Q(case=case) | Q(referral__case=case)).exists()


def kind_choices(*, to_open: bool = False) -> list[tuple[str, str]]:
    """Return the kinds of case, for a form; those only of which a case can be opened."""
    listed = [kind for kind in kinds.all_kinds() if not (to_open and kind.is_history)]
    return [(kind.key, kind.title) for kind in listed]


# The choices of the tables, for forms, which may not import models.
CHANNELS = tuple(Contact.Channel.choices)
WITH_WHOM = tuple(Contact.With.choices)
CONTACT_RESULTS = tuple(Contact.Result.choices)
BODIES = tuple(Responsibility.Body.choices)
CONCLUSIONS = tuple(Consideration.Conclusion.choices)
