"""Term dates: the authority's default and each school's own."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import KnownQuerySet, TransactionNow


class Calendar(models.Model):
    """One version of the terms of a school year: the authority's default where there is no school.

    A version is written whole and never changed: the next one supersedes it, so that what was
    counted by it can be counted again.
    """

    school = models.ForeignKey(
        "schools.School", null=True, blank=True, on_delete=models.CASCADE, related_name="calendars"
    )
    year = models.PositiveSmallIntegerField()  # the September in which the school year starts
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)  # null = counted by now

    objects = KnownQuerySet.as_manager()

    plain = "year version recorded_at superseded_at"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year"],
                name="one_calendar_for_a_school_and_year",
                condition=Q(superseded_at__isnull=True),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["school", "year", "version"],
                name="a_version_of_a_calendar_is_written_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school or 'Authority'} {self.year}/{(self.year + 1) % 100:02d}"


class Term(models.Model):
    """One unbroken stretch of term; both ends included. Half-terms make two."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="terms")
    name = models.TextField(blank=True, default="")
    first = models.DateField()
    last = models.DateField()

    plain = "name first last"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="term_ends_after_it_starts", condition=Q(last__gte=models.F("first"))
            ),
        ]


class NonSchoolDay(models.Model):
    """A weekday in term on which the school does not meet, in whole or for one session."""

    class Why(models.TextChoices):
        INSET = "inset", "INSET day"
        CLOSURE = "closure", "Closed"
        HOLIDAY = "holiday", "Occasional holiday"

    class Session(models.TextChoices):
        ALL_DAY = "", "All day"
        AM = "am", "Morning"
        PM = "pm", "Afternoon"

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    why = models.TextField(choices=Why.choices)
    session = models.CharField(max_length=2, choices=Session.choices, blank=True, default="")
    year_group = models.SmallIntegerField(null=True, blank=True)  # null = every year group

    plain = "on why session year_group"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "on", "session", "year_group"],
                name="a_day_is_listed_once",
                nulls_distinct=False,
            ),
        ]
