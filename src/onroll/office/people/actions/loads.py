"""Many children and facts at once, for imports and for the synthetic authority.

The file as a whole is journalled by whoever loads it; `by` is who the facts are recorded by. Rows
of sealed children go among sealed facts, one by one; a new row that is probably a sealed child is
held back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from onroll.matching.explain import Person
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.facts import Fact
from onroll.office.kernel.references import new_child_reference, new_reference
from onroll.office.people import policy
from onroll.office.people.actions.facts import placed
from onroll.office.people.actions.keeping import loaded
from onroll.office.people.actions.particulars import believed_of, spoken_by
from onroll.office.people.actions.sealing import hold_back
from onroll.office.people.actions.terms import found_by, rebuild_terms
from onroll.office.people.models import (
    Access,
    Carer,
    CarerAddress,
    Child,
    ChildAddress,
    ChildName,
    ContactPoint,
    Flag,
    Identifier,
    Language,
    Particulars,
    Professional,
    Relationship,
    Whereabouts,
)
from onroll.office.people.models.flags import flag_kind
from onroll.office.people.queries.matches import sealed_among
from onroll.office.people.queries.sealed import is_sealable, sealed_children

LOADED = verb("children.loaded", "loaded {count} rows of {what}", "what", "count")
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class ChildRow:
    """One child of a load. `key` is the loader's own and comes back with the child's."""

    key: str
    given_names: str
    family_name: str
    born_on: date | None
    known_from: date
    birth_date_is: str = Child.BirthDate.EXACT
    sex: str = Child.Sex.UNKNOWN
    known_as: str = ""
    ethnicity: str = ""
    first_language: str = ""
    needs_interpreter: bool = False
    free_school_meals: bool | None = None
    died_on: date | None = None
    upn: str = ""
    source: str = ""
    recorded_at: datetime | None = None  # where this child was known before the rest of the load
    # (use, given names, family name, first day, last day or None)
    other_names: tuple[tuple[str, str, str, date, date | None], ...] = ()


_OWN = [
    "given_names",
    "family_name",
    "known_as",
    "born_on",
    "birth_date_is",
    "sex",
    "ethnicity",
    "free_school_meals",
    "died_on",
]


@transaction.atomic
def load_children(
    rows: Sequence[ChildRow],
    *,
    by: Actor,
    on: date,
    at: datetime | None = None,
    holds_back: bool = True,
    rebuilds_terms: bool = True,
) -> dict[str, int]:
    """Add many children with their names and UPNs; return each row's key with the child's.

    `at` is for history that was known before this program ran. A load that goes on to write facts
    about the same children says `holds_back` and `rebuilds_terms` False, and calls
    `rebuild_terms` and then `hold_back_twins` when it is done.
    """
    policy.can_load(by).require()
    recorded = {"recorded_by_id": by.pk, **({"recorded_at": at} if at else {})}
    children = [
        Child(ref=new_child_reference(), **{name: getattr(row, name) for name in _OWN})
        for row in rows
    ]
    Child.objects.bulk_create(children, batch_size=BATCH)
    names: list[ChildName] = []
    numbers: list[Identifier] = []
    believed: list[Particulars] = []
    spoken: list[Language] = []
    for row, child in zip(rows, children, strict=True):
        said = {"child": child, "source": row.source, **recorded}
        if row.recorded_at:
            said["recorded_at"] = row.recorded_at
        if not any(
            use == ChildName.Use.LEGAL and last is None for use, *_, last in row.other_names
        ):
            names.append(
                ChildName(
                    use=ChildName.Use.LEGAL,
                    given_names=row.given_names,
                    family_name=row.family_name,
                    starts_on=row.known_from,
                    **said,
                )
            )
        names += [
            ChildName(
                use=use,
                given_names=given,
                family_name=family,
                starts_on=first,
                ends_on=last,
                **said,
            )
            for use, given, family, first, last in row.other_names
        ]
        if row.upn:
            numbers.append(
                Identifier(scheme="upn", value=row.upn, starts_on=row.known_from, **said)
            )
        believed.append(
            Particulars(starts_on=row.born_on or row.known_from, **believed_of(child), **said)
        )
        if row.first_language or row.needs_interpreter:
            spoken.append(
                Language(
                    **spoken_by(row.first_language, row.needs_interpreter),
                    starts_on=row.known_from,
                    **said,
                )
            )
    ChildName.objects.bulk_create(names, batch_size=BATCH)
    Identifier.objects.bulk_create(numbers, batch_size=BATCH)
    Particulars.objects.bulk_create(believed, batch_size=BATCH)
    Language.objects.bulk_create(spoken, batch_size=BATCH)
    if rebuilds_terms:
        rebuild_terms(child.pk for child in children)
    _loaded(Child, len(children), by)
    keys = {row.key: child.pk for row, child in zip(rows, children, strict=True)}
    if holds_back:
        hold_back_twins(rows, keys, by=by, on=on)
    return keys


def hold_back_twins(
    rows: Sequence[ChildRow], keys: Mapping[str, int], *, by: Actor, on: date
) -> None:
    """Seal each loaded child that is probably a sealed one, until somebody has compared them."""
    policy.can_load(by).require()
    reports = [
        Person(row.given_names, row.family_name, born_on=row.born_on, upn=row.upn) for row in rows
    ]
    twins = [keys[rows[index].key] for index in sorted(sealed_among(reports))]
    for child in Child.objects.filter(pk__in=twins).order_by("pk"):
        hold_back(child, on)


@dataclass(frozen=True, slots=True)
class CarerRow:
    """One carer of a load."""

    key: str
    family_name: str
    given_names: str = ""
    title: str = ""
    first_language: str = ""
    needs_interpreter: bool = False


def load_carers(rows: Sequence[CarerRow], *, by: Actor) -> dict[str, int]:
    """Add many carers; return each row's key with the carer's."""
    policy.can_load(by).require()
    carers = [
        Carer(
            ref=new_reference(),
            **{f: getattr(row, f) for f in CarerRow.__dataclass_fields__ if f != "key"},
        )
        for row in rows
    ]
    Carer.objects.bulk_create(carers, batch_size=BATCH)
    _loaded(Carer, len(carers), by)
    return {row.key: carer.pk for row, carer in zip(rows, carers, strict=True)}


Rows = Iterable[Mapping[str, Any]]
Listed = list[Mapping[str, Any]]


def load_names(rows: Rows, *, by: Actor, rebuilds_terms: bool = True) -> int:
    """Add many names; each row has `child_id` and the fields of a ChildName."""
    return _load(ChildName, rows, by, rebuilds_terms=rebuilds_terms)


def load_identifiers(rows: Rows, *, by: Actor, rebuilds_terms: bool = True) -> int:
    """Add many numbers; each row has `child_id`, `scheme`, `value`, `starts_on`."""
    return _load(Identifier, rows, by, rebuilds_terms=rebuilds_terms)


def load_addresses(rows: Rows, *, by: Actor, rebuilds_terms: bool = True) -> int:
    """Add many addresses of children; the key of the house is made here."""
    return _load(ChildAddress, (_placed(row) for row in rows), by, rebuilds_terms=rebuilds_terms)


def load_carer_addresses(rows: Rows, *, by: Actor) -> int:
    """Add many addresses of carers; each row has `carer_id`."""
    return _load(CarerAddress, (_placed(row) for row in rows), by)


def load_flags(rows: Rows, *, by: Actor) -> int:
    """Raise many flags. Raises UnknownFlag for one that is not in the table."""
    listed = list(rows)
    for row in listed:
        flag_kind(row["flag"])
    return _load(Flag, listed, by)


def load_relationships(rows: Rows, *, by: Actor, rebuilds_terms: bool = True) -> int:
    """Add many relationships; each row has `child_id`, `carer_id`, `kind`, `starts_on`."""
    return _load(Relationship, rows, by, rebuilds_terms=rebuilds_terms)


def load_contact_points(rows: Rows, *, by: Actor, rebuilds_terms: bool = True) -> int:
    """Add many contact points; each row has `child_id` or `carer_id`."""
    return _load(ContactPoint, rows, by, rebuilds_terms=rebuilds_terms)


def load_professionals(rows: Rows, *, by: Actor) -> int:
    """Add many professionals."""
    return _load(Professional, rows, by)


def load_whereabouts(rows: Rows, *, by: Actor) -> int:
    """Add many conclusions on whereabouts."""
    return _load(Whereabouts, rows, by)


def load_access(rows: Rows, *, by: Actor) -> int:
    """Let many schools, teams or people know of children; each row has the fields of an Access."""
    return _load(Access, rows, by)


def _placed(row: Mapping[str, Any]) -> dict[str, Any]:
    parts = (row.get(name, "") for name in ("line_1", "line_2", "town", "postcode"))
    return {**row, **placed(*parts)}


@transaction.atomic
def _load(model: type[Fact], rows: Rows, by: Actor, *, rebuilds_terms: bool = True) -> int:
    policy.can_load(by).require()
    listed = list(rows)
    apart, together = _split(model, listed)
    for row in apart:
        loaded(model, by, **row)
    made = [model(**{"recorded_by_id": by.pk, **row}) for row in together]
    model._default_manager.bulk_create(made, batch_size=BATCH)
    if rebuilds_terms:
        owners = [(row.get("child_id"), row.get("carer_id")) for row in listed]
        rebuild_terms(found_by(model, owners))
    _loaded(model, len(listed), by)
    return len(listed)


def _split(model: type[Fact], rows: Listed) -> tuple[Listed, Listed]:
    """Part the rows that may belong among sealed facts from those that need not be asked."""
    sealed = sealed_children() if is_sealable(model) else set()
    if not sealed:
        return [], rows
    beside = set(
        Relationship.objects.as_known().filter(child__in=sealed).values_list("carer", flat=True)
    )
    apart: Listed = []
    together: Listed = []
    for row in rows:
        is_apart = row.get("child_id") in sealed or row.get("carer_id") in beside
        (apart if is_apart else together).append(row)
    return apart, together


def _loaded(model: type[models.Model], count: int, by: Actor) -> None:
    record(LOADED, by=by, what=str(model._meta.verbose_name_plural), count=count)
