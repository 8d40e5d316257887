"""What reports are asked, and what is typed about the authority's own policies."""

from typing import Any

from django import forms

from onroll.office.reporting.queries.duties import Filters, Gap
from onroll.office.reporting.queries.guidance import SUBJECT_CHOICES
from onroll.office.reporting.queries.owners import NO_ROLE, owner_choices
from onroll.office.reporting.queries.periods import DATES, TERM, YEAR
from onroll.office.web.forms import (
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    OneBoxDateField,
    ShortText,
)
from onroll.statute.responsibilities import AskedOf, Kind

ASKED_OF = {
    AskedOf.AUTHORITY: "The authority",
    AskedOf.SCHOOL: "Schools",
    AskedOf.BOARD: "Governing boards",
    AskedOf.PARENT: "Parents",
}
KINDS = {
    Kind.DUTY: "Duty in law",
    Kind.POWER: "Power or right in law",
    Kind.GUIDANCE: "Guidance",
    Kind.LOCAL: "An authority’s own statement",
}
GAPS = {
    Gap.OVERDUE: "Clocks overdue",
    Gap.NOTHING: "Nothing recorded in the period",
    Gap.UNTRACED: "Not recorded here",
}


class QuestionForm(FilterForm):
    """As at which day, and as known when."""

    as_at = OneBoxDateField(
        label="As at", required=False, help_text="The day that the figures are about"
    )
    known_at = OneBoxDateField(
        label="As known at the end of",
        required=False,
        help_text="Leave empty for what is known now",
    )


class PeriodForm(FilterForm):
    """Which days the evidence is of."""

    period = forms.ChoiceField(
        label="Period",
        choices=[("", "This term"), (YEAR, "This school year"), (DATES, "The days below")],
    )
    first = OneBoxDateField(label="From", help_text="For example 1 September 2025")
    last = OneBoxDateField(label="To")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must be the first day or later")
        if given.get("period") == DATES and not (first or last) and not self.errors:
            self.add_error("first", "Give the first day, the last day or both")
        return given

    @property
    def wanted(self) -> str:
        """Which kind of period is asked for: days that are typed need not be chosen as well."""
        asked = self.asked
        has_days = "first" in asked or "last" in asked
        return str(asked.get("period") or (DATES if has_days else TERM))


class DutiesForm(PeriodForm):
    """What the register of duties is narrowed to."""

    text = ShortText(label="Words in the title or the source")
    gap = forms.ChoiceField(
        label="Gaps",
        choices=[
            ("", "All entries"),
            ("any", "Only gaps"),
            *((g.value, t) for g, t in GAPS.items()),
        ],
    )
    asked_of = forms.ChoiceField(
        label="Asked of", choices=[("", "Anybody"), *((k.value, t) for k, t in ASKED_OF.items())]
    )
    owner = forms.ChoiceField(label="Owned by")
    subject = forms.ChoiceField(label="Subject", choices=[("", "Any"), *SUBJECT_CHOICES])
    kind = forms.ChoiceField(
        label="With what force", choices=[("", "Any"), *((k.value, t) for k, t in KINDS.items())]
    )
    whose = forms.ChoiceField(
        label="Local statements",
        choices=[("", "This authority’s only"), ("all", "Every authority’s, to compare")],
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("owner", [("", "Anybody"), *owner_choices(), (NO_ROLE, "No role is named")])
        self.order_fields(["period", "first", "last", "text", "gap", "owner", "asked_of"])

    @property
    def filters(self) -> Filters:
        """What was asked for, but for the period."""
        period = set(PeriodForm.base_fields)
        return Filters(**{name: v for name, v in self.asked.items() if name not in period})


class GuidanceForm(FilterForm):
    """Which edition governed on a day."""

    on = OneBoxDateField(
        label="In force on", help_text="The day that a decision was made or a case opened. "
        "Leave empty for today",
    )  # fmt: skip
    subject = forms.ChoiceField(label="Subject", choices=[("", "All"), *SUBJECT_CHOICES])


class PolicyForm(GovukForm):
    """One edition of a policy of the authority's own."""

    title = ShortText(label="Title of the policy", max_length=200)
    subject = forms.ChoiceField(
        label="What is it about?", choices=[("", "Choose"), *SUBJECT_CHOICES]
    )
    edition = ShortText(
        label="Edition", max_length=100,
        help_text="For example 3, or “relaunched in March 2025”",
    )  # fmt: skip
    starts_on = DateField(label="From which day does it apply?")
    review_on = DateField(
        label="When is it to be reviewed?", required=False,
        help_text="Once that day has passed, the page says so",
    )  # fmt: skip
    address = ShortText(
        label="Where can it be read?", required=False, max_length=500,
        help_text="A web address, or where it is filed",
    )  # fmt: skip
    note = LongText(
        label="Note", required=False, rows=3, max_length=1000,
        help_text="What changed, and who adopted it. Nothing about a child",
    )  # fmt: skip

    names = {
        "title": "the title", "subject": "what it is about", "edition": "the edition",
        "starts_on": "the day from which it applies", "review_on": "the day of its review",
    }  # fmt: skip


class EndForm(GovukForm):
    """The last day of a policy that nothing follows."""

    ends_on = DateField(label="What was the last day on which it applied?")
    names = {"ends_on": "the last day"}
