"""Ashcombe's council: its teams, its people, and a reorganisation that counts run across."""

from datetime import date
from decimal import Decimal

from onroll.office.accounts.actions.rows import (
    AppointmentRow,
    Organisation,
    PostRow,
    Span,
    TeamRow,
    UserRow,
)
from onroll.office.demo.town import AUTHORITY, LOCALITIES, STAFF, TEAMS

DOMAIN = "ashcombe.example"
REORGANISED_ON = date(2018, 4, 1)
MERGED_ON = date(2024, 9, 1)
HERE_SINCE = date(2022, 9, 1)
RECORDING_BEGAN_ON = date(2019, 11, 1)

# When each attendance officer's post was held: five on 1 April 2018, seven on 1 May 2023.
_ATTENDANCE_POSTS = (
    ("C. Barraclough", date(2018, 4, 1), None),
    ("S. Qureshi", date(2018, 4, 1), None),
    ("T. Yeadon", date(2018, 4, 1), date(2021, 8, 31)),
    ("L. Farnell", date(2018, 4, 1), None),
    ("D. Bains", date(2018, 4, 1), None),
    ("M. Okafor", date(2021, 9, 1), None),
    ("J. Tetley", date(2020, 1, 6), None),
    ("P. Nowak", date(2022, 9, 1), None),
)


def organisation(*, school: int) -> Organisation:
    """Return everything about the council; `school` is whose pupils the school user sees."""
    return Organisation(
        authority=AUTHORITY,
        rules=((Span(RECORDING_BEGAN_ON), {"pack": "example"}),),
        bodies=(
            (AUTHORITY["name"], "authority"),
            ("Ashcombe Learning Trust", "commissioned"),
            ("Ashcombe Children's Social Care", "agency"),
        ),
        localities=LOCALITIES,
        areas=tuple(
            (LOCALITIES[n * len(LOCALITIES) // 9], f"ZZ{n + 1}", Span(RECORDING_BEGAN_ON))
            for n in range(9)
        ),
        services=(
            ("Education Entitlement and Enrichment", ""),
            ("Children Missing Out of Education", "Education Entitlement and Enrichment"),
            ("Inclusion and SEND", "Education Entitlement and Enrichment"),
            ("Education Welfare", ""),
        ),
        teams=tuple(_team(n, *team) for n, team in enumerate(TEAMS)),
        users=tuple(_user(*person, school=school) for person in STAFF),
        posts=_posts(),
        appointments=_appointments(),
        cover=((f"officer5@{DOMAIN}", f"officer@{DOMAIN}", Span(date(2026, 11, 16))),),
        recordings=(
            (
                "cases.cme",
                RECORDING_BEGAN_ON,
                "Cases have been recorded since 1 November 2019; earlier ones are not held here.",
            ),
            (
                "posts.attendance_officer",
                REORGANISED_ON,
                "Before 1 April 2018 the structure was another and this post did not exist.",
            ),
        ),
    )


def _team(n: int, key: str, name: str, kinds: tuple[str, ...], duties: str) -> TeamRow:
    older = "Education Welfare" if key in {"cme", "attendance"} else None
    now = "Inclusion and SEND" if key in {"send", "start"} else "Children Missing Out of Education"
    services = [(now, Span(REORGANISED_ON))]
    if older:
        day_before = date(MERGED_ON.year, MERGED_ON.month - 1, 31)
        services = [(older, Span(REORGANISED_ON, day_before)), (now, Span(MERGED_ON))]
    return TeamRow(
        key=key,
        name=name,
        email=f"{key}@{DOMAIN}",
        telephone=f"01632 960{110 + n}",
        kinds=kinds,
        duties=duties,
        services=services,
        bodies=(("Ashcombe Learning Trust", Span(MERGED_ON)),) if key == "engagement" else (),
    )


def _user(
    name: str, mailbox: str, title: str, roles: tuple[str, ...], team: str, *, school: int
) -> UserRow:
    is_school = "school_user" in roles
    return UserRow(
        email=f"{mailbox}@{DOMAIN}",
        name=name,
        job_title=title,
        telephone="01632 960130",
        qualifications="Qualified teacher" if "home_education_coordinator" in roles else "",
        roles={role: Span(HERE_SINCE) for role in roles},
        teams={team: Span(HERE_SINCE)} if team else {},
        school_id=school if is_school else None,
    )


def _posts() -> tuple[PostRow, ...]:
    attendance = tuple(
        PostRow(
            title="Local authority attendance officer",
            category="attendance_officer",
            established_on=held_from,
            team="attendance",
            holders=((name, Span(held_from, held_to), Decimal(1), ""),),
        )
        for name, held_from, held_to in _ATTENDANCE_POSTS
    )
    tracing = tuple(
        PostRow(
            title="CME officer",
            category="cme_officer",
            established_on=HERE_SINCE,
            team="cme",
            holders=((name, Span(HERE_SINCE), Decimal(1), f"{mailbox}@{DOMAIN}"),),
        )
        for name, mailbox, title, _, _ in STAFF
        if title == "CME officer"
    )
    return (*attendance, *tracing)


def _appointments() -> tuple[AppointmentRow, ...]:
    return (
        AppointmentRow("cme_named_person", "Priya Mistry", Span(HERE_SINCE), False,
                       f"coordinator@{DOMAIN}", "01632 960110"),
        AppointmentRow("cme_named_person", "Grace Thackray", Span(HERE_SINCE), True,
                       f"manager@{DOMAIN}", "01632 960111"),
        AppointmentRow("virtual_school_head", "Martin Sugden", Span(date(2021, 1, 4)), False,
                       f"virtual@{DOMAIN}", "01632 960117"),
    )  # fmt: skip
