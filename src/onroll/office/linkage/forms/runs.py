"""What is asked of somebody who runs a search."""

from onroll.office.web.forms import DateField, GovukForm


class RunForm(GovukForm):
    """As at which day to search."""

    as_at = DateField(
        label="Search as at",
        not_in_future=True,
        help_text="Children of compulsory school age on that day, in lists that were true by then",
    )
    names = {"as_at": "the day of the search"}
