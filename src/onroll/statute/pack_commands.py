"""The command `onroll packs`: which policy packs there are, what is in one, what two differ in."""

import argparse
import json
from collections.abc import Sequence

from onroll.statute.command_line import a_pack, refuse
from onroll.statute.differences import Difference, differences, in_words
from onroll.statute.packs import Pack, available, load
from onroll.statute.reading import FaultyInput
from onroll.statute.writing import written

_EXAMPLE = """\
example:
  onroll packs list
  onroll packs show leeds
  onroll packs diff national act_2026
  onroll packs diff leeds ours.toml --json
"""


def packs_command(argv: Sequence[str]) -> int:
    """List packs, show one, or print what changes from one to another. Returns 0 or 2."""
    asked = _parser().parse_args(argv)
    try:
        answer, text = {"list": _list, "show": _show, "diff": _diff}[asked.what](asked)
    except FaultyInput as faulty:
        return refuse(faulty.faults)
    print(json.dumps(answer, indent=2, ensure_ascii=False) if asked.json else text)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="onroll packs",
        description="Shows the rules of authorities, and Acts that are not law yet.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    words = parser.add_subparsers(dest="what", metavar="list | show | diff", required=True)
    named = "a key of `onroll packs list`, a TOML file or an authority's number"
    one = words.add_parser("list", help="the packs that come with the program")
    shown = words.add_parser("show", help="what is in one pack")
    shown.add_argument("pack", help=named)
    both = words.add_parser("diff", help="what would change if the second took the first's place")
    both.add_argument("before", help=named)
    both.add_argument("after", help=named)
    for word in (one, shown, both):
        word.add_argument("--json", action="store_true", help="print JSON instead of text")
    return parser


_Answer = tuple[object, str]


def _list(asked: argparse.Namespace) -> _Answer:
    packs = [load(key) for key in available()]
    width = max(len(pack.key) for pack in packs)
    lines = [f"{pack.key:<{width}}  {pack.title}{_state(pack)}" for pack in packs]
    return [_as_json(pack) for pack in packs], "\n".join(lines)


def _state(pack: Pack) -> str:
    number = f" ({pack.authority_code})" if pack.authority_code else ""
    return f"{number}, {_duties(len(pack.duties))}{'' if pack.is_in_force else ', not in force'}"


def _duties(number: int) -> str:
    return "1 duty" if number == 1 else f"{number} duties"


def _show(asked: argparse.Namespace) -> _Answer:
    pack = a_pack(asked.pack, where="pack")
    lines = [f"{pack.title}{_state(pack)}", f"  Source: {pack.cites}"]
    lines += [f"  {said}" for said in (pack.note, pack.commencement_note) if said]
    lines += [f"  From {written(pack.since)}"] if pack.since is not None else []
    lines += [f"  Until {written(pack.until)}"] if pack.until is not None else []
    if pack.replaces:
        lines.append(f"  Takes the place of: {', '.join(one for one, _ in pack.replaces)}")
    if pack.also_counts:
        grounds = ", ".join(ground.replace("_", " ") for ground in pack.also_counts)
        lines.append(f"  Also counts as missing education: {grounds}")
    if pack.whereabouts_unknown_days:
        days = pack.whereabouts_unknown_days
        lines.append(f"  Whereabouts unknown from {days} days on: an extended case")
    for duty in pack.duties:
        lines += ["", f"{duty.id}: {duty.title}", f"  {in_words(duty)}", f"  {duty.cites}"]
        lines += [f"  {said}" for said in (duty.confidence.caution, duty.note) if said]
    return _as_json(pack), "\n".join(lines)


def _diff(asked: argparse.Namespace) -> _Answer:
    before, after = a_pack(asked.before, where="pack"), a_pack(asked.after, where="pack")
    found = differences(before, after)
    answer = {
        "before": before.key,
        "after": after.key,
        "in_force": after.is_in_force,
        "differences": [one.as_json() for one in found],
    }
    heading = f"If {after.title} took the place of {before.title}:"
    lines = [heading] if found else [f"{before.title} and {after.title} ask the same."]
    for one in found:
        lines += ["", *_difference(one)]
    if after.commencement_note:
        lines += ["", after.commencement_note]
    return answer, "\n".join(lines)


def _difference(one: Difference) -> list[str]:
    lines = [f"{one.what}: {one.title} [{one.id}]"]
    lines += [f"  before: {one.before}"] if one.before else []
    lines += [f"  after:  {one.after}"] if one.after else []
    return [*lines, f"  source: {one.cites}"] if one.cites else lines


def _as_json(pack: Pack) -> dict[str, object]:
    return {
        "key": pack.key,
        "title": pack.title,
        "authority_code": pack.authority_code,
        "cites": pack.cites,
        "note": pack.note,
        "since": pack.since.isoformat() if pack.since else None,
        "until": pack.until.isoformat() if pack.until else None,
        "in_force": pack.is_in_force,
        "replaces": [one for one, _ in pack.replaces],
        "also_counts": list(pack.also_counts),
        "whereabouts_unknown_days": pack.whereabouts_unknown_days,
        "duties": [
            {"id": d.id, "title": d.title, "says": in_words(d), "cites": d.cites}
            for d in pack.duties
        ],
    }
