"""What the columns of a file of registers are likely to be, by the headings that reports have."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# What a column can be said to be, in the words of the page that asks.
MEANINGS: dict[str, str] = {
    "pupil_id": "UPN",
    "school": "School: URN, 999/4001 or name",
    "on": "Date",
    "session": "Session: AM or PM",
    "code": "Code of the session",
    "am": "Code of the morning",
    "pm": "Code of the afternoon",
    "year_group": "Year group",
}
WIDE_MEANINGS = {key: MEANINGS[key] for key in ("pupil_id", "school", "year_group")}
_NAMES = {
    "pupil_id": "upn pupilid uniquepupilnumber pupilupn currentupn studentupn learnerupn",
    "school": "school urn schoolurn laestab dfenumber dfeno estab establishment schoolname "
    "schooldfe schoollaestab dfes schoolnumber",
    "on": "on date markdate attendancedate sessiondate registerdate day attdate dateofsession",
    "session": "session ampm sessionname period sessiontype am pm half",
    "code": "code mark attendancecode attendancemark sessioncode sessionmark attcode registermark "
    "attendancecodecode",
    "am": "am ammark amcode morning morningmark morningcode amsession",
    "pm": "pm pmmark pmcode afternoon afternoonmark afternooncode pmsession",
    "year_group": "yeargroup year ncyear ncyeargroup yr nationalcurriculumyear yeargrp",
}
_MEANT: dict[str, tuple[str, ...]] = {}
for _meaning, _words in _NAMES.items():
    for _word in _words.split():
        _MEANT[_word] = (*_MEANT.get(_word, ()), _meaning)
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]", re.IGNORECASE)
_EXAMPLES, _LOOKED_AT, _MOST = 3, 200, 0.8


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its name, a few of its cells, what it seems to be ("" = not read)."""

    name: str
    examples: tuple[str, ...]
    guess: str


def bare(name: str) -> str:
    """Return a heading as it is compared: letters and digits alone."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def header_print(header: Sequence[str], *, is_wide: bool) -> str:
    """Return what stands for a header, so that the next file with it needs no asking.

    Of a wide register these are the columns that are no sessions: those differ every week.
    """
    names = [*(bare(name) for name in header), "wide" if is_wide else "long"]
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()


def by_name(header: Sequence[str], *, is_wide: bool = False) -> dict[str, str]:
    """Return what the headings alone say, no meaning given twice."""
    wanted = WIDE_MEANINGS if is_wide else MEANINGS
    has_both = {"am", "pm"} <= {bare(name) for name in header} or any(
        bare(name).startswith(("ammark", "amcode", "morning")) for name in header
    )
    found: dict[str, str] = {}
    for name in header:
        meant = [m for m in _MEANT.get(bare(name), ()) if m in wanted and m not in found.values()]
        # “AM” beside “PM” is a column of marks, and never one that names the session.
        if bare(name) in ("am", "pm"):
            meant = [m for m in meant if (m in ("am", "pm")) == has_both]
        if meant:
            found[name] = meant[0]
    return found


def guessed(
    header: Sequence[str], cells: Mapping[str, Sequence[str]], *, is_wide: bool
) -> tuple[Column, ...]:
    """Return the columns with what each seems to be; a UPN is known by its look, too."""
    found = by_name(header, is_wide=is_wide)
    if "pupil_id" not in found.values():
        looks = [name for name in header if name not in found and _are_upns(cells[name])]
        if len(looks) == 1:
            found[looks[0]] = "pupil_id"
    return tuple(
        Column(name, tuple(cells[name][:_EXAMPLES]), found.get(name, "")) for name in header
    )


def lacks(columns: Mapping[str, str], *, is_wide: bool, has_school: bool) -> list[str]:
    """Return in words what must still be said of the columns before the file can be read."""
    meant = Counter(columns.values())
    missing = []
    if not meant["pupil_id"]:
        missing.append("Say which column holds the UPN")
    if not has_school and not meant["school"]:
        missing.append(
            "Say which column names the school, or send the file in again and choose the school"
        )
    if not is_wide:
        if not meant["on"]:
            missing.append("Say which column holds the date")
        if not (meant["am"] or meant["pm"]):
            missing += [
                f"Say which column holds the {what}"
                for key, what in (("session", "session"), ("code", "code"))
                if not meant[key]
            ]
        elif meant["code"] or meant["session"]:
            missing.append(
                "Either one column holds the code and one the session, or there is a column of "
                "codes for the morning and one for the afternoon: say one or the other"
            )
    missing += [
        f"Two columns cannot both be {MEANINGS[key]}: choose one"
        for key, count in meant.items()
        if key and count > 1
    ]
    return missing


def some(values: Sequence[str]) -> list[str]:
    """Return a few different cells of a column, to look at."""
    return [value for value in dict.fromkeys(values[: _LOOKED_AT * 5]) if value][:_LOOKED_AT]


def _are_upns(values: Sequence[str]) -> bool:
    fitting = sum(bool(_UPN.fullmatch(value.strip())) for value in values)
    return bool(values) and fitting >= _MOST * len(values)
