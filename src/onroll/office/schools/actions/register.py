"""The register of schools: DfE's extract, its links, and settings that DfE does not list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction

from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.kernel.facts import TransactionNow
from onroll.office.schools import extract, policy
from onroll.office.schools.extract import Establishment
from onroll.office.schools.models import School, SchoolLink

REGISTER_LOADED = verb(
    "schools.register_loaded",
    "brought the register of schools up to {as_at}: {added} added, {changed} changed",
    "as_at",
    "added",
    "changed",
    "unchanged",
    "left_out",
)
LINKS_LOADED = verb("schools.links_loaded", "loaded {count} links between schools", "count")
SCHOOLS_LOADED = verb("schools.schools_loaded", "added {count} schools", "count")
SETTING_ADDED = verb("schools.setting_added", "added a setting that DfE does not list")

A_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class GiasLoaded:
    """What a load of the register did. `gone` are known schools that the file did not hold."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: int = 0
    gone: int = 0

    @property
    def rows(self) -> int:
        return sum(getattr(self, f.name) for f in fields(self) if f.name != "gone")


def load_gias(
    source: Path | bytes | Iterable[Establishment],
    *,
    by: Actor,
    on: date,
    la_codes: Iterable[str] | None = None,
    progress: Callable[[int], None] | None = None,
    dry: bool = False,
) -> GiasLoaded:
    """Bring the register up to DfE's all-fields file of that day, in one transaction.

    A school is known by its URN. None is ever deleted: those that have gone from the file keep
    the day on which they were last seen in it. `la_codes` narrows the load to some authorities.
    With `dry`, nothing is written and the answer says what would be. Raises Faulty with the row.
    """
    policy.can_load_register(by).require()
    wanted = frozenset(la_codes) if la_codes is not None else None
    rows = extract.establishments(source) if isinstance(source, (Path, bytes)) else iter(source)
    added = changed = unchanged = left_out = 0
    seen: set[int] = set()
    with transaction.atomic():
        while batch := list(islice(rows, A_BATCH)):
            kept = [e for e in batch if wanted is None or e.values.get("la_code") in wanted]
            left_out += len(batch) - len(kept)
            seen.update(e.urn for e in kept)
            new, differing = _compared(kept)
            added, changed = added + len(new), changed + len(differing)
            unchanged += len(kept) - len(new) - len(differing)
            if not dry:
                _write(new, differing, kept, on=on)
            if progress:
                progress(len(seen) + left_out)
        known = School.objects.filter(urn__isnull=False)
        if wanted is not None:
            known = known.filter(la_code__in=wanted)
        gone = known.count() - len(seen) if not dry else 0
        if not dry:
            record(
                REGISTER_LOADED,
                by=by,
                as_at=on,
                added=added,
                changed=changed,
                unchanged=unchanged,
                left_out=left_out,
            )
    return GiasLoaded(added, changed, unchanged, left_out, gone)


def _compared(
    batch: Sequence[Establishment],
) -> tuple[list[Establishment], list[Establishment]]:
    known = School.objects.in_bulk([e.urn for e in batch], field_name="urn")
    new = [e for e in batch if e.urn not in known]
    return new, [e for e in batch if e.urn in known and _differs(known[e.urn], e)]


def _differs(school: School, found: Establishment) -> bool:
    return school.extract != dict(found.rest) or any(
        getattr(school, field) != value for field, value in found.values.items()
    )


def _write(
    new: Sequence[Establishment],
    differing: Sequence[Establishment],
    kept: Sequence[Establishment],
    *,
    on: date,
) -> None:
    if rows := [*new, *differing]:
        given = {field for e in rows for field in e.values}
        School.objects.bulk_create(
            [
                School(urn=e.urn, extract=dict(e.rest), last_seen_in_extract_on=on, **e.values)
                for e in rows
            ],
            update_conflicts=True,
            unique_fields=["urn"],
            update_fields=sorted(given | {"extract", "last_seen_in_extract_on"}),
        )
        School.objects.filter(urn__in=[e.urn for e in differing]).update(
            updated_at=TransactionNow()
        )
    seen = School.objects.filter(urn__in=[e.urn for e in kept])
    seen.exclude(last_seen_in_extract_on=on).update(last_seen_in_extract_on=on)


def load_links(source: Path | bytes, *, by: Actor) -> int:
    """Record predecessors and successors of the schools that are known; return how many are new."""
    policy.can_load_register(by).require()
    with transaction.atomic():
        known = dict(School.objects.filter(urn__isnull=False).values_list("urn", "pk"))
        before = SchoolLink.objects.count()
        SchoolLink.objects.bulk_create(
            (
                SchoolLink(
                    school_id=known[urn],
                    linked_urn=linked,
                    nature=nature,
                    established_on=since,
                )
                for urn, linked, nature, since in extract.links(source)
                if urn in known
            ),
            ignore_conflicts=True,
            batch_size=A_BATCH,
        )
        count = SchoolLink.objects.count() - before
        record(LINKS_LOADED, by=by, count=count)
    return count


def add_setting(*, name: str, by: Actor, **details: Any) -> School:
    """Add a setting without a URN: an unregistered provider, a school abroad, a home's tutor."""
    policy.can_edit(by).require()
    if not name.strip():
        raise Faulty(("name", "Enter the name of the setting."))
    with transaction.atomic():
        school = School.objects.create(name=name.strip(), **details)
        record(SETTING_ADDED, by=by, subject=school)
    return school


def load_schools(rows: Sequence[Mapping[str, Any]], *, by: Actor) -> dict[int | None, int]:
    """Create schools in bulk, for a synthetic authority or a migration; return key by URN."""
    policy.can_edit(by).require()
    with transaction.atomic():
        made = School.objects.bulk_create([School(**row) for row in rows], batch_size=A_BATCH)
        record(SCHOOLS_LOADED, by=by, count=len(made))
    return {school.urn: school.pk for school in made}
