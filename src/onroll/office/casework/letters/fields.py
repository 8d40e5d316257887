"""The published fields of letters, and their substitution: names only, never code.

Nothing about a child's flags, risks or health is a field, and none can be added by a template:
what a template may say of a child is this list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A thing that a template can ask for. `is_asked`: only the writer knows it."""

    key: str
    title: str  # stands in square brackets in the letter where it is not known
    example: str
    is_asked: bool = False


FIELDS: tuple[Field, ...] = (
    Field("child_name", "the child’s name", "Amara Okafor"),
    Field("child_given_name", "the child’s first name", "Amara"),
    Field("child_date_of_birth", "the child’s date of birth", "5 March 2015"),
    Field("child_year_group", "the child’s year group", "Year 6"),
    Field("our_reference", "our reference", "7GQ2M4K1XC"),
    Field("today", "today’s date", "5 March 2026"),
    Field("recipient_name", "the name of the person you write to", "Mrs J Okafor"),
    Field("greeting", "the greeting", "Dear Mrs J Okafor"),
    Field("closing", "the closing words", "Yours sincerely"),
    Field("key_worker", "the key worker’s name", "Sam Reed"),
    Field("team", "the team’s name", "Children missing education team"),
    Field("team_telephone", "the team’s telephone number", "01632 960101"),
    Field("team_email", "the team’s e-mail address", "cme@ashcombe.example"),
    Field("authority", "the council’s name", "Ashcombe Council"),
    Field("authority_website", "the council’s website", "www.ashcombe.example"),
    Field("deadline", "the day of the next deadline", "Wednesday 11 March 2026"),
    Field(
        "deadline_working",
        "how the next deadline was counted",
        "The day on which the authority received a referral: Monday 2 March 2026. Counted: 7 "
        "working days, counted from the day after, which is day 1. The day reached is Wednesday "
        "11 March 2026.",
    ),
    Field("school_name", "the child’s school", "Millbrook Primary School"),
    Field("new_school", "the new school", "Hill Road Academy", is_asked=True),
    Field("start_day", "the first day at the new school", "Monday 9 March 2026", is_asked=True),
    Field("visit_day", "the day of the visit", "Thursday 12 March 2026", is_asked=True),
    Field("visit_time", "the time of the visit", "10am", is_asked=True),
    Field("reply_by", "the day to reply by", "Friday 13 March 2026", is_asked=True),
    Field("days_tried", "the days on which we tried", "2 and 4 March 2026", is_asked=True),
    Field("what_is_asked", "what you ask for", "the date of the last attendance", is_asked=True),
    Field("reason", "the reason", "a school place was found", is_asked=True),
)
BY_KEY: Mapping[str, Field] = {field.key: field for field in FIELDS}
EXAMPLES: Mapping[str, str] = {field.key: field.example for field in FIELDS}

_FIELD = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_CODE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


class UnknownField(ValueError):
    """A template names a field that is not in the list, or holds something that is no field."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return the words with each field's value; in square brackets what has no value yet.

    Values are put in once and never read again, so that braces in a name stay braces.
    Raises UnknownField.
    """
    _refuse_code(text)

    def value(found: re.Match[str]) -> str:
        field = _field(found.group(1))
        return values.get(field.key) or f"[{field.title}]"

    return _FIELD.sub(value, text)


def check(text: str) -> None:
    """Raise UnknownField when the words hold anything but text and published fields."""
    fill(text, {})


def _field(key: str) -> Field:
    try:
        return BY_KEY[key]
    except KeyError:
        raise UnknownField(
            f"There is no field “{key}”. Use one from the list beside the letter."
        ) from None


def _refuse_code(text: str) -> None:
    left = _CODE.search(_FIELD.sub("", text))
    if left:
        raise UnknownField(
            f"“{left.group()}” stands alone. Write a field as {{{{ child_name }}}}, with two "
            "brackets on each side; nothing else in curly brackets can be used."
        )


_GAPS = re.compile("|".join(re.escape(f"[{field.title}]") for field in FIELDS))


def gaps(*texts: str) -> list[str]:
    """Return what the writer still has to fill in, as it stands in the letter, each once."""
    return list(dict.fromkeys(found for text in texts for found in _GAPS.findall(text)))
