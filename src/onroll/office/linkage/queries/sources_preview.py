"""The first rows of a list as they were read, so that a wrong column is seen before it harms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.matching.sources import COLUMNS
from onroll.office.intake import queries as intake
from onroll.office.intake.reading.lists import Listing, read_list
from onroll.office.kernel.actor import Actor
from onroll.office.linkage.models import PopulationLoad
from onroll.office.linkage.queries.sources import shape_of
from onroll.office.linkage.queries.sources_columns import MEANINGS
from onroll.office.linkage.queries.sources_rows import rows_of
from onroll.office.web.templatetags.onroll import short_day

_ROWS = 5
_SHORT = {**MEANINGS, "record_id": "Number", "house": "House"}


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a list: what each cell was read as, under what it is.

    A row is its number in the file and its cells. Where `is_shape`, cells say only how they look.
    """

    header: Sequence[str]
    rows: Sequence[tuple[int, Sequence[str]]]
    is_shape: bool


def preview(
    load: PopulationLoad, actor: Actor, *, columns: Mapping[str, str], date_order: str
) -> Preview:
    """Return the first rows of a list that is still kept, read under what its columns are said
    to be.

    What they say is shown to whoever sent the list in, who has it before them; to a colleague only
    its shape is, for a list of everybody names children whom nobody may look up.
    """
    content = intake.original(load.load)
    listing = read_list(filename=load.load.filename, content=content, most=_ROWS)
    meant = {theirs: ours for theirs, ours in columns.items() if ours and theirs in listing.header}
    read = rows_of(listing, meant, date_order)
    shown = [name for name in COLUMNS if read.table[name].null_count < len(read.table)]
    if "born_on" in meant.values() and "born_on" not in shown:
        shown.append("born_on")
    if "record_id" not in meant.values():
        shown.remove("record_id")
    shown.sort(key=COLUMNS.index)
    is_shape = load.load.received_by_id != actor.pk
    typed = _dates_as_typed(listing, meant)
    rows = []
    for number, row in zip(read.numbers.to_pylist(), read.table.to_pylist(), strict=True):
        cells = []
        for name in shown:
            said = str(row[name] or "")
            said = shape_of(said) if is_shape and name != "born_on" else said
            if name == "born_on":
                said = _born(row[name], typed.get(number, ""), is_shape=is_shape)
            cells.append(said)
        rows.append((number, cells))
    return Preview([_SHORT[name] for name in shown], rows, is_shape)


def _dates_as_typed(listing: Listing, meant: Mapping[str, str]) -> Mapping[int, str]:
    theirs = next((name for name, ours in meant.items() if ours == "born_on"), None)
    cells = listing.table[theirs].to_pylist() if theirs else ()
    return dict(zip(listing.numbers.to_pylist(), (cell or "" for cell in cells), strict=False))


def _born(read: str | None, typed: str, *, is_shape: bool) -> str:
    if read is not None:
        return "A date" if is_shape else str(short_day(date.fromisoformat(read)))
    if not typed:
        return ""
    return f"Not a date: {shape_of(typed) if is_shape else typed}"
