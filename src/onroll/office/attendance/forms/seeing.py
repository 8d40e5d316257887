"""Questions asked about what the registers say."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.office.attendance.queries.figures_pupils import KIND_WORDS
from onroll.office.web.forms import FilterForm, OneBoxDateField


class SeeingFilters(FilterForm):
    """Which school year, up to which day, of which schools."""

    year = forms.ChoiceField(label="School year")
    until = OneBoxDateField(
        label="Up to and with", help_text="A day, to see the figures as they were at its end."
    )
    phase = forms.ChoiceField(label="Phase")
    locality = forms.ChoiceField(label="Area")

    def __init__(
        self,
        *args: Any,
        years: Sequence[int],
        phases: Sequence[str] = (),
        localities: Sequence[str] = (),
        **rest: Any,
    ) -> None:
        super().__init__(*args, **rest)
        latest = [(str(year), f"{year}/{(year + 1) % 100:02d}") for year in years]
        self.offer("year", [("", "The latest"), *latest])
        for name, given in (("phase", phases), ("locality", localities)):
            if given:
                self.offer(name, [("", "All"), *((one, one) for one in given)])
            else:
                del self.fields[name]


class PupilFilters(SeeingFilters):
    """Which pupils of those schools."""

    kind = forms.ChoiceField(label="Who")
    group = forms.ChoiceField(label="Year group")
    field_order = ("kind", "group", "year", "until", "phase", "locality")

    def __init__(self, *args: Any, groups: Sequence[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("kind", [("", "Every pupil"), *KIND_WORDS.items()])
        self.offer("group", [("", "All"), *groups])


class ChildFilters(FilterForm):
    """Which school year of a child, up to which day, as known when."""

    year = forms.ChoiceField(label="School year")
    until = OneBoxDateField(label="Up to and with")
    known = OneBoxDateField(
        label="As known at the end of", help_text="What the registers said on that evening."
    )

    def __init__(self, *args: Any, years: Sequence[int], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer(
            "year",
            [("", "The latest"), *((str(y), f"{y}/{(y + 1) % 100:02d}") for y in years)],
        )
