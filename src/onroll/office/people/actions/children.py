"""Adding a child and correcting the particulars that stand on the child's own row."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale
from onroll.office.kernel.references import new_child_reference
from onroll.office.people import policy
from onroll.office.people.actions.facts import (
    record_address,
    record_identifier,
)
from onroll.office.people.actions.keeping import stated
from onroll.office.people.actions.particulars import (
    BELIEVED,
    believe,
    record_language,
    spoken_by,
)
from onroll.office.people.actions.terms import rebuild_terms
from onroll.office.people.models import Child, ChildName
from onroll.office.people.queries.find import was_searched
from onroll.office.people.queries.matches import terms_of
from onroll.statute.writing import written

ADDED = verb("children.added", "added the child's record")
DETAILS = verb("children.details_changed", "changed {fields}", "fields")

OLDEST_YEARS = 26  # a young person with an EHC plan is followed up to 25


@transaction.atomic
def add_child(
    *,
    searched: str,
    given_names: str,
    family_name: str,
    born_on: date | None,
    by: Actor,
    on: date,
    birth_date_is: str = Child.BirthDate.EXACT,
    sex: str = Child.Sex.UNKNOWN,
    known_as: str = "",
    first_language: str = "",
    needs_interpreter: bool = False,
    ethnicity: str = "",
    upn: str = "",
    address: dict[str, Any] | None = None,
    source: str = "",
) -> Child:
    """Add a child after a search. `searched` is the proof that `find` gave for this child.

    Where this is probably a child whose whereabouts are sealed, the new record stays open to
    whoever added it, as any other does: a record that went away would tell them of the other.
    Those who keep sealed records find it by `possible_twins`, and seal it.
    """
    (
        policy.can_edit(by)
        & was_searched(searched, terms_of(given_names, family_name, born_on, upn), by=by)
    ).require()
    _check(given_names, family_name, born_on, on)
    child = Child.objects.create(
        ref=new_child_reference(),
        given_names=given_names.strip(),
        family_name=family_name.strip(),
        known_as=known_as.strip(),
        born_on=born_on,
        birth_date_is=birth_date_is if born_on else Child.BirthDate.UNKNOWN,
        sex=sex,
        ethnicity=ethnicity,
    )
    believe(child, by=by, on=on, source=source)
    stated(
        ChildName,
        by,
        child=child,
        use=ChildName.Use.LEGAL,
        given_names=child.given_names,
        family_name=child.family_name,
        starts_on=born_on or on,
        source=source,
    )
    record(ADDED, by=by, subject=child, children=[child.pk])
    if upn:
        record_identifier(
            child=child, scheme="upn", value=upn, starts_on=on, source=source, by=by, on=on
        )
    if first_language.strip() or needs_interpreter:
        record_language(
            child=child,
            **spoken_by(first_language, needs_interpreter),
            starts_on=on,
            source=source,
            by=by,
            on=on,
        )
    if address:
        record_address(child=child, by=by, on=on, source=source, **address)
    rebuild_terms([child.pk])
    return child


def _check(given_names: str, family_name: str, born_on: date | None, on: date) -> None:
    faults = []
    if not given_names.strip() and not family_name.strip():
        faults.append(("family_name", "Enter a name, even if only one is known."))
    faults += _faults_of_birth(born_on, on)
    if faults:
        raise Faulty(*faults)


def _faults_of_birth(born_on: date | None, on: date) -> list[tuple[str, str]]:
    if born_on is None:
        return []
    if born_on > on:
        return [("born_on", "The date of birth is in the future.")]
    if born_on.year < on.year - OLDEST_YEARS:
        return [("born_on", f"The date of birth is more than {OLDEST_YEARS} years ago.")]
    return []


def _faults_of_death(now: Child, changes: dict[str, Any], on: date) -> list[tuple[str, str]]:
    """Say what is impossible of the day of death, whichever of the two days is being changed."""
    if not changes.keys() & {"born_on", "died_on"}:
        return []
    born_on = changes.get("born_on", now.born_on)
    died_on = changes.get("died_on", now.died_on)
    if died_on is None:
        return []
    if died_on > on:
        return [("died_on", "The date of death is in the future.")]
    if born_on is not None and died_on < born_on:
        field = "died_on" if "died_on" in changes else "born_on"
        return [
            (field, f"Born on {written(born_on)} and died on {written(died_on)}: one is wrong.")
        ]
    return []


@transaction.atomic
def change_details(
    *, child: Child, version: int | None, by: Actor, on: date, source: str = "", **changes: Any
) -> Child:
    """Correct a child's particulars; what was believed before stays readable.

    `source` is how it is known, or why it is corrected. Raises Stale, with both versions, when
    late.
    """
    policy.can_edit(by).require()
    strangers = changes.keys() - set(BELIEVED)
    if strangers:
        raise TypeError(f"not a detail of a child: {', '.join(sorted(strangers))}")
    if "born_on" in changes:
        if faults := _faults_of_birth(changes["born_on"], on):
            raise Faulty(*faults)
        if changes["born_on"] is None:
            changes["birth_date_is"] = Child.BirthDate.UNKNOWN
    now = Child.objects.get(pk=child.pk)
    if faults := _faults_of_death(now, changes, on):
        raise Faulty(*faults)
    before = child.version if version is None else version
    different = {k: v for k, v in changes.items() if getattr(now, k) != v}
    claimed = Child.objects.filter(pk=child.pk, version=before).update(
        version=F("version") + 1, **changes
    )
    if not claimed:
        raise Stale(
            "this child’s details",
            [(_label(k), _said(getattr(now, k)), _said(v)) for k, v in changes.items()],
            [child.pk],
        )
    told = sorted(different) or ["how they are known"]
    record(DETAILS, by=by, subject=child, children=[child.pk], fields=told)
    child.refresh_from_db()
    if different or source.strip():
        believe(child, by=by, on=on, source=source.strip())
    if "born_on" in different:
        rebuild_terms([child.pk])
    return child


def _label(field: str) -> str:
    return field.replace("_", " ").capitalize()


def _said(value: object) -> str:
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value)
