"""Files of referrals: in-year leavers, referrals, independent schools' admissions.

Every row goes the way that a form goes. A row that was received before, from this file or from
another, is the same referral and is not made twice.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from onroll.office.casework.actions.referrals import receive, refuse_impossible, take_back, tidy
from onroll.office.casework.queries.answers import (
    ENQUIRIES,
    EnquiryTold,
    Form,
    PersonTold,
    ReferralAnswers,
    Route,
    Source,
)
from onroll.office.casework.queries.referrals import by_keys, received_before
from onroll.office.intake.kinds import Applied, Checked, Column, Fault, Loader, Row
from onroll.office.intake.reading.cells import (
    a_date,
    a_postcode,
    a_upn,
    an_email,
    one_of,
    text_of,
    yes_or_no,
)
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.schools.queries import school_told
from onroll.statute.codes import DELETION_GROUNDS

_SOURCES = {value: label for value, label in Source.choices if value not in ("public", "family")}
_SEXES = {"F": "Female", "M": "Male", "U": "Not known"}
_DEPARTURES = {"school": "School", "area": "Area", "country": "Country", "temporary": "Temporary"}
_GROUNDS = {code.key: f"9(1)({code.key})" for code in DELETION_GROUNDS}
_TABLE = "casework.Referral"

_CHILD = (
    Column("given_names", "Given names", text_of(100), True, "As in the register", "Ada"),
    Column("family_name", "Family name", text_of(100), True, "As in the register", "Example"),
    Column("born_on", "Date of birth", a_date, True, "Day first, year in full", "14/02/2015"),
    Column("sex", "Sex", one_of(_SEXES), False, "Female, Male or Not known", "Female"),
    Column("upn", "UPN", a_upn, False, "13 characters", ""),
    Column(
        "address",
        "Address",
        text_of(500),
        False,
        "Home, or the last one known",
        "1 Elm Row, Ashcombe",
    ),
    Column("postcode", "Postcode", a_postcode, False, "", "ZZ1 4AB"),
)
_SCHOOL = Column(
    "school", "School", text_of(150), True, "URN, DfE number (999/4001) or whole name", "999/4001"
)  # fmt: skip
_CARER = (
    Column("carer_name", "Parent or carer", text_of(100), False, "Full name", "Grace Example"),
    Column("carer_relationship", "Relationship", text_of(50), False, "Mother, father, …", "Mother"),
    Column("carer_telephone", "Parent’s telephone", text_of(40), False, "An emergency number",
           "01632 960123", aliases=("Parent's telephone",)),
    Column("carer_email", "Parent’s e-mail", an_email, False, "", "grace@example.org",
           aliases=("Parent's e-mail",)),
)  # fmt: skip
_REFERRER = (
    Column("referrer_name", "Your name", text_of(100), False, "", "Sam Sender"),
    Column("referrer_role", "Your role", text_of(100), False, "", "Attendance lead"),
    Column("referrer_telephone", "Your telephone", text_of(40), False, "", "01632 960124"),
    Column("referrer_email", "Your e-mail", an_email, False, "", "office@school.example"),
)
_HARM = (
    Column("significant_harm", "Significant harm", yes_or_no, False,
           "Yes or No. If yes, ring children’s social care as well", "No"),
    Column("harm_detail", "What the danger is", text_of(4000), False, "", ""),
    Column("concerns", "Concerns", text_of(4000), False, "Anything we should know", ""),
)  # fmt: skip

LEAVERS = (
    *_CHILD, _SCHOOL,
    Column("last_attended_on", "Last attended", a_date, True, "The last day at school",
           "20/03/2026"),
    Column("deletion_ground", "Ground", one_of(_GROUNDS), False,
           "Letter of regulation 9(1), SI 2024/208: a to o", "g"),
    Column("departure", "Leaving", one_of(_DEPARTURES), False,
           "School, Area, Country or Temporary", "Area"),
    Column("destination", "Destination", text_of(500), False,
           "School, address, area or country, and from when", "Moving to another county"),
    Column("return_expected_on", "Expected back", a_date, False, "Only if away for a time", ""),
    *_CARER, *_HARM, *_REFERRER,
)  # fmt: skip
REFERRALS = (
    *_CHILD, _SCHOOL,
    Column("source", "Referred by", one_of(_SOURCES), False, "School unless you say otherwise",
           "School"),
    Column("on_roll_now", "On roll now", one_of({"yes": "Yes", "no": "No", "unknown": "Not known"}),
           False, "Yes, No or Not known", "Yes"),
    Column("last_attended_on", "Last attended", a_date, False, "", "20/03/2026"),
    Column("child_seen_on", "Child last seen", a_date, False, "By anybody", ""),
    Column("aware_on", "Became aware", a_date, True,
           "When you knew that the child was missing education", "25/03/2026"),
    Column("destination", "Said to be in", text_of(500), False, "School, area or country", ""),
    Column("new_to_country", "New to the country", yes_or_no, False, "Yes or No", "No"),
    Column("reason", "Why", text_of(4000), True, "Why the child is thought to miss education",
           "Not seen since the move"),
    *(Column(f"enquiry_{key}", title, text_of(200), False,
             "Leave empty if not done; else what came of it", "")
      for key, title in ENQUIRIES.items()),
    *_CARER, *_HARM, *_REFERRER,
)  # fmt: skip
ADMISSIONS = (
    *_CHILD, _SCHOOL,
    Column("starts_on", "First day", a_date, True, "First day at your school", "01/04/2026"),
    Column("previous_school", "School before", text_of(150), False, "Last school, or none", ""),
    Column("new_to_country", "New to the country", yes_or_no, False, "Yes or No", "No"),
    *_CARER, *_HARM, *_REFERRER,
)  # fmt: skip

_PLAIN = (
    "given_names", "family_name", "born_on", "sex", "upn", "address", "postcode", "on_roll_now",
    "last_attended_on", "child_seen_on", "aware_on", "departure", "destination",
    "return_expected_on", "deletion_ground", "starts_on", "new_to_country", "reason", "concerns",
    "significant_harm", "harm_detail", "referrer_name", "referrer_role", "referrer_telephone",
    "referrer_email",
)  # fmt: skip


def answers_from(row: Row, form: str) -> ReferralAnswers:
    """Return one row as a form would have given it."""
    given: dict[str, Any] = {name: row[name] for name in _PLAIN if row[name] is not None}
    school = school_told(row["school"] or "")
    default = Source.INDEPENDENT_SCHOOL if form == Form.ADMISSION else Source.SCHOOL
    if row["previous_school"]:
        given["reason"] = f"School before: {row['previous_school']}"
    carer = {
        what: row[f"carer_{what}"] or "" for what in ("name", "relationship", "telephone", "email")
    }
    done = {key: row[f"enquiry_{key}"] for key in ENQUIRIES if row[f"enquiry_{key}"]}
    return tidy(
        ReferralAnswers(
            **given,
            source=row["source"] or default,
            form=form,
            school_id=school.pk if school is not None else None,
            school_told=row["school"] or "",
            carers=(PersonTold(**carer),) if carer["name"] else (),
            # A file says in words what came of it; what that is worth is judged in triage.
            enquiries_made=tuple(EnquiryTold(key, "done") for key in done),
            enquiries_detail="\n".join(f"{ENQUIRIES[key]}: {what}" for key, what in done.items()),
        )
    )


def submission_of(answers: ReferralAnswers) -> UUID:
    """Return the submission of a row: the same for the same words, in whatever file they come."""
    return uuid5(NAMESPACE_URL, f"onroll:referral-row:{answers.digest}")


_WHO_AND_WHEN = (
    "given_names", "family_name", "born_on", "school", "last_attended_on", "aware_on", "starts_on",
)  # fmt: skip


def _repeats(rows: Sequence[Row], columns: Mapping[str, str]) -> list[Fault]:
    """Return the rows that say again what an earlier row says, in every cell that can be read."""
    faults = []
    of_child: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for row in rows:
        alike = of_child[_told(row, "given_names"), _told(row, "family_name")]
        first = next((other for other in alike if _says_the_same(row, other)), None)
        if first is None:
            alike.append(row)
            continue
        named = ", ".join(columns[key] for key in _WHO_AND_WHEN if row[key] is not None)
        faults.append(
            Fault(row.number, named, f"repeats row {first.number} in every column. Keep one.")
        )
    return faults


def _says_the_same(row: Row, other: Row) -> bool:
    unread = row.wrong | other.wrong
    keys = row.values.keys() - unread
    return bool(keys) and all(_told(row, key) == _told(other, key) for key in keys)


def _told(row: Row, key: str) -> object:
    value = row[key]
    return " ".join(value.split()) if isinstance(value, str) else value


def _check(form: str, columns: Mapping[str, str]) -> Callable[..., Checked]:
    def check(*, rows: Sequence[Row], by: Actor, on: date) -> Checked:
        faults: list[Fault] = _repeats(rows, columns)
        seen: dict[UUID, int] = {}
        for row in rows:
            answers = answers_from(row, form)
            if answers.school_id is None:
                faults.append(
                    Fault(row.number, columns["school"],
                          f"“{row['school']}” is not one school that the register knows. Write its "
                          "URN, its DfE number or its whole name.")
                )  # fmt: skip
            seen.setdefault(submission_of(answers), row.number)
            try:
                refuse_impossible(answers, on)
            except Faulty as faulty:
                faults += [
                    Fault(row.number, columns.get(name, ""), says) for name, says in faulty.faults
                ]
        known = len(received_before(seen))
        return Checked(
            faults=tuple(faults),
            differences={"New referrals": len(seen) - known, "Received before": known},
        )

    return check


def _apply(form: str) -> Callable[..., Applied]:
    def apply(*, rows: Sequence[Row], by: Actor, on: date, source: str) -> Applied:
        made: list[tuple[str, int]] = []
        for row in rows:
            answers = answers_from(row, form)
            submission = submission_of(answers)
            is_known = bool(received_before([submission]))
            try:
                referral = receive(
                    answers=answers, submission=submission, route=Route.FILE, by=by, on=on
                )
            except Faulty as faulty:
                raise Faulty(
                    *((f"row:{row.number}", says) for _, says in faulty.faults)
                ) from faulty
            if not is_known:
                made.append((_TABLE, referral.pk))
        return Applied(made=made)

    return apply


def _undo(*, made: Sequence[tuple[str, int]], by: Actor, on: date) -> None:
    pks = [pk for table, pk in made if table == _TABLE]
    take_back(referrals=by_keys(pks), by=by)


def _loader(key: str, title: str, says: str, form: str, columns: tuple[Column, ...]) -> Loader:
    return Loader(
        key=key,
        title=title,
        says=says,
        columns=columns,
        check=_check(form, {column.key: column.name for column in columns}),
        apply=_apply(form),
        undo=_undo,
        permission="referrals.take",
    )


LOADERS = (
    _loader(
        "referrals.leavers",
        "In-year leavers",
        "Pupils who have left a school during the year: one row a child. Each becomes a referral "
        "in triage; a leaver with a destination is no case by itself.",
        Form.LEAVER,
        LEAVERS,
    ),
    _loader(
        "referrals.referrals",
        "CME referrals",
        "Children whom a school or an agency believes to be missing education: one row a child. "
        "If a child may be in danger, ring first.",
        Form.REFERRAL,
        REFERRALS,
    ),
    _loader(
        "referrals.admissions",
        "Independent school admissions",
        "Children admitted by independent schools: one row a child. Each is checked against "
        "open cases in triage and recorded as a place.",
        Form.ADMISSION,
        ADMISSIONS,
    ),
)
