"""Questions asked about schools and about where a child is on roll."""

from datetime import date
from typing import Any

from django import forms

from onroll.office.accounts import queries as accounts
from onroll.office.schools import queries
from onroll.office.web.forms import (
    ChooseOne,
    DateField,
    FilterForm,
    GovukForm,
    OneBoxDateField,
    ShortText,
)

YEAR_GROUPS = [
    ("", "Not known"),
    ("-1", "Nursery"),
    ("0", "Reception"),
    *((str(year), f"Year {year}") for year in range(1, 15)),
]


def _select(label: str, choices: Any = (), **rest: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, **rest)


class SchoolsFilter(FilterForm):
    """What to show in the directory."""

    text = ShortText(label="Name, town, URN or postcode")
    phase = _select("Phase", [("", "Any"), *((p, p) for p in queries.PHASES)])
    type_group = _select("Type")
    locality = _select("Locality")
    standing = _select("Open or closed", [("", "Open"), ("closed", "Closed"), ("any", "Any")])
    area = _select("Area", [("", "This authority"), ("any", "Everywhere")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("type_group", [("", "Any"), *queries.type_groups()])
        self.offer("locality", [("", "Any"), *accounts.locality_choices()])


class GapsFilter(FilterForm):
    """Which role the gaps are asked about."""

    role = _select("Role", [("", "Any of them"), *((e.role, e.title) for e in queries.EXPECTED)])


class ContactForm(GovukForm):
    """Whom to ring in a school, for what."""

    role = _select("What they are there for", [("", "Choose"), *queries.CONTACT_ROLES])
    name = ShortText(label="Name", max_length=120, width=30)
    telephone = ShortText(label="Telephone", required=False, max_length=40, width=20)
    email = forms.EmailField(label="E-mail", required=False)
    starts_on = DateField(label="From", help_text="The day from which they are the one to ring.")

    names = {"starts_on": "the day from which they are the one to ring"}


class ContactChangeForm(GovukForm):
    """What has changed about somebody to ring."""

    name = ShortText(label="Name", max_length=120, width=30)
    telephone = ShortText(label="Telephone", required=False, max_length=40, width=20)
    email = forms.EmailField(label="E-mail", required=False)


class EndForm(GovukForm):
    """The last day of something."""

    on = DateField(label="Last day", not_in_future=True)


class LocalityForm(GovukForm):
    """The locality in which a school is counted."""

    locality = _select("Locality")
    on = DateField(label="From")

    names = {"on": "the day from which it is counted there"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("locality", [("", "Choose"), *accounts.locality_choices()])

    def clean_locality(self) -> int:
        return int(self.cleaned_data["locality"])


class VacanciesForm(GovukForm):
    """Places free in a year group."""

    year_group = _select("Year group", [("", "Choose"), *YEAR_GROUPS[1:]])
    places = forms.IntegerField(label="Places free", min_value=0, max_value=500)
    on = DateField(label="As at", not_in_future=True)

    names = {"on": "the day on which so many places were free"}

    def clean_year_group(self) -> int:
        return int(self.cleaned_data["year_group"])


class SchoolChoice(GovukForm):
    """A school of this authority chosen from the list, or another named by its number."""

    school = _select("School", required=False)
    other_school = ShortText(
        label="Or a school elsewhere",
        required=False,
        help_text="Its URN, its number like 999/4001, or its whole name.",
    )
    needs_school = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("school", queries.choices(empty="Choose"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        chosen, typed = given.get("school"), (given.get("other_school") or "").strip()
        if chosen and typed:
            self.add_error("other_school", "Choose from the list or name another, not both")
        elif typed:
            given["school"] = queries.school_for(typed)
            if given["school"] is None:
                self.add_error("other_school", _not_known(typed))
        elif chosen:
            given["school"] = queries.school(int(chosen))
        else:
            given["school"] = None
            if self.needs_school and "school" not in self.errors:
                self.add_error("school", "Select a school, or name another")
        return given


def _not_known(typed: str) -> str:
    near = [f"{s.name} ({s.urn})" for s in queries.find_schools(typed, most=3)]
    hint = f" Did you mean {', '.join(near)}?" if near else " Check its URN."
    return f"“{typed}” is not a school that is known here.{hint}"


class EnrolForm(SchoolChoice):
    """A child's name enters a school's register, or will."""

    is_expected = ChooseOne(
        label="Has the child started there?",
        choices=[("no", "Yes, the child has started"), ("yes", "No, a place is accepted")],
    )
    starts_on = DateField(
        label="Starting day", help_text="The day on which they started or are expected to."
    )
    status = _select("Registered as", queries.STATUSES, initial="C")
    year_group = _select("Year group there", YEAR_GROUPS, required=False)
    is_part_time = forms.BooleanField(label="Attends part-time", required=False)
    is_boarder = forms.BooleanField(label="Boards there", required=False)
    previous_school = ShortText(label="School before this one", required=False, max_length=200)
    source = ShortText(label="How do we know?", required=False, max_length=200)

    def clean_is_expected(self) -> bool:
        return bool(self.cleaned_data["is_expected"] == "yes")

    def clean_year_group(self) -> int | None:
        return int(self.cleaned_data["year_group"]) if self.cleaned_data["year_group"] else None


class StartForm(GovukForm):
    """The child came."""

    on = DateField(label="First day attended", not_in_future=True)


class LeaveForm(GovukForm):
    """A child's name leaves a school's register."""

    on = DateField(label="Last day on the roll", not_in_future=True)
    ground = _select("Ground of deletion (regulation 9(1))")
    last_attended_on = DateField(label="Last day attended", required=False, not_in_future=True)
    departure = ChooseOne(
        label="Where does the child go?",
        choices=[*queries.DEPARTURES, ("", "Not known")],
        required=False,
    )
    destination_school = ShortText(
        label="Destination school",
        required=False,
        help_text="Its URN, its number like 999/4001, or its whole name.",
    )
    destination = ShortText(
        label="Destination as told", required=False, help_text="An area, a country, a plan."
    )
    departure_told_on = DateField(label="When did the parent say so?", required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, today=today, **kwargs)
        listed = [
            ("", "None: below or above compulsory school age"),
            *queries.ground_choices(today),
        ]
        self.offer("ground", listed)

    def clean_ground(self) -> str:
        chosen = self.cleaned_data["ground"]
        return "" if chosen == "none" else chosen

    def clean_destination_school(self) -> Any:
        typed = self.cleaned_data["destination_school"].strip()
        if not typed:
            return None
        found = queries.school_for(typed)
        if found is None:
            raise forms.ValidationError(_not_known(typed))
        return found


class CorrectForm(GovukForm):
    """What was recorded wrongly about an entry on a roll."""

    starts_on = DateField(label="Starting day")
    status = _select("Registered as", queries.STATUSES)
    first_attended_on = DateField(label="First day attended", required=False)
    last_attended_on = DateField(label="Last day attended", required=False)
    year_group = _select("Year group there", YEAR_GROUPS, required=False)
    is_part_time = forms.BooleanField(label="Attends part-time", required=False)
    is_boarder = forms.BooleanField(label="Boards there", required=False)
    source = ShortText(label="How do we know?", required=False, max_length=200)

    def clean_year_group(self) -> int | None:
        return int(self.cleaned_data["year_group"]) if self.cleaned_data["year_group"] else None


class ApplyForm(SchoolChoice):
    """A parent applied for a place in the year."""

    needs_school = False
    applied_on = DateField(label="Date of the application", not_in_future=True)
    preference = forms.IntegerField(label="Preference", min_value=1, max_value=6, initial=1)


class OutcomeForm(GovukForm):
    """What the parent was told."""

    outcome = ChooseOne(label="Outcome", choices=queries.OUTCOMES)
    on = DateField(label="Told the parent on", not_in_future=True)

    names = {"on": "the day on which the parent was told"}


class OfferForm(SchoolChoice):
    """A place is offered."""

    offered_on = DateField(label="Date of the offer", not_in_future=True)
    expected_start_on = DateField(label="Start on", required=False)

    names = {"expected_start_on": "the day of the start"}


class AnswerForm(GovukForm):
    """The answer to an offer."""

    answer = ChooseOne(label="Answer", choices=queries.ANSWERS, reveals={"accepted": ["starts_on"]})
    starts_on = DateField(label="Expected to start on")
    on = DateField(label="Answered on", not_in_future=True)

    names = {"starts_on": "the day of the start", "on": "the day of the answer"}


class CalendarForm(GovukForm):
    """The terms of a school year and the days on which the school does not meet.

    A row of three boxes for each term and of four for each day, with spare rows at the end; rows
    left empty are left out.
    """

    least_terms, spare_terms, spare_days = 6, 2, 6

    def __init__(
        self, *args: Any, terms: int = 0, days: int = 0, version: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        given = self.data if self.is_bound else {}
        self.terms = _count(given, "terms", max(terms + self.spare_terms, self.least_terms))
        self.days = _count(given, "days", days + self.spare_days)
        for i in range(self.terms):
            self._add(f"term_{i}_name", ShortText(label=f"Name of term {i + 1}", max_length=40))
            self._add(f"term_{i}_first", OneBoxDateField(label=f"First day of term {i + 1}"))
            self._add(f"term_{i}_last", OneBoxDateField(label=f"Last day of term {i + 1}"))
        for i in range(self.days):
            self._add(f"day_{i}_on", OneBoxDateField(label=f"Date of day {i + 1}"))
            self._add(f"day_{i}_why", _select(f"Why day {i + 1}", [("", ""), *queries.WHYS]))
            self._add(f"day_{i}_session", _select(f"Session of day {i + 1}", queries.SESSIONS))
            years = [("", "Everybody"), *YEAR_GROUPS[1:]]
            self._add(f"day_{i}_year", _select(f"Year group of day {i + 1}", years))
        for name, value in (("terms", self.terms), ("days", self.days), ("version", version)):
            field = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=value)
            self.fields[name] = field

    def _add(self, name: str, field: forms.Field) -> None:
        field.required = False
        self.fields[name] = field

    @property
    def term_rows(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"term_{i}_{x}"] for x in ("name", "first", "last")] for i in range(self.terms)
        ]

    @property
    def day_rows(self) -> list[list[forms.BoundField]]:
        parts = ("on", "why", "session", "year")
        return [[self[f"day_{i}_{x}"] for x in parts] for i in range(self.days)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for i in range(self.terms):
            first, last = given.get(f"term_{i}_first"), given.get(f"term_{i}_last")
            if bool(first) != bool(last):
                missing = "last" if first else "first"
                if f"term_{i}_{missing}" not in self.errors:
                    self.add_error(
                        f"term_{i}_{missing}", f"Enter the {missing} day of term {i + 1}"
                    )
        for i in range(self.days):
            on, why = given.get(f"day_{i}_on"), given.get(f"day_{i}_why")
            if on and not why:
                self.add_error(f"day_{i}_why", f"Say why the school does not meet on day {i + 1}")
            if why and not on and f"day_{i}_on" not in self.errors:
                self.add_error(f"day_{i}_on", f"Enter the date of day {i + 1}")
        return given

    def given_terms(self) -> list[tuple[date, date, str]]:
        """Return the terms filled in: first day, last day, name."""
        c = self.cleaned_data
        return [
            (c[f"term_{i}_first"], c[f"term_{i}_last"], c[f"term_{i}_name"])
            for i in range(self.terms)
            if c.get(f"term_{i}_first")
        ]

    def given_days(self) -> list[tuple[date, str, str, int | None]]:
        """Return the days filled in: the day, why, which session, which year group."""
        c = self.cleaned_data
        return [
            (
                c[f"day_{i}_on"],
                c[f"day_{i}_why"],
                c[f"day_{i}_session"],
                int(c[f"day_{i}_year"]) if c[f"day_{i}_year"] else None,
            )
            for i in range(self.days)
            if c.get(f"day_{i}_on")
        ]


def _count(given: Any, name: str, default: int) -> int:
    text = str(given.get(name, ""))
    return min(int(text), 200) if text.isdecimal() else default
