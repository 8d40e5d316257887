"""What a form says when it can't accept an answer: what to do, naming the thing asked for."""

from django import forms

from onroll.office.web.forms.dates import DateField, OneBoxDateField

# What a date may be called that needs only an article to stand in a sentence.
BEGIN_A_DATE = ("date ", "day ", "first day", "last day", "starting day")

LIKE_AN_EMAIL = "Enter an e-mail address in the usual form, like name@example.org"


def default_messages(field: forms.Field) -> dict[str, object]:
    """Return the messages that Django would use, to tell them from a developer's own."""
    found: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        found.update(getattr(kind, "default_error_messages", {}))
    return found


def messages_for(field: forms.Field, name: str) -> dict[str, str]:
    """Return our messages for one field, `name` being what to call it in mid-sentence."""
    start = sentence_start(name)
    chosen = isinstance(field, (forms.ChoiceField, forms.ModelChoiceField))
    verb = "Select" if chosen else "Enter"
    if isinstance(field, forms.FileField):
        verb = "Choose"
    required = f"{verb} {name}"
    if isinstance(field, forms.BooleanField):
        required = f"Tick the box: {start}"
    elif name.endswith("?"):
        required = f"Answer the question “{name}”"
    return {
        "required": required,
        "invalid": LIKE_AN_EMAIL if isinstance(field, forms.EmailField) else _invalid(field, start),
        "invalid_choice": f"{start}: select one of the answers listed",
        "max_length": f"{start} must be %(limit_value)d characters or fewer",
        "min_length": f"{start} must be %(limit_value)d characters or more",
        "max_value": f"{start} must be %(limit_value)s or less",
        "min_value": f"{start} must be %(limit_value)s or more",
        "empty": "The file is empty: choose another",
    }


def _invalid(field: forms.Field, start: str) -> str:
    if isinstance(field, (forms.IntegerField, forms.DecimalField, forms.FloatField)):
        return f"{start} must be a number, like 12"
    return f"{start} is not in a form that can be read: check it"


def name_in_messages(field: forms.Field, label: str, named: str | None) -> str:
    """Return what to call a field in mid-sentence: lower case unless it is a name like UPN."""
    name = named or label
    first = name.split(" ", 1)[0]
    if not named and not name.endswith("?") and not first[1:].isupper() and len(first) > 1:
        name = name[:1].lower() + name[1:]
    if isinstance(field, (DateField, OneBoxDateField)):
        name = _name_of_date(name, label, is_named=bool(named))
        field.name_in_messages = sentence_start(name)
    return name


def _name_of_date(name: str, label: str, *, is_named: bool) -> str:
    """Return what to call a date in a sentence: “the day of the enquiry”, not “day of …”."""
    if name.casefold().startswith(BEGIN_A_DATE):
        return f"the {name[:1].lower()}{name[1:]}"
    if not is_named and name.endswith("?"):
        return f"the date that answers “{label}”"
    return name


def sentence_start(name: str) -> str:
    """Return what begins a sentence about a field whose label may be a question."""
    return f"Your answer to “{name}”" if name.endswith("?") else name[:1].upper() + name[1:]
