"""What is done with the marks of a file: put among those that are kept, taken back, erased.

Whole days of a school are replaced, one writer a school at a time. The store is no part of the
database's transaction: what was put before an act fails is taken out of it again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from onroll.marks.store import LAYOUT, Store
from onroll.office.attendance.actions.registers import (
    check,
    checked_of,
    decide,
    note,
    said,
    sifted_of,
)
from onroll.office.attendance.models import Feed, RegisterFile, SchoolInFile
from onroll.office.attendance.policy import registers as policy
from onroll.office.attendance.queries import registers as queries
from onroll.office.attendance.queries.marks import key_of, store
from onroll.office.attendance.queries.registers_changes import changes, odd_about
from onroll.office.attendance.queries.registers_rolls import (
    every_school,
    refs_of,
    refs_of_children,
    sealed_refs,
)
from onroll.office.attendance.queries.registers_rows import Sifted, Taken
from onroll.office.intake import actions as intake
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.statute.ages import year_of_school_day

APPLIED = verb(
    "attendance.registers_applied", "applied registers of {schools} schools",
    "load", "schools", "added", "changed", "dropped", "same", "was_held",
)  # fmt: skip
TAKEN_UP = verb(
    "attendance.registers_taken_up", "checked registers again: {added} marks were taken up",
    "load", "added", "quarantined",
)  # fmt: skip
# How many days became as before is not told: those of a sealed child would be among them.
TAKEN_BACK = verb(
    "attendance.registers_taken_back", "took back registers of {schools} schools", "load", "schools"
)
REBUILT = verb(
    "attendance.feeds_rebuilt", "worked out how far the marks of {count} schools reach", "count"
)
ERASED = verb("attendance.marks_erased", "erased {marks} marks", "marks")

# A family of advisory locks of its own; the second number is the school's key.
_LOCKS = 5035
_JUST_BEFORE = timedelta(microseconds=1)


def apply(
    *, file: RegisterFile, by: Actor, at: datetime, on: date, reason: str = ""
) -> RegisterFile:
    """Put the marks of a file among those that are kept.

    It is checked afresh first: where something is odd about it that nobody has seen, it is held
    with that, and nothing changes. `reason` says why one that is held may be used.
    """
    (policy.can_accept if file.held_for else policy.can_apply)(by, file, on).require()
    why = ""
    if file.held_for:
        why = said(reason, "Say why the file may be used, such as what the school answered")
    with transaction.atomic():
        sifted = _sifted_again(file, on)
        _alone(one.school.pk for one in sifted.taken)
        told = changes(store(), sifted.taken, sealed_refs())
        odd = [list(one) for one in odd_about(sifted, told)]
        if not sifted.taken or any(one not in file.held_for for one in odd):
            check(file, sifted, file.columns, file.date_order, by=by, on=on)
            return file
        note(file, sifted, told, put_at=at)
        file.save()
        intake.accept(
            load=file.load, rows=sifted.rows, checked=checked_of(file, sifted), by=by, on=on
        )
        if why:
            decide(file, why, by)
        _tell_feeds(file, sifted.taken)
        record(
            APPLIED,
            by=by,
            subject=file,
            load=file.pk,
            schools=len(told),
            added=file.added,
            changed=file.changed,
            dropped=file.dropped,
            same=file.same,
            was_held=bool(why),
        )
        _put(store(), sifted.taken, at)
    return file


def check_again(*, file: RegisterFile, by: Actor, at: datetime, on: date) -> RegisterFile:
    """Hold a file against the rolls again: whoever stands on one by now is taken up.

    Of a file that was applied only the marks that waited are added, and only for sessions of
    which nothing is known: a later file may have said otherwise.
    """
    policy.can_check_again(by, file, on).require()
    with transaction.atomic():
        sifted = _sifted_again(file, on)
        if file.load.state == "held":
            check(file, sifted, file.columns, file.date_order, by=by, on=on)
            return file
        waited = refs_of(one.upn for one in queries.findings_of(file).apart)
        _alone(one.school.pk for one in sifted.taken)
        added = sum(_take_up(file, one, waited, at) for one in sifted.taken)
        file.added += added
        file.quarantined, file.findings = sifted.quarantined, queries.packed(sifted)
        file.save(update_fields=["added", "quarantined", "findings"])
        _tell_feeds(file, sifted.taken if added else ())
        record(
            TAKEN_UP, by=by, subject=file, load=file.pk, added=added, quarantined=file.quarantined
        )
    return file


def take_back(*, file: RegisterFile, by: Actor, at: datetime, on: date) -> int:
    """Undo what a file changed, and destroy it; return how many days of a school are as before.

    Days that a later file replaced in turn are left as they are.
    """
    policy.can_take_back(by, file).require()
    with transaction.atomic():
        lines = list(file.schools.select_related("school").order_by("school"))
        _alone(line.school_id for line in lines)
        intake.take_back(load=file.load, by=by, on=on)
        file.findings = None
        file.save(update_fields=["findings"])
        days = sum(
            store().take_back(key_of(line.school), recorded_at=line.put_at, taken_back_at=at)
            for line in lines
            if line.put_at is not None
        )
        _tell_feeds_anew({line.school_id: key_of(line.school) for line in lines})
        record(TAKEN_BACK, by=by, subject=file, load=file.pk, schools=len(lines))
    return days


def erase_marks(*, children: Iterable[int], by: Actor) -> int:
    """Erase every mark of some children, earlier ones included; return how many there were.

    For whoever erases a child: nothing of it can be undone.
    """
    asked = sorted(set(children))
    refs = refs_of_children(asked)
    with transaction.atomic():
        _alone(SchoolInFile.objects.values_list("school", flat=True).distinct())
        marks = store().erase(refs)
        record(ERASED, by=by, children=asked, marks=marks)
    return marks


def _sifted_again(file: RegisterFile, on: date) -> Sifted:
    found = queries.opened_again(file)
    return sifted_of(file, found, file.columns, file.date_order, on=on)


def _alone(schools: Iterable[int]) -> None:
    """Let nobody else write the marks of these schools until the transaction ends."""
    with connection.cursor() as cursor:
        # In one order, so that two who write the same schools do not wait for each other.
        for school in sorted(set(schools)):
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCKS, school])


def _put(kept: Store, taken: Sequence[Taken], at: datetime) -> None:
    done: list[str] = []
    try:
        for one in taken:
            done.append(key_of(one.school))
            kept.put(one.table, recorded_at=at)
    except Exception:
        # Whatever went wrong is raised again: no school may keep half a file, for the database
        # takes the file back and cannot take back what lies outside it.
        for key in done:
            kept.take_back(key, recorded_at=at, taken_back_at=at + _JUST_BEFORE)
        raise


def _take_up(file: RegisterFile, one: Taken, waited: Collection[str], at: datetime) -> int:
    """Add the marks of one school that waited; return how many of them may be told."""
    kept, key = store(), key_of(one.school)
    line = SchoolInFile.objects.filter(file=file, school=one.school).first() or SchoolInFile(
        file=file, school=one.school, first_on=one.days[0], last_on=one.days[-1],
        days=len(one.days),
    )  # fmt: skip
    first, last = min(line.first_on, one.days[0]), max(line.last_on, one.days[-1])
    there = _between(kept, key, first, last)
    more = _not_there(one.table, there, waited)
    if not more.num_rows:
        return 0
    told = more.num_rows - pc.sum(
        pc.is_in(more["pupil_id"], value_set=pa.array(sorted(sealed_refs()), pa.string()))
    ).as_py()  # fmt: skip
    if line.put_at is not None:
        # Taken back and put anew as one, so that taking it back later leads to what was before.
        kept.take_back(key, recorded_at=line.put_at, taken_back_at=at - _JUST_BEFORE)
    kept.put(pa.concat_tables([there, more]), recorded_at=at)
    line.first_on, line.last_on, line.put_at = first, last, at
    line.added += told
    line.save()
    return int(told)


def _between(kept: Store, key: str, first: date, last: date) -> pa.Table:
    years = range(year_of_school_day(first), year_of_school_day(last) + 1)
    table = pa.concat_tables([LAYOUT.empty_table(), *(kept.read(key, year) for year in years)])
    days = table["on"]
    within = pc.and_(pc.greater_equal(days, pa.scalar(first)), pc.less_equal(days, pa.scalar(last)))
    return table.filter(within)


def _not_there(table: pa.Table, there: pa.Table, waited: Collection[str]) -> pa.Table:
    """Return the marks of those who waited, for sessions of which nothing is known."""
    own = table.filter(pc.is_in(table["pupil_id"], value_set=pa.array(sorted(waited), pa.string())))
    known = {
        (row["pupil_id"], row["on"], row["session"])
        for row in there.filter(
            pc.is_in(there["pupil_id"], value_set=pc.unique(own["pupil_id"]))
        ).to_pylist()
    }
    return own.filter(
        pa.array(
            [(row["pupil_id"], row["on"], row["session"]) not in known for row in own.to_pylist()],
            pa.bool_(),
        )
    )


def rebuild_feeds(*, by: Actor) -> int:
    """Work out anew, from the marks that are kept, how far every school's marks reach."""
    with transaction.atomic():
        Feed.objects.all().delete()
        count = _tell_feeds_anew(every_school())
        record(REBUILT, by=by, count=count)
    return count


def _tell_feeds(file: RegisterFile, taken: Iterable[Taken]) -> None:
    """Say of schools that a file has put marks, and until which day."""
    last = {one.school.pk: one.days[-1] for one in taken}
    for feed in Feed.objects.filter(school__in=last):
        last[feed.school_id] = max(last[feed.school_id], feed.last_on)
    Feed.objects.filter(school__in=last).delete()
    Feed.objects.bulk_create(
        Feed(school_id=school, last_on=on, file=file) for school, on in last.items()
    )


def _tell_feeds_anew(schools: Mapping[int, str]) -> int:
    """Work out from the marks how far those of some schools reach, by their names in the store."""
    kept, sealed = store(), sealed_refs()
    applied = SchoolInFile.objects.filter(school__in=schools, file__load__state="applied")
    files = dict(applied.order_by("file__load__applied_at", "pk").values_list("school", "file"))
    found = []
    held = {year: set(kept.schools(year)) for year in kept.years()}
    for school, key in schools.items():
        days = (_last_marked(kept, key, year, sealed) for year in held if key in held[year])
        last = next((on for on in days if on is not None), None)
        if last is not None:
            found.append(Feed(school_id=school, last_on=last, file_id=files.get(school)))
    Feed.objects.filter(school__in=schools).delete()
    Feed.objects.bulk_create(found)
    return len(found)


def _last_marked(kept: Store, key: str, year: int, sealed: Collection[str]) -> date | None:
    table = kept.read(key, year)
    hidden = pc.is_in(table["pupil_id"], value_set=pa.array(sorted(sealed), pa.string()))
    last: date | None = pc.max(table.filter(pc.invert(hidden))["on"]).as_py()
    return last
