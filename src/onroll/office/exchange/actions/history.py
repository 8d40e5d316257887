"""What was done on cases: contacts, notes, and enquiries with what they brought."""

from typing import Any

from onroll.office.casework.actions import bulk as casework
from onroll.office.casework.queries.cases import CHANNELS, CONTACT_RESULTS
from onroll.office.cme.actions import bulk as cme
from onroll.office.cme.queries import RESULTS
from onroll.office.exchange.actions.book import MEND, Book
from onroll.office.exchange.actions.cases import MISSING
from onroll.office.exchange.actions.reading import Row
from onroll.office.exchange.queries import existing

NOTE, CONTACT, ENQUIRY = "note", "contact", "enquiry"
TYPES = {
    "note": NOTE, "case note": NOTE, "comment": NOTE, "log": NOTE,
    "contact": CONTACT, "enquiry": ENQUIRY, "check": ENQUIRY, "inquiry": ENQUIRY,
}  # fmt: skip
WORDS = {
    "phone": "telephone", "phone call": "telephone", "telephone call": "telephone",
    "visit": "visit", "e-mail": "email", "email": "email", "text": "text", "sms": "text",
}  # fmt: skip
SPOKEN = {"spoke": "spoke", "answered": "spoke", "no reply": "no_answer", "message left":
          "left_message", "not known": "not_known_there"}  # fmt: skip
TOLD = {"found": "located", "nothing": "not_known", "no reply": "no_answer", "not known there":
        "not_known"}  # fmt: skip


def place_history(book: Book) -> None:
    """Place what was done, each entry with its case."""
    channels = _words(CHANNELS, WORDS)
    contacts, notes, enquiries = [], [], []
    templates = existing.enquiry_templates()
    for row in book.readable("case_history"):
        case = book.cases.get(row["case_id"])
        if case is None:
            book.cannot(
                row, "Case ID", f"No case with the number {row['case_id']} was placed.",
                "See what became of that number in cases, or add the case to that file.",
            )  # fmt: skip
            continue
        if row["on"] > book.on:
            book.cannot(row, "Date", "It is in the future.", MEND)
            continue
        told = row["what"].casefold()
        what = TYPES.get(told, CONTACT if told in channels else "")
        if not what:
            book.cannot(
                row, "Entry type", f"“{row['what']}” is not a kind of entry: note, contact, "
                "enquiry, or a channel.", MEND,
            )  # fmt: skip
        elif what == ENQUIRY and case.kind == MISSING:
            if enquiry := _enquiry(book, row, case.pk, templates):
                enquiries.append(enquiry)
                book.placed(row)
        else:
            contact = None
            if what == CONTACT:
                contact = _contact(row, case.pk, row["channel"] or channels.get(told, ""), book)
            if contact:
                contacts.append(contact)
            else:
                notes.append(_note(book, row, case.pk))
            book.placed(row)
    book.keep("casework.Contact", casework.load_contacts(contacts, by=book.by))
    book.keep("casework.Note", casework.load_notes(notes, by=book.by))
    book.keep("cme.Enquiry", cme.load_enquiries(enquiries, by=book.by))


def _words(choices: Any, also: dict[str, str]) -> dict[str, str]:
    known = {str(title).casefold(): str(key) for key, title in choices}
    return also | known | {str(key): str(key) for key, _ in choices}


def _contact(row: Row, case: int, channel: str, book: Book) -> dict[str, Any] | None:
    """Return a contact where its answers are known; what is half told is kept as a note."""
    result = _words(CONTACT_RESULTS, SPOKEN).get(row.text("result").casefold())
    if not channel or not row["with_whom"] or result is None:
        told = {"channel": channel, "with whom": row["with_whom"], "result": result}
        missing = [name for name, answer in told.items() if not answer]
        book.notice(
            row, "Entry type", f"A contact says its channel, with whom and the result; not known: "
            f"{', '.join(missing)}.", "It was kept as a note, word for word.",
        )  # fmt: skip
        return None
    return {
        "case_id": case,
        "on": row["on"],
        "channel": channel,
        "with_whom": row["with_whom"],
        "name": row.text("name"),
        "result": result,
        "attended_by": row.text("officer"),
        "child_seen": bool(row["child_seen"]),
        "child_spoken_to": bool(row["child_spoken_to"]),
        "childs_voice": row.text("childs_voice"),
        "account": row.text("account") or f"No account in {book.origin}.",
        **book.known(row),
    }


def _note(book: Book, row: Row, case: int) -> dict[str, Any]:
    heads = [row["what"]] if row["what"].casefold() not in TYPES else []
    heads += [str(row[key]) for key in ("enquiry", "asked_of", "name", "result") if row[key]]
    if row["child_seen"]:
        heads.append("child seen")
    if row["child_spoken_to"]:
        heads.append("child spoken to")
    text = ". ".join(part for part in (", ".join(heads), row.text("account")) if part)
    if row["childs_voice"]:
        text += f"\nThe child: {row['childs_voice']}"
    by = f" by {row['officer']}" if row["officer"] else ""
    text = f"{text or 'An entry without words.'}\nWritten{by} in {book.origin}."
    return {"case_id": case, "on": row["on"], "text": text, **book.known(row)}


def _enquiry(book: Book, row: Row, case: int, templates: dict[str, Any]) -> dict[str, Any] | None:
    told = row.text("enquiry").casefold()
    template = templates.get(told)
    answered_on = row["answered_on"]
    result = _words(RESULTS, TOLD).get(row.text("result").casefold(), "")
    if template is None:
        book.cannot(
            row, "Enquiry", f"“{row.text('enquiry')}” is not an enquiry of the list here.",
            "Say in codes.csv which enquiry of the list is meant, or change the row to a note.",
        )  # fmt: skip
    elif row["result"] and not result:
        titles = ", ".join(str(title) for _, title in RESULTS)
        book.cannot(row, "Result", f"“{row['result']}” is not one of: {titles}.", MEND)
    elif bool(result) != bool(answered_on):
        book.cannot(
            row, "Date answered", "An answer has its day and its result; one of them is missing.",
            "Give both, or neither.",
        )  # fmt: skip
    elif answered_on and not row["on"] <= answered_on <= book.on:
        book.cannot(row, "Date answered", "It is before the question or in the future.", MEND)
    else:
        by = f" Asked by {row['officer']}." if row["officer"] else ""
        return {
            "case_id": case,
            "template_id": template.pk,
            "asked_of": row.text("asked_of") or template.asked_of,
            "asked_on": row["on"],
            "lawful_basis": template.lawful_basis,
            "answered_on": answered_on,
            "result": result,
            "strength": row.text("strength"),
            "account": f"{row.text('account')}{by} From {book.origin}.".strip(),
            **book.known(row),
        }
    return None
