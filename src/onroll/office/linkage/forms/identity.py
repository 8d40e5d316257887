"""Saying that two records are of one child or of two, and narrowing the lists of them."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.office.web.forms import (
    ChooseOne,
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    ShortText,
)

MOST_WORDS = 2_000
LEAST_SCORES = (("", "Any that is listed"), ("70", "70 and more"), ("85", "85 and more"))
TWINS = (("", "Leave out"), ("only", "Show only those"))


class PairFilters(FilterForm):
    """Narrow the list of probable duplicates."""

    text = ShortText(label="Name", max_length=80)
    least = forms.ChoiceField(label="Score", choices=LEAST_SCORES)
    twins = forms.ChoiceField(label="Who may be twins", choices=TWINS)


class JoinedFilters(FilterForm):
    """Narrow the list of joined records."""

    text = ShortText(label="Name or reference", max_length=80)


class OtherRecord(GovukForm):
    """The reference of the other record of a child."""

    other = ShortText(
        label="Reference of the other record", max_length=40, width=20,
        help_text="It is in the address of the child’s page",
    )  # fmt: skip

    names = {"other": "the reference of the other record"}


class Why(GovukForm):
    """A reason that colleagues will read."""

    why = LongText(
        label="What shows it?", rows=4, max_length=MOST_WORDS,
        help_text="Say what you saw and who told you. Colleagues read it with the records",
    )  # fmt: skip

    names = {"why": "what shows it"}


class Join(GovukForm):
    """Which of two records stays in use, from when it is one child, and what shows it."""

    stays = ChooseOne(label="Which record stays in use?", choices=[])
    starts_on = DateField(
        label="From which day is it one child in figures?", not_in_future=True,
        help_text="As a rule the first day of which the second record says anything but the birth",
    )  # fmt: skip
    why = LongText(
        label="What shows that it is one child?", rows=4, max_length=MOST_WORDS,
        help_text="Say what you saw and who told you. Colleagues read it with the records",
    )  # fmt: skip

    names = {
        "stays": "which record stays in use", "starts_on": "day from which it is one child",
        "why": "what shows that it is one child",
    }  # fmt: skip

    def __init__(self, *args: Any, stays: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("stays", stays)


class Answer(GovukForm):
    """Agree that two records are of one child, or say why not."""

    answer = ChooseOne(
        label="Are these records of one child?",
        choices=[("agree", "Yes: join them"), ("decline", "No, or not certain")],
        reveals={"decline": ["why"]},
    )
    why = LongText(label="Why not?", rows=3, max_length=MOST_WORDS)

    names = {"answer": "whether these records are of one child", "why": "why not"}
