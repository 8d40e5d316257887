"""Forms in the GOV.UK Design System's patterns, from plain Django fields."""

from onroll.office.web.forms.choices import (
    Checkboxes,
    ChooseMany,
    ChooseOne,
    Radios,
    YesNo,
    YesNoUnknown,
)
from onroll.office.web.forms.dates import DateField, OneBoxDateField, read_day
from onroll.office.web.forms.form import FilterForm, GovukForm, GovukRenderer, PublicForm
from onroll.office.web.forms.places import AuthorityField, CountryField
from onroll.office.web.forms.text import LongText, ShortText, UploadField, megabytes

__all__ = [
    "AuthorityField",
    "Checkboxes",
    "ChooseMany",
    "ChooseOne",
    "CountryField",
    "DateField",
    "FilterForm",
    "GovukForm",
    "GovukRenderer",
    "LongText",
    "OneBoxDateField",
    "PublicForm",
    "Radios",
    "ShortText",
    "UploadField",
    "YesNo",
    "YesNoUnknown",
    "megabytes",
    "read_day",
]
