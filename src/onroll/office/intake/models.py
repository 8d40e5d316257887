"""Files as received: landed, checked, applied whole or refused whole, undone."""

from typing import Self

from django.db import models
from django.db.models import Q

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import TransactionNow


class LoadQuerySet(models.QuerySet["Load"]):
    """Files, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return what this person sent in, or every file for those who apply files.

        One school's file names another's children to nobody there.
        """
        if actor.may("imports.apply"):
            return self
        return self.filter(received_by__isnull=False, received_by=actor.pk)


class Load(models.Model):
    """One file, what it is, what was wrong with it, what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Columns to be named"
        HELD = "held", "Held until somebody accepts it"
        REFUSED = "refused", "Refused"
        CHECKED = "checked", "Checked, waiting to be applied"
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"

    loader = models.TextField()  # the key of a registered loader: "referrals.leavers"
    about = models.TextField(blank=True, default="")  # what it is a file of: "linkage.Source:12"
    state = models.TextField(choices=State.choices)
    filename = models.TextField()
    digest = models.CharField(max_length=64)  # SHA-256 of the file as received
    size = models.PositiveBigIntegerField()
    original = models.BinaryField(null=True, blank=True)  # encrypted; emptied after its window
    keep_until = models.DateField(null=True, blank=True)  # its last day; empty = the usual window
    rows = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, blank=True)  # [{row, column, says}]
    differences = models.JSONField(default=dict, blank=True)  # what applying would do, counted
    undo = models.JSONField(default=list, blank=True)  # what applying made: [table, key]
    received_at = models.DateTimeField(db_default=TransactionNow())
    received_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = LoadQuerySet.as_manager()

    personal = "original faults filename"
    plain = (
        "loader about state digest size keep_until rows differences undo received_at applied_at "
        "undone_at"
    )

    class Meta:
        indexes = [
            models.Index(fields=["loader", "digest"], name="load_digest"),
            models.Index(fields=["about"], name="load_about", condition=~Q(about="")),
        ]
        constraints = [
            models.CheckConstraint(
                name="applied_at_exactly_when_applied_or_undone",
                condition=Q(state__in=["applied", "undone"], applied_at__isnull=False)
                | Q(state__in=["waiting", "held", "refused", "checked"], applied_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.filename
