"""Columns of tables: as text, without what says nothing, and as numbers of their values."""

import re
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_LONGEST_LOOK = 24
_EXACT = 2.0**53  # whole numbers below it are held exactly


def as_text(column: Any) -> Any:
    """Return a column as text; a whole number without a point, a date without a time of day."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if pa.types.is_timestamp(kind):
        # A date of birth saved with a time of day.
        column, kind = column.cast(pa.date32(), safe=False), pa.date32()
    if pa.types.is_decimal(kind):
        column, kind = column.cast(pa.float64()), pa.float64()
    if pa.types.is_floating(kind):
        # A number column with gaps is often saved as decimals: 12.0 is the number 12.
        column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, kind))
        whole = pc.and_(pc.equal(pc.floor(column), column), pc.less(pc.abs(column), _EXACT))
        if pc.all(pc.fill_null(whole, True)).as_py():
            column = column.cast(pa.int64(), safe=False)
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    return column.cast(pa.string())


def silent(column: Any) -> Any:
    """Return text without the spaces around it, null where nothing is left."""
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def coded(column: Any) -> Any:
    """Return a column as numbers of its different values, in one piece."""
    found = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    found = found.dictionary_encode()
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def numbered(column: Any) -> Any:
    """Number the different values of a column, -1 where it is null."""
    return coded(column).indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)


def looks_of(column: Any) -> str:
    """Return how most values of a column of text look, without saying any: 31/12/99 is 99/99/99."""
    counted = Counter(look_of(value) for value in column.drop_null().to_pylist())
    return counted.most_common(1)[0][0] if counted else ""


def look_of(value: str) -> str:
    """Return how a value looks, without saying it: 9 for a digit, a for a letter."""
    digits = re.sub(r"\d", "9", value[:_LONGEST_LOOK])
    return re.sub(r"[^9 !-/:-@\[-`{-~]", "a", digits) + ("…" if len(value) > _LONGEST_LOOK else "")
