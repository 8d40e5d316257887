"""How the list of whom a search found is narrowed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from onroll.matching.causes import CAUSES
from onroll.office.linkage.actions.answers import What
from onroll.office.web.forms import FilterForm, ShortText

AGES = [("", "Any"), *((str(age), str(age)) for age in range(4, 18))]
LEAST = [("", "Any"), *((str(n), f"{n}% and more") for n in (90, 75, 50, 25))]
KNOWN = [
    ("", "All"),
    ("look", "All but gone or educated"),
    ("no", "No, nobody knows them"),
    ("yes", "Yes"),
    ("settled", "Yes: gone or educated"),
]


class FoundFilter(FilterForm):
    """Narrow the list of whom a search found."""

    cause = forms.ChoiceField(
        label="Likely cause",
        choices=[("", "Any"), *((key, cause.title) for key, cause in CAUSES.items())],
    )
    known = forms.ChoiceField(label="Known here", choices=KNOWN)
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
    least = forms.ChoiceField(label="In no education list", choices=LEAST)
    here = forms.ChoiceField(label="Lives here still", choices=LEAST)

    def __init__(
        self, *args: Any, sources: Mapping[str, str], standings: Mapping[str, str], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.offer("source", [("", "Any"), *sorted(sources.items(), key=lambda s: s[1])])
        self.offer("known", [*KNOWN, *((key, f"Yes: {says}") for key, says in standings.items())])

    def clean(self) -> dict[str, Any]:
        """Refuse ages between which nobody is."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        youngest, oldest = given.get("youngest"), given.get("oldest")
        if youngest is not None and oldest is not None and oldest < youngest:
            self.add_error("oldest", f"Choose {youngest} or more, or a lower “Age from”")
        return given
