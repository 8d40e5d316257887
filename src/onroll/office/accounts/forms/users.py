"""Forms about people who sign in."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from onroll.office.accounts import queries
from onroll.office.accounts.roles import BY_KEY
from onroll.office.web.forms import ChooseMany, DateField, FilterForm, GovukForm, ShortText


def _roles_of_staff() -> list[tuple[str, str]]:
    return queries.role_choices(schools=False)


def _what_roles_say() -> dict[str, str]:
    return {role.key: role.says for role in BY_KEY.values()}


class PersonForm(GovukForm):
    """A person's details."""

    name = ShortText(max_length=200, label="Full name")
    email = forms.EmailField(
        label="E-mail address", help_text="They sign in with this address.", max_length=254
    )
    job_title = ShortText(required=False, max_length=200)
    telephone = ShortText(required=False, max_length=50, width=20)
    qualifications = ShortText(
        required=False,
        max_length=500,
        help_text="Where they matter to the work, for example “qualified teacher”.",
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class InviteForm(PersonForm):
    """A new person, with what they will do."""

    role_keys = ChooseMany(label="Roles", required=False, hints=_what_roles_say())
    teams = ChooseMany(label="Teams", required=False)
    sections = (
        ("Who they are", ("name", "email", "job_title", "telephone", "qualifications")),
        ("What they will do", ("role_keys", "teams")),
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("role_keys", _roles_of_staff())
        self.offer("teams", queries.team_choices())

    def clean_teams(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["teams"]]


class RoleForm(GovukForm):
    """A role with its days."""

    role = forms.ChoiceField(label="Role")
    urn = forms.IntegerField(
        label="School’s URN",
        required=False,
        help_text="For a school’s user only: the school’s six-digit number in DfE’s register.",
    )
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", required=False, help_text="Leave empty if it goes on.")
    names = {"starts_on": "first day", "ends_on": "last day"}

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("role", [("", "Select a role"), *queries.role_choices()])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        role = BY_KEY.get(given.get("role", ""))
        given["school_id"] = None
        if role is not None and role.is_schools:
            school = queries.school_with_urn(given["urn"]) if given.get("urn") else None
            if school is None:
                self.add_error("urn", "Enter the URN of a school that is in the register here")
            else:
                given["school_id"] = school.pk
        elif given.get("urn"):
            self.add_error("urn", "Only a school’s user belongs to one school: leave this empty")
        given.pop("urn", None)
        return given


class LastDayForm(GovukForm):
    """The last day on which something held."""

    ends_on = DateField(label="Last day", help_text="The day itself is included.")
    names = {"ends_on": "last day"}


class PasswordForm(GovukForm):
    """A password chosen twice."""

    password = forms.CharField(
        label="New password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three words that have nothing to do with you are good.",
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: object = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)  # type: ignore[arg-type]
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("password") and given.get("password") != given.get("again"):
            raise ValidationError({"again": "The two passwords are not the same: type them again"})
        return given


class UserFilters(FilterForm):
    """Which people to list."""

    text = forms.CharField(label="Name or e-mail address")
    role = forms.ChoiceField(label="Role")
    team = forms.ChoiceField(label="Team")
    state = forms.ChoiceField(
        label="Account", choices=[("", "Any"), ("active", "Open"), ("left", "Closed")]
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("role", [("", "Any"), *queries.role_choices()])
        self.offer("team", [("", "Any"), *queries.team_choices()])


class CoverForm(GovukForm):
    """Who does an absent person's work, from when to when."""

    absent = forms.ChoiceField(label="Who is away")
    covering = forms.ChoiceField(label="Who does their work")
    starts_on = DateField(label="First day")
    ends_on = DateField(
        label="Last day", required=False, help_text="Leave empty if it is not known yet."
    )
    why = ShortText(
        label="Note",
        required=False,
        max_length=200,
        help_text="Do not write anything about a person’s health here.",
    )
    names = {"absent": "who is away", "covering": "who does their work"}

    def __init__(
        self, *args: Any, on: date, own: tuple[int, str] | None = None, **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        workers = [
            (str(pk), name) for pk, name in queries.user_choices(permission="cases.work", on=on)
        ]
        self.offer("covering", [("", "Select a person"), *workers])
        absent = self.fields["absent"]
        if own is not None:
            absent.choices = [(str(own[0]), own[1])]  # type: ignore[attr-defined]
            absent.initial = str(own[0])
        else:
            absent.choices = [("", "Select a person"), *queries.staff_choices(on=on)]  # type: ignore[attr-defined]
