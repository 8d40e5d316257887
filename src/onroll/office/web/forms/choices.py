"""Questions answered by choosing: radios, checkboxes, and what an answer reveals."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

Reveals = Mapping[str, Sequence[str]]


class Radios(forms.RadioSelect):
    """One answer of several."""

    use_fieldset = True


class Checkboxes(forms.CheckboxSelectMultiple):
    """Any number of answers."""

    use_fieldset = True


class ChooseOne(forms.ChoiceField):
    """Radios. `hints` says more about an answer; `reveals` opens fields under an answer.

    `reveals={"other": ["which"]}`: the field `which` is asked, and required if it is a required
    field, only when "other" is chosen; otherwise what was typed there is dropped.
    """

    widget = Radios

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Reveals | None = None,
        inline: bool = False,
        **rest: Any,
    ) -> None:
        self.hints, self.reveals = dict(hints or {}), dict(reveals or {})
        self.inline = inline
        super().__init__(**rest)


class ChooseMany(forms.MultipleChoiceField):
    """Checkboxes, with `hints` and `reveals` as ChooseOne has them."""

    widget = Checkboxes

    def __init__(
        self,
        *,
        hints: Mapping[str, str] | None = None,
        reveals: Reveals | None = None,
        **rest: Any,
    ) -> None:
        self.hints, self.reveals = dict(hints or {}), dict(reveals or {})
        self.inline = False
        super().__init__(**rest)


class YesNo(ChooseOne):
    """A question answered yes or no; `cleaned_data` holds True, False or None."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("inline", True)
        super().__init__(choices=[("yes", "Yes"), ("no", "No")], **rest)

    def clean(self, value: object) -> bool | None:
        chosen = super().clean(value)
        return None if chosen == "" else chosen == "yes"

    def prepare_value(self, value: object) -> object:
        return ("yes" if value else "no") if isinstance(value, bool) else value


class YesNoUnknown(ChooseOne):
    """Yes, no or not known; `cleaned_data` holds "yes", "no", "unknown" or ""."""

    def __init__(self, **rest: Any) -> None:
        rest.setdefault("inline", True)
        answers = [("yes", "Yes"), ("no", "No"), ("unknown", "Not known")]
        super().__init__(choices=answers, **rest)
