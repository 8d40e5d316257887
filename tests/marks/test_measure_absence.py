"""`onroll measure-absence` as an analyst uses it: files in a folder, files in another folder."""

import csv
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from onroll.cli import main
from onroll.marks.alphabet import day_number
from tests.marks import oracle
from tests.marks.invented import some_marks

HEADER = "pupil_id,school,on,session,code,year_group"
MONDAY = date(2026, 1, 5)


def days(n: int, start: date = MONDAY) -> list[date]:
    found = [start + timedelta(days=i) for i in range(n * 2)]
    return [on for on in found if on.weekday() < 5][:n]


def lines(pupil: str, codes: Sequence[str], school: str = "3314001", year: str = "7") -> list[str]:
    """Two sessions a day from a Monday on, one code each."""
    sessions = [(on, session) for on in days(len(codes)) for session in ("AM", "PM")]
    return [
        f"{pupil},{school},{on},{session},{code},{year}"
        for (on, session), code in zip(sessions, codes, strict=False)
    ]


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    folder = tmp_path / "marks"
    folder.mkdir()
    return folder


def run(marks: Path, *more: str) -> int:
    return main(["measure-absence", "--marks", str(marks), "--out", str(out(marks)), *more])


def out(marks: Path) -> Path:
    return marks.parent / "measured"


def written(marks: Path, name: str) -> list[dict[str, str]]:
    with (out(marks) / name).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def pupils(marks: Path) -> dict[tuple[str, str], dict[str, object]]:
    rows = pyarrow.parquet.read_table(out(marks) / "pupils.parquet").to_pylist()
    return {(row["pupil_id"], row["school"]): row for row in rows}


def put(marks: Path, *rows: str, name: str = "marks.csv") -> None:
    (marks / name).write_text("\n".join([HEADER, *rows, ""]), "utf-8")


def test_a_pupil_is_counted_by_what_each_code_means(marks: Path) -> None:
    put(marks, *lines("A", ["/", "\\", "L", "B", "I", "M", "O", "G", "X", "Y4"]))

    assert run(marks) == 0

    assert pupils(marks)["A", "3314001"] == {
        "pupil_id": "A",
        "school": "3314001",
        "possible": 8,
        "present": 4,
        "authorised": 2,
        "unauthorised": 2,
        "absence_rate": 50.0,
        "persistent": True,
        "severe": True,
        "year_group": "7",
    }
    authority = written(marks, "authority.csv")[0]
    assert float(authority["absence_rate"]) == 50.0
    assert float(authority["unauthorised_rate"]) == 25.0
    codes = {row["code"]: row for row in written(marks, "codes.csv")}
    assert codes["X"]["sessions"] == "1"
    assert codes["X"]["percent_of_possible"] == ""
    assert float(codes["B"]["percent_of_possible"]) == 12.5


def test_a_share_is_exact_and_counts_from_the_fortieth_possible_session(marks: Path) -> None:
    put(
        marks,
        *lines("tenth", ["O"] * 4 + ["/"] * 36),
        *lines("less", ["O"] * 4 + ["/"] * 37),
        *lines("early", ["O"] * 4 + ["/"] * 35),
        *lines("half", ["/"] * 20 + ["I"] * 20),
    )

    assert run(marks) == 0

    found = {key[0]: row for key, row in pupils(marks).items()}
    assert found["tenth"]["persistent"]
    assert not found["less"]["persistent"]
    assert found["early"]["persistent"], "the measure asks for no least number of sessions"
    assert found["half"]["severe"]
    shares = {
        (row["pupil_id"], row["alert"]): row["first_on"]
        for row in written(marks, "alerts.csv")
        if row["alert"] in ("persistent", "severe")
    }
    fortieth = days(20)[-1].isoformat()
    # Whoever was at a tenth by the fortieth session was so then, whatever came later.
    assert shares == {
        ("tenth", "persistent"): fortieth,
        ("less", "persistent"): fortieth,
        ("half", "persistent"): fortieth,
        ("half", "severe"): fortieth,
    }


def test_a_pupil_of_two_schools_is_two_rows_each_with_its_own_shares(marks: Path) -> None:
    put(marks, *lines("A", ["/"] * 9 + ["O"]), *lines("A", ["D"] * 9 + ["I"], "3319999"))

    assert run(marks) == 0

    found = pupils(marks)
    assert [found[key]["possible"] for key in sorted(found)] == [10, 1]
    assert found["A", "3319999"]["severe"]
    assert not found["A", "3314001"]["severe"]


def test_a_row_that_cannot_count_is_named_with_its_number_and_the_reason(marks: Path) -> None:
    put(
        marks,
        "A,3314001,2026-01-05,AM,/,7",
        "A,3314001,2026-01-05,PM,?,7",
        "",
        "A,3314001,31/12/2025,AM,/,7",
        "A,3314001,2026-01-06,EVE,/,7",
        ",3314001,2026-01-06,AM,/,7",
        "A,,2026-01-06,AM,/,7",
        "A,3314001,2026-01-06,AM,,7",
        "A,3314001,2026-01-06,AM,H,7",
        "A,3314001,2026-01-06,AM,/",
        "A,3314001,2026-01-05,AM,I,7",
        "A,3314001,2026-02-30,AM,/,7",
        "A,3314001,2026-01-07,pm,i ,7",
    )

    assert run(marks) == 0

    whys = {int(row["row"]): row["why"] for row in written(marks, "rejects.csv")}
    assert whys == {
        3: "code '?' is not in the national list",
        5: "on '31/12/2025' is no day that can be read: write it as 2026-03-05",
        6: "session 'EVE' is neither AM nor PM",
        7: "has no pupil_id",
        8: "has no school",
        9: "has no code",
        10: "code 'H' was withdrawn before this day",
        11: "has more cells than the header, or fewer",
        12: "is a second mark for a session that has one: the first in the files counts",
        13: "on '2026-02-30' is no day that can be read: write it as 2026-03-05",
    }
    row = pupils(marks)["A", "3314001"]
    assert (row["possible"], row["present"], row["authorised"]) == (2, 1, 1)


def test_the_order_of_rows_and_the_kind_of_file_change_nothing(marks: Path) -> None:
    for seed in (3, 11, 14):
        given = some_marks(seed)
        first = {(m.pupil, m.school, m.on, m.session): m for m in reversed(given)}
        rows = [
            f"{m.pupil},{m.school},{m.on},{m.session},{m.code},{m.year_group}"
            for m in first.values()
        ]
        put(marks, *rows)
        assert run(marks) == 0
        expected = {p.name: p.read_bytes() for p in out(marks).iterdir() if p.suffix == ".csv"}

        random.Random(seed).shuffle(rows)
        (marks / "marks.csv").unlink()
        half = len(rows) // 2
        put(marks, *rows[:half], name="one.csv")
        as_parquet(marks / "two.parquet", rows[half:])
        assert run(marks) == 0

        for name, content in expected.items():
            assert (out(marks) / name).read_bytes() == content, name
        for path in marks.iterdir():
            path.unlink()


def as_parquet(path: Path, rows: Sequence[str]) -> None:
    """As a program writes it: schools as numbers, days as moments."""
    cells = [row.split(",") for row in rows]
    table = pa.table(
        {
            "pupil_id": [row[0] for row in cells],
            "school": pa.array([int(row[1]) for row in cells], pa.int64()),
            "on": pa.array([datetime.fromisoformat(row[2]) for row in cells], pa.timestamp("us")),
            "session": [row[3] for row in cells],
            "code": [row[4] for row in cells],
            "year_group": pa.array([float(row[5]) for row in cells], pa.float64()),
            "more": [""] * len(cells),
        }
    )
    pyarrow.parquet.write_table(table, path, row_group_size=50)


def test_the_command_agrees_with_the_oracle_about_whole_folders(marks: Path) -> None:
    given = [mark for seed in (5, 21) for mark in some_marks(seed)]
    rows = [f"{m.pupil},{m.school},{m.on},{m.session},{m.code},{m.year_group}" for m in given]
    put(marks, *rows)

    assert run(marks) == 0

    expected = oracle.measures(given)
    keys = ("possible", "present", "authorised", "unauthorised", "persistent", "severe")
    assert {pupil: [row[key] for key in keys] for pupil, row in pupils(marks).items()} == {
        pupil: [values[key] for key in keys] for pupil, values in expected.items()
    }
    alerts = {
        (row["pupil_id"], row["school"], row["alert"]): date.fromisoformat(row["first_on"])
        for row in written(marks, "alerts.csv")
    }
    assert alerts == {
        (*pupil, kind): on
        for pupil, values in expected.items()
        for kind, on in values["alerts"].items()
    }


def test_groups_come_from_the_file_of_pupils(marks: Path) -> None:
    put(
        marks,
        *lines("A", ["/", "O"]),
        *lines("B", ["/", "/"]),
        *lines("C", ["I", "/"], year="8"),
    )
    given = marks.parent / "pupils.csv"
    given.write_text("sex,pupil_id,sen\nF,A,K\nM,B,\nF,Z,E\n", "utf-8")

    assert run(marks, "--pupils", str(given)) == 0

    found = {
        (row["by"], row["value"]): (row["pupils"], row["possible"], float(row["absence_rate"]))
        for row in written(marks, "breakdowns.csv")
    }
    assert found["sex", "F"] == ("1", "2", 50.0)
    assert found["sex", "not given"] == ("1", "2", 50.0)
    assert found["sen", "not given"] == ("2", "4", 25.0)
    assert found["year_group", "7"] == ("2", "4", 25.0)
    assert found["weekday", "Monday"] == ("", "6", pytest.approx(100 / 3))
    assert found["session", "PM"] == ("", "3", pytest.approx(100 / 3))


def test_year_groups_stand_in_their_order(marks: Path) -> None:
    put(marks, *(line for n in ("10", "9", "R", "1") for line in lines(n, ["/"], year=n)))

    assert run(marks) == 0

    found = [row["value"] for row in written(marks, "breakdowns.csv") if row["by"] == "year_group"]
    assert found == ["1", "9", "10", "R"]


def test_a_column_of_names_makes_no_groups_and_is_said(
    marks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(marks, *lines("A", ["/"]))
    given = marks.parent / "pupils.csv"
    rows = "".join(f"P{n},Name {n}\n" for n in range(1_001))
    given.write_text(f"pupil_id,name\n{rows}", "utf-8")

    assert run(marks, "--pupils", str(given)) == 0

    assert "name has too many different values" in capsys.readouterr().err
    assert "name" not in {row["by"] for row in written(marks, "breakdowns.csv")}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "a.csv: is empty."),
        ("a.csv", b"\nx", "a.csv: begins with an empty row."),
        ("a.csv", b"pupil_id,school,on,session\nA,1,2026-01-05,AM\n", "a.csv: code: is not among"),
        (
            "a.csv",
            b"pupil_id,school,on,session,code,Code\nA,1,2026-01-05,AM,/,/\n",
            "a.csv: code: heads two columns.",
        ),
        ("a.csv", f"{HEADER}\nA,1\n".encode("utf-16"), "a.csv: is not UTF-8 text."),
        (
            "a.csv",
            f"{HEADER}\nJosé,1,2026-01-05,AM,/,7\n".encode("latin-1"),
            "a.csv: cannot be read (",
        ),
        ("a.parquet", b"PAR1 and no more", "a.parquet: cannot be read"),
        ("a.csv", f"{HEADER}\nA,1,5/1/2026,AM,/,7\n".encode(), "a.csv: row 2: on '5/1/2026'"),
        ("a.txt", b"nothing", "holds no CSV and no Parquet file"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do_and_nothing_is_written(
    marks: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes, says: str
) -> None:
    (marks / name).write_bytes(content)

    assert run(marks) == 2

    assert says in capsys.readouterr().err
    assert not out(marks).exists()


def test_answers_are_not_written_among_the_marks(
    marks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(marks, *lines("A", ["/"]))
    inside = ["measure-absence", "--marks", str(marks), "--out", str(marks / "measured")]

    assert main(inside) == 2

    assert "lies among the marks" in capsys.readouterr().err
    assert sorted(path.name for path in marks.iterdir()) == ["marks.csv"]


def test_an_unknown_engine_a_missing_folder_and_a_pupil_said_twice_are_faults(
    marks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(marks, *lines("A", ["/"]))
    given = marks.parent / "pupils.csv"
    given.write_text("pupil_id,sex\nA,F\nA,M\n", "utf-8")

    assert run(marks, "--engine", "abacus") == 2
    assert run(marks.parent / "nowhere") == 2
    assert run(marks, "--pupils", str(given)) == 2

    told = capsys.readouterr().err
    assert "abacus is no engine" in told
    assert "nowhere is no folder" in told
    assert "pupils.csv: row 3: says something of pupil 'A' again, after row 2." in told


def test_a_register_of_closed_days_alone_is_answered(marks: Path) -> None:
    put(marks, *lines("A", ["#"] * 4))

    assert run(marks) == 0

    row = pupils(marks)["A", "3314001"]
    assert (row["possible"], row["absence_rate"], row["persistent"]) == (0, None, False)
    assert written(marks, "codes.csv")[0]["sessions"] == "4"


def test_a_pupil_is_of_the_year_group_of_the_last_day_that_says_one(marks: Path) -> None:
    put(
        marks,
        "A,3314001,2026-01-06,AM,/,8",
        "A,3314001,2026-01-05,AM,/,7",
        "A,3314001,2026-01-07,AM,/,",
    )

    assert run(marks) == 0

    assert pupils(marks)["A", "3314001"]["year_group"] == "8"


def test_a_term_has_its_own_shares(marks: Path) -> None:
    autumn = [f"A,S,{on},AM,{'O' if n == 0 else '/'},7" for n, on in enumerate(days(10))]
    put(marks, *autumn, *(f"A,S,{on},AM,O,7" for on in days(2, date(2025, 9, 1))))

    assert run(marks) == 0

    found = {row["value"]: row for row in written(marks, "breakdowns.csv") if row["by"] == "term"}
    assert list(found) == ["Autumn", "Spring"]
    assert (found["Autumn"]["possible"], found["Autumn"]["severe"]) == ("2", "1")
    assert (found["Spring"]["possible"], found["Spring"]["severe"]) == ("10", "0")
    assert found["Spring"]["persistent"] == "1"


def test_a_parquet_file_of_odd_columns_and_days_is_refused_or_told(
    marks: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"pupil_id": ["A"] * 2, "school": ["S"] * 2, "session": ["AM"] * 2, "code": ["/"] * 2}
    days = pa.array([2**30, day_number(MONDAY)], pa.int32()).cast(pa.date32())
    pyarrow.parquet.write_table(pa.table({**good, "on": days}), marks / "a.parquet")

    assert run(marks) == 0

    rejected = [(row["row"], row["why"]) for row in written(marks, "rejects.csv")]
    assert rejected == [("1", "has no day between 1900 and 2199")]
    pyarrow.parquet.write_table(
        pa.table({**good, "on": days, "code": [["/"], ["/"]]}), marks / "a.parquet"
    )
    assert run(marks) == 2
    assert "a.parquet: code: holds lists." in capsys.readouterr().err
