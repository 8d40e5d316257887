"""Facts with two dates: when it was true, and when we knew.

A fact is never overwritten. A correction supersedes the row and records another, so that any
question can be asked as at one day and as known at another, and gives the same answer for ever.
"""

from datetime import date, datetime
from typing import Any, Self, TypeVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Stale


class TransactionNow(Func):
    """The database's clock when this transaction began: one instant for everything in one act."""

    template = "transaction_timestamp()"
    output_field = models.DateTimeField()


class Today(Func):
    """The database's date in London: for who may know what at this moment, never for counting."""

    template = "(now() at time zone 'Europe/London')::date"
    output_field = models.DateField()


class KnownQuerySet(models.QuerySet[Any]):
    """What was believed at an instant, of rows that are superseded and never overwritten."""

    def as_known(self, instant: datetime | None = None) -> Self:
        """Return the rows believed at that instant."""
        if instant is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(recorded_at__lte=instant).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=instant)
        )


class FactQuerySet(KnownQuerySet):
    """Questions with their two dates. `known_at` of None means: as we believe now."""

    def on(self, day: date, known_at: datetime | None = None) -> Self:
        """Return what held on that day."""
        return self.as_known(known_at).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )

    def during(self, start: date, end: date, known_at: datetime | None = None) -> Self:
        """Return what held on any day from start to end, both included."""
        return self.as_known(known_at).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=start), starts_on__lte=end
        )


class Fact(models.Model):
    """Something that was so from one day to another, and since when we have believed it."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # inclusive; null = still so
    recorded_at = models.DateTimeField(db_default=TransactionNow())
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # null = the program itself
    superseded_at = models.DateTimeField(null=True, blank=True)  # null = what we now believe
    source = models.TextField(blank=True, default="")  # how we know

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True

    structural = "starts_on ends_on recorded_at superseded_at source"

    def holds_on(self, day: date) -> bool:
        """Return whether it held on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class DateRange(Func):
    """The days of a fact as a PostgreSQL range, both ends included."""

    function = "DATERANGE"


def one_at_a_time(name: str, *key: str, where: Q | None = None) -> ExclusionConstraint:
    """Return the constraint that no two current rows of one key overlap."""
    current = Q(superseded_at__isnull=True)
    return ExclusionConstraint(
        name=name,
        expressions=[
            (
                DateRange(
                    "starts_on",
                    "ends_on",
                    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                ),
                RangeOperators.OVERLAPS,
            ),
            *((field, RangeOperators.EQUAL) for field in key),
        ],
        condition=current & where if where is not None else current,
    )


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """Return the constraint that a fact does not end before it starts."""
    return models.CheckConstraint(
        name=name, condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
    )


F_ = TypeVar("F_", bound=Fact)


def state(model: type[F_], *, by: Actor, at: datetime | None = None, **values: Any) -> F_:
    """Record one fact; `at` only for history that was known before this program ran."""
    if at is not None:
        values["recorded_at"] = at
    return model.objects.create(recorded_by_id=by.pk, **values)


def supersede(
    fact: F_, *, by: Actor, at: datetime | None = None, replace: bool = True, **changes: Any
) -> F_ | None:
    """Stop believing a fact and, unless `replace` is False, record it anew with the changes.

    Raises Stale when a colleague superseded it first.
    """
    instant = at if at is not None else TransactionNow()
    model = type(fact)
    claimed = model.objects.filter(pk=fact.pk, superseded_at__isnull=True).update(
        superseded_at=instant
    )
    if not claimed:
        raise Stale("this record")
    if not replace:
        return None
    values = {
        f.attname: getattr(fact, f.attname)
        for f in fact._meta.concrete_fields
        if not f.primary_key
        and f.name not in {"recorded_at", "recorded_by", "superseded_at"}
        and f.name not in changes  # a new school, not the old one's key beside it
    }
    values.update(changes)
    return state(model, by=by, at=at, **values)


def end(fact: F_, *, on: date, by: Actor, at: datetime | None = None, **changes: Any) -> F_:
    """Record that a fact held until that day, the day included."""
    ended = supersede(fact, by=by, at=at, ends_on=on, **changes)
    assert ended is not None
    return ended
