"""One form for each kind of fact; the same to record it and to correct it."""

from typing import Any

from django import forms

from onroll.office.accounts import queries as accounts
from onroll.office.accounts.queries import authority
from onroll.office.kernel.actor import Actor
from onroll.office.people import queries
from onroll.office.web.forms import (
    AuthorityField,
    ChooseOne,
    CountryField,
    DateField,
    GovukForm,
    LongText,
    ShortText,
    YesNoUnknown,
)

NOTHING_CHOSEN = [("", "Choose")]


class FactForm(GovukForm):
    """What every fact has: from when, until when, how we know; or why it is corrected."""

    starts_on = DateField(label="From")
    ends_on = DateField(label="Until", required=False, help_text="The last day, if it has ended")
    source = ShortText(
        label="How do you know?",
        required=False,
        max_length=300,
        help_text="For example: told by the school office",
    )
    because = LongText(
        label="Why is it corrected?",
        help_text="What was recorded before stays in the history with your reason",
        max_length=1000,
        rows=3,
    )

    own: tuple[str, ...] = ()  # the fields of the fact itself, in their order

    def __init__(
        self, *args: Any, child: Any, actor: Actor, is_correction: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.child, self.actor = child, actor
        self.prepare()
        self.fields.pop("source" if is_correction else "because")
        if is_correction:
            for fixed in self.fixed:
                self.fields.pop(fixed, None)
        self.order_fields([*self.own, "starts_on", "ends_on", "source", "because"])

    fixed: tuple[str, ...] = ()  # what a correction cannot change

    def prepare(self) -> None:
        """Fill in choices that depend on the child or on who asks."""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "“Until” must be the same day as “From” or later")
        return given


class NameForm(FactForm):
    own = ("use", "given_names", "family_name")
    use = ChooseOne(label="Use", choices=queries.NAME_USES)
    given_names = ShortText(label="Given names", required=False, max_length=200)
    family_name = ShortText(label="Family name", required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if (
            not (given.get("given_names") or "").strip()
            and not (given.get("family_name") or "").strip()
        ):
            self.add_error("family_name", "Enter a name, even if only one is known")
        return given


class IdentifierForm(FactForm):
    own = ("scheme", "value")
    scheme = forms.ChoiceField(label="Kind of number", choices=[*NOTHING_CHOSEN, *queries.SCHEMES])
    value = ShortText(label="Number", max_length=60, width=20)


class AddressForm(FactForm):
    own = ("use", "line_1", "line_2", "town", "postcode", "la_code")
    use = ChooseOne(label="Use", choices=queries.ADDRESS_USES, initial="home")
    line_1 = ShortText(label="Address line 1", max_length=200)
    line_2 = ShortText(label="Address line 2", required=False, max_length=200)
    town = ShortText(label="Town", required=False, max_length=100, width=20)
    postcode = ShortText(label="Postcode", required=False, max_length=12, width=10)
    la_code = AuthorityField(
        label="Authority, if it is outside this area",
        empty="This area, or not known",
        required=False,
    )

    def prepare(self) -> None:
        own = authority()
        field: Any = self.fields["la_code"]
        if own.la_code not in dict(field.choices):
            field.choices = [*field.choices, (own.la_code, f"{own.name} ({own.la_code})")]


class LocalityForm(FactForm):
    own = ("locality",)
    fixed = ("locality",)
    locality = forms.ChoiceField(label="Counted in")

    def prepare(self) -> None:
        self.offer("locality", [*NOTHING_CHOSEN, *accounts.locality_choices()])

    def clean_locality(self) -> int:
        return int(self.cleaned_data["locality"])


class FlagForm(FactForm):
    own = ("flag", "detail")
    fixed = ("flag",)
    flag = forms.ChoiceField(label="Flag")
    detail = LongText(label="Detail", required=False, max_length=2000, rows=3)

    def prepare(self) -> None:
        choices = queries.flag_choices(by=self.actor)
        self.offer("flag", [*NOTHING_CHOSEN, *choices])


class CarerForm(FactForm):
    own = (
        "existing",
        "title",
        "given_names",
        "family_name",
        "first_language",
        "needs_interpreter",
        "kind",
        "parental_responsibility",
        "lives_with",
        "contact",
        "priority",
        "detail",
    )
    fixed = (
        "existing",
        "title",
        "given_names",
        "family_name",
        "first_language",
        "needs_interpreter",
    )
    existing = forms.ChoiceField(
        label="Somebody already known",
        required=False,
        help_text="A carer of a brother, a sister or a child at the same address",
    )
    title = ShortText(label="Title", required=False, max_length=30, width=5)
    given_names = ShortText(label="Given names", required=False, max_length=200)
    family_name = ShortText(label="Family name", required=False, max_length=200)
    first_language = ShortText(label="First language", required=False, max_length=100, width=20)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    kind = forms.ChoiceField(
        label="Who they are to the child", choices=[*NOTHING_CHOSEN, *queries.RELATIONSHIPS]
    )
    parental_responsibility = ChooseOne(
        label="Parental responsibility",
        choices=queries.RESPONSIBILITY,
        initial="unknown",
    )
    lives_with = YesNoUnknown(label="Do they live with the child?", initial="unknown")
    contact = ChooseOne(
        label="May they be contacted?", choices=queries.MAY_CONTACT, initial="unknown"
    )
    priority = forms.IntegerField(
        label="Order in which to contact", initial=1, min_value=1, max_value=20
    )
    detail = LongText(label="Detail", required=False, max_length=1000, rows=3)

    def prepare(self) -> None:
        known = queries.carers_nearby(self.child, by=self.actor)
        if known:
            self.offer("existing", [("", "Nobody: a new person"), *known])
        else:
            self.fields.pop("existing")

    def clean_lives_with(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["lives_with"])

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if "family_name" in self.fields and not any(
            (given.get(name) or "").strip() for name in ("existing", "given_names", "family_name")
        ):
            self.add_error("family_name", "Enter a name, even if only one is known")
        return given


class ContactForm(FactForm):
    own = ("whose", "kind", "value", "safe")
    fixed = ("whose",)
    whose = forms.ChoiceField(label="Whose is it?")
    kind = ChooseOne(label="Kind", choices=queries.CONTACT_KINDS, inline=True)
    value = ShortText(label="Number or address", max_length=200, width=30)
    safe = ChooseOne(
        label="Is it safe to use?",
        choices=queries.SAFE,
        initial="unknown",
        help_text="Until somebody has checked, nothing is sent to it",
    )

    def prepare(self) -> None:
        whose = [("", "The child’s own"), *queries.carer_choices(self.child, by=self.actor)]
        self.offer("whose", whose)
        self.fields["whose"].required = False


class CarerAddressForm(FactForm):
    own = ("whose", "line_1", "line_2", "town", "postcode", "safe")
    fixed = ("whose",)
    whose = forms.ChoiceField(label="Whose is it?")
    line_1 = ShortText(label="Address line 1", max_length=200)
    line_2 = ShortText(label="Address line 2", required=False, max_length=200)
    town = ShortText(label="Town", required=False, max_length=100, width=20)
    postcode = ShortText(label="Postcode", required=False, max_length=12, width=10)
    safe = ChooseOne(
        label="Is it safe to write to?",
        choices=queries.SAFE,
        initial="unknown",
        help_text="Until somebody has checked, no letter goes there",
    )

    def prepare(self) -> None:
        whose = [*NOTHING_CHOSEN, *queries.carer_choices(self.child, by=self.actor)]
        self.offer("whose", whose)


class ProfessionalForm(FactForm):
    own = ("role", "name", "organisation", "telephone", "email")
    role = forms.ChoiceField(label="Role", choices=[*NOTHING_CHOSEN, *queries.PROFESSIONS])
    name = ShortText(label="Name", max_length=200)
    organisation = ShortText(label="Organisation", required=False, max_length=200)
    telephone = ShortText(label="Telephone", required=False, max_length=40, width=20)
    email = forms.EmailField(label="E-mail", required=False)


class WhereaboutsForm(FactForm):
    own = ("conclusion", "la_code", "country", "strength", "evidence", "return_expected_on")
    conclusion = ChooseOne(
        label="Where is the child?",
        choices=queries.CONCLUSIONS,
        reveals={"elsewhere": ["la_code"], "abroad": ["country"]},
    )
    la_code = AuthorityField(label="Authority", required=False, empty="Not known")
    country = CountryField(label="Country", required=False, empty="Not known")
    strength = ChooseOne(label="How sure is it?", choices=queries.STRENGTHS)
    evidence = LongText(
        label="Evidence",
        help_text="Who told, when, and how it was checked",
        required=False,
        max_length=3000,
    )
    return_expected_on = DateField(
        label="Return expected", required=False, help_text="If the child is away for a time"
    )


class HazardForm(FactForm):
    own = ("place", "hazard", "advice")
    fixed = ("place",)
    place = ChooseOne(label="Which house?", choices=())
    hazard = ShortText(label="What to know", max_length=300, help_text="For example: a large dog")
    advice = LongText(label="What to do before visiting", required=False, max_length=1000, rows=3)

    def prepare(self) -> None:
        houses = queries.place_choices(self.child, by=self.actor)
        self.offer("place", houses)


class LanguageForm(FactForm):
    own = ("language", "is_first", "at_home", "interpreter")
    language = ShortText(
        label="Language",
        help_text="As people call it. Leave it empty if only the need of an interpreter is known",
        required=False,
        max_length=100,
        width=20,
        suggestions=queries.LANGUAGES,
    )
    is_first = forms.BooleanField(label="It is the child’s first language", required=False)
    at_home = YesNoUnknown(label="Is it spoken at home?", initial="unknown")
    interpreter = ChooseOne(
        label="Who needs an interpreter?", choices=queries.INTERPRETERS, initial="unknown"
    )

    def clean_at_home(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["at_home"])


class YearTaughtForm(FactForm):
    own = ("year_group",)
    year_group = forms.ChoiceField(
        label="Taught in year group", choices=[*NOTHING_CHOSEN, *queries.YEARS_TAUGHT]
    )

    def prepare(self) -> None:
        self.fields[
            "ends_on"
        ].help_text = "Left empty, until 31 August: the next school year is recorded on its own"

    def clean_year_group(self) -> int:
        return int(self.cleaned_data["year_group"])


class EndForm(GovukForm):
    """The last day on which a fact held."""

    ends_on = DateField(label="Last day")
    source = ShortText(label="How do you know?", required=False, max_length=300)


class WithdrawForm(GovukForm):
    """Why a fact was recorded in error."""

    because = LongText(
        label="Why was it recorded in error?",
        help_text="It stays in the history with your reason",
        max_length=1000,
        rows=3,
    )
