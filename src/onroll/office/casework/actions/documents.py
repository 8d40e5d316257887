"""Documents on a case: added, scanned, kept encrypted; held until the scanner has answered."""

import hashlib
from datetime import date
from pathlib import PurePath

from django.db import transaction

from onroll.office.casework.actions import scanning
from onroll.office.casework.models import Case, Document
from onroll.office.casework.policy import documents as policy
from onroll.office.casework.queries import documents as queries
from onroll.office.journal.actions import record, verb
from onroll.office.kernel import encryption
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty, Stale, because

ADDED = verb("documents.added", "added a document", "document", "scan", "size", "digest", "on")
REFUSED = verb(
    "documents.refused", "tried to add a file in which the scanner found {found}", "found", "digest"
)
SCANNED = verb("documents.scanned", "had a held document scanned again", "document", "scan")


def add(
    *, case: Case, filename: str, content: bytes, by: Actor, on: date, title: str = ""
) -> Document:
    """Add a file to a case, after the scanner has looked at it; held when it does not answer.

    Raises Faulty for a file that is not kept, and for one in which something was found.
    """
    policy.can_add(by, case).require()
    filename = PurePath(filename.replace("\\", "/")).name.strip() or "document"
    media_type = policy.kind_of_file(filename, content)
    digest = hashlib.sha256(content).hexdigest()
    same = queries.same_on(case, digest)
    if same is not None:
        raise Faulty(("file", f"This file is on the case already, as “{same.title}”."))
    scan, found = _scanned(content)
    if scan == Document.Scan.INFECTED:
        record(REFUSED, by=by, subject=case, children=[case.child_id], found=found, digest=digest)
        raise Faulty(
            ("file", f"The virus scanner found {found} in this file, so it was not kept. Do not "
             "open it. Tell your IT service.")
        )  # fmt: skip
    return _keep(
        case, title=title.strip() or filename, filename=filename, content=content, by=by, on=on,
        media_type=media_type, scan=scan,
    )  # fmt: skip


def keep_ours(
    *,
    case: Case,
    title: str,
    filename: str,
    content: bytes,
    media_type: str,
    by: Actor,
    on: date,
) -> Document:
    """Keep a document that the program made, such as a letter: it needs no scan."""
    return _keep(
        case, title=title, filename=filename, content=content, media_type=media_type, by=by, on=on,
        scan=Document.Scan.OURS,
    )  # fmt: skip


@transaction.atomic
def _keep(
    case: Case, *, title: str, filename: str, content: bytes, media_type: str, by: Actor,
    on: date, scan: str,
) -> Document:  # fmt: skip
    digest = hashlib.sha256(content).hexdigest()
    kept = Document.objects.create(
        case=case, title=title, filename=filename, media_type=media_type, size=len(content),
        digest=digest, content=encryption.encrypt(content), scan=scan, on=on, recorded_by_id=by.pk,
    )  # fmt: skip
    record(
        ADDED, by=by, subject=case, children=[case.child_id], document=kept.pk, scan=scan,
        size=len(content), digest=digest, on=on,
    )  # fmt: skip
    return kept


def scan_again(*, document: Document, by: Actor) -> Document:
    """Have a held document scanned; the content of an infected one is destroyed at once.

    Raises Faulty while the scanner does not answer.
    """
    policy.can_add(by, document.case).require()
    because(document.scan == Document.Scan.HELD, "The document has been scanned.").require()
    try:
        found = scanning.signature_in(queries.content_of(document))
    except scanning.NotScanned as error:
        raise Faulty(("scan", f"{error} The document stays held.")) from error
    changes: dict[str, object] = {"scan": Document.Scan.CLEAN}
    if found:
        changes = {"scan": Document.Scan.INFECTED, "content": b"", "size": 0}
    with transaction.atomic():
        held = Document.objects.filter(pk=document.pk, scan=Document.Scan.HELD)
        if not held.update(**changes):
            raise Stale("this document")
        record(
            SCANNED, by=by, subject=document.case, children=[document.case.child_id],
            document=document.pk, scan=str(changes["scan"]),
        )  # fmt: skip
    document.refresh_from_db()
    return document


def _scanned(content: bytes) -> tuple[str, str]:
    try:
        found = scanning.signature_in(content)
    except scanning.NotScanned:
        return Document.Scan.HELD, ""
    return (Document.Scan.INFECTED, found) if found else (Document.Scan.CLEAN, "")
