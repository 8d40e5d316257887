"""Reads of the documents on a case."""

from django.db.models import Q

from onroll.office.casework.models import Case, Document
from onroll.office.kernel import encryption
from onroll.office.kernel.decision import Unknown

KINDS = (
    ("ours", "Made here (letters)"),
    ("pdf", "PDF"),
    ("word", "Word and Excel"),
    ("picture", "Pictures"),
    ("mail", "E-mails and text"),
)
_OF_KIND = {
    "ours": Q(scan=Document.Scan.OURS),
    "pdf": Q(media_type="application/pdf"),
    "word": Q(media_type__contains="openxmlformats"),
    "picture": Q(media_type__startswith="image/"),
    "mail": Q(media_type__startswith="message/") | Q(media_type__startswith="text/"),
}


def documents_of(
    case: Case, *, text: str = "", kind: str = "", is_held: bool = False
) -> list[Document]:
    """Return the documents on a case, newest first, without their content."""
    found = Document.objects.filter(case=case)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(filename__icontains=text))
    if kind in _OF_KIND:
        found = found.filter(_OF_KIND[kind])
    if is_held:
        found = found.filter(scan=Document.Scan.HELD)
    return list(found.defer("content").select_related("recorded_by").order_by("-on", "-pk"))


def held() -> int:
    """Return how many documents wait for the scanner, over all cases."""
    return Document.objects.filter(scan=Document.Scan.HELD).count()


def document_for(case: Case, pk: int) -> Document:
    """Return one document of a case. Raises Unknown."""
    found = Document.objects.filter(case=case, pk=pk).select_related("case").first()
    if found is None:
        raise Unknown(f"There is no document {pk} on this case.")
    return found


def content_of(document: Document) -> bytes:
    """Return a document as it was added. Ask the policy first."""
    return encryption.decrypt(bytes(document.content))


def same_on(case: Case, digest: str) -> Document | None:
    """Return the document on the case that has the same content, if there is one."""
    same = Document.objects.filter(case=case, digest=digest).exclude(scan=Document.Scan.INFECTED)
    return same.defer("content").first()
