"""Records brought to columns that a linkage engine can compare: one row for each record.

Names are compared as written and as folded (Mohammed and Muhammad are one), so that an engine
needs nothing but equality, edit distance and lists in common, which DuckDB and Spark both have.
Every value is worked out once, however many records hold it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onroll.matching import normalise
from onroll.matching.births import births
from onroll.matching.columns import coded, numbered
from onroll.matching.sources import Source
from onroll.statute.ages import compulsory_school_age
from onroll.statute.identifiers import check_nhs_number, check_upn

# Children on any list that is compared; an earlier or later date of birth is a slip.
_OLDEST = 30

# No list has one child so often; a number that stands so often fills a box.
_MOST_OF_ONE_NUMBER = 4
_COUNTED_UP = frozenset({"1234567890", "0123456789", "9876543210"})

_LONGEST_NAME = 80
_SEXES = {
    **dict.fromkeys(["f", "female", "girl", "g", "2", "woman"], "F"),
    **dict.fromkeys(["m", "male", "boy", "b", "1", "man"], "M"),
}
# A column of numbers with gaps is often saved with a point.
_POINT = re.compile(r"\.0+$")

# Words that stand in a list of names where there is no name yet.
_NO_NAME = frozenset({"baby", "infant", "unknown", "unnamed", "not", "known", "none", "nk", "na"})
_TOTALS = frozenset({("total",), ("grand", "total"), ("sub", "total"), ("subtotal",)})


def comparable(sources: Sequence[Source], on: date) -> pa.Table:
    """Return one row a record, with what a comparison needs.

    `uid` numbers the rows from 0; `source_no` is the place of the source in the list. Columns of
    text are null where a record says nothing, or nothing that can be used. `is_nobody` is true of
    a record without given name, date of birth and number, as the line of a total or a household is.
    """
    tables = [source.table for source in sources]
    whole = pa.concat_tables(tables)
    numbers = np.repeat(np.arange(len(sources)), [len(table) for table in tables])
    # Longer text is no name, and every letter of it would be compared with every other.
    given, middle, family = (
        pc.utf8_slice_codeunits(whole[name], 0, _LONGEST_NAME)
        for name in ("given_name", "middle_names", "family_name")
    )
    dob = pa.chunked_array([births(table["born_on"]) for table in tables]).combine_chunks()
    born = _of_children(dob, on)
    line = whole["street"]
    columns = {
        "uid": pa.array(np.arange(len(whole)), pa.int64()),
        "source_no": pa.array(numbers, pa.int32()),
        "record_id": whole["record_id"].combine_chunks(),
        "fn": _mapped(given, _first_word),
        "fn_f": _mapped(given, _folded_first),
        "sn": _mapped(family, _joined),
        "sn_f": _mapped(family, _folded_joined),
        "sn_1": _mapped(family, _folded_first),
        "sn_z": _mapped(family, _folded_last),
        "all_f": _paired(given, family, _all_folded, pa.string()),
        "given_list": _paired(given, middle, _given_list, pa.list_(pa.string())),
        "family_list": _mapped(family, _family_list, pa.list_(pa.string())),
        "also_list": _mapped(given, _also_list, pa.list_(pa.string())),
        "dob": dob,
        "in_age": _in_age(dob, on),
        "dob_s": _formatted(born),
        "dob_y": pc.cast(pc.year(born), pa.int32()),
        "dob_m": pc.cast(pc.month(born), pa.int32()),
        "dob_d": pc.cast(pc.day(born), pa.int32()),
        "sex": _mapped(whole["sex"], _sex),
        "house": pc.coalesce(_mapped(whole["house"], _house), _mapped(line, _house_in_line)),
        "pc": pc.coalesce(_mapped(whole["postcode"], normalise.postcode), _mapped(line, _code_in)),
        "upn": _without_fillers(_mapped(whole["upn"], _upn), numbers),
        "nhs": _without_fillers(_mapped(whole["nhs_number"], _nhs), numbers),
    }
    columns["is_nobody"] = _describe_nobody(columns, given)
    columns["pc_district"] = _mapped(columns["pc"], _district)
    columns["pc_sector"] = _mapped(columns["pc"], lambda code: code[:-2])
    return pa.table(columns)


def _mapped(column: Any, work: Callable[[str], Any], kind: Any = None) -> Any:
    """Return the column with work done once on each different value; null stays null."""
    kind = pa.string() if kind is None else kind
    values = coded(column)
    done = [work(value) or None for value in values.dictionary.to_pylist()]
    return pa.array(done, kind).take(values.indices)


def _paired(one: Any, other: Any, work: Callable[[str, str], Any], kind: Any) -> Any:
    # A mark that no name holds stands between the two.
    both = pc.binary_join_element_wise(
        pc.fill_null(one, ""), pc.fill_null(other, ""), pa.scalar("\x1f")
    )
    return _mapped(both, lambda text: work(*text.split("\x1f", 1)), kind)


def _in_age(days: Any, on: date) -> Any:
    """Return whether each day of birth is of somebody of compulsory school age; not, where none."""
    values = coded(days)
    holds = [compulsory_school_age(day).holds_on(on) for day in values.dictionary.to_pylist()]
    return pa.array(holds, pa.bool_()).take(values.indices).fill_null(False)


def _of_children(days: Any, on: date) -> Any:
    """Return the dates of birth that a child can have; an adult's or an unborn child's is none."""
    oldest = pa.scalar(date(on.year - _OLDEST, 1, 1), pa.date32())
    is_childs = pc.and_(
        pc.greater_equal(days, oldest), pc.less_equal(days, pa.scalar(on, pa.date32()))
    )
    return pc.if_else(is_childs, days, pa.scalar(None, pa.date32()))


def _formatted(born: Any) -> Any:
    return pc.strftime(born, format="%d%m%Y")


def _words(name: str) -> tuple[str, ...]:
    found = normalise.name_words(name)
    return () if set(found) <= _NO_NAME or found in _TOTALS else found


def is_a_name(text: str) -> bool:
    """Whether text names somebody: "N/A", "Baby", "Total" and "" do not.

    A name in a script that is not compared here names somebody all the same.
    """
    return bool(_words(text)) or not (text.isascii() or normalise.name_words(text))


def _describe_nobody(columns: Mapping[str, Any], given: Any) -> Any:
    found = pc.invert(_mapped(given, is_a_name, pa.bool_()).fill_null(False))
    for name in ("dob", "upn", "nhs"):
        found = pc.and_(found, pc.is_null(columns[name]))
    return found


def _first_word(name: str) -> str:
    found = _words(name)
    return found[0] if found else ""


def _folded_first(name: str) -> str:
    found = _words(name)
    return normalise.folded(found[0]) if found else ""


def _folded_last(name: str) -> str:
    found = _words(name)
    return normalise.folded(found[-1]) if found else ""


def _all_folded(given: str, family: str) -> str:
    """Return every word of a name in one order, so that names changed over are equal."""
    return "".join(sorted(normalise.folded(word) for word in (*_words(given), *_words(family))))


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
    return _SEXES.get(typed.strip().casefold(), "")


def _house(typed: str) -> str:
    numbers = _numbers_of_a_house(typed)
    return "-".join(numbers) or normalise.house_and_postcode(typed, "").rstrip("|")


def _house_in_line(typed: str) -> str:
    """Return the number of the house in an address of one line."""
    return "-".join(_numbers_of_a_house(normalise.postcodes_in(typed)[0]))


def _numbers_of_a_house(typed: str) -> list[str]:
    return [p for p in normalise.plain(typed).split() if normalise.is_number_of_a_house(p)]


def _code_in(typed: str) -> str:
    """Return the postcode in an address of one line."""
    found = normalise.postcodes_in(typed)[1]
    return found[-1] if found else ""


def _district(code: str) -> str:
    return code.partition(" ")[0]


def _upn(typed: str) -> str:
    found = check_upn(_POINT.sub("", typed))
    # One wrong character leaves a number that is compared and finds its likeness by one slip.
    is_one = len(found.value) == 13 and found.value[0].isalpha() and len(set(found.value[1:])) > 1
    return found.value if is_one else ""


def _nhs(typed: str) -> str:
    found = check_nhs_number(_POINT.sub("", typed))
    is_one = re.fullmatch(r"[0-9]{10}", found.value) and len(set(found.value)) > 1
    return found.value if is_one and found.value not in _COUNTED_UP else ""


def is_nhs_filler(typed: str) -> bool:
    """Say whether ten digits were typed to fill the box: all alike, or counted up."""
    value = check_nhs_number(_POINT.sub("", typed)).value
    return re.fullmatch(r"[0-9]{10}", value) is not None and not _nhs(typed)


def _without_fillers(numbers: Any, source: Any) -> Any:
    """Return numbers without those that one list gives to many: they fill a box and name nobody."""
    codes = numbered(numbers)
    pairs = codes * (int(source.max(initial=0)) + 1) + source
    _, place, count = np.unique(pairs, return_inverse=True, return_counts=True)
    is_filler = (count[place.ravel()] > _MOST_OF_ONE_NUMBER) & (codes >= 0)
    fillers = np.unique(codes[is_filler])
    return pc.if_else(pa.array(np.isin(codes, fillers)), pa.scalar(None, pa.string()), numbers)
