"""The command `onroll packs`, and packs named on the command line."""

import json
from pathlib import Path

import pytest

from onroll.statute.commands import clocks_command, standing_command
from onroll.statute.pack_commands import packs_command
from onroll.statute.packs import available

NOTE = (
    "Children's Wellbeing and Schools Act 2026 is not in force: what it would ask is shown for "
    "preparation only."
)
OWN = """
key = "own"
title = "Ashcombe"
cites = "Our procedure"
since = 2025-09-01
[local_cme]
also_counts = ["part_time_timetable", "destination_unknown"]
[[duty]]
id = "OWN_CALL"
title = "Telephone the family"
started_by = "family.asked_on"
n = 2
unit = "working_day"
who = "authority"
cites = "Our procedure, section 1"
note = "By the link worker."
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    path = tmp_path / "own.toml"
    path.write_text(OWN, "utf-8")
    return str(path)


Captured = pytest.CaptureFixture[str]


def answer(capsys: Captured, *argv: str) -> str:
    """What the command prints when it answers."""
    assert packs_command(argv) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_every_pack_is_listed_with_what_an_officer_asks_first(capsys: Captured) -> None:
    lines = answer(capsys, "list").splitlines()

    assert [line.split()[0] for line in lines] == list(available())
    assert lines[0] == (
        "act_2026         Children's Wellbeing and Schools Act 2026, 6 duties, not in force"
    )
    assert "coventry         Coventry (331), 5 duties" in lines
    assert "leeds            Leeds (383), 1 duty" in lines
    assert "national         National law and guidance, 0 duties" in lines


def test_the_list_is_there_for_programs_too(capsys: Captured) -> None:
    found = {pack["key"]: pack for pack in json.loads(answer(capsys, "list", "--json"))}

    assert set(found) == set(available())
    assert found["act_2026"]["in_force"] is False
    assert found["act_2026"]["replaces"] == ["SAO_NOTICE"]
    assert found["coventry"]["whereabouts_unknown_days"] == 10
    assert found["coventry"]["in_force"] is True
    assert found["north_yorkshire"]["also_counts"] == [
        "irregular_attendance",
        "whereabouts_unknown",
    ]


def test_a_pack_is_shown_with_each_duty_its_count_and_how_sure_it_is(capsys: Captured) -> None:
    assert answer(capsys, "show", "leeds") == (
        "Leeds (383), 1 duty\n"
        "  Source: Leeds City Council, One minute guide 21: Children missing education, "
        "November 2024\n"
        "  Taken from the guide as published; not checked with the authority.\n"
        "\n"
        "CME_LEEDS_REFER: Refer the child to the children missing education team\n"
        "  28 calendar days, counted from the day after, which is day 1, by the school, "
        "from 1 November 2024\n"
        "  Leeds City Council, One minute guide 21: Children missing education, November 2024\n"
        "  A local rule of one authority, not national law.\n"
        "  Within four weeks of being aware that the child is missing, after the school's own "
        "enquiries.\n"
    )


def test_an_act_is_shown_as_no_law(capsys: Captured) -> None:
    lines = answer(capsys, "show", "act_2026").splitlines()

    assert lines[0].endswith(", 6 duties, not in force")
    assert f"  {NOTE}" in lines
    assert "  Takes the place of: SAO_NOTICE" in lines
    at = lines.index("SAO_NEW_PRELIM: Satisfy the authority after a preliminary notice")
    assert lines[at + 1] == "  the number of days was not found, by the parent"
    assert "  No official source was found: do not rely on it." in lines[at:]


def test_a_pack_of_ones_own_is_shown_from_its_file(own: str, capsys: Captured) -> None:
    lines = answer(capsys, "show", own).splitlines()
    found = json.loads(answer(capsys, "show", own, "--json"))

    assert lines[:4] == [
        "Ashcombe, 1 duty",
        "  Source: Our procedure",
        "  From 1 September 2025",
        "  Also counts as missing education: part time timetable, destination unknown",
    ]
    assert found["since"] == "2025-09-01"
    assert found["until"] is None
    assert found["duties"] == [
        {
            "id": "OWN_CALL",
            "title": "Telephone the family",
            "says": "2 working days, counted from the day after, which is day 1, by the authority",
            "cites": "Our procedure, section 1",
        }
    ]


def test_a_pack_is_shown_by_its_authoritys_number(capsys: Captured) -> None:
    assert answer(capsys, "show", "331").startswith("Coventry (331), 5 duties\n")


def test_what_an_act_would_change_is_told_with_a_warning(capsys: Captured) -> None:
    text = answer(capsys, "diff", "national", "act_2026")
    found = json.loads(answer(capsys, "diff", "national", "act_2026", "--json"))

    assert text.startswith(
        "If Children's Wellbeing and Schools Act 2026 took the place of National law and guidance:"
        "\n\nduty removed: Last day of the least time a parent has to satisfy the authority "
        "[SAO_NOTICE]\n"
        "  before: 15 calendar days, counted from the day itself, which is day 1, by the parent, "
        "from 1 November 1996\n"
        "  source: Education Act 1996 s.437(1)-(2)\n\n"
        "duty added: Consider where the child lives and learns, after registration [CNIS_HOME]\n"
        "  after:  15 calendar days, counted from the day after, which is day 1, by the authority\n"
    )
    assert text.endswith(f"\n\n{NOTE}\n")
    assert (found["before"], found["after"], found["in_force"]) == ("national", "act_2026", False)
    assert len(found["differences"]) == 7
    assert found["differences"][0]["what"] == "duty removed"


def test_two_packs_that_ask_the_same_are_said_to(capsys: Captured) -> None:
    assert answer(capsys, "diff", "leeds", "383") == "Leeds and Leeds ask the same.\n"
    assert json.loads(answer(capsys, "diff", "leeds", "leeds", "--json"))["differences"] == []


def test_a_difference_without_a_source_has_no_line_for_one(own: str, capsys: Captured) -> None:
    text = answer(capsys, "diff", "leeds", own)

    assert text.endswith(
        "counted as missing: part time timetable [part_time_timetable]\n"
        "  after:  yes\n\n"
        "counted as missing: destination unknown [destination_unknown]\n"
        "  after:  yes\n"
    )
    assert "not in force" not in text


@pytest.mark.parametrize(
    "argv", [["show", "FILE"], ["diff", "leeds", "FILE"], ["diff", "FILE", "leeds"]]
)
def test_a_faulty_file_is_refused_with_a_line_for_each_fault(
    argv: list[str], tmp_path: Path, capsys: Captured
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text('key = "bad"\ntitel = "Bad"\n', "utf-8")

    assert packs_command([str(bad) if word == "FILE" else word for word in argv]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 2
    assert "bad.toml: titel: is not a key that is known here." in err
    assert "bad.toml: title: null is not text." in err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("key = ", "is not TOML"),
        ("key = " + "[" * 100_000, "is nested too deeply. Correct it."),
        ("key = 1" + "0" * 5_000, "is not TOML"),
    ],
)
def test_a_file_that_cannot_be_understood_is_refused(
    text: str, says: str, tmp_path: Path, capsys: Captured
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(text, "utf-8")

    assert packs_command(["show", str(bad)]) == 2

    (line,) = capsys.readouterr().err.splitlines()
    assert "bad.toml: " in line
    assert says in line


@pytest.mark.parametrize("argv", [["show", "ledes"], ["diff", "leeds", "ledes", "--json"]])
def test_an_unknown_pack_is_refused(argv: list[str], capsys: Captured) -> None:
    assert packs_command(argv) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert "ledes: is not a pack that is known here. Use act_2026, coventry" in err


@pytest.mark.parametrize("argv", [[], ["show"], ["diff", "leeds"], ["drop", "leeds"]])
def test_a_command_that_is_not_complete_is_refused(argv: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        packs_command(argv)

    assert left.value.code == 2
    assert "usage: onroll packs" in capsys.readouterr().err


def test_help_shows_an_example(capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        packs_command(["--help"])

    assert left.value.code == 0
    assert "onroll packs diff national act_2026" in capsys.readouterr().out


CALENDAR = {"covers": ["2026-01-01", "2026-08-31"], "terms": [["2026-01-05", "2026-07-21"]]}


@pytest.fixture
def clocks_of(tmp_path: Path) -> list[str]:
    facts = {"facts": {"foi.answered_on": "2026-01-10", "cnis.registered_on": "2026-03-02"}}
    (tmp_path / "f.json").write_text(json.dumps(facts), "utf-8")
    (tmp_path / "c.json").write_text(json.dumps(CALENDAR), "utf-8")
    return ["--facts", str(tmp_path / "f.json"), "--calendar", str(tmp_path / "c.json")]


@pytest.mark.parametrize(
    "named", ["coventry,act_2026", "331,act_2026", " 331 , act_2026 ", "act_2026,331"]
)
def test_an_authoritys_number_and_an_act_are_answered_together(
    named: str, clocks_of: list[str], capsys: Captured
) -> None:
    assert clocks_command([*clocks_of, "--pack", named]) == 0

    out, err = capsys.readouterr()
    assert {(c["id"], c["due"]) for c in json.loads(out)} == {
        ("FOI_REVIEW_ASK", "2026-02-19"),  # 10 January and forty days
        ("CNIS_HOME", "2026-03-17"),
    }
    assert err.startswith("--pack: ")
    assert err.endswith("is not in force: what it would ask is shown for preparation only.\n")


def test_a_preview_is_announced_and_the_law_is_not(
    clocks_of: list[str], tmp_path: Path, capsys: Captured
) -> None:
    child = tmp_path / "child.json"
    child.write_text('{"born_on": "2015-05-04"}', "utf-8")
    standing = ["--facts", str(child), "--on", "2026-03-05"]

    for command, argv in ((clocks_command, clocks_of), (standing_command, standing)):
        assert command([*argv, "--pack", "act_2026"]) == 0
        assert f"--pack: {NOTE}" in capsys.readouterr().err
    assert standing_command([*standing, "--pack", "331"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("coventry,leeds", "--pack: packs: are of several authorities. Choose one authority's."),
        ("331,331", "--pack: packs: EQA_CLAIM is in two of them. Choose one."),
        ("331,", "--pack: : is not a pack that is known here."),
        ("3310", "--pack: 3310: is not a pack that is known here."),
    ],
)
def test_packs_that_do_not_go_together_are_refused(
    named: str, says: str, clocks_of: list[str], capsys: Captured
) -> None:
    assert clocks_command([*clocks_of, "--pack", named]) == 2

    out, err = capsys.readouterr()
    assert out == ""
    assert says in err


def test_an_attribute_that_nobody_asks_for_is_named(
    clocks_of: list[str], tmp_path: Path, capsys: Captured
) -> None:
    attributes = {"board_case": "exam", "board_cas": "exam"}
    given = {"facts": {"foi.received_on": "2026-03-02"}, "attributes": attributes}
    (tmp_path / "f.json").write_text(json.dumps(given), "utf-8")

    assert clocks_command(clocks_of) == 0

    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith("f.json: attributes.board_cas: no duty asks for this attribute here.")
