"""The look inside a workbook before anything opens it.

A workbook is an archive of XML parts. Each part is unpacked here within limits and parsed, and a
fresh archive of exactly those parts is handed on: what was checked is what is read. The limits are
on entries, unpacked size, ratio, rows and columns; macros, links to other files, embedded objects,
encryption and document type declarations are refused.
"""

import io
import re
import struct
import zipfile
import zlib
from lzma import LZMAError
from xml.parsers import expat

MOST_ENTRIES = 200
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
_CHUNK = 256 * 1024
_MOST_DIGITS = 12
# Small parts of repeated XML pack very well without being an attack.
_RATIO_APPLIES_FROM = 1024 * 1024

_SAVE_AGAIN = "In Excel choose Save As and Excel Workbook (.xlsx), and send that."
MACROS = f"The workbook holds macros, which are never opened here. {_SAVE_AGAIN}"
BOMB = (
    "The workbook unpacks to far more than its size, as a harmful file does, and was not opened. "
    "Copy the rows as values into a new workbook and send that."
)


# What a zip raises that is damaged, encrypted, or packed in a way that is not known here.
BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, OSError, LZMAError, struct.error,
)  # fmt: skip


class Unreadable(ValueError):
    """The file cannot be taken; the message is one sentence for the person who sent it."""


def checked_workbook(content: bytes, *, most_rows: int, most_columns: int) -> bytes:
    """Return the workbook packed afresh from parts that passed every check. Raises Unreadable."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "The workbook is protected by a password, or in an old format under a new name. "
            f"Remove the password. {_SAVE_AGAIN}"
        )
    parts = parts_of(content)
    if "xl/workbook.xml" not in parts:
        raise Unreadable(f"The file is not an Excel workbook. {_SAVE_AGAIN}")
    strings: list[int] = []
    # Texts are stored apart from the cells that show them and are measured first.
    for name in sorted(parts, key=lambda name: "sharedstrings" not in name.lower()):
        if name.lower().endswith((".xml", ".rels", ".vml")):
            look = _Look(most_rows=most_rows, most_columns=most_columns, strings=strings)
            look.parse(parts[name])
    return _packed(parts)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return the parts of an archive of Office, unpacked within the limits. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            return _unpacked(archive, entries, packed=len(content))
    except Unreadable:
        raise
    except BROKEN_ARCHIVE as error:
        raise Unreadable(f"The workbook is damaged. {_SAVE_AGAIN}") from error


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Unreadable(
            f"The workbook has {len(entries)} parts inside; the most is {MOST_ENTRIES}. Copy the "
            "sheet with the rows into a new workbook and send that."
        )
    names = [entry.filename.lower() for entry in entries]
    if len(names) != len(set(names)):
        raise Unreadable(f"The workbook holds one part twice. {_SAVE_AGAIN}")
    for entry, name in zip(entries, names, strict=True):
        is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
        if is_link or name.startswith(("/", "\\")) or ".." in name or ":" in name:
            raise Unreadable(f"The workbook holds a part that points outside it. {_SAVE_AGAIN}")
        if entry.flag_bits & 0x1:
            raise Unreadable(f"The workbook is encrypted. Remove the password. {_SAVE_AGAIN}")
        if "vbaproject" in name or "macrosheets/" in name or "activex/" in name:
            raise Unreadable(MACROS)
        if "externallinks/" in name:
            raise Unreadable(
                "The workbook holds links to other workbooks. In Excel choose Data, Edit Links, "
                "Break Link, or copy the rows as values into a new workbook, and send that."
            )
        if "embeddings/" in name:
            raise Unreadable(
                "The workbook holds embedded documents. Copy the rows as values into a new "
                "workbook and send that."
            )


def _unpacked(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, packed: int
) -> dict[str, bytes]:
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(BOMB)
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        room = bytearray()
        # The declared sizes may lie, so what comes out is counted.
        with archive.open(entry) as unpacking:
            while chunk := unpacking.read(_CHUNK):
                room += chunk
                total += len(chunk)
                if total > MOST_UNPACKED:
                    raise Unreadable(BOMB)
                if len(room) > _RATIO_APPLIES_FROM and len(room) > MOST_RATIO * max(
                    entry.compress_size, 1
                ):
                    raise Unreadable(BOMB)
        parts[entry.filename] = bytes(room)
    if total > _RATIO_APPLIES_FROM and total > MOST_RATIO * packed:
        raise Unreadable(BOMB)
    return parts


class _Look:
    """One part of XML, parsed: no document type, no macros declared, no cell beyond the limits.

    A single cell far to the right or down makes a reader set aside room for the whole rectangle,
    so the declared dimensions are ignored and each cell's own address is looked at. A long text
    that is stored once and shown in very many cells unpacks again in memory: `strings` are the
    lengths of the texts stored, and what the cells show is added up.
    """

    def __init__(self, *, most_rows: int, most_columns: int, strings: list[int]) -> None:
        self.most_rows, self.most_columns, self.strings = most_rows, most_columns, strings
        self.row = self.column = self.shown = 0
        self.is_shared = self.in_value = self.in_text = False
        self.value = ""

    def parse(self, part: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.doctype
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        try:
            parser.Parse(part, True)
        except expat.ExpatError as error:
            raise Unreadable(f"The workbook is damaged. {_SAVE_AGAIN}") from error

    def doctype(self, *_: object) -> None:
        raise Unreadable(
            "The workbook holds a document type declaration, which Excel never writes. "
            f"{_SAVE_AGAIN}"
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rsplit(" ", 1)[-1]:
            case "row":
                given = attributes.get("r", "")
                self.row = _number(given, otherwise=self.row + 1)
                self.column = 0
                self.within()
            case "c":
                self.cell(attributes.get("r", ""))
                self.is_shared = attributes.get("t") == "s"
            case "v":
                self.in_value, self.value = self.is_shared, ""
            case "si":
                self.strings.append(0)
            case "t":
                self.in_text = bool(self.strings)
            case "Override" | "Default":
                if "macroenabled" in attributes.get("ContentType", "").lower():
                    raise Unreadable(MACROS)

    def end(self, name: str) -> None:
        match name.rsplit(" ", 1)[-1]:
            case "t":
                self.in_text = False
            case "v" if self.in_value:
                self.in_value = False
                at = _number(self.value, otherwise=-1)
                self.shown += self.strings[at] if 0 <= at < len(self.strings) else 0
                if self.shown > MOST_UNPACKED:
                    raise Unreadable(BOMB)

    def text(self, text: str) -> None:
        if self.in_value:
            self.value += text[:12]
        elif self.in_text:
            self.strings[-1] += len(text)

    def cell(self, address: str) -> None:
        self.column += 1
        if found := re.fullmatch(r"\$?([A-Za-z]{1,7})\$?(\d{1,9})", address):
            self.column = _column(found[1])
            self.row = max(self.row, int(found[2]))
        self.within()

    def within(self) -> None:
        # The header is a row of its own, and a file may be full to the limit.
        if self.row > self.most_rows + 1 or self.column > self.most_columns:
            raise Unreadable(
                f"The sheet has cells beyond row {self.most_rows:,} or column "
                f"{self.most_columns}. Delete the empty rows and columns after the last one used, "
                "or split the file."
            )


def _number(text: str, *, otherwise: int) -> int:
    # Python refuses to read a number of thousands of digits; one so large is beyond every limit.
    return int(text.lstrip("0")[:_MOST_DIGITS] or 0) if text.isdecimal() else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _packed(parts: dict[str, bytes]) -> bytes:
    fresh = io.BytesIO()
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return fresh.getvalue()
