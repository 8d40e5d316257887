"""Documents: what is kept, what the scanner says, and who may open what."""

import io
import shutil
import socket
import struct
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from onroll.office.casework.actions import documents as actions
from onroll.office.casework.actions import scanning
from onroll.office.casework.models import Case, Document
from onroll.office.casework.policy import documents as policy
from onroll.office.casework.queries import documents
from onroll.office.config import doctor
from onroll.office.journal.models import Event
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Refused
from onroll.office.people import actions as people
from tests import actors

TODAY = actors.TODAY
PDF = b"%PDF-1.7\nA school's file\n"
# In two parts, so that a scanner of this repository does not take the test for a virus.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def scanner(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A scanner that takes in files by INSTREAM and always answers the same; its address."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    client, _ = server.accept()
                except OSError:
                    return
                with client, client.makefile("rb") as sent:
                    assert sent.read(10) == b"zINSTREAM\0"
                    file = b""
                    while size := struct.unpack("!I", sent.read(4))[0]:
                        file += sent.read(size)
                    heard.append(file)
                    client.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"127.0.0.1:{server.getsockname()[1]}", heard
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()


@pytest.fixture
def clean(settings: Settings) -> Iterator[list[bytes]]:
    with scanner(b"stream: OK\0") as (address, heard):
        settings.CLAMD = address
        yield heard


@pytest.fixture
def add_file(case: Case, alice: Actor) -> Callable[..., Document]:
    def added(content: bytes = PDF, filename: str = "file.pdf", **more: object) -> Document:
        return actions.add(
            case=case, filename=filename, content=content, by=alice, on=TODAY, **more
        )  # type: ignore[arg-type] # fmt: skip

    return added


def test_a_clean_document_is_kept_encrypted_with_its_digest(clean, add_file):
    added = add_file(PDF * 5000, title="The school's file")

    assert clean == [PDF * 5000]
    assert added.scan == "clean"
    assert PDF not in bytes(added.content)
    assert documents.content_of(added) == PDF * 5000
    kept = Event.objects.get(verb="documents.added")
    assert kept.data["digest"] == added.digest
    assert kept.children == [added.case.child_id]


def test_an_infected_document_is_refused_and_the_attempt_is_journalled(settings, add_file):
    with (
        scanner(b"stream: Eicar-Test-Signature FOUND\0") as (settings.CLAMD, _),
        pytest.raises(Faulty, match="Eicar-Test-Signature"),
    ):
        add_file(EICAR, "note.txt")

    assert not Document.objects.exists()
    assert Event.objects.get(verb="documents.refused").data["found"] == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK but no\0", b"\xff\0"]
)
def test_a_document_is_held_when_the_scanner_gives_no_verdict(settings, add_file, answer):
    with scanner(answer) as (settings.CLAMD, _):
        added = add_file()

    assert added.scan == "held"
    with pytest.raises(Refused, match="not been scanned"):
        policy.can_open(added).require()


@pytest.mark.parametrize("address", ["", "127.0.0.1:1", "nonsense", "nowhere.invalid:3310"])
def test_a_document_is_held_when_there_is_no_scanner(settings, add_file, address):
    settings.CLAMD = address

    assert add_file().scan == "held"


def test_only_a_demonstration_without_a_scanner_opens_what_was_not_scanned(settings, add_file):
    settings.CLAMD, settings.UNSCANNED_OPENS = "", True
    held = add_file()
    assert held.scan == "held"
    assert policy.can_open(held)

    settings.UNSCANNED_OPENS = False

    assert not policy.can_open(held)


@pytest.mark.parametrize(
    ("clamd", "opens", "says"),
    [
        ("", False, "No scanner is set up here"),
        ("127.0.0.1:1", False, "Choose “Scan again” beside it"),
        ("", True, "documents are opened without having been scanned"),
    ],
)
def test_the_page_says_what_held_means_and_what_to_do(
    settings, add_file, alice, case, as_, clamd, opens, says
):
    settings.CLAMD, settings.UNSCANNED_OPENS = clamd, opens
    add_file()
    browser = as_(alice)

    for address in (f"/cases/{case.ref}/documents/", f"/children/{case.child.ref}/documents/"):
        shown = browser.get(address).content.decode()
        assert says in shown
        assert ("Cannot be opened" in shown or "Scan again" in shown) is not opens


def test_the_doctor_says_aloud_that_no_scanner_works(db, settings, add_file):
    settings.CLAMD, settings.UNSCANNED_OPENS = "", False
    add_file()
    assert [f for f in doctor.faults() if "NO VIRUS SCANNER" in f and "nobody can open it" in f]
    assert "1 document is held" in " ".join(doctor.faults())

    settings.UNSCANNED_OPENS = True
    assert [f for f in doctor.faults() if "WITHOUT having been scanned" in f]

    settings.CLAMD, settings.UNSCANNED_OPENS = "127.0.0.1:1", False
    assert [f for f in doctor.faults() if "DOES NOT WORK" in f]
    with scanner(b"stream: OK\0") as (settings.CLAMD, _):
        assert not [f for f in doctor.faults() if "SCANNER" in f]


def test_a_held_document_can_be_opened_once_it_has_been_scanned(settings, add_file, alice):
    settings.CLAMD = ""
    held = add_file()
    with pytest.raises(Faulty, match="stays held"):
        actions.scan_again(document=held, by=alice)

    with scanner(b"stream: OK\0") as (settings.CLAMD, heard):
        actions.scan_again(document=held, by=alice)

    assert heard == [PDF]
    assert policy.can_open(held)


def test_a_held_document_that_turns_out_infected_is_destroyed(settings, add_file, alice):
    settings.CLAMD = ""
    held = add_file()

    with scanner(b"stream: Worm FOUND\0") as (settings.CLAMD, _):
        actions.scan_again(document=held, by=alice)

    assert (held.scan, bytes(held.content)) == ("infected", b"")
    assert not policy.can_open(held)


def office(*parts: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for part in parts:
            package.writestr(part, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("a.pdf", PDF),
        ("A.PDF", PDF),
        ("a.docx", office("word/document.xml")),
        ("a.xlsx", office("xl/workbook.xml")),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.gif", b"GIF89a"),
        ("a.webp", b"RIFF\x00\x00\x00\x00WEBP"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic"),
        ("a.tif", b"II*\x00"),
        ("a.eml", b"Received: from x\r\nSubject: y\r\n\r\nz"),
        ("a.txt", "Zażółć".encode()),
    ],
)
def test_these_files_are_kept(clean, add_file, filename, content):
    assert add_file(content, filename).media_type == policy.MEDIA_TYPES[policy.ending_of(filename)]


@pytest.mark.parametrize(
    ("filename", "content", "says"),
    [
        ("a.exe", b"MZ", "kind of file is not kept"),
        ("a", b"x", "kind of file is not kept"),
        ("a.html", b"<p>", "kind of file is not kept"),
        ("a.svg", b"<svg/>", "kind of file is not kept"),
        ("a.docm", office("word/document.xml"), "macros"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "macros"),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), "macros"),
        ("a.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
        ("a.docx", office("xl/workbook.xml"), "something else"),
        ("a.docx", b"PK\x03\x04 broken", "something else"),
        ("a.pdf", b"MZ\x90", "something else"),
        ("a.png", b"\xff\xd8\xff", "something else"),
        ("a.txt", b"MZ\x00\x01", "something else"),
        ("a.eml", b"\x00\x01\x02", "something else"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_these_files_are_refused_with_what_to_do(clean, add_file, filename, content, says):
    with pytest.raises(Faulty, match=says):
        add_file(content, filename)

    assert clean == []


def test_a_file_over_the_limit_is_refused(settings, clean, add_file):
    settings.UPLOAD_LIMIT = 1024 * 1024

    with pytest.raises(Faulty, match="larger than 1 MB"):
        add_file(PDF + b" " * 1024 * 1024)


def test_the_same_file_twice_is_refused_by_name(clean, add_file):
    add_file(title="The school's file")

    with pytest.raises(Faulty, match="on the case already, as “The school's file”"):
        add_file(filename="other.pdf")


def test_a_filename_cannot_point_at_a_folder(clean, add_file):
    assert add_file(filename="..\\..\\etc/file.pdf").filename == "file.pdf"


def test_documents_are_filtered(clean, add_file, case):
    add_file(title="GP letter")
    add_file(b"\xff\xd8\xff", "house.jpg")

    assert [d.title for d in documents.documents_of(case, text="gp")] == ["GP letter"]
    assert [d.title for d in documents.documents_of(case, kind="picture")] == ["house.jpg"]
    assert documents.documents_of(case, is_held=True) == []


def test_nobody_uncleared_adds_to_a_sealed_child_s_case(clean, add_file, case, alice):
    people.seal(child=case.child, reason="Court order", by=actors.erin(), on=TODAY)

    with pytest.raises(Refused, match="cleared"):
        add_file()


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real clamd with one signature of our own: that of the harmless test file."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if program is None:
        pytest.skip("clamd is not installed: the real scanner was not tried (the fake one was)")
    folder = tmp_path_factory.mktemp("clamd")
    signatures = folder / "signatures"
    signatures.mkdir()
    # name:type:offset:hex of the first bytes of the test file
    (signatures / "test.ndb").write_text(f"Onroll.Test:0:*:{EICAR[:40].hex()}\n")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = folder / "clamd.conf"
    settings.write_text(
        f"DatabaseDirectory {signatures}\nTCPSocket {port}\nTCPAddr 127.0.0.1\nForeground yes\n"
        f"TemporaryDirectory {folder}\n"
    )
    log = (folder / "log").open("wb")
    running = subprocess.Popen([program, "-c", str(settings)], stdout=log, stderr=log)
    try:
        if not _listens(port, running):
            pytest.skip(f"clamd did not start: {Path(folder / 'log').read_text()[-300:]}")
        yield f"127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)
        log.close()


def _listens(port: int, running: "subprocess.Popen[bytes]") -> bool:
    for _ in range(300):
        if running.poll() is not None:
            return False
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return True
        threading.Event().wait(0.1)
    return False


def test_the_real_scanner_knows_the_test_virus_from_a_file(settings, clamd):
    settings.CLAMD = clamd

    assert scanning.signature_in(PDF * 100_000) == ""
    assert scanning.signature_in(EICAR).startswith("Onroll.Test")
