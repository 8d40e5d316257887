"""What follows from a fact and is kept beside it: the name on the child's row, the search terms."""

from datetime import date
from typing import Any

from django.db.models import F

from onroll.office.kernel.facts import Fact
from onroll.office.people.actions.terms import FOUND_BY, found_by, rebuild_terms
from onroll.office.people.models import Child, ChildName


def refreshed(fact: Fact, child: int, on: date) -> None:
    """Bring what is derived from a fact up to date: the name on the row, what finds the child."""
    if isinstance(fact, ChildName):
        _project_name(child, on)
    if isinstance(fact, FOUND_BY):
        rebuild_terms({child} | found_by(type(fact), [(None, getattr(fact, "carer_id", None))]))


def _project_name(child: int, on: date) -> None:
    believed = ChildName.objects.as_known().filter(child=child).order_by("-starts_on", "-pk")
    legal = [n for n in believed if n.use == ChildName.Use.LEGAL]
    called = [n for n in believed if n.use == ChildName.Use.KNOWN_AS and n.holds_on(on)]
    now = next((n for n in legal if n.holds_on(on)), None) or next(iter(legal), None)
    values: dict[str, Any] = {"known_as": called[0].given_names if called else ""}
    if now is not None:
        values |= {"given_names": now.given_names, "family_name": now.family_name}
    Child.objects.filter(pk=child).update(version=F("version") + 1, **values)
