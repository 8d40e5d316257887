"""Which files may be kept on a case, and who may add and open them."""

import io
import zipfile

from django.conf import settings

from onroll.office.casework.models import Case, Document
from onroll.office.casework.policy.cases import can_work
from onroll.office.intake.reading.workbooks import BROKEN_ARCHIVE
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, Faulty, because
from onroll.office.people.queries import sealed

OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}wordprocessingml.document",
    ".xlsx": f"{OFFICE}spreadsheetml.sheet",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".heic": "image/heic",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".eml": "message/rfc822",
    ".txt": "text/plain",
}
ENDINGS = tuple(MEDIA_TYPES)
WITH_MACROS = (".docm", ".dotm", ".xlsm", ".xltm", ".xlsb", ".xlam", ".pptm", ".doc", ".xls")
IN_OFFICE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
BEGINNINGS = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".tif": (b"II*\x00", b"MM\x00*"),
    ".tiff": (b"II*\x00", b"MM\x00*"),
}
HEADERS = (b"received", b"from", b"date", b"subject", b"message-id", b"mime-version", b"to",
           b"return-path", b"delivered-to", b"content-type", b"x-")  # fmt: skip
MOST_PARTS = 5_000  # in a workbook or a Word file


def ending_of(filename: str) -> str:
    """Return the ending of a file's name, with its dot, in small letters."""
    return f".{filename.rsplit('.', 1)[-1].lower()}" if "." in filename else ""


def kind_of_file(filename: str, content: bytes) -> str:
    """Return the media type of a file that may be kept. Raises Faulty with what to do instead.

    The name and the content must agree: a name alone proves nothing.
    """
    ending = ending_of(filename)
    if ending in WITH_MACROS:
        raise Faulty(
            ("file", f"A {ending} file can carry macros and is not kept. Save it as PDF, .docx or "
             ".xlsx and add that.")
        )  # fmt: skip
    if ending not in MEDIA_TYPES:
        raise Faulty(
            ("file", "This kind of file is not kept. Add a PDF, a Word (.docx) or Excel (.xlsx) "
             "file, a picture, an e-mail (.eml) or plain text (.txt).")
        )  # fmt: skip
    if not content:
        raise Faulty(("file", "The file is empty. Choose another."))
    if len(content) > settings.UPLOAD_LIMIT:
        most = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise Faulty(("file", f"The file is larger than {most} MB. Make it smaller or split it."))
    if not _is_what_it_says(ending, content):
        raise Faulty(
            ("file", f"The name ends in {ending} but the file is something else. Save it again in "
             "the right format and add that.")
        )  # fmt: skip
    return MEDIA_TYPES[ending]


def _is_what_it_says(ending: str, content: bytes) -> bool:
    if ending in IN_OFFICE:
        return _is_office(content, IN_OFFICE[ending])
    if ending in BEGINNINGS:
        return content.startswith(BEGINNINGS[ending])
    if ending == ".webp":
        return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if ending == ".heic":
        return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1")
    if ending == ".eml":
        first = content.lstrip()[:60].lower()
        return b"\x00" not in content[:4096] and first.startswith(HEADERS)
    return _is_text(content)


def _is_office(content: bytes, part: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = package.namelist()
    except BROKEN_ARCHIVE:
        return False
    if any("vbaproject" in name.lower() for name in names):
        raise Faulty(
            ("file", "The file carries macros and is not kept. Save it as PDF and add that.")
        )
    return part in names and len(names) <= MOST_PARTS


def _is_text(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in content and not content.startswith((b"%PDF-", b"MZ", b"\x7fELF"))


def can_add(actor: Actor, case: Case) -> Decision:
    """Say whether this person may add a document to a case, open or closed."""
    return can_work(actor, case) & because(
        actor.may("sealed.read") or not sealed.is_sealed(case.child_id),
        "Only those cleared for it may add to this child’s case.",
    )


def can_open(document: Document) -> Decision:
    """Say whether a document may be opened by those who may know of it."""
    is_let_through = document.scan == Document.Scan.HELD and opens_unscanned()
    return because(
        document.scan in {Document.Scan.CLEAN, Document.Scan.OURS} or is_let_through,
        "The document was refused by the virus scanner."
        if document.scan == Document.Scan.INFECTED
        else "The document has not been scanned for viruses yet. Scan it again, or ask your IT "
        "service whether the scanner is running.",
    )


def opens_unscanned() -> bool:
    """Return whether this is a demonstration without a scanner, which opens what is not scanned."""
    return bool(settings.UNSCANNED_OPENS)


def has_scanner() -> bool:
    """Return whether a virus scanner is set up; it may still not answer."""
    return bool(settings.CLAMD)
