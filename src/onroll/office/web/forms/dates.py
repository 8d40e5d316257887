"""Dates as people type them: three boxes, month names, or one box for a filter."""

import datetime
import re
from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError

from onroll.statute.days import EARLIEST, LATEST, is_within_reach, real_day

MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
PARTS = ("day", "month", "year")
# Sept is how many people shorten the month; three letters are enough for every other.
LEAST_LETTERS = 3


def read_month(typed: str) -> int:
    """Return the month that a number, a name or the start of a name means."""
    text = typed.strip().rstrip(".").lower()
    if text.isdecimal():
        return int(text)
    if len(text) >= LEAST_LETTERS:
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(text) or (name == "september" and text == "sept"):
                return number
    raise ValueError(f"{typed!r} is not a month")


def read_day(typed: str) -> datetime.date:
    """Return the date that one line of text means: 5 March 2026, 5/3/2026 or 2026-03-05.

    A year of two digits is refused, because it may be a date of birth.
    """
    words = [w for w in re.split(r"[\s/.,-]+", typed.strip()) if w]
    if words and words[0].isalpha() and len(words) == 4:
        words = words[1:]
    if len(words) != len(PARTS):
        raise ValueError(f"{typed!r} is not a day, a month and a year")
    if len(words[0]) == len("2026"):
        words.reverse()
    day, month, year = re.sub(r"(?<=\d)(st|nd|rd|th)$", "", words[0].lower()), words[1], words[2]
    if len(year) != len("2026"):
        raise ValueError("The year must have 4 numbers")
    return real_day(int(year), read_month(month), int(day))


class DateParts(forms.MultiWidget):
    """Three boxes named `<field>_day`, `<field>_month` and `<field>_year`.

    A link may also give the whole date under the field's own name, as 2026-03-05.
    """

    use_fieldset = True

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: datetime.date | None) -> list[str]:
        if value is None:
            return ["", "", ""]
        return [str(value.day), str(value.month), str(value.year)]

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> list[str]:
        typed = [(data.get(f"{name}_{part}") or "").strip() for part in PARTS]
        whole = (data.get(name) or "").strip()
        if whole and not any(typed):
            typed = list(reversed(whole.split("-"))) if whole.count("-") == 2 else [whole, "", ""]
        return typed

    def value_omitted_from_data(self, data: Mapping[str, str], files: object, name: str) -> bool:
        return name not in data and all(f"{name}_{part}" not in data for part in PARTS)


class _Bounded(forms.Field):
    """A date that may have to lie on one side of today; the form passes `today` down."""

    today: datetime.date | None = None

    def __init__(
        self,
        *,
        not_in_future: bool = False,
        not_in_past: bool = False,
        not_before: datetime.date | None = None,
        required: bool = True,
        label: str | None = None,
        initial: datetime.date | None = None,
        help_text: str = "",
        error_messages: dict[str, str] | None = None,
        widget: forms.Widget | None = None,
    ) -> None:
        self.not_in_future, self.not_in_past = not_in_future, not_in_past
        self.not_before = not_before
        super().__init__(
            required=required,
            label=label,
            initial=initial,
            help_text=help_text,
            error_messages=error_messages,
            widget=widget,
        )

    name_in_messages = "The date"

    def check_side(self, value: datetime.date) -> None:
        if not is_within_reach(value):
            raise ValidationError(
                f"{self.name_in_messages}: the year must be between {EARLIEST.year} and "
                f"{LATEST.year}",
                params={"parts": ["year"]},
            )
        if self.not_in_future or self.not_in_past:
            if self.today is None:
                raise TypeError("Pass today= to the form: a field compares its date with it.")
            if self.not_in_future and value > self.today:
                raise ValidationError(f"{self.name_in_messages} must be today or in the past")
            if self.not_in_past and value < self.today:
                raise ValidationError(f"{self.name_in_messages} must be today or in the future")
        if self.not_before and value < self.not_before:
            earliest = f"{self.not_before.day} {self.not_before:%B %Y}"
            raise ValidationError(f"{self.name_in_messages} must be on or after {earliest}")


class DateField(_Bounded):
    """A date in three boxes; `cleaned_data` holds a datetime.date."""

    widget = DateParts

    def to_python(self, value: object) -> datetime.date | None:
        if isinstance(value, datetime.date):
            return value
        typed = [str(v).strip() for v in value] if isinstance(value, (list, tuple)) else []
        if not any(typed):
            return None
        self._require_all(typed)
        return self._real_day(typed)

    def validate(self, value: object) -> None:
        super().validate(value)
        if isinstance(value, datetime.date):
            self.check_side(value)

    def _require_all(self, typed: list[str]) -> None:
        missing = [part for part, text in zip(PARTS, typed, strict=True) if not text]
        if missing:
            named = " and ".join(f"a {part}" for part in missing)
            raise ValidationError(
                f"{self.name_in_messages} must include {named}", params={"parts": missing}
            )

    def _real_day(self, typed: list[str]) -> datetime.date:
        day, month, year = typed
        try:
            month_number = read_month(month)
        except ValueError:
            raise ValidationError(
                f"{self.name_in_messages}: write the month as a number or a name, like 3 or March",
                params={"parts": ["month"]},
            ) from None
        if not (year.isdecimal() and len(year) == len("2026")):
            raise ValidationError(
                f"{self.name_in_messages}: the year must have 4 numbers, like 2026",
                params={"parts": ["year"]},
            )
        try:
            return real_day(int(year), month_number, int(day))
        except ValueError:
            wrong = ["month"] if not 1 <= month_number <= len(MONTHS) else ["day"]
            raise ValidationError(
                f"{self.name_in_messages} must be a real date", params={"parts": wrong}
            ) from None


class OneBoxDateField(_Bounded):
    """A date typed on one line, for filters: 5 March 2026, 5/3/2026 or 2026-03-05."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"class": "govuk-input--width-10"}

    def prepare_value(self, value: object) -> object:
        if isinstance(value, datetime.date):
            return f"{value.day} {value:%B %Y}"
        return value

    def to_python(self, value: object) -> datetime.date | None:
        if isinstance(value, datetime.date) or value in self.empty_values:
            return value if isinstance(value, datetime.date) else None
        try:
            return read_day(str(value))
        except ValueError:
            raise ValidationError(
                f"{self.name_in_messages} must be a real date, like 5 March 2026"
            ) from None

    def validate(self, value: object) -> None:
        super().validate(value)
        if isinstance(value, datetime.date):
            self.check_side(value)
