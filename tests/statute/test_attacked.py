"""What an attacker tried: marks beyond the calendar, odd letters, endless numbers, notices."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from onroll.statute.calendar_file import read_calendar
from onroll.statute.duties import clocks
from onroll.statute.packs import load_file
from onroll.statute.reading import FaultyInput
from onroll.statute.working import explain, in_text
from tests.statute.year_2026 import YEAR_2026

HALF_A_DAY_BEYOND = read_calendar(
    {
        "covers": ["2026-01-01", "2026-08-31"],
        "terms": [["2026-01-05", "2026-07-21"]],
        "not_school": [
            {"on": "2026-10-14", "session": "pm", "kind": "closure"},
            {"on": "2026-03-04", "session": "pm", "kind": "inset"},
        ],
    }
)


@pytest.mark.parametrize("marks", [["O", None], ["I", "I"], ["O", "O"]])
def test_a_half_day_beyond_the_calendar_is_a_day_beyond_it(marks: list[str | None]) -> None:
    given = {"absence.codes": [["2026-10-14", *marks]]}

    found = clocks(given, {}, HALF_A_DAY_BEYOND)

    assert all(clock.needs == "term dates needed from 2026-10-14" for clock in found)


def test_a_mark_for_a_session_that_was_not_held_is_no_session_missed() -> None:
    week = [date(2026, 3, day) for day in (2, 3, 4, 5, 6)]  # on the 4th the afternoon is off
    nine = {"absence.codes": [[day, "O", "O"] for day in week]}
    ten = {"absence.codes": [*nine["absence.codes"], [date(2026, 3, 9), "O", "/"]]}

    def due(given: dict[str, list[list[object]]]) -> list[date | None]:
        return [c.due for c in clocks(given, {}, HALF_A_DAY_BEYOND) if c.id == "PN_SESSIONS"]

    assert due(nine) == []
    assert due(ten) == [date(2026, 3, 9)]


def test_a_board_told_of_more_than_suspensions_is_asked_about() -> None:
    given = {
        "suspensions": [{"first_day": "2026-01-12", "last_day": "2026-01-13"}],
        "permanent_exclusion.on": "2026-03-02",
        "board.told_on": "2026-03-03",
    }

    with pytest.raises(FaultyInput, match=r"attributes\.board_case"):
        clocks(given, {}, YEAR_2026)


def test_notices_on_days_in_a_row_are_all_shown() -> None:
    notices = [{"issued_on": f"2025-03-0{n}", "offence_from": "2025-02-03"} for n in (3, 4, 5)]

    (clock,) = clocks({"penalty_notices": notices}, {"proposed_on": "2026-01-01"}, YEAR_2026)

    assert [day.on for day in explain(clock).days] == list(clock.counted)


def test_that_a_duty_without_a_number_of_days_was_done_is_said() -> None:
    given = {"roll.deleted_on": "2026-03-05", "return.sent_on": "2026-03-11"}

    (clock,) = clocks(given, {}, YEAR_2026)

    assert "Done on Wednesday 11 March 2026." in in_text(clock)


def test_nobody_is_late_for_what_is_no_deadline() -> None:
    given = {"penalty_notice.received_on": "2026-03-02", "penalty_notice.paid_on": "2026-03-26"}

    early = next(c for c in clocks(given, {}, YEAR_2026) if c.id == "PN_EARLY_PAY")

    assert "late" not in in_text(early)
    assert "(done after it)" in in_text(early)


def test_a_number_without_end_in_a_pack_is_refused(tmp_path: Path) -> None:
    endless = "0x" + "f" * 5_000
    (tmp_path / "own.toml").write_text(f'key = "own"\ntitle = {endless}\n', "utf-8")

    with pytest.raises(FaultyInput, match="a number of too many digits"):
        load_file(tmp_path / "own.toml")


@pytest.mark.parametrize("school", ["Ysgol Ll\u0177n", "\ud800"])
def test_whatever_is_written_is_answered_in_utf_8(tmp_path: Path, school: str) -> None:
    child = {
        "born_on": "2015-05-04",
        "spans": [{"what": "roll", "from": "2025-09-01", "school": school}],
    }
    (tmp_path / "child.json").write_text(json.dumps(child), "utf-8")

    asked = subprocess.run(
        [sys.executable, "-m", "onroll.cli", "standing", "--facts", str(tmp_path / "child.json"),
         "--on", "2026-03-05"],
        env={"LC_ALL": "C", "PYTHONUTF8": "0", "PATH": ""},
        capture_output=True,
    )  # fmt: skip

    assert (asked.returncode, asked.stderr) == (0, b"")
    assert json.loads(asked.stdout.decode("utf-8"))["standing"] == "on_roll"
