"""Questions asked about a file."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from django import forms
from django.conf import settings

from onroll.office.intake import queries
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.web.forms import FilterForm, GovukForm, UploadField, megabytes

NOT_READ = "none"


class UploadForm(GovukForm):
    """One file of a kind that has been chosen."""

    file = UploadField(
        label="The file",
        endings=(".csv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".txt", ".tsv"),
        max_bytes=settings.UPLOAD_LIMIT,
        help_text=f"CSV or Excel (.xlsx), at most {megabytes(settings.UPLOAD_LIMIT)}.",
    )
    force = forms.BooleanField(
        required=False,
        label="Take it although it was sent in before",
        help_text="Only if the same file is really to be loaded a second time.",
    )
    names = {"file": "the file"}


class AskedColumn(Protocol):
    """A column about which somebody is asked: its name in the file, and what it looks like."""

    @property
    def name(self) -> str: ...

    @property
    def guess(self) -> str: ...


ColumnT = TypeVar("ColumnT", bound=AskedColumn)


class ColumnsForm(GovukForm, Generic[ColumnT]):
    """What each column of a file is. A column's question is named by its place.

    Whoever takes a kind of file says in `ask` what a column of it may be.
    """

    asked: dict[str, ColumnT]

    def ask(self, columns: Sequence[ColumnT], offered: Mapping[str, str]) -> None:
        """Ask of each column which of these it is, or whether it is not read."""
        self.asked = {f"column_{place}": column for place, column in enumerate(columns)}
        for name, column in self.asked.items():
            field = forms.ChoiceField(
                label=column.name,
                initial=column.guess if column.guess in offered else NOT_READ,
                choices=[(NOT_READ, "Not read"), *offered.items()],
            )
            self.add(name, field)

    @property
    def lines(self) -> list[tuple[forms.BoundField, ColumnT]]:
        """Each question with the column that it is about."""
        return [(self[name], column) for name, column in self.asked.items()]

    @property
    def said(self) -> dict[str, str]:
        """What was said of each column, by its name in the file."""
        said = {column.name: self.cleaned_data[name] for name, column in self.asked.items()}
        return {theirs: "" if ours == NOT_READ else ours for theirs, ours in said.items()}

    def refuse(self, faulty: Faulty) -> None:
        """Show what an action refused beside the columns that it names."""
        places = {column.name: name for name, column in self.asked.items()}
        super().refuse(Faulty(*((places.get(at, at), says) for at, says in faulty.faults)))


class FilesFilter(FilterForm):
    """What to show in the list of files."""

    kind = forms.ChoiceField(label="Kind of file")
    state = forms.ChoiceField(label="State", choices=[("", "Any"), *queries.STATES])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(x.key, x.title) for x in queries.loaders_for(actor)]
        self.offer("kind", [("", "Any"), *listed])
