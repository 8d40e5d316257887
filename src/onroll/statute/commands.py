"""The commands `onroll clocks` and `onroll standing`: files in, JSON or text out.

They exit 0 when they answered and 2 when the input is at fault, with one line on standard error
for each fault: the file, the key, what is wrong and what to do.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence

from onroll.statute.ages import year_group_name
from onroll.statute.calendar_file import read_calendar
from onroll.statute.classify import Standing, standing
from onroll.statute.command_line import a_day, a_pack, named_in, read, refuse, warn_of
from onroll.statute.duties import ATTRIBUTES, DATED_ATTRIBUTES, PRACTICE, clocks, duties
from onroll.statute.duty import Clock
from onroll.statute.packs import NATIONAL, Pack, available
from onroll.statute.reading import FaultyInput, Reader
from onroll.statute.spans import read_child
from onroll.statute.working import in_text
from onroll.statute.writing import written

_CLOCKS_EXAMPLE = """\
example:
  facts.json     {"facts": {"permanent_exclusion.on": "2026-03-02"}, "attributes": {}}
  calendar.json  {"covers": ["2025-09-01", "2026-08-31"],
                  "terms": [["2026-01-05", "2026-03-27"], ["2026-04-13", "2026-07-21"]],
                  "not_school": ["2026-03-06"], "bank_holidays": ["2026-04-03", "2026-04-06"]}

  onroll clocks --facts facts.json --calendar calendar.json --on 2026-03-09 --text
"""

_STANDING_EXAMPLE = """\
example:
  child.json  {"born_on": "2015-05-04", "resident": true, "year_group": null,
               "spans": [{"what": "home_education", "from": "2026-01-05", "to": null,
                          "suitability": "not_assessed"}]}

  onroll standing --facts child.json --on 2026-03-05 --text
"""

# Facts that start a clock only once there are enough of them.
_ADDED_UP = ("absence.codes", "suspensions", "penalty_notices")


def clocks_command(argv: Sequence[str]) -> int:
    """Print every clock that some facts have started. Returns the exit code, 0 or 2."""
    parser = _parser("clocks", "Works out every clock that the law starts.", _CLOCKS_EXAMPLE)
    parser.add_argument("--calendar", required=True, help="the school's calendar, as JSON")
    parser.add_argument("--on", help="the day as at which clocks are met, running or overdue")
    asked = parser.parse_args(argv)
    try:
        on = None if asked.on is None else a_day(asked.on)
        pack = a_pack(asked.pack, on)
        calendar = read(asked.calendar, read_calendar)
        facts, attributes = read(asked.facts, _facts_and_attributes)
        found = named_in(
            asked.facts, lambda: clocks(facts, attributes, calendar, on, pack, beside=PRACTICE)
        )
    except FaultyInput as faulty:
        return refuse(faulty.faults)
    warn_of(pack)
    for note in _unused(facts, attributes, pack, found):
        print(f"{asked.facts}: {note}", file=sys.stderr)
    if asked.text:
        print(_clocks_text(found))
    else:
        print(json.dumps([clock.as_json() for clock in found], indent=2, ensure_ascii=False))
    return 0


def standing_command(argv: Sequence[str]) -> int:
    """Print where a child stands on a day, and why. Returns the exit code, 0 or 2."""
    parser = _parser("standing", "Finds where a child stands on a day.", _STANDING_EXAMPLE)
    parser.add_argument("--on", required=True, help="the day, such as 2026-03-05")
    asked = parser.parse_args(argv)
    try:
        on = a_day(asked.on)
        pack = a_pack(asked.pack, on)
        child = read(asked.facts, read_child)
    except FaultyInput as faulty:
        return refuse(faulty.faults)
    warn_of(pack)
    found = standing(child, on, pack)
    if asked.text:
        print(_standing_text(found))
    else:
        print(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    return 0


def _parser(name: str, says: str, example: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"onroll {name}",
        description=says,
        epilog=example,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--facts", required=True, help="what is known, as JSON")
    parser.add_argument(
        "--pack",
        default=NATIONAL.key,
        help=f"rules: {', '.join(available())}, a TOML file or an authority's number",
    )
    parser.add_argument("--text", action="store_true", help="print for people instead of JSON")
    return parser


def _facts_and_attributes(given: object) -> tuple[Mapping[str, object], Mapping[str, object]]:
    reader = Reader()
    table = reader.mapping(given, "facts file")
    reader.known_keys(table, ("facts", "attributes"), "")
    if "facts" not in table and not reader.faults:
        reader.fault("facts", "is missing.", 'Write {"facts": {KEY: DATE}, "attributes": {}}.')
    facts = reader.mapping(table.get("facts", {}), "facts")
    attributes = reader.mapping(table.get("attributes") or {}, "attributes")
    reader.finish()
    return facts, attributes


def _unused(
    facts: Mapping[str, object],
    attributes: Mapping[str, object],
    pack: Pack,
    found: Sequence[Clock],
) -> Iterator[str]:
    """What was given and starts, stops or decides nothing, so that nobody waits for it."""
    table = (*duties(pack), *PRACTICE)
    used = {"suspension.school_days"}
    used |= {key for duty in table for key in duty.keys}
    for key in facts:
        if key not in used:
            yield f"facts.{key}: no duty is started or stopped by this fact here."
    started = {clock.started_by for clock in found}
    for key in _ADDED_UP:
        if facts.get(key) and key not in started:
            yield f"facts.{key}: they reach no limit, so no clock starts."
    for name in attributes:
        if name not in (*ATTRIBUTES, *DATED_ATTRIBUTES):
            yield f"attributes.{name}: no duty asks for this attribute here."


def _clocks_text(found: Sequence[Clock]) -> str:
    if not found:
        return "These facts start no clock."
    return "\n\n".join(in_text(clock) for clock in found)


def _standing_text(found: Standing) -> str:
    year = "not known" if found.year_group is None else year_group_name(found.year_group)
    lines = [
        f"On {written(found.on)}: {found.place.says}",
        f"  Missing education, nationally:  {_yes(found.national_cme)}",
        f"  Missing education, locally:     {_yes(found.local_cme)}",
        f"  Register of the Act of 2026:    {_yes(found.cnis_scope)}",
        f"  Compulsory school age:          {_yes(found.compulsory_school_age)}",
        f"  Year group:                     {year}",
        "Why:",
    ]
    for reason in found.why:
        lines.append(f"  {reason.says} ({reason.cites})")
        if reason.confidence.caution:
            lines.append(f"    {reason.confidence.caution}")
    return "\n".join(lines)


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"
