"""What is believed of a child themselves: birth, sex and death, the year taught, languages."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time
from onroll.office.people.models.child import Child


class Particulars(Fact):
    """What is believed of a child whatever the day: it is corrected, and never ends.

    `Child` keeps the same values as a cache for search and lists, written by the same acts.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="particulars")
    born_on = models.DateField(null=True, blank=True)
    birth_date_is = models.TextField(choices=Child.BirthDate.choices)
    sex = models.CharField(max_length=1, choices=Child.Sex.choices)
    ethnicity = models.CharField(max_length=4, blank=True, default="")
    free_school_meals = models.BooleanField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)

    personal = "born_on birth_date_is sex ethnicity free_school_meals died_on"

    class Meta:
        verbose_name_plural = "particulars"
        constraints = [
            # Whatever its days, a child has one date of birth: one row that is believed.
            models.UniqueConstraint(
                name="a_childs_particulars_are_believed_once",
                fields=["child"],
                condition=Q(superseded_at__isnull=True),
            ),
            models.CheckConstraint(name="particulars_never_end", condition=Q(ends_on__isnull=True)),
            models.CheckConstraint(
                name="a_believed_birth_date_is_given",
                condition=Q(born_on__isnull=False) | Q(birth_date_is="unknown"),
            ),
        ]


class YearTaught(Fact):
    """The year group in which a child is taught, where it is not the year of their age.

    It lasts until 31 August at the latest: the next September it is decided again.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="years_taught")
    year_group = models.SmallIntegerField()

    personal = "year_group"

    class Meta:
        verbose_name_plural = "years taught"
        constraints = [
            one_at_a_time("a_child_is_taught_in_one_year_at_a_time", "child"),
            models.CheckConstraint(
                name="a_year_taught_has_a_last_day", condition=Q(ends_on__isnull=False)
            ),
            models.CheckConstraint(
                name="a_year_taught_is_reception_to_13",
                condition=Q(year_group__gte=0, year_group__lte=13),
            ),
            ends_after_it_starts("year_taught_ends_after_it_starts"),
        ]


class Language(Fact):
    """A language that is spoken with a child, and who needs an interpreter for it."""

    class Interpreter(models.TextChoices):
        CHILD = "child", "The child"
        FAMILY = "family", "Parents or carers"
        BOTH = "both", "The child and parents or carers"
        NOBODY = "nobody", "Nobody"
        UNKNOWN = "unknown", "Not yet asked"

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="languages")
    language = models.TextField(blank=True, default="")  # "" = an interpreter, for what is unknown
    is_first = models.BooleanField(default=False)
    at_home = models.BooleanField(null=True, blank=True)
    interpreter = models.TextField(choices=Interpreter.choices, default=Interpreter.UNKNOWN)

    personal = "language is_first at_home interpreter"

    class Meta:
        constraints = [
            one_at_a_time("a_language_is_recorded_once_at_a_time", "child", "language"),
            one_at_a_time(
                "a_child_has_one_first_language_at_a_time", "child", where=Q(is_first=True)
            ),
            ends_after_it_starts("language_ends_after_it_starts"),
        ]
