"""Whether a list may be used as it came: what refuses it, what holds it, what is only said.

A wrong list does harm in both directions. A list of pupils that lost a school makes a thousand
children look missing; one that gained another authority's hides as many. So a list that drops, adds
or changes more than its source allows is held until somebody has looked.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from onroll import data
from onroll.matching.checks import ALL_BORN_ON_ONE_DAY
from onroll.matching.files import MOST_ROWS_NAMED
from onroll.matching.records import is_nhs_filler
from onroll.matching.sources import COLUMNS
from onroll.office.intake.kinds import Fault
from onroll.office.intake.reading.lists import Listing
from onroll.office.linkage.models import Source
from onroll.office.linkage.queries.sources_prints import Difference
from onroll.office.linkage.queries.sources_rows import DateOrders, Read

# So many of the dates that cannot be read mean that the column was misread, not mistyped.
_MOST_UNREAD = 0.2
# Where a list is from is judged by no fewer numbers or postcodes than these.
_LEAST_TO_JUDGE, _MOST_FROM_ELSEWHERE, _KNOWN_SHARE = 20, 0.5, 0.01
_UPN = re.compile(r"[A-Z](\d{3})\d{8}[0-9A-Z]", re.IGNORECASE)
_AREA = re.compile(r"([A-Z]{1,2})\d", re.IGNORECASE)
_CODE = re.compile(r"(\d{3})(?:[/ -]?\d{4})?(?:\.0)?$")
_PLACES_REMEMBERED = 60
# Children on these lists may have been numbered by another authority and are ours all the same.
_NUMBERED_ANYWHERE = {"other_rolls", "notices", "ctf", "independent"}
_CODES = {"la", "lea", "lacode", "lanumber", "leanumber", "laestab", "dfenumber", "dfeno"}


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a list is held: what is odd about it, and what to do."""

    says: str
    do: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to become of a list: refused for its faults, held, or used."""

    faults: tuple[Fault, ...] = ()
    holds: tuple[Hold, ...] = ()
    warnings: tuple[Fault, ...] = ()
    needs_a_second_person: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What a list is judged against: the last accepted one, and where earlier lists were from."""

    share: int  # per cent that may change
    as_at: date | None = None
    is_comparable: bool = True
    were_taken_back: bool = False  # lists were accepted, and none of them stands
    retired: str = ""  # a source of the same kind in whose place a first list may come
    places: Sequence[Mapping[str, Mapping[str, int]]] = ()
    own_la: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """A list as it came, read: its file, its rows, the day for which it was true."""

    listing: Listing
    read: Read
    orders: DateOrders
    as_at: date
    places: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


def share(part: int, whole: int) -> float:
    """Return a part in per cent of the whole; of nothing, all is new."""
    return 100 * part / whole if whole else (100.0 if part else 0.0)


def moved(difference: Difference) -> float:
    """Return what the brake weighs, in per cent of the records there were.

    Records dropped or changed count together, because each is a child of whom something else is
    now said; records added count alone. The larger is weighed.
    """
    touched = difference.dropped + difference.changed
    return max(share(touched, difference.before), share(difference.added, difference.before))


def is_beyond(difference: Difference, brake_share: int) -> bool:
    """Say whether a load moves more than its source allows. The first load moves nothing."""
    return difference.before > 0 and moved(difference) > brake_share


def needs_two(difference: Difference, brake_share: int) -> bool:
    """Say whether a load moves more than twice what its source allows."""
    return difference.before > 0 and moved(difference) > 2 * brake_share


def share_for(source: Source, *who: int | None) -> int:
    """Return how much, in per cent, a list may change that these people sent in and describe.

    For whoever raised the share it is the share before, until a colleague has agreed.
    """
    if source.share_before is not None and source.share_raised_by_id in who:
        return source.share_before
    return source.brake_share


def judge(came: Came, source: Source, difference: Difference, before: Before) -> Judgement:
    """Judge a list whole: every fault, every reason to hold it, and what is worth saying."""
    faults = faults_in(came)
    if faults:
        return Judgement(faults=tuple(faults))
    holds = [
        *_brake(difference, source, before),
        *_dates(came, source),
        *_elsewhere(came.places, source, before),
        *_older(came.as_at, before),
    ]
    return Judgement(
        holds=tuple(holds),
        warnings=tuple(_warnings(came)),
        needs_a_second_person=before.were_taken_back
        or bool(before.retired)
        or needs_two(difference, before.share),
    )


def faults_in(came: Came) -> list[Fault]:
    """Return what makes a list unusable, all of it at once."""
    listing, read = came.listing, came.read
    if not len(listing.table):
        says = "The list has a header and no rows. Export it again, or leave it out this time."
        return [Fault(None, "", says)]
    faults = [
        Fault(row, "", "has more cells than the header has names. Put quotes around commas.")
        for row in listing.strays
    ]
    if not len(read.table):
        says = (
            "No row has a name, a UPN or an NHS number, so nobody can be known by it. Say which "
            "columns hold the names, or export the list with them."
        )
        return [*faults, Fault(None, "", says)]
    faults += _twins(read)
    born = read.table["born_on"].drop_null()
    if len(born) >= ALL_BORN_ON_ONE_DAY and len(pc.unique(born)) == 1:
        says = (
            f"Every date of birth is {born[0].as_py()}: a column was filled down, or another date "
            "was taken for it. Export the list again, or choose another column."
        )
        faults.append(Fault(None, "Date of birth", says))
    if came.orders.says == "both":
        one, other = (
            _named(listing.numbers.take(pa.array(rows)).to_pylist())
            for rows in (came.orders.day_first, came.orders.month_first)
        )
        says = (
            f"Some dates have the day first ({one}) and some the month ({other}), so the others "
            "could be either. Export the dates as 2014-03-05."
        )
        faults.append(Fault(None, "Date of birth", says))
    return faults


def places_in(listing: Listing, read: Read) -> dict[str, dict[str, int]]:
    """Count where a list is from: areas of postcodes, and the LA numbers in it."""
    areas = _counted(read.table["postcode"], _AREA)
    las = _counted(read.table["upn"], _UPN)
    for name in listing.header:
        if re.sub(r"[^a-z]", "", name.lower()) in _CODES:
            las = (
                _counted(listing.table[name], re.compile(r"(\d{3})(?:[/ -]?\d{4})?(?:\.0)?")) or las
            )
    return {"postcode_areas": areas, "las": las}


def _counted(column: pa.ChunkedArray, shape: re.Pattern[str]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in pc.value_counts(column.drop_null()).to_pylist():
        if found := shape.match(one["values"].strip()):
            counts[found[1].upper()] += one["counts"]
    return dict(counts.most_common(_PLACES_REMEMBERED))


def _twins(read: Read) -> list[Fault]:
    ids = read.table["record_id"]
    empty = read.numbers.filter(pc.is_null(ids).combine_chunks()).to_pylist()
    faults = [Fault(None, "", f"No number of its own in {_named(empty)}.")] if empty else []
    counts = pc.value_counts(ids.drop_null())
    twice = counts.filter(pc.greater(counts.field("counts"), 1)).field("values").to_pylist()
    for value in twice[:MOST_ROWS_NAMED]:
        rows = read.numbers.filter(pc.fill_null(pc.equal(ids, value), False).combine_chunks())
        # The number itself may be a child's UPN: it goes with the list.
        says = f"One number stands in {_named(rows.to_pylist())}."
        faults.append(Fault(rows[1].as_py(), "", says))
    if len(twice) > MOST_ROWS_NAMED:
        says = f"{len(twice) - MOST_ROWS_NAMED:,} more numbers stand in several rows."
        faults.append(Fault(None, "", says))
    if faults:
        says = (
            "Each record needs a number of its own. Where a child may rightly stand in the list "
            "twice, let the rows be numbered: send it in with “Ask me again what the columns are” "
            "ticked and say that the column of numbers is not read."
        )
        faults.append(Fault(None, "", says))
    return faults


def _brake(difference: Difference, source: Source, before: Before) -> Iterable[Hold]:
    if not before.is_comparable:
        yield Hold(
            "The last list was hashed under a key that this installation no longer has, so the "
            "two cannot be compared.",
            "Look at the counts and compare them with what the supplier says.",
        )
    elif before.were_taken_back:
        # Else the brake could be let off by taking back what it would compare with.
        yield Hold(
            "Every list accepted before was taken back, so there is none to compare this one with.",
            "Somebody other than whoever sent it in must look at it and accept it.",
        )
    elif before.retired:
        yield Hold(
            f"It is the first list of this source, and “{before.retired}” of the same kind was "
            "retired: there is none to compare this one with.",
            "Somebody other than whoever sent it in must look at it and accept it. If it is the "
            "same list, restore that source and send it in there.",
        )
    elif difference.before and not difference.kept:
        yield Hold(
            f"None of the {difference.before:,} records of the last list is in this one.",
            "Check that it is the same list and that its numbers are the same column as before. "
            "If the supplier renumbered its records, accept it.",
        )
    elif is_beyond(difference, before.share):
        raised = (
            f" The {source.brake_share}% to which the share was raised count for the lists of "
            "whoever raised it once a colleague has agreed, under “Change” on the source’s page."
        )
        yield Hold(
            f"{moved(difference):.1f}% of the last list would change and this source allows "
            f"{before.share}%: {difference.dropped:,} dropped, {difference.changed:,} "
            f"changed, {difference.added:,} added.",
            "Ask the supplier whether that is right: a school, a year group or a district may be "
            "missing. A new school year moves a year group in and one out."
            f"{raised if before.share < source.brake_share else ''}",
        )


def _dates(came: Came, source: Source) -> Iterable[Hold]:
    table = came.read.table
    written = len(table) - table["born_on"].null_count
    unread = len(came.read.unread_dates)
    if not written and not unread:
        yield Hold(
            "The list has no date of birth in any row, so adults and infants cannot be left out.",
            "Say which column holds it, or ask the supplier for it.",
        )
    elif unread > _MOST_UNREAD * (written + unread):
        yield Hold(
            f"{unread:,} of {written + unread:,} dates of birth cannot be read: "
            f"{_named(came.read.unread_dates)}.",
            "Look at the order of day and month and at the column. Dates are best as 2014-03-05, "
            "the year in full.",
        )


def _older(as_at: date, before: Before) -> Iterable[Hold]:
    if before.as_at is not None and as_at < before.as_at:
        yield Hold(
            f"The list is of {_day(as_at)} and the one in use of {_day(before.as_at)}, which is "
            "later.",
            "Check the day that you gave. Accept it only to go back to the older list.",
        )


def _elsewhere(
    places: Mapping[str, Mapping[str, int]], source: Source, before: Before
) -> Iterable[Hold]:
    earlier = {
        what: sum((Counter(one.get(what, {})) for one in before.places), Counter())
        for what in ("las", "postcode_areas")
    }
    las = places.get("las", {})
    known = _usual(earlier["las"]) | ({before.own_la} if before.own_la else set())
    if source.kind not in _NUMBERED_ANYWHERE and known and _is_from_elsewhere(las, known):
        most = max(las, key=lambda code: las[code])
        yield Hold(
            f"Most of the numbers in the list were given by other authorities, most by "
            f"{data.name_of(most) or most}. It looks like another authority’s list.",
            "Check with the supplier whose children these are before accepting it.",
        )
    areas, usual = places.get("postcode_areas", {}), _usual(earlier["postcode_areas"])
    if sum(earlier["postcode_areas"].values()) >= _LEAST_TO_JUDGE and _is_from_elsewhere(
        areas, usual
    ):
        most = max(areas, key=lambda area: areas[area])
        yield Hold(
            f"Most of the postcodes begin with letters that earlier lists hardly had (most often "
            f"{most}). It looks like another authority’s list.",
            "Check with the supplier where these children live before accepting it.",
        )


def _usual(counts: Mapping[str, int]) -> set[str]:
    whole = sum(counts.values())
    return {place for place, n in counts.items() if n >= _KNOWN_SHARE * whole}


def _is_from_elsewhere(counts: Mapping[str, int], known: set[str]) -> bool:
    whole = sum(counts.values())
    strange = sum(n for place, n in counts.items() if place not in known)
    return whole >= _LEAST_TO_JUDGE and strange > _MOST_FROM_ELSEWHERE * whole


def _warnings(came: Came) -> Iterable[Fault]:
    read = came.read
    if read.nobody:
        says = f"No name and no number in {_named(read.nobody)}: left out."
        yield Fault(None, "", says)
    if read.unread_dates:
        says = f"Not a date that can be read in {_named(read.unread_dates)}: read as unknown."
        yield Fault(None, "Date of birth", says)
    orders = came.orders
    if orders.day_first and orders.month_first:
        rare = min(orders.day_first, orders.month_first, key=len)
        rows = came.listing.numbers.take(pa.array(rare)).to_pylist()
        how = "month" if orders.is_day_first else "day"
        says = f"Written with the {how} first, otherwise than the rest, in {_named(rows)}."
        yield Fault(None, "Date of birth", says)
    yield from _odd(read, came.as_at)
    missing = read.table["born_on"].null_count - len(read.unread_dates)
    if 0 < missing < len(read.table):
        yield Fault(None, "Date of birth", f"Empty in {missing:,} of {len(read.table):,} rows.")


def _odd(read: Read, as_at: date) -> Iterable[Fault]:
    """Tell what can be read and cannot be right, with the first rows and the count of the rest."""
    table, given = read.table, {name: pc.is_valid(read.table[name]) for name in COLUMNS}
    later = pc.fill_null(pc.greater(table["born_on"], as_at.isoformat()), False)
    if rows := _rows(read, later):
        says = f"Later than the day of the list in {_named(rows)}: nobody was born then."
        yield Fault(None, "Date of birth", says)
    numbers = table["nhs_number"].unique().drop_null().to_pylist()
    fillers = pa.array([one for one in numbers if is_nhs_filler(one)], pa.string())
    if rows := _rows(read, pc.is_in(table["nhs_number"], fillers)):
        says = f"Typed to fill the box, as 9999999999 is, in {_named(rows)}: not compared."
        yield Fault(None, "NHS number", says)
    # A column that no row fills is said by the columns themselves.
    if pc.any(given["family_name"]).as_py() and (
        rows := _rows(read, pc.invert(given["family_name"]))
    ):
        yield Fault(None, "Surname", f"Empty in {_named(rows)}.")
    lives = pc.or_(given["house"], given["street"])
    if pc.any(lives).as_py() and (
        rows := _rows(read, pc.and_(lives, pc.invert(given["postcode"])))
    ):
        says = f"An address without a postcode in {_named(rows)}."
        yield Fault(None, "Postcode", says)


def _rows(read: Read, mask: pa.ChunkedArray) -> list[int]:
    return list(read.numbers.filter(mask.combine_chunks()).to_pylist())


def _named(rows: Sequence[int]) -> str:
    shown = [f"{row:,}" for row in rows[:MOST_ROWS_NAMED]]
    more = len(rows) - len(shown)
    if more > 0:
        return f"rows {', '.join(shown)} and {more:,} more"
    if len(shown) == 1:
        return f"row {shown[0]}"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]}" if shown else "no row"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
