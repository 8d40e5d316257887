"""Words and files."""

import math
from collections.abc import Sequence
from typing import Any

from django import forms

A_MEGABYTE = 1024 * 1024


class SuggestedInput(forms.TextInput):
    """One line for which the browser offers what others usually answer."""

    template_name = "django/forms/widgets/suggested.html"

    def __init__(self, suggestions: Sequence[str], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = tuple(suggestions)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        listed = f"{context['widget']['attrs'].get('id', name)}-suggestions"
        context["widget"]["attrs"]["list"] = listed
        return {**context, "listed": listed, "suggestions": self.suggestions}


class ShortText(forms.CharField):
    """One line; `width` in characters (2, 3, 4, 5, 10, 20, 30), full width without it.

    With `suggestions` the browser offers them as one types; anything else can be typed too.
    """

    def __init__(self, *, width: int = 0, suggestions: Sequence[str] = (), **rest: Any) -> None:
        if suggestions:
            rest["widget"] = SuggestedInput(suggestions)
        super().__init__(**rest)
        if width:
            self.widget.attrs["class"] = f"govuk-input--width-{width}"


class LongText(forms.CharField):
    """Several lines; with `max_length`, the characters left are counted as one types."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **rest: Any) -> None:
        super().__init__(**rest)
        self.widget.attrs["rows"] = rows
        self.widget.attrs.pop("cols", None)


class UploadField(forms.FileField):
    """One file, no larger than `max_bytes` and with one of the `endings`."""

    def __init__(self, *, endings: tuple[str, ...], max_bytes: int, **rest: Any) -> None:
        self.endings, self.max_bytes = tuple(e.lower() for e in endings), max_bytes
        super().__init__(**rest)
        self.widget.attrs["accept"] = ",".join(self.endings)

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload:
            return upload
        if not upload.name.lower().endswith(self.endings):
            raise forms.ValidationError(f"Choose a file that ends in {_either(self.endings)}")
        if upload.size > self.max_bytes:
            raise forms.ValidationError(
                f"The file is {megabytes(upload.size)}: choose one of "
                f"{megabytes(self.max_bytes)} or less"
            )
        return upload


def _either(words: tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + f" or {words[-1]}"


def megabytes(size: int) -> str:
    """Return a size as people say it, rounded up: a limit is said as one number everywhere."""
    return f"{math.ceil(size * 10 / A_MEGABYTE) / 10:.1f} MB".replace(".0 MB", " MB")
