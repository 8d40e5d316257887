"""The roll, and the road onto it: applications, offers, vacancies."""

from django.db import models
from django.db.models import Q

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time


class Enrolment(Fact):
    """A child's name is in a school's admission register. `starts_on` is the starting day there.

    A place accepted and not yet started has `is_expected`. `deletion_ground` is the letter of
    regulation 9(1) of SI 2024/208. Dual registration makes two rows, one of them subsidiary.
    """

    class Status(models.TextChoices):
        CURRENT = "C", "Current"
        MAIN = "M", "Main, dual registered"
        SUBSIDIARY = "S", "Subsidiary, dual registered"
        GUEST = "G", "Guest"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="enrolments")
    school = models.ForeignKey(
        "schools.School", on_delete=models.PROTECT, related_name="enrolments"
    )
    status = models.CharField(max_length=1, choices=Status.choices, default=Status.CURRENT)
    is_expected = models.BooleanField(default=False)
    is_part_time = models.BooleanField(default=False)
    is_boarder = models.BooleanField(default=False)
    year_group = models.SmallIntegerField(null=True, blank=True)  # as taught, where given
    name_used = models.TextField(blank=True, default="")
    previous_school = models.TextField(blank=True, default="")
    first_attended_on = models.DateField(null=True, blank=True)
    last_attended_on = models.DateField(null=True, blank=True)
    deletion_ground = models.CharField(max_length=2, blank=True, default="")
    destination = models.TextField(blank=True, default="")  # as told: school, area or country
    destination_school = models.ForeignKey(
        "schools.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    departure = models.TextField(blank=True, default="")  # "school", "area", "country"
    departure_told_on = models.DateField(null=True, blank=True)  # the parent said so on this day

    personal = (
        "status is_expected is_part_time is_boarder year_group name_used previous_school "
        "first_attended_on last_attended_on deletion_ground destination departure departure_told_on"
    )

    class Meta:
        indexes = [models.Index(fields=["school", "starts_on"], name="enrolment_school")]
        constraints = [
            one_at_a_time("on_one_roll_once_at_a_time", "child", "school"),
            models.CheckConstraint(
                name="a_ground_is_given_only_with_a_deletion",
                condition=Q(deletion_ground="") | Q(ends_on__isnull=False),
            ),
            ends_after_it_starts("enrolment_ends_after_it_starts"),
        ]


class InYearApplication(Fact):
    """A parent has applied for a place in the year; it holds until the outcome is told.

    Without a school it is made to the authority, which has not been told of one.
    """

    class Outcome(models.TextChoices):
        OFFERED = "offered", "Place offered"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"
        FAIR_ACCESS = "fair_access", "Referred to fair access"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="applications")
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT)
    preference = models.PositiveSmallIntegerField(default=1)
    outcome = models.TextField(choices=Outcome.choices, blank=True, default="")
    outcome_told_on = models.DateField(null=True, blank=True)

    personal = "preference outcome outcome_told_on"

    class Meta:
        constraints = [
            one_at_a_time("one_application_for_a_school_at_a_time", "child", "school"),
            one_at_a_time(
                "one_application_without_a_school_at_a_time",
                "child",
                where=Q(school__isnull=True),
            ),
            ends_after_it_starts("application_ends_after_it_starts"),
        ]


class Offer(Fact):
    """A place offered; it holds until it is taken up, declined or withdrawn."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="offers")
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT)
    expected_start_on = models.DateField(null=True, blank=True)
    answer = models.TextField(choices=Answer.choices, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)

    personal = "expected_start_on answer answered_on"

    class Meta:
        constraints = [
            one_at_a_time("one_offer_of_a_school_at_a_time", "child", "school"),
            ends_after_it_starts("offer_ends_after_it_starts"),
        ]


class Vacancy(Fact):
    """Places free in a year group, as the school reported."""

    school = models.ForeignKey("schools.School", on_delete=models.CASCADE, related_name="vacancies")
    year_group = models.SmallIntegerField()
    places = models.PositiveSmallIntegerField()

    plain = "year_group places"

    class Meta:
        constraints = [
            one_at_a_time("one_count_of_vacancies_at_a_time", "school", "year_group"),
            ends_after_it_starts("vacancy_ends_after_it_starts"),
        ]
