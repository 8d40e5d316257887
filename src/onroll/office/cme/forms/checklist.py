"""What is typed about the kinds of enquiry and the authority's own reasons."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.office.cme import queries
from onroll.office.web.forms import ChooseMany, ChooseOne, GovukForm, LongText, ShortText


class Template(GovukForm):
    """A kind of enquiry: who asks whom, on what basis, by when, and what an answer can show."""

    title = ShortText(label="What is asked, or what is done", max_length=200)
    asked_by = ChooseOne(label="Who asks?", choices=list(queries.ASKED_BY.items()))
    asked_of = ShortText(label="Who is asked?", max_length=200)
    lawful_basis = LongText(label="Lawful basis", rows=2, max_length=500,
                            help_text="On which information is asked for and given")  # fmt: skip
    days_to_answer = forms.IntegerField(
        label="Days to answer", min_value=1, max_value=365,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
    )  # fmt: skip
    pathways = ChooseMany(
        label="On which pathways is it made?", required=False,
        choices=[(key, title) for key, title in queries.PATHWAYS.items() if key],
        help_text="Leave all empty for an enquiry that is made in every case",
    )  # fmt: skip
    shows = ChooseOne(
        label="What can its answer show?",
        choices=[(value or "nothing", label) for value, label in queries.SHOWS],
        initial="nothing",
    )
    cites = ShortText(label="Where it comes from", required=False, max_length=300,
                      help_text="Guidance, a local procedure")  # fmt: skip
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)

    names = {
        "title": "what is asked", "asked_by": "who asks", "asked_of": "who is asked",
        "shows": "what its answer can show",
    }  # fmt: skip

    def clean_shows(self) -> str:
        chosen = str(self.cleaned_data["shows"])
        return "" if chosen == "nothing" else chosen


class Reason(GovukForm):
    """A reason of the authority's own, and the national one under which it is reported."""

    title = ShortText(label="The reason in your words", max_length=200)
    national = forms.ChoiceField(label="National reason")
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)

    names = {"title": "the reason"}

    def __init__(self, *args: Any, national: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("national", [("", "Choose"), *national])
