"""What is read from a spreadsheet, and what is refused with a sentence."""

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from onroll.office.intake.reading import Unreadable, cells, read, tables
from onroll.office.intake.reading.workbooks import checked_workbook

LIMIT = 20 * 1024 * 1024
MIDNIGHT = datetime.fromisoformat("2015-03-05")


def workbook(*rows: list[object], sheets: int = 1) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for i in range(1, sheets):
        book.create_sheet(f"More {i}")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(content: bytes, change: dict[str, bytes], drop: str = "") -> bytes:
    """The workbook with some parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            if name not in change and name != drop:
                new.writestr(name, old.read(name))
        for name, part in change.items():
            new.writestr(name, part)
    return out.getvalue()


def sheet_xml(body: str, before: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/'
        f'spreadsheetml/2006/main"><sheetData>{body}</sheetData></worksheet>'
    ).encode()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook(["Name", "Born"], ["Zoë", date(2015, 3, 5)])


def refused(content: bytes, filename: str = "rows.xlsx") -> str:
    with pytest.raises(Unreadable) as caught:
        read(filename=filename, content=content, limit=LIMIT)
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Name;N\nZoë;1\n".encode(), "UTF-8"),
        ("Name,N\r\nZoë,1\r\n".encode("utf-8-sig"), "UTF-8"),
        ("Name\tN\nZoë\t1\n".encode("cp1252"), "Windows-1252"),
    ],
)
def test_csv_reads_the_same_in_either_encoding_and_with_any_separator(
    content: bytes, encoding: str
) -> None:
    table = read(filename="rows.csv", content=content, limit=LIMIT)

    assert table.encoding == encoding
    assert [dict(line.cells) for line in table.lines] == [{"Name": "Zoë", "N": "1"}]


def test_rows_keep_the_number_that_the_spreadsheet_shows() -> None:
    content = b'Name,N\n\n"two\nlines",1\n,\nlast,2\n'

    lines = read(filename="rows.csv", content=content, limit=LIMIT).lines

    assert [line.number for line in lines] == [3, 5]


def test_a_workbook_gives_whole_numbers_and_iso_dates_as_text() -> None:
    content = workbook(["a", "b", "c", "d"], [123, 1.5, date(2015, 3, 5), MIDNIGHT], [], [True])

    lines = read(filename="rows.XLSX", content=content, limit=LIMIT).lines

    assert list(lines[0].cells.values()) == ["123", "1.5", "2015-03-05", "2015-03-05"]
    assert (lines[1].number, lines[1].cells["a"]) == (4, "Yes")


def test_only_the_first_sheet_that_is_shown_is_read() -> None:
    book = Workbook()
    book.active.sheet_state = "hidden"
    book.active.append(["hidden"])
    shown = book.create_sheet("Rows")
    shown.append(["Name"])
    shown.append(["Ann"])
    out = io.BytesIO()
    book.save(out)

    assert read(filename="x.xlsx", content=out.getvalue(), limit=LIMIT).header == ("Name",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty."),
        (b"\n \n", "no header and no rows"),
        (b"a,A \n1,2\n", "names the column “a” more than once"),
        (b"a,,c\n1,2,3\n", "Column B has no name"),
        (b'a,b\n"x,1\n', "Row 2 has a quotation mark that is not closed"),
        ("a\nZoë\n".encode("utf-16"), "UTF-16"),
        (b"a\nx\x00y\n", "zero bytes"),
        (b"a\nx\x81y\n", "Line 2 has a letter that is neither UTF-8 nor Windows-1252"),
        ("a\nZoë\n".encode() + "Zoë\n".encode("cp1252"), "mixes two encodings: line 2"),
        (GOOD, "does not end in .xlsx"),
    ],
)
def test_csv_that_cannot_be_right_is_refused_with_one_sentence(content: bytes, says: str) -> None:
    assert says in refused(content, "rows.csv")


def test_a_file_of_40_megabytes_is_refused_by_size() -> None:
    said = refused(b"a\n" + b"x" * (40 * 1024 * 1024), "rows.csv")

    assert "40.1 MB" in said
    assert "20 MB" in said


@pytest.mark.parametrize("ending", ["xlsm", "xlsb", "xls", "ods", "pdf", "exe"])
def test_other_kinds_of_file_are_refused_by_name(ending: str) -> None:
    assert ".xlsx" in refused(b"anything", f"rows.{ending}")


def test_a_workbook_with_macros_is_refused_whatever_its_name() -> None:
    assert "macros" in refused(repacked(GOOD, {"xl/vbaProject.bin": b"x"}))


def test_macros_declared_in_the_content_types_are_refused() -> None:
    types = zipfile.ZipFile(io.BytesIO(GOOD)).read("[Content_Types].xml")
    declared = types.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")

    assert "macros" in refused(repacked(GOOD, {"[Content_Types].xml": declared}))


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("xl/externalLinks/externalLink1.xml", "links to other workbooks"),
        ("xl/embeddings/oleObject1.bin", "embedded documents"),
        ("../outside.xml", "points outside"),
    ],
)
def test_links_embedded_documents_and_paths_outside_are_refused(part: str, says: str) -> None:
    assert says in refused(repacked(GOOD, {part: b"<a/>"}))


def test_a_password_is_said_to_be_in_the_way() -> None:
    assert "password" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 512)


def test_a_document_type_declaration_is_refused_in_any_encoding() -> None:
    evil = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>', '<!DOCTYPE a [<!ENTITY b "c">]>')
    wide = evil.decode().replace('version="1.0"', 'version="1.0" encoding="UTF-16"')

    assert "document type" in refused(repacked(GOOD, {SHEET: evil}))
    assert "document type" in refused(repacked(GOOD, {SHEET: wide.encode("utf-16")}))


def test_a_zip_bomb_is_refused_without_being_opened() -> None:
    bomb = sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>' + " " * 30_000_000)

    said = refused(repacked(GOOD, {SHEET: bomb}))

    assert "unpacks to far more than its size" in said


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = repacked(GOOD, {SHEET: sheet_xml(" " * 1_000_000)})
    lied = content.replace((len(sheet_xml(" " * 1_000_000))).to_bytes(4, "little"), b"\x10\0\0\0")

    assert lied != content
    assert refused(lied)


def test_one_text_shown_in_very_many_cells_is_refused() -> None:
    # 30,000 letters stored once and shown 3,000 times is 90 MB in memory and 60 KB on disk.
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + "ab" * 15_000
        + "</t></si></sst>"
    ).encode()
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 3_001))

    said = refused(repacked(GOOD, {SHEET: sheet_xml(rows), "xl/sharedStrings.xml": strings}))

    assert "unpacks to far more" in said


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "GS1"])
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(cell: str) -> None:
    row = "".join(ch for ch in cell if ch.isdigit())
    far = sheet_xml(f'<row r="{row}"><c r="{cell}"><v>1</v></c></row>')

    assert "cells beyond row 50,000 or column 200" in refused(repacked(GOOD, {SHEET: far}))


def test_too_many_parts_are_refused() -> None:
    many = {f"xl/media/image{i}.png": b"x" for i in range(200)}

    assert "parts inside" in refused(repacked(GOOD, many))


def test_damage_is_told_as_damage() -> None:
    assert "damaged" in refused(GOOD[: len(GOOD) // 2])
    assert "damaged" in refused(repacked(GOOD, {SHEET: b"<worksheet>"}))
    assert "not an Excel workbook" in refused(repacked(GOOD, {}, drop="xl/workbook.xml"))


def test_more_rows_than_the_most_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)

    assert "more than 3 rows" in refused(b"a\n1\n2\n3\n4\n", "rows.csv")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/3/2026", date(2026, 3, 5)),
        ("05-03-2026", date(2026, 3, 5)),
        ("5 March 2026", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        ("2026-03-05T00:00:00", date(2026, 3, 5)),
    ],
)
def test_a_date_is_read_as_people_and_spreadsheets_write_it(typed: str, meant: date) -> None:
    assert cells.a_date(typed) == meant


@pytest.mark.parametrize("typed", ["31/02/2026", "5/3/26", "3/25/2026", "soon", "1/1/1066"])
def test_an_impossible_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"date|ago"):
        cells.a_date(typed)


@pytest.mark.parametrize(("typed", "meant"), [("R", 0), ("Year 7", 7), ("y11", 11), ("n", -1)])
def test_a_year_group_is_read_however_it_is_written(typed: str, meant: int) -> None:
    assert cells.a_year_group(typed) == meant


def test_a_row_number_of_thousands_of_digits_is_beyond_the_limit() -> None:
    sheet = b'<worksheet><sheetData><row r="%s"/></sheetData></worksheet>' % (b"9" * 5_000)
    content = repacked(workbook(["UPN"]), {"xl/worksheets/sheet1.xml": sheet})

    with pytest.raises(Unreadable, match="cells beyond row"):
        checked_workbook(content, most_rows=100, most_columns=20)


@pytest.mark.parametrize("typed", ["1/99999999999/2015", "5/3/9999", "5/3/0001"])
def test_a_day_that_cannot_be_meant_is_refused_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match=f"“{typed}” is (not a real date|too)"):
        cells.a_date(typed)
