"""What a careful reader tried: packs put together, two questions, notices, odd files."""

from dataclasses import replace
from datetime import date

import pytest

from onroll.statute.calendar_file import read_calendar
from onroll.statute.calendars import SchoolCalendar, Term
from onroll.statute.classify import standing
from onroll.statute.counting import Reading, Unit
from onroll.statute.differences import differences
from onroll.statute.duties import clocks, duties
from onroll.statute.duties.suspensions import term_of
from onroll.statute.pack_commands import packs_command
from onroll.statute.packs import load, read_pack, together
from onroll.statute.reading import FaultyInput
from onroll.statute.spans import ChildFacts, Span, What
from onroll.statute.working import explain, in_sentences
from tests.statute.year_2026 import YEAR_2026

ASKED, GIVEN = "sar.clarification_asked_on", "sar.clarification_given_on"
NO = SchoolCalendar(covers=None)


def sar(on=None, **more):
    (clock,) = clocks({"sar.received_on": "2026-03-02"} | more, {}, NO, on)
    return clock


def test_a_dated_authority_beside_an_uncommenced_act_is_not_in_force() -> None:
    ours = replace(load("leeds"), since=date(2025, 9, 1))
    both = together(ours, load("act_2026"))
    assert not both.is_in_force
    assert both.commencement_note
    assert not [d for d in duties(both) if d.id == "SAO_NOTICE"]


def test_a_later_authority_does_not_put_off_the_act_beside_it() -> None:
    act = load("act_2026").from_day(date(2026, 1, 1))
    both = together(replace(load("leeds"), since=date(2026, 9, 1)), act)
    (notice,) = [d for d in duties(both) if d.id == "SAO_NOTICE"]
    assert notice.until == date(2025, 12, 31)


def test_the_duties_of_an_act_dated_in_its_file_begin_then() -> None:
    duty = {
        "id": "X",
        "title": "x",
        "started_by": "a.b",
        "n": 1,
        "unit": "month",
        "who": "w",
        "cites": "c",
        "confidence": "verified",
    }
    act = read_pack(
        {"key": "k", "title": "K", "act": True, "since": date(2027, 1, 1), "duty": [duty]}
    )
    assert act.duties[0].since == date(2027, 1, 1)


def test_an_extended_case_keeps_its_source_beside_an_act() -> None:
    child = ChildFacts(date(2015, 5, 4), (Span(What.WHEREABOUTS_UNKNOWN, date(2026, 1, 1)),))
    found = standing(child, date(2026, 3, 5), together(load("coventry"), load("act_2026")))
    (one,) = [r for r in found.why if r.criterion == "extended"]
    assert one.cites == load("coventry").local_cites


def test_two_questions_are_two_stretches_in_a_letter() -> None:
    clock = sar(**{ASKED: ["2026-03-05", "2026-03-20"], GIVEN: ["2026-03-10", "2026-03-25"]})
    said = in_sentences(clock)
    assert "6 March 2026 to 10 March 2026" in said
    assert "21 March 2026 to 25 March 2026" in said


def test_a_question_asked_on_the_day_of_an_answer_waits_for_the_next() -> None:
    clock = sar(**{ASKED: ["2026-03-03", "2026-03-10"], GIVEN: ["2026-03-10", "2026-03-20"]})
    assert clock.due == date(2026, 4, 19)  # seven days and ten


def test_three_penalty_notices_are_all_shown() -> None:
    given = [
        {"issued_on": d, "offence_from": "2024-09-01"}
        for d in ("2024-11-04", "2025-03-03", "2025-06-02")
    ]
    (clock,) = clocks({"penalty_notices": given}, {"proposed_on": "2025-12-01"}, NO)
    assert [day.on for day in explain(clock).days] == list(clock.counted)


def test_counted_back_from_the_day_itself_the_day_is_day_1() -> None:
    pack = read_pack(
        {
            "key": "k",
            "title": "K",
            "duty": [
                {
                    "id": "X",
                    "title": "x",
                    "started_by": "a.b",
                    "n": 3,
                    "unit": "school_day",
                    "reading": "ending_with",
                    "who": "w",
                    "cites": "c",
                    "stopped_by": ["a.c"],
                }
            ],
        }
    )
    (clock,) = clocks({"a.b": "2026-03-11", "a.c": "2026-03-09"}, {}, YEAR_2026, None, pack)
    assert [(d.on.day, d.number) for d in explain(clock).days] == [(9, 3), (10, 2), (11, 1)]
    assert clock.status == "met"


def test_a_year_groups_own_term_is_no_term_of_the_school() -> None:
    days = [(2025, 9, 3, 2025, 12, 19), (2026, 1, 5, 2026, 3, 27), (2026, 4, 13, 2026, 7, 21)]
    terms = tuple(Term(date(*d[:3]), date(*d[3:])) for d in days)
    early = Term(date(2025, 9, 2), date(2025, 12, 19), 7)
    calendar = SchoolCalendar((date(2025, 8, 1), date(2026, 8, 31)), (early, *terms))
    assert calendar.count(2, Unit.TERM, Reading.AFTER, date(2025, 8, 10)).due == date(2026, 3, 27)
    assert term_of(date(2026, 4, 14), calendar) == (date(2026, 4, 13), date(2026, 7, 21))


def test_a_clock_of_terms_says_by_whose_term_dates() -> None:
    (clock,) = clocks(
        {"support_meeting.held_on": "2026-02-02"}, {}, YEAR_2026, None, load("coventry")
    )
    assert clock.counted_by == "Ashcombe, 2026"


def test_a_changed_duty_is_told_with_what_changed() -> None:
    other = replace(load("leeds").duties[0], stopped_by=("case.opened_on",))
    (one,) = differences(load("leeds"), replace(load("leeds"), duties=(other,)))
    assert one.before != one.after


DUTY = {
    "id": "X",
    "title": "x",
    "started_by": "a.b",
    "n": 3,
    "unit": "school_day",
    "who": "w",
    "cites": "c",
}


@pytest.mark.parametrize(
    "pack",
    [
        {"duty": [DUTY | {"stopped_by": [""]}]},
        {"duty": [DUTY | {"stopped_by": [0]}]},
        {"duty": [DUTY | {"started_by": "absence.codes"}]},  # no date starts it: it never runs
        {"duty": [DUTY | {"since": date(2026, 2, 1), "until": date(2026, 1, 1)}]},
        {"since": date(2026, 2, 1), "until": date(2026, 1, 1)},
        {"cites": 7},
        {"act": True, "local_cme": {"whereabouts_unknown_days": 10}},
    ],
)
def test_a_pack_that_cannot_work_is_refused(pack):
    with pytest.raises(FaultyInput):
        read_pack({"key": "k", "title": "K"} | pack)


@pytest.mark.parametrize(
    "more",
    [
        {"name": None},
        {"name": 7},
        {"not_school": [{"on": "2026-01-05", "year_group": 99}]},
    ],
)
def test_a_calendar_file_that_cannot_be_meant_is_refused(more):
    given = {"covers": ["2026-01-01", "2026-02-01"]} | more
    if more == {"name": None}:
        assert read_calendar(given).name == ""
        return
    with pytest.raises(FaultyInput):
        read_calendar(given)


def test_a_notice_of_penalty_is_not_the_first_day_of_anything() -> None:
    given = [{"issued_on": d, "offence_from": "2024-09-01"} for d in ("2024-11-04", "2025-03-03")]
    (clock,) = clocks({"penalty_notices": given}, {"proposed_on": "2025-12-01"}, NO)
    assert not explain(clock).started.startswith("First day")


def test_an_authority_without_rules_of_its_own_here_is_not_taken_for_the_nation(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert packs_command(["show", "330"]) == 2

    said = capsys.readouterr().err
    assert said.startswith("pack: 330: is no authority whose rules are here.")
