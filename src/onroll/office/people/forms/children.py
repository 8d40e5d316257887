"""Finding and adding a child, the child's own details, and sealing."""

from typing import Any

from django import forms

from onroll.office.people import queries
from onroll.office.web.forms import (
    ChooseOne,
    DateField,
    GovukForm,
    LongText,
    ShortText,
)


class FindForm(GovukForm):
    """The one box."""

    q = ShortText(label="Find a child", required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, max_value=1000)


CONTRADICTS = "A date of birth is entered above: select whether it is exact or estimated"


class AddForm(GovukForm):
    """A child who was searched for and not found."""

    given_names = ShortText(label="Given names", required=False, max_length=200)
    family_name = ShortText(label="Family name", max_length=200)
    known_as = ShortText(label="Known as", required=False, max_length=100)
    born_on = DateField(label="Date of birth", required=False, not_in_future=True)
    birth_date_is = ChooseOne(
        label="Is the date of birth exact?",
        choices=queries.BIRTH_DATES,
        initial="exact",
        inline=True,
    )
    sex = ChooseOne(label="Sex", choices=queries.SEXES, initial="U", inline=True)
    first_language = ShortText(
        label="First language",
        required=False,
        max_length=100,
        width=20,
        suggestions=queries.LANGUAGES,
    )
    needs_interpreter = forms.BooleanField(label="An interpreter is needed", required=False)
    upn = ShortText(label="UPN", required=False, max_length=30, width=20)
    line_1 = ShortText(label="First line of the address", required=False, max_length=200)
    town = ShortText(label="Town", required=False, max_length=100, width=20)
    postcode = ShortText(label="Postcode", required=False, max_length=12, width=10)
    address_from = DateField(label="Lives there since", required=False, not_in_future=True)
    source = ShortText(
        label="How do you know?",
        help_text="For example: telephone call from the mother, 5 March 2026",
        required=False,
        max_length=300,
    )
    searched = forms.CharField(widget=forms.HiddenInput)
    looked_at = forms.CharField(widget=forms.HiddenInput, required=False)

    names = {"upn": "the UPN"}
    sections = (
        (
            "The child",
            ("given_names", "family_name", "known_as", "born_on", "birth_date_is", "sex"),
        ),
        ("Language", ("first_language", "needs_interpreter")),
        ("How the child is known", ("upn", "line_1", "town", "postcode", "address_from", "source")),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("birth_date_is") != "unknown" and not given.get("born_on"):
            if "born_on" not in self.errors:
                self.add_error("born_on", "Enter the date of birth, or select “Not known” below")
        elif given.get("birth_date_is") == "unknown" and given.get("born_on"):
            self.add_error("birth_date_is", CONTRADICTS)
        if given.get("line_1") and not given.get("address_from"):
            given["address_from"] = self.today
        return given


class DetailsForm(GovukForm):
    """What is believed of the child whatever the day."""

    born_on = DateField(label="Date of birth", required=False, not_in_future=True)
    birth_date_is = ChooseOne(
        label="Is the date of birth exact?", choices=queries.BIRTH_DATES, inline=True
    )
    sex = ChooseOne(label="Sex", choices=queries.SEXES, inline=True)
    ethnicity = ShortText(
        label="Ethnicity",
        help_text="The code of the school census, such as WBRI",
        required=False,
        max_length=4,
        width=5,
    )
    died_on = DateField(label="Date of death", required=False, not_in_future=True)
    source = ShortText(
        label="How do you know, or why is it corrected?",
        help_text="For example: birth certificate seen on 5 March 2026",
        required=False,
        max_length=300,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        is_unknown = given.get("birth_date_is") == "unknown"
        if is_unknown and given.get("born_on"):
            self.add_error("birth_date_is", CONTRADICTS)
        elif not is_unknown and not given.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", "Enter the date of birth, or select “Not known” below")
        return given


class CarerForm(GovukForm):
    """What somebody beside a child is called, and in which language one speaks to them."""

    title = ShortText(label="Title", required=False, max_length=20, width=5)
    given_names = ShortText(label="Given names", required=False, max_length=200)
    family_name = ShortText(label="Family name", max_length=200)
    first_language = ShortText(label="First language", required=False, max_length=80)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReasonForm(GovukForm):
    """Why."""

    reason = LongText(label="Why?", max_length=2000, rows=4)


class EmergencyForm(GovukForm):
    """Opening a record in an emergency."""

    child_ref = ShortText(
        label="Reference of the child", max_length=30, width=20, help_text="12 letters and figures"
    )
    reason = LongText(
        label="Why do you need the record now?",
        help_text="Your manager and whoever reviews the journal will read it",
        max_length=2000,
        rows=4,
    )
