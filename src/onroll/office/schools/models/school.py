"""Establishments as DfE's register describes them, and the people to ring in each."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from onroll.office.kernel.facts import (
    Fact,
    TransactionNow,
    ends_after_it_starts,
    one_at_a_time,
)


class School(models.Model):
    """An establishment with a URN, or a setting without one. Never deleted by an import."""

    urn = models.PositiveIntegerField(null=True, blank=True, unique=True)
    la_code = models.CharField(max_length=3, blank=True, default="")
    estab = models.CharField(max_length=4, blank=True, default="")
    name = models.TextField()
    type_code = models.CharField(max_length=3, blank=True, default="")  # no leading noughts
    type_name = models.TextField(blank=True, default="")
    type_group = models.TextField(blank=True, default="")
    status = models.TextField(blank=True, default="")  # as named: "Open", "Closed", …
    phase = models.TextField(blank=True, default="")  # as named: "Primary", "Secondary", …
    low_age = models.SmallIntegerField(null=True, blank=True)
    high_age = models.SmallIntegerField(null=True, blank=True)
    gender = models.TextField(blank=True, default="")
    capacity = models.IntegerField(null=True, blank=True)
    pupils = models.IntegerField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    ukprn = models.TextField(blank=True, default="")
    trust = models.TextField(blank=True, default="")
    address = models.TextField(blank=True, default="")
    town = models.TextField(blank=True, default="")
    postcode = models.TextField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")
    website = models.TextField(blank=True, default="")
    head = models.TextField(blank=True, default="")
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    extract = models.JSONField(default=dict, blank=True)  # every other column, as published
    last_seen_in_extract_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(db_default=TransactionNow())

    plain = (
        "urn la_code estab name type_code type_name type_group status phase low_age high_age "
        "gender capacity pupils opened_on closed_on ukprn trust address town postcode telephone "
        "website head easting northing extract last_seen_in_extract_on updated_at"
    )

    class Meta:
        indexes = [
            models.Index(fields=["la_code", "name"], name="school_by_authority"),
            GinIndex(fields=["name"], name="school_name_trigrams", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def laestab(self) -> str:
        """DfE's number as people write it: 999/4001."""
        return f"{self.la_code}/{self.estab}" if self.estab else ""

    @property
    def is_open(self) -> bool:
        """Open, or open but proposed to close, or a setting that the register does not hold."""
        return not self.status or self.status.startswith("Open")


class SchoolLink(models.Model):
    """A predecessor or a successor: a child's history survives a conversion."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="links")
    linked_urn = models.PositiveIntegerField()
    nature = models.TextField()
    established_on = models.DateField(null=True, blank=True)

    plain = "linked_urn nature established_on"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "linked_urn", "nature"], name="a_link_is_listed_once"
            ),
        ]


class SchoolContact(Fact):
    """Whom to speak to in a school, for what."""

    class Role(models.TextChoices):
        ATTENDANCE_LEAD = "attendance_lead", "Senior attendance leader"
        SAFEGUARDING_LEAD = "safeguarding_lead", "Designated safeguarding lead"
        INCLUSION_CHAMPION = "inclusion_champion", "Inclusion champion"
        ATTENDANCE_CHAMPION = "attendance_champion", "Attendance champion"
        AUTHORITY_CONTACT = "authority_contact", "The authority's named contact for the school"
        HEAD = "head", "Head teacher"
        ATTENDANCE_WORKER = "attendance_worker", "Attendance or education welfare officer"
        PASTORAL = "pastoral", "Pastoral worker"
        FAMILY_LIAISON = "family_liaison", "Family liaison or support worker"
        OFFICE = "office", "School office"

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="contacts")
    role = models.TextField(choices=Role.choices)
    name = models.TextField()
    telephone = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")

    personal = "name telephone email"
    plain = "role"

    class Meta:
        constraints = [
            one_at_a_time("a_contact_holds_a_role_once", "school", "role", "name"),
            ends_after_it_starts("school_contact_ends_after_it_starts"),
        ]


class SchoolLocality(Fact):
    """The locality in which a school is counted."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="localities")
    locality = models.ForeignKey("accounts.Locality", on_delete=models.PROTECT)

    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("a_school_is_in_one_locality_at_a_time", "school"),
            ends_after_it_starts("school_locality_ends_after_it_starts"),
        ]
