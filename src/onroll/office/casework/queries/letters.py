"""Reads of letters: templates and their versions, to whom one can write, what is on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from onroll.office.accounts.models import Team
from onroll.office.accounts.queries import letterhead
from onroll.office.casework import letters
from onroll.office.casework.models import Case, Letter, LetterTemplate
from onroll.office.casework.queries.cases import case_for
from onroll.office.casework.queries.clocks import clocks
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.people.models import Carer, ContactPoint, Relationship
from onroll.office.people.queries import children as people
from onroll.office.people.queries import particulars, sealed
from onroll.office.schools import queries as schools
from onroll.office.schools.models import Enrolment
from onroll.statute.working import in_sentences
from onroll.statute.writing import written_with_weekday

RECIPIENTS = tuple(LetterTemplate.To.choices)
STATES = tuple(Letter.State.choices)
FIELDS = letters.FIELDS
DEAR_NOBODY = "Dear Sir or Madam"
HELD_BACK = ("[address held back]",)
CONTACT = Relationship.Contact
SAFE = ContactPoint.Safe


def case_to_write_on(actor: Actor, ref: str) -> Case:
    """Return a case of a child whom this person may know of, sealed or not. Raises Unknown."""
    case = case_for(actor, ref)
    people.child_by_key(actor, case.child_id)
    return case


def templates(*, kind: str = "", to: str = "") -> list[LetterTemplate]:
    """Return the current templates, for a kind of case and a recipient where they are given."""
    found = LetterTemplate.objects.filter(is_current=True).defer("word")
    if kind:
        found = found.filter(kind__in=["", kind])
    if to:
        found = found.filter(to=to)
    order = {key: i for i, (key, _) in enumerate(RECIPIENTS)}
    return sorted(found.select_related("made_by"), key=lambda t: (order.get(t.to, 9), t.title))


def template_for(key: str, version: int | None = None) -> LetterTemplate:
    """Return the current version of a template, or an earlier one. Raises Unknown."""
    wanted = {"is_current": True} if version is None else {"version": version}
    found = LetterTemplate.objects.filter(key=key, **wanted).select_related("made_by").first()
    if found is None:
        raise Unknown(f"There is no template of letters called {key!r}.")
    return found


def retired() -> list[LetterTemplate]:
    """Return the last version of each template that is no longer used."""
    newest = LetterTemplate.objects.order_by("key", "-version").distinct("key").defer("word")
    return sorted((t for t in newest if not t.is_current), key=lambda t: t.title)


def last_version(key: str) -> LetterTemplate:
    """Return the last version of a template, used or not. Raises Unknown."""
    found = LetterTemplate.objects.filter(key=key).select_related("made_by").order_by("-version")
    if not found:
        raise Unknown(f"There is no template of letters called {key!r}.")
    return found[0]


def versions(key: str) -> list[LetterTemplate]:
    """Return every version of a template, newest first."""
    found = LetterTemplate.objects.filter(key=key).defer("word").select_related("made_by")
    return list(found.order_by("-version"))


def letters_of(case: Case, *, state: str = "") -> list[Letter]:
    """Return the letters of a case, newest first."""
    found = Letter.objects.filter(case=case).select_related("template", "written_by")
    if state:
        found = found.filter(state=state)
    return list(found.order_by("-written_on", "-pk"))


def letter_for(case: Case, pk: int) -> Letter:
    """Return one letter of a case. Raises Unknown."""
    found = (
        Letter.objects.filter(case=case, pk=pk)
        .select_related("case__child", "template", "carer", "written_by")
        .first()
    )
    if found is None:
        raise Unknown(f"There is no letter {pk} on this case.")
    return found


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to whom a letter can be written, as they are known today."""

    name: str
    lines: tuple[str, ...]  # the address, without the name; nothing when none is known
    greeting: str = ""
    carer: Carer | None = None
    contact: str = ""  # whether a carer may be contacted; "" = no longer beside the child
    safe: str = ""  # whether a carer's address is safe to write to
    says: str = ""  # who they are to the child


def carers(case: Case, *, by: Actor, on: date) -> list[Recipient]:
    """Return the carers of the child, the one to contact first before the others.

    A letter on a case that is not sealed can be read by people who are not cleared: it never
    takes an address that is sealed for a brother or sister, whoever writes.
    """
    if not sealed.is_sealed(case.child_id):
        by = replace(by, permissions=by.permissions - {"sealed.read"})
    return [_carer(known) for known in people.carers(case.child, by=by, on=on)]


def carer_recipient(case: Case, pk: int, *, by: Actor, on: date) -> Recipient:
    """Return one carer of the child as a recipient. Raises Unknown."""
    found = next((r for r in carers(case, by=by, on=on) if r.carer and r.carer.pk == pk), None)
    if found is None:
        raise Unknown("There is no such person beside this child.")
    return found


def recipient_of(letter: Letter, *, by: Actor, on: date) -> Recipient:
    """Return the recipient of a letter as known today: a carer's address is asked for anew."""
    if letter.carer_id is None:
        return Recipient(letter.recipient, tuple(x for x in letter.address.split("\n") if x))
    try:
        return carer_recipient(letter.case, letter.carer_id, by=by, on=on)
    except Unknown:
        return Recipient(letter.recipient, (), carer=letter.carer)


def _carer(known: people.KnownCarer) -> Recipient:
    carer, home = known.carer, known.addresses[0] if known.addresses else None
    return Recipient(
        name=str(carer),
        lines=_lines(home.line_1, home.line_2, home.town, home.postcode) if home else (),
        greeting=f"Dear {f'{carer.title} {carer.family_name}' if carer.title else carer}",
        carer=carer,
        contact=known.relationship.contact,
        safe=home.safe if home else "",
        says=known.relationship.get_kind_display(),
    )


def _lines(*lines: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def school_recipient(pk: int) -> Recipient:
    """Return the head of a school as a recipient. Raises Unknown."""
    school = schools.school(pk)
    lines = _lines(school.name, *school.address.split(","), school.town, school.postcode)
    greeting = f"Dear {school.head}" if school.head else DEAR_NOBODY
    return Recipient(school.head or "The headteacher", lines, greeting)


def school_of(case: Case, *, by: Actor) -> str:
    """Return the key of the school at which the child is or was last, for a form."""
    newest = _newest_entry(case.child_id, by=by)
    return str(newest.school_id) if newest else ""


def _newest_entry(child: int, *, by: Actor) -> Enrolment | None:
    entries = schools.roll(child, by=by)
    return max(entries, key=lambda e: (e.ends_on is None, e.starts_on), default=None)


def values_for(case: Case, recipient: Recipient, *, by: Actor, on: date) -> dict[str, str]:
    """Return the value of each published field that can be known; the writer fills in the rest.

    Only who the child is and where to reach the team: no flag, no risk, no health, no address.
    The school of a sealed child is left to the writer, because it tells where the child is.
    """
    child = case.child
    head = letterhead(case.team)
    newest = None if sealed.is_sealed(child.pk) else _newest_entry(child.pk, by=by)
    greeting = recipient.greeting or DEAR_NOBODY
    return {
        "child_name": str(child),
        "child_given_name": child.known_as or child.given_names,
        "child_date_of_birth": _day(child.born_on) if child.born_on else "",
        "child_year_group": people.year_group_words(
            child, on, taught=particulars.years_taught([child.pk], on).get(child.pk)
        ),
        "our_reference": case.ref,
        "today": _day(on),
        "recipient_name": recipient.name,
        "greeting": greeting,
        "closing": "Yours faithfully" if greeting == DEAR_NOBODY else "Yours sincerely",
        "key_worker": str(case.owner) if case.owner else "",
        "team": head.team or head.authority,
        "team_telephone": head.telephone,
        "team_email": head.email,
        "authority": head.authority,
        "authority_website": head.website,
        "school_name": str(newest.school) if newest else "",
        **_deadline(case, on),
    }


def _deadline(case: Case, on: date) -> dict[str, str]:
    """Return the case's most pressing deadline and how it was counted, if one is running.

    Not of a sealed child: whose term dates were counted tells the school.
    """
    if sealed.is_sealed(case.child_id):
        return {}
    running = (c for c in clocks(case, on) if c.stopped_on is None and c.duty.is_deadline)
    for pressing in running:
        if pressing.due is not None:
            working = in_sentences(pressing)
            return {"deadline": written_with_weekday(pressing.due), "deadline_working": working}
    return {}


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def sheet_of(
    letter: Letter, *, by: Actor, on: date, is_draft: bool, shows_address: bool
) -> letters.Sheet:
    """Return a letter as it stands on the page. A held letter shows no address."""
    lines: tuple[str, ...] = ()  # once issued, it stands in the file that was issued
    if shows_address:
        lines = recipient_of(letter, by=by, on=on).lines
    elif letter.state in {Letter.State.DRAFT, Letter.State.HELD}:
        lines = HELD_BACK
    return _sheet(
        letter.case.team, letter.case.ref, letter.subject, letter.body,
        (letter.recipient, *lines), on, is_draft,
    )  # fmt: skip


def example_sheet(subject: str, body: str) -> letters.Sheet:
    """Return a template filled with examples. Raises UnknownField."""
    values = dict(letters.EXAMPLES)
    return _sheet(
        None, values["our_reference"], letters.fill(subject, values), letters.fill(body, values),
        (values["recipient_name"], "12 High Street", "Ashcombe", "ZZ1 4AB"),
        date(2026, 3, 5), is_draft=True,
    )  # fmt: skip


def _sheet(
    team: Team | None, reference: str, subject: str, body: str, address: Sequence[str], on: date,
    is_draft: bool,
) -> letters.Sheet:  # fmt: skip
    head = letterhead(team)
    greeting, parts = letters.blocks(body)
    own = (head.team, head.telephone, head.email, head.website)
    return letters.Sheet(
        authority=head.authority,
        sender=tuple(x for x in (*head.lines, head.postcode, *own) if x),
        colour=head.brand_colour,
        address=tuple(line for line in address if line),
        on=on,
        reference=reference,
        greeting=greeting,
        subject=subject,
        blocks=parts,
        is_draft=is_draft,
    )


def field_rows() -> Mapping[str, list[letters.Field]]:
    """Return the published fields: those filled in by themselves, and those left to the writer."""
    return {
        "Filled in by themselves": [f for f in FIELDS if not f.is_asked],
        "Left to the writer": [f for f in FIELDS if f.is_asked],
    }
