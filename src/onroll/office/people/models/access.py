"""Who may know of a child, and whose whereabouts are sealed."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import (
    Fact,
    FactQuerySet,
    Today,
    TransactionNow,
    ends_after_it_starts,
    one_at_a_time,
)


class AccessQuerySet(FactQuerySet):
    """Reasons why somebody may know of a child."""

    def open_to(self, actor: Actor) -> Self:
        """Return the reasons that hold for this person at this moment."""
        person, team, school = Access.Holder.PERSON, Access.Holder.TEAM, Access.Holder.SCHOOL
        return self.as_known().filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=Now()),
            Q(ends_on__isnull=True) | Q(ends_on__gte=Today()),
            Q(holder_kind=person, holder__in=actor.stands_for)
            | Q(holder_kind=team, holder__in=actor.teams)
            | Q(holder_kind=school, holder__in=actor.schools),
            starts_on__lte=Today(),
        )


class Access(Fact):
    """This person, team or school may know this child, because of that."""

    class Holder(models.TextChoices):
        PERSON = "person", "A person"
        TEAM = "team", "A team"
        SCHOOL = "school", "A school"

    class Because(models.TextChoices):
        ENROLMENT = "enrolment", "On the school's roll"
        CASE = "case", "Works on a case"
        PANEL = "panel", "Sits on a panel"
        BREAK_GLASS = "break_glass", "Looked in an emergency"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="access")
    holder_kind = models.TextField(choices=Holder.choices)
    holder = models.BigIntegerField()
    because = models.TextField(choices=Because.choices)
    subject = models.TextField(blank=True, default="")  # "casework.Case:12": what made the reason
    reason = models.TextField(blank=True, default="")  # in words, for breaking the glass
    expires_at = models.DateTimeField(null=True, blank=True)

    personal = "reason"
    plain = "holder_kind holder because subject expires_at"

    objects: ClassVar[models.Manager[Any]] = AccessQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["holder_kind", "holder", "child"], name="access_holder")]
        constraints = [
            one_at_a_time(
                "one_reason_at_a_time",
                "child",
                "holder_kind",
                "holder",
                "because",
                "subject",
                where=~Q(because="break_glass"),
            ),
            ends_after_it_starts("access_ends_after_it_starts"),
        ]


class Sealing(Fact):
    """A child's whereabouts are sealed. Lifting a seal takes two people."""

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="sealings")
    reason = models.TextField()
    lifted_on = models.DateField(null=True, blank=True)
    lift_asked_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    personal = "reason"
    plain = "lifted_on"

    class Meta:
        constraints = [
            one_at_a_time("a_child_is_sealed_once_at_a_time", "child", where=Q(lifted_on=None)),
            models.CheckConstraint(
                name="two_people_lift_a_seal",
                condition=Q(lifted_on=None)
                | (
                    Q(lift_asked_by__isnull=False, lifted_by__isnull=False)
                    & ~Q(lift_asked_by=models.F("lifted_by"))
                ),
            ),
            ends_after_it_starts("sealing_ends_after_it_starts"),
        ]


class SealedFact(models.Model):
    """A fact that reveals a sealed child's place, moved here whole and encrypted.

    Row security hides the table unless the transaction has been opened for somebody cleared:
    a query that forgets to ask finds nothing.
    """

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="sealed_facts")
    table = models.TextField()  # "people.ChildAddress"
    row = models.BigIntegerField()  # its key there, so that lifting a seal puts it back
    payload = models.TextField()  # the whole row as JSON, encrypted
    sealed_at = models.DateTimeField(db_default=TransactionNow())

    personal = "payload"
    plain = "table row sealed_at"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "row"], name="a_row_is_sealed_once"),
        ]
