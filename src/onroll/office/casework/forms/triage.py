"""What is chosen in the queue, and what is decided on one referral."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from onroll.office.casework.forms.referrals import SchoolLookup
from onroll.office.casework.queries.referrals import (
    AGE_BANDS,
    FORM_CHOICES,
    SOURCE_CHOICES,
    STATE_CHOICES,
)
from onroll.office.casework.queries.triage import CONCLUSIONS, ELSEWHERE_CHOICES
from onroll.office.web.forms import ChooseOne, DateField, FilterForm, LongText, ShortText

NEW_CHILD = "new"

DECISIONS = [
    ("accept", "Accept into a new case"),
    ("add", "Add to an open case"),
    ("reopen", "Reopen a closed case"),
    ("place", "Record the place: no case needed"),
    ("school", "Return to the school as a matter of attendance"),
    ("elsewhere", "Refer elsewhere"),
    ("more", "Ask for more"),
    ("none", "No further action"),
]


class QueueFilter(FilterForm):
    """What of the queue to show."""

    source = forms.ChoiceField(label="Told by", choices=[("", "Anybody"), *SOURCE_CHOICES])
    form = forms.ChoiceField(label="Kind", choices=[("", "Any"), *FORM_CHOICES])
    school = ShortText(label="School")
    age = forms.ChoiceField(
        label="Age", choices=[("", "Any"), *((key, band[0]) for key, band in AGE_BANDS.items())]
    )
    state = forms.ChoiceField(
        label="State", choices=[("", "Waiting for a decision"), *STATE_CHOICES]
    )
    harm = forms.BooleanField(label="Significant harm")
    late = forms.BooleanField(label="Came late")
    mine = forms.BooleanField(label="Taken or asked about by me")


class DecisionForm(SchoolLookup):
    """A decision on one referral, with the consideration of safeguarding that it needs.

    `children`, `cases` and `closed_cases` are what the page shows beside it: only these can be
    chosen.
    """

    names: ClassVar[dict[str, str]] = {
        "because": "what you looked at",
        "conclusion": "what you concluded about safety",
        "since": "day since when it is so again",
        "starts_on": "day on which the child is to start",
    }

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)  # the matches that were shown
    conclusion = ChooseOne(label="Safeguarding: what do you conclude?", choices=CONCLUSIONS)
    because = LongText(
        label="What did you look at, and why do you conclude so?", rows=3, max_length=4000
    )
    decision = ChooseOne(
        label="Decision",
        choices=DECISIONS,
        reveals={
            "accept": ["accepted_child", "kind", "team", "owner"],
            "add": ["case"],
            "reopen": ["closed_case", "since"],
            "place": ["placed_child", "school", "school_choice", "starts_on"],
            "elsewhere": ["to_kind", "to"],
        },
    )
    accepted_child = ChooseOne(label="Whose case is it?", choices=[])
    kind = forms.ChoiceField(label="Kind of case", choices=[])
    team = forms.ChoiceField(label="Team", choices=[], required=False)
    owner = forms.ChoiceField(label="Key worker", choices=[], required=False)
    case = ChooseOne(label="Which case?", choices=[])
    closed_case = ChooseOne(label="Which closed case?", choices=[])
    since = DateField(
        label="Since when is it so again?",
        not_in_future=True,
        help_text="For missing education: the first day on which the child was missing again",
    )
    placed_child = ChooseOne(label="Which child is it?", choices=[])
    school = ShortText(
        label="At which school?",
        max_length=150,
        help_text="Name, town, or DfE number such as 999/4001",
    )
    starts_on = DateField(label="Starts, or is to start, on")
    to_kind = ChooseOne(label="To whom?", choices=ELSEWHERE_CHOICES)
    to = ShortText(label="Which, and to whom there?", max_length=200)
    reason = LongText(
        label="Reason",
        required=False,
        rows=3,
        max_length=4000,
        help_text="Needed unless you accept it or add it to an open case. For “ask for more”, say "
        "what you asked, of whom and how.",
    )

    def __init__(
        self,
        *args: Any,
        children: Sequence[tuple[str, str]],
        cases: Sequence[tuple[str, str]],
        closed_cases: Sequence[tuple[str, str]] = (),
        kinds: Sequence[tuple[str, str]],
        teams: Sequence[tuple[str, str]],
        workers: Sequence[tuple[str, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        # Fields are copied for each form, the mapping in them is not.
        fields: Any = self.fields
        decision = fields["decision"]
        decision.reveals = {key: list(names) for key, names in decision.reveals.items()}
        whose = [*children, (NEW_CHILD, "A child not yet known: add from this referral")]
        self.shown = ",".join(ref for ref, _ in children)
        self.fields["seen"].initial = self.shown
        fields["accepted_child"].choices = whose
        fields["placed_child"].choices = whose
        fields["kind"].choices = list(kinds)
        fields["team"].choices = list(teams)
        fields["owner"].choices = [("", "Nobody yet"), *workers]
        fields["case"].choices = list(cases)
        fields["closed_case"].choices = list(closed_cases)
        if not cases:
            self._never("add", "case")
        if not closed_cases:
            self._never("reopen", "closed_case", "since")
        if not kinds:
            self._never("accept", "accepted_child", "kind", "team", "owner")
        if "school_choice" not in self.fields:
            self._reveals()["place"].remove("school_choice")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen = given.get("accepted_child") or given.get("placed_child")
        if chosen == NEW_CHILD and given.get("seen", "") != self.shown:
            raise forms.ValidationError(
                "The list of possible matches has changed since this page was opened. Look at it "
                "again before you add a child."
            )
        return given

    def _reveals(self) -> dict[str, list[str]]:
        field: Any = self.fields["decision"]
        return field.reveals  # type: ignore[no-any-return]

    @property
    def decisions(self) -> list[tuple[str, str]]:
        """The decisions that can be made here, in words."""
        field: Any = self.fields["decision"]
        return [(key, str(title)) for key, title in field.choices]

    def _never(self, decision: str, *names: str) -> None:
        """Take away a decision that cannot be made here."""
        field: Any = self.fields["decision"]
        field.choices = [pair for pair in field.choices if pair[0] != decision]
        self._reveals().pop(decision)
        for name in names:
            del self.fields[name]
