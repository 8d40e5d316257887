"""The commands `onroll clocks` and `onroll standing`."""

import json
from pathlib import Path

import pytest

from onroll.statute.commands import clocks_command, standing_command

CALENDAR = {
    "covers": ["2026-01-01", "2026-08-31"],
    "terms": [["2026-01-05", "2026-03-27"], ["2026-04-13", "2026-07-21"]],
    "not_school": ["2026-03-06"],
    "bank_holidays": ["2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25"],
}
CHILD = {
    "born_on": "2015-05-04",
    "resident": True,
    "year_group": None,
    "spans": [{"what": "applied_for_place", "from": "2026-03-02", "to": None}],
}


def write(path: Path, value: object) -> str:
    path.write_text(value if isinstance(value, str) else json.dumps(value), "utf-8")
    return str(path)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    return {
        "calendar": write(tmp_path / "calendar.json", CALENDAR),
        "facts": write(
            tmp_path / "facts.json",
            {"facts": {"permanent_exclusion.on": "2026-03-02"}, "attributes": {}},
        ),
        "child": write(tmp_path / "child.json", CHILD),
    }


def test_clocks_prints_json(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["--facts", files["facts"], "--calendar", files["calendar"], "--on", "2026-03-12"]
    code = clocks_command(argv)

    out, err = capsys.readouterr()
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert [clock["id"] for clock in found] == ["DAY6_PEX", "PEX_FUND_DATE"]
    assert found[0]["due"] == "2026-03-11"
    assert found[0]["status"] == "overdue"
    assert found[0]["skipped"][0]["on"] == "2026-03-06"


def test_clocks_prints_text(files: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["--facts", files["facts"], "--calendar", files["calendar"], "--on", "2026-03-12"]
    code = clocks_command([*argv, "--text"])

    out, _ = capsys.readouterr()
    assert code == 0
    assert "Due:      Wednesday 11 March 2026 (overdue)" in out
    assert "Due:      Wednesday 11 March 2026 (the day has passed)" in out
    assert "SI 2007/1870 reg 4, applies since 1 September 2007 [DAY6_PEX, verified]" in out


def test_clocks_under_a_pack_and_without_an_event(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    aware = write(tmp_path / "f.json", {"facts": {"child_aware.missing_on": "2026-03-02"}})
    argv = ["--facts", aware, "--calendar", files["calendar"]]

    assert clocks_command([*argv, "--pack", "leeds"]) == 0
    assert [c["due"] for c in json.loads(capsys.readouterr().out)] == ["2026-03-30"]
    assert clocks_command([*argv, "--text"]) == 0
    out, err = capsys.readouterr()
    assert out == "These facts start no clock.\n"
    assert "child_aware.missing_on: no duty is started or stopped by this fact" in err


def test_two_clocks_of_one_authoritys_practice_are_answered_under_its_name(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    day = "2026-03-02"
    asked = {"facts": {"foi.answered_on": day, "eotas_budget.started_on": day}}
    argv = ["--facts", write(tmp_path / "f.json", asked), "--calendar", files["calendar"]]

    assert clocks_command(argv) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(c["id"], c["due"], c["confidence"], c["jurisdiction"]) for c in found] == [
        ("FOI_REVIEW_ASK", "2026-04-11", "local", "local"),
        ("EOTAS_PB_REVIEW", "2026-06-02", "local", "local"),
    ]
    assert {c["authority"] for c in found} == {"Coventry"}
    assert clocks_command([*argv, "--text"]) == 0
    assert "Note:     A rule of Coventry, not national law." in capsys.readouterr().out


def test_what_is_added_up_and_reaches_no_limit_is_said(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = {"first_day": "2026-03-02", "last_day": "2026-03-03"}
    asked = write(tmp_path / "f.json", {"facts": {"suspensions": [one]}})

    assert clocks_command(["--facts", asked, "--calendar", files["calendar"]]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out) == []
    assert "facts.suspensions: they reach no limit, so no clock starts." in err


def test_beyond_the_calendar_is_an_answer(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = write(tmp_path / "f.json", {"facts": {"fair_access.agreed_on": "2026-07-20"}})

    assert clocks_command(["--facts", late, "--calendar", files["calendar"]]) == 0
    (clock,) = json.loads(capsys.readouterr().out)
    assert clock["due"] is None
    assert clock["needs"] == "term dates needed from 2026-09-01"


def test_standing_prints_json_and_text(
    files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["--facts", files["child"], "--on", "2026-03-05"]

    assert standing_command(argv) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["standing"] == "missing_education"
    assert found["national_cme"] is True
    assert found["year_group"] == 6
    assert found["why"][-1] == {
        "says": "Would be in the register: not registered at a school.",
        "cites": "Education Act 1996 s.436B, inserted by the Act of 2026 s.38 (not in force)",
        "bearing": "register",
        "criterion": "register",
        "confidence": "secondary",
        "caution": "Read in a report of the source, not in the source itself.",
    }
    assert standing_command([*argv, "--text", "--pack", "example"]) == 0
    out, _ = capsys.readouterr()
    assert out.startswith("On 5 March 2026: missing education\n")
    assert "Year group:                     Year 6" in out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "facts.json: line 1, column 2: is not JSON"),
        ("[]", "facts.json: facts file: [] is not an object."),
        ('{"fact": {}}', "facts.json: fact: is not a key that is known here. Did you mean facts?"),
        ('{"attributes": {}}', "facts.json: facts: is missing."),
        (
            '{"facts": {"foi.received_on": "02/03/2026"}}',
            "facts.json: facts.foi.received_on: '02/03/2026' is not a date. "
            "Write it as 2026-03-05.",
        ),
        (
            '{"facts": {"foi.received_on": "2026-03-02", "foi.received_on": "2026-03-03"}}',
            "facts.json: foi.received_on: is there twice.",
        ),
        (
            '{"facts": {"suspension.school_days": Infinity}}',
            "facts.json: facts.suspension.school_days[0]: inf is not a number of days.",
        ),
        ("[" * 100000, "facts.json: is nested too deeply."),
    ],
)
def test_facts_at_fault_are_refused_in_plain_words(
    content: str,
    says: str,
    files: dict[str, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    bad = write(tmp_path / "facts.json", content)

    assert clocks_command(["--facts", bad, "--calendar", files["calendar"]]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert says in err
    assert len(err.splitlines()) == 1


def test_every_fault_has_a_line_of_its_own(
    files: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = write(tmp_path / "c.json", {"covers": ["2026-01-01"], "terms": ["x"]})

    assert clocks_command(["--facts", files["facts"], "--calendar", bad]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--on", "5 March"], "--on: '5 March' is not a date."),
        (["--on", "2026-03-05", "--pack", "lead"], "--pack: lead: is not a pack"),
        (["--on", "2026-03-05", "--pack", "none.toml"], "--pack: none.toml: cannot be read"),
    ],
)
def test_options_at_fault_are_refused(
    argv: list[str], says: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert standing_command(["--facts", files["child"], *argv]) == 2
    assert says in capsys.readouterr().err


def test_files_that_cannot_be_read_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    latin = tmp_path / "latin.json"
    latin.write_bytes('{"born_on": "José"}'.encode("latin-1"))

    for name, says in [
        (str(tmp_path / "none.json"), "none.json: cannot be read (No such file or directory)."),
        (str(tmp_path), "cannot be read (Is a directory)."),
        (str(latin), "latin.json: is not UTF-8 text. Save it again as UTF-8."),
    ]:
        assert standing_command(["--facts", name, "--on", "2026-03-05"]) == 2
        assert says in capsys.readouterr().err


@pytest.mark.parametrize("command", [clocks_command, standing_command])
def test_help_shows_an_example(command: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert callable(command)
    with pytest.raises(SystemExit) as left:
        command(["--help"])

    assert left.value.code == 0
    assert "example:" in capsys.readouterr().out


@pytest.mark.parametrize("on", ["9999-12-31", "0001-01-01"])
def test_the_far_ends_of_the_calendar_are_refused(
    on: str, files: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    clocks = ["--facts", files["facts"], "--calendar", files["calendar"], "--on", on]

    assert clocks_command(clocks) == 2
    assert standing_command(["--facts", files["child"], "--on", on]) == 2
    said = f"--on: {on} lies outside the years 1900 to 2199. Correct the year.\n"
    assert capsys.readouterr().err == said * 2


@pytest.mark.parametrize(
    ("digits", "says"),
    [("9" * 5_000, "is too long a number"), ("9" * 12, "year_group: 999999999999 is too large")],
)
def test_an_endless_number_is_refused(
    digits: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child = write(tmp_path / "c.json", json.dumps(CHILD).replace("null", digits, 1))

    assert standing_command(["--facts", child, "--on", "2026-03-05"]) == 2
    assert says in capsys.readouterr().err
