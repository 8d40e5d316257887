"""Searches that are over and whom they found, made as the program makes them; nobody is real."""

from collections.abc import Sequence
from datetime import date, timedelta

from onroll.office.kernel.actor import PROGRAM, Actor
from onroll.office.linkage.actions import runs
from onroll.office.linkage.actions.candidates import Found
from onroll.office.linkage.models import Run
from onroll.office.linkage.queries.candidates import Evidence
from tests.actors import TODAY
from tests.linkage.lists import FAMILY, GIVEN, a_source, csv_of, rows, sent

Record = dict[str, str | None]


def lists(by: Actor) -> None:
    """A list of who lives here and one of who is being educated, both in use."""
    sent(a_source(by, "Births", "births"), csv_of(rows(30)), by)
    sent(a_source(by, "Autumn census", "census"), csv_of(rows(25)), by)


def record(n: int, **more: str | None) -> Record:
    """What the GP register has of the nth child; each has a name and a day of their own."""
    born = date(2012, 1, 1) + timedelta(days=n * 37)
    return {
        "key": "gp-register", "source": "GP register", "as_at": "2026-02-01", "id": f"G{n}",
        "given_name": f"{GIVEN[n % 10]}{'abcdefgh'[n // 10 % 8]}", "middle_names": None,
        "family_name": f"{FAMILY[n % 9]}son", "born_on": born.isoformat(), "sex": "FM"[n % 2],
        "house": str(n + 1), "street": "High Street", "postcode": f"ZZ{n % 9 + 1} 4AB",
        "upn": None, "nhs_number": None, **more,
    }  # fmt: skip


def person(
    n: int,
    *others: Record,
    probability: float = 0.8,
    cause: str = "never_seen",
    nearest: Record | None = None,
    **more: str | None,
) -> Found:
    """Somebody whom a search found."""
    return Found(
        evidence=Evidence(
            records=(record(n, **more), *others),
            explanation="On the GP register and in no list of who is being educated.",
            nearest=nearest,
            nearest_probability=0.2 if nearest else 0.0,
        ),
        probability=probability,
        cause=cause,
    )


def people(count: int, start: int = 0, **more: object) -> list[Found]:
    return [person(n, **more) for n in range(start, start + count)]  # type: ignore[arg-type]


def begun(by: Actor, on: date = TODAY) -> Run:
    run = runs.ask(as_at=on, by=by, on=on)
    return runs.begin(run=run, sources=[{"key": "gp-register", "name": "GP register"}], by=PROGRAM)


def done(by: Actor, found: Sequence[Found], on: date = TODAY) -> Run:
    """A search that found these people."""
    return runs.finish(
        run=begun(by, on), found=found, records=55, model={"version": 1}, machine={}, by=PROGRAM,
        on=on,
    )  # fmt: skip
