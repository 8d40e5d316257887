"""What is asked about a source and about a list that is sent in."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.office.intake import forms as intake
from onroll.office.intake.reading.lists import ENDINGS, MOST_BYTES
from onroll.office.linkage.queries.sources import FRESHNESSES
from onroll.office.linkage.queries.sources_columns import MEANINGS, Column
from onroll.office.web.forms import (
    ChooseOne,
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    ShortText,
    UploadField,
    megabytes,
)

EVIDENCE = (("education", "Being educated"), ("residence", "Living here"))
DATE_ORDERS = (
    ("ymd", "Year first, or with the month in letters: 2014-03-05"),
    ("dmy", "Day first: 05/03/2014 is 5 March"),
    ("mdy", "Month first: 05/03/2014 is 3 May"),
)


def _number(label: str, most: int, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        help_text=help_text,
    )


class SourceForm(GovukForm):
    """One list: who supplies it, by what right, how stale it grows, how much of it may change."""

    name = ShortText(label="Name of the list", max_length=80)
    evidence = ChooseOne(
        label="What does being on the list show?",
        choices=EVIDENCE,
        hints={
            "education": "That the child is on a roll or is educated otherwise.",
            "residence": "That the child lives in the area.",
        },
    )
    supplier = ShortText(
        label="Who supplies it?", max_length=120, help_text="The team or body that sends the list."
    )
    lawful_basis = LongText(
        label="Lawful basis",
        max_length=2000,
        rows=6,
        help_text="The law and the agreement by which the list may be used for this.",
    )
    is_basis_checked = forms.BooleanField(
        label="Information governance has checked this lawful basis", required=False
    )
    agreement_ends_on = DateField(
        label="Last day of the sharing agreement",
        required=False,
        help_text="Lists are refused after it. Leave it empty if no day was agreed.",
    )
    stale_after_months = _number(
        "Months until a list is stale", 60, "Counted from the day for which the list was true."
    )
    brake_share = _number(
        "Share that may change, per cent",
        100,
        "A list that drops, adds or changes more of its records than this is held until somebody "
        "accepts it. More than twice as much needs a second person. If you raise it, it counts for "
        "lists that you send in once a colleague agrees.",
    )
    agrees_to_share = forms.BooleanField(label="I agree to this share", required=False)
    keep_days = _number(
        "Days to keep a list", 28, "A list is destroyed after these days, 28 at most."
    )
    names = {
        "name": "the name of the list",
        "evidence": "what being on the list shows",
        "supplier": "who supplies the list",
        "stale_after_months": "the months until a list is stale",
        "brake_share": "the share that may change",
        "keep_days": "the days to keep a list",
    }
    sections = (
        ("The list", ("name", "evidence", "supplier")),
        ("By what right", ("lawful_basis", "is_basis_checked", "agreement_ends_on")),
        (
            "How it is watched",
            ("stale_after_months", "brake_share", "agrees_to_share", "keep_days"),
        ),
    )

    def __init__(self, *args: Any, asks_evidence: bool, agrees_to: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_evidence:
            del self.fields["evidence"]
        self.fields["agrees_to_share"].help_text = agrees_to
        if not agrees_to:
            del self.fields["agrees_to_share"]


class SendForm(GovukForm):
    """One list, and the day for which it was true."""

    file = UploadField(
        label="The list",
        endings=(*ENDINGS, ".pq", ".xlsm", ".xls", ".xlsb", ".ods"),
        max_bytes=MOST_BYTES,
        help_text=f"CSV, Excel (.xlsx) or Parquet, at most {megabytes(MOST_BYTES)}. A long list is "
        "best sent as CSV. The pupilonroll table of a school-census extract is read as it "
        "is.",
    )
    as_at = DateField(
        label="For which day was the list true?",
        not_in_future=True,
        help_text="The day on which it was taken from its system, or the census day; not the day "
        "on which you send it.",
    )
    ask = forms.BooleanField(
        label="Ask me again what the columns are",
        required=False,
        help_text="Otherwise a list with the same header as before is read as before.",
    )
    names = {"file": "the list", "as_at": "the day for which the list was true"}


class ColumnsForm(intake.ColumnsForm[Column]):
    """What each column of a list is. A column's question is named by its place."""

    date_order = ChooseOne(label="How are the dates of birth written?", choices=DATE_ORDERS)
    names = {"date_order": "how the dates are written"}

    def __init__(
        self, *args: Any, columns: Sequence[Column], date_order: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["date_order"].initial = date_order
        self.ask(columns, MEANINGS)

    @property
    def chosen(self) -> dict[str, Any]:
        """What is chosen on the page now, right or wrong, for a look at what it makes of rows."""
        chosen = {column.name: str(self[name].value()) for name, column in self.asked.items()}
        columns: dict[str, str] = {}
        for theirs, ours in chosen.items():
            if ours in MEANINGS and ours not in columns.values():
                columns[theirs] = ours
        return {"columns": columns, "date_order": str(self["date_order"].value() or "")}


class ReasonForm(GovukForm):
    """Why a list is used although it was held, or is turned away."""

    reason = LongText(
        label="Why?",
        max_length=1000,
        rows=3,
        help_text="For example: the registrar confirmed that a district was added. Name no child.",
    )
    names = {"reason": "why"}


class SourcesFilter(FilterForm):
    """Which sources to show."""

    state = forms.ChoiceField(
        label="State of the list", choices=[("", "Any"), *((f.key, f.says) for f in FRESHNESSES)]
    )
    evidence = forms.ChoiceField(label="Shows", choices=[("", "Either"), *EVIDENCE])
