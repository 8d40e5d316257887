"""What is done with a list: sent in, its columns named, held or used, taken back, destroyed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction

from onroll.office.intake import actions as intake
from onroll.office.intake import queries as files
from onroll.office.intake.kinds import Checked, Fault
from onroll.office.intake.reading import Unreadable
from onroll.office.intake.reading.lists import Listing, read_list
from onroll.office.journal.actions import record, verb
from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.kernel.facts import TransactionNow
from onroll.office.linkage.models import ColumnMapping, PopulationLoad, Source
from onroll.office.linkage.policy import sources as policy
from onroll.office.linkage.queries import sources as queries
from onroll.office.linkage.queries.sources_brake import (
    Before,
    Came,
    judge,
    places_in,
    share_for,
)
from onroll.office.linkage.queries.sources_columns import (
    MEANINGS,
    exactly_ours,
    guessed,
    header_print,
    is_census,
    is_leavers,
    orders_in,
)
from onroll.office.linkage.queries.sources_prints import (
    HASHED_FOR,
    Difference,
    compare,
    prints_of,
)
from onroll.office.linkage.queries.sources_rows import KNOWN_BY, Read, rows_of

SENT = verb("linkage.list_sent", "sent in a list of {key} as at {as_at}", "key", "as_at", "load")
NAMED = verb("linkage.columns_named", "said what the columns of a list of {key} are", "key", "load")
SETTLED = verb(
    "linkage.list_compared",
    "a list of {key} was compared with the last: {dropped} dropped, {added} added, {changed} "
    "changed; it was {state}",
    "key",
    "load",
    "state",
    "rows",
    "rows_before",
    "dropped",
    "added",
    "changed",
)
ACCEPTED = verb(
    "linkage.list_accepted", "accepted a held list of {key}", "key", "load", "second_person"
)
REJECTED = verb("linkage.list_rejected", "turned away a list of {key}", "key", "load")
UNDONE = verb(
    "linkage.list_taken_back", "took back a list of {key}", "key", "load", "back_to", "is_kept"
)
DESTROYED = verb(
    "linkage.list_destroyed", "destroyed a list of {key} early ({rows} rows)", "key", "load", "rows"
)

# The list in use and the one before it, to which undoing goes back.
_HASHES_KEPT = 2
_MOST_TOLD = 10


def send_in(
    *,
    source: Source,
    filename: str,
    content: bytes,
    as_at: date,
    by: Actor,
    on: date,
    ask: bool = False,
) -> PopulationLoad:
    """Take in a list of a source: refuse it, ask what its columns are, hold it, or use it.

    With `ask`, what was remembered of such columns is asked again.
    """
    policy.can_send(by, source, on).require()
    if as_at > on:
        raise Faulty(("as_at", "The day for which the list was true must be today or earlier"))
    with transaction.atomic():
        landed = intake.land(
            loader=queries.LISTS,
            filename=filename,
            content=content,
            about=f"linkage.Source:{source.pk}",
            keep_until=on + timedelta(days=source.keep_days),
            by=by,
            on=on,
        )
        load = PopulationLoad.objects.create(source=source, load=landed, as_at=as_at)
        record(SENT, by=by, subject=load, key=source.key, as_at=as_at, load=landed.pk)
        try:
            listing = read_list(filename=filename, content=content)
            _refuse_leavers(listing)
        except Unreadable as error:
            intake.refuse(load=landed, faults=[Fault(None, "", str(error))], rows=0, by=by, on=on)
            return load
        load.header = header_print(listing.header)
        load.save(update_fields=["header"])
        known = None if ask else _known_columns(source, listing, load.header)
        if not len(listing.table) or listing.strays:
            known = {}, "dmy"  # whatever the columns are, it is refused
        if known is not None:
            _settle(load, listing, *known, by=by, on=on)
    return load


def name_columns(
    *, load: PopulationLoad, columns: Mapping[str, str], date_order: str, by: Actor, on: date
) -> PopulationLoad:
    """Say what each column of a list is, remember it for the next one, and go on.

    `columns` leads from the name in the file to what it is; "" means that it is not read.
    """
    policy.can_name_columns(by, load, on).require()
    listing = read_list(filename=load.load.filename, content=files.original(load.load))
    meant = {theirs: ours for theirs, ours in columns.items() if ours}
    _check_columns(listing, meant, date_order)
    with transaction.atomic():
        ColumnMapping.objects.update_or_create(
            source_id=load.source_id,
            header=load.header,
            defaults={
                "columns": meant,
                "date_order": date_order,
                "remembered_at": TransactionNow(),
                "remembered_by_id": by.pk,
            },
        )
        record(NAMED, by=by, subject=load, key=load.source.key, load=load.pk)
        # Whoever names the columns can name them otherwise: nothing is refused and forgotten yet.
        if faults := _settle(load, listing, meant, date_order, by=by, on=on, refuses=False):
            raise Faulty(*(("", _said(fault)) for fault in faults[:_MOST_TOLD]))
    return load


def accept(*, load: PopulationLoad, reason: str, by: Actor, on: date) -> PopulationLoad:
    """Use a held list all the same, and say why."""
    policy.can_accept(by, load, on).require()
    why = _reason(reason, "Say why the list may be used, such as what the supplier answered")
    with transaction.atomic():
        _lock(load.source)
        stands = queries.last_accepted(load.source)
        if (stands.pk if stands else None) != load.compared_with_id:
            raise Refused(
                "Another list of this source has been accepted or taken back since this one was "
                "compared. Open its columns and send them again: it is then compared afresh."
            )
        intake.accept(load=load.load, by=by, on=on)
        _decide(load, why, by)
        _forget_older_hashes(load.source)
        record(
            ACCEPTED,
            by=by,
            subject=load,
            key=load.source.key,
            load=load.pk,
            second_person=load.load.received_by_id != by.pk,
        )
    return load


def reject(*, load: PopulationLoad, reason: str, by: Actor, on: date) -> PopulationLoad:
    """Turn a list away: it is destroyed at once."""
    policy.can_reject(by, load).require()
    why = _reason(reason, "Say why the list is turned away")
    with transaction.atomic():
        intake.refuse(
            load=load.load,
            faults=[Fault(None, "", f"Turned away by {by.name}: {why}")],
            rows=load.rows,
            by=by,
            on=on,
        )
        _decide(load, why, by)
        load.hashes = None
        load.save(update_fields=["hashes"])
        record(REJECTED, by=by, subject=load, key=load.source.key, load=load.pk)
    return load


def undo(*, load: PopulationLoad, by: Actor, on: date) -> PopulationLoad | None:
    """Take back the list in use, and return the one before it, which then stands.

    While that one's original is kept it is searched again; afterwards its counts and hashes are
    all there is, and the next list is compared with them.
    """
    with transaction.atomic():
        _lock(load.source)
        policy.can_undo(by, load).require()
        intake.take_back(load=load.load, by=by, on=on)
        load.hashes = None
        load.save(update_fields=["hashes"])
        stands = queries.last_accepted(load.source)
        record(
            UNDONE,
            by=by,
            subject=load,
            key=load.source.key,
            load=load.pk,
            back_to=stands.pk if stands else None,
            is_kept=stands is not None and queries.is_kept(stands, on),
        )
    return stands


def destroy(*, load: PopulationLoad, by: Actor, on: date) -> PopulationLoad:
    """Destroy the list in use before its window has passed; counts and hashes stay."""
    policy.can_destroy(by, load, on).require()
    with transaction.atomic():
        _lock(load.source)
        intake.forget(load=load.load, by=by, on=on)
        record(DESTROYED, by=by, subject=load, key=load.source.key, load=load.pk, rows=load.rows)
    return load


def _known_columns(
    source: Source, listing: Listing, header: str
) -> tuple[dict[str, str], str] | None:
    """Return what the columns are known to be, or None where somebody must be asked."""
    remembered = ColumnMapping.objects.filter(source=source, header=header).first()
    if remembered is not None:
        columns, order = dict(remembered.columns), remembered.date_order
    elif exactly_ours(listing.header) or is_census(listing.header):
        columns, order = {c.name: c.guess for c in guessed(listing) if c.guess}, ""
    else:
        return None
    seen = orders_in(listing, columns).says
    if seen == "doubtful":
        return (columns, order) if order else None
    if seen in ("dmy", "mdy") and order and order not in ("ymd", seen):
        return None  # the dates are written otherwise than in the last file
    return columns, order if seen in ("both", "ymd") and order else _order(seen)


def _order(seen: str) -> str:
    return seen if seen in ColumnMapping.DateOrder.values else "dmy"


def _settle(
    load: PopulationLoad,
    listing: Listing,
    columns: Mapping[str, str],
    date_order: str,
    *,
    by: Actor,
    on: date,
    refuses: bool = True,
) -> Sequence[Fault]:
    """Compare a list with the last one, decide what becomes of it, and return what is at fault."""
    source = _lock(load.source)
    read = rows_of(listing, columns, date_order)
    last = queries.last_accepted(source)
    compared = _hashed(load, read, last, has_ids="record_id" in columns.values())
    difference = compared or Difference(after=len(read.table))
    load.places = places_in(listing, read)
    came = Came(listing, read, orders_in(listing, columns), load.as_at, load.places)
    who = (load.load.received_by_id, by.pk)
    before = _before(source, last, who, is_comparable=compared is not None)
    judged = judge(came, source, difference, before)
    if judged.faults and not refuses:
        return judged.faults
    if judged.faults:
        last, difference = None, Difference(after=len(read.table))  # nothing of it is used
    load.compared_with = last
    load.columns, load.date_order = dict(columns), date_order
    load.rows, load.rows_before = len(read.table), difference.before
    load.dropped, load.added = difference.dropped, difference.added
    load.changed = difference.changed
    load.held_for = [[hold.says, hold.do] for hold in judged.holds]
    load.needs_a_second_person = judged.needs_a_second_person
    load.hashes = None if judged.faults else load.hashes
    load.save()
    checked = Checked(judged.faults, judged.warnings, _counts(difference))
    if judged.faults:
        intake.refuse(load=load.load, faults=judged.faults, rows=load.rows, by=by, on=on)
        return judged.faults
    if judged.holds:
        intake.hold(load=load.load, rows=load.rows, checked=checked, by=by, on=on)
    else:
        intake.accept(load=load.load, rows=load.rows, checked=checked, by=by, on=on)
        _forget_older_hashes(source)
    record(
        SETTLED,
        by=by,
        subject=load,
        key=source.key,
        load=load.pk,
        state=str(load.load.state),
        rows=load.rows,
        rows_before=load.rows_before,
        dropped=load.dropped,
        added=load.added,
        changed=load.changed,
    )
    return ()


def _hashed(
    load: PopulationLoad, read: Read, last: PopulationLoad | None, *, has_ids: bool
) -> Difference | None:
    """Hash a list, and return how it differs from the last; None where no key is left to tell.

    A new key may have been put in front since: then the new list is hashed under the old one too.
    """
    keys = encryption.keys_for(HASHED_FOR)
    load.hash_key = next(iter(keys))
    load.hashes = prints_of(read.table, keys[load.hash_key], has_ids=has_ids)
    if last is None:
        return Difference(after=len(read.table))
    if last.hashes is None or last.hash_key not in keys:
        return None
    now = load.hashes
    if last.hash_key != load.hash_key:
        now = prints_of(read.table, keys[last.hash_key], has_ids=has_ids)
    return compare(bytes(last.hashes), now)


def _counts(difference: Difference) -> dict[str, int]:
    return {
        "Records": difference.after,
        "New since the last list": difference.added,
        "Gone since the last list": difference.dropped,
        "Changed since the last list": difference.changed,
    }


def _before(
    source: Source,
    last: PopulationLoad | None,
    who: tuple[int | None, ...],
    *,
    is_comparable: bool,
) -> Before:
    return Before(
        share=share_for(source, *who),
        as_at=last.as_at if last else None,
        is_comparable=is_comparable,
        were_taken_back=last is None and queries.were_taken_back(source),
        retired=queries.retired_before(source) if last is None else "",
        places=queries.places_before(),
        own_la=queries.own_la(),
    )


def _check_columns(listing: Listing, meant: Mapping[str, str], date_order: str) -> None:
    faults = [
        (theirs, "The file has no such column") for theirs in meant if theirs not in listing.header
    ]
    counted = Counter(meant.values())
    for theirs, ours in meant.items():
        if ours not in MEANINGS:
            faults.append((theirs, "Choose what the column is"))
        elif counted[ours] > 1:
            alike = " and ".join(f"“{one}”" for one, what in meant.items() if what == ours)
            says = f"“{MEANINGS[ours]}” is said of {alike}. Choose one of them"
            faults.append((theirs, says))
    if not set(meant.values()) & set(KNOWN_BY):
        faults.append(
            ("", "Say which column holds a name, a UPN or an NHS number, by which to know a child")
        )
    if date_order not in ColumnMapping.DateOrder.values:
        faults.append(("date_order", "Choose how the dates are written"))
    if faults:
        raise Faulty(*faults)


def _refuse_leavers(listing: Listing) -> None:
    if is_leavers(listing.header):
        raise Unreadable(
            "This is the census’s table of pupils no longer on roll, who are educated somewhere "
            "else or nowhere. Send the table of pupils on roll (pupilonroll)."
        )


def _said(fault: Fault) -> str:
    where = f"Row {fault.row:,} " if fault.row else ""
    return f"{where}{fault.says}"


def _reason(given: str, says: str) -> str:
    if not given.strip():
        raise Faulty(("reason", says))
    return given.strip()


def _decide(load: PopulationLoad, reason: str, by: Actor) -> None:
    load.reason = reason
    load.decided_at = TransactionNow()
    load.decided_by_id = by.pk
    load.save(update_fields=["reason", "decided_at", "decided_by"])
    load.refresh_from_db(fields=["decided_at"])


def _lock(source: Source) -> Source:
    return Source.objects.select_for_update().get(pk=source.pk)


def _forget_older_hashes(source: Source) -> None:
    kept = PopulationLoad.objects.accepted().filter(source=source)
    newest = list(kept.order_by("-load__applied_at", "-pk").values_list("pk", flat=True))
    PopulationLoad.objects.filter(source=source, pk__in=newest[_HASHES_KEPT:]).update(hashes=None)
