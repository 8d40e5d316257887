"""Forms about teams, bodies, posts and the authority itself."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from onroll.office.accounts import queries
from onroll.office.accounts.queries.rules import LONGEST_LIMIT
from onroll.office.web.brand import LEAST_CONTRAST, contrast_with_white
from onroll.office.web.forms import (
    AuthorityField,
    ChooseMany,
    ChooseOne,
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    OneBoxDateField,
    ShortText,
    YesNo,
)


class AsAtForm(FilterForm):
    """A day to look at."""

    on = OneBoxDateField(label="As at", help_text="For example 1 April 2018")


class DatedForm(GovukForm):
    """What is written about something, and from which day it is so. Nothing new asks the day."""

    starts_on = DateField(label="From which day is this so?", required=False)
    names = {"starts_on": "the day from which it is so"}

    def __init__(self, *args: Any, is_new: bool = False, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if is_new:
            self.fields.pop("starts_on")
        else:
            self.order_fields([name for name in self.fields if name != "starts_on"])
            self.fields[
                "starts_on"
            ].help_text = (
                "Before that day it stays as it was. If it was wrong all along, give its first day"
            )


class ServiceForm(DatedForm):
    """A service and what it is part of."""

    name = ShortText(max_length=200)
    part_of = forms.TypedChoiceField(
        label="Part of",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="A service may group other services.",
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        part_of: Any = self.fields["part_of"]
        part_of.choices = [
            ("", "Nothing: it stands alone"),
            *queries.service_choices(),
        ]


class TeamForm(DatedForm):
    """A team's own details."""

    name = ShortText(max_length=200)
    email = forms.EmailField(
        label="Mailbox", required=False, help_text="Printed on the team’s letters."
    )
    telephone = ShortText(required=False, max_length=50, width=20)
    kinds = ChooseMany(
        label="Kinds of case it takes",
        required=False,
        help_text="New referrals of these kinds are offered to this team.",
    )
    duties = LongText(label="What it is responsible for", required=False, max_length=2000, rows=4)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("kinds", queries.kind_choices())


class FromDayForm(GovukForm):
    """Something that begins on a day, with why it is known."""

    starts_on = DateField(label="From")
    source = ShortText(
        label="Why, or how it is known",
        required=False,
        max_length=300,
        help_text="For example “Cabinet report, reorganisation of children’s services”.",
    )
    names = {"starts_on": "the day from which it holds"}


class PlaceForm(FromDayForm):
    """The service that a team moves into."""

    service = forms.TypedChoiceField(coerce=int)
    sections = (("", ("service", "starts_on", "source")),)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("service", [("", "Select a service"), *queries.service_choices()])


class DeliverForm(FromDayForm):
    """The body that does a team's work."""

    body = forms.TypedChoiceField(coerce=int, label="Delivered by")
    sections = (("", ("body", "starts_on", "source")),)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        own = queries.body_choices(natures=("authority", "commissioned"))
        self.offer("body", [("", "Select a body"), *own])


class JoinForm(FromDayForm):
    """Somebody who joins a team."""

    user = forms.TypedChoiceField(coerce=int, label="Person")
    sections = (("", ("user", "starts_on", "source")),)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("user", [("", "Select a person"), *people])


class BodyForm(GovukForm):
    """An organisation that the authority works with."""

    name = ShortText(max_length=200)
    nature = ChooseOne(label="What it is to the authority")
    la_code = AuthorityField(
        label="Which local authority?", required=False, empty="Not a local authority of England"
    )
    email = forms.EmailField(label="E-mail address", required=False)
    telephone = ShortText(required=False, max_length=50, width=20)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("nature", queries.body_natures())


class LocalityForm(GovukForm):
    """A part of the area."""

    name = ShortText(max_length=200)


class AreasForm(FromDayForm):
    """The postcodes of a locality."""

    areas = LongText(
        label="Its postcodes begin with",
        required=False,
        rows=8,
        max_length=4000,
        help_text="One a line: a district such as ZZ1, or a sector such as ZZ1 4. A sector goes "
        "before the district that it is part of.",
    )
    sections = (("", ("areas", "starts_on", "source")),)

    def clean_areas(self) -> list[str]:
        return [line for line in self.cleaned_data["areas"].splitlines() if line.strip()]


class AppointForm(FromDayForm):
    """A named person of an office."""

    office = ChooseOne(label="Appointed as")
    is_deputy = YesNo(label="Are they the deputy?")
    name = ShortText(max_length=200, label="Full name")
    email = forms.EmailField(label="E-mail address", required=False)
    telephone = ShortText(required=False, max_length=50, width=20)
    sections = (("", ("office", "is_deputy", "name", "email", "telephone", "starts_on", "source")),)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("office", queries.office_choices())


class PostForm(DatedForm):
    """A post, whatever it is called here."""

    title = ShortText(max_length=200, help_text="What the post is called here.")
    category = forms.ChoiceField(
        label="Counted as", help_text="Posts with different titles are counted together."
    )
    employer = ChooseOne(label="Employed by")
    team_id = forms.TypedChoiceField(label="Team", required=False, coerce=int, empty_value=None)
    established_on = DateField(label="Established on")
    abolished_on = DateField(
        label="Last day of the post", required=False, help_text="Leave empty if it still exists."
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("category", [("", "Select a category"), *queries.categories()])
        self.offer("employer", queries.employers())
        self.offer("team_id", [("", "No team"), *queries.team_choices()])


class HoldForm(GovukForm):
    """Who held a post, from when to when."""

    holder = ShortText(max_length=200, label="Who held it", help_text="Their name.")
    user = forms.TypedChoiceField(
        label="Their sign-in",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="If they sign in here.",
    )
    full_time_equivalent = forms.DecimalField(
        label="Share of full time",
        min_value=0.05,
        max_value=1,
        decimal_places=2,
        initial=1,
        help_text="1 is full time, 0.5 is half time.",
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", required=False, help_text="Leave empty if it goes on.")
    source = ShortText(label="How it is known", required=False, max_length=300)
    names = {"holder": "who held it", "starts_on": "first day", "ends_on": "last day"}

    def __init__(self, *args: Any, people: list[tuple[int, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("user", [("", "Nobody who signs in"), *people])


class RecordingForm(GovukForm):
    """Since when a series has been recorded here."""

    series = ShortText(
        max_length=100,
        help_text="For example “posts.attendance_officer” or “cases.cme”.",
    )
    began_on = DateField(label="Recording began on")
    says = LongText(
        label="What to say of earlier dates",
        required=False,
        max_length=1000,
        rows=4,
        help_text="Printed beside every figure for an earlier date.",
    )


class AuthorityForm(GovukForm):
    """The authority's identity, letterhead and telephone numbers."""

    name = ShortText(max_length=200)
    la_code = ShortText(label="DfE’s code", max_length=3, width=3, help_text="Three digits.")
    gss_code = ShortText(
        label="ONS code", max_length=9, width=10, help_text="E and eight digits, like E06000000."
    )
    address = LongText(label="Postal address", required=False, rows=4, max_length=500)
    po_box = ShortText(label="PO box", required=False, max_length=50, width=20)
    postcode = ShortText(required=False, max_length=8, width=10)
    website = ShortText(required=False, max_length=200)
    email = forms.EmailField(label="E-mail address", required=False)
    telephone = ShortText(required=False, max_length=50, width=20)
    brand_colour = ShortText(
        label="Colour",
        max_length=7,
        width=10,
        help_text="# and six hexadecimal digits. White words must be readable on it.",
    )
    harm_telephone = ShortText(
        label="Children’s social care, by day",
        required=False,
        max_length=50,
        width=20,
        help_text="Shown at once to anybody who reports significant harm.",
    )
    harm_telephone_out_of_hours = ShortText(
        label="Children’s social care, out of hours", required=False, max_length=50, width=20
    )
    quick_exit_url = forms.URLField(
        label="Where “Leave this page” leads",
        assume_scheme="https",
        help_text="An ordinary page, such as a weather forecast.",
    )
    sections = (
        ("Identity", ("name", "la_code", "gss_code", "brand_colour")),
        ("Letterhead", ("address", "po_box", "postcode", "website", "email", "telephone")),
        (
            "If a child may be in danger",
            ("harm_telephone", "harm_telephone_out_of_hours", "quick_exit_url"),
        ),
    )
    names = {"la_code": "DfE’s code", "gss_code": "ONS code"}

    def clean_la_code(self) -> str:
        if not re.fullmatch(r"\d{3}", self.cleaned_data["la_code"]):
            raise ValidationError("DfE’s code must be three digits, like 899")
        return str(self.cleaned_data["la_code"])

    def clean_gss_code(self) -> str:
        code = str(self.cleaned_data["gss_code"]).upper()
        if not re.fullmatch(r"E\d{8}", code):
            raise ValidationError("ONS code must be E and eight digits, like E06000000")
        return code

    def clean_brand_colour(self) -> str:
        colour = str(self.cleaned_data["brand_colour"]).lower()
        if not re.fullmatch(r"#[0-9a-f]{6}", colour):
            raise ValidationError("Colour must be # and six hexadecimal digits, like #1d4f60")
        if contrast_with_white(colour) < LEAST_CONTRAST:
            raise ValidationError("Colour is too light for white words: choose a darker one")
        return colour


class RulesForm(GovukForm):
    """What the law leaves to the authority, from a day on."""

    pack = forms.ChoiceField(
        label="Policy pack",
        help_text="The authority’s own time limits, and what it counts as missing education "
        "beside the national definition. National law always applies.",
    )
    seen_within = forms.IntegerField(
        label="Say that a child is not seen after",
        min_value=1,
        max_value=LONGEST_LIMIT,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        help_text="Calendar days since anybody saw or spoke to the child.",
    )
    quiet_after = forms.IntegerField(
        label="Say that nothing is done on a case after",
        min_value=1,
        max_value=LONGEST_LIMIT,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        help_text="Calendar days since the last action.",
    )
    starts_on = DateField(label="From", help_text="Today or earlier. Lists change at once.")
    names = {"seen_within": "number of days", "quiet_after": "number of days"}

    def __init__(self, *args: Any, packs: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("pack", packs)


class SwitchForm(GovukForm):
    """The rules that were previewed, and who decided on them."""

    pack = forms.CharField(widget=forms.HiddenInput)
    seen_within = forms.IntegerField(min_value=1, max_value=LONGEST_LIMIT, widget=forms.HiddenInput)
    quiet_after = forms.IntegerField(min_value=1, max_value=LONGEST_LIMIT, widget=forms.HiddenInput)
    starts_on = forms.DateField(widget=forms.HiddenInput)
    instead_of = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    source = ShortText(
        label="Who decided it?",
        required=False,
        max_length=300,
        help_text="For example: the children’s services board, 3 March 2026",
    )


class JournalFilters(FilterForm):
    """What to read of the journal."""

    person = forms.ChoiceField(label="Who")
    verb = forms.ChoiceField(label="What")
    since = OneBoxDateField(label="From")
    until = OneBoxDateField(label="To")

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], verbs: Mapping[str, str], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.offer("person", [("", "Anybody"), *people])
        self.offer("verb", [("", "Anything"), *verbs.items()])
