"""The synthetic authority: the same from one seed, true to what it says, and shaped like one."""

import hashlib
import os
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from csv import DictReader
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest

from bench.authority import Shares, ages, make
from bench.authority.identifiers import is_nhs_number, is_upn, nhs_check_digit, upn_check_letter
from bench.authority.noise import LEVELS, RATES

ON = date(2026, 10, 1)
ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, str]


@dataclass(frozen=True)
class Read:
    """An authority as its files have it."""

    records: dict[str, dict[str, Row]]  # by source and record id
    children: dict[str, Row]
    person_of: dict[tuple[str, str], str]
    sources: dict[str, Row]

    def entries(self, source: str) -> Iterable[tuple[Row, Row]]:
        """Each entry of a list with the child that it is of."""
        for record_id, row in self.records[source].items():
            yield row, self.children[self.person_of[source, record_id]]


def _read(folder: Path) -> Read:
    sources = tomllib.loads((folder / "sources.toml").read_text())["source"]
    records = {}
    for source in sources:
        path = folder / source["file"]
        rows = (pa_csv.read_csv if path.suffix == ".csv" else pq.read_table)(path).to_pylist()
        records[source["name"]] = {row["record_id"]: row for row in rows}
        assert len(records[source["name"]]) == len(rows)
    with (folder / "children.csv").open(encoding="utf-8") as file:
        children = {row["person"]: row for row in DictReader(file)}
    with (folder / "truth.csv").open(encoding="utf-8") as file:
        truth = list(DictReader(file))
    person_of = {(row["source"], row["record_id"]): row["person"] for row in truth}
    return Read(records, children, person_of, {source["name"]: source for source in sources})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Read]:
    """Make an authority and read it; each asked for is made once."""
    kept: dict[tuple[object, ...], Read] = {}

    def ask(children: int, seed: int = 1, noise: str = "usual", **more: bool) -> Read:
        key = (children, seed, noise, *more.items())
        if key not in kept:
            folder = tmp_path_factory.mktemp("authority")
            make(children, seed, noise, ON, folder, **more)
            kept[key] = _read(folder)
        return kept[key]

    return ask


def _digest(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def _share(values: Iterable[bool]) -> float:
    counted = list(values)
    return sum(counted) / len(counted)


# One seed, one authority


def test_the_same_seed_gives_the_same_bytes_in_another_process_too(tmp_path: Path) -> None:
    make(300, 7, "hard", ON, tmp_path / "here")
    subprocess.run(
        [
            sys.executable, "-m", "bench.authority", "--children", "300", "--seed", "7",
            "--noise", "hard", "--on", ON.isoformat(), "--out", str(tmp_path / "there"),
        ],
        check=True, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONHASHSEED": "5"},
    )  # fmt: skip
    make(300, 8, "hard", ON, tmp_path / "other")

    here, there = _digest(tmp_path / "here"), _digest(tmp_path / "there")

    assert here == there
    assert here["children.csv"] != _digest(tmp_path / "other")["children.csv"]


def test_noise_changes_the_entries_and_not_who_is_listed(made: Callable[..., Read]) -> None:
    clean, hard = made(2_000, noise="clean"), made(2_000, noise="hard")
    own = ("education_records", "residence_records")

    def true_of(read: Read) -> list[Row]:
        return [
            {key: value for key, value in row.items() if key not in own}
            for row in read.children.values()
        ]

    def listed(read: Read) -> set[tuple[str, str]]:
        return {(source, person) for (source, _), person in read.person_of.items()}

    assert true_of(clean) == true_of(hard)
    assert listed(clean) == listed(hard)


# The files are as the contract has them


@pytest.mark.parametrize("csv", [False, True])
def test_the_files_are_as_the_contract_says(made: Callable[..., Read], csv: bool) -> None:
    read = made(500, csv=csv)
    columns = ["record_id", "upn", "nhs_number", "given_name", "middle_names", "family_name"]
    columns += ["born_on", "sex", "house", "street", "postcode"]

    assert list(read.records) == [
        "school_rolls", "independent_and_other", "gp_list", "births", "admissions",
    ]  # fmt: skip
    for name, source in read.sources.items():
        assert source["evidence"] in ("education", "residence")
        assert isinstance(source["as_at"], date)
        assert source["as_at"] <= ON
        for row in read.records[name].values():
            assert list(row) == columns
            assert row["record_id"]
    entries = {(name, row) for name, rows in read.records.items() for row in rows}
    assert set(read.person_of) == entries


def test_csv_has_the_same_entries_as_parquet(made: Callable[..., Read]) -> None:
    plain = {
        name: {
            record_id: {column: str(value or "") for column, value in row.items()}
            for record_id, row in rows.items()
        }
        for name, rows in made(500, csv=True).records.items()
    }
    assert plain.keys() == made(500).records.keys()
    assert plain["births"] == made(500).records["births"]


# Ages


@pytest.mark.parametrize(
    ("born_on", "on", "of_age"),
    [
        # Five on the prescribed day itself, or the day after.
        (date(2021, 8, 31), date(2026, 9, 1), True),
        (date(2021, 9, 1), date(2026, 10, 1), False),
        (date(2021, 9, 1), date(2026, 12, 31), True),
        (date(2021, 12, 31), date(2026, 12, 31), True),
        (date(2022, 1, 1), date(2027, 3, 30), False),
        (date(2022, 3, 31), date(2027, 3, 31), True),
        # Sixteen in the school year: until the last Friday in June.
        (date(2010, 8, 31), date(2026, 6, 26), True),
        (date(2010, 8, 31), date(2026, 6, 27), False),
        (date(2009, 9, 1), date(2026, 6, 26), True),
        (date(2010, 9, 1), date(2026, 10, 1), True),
        (date(2010, 9, 1), date(2027, 6, 25), True),
        (date(2010, 9, 1), date(2027, 6, 26), False),
    ],
)
def test_compulsory_school_age(born_on: date, on: date, of_age: bool) -> None:
    assert ages.is_of_school_age(born_on, on) is of_age


def test_the_children_stand_on_both_sides_of_either_edge(made: Callable[..., Read]) -> None:
    children = made(2_000).children.values()
    for child in children:
        of_age = ages.is_of_school_age(date.fromisoformat(child["born_on"]), ON)
        assert (child["in_age"] == "true") is of_age
        if child["lives_here"] == "true":
            assert (child["status"] in ("under_age", "over_age")) is not of_age
    assert {"under_age", "over_age"} <= {child["status"] for child in children}
    born = sorted(date.fromisoformat(child["born_on"]) for child in children)
    assert ages.birthday(ON, -18) < born[0] < ages.birthday(ON, -17)
    assert ages.birthday(ON, -5) < born[-1] <= ages.birthday(ON, -4)


# Numbers


def test_check_characters_agree_with_worked_numbers() -> None:
    for upn in ("B801200005001", "P207000016049", "V885600119042", "E38370012401Z"):
        assert upn_check_letter(upn[1:]) == upn[0]
    assert nhs_check_digit("943476591") == 9  # the number in the NHS data dictionary
    assert not is_upn("A801200005001")
    assert not is_nhs_number("9434765918")


def test_numbers_pass_their_checks_but_where_one_slipped(made: Callable[..., Read]) -> None:
    usual = made(2_000)
    for column, check, source in (
        ("upn", is_upn, "school_rolls"),
        ("nhs_number", is_nhs_number, "gp_list"),
    ):
        written = [row[column] for row in usual.records[source].values() if row[column]]
        wrong = 1 - _share(check(number) for number in written)
        slips = RATES[f"{column.removesuffix('_number')}_slip"][1]
        assert wrong < slips * 3 + 0.002
        assert len(written) > 1_500


def test_numbers_are_of_nobody(made: Callable[..., Read]) -> None:
    read = made(2_000, noise="clean")
    for rows in read.records.values():
        for row in rows.values():
            assert not row["upn"] or not is_upn(row["upn"]) or row["upn"][1:3] == "99"
            assert not is_nhs_number(row["nhs_number"]) or row["nhs_number"][:2] == "99"
            assert row["postcode"][:2].upper() in ("", "ZZ", "QX", "XA", "VJ")
            assert row["postcode"][:4].upper() != "ZZ99"


def test_no_two_people_have_one_number(made: Callable[..., Read]) -> None:
    read = made(2_000)
    for column, check in (("upn", is_upn), ("nhs_number", is_nhs_number)):
        holders: defaultdict[str, set[str]] = defaultdict(set)
        for name in read.records:
            for row, child in read.entries(name):
                if check(row[column]):
                    holders[row[column]].add(child["person"])
        assert max(map(len, holders.values())) == 1


# Who is missing


@pytest.mark.parametrize("more", [{}, {"all_sources": True}])
def test_who_is_missing_is_on_no_education_list(
    made: Callable[..., Read], more: dict[str, bool]
) -> None:
    read = made(2_000, **more)
    educated, living = Counter[str](), Counter[str]()
    for (source, _), person in read.person_of.items():
        evidence = read.sources[source]["evidence"]
        (educated if evidence == "education" else living)[person] += 1

    for person, child in read.children.items():
        is_missing = child["status"] in ("missing", "never_in_education")
        assert (child["missing"] == "true") is is_missing
        unseen = (child["lives_here"], child["in_age"]) == ("true", "true") and not educated[person]
        assert (child["in_no_education_source"] == "true") is unseen
        assert not is_missing or unseen
        assert child["education_records"] == str(educated[person])
        assert child["residence_records"] == str(living[person])


def test_the_rate_of_the_missing_is_an_argument(tmp_path: Path) -> None:
    closed = Shares(missing=0.03, cross_border=0, unlisted=0, moved_away=0, with_our_doctors_only=0)
    result = make(1_500, 3, "usual", ON, tmp_path, shares=closed)

    assert 25 <= result.missing <= 70
    assert result.in_no_education_source == result.missing
    assert not any(c["status"] == "moved_away" for c in _read(tmp_path).children.values())


# The shape


def test_the_lists_are_of_the_sizes_that_sixty_thousand_children_give(
    made: Callable[..., Read],
) -> None:
    read = made(2_000)
    here = [child for child in read.children.values() if child["lives_here"] == "true"]
    assert len(here) == 2_000
    ratio = {name: len(rows) / 2_000 for name, rows in read.records.items()}
    assert 3.5 < sum(ratio.values()) < 3.8  # 220,000 for 60,000 is 3.67
    for name, expected in (
        ("school_rolls", 0.88), ("independent_and_other", 0.06), ("gp_list", 1.04),
        ("births", 0.85), ("admissions", 0.79),
    ):  # fmt: skip
        assert ratio[name] == pytest.approx(expected, rel=0.12, abs=0.02), name
    missing = [child for child in here if child["missing"] == "true"]
    assert 6 <= len(missing) <= 27  # 0.76 in a hundred: 15
    seen = _share(child["residence_records"] != "0" for child in missing)
    assert seen > 0.85


def test_families_share_an_address_and_twins_a_birth_date(made: Callable[..., Read]) -> None:
    households: defaultdict[str, list[Row]] = defaultdict(list)
    for child in made(2_000).children.values():
        households[child["household"]].append(child)
    families = [children for children in households.values() if len(children) > 1]
    assert len(families) > 400
    one_name = _share(len({c["family_name"] for c in f}) == 1 for f in families)
    assert 0.75 < one_name < 0.97
    many = [c for f in families for c in f if c["multiple"]]
    assert 0.015 < len(many) / sum(map(len, households.values())) < 0.05
    for family in families:
        by_day = defaultdict(list)
        for child in family:
            by_day[child["born_on"]].append(child)
        for born_together in by_day.values():
            assert len({c["given_name"] + c["middle_names"] for c in born_together}) == len(
                born_together
            )
        days = sorted(date.fromisoformat(day) for day in by_day)
        assert all(later - earlier > timedelta(270) for earlier, later in pairwise(days))


def test_old_entries_have_old_addresses(made: Callable[..., Read]) -> None:
    read = made(2_000)
    homes: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (source, record_id), person in read.person_of.items():
        postcode = read.records[source][record_id]["postcode"].replace(" ", "").upper()
        if postcode:
            homes[person][source] = postcode

    def agree(one: str, other: str) -> float:
        both = [home for home in homes.values() if one in home and other in home]
        return _share(home[one] == home[other] for home in both)

    assert agree("school_rolls", "gp_list") > 0.8
    assert agree("school_rolls", "births") < 0.6


def test_some_stand_on_a_list_twice(made: Callable[..., Read]) -> None:
    read = made(2_000)
    entries = Counter((source, person) for (source, _), person in read.person_of.items())
    twice = Counter(source for (source, _), count in entries.items() if count > 1)
    assert twice["gp_list"]
    assert twice["admissions"]


def test_levels_of_noise_are_in_order(made: Callable[..., Read]) -> None:
    for name, (clean, usual, hard) in RATES.items():
        assert 0 <= clean <= usual <= hard, name
        assert clean < hard, name

    def right(level: str, column: str) -> float:
        pairs = [
            (row, child)
            for name in ("school_rolls", "gp_list")
            for row, child in made(2_000, noise=level).entries(name)
        ]
        return _share(row[column].lower() == child[column].lower() for row, child in pairs)

    for column in ("given_name", "family_name", "born_on", "sex"):
        clean, usual, hard = (right(level, column) for level in LEVELS)
        assert clean > usual > hard, column
    assert right("clean", "born_on") > 0.99
    assert right("usual", "family_name") > 0.8


def test_the_page_says_the_rates_that_are_used() -> None:
    page = (ROOT / "bench/authority/README.md").read_text(encoding="utf-8")
    for name, rates in RATES.items():
        assert f"| `{name}` | {' | '.join(f'{rate:g}' for rate in rates)} |" in page
