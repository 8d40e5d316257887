"""What a log line may hold of a fault: its kind and where it was, never a value."""

import traceback
from collections.abc import MutableMapping
from typing import Any

# What libraries add to a line: a path names a record, a query string what was asked, an address
# a person. The number of the request joins a line to the journal, where reads are kept.
ADDRESSES = ("request", "path", "ip", "user_agent", "query_string")


def without_values(_: object, __: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace a fault by its type and the names of its frames.

    A message can quote a row and a frame's variables hold whole records of children, so neither
    may reach a log.
    """
    told = line.pop("exc_info", None)
    if isinstance(told, BaseException):
        told = (type(told), told, told.__traceback__)
    if isinstance(told, tuple) and told[0] is not None:
        frames = traceback.extract_tb(told[2])
        line["fault"] = told[0].__name__
        line["at"] = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
    for name in ("exception", "stack_info", *ADDRESSES):
        line.pop(name, None)
    return line
