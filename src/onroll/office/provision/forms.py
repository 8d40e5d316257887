"""Questions asked about education otherwise, plans, timetables, and whether it is suitable."""

from typing import Any

from django import forms

from onroll.office.provision import queries
from onroll.office.provision.queries import TITLES, Judged, Verdict
from onroll.office.schools.forms import SchoolChoice
from onroll.office.web.forms import ChooseOne, DateField, GovukForm, LongText, ShortText, YesNo
from onroll.statute.codes import HOME_EDUCATION_REASONS
from onroll.statute.suitability import Aspect, Criterion
from onroll.statute.writing import written

UNTIL_JUDGED = "This answer stands until the education is judged by the three criteria."


class _Dated(GovukForm):
    starts_on = DateField(label="From")
    ends_on = DateField(label="To", required=False, help_text="The last day, if it has ended.")
    source = ShortText(label="How do we know?", required=False, max_length=200)


class HomeEducationForm(_Dated):
    """A parent educates the child at home."""

    suitability = ChooseOne(
        label="Is the education suitable?",
        choices=queries.SUITABILITIES,
        help_text=UNTIL_JUDGED,
    )
    reason = forms.ChoiceField(
        label="Why does the parent educate at home?",
        choices=[("", "Not known"), *queries.REASONS],
        required=False,
        help_text=HOME_EDUCATION_REASONS.caution,
    )
    came_to_know = ShortText(label="How did we come to know?", required=False, max_length=200)
    previous_setting = ShortText(label="Setting before", required=False, max_length=200)
    field_order = [
        "starts_on", "ends_on", "suitability", "reason", "came_to_know",
        "previous_setting", "source",
    ]  # fmt: skip


class ProvisionForm(SchoolChoice, _Dated):
    """Education arranged otherwise."""

    needs_school = False
    what = ChooseOne(label="What is provided?", choices=queries.WHATS)
    provider = ShortText(label="Provider, where it is not a school", required=False, max_length=200)
    is_suitable = YesNo(label="Is it suitable for the child?", help_text=UNTIL_JUDGED)
    is_interim = forms.BooleanField(label="Interim, while a place is awaited", required=False)
    hours_a_week = forms.DecimalField(
        label="Hours a week", required=False, min_value=0, max_value=50, decimal_places=1
    )
    arranged_by = ShortText(label="Arranged by", required=False, max_length=200)
    review_on = DateField(label="Review on", required=False)
    field_order = [
        "what", "provider", "school", "other_school", "starts_on", "ends_on", "is_suitable",
        "is_interim", "hours_a_week", "arranged_by", "review_on", "source",
    ]  # fmt: skip


class PlanForm(SchoolChoice, _Dated):
    """An education, health and care plan."""

    needs_school = False
    awaiting_place = forms.BooleanField(label="Awaiting a place", required=False)
    primary_need = forms.ChoiceField(
        label="Primary need", choices=[("", "Not known"), *queries.NEEDS], required=False
    )
    coordinator = ShortText(label="Coordinator", required=False, max_length=200)
    next_review_on = DateField(label="Next review on", required=False)
    field_order = [
        "starts_on", "ends_on", "awaiting_place", "school", "other_school", "primary_need",
        "coordinator", "next_review_on", "source",
    ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].label = "School named in the plan"


class PartTimeForm(SchoolChoice, _Dated):
    """Fewer hours agreed for a time."""

    hours_a_week = forms.DecimalField(
        label="Hours a week", min_value=0, max_value=50, decimal_places=1
    )
    reason = ShortText(label="Reason", required=False, max_length=200)
    parent_agreed_on = DateField(label="The parent agreed on", required=False)
    review_on = DateField(label="Review on", required=False)
    field_order = [
        "school", "other_school", "hours_a_week", "starts_on", "ends_on", "reason",
        "parent_agreed_on", "review_on", "source",
    ]  # fmt: skip


class EndForm(GovukForm):
    """The last day of something."""

    on = DateField(label="Last day", not_in_future=True)


MET, NOT_MET, NOT_NOW = "met", "not_met", "not_now"


class MetOrNot(ChooseOne):
    """Met, not met, or not judged; `cleaned_data` holds True, False or None.

    `otherwise` is the answer for not judged; without it one of the two must be chosen.
    """

    def __init__(self, *, otherwise: str = "", **rest: Any) -> None:
        self.otherwise = otherwise
        choices = [(MET, "Met"), (NOT_MET, "Not met")]
        choices += [(NOT_NOW, otherwise)] if otherwise else []
        super().__init__(choices=choices, inline=True, **rest)

    def clean(self, value: object) -> bool | None:
        chosen = super().clean(value or (NOT_NOW if self.otherwise else ""))
        return None if chosen == NOT_NOW else chosen == MET

    def prepare_value(self, value: object) -> object:
        if isinstance(value, bool):
            return MET if value else NOT_MET
        return value or (NOT_NOW if self.otherwise else value)


def _reasons(criterion: Criterion) -> LongText:
    label = f"Why it is {criterion.says}, or not"
    needed = "Needed if it is not met."
    return LongText(label=label, rows=2, required=False, max_length=2000, help_text=needed)


def _aspect(aspect: Aspect) -> MetOrNot:
    return MetOrNot(label=aspect.says.capitalize(), otherwise="Not looked at")


class _ByWhom(GovukForm):
    """When somebody judged, who, and from what."""

    judged_on = DateField(label="Judged on", not_in_future=True)
    judged_by = ShortText(label="Judged by", max_length=200)
    evidence = LongText(
        label="What it rests on",
        rows=2,
        required=False,
        max_length=2000,
        help_text="For example a visit, work that was seen, a report by the parents or a tutor.",
    )
    names = {"judged_on": "the day on which it was judged", "judged_by": "who judged it"}

    def aspects(self) -> dict[Aspect, bool]:
        """Return what was found of the aspects that were looked at."""
        given = {aspect: self.cleaned_data.get(aspect.value) for aspect in Aspect}
        return {aspect: is_met for aspect, is_met in given.items() if is_met is not None}


class JudgeForm(_ByWhom):
    """One, two or all three criteria, judged on one day."""

    efficient = MetOrNot(label="Is it efficient?", otherwise="Not judged now")
    efficient_reasons = _reasons(Criterion.EFFICIENT)
    full_time = MetOrNot(label="Is it full-time?", otherwise="Not judged now")
    full_time_reasons = _reasons(Criterion.FULL_TIME)
    suitable = MetOrNot(label="Is it suitable, as a whole?", otherwise="Not judged now")
    age = _aspect(Aspect.AGE)
    ability = _aspect(Aspect.ABILITY)
    aptitude = _aspect(Aspect.APTITUDE)
    needs = _aspect(Aspect.NEEDS)
    suitable_reasons = _reasons(Criterion.SUITABLE)

    def __init__(self, *args: Any, judged: Judged, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion, (_, stands) in zip(Criterion, judged.criteria, strict=True):
            self.fields[criterion.value].help_text = (
                f"Now: {stands.verdict.label.lower()}, judged on {written(stands.judged_on)} by "
                f"{stands.judged_by}."
                if stands
                else "Not judged yet."
            )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for criterion in Criterion:
            if criterion.value in given and given[criterion.value] is None:
                said = given.get(f"{criterion}_reasons") or (
                    criterion is Criterion.SUITABLE and self.aspects()
                )
                if said:
                    self.add_error(criterion.value, "Choose “Met” or “Not met”, or clear the rest.")
        return given

    def parts(self) -> list[dict[str, Any]]:
        """Return the questions as the page lays them out: each criterion beside its reasons."""
        titled = [("Who judged it, when and from what", ["judged_on", "judged_by"], ["evidence"])]
        for criterion in Criterion:
            asked, reasons = [criterion.value], [f"{criterion}_reasons"]
            if criterion is Criterion.SUITABLE:
                asked, reasons = asked + reasons, [aspect.value for aspect in Aspect]
            titled.append((TITLES[criterion], asked, reasons))
        return [
            {"title": title, "left": [self[n] for n in left], "right": [self[n] for n in right]}
            for title, left, right in titled
        ]

    def verdicts(self) -> list[Verdict]:
        """Return what was found of each criterion that was judged."""
        return [
            Verdict(
                criterion=criterion,
                is_met=is_met,
                reasons=self.cleaned_data[f"{criterion}_reasons"],
                aspects=self.aspects() if criterion is Criterion.SUITABLE else {},
            )
            for criterion in Criterion
            if (is_met := self.cleaned_data[criterion.value]) is not None
        ]


class JudgementForm(_ByWhom):
    """One judgement put right."""

    criterion: Criterion

    def __init__(self, *args: Any, criterion: Criterion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        self.add(criterion.value, MetOrNot(label=TITLES[criterion]))
        if criterion is Criterion.SUITABLE:
            for aspect in Aspect:
                self.add(aspect.value, _aspect(aspect))
        self.add(f"{criterion}_reasons", _reasons(criterion))
        first = [name for name in self.fields if name not in self.base_fields]
        self.order_fields([*first, *self.base_fields])

    def verdict(self) -> Verdict:
        """Return what was found of the criterion."""
        return Verdict(
            criterion=self.criterion,
            is_met=self.cleaned_data[self.criterion.value],
            reasons=self.cleaned_data[f"{self.criterion}_reasons"],
            aspects=self.aspects() if self.criterion is Criterion.SUITABLE else {},
        )


FORMS: dict[str, type[GovukForm]] = {
    "home-education": HomeEducationForm,
    "provision": ProvisionForm,
    "plan": PlanForm,
    "part-time": PartTimeForm,
}
