"""How clocks are started, stopped and told; those worked by hand are in the folder `worked`."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onroll.statute.calendars import SchoolCalendar
from onroll.statute.counting import Unit
from onroll.statute.duties import (
    NATIONAL_DUTIES,
    PRACTICE,
    Clock,
    Duty,
    Limit,
    Status,
    clocks,
    duties,
    rules_version,
)
from onroll.statute.facts import FACT_KEYS
from onroll.statute.packs import NATIONAL, Pack, available, load
from onroll.statute.reading import FaultyInput
from onroll.statute.sources import Confidence
from tests.statute.year_2026 import YEAR_2026


def only(
    duty: str,
    facts: dict[str, object],
    attributes: dict[str, object] | None = None,
    *,
    on: date | None = None,
    pack: Pack = NATIONAL,
    calendar: SchoolCalendar = YEAR_2026,
) -> Clock:
    """The one clock of a duty."""
    found = [c for c in clocks(facts, attributes or {}, calendar, on, pack) if c.id == duty]
    assert len(found) == 1
    return found[0]


def test_a_clock_carries_its_source_and_its_working() -> None:
    clock = only("DAY6_PEX", {"permanent_exclusion.on": date(2026, 3, 2)})

    assert clock.as_json() == {
        "id": "DAY6_PEX",
        "title": "Suitable full-time education from the sixth school day after the exclusion",
        "started_by": "permanent_exclusion.on",
        "started_on": "2026-03-02",
        "n": 1,
        "due": "2026-03-11",
        "status": None,
        "stopped_on": None,
        "limit": "6 school days, counted from the day after, which is day 1",
        "counted": [f"2026-03-{day:02d}" for day in (3, 4, 5, 9, 10, 11)],
        "skipped": [
            {"on": "2026-03-06", "why": "INSET day"},
            {"on": "2026-03-07", "why": "Saturday"},
            {"on": "2026-03-08", "why": "Sunday"},
        ],
        "who": "authority",
        "cites": "SI 2007/1870 reg 4",
        "since": "2007-09-01",
        "confidence": "verified",
        "caution": "",
        "note": "For a pupil of compulsory school age; not in Year 11 once every examination "
        "entered for has been taken or missed, and not beyond the hours to which a plan limits "
        "education. For a permanent exclusion the authority arranges it.",
        "counted_by": "Ashcombe, 2026",
        "jurisdiction": "national",
        "authority": "",
        "is_deadline": True,
        "needs": None,
        "doubts": [],
    }


@pytest.mark.parametrize(
    ("stop", "on", "status", "stopped_on"),
    [
        (None, None, None, None),
        (None, "2026-03-11", Status.RUNNING, None),
        (None, "2026-03-12", Status.OVERDUE, None),
        ("2026-03-11", None, Status.MET, "2026-03-11"),
        ("2026-03-12", None, Status.LATE, "2026-03-12"),
        ("2026-03-12", "2026-03-20", Status.LATE, "2026-03-12"),
        ("2026-03-12", "2026-03-11", Status.RUNNING, None),
        ("2026-03-20", "2026-03-12", Status.OVERDUE, None),
        ("2026-03-01", "2026-03-12", Status.OVERDUE, None),
        ("2026-03-02", None, Status.MET, "2026-03-02"),
        ("2026-03-11", "2026-03-11", Status.MET, "2026-03-11"),
        (["2026-03-01", "2026-03-09"], None, Status.MET, "2026-03-09"),
    ],
)
def test_how_a_clock_stands(
    stop: object, on: str | None, status: Status | None, stopped_on: str | None
) -> None:
    facts = {"permanent_exclusion.on": "2026-03-02", "provision.started_on": stop}

    clock = only("DAY6_PEX", facts, on=None if on is None else date.fromisoformat(on))

    assert clock.status is status
    assert clock.stopped_on == (None if stopped_on is None else date.fromisoformat(stopped_on))


def test_beyond_the_calendar_the_clock_is_there_and_says_what_it_needs() -> None:
    facts = {"fair_access.agreed_on": "2026-07-10", "place.allocated_on": "2026-07-13"}

    clock = only("FAP_ALLOC", facts)

    assert clock.due is None
    assert clock.needs == "term dates needed from 2026-09-01"
    assert clock.status is Status.NOT_COUNTED
    assert clock.counted == ()


def test_without_a_number_of_days_in_law_nothing_is_due() -> None:
    clock = only("REG_DELETE_RETURN", {"roll.deleted_on": "2026-03-02"}, on=date(2026, 3, 9))

    assert clock.due is None
    assert clock.needs is None
    assert clock.status is Status.NOT_COUNTED
    assert clock.limit_says == "when the name is deleted"


def test_several_events_of_one_kind_are_numbered_by_date() -> None:
    facts = {"foi.received_on": ["2026-04-13", "2026-03-02", "2026-03-02"]}

    found = clocks(facts, {}, YEAR_2026)

    assert [(c.n, c.started_on.isoformat()) for c in found] == [
        (1, "2026-03-02"),
        (2, "2026-03-02"),
        (3, "2026-04-13"),
    ]


def test_a_long_suspension_keeps_its_place_among_all_suspensions() -> None:
    facts = {
        "suspension.first_day": ["2026-03-09", "2026-01-12"],
        "suspension.school_days": [8, 2],
    }

    clock = only("DAY6_SUSP", facts)

    assert (clock.n, clock.started_on) == (2, date(2026, 3, 9))


def rows(first: date, codes: str, calendar: SchoolCalendar = YEAR_2026) -> list[list[str]]:
    """A row for each school day from a first, both sessions marked with the next code."""
    days = calendar.school_days(len(codes), beginning_with=first).counted
    return [[d.isoformat(), code, code] for d, code in zip(days, codes, strict=True)]


def test_the_attendance_return_is_due_on_the_tenth_school_day() -> None:
    facts: dict[str, object] = {"absence.codes": rows(date(2026, 3, 2), "GNOUOOOOOOOO")}

    clock = only("REG_ATT_RETURN", facts)

    assert clock.started_on == date(2026, 3, 2)
    assert clock.due == date(2026, 3, 16)
    assert len(clock.counted) == 10
    assert date(2026, 3, 6) in [skip.on for skip in clock.skipped]


@pytest.mark.parametrize("codes", ["OOOOOOOOO", "OOOOOIOOOOOOOO", "OOOOO/OOOOOOOO"])
def test_nine_days_or_a_broken_run_start_no_attendance_return(codes: str) -> None:
    facts = {"absence.codes": rows(date(2026, 3, 2), codes)}

    assert not [c for c in clocks(facts, {}, YEAR_2026) if c.id == "REG_ATT_RETURN"]


def test_a_day_at_provision_elsewhere_neither_counts_nor_breaks() -> None:
    facts: dict[str, object] = {"absence.codes": rows(date(2026, 3, 2), "OOOOOKOOOOO")}

    clock = only("REG_ATT_RETURN", facts)

    assert clock.due == date(2026, 3, 17)
    assert "marked K/K" in [skip.why for skip in clock.skipped]


def test_a_school_day_without_a_row_breaks_a_run() -> None:
    marks = rows(date(2026, 3, 2), "O" * 12)
    del marks[5]

    assert not [
        c for c in clocks({"absence.codes": marks}, {}, YEAR_2026) if c.id == "REG_ATT_RETURN"
    ]


def test_one_session_on_time_breaks_a_run() -> None:
    marks = rows(date(2026, 3, 2), "O" * 12)
    marks[5][2] = "\\"

    assert not [
        c for c in clocks({"absence.codes": marks}, {}, YEAR_2026) if c.id == "REG_ATT_RETURN"
    ]


@pytest.mark.parametrize("odd", ["U", "I", "K", "B", "C", "E", "T", "Y4", "/"])
def test_one_other_code_starts_the_twenty_days_again(odd: str) -> None:
    marks = rows(date(2026, 1, 5), "O" * 25)
    marks[10][1] = odd

    found = [c for c in clocks({"absence.codes": marks}, {}, YEAR_2026) if c.id == "REG_DEL_UNEXPL"]

    assert found == []


def test_twenty_unexplained_school_days_across_half_term() -> None:
    facts: dict[str, object] = {"absence.codes": rows(date(2026, 2, 2), "GNO" + "O" * 20)}

    clock = only("REG_DEL_UNEXPL", facts)

    assert clock.due == date(2026, 3, 9)
    assert not clock.duty.is_deadline
    assert date(2026, 2, 18) in [skip.on for skip in clock.skipped]


def test_fifteen_days_of_sickness_in_a_row_and_in_total() -> None:
    facts: dict[str, object] = {"absence.codes": rows(date(2026, 1, 5), "I" * 15)}

    assert only("REG_SICK_CONSEC", facts).due == date(2026, 1, 23)
    assert only("REG_SICK_TOTAL", facts).due == date(2026, 1, 23)


def test_fifteen_days_of_sickness_in_total_only() -> None:
    marks = rows(date(2026, 1, 5), "IIIII/IIIII/IIIII")
    found = {c.id: c for c in clocks({"absence.codes": marks}, {}, YEAR_2026)}

    assert "REG_SICK_CONSEC" not in found
    assert found["REG_SICK_TOTAL"].due == date(2026, 1, 27)


# SI 2024/208 counts school days: regulations 13(7)(b), 13(9)(b) and 9(1)(i).
@pytest.mark.parametrize("missing", [0, 1])
@pytest.mark.parametrize(
    ("duty", "code", "days"),
    [
        ("REG_ATT_RETURN", "O", 10),
        ("REG_SICK_CONSEC", "I", 15),
        ("REG_SICK_TOTAL", "I", 15),
        ("REG_DEL_UNEXPL", "N", 20),
    ],
)
def test_a_session_without_a_mark_makes_no_whole_day(
    duty: str, code: str, days: int, missing: int
) -> None:
    half: list[list[str | None]] = [
        [on, code if missing else None, None if missing else code]
        for on, _, _ in rows(date(2026, 1, 5), code * days)
    ]
    last_half = [*rows(date(2026, 1, 5), code * (days - 1)), half[-1]]

    for marks in (half, last_half):
        found = clocks({"absence.codes": marks}, {}, YEAR_2026)
        assert not [c for c in found if c.id == duty]
    assert only(duty, {"absence.codes": rows(date(2026, 1, 5), code * days)}).due


def test_a_session_without_a_mark_ends_an_absence_that_must_be_unbroken() -> None:
    marks: list[list[str | None]] = [*rows(date(2026, 1, 5), "O" * 19)]
    marks[9][2] = None

    assert not [
        c for c in clocks({"absence.codes": marks}, {}, YEAR_2026) if c.id == "REG_ATT_RETURN"
    ]


@pytest.mark.parametrize(
    ("duty", "code", "days", "elsewhere"),
    [
        ("REG_ATT_RETURN", "O", 10, "D"),
        ("REG_ATT_RETURN", "O", 10, "#"),
        ("REG_SICK_CONSEC", "I", 15, "Y4"),
        ("REG_DEL_UNEXPL", "O", 20, "#"),
    ],
)
def test_half_a_day_that_was_no_session_here_neither_counts_nor_breaks(
    duty: str, code: str, days: int, elsewhere: str
) -> None:
    marks = rows(date(2026, 1, 5), code * (days + 1))
    marks[3][2] = elsewhere

    clock = only(duty, {"absence.codes": marks})

    assert clock.due is not None
    assert clock.due.isoformat() == marks[days][0]
    assert f"marked {code}/{elsewhere}" in [skip.why for skip in clock.skipped]


@given(
    st.lists(st.tuples(*[st.sampled_from(["I", "O", "/", "D", "#", "Y4", None])] * 2), max_size=60)
)
def test_every_day_that_counts_has_both_sessions_marked(
    sessions: list[tuple[str | None, str | None]],
) -> None:
    days = YEAR_2026.school_days_between(date(2026, 1, 5), date(2026, 7, 21))
    marked = dict(zip(days, sessions, strict=False))
    facts = {"absence.codes": [[day, am, pm] for day, (am, pm) in marked.items()]}

    found = [c for c in clocks(facts, {}, YEAR_2026) if c.id.startswith(("REG_ATT", "REG_SICK"))]

    for clock in found:
        wanted = {"O"} if clock.id == "REG_ATT_RETURN" else {"I"}
        assert all(set(marked[day]) == wanted for day in clock.counted)


def test_an_unexpected_closure_does_not_end_a_sickness() -> None:
    marks = rows(date(2026, 1, 5), "I" * 16)
    marks[7][1] = marks[7][2] = "Y4"

    clock = only("REG_SICK_CONSEC", {"absence.codes": marks})

    assert clock.due == date(2026, 1, 26)
    assert "Y4" in clock.duty.note


@pytest.mark.parametrize(
    ("duty", "code", "due"),
    [
        ("REG_ATT_RETURN", "O", date(2026, 1, 16)),
        ("REG_SICK_CONSEC", "I", date(2026, 1, 23)),
        ("REG_SICK_TOTAL", "I", date(2026, 1, 23)),
    ],
)
def test_a_return_sent_before_the_duty_arises_does_not_meet_it(
    duty: str, code: str, due: date
) -> None:
    facts: dict[str, object] = {"absence.codes": rows(date(2026, 1, 5), code * 15)}

    early = only(duty, facts | {"return.sent_on": due - timedelta(days=1)}, on=due)
    later = [due - timedelta(days=1), due]

    assert (early.stopped_on, early.status) == (None, Status.RUNNING)
    assert only(duty, facts | {"return.sent_on": later}).stopped_on == due


def test_a_return_does_not_meet_a_duty_that_cannot_be_counted_yet() -> None:
    marks = [*rows(date(2026, 7, 13), "O" * 7), ["2026-09-02", "O", "O"]]

    clock = only("REG_ATT_RETURN", {"absence.codes": marks, "return.sent_on": "2026-07-20"})

    assert clock.stopped_on is None


def test_a_supposed_absence_is_counted_without_marks_and_says_that_it_is_supposed() -> None:
    clock = only("REG_DEL_SUPPOSED", {"absence.supposed_from": "2026-02-05"}, on=date(2026, 3, 20))

    assert clock.due == date(2026, 3, 12)
    assert clock.confidence is Confidence.DERIVED
    assert "if nothing else was registered" in clock.duty.note
    assert not clock.is_overdue(date(2026, 3, 20))
    assert clock.says(date(2026, 3, 20)) == "Reached 8 days ago"


@pytest.mark.parametrize(
    ("duty", "fact", "on", "overdue", "says"),
    [
        ("DAY6_PEX", "permanent_exclusion.on", "2026-03-11", False, "Due today"),
        ("DAY6_PEX", "permanent_exclusion.on", "2026-03-12", True, "Overdue by 1 day"),
        ("PEX_FUND_DATE", "permanent_exclusion.on", "2026-03-10", False, "Tomorrow"),
        ("PEX_FUND_DATE", "permanent_exclusion.on", "2026-03-11", False, "Today"),
        ("PEX_FUND_DATE", "permanent_exclusion.on", "2026-03-12", False, "Reached 1 day ago"),
        ("REG_DEL_LEAVE", "leave.ended_on", "2026-03-12", False, "In 5 days"),
        ("REG_DEL_LEAVE", "leave.ended_on", "2026-03-30", False, "Reached 13 days ago"),
    ],
)
def test_only_a_deadline_can_be_overdue(
    duty: str, fact: str, on: str, overdue: bool, says: str
) -> None:
    day = date.fromisoformat(on)

    clock = only(duty, {fact: "2026-03-02"}, on=day)

    assert clock.is_overdue(day) is overdue
    assert clock.says(day) == says


def test_a_reason_not_established_has_five_school_days() -> None:
    facts: dict[str, object] = {"absence.codes": [["2026-03-02", "N", "N"]]}

    assert only("REG_N_TO_O", facts).due == date(2026, 3, 10)


def test_ten_sessions_in_ten_school_weeks_meet_the_threshold() -> None:
    marks = [*rows(date(2026, 1, 5), "GNOU"), ["2026-03-16", "O", "O"]]

    clock = only("PN_SESSIONS", {"absence.codes": marks})

    # 12 January begins the second of the weeks, 16 March is in the tenth: half term is skipped.
    assert (clock.started_on, clock.due) == (date(2026, 1, 5), date(2026, 3, 16))


def test_ten_sessions_spread_over_eleven_school_weeks_do_not() -> None:
    marks = [*rows(date(2026, 1, 5), "GNOU"), ["2026-03-23", "O", "O"]]

    assert not [c for c in clocks({"absence.codes": marks}, {}, YEAR_2026) if c.id == "PN_SESSIONS"]


def test_an_absence_that_goes_beyond_the_calendar_says_so() -> None:
    marks = [*rows(date(2026, 7, 13), "O" * 7), ["2026-09-02", "O", "O"]]

    clock = only("REG_ATT_RETURN", {"absence.codes": marks})

    assert clock.started_on == date(2026, 7, 13)
    assert clock.due is None
    assert clock.needs == "term dates needed from 2026-09-01"


@given(st.lists(st.sampled_from(["/", "O", "N", "I", "K"]), max_size=60))
def test_runs_of_absence_agree_with_a_plain_scan(codes: list[str]) -> None:
    days = YEAR_2026.school_days_between(date(2026, 1, 5), date(2026, 7, 21))
    marks = [[d, code, code] for d, code in zip(days, codes, strict=False)]
    expected = []
    run: list[date] = []
    for day, code in [*zip(days, codes, strict=False), (date(2026, 7, 21), "/")]:
        if code in "ON":
            run.append(day)
        elif code != "K":
            if len(run) >= 10:
                expected.append((run[0], run[9]))
            run = []

    found = clocks({"absence.codes": marks}, {}, YEAR_2026)

    assert [(c.started_on, c.due) for c in found if c.id == "REG_ATT_RETURN"] == expected


def test_faulty_facts_are_all_named() -> None:
    with pytest.raises(FaultyInput) as raised:
        clocks(
            {
                "permanent_exclusions.on": "2026-03-02",
                "foi.received_on": ["2026-03-02", "2 March"],
                "suspension.school_days": "six",
                "absence.codes": [["2026-03-02", "O"], ["2026-03-03", "Q9", "O"]],
            },
            {},
            YEAR_2026,
        )

    assert [fault.where for fault in raised.value.faults] == [
        "facts.permanent_exclusions.on",
        "facts.foi.received_on[1]",
        "facts.suspension.school_days[0]",
        "facts.absence.codes[0]",
        "facts.absence.codes[1][1]",
    ]
    assert "Did you mean permanent_exclusion.on?" in raised.value.faults[0].remedy


def test_a_board_case_must_be_said_and_must_be_known() -> None:
    with pytest.raises(FaultyInput, match="board_case: is missing"):
        clocks({"board.told_on": "2026-03-02"}, {}, YEAR_2026)
    with pytest.raises(FaultyInput, match="board_case: 'pex' is not allowed"):
        clocks({"board.told_on": "2026-03-02"}, {"board_case": "pex"}, YEAR_2026)


def test_a_suspension_needs_its_length() -> None:
    with pytest.raises(FaultyInput, match="0 of 1 suspensions"):
        clocks({"suspension.first_day": "2026-03-02"}, {}, YEAR_2026)


def test_two_versions_of_a_duty_are_never_law_on_one_day() -> None:
    for pack in available():
        for one in duties(load(pack)):
            for other in duties(load(pack)):
                if one is not other and (one.id, one.started_by) == (other.id, other.started_by):
                    ends = min(one.until or date.max, other.until or date.max)
                    assert ends < max(one.since or date.min, other.since or date.min)


def test_every_duty_is_complete_and_its_facts_are_known() -> None:
    for pack in available():
        known = {**FACT_KEYS, **load(pack).fact_keys}
        for duty in duties(load(pack)):
            assert {duty.started_by, *duty.stopped_by} <= set(known)
            assert duty.title
            assert duty.who
            assert duty.cites
            assert duty.limit is not None or duty.limit_says
            assert duty.jurisdiction in ("national", "local")


def test_what_is_not_verified_is_shown_with_a_caution() -> None:
    unsure = [d.id for d in NATIONAL_DUTIES if d.confidence is not Confidence.VERIFIED]

    assert unsure == [
        "REG_DEL_SUPPOSED",
        "CTF_SEND",
        "NTI_MIN",
        "NTI_MAX",
        "PN_FINAL_PAY",
        "EX_PUBLIC_PLACE",
        "EX_PROV_DETAIL",
        "ESO_LENGTH",
        "ESO_EXT",
        "ESO_REASONS",
        "INYEAR_OUTCOME",
        "INYEAR_AIM",
        "FAP_ALLOC",
        "FAP_OUT",
        "FAP_CINCP",
        "S19_HEALTH",
        "S19_EXIT",
        "OFFSITE_NOTICE",
        "OFFSITE_REVIEW",
        "FOI",
        "SAR",
    ]
    clock = only("CTF_SEND", {"roll.left_on": "2026-01-05"})
    assert clock.as_json()["caution"] == Confidence.RECALLED.caution
    assert all(c.caution for c in Confidence if c is not Confidence.VERIFIED)


def test_a_local_duty_is_marked_as_local() -> None:
    facts: dict[str, object] = {"child_aware.missing_on": "2026-03-02"}

    clock = only("CME_LEEDS_REFER", facts, pack=load("leeds"))

    assert clock.is_local
    assert clock.confidence is Confidence.LOCAL
    json.dumps(clock.as_json())


def test_what_one_authority_says_is_never_the_law_of_another() -> None:
    for pack in available():
        for duty in duties(load(pack)):
            if duty.confidence is Confidence.LOCAL:
                assert duty.jurisdiction == "local"
                assert duty in load(pack).duties
                assert duty.authority == load(pack).title
    with pytest.raises(ValueError, match="cannot be national law"):
        Duty(
            id="X", title="X", started_by="foi.answered_on", who="X", cites="X",
            confidence=Confidence.LOCAL,
        )  # fmt: skip


def test_a_practice_is_answered_beside_the_law_and_gives_way_to_a_packs_own() -> None:
    facts = {"foi.answered_on": "2026-03-02", "eotas_budget.started_on": "2026-03-02"}

    assert clocks(facts, {}, YEAR_2026) == ()
    beside = clocks(facts, {}, YEAR_2026, beside=PRACTICE)
    assert [(c.id, c.is_local, c.duty.authority) for c in beside] == [
        ("FOI_REVIEW_ASK", True, "Coventry"),
        ("EOTAS_PB_REVIEW", True, "Coventry"),
    ]
    assert clocks(facts, {}, YEAR_2026, pack=load("coventry"), beside=PRACTICE) == beside


def test_the_mark_of_the_rules_changes_with_a_rule_and_only_then() -> None:
    leeds = load("leeds")
    (refer,) = leeds.duties
    longer = replace(leeds, duties=(replace(refer, limit=Limit(29, Unit.CALENDAR_DAY)),))

    marks = {rules_version(NATIONAL), rules_version(leeds), rules_version(longer)}

    assert len(marks) == 3
    assert rules_version(replace(leeds, note="Said otherwise")) == rules_version(leeds)


def test_only_a_clock_of_school_days_says_by_whose_term_dates_it_was_counted() -> None:
    first, last = date(2026, 1, 1), date(2026, 8, 31)
    calendar = replace(
        YEAR_2026,
        editions=(
            (date(2025, 9, 1), date(2025, 12, 31), "autumn 2025, edition 1"),
            (first, date(2026, 3, 20), "spring 2026, edition 3"),
            (date(2026, 3, 21), last, "summer 2026, edition 2"),
        ),
    )

    by_school = only("FAP_ALLOC", {"fair_access.agreed_on": "2026-03-02"}, calendar=calendar)
    in_spring = only("DAY6_PEX", {"permanent_exclusion.on": "2026-03-02"}, calendar=calendar)
    by_day = only("SAR", {"sar.received_on": "2026-03-02"}, calendar=calendar)

    assert by_school.counted_by == "spring 2026, edition 3, summer 2026, edition 2"
    assert in_spring.counted_by == "spring 2026, edition 3"
    assert by_day.counted_by == ""


@given(st.dates(date(2026, 1, 5), date(2026, 5, 20)))
def test_a_day_never_makes_a_later_clock_due_earlier(start: date) -> None:
    one = only("DAY6_PEX", {"permanent_exclusion.on": start})
    next_day = only("DAY6_PEX", {"permanent_exclusion.on": start + timedelta(days=1)})

    assert one.due is not None
    assert next_day.due is not None
    assert start < one.due <= next_day.due
