"""The facts of one kind about a child as a screen shows them: what is believed, what was before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from onroll import data
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.facts import Fact
from onroll.office.people.models import (
    Carer,
    CarerAddress,
    Child,
    ChildAddress,
    ChildLocality,
    ChildName,
    ContactPoint,
    Flag,
    HouseholdHazard,
    Identifier,
    Language,
    Particulars,
    Professional,
    Relationship,
    Whereabouts,
    Withdrawal,
    YearTaught,
    languages,
)
from onroll.office.people.models.flags import FLAGS, flag_kind
from onroll.office.people.queries.children import family
from onroll.office.people.queries.sealed import facts_of
from onroll.statute.ages import RECEPTION, YEAR_13, year_group_name

KINDS: Mapping[str, type[Fact]] = {
    "name": ChildName,
    "identifier": Identifier,
    "address": ChildAddress,
    "locality": ChildLocality,
    "carer": Relationship,
    "contact": ContactPoint,
    "carer_address": CarerAddress,
    "professional": Professional,
    "flag": Flag,
    "whereabouts": Whereabouts,
    "hazard": HouseholdHazard,
    "language": Language,
    "year_taught": YearTaught,
    "particulars": Particulars,
}

# What a screen shows of each kind, in its order: the field and what to call it.
SHOWN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "name": (("use", "Use"), ("given_names", "Given names"), ("family_name", "Family name")),
    "identifier": (("scheme", "Kind"), ("value", "Number")),
    "address": (
        ("use", "Use"),
        ("line_1", "Address"),
        ("line_2", ""),
        ("town", ""),
        ("postcode", "Postcode"),
        ("la_code", "Authority"),
    ),
    "locality": (("locality", "Counted in"),),
    "carer": (
        ("carer", "Name"),
        ("kind", "Relationship"),
        ("parental_responsibility", "Responsibility"),
        ("lives_with", "Lives there"),
        ("contact", "Contact"),
        ("detail", "Detail"),
    ),
    "contact": (
        ("whose", "Whose"),
        ("kind", "Kind"),
        ("value", "Number or address"),
        ("safe", "Safe"),
    ),
    "carer_address": (
        ("whose", "Whose"),
        ("line_1", "Address"),
        ("line_2", ""),
        ("town", ""),
        ("postcode", "Postcode"),
        ("safe", "Safe for letters"),
    ),
    "professional": (
        ("role", "Role"),
        ("name", "Name"),
        ("organisation", "Organisation"),
        ("telephone", "Telephone"),
        ("email", "E-mail"),
    ),
    "flag": (("flag", "Flag"), ("detail", "Detail")),
    "whereabouts": (
        ("conclusion", "Conclusion"),
        ("strength", "How sure"),
        ("la_code", "Authority"),
        ("country", "Country"),
        ("evidence", "Evidence"),
        ("return_expected_on", "Return expected"),
    ),
    "hazard": (("house", "House"), ("hazard", "Hazard"), ("advice", "Before visiting")),
    "language": (
        ("language", "Language"),
        ("is_first", "First language"),
        ("at_home", "Spoken at home"),
        ("interpreter", "Interpreter needed by"),
    ),
    "year_taught": (("year_group", "Taught in"),),
    "particulars": (
        ("born_on", "Date of birth"),
        ("birth_date_is", "Exact or estimated"),
        ("sex", "Sex"),
        ("ethnicity", "Ethnicity"),
        ("died_on", "Date of death"),
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One answer of a fact in words, in a colour where somebody could be harmed by missing it."""

    label: str
    words: str
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Belief:
    """One fact in words: what it said, when it was so, and since and until when we believed it."""

    fact: Fact
    values: tuple[Said, ...]
    recorded_by: str
    superseded_at: datetime | None
    superseded_by: str = ""
    withdrawn_by: str = ""
    why: str = ""
    is_now: bool = False

    @property
    def says(self) -> str:
        """The fact in one line."""
        return ", ".join(said.words for said in self.values if said.words)


def columns(kind: str) -> list[str]:
    """Return what the columns of a list of this kind are called."""
    return [label for _, label in SHOWN[kind] if label]


def _every(kind: str, child: Child, by: Actor) -> list[Fact]:
    model = KINDS[kind]
    if model is HouseholdHazard:
        homes = facts_of(ChildAddress, by=by, child=child.pk)
        places = {a.place for a in homes}
        return list(HouseholdHazard.objects.filter(place__in=places).select_related("recorded_by"))
    if model is ContactPoint:
        return [
            *facts_of(ContactPoint, by=by, child=child.pk, is_every_belief=True),
            *_of_carers(ContactPoint, child, by),
        ]
    if model is CarerAddress:
        return _of_carers(CarerAddress, child, by)
    rows = facts_of(model, by=by, child=child.pk, is_every_belief=True)
    if model is Flag and not by.may("flags.restricted"):
        rows = [r for r in rows if not flag_kind(r.flag).is_restricted]  # type: ignore[attr-defined]
    return rows


def _of_carers(model: type[Any], child: Child, by: Actor) -> list[Any]:
    beside = Relationship.objects.filter(child=child).values_list("carer", flat=True)
    return [
        row
        for carer in sorted(set(beside))
        for row in facts_of(model, by=by, carer=carer, is_every_belief=True)
    ]


def beliefs(kind: str, child: Child, *, by: Actor, on: date) -> list[Belief]:
    """Return every fact of a kind, those believed now first, each with who recorded and changed it.

    `is_now` marks what is believed now and holds today.
    """
    rows = _every(kind, child, by)
    carers = Carer.objects.in_bulk({k for r in rows if (k := getattr(r, "carer_id", None))})
    houses = {a.place: a.line_1 for a in facts_of(ChildAddress, by=by, child=child.pk)}
    # Superseding and recording anew is one act at one instant: that joins a row to its successor.
    later = {r.recorded_at: r for r in rows}
    withdrawn = {
        w.row: w
        for w in facts_of(Withdrawal, by=by, child=child.pk)
        if w.table == KINDS[kind]._meta.label
    }
    found = []
    for row in rows:
        gone = withdrawn.get(row.pk)
        successor = later.get(row.superseded_at) if row.superseded_at and not gone else None
        found.append(
            Belief(
                fact=row,
                values=_values(kind, row, carers, houses),
                recorded_by=_by(row),
                superseded_at=row.superseded_at,
                superseded_by=_by(successor) if successor else "",
                withdrawn_by=_by(gone) if gone else "",
                why=gone.because if gone else successor.source if successor else "",
                is_now=row.superseded_at is None and row.holds_on(on),
            )
        )
    found.sort(key=lambda b: (b.fact.starts_on, b.fact.recorded_at), reverse=True)
    return found


def _values(
    kind: str, row: Fact, carers: Mapping[int, Carer], houses: Mapping[str, str]
) -> tuple[Said, ...]:
    """Return the answers; a field without a label is read on with the one before it."""
    found: list[Said] = []
    for field, label in SHOWN[kind]:
        said = _said(row, field, carers, houses)
        if label:
            found.append(Said(label, said, _colour(row, field)))
        elif said:
            before = found.pop()
            found.append(Said(before.label, f"{before.words}, {said}", before.colour))
    return tuple(found)


def _colour(row: Fact, field: str) -> str:
    """Red for what must not be used, orange for what nobody has checked."""
    if field not in ("contact", "safe"):
        return ""
    return {"no": "red", "unknown": "orange"}.get(getattr(row, field), "green")


def belief(kind: str, child: Child, pk: int, *, by: Actor) -> Fact:
    """Return one fact of a child. Raises Unknown for another's, or one that may not be seen."""
    for row in _every(kind, child, by):
        if row.pk == pk:
            return row
    raise Unknown("There is no such record.")


def _by(row: Fact) -> str:
    return str(row.recorded_by) if row.recorded_by_id is not None else "OnRoll"


def _said(row: Fact, field: str, carers: Mapping[int, Carer], houses: Mapping[str, str]) -> str:
    if field == "whose":
        carer = carers.get(getattr(row, "carer_id", None) or 0)
        return str(carer) if carer else "The child"
    # The field was asked of the row's own model, so that it has what is read below.
    if field == "la_code":
        return data.name_of(row.la_code) if row.la_code else ""  # type: ignore[attr-defined]
    if field == "house":
        return houses.get(row.place, row.place)  # type: ignore[attr-defined]
    if field == "parental_responsibility":
        return {"yes": "Yes", "no": "No"}.get(row.parental_responsibility, "Not known")  # type: ignore[attr-defined]
    if field == "flag":
        return flag_kind(row.flag).title  # type: ignore[attr-defined]
    if field == "year_group":
        return year_group_name(row.year_group)  # type: ignore[attr-defined]
    if field == "language" and not row.language:  # type: ignore[attr-defined]
        return "Not known"
    if display := getattr(row, f"get_{field}_display", None):
        return str(display())
    value = getattr(row, field)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)


# Choices for forms, as the models declare them.
NAME_USES = ChildName.Use.choices
SCHEMES = Identifier.Scheme.choices
ADDRESS_USES = ChildAddress.Use.choices
RELATIONSHIPS = Relationship.Kind.choices
RESPONSIBILITY = Relationship.Responsibility.choices
MAY_CONTACT = Relationship.Contact.choices
CONTACT_KINDS = ContactPoint.Kind.choices
SAFE = ContactPoint.Safe.choices
PROFESSIONS = Professional.Role.choices
CONCLUSIONS = Whereabouts.Conclusion.choices
STRENGTHS = Whereabouts.Strength.choices
SEXES = Child.Sex.choices
BIRTH_DATES = Child.BirthDate.choices
INTERPRETERS = Language.Interpreter.choices
LANGUAGES = languages.LANGUAGES

YEARS_TAUGHT = [(str(n), year_group_name(n)) for n in range(RECEPTION, YEAR_13 + 1)]


def flag_choices(*, by: Actor) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the flags that somebody may raise, in their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for kind in FLAGS:
        if not kind.is_restricted or by.may("flags.restricted"):
            groups.setdefault(kind.group, []).append((kind.key, kind.title))
    return list(groups.items())


def flag_notes(*, by: Actor) -> list[tuple[str, str, str, bool]]:
    """Return (title, why it matters, source, whether checked) of the flags somebody may see."""
    return [
        (kind.title, kind.matters, kind.cites, kind.confidence == "verified")
        for kind in FLAGS
        if not kind.is_restricted or by.may("flags.restricted")
    ]


def carer_choices(child: Child, *, by: Actor) -> list[tuple[str, str]]:
    """Return the people beside a child, to choose one."""
    beside = Relationship.objects.as_known().filter(child=child).select_related("carer")
    return [(str(r.carer_id), f"{r.carer} ({r.get_kind_display().lower()})") for r in beside]


def carers_nearby(child: Child, *, by: Actor) -> list[tuple[str, str]]:
    """Return the carers of a child's family who are not yet beside the child, to choose one."""
    relatives = {relative.child.pk for relative in family(child, by=by)}
    mine = Relationship.objects.as_known().filter(child=child).values("carer")
    found = Carer.objects.filter(relationships__child__in=relatives).exclude(pk__in=mine)
    return [(str(c.pk), str(c)) for c in found.distinct().order_by("family_name", "pk")]


def known_carer(child: Child, pk: int, *, by: Actor) -> Carer:
    """Return a carer of the child's family. Raises Unknown for anybody else."""
    if str(pk) not in dict(carers_nearby(child, by=by)):
        raise Unknown("There is no such person in the family.")
    return Carer.objects.get(pk=pk)


def carer_of(child: Child, pk: int) -> Carer:
    """Return somebody beside a child. Raises Unknown for anybody else."""
    found = Carer.objects.filter(pk=pk, relationships__child=child).first()
    if found is None:
        raise Unknown("There is no such person beside this child.")
    return found


def place_choices(child: Child, *, by: Actor) -> list[tuple[str, str]]:
    """Return the houses where a child lives or lived, to choose one."""
    homes = facts_of(ChildAddress, by=by, child=child.pk)
    return list({a.place: (a.place, f"{a.line_1} {a.postcode}") for a in homes}.values())
