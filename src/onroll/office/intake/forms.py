"""Questions asked about a file."""

from typing import Any

from django import forms
from django.conf import settings

from onroll.office.intake import queries
from onroll.office.kernel.actor import Actor
from onroll.office.web.forms import FilterForm, GovukForm, UploadField, megabytes


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


class FilesFilter(FilterForm):
    """What to show in the list of files."""

    kind = forms.ChoiceField(label="Kind of file")
    state = forms.ChoiceField(label="State", choices=[("", "Any"), *queries.STATES])

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(x.key, x.title) for x in queries.loaders_for(actor)]
        self.offer("kind", [("", "Any"), *listed])
