"""Where a fact is written: in its own table or, for a sealed child, whole among sealed facts.

Every action of this package that writes a fact comes through here, so that none forgets a seal.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Value
from psycopg.errors import ExclusionViolation

from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.facts import Fact
from onroll.office.people.models import (
    Child,
    Relationship,
    SealedFact,
)
from onroll.office.people.queries.sealed import (
    is_sealable,
    opened,
    packed,
    sealables,
    sealed_children,
    sealed_rows,
    unpacked,
)

F_ = TypeVar("F_", bound=Fact)

# What the database's constraints say, for the person who meets one.
SENTENCES = {
    "one_legal_name_at_a_time": (
        "starts_on",
        "The child has another legal name on some of these days: end or correct it first.",
    ),
    "one_upn_at_a_time": (
        "value",
        "The child has another UPN on some of these days: end or correct it first.",
    ),
    "one_identifier_once_for_a_child": (
        "value",
        "This number is already recorded for the child on some of these days.",
    ),
    "one_address_of_a_use_at_a_time": (
        "starts_on",
        "The child has another address of this use on some of these days: end or correct it first.",
    ),
    "a_child_is_in_one_locality_at_a_time": (
        "starts_on",
        "The child is counted in another locality on some of these days: end that first.",
    ),
    "a_flag_is_raised_once_at_a_time": (
        "flag",
        "This flag is already raised on some of these days.",
    ),
    "one_conclusion_on_whereabouts_at_a_time": (
        "starts_on",
        "Another conclusion stands on some of these days: correct that one.",
    ),
    "one_relationship_of_two_people_at_a_time": (
        "starts_on",
        "This person is already recorded beside the child on some of these days.",
    ),
    "a_carer_lives_at_one_address_at_a_time": (
        "starts_on",
        "Another address of this person stands on some of these days: end or correct it first.",
    ),
    "a_child_is_taught_in_one_year_at_a_time": (
        "starts_on",
        "Another year group stands on some of these days: end or correct it first.",
    ),
    "a_language_is_recorded_once_at_a_time": (
        "language",
        "This language is already recorded on some of these days: correct that.",
    ),
    "a_child_has_one_first_language_at_a_time": (
        "is_first",
        "Another first language stands on some of these days: end or correct it first.",
    ),
    "a_professional_is_recorded_once_at_a_time": (
        "name",
        "This professional is already recorded on some of these days.",
    ),
}
ENDS_BEFORE = ("ends_on", "The last day is before the first day.")
_ANOTHER = ("starts_on", "Another record stands on some of these days: end or correct it first.")


def explain(constraint: str, field: str, says: str) -> None:
    """Give the sentence for a constraint of a package above, beside the field it is about."""
    SENTENCES[constraint] = (field, says)


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn a constraint that refused into the sentence that says what to do."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        broken = str(getattr(diagnosis, "constraint_name", ""))
        if broken in SENTENCES:
            raise Faulty(SENTENCES[broken]) from None
        if "after" in broken and "start" in broken:
            raise Faulty(ENDS_BEFORE) from None
        if isinstance(error.__cause__, ExclusionViolation):
            raise Faulty(_ANOTHER) from None
        raise


def hold(child: int) -> None:
    """Let nobody else who holds this child write until the transaction ends.

    What is then read beside the child stays so; the second of two equal acts sees the first.
    """
    Child.objects.select_for_update(no_key=True).filter(pk=child).first()


def stated(model: type[F_], by: Actor, /, **values: Any) -> F_:
    """Write one fact where it belongs."""
    return _stated(model, by, values, _sealed_keeper(model, values, by))


def loaded(model: type[F_], by: Actor, /, **values: Any) -> F_:
    """Write one fact of a load where it belongs: whoever applies a file typed none of it."""
    return _stated(model, by, values, _sealed_keeper(model, values, by, is_bulk=True))


def _stated(model: type[F_], by: Actor, values: dict[str, Any], keeper: int | None) -> F_:
    with in_plain_words():
        if keeper is None:
            return facts.state(model, by=by, **values)
        with opened():
            row = model(pk=_next_key(model), recorded_by_id=by.pk, **values)
            _now_recorded(row)
            _refuse_overlap(row, keeper)
            _keep(row, keeper)
            return row


def restated(fact: F_, by: Actor, /, *, is_replaced: bool = True, **changes: Any) -> F_ | None:
    """Stop believing a fact and, unless it is only withdrawn, write it anew with the changes.

    Raises Stale when a colleague changed it first, with both versions.
    """
    model = type(fact)
    with in_plain_words():
        if is_sealable(model):
            with opened():
                kept = (
                    SealedFact.objects.select_for_update()
                    .filter(table=model._meta.label, row=fact.pk)
                    .first()
                )
                if kept is not None:
                    return _restated_sealed(fact, kept, by, is_replaced, changes)
            if is_replaced and _tells_more(model, changes, fact, by):
                return _restated_into_seal(fact, by, changes)
        try:
            return facts.supersede(fact, by=by, replace=is_replaced, **changes)
        except Stale:
            shown = [pk for pk in [getattr(fact, "child_id", None)] if pk]
            raise Stale("this record", compared(fact, changes), shown) from None


def _tells_more(model: type[Fact], changes: dict[str, Any], fact: Fact, by: Actor) -> bool:
    """Whether a correction adds what belongs under a seal to a fact that lies open."""
    if changes.keys() <= {"ends_on", "source", "safe"}:
        return False
    values = {f.attname: getattr(fact, f.attname) for f in model._meta.concrete_fields}
    return _sealed_keeper(model, values, by) is not None


def _restated_into_seal(fact: F_, by: Actor, changes: dict[str, Any]) -> F_:
    """Withdraw an open fact, and write what is now known of it under the seal."""
    model = type(fact)
    values = {
        f.attname: getattr(fact, f.attname)
        for f in model._meta.concrete_fields
        if not f.primary_key and f.name not in {"recorded_at", "recorded_by", "superseded_at"}
    }
    try:
        facts.supersede(fact, by=by, replace=False)
    except Stale:
        raise Stale("this record", compared(fact, changes)) from None
    return stated(model, by, **{**values, **changes})


def compared(fact: Fact, changes: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return each answer as a colleague left it and as it was to become."""
    model = type(fact)
    stale = model._default_manager.filter(pk=fact.pk).first()
    same_owner = {
        name: getattr(fact, name) for name in ("child_id", "carer_id") if hasattr(fact, name)
    }
    # One act supersedes and records at one instant: that instant leads to what a colleague wrote.
    theirs = (
        model._default_manager.filter(recorded_at=stale.superseded_at, **same_owner)
        .exclude(pk=fact.pk)
        .order_by("-pk")
        .first()
        if stale is not None
        else None
    )
    return [
        (
            name.replace("_", " ").capitalize(),
            _shown(theirs, name) if theirs is not None else "No longer recorded",
            _said(value),
        )
        for name, value in changes.items()
        if name != "source"
    ]


def _shown(fact: Fact, name: str) -> str:
    display = getattr(fact, f"get_{name}_display", None)
    return str(display()) if display else _said(getattr(fact, name))


def _said(value: Any) -> str:
    if hasattr(value, "strftime"):
        return f"{value.day} {value:%B %Y}"
    return "" if value is None else str(value)


def _restated_sealed(
    fact: F_, kept: SealedFact, by: Actor, is_replaced: bool, changes: dict[str, Any]
) -> F_ | None:
    model = type(fact)
    before = unpacked(model, kept.payload)
    if before.superseded_at is not None:
        raise Stale("this record")
    values = {
        f.attname: getattr(before, f.attname)
        for f in model._meta.concrete_fields
        if not f.primary_key and f.name not in {"recorded_at", "recorded_by", "superseded_at"}
    }
    before.superseded_at = _transaction_began()
    kept.payload = packed(before)
    kept.save(update_fields=["payload"])
    if not is_replaced:
        return None
    row = model(pk=_next_key(model), **{**values, "recorded_by_id": by.pk, **changes})
    _now_recorded(row)
    _refuse_overlap(row, kept.child_id)
    _keep(row, kept.child_id)
    return row


def _sealed_keeper(
    model: type[Fact], values: dict[str, Any], by: Actor, *, is_bulk: bool = False
) -> int | None:
    """Return the sealed child under whom such a fact is kept, or None.

    What somebody who is not cleared types of a carer, they write of the carer of a child whom
    they know. It stays with that child: if it went away, or met a row that they do not see, they
    would learn of another child. Those who keep sealed records find it by `open_beside_sealed`.
    """
    if not is_sealable(model):
        return None
    sealed = sealed_children()
    if not sealed:
        return None
    child = _child_of(sealables()[model._meta.label], values)
    if child is not None:
        return child if child in sealed else None
    known = Relationship.objects.as_known().filter(carer=_key(values, "carer"))
    writes_openly = not is_bulk and not by.is_program and not by.may("sealed.read")
    if writes_openly and known.exclude(child__in=sealed).exists():
        return None
    beside = known.filter(child__in=sealed).exclude(lives_with=False).order_by("child")
    return beside.values_list("child", flat=True).first()


def _child_of(way: str, values: dict[str, Any]) -> int | None:
    if not way:
        return None
    first, *rest = way.split("__")
    if not rest:
        return _key(values, first)
    thing = values.get(first)
    for step in rest[:-1]:
        thing = getattr(thing, step, None)
    return None if thing is None else getattr(thing, f"{rest[-1]}_id")


def _key(values: dict[str, Any], name: str) -> int | None:
    if values.get(f"{name}_id") is not None:
        return int(values[f"{name}_id"])
    thing = values.get(name)
    return None if thing is None else thing.pk


def _keep(row: Fact, child: int) -> None:
    SealedFact.objects.create(
        child_id=child, table=row._meta.label, row=row.pk, payload=packed(row)
    )


def _refuse_overlap(row: Fact, keeper: int) -> None:
    if row.ends_on is not None and row.ends_on < row.starts_on:
        raise Faulty(ENDS_BEFORE)
    # One writer at a time for one sealed child, since no constraint sees these rows.
    hold(keeper)
    others = [r for r in sealed_rows(type(row), children=[keeper]) if r.superseded_at is None]
    for _, constraint in clashes(row, others):
        raise Faulty(SENTENCES.get(constraint, _ANOTHER))


def clashes(row: F_, others: Iterable[F_]) -> Iterator[tuple[F_, str]]:
    """Yield each row beside which this one could not stand, with the constraint that says so."""
    for constraint in type(row)._meta.constraints:
        if not isinstance(constraint, ExclusionConstraint) or not _binds(constraint, row):
            continue
        for other in others:
            if other.pk != row.pk and _clash(constraint, row, other) and _binds(constraint, other):
                yield other, constraint.name


def _binds(constraint: ExclusionConstraint, row: Fact) -> bool:
    values = {
        f.name: Value(
            getattr(row, f.attname),
            output_field=f.target_field if isinstance(f, ForeignKey) else f,
        )
        for f in row._meta.concrete_fields
    }
    return constraint.condition is None or constraint.condition.check(values)


def _clash(constraint: ExclusionConstraint, row: Fact, other: Fact) -> bool:
    key = [field for field, operator in constraint.expressions if operator == RangeOperators.EQUAL]
    is_same = all(_value(other, field) == _value(row, field) for field in key)
    starts_in_time = row.ends_on is None or other.starts_on <= row.ends_on
    return is_same and starts_in_time and (other.ends_on is None or other.ends_on >= row.starts_on)


def _value(row: Fact, field: Any) -> Any:
    return row.serializable_value(str(field))


def _next_key(model: type[Fact]) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id'))", [model._meta.db_table])
        return int(cursor.fetchone()[0])


def _transaction_began() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("select transaction_timestamp()")
        return cursor.fetchone()[0]


def _now_recorded(row: Fact) -> None:
    if not hasattr(row.recorded_at, "tzinfo"):
        row.recorded_at = _transaction_began()


def made_way(current: list[F_], starts_on: Any, by: Actor) -> None:
    """End the fact that still holds the day before a new one of its key begins."""
    for fact in current:
        if fact.ends_on is None and fact.starts_on < starts_on:
            restated(fact, by, ends_on=starts_on - timedelta(days=1))
