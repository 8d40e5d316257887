"""Files of registers, what was made of each, and how far each school's marks reach.

The marks themselves are no rows here: they lie in Parquet (`onroll.marks.store`). The file itself,
its state and who sent it are intake's.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import TransactionNow


class DateOrder(models.TextChoices):
    """Which comes first in a date that is written in numbers."""

    DAY_FIRST = "dmy", "Day first: 05/03/2026 is 5 March"
    MONTH_FIRST = "mdy", "Month first: 05/03/2026 is 3 May"


class RegisterColumns(models.Model):
    """What the columns of a header mean, remembered for the next file that an MIS makes so.

    `columns` leads from the name in the file to ours; what is not in it is not read.
    """

    header = models.CharField(max_length=64, unique=True)  # SHA-256 of the names, in order
    columns = models.JSONField()
    date_order = models.TextField(choices=DateOrder.choices, default=DateOrder.DAY_FIRST)
    remembered_at = models.DateTimeField(db_default=TransactionNow())
    remembered_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    plain = "header columns date_order remembered_at"


class RegisterFileQuerySet(models.QuerySet["RegisterFile"]):
    """Files of registers, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return every file for those who send in registers, and none for anybody else."""
        return self.all() if actor.may("attendance.load") else self.none()


class RegisterFile(models.Model):
    """One file of registers: how it was read, what it would change or changed, who decided.

    Counts are of what may be told: a sealed child counts as one who is not known here.
    `findings` names rows that were not taken, encrypted, for as long as the file itself is kept.
    """

    load = models.OneToOneField(
        "intake.Load", primary_key=True, on_delete=models.PROTECT, related_name="registers"
    )
    school = models.ForeignKey(  # the only one in the file, as the sender says; null = each row's
        "schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    header = models.CharField(max_length=64, blank=True, default="")
    is_wide = models.BooleanField(default=False)  # a row a pupil, a column a session
    columns = models.JSONField(default=dict, blank=True)
    date_order = models.TextField(choices=DateOrder.choices, default=DateOrder.DAY_FIRST)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)  # rows, or cells of a wide register
    quarantined = models.PositiveIntegerField(default=0)  # the same
    findings = models.BinaryField(null=True, blank=True)
    held_for = models.JSONField(default=list, blank=True)  # [[what is odd, what to do]]
    reason = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RegisterFileQuerySet.as_manager()

    personal = "findings reason"
    plain = (
        "header is_wide columns date_order first_on last_on added changed dropped same refused "
        "quarantined held_for decided_at"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_file_of_registers_ends_after_it_starts",
                condition=Q(first_on__isnull=True, last_on__isnull=True)
                | Q(last_on__gte=F("first_on")),
            ),
            models.CheckConstraint(
                name="whoever_decides_on_registers_says_why",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, reason="")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
            ),
        ]


class SchoolInFile(models.Model):
    """What one file says of one school: over which days, and what it changes there."""

    file = models.ForeignKey(RegisterFile, on_delete=models.CASCADE, related_name="schools")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT, related_name="+")
    first_on = models.DateField()
    last_on = models.DateField()
    days = models.PositiveIntegerField()
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    put_at = models.DateTimeField(null=True, blank=True)  # by which the store knows its marks

    plain = "first_on last_on days added changed dropped same put_at"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["file", "school"], name="a_school_stands_once_in_a_file"
            ),
        ]


class Feed(models.Model):
    """How far a school's marks reach, and the file that came last: derived, and made again.

    Without a file the marks came some other way, as those of a demonstration do.
    """

    school = models.OneToOneField(
        "schools.School", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    last_on = models.DateField()
    file = models.ForeignKey(
        RegisterFile, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )

    plain = "last_on"
