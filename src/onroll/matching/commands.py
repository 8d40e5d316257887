"""The command `onroll find-missing`: a folder of lists in, a folder of answers out.

It exits 0 when it answered and 2 when the input is at fault, with one line on standard error for
each fault: the file, the key or row, what is wrong and what to do.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from onroll.statute.command_line import a_day, refuse
from onroll.statute.reading import Fault, FaultyInput

if TYPE_CHECKING:
    from onroll.matching.sources import Source

_EXAMPLE = """\
example:
  lists/sources.toml
      [[source]]
      file = "rolls.csv"            # CSV (UTF-8) or Parquet
      name = "rolls"                # yours to choose, each its own
      evidence = "education"        # on it = being educated; or "residence" = lives here
      as_at = 2026-10-01            # the day for which the list was true

      [[source]]
      file = "gp.csv"
      name = "gp"
      evidence = "residence"
      as_at = 2026-09-15
      [source.columns]              # only where your columns have other names
      "NHS No" = "nhs_number"
      "DOB" = "born_on"

  Columns: record_id (needed, each its own), upn, nhs_number, given_name, middle_names,
  family_name, born_on (2015-05-04, or 4/5/2015 for 4 May), sex (F or M), house, street, postcode.
  Any may be empty. Addresses in one line go into street.

  onroll find-missing --sources lists --on 2026-10-01 --out found

out:
  missing.csv    a row for each person who may be in no education list, the likeliest first,
                 with their names and address as the newest list writes them
  links.csv      pairs of records of one person, each with the reasons
  people.csv     which records are of one person
  report.html    the same in pictures and words, to read and to print
  run.json       versions, counts, seconds
  earlier-1/     what an earlier search left in the same folder, with your notes in it

The files hold children's names and addresses: keep them where the lists are
kept, and delete them when the list is cleared.
"""


def find_missing_command(argv: Sequence[str]) -> int:
    """Search a folder of lists. Returns the exit code, 0 or 2."""
    parser = argparse.ArgumentParser(
        prog="onroll find-missing",
        description="Finds children of compulsory school age who live here and are on no list of "
        "those being educated.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--sources", required=True, help="the folder with sources.toml")
    parser.add_argument("--on", required=True, help="the day as at which to search")
    parser.add_argument("--out", required=True, help="the folder to write to; made if needed")
    parser.add_argument("--seed", default="1", help="a number: the same one gives the same answer")
    parser.add_argument(
        "--engine",
        default="duckdb",
        help="duckdb (the default), spark (on this machine), or a cluster: spark://host:7077",
    )
    asked = parser.parse_args(argv)
    try:
        on, seed, out = a_day(asked.on), _seed(asked.seed), _folder_to_write(asked.out)
        _known_engine(asked.engine)
        return _search(Path(asked.sources), out, asked.engine, on=on, seed=seed)
    except FaultyInput as faulty:
        return refuse(faulty.faults)


def _search(folder: Path, out: Path, engine: str, *, on: date, seed: int) -> int:
    # Engines take a second or two to import: a fault in an option is told before.
    from onroll.matching import outputs
    from onroll.matching.engines import opened
    from onroll.matching.find import find_missing
    from onroll.matching.sources import read_folder

    started = time.monotonic()

    def told(stage: str, done: float) -> None:
        print(f"{done:4.0%}  {stage} ({time.monotonic() - started:.0f} s)", file=sys.stderr)

    sources = read_folder(folder)
    _not_among(folder, out, sources)
    for source in sources:
        read = ", ".join(
            theirs if ours == theirs else f"{theirs} as {ours}"
            for ours, theirs in source.headers.items()
        )
        print(f"      {source.name}: {len(source.table):,} records. Read: {read}.", file=sys.stderr)
        if source.unused:
            print(f"      {' ' * len(source.name)}  Not read: {', '.join(source.unused)}.",
                  file=sys.stderr)  # fmt: skip
    with opened(engine) as used:
        found = find_missing(sources, on=on, seed=seed, engine=used, told=told)
    for warning in found.warnings:
        print(warning, file=sys.stderr)
    if spaced := [s.name for s in sources if outputs.has_spaces(s)]:
        print(
            f"The record ids of {', '.join(spaced)} hold spaces, so that record_ids in missing.csv "
            "cannot be taken apart at every space. people.csv has one id a row.",
            file=sys.stderr,
        )
    try:
        kept = outputs.write(out, sources, found)
    except OSError as error:
        remedy = "Make room, or name a folder that you may write to."
        fault = Fault("--out", f"{out} cannot be written to ({error.strerror}).", remedy)
        raise FaultyInput([fault]) from error
    if kept:
        print(f"What an earlier search left there is in {kept} now.", file=sys.stderr)
    print(
        f"Listed: {len(found.candidates):,}, of whom about "
        f"{found.run['expected_missing']:,.0f} are in no education list. Read {out / 'report.html'}"
        " first.",
        file=sys.stderr,
    )
    return 0


def _not_among(folder: Path, out: Path, sources: "Sequence[Source]") -> None:
    """Refuse to write answers over lists."""
    if out.resolve() in {folder.resolve(), *((folder / s.file).resolve().parent for s in sources)}:
        remedy = "Name another folder, for example one inside it."
        raise FaultyInput([Fault("--out", f"{out} holds the lists.", remedy)])


def _seed(typed: str) -> int:
    if typed.isascii() and typed.isdecimal() and len(typed) <= 9:
        return int(typed)
    raise FaultyInput([Fault("--seed", f"{typed[:20]} is no whole number.", "Give, say, 1.")])


def _folder_to_write(typed: str) -> Path:
    out = Path(typed)
    if out.exists() and not out.is_dir():
        raise FaultyInput([Fault("--out", f"{typed} is a file.", "Name a folder.")])
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        remedy = "Name a folder that you may write to."
        fault = Fault("--out", f"{typed} cannot be made ({error.strerror}).", remedy)
        raise FaultyInput([fault]) from error
    return out


def _known_engine(typed: str) -> None:
    if typed not in ("duckdb", "spark") and not typed.startswith(("spark://", "local[")):
        remedy = "Write duckdb, spark or spark://host:port."
        raise FaultyInput([Fault("--engine", f"{typed[:40]} is no engine.", remedy)])
