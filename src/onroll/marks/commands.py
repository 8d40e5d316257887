"""The command `onroll measure-absence`: a folder of marks in, a folder of measures out.

It exits 0 when it answered and 2 when the input is at fault, with one line on standard error for
each fault: the file, the key or row, what is wrong and what to do.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from onroll.statute.command_line import refuse
from onroll.statute.reading import Fault, FaultyInput

_EXAMPLE = """\
example:
  marks/autumn.csv              CSV (UTF-8) or Parquet, one file or many, in folders or not
      pupil_id,school,on,session,code,year_group
      A1001,3314001,2026-01-05,AM,/,7
      A1001,3314001,2026-01-05,PM,I,7

  onroll measure-absence --marks marks --out measured

  onroll measure-absence --marks marks --out measured --pupils pupils.csv
      pupils.csv: pupil_id and any columns to break down by, such as sex, sen, free_meals

  Codes are those of the national list. A school's days are read from its marks: a day with any
  mark but # is a school day. One row counts for each pupil and school.

out:
  pupils.parquet    each pupil of each school: possible, present, authorised, unauthorised sessions
  schools.csv       each school; authority.csv all together: sessions, rates in percent
  codes.csv         sessions by code
  breakdowns.csv    by year group, each column of --pupils, term, weekday, half of the day
  weeks.csv         by week
  alerts.csv        whoever met a threshold of the law or of the statistics, and the day
  rejects.csv       rows that were not counted (the header of a file is row 1), and why
  report.html       the same in pictures and words, to read and to print

The files say which pupil was absent and why: keep them where the registers are kept.
"""


def measure_absence_command(argv: Sequence[str]) -> int:
    """Measure a folder of marks. Returns the exit code, 0 or 2."""
    parser = argparse.ArgumentParser(
        prog="onroll measure-absence",
        description="Measures attendance from the marks of registers, as the published statistics "
        "do, and finds whoever met a threshold.",
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--marks", required=True, help="the folder with the marks")
    parser.add_argument("--out", required=True, help="the folder to write to; made if needed")
    parser.add_argument("--pupils", help="a CSV file with what to break down by")
    parser.add_argument(
        "--engine",
        default="duckdb",
        help="duckdb (the default: this machine), spark (Spark here), or spark://host:7077",
    )
    asked = parser.parse_args(argv)
    try:
        return _measure(Path(asked.marks), Path(asked.out), asked.pupils, asked.engine)
    except FaultyInput as faulty:
        return refuse(faulty.faults)


def _measure(folder: Path, out: Path, pupils: str | None, engine: str) -> int:
    # Arrays take a quarter of a second to import: `--help` and faulty options do without.
    from onroll.marks import engines, outputs
    from onroll.marks.pupils import groups, read_pupils
    from onroll.marks.report import page

    started = time.monotonic()
    _apart(folder, out)
    measures = engines.named(engine)
    given, many = groups(read_pupils(Path(pupils)) if pupils else {})
    for name in many:
        _say(f"--pupils: {name} has too many different values to break down by; left out.")
    measured = measures(folder)
    if not measured.schools:
        raise FaultyInput(_nothing(measured.rejects))
    found = outputs.Findings.of(measured.schools, given)
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
        outputs.write(out, found, measured.rejects, page(found, measured))
    except OSError as error:
        remedy = "Make room, or name a folder that you may write to."
        fault = Fault("--out", f"{out} cannot be written to ({error.strerror}).", remedy)
        raise FaultyInput([fault]) from error
    if measured.rejects:
        _say(
            f"{len(measured.rejects):,} of {measured.rows:,} rows were not counted: "
            f"see {out / 'rejects.csv'}."
        )
    _say(
        f"{measured.rows - len(measured.rejects):,} marks of {found.pupils.num_rows:,} pupils in "
        f"{len(measured.schools):,} schools, {time.monotonic() - started:.1f} s. "
        f"Read {out / 'report.html'} first."
    )
    return 0


def _apart(folder: Path, out: Path) -> None:
    """Refuse to write among the marks, where the next run would read it."""
    if out.exists() and not out.is_dir():
        raise FaultyInput([Fault("--out", f"{out} is a file.", "Name a folder.")])
    if out.resolve() == folder.resolve() or folder.resolve() in out.resolve().parents:
        remedy = "Name a folder outside."
        raise FaultyInput([Fault("--out", f"{out} lies among the marks.", remedy)])


def _nothing(rejects: Sequence[tuple[str, int, str]]) -> list[Fault]:
    shown = [
        Fault(f"{file}: row {row}", f"{why}.", "Correct it.") for file, row, why in rejects[:5]
    ]
    more = [Fault("--marks", "no row can be counted.", "See --help for what a row is.")]
    return [*shown, *more]


def _say(text: str) -> None:
    print(text, file=sys.stderr)
