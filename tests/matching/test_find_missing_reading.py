"""Lists as spreadsheets and systems write them are read, and what could not be read is told."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from onroll.cli import main
from tests.matching.lists import COLUMNS, GP, ROLLS, Rows, as_csv, folder, source


@pytest.fixture
def at(tmp_path: Path) -> Path:
    return folder(tmp_path / "lists")


def search(at: Path, *, on: str = "2026-10-01") -> dict[str, dict[str, str]]:
    """Return the rows of missing.csv by the first of their record ids."""
    out = at / "out"
    assert main(["find-missing", "--sources", str(at), "--on", on, "--out", str(out)]) == 0
    with (out / "missing.csv").open(encoding="utf-8", newline="") as opened:
        return {row["record_ids"].split(" ")[0]: row for row in csv.DictReader(opened)}


def test_empty_columns_and_rows_of_a_spreadsheet_are_nothing(at: Path) -> None:
    lines = as_csv(GP).splitlines()
    padded = [f"{line},,," for line in lines] + ["," * (len(COLUMNS) + 2)] * 3
    (at / "gp.csv").write_text("\n".join(padded), "utf-8")

    assert list(search(at)) == ["g4"]


@pytest.mark.parametrize("more", ["head", "rows"])
def test_commas_at_the_end_of_the_header_or_of_the_rows_alone_are_nothing(
    at: Path, more: str
) -> None:
    head, *rows = as_csv(GP).splitlines()
    head, rows = (f"{head},,", rows) if more == "head" else (head, [f"{row},," for row in rows])
    (at / "gp.csv").write_text("\n".join([head, *rows]), "utf-8")

    assert list(search(at)) == ["g4"]


def test_a_name_in_the_header_with_a_comma_is_told_and_not_guessed(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = as_csv(GP).replace("given_name", "name, given", 1)
    (at / "gp.csv").write_text(text, "utf-8")

    code = main(
        ["find-missing", "--sources", str(at), "--on", "2026-10-01", "--out", str(at / "o")]
    )

    told = capsys.readouterr().err
    assert code == 2
    assert "gp.csv: has 11 cells in each row and 12 names in the header." in told
    assert "Put quotes around a name that holds a comma." in told


def test_the_line_of_a_total_is_no_child(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    totals = [{"record_id": "Total: 4"}, {"record_id": "t2", "family_name": "Grand total"}]
    (at / "gp.csv").write_text(as_csv([*GP, *totals]), "utf-8")

    assert list(search(at)) == ["g4"]
    told = capsys.readouterr().err
    assert "gp: 2 of 6 rows hold no given name, date of birth or number." in told
    assert "record ids of gp hold spaces" in told


def test_what_could_not_be_read_is_told_without_naming_anybody(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt = [{**row, "born_on": "circa 2014"} if row["record_id"] == "g4" else row for row in GP]
    (at / "gp.csv").write_text(as_csv(spoilt).replace("born_on", "D.O.B", 1), "utf-8")
    more = '[source.columns]\n"D.O.B" = "born_on"\n'
    rolls = source("rolls.csv", "rolls", "education")
    (at / "sources.toml").write_text(
        rolls + source("gp.csv", "gp", "residence", more=more), "utf-8"
    )

    row = search(at)["g4"]

    told = capsys.readouterr().err
    assert row["born_on"] == ""
    assert "gp: 1 of 4 values of D.O.B (born_on) could not be used and count as missing." in told
    assert "Most of them look like aaaaa 9999." in told
    assert "circa" not in told
    run = json.loads((at / "out" / "run.json").read_text("utf-8"))
    born = next(c for c in run["sources"][1]["columns"] if c["name"] == "born_on")
    assert born == {
        "name": "born_on", "header": "D.O.B", "filled": 4, "unread": 1, "looks": "aaaaa 9999",
    }  # fmt: skip
    assert "aaaaa 9999" in (at / "out" / "report.html").read_text("utf-8")


def test_columns_that_are_read_and_that_are_not_are_named(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("street", "Surgery", 1), "utf-8")

    search(at)

    told = capsys.readouterr().err
    assert "gp: 4 records. Read: record_id, upn, nhs_number" in told
    assert "Not read: Surgery." in told


def test_dates_with_the_month_first_are_read_so_and_told(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    american = {"2015-05-04": "05/04/2015", "2014-02-11": "02/11/2014", "2013-09-30": "09/30/2013",
                "2014-07-07": "07/07/2014"}  # fmt: skip
    text = as_csv(GP)
    for ours, theirs in american.items():
        text = text.replace(ours, theirs)
    (at / "gp.csv").write_text(text, "utf-8")

    assert search(at)["g4"]["born_on"] == "2014-07-07"
    assert "gp: its dates of birth put the month first" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("as_at", "says"),
    [("2036-09-15", "3,637 days later than the day searched"), ("2016-09-15", "days earlier than")],
)
def test_a_list_of_another_time_is_told(
    at: Path, as_at: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    listing = (at / "sources.toml").read_text("utf-8")
    (at / "sources.toml").write_text(listing.replace("2026-09-15", as_at), "utf-8")

    search(at)

    assert says in capsys.readouterr().err


def test_whoever_is_listed_can_be_looked_for_without_opening_the_list(at: Path) -> None:
    row = search(at)["g4"]

    assert (row["given_name"], row["family_name"]) == ("Leila", "Haddad")
    assert (row["house"], row["street"], row["postcode"]) == ("9", "High Street", "ZZ2 1AB")
    assert row["lists"] == "gp"


def test_a_name_that_a_spreadsheet_would_run_is_written_harmlessly(at: Path) -> None:
    text = as_csv([{**row, "street": '=HYPERLINK("x")'} for row in GP])
    (at / "gp.csv").write_text(text, "utf-8")

    assert search(at)["g4"]["street"] == '\'=HYPERLINK("x")'


def test_an_address_of_one_line_is_an_address(at: Path) -> None:
    lines = [
        {"record_id": row["record_id"], "given_name": row["given_name"],
         "family_name": row["family_name"], "born_on": row["born_on"],
         "street": f"{row['house']} {row['street']}, Ashcombe {row['postcode']}"}
        for row in GP
    ]  # fmt: skip
    (at / "gp.csv").write_text(as_csv(lines), "utf-8")

    search(at)

    with (at / "out" / "links.csv").open(encoding="utf-8", newline="") as opened:
        links = {row["record_id_b"]: row["explanation"] for row in csv.DictReader(opened)}
    assert set(links) == {"g1", "g2", "g3"}
    assert all("address the same" in says for says in links.values())


def test_an_earlier_answer_is_put_by_with_what_was_written_into_it(at: Path) -> None:
    search(at)
    notes = at / "out" / "missing.csv"
    notes.write_text("my notes", "utf-8")

    rows = search(at)

    assert list(rows) == ["g4"]
    assert (at / "out" / "earlier-1" / "missing.csv").read_text("utf-8") == "my notes"


def test_a_link_says_how_rare_a_name_is_only_where_there_is_one(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv([{**row, "upn": "A123456789012"} for row in GP[:1]]), "utf-8")
    (at / "rolls.csv").write_text(
        as_csv([{**ROLLS[0], "given_name": "", "upn": "A123456789012"}]), "utf-8"
    )

    search(at)

    says = (at / "out" / "links.csv").read_text("utf-8")
    assert "have the family name." in says
    assert "have the given name" not in says


def crowd(n: int, **more: str) -> list[dict[str, str]]:
    """Children of different names, days of birth and homes."""
    return [
        {"record_id": f"k{i}", "given_name": f"{'abcdefghij'[i % 10]}{'lmnoprst'[i // 10 % 8]}ina",
         "family_name": f"{'bdfgklmprt'[i // 3 % 10]}ar{'aeiou'[i % 5]}{'lmnst'[i // 7 % 5]}ey",
         "born_on": f"{2011 + i % 9}-{1 + i % 12:02d}-{1 + i % 28:02d}", "sex": "FM"[i % 2],
         "house": str(1 + i), "postcode": f"ZZ{1 + i % 9} {1 + i % 8}AB", **more}
        for i in range(n)
    ]  # fmt: skip


def told_of(at: Path, rolls: Rows, gp: Rows, capsys: pytest.CaptureFixture[str]) -> str:
    search(folder(at, rolls, gp))
    return capsys.readouterr().err


def test_a_column_that_is_another_is_told(at: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rolls = crowd(120)
    registered = [{**row, "born_on": f"2024-0{1 + i % 9}-1{i % 7}"} for i, row in enumerate(rolls)]
    other_sex = [{**row, "sex": "MF"[row["sex"] == "M"]} for row in rolls]
    swapped = [
        {**row, "given_name": row["family_name"], "family_name": row["given_name"]} for row in rolls
    ]

    assert "gp: born_on differs for" in told_of(at, rolls, registered[:110], capsys)
    assert "gp: sex differs for 100%" in told_of(at, rolls, other_sex[:110], capsys)
    assert "gp: given_name is changed over with the family name for" in told_of(
        at, rolls, swapped[:110], capsys
    )


def test_lists_whose_shares_cannot_be_are_told(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everybody = crowd(150)
    small = [{**row, "born_on": f"2024-01-{1 + i % 28:02d}"} for i, row in enumerate(everybody)]

    assert "gp: everybody of compulsory school age is on an education list" in told_of(
        at, everybody, everybody[:140], capsys
    )
    assert "gp: 27% of those of compulsory school age are on an education list" in told_of(
        at, everybody[:40], everybody, capsys
    )
    assert "rolls: 0% of its records are of compulsory school age" in told_of(
        at, small, everybody[:140], capsys
    )


def test_lists_that_are_as_they_should_be_are_not_warned_of(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    everybody = crowd(150)

    told = told_of(at, everybody[:140], everybody, capsys)

    assert "Check" not in told
    assert "Listed: 10" in told


def test_an_empty_column_is_told_and_a_household_is_no_child(
    at: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rolls = crowd(30)
    homes = [{"record_id": f"h{n}", "family_name": f"Mrs {row['family_name']}",
              "house": row["house"], "postcode": row["postcode"]}
             for n, row in enumerate(rolls)]  # fmt: skip

    told = told_of(at, rolls, homes, capsys)

    assert "gp: born_on is empty in every row." in told
    assert "gp: 30 of 30 rows hold no given name, date of birth or number." in told
    assert "Listed: 0" in told


@pytest.mark.parametrize(
    ("given", "family"), [("محمد", "الأحمد"), ("李明", "王"), ("Мария", "Иванова"), ("ก้อง", "ใจดี")]
)
def test_a_child_whose_name_is_in_another_script_is_listed(
    given: str, family: str, at: Path
) -> None:
    row = {"record_id": "g9", "given_name": given, "family_name": family,
           "born_on": "2015-03-02", "house": "77", "postcode": "ZZ7 1AB"}  # fmt: skip
    dateless = {**row, "record_id": "g8", "born_on": "", "house": "78", "postcode": "ZZ8 1AB"}
    (at / "gp.csv").write_text(as_csv([*GP, row, dateless]), "utf-8")

    rows = search(at)

    assert rows["g9"]["given_name"] == given
    assert "g8" in rows


def test_an_address_is_of_one_record(at: Path) -> None:
    old = {**GP[3], "record_id": "a1"}
    new = {**GP[3], "house": "", "street": "777 New Road, Northbeck", "postcode": ""}
    (at / "gp.csv").write_text(as_csv([*GP[:3], new]), "utf-8")
    (at / "admissions.csv").write_text(as_csv([old]), "utf-8")
    with (at / "sources.toml").open("a", encoding="utf-8") as listing:
        listing.write(source("admissions.csv", "admissions", "residence", "2026-05-01"))

    row = search(at)["g4"]

    assert row["record_ids"] == "g4 a1"
    assert [row[name] for name in ("house", "street", "postcode")] == [
        "", "777 New Road, Northbeck", "",
    ]  # fmt: skip


def test_a_header_may_hold_a_line_break_and_stand_twice(at: Path) -> None:
    text = as_csv(GP).replace("born_on", '"born\non"', 1)
    head, rest = text.split("postcode\n", 1)
    (at / "gp.csv").write_text(f"{head}postcode\n{rest}{head}postcode\n", "utf-8")
    more = '[source.columns]\n"born\\non" = "born_on"\n'
    rolls = source("rolls.csv", "rolls", "education")
    (at / "sources.toml").write_text(
        rolls + source("gp.csv", "gp", "residence", more=more), "utf-8"
    )

    assert {key: row["born_on"] for key, row in search(at).items()} == {"g4": "2014-07-07"}


def test_numbers_that_a_program_wrote_with_a_point_are_numbers(at: Path) -> None:
    numbers = pa.array([Decimal("9434765919.00"), Decimal("9434765870.00")], pa.decimal128(12, 2))
    table = pa.table(
        {
            "record_id": ["p1", "p2"],
            "nhs_number": numbers,
            "given_name": ["Amelia", "Leila"],
            "photo": pa.array([b"\xff\xd8", b"\xff\xd9"], pa.binary()),
        }
    )
    pyarrow.parquet.write_table(table, at / "gp.parquet")
    rolls = [{**ROLLS[0], "given_name": "Millie", "nhs_number": "9434765919.0"}]
    (at / "rolls.csv").write_text(as_csv(rolls), "utf-8")
    (at / "sources.toml").write_text(
        source("rolls.csv", "rolls", "education") + source("gp.parquet", "gp", "residence"), "utf-8"
    )

    assert list(search(at)) == ["p2"]


def test_what_is_no_nhs_number_joins_nobody(at: Path) -> None:
    spoilt = [{**row, "nhs_number": "9.43477E+09"} for row in [*ROLLS, *GP]]
    (at / "rolls.csv").write_text(as_csv(spoilt[:3]), "utf-8")
    (at / "gp.csv").write_text(as_csv(spoilt[3:]), "utf-8")

    assert list(search(at)) == ["g4"]


def test_answers_are_for_whoever_searched(at: Path) -> None:
    search(at)

    assert {path.stat().st_mode & 0o077 for path in [at / "out", *(at / "out").iterdir()]} == {0}
