"""The authority and its parts, each with dates, so that reorganisations can be counted across."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time


class Authority(models.Model):
    """Whose database this is: identity, letterhead and telephone numbers. One row."""

    name = models.TextField()
    la_code = models.CharField(max_length=3)  # DfE's three digits
    gss_code = models.CharField(max_length=9)  # the ONS code
    address = models.TextField(blank=True, default="")  # lines, as printed on a letter
    po_box = models.TextField(blank=True, default="")
    postcode = models.TextField(blank=True, default="")
    website = models.TextField(blank=True, default="")
    email = models.TextField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")
    brand_colour = models.CharField(max_length=7, default="#1d4f60")
    harm_telephone = models.TextField(blank=True, default="")  # children's social care, by day
    harm_telephone_out_of_hours = models.TextField(blank=True, default="")
    quick_exit_url = models.TextField(default="https://www.bbc.co.uk/weather")

    plain = (
        "name la_code gss_code address po_box postcode website email telephone brand_colour "
        "harm_telephone harm_telephone_out_of_hours quick_exit_url"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_is_one_authority", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return self.name


class LocalRules(Fact):
    """What the law leaves to the authority, as it decided from one day to another."""

    pack = models.TextField(default="national")  # the key of a policy pack: onroll.statute.packs
    # After so many days a list says that nobody has seen the child, that nothing was done.
    seen_within = models.PositiveSmallIntegerField(default=30)
    quiet_after = models.PositiveSmallIntegerField(default=14)

    plain = "pack seen_within quiet_after"

    class Meta:
        constraints = [
            one_at_a_time("one_set_of_local_rules_at_a_time"),
            ends_after_it_starts("local_rules_end_after_they_start"),
            models.CheckConstraint(
                name="local_rules_wait_a_day_at_least",
                condition=Q(seen_within__gte=1, quiet_after__gte=1),
            ),
        ]


class Body(models.Model):
    """An organisation: the authority itself, one that works on its behalf, another authority."""

    class Nature(models.TextChoices):
        AUTHORITY = "authority", "This authority"
        COMMISSIONED = "commissioned", "Works on the authority's behalf"
        OTHER_AUTHORITY = "other_authority", "Another local authority"
        AGENCY = "agency", "A partner agency"

    name = models.TextField(unique=True)
    nature = models.TextField(choices=Nature.choices)
    la_code = models.CharField(max_length=3, blank=True, default="")
    email = models.TextField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")

    plain = "name nature la_code email telephone"

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """A service that groups teams, such as one for children missing out of education."""

    name = models.TextField(unique=True)
    part_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)

    plain = "name"

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team with its own work: which kinds of case it takes, how to reach it."""

    key = models.SlugField(unique=True)
    name = models.TextField()
    email = models.TextField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")
    kinds = ArrayField(models.TextField(), default=list, blank=True)  # kinds of case it takes
    duties = models.TextField(blank=True, default="")  # what it is responsible for, in words
    is_current = models.BooleanField(default=True)

    plain = "key name email telephone kinds duties is_current"

    def __str__(self) -> str:
        return self.name


class ServiceDetail(Fact):
    """What a service was called and was part of, from a day on. `Service` has those of today."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="details")
    name = models.TextField()
    part_of = models.ForeignKey(
        Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    plain = "name"

    class Meta:
        constraints = [
            one_at_a_time("a_service_has_one_name_at_a_time", "service"),
            ends_after_it_starts("service_detail_ends_after_it_starts"),
        ]


class TeamDetail(Fact):
    """What a team was called and responsible for, from a day on. `Team` has those of today."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="details")
    name = models.TextField()
    duties = models.TextField(blank=True, default="")

    plain = "name duties"

    class Meta:
        constraints = [
            one_at_a_time("a_team_has_one_name_at_a_time", "team"),
            ends_after_it_starts("team_detail_ends_after_it_starts"),
        ]


class TeamPlacement(Fact):
    """A team belongs to a service: a reorganisation ends one and starts another."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="placements")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="placements")

    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("a_team_is_in_one_service_at_a_time", "team"),
            ends_after_it_starts("placement_ends_after_it_starts"),
        ]


class Delivery(Fact):
    """A body delivers a team's work on the authority's behalf; the authority stays responsible."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="deliveries")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="deliveries")

    plain = ""

    class Meta:
        constraints = [
            one_at_a_time("a_team_is_delivered_by_one_body_at_a_time", "team"),
            ends_after_it_starts("delivery_ends_after_it_starts"),
        ]


class Locality(models.Model):
    """A part of the area in which schools and children are grouped."""

    name = models.TextField(unique=True)

    plain = "name"

    def __str__(self) -> str:
        return self.name


class LocalityArea(Fact):
    """The homes of a locality: those whose postcode begins so, a district or one sector of it."""

    locality = models.ForeignKey(Locality, on_delete=models.PROTECT, related_name="areas")
    begins = models.TextField()  # "ZZ1" or "ZZ1 4", in capitals with one space

    plain = "begins"

    class Meta:
        constraints = [
            one_at_a_time("an_area_is_in_one_locality_at_a_time", "begins"),
            ends_after_it_starts("area_ends_after_it_starts"),
        ]


class Appointment(Fact):
    """A named person for a duty: the CME named person, the virtual school head, their deputies."""

    office = models.TextField()  # "cme_named_person", "virtual_school_head"
    is_deputy = models.BooleanField(default=False)
    name = models.TextField()
    email = models.TextField(blank=True, default="")
    telephone = models.TextField(blank=True, default="")
    user = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.SET_NULL)

    personal = "name email telephone"
    plain = "office is_deputy"

    class Meta:
        constraints = [
            one_at_a_time("one_holder_of_an_office_at_a_time", "office", "is_deputy"),
            ends_after_it_starts("appointment_ends_after_it_starts"),
        ]


class Recording(models.Model):
    """Since when a series has been recorded here, and what to say of the time before."""

    series = models.TextField(unique=True)  # "cases.cme", "posts.attendance_officer"
    began_on = models.DateField()
    says = models.TextField(blank=True, default="")  # the caveat, as printed in an answer

    plain = "series began_on says"

    def __str__(self) -> str:
        return self.series
