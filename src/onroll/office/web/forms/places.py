"""Another authority and another country, chosen from the lists that ship with the program."""

from typing import Any

from django import forms

from onroll import data


class AuthorityField(forms.ChoiceField):
    """A local authority of England as it is today; the value is its three-digit code."""

    def __init__(self, *, empty: str = "Choose an authority", **rest: Any) -> None:
        super().__init__(choices=[("", empty), *data.choices()], **rest)

    def validate(self, value: Any) -> None:
        """Say of a code that is not offered what became of it."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(data.why_not(value) or "Choose an authority of the list.")
        super().validate(value)


class CountryField(forms.ChoiceField):
    """A country other than England; the value is its name."""

    def __init__(self, *, empty: str = "Choose a country", **rest: Any) -> None:
        names = [(name, name) for name in data.countries()]
        super().__init__(choices=[("", empty), *names], **rest)

    def validate(self, value: Any) -> None:
        """Say of a name that is not offered what to do."""
        if value and not self.valid_value(value):
            raise forms.ValidationError("Choose a country of the list.")
        super().validate(value)
