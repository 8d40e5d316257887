"""The oracle against dates worked out on paper, before anybody believes it."""

from datetime import date

import pytest

from tests.statute.oracle import answers
from tests.statute.oracle_days import count_months, easter_monday

SPRING_2026 = {
    "covers": (date(2026, 1, 1), date(2026, 8, 31)),
    "terms": [
        (date(2026, 1, 5), date(2026, 2, 13)),
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)),
        (date(2026, 6, 1), date(2026, 7, 21)),
    ],
    "not_school": [date(2026, 3, 6)],
    "bank_holidays": [
        date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25),
    ],
}  # fmt: skip
MAY_2023 = {
    "covers": (date(2023, 5, 1), date(2023, 8, 31)),
    "terms": [(date(2023, 5, 1), date(2023, 7, 21))],
    "not_school": [],
    "bank_holidays": [date(2023, 5, 1), date(2023, 5, 8), date(2023, 5, 29), date(2023, 8, 28)],
}


@pytest.mark.parametrize(
    ("calendar", "key", "day", "id_", "due"),
    [
        # A notice served on 1 March leaves fifteen days, of which that day is the first.
        (SPRING_2026, "sao_notice.served_on", date(2026, 3, 1), "SAO_NOTICE", date(2026, 3, 15)),
        # A request of 24 May 2023, with one bank holiday in between.
        (MAY_2023, "foi.received_on", date(2023, 5, 24), "FOI", date(2023, 6, 22)),
        # Excluded on a Monday; the Friday is a training day.
        (SPRING_2026, "permanent_exclusion.on", date(2026, 3, 2), "DAY6_PEX", date(2026, 3, 11)),
        # Excluded on the last Friday before half term.
        (SPRING_2026, "permanent_exclusion.on", date(2026, 2, 13), "DAY6_PEX", date(2026, 3, 2)),
        # A hearing on the first Wednesday after Easter: five school days before it.
        (SPRING_2026, "review.hearing_on", date(2026, 4, 15), "IRP_PAPERS", date(2026, 3, 25)),
        # Posted on the Wednesday before Good Friday: the second working day after it.
        (SPRING_2026, "letter.posted_on", date(2026, 4, 1), "POST_DEEMED", date(2026, 4, 7)),
        # Plain days, weekends and all.
        (SPRING_2026, "roll.entered_on", date(2026, 4, 15), "REG_NEW_PUPIL", date(2026, 4, 20)),
        (SPRING_2026, "school_age.ends_on", date(2026, 6, 26), "S19_EXIT", date(2026, 5, 15)),
        (SPRING_2026, "sar.received_on", date(2026, 1, 31), "SAR", date(2026, 2, 28)),
        (SPRING_2026, "support_meeting.held_on", date(2026, 2, 16), "TSM_CADENCE",
         date(2026, 3, 27)),
    ],
)  # fmt: skip
def test_it_gives_the_days_that_paper_gives(
    calendar: dict[str, object], key: str, day: date, id_: str, due: date
) -> None:
    given = [answer for answer in answers({key: day}, {}, calendar) if answer.id == id_]

    assert [answer.due for answer in given] == [due]


@pytest.mark.parametrize(
    ("start", "months", "reading", "due"),
    [
        (date(2026, 1, 31), 1, "AFTER", date(2026, 2, 28)),
        (date(2024, 1, 31), 1, "AFTER", date(2024, 2, 29)),
        (date(2026, 2, 28), 1, "AFTER", date(2026, 3, 28)),
        (date(2024, 2, 29), 12, "AFTER", date(2025, 2, 28)),
        (date(2026, 1, 1), 12, "BEGINNING", date(2026, 12, 31)),
        (date(2025, 8, 31), 6, "BEGINNING", date(2026, 2, 28)),
        (date(2025, 9, 1), 6, "BEGINNING", date(2026, 2, 28)),
        (date(2028, 2, 29), 36, "BEGINNING", date(2031, 2, 28)),
    ],
)
def test_months_end_as_the_law_ends_them(start: date, months: int, reading: str, due: date) -> None:
    assert count_months(start, months, reading).due == due


@pytest.mark.parametrize(
    "monday",
    [date(2019, 4, 22), date(2024, 4, 1), date(2025, 4, 21), date(2026, 4, 6), date(2030, 4, 22)],
)
def test_easter_monday_is_that_of_the_almanac(monday: date) -> None:
    assert easter_monday(monday.year) == monday


def test_sixteen_days_of_suspension_in_a_term_bring_the_board_together() -> None:
    facts = {
        "suspensions": [{"first_day": date(2026, 1, 5), "last_day": date(2026, 1, 26)}],
        "board.told_on": date(2026, 1, 5),
    }

    attributes = {"terms_rule": "more_than_three", "board_case": "over_15"}

    found = answers(facts, attributes, SPRING_2026)

    given = [(answer.id, answer.due) for answer in found if answer.started_by == "suspensions"]
    assert given == [("GB_OVER15", date(2026, 1, 26))]


def test_ten_sessions_are_found_in_the_week_of_the_tenth_and_the_nine_school_weeks_before() -> None:
    early = [[date(2026, 1, day), "O", "O"] for day in (5, 6, 7, 8)]

    def due(*later: date) -> list[date | None]:
        rows = [*early, *([day, "O", "/"] for day in later)]
        found = answers({"absence.codes": rows}, {}, SPRING_2026)
        return [answer.due for answer in found if answer.id == "PN_SESSIONS"]

    # Ten school weeks from 5 January, half term left out, end on 20 March.
    assert due(date(2026, 3, 19), date(2026, 3, 20)) == [date(2026, 3, 20)]
    assert due(date(2026, 3, 20), date(2026, 3, 23)) == []
