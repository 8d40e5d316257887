"""What a school's register becomes when files come again, corrected, twice, or are taken back."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onroll.cli import main
from onroll.marks.engines import here
from onroll.marks.gathering import register_of
from onroll.marks.measuring import measure
from onroll.marks.store import LAYOUT, Differences, Store

SCHOOL = "3314001"
MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)
FIRST, SECOND, THIRD = (datetime(2026, 1, n, 18, tzinfo=UTC) for n in (5, 6, 7))


def table(*rows: tuple[str, date, str], school: str = SCHOOL, year_group: str = "7") -> pa.Table:
    """Both sessions of some days: pupil, day, "/\\" for the two codes."""
    return pa.Table.from_pylist(
        [
            {
                "pupil_id": pupil,
                "school": school,
                "on": on,
                "session": session,
                "code": code,
                "year_group": year_group,
            }
            for pupil, on, codes in rows
            for session, code in zip(("AM", "PM"), codes, strict=True)
        ],
        schema=LAYOUT,
    )


def codes(found: pa.Table) -> dict[tuple[str, date], str]:
    said: dict[tuple[str, date], str] = {}
    for row in found.to_pylist():
        said[row["pupil_id"], row["on"]] = said.get((row["pupil_id"], row["on"]), "") + row["code"]
    return said


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "marks")


def test_a_file_loaded_twice_changes_nothing_the_second_time(store: Store) -> None:
    new = table(("A", MONDAY, "/\\"), ("B", MONDAY, "II"))

    assert store.put(new, recorded_at=FIRST) == Differences(SCHOOL, added=4, days=(MONDAY,))
    assert store.put(new, recorded_at=SECOND) == Differences(SCHOOL, same=4)

    assert store.read(SCHOOL, 2025, known_at=FIRST).equals(store.read(SCHOOL, 2025))


def test_a_correction_replaces_its_day_and_the_day_as_known_before_stays(store: Store) -> None:
    store.put(table(("A", MONDAY, "NN"), ("A", TUESDAY, "/\\")), recorded_at=FIRST)

    says = store.put(table(("A", MONDAY, "IN")), recorded_at=SECOND)

    assert says == Differences(SCHOOL, changed=1, same=1, days=(MONDAY,))
    assert codes(store.read(SCHOOL, 2025)) == {("A", MONDAY): "IN", ("A", TUESDAY): "/\\"}
    before = store.read(SCHOOL, 2025, known_at=SECOND - timedelta(seconds=1))
    assert codes(before) == {("A", MONDAY): "NN", ("A", TUESDAY): "/\\"}
    assert not store.read(SCHOOL, 2025, known_at=FIRST - timedelta(seconds=1)).num_rows


def test_what_a_day_no_longer_says_is_dropped_and_told_beforehand(store: Store) -> None:
    store.put(table(("A", MONDAY, "/\\"), ("B", MONDAY, "/\\")), recorded_at=FIRST)
    new = table(("A", MONDAY, "/\\"))

    told = store.compare(new)

    assert told == Differences(SCHOOL, dropped=2, same=2, days=(MONDAY,))
    assert len(codes(store.read(SCHOOL, 2025))) == 2, "comparing changes nothing"
    assert store.put(new, recorded_at=SECOND) == told
    assert codes(store.read(SCHOOL, 2025)) == {("A", MONDAY): "/\\"}


def test_a_load_of_two_school_years_lies_in_two_folders(store: Store, tmp_path: Path) -> None:
    july, september = date(2025, 7, 1), date(2025, 9, 2)

    store.put(table(("A", july, "/\\"), ("A", september, "II")), recorded_at=FIRST)

    assert store.schools(2024) == store.schools(2025) == [SCHOOL]
    assert codes(store.read(SCHOOL, 2024)) == {("A", july): "/\\"}
    assert codes(store.read(SCHOOL, 2025)) == {("A", september): "II"}


def test_a_load_is_taken_back_but_for_days_that_came_again_since(store: Store) -> None:
    store.put(table(("A", MONDAY, "/\\"), ("A", TUESDAY, "/\\")), recorded_at=FIRST)
    store.put(table(("A", MONDAY, "OO"), ("A", TUESDAY, "OO")), recorded_at=SECOND)
    store.put(table(("A", TUESDAY, "II")), recorded_at=THIRD)

    days = store.take_back(SCHOOL, recorded_at=SECOND, taken_back_at=THIRD + timedelta(hours=1))

    assert days == 1
    assert codes(store.read(SCHOOL, 2025)) == {("A", MONDAY): "/\\", ("A", TUESDAY): "II"}
    assert codes(store.read(SCHOOL, 2025, known_at=SECOND)) == {
        ("A", MONDAY): "OO",
        ("A", TUESDAY): "OO",
    }


def test_the_only_load_taken_back_leaves_nothing(store: Store) -> None:
    store.put(table(("A", MONDAY, "/\\")), recorded_at=FIRST)

    assert store.take_back(SCHOOL, recorded_at=FIRST, taken_back_at=SECOND) == 1

    assert not store.read(SCHOOL, 2025).num_rows
    assert store.schools(2025) == []


def test_a_pupil_who_is_erased_is_in_no_version_and_no_file(store: Store, tmp_path: Path) -> None:
    store.put(table(("A", MONDAY, "NN"), ("B", MONDAY, "/\\")), recorded_at=FIRST)
    store.put(table(("A", MONDAY, "II"), ("B", MONDAY, "/\\")), recorded_at=SECOND)
    store.put(table(("A", MONDAY, "/\\"), school="3319999"), recorded_at=SECOND)

    assert store.erase({"A"}) == 6

    assert codes(store.read(SCHOOL, 2025, known_at=FIRST)) == {("B", MONDAY): "/\\"}
    for path in (tmp_path / "marks").rglob("*.parquet"):
        assert "A" not in pyarrow.parquet.read_table(path)["pupil_id"].to_pylist()


def test_the_command_reads_what_is_kept(store: Store, tmp_path: Path) -> None:
    store.put(table(("A", MONDAY, "OO"), ("B", MONDAY, "/\\")), recorded_at=FIRST)
    store.put(table(("A", MONDAY, "/O"), ("B", MONDAY, "/\\")), recorded_at=SECOND)
    measured = tmp_path / "measured"

    assert main(["measure-absence", "--marks", store.folder(2025), "--out", str(measured)]) == 0

    rows = pyarrow.parquet.read_table(measured / "pupils.parquet").to_pylist()
    assert {row["pupil_id"]: row["absence_rate"] for row in rows} == {"A": 50.0, "B": 0.0}


Loads = st.lists(
    st.dictionaries(
        st.tuples(st.sampled_from("ABC"), st.integers(0, 3)),
        st.sampled_from(["/\\", "II", "O/", "#B"]),
        min_size=1,
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(loads=Loads)
def test_every_instant_shows_what_the_loads_until_then_say(
    tmp_path_factory: pytest.TempPathFactory, loads: Sequence[dict[tuple[str, int], str]]
) -> None:
    store = Store(tmp_path_factory.mktemp("store"))
    known: dict[tuple[str, date], str] = {}
    shown = []
    for n, load in enumerate(loads):
        rows = [(pupil, MONDAY + timedelta(days=day), both) for (pupil, day), both in load.items()]
        store.put(table(*rows), recorded_at=FIRST + timedelta(hours=n))
        days = {on for _, on, _ in rows}
        known = {key: both for key, both in known.items() if key[1] not in days}
        known |= {(pupil, on): both for pupil, on, both in rows}
        shown.append(dict(known))

    for n, expected in enumerate(shown):
        at = FIRST + timedelta(hours=n, minutes=59)
        assert codes(store.read(SCHOOL, 2025, known_at=at)) == expected
    assert codes(store.read(SCHOOL, 2025)) == known


def test_a_version_changes_with_the_file_and_goes_with_it(store: Store) -> None:
    assert (store.years(), store.versions(2025)) == ([], {})
    store.put(table(("A", MONDAY, "/\\")), recorded_at=FIRST)
    first = store.versions(2025)
    store.put(table(("A", MONDAY, "/\\")), recorded_at=SECOND)
    assert store.versions(2025) == first
    store.put(table(("A", MONDAY, "II")), recorded_at=THIRD)

    assert list(first) == list(store.versions(2025)) == [SCHOOL]
    assert store.versions(2025) != first
    assert store.years() == [2025]
    store.erase(["A"])
    assert store.versions(2025) == {}


def test_a_register_read_from_the_store_counts_as_its_files_do(
    store: Store, tmp_path: Path
) -> None:
    store.put(
        table(("B", MONDAY, "I\\"), ("A", MONDAY, "/\\"), ("A", TUESDAY, "OO")), recorded_at=FIRST
    )

    register = store.register(SCHOOL, 2025)

    assert register is not None
    known = register_of(store.read(SCHOOL, 2025))
    assert known is not None
    assert known.marks.tolist() == register.marks.tolist()
    assert store.register(SCHOOL, 2024) is None
    (counted,) = here(Path(store.folder(2025))).schools
    assert register.pupils == counted.pupils == ["A", "B"]
    assert measure(register).counts.tolist() == counted.counts.tolist() == [[2, 1], [0, 1], [2, 0]]
    assert register_of(LAYOUT.empty_table()) is None
