"""Whom to ring in a school, and where nobody is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onroll.office.kernel.decision import Unknown
from onroll.office.schools.models import School, SchoolContact
from onroll.office.schools.queries.directory import own_schools_open_on

Role = SchoolContact.Role


@dataclass(frozen=True, slots=True)
class Expected:
    """A role that every school should have filled, and why."""

    role: str
    title: str
    why: str


# DfE's Working together to improve school attendance asks every school for a senior attendance
# leader and every authority for a named contact; Keeping children safe in education asks for the
# safeguarding lead. Champions are asked for by some authorities.
EXPECTED: tuple[Expected, ...] = (
    Expected(
        Role.ATTENDANCE_LEAD,
        Role.ATTENDANCE_LEAD.label,
        "Working together to improve school attendance",
    ),
    Expected(
        Role.SAFEGUARDING_LEAD,
        Role.SAFEGUARDING_LEAD.label,
        "Keeping children safe in education",
    ),
    Expected(
        Role.AUTHORITY_CONTACT,
        "The authority's named contact",
        "Working together to improve school attendance",
    ),
    Expected(Role.INCLUSION_CHAMPION, Role.INCLUSION_CHAMPION.label, "Local practice"),
    Expected(Role.ATTENDANCE_CHAMPION, Role.ATTENDANCE_CHAMPION.label, "Local practice"),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """A role that nobody fills, or somebody who cannot be reached."""

    role: str
    title: str
    says: str
    is_nobody: bool


@dataclass(frozen=True, slots=True)
class SchoolGaps:
    """The gaps of one school."""

    school: School
    gaps: Sequence[Gap]

    @property
    def by_role(self) -> dict[str, Gap]:
        return {gap.role: gap for gap in self.gaps}


def contacts(school: School, on: date) -> list[SchoolContact]:
    """Return whom to ring in a school on a day, in the order of the roles."""
    order = {key: i for i, key in enumerate(Role.values)}
    found = SchoolContact.objects.on(on).filter(school=school)
    return sorted(found, key=lambda c: (order[c.role], c.name))


def contact(pk: int) -> SchoolContact:
    """Return one contact as now believed. Raises Unknown."""
    found: SchoolContact | None = (
        SchoolContact.objects.as_known().filter(pk=pk).select_related("school").first()
    )
    if found is None:
        raise Unknown(f"no contact {pk}")
    return found


def contacts_as_recorded(keys: Sequence[int]) -> list[SchoolContact]:
    """Return the very rows of these keys, superseded ones too, for undoing a file."""
    return list(SchoolContact.objects.filter(pk__in=keys).select_related("school"))


def gaps_of(held: Iterable[SchoolContact]) -> list[Gap]:
    """Return which of the expected roles nobody fills or can be reached in."""
    by_role: dict[str, list[SchoolContact]] = {}
    for one in held:
        by_role.setdefault(one.role, []).append(one)
    gaps = []
    for expected in EXPECTED:
        named = by_role.get(expected.role, [])
        if not named:
            gaps.append(Gap(expected.role, expected.title, "Nobody named", is_nobody=True))
        elif not any(one.telephone or one.email for one in named):
            says = "No telephone or e-mail"
            gaps.append(Gap(expected.role, expected.title, says, is_nobody=False))
    return gaps


def contact_gaps(on: date, known_at: datetime | None = None, *, role: str = "") -> list[SchoolGaps]:
    """Return the authority's schools open on a day that had a gap among their contacts.

    The worst first; with a role, the gaps in that role alone.
    """
    held: dict[int, list[SchoolContact]] = {}
    for one in SchoolContact.objects.on(on, known_at):
        held.setdefault(one.school_id, []).append(one)
    found = [
        SchoolGaps(s, [g for g in gaps_of(held.get(s.pk, ())) if role in ("", g.role)])
        for s in own_schools_open_on(on)
    ]
    return sorted((f for f in found if f.gaps), key=lambda f: (-len(f.gaps), f.school.name))
