"""What is written about a post, a team or a service, from a day on and until the next change."""

from datetime import date, timedelta
from typing import Any, TypeVar

from onroll.office.kernel import facts
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty

F = TypeVar("F", bound=facts.Fact)
A_DAY = timedelta(days=1)


def written_from(
    model: type[F],
    key: dict[str, Any],
    *,
    starts_on: date,
    by: Actor,
    on: date,
    source: str = "",
    **values: Any,
) -> F | None:
    """Write what is so from a day until the next change recorded; return what is so today.

    From the first day of what was written, that is corrected and stays in the history; from a
    later day it ends the day before. Raises Faulty for a day that has not come: the rows that
    are read every day hold what is so today.
    """
    if starts_on > on:
        raise Faulty(("starts_on", "Enter this when the day has come"))
    rows = list(model.objects.as_known().filter(**key).order_by("starts_on"))
    covering = next((row for row in rows if row.holds_on(starts_on)), None)
    if covering is None:
        later = next((row for row in rows if row.starts_on > starts_on), None)
        until = later.starts_on - A_DAY if later is not None else None
        facts.state(
            model, by=by, starts_on=starts_on, ends_on=until, source=source, **key, **values
        )
    elif any(getattr(covering, name) != value for name, value in values.items()):
        if covering.starts_on == starts_on:
            facts.supersede(covering, by=by, source=source, **values)
        else:
            facts.end(covering, on=starts_on - A_DAY, by=by)
            facts.state(
                model,
                by=by,
                starts_on=starts_on,
                ends_on=covering.ends_on,
                source=source,
                **key,
                **values,
            )
    held: F | None = model.objects.on(on).filter(**key).first()
    return held


def stretched(
    model: type[F], key: dict[str, Any], *, first: date, last: date | None, by: Actor
) -> None:
    """Correct the first and the last day of all that is written: whatever lies outside goes."""
    rows = list(model.objects.as_known().filter(**key).order_by("starts_on"))
    kept = []
    for row in rows:
        if (last is not None and row.starts_on > last) or (
            row.ends_on is not None and row.ends_on < first and row is not rows[-1]
        ):
            facts.supersede(row, by=by, replace=False)
        else:
            kept.append(row)
    for n, row in enumerate(kept):
        days: dict[str, Any] = {
            "starts_on": first if n == 0 else row.starts_on,
            "ends_on": last if n == len(kept) - 1 else row.ends_on,
        }
        if (row.starts_on, row.ends_on) != (days["starts_on"], days["ends_on"]):
            facts.supersede(row, by=by, **days)
