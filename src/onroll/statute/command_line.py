"""What the commands of this library share: reading files and options, and refusing them."""

import json
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeVar

from onroll.statute.days import LATEST
from onroll.statute.packs import Pack, for_authority, load, load_file, together
from onroll.statute.reading import Fault, FaultyInput, Reader

# Python refuses to read a number of thousands of digits; nothing here needs more than these.
_MOST_DIGITS = 18


T = TypeVar("T")


def read(name: str, read: Callable[[object], T]) -> T:
    """Read a JSON file with a function that knows its shape; faults carry the file's name."""
    try:
        text = Path(name).read_text("utf-8-sig")
        given = named_in(name, lambda: _json(text))
        return named_in(name, lambda: read(given))
    except OSError as problem:
        reason = problem.strerror or "unreadable"
        fault = Fault(name, f"cannot be read ({reason}).", "Check the name of the file.")
    except UnicodeDecodeError:
        fault = Fault(name, "is not UTF-8 text.", "Save it again as UTF-8.")
    except json.JSONDecodeError as problem:
        where = f"{name}: line {problem.lineno}, column {problem.colno}"
        fault = Fault(where, f"is not JSON ({problem.msg}).", "Correct it there.")
    except RecursionError:
        fault = Fault(name, "is nested too deeply.", "Write it as --help shows.")
    raise FaultyInput([fault])


def _json(text: str) -> object:
    return json.loads(text, object_pairs_hook=_without_repeats, parse_int=_whole)


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        shown = f"{digits[:_MOST_DIGITS]}…"
        raise FaultyInput([Fault(shown, "is too long a number.", "Correct it.")])
    return int(digits)


def named_in(name: str, work: Callable[[], T]) -> T:
    """Do some work; put the name of the file or option before each fault that it finds."""
    try:
        return work()
    except FaultyInput as faulty:
        raise FaultyInput(
            Fault(f"{name}: {one.where}", one.problem, one.remedy) for one in faulty.faults
        ) from faulty


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            remedy = "Keep one of them; several dates go into one list."
            raise FaultyInput([Fault(key, "is there twice.", remedy)])
        found[key] = value
    return found


def a_day(typed: str) -> date:
    """The day that `--on` names. Raises FaultyInput."""
    reader = Reader()
    day = reader.a_date(typed, "--on")
    reader.finish()
    assert day is not None  # a fault would have been raised
    return day


def a_pack(named: str, on: date | None = None, *, where: str = "--pack") -> Pack:
    """The pack that an option names. Raises FaultyInput.

    A key, a TOML file, an authority's three-digit number (its pack on the day, or the latest), or
    several of them with commas between: an authority's with an Act that is not law yet beside it.
    """
    words = [word.strip() for word in named.split(",")]
    return named_in(where, lambda: together(*(_one_pack(word, on) for word in words)))


def _one_pack(named: str, on: date | None) -> Pack:
    if named.endswith(".toml"):
        return load_file(Path(named))
    if len(named) == 3 and named.isdecimal():
        found = for_authority(named, LATEST if on is None else on)
        if found.authority_code is None:
            remedy = "Use national, or a TOML file of the authority's own rules."
            raise FaultyInput([Fault(named, "is no authority whose rules are here.", remedy)])
        return found
    return load(named)


def refuse(faults: Iterable[Fault]) -> int:
    """Print each fault on a line of its own. Returns the exit code of faulty input."""
    for fault in faults:
        print(fault, file=sys.stderr)
    return 2


def warn_of(pack: Pack) -> None:
    """Say on standard error that a pack is not in force, so that nobody takes it for law."""
    if pack.commencement_note:
        print(f"--pack: {pack.commencement_note}", file=sys.stderr)
