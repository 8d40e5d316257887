"""What is typed about a case: moving, allocating, transferring, handing over, reassigning."""

from typing import Any

from django import forms

from onroll.office.accounts.queries import locality_choices
from onroll.office.casework.queries import cases as queries
from onroll.office.schools import queries as schools
from onroll.office.web.forms import (
    ChooseMany,
    ChooseOne,
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    ShortText,
)
from onroll.statute.ages import YEAR_11, year_group_name


class Versioned(GovukForm):
    """A form that remembers which version of the case was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class OpenCase(GovukForm):
    """Open a case for a child without a referral."""

    kind = ChooseOne(label="Kind of case")
    team = forms.ChoiceField(label="Team", required=False)
    notified_on = DateField(label="When was the authority first told?", not_in_future=True)
    is_urgent = forms.BooleanField(label="This is urgent", required=False)

    names = {"notified_on": "date the authority was told"}

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("kind", queries.kind_choices(to_open=True))
        teams = [("", "The team that takes this kind"), *queries.team_choices()]
        self.offer("team", teams)

    def clean_team(self) -> int | None:
        return int(self.cleaned_data["team"]) if self.cleaned_data["team"] else None


class Move(Versioned):
    """Why a case moves on."""

    reason = LongText(label="Reason", required=False, rows=3, max_length=1000)


class Close(Versioned):
    """The outcome with which a case closes."""

    outcome = ChooseOne(label="Outcome")
    reason = LongText(label="Anything to add", required=False, rows=3, max_length=1000)

    def __init__(self, *args: Any, outcomes: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("outcome", outcomes)


class Urgent(GovukForm):
    """Whether a case is urgent, as whoever pressed the button saw it."""

    urgent = forms.ChoiceField(choices=[("yes", "Urgent"), ("no", "Not urgent")])
    version = forms.IntegerField()

    def clean_urgent(self) -> bool:
        return str(self.cleaned_data["urgent"]) == "yes"


class Allocate(Versioned):
    """Who becomes the key worker."""

    owner = forms.ChoiceField(label="Key worker")
    why = ShortText(label="Why", required=False, max_length=300)

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("owner", [("", "Choose"), *workers])

    def clean_owner(self) -> int:
        return int(self.cleaned_data["owner"])


class Transfer(Versioned):
    """To which team a case goes."""

    team = forms.ChoiceField(label="Team")
    why = LongText(label="Why does the case go to this team?", rows=3, max_length=1000)

    names = {"why": "the reason"}

    def __init__(self, *args: Any, teams: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("team", [("", "Choose"), *teams])

    def clean_team(self) -> int:
        return int(self.cleaned_data["team"])


class HandTo(GovukForm):
    """Which body holds the case from a day on."""

    body = ChooseOne(
        label="Who holds the case now?",
        choices=queries.BODIES,
        hints={"school": "The case goes back to the school, which works with the family"},
        reveals={"school": ["school"], "other_authority": ["name"]},
    )
    school = forms.ChoiceField(label="School")
    name = ShortText(label="Which authority?", max_length=200)
    on = DateField(label="From which day?", not_in_future=True)
    why = LongText(label="Reason", rows=3, max_length=1000)

    names = {
        "body": "who holds the case",
        "on": "the day from which it holds",
        "name": "the authority",
    }

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("school", schools.choices(empty="Choose"))


class Reassign(GovukForm):
    """Many cases to one colleague."""

    cases = ChooseMany(label="Cases")
    owner = forms.ChoiceField(label="Give them to")
    why = ShortText(label="Why", required=False, max_length=300)

    names = {"cases": "the cases", "owner": "who gets the cases"}

    def __init__(
        self, *args: Any, cases: list[tuple[str, str]], workers: list[tuple[str, str]], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.offer("cases", cases)
        self.offer("owner", [("", "Choose"), *workers])

    def clean_owner(self) -> int:
        return int(self.cleaned_data["owner"])


class SetAside(GovukForm):
    """Until when a child without a case is set aside, and why."""

    why = LongText(
        label="Why is nothing to be done now?",
        max_length=1000,
        rows=3,
        help_text="For example: the school says that the new roll is being entered this week.",
    )
    back_on = DateField(label="Back on the list on")


class UnfollowedFilters(FilterForm):
    """What the list of missing children without a case is narrowed to."""

    text = ShortText(label="Child")
    year = forms.ChoiceField(
        label="Year group",
        choices=[("", "Any"), *((str(n), year_group_name(n)) for n in range(YEAR_11 + 1))],
    )
    case = forms.ChoiceField(
        label="Earlier case",
        choices=[("", "Any"), ("before", "Had a case before"), ("never", "Never had a case")],
    )
    who = forms.ChoiceField(
        label="Who looks into it",
        choices=[("", "Any"), ("none", "Nobody yet"), ("some", "Somebody"), ("me", "Me")],
    )
    aside = forms.ChoiceField(
        label="Set aside",
        choices=[
            ("", "Leave them out"),
            ("only", "Only those set aside"),
            ("all", "Show them too"),
        ],
    )


def _days(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=3650)


class CaseloadLimits(FilterForm):
    """Other limits than the authority's own, for one look."""

    not_seen = _days("Days not seen or spoken to")
    quiet = _days("Days without action")


class CaseFilters(FilterForm):
    """What a worklist is narrowed to."""

    text = ShortText(label="Child or case")
    owner = forms.ChoiceField(label="Key worker")
    team = forms.ChoiceField(label="Team")
    kind = forms.ChoiceField(label="Kind")
    state = forms.ChoiceField(label="State")
    locality = forms.ChoiceField(label="Locality")
    due = forms.ChoiceField(
        label="Due", choices=[("", "Any"), ("overdue", "Overdue"), ("week", "Within a week")]
    )
    not_seen = _days("Days not seen or spoken to")
    quiet = _days("Days without action")
    urgent = forms.BooleanField(label="Urgent only")
    closed = forms.BooleanField(label="Closed cases instead")

    def __init__(
        self, *args: Any, workers: list[tuple[str, str]], states: list[tuple[str, str]], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        choices = {
            "owner": [("", "Anybody"), ("me", "Me"), ("none", "Nobody yet"), *workers],
            "team": [("", "Any"), *queries.team_choices()],
            "kind": [("", "Any"), *queries.kind_choices()],
            "state": [("", "Any"), *states],
            "locality": [("", "Any"), *locality_choices()],
        }
        for name, given in choices.items():
            self.fields[name].choices = given  # type: ignore[attr-defined]
