"""Files of schools: DfE's register, its links, and whom to ring in each school."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import models

from onroll.office.intake.kinds import Applied, Checked, Column, Fault, Loader, Row
from onroll.office.intake.reading import cells
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Refused
from onroll.office.schools import actions, extract, queries
from onroll.office.schools.extract import Establishment

_HELP = {
    "EstablishmentName": "The name of the school.",
    "LA (code)": "The authority's three digits.",
    "OpenDate": "dd-mm-yyyy.",
    "CloseDate": "dd-mm-yyyy.",
    "PhaseOfEducation (name)": "In words, such as Primary.",
}
_EXAMPLES = {
    "LA (code)": "999",
    "EstablishmentNumber": "4001",
    "EstablishmentName": "Example Academy",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (name)": "Secondary",
    "OpenDate": "01-09-2012",
    "Postcode": "ZZ1 4AB",
    "TelephoneNum": "01632960123",
}


def _register_columns() -> tuple[Column, ...]:
    names = [*extract.FIELDS, *extract.ADDRESS, *extract.HEAD]
    return (
        Column("URN", "URN", required=True, help="DfE's number of the school.", example="900001"),
        *(
            Column(
                name,
                name,
                required=name == "EstablishmentName",
                help=_HELP.get(name, "As DfE publishes it."),
                example=_EXAMPLES.get(name, ""),
            )
            for name in names
        ),
    )


def _establishments(rows: Sequence[Row]) -> Iterator[Establishment]:
    for row in rows:
        given = {key: value or "" for key, value in row.values.items()} | dict(row.extra)
        yield extract.establishment(given, row=row.number)


def check_register(*, rows: Sequence[Row], by: Actor, on: date) -> Checked:
    """Say what loading the register would change."""
    faults = [
        Fault(row.number, "URN", f"“{row['URN']}” is not a URN.")
        for row in rows
        if "URN" not in row.wrong
        and not (str(row["URN"]).isdecimal() and 0 < int(row["URN"]) < 2**31)
    ]
    if faults or any(row.wrong for row in rows):
        return Checked(faults=tuple(faults))
    found = actions.load_gias(_establishments(rows), by=by, on=on, dry=True)
    return Checked(
        differences={
            "Schools added": found.added,
            "Schools changed": found.changed,
            "Schools that stay as they are": found.unchanged,
        }
    )


def apply_register(*, rows: Sequence[Row], by: Actor, on: date, source: str) -> Applied:
    """Bring the register up to the file."""
    actions.load_gias(_establishments(rows), by=by, on=on)
    return Applied()


REGISTER = Loader(
    key="schools.register",
    title="Schools (DfE's register)",
    says="The “Establishment fields CSV” of Get Information about Schools, as it is published. "
    "The whole country is too large for this screen: cut it to your area, or have it loaded by "
    "the command. No school is ever deleted by it.",
    columns=_register_columns(),
    check=check_register,
    apply=apply_register,
    keeps_unknown_columns=True,
    no_undo="A load of the register is not undone: load the file of an earlier day to go back.",
    unique=("URN",),
)


def check_contacts(*, rows: Sequence[Row], by: Actor, on: date) -> Checked:
    """Say which schools are not known, and how many contacts are new."""
    faults, new = [], 0
    for row in rows:
        school = None if "school" in row.wrong else queries.school_for(row["school"])
        if school is None:
            faults.append(Fault(row.number, "School", _unknown(row["school"] or "")))
        elif not row.wrong and not _held(school, row, on):
            new += 1
        if not {"telephone", "email"} & row.wrong and not row["telephone"] and not row["email"]:
            faults.append(
                Fault(row.number, "Telephone", "needs a telephone number or an e-mail address.")
            )
    known = len(rows) - new - len({fault.row for fault in faults})
    return Checked(
        faults=tuple(faults),
        differences={"Contacts added": new, "Contacts already recorded": max(known, 0)},
    )


def apply_contacts(*, rows: Sequence[Row], by: Actor, on: date, source: str) -> Applied:
    """Record the contacts that are not recorded yet."""
    made = []
    for row in rows:
        school = queries.school_for(row["school"])
        assert school is not None
        if _held(school, row, on):
            continue
        contact = actions.record_contact(
            school=school,
            role=row["role"],
            name=row["name"],
            telephone=row["telephone"] or "",
            email=row["email"] or "",
            starts_on=row["starts_on"] or on,
            by=by,
            source=source,
        )
        made.append((contact._meta.label, contact.pk))
    return Applied(made=made)


def undo_contacts(*, made: Sequence[tuple[str, int]], by: Actor, on: date) -> None:
    """Withdraw the contacts, unless one has been changed since."""
    for contact in queries.contacts_as_recorded([key for _, key in made]):
        if contact.superseded_at is not None:
            raise Refused(
                f"{contact.name} at {contact.school} was changed since: nothing was taken back."
            )
        actions.withdraw_contact(contact=contact, by=by)


def _held(school: models.Model, row: Row, on: date) -> bool:
    return any(
        held.role == row["role"] and held.name.casefold() == row["name"].casefold()
        for held in queries.contacts(school, on)  # type: ignore[arg-type]
    )


def _unknown(text: str) -> str:
    near = queries.find_schools(text, most=1) if text else []
    hint = f" Did you mean {near[0].name} (URN {near[0].urn})?" if near else ""
    return f"“{text}” is not a school that is known here. Give its URN.{hint}"


CONTACTS = Loader(
    key="schools.contacts",
    title="Schools' contacts",
    says="Whom to ring in each school: senior attendance leader, safeguarding lead, champions.",
    columns=(
        Column(
            "school",
            "School",
            required=True,
            help="The school's URN, its number like 999/4001, or its whole name.",
            example="900001",
            aliases=("URN", "School URN"),
        ),
        Column(
            "role",
            "Role",
            cells.one_of(dict(queries.CONTACT_ROLES)),
            required=True,
            help="; ".join(words for _, words in queries.CONTACT_ROLES),
            example="Senior attendance leader",
        ),
        Column("name", "Name", cells.text_of(120), required=True, example="Sam Example"),
        Column("telephone", "Telephone", cells.text_of(40), example="01632 960123"),
        Column("email", "E-mail", cells.an_email, aliases=("Email",), example="sam@example.org"),
        Column(
            "starts_on",
            "From",
            cells.a_date,
            help="The day from which they are the one to ring; today where it is left empty.",
            example="01/09/2025",
        ),
    ),
    check=check_contacts,
    apply=apply_contacts,
    undo=undo_contacts,
    permission="imports.apply",
    unique=("school", "role", "name"),
)

LOADERS = (REGISTER, CONTACTS)
