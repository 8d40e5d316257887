"""What is asked of the child's page: another day, a narrower chronology, a cohort."""

from typing import Any

from django import forms

from onroll.office.casework.queries.cases import CHANNELS
from onroll.office.casework.queries.chronology import KINDS_OF_ENTRY
from onroll.office.web.forms import (
    ChooseMany,
    ChooseOne,
    FilterForm,
    GovukForm,
    LongText,
    OneBoxDateField,
)


class StandingOn(FilterForm):
    """On which day, and as known when."""

    on = OneBoxDateField(label="On this day")
    known_on = OneBoxDateField(label="As known on", help_text="Leave empty for as known now")

    names = {"on": "the day", "known_on": "the day of knowing"}


class ChronologyFilters(FilterForm):
    """Which entries of a chronology, between which days."""

    what = ChooseMany(label="Show", choices=KINDS_OF_ENTRY)
    first = OneBoxDateField(label="From")
    last = OneBoxDateField(label="To")

    names = {"first": "the first day", "last": "the last day"}


class Cohort(GovukForm):
    """The children whose chronologies go together."""

    refs = LongText(
        label="References of the children", rows=6, max_length=20_000,
        help_text="One on each line, as on the children’s pages or cases",
    )  # fmt: skip
    first = OneBoxDateField(label="From", required=False)
    last = OneBoxDateField(label="To", required=False)
    as_what = ChooseOne(
        label="As", choices=[("csv", "A spreadsheet (CSV)"), ("html", "A page to print")],
        initial="csv",
    )  # fmt: skip
    why = forms.CharField(label="For what purpose?", max_length=300)

    names = {
        "refs": "the references", "why": "the purpose", "first": "the first day",
        "last": "the last day",
    }  # fmt: skip

    def __init__(self, *args: Any, is_chosen: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if is_chosen:
            del self.fields["refs"]

    def clean_refs(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["refs"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The last day must not be before the first")
        return given


class ContactsOfChild(FilterForm):
    """Which contacts with a child to show."""

    seen = forms.BooleanField(label="Only where the child was seen or spoken to")
    channel = forms.ChoiceField(label="How", choices=[("", "Any"), *CHANNELS])
    first = OneBoxDateField(label="From")
    last = OneBoxDateField(label="To")

    names = {"first": "the first day", "last": "the last day"}


class Looks(FilterForm):
    """Whose looks at a record, between which days."""

    who = forms.ChoiceField(label="Person")
    first = OneBoxDateField(label="From")
    last = OneBoxDateField(label="To")

    names = {"first": "the first day", "last": "the last day"}

    def __init__(self, *args: Any, lookers: list[tuple[int, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("who", [("", "Anybody"), *((str(pk), name) for pk, name in lookers)])
