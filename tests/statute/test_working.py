"""The working of a clock as people read it, day by day and as a paragraph of a letter."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from onroll.statute.calendars import DayKind, NotSchool, SchoolCalendar
from onroll.statute.duties import Clock, clocks
from onroll.statute.packs import NATIONAL, Pack, load, read_pack
from onroll.statute.working import WorkedDay, explain, in_sentences, in_text
from tests.statute.year_2026 import YEAR_2026


def the(
    duty: str,
    facts: dict[str, object],
    on: date | None = None,
    calendar: SchoolCalendar = YEAR_2026,
    pack: Pack = NATIONAL,
) -> Clock:
    (clock,) = [c for c in clocks(facts, {}, calendar, on, pack) if c.id == duty]
    return clock


def shown(clock: Clock) -> list[tuple[str, str]]:
    """The days of the working as a table has them."""
    return [(day.on.isoformat(), day.says) for day in explain(clock).days]


def test_every_day_is_there_with_its_number_or_why_it_was_passed_over() -> None:
    clock = the("DAY6_PEX", {"permanent_exclusion.on": "2026-03-02"}, date(2026, 3, 9))

    assert in_text(clock) == (
        "Suitable full-time education from the sixth school day after the exclusion\n"
        "  Due:      Wednesday 11 March 2026 (running)\n"
        "  Who:      authority\n"
        "  Started:  The day of a permanent exclusion: Monday 2 March 2026.\n"
        "  Counting: Counted: 6 school days, counted from the day after, which is day 1. "
        "By the calendar: Ashcombe, 2026.\n"
        "    Tuesday 3 March 2026         1\n"
        "    Wednesday 4 March 2026       2\n"
        "    Thursday 5 March 2026        3\n"
        "    Friday 6 March 2026          not counted: INSET day\n"
        "    Saturday 7 March 2026        not counted\n"
        "    Sunday 8 March 2026          not counted\n"
        "    Monday 9 March 2026          4\n"
        "    Tuesday 10 March 2026        5\n"
        "    Wednesday 11 March 2026      6\n"
        "  Outcome:  The day reached is Wednesday 11 March 2026.\n"
        "  Note:     For a pupil of compulsory school age; not in Year 11 once every examination "
        "entered for has been taken or missed, and not beyond the hours to which a plan limits "
        "education. For a permanent exclusion the authority arranges it.\n"
        "  Source:   SI 2007/1870 reg 4, applies since 1 September 2007 [DAY6_PEX, verified]"
    )


def test_a_letter_tells_the_count_and_what_was_left_out_but_weekends() -> None:
    # After Thursday 26 March: 27, then 13, 14, 15, 16, 17 April.
    clock = the("DAY6_PEX", {"permanent_exclusion.on": "2026-03-26"})

    assert in_sentences(clock) == (
        "The day of a permanent exclusion: Thursday 26 March 2026. "
        "Counted: 6 school days, counted from the day after, which is day 1. "
        "By the calendar: Ashcombe, 2026. "
        "Not counted: 30 March 2026 to 2 April 2026 (outside term); "
        "3 April 2026 (bank holiday: Good Friday); "
        "6 April 2026 (bank holiday: Easter Monday); "
        "7 April 2026 to 10 April 2026 (outside term). "
        "The day reached is Friday 17 April 2026. "
        "(SI 2007/1870 reg 4)"
    )


def test_a_letter_about_days_that_all_count_has_nothing_left_out() -> None:
    clock = the("POST_DEEMED", {"letter.posted_on": "2026-03-02"})

    assert in_sentences(clock) == (
        "The day on which a first-class letter was posted: Monday 2 March 2026. "
        "Counted: 2 working days, counted from the day after, which is day 1. "
        "The day reached is Wednesday 4 March 2026. "
        f"({clock.cites})"
    )


def off(*days: date) -> SchoolCalendar:
    extra = tuple(NotSchool(day, DayKind.INSET) for day in days)
    return replace(YEAR_2026, not_school=(*YEAR_2026.not_school, *extra))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        # With the INSET day of Friday the 6th: over a weekend it is one stretch.
        ([date(2026, 3, 9)], "6 March 2026 to 9 March 2026 (INSET day)."),
        # Tuesday: Monday was counted between, so they are two.
        ([date(2026, 3, 10)], "6 March 2026 (INSET day); 10 March 2026 (INSET day)."),
    ],
)
def test_days_left_out_for_one_reason_are_a_stretch_until_a_day_is_counted(
    days: list[date], told: str
) -> None:
    clock = the("DAY6_PEX", {"permanent_exclusion.on": "2026-03-02"}, calendar=off(*days))

    assert f"Not counted: {told} The day reached is Thursday 12 March 2026." in in_sentences(clock)


def test_two_weeks_of_holiday_are_one_stretch() -> None:
    second = [date(2026, 2, 23) + timedelta(days=i) for i in range(5)]
    more = tuple(NotSchool(day, DayKind.HOLIDAY) for day in second)
    calendar = replace(YEAR_2026, not_school=(*YEAR_2026.not_school, *more))

    clock = the("DAY6_PEX", {"permanent_exclusion.on": "2026-02-13"}, calendar=calendar)

    assert "Not counted: 16 February 2026 to 27 February 2026 (school holiday);" in (
        in_sentences(clock)
    )


def test_counted_back_the_latest_day_is_day_1() -> None:
    clock = the("IRP_PAPERS", {"review.hearing_on": "2026-03-09"})

    assert shown(clock) == [
        ("2026-02-27", "5"),
        ("2026-02-28", "not counted"),
        ("2026-03-01", "not counted"),
        ("2026-03-02", "4"),
        ("2026-03-03", "3"),
        ("2026-03-04", "2"),
        ("2026-03-05", "1"),
        ("2026-03-06", "not counted: INSET day"),
        ("2026-03-07", "not counted"),
        ("2026-03-08", "not counted"),
    ]
    assert in_sentences(clock) == (
        "The day of the review hearing: Monday 9 March 2026. "
        "Counted: 5 school days, counted back from the day before, which is day 1. "
        "By the calendar: Ashcombe, 2026. "
        "Not counted: 6 March 2026 (INSET day). "
        "The day reached is Friday 27 February 2026. "
        "(SI 2012/1033 Sch 1 para 4(3))"
    )


def test_calendar_days_counted_back_are_numbered_from_the_day_before() -> None:
    clock = the("EX_PROV_DETAIL", {"exclusion_provision.starts_on": "2026-03-09"})

    assert shown(clock) == [("2026-03-07", "2"), ("2026-03-08", "1")]


def test_beginning_with_a_day_that_day_is_day_1() -> None:
    clock = the("SAO_NOTICE", {"sao_notice.served_on": "2026-03-01"})

    days = shown(clock)
    assert (days[0], days[-1]) == (("2026-03-01", "1"), ("2026-03-15", "15"))
    assert len(days) == 15


def test_working_days_pass_over_bank_holidays_by_name() -> None:
    clock = the("POST_DEEMED", {"letter.posted_on": "2026-04-02"})

    assert shown(clock) == [
        ("2026-04-03", "not counted: bank holiday: Good Friday"),
        ("2026-04-04", "not counted"),
        ("2026-04-05", "not counted"),
        ("2026-04-06", "not counted: bank holiday: Easter Monday"),
        ("2026-04-07", "1"),
        ("2026-04-08", "2"),
    ]


def test_of_months_the_first_and_the_last_day_are_shown() -> None:
    clock = the("REG_BACKUP", {"register.backed_up_on": "2026-01-31"})

    # 1 to 28 February: February has no 31st.
    assert shown(clock) == [("2026-02-01", "1"), ("2026-02-28", "28")]
    assert "Not counted" not in in_sentences(clock)


def test_the_days_of_waiting_are_shown_between_the_first_and_the_last() -> None:
    clock = the(
        "SAR",
        {
            "sar.received_on": "2026-03-02",
            "sar.clarification_asked_on": "2026-03-05",
            "sar.clarification_given_on": "2026-03-08",
        },
    )

    why = "not counted: waiting for what is needed to know who asks and for what"
    assert shown(clock) == [
        ("2026-03-03", "1"),
        ("2026-03-06", why),
        ("2026-03-07", why),
        ("2026-03-08", why),
        ("2026-04-05", "31"),
    ]
    assert (
        "Not counted: 6 March 2026 to 8 March 2026 (waiting for what is needed to know who asks "
        "and for what). The day reached is Sunday 5 April 2026."
    ) in in_sentences(clock)


def local_rule(unit: str, n: int) -> Pack:
    duty = {
        "id": "OURS_LOOK",
        "title": "Look again",
        "started_by": "case.opened_on",
        "n": n,
        "unit": unit,
        "who": "authority",
        "cites": "Our procedure",
    }
    return read_pack({"key": "ours", "title": "Ashcombe", "duty": [duty]})


def test_school_weeks_are_shown_by_their_mondays() -> None:
    opened: dict[str, object] = {"case.opened_on": "2026-03-12"}

    clock = the("OURS_LOOK", opened, pack=local_rule("school_week", 3))

    assert shown(clock) == [
        ("2026-03-16", "1"),
        ("2026-03-23", "2"),
        ("2026-03-30", "not counted: no school day in this week"),
        ("2026-04-06", "not counted: no school day in this week"),
        ("2026-04-13", "3"),
    ]
    assert clock.due == date(2026, 4, 19)
    assert "Not counted: 30 March 2026 to 6 April 2026 (no school day in this week)." in (
        in_sentences(clock)
    )


def test_terms_are_shown_by_their_first_days() -> None:
    clock = the("TSM_CADENCE", {"support_meeting.held_on": "2026-02-02"}, pack=load("coventry"))

    assert shown(clock) == [("2026-04-13", "1")]
    assert explain(clock).outcome == "The day reached is Tuesday 21 July 2026."


def test_marks_of_a_register_are_shown_from_the_first_day_of_absence() -> None:
    days = YEAR_2026.school_days(10, beginning_with=date(2026, 3, 2)).counted
    clock = the("REG_ATT_RETURN", {"absence.codes": [[day, "O", "O"] for day in days]})

    told = explain(clock)

    # 2, 3, 4, 5, (6 INSET), 9 to 13, 16 March.
    assert told.started == "First day of the absence: Monday 2 March 2026."
    assert told.due == date(2026, 3, 16)
    assert [day.number for day in told.days if day.number] == list(range(1, 11))
    assert WorkedDay(date(2026, 3, 6), why="INSET day") in told.days


@pytest.mark.parametrize(
    ("sent", "outcome"),
    [
        (
            "2026-03-30",
            "The day reached is Monday 30 March 2026. Done on Monday 30 March 2026, in time.",
        ),
        (
            "2026-03-31",
            "The day reached is Monday 30 March 2026. Done on Tuesday 31 March 2026, late.",
        ),
        (None, "The day reached is Monday 30 March 2026."),
    ],
)
def test_the_outcome_says_whether_it_was_in_time(sent: str | None, outcome: str) -> None:
    clock = the("FOI", {"foi.received_on": "2026-03-02", "foi.sent_on": sent})

    assert explain(clock).outcome == outcome
    assert outcome in in_sentences(clock)


@pytest.mark.parametrize(
    ("duty", "facts", "stands"),
    [
        ("FOI", {"foi.received_on": "2026-03-02"}, "overdue"),
        ("FOI", {"foi.received_on": "2026-03-16"}, "running"),
        ("FOI", {"foi.received_on": "2026-03-02", "foi.sent_on": "2026-03-09"}, "met in time"),
        ("FOI", {"foi.received_on": "2026-03-02", "foi.sent_on": "2026-04-01"}, "met late"),
        ("REG_DELETE_RETURN", {"roll.deleted_on": "2026-03-02"}, "not counted"),
        # A right has ended: nobody is late.
        ("SAO_NOTICE", {"sao_notice.served_on": "2026-03-01"}, "the day has passed"),
    ],
)
def test_how_a_clock_stands_is_said_beside_the_day(
    duty: str, facts: dict[str, object], stands: str
) -> None:
    clock = the(duty, facts, date(2026, 4, 1))

    assert explain(clock).stands == stands
    assert f" ({stands})\n" in in_text(clock)


def test_nothing_is_said_of_how_it_stands_where_no_day_was_asked() -> None:
    clock = the("FOI", {"foi.received_on": "2026-03-02"})

    assert explain(clock).stands == ""
    assert "  Due:      Monday 30 March 2026\n" in in_text(clock)


def test_without_a_number_of_days_the_words_of_the_law_take_its_place() -> None:
    clock = the("REG_DELETE_RETURN", {"roll.deleted_on": "2026-03-02"})

    told = explain(clock)

    assert told.counting == "When the name is deleted."
    assert (told.due, told.outcome, told.days) == (None, "", ())
    assert "  Due:      When the name is deleted.\n" in in_text(clock)
    assert "Counting:" not in in_text(clock)
    assert "Outcome:" not in in_text(clock)
    assert in_sentences(clock) == (
        "The day on which a name was deleted from the admission register: Monday 2 March 2026. "
        "When the name is deleted. (SI 2024/208 reg 13(4)-(6))"
    )


def test_beyond_the_calendar_the_days_that_lack_are_told() -> None:
    clock = the("FAP_ALLOC", {"fair_access.agreed_on": "2026-07-10"})

    assert explain(clock).counting == "Term dates needed from 2026-09-01."
    assert "Term dates needed from 2026-09-01." in in_sentences(clock)


def test_a_local_rule_an_unsure_one_and_a_note_are_remarked_on() -> None:
    clock = the("FOI_REVIEW_ASK", {"foi.answered_on": "2026-03-02"}, pack=load("coventry"))

    assert explain(clock).remarks == (
        "A rule of Coventry, not national law.",
        "Known from this authority's replies; no number of days was found in the Act of 2000.",
    )


def test_the_source_says_since_when_it_is_law_where_that_is_known() -> None:
    known = explain(the("FOI", {"foi.received_on": "2026-03-02"}))
    unknown = explain(the("CTF_SEND", {"roll.left_on": "2026-03-02"}))

    assert known.source == (
        "Freedom of Information Act 2000 s.10, applies since 1 January 2005 [FOI, secondary]"
    )
    assert unknown.source == "SI 2005/1437 [CTF_SEND, recalled]"
    assert unknown.remarks == ("Not checked against the source: check before relying on it.",)
