"""The people around a child: carers, relatives, friends, professionals, and the house."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time


class Carer(models.Model):
    """A parent, carer, relative or friend. The same person can stand beside several children."""

    ref = models.CharField(max_length=20, unique=True)
    title = models.TextField(blank=True, default="")
    given_names = models.TextField(blank=True, default="")
    family_name = models.TextField()
    first_language = models.TextField(blank=True, default="")
    needs_interpreter = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    personal = "title given_names family_name first_language needs_interpreter"
    plain = "ref version"

    def __str__(self) -> str:
        return " ".join(x for x in (self.title, self.given_names, self.family_name) if x)


class Relationship(Fact):
    """Who somebody is to a child, and whether we may speak to them."""

    class Kind(models.TextChoices):
        MOTHER = "mother", "Mother"
        FATHER = "father", "Father"
        STEP_PARENT = "step_parent", "Step-parent"
        FOSTER_CARER = "foster_carer", "Foster carer"
        GUARDIAN = "guardian", "Guardian"
        GRANDPARENT = "grandparent", "Grandparent"
        SIBLING = "sibling", "Adult brother or sister"
        RELATIVE = "relative", "Other relative"
        FRIEND = "friend", "Family friend"
        CARER = "carer", "Other carer"
        OTHER = "other", "Other"

    class Responsibility(models.TextChoices):
        YES = "yes", "Has parental responsibility"
        NO = "no", "Does not have parental responsibility"
        UNKNOWN = "unknown", "Not known"

    class Contact(models.TextChoices):
        YES = "yes", "May be contacted"
        NO = "no", "Must not be contacted"
        UNKNOWN = "unknown", "Not yet checked: ask before contacting"

    child = models.ForeignKey(
        "people.Child", on_delete=models.CASCADE, related_name="relationships"
    )
    carer = models.ForeignKey(Carer, on_delete=models.PROTECT, related_name="relationships")
    kind = models.TextField(choices=Kind.choices)
    parental_responsibility = models.TextField(
        choices=Responsibility.choices, default=Responsibility.UNKNOWN
    )
    lives_with = models.BooleanField(null=True, blank=True)
    contact = models.TextField(choices=Contact.choices, default=Contact.UNKNOWN)
    priority = models.PositiveSmallIntegerField(default=1)
    detail = models.TextField(blank=True, default="")

    personal = "kind parental_responsibility lives_with contact detail"
    plain = "priority"

    class Meta:
        constraints = [
            one_at_a_time("one_relationship_of_two_people_at_a_time", "child", "carer"),
            ends_after_it_starts("relationship_ends_after_it_starts"),
        ]


class ContactPoint(Fact):
    """A telephone number or an e-mail address, and whether it is safe to use. Unknown holds."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", "Mobile"
        TELEPHONE = "telephone", "Telephone"
        EMAIL = "email", "E-mail"

    class Safe(models.TextChoices):
        YES = "yes", "Safe to use"
        NO = "no", "Not safe: do not use"
        UNKNOWN = "unknown", "Not yet checked"

    carer = models.ForeignKey(
        Carer, null=True, blank=True, on_delete=models.CASCADE, related_name="contact_points"
    )
    child = models.ForeignKey(
        "people.Child",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="contact_points",
    )
    kind = models.TextField(choices=Kind.choices)
    value = models.TextField()
    safe = models.TextField(choices=Safe.choices, default=Safe.UNKNOWN)

    personal = "value safe"
    plain = "kind"

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_contact_point_belongs_to_one_person",
                condition=Q(carer__isnull=False, child__isnull=True)
                | Q(carer__isnull=True, child__isnull=False),
            ),
            ends_after_it_starts("contact_point_ends_after_it_starts"),
        ]


class CarerAddress(Fact):
    """Where a carer lives. The carer of a sealed child may have none here."""

    carer = models.ForeignKey(Carer, on_delete=models.CASCADE, related_name="addresses")
    line_1 = models.TextField()
    line_2 = models.TextField(blank=True, default="")
    town = models.TextField(blank=True, default="")
    postcode = models.TextField(blank=True, default="")
    safe = models.TextField(choices=ContactPoint.Safe.choices, default=ContactPoint.Safe.UNKNOWN)
    place = models.TextField(db_index=True)

    personal = "line_1 line_2 town postcode safe place"

    class Meta:
        constraints = [
            one_at_a_time("a_carer_lives_at_one_address_at_a_time", "carer"),
            ends_after_it_starts("carer_address_ends_after_it_starts"),
        ]


class HouseholdHazard(Fact):
    """Something to know before visiting a house: a dog, a threat, a visit only in pairs."""

    place = models.TextField(db_index=True)
    hazard = models.TextField()
    advice = models.TextField(blank=True, default="")

    personal = "place hazard advice"

    class Meta:
        constraints = [ends_after_it_starts("hazard_ends_after_it_starts")]


class Professional(Fact):
    """A professional who knows the child: social worker, GP, health visitor, school nurse."""

    class Role(models.TextChoices):
        SOCIAL_WORKER = "social_worker", "Social worker"
        GP = "gp", "GP practice"
        HEALTH_VISITOR = "health_visitor", "Health visitor"
        SCHOOL_NURSE = "school_nurse", "School nurse"
        EARLY_HELP = "early_help", "Early help worker"
        YOUTH_JUSTICE = "youth_justice", "Youth justice worker"
        PLAN_COORDINATOR = "plan_coordinator", "EHC plan coordinator"
        HOUSING = "housing", "Housing officer"
        OTHER = "other", "Other"

    child = models.ForeignKey(
        "people.Child", on_delete=models.CASCADE, related_name="professionals"
    )
    role = models.TextField(choices=Role.choices)
    name = models.TextField()
    organisation = models.TextField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")

    personal = "role name organisation telephone email"

    class Meta:
        constraints = [
            one_at_a_time("a_professional_is_recorded_once_at_a_time", "child", "role", "name"),
            ends_after_it_starts("professional_ends_after_they_start"),
        ]
