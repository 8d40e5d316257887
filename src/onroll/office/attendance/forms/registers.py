"""What is asked about a file of registers."""

from collections.abc import Sequence
from typing import Any

from django import forms

from onroll.office.attendance.queries.registers import STATES, school_choices
from onroll.office.attendance.queries.registers_columns import MEANINGS, WIDE_MEANINGS, Column
from onroll.office.attendance.queries.registers_reading import ENDINGS, MOST_BYTES
from onroll.office.intake import forms as intake
from onroll.office.web.forms import (
    ChooseOne,
    FilterForm,
    GovukForm,
    LongText,
    UploadField,
    megabytes,
)

DATE_ORDERS = (
    ("dmy", "Day first: 05/03/2026 is 5 March"),
    ("mdy", "Month first: 05/03/2026 is 3 May"),
)


class SendForm(GovukForm):
    """One file of registers, and whose it is where its rows do not say."""

    file = UploadField(
        label="The file",
        endings=(*ENDINGS, ".pq", ".xlsm", ".xls", ".xlsb", ".ods"),
        max_bytes=MOST_BYTES,
        help_text=f"CSV, Excel (.xlsx) or Parquet, at most {megabytes(MOST_BYTES)}. A row a mark, "
        "or a row a pupil with a column a session or a day.",
    )
    school = forms.ChoiceField(
        label="School",
        required=False,
        help_text="Choose one only if the file has no column that names the school.",
    )
    ask = forms.BooleanField(
        label="Ask me again what the columns are",
        required=False,
        help_text="Otherwise a file with the same header as before is read as before.",
    )
    names = {"file": "the file", "school": "the school"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = school_choices()


class ColumnsForm(intake.ColumnsForm[Column]):
    """What each column of a file is. A column's question is named by its place."""

    date_order = ChooseOne(label="How are the dates written?", choices=DATE_ORDERS)
    names = {"date_order": "how the dates are written"}

    def __init__(
        self,
        *args: Any,
        columns: Sequence[Column],
        date_order: str,
        is_wide: bool,
        has_school: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if is_wide:
            del self.fields["date_order"]
        else:
            self.fields["date_order"].initial = date_order
        offered = dict(WIDE_MEANINGS if is_wide else MEANINGS)
        if has_school:
            del offered["school"]
        self.ask(columns, offered)


class ReasonForm(GovukForm):
    """Why a file is used although something about it is odd, or is turned away."""

    reason = LongText(
        label="Why?",
        max_length=1000,
        rows=3,
        help_text="For example: the school corrected all of last week. Name no child.",
    )
    names = {"reason": "why"}


class FilesFilter(FilterForm):
    """Which files to show."""

    state = forms.ChoiceField(
        label="State", choices=[("", "Any"), *((key, says) for key, (says, _) in STATES.items())]
    )
    school = forms.ChoiceField(label="School")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Any"), *school_choices()[1:]]


class FeedsFilter(FilterForm):
    """Which schools to show."""

    state = forms.ChoiceField(
        label="Show", choices=[("", "Every school"), ("late", "Late or never sent"),
                               ("never", "Never sent")],
    )  # fmt: skip
