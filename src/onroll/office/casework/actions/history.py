"""Facts of a case that follow one another: a new one ends the one before."""

from datetime import date, timedelta
from typing import Any, TypeVar

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import Fact, end, state, supersede
from onroll.statute.writing import written

F = TypeVar("F", bound=Fact)


def follow(model: type[F], *, case: int, by: Actor, on: date, **values: Any) -> F:
    """Record what holds of a case from a day on, ending what held until then.

    A second change on one day takes the first one's place: the day keeps the last.
    """
    current: F | None = model.objects.as_known().filter(case=case, ends_on=None).first()
    if current is None:
        return state(model, by=by, case_id=case, starts_on=on, **values)
    if on < current.starts_on:
        since = written(current.starts_on)
        raise Faulty(("on", f"The case last changed on {since}: use that day or a later one."))
    if on == current.starts_on:
        changed = supersede(current, by=by, **values)
        assert changed is not None
        return changed
    end(current, on=on - timedelta(days=1), by=by)
    return state(model, by=by, case_id=case, starts_on=on, **values)
