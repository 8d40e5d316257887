"""Education otherwise than on a roll, plans and part-time timetables, and what was judged of it."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from onroll.office.kernel.facts import Fact, ends_after_it_starts, one_at_a_time
from onroll.statute.suitability import Aspect, Criterion


class HomeEducation(Fact):
    """A parent educates the child at home."""

    class Suitability(models.TextChoices):
        SUITABLE = "suitable", "Suitable"
        NOT_ASSESSED = "not_assessed", "Not yet assessed"
        UNSUITABLE = "unsuitable", "Unsuitable"

    child = models.ForeignKey(
        "people.Child", on_delete=models.CASCADE, related_name="home_education"
    )
    suitability = models.TextField(choices=Suitability.choices, default=Suitability.NOT_ASSESSED)
    reason = models.TextField(blank=True, default="")  # a key of the 19 national reasons
    came_to_know = models.TextField(blank=True, default="")
    previous_setting = models.TextField(blank=True, default="")

    personal = "suitability reason came_to_know previous_setting"

    class Meta:
        constraints = [
            one_at_a_time("home_educated_once_at_a_time", "child"),
            ends_after_it_starts("home_education_ends_after_it_starts"),
        ]


class Provision(Fact):
    """Education arranged otherwise: alternative, hospital, tuition, section 19, EOTAS."""

    class What(models.TextChoices):
        ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision"
        HOSPITAL_EDUCATION = "hospital_education", "Hospital education"
        PRIVATE_TUITION = "private_tuition", "Tuition"
        SECTION_19 = "section_19", "Arranged under section 19"
        EOTAS = "eotas", "Education otherwise than at school, under a plan"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="provisions")
    what = models.TextField(choices=What.choices)
    provider = models.TextField(blank=True, default="")
    school = models.ForeignKey("schools.School", null=True, blank=True, on_delete=models.PROTECT)
    is_suitable = models.BooleanField(default=True)
    is_interim = models.BooleanField(default=False)  # while a place is awaited
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    arranged_by = models.TextField(blank=True, default="")
    review_on = models.DateField(null=True, blank=True)

    personal = "what provider is_suitable is_interim hours_a_week arranged_by review_on"

    class Meta:
        constraints = [
            one_at_a_time("one_provision_with_a_provider_at_a_time", "child", "what", "provider"),
            ends_after_it_starts("provision_ends_after_it_starts"),
        ]


class Plan(Fact):
    """An education, health and care plan."""

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="plans")
    primary_need = models.TextField(blank=True, default="")  # SEN type code
    named_school = models.ForeignKey(
        "schools.School", null=True, blank=True, on_delete=models.PROTECT
    )
    awaiting_place = models.BooleanField(default=False)
    coordinator = models.TextField(blank=True, default="")
    next_review_on = models.DateField(null=True, blank=True)

    personal = "primary_need awaiting_place coordinator next_review_on"

    class Meta:
        constraints = [
            one_at_a_time("one_plan_at_a_time", "child"),
            ends_after_it_starts("plan_ends_after_it_starts"),
        ]


class PartTimeTimetable(Fact):
    """A school and a parent have agreed on fewer hours for a time: SI 2024/208 regulation 11(6)."""

    child = models.ForeignKey(
        "people.Child", on_delete=models.CASCADE, related_name="part_time_timetables"
    )
    school = models.ForeignKey("schools.School", on_delete=models.PROTECT)
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1)
    reason = models.TextField(blank=True, default="")
    parent_agreed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    personal = "hours_a_week reason parent_agreed_on review_on"

    class Meta:
        constraints = [
            one_at_a_time("one_part_time_timetable_at_a_school", "child", "school"),
            ends_after_it_starts("part_time_timetable_ends_after_it_starts"),
        ]


_NO_ASPECT = Q(**{f"is_suited_to_{aspect}__isnull": True for aspect in Aspect})
_EVERY_ASPECT = Q(**{f"is_suited_to_{aspect}": True for aspect in Aspect})
_NONE_WANTING = ~(
    Q(is_suited_to_age=False)
    | Q(is_suited_to_ability=False)
    | Q(is_suited_to_aptitude=False)
    | Q(is_suited_to_needs=False)
)


class Judgement(Fact):
    """What somebody judged of one criterion of an education, on one day.

    It belongs to the education of a child, a kind and a provider, whichever row holds that now,
    and to the time of it in which the day lies. It stands until the criterion is judged again:
    what was found on a day was found that day only, so it starts and ends there.
    """

    class What(models.TextChoices):
        HOME_EDUCATION = "home_education", "Home education"
        ALTERNATIVE_PROVISION = "alternative_provision", "Alternative provision"
        HOSPITAL_EDUCATION = "hospital_education", "Hospital education"
        PRIVATE_TUITION = "private_tuition", "Tuition"
        SECTION_19 = "section_19", "Arranged under section 19"
        EOTAS = "eotas", "Education otherwise than at school, under a plan"

    child = models.ForeignKey("people.Child", on_delete=models.CASCADE, related_name="judgements")
    what = models.TextField(choices=What.choices)
    provider = models.TextField(blank=True, default="")
    criterion = models.TextField(
        choices=[(criterion.value, criterion.says.capitalize()) for criterion in Criterion]
    )
    is_met = models.BooleanField()
    # Of each aspect: found, found wanting, or (null) not looked at.
    is_suited_to_age = models.BooleanField(null=True, blank=True)
    is_suited_to_ability = models.BooleanField(null=True, blank=True)
    is_suited_to_aptitude = models.BooleanField(null=True, blank=True)
    is_suited_to_needs = models.BooleanField(null=True, blank=True)
    judged_by = models.TextField()  # who judged; who wrote it down is `recorded_by`
    reasons = models.TextField(blank=True, default="")
    evidence = models.TextField(blank=True, default="")

    personal = (
        "what provider criterion is_met is_suited_to_age is_suited_to_ability "
        "is_suited_to_aptitude is_suited_to_needs judged_by reasons evidence"
    )

    class Meta:
        constraints = [
            one_at_a_time(
                "a_criterion_is_judged_once_a_day", "child", "what", "provider", "criterion"
            ),
            models.CheckConstraint(
                name="a_judgement_is_of_one_day",
                condition=Q(ends_on__isnull=False, ends_on=F("starts_on")),
            ),
            models.CheckConstraint(
                name="only_suitable_is_judged_by_aspects",
                condition=Q(criterion=Criterion.SUITABLE.value) | _NO_ASPECT,
            ),
            models.CheckConstraint(
                name="what_is_met_is_wanting_in_no_aspect",
                condition=Q(is_met=False) | _NONE_WANTING,
            ),
            models.CheckConstraint(
                name="what_is_suited_in_every_aspect_is_met",
                condition=Q(is_met=True) | ~_EVERY_ASPECT,
            ),
            models.CheckConstraint(
                name="what_is_not_met_has_reasons", condition=Q(is_met=True) | ~Q(reasons="")
            ),
        ]

    @property
    def judged_on(self) -> date:
        """The day on which it was judged."""
        return self.starts_on
