"""A case's cover sheet, its states, who works on it and which body holds it."""

from typing import Self

from django.db import models
from django.db.models import Q

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return the cases that this person may know of: their own, those whom they cover,
        their team's, or all of them for roles that oversee casework. Never a sealed child's
        unless cleared."""
        known = self
        if not actor.may("sealed.read"):
            known = known.filter(is_sealed=False)
        if actor.may("cases.see_all"):
            return known
        return known.filter(Q(owner__in=actor.stands_for) | Q(team__in=actor.teams))

    def counted_for(self, actor: Actor) -> Self:
        """Return the cases that stand in a total for this person: whoever may run reports counts
        every case, and a sealed child's only if cleared. To list them takes `visible_to`."""
        if not actor.may("reports.run"):
            return self.visible_to(actor)
        return self if actor.may("sealed.read") else self.filter(is_sealed=False)


class Case(models.Model):
    """The cover sheet of any case. What makes a kind special lives in that kind's own table."""

    ref = models.CharField(max_length=20, unique=True)
    kind = models.TextField()  # the key of a registered Kind: "cme"
    child = models.ForeignKey("people.Child", on_delete=models.PROTECT, related_name="cases")
    state = models.TextField()
    owner = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )  # the key worker
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    is_urgent = models.BooleanField(default=False)
    is_sealed = models.BooleanField(default=False)  # follows the child's sealing
    notified_on = models.DateField()  # when the authority was first told
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(blank=True, default="")  # a key of the kind's outcomes
    origin = models.TextField(blank=True, default="")  # the former system, for migrated cases
    version = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    plain = (
        "ref kind state is_urgent is_sealed notified_on opened_on closed_on outcome origin version"
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "closed_on"], name="case_owner"),
            models.Index(fields=["team", "closed_on"], name="case_team"),
            models.Index(fields=["kind", "opened_on"], name="case_opened"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_closed_on_and_outcome_together",
                condition=Q(closed_on__isnull=True, outcome="")
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="case_closes_after_it_opens",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=models.F("opened_on")),
            ),
            models.UniqueConstraint(
                fields=["child", "kind"],
                condition=Q(closed_on__isnull=True),
                name="one_open_case_of_a_kind_for_a_child",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class CaseState(Fact):
    """The state that a case was in, from one day to another. Two moves in a day keep the last."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="states")
    state = models.TextField()
    is_open = models.BooleanField()  # whether the case counts as open in this state
    reason = models.TextField(blank=True, default="")  # the outcome or the cause of reopening

    plain = "state is_open reason"

    class Meta:
        constraints = [
            one_at_a_time("one_state_at_a_time", "case"),
            ends_after_it_starts("case_state_ends_after_it_starts"),
        ]


class Allocation(Fact):
    """Who worked on a case, in which team."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="allocations")
    owner = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    why = models.TextField(blank=True, default="")

    plain = ""
    personal = "why"

    class Meta:
        constraints = [
            one_at_a_time("one_allocation_at_a_time", "case"),
            ends_after_it_starts("allocation_ends_after_it_starts"),
        ]


class CaseUrgency(Fact):
    """A case was urgent from one day to another. `Case.is_urgent` repeats what holds now."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="urgencies")

    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("a_case_is_urgent_once_at_a_time", "case"),
            ends_after_it_starts("case_urgency_ends_after_it_starts"),
        ]


class Responsibility(Fact):
    """Which body holds a case: this authority, a school, another authority, an agency."""

    class Body(models.TextChoices):
        AUTHORITY = "authority", "This authority"
        SCHOOL = "school", "The school"
        OTHER_AUTHORITY = "other_authority", "Another local authority"
        AGENCY = "agency", "Another agency"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="responsibilities")
    body = models.TextField(choices=Body.choices)
    name = models.TextField(blank=True, default="")
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT)
    why = models.TextField(blank=True, default="")

    plain = "body name"
    personal = "why"

    class Meta:
        constraints = [
            one_at_a_time("one_body_holds_a_case_at_a_time", "case"),
            ends_after_it_starts("responsibility_ends_after_it_starts"),
        ]
