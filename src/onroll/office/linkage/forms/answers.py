"""What is asked of somebody who answers for whom a search found, and how lists are narrowed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from onroll.matching.causes import CAUSES
from onroll.office.linkage.actions.answers import MOST_WORDS, Reason, What
from onroll.office.linkage.queries.candidates_memory import ASKED_AGAIN, ASKED_AGAIN_WORDS, NEVER
from onroll.office.web.forms import ChooseOne, FilterForm, GovukForm, LongText, ShortText

AGES = [("", "Any"), *((str(age), str(age)) for age in range(4, 18))]
LEAST = [("", "Any"), *((str(n), f"{n}% and more") for n in (90, 75, 50, 25))]


class NotMissingForm(GovukForm):
    """Why somebody is not missing education."""

    reason = ChooseOne(
        label="Why are they not missing education?",
        choices=Reason.choices,
        hints={
            reason: ASKED_AGAIN_WORDS[when] for reason, when in ASKED_AGAIN.items() if when == NEVER
        },
    )
    note = LongText(
        label="How do you know?",
        required=False,
        max_length=MOST_WORDS,
        rows=3,
        help_text="For example: on the roll of the school that it told us by telephone",
    )
    names = {"reason": "why they are not missing education", "note": "how you know"}

    def __init__(self, *args: Any, short: bool = False, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if short:
            reason: Any = self.fields["reason"]
            reason.hints = {}


class LookIntoForm(GovukForm):
    """What triage should know besides the evidence."""

    why = LongText(
        label="Anything that triage should know",
        required=False,
        max_length=MOST_WORDS,
        rows=3,
        help_text="The records and the reasons of the search go with the referral",
    )
    names = {"why": "what triage should know"}


class FoundFilter(FilterForm):
    """Narrow the list of whom a search found."""

    cause = forms.ChoiceField(
        label="Likely cause",
        choices=[("", "Any"), *((key, cause.title) for key, cause in CAUSES.items())],
    )
    answered = forms.ChoiceField(
        label="Answered",
        choices=[("", "Waiting for an answer"), ("any", "Answered"),
                 (What.NOT_MISSING, "Answered: not missing"),
                 (What.LOOK_INTO, "Answered: look into it")],
    )  # fmt: skip
    source = forms.ChoiceField(label="On the list", choices=[])
    youngest = forms.TypedChoiceField(label="Age from", choices=AGES, coerce=int, empty_value=None)
    oldest = forms.TypedChoiceField(label="Age to", choices=AGES, coerce=int, empty_value=None)
    area = ShortText(label="Postcode begins with", max_length=8, width=5)
    least = forms.ChoiceField(label="Probability", choices=LEAST)

    def __init__(self, *args: Any, sources: Mapping[str, str], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("source", [("", "Any"), *sorted(sources.items(), key=lambda s: s[1])])
