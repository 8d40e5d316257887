"""Facts as they are given: their shapes, what is at fault with them, and days out of reach."""

from datetime import date, datetime

import pytest

from onroll.statute.days import EARLIEST, LATEST, is_within_reach, iso_day, real_day
from onroll.statute.fact_keys import FACT_KEYS, FactKey, Shape, fact
from onroll.statute.facts import DayMarks, Facts, PenaltyNotice, Suspension, read_facts
from onroll.statute.reading import FaultyInput, Reader

# The keys of the contract of `onroll clocks` that are dates, and those of another shape.
DATES = (
    "permanent_exclusion.on suspension.first_day board.told_on board.decision_given_on",
    "review.applied_on review.hearing_on review.decision_given_on roll.entered_on roll.deleted_on",
    "leave.ended_on sao_notice.served_on sao_choice.served_on sao_school_notice.received_on",
    "penalty_notice.received_on notice_to_improve.started_on in_year.applied_on",
    "fair_access.agreed_on health_absence.expected_from eotas_budget.started_on offsite.starts_on",
    "letter.posted_on foi.received_on foi.answered_on sar.received_on child_aware.missing_on",
    "provision.started_on board.met_on review.held_on foi.sent_on sar.sent_on return.sent_on",
    "penalty_notice.paid_on place.allocated_on",
)
LISTED = {key: Shape.DATES for line in DATES for key in line.split()} | {
    "suspension.school_days": Shape.DAYS,
    "absence.codes": Shape.MARKS,
    "suspensions": Shape.SUSPENSIONS,
    "penalty_notices": Shape.PENALTY_NOTICES,
}


def faults_of(facts: dict[str, object]) -> list[str]:
    with pytest.raises(FaultyInput) as raised:
        read_facts(facts)
    return [str(fault) for fault in raised.value.faults]


def test_every_key_of_the_contract_is_known_in_its_shape() -> None:
    assert {key: FACT_KEYS[key].shape for key in LISTED} == LISTED


def test_every_key_has_words_of_its_own() -> None:
    titles = [known.title for known in FACT_KEYS.values()]

    assert all(titles)
    assert len(titles) == len(set(titles))


def test_a_fact_that_only_a_pack_uses_is_named_as_its_key_reads() -> None:
    assert fact("home.visited_on") == FactKey("home.visited_on", "home visited on", Shape.DATES)
    assert fact("foi.sent_on") is FACT_KEYS["foi.sent_on"]


def test_one_date_several_and_none_are_read() -> None:
    facts = read_facts(
        {
            "foi.received_on": "2026-03-02",
            "sar.received_on": ["2026-04-13", date(2026, 3, 2)],
            "roll.entered_on": None,
            "board.met_on": [],
        }
    )

    assert facts.dates("foi.received_on") == (date(2026, 3, 2),)
    assert facts.dates("sar.received_on") == (date(2026, 4, 13), date(2026, 3, 2))
    assert facts.dates("roll.entered_on") == ()
    assert [key for key in FACT_KEYS if facts.has(key)] == ["foi.received_on", "sar.received_on"]


def test_the_first_date_of_several_facts_on_or_after_a_day() -> None:
    keys = ("in_year.outcome_on", "place.allocated_on")
    facts = read_facts(
        {
            "in_year.outcome_on": ["2026-03-10", "2026-03-02"],
            "place.allocated_on": "2026-03-05",
        }
    )

    assert facts.first_from(keys, date(2026, 3, 2)) == date(2026, 3, 2)
    assert facts.first_from(keys, date(2026, 3, 3)) == date(2026, 3, 5)
    assert facts.first_from(keys, date(2026, 3, 6)) == date(2026, 3, 10)
    assert facts.first_from(keys, date(2026, 3, 11)) is None
    assert Facts().first_from(keys, date(2026, 3, 2)) is None


def test_the_facts_of_a_pack_are_read_beside_the_nations() -> None:
    also = {"home.visited_on": FactKey.of_pack("home.visited_on")}

    assert read_facts({"home.visited_on": "2026-03-02"}, also=also).has("home.visited_on")
    (fault,) = faults_of({"home.visited_on": "2026-03-02"})
    assert fault.startswith("facts.home.visited_on: is not a key that is known here.")


def test_lengths_are_whole_or_half_days() -> None:
    key = "suspension.school_days"

    assert read_facts({key: [6, 2.5, 0]}).days(key) == (6.0, 2.5, 0.0)
    assert read_facts({key: 366}).days(key) == (366.0,)
    assert [f.partition(" is ")[0] for f in faults_of({key: [2.3, -1, 367, True, "six"]})] == [
        "facts.suspension.school_days[0]: 2.3",
        "facts.suspension.school_days[1]: -1",
        "facts.suspension.school_days[2]: 367",
        "facts.suspension.school_days[3]: True",
        "facts.suspension.school_days[4]: 'six'",
    ]


def test_marks_are_read_in_order_of_date_and_a_session_may_have_none() -> None:
    facts = read_facts(
        {
            "absence.codes": [
                ["2026-03-03", "O", None],
                ("2026-03-02", "", "N"),
                [date(2026, 3, 4), "/", "\\"],
            ]
        }
    )

    assert facts.marks == (
        DayMarks(date(2026, 3, 2), None, "N"),
        DayMarks(date(2026, 3, 3), "O", None),
        DayMarks(date(2026, 3, 4), "/", "\\"),
    )
    assert [day.codes for day in facts.marks] == [("N",), ("O",), ("/", "\\")]
    # Of a day with one mark nothing can be said as a whole.
    assert [day.is_all({"N", "O", "/", "\\"}) for day in facts.marks] == [False, False, True]
    assert not facts.marks[2].is_all({"/"})


def test_every_fault_of_the_marks_is_named_by_its_row() -> None:
    faults = faults_of(
        {
            "absence.codes": [
                ["2026-03-02", "O", "O"],
                ["2026-03-02", "N", "N"],
                ["2 March", "O", "O"],
                ["2026-03-03", "Q9", 7],
                "2026-03-04",
                ["2026-03-05", "O"],
            ]
        }
    )

    assert [fault.partition(": ")[0] for fault in faults] == [
        "facts.absence.codes[1]",
        "facts.absence.codes[2][0]",
        "facts.absence.codes[3][1]",
        "facts.absence.codes[3][2]",
        "facts.absence.codes[4]",
        "facts.absence.codes[5]",
    ]
    assert faults[0].endswith("2026-03-02 is there twice. Keep one row for each day.")


def test_suspensions_are_read_in_order_with_their_half_days() -> None:
    facts = read_facts(
        {
            "suspensions": [
                {"first_day": "2026-03-09", "last_day": "2026-03-10", "half_days": True},
                {"first_day": "2026-01-12", "last_day": "2026-01-16", "half_days": 2},
                {"first_day": "2026-02-02", "last_day": "2026-02-02", "half_days": False},
                {"first_day": "2026-02-09", "last_day": "2026-02-09"},
            ]
        }
    )

    assert facts.suspensions == (
        Suspension(date(2026, 1, 12), date(2026, 1, 16), 2),
        Suspension(date(2026, 2, 2), date(2026, 2, 2), 0),
        Suspension(date(2026, 2, 9), date(2026, 2, 9), 0),
        Suspension(date(2026, 3, 9), date(2026, 3, 10), None),
    )


def notice(**given: object) -> dict[str, object]:
    return {"issued_on": "2025-03-03", "offence_from": "2025-02-03"} | given


def test_penalty_notices_are_read_in_order_and_those_that_do_not_count_are_marked() -> None:
    facts = read_facts(
        {
            "penalty_notices": [
                notice(issued_on="2025-06-02", withdrawn=True),
                notice(acquitted=True, withdrawn=None),
                notice(issued_on="2025-02-03"),
            ]
        }
    )

    offence = date(2025, 2, 3)
    assert facts.penalty_notices == (
        PenaltyNotice(date(2025, 2, 3), offence),
        PenaltyNotice(date(2025, 3, 3), offence, acquitted=True),
        PenaltyNotice(date(2025, 6, 2), offence, withdrawn=True),
    )


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (notice(issued_on=None), "facts.penalty_notices[0].issued_on: null is not a date."),
        (
            {"issued_on": "2025-03-03"},
            "facts.penalty_notices[0].offence_from: null is not a date.",
        ),
        (
            notice(offence_from="2025-03-04"),
            "facts.penalty_notices[0]: was issued on 2025-03-03, before the absence of 2025-03-04.",
        ),
        (
            notice(withdrawn="yes"),
            "facts.penalty_notices[0].withdrawn: 'yes' is neither true nor false.",
        ),
        (notice(paid=True), "facts.penalty_notices[0].paid: is not a key that is known here."),
    ],
)
def test_a_penalty_notice_at_fault_is_named(given: dict[str, object], fault: str) -> None:
    (found,) = faults_of({"penalty_notices": [given]})

    assert found.startswith(fault)


@pytest.mark.parametrize("key", ["absence.codes", "suspensions", "penalty_notices"])
def test_what_must_be_a_list_is_one(key: str) -> None:
    assert faults_of({key: "2026-03-02"}) == [
        f"facts.{key}: '2026-03-02' is not a list. Write it in square brackets."
    ]


def test_a_day_is_one_that_the_calendar_has() -> None:
    assert real_day(2028, 2, 29) == date(2028, 2, 29)
    for numbers in ((2026, 2, 29), (2026, 13, 1), (0, 1, 1), (2026, 1, 10**30)):
        with pytest.raises(ValueError, match=r"day|month|year"):
            real_day(*numbers)


def test_days_beyond_anybody_s_life_are_out_of_reach() -> None:
    assert is_within_reach(EARLIEST)
    assert is_within_reach(LATEST)
    assert not is_within_reach(date(1899, 12, 31))
    assert not is_within_reach(date(2200, 1, 1))


def test_a_day_is_typed_as_the_commands_ask_for_it() -> None:
    assert iso_day("2026-03-05") == date(2026, 3, 5)
    with pytest.raises(ValueError, match="2200-01-01 lies outside the years 1900 to 2199"):
        iso_day("2200-01-01")
    with pytest.raises(ValueError, match="Invalid isoformat"):
        iso_day("5 March 2026")


def test_an_instant_is_no_day_and_long_words_are_cut_short() -> None:
    reader = Reader()

    assert reader.a_date(datetime.fromisoformat("2026-03-05T09:30"), "on") is None
    assert reader.a_date("x" * 100, "on") is None

    assert reader.faults[0].problem == "2026-03-05 09:30:00 is not a date."
    assert reader.faults[1].problem == f"'{'x' * 56}… is not a date."
    reader.faults.clear()
    reader.finish()
