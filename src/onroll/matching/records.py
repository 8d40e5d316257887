"""Records brought to columns that a linkage engine can compare: one row for each record.

Names are compared as written and as folded (Mohammed and Muhammad are one), so that an engine
needs nothing but equality, edit distance and lists in common, which DuckDB and Spark both have.
Every value is worked out once, however many records hold it.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching import normalise
from onroll.matching.sources import Source
from onroll.statute.identifiers import check_nhs_number, check_upn

# Children on any list that is compared; an earlier or later date of birth is a slip.
_OLDEST = 30

# Words that stand in a list of names where there is no name yet.
_NO_NAME = frozenset({"baby", "infant", "unknown", "unnamed", "not", "known", "none", "nk", "na"})


def comparable(sources: Sequence[Source], on: date) -> pa.Table:
    """Return one row a record, with what a comparison needs.

    `uid` numbers the rows from 0; `source_no` is the place of the source in the list. Columns of
    text are null where a record says nothing, or nothing that can be used.
    """
    tables = [source.table for source in sources]
    whole = pa.concat_tables(tables)
    numbers = np.repeat(np.arange(len(sources)), [len(table) for table in tables])
    given, middle, family = (
        _texts(whole[name]) for name in ("given_name", "middle_names", "family_name")
    )
    born = _mapped(whole["born_on"], lambda typed: _born(typed, on), pa.date32())
    columns = {
        "uid": pa.array(np.arange(len(whole)), pa.int64()),
        "source_no": pa.array(numbers, pa.int32()),
        "record_id": whole["record_id"].combine_chunks(),
        "fn": _mapped(given, _first_word),
        "fn_f": _mapped(given, _folded_first),
        "sn": _mapped(family, _joined),
        "sn_f": _mapped(family, _folded_joined),
        "given_list": _paired(given, middle, _given_list),
        "family_list": _mapped(family, _family_list, pa.list_(pa.string())),
        "also_list": _mapped(given, _also_list, pa.list_(pa.string())),
        "dob": born,
        "dob_s": _formatted(born),
        "dob_y": pc.cast(pc.year(born), pa.int32()),
        "dob_m": pc.cast(pc.month(born), pa.int32()),
        "dob_d": pc.cast(pc.day(born), pa.int32()),
        "sex": _mapped(whole["sex"], _sex),
        "house": _mapped(whole["house"], _house),
        "street": _mapped(whole["street"], _street),
        "pc": _mapped(whole["postcode"], _postcode),
        "upn": _mapped(whole["upn"], _upn),
        "nhs": _mapped(whole["nhs_number"], _nhs),
    }
    columns["pc_district"] = _mapped(columns["pc"], _district)
    columns["pc_sector"] = _mapped(columns["pc"], lambda code: code[:-2])
    return pa.table(columns)


def _texts(column: Any) -> Any:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _mapped(column: Any, work: Callable[[str], Any], kind: Any = None) -> Any:
    """Return the column with work done once on each different value; null stays null."""
    kind = pa.string() if kind is None else kind
    coded = _texts(column).dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    done = [work(value) or None for value in coded.dictionary.to_pylist()]
    return pa.array(done, kind).take(coded.indices)


def _paired(one: Any, other: Any, work: Callable[[str, str], list[str]]) -> Any:
    # A mark that no name holds stands between the two.
    both = pc.binary_join_element_wise(
        pc.fill_null(one, ""), pc.fill_null(other, ""), pa.scalar("\x1f")
    )
    return _mapped(both, lambda text: work(*text.split("\x1f", 1)), pa.list_(pa.string()))


def _born(typed: str, on: date) -> date | None:
    """Return a usable date of birth: a real day, not after the search and not of an adult."""
    try:
        meant: Sequence[date] = (date.fromisoformat(typed[:10]),)
    except ValueError:
        meant = normalise.dates_meant(typed)
    day = meant[0] if meant else None
    return day if day and on.year - _OLDEST <= day.year and day <= on else None


def _formatted(born: Any) -> Any:
    return pc.strftime(born, format="%d%m%Y")


def _words(name: str) -> tuple[str, ...]:
    found = normalise.name_words(name)
    return tuple(w for w in found if w not in _NO_NAME)


def _first_word(name: str) -> str:
    found = _words(name)
    return found[0] if found else ""


def _folded_first(name: str) -> str:
    found = _words(name)
    return normalise.folded(found[0]) if found else ""


def _joined(name: str) -> str:
    return "".join(_words(name))


def _folded_joined(name: str) -> str:
    return "".join(normalise.folded(word) for word in _words(name))


def _given_list(given: str, middle: str) -> list[str]:
    return sorted({normalise.folded(word) for word in (*_words(given), *_words(middle))})


def _family_list(name: str) -> list[str]:
    return sorted({normalise.folded(word) for word in _words(name) if len(word) > 2})


def _also_list(given: str) -> list[str]:
    """Return the folded first name, what it is short for and what it is shortened to."""
    found = _words(given)
    if not found:
        return []
    return sorted({normalise.folded(w) for w in (found[0], *normalise.short_forms(found[0]))})


def _sex(typed: str) -> str:
    first = typed.strip()[:1].upper()
    return {"1": "M", "2": "F", "B": "M", "G": "F"}.get(first, first if first in "MF" else "")


@lru_cache(maxsize=100_000)
def _house(typed: str) -> str:
    return normalise.house_and_postcode(typed, "").rstrip("|")


def _street(typed: str) -> str:
    found = [word for _, word in normalise.streets_in(typed)]
    return " ".join(found)


def _postcode(typed: str) -> str:
    return normalise.postcode(typed)


def _district(code: str) -> str:
    return code.partition(" ")[0]


def _upn(typed: str) -> str:
    found = check_upn(typed)
    # One wrong character leaves a number that is compared and finds its likeness by one slip.
    return found.value if len(found.value) == 13 else ""


def _nhs(typed: str) -> str:
    found = check_nhs_number(typed)
    return found.value if len(found.value) == 10 and len(set(found.value)) > 1 else ""
