"""What is wrong with a folder of lists is told, all of it, and never as a traceback."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from onroll.cli import main
from tests.matching.lists import GP, ROLLS, as_csv, folder, source


def run(at: Path, *more: str) -> int:
    asked = ["find-missing", "--sources", str(at), "--out", str(at / "out"), *more]
    return main(asked if "--on" in more else [*asked, "--on", "2026-10-01"])


def listing(at: Path, text: str) -> None:
    (at / "sources.toml").write_text(text, "utf-8")


def no_listing(at: Path) -> None:
    (at / "sources.toml").unlink()


def broken_listing(at: Path) -> None:
    listing(at, "[[source]\n")


def empty_listing(at: Path) -> None:
    listing(at, "# nothing yet\n")


def no_day(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace("as_at = 2026-09-15\n", "", 1))


def no_such_day(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace("2026-09-15", '"15/09/2026"', 1))


def one_name_twice(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace('"gp"', '"rolls"'))


def evidence_of_nothing(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace('"residence"', '"hearsay"'))


def nobody_educated(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace('"education"', '"residence"'))


def nobody_resident(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace('"residence"', '"education"'))


def no_such_file(at: Path) -> None:
    (at / "gp.csv").unlink()


def outside_the_folder(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace('"gp.csv"', '"../gp.csv"'))


def zero_rows(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv([]), "utf-8")


def no_bytes(at: Path) -> None:
    (at / "gp.csv").write_bytes(b"")


def no_record_id(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("record_id", "number", 1), "utf-8")


def ids_alone(at: Path) -> None:
    (at / "gp.csv").write_text("record_id\n1\n2\n", "utf-8")


def an_id_twice(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("g4", "g2"), "utf-8")


def an_id_missing(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("g4", "  "), "utf-8")


def mapped_twice(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("street", "DOB", 1), "utf-8")
    more = '[source.columns]\n"DOB" = "born_on"\n'
    rolls = source("rolls.csv", "rolls", "education")
    listing(at, rolls + source("gp.csv", "gp", "residence", more=more))


def mapped_to_nothing(at: Path) -> None:
    more = '[source.columns]\n"sex" = "gender_identity"\n'.replace("sex", "house")
    rolls = source("rolls.csv", "rolls", "education")
    more = more.replace("house", "home")
    listing(at, rolls + source("gp.csv", "gp", "residence", more=more))


def mapped_from_nowhere(at: Path) -> None:
    more = '[source.columns]\n"D.O.B" = "born_on"\n'
    rolls = source("rolls.csv", "rolls", "education")
    listing(at, rolls + source("gp.csv", "gp", "residence", more=more))


def two_columns_of_one_name(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("street", "house", 1), "utf-8")


def a_million_columns(at: Path) -> None:
    (at / "gp.csv").write_text("record_id" + ",x" * 1_000_000 + "\n1\n", "utf-8")


def mixed_encodings(at: Path) -> None:
    text = as_csv([*GP, {"record_id": "g5", "given_name": "Zoë"}])
    both = text.encode() + "g6,,,Chloé,,,,,,,\n".encode("cp1252")
    (at / "gp.csv").write_bytes(both)


def sixteen_bit(at: Path) -> None:
    (at / "gp.csv").write_bytes(as_csv(GP).encode("utf-16"))


def a_workbook_called_csv(at: Path) -> None:
    (at / "gp.csv").write_bytes(b"PK\x03\x04\x00\x00\x00,\x00")


def a_workbook(at: Path) -> None:
    (at / "gp.csv").rename(at / "gp.xlsx")
    listing(at, (at / "sources.toml").read_text().replace("gp.csv", "gp.xlsx"))


def broken_parquet(at: Path) -> None:
    (at / "gp.parquet").write_bytes(b"PAR1 nothing of the kind")
    listing(at, (at / "sources.toml").read_text().replace("gp.csv", "gp.parquet"))


def wide_parquet(at: Path) -> None:
    table = pa.table({f"x{n}": pa.array([1]) for n in range(600)})
    pyarrow.parquet.write_table(table, at / "gp.parquet")
    listing(at, (at / "sources.toml").read_text().replace("gp.csv", "gp.parquet"))


def everybody_born_on_one_day(at: Path) -> None:
    rows = [{"record_id": str(n), "given_name": f"A{n}", "born_on": "2015-01-01"}
            for n in range(40)]  # fmt: skip
    (at / "gp.csv").write_text(as_csv(rows), "utf-8")


def a_comma_without_quotes(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("High Street", "High Street, Ashcombe,"), "utf-8")


def an_empty_first_line(at: Path) -> None:
    (at / "gp.csv").write_text("\n" + as_csv(GP), "utf-8")


def old_line_ends(at: Path) -> None:
    rows = [{**row, "street": "x" * 4000} for row in GP * 20]
    (at / "gp.csv").write_bytes(as_csv(rows).replace("\n", "\r").encode())


def a_column_twice_in_parquet(at: Path) -> None:
    column = pa.array(["1"])
    table = pa.Table.from_arrays([column, column, column], names=["record_id", "sex", "sex"])
    pyarrow.parquet.write_table(table, at / "gp.parquet")
    listing(at, (at / "sources.toml").read_text().replace("gp.csv", "gp.parquet"))


def text_that_is_none_in_parquet(at: Path) -> None:
    odd = pa.array([b"1", b"\xff\xfe"], pa.binary()).view(pa.string())
    table = pa.table({"record_id": pa.array(["1", "2"]), "given_name": odd})
    pyarrow.parquet.write_table(table, at / "gp.parquet")
    listing(at, (at / "sources.toml").read_text().replace("gp.csv", "gp.parquet"))


def a_name_of_nul(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace('"gp.csv"', '"gp\\u0000.csv"'))


def a_number_without_end(at: Path) -> None:
    listing(at, f"many = {'9' * 10_000}\n" + (at / "sources.toml").read_text())


def a_formula_for_an_id(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("g4", "=1+1"), "utf-8")


def a_filler_of_hundreds(at: Path) -> None:
    rows = [{"record_id": str(n), "given_name": "Baby", "family_name": "Unknown",
             "born_on": "2015-01-01"} for n in range(600)]  # fmt: skip
    (at / "gp.csv").write_text(as_csv([*GP, *rows]), "utf-8")


def a_copy_of_another(at: Path) -> None:
    (at / "gp.csv").write_text((at / "rolls.csv").read_text("utf-8"), "utf-8")


def no_date_that_is_one(at: Path) -> None:
    rows = [{**GP[0], "record_id": f"n{n}", "born_on": "see file"} for n in range(30)]
    rows = [{**row, "family_name": f"Khan{n}"} for n, row in enumerate(rows)]
    (at / "gp.csv").write_text(as_csv(rows).replace("see file", "not held", 3), "utf-8")


def curly_quotes(at: Path) -> None:
    text = (at / "sources.toml").read_text("utf-8").replace('"gp"', "\u201cgp\u201d")
    listing(at, text)


def a_windows_path(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text("utf-8").replace('"gp.csv"', '"C:\\lists\\gp.csv"'))


def columns_twice(at: Path) -> None:
    columns = '[columns]\n"DOB" = "born_on"\n'
    listing(at, columns + (at / "sources.toml").read_text("utf-8") + columns)


def a_listing_with_two_endings(at: Path) -> None:
    (at / "sources.toml").rename(at / "sources.toml.txt")


def no_header(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).split("\n", 1)[1], "utf-8")


def a_title_above_the_header(at: Path) -> None:
    (at / "gp.csv").write_text("Patients of Ashcombe\n" + as_csv(GP), "utf-8")


def a_line_for_excel(at: Path) -> None:
    (at / "gp.csv").write_text("sep=,\n" + as_csv(GP), "utf-8")


def values_under_no_name(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP).replace("family_name", "", 1), "utf-8")


def a_note_at_the_foot(at: Path) -> None:
    (at / "gp.csv").write_text(as_csv(GP) + "Total,4\n", "utf-8")


def a_day_as_written_here(at: Path) -> None:
    listing(at, (at / "sources.toml").read_text().replace("2026-09-15", "15/09/2026", 1))


def a_folder_called_csv(at: Path) -> None:
    (at / "gp.csv").unlink()
    (at / "gp.csv").mkdir()


FAULTS: list[tuple[Callable[[Path], None], str, str]] = [
    (no_listing, "sources.toml", "is not there"),
    (broken_listing, "sources.toml", "is not TOML"),
    (empty_listing, "sources.toml", "names no source"),
    (no_day, "rolls: as_at", "is missing"),
    (no_such_day, "rolls: as_at", "15/09/2026"),
    (one_name_twice, "name", "rolls stands 2 times"),
    (evidence_of_nothing, "gp: evidence", "is neither"),
    (nobody_educated, "sources.toml", "everybody would be missing"),
    (nobody_resident, "sources.toml", "nobody could be missing"),
    (no_such_file, "gp.csv", "cannot be read"),
    (outside_the_folder, "../gp.csv", "outside the folder"),
    (zero_rows, "gp.csv", "no rows"),
    (no_bytes, "gp.csv", "is empty"),
    (no_record_id, "gp.csv: record_id", "not among the columns"),
    (ids_alone, "gp.csv", "nothing by which to know anybody"),
    (an_id_twice, "gp.csv: rows 3 and 5: record_id", "is the same"),
    (an_id_missing, "gp.csv: row 5: record_id", "is empty"),
    (mapped_twice, "gp.csv: born_on", "is mapped twice (DOB, born_on)"),
    (mapped_to_nothing, "gp.csv: columns: home", "is no column that is read"),
    (mapped_from_nowhere, "gp.csv: columns", "D.O.B is no column of this file. It has record_id"),
    (two_columns_of_one_name, "gp.csv: house", "heads two columns"),
    (a_million_columns, "gp.csv", "more than 500 columns"),
    (mixed_encodings, "gp.csv", "is not UTF-8 in 1 of 7 rows (the first: 7)"),
    (sixteen_bit, "gp.csv", "UTF-16"),
    (a_workbook_called_csv, "gp.csv", "is not text"),
    (a_workbook, "gp.xlsx", "neither CSV nor Parquet"),
    (broken_parquet, "gp.parquet", "arquet"),
    (wide_parquet, "gp.parquet", "more than 500 columns"),
    (everybody_born_on_one_day, "gp.csv: born_on", "2015-01-01 in every row"),
    (an_empty_first_line, "gp.csv", "begins with an empty line"),
    (old_line_ends, "gp.csv", "end as on an old Macintosh"),
    (a_column_twice_in_parquet, "gp.parquet: sex", "heads two columns"),
    (text_that_is_none_in_parquet, "gp.parquet", "not Parquet that can be read"),
    (a_name_of_nul, "source 2: file", "no plain text"),
    (a_number_without_end, "sources.toml", "is not TOML"),
    (a_formula_for_an_id, "gp.csv: row 5: record_id", "a spreadsheet runs"),
    (a_filler_of_hundreds, "gp.csv", "stand in 600 rows"),
    (a_copy_of_another, "gp.csv", "holds the same rows as rolls.csv"),
    (no_date_that_is_one, "gp.csv: born_on", "they look like aaa aaaa"),
    (curly_quotes, "sources.toml", "Write straight quotes"),
    (a_windows_path, "sources.toml", "Write paths with /"),
    (columns_twice, "sources.toml", "Give each [[source]] its own [source.columns]"),
    (a_listing_with_two_endings, "sources.toml", "sources.toml.txt is"),
    (no_header, "gp.csv", "begins with what looks like a record (a9, , , aaaaaa, )"),
    (a_title_above_the_header, "gp.csv", "delete any line above the names"),
    (a_line_for_excel, "gp.csv", "Delete that line"),
    (values_under_no_name, "gp.csv", "has values in column 6, which the first row gives no name"),
    (a_note_at_the_foot, "gp.csv", "Delete totals and notes at the foot"),
    (a_day_as_written_here, "sources.toml", "Write days as 2026-09-15"),
    (a_folder_called_csv, "gp.csv", "is no file"),
    (a_comma_without_quotes, "gp.csv", "13 cells where the header has 11"),
]


@pytest.mark.parametrize(("spoil", "where", "says"), FAULTS, ids=[f[0].__name__ for f in FAULTS])
def test_a_fault_is_told_in_one_line_with_what_to_do(
    spoil: Callable[[Path], None],
    where: str,
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    at = folder(tmp_path / "lists")
    spoil(at)

    code = run(at)

    told = capsys.readouterr()
    line = next((one for one in told.err.splitlines() if where in one and says in one), "")
    assert (code, told.out) == (2, "")
    assert line, told.err
    assert line.rstrip().endswith(".")
    assert "Traceback" not in told.err
    assert not (at / "out" / "missing.csv").exists()


def test_every_fault_of_every_file_is_told_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = folder(tmp_path / "lists")
    (at / "gp.csv").write_text(as_csv([]), "utf-8")
    (at / "rolls.csv").write_text(as_csv(ROLLS).replace("r2", "r1"), "utf-8")

    code = run(at)

    told = capsys.readouterr().err
    assert code == 2
    assert "gp.csv: has a header and no rows." in told
    assert "rolls.csv: rows 2 and 3: record_id: is the same." in told


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--on", "1 October", "--on"),
        ("--seed", "minus one", "no whole number"),
        ("--engine", "abacus", "no engine"),
    ],
)
def test_an_option_at_fault_is_told_before_anything_is_read(
    option: str, value: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = folder(tmp_path / "lists")

    code = run(at, option, value)

    told = capsys.readouterr().err
    assert code == 2
    assert says in told
    assert len(told.splitlines()) == 1


def test_a_file_where_the_answers_should_go_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = folder(tmp_path / "lists")
    (at / "out").write_text("mine", "utf-8")

    code = run(at)

    assert code == 2
    assert "is a file" in capsys.readouterr().err
    assert (at / "out").read_text("utf-8") == "mine"


def test_lists_that_have_nobody_in_common_are_compared_and_said_to_be_strangers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far = [
        {"record_id": f"g{n}", "given_name": f"Q{n}", "family_name": f"Zw{n}",
         "born_on": f"2012-0{n}-17", "house": f"9{n}", "postcode": f"QX9 {n}ZZ"}
        for n in range(1, 5)
    ]  # fmt: skip
    at = folder(tmp_path / "lists", gp=far)

    code = run(at)

    assert code == 0
    assert "gp: no record of it is of anybody on another list." in capsys.readouterr().err
    assert len((at / "out" / "missing.csv").read_text().splitlines()) == 1 + len(far)


def test_the_listing_itself_may_be_named_and_may_begin_with_a_mark(tmp_path: Path) -> None:
    at = folder(tmp_path / "lists")
    listing = at / "sources.toml"
    listing.write_text(f"\ufeff{listing.read_text('utf-8')}", "utf-8")

    code = main(["find-missing", "--sources", str(listing), "--on", "2026-10-01",
                 "--out", str(at / "out")])  # fmt: skip

    assert code == 0


def test_answers_are_not_written_among_the_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = folder(tmp_path / "lists")

    code = main(["find-missing", "--sources", str(at), "--on", "2026-10-01", "--out", str(at)])

    assert code == 2
    assert "holds the lists" in capsys.readouterr().err
    assert sorted(p.name for p in at.iterdir()) == ["gp.csv", "rolls.csv", "sources.toml"]


def test_faults_of_a_listing_and_of_its_rows_are_told_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    at = folder(tmp_path / "lists")
    no_day(at)
    (at / "rolls.csv").write_text(as_csv(ROLLS).replace("r2", "r1"), "utf-8")

    code = run(at)

    told = capsys.readouterr().err
    assert code == 2
    assert "rolls: as_at: is missing." in told
    assert "rolls.csv: rows 2 and 3: record_id: is the same." in told
