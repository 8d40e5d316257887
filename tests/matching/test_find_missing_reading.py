"""Lists as spreadsheets and systems write them are read, and what could not be read is told."""

import csv
import json
from pathlib import Path

import pytest

from onroll.cli import main
from tests.matching.lists import COLUMNS, GP, ROLLS, as_csv, folder, source


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
