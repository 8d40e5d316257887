"""Checks of the numbers by which a child is known, with what is wrong in plain words.

A check never refuses by itself: it gives the number in its normal form and a list of problems,
each an error (the number cannot be right) or a warning (it may be right; somebody should look).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

# I, O and S are left out, so that nobody reads them as 1, 0 and 5.
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"

_PERMANENT = re.compile(rf"[{UPN_LETTERS}][0-9]{{12}}")
_TEMPORARY = re.compile(rf"[{UPN_LETTERS}][0-9]{{11}}[{UPN_LETTERS}]")
_SLIPS_TO_DIGIT = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5"})
_SEPARATORS = re.compile(r"[\s\-./]+")

# Codes that the department gives or once gave to authorities, Welsh and pseudo-authorities
# included; children keep the number of an authority that no longer exists.
_AUTHORITY_CODES = (
    (1, 5), (201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384),
    (390, 394), (420, 420), (660, 681), (701, 708), (800, 999),
)  # fmt: skip


class Severity(StrEnum):
    """How much a problem matters."""

    ERROR = "error"
    WARNING = "warning"


class UpnKind(StrEnum):
    """Whether a unique pupil number is meant to last."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a number, in a sentence a person can act on."""

    severity: Severity
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A number after its check.

    `value` is the normal form: capitals, no spaces. `suggestion` is a number that differs only by
    a slip of typing and passes the check, or None; it is to be offered, never applied unasked.
    """

    value: str
    problems: tuple[Problem, ...] = ()
    kind: UpnKind | None = None
    suggestion: str | None = None

    @property
    def is_valid(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return not self.errors

    @property
    def errors(self) -> tuple[str, ...]:
        """The sentences of the problems that make the number impossible."""
        return tuple(p.says for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences of the problems that somebody should look at."""
        return tuple(p.says for p in self.problems if p.severity is Severity.WARNING)


def normalised(typed: str) -> str:
    """What was typed, in capitals and without spaces, hyphens, dots or slashes."""
    return _SEPARATORS.sub("", typed).upper()


def upn_letter(body: str) -> str:
    """The check letter for characters 2 to 13 of a unique pupil number.

    Each character's value (a digit itself, a letter its place in the alphabet of 23) is multiplied
    by its position, 2 to 13; the sum modulo 23 chooses the letter. Source: the government's data
    standard for the unique pupil number, version 2.0. Raises ValueError for any other shape.
    """
    if not _PERMANENT.fullmatch("A" + body) and not _TEMPORARY.fullmatch("A" + body):
        raise ValueError(f"{body!r} is not twelve characters that can follow a check letter.")
    values = (UPN_LETTERS.index(c) if c.isalpha() else int(c) for c in body)
    return UPN_LETTERS[sum(v * position for position, v in enumerate(values, start=2)) % 23]


def check_upn(typed: str) -> Checked:
    """Check a unique pupil number: a letter and twelve digits, the last a letter if temporary."""
    value = normalised(typed)
    if not value:
        return Checked(value, (_error("No unique pupil number was given."),))
    if _PERMANENT.fullmatch(value):
        kind = UpnKind.PERMANENT
    elif _TEMPORARY.fullmatch(value):
        kind = UpnKind.TEMPORARY
    else:
        return Checked(value, (_error(_upn_shape(value)),), suggestion=_upn_suggestion(value))
    right = upn_letter(value[1:])
    if value[0] != right:
        wrong = (
            f"The check letter does not match: {value[1:]} goes with {right}, not {value[0]}. "
            "Compare every character with the source."
        )
        return Checked(value, (_error(wrong),), kind)
    problems = []
    if not _is_authority_code(value[1:4]):
        problems.append(
            _warning(
                f"{value[1:4]} (characters 2 to 4) is not the code of a local authority that is "
                "known here. The number may still be right: ask the school."
            )
        )
    if kind is UpnKind.TEMPORARY:
        problems.append(
            _warning("This is a temporary number. Ask the school for the permanent one.")
        )
    return Checked(value, tuple(problems), kind)


def check_nhs_number(typed: str) -> Checked:
    """Check an NHS number: ten digits of which the last is a check digit modulo 11."""
    value = normalised(typed)
    digits = value.translate(_SLIPS_TO_DIGIT)
    if not re.fullmatch(r"[0-9]{10}", value):
        slip = digits if digits != value and check_nhs_number(digits).is_valid else None
        return Checked(value, (_error(_digits_shape("An NHS number", value)),), suggestion=slip)
    remainder = sum(int(d) * weight for d, weight in zip(value, range(10, 1, -1), strict=False))
    if (11 - remainder % 11) % 11 != int(value[9]):
        return Checked(
            value,
            (_error("The last digit does not fit the others. Compare every digit."),),
        )
    if len(set(value)) == 1:
        # Ten equal digits pass the sum and are what people type to get past a required field.
        return Checked(value, (_warning("All ten digits are the same. Check the source."),))
    return Checked(value)


def check_uln(typed: str) -> Checked:
    """Check a unique learner number: ten digits, not from 0, a weighted sum of 10 modulo 11."""
    value = normalised(typed)
    digits = value.translate(_SLIPS_TO_DIGIT)
    if not re.fullmatch(r"[1-9][0-9]{9}", value):
        slip = digits if digits != value and check_uln(digits).is_valid else None
        says = _digits_shape("A unique learner number", value)
        if re.fullmatch(r"0[0-9]{9}", value):
            says = "A unique learner number does not begin with 0."
        return Checked(value, (_error(says),), suggestion=slip)
    total = sum(int(d) * weight for d, weight in zip(value, range(10, 0, -1), strict=True))
    if total % 11 != 10:
        return Checked(
            value,
            (_error("The last digit does not fit the others. Compare every digit."),),
        )
    return Checked(value)


def _upn_shape(value: str) -> str:
    if len(value) != 13:
        return f"A unique pupil number has 13 characters; this has {len(value)}."
    if not value[0].isalpha():
        return f"A unique pupil number begins with a letter; this begins with {value[0]}."
    if value[0] not in UPN_LETTERS:
        return f"A unique pupil number never begins with {value[0]}: I, O and S are not used."
    return (
        "A unique pupil number is a letter and twelve digits; only a temporary one has a letter "
        "at the end as well."
    )


def _upn_suggestion(value: str) -> str | None:
    if len(value) != 13:
        return None
    middle = value[1:12].translate(_SLIPS_TO_DIGIT)
    for last in dict.fromkeys((value[12], value[12].translate(_SLIPS_TO_DIGIT))):
        candidate = value[0] + middle + last
        if candidate != value and check_upn(candidate).is_valid:
            return candidate
    return None


def _digits_shape(what: str, value: str) -> str:
    if not value:
        return f"{what} was not given."
    if value.isdigit():
        return f"{what} has 10 digits; this has {len(value)}."
    return f"{what} has digits only."


def _is_authority_code(code: str) -> bool:
    return any(first <= int(code) <= last for first, last in _AUTHORITY_CODES)


def _error(says: str) -> Problem:
    return Problem(Severity.ERROR, says)


def _warning(says: str) -> Problem:
    return Problem(Severity.WARNING, says)
