"""What each kind of list usually is: the words offered when a source is added, to be checked.

The lawful bases rest on the duty to have arrangements to find children who are on no roll and not
otherwise educated (Education Act 1996, section 436A). Article 6(1)(c) and (e) of the UK GDPR and,
for special categories, Article 9(2)(g) with Schedule 1 to the Data Protection Act 2018 are what an
authority usually relies on; which of them, and whether the supplier may share at all, is for its
own information governance to say. So every text is offered with a caution, and none is taken for
checked until somebody ticks that it was.
"""

from dataclasses import dataclass

from onroll.office.linkage.models import Source

_DUTY = (
    "UK GDPR Article 6(1)(e), public task, and 6(1)(c), legal obligation: the duty to have "
    "arrangements to identify children who are not on a school roll and not receiving suitable "
    "education (Education Act 1996, section 436A)."
)
_RETURNS = (
    "Schools tell the authority of pupils added to and deleted from their registers (School "
    "Attendance (Pupil Registration) (England) Regulations 2024, regulation 13)."
)
_SPECIAL = (
    "A list that shows health or need also rests on Article 9(2)(g) with the Data Protection Act "
    "2018, Schedule 1, paragraphs 6 and 18, and needs an appropriate policy document."
)
_ASK = "Ask information governance to confirm it, and name the sharing agreement here."
_OTHER_PURPOSE = (
    "These records were gathered for another purpose. Whether they may be used for this one is not "
    f"settled by section 436A alone. {_ASK}"
)
_SHARED = f"Whether the supplier may share a whole list, and by what power, is not settled. {_ASK}"


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual answers for one kind of list."""

    evidence: str
    lawful_basis: str
    caution: str
    stale_after_months: int


def _education(months: int, caution: str = _ASK, more: str = "") -> Usual:
    return Usual("education", f"{_DUTY} {more}".strip(), caution, months)


def _residence(months: int, caution: str, more: str = "") -> Usual:
    return Usual("residence", f"{_DUTY} {more}".strip(), caution, months)


USUAL: dict[str, Usual] = {
    "census": _education(5),
    "ctf": _education(3),
    "independent": _education(6, _SHARED, _RETURNS),
    "home_education": _education(3),
    "alternative": _education(3),
    "eotas": _education(3, _ASK, _SPECIAL),
    "other_rolls": _education(5, _SHARED),
    "births": _residence(12, _SHARED),
    "health": _residence(6, _SHARED, _SPECIAL),
    "admissions": _residence(6, _ASK),
    "housing": _residence(6, _OTHER_PURPOSE),
    "council_tax": _residence(12, _OTHER_PURPOSE),
    "benefits": _residence(6, _OTHER_PURPOSE),
    "notices": _residence(6, _SHARED),
    "other": _residence(6, _SHARED),
}


def usual(kind: str) -> Usual:
    """Return the usual answers for a kind of list."""
    return USUAL.get(kind, USUAL["other"])


def caution_of(source: Source) -> str:
    """Return what is unsure about a source's lawful basis; nothing once somebody has checked it."""
    return "" if source.is_basis_checked else usual(source.kind).caution


def kinds() -> tuple[tuple[str, str, str], ...]:
    """Return every kind of list: its key, its title, and what being on it shows."""
    shows = {"education": "Being educated", "residence": "Living here"}
    return tuple(
        (key, str(title), "You say" if key == Source.Kind.OTHER else shows[usual(key).evidence])
        for key, title in Source.Kind.choices
    )
