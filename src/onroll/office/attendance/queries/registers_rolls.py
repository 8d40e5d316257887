"""Who a UPN in a register is, and whether that child was on the school's roll on the day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from onroll.office.attendance.queries.marks import key_of
from onroll.office.people.models import Child, Identifier
from onroll.office.people.queries.sealed import (
    believed,
    opened,
    sealed_children,
    sealed_rows,
)
from onroll.office.schools import queries as schools
from onroll.office.schools.models import Enrolment, School

_UPNS = ("upn", "temporary_upn", "former_upn")
_MANY = 2_000  # values beyond which a whole table is read sooner than so many are asked for
_LAST = date(9999, 12, 31)

Span = tuple[date, date, str]


@dataclass(frozen=True, slots=True)
class Rolls:
    """Children by UPN, what they are called in the store, and when they were on which roll."""

    children: Mapping[str, Sequence[int]]
    refs: Mapping[int, str]
    spans: Mapping[tuple[int, int], Sequence[Span]]  # (child, school): from, to, year group
    sealed: frozenset[int] = field(default_factory=frozenset)

    def at(self, upn: str, school: int) -> list[int]:
        """Return the children with a UPN who were ever on a school's roll."""
        return [pk for pk in self.children.get(upn, ()) if (pk, school) in self.spans]

    def is_told(self, upn: str) -> bool:
        """Say whether it may be told that somebody here has a UPN: a sealed child is nobody."""
        return any(pk not in self.sealed for pk in self.children.get(upn, ()))


def bare_upn(text: str) -> str:
    """Return a UPN as it is compared."""
    return "".join(text.split()).upper()


def rolls(upns: Iterable[str], at: Iterable[School]) -> Rolls:
    """Return what is known of these UPNs and the rolls of these schools, the sealed among them.

    For the program alone: who is sealed must not be told from the rest by anything that is shown.
    """
    asked = set(upns)
    found = Identifier.objects.as_known().filter(scheme__in=_UPNS, child__erased_at=None)
    if len(asked) <= _MANY:
        found = found.filter(value__in=asked)
    children: dict[str, list[int]] = {}
    refs: dict[int, str] = {}
    for value, pk, ref in found.order_by("pk").values_list("value", "child_id", "child__ref"):
        if value in asked and pk not in children.setdefault(value, []):
            children[value].append(pk)
            refs[pk] = ref
    wanted = {school.pk for school in at}
    entries = list(
        Enrolment.objects.as_known()
        .filter(school__in=wanted, is_expected=False)
        .values_list("child_id", "school_id", "starts_on", "ends_on", "year_group")
    )
    sealed = sealed_children()
    if hidden := sealed & refs.keys():
        with opened():
            kept = believed(sealed_rows(Enrolment, children=hidden), None)
        entries += [
            (e.child_id, e.school_id, e.starts_on, e.ends_on, e.year_group)
            for e in kept
            if e.school_id in wanted and not e.is_expected
        ]
    spans: dict[tuple[int, int], list[Span]] = {}
    for pk, school, starts, ends, year in entries:
        if pk in refs:
            group = "" if year is None else str(year)
            spans.setdefault((pk, school), []).append((starts, ends or _LAST, group))
    return Rolls(children, refs, spans, frozenset(sealed))


def refs_of(upns: Iterable[str]) -> set[str]:
    """Return by what the store knows the children who have these UPNs."""
    return set(rolls(map(bare_upn, upns), ()).refs.values())


def refs_of_children(children: Iterable[int]) -> list[str]:
    """Return by what the store knows some children."""
    return list(Child.objects.filter(pk__in=children).values_list("ref", flat=True))


def sealed_refs() -> frozenset[str]:
    """Return by what the store knows the sealed: whatever is told of marks leaves them out."""
    return frozenset(refs_of_children(sealed_children()))


def named_schools(texts: Iterable[str]) -> dict[str, School]:
    """Return the school that each text means, where one does."""
    own = schools.own_open_schools()
    by_text: dict[str, School] = {}
    for school in own:
        for name in (str(school.urn or ""), school.laestab, school.laestab.replace("/", "")):
            if name:
                by_text[name] = school
    found: dict[str, School] = {}
    for text in texts:
        bare = " ".join(text.split())
        meant = by_text.get(bare) or schools.school_told(bare)
        if meant is not None:
            found[text] = meant
    return found


def every_school() -> dict[int, str]:
    """Return every open school of the area with its name among the marks."""
    return {school.pk: key_of(school) for school in schools.own_open_schools()}
