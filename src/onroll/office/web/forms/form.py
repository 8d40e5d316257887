"""A Django form that draws itself as the Design System does, errors and all."""

import datetime
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

import django.forms
from django import forms
from django.forms.renderers import BaseRenderer
from django.template.backends.django import DjangoTemplates

from onroll.office.kernel.decision import Faulty
from onroll.office.web.forms.choices import Checkboxes, Radios
from onroll.office.web.forms.dates import PARTS, DateParts, _Bounded
from onroll.office.web.forms.messages import default_messages, messages_for, name_in_messages

TEMPLATES = Path(__file__).parent.parent / "templates"
DJANGO_TEMPLATES = Path(django.forms.__file__).parent / "templates"


class GovukField(forms.BoundField):
    """One question on the page, with what its template needs to know."""

    form: "GovukForm"

    @property
    def kind(self) -> str:
        """Which pattern draws it: date, radios, checkboxes, tick, select, textarea, file, text."""
        widget = self.field.widget
        for widget_type, kind in (
            (DateParts, "date"),
            (Radios, "radios"),
            (Checkboxes, "checkboxes"),
            (forms.RadioSelect, "radios"),
            (forms.CheckboxSelectMultiple, "checkboxes"),
            (forms.CheckboxInput, "tick"),
            (forms.Select, "select"),
            (forms.Textarea, "textarea"),
            (forms.FileInput, "file"),
        ):
            if isinstance(widget, widget_type):
                return kind
        return "text"

    @property
    def wrong_parts(self) -> tuple[str, ...]:
        """The boxes of a date that the message is about; all three when it says none."""
        if not self.errors:
            return ()
        for error in self.errors.as_data():
            if error.params and "parts" in error.params:
                return tuple(error.params["parts"])
        return PARTS

    @property
    def boxes(self) -> list[dict[str, object]]:
        """The three boxes of a date."""
        subwidgets = self.subwidgets[0].data["subwidgets"]
        return [
            {
                "name": sub["name"],
                "id": f"{self.auto_id}_{part}",
                "label": part.capitalize(),
                "value": sub["value"] or "",
                "width": 2 if part == "day" else 4,
                "is_wrong": part in self.wrong_parts,
                "autocomplete": self._birthday_part(part),
            }
            for part, sub in zip(PARTS, subwidgets, strict=True)
        ]

    def _birthday_part(self, part: str) -> str:
        given = str(self.field.widget.attrs.get("autocomplete", ""))
        return f"bday-{part}" if given == "bday" else ""

    @property
    def first_input_id(self) -> str:
        """Where a link in the error summary must lead."""
        base = str(self.id_for_label or self.auto_id)
        if self.kind == "date":
            wrong = self.wrong_parts or PARTS
            return f"{self.auto_id}_{wrong[0]}"
        if self.kind in ("radios", "checkboxes"):
            return f"{self.auto_id}_0"
        return base

    @property
    def answers(self) -> list[dict[str, object]]:
        """The answers of radios or checkboxes, each with its hint and what it reveals."""
        hints = getattr(self.field, "hints", {})
        reveals = getattr(self.field, "reveals", {})
        return [
            {
                "id": choice.id_for_label,
                "name": choice.data["name"],
                "value": str(choice.data["value"]),
                "label": choice.data["label"],
                "is_chosen": choice.data["selected"],
                "hint": hints.get(str(choice.data["value"]), ""),
                "revealed": [self.form[n] for n in reveals.get(str(choice.data["value"]), ())],
            }
            for choice in self.subwidgets
        ]

    @property
    def limit(self) -> int | None:
        """How many characters a long text may have."""
        return getattr(self.field, "max_length", None) if self.kind == "textarea" else None

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        # The browser's own bubbles say less than our messages and are not read by all.
        built.pop("required", None)
        if self.limit:
            described = [str(built.get("aria-describedby") or ""), f"{self.auto_id}-info"]
            built["aria-describedby"] = " ".join(d for d in described if d)
        return built


class GovukRenderer(BaseRenderer):
    """Draws widgets with this package's templates, whatever the project's own loaders are."""

    form_template_name = "web/fields/form.html"
    field_template_name = "web/fields/field.html"
    bound_field_class = GovukField

    @cached_property
    def engine(self) -> DjangoTemplates:
        return DjangoTemplates(
            {
                "NAME": "govuk",
                "DIRS": [TEMPLATES / "web/widgets", TEMPLATES, DJANGO_TEMPLATES],
                "APP_DIRS": False,
                "OPTIONS": {},
            }
        )

    def get_template(self, template_name: str) -> Any:
        return self.engine.get_template(template_name)


class GovukForm(forms.Form):
    """A form of GOV.UK patterns: `{{ form }}` draws the questions, `{% errors form %}` the summary.

    `names` says what to call a field in a message where its label is not a noun;
    `sections` groups fields under headings; `today` is given to dates that compare with it.
    """

    default_renderer = GovukRenderer()
    use_required_attribute = False
    is_filter: ClassVar[bool] = False
    is_small: ClassVar[bool] = True
    names: ClassVar[dict[str, str]] = {}
    sections: ClassVar[Sequence[tuple[str, Sequence[str]]]] = ()

    def __init__(self, *args: Any, today: datetime.date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.today = today
        for name, field in self.fields.items():
            self._say(name, field, self.names.get(name))

    def add(self, name: str, field: forms.Field, *, called: str | None = None) -> None:
        """Add a question that is known only now, with messages like those of every other."""
        self.fields[name] = field
        self._say(name, field, called)

    def _say(self, name: str, field: forms.Field, called: str | None) -> None:
        if isinstance(field, _Bounded):
            field.today = self.today
        label = str(field.label if field.label is not None else name.replace("_", " ").capitalize())
        field.label = label
        called = name_in_messages(field, label, called)
        untouched = default_messages(field)
        for code, message in messages_for(field, called).items():
            if field.error_messages.get(code) == untouched.get(code):
                field.error_messages[code] = message

    @property
    def revealed(self) -> dict[str, tuple[str, str]]:
        """Which field and answer each hidden question hangs on."""
        return {
            hidden: (asker, answer)
            for asker, field in self.fields.items()
            for answer, names in getattr(field, "reveals", {}).items()
            for hidden in names
        }

    def is_asked(self, name: str) -> bool:
        """Return whether the answers given make this question one that is asked."""
        if name not in self.revealed:
            return True
        asker, answer = self.revealed[name]
        given = self[asker].value()
        chosen = given if isinstance(given, (list, tuple)) else [given]
        return answer in {str(c) for c in chosen}

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name in self.revealed:
            if not self.is_asked(name):
                self.errors.pop(name, None)
                self.cleaned_data[name] = self._unasked(self.fields[name])

    @staticmethod
    def _unasked(field: forms.Field) -> object:
        if isinstance(field, (forms.MultipleChoiceField,)):
            return []
        return "" if isinstance(field, (forms.CharField, forms.ChoiceField)) else None

    def offer(self, name: str, choices: Sequence[Any]) -> None:
        """Give a question the answers that can be chosen, where they are known only now."""
        field: Any = self.fields[name]
        field.choices = list(choices)

    def refuse(self, faulty: Faulty) -> None:
        """Show what an action refused, beside the fields that it names."""
        for field, says in faulty.faults:
            self.add_error(field if field in self.fields else None, says)

    def groups(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Yield (heading, questions), without those drawn under the answer that reveals them."""
        drawn = set(self.revealed)
        for heading, names in self.sections:
            yield heading, [self[n] for n in names if n in self.fields and n not in drawn]
            drawn.update(names)
        rest = [f for f in self.visible_fields() if f.name not in drawn]
        if rest:
            yield "", rest

    def error_links(self) -> Iterator[tuple[str, str]]:
        """Yield (id of the input, message) for every fault of a field."""
        for field in self:
            for error in field.errors:
                yield getattr(field, "first_input_id", field.auto_id), str(error)


class PublicForm(GovukForm):
    """A form for people who do not work here: the Design System's own, larger sizes."""

    is_small = False


class FilterForm(GovukForm):
    """A narrow form of filters, sent by GET; nothing in it is required.

    `asked` holds what to filter by; `chosen()` the same in words, for the page.
    """

    is_filter = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False

    @property
    def asked(self) -> dict[str, Any]:
        """The filters that could be read; one that could not is reported and not applied."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", [], False)
        }

    def chosen(self) -> Iterator[tuple[str, str, str]]:
        """Yield (label, value in words, field name) for each filter that applies."""
        for name, value in self.asked.items():
            field = self.fields[name]
            yield str(field.label), _in_words(field, value), name


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, datetime.date):
        return f"{value.day} {value:%B %Y}"
    if value is True:
        return "Yes"
    if value is False:
        return "No"
    if isinstance(field, forms.ChoiceField):
        labels = {str(k): str(v) for k, v in _flat(field.choices)}
        values = value if isinstance(value, (list, tuple)) else [value]
        return ", ".join(labels.get(str(v), str(v)) for v in values)
    return str(value)


def _flat(choices: Any) -> Iterator[tuple[object, object]]:
    for key, label in choices:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield key, label
