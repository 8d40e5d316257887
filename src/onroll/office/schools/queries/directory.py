"""The directory of schools: finding one, listing them, choosing one in a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from onroll.matching.normalise import is_same_school, plain
from onroll.office.accounts import queries as accounts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.schools.models import School, SchoolContact, SchoolLink, SchoolLocality, Vacancy

CONTACT_ROLES = tuple(SchoolContact.Role.choices)
PHASES = (
    "Nursery",
    "Primary",
    "Middle deemed primary",
    "Secondary",
    "Middle deemed secondary",
    "All-through",
    "16 plus",
    "Not applicable",
)


def own_open_schools() -> list[School]:
    """Return the open schools in the authority's area, by name."""
    return list(_open(_own()).defer("extract").order_by("name"))


def own_schools_open_on(on: date) -> list[School]:
    """Return the schools in the authority's area that were open on a day, by name.

    As DfE's register says now: it keeps the days of opening and closing, and no earlier editions.
    """
    begun = Q(opened_on=None) | Q(opened_on__lte=on)
    still = Q(closed_on=None) & (Q(status="") | Q(status__startswith="Open"))
    found = _own().filter(begun & (still | Q(closed_on__gt=on)))
    return list(found.defer("extract").order_by("name"))


def _own() -> QuerySet[School]:
    code = accounts.authority().la_code
    return School.objects.filter(la_code=code) if code else School.objects.all()


def _open(found: QuerySet[School]) -> QuerySet[School]:
    return found.filter(Q(status="") | Q(status__startswith="Open"))


def school(pk: int) -> School:
    """Return one school. Raises Unknown."""
    found = School.objects.filter(pk=pk).first()
    if found is None:
        raise Unknown(f"no school {pk}")
    return found


def school_for(text: str) -> School | None:
    """Return the one school that a URN, a number like 999/4001 or a whole name means, or None."""
    text = " ".join(text.split())
    if text.isdecimal() and len(text) == 6:
        return School.objects.filter(urn=int(text)).first()
    digits = text.replace("/", "").replace(" ", "")
    if digits.isdecimal() and len(digits) == 7:
        return _only(_open(School.objects.filter(la_code=digits[:3], estab=digits[3:])))
    found = School.objects.filter(name__iexact=text)
    return _only(_open(found) & _own()) or _only(_open(found)) or _only(found)


def school_told(text: str) -> School | None:
    """Return the one school that is meant by what somebody wrote, or None.

    As `school_for`, and else by the spelling: "St Brides" is St Bride's Primary School where the
    area has no other school of that name. Two that it can be are for a person to tell apart.
    """
    found = school_for(text)
    if found is not None or not any(c.isalpha() for c in text):
        return found
    longest = max(plain(text).split(), key=len, default="")
    begun = School.objects.filter(name__icontains=longest[:4])
    for among in (_open(_own()), _open(begun)):
        named = among.values_list("pk", "name")
        alike = [pk for pk, name in named if is_same_school(text, name)]
        if len(alike) == 1:
            return School.objects.get(pk=alike[0])
        if alike:
            return None
    return None


def _only(found: QuerySet[School]) -> School | None:
    first_two = list(found[:2])
    return first_two[0] if len(first_two) == 1 else None


def find_schools(text: str, *, most: int = 20) -> list[School]:
    """Return schools whose name, town, number or postcode the text begins or is part of."""
    return list(_matching(School.objects.defer("extract"), text).order_by("name")[:most])


def _matching(found: QuerySet[School], text: str) -> QuerySet[School]:
    text = " ".join(text.split())
    digits = text.replace("/", "")
    if digits.isdecimal() and len(digits) == 7:
        return found.filter(la_code=digits[:3], estab=digits[3:])
    if digits.isdecimal() and len(digits) == 6:
        return found.filter(urn=int(digits))
    for word in text.split():
        found = found.filter(
            Q(name__icontains=word) | Q(town__icontains=word) | Q(postcode__istartswith=word)
        )
    return found


def choices(*, empty: str = "") -> list[tuple[str, str]]:
    """Return the authority's open schools, and settings that DfE does not list, for a form."""
    own = _open(_own()) | School.objects.filter(urn__isnull=True)
    listed = own.order_by("name").values_list("pk", "name", "town").distinct()
    return [
        ("", empty),
        *((str(pk), f"{name}, {town}" if town else name) for pk, name, town in listed),
    ]


@dataclass(frozen=True, slots=True)
class SchoolFilter:
    """What to list: `standing` is open, closed or any; `area` is own or any."""

    text: str = ""
    phase: str = ""
    type_group: str = ""
    locality: str = ""
    standing: str = "open"
    area: str = "own"


def schools(asked: SchoolFilter, *, on: date, sort: str = "name") -> QuerySet[School]:
    """Return the schools that a filter shows, each with `locality_name`, ready to be paged."""
    found = School.objects.defer("extract")
    if asked.area == "own":
        found = found & _own().defer("extract")
    if asked.standing == "open":
        found = _open(found)
    elif asked.standing == "closed":
        found = found.exclude(Q(status="") | Q(status__startswith="Open"))
    if asked.text:
        found = _matching(found, asked.text)
    if asked.phase:
        found = found.filter(phase=asked.phase)
    if asked.type_group:
        found = found.filter(type_group=asked.type_group)
    placed = SchoolLocality.objects.on(on).filter(school=OuterRef("pk"))
    found = found.annotate(locality_name=Subquery(placed.values("locality__name")[:1]))
    if asked.locality:
        here = SchoolLocality.objects.on(on).filter(locality=asked.locality)
        found = found.filter(pk__in=here.values("school"))
    order = sort if sort.lstrip("-") in ("name", "phase", "town", "locality_name") else "name"
    return found.order_by(order, "name")


def type_groups() -> list[tuple[str, str]]:
    """Return the groups of types that are in the register, for a filter."""
    found = School.objects.exclude(type_group="").values_list("type_group", flat=True)
    return [(group, group) for group in found.distinct().order_by("type_group")]


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A predecessor or successor; `school` is None when the register does not hold it."""

    nature: str
    urn: int
    school: School | None
    on: date | None


def links(of: School) -> list[LinkLine]:
    """Return what a school came from and became."""
    rows = list(SchoolLink.objects.filter(school=of).order_by("established_on", "linked_urn"))
    known = School.objects.defer("extract").in_bulk(
        [row.linked_urn for row in rows], field_name="urn"
    )
    return [
        LinkLine(r.nature, r.linked_urn, known.get(r.linked_urn), r.established_on) for r in rows
    ]


def locality_of(of: School, on: date) -> SchoolLocality | None:
    """Return the locality in which a school is counted on a day."""
    return SchoolLocality.objects.on(on).filter(school=of).select_related("locality").first()


def vacancies(of: School, on: date) -> list[Vacancy]:
    """Return the places free in a school on a day, by year group."""
    return list(Vacancy.objects.on(on).filter(school=of).order_by("year_group"))


def schools_of(actor: Actor) -> Sequence[School]:
    """Return the schools whose user this person is."""
    return list(School.objects.filter(pk__in=actor.schools).defer("extract").order_by("name"))
