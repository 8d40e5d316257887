"""Records brought from a former system: what came, what could not be placed, what was made."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import TransactionNow


class Migration(models.Model):
    """One folder of exports that was brought in whole, and can be taken back whole."""

    class State(models.TextChoices):
        APPLIED = "applied", "Applied"
        UNDONE = "undone", "Undone"

    ref = models.CharField(max_length=20, unique=True)
    state = models.TextField(choices=State.choices, default=State.APPLIED)
    origin = models.TextField()  # the former system, as people call it
    migrated_on = models.DateField()
    folder = models.TextField()  # its name, without the path
    digest = models.CharField(max_length=64)  # SHA-256 of the names and contents of its files
    files = models.JSONField(default=list)  # as exchange.actions.book.Tally
    unplaced = models.JSONField(default=list, blank=True)  # [{file, row, column, why, todo}]
    notices = models.JSONField(default=list, blank=True)  # the same, of rows that were placed
    made = models.JSONField(default=dict, blank=True)  # {table: [[first key, last key], …]}
    recordings = models.JSONField(default=dict, blank=True)  # {series: [said before, said now]}
    applied_at = models.DateTimeField(db_default=TransactionNow())
    applied_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # null = on the command line
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    personal = "unplaced notices"
    plain = "ref state origin migrated_on folder digest files made recordings applied_at undone_at"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(state="applied"), name="a_folder_is_migrated_once"
            ),
            models.CheckConstraint(
                name="undone_at_exactly_when_undone",
                condition=Q(state="undone", undone_at__isnull=False)
                | Q(state="applied", undone_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.ref
