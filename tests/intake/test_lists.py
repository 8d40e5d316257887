"""Lists of very many rows are read by columns: CSV, XLSX and Parquet alike."""

import io
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet
import pytest
from openpyxl import Workbook

from onroll.office.intake.reading import Unreadable, lists
from onroll.office.intake.reading.lists import Listing, read_list

ROWS = [
    {"Ref": "1", "Name": "Zoë", "Born": "2014-03-05", "Note": None},
    {"Ref": "2", "Name": None, "Born": "2015-12-31", "Note": "x, y"},
]


def csv_file(encoding: str = "utf-8", mark: str = ",") -> bytes:
    lines = [["Ref", "Name", "Born", "Note"], ["1", "Zoë", "2014-03-05", ""], [],
             ["2", " ", "2015-12-31", '"x, y"']]  # fmt: skip
    return "\r\n".join(mark.join(line) for line in lines).encode(encoding)


def workbook() -> bytes:
    book = Workbook()
    for row in (["Ref", "Name", "Born", "Note"], [1, "Zoë", date(2014, 3, 5), None], [],
                [2, None, date(2015, 12, 31), "x, y"]):  # fmt: skip
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(**columns: pa.Array) -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def read(content: bytes, filename: str = "list.csv") -> Listing:
    return read_list(filename=filename, content=content)


def refused(content: bytes, filename: str = "list.csv") -> str:
    with pytest.raises(Unreadable) as caught:
        read(content, filename)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "filename", "numbers"),
    [
        (csv_file(), "list.csv", [2, 4]),
        (csv_file("utf-8-sig", ";"), "LIST.CSV", [2, 4]),
        (csv_file("cp1252", "\t"), "list.txt", [2, 4]),
        (workbook(), "list.xlsx", [2, 4]),
        (
            parquet(
                Ref=pa.array([1, 2]),
                Name=pa.array(["Zoë ", ""]).dictionary_encode(),
                Born=pa.array([datetime(2014, 3, 5, 1), datetime(2015, 12, 31)]),  # noqa: DTZ001
                Note=pa.array([None, "x, y"]),
            ),
            "list.parquet",
            [2, 3],
        ),
    ],
    ids=["utf-8", "bom and semicolons", "windows and tabs", "xlsx", "parquet"],
)
def test_one_list_reads_the_same_in_every_form(
    content: bytes, filename: str, numbers: list[int]
) -> None:
    listing = read(content, filename)

    assert listing.header == ("Ref", "Name", "Born", "Note")
    assert listing.table.to_pylist() == ROWS
    assert listing.numbers.to_pylist() == numbers


def test_numbers_saved_as_decimals_are_whole_and_an_empty_column_is_text() -> None:
    listing = read(
        parquet(a=pa.array([12.0, None]), b=pa.array([1.5, 2.0]), c=pa.nulls(2)), "x.parquet"
    )

    assert listing.table.to_pydict() == {
        "a": ["12", None], "b": ["1.5", "2"], "c": [None, None],
    }  # fmt: skip


def test_rows_are_put_together_from_several_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "_AT_A_TIME", 3)
    content = "n\n" + "\n".join(str(n) for n in range(10))

    listing = read(content.encode())

    assert listing.table["n"].to_pylist() == [str(n) for n in range(10)]
    assert listing.numbers.to_pylist() == list(range(2, 12))


def test_a_sheet_of_a_million_columns_is_refused_without_room_being_made_for_it() -> None:
    content = b"a," * 1_000_000 + b"a\n" + b"1," * 1_000_000 + b"1\n"

    tracemalloc.start()
    said = refused(content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "columns; the most is 200" in said
    assert "Keep the columns that describe a child" in said
    assert most < 20 * 1024 * 1024


def test_parquet_of_very_many_columns_is_refused_by_its_foot() -> None:
    content = parquet(**{f"c{n}": pa.array([1]) for n in range(201)})

    assert "201 columns" in refused(content, "x.parquet")


@contextmanager
def memory() -> Iterator[pa.MemoryPool]:
    """What is unpacked within, told by how much memory it took at most."""
    usual = pa.default_memory_pool()
    used = pa.proxy_memory_pool(usual)
    pa.set_memory_pool(used)
    try:
        yield used
    finally:
        pa.set_memory_pool(usual)


def test_a_million_rows_of_one_long_value_are_refused_before_room_is_made_for_them() -> None:
    long = pa.DictionaryArray.from_arrays(
        pa.array([0] * 1_000_000, pa.int32()), pa.array(["x" * 100_000])
    )
    content = parquet(family_name=long.cast(pa.dictionary(pa.int32(), pa.string())))
    assert len(content) < 100_000
    with memory() as used:
        said = refused(content, "x.parquet")

    assert "unpacks to more than 512 MB. Keep the columns that describe a child" in said
    assert used.max_memory() < 100 << 20


def test_a_foot_that_tells_of_fewer_rows_than_there_are_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "MOST_LISTED", 100)
    whole = parquet(a=pa.array(range(300)))
    assert "more than 100 rows" in refused(whole, "x.parquet")
    # The foot holds the number of rows of the file first, then that of each group of rows.
    foot = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    at = whole.index(b"\x16\xd8\x04", foot)
    lying = whole[:at] + b"\x16\x82\x01" + whole[at + 3 :]
    with pyarrow.parquet.ParquetFile(io.BytesIO(lying)) as opened:
        assert opened.metadata.num_rows == 65

    assert "more than 100 rows" in refused(lying, "x.parquet")


def test_a_file_that_says_that_it_unpacks_to_too_much_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lists, "MOST_OF_PARQUET", 1 << 20)
    content = parquet(a=pa.array([f"{n:0100d}" for n in range(20_000)]))

    with memory() as used:
        said = refused(content, "x.parquet")

    assert "unpacks to more than 1 MB" in said
    assert used.max_memory() < 200_000


@pytest.mark.parametrize(
    "odd", [pa.array([{"a": 1}]), pa.array([b"x" * 65], pa.binary(65)), pa.array([[1]])]
)
def test_a_column_whose_rows_hold_any_number_of_values_is_refused(odd: pa.Array) -> None:
    assert "“odd” holds more than one value" in refused(parquet(odd=odd), "x.parquet")


def test_a_name_that_begins_like_another_is_a_column_of_its_own() -> None:
    read_back = read(parquet(**{"a": pa.array([1]), "a.b": pa.array(["x"])}), "x.parquet")

    assert read_back.table.to_pylist() == [{"a": "1", "a.b": "x"}]


def test_a_parquet_list_of_no_rows_is_a_header() -> None:
    empty = read(parquet(a=pa.array([], pa.string())), "x.parquet")

    assert (empty.header, len(empty.table)) == (("a",), 0)


@pytest.mark.parametrize(
    ("content", "filename", "says"),
    [
        (b"", "x.csv", "The file is empty"),
        (b"PAR1 and nothing more", "x.parquet", "not Parquet that can be read"),
        (parquet(a=pa.array([[1, 2]])), "x.parquet", "with plain columns"),
        (parquet(**{"a": pa.array([1]), " A": pa.array([1])}), "x.parquet", "more than once"),
        (b"a" * (2 << 20), "x.csv", "first line of the file does not end"),
        (workbook(), "x.csv", "does not end in .xlsx"),
        (b"%PDF", "x.pdf", "ends in .csv"),
        (b"a\n" + b"\xc3\xab\n" + b"\xeb\n" * 9, "x.csv",
         "line 2 is UTF-8 and lines 3, 4, 5, 6, 7 and 4 more are not"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_one_sentence(
    content: bytes, filename: str, says: str
) -> None:
    assert says in refused(content, filename)


def test_a_list_larger_than_the_most_is_refused_by_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MOST_BYTES", 1024)

    assert "the most that is taken is 0.1 MB" in refused(b"a\n" * 2000)
