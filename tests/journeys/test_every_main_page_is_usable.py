"""Whoever signs in can follow every link that they are shown, and read what it leads to."""

import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from tests.journeys.office import Visitor

# The roles that see most come first: a page is examined closely with the first who opens it.
MAILBOXES = (
    "coordinator", "manager", "admin", "governance", "officer", "lead", "analyst", "school",
)  # fmt: skip
LINKS = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
NAVIGATION = re.compile(r'<nav\b[^>]*aria-label="Main".*?</nav>', re.S)
DOWNLOADS = re.compile(r"(\.(csv|xlsx|pdf|docx|html|zip)|/word/|/documents/\d+/)$")
# Pages of which each is its own: every report, every kind of provision.
EACH_ONE = frozenset({"reporting:report", "provision:record", "intake:upload"})
# What the journey is not worth without, should a link to it be lost.
MUST_BE_OPENED = {
    *(f"casework:{name}" for name in (
        "my_work", "triage", "referral", "referral_add", "referral_urgent", "referrals_by_school",
        "cases", "unfollowed", "caseloads", "audits", "reassign", "case", "case_contacts",
        "case_notes", "child_contacts",
        "case_tasks", "case_documents", "case_safeguarding", "case_oversight", "case_history",
        "child", "child_chronology", "child_education", "child_people", "child_cases",
        "child_contacts", "child_documents", "child_looked", "letter_templates", "letter_template",
    )),
    "cme:enquiries", "cme:ask", "cme:whereabouts", "cme:close",
    "people:find", "people:details", "people:name", "people:address", "people:carer",
    "people:flag", "people:professional", "people:identifier", "people:sealed",
    "schools:schools", "schools:school", "schools:gaps", "schools:calendars", "schools:calendar",
    "schools:education", "provision:provision",
    "intake:files", "intake:choose", "intake:upload referrals.referrals",
    "exchange:migrations", "reporting:index", "reporting:report open-cases",
    "accounts:structure", "accounts:team", "accounts:users", "accounts:user", "accounts:roles",
    "accounts:authority", "accounts:journal", "accounts:profile",
}  # fmt: skip


def _kind_of_page(address: str) -> str:
    """Say which page an address leads to, whichever record it shows."""
    found = resolve(urlsplit(address).path)
    which = found.kwargs.get("key") or found.kwargs.get("kind") or ""
    return f"{found.view_name} {which}" if found.view_name in EACH_ONE else found.view_name


def _links(page: str, url: str) -> Iterator[str]:
    for found in LINKS.findall(page):
        address = html.unescape(found)
        if address.startswith("/") or address.startswith(url):
            yield address.removeprefix(url)


def test_every_main_page_is_usable(visitor: Callable[..., Visitor]) -> None:
    examined: set[str] = set()
    amiss: list[str] = []

    for mailbox in MAILBOXES:
        person = visitor(mailbox)
        opened = _open_everything(person, mailbox, examined)
        amiss += [f"{mailbox}: {fault}" for fault in person.faults]
        assert "casework:my_work" in opened or mailbox == "school", opened

    assert not amiss, "\n".join(amiss)
    assert examined >= MUST_BE_OPENED, sorted(MUST_BE_OPENED - examined)


def _open_everything(person: Visitor, mailbox: str, examined: set[str]) -> set[str]:
    """Open one page of every kind that this person's links lead to."""
    first = urlsplit(person.page.url).path
    main = set(_links("".join(NAVIGATION.findall(person.page.content())), person.office.url))
    opened: set[str] = set()
    waiting = deque([first, *sorted(main)])
    while waiting:
        address = waiting.popleft()
        try:
            kind = _kind_of_page(address)
        except Resolver404:
            person.faults.append(f"a link leads nowhere: {address}")
            continue
        if kind in opened:
            continue
        opened.add(kind)
        if DOWNLOADS.search(urlsplit(address).path):
            person.fetch(address)
            continue
        if kind not in examined or kind == "casework:my_work":
            examined.add(kind)
            text = person.go(address, f"{mailbox} {kind}").page.content()
        elif address in main:
            person.page.goto(address)
            text = person.page.content()
        else:
            text = person.fetch(address)
        waiting.extend(_links(text, person.office.url))
    return opened
