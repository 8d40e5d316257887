"""Make an authority: its children, its lists, and the truth."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.csv as pa_csv

from bench.authority.entries import Clerk
from bench.authority.households import Authority
from bench.authority.noise import noise_at
from bench.authority.people import Child, Shares
from bench.authority.registers import Lists
from bench.authority.write import Sheet, write_rows, write_sources, write_table

CHILD_COLUMNS = (
    "person", "given_name", "middle_names", "family_name", "born_on", "sex", "name_origin",
    "tradition", "area", "household", "multiple", "status", "why", "in_age", "lives_here",
    "missing", "in_no_education_source", "education_records", "residence_records",
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """What was written."""

    children: int
    people: int
    missing: int
    in_no_education_source: int
    records: dict[str, int] = field(default_factory=dict)


def make(
    children: int, seed: int, noise: str, on: date, out: Path, *,
    all_sources: bool = False, csv: bool = False, shares: Shares | None = None,
) -> Made:  # fmt: skip
    """Write an authority with so many children living in it into a folder, and say what it has."""
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    level = noise_at(noise)
    shares = shares or Shares()
    authority = Authority(seed=seed, children=children, on=on, shares=shares)
    lists = Lists(
        rng=Random(f"{seed}-lists"),
        again=Random(f"{seed}-again"),
        on=on,
        all_sources=all_sources,
        twice=level.twice,
        unlisted=shares.unlisted,
    )
    clerk = Clerk(rng=Random(f"{seed}-entries"), noise=level, on=on)
    sheets = {register.name: Sheet(register) for register in lists.registers}
    counts: Counter[str] = Counter()

    def rows() -> Iterator[list[str]]:
        for child in authority.everyone():
            person = f"P{child.key:07}"
            found: Counter[str] = Counter()
            for sighting in lists.of(child):
                sheets[sighting.register.name].add(clerk.enter(child, sighting), person)
                found[sighting.register.evidence] += 1
            row = _row(child, person, found)
            counts["people"] += 1
            counts["missing"] += row[15] == "true"
            counts["unseen"] += row[16] == "true"
            yield row

    write_rows(out / "children.csv", CHILD_COLUMNS, rows())
    ending = "csv" if csv else "parquet"
    write_sources(lists.registers, on=on, ending=ending, path=out / "sources.toml")
    records = _write_lists(sheets, seed, ending, out)
    return Made(children, counts["people"], counts["missing"], counts["unseen"], records)


def _write_lists(sheets: dict[str, Sheet], seed: int, ending: str, out: Path) -> dict[str, int]:
    """Write each list, and beside them who every entry is."""
    shuffle = Random(f"{seed}-order")
    truths = []
    records = {}
    for name, sheet in sheets.items():
        table = sheet.table(shuffle)
        records[name] = len(table)
        truths.append(
            pa.table(
                {
                    "source": pa.array([name] * len(table), pa.string()),
                    "record_id": table["record_id"],
                    "person": table["person"],
                }
            )
        )
        write_table(table.drop_columns(["person"]), out / f"{name}.{ending}")
    pa_csv.write_csv(
        pa.concat_tables(truths), out / "truth.csv", pa_csv.WriteOptions(quoting_style="needed")
    )
    return records


def _row(child: Child, person: str, found: Counter[str]) -> list[str]:
    """A child's line in children.csv."""
    missing = child.status in ("missing", "never_in_education")
    unseen = child.lives_here and child.in_age and not found["education"]
    household = child.household
    return [
        person, child.name.given, " ".join(child.name.middles), child.name.family,
        date.fromordinal(child.born).isoformat(), child.sex, household.tradition.origin,
        household.tradition.key, str(max(household.stays[0].home.area, -1)),
        f"H{household.key:07}", child.multiple, child.status, child.why, _said(child.in_age),
        _said(child.lives_here), _said(missing), _said(unseen), str(found["education"]),
        str(found["residence"]),
    ]  # fmt: skip


def _said(value: bool) -> str:
    return "true" if value else "false"
