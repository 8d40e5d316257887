"""The files in which a former system's records are brought: what each holds, column by column.

Headings are those of the template; exporters name the same things in other ways, and the usual
ones are taken too. A cell that its column cannot read keeps its row from being placed.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from onroll.office.accounts.models import Post
from onroll.office.casework.models import Contact
from onroll.office.cme.models import Enquiry
from onroll.office.intake.kinds import Applied, Checked, Column, Loader
from onroll.office.intake.reading import folded
from onroll.office.intake.reading.cells import (
    a_date,
    a_text,
    a_whole_number,
    a_year_group,
    one_of,
    text_of,
    yes_or_no,
)
from onroll.office.people.models import Child, ChildAddress, ContactPoint, Relationship
from onroll.office.people.models.flags import FLAGS
from onroll.office.provision.models import HomeEducation
from onroll.office.schools.models import Enrolment
from onroll.statute.codes import DELETION_GROUNDS, HOME_EDUCATION_REASONS


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file: the stem of its name, its title, what a row is, its columns."""

    key: str
    title: str
    says: str
    columns: tuple[Column, ...]

    def columns_of(self, header: Iterable[str]) -> dict[str, Column | None]:
        """Return the column that each name of a header means, None where it is not read."""
        known = {folded(n): c for c in self.columns for n in (c.name, *c.aliases)}
        return {name: known.get(folded(name)) for name in header}

    @property
    def template(self) -> Loader:
        """This layout as the writer of templates takes it; nothing is ever loaded through it."""
        return Loader(
            key=self.key, title=self.title, says=self.says, columns=self.columns,
            check=Checked, apply=Applied,
        )  # fmt: skip


def _a_share(text: str) -> Decimal:
    """A share of full time: 1, 0.6 or 60%."""
    bare = text.strip()
    try:
        share = Decimal(bare.rstrip("%")) / (100 if bare.endswith("%") else 1)
    except InvalidOperation:
        share = Decimal(0)
    if not 0 < share <= 1:
        raise ValueError(f"“{text}” is not a share of full time. Write it as 1 or 0.6.")
    return share.quantize(Decimal("0.01"))


def _a_ground(text: str) -> str:
    """The letter of a ground of deletion, alone or as 9(1)(g)."""
    letter = re.sub(r"^(reg(ulation)?\.?\s*)?9\(1\)|[()\s]", "", text.casefold())
    if letter not in DELETION_GROUNDS:
        raise ValueError(f"“{text}” is not a ground of regulation 9(1). Write its letter, a to o.")
    return letter


def _a_word(choices: Iterable[tuple[str, str]], also: str = "") -> Callable[[str], str]:
    """Return a reader of a listed answer; `also` names other words for some: "m=mother"."""
    read = one_of(dict(choices))
    synonyms = dict(pair.split("=") for pair in also.split("; ") if pair)

    def reader(text: str) -> str:
        return synonyms.get(text.casefold()) or read(text)

    return reader


_RECORDED = Column(
    "known_on", "Recorded on", a_date,
    help="The day on which the former system came to know it. Empty: the day of the migration.",
    example="05/03/2024", aliases=("Date recorded", "Created on", "Date created", "Input date"),
)  # fmt: skip
_PERSON = Column(
    "person_id", "Person ID", text_of(40), required=True,
    help="The child's number in the former system; the same in every file.", example="10001",
    aliases=("Child ID", "Student ID", "Stud ID", "Pupil ID", "Base ID", "Client ID"),
)  # fmt: skip
_CASE = Column(
    "case_id", "Case ID", text_of(40), required=True,
    help="The case's number in the former system.", example="C-501",
    aliases=("Involvement ID", "Case number", "Case ref", "Episode ID"),
)  # fmt: skip
_ROW = Column(
    "row_id", "Row ID", text_of(40), help="The row's own number in the former system, if any.",
    example="1", aliases=("ID", "Record ID", "Address ID", "Flag ID", "History ID", "Entry ID"),
)  # fmt: skip


def _from(help_text: str, *, required: bool = True) -> Column:
    return Column(
        "starts_on", "From", a_date, required=required, help=help_text, example="01/09/2021",
        aliases=("Start date", "Date from", "Start", "Valid from"),
    )  # fmt: skip


_TO = Column(
    "ends_on", "To", a_date, help="The last day on which it held. Empty: it holds still.",
    example="", aliases=("End date", "Date to", "End", "Valid to"),
)  # fmt: skip

CHILDREN = Layout(
    "children", "Children", "One row for each child.",
    (
        _PERSON,
        Column("given_names", "Forename", required=True, example="Aisha",
               aliases=("Forenames", "First name", "Given names", "Legal forename")),
        Column("family_name", "Surname", required=True, example="Example",
               aliases=("Family name", "Last name", "Legal surname")),
        Column("known_as", "Preferred forename", example="",
               aliases=("Known as", "Chosen forename", "Preferred name")),
        Column("former_given_names", "Former forename", example=""),
        Column("former_family_name", "Former surname", example="Sample",
               aliases=("Previous surname", "Other surname")),
        Column("former_until", "Former name until", a_date, example="31/08/2022",
               help="The last day on which the former name was used. Empty: not known."),
        Column("born_on", "Date of birth", a_date, example="27/03/2014",
               aliases=("DOB", "Birth date")),
        Column("is_estimated", "Date of birth estimated", yes_or_no, example="No",
               aliases=("DOB estimated",)),
        Column("sex", "Sex", _a_word(Child.Sex.choices, "unknown=U; not known=U"),
               example="F", aliases=("Gender", "Legal sex"), help="F, M or U (not known)."),
        Column("upn", "UPN", example="", aliases=("Unique pupil number",)),
        Column("former_upn", "Former UPN", example="", aliases=("Previous UPN",)),
        Column("nhs", "NHS number", example="", aliases=("NHS no",)),
        Column("uln", "ULN", example="", aliases=("Unique learner number",)),
        Column("social_care", "Social care ID", example="",
               aliases=("Social care number", "Mosaic ID", "LCS ID")),
        Column("ethnicity", "Ethnicity", text_of(4), example="APKN",
               help="The school census code.", aliases=("Ethnicity code", "Ethnic code")),
        Column("first_language", "First language", example="Urdu", aliases=("Home language",)),
        Column("needs_interpreter", "Interpreter needed", yes_or_no, example="No"),
        Column("died_on", "Date of death", a_date, example=""),
        Column("known_from", "Known from", a_date, example="",
               help="The day from which the name and the UPN held. Empty: from birth.",
               aliases=("Date first known", "Start date")),
        _RECORDED,
    ),
)  # fmt: skip

ADDRESSES = Layout(
    "addresses", "Addresses", "One row for each address at which a child lives or lived.",
    (
        _ROW,
        _PERSON,
        Column("use", "Address type", _a_word(
            ChildAddress.Use.choices,
            "main=home; main home=home; current=home; previous=home; h=home; "
            "contact=correspondence; mailing=correspondence; temp=temporary"),
            example="Home", help="Home, Second home, Temporary, or For letters."),
        Column("line_1", "Address line 1", required=True, example="1 Example Street",
               aliases=("House and street", "Line 1", "Address 1")),
        Column("line_2", "Address line 2", example="", aliases=("Line 2", "Address 2")),
        Column("town", "Town", example="Ashcombe", aliases=("Post town", "City")),
        Column("postcode", "Postcode", text_of(12), example="ZZ1 4AB", aliases=("Post code",)),
        Column("uprn", "UPRN", text_of(12), example=""),
        _from("The first day at the address."),
        _TO,
        _RECORDED,
    ),
)  # fmt: skip

CARERS = Layout(
    "carers", "Carers", "One row for each adult beside each child; an adult keeps one Carer ID.",
    (
        Column("carer_id", "Carer ID", text_of(40), required=True, example="A-77",
               aliases=("Contact ID", "Adult ID", "Parent ID")),
        _PERSON,
        Column("title", "Title", text_of(20), example="Ms"),
        Column("given_names", "Forename", example="Nadia", aliases=("First name", "Forenames")),
        Column("family_name", "Surname", required=True, example="Example",
               aliases=("Family name", "Last name")),
        Column("kind", "Relationship", _a_word(
            Relationship.Kind.choices,
            "mum=mother; dad=father; stepfather=step_parent; stepmother=step_parent; "
            "foster parent=foster_carer; grandmother=grandparent; grandfather=grandparent; "
            "aunt=relative; uncle=relative; childminder=other; social worker=other"),
            required=True, example="Mother"),
        Column("parental_responsibility", "Parental responsibility",
               _a_word(Relationship.Responsibility.choices, "y=yes; n=no; not known=unknown"),
               example="Yes", aliases=("PR",)),
        Column("lives_with", "Lives with the child", yes_or_no, example="Yes",
               aliases=("Same address",)),
        Column("contact", "May be contacted",
               _a_word(Relationship.Contact.choices, "y=yes; n=no; not known=unknown"),
               example="Yes", help="Empty: not yet checked."),
        Column("priority", "Priority", a_whole_number, example="1", aliases=("Contact order",)),
        Column("telephone", "Telephone", text_of(30), example="01632 960123",
               aliases=("Home telephone", "Landline")),
        Column("mobile", "Mobile", text_of(30), example="07700 900123",
               aliases=("Mobile telephone",)),
        Column("email", "E-mail", text_of(200), example="n.example@example.org",
               aliases=("Email", "Email address")),
        Column("safe", "Safe to use", _a_word(ContactPoint.Safe.choices, "y=yes; n=no"),
               example="", help="Whether these numbers are safe to use. Empty: not yet checked."),
        Column("first_language", "First language", example=""),
        Column("needs_interpreter", "Interpreter needed", yes_or_no, example=""),
        _from("Empty: from the day of the migration.", required=False),
        _TO,
        _RECORDED,
    ),
)  # fmt: skip

FLAG_LIST = Layout(
    "flags", "Flags", "One row for each vulnerability or status, from when to when.",
    (
        _ROW,
        _PERSON,
        Column("flag", "Flag", one_of({kind.key: kind.title for kind in FLAGS}), required=True,
               example="Child in need", aliases=("Vulnerability", "Status", "Need"),
               help="A flag of the program, by its title or key."),
        Column("detail", "Detail", example="", aliases=("Comment", "Notes")),
        _from("The first day on which it held."),
        _TO,
        _RECORDED,
    ),
)  # fmt: skip

ROLL = Layout(
    "roll", "Roll history", "One row for each time that a child was on a school's roll.",
    (
        _ROW,
        _PERSON,
        Column("school", "School", required=True, example="123456",
               aliases=("URN", "School URN", "DfE number", "School name", "Base"),
               help="The URN, the number as 999/4001, or the whole name. Import GIAS first."),
        Column("starts_on", "Date of admission", a_date, required=True, example="01/09/2021",
               aliases=("Admission date", "Start date", "From", "Date from")),
        Column("ends_on", "Date of leaving", a_date, example="",
               aliases=("Leaving date", "End date", "To", "Date to")),
        Column("status", "Enrolment status", _a_word(
            Enrolment.Status.choices, "current=C; main=M; dual main=M; subsidiary=S; "
            "dual subsidiary=S; guest=G"), example="C"),
        Column("year_group", "Year group", a_year_group, example="",
               help="Only where the child was taught out of cohort.", aliases=("NCY", "NC year")),
        Column("ground", "Ground of deletion", _a_ground, example="",
               help="The letter of regulation 9(1), for deletions from 19 August 2024."),
        Column("destination", "Destination", example="",
               aliases=("Reason for leaving", "Leaving reason", "Destination school")),
        _RECORDED,
    ),
)  # fmt: skip

CASES = Layout(
    "cases", "Cases",
    "One row for each case. Missing education becomes a case; home education a fact about the "
    "child; any other kind is kept as history.",
    (
        _CASE,
        _PERSON,
        Column("kind", "Case type", required=True, example="Missing education",
               aliases=("Involvement type", "Service", "Kind", "Type")),
        Column("notified_on", "Date notified", a_date, example="02/11/2023",
               aliases=("Referral date", "Date referred", "Date received")),
        Column("opened_on", "Date opened", a_date, required=True, example="03/11/2023",
               aliases=("Start date", "Open date", "Date from")),
        Column("closed_on", "Date closed", a_date, example="20/01/2024",
               aliases=("End date", "Close date", "Date to")),
        Column("state", "Stage", example="", aliases=("State",),
               help="Of an open case: a state of the program. Empty: tracing."),
        Column("outcome", "Outcome", example="On a school roll and started",
               aliases=("Closure reason", "Reason closed", "Result")),
        Column("reason", "Reason", example="Unknown", aliases=("Reason missing", "CME reason"),
               help="A national reason or one of the authority's own."),
        Column("missing_from", "Missing from", a_date, example="01/11/2023",
               aliases=("Date missing from",), help="Empty: the day of notification."),
        Column("last_attended_on", "Last attended", a_date, example="",
               aliases=("Date last attended", "Last seen at school")),
        Column("last_school", "Last school", example="", aliases=("Previous school",)),
        Column("next_school", "New school", example="", aliases=("School secured",)),
        Column("suitability", "Suitability", _a_word(
            HomeEducation.Suitability.choices, "yes=suitable; no=unsuitable"), example="",
            help="Of home education. Empty: not yet assessed."),
        Column("worker", "Key worker", example="a.person@council.example",
               help="The e-mail address of somebody who signs in here; a name is kept in words.",
               aliases=("Case worker", "Officer", "Allocated to", "Owner")),
        Column("team", "Team", example="", help="A team of the program, by its name or key."),
        Column("is_urgent", "Urgent", yes_or_no, example="No", aliases=("Priority case",)),
        _RECORDED,
    ),
)  # fmt: skip

HISTORY = Layout(
    "case_history", "Case history",
    "One row for each contact, note and enquiry on a case.",
    (
        _ROW,
        _CASE,
        Column("what", "Entry type", required=True, example="Home visit",
               help="Contact, Note or Enquiry; or a channel, such as Telephone or Home visit.",
               aliases=("What", "Type", "Action type", "Event type")),
        Column("on", "Date", a_date, required=True, example="04/11/2023",
               aliases=("Event date", "Action date", "Entry date", "Date asked")),
        Column("channel", "Channel", _a_word(
            Contact.Channel.choices, "phone=telephone; phone call=telephone; home visit=visit"),
            example="", aliases=("Method", "Contact method")),
        Column("with_whom", "With", _a_word(
            Contact.With.choices, "parent=carer; mother=carer; father=carer; other=family"),
            example="Parent or carer", aliases=("With whom", "Contact with")),
        Column("name", "Name", example="", aliases=("Contact name", "Person contacted")),
        Column("result", "Result", example="No answer", aliases=("Outcome", "Response")),
        Column("child_seen", "Child seen", yes_or_no, example="No"),
        Column("child_spoken_to", "Child spoken to", yes_or_no, example="No"),
        Column("childs_voice", "Child’s voice", example="",
               aliases=("Child's voice", "Views of the child")),
        Column("account", "Account", example="Nobody came to the door.",
               aliases=("Text", "Notes", "Details", "Narrative", "Comment")),
        Column("enquiry", "Enquiry", example="", aliases=("Enquiry type", "Check"),
               help="Of an enquiry: which one of the program's list."),
        Column("asked_of", "Asked of", example="", aliases=("Agency",)),
        Column("answered_on", "Date answered", a_date, example="", aliases=("Response date",)),
        Column("strength", "Strength of evidence", _a_word(
            [c for c in Enquiry.Strength.choices if c[0]], ""), example=""),
        Column("officer", "Officer", example="A. Person",
               aliases=("Recorded by", "Created by", "Worker", "Author")),
        _RECORDED,
    ),
)  # fmt: skip

POSTS = Layout(
    "posts", "Posts", "One row for each person who held a post, from when to when.",
    (
        Column("title", "Post title", required=True, example="Attendance officer",
               aliases=("Post", "Job title")),
        Column("category", "Counted as", text_of(60), required=True, example="attendance_officer",
               help="The category under which posts are counted.", aliases=("Category",)),
        Column("holder", "Holder", required=True, example="A. Person",
               aliases=("Name", "Post holder")),
        _from("The first day in the post."),
        _TO,
        Column("share", "Full-time equivalent", _a_share, example="0.6", aliases=("FTE",)),
        Column("employer", "Employer", _a_word(Post.Employer.choices), example="The authority"),
        Column("established_on", "Established on", a_date, example="",
               help="The day on which the post was set up. Empty: its first holder's first day."),
    ),
)  # fmt: skip

RECORDING = Layout(
    "recording", "When recording began",
    "One row for each series: since when it was recorded, and what to say of the time before.",
    (
        Column("series", "Series", text_of(80), required=True, example="cases.example",
               help="cases.cme for cases of missing education; posts.attendance_officer."),
        Column("began_on", "Recording began", a_date, required=True, example="01/01/2001",
               aliases=("Began on", "Date began")),
        Column("says", "What to say of the time before",
               example="Such cases were not recorded before 2001.",
               aliases=("Says", "Caveat")),
    ),
)  # fmt: skip

TOTALS = Layout(
    "totals", "Totals", "The former system's own count of rows in each file, to compare.",
    (
        Column("file", "File", required=True, example="children", aliases=("Table",)),
        Column("rows", "Rows", a_whole_number, required=True, example="20000",
               aliases=("Count", "Total")),
    ),
)  # fmt: skip

CODES = Layout(
    "codes", "Codes", "What the former system's codes mean here, so that exports need no editing.",
    (
        Column("file", "File", required=True, example="cases"),
        Column("column", "Column", required=True, example="Outcome"),
        Column("theirs", "Code there", required=True, example="RTS"),
        Column("ours", "Meaning here", example="On a school roll and started",
               help="As the column of that file wants it. Empty: leave the cell empty."),
    ),
)  # fmt: skip

DECISIONS = Layout(
    "decisions", "Decisions",
    "What a person decided of a child who may be known already.",
    (
        _PERSON,
        Column("same_as", "Same as", a_text, required=True, example="new",
               help="The reference of the child here, another Person ID, or: new."),
    ),
)  # fmt: skip

# In the order in which they are placed: what a row needs comes before it.
PLACED: tuple[Layout, ...] = (
    CHILDREN, ADDRESSES, CARERS, FLAG_LIST, ROLL, CASES, HISTORY, POSTS, RECORDING,
)  # fmt: skip
BESIDE: tuple[Layout, ...] = (TOTALS, CODES, DECISIONS)
LAYOUTS: Mapping[str, Layout] = {layout.key: layout for layout in (*PLACED, *BESIDE)}
HOME_REASONS = dict(HOME_EDUCATION_REASONS.choices())
