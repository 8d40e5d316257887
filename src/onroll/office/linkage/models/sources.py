"""Lists that tell who lives here or who is being educated, and what was sent in for each.

A list of the whole population is matched and then forgotten: what stays here are counts and keyed
hashes, by which the next load is compared with the last. The file itself lies encrypted in intake,
for the window that its source states and never longer than four weeks.
"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import TransactionNow

MOST_DAYS_KEPT = 28
USUAL_SHARE = 5  # per cent of a list that may change unasked


class SourceQuerySet(models.QuerySet["Source"]):
    """Sources, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return every source for those who load lists, and none for anybody else."""
        return self.all() if actor.may("find.load") else self.none()


class Source(models.Model):
    """One list of children: what it is evidence of, who supplies it, by what right.

    `share_before` and `share_raised_by` stand while nobody else has agreed to a share that
    somebody raised, or set beyond the usual one when they added the source: whoever did is judged
    by the share before.
    """

    class Evidence(models.TextChoices):
        EDUCATION = "education", "Being educated"
        RESIDENCE = "residence", "Living here"

    class Kind(models.TextChoices):
        CENSUS = "census", "School-census rolls"
        CTF = "ctf", "Common transfer files"
        INDEPENDENT = "independent", "Independent schools’ lists"
        HOME_EDUCATION = "home_education", "Home-education register"
        ALTERNATIVE = "alternative", "Alternative provision"
        EOTAS = "eotas", "Education otherwise than at school (EOTAS)"
        OTHER_ROLLS = "other_rolls", "Other authorities’ rolls"
        BIRTHS = "births", "Births"
        HEALTH = "health", "GP or child-health list"
        ADMISSIONS = "admissions", "Admissions applications"
        HOUSING = "housing", "Housing"
        COUNCIL_TAX = "council_tax", "Council tax households"
        BENEFITS = "benefits", "Benefits"
        NOTICES = "notices", "Other authorities’ notices"
        OTHER = "other", "Another list"

    key = models.SlugField(unique=True)
    name = models.TextField()
    kind = models.TextField(choices=Kind.choices)
    evidence = models.TextField(choices=Evidence.choices)
    supplier = models.TextField()  # which team or body sends it
    lawful_basis = models.TextField()
    is_basis_checked = models.BooleanField(default=False)  # by whoever answers for it here
    stale_after_months = models.PositiveSmallIntegerField()
    agreement_ends_on = models.DateField(null=True, blank=True)  # the last day of the agreement
    brake_share = models.PositiveSmallIntegerField(default=USUAL_SHARE)
    share_before = models.PositiveSmallIntegerField(null=True, blank=True)
    share_raised_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    keep_days = models.PositiveSmallIntegerField(default=MOST_DAYS_KEPT)
    added_at = models.DateTimeField(db_default=TransactionNow())
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = SourceQuerySet.as_manager()

    plain = (
        "key name kind evidence supplier lawful_basis is_basis_checked stale_after_months "
        "agreement_ends_on brake_share share_before keep_days added_at retired_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="a_source_has_a_name_of_its_own"),
            models.CheckConstraint(
                name="a_list_is_kept_for_one_to_28_days",
                condition=Q(keep_days__gte=1, keep_days__lte=MOST_DAYS_KEPT),
            ),
            models.CheckConstraint(
                name="the_brake_is_a_share_of_a_hundred",
                condition=Q(brake_share__gte=1, brake_share__lte=100),
            ),
            models.CheckConstraint(
                name="a_list_grows_stale_after_a_month_or_more",
                condition=Q(stale_after_months__gte=1),
            ),
            models.CheckConstraint(
                name="a_share_was_raised_by_somebody_from_a_lower_one",
                condition=Q(share_before__isnull=True, share_raised_by__isnull=True)
                | Q(
                    share_before__isnull=False,
                    share_raised_by__isnull=False,
                    share_before__lt=F("brake_share"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(models.Model):
    """What the columns of a source's file mean, remembered for the next file with that header.

    `columns` leads from the name in the file to ours; what is not in it is not read.
    """

    class DateOrder(models.TextChoices):
        YEAR_FIRST = "ymd", "Year first: 2014-03-05"
        DAY_FIRST = "dmy", "Day first: 05/03/2014 is 5 March"
        MONTH_FIRST = "mdy", "Month first: 05/03/2014 is 3 May"

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="mappings")
    header = models.CharField(max_length=64)  # SHA-256 of the names of the columns, in order
    columns = models.JSONField()
    date_order = models.TextField(choices=DateOrder.choices)
    remembered_at = models.DateTimeField(db_default=TransactionNow())
    remembered_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    plain = "header columns date_order remembered_at"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "header"], name="one_mapping_of_a_header"),
        ]

    def __str__(self) -> str:
        return f"columns of {self.source}"


class PopulationLoadQuerySet(models.QuerySet["PopulationLoad"]):
    """Loads of lists, always asked for by somebody."""

    def visible_to(self, actor: Actor) -> Self:
        """Return every load for those who load lists, and none for anybody else."""
        return self.all() if actor.may("find.load") else self.none()

    def accepted(self) -> Self:
        """Return those that stand: applied and not taken back."""
        return self.filter(load__state="applied")


class PopulationLoad(models.Model):
    """One file of a source: what it was compared with, what differed, who let it in.

    The file, its state and its faults are intake's. `hashes` holds, for each record, 16 bytes that
    stand for who it is about and 8 for what it says, made with a key of the installation's own
    (`hash_key` names which); nobody can be read from them.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="loads")
    load = models.OneToOneField(
        "intake.Load", primary_key=True, on_delete=models.PROTECT, related_name="population"
    )
    as_at = models.DateField()  # the day for which the list was true
    header = models.CharField(max_length=64, blank=True, default="")
    columns = models.JSONField(default=dict, blank=True)
    date_order = models.TextField(
        choices=ColumnMapping.DateOrder.choices, default=ColumnMapping.DateOrder.DAY_FIRST
    )
    compared_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    rows = models.PositiveIntegerField(default=0)
    rows_before = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    hashes = models.BinaryField(null=True, blank=True)
    hash_key = models.CharField(max_length=16, blank=True, default="")
    places = models.JSONField(default=dict, blank=True)  # counts by postcode area and LA number
    held_for = models.JSONField(default=list, blank=True)  # [[what is odd, what to do]]
    needs_a_second_person = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PopulationLoadQuerySet.as_manager()

    personal = "hashes reason"
    plain = (
        "as_at header columns date_order rows rows_before dropped added changed hash_key places "
        "held_for needs_a_second_person decided_at"
    )

    class Meta:
        indexes = [models.Index(fields=["source", "-load"], name="loads_of_a_source")]
        constraints = [
            models.CheckConstraint(
                name="nothing_is_dropped_or_changed_that_was_not_there",
                condition=Q(rows_before__gte=F("dropped") + F("changed")),
            ),
            models.CheckConstraint(
                name="whoever_decides_says_why",
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, reason="")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} as at {self.as_at.isoformat()}"
