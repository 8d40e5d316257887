"""Invented children, cases and questions for the style guide."""

from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

from django import forms

from onroll.office.web.components import (
    Badge,
    ChildBanner,
    ClockFace,
    CountedDay,
    Factor,
    Moment,
    Risk,
)
from onroll.office.web.forms import (
    ChooseMany,
    ChooseOne,
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    OneBoxDateField,
    PublicForm,
    ShortText,
    UploadField,
    YesNo,
)

TODAY = date(2026, 3, 5)
PAGE_SIZE = 8


class ExampleForm(GovukForm):
    """One of every question."""

    names: ClassVar[dict[str, str]] = {"last_seen_on": "date the child was last seen"}
    sections = [
        ("The child", ["family_name", "upn", "born_on", "year_group"]),
        ("What is known", ["last_seen_on", "whereabouts", "worries", "is_in_danger", "account"]),
        ("Papers", ["letter", "email", "agreed"]),
    ]

    family_name = ShortText(label="Family name", width=20, max_length=60)
    upn = ShortText(
        label="UPN", width=20, required=False, help_text="13 characters, for example A123456789012"
    )
    born_on = DateField(
        label="Date of birth", not_in_future=True, help_text="For example, 27 3 2015"
    )
    year_group = forms.ChoiceField(
        label="Year group", choices=[("", "Choose"), *((str(n), f"Year {n}") for n in range(1, 12))]
    )
    last_seen_on = DateField(label="When was the child last seen?", required=False)
    whereabouts = ChooseOne(
        label="Whereabouts",
        choices=[
            ("here", "Known, in this area"),
            ("left", "Known, elsewhere"),
            ("unknown", "Unknown"),
        ],
        hints={"unknown": "Nobody has seen the child or spoken to the family since the report"},
        reveals={"left": ["moved_to", "moved_on"]},
    )
    moved_to = ShortText(label="Where did the child go?", max_length=80)
    moved_on = DateField(label="Date of the move", required=False)
    worries = ChooseMany(
        label="Worries",
        required=False,
        choices=[
            ("social", "Known to social care"),
            ("exploited", "Exploitation"),
            ("other", "Another"),
        ],
        reveals={"other": ["other_worry"]},
    )
    other_worry = ShortText(label="What is the worry?", max_length=80)
    is_in_danger = YesNo(label="Could the child be in danger now?")
    account = LongText(
        label="What happened?", max_length=400, rows=4, help_text="Facts first, then what you think"
    )
    letter = UploadField(
        label="School's letter", required=False, endings=(".pdf", ".docx"), max_bytes=5_000_000
    )
    email = forms.EmailField(label="Your e-mail address")
    agreed = forms.BooleanField(label="I have read this back to the caller")


class ExamplePublicForm(ExampleForm, PublicForm):
    """The same questions for the public."""

    is_small = False


class ExampleFilters(FilterForm):
    """What an officer narrows a worklist by."""

    q = ShortText(label="Name or UPN")
    state = forms.ChoiceField(
        label="State",
        choices=[("", "Any"), ("tracing", "Tracing"), ("placing", "Securing a place")],
    )
    opened_from = OneBoxDateField(label="Opened from", help_text="For example, 5 March 2026")
    flags = ChooseMany(label="Flags", choices=[("ehcp", "EHC plan"), ("cin", "Child in need")])


CHILD = ChildBanner(
    name="Aisha Quennell",
    url="#",
    born_on=date(2015, 3, 27),
    age="10 years",
    year_group="Year 5",
    standing=Badge("Missing education", "red"),
    flags=[
        Badge("EHC plan", "purple"),
        Badge("Child in need", "orange"),
        Badge("Interpreter: Polish", "blue"),
    ],
    identifiers=[("UPN", "H801200001001")],
    note="Visit in twos: a dog at the address (recorded 2 February 2026).",
)


def _working(first: date, last: date) -> tuple[CountedDay, ...]:
    days: list[CountedDay] = []
    counted = 0
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day.weekday() >= 5:
            days.append(CountedDay(day, why="weekend"))
        else:
            counted += 1
            days.append(CountedDay(day, counted))
    return tuple(days)


CLOCKS = (
    ClockFace(
        "First enquiries with the last school",
        "overdue",
        "Overdue by 3 days",
        date(2026, 3, 2),
        started="referral accepted",
        started_on=date(2026, 2, 20),
        limit="6 school days after the event",
        who="the authority",
        counted=6,
        days=_working(date(2026, 2, 23), date(2026, 3, 2)),
        cites="Local practice",
        rule="LOCAL_FIRST_ENQUIRY",
        warning="This is the authority's own rule, not law.",
    ),
    ClockFace("Home visit", "due_soon", "Due tomorrow", date(2026, 3, 6), started="case allocated"),
    ClockFace(
        "Joint enquiries at 10 school days",
        "running",
        "Due in 8 days",
        date(2026, 3, 13),
        started="absence",
    ),
    ClockFace(
        "Acknowledge the referral", "met", "Met", date(2026, 2, 24), started="referral received"
    ),
    ClockFace(
        "Tell the other authority",
        "late",
        "Met 4 days late",
        date(2026, 2, 10),
        started="move confirmed",
    ),
    ClockFace(
        "Return of the deletion",
        "unknown",
        "Term dates needed from 1 September 2026",
        started="name deleted",
    ),
    ClockFace(
        "Refer to social care", "at_once", "Without delay", started="significant harm reported"
    ),
)

RISK = Risk(
    score=71,
    most=100,
    band="High",
    colour="red",
    rule="local risk 2026.1",
    factors=[
        Factor("Whereabouts unknown", 30, "nobody has seen the child since 14 February 2026"),
        Factor("Child in need", 25, "open to social care"),
        Factor("EHC plan", 16),
    ],
)

MOMENTS = (
    Moment(
        date(2026, 3, 4),
        "Home visit: nobody in",
        "Ann Ashworth, CME officer",
        "No answer; neighbour says the family left before half term.",
        url="#",
        badges=[Badge("Contact", "blue")],
    ),
    Moment(
        datetime(2026, 3, 2, 14, 5, tzinfo=UTC),
        "Enquiry sent to the last school",
        "Ann Ashworth",
        badges=[Badge("Enquiry", "teal")],
    ),
    Moment(
        date(2026, 2, 20),
        "Family said to be in Leeds",
        "Bob Birtles",
        "Taken from a call; the caller meant another family.",
        is_corrected=True,
    ),
    Moment(
        date(2026, 2, 14),
        "Left the roll of Holm Lane Primary",
        "From the school's return",
        badges=[Badge("Roll", "grey")],
    ),
)

NAMES = (
    "Aisha Quennell",
    "Tomasz Wren",
    "Leila Marchbanks",
    "Jude Okoro-Field",
    "Mia Penhallow",
    "Noor Castellan",
    "Rhys Umber",
    "Sorrel Blythe",
    "Ivo Larkspur",
    "Edie Thackeray-Moss",
)


BANDS = (
    Risk(88, 100, "High", colour="red"),
    Risk(52, 100, "Medium", colour="orange"),
    Risk(17, 100, "Low"),
)


def cases_of_one_officer() -> list[dict[str, object]]:
    """Enough cases for five pages, in every state."""
    return [
        {
            "name": NAMES[n % len(NAMES)],
            "born_on": date(2010 + n % 9, 1 + n % 12, 1 + n % 28),
            "year": f"Year {1 + n % 11}",
            "reason": ("Left without a destination", "No place offered", "Awaiting school start")[
                n % 3
            ],
            "worker": ("Ann Ashworth", "Bob Birtles", None)[n % 3],
            "clock": CLOCKS[n % len(CLOCKS)],
            "risk": BANDS[n * 3 // 37],
            "seen_on": date(2026, 2, 1 + n % 28) if n % 4 else None,
        }
        for n in range(37)
    ]
