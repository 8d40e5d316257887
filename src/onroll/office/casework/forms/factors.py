"""What is typed about a risk factor."""

from django import forms

from onroll.office.web.forms import FilterForm, GovukForm, OneBoxDateField, ShortText, YesNo


class FactorForm(GovukForm):
    """What a factor is called, what it weighs and what follows from it."""

    title = ShortText(label="Factor", max_length=120)
    weight = forms.IntegerField(
        label="Points",
        min_value=0,
        max_value=99,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        help_text="Beside the other factors: no scale is published.",
    )
    applies_when = ShortText(
        label="When it applies",
        required=False,
        max_length=300,
        help_text="Shown beside the box to whoever refers a child.",
    )
    is_harm = YesNo(
        label="Does it put a referral first?",
        help_text="As significant harm does, whatever else is waiting.",
    )
    is_restricted = YesNo(
        label="Is it restricted?",
        help_text="Named only to those who see restricted safeguarding flags.",
    )
    is_concern = YesNo(
        label="Is it a kind of safeguarding concern?",
        help_text="Then a concern about a child can be raised under it.",
    )
    source = ShortText(
        label="Who decided it, or why?",
        required=False,
        max_length=300,
        help_text="For example: reviewed with the safeguarding lead, March 2026",
    )


class ChangeFactor(FactorForm):
    """The same, with the version that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class TableDay(FilterForm):
    """The day whose table of factors is shown."""

    on = OneBoxDateField(label="As on", help_text="For example 1 April 2026")
