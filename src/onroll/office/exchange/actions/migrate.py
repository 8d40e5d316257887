"""A migration as a whole: tried, applied in one transaction, taken back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from onroll.office.accounts.actions.unload import unload as unload_accounts
from onroll.office.casework.actions import bulk as casework
from onroll.office.cme.actions import bulk as cme
from onroll.office.exchange import policy
from onroll.office.exchange.actions.around import place_addresses, place_carers, place_flags
from onroll.office.exchange.actions.book import Book, Remark, Tally, as_json
from onroll.office.exchange.actions.cases import place_cases
from onroll.office.exchange.actions.children import place_children
from onroll.office.exchange.actions.education import Schools, place_roll
from onroll.office.exchange.actions.history import place_history
from onroll.office.exchange.actions.office import place_posts, place_recording
from onroll.office.exchange.actions.reading import Folder, read_folder
from onroll.office.exchange.models import Migration
from onroll.office.exchange.queries import made as standing
from onroll.office.exchange.queries.layouts import LAYOUTS, PLACED
from onroll.office.journal.actions import record, verb
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused, Stale
from onroll.office.kernel.facts import TransactionNow
from onroll.office.kernel.references import new_reference
from onroll.office.people import actions as people
from onroll.office.people.actions import ChildRow
from onroll.office.provision import actions as provision
from onroll.office.schools.actions.unload import unload as unload_schools

MIGRATED = verb(
    "exchange.migrated",
    "brought {placed} rows from a former system (migration {ref}), {unplaced} left out",
    "ref", "placed", "unplaced", "digest",
)  # fmt: skip
UNDONE = verb("exchange.migration_undone", "undid migration {ref}", "ref")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What a migration came to. `ref` is empty where nothing was applied."""

    ref: str
    tallies: tuple[Tally, ...]
    unplaced: tuple[Remark, ...]
    notices: tuple[Remark, ...]


def _quietly(text: str) -> None:
    return None


def migrate(
    *,
    folder: Path,
    origin: str,
    migrated_on: date,
    by: Actor,
    on: date,
    is_applied: bool = False,
    leaves_out: bool = False,
    say: Say = _quietly,
) -> Reckoning:
    """Bring in a folder of exports, in one transaction; without `is_applied` only try.

    A trial does all that the real thing does and takes it back. Rows that cannot be placed stop
    an application unless `leaves_out`. Raises Faulty for a folder that cannot be read, Refused
    for one that was brought in before or has rows without a place.
    """
    policy.can_migrate(by).require()
    origin = " ".join(origin.split())
    _refuse_impossible(origin, migrated_on, on)
    read = read_folder(folder)
    with transaction.atomic():
        _refuse_the_same_again(read)
        book = Book(
            folder=read, origin=origin, migrated_on=migrated_on, ref=new_reference(), by=by, on=on
        )
        _place(book, say)
        reckoning = Reckoning(
            ref=book.ref if is_applied else "",
            tallies=tuple(book.tallies.values()),
            unplaced=tuple(book.unplaced),
            notices=tuple(book.notices),
        )
        if not is_applied:
            transaction.set_rollback(True)
            return reckoning
        if book.unplaced and not leaves_out:
            raise NotPlaced(reckoning)
        _keep(book)
    return reckoning


class NotPlaced(Refused):
    """Some rows have no place, and nobody said to leave them out. Nothing was applied."""

    def __init__(self, reckoning: Reckoning) -> None:
        super().__init__(
            f"{len(reckoning.unplaced)} things could not be placed, so nothing was applied. "
            "Mend them, or leave them out with --leave-out."
        )
        self.reckoning = reckoning


def _refuse_impossible(origin: str, migrated_on: date, on: date) -> None:
    if not origin or "," in origin:
        raise Faulty(("origin", "Name the former system, without a comma."))
    if migrated_on > on:
        raise Faulty(("migrated_on", "The day of the migration is in the future."))


def _refuse_the_same_again(read: Folder) -> None:
    with connection.cursor() as cursor:
        # One migration at a time: two at once would both find that the children are not here.
        cursor.execute("select pg_advisory_xact_lock(hashtext('exchange.migration'))")
    before = Migration.objects.filter(digest=read.digest, state=Migration.State.APPLIED).first()
    if before is not None:
        raise Refused(
            f"This very folder was brought in already, as migration {before.ref}. Undo that one "
            "first if it is to be brought in again."
        )


def _place(book: Book, say: Say) -> None:
    for layout in PLACED:
        for name in book.folder.files.get(layout.key, ()):
            book.tallies[name] = Tally(name, layout.title)
    _count_on_totals(book)
    schools = Schools()
    added: list[ChildRow] = []
    steps: Sequence[tuple[str, Callable[[], object]]] = (
        ("children", lambda: added.extend(place_children(book))),
        ("addresses", lambda: place_addresses(book)),
        ("carers", lambda: place_carers(book)),
        ("flags", lambda: place_flags(book)),
        ("roll", lambda: place_roll(book, schools)),
        ("cases", lambda: place_cases(book, schools)),
        ("case_history", lambda: place_history(book)),
        ("posts", lambda: place_posts(book)),
        ("recording", lambda: place_recording(book)),
    )
    for key, step in steps:
        if book.folder.files.get(key) or key == "children":
            say(f"{LAYOUTS[key].title}: {len(book.folder.of(key)):,} rows")
            step()
    _remark_on_files(book)
    for label, keys in standing.facts_of_people(book.source).items():
        book.keep(label, keys)
    book.keep("people.Access", standing.access_made({c.pk for c in book.children.values()}))
    say("What children are found by")
    people.rebuild_terms(child.pk for child in book.children.values())
    numbered = {number: child.pk for number, child in book.children.items()}
    people.hold_back_twins(added, numbered, by=book.by, on=book.on)
    book.keep("people.Sealing", standing.sealings_made(book.is_new))
    say("Clocks of open cases")
    casework.rebuild_deadlines([case.pk for case in book.cases.values()], by=book.by)


def _remark_on_files(book: Book) -> None:
    todo = "Nothing, or name it as the template does."
    book.notices += [
        Remark(file, None, heading, "It is not a column that is read.", todo)
        for file, heading in book.folder.unread
    ]
    book.notices += [
        Remark(file, row, "", "It is the example of the template; it was left out.", "Nothing.")
        for file, row in book.folder.examples
    ]


def _count_on_totals(book: Book) -> None:
    for row in book.folder.of("totals"):
        if row.faults:
            book.unplaced += [
                Remark(row.file, row.number, cell.column, cell.says, "Correct the cell.")
                for cell in row.faults
            ]
            continue
        named = row["file"].casefold().rsplit(".", 1)[0]
        files = [t for t in book.tallies.values() if t.file.casefold() == row["file"].casefold()]
        parts = files or [book.tallies[f] for f in book.folder.files.get(named, ())]
        if not parts:
            book.unplaced.append(
                Remark(row.file, row.number, "File", f"There is no file {row['file']}.",
                       "Export it again, or correct the totals.")
            )  # fmt: skip
            continue
        read = sum(len([r for r in book.folder.of(k) if r.file == p.file])
                   for p in parts for k in book.folder.files)  # fmt: skip
        if len(parts) == 1:
            parts[0].expected = row["rows"]
        if read != row["rows"]:
            book.unplaced.append(
                Remark(row.file, row.number, "Rows", f"The former system counts {row['rows']:,} "
                       f"rows and {row['file']} has {read:,}.", "Export the file again.")
            )  # fmt: skip


def _keep(book: Book) -> None:
    placed = sum(tally.placed for tally in book.tallies.values())
    migration = Migration.objects.create(
        ref=book.ref,
        origin=book.origin,
        migrated_on=book.migrated_on,
        folder=book.folder.name,
        digest=book.folder.digest,
        files=[asdict(tally) for tally in book.tallies.values()],
        unplaced=as_json(book.unplaced),
        notices=as_json(book.notices),
        made=standing.packed(book.made),
        recordings=book.recordings,
        applied_by_id=book.by.pk,
    )
    record(
        MIGRATED, by=book.by, subject=migration, ref=book.ref, placed=placed,
        unplaced=len(book.unplaced), digest=book.folder.digest,
        children={child.pk for child in book.children.values()},
    )  # fmt: skip


# In which order tables are emptied of what was made: what points at something goes before it.
_IN_ORDER = (
    "cme.Enquiry", "cme.Placement", "cme.Episode", "cme.MissingEducation",
    "casework.Note", "casework.Contact", "casework.Responsibility", "casework.CaseUrgency",
    "casework.Allocation",
    "casework.CaseState", "casework.Case",
    "provision.HomeEducation", "schools.Enrolment",
    "people.ContactPoint", "people.Relationship", "people.Flag", "people.ChildAddress",
    "people.Identifier", "people.ChildName", "people.Particulars", "people.YearTaught",
    "people.Language", "people.Access", "people.Sealing", "people.Child",
    "people.Carer",
    "accounts.PostHolding", "accounts.PostDetail", "accounts.Post",
)  # fmt: skip


def undo(*, migration: Migration, by: Actor) -> Migration:
    """Take back exactly what a migration made. Raises Refused, naming what stands on it since."""
    policy.can_undo(by, migration).require()
    with transaction.atomic():
        locked = Migration.objects.select_for_update().get(pk=migration.pk)
        if locked.state != Migration.State.APPLIED:
            raise Stale("this migration", [("State", locked.get_state_display(), "Applied")])
        made = standing.unpacked_keys(locked.made)
        if later := standing.later_work(locked, made):
            raise Refused(
                f"Nothing was undone, because later work stands on migration {locked.ref}: "
                f"{'; '.join(later)}."
            )
        _take_back(made, locked, by)
        Migration.objects.filter(pk=locked.pk).update(
            state=Migration.State.UNDONE, undone_at=TransactionNow(), undone_by_id=by.pk
        )
        record(UNDONE, by=by, subject=locked, ref=locked.ref)
    locked.refresh_from_db()
    return locked


def _take_back(made: Mapping[str, Sequence[int]], migration: Migration, by: Actor) -> None:
    def of(package: str) -> dict[str, Sequence[int]]:
        ours = [label for label in _IN_ORDER if label.startswith(f"{package}.")]
        return {label: made[label] for label in ours if label in made}

    cme.unload(made=of("cme"), by=by)
    casework.unload(made=of("casework"), by=by)
    provision.unload(made=of("provision"), by=by)
    unload_schools(made=of("schools"), by=by)
    people.unload(made={**of("schools"), **of("provision"), **of("people")}, by=by)
    before = {
        series: None if was is None else (date.fromisoformat(was[0]), str(was[1]))
        for series, (was, _) in migration.recordings.items()
    }
    unload_accounts(made=of("accounts"), recordings=before, by=by)
