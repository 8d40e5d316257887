"""What the command prints and returns, and what it says of files that cannot be read."""

from pathlib import Path

import pytest

from onroll import cli
from onroll.cli import imports
from onroll.office.exchange.models import Migration
from onroll.office.people.models import Child
from tests.exchange import exports
from tests.exchange.conftest import rows

HOW = ("--origin", "Former system", "--migrated-on", "2026-03-01")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, folder: Path) -> object:
    # Django is set up already, and these tests have no secrets to require.
    monkeypatch.setattr(imports, "django", lambda: None)
    return lambda *more: cli.main(["import", "legacy", *more])


def test_a_trial_says_so_and_an_application_gives_the_reference_for_undoing(
    run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(folder), *HOW) == 0
    assert "This was a trial: nothing was changed." in capsys.readouterr().out
    assert not Child.objects.exists()

    assert run(str(folder), *HOW, "--apply") == 0
    ref = Migration.objects.get().ref
    assert f"--undo {ref}" in capsys.readouterr().out

    assert run("--undo", ref) == 0
    assert not Child.objects.exists()
    assert run("--undo", ref) == 2


def test_rows_without_a_place_are_listed_on_screen_and_as_csv_with_exit_code_2(
    run, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exports.change(folder, "children", 4, DOB="31/02/2015")

    assert run(str(folder), *HOW) == 2
    said = capsys.readouterr().out
    assert "children.csv row 6, Date of birth: “31/02/2015” is not a real date." in said
    listed = (folder / "not-placed.csv").read_text("utf-8-sig").splitlines()
    assert listed[0] == "What,File,Row,Column,Why,What to do"
    assert listed[1].startswith("Not placed,children.csv,6,Date of birth,")

    assert run(str(folder), *HOW, "--apply") == 2
    assert not Child.objects.exists()
    assert run(str(folder), *HOW, "--apply", "--leave-out") == 0
    assert Child.objects.count() == 59


def faulty(folder: Path, what: str) -> None:
    match what:
        case "empty":
            (folder / "children.csv").write_bytes(b"")
        case "column":
            (folder / "children.csv").write_text("Stud ID,Surname\n1,Example\n")
        case "macro":
            (folder / "children.csv").rename(folder / "children.xlsm")
        case "stranger":
            (folder / "holiday.csv").write_text("A,B\n1,2\n")
        case "encoding":
            with (folder / "children.csv").open("ab") as out:
                out.write("Zoë,x\n".encode() + "Zoë,x\n".encode("latin-1"))


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("empty", "children.csv: The file is empty."),
        ("column", "children.csv: The header does not name “Forename”."),
        ("macro", "children.xlsm: The workbook can hold macros (.xlsm), which are never opened"),
        ("stranger", "holiday.csv: It is none of the files that are read here"),
        ("encoding", "children.csv: The file mixes two encodings"),
    ],
)
def test_a_wrong_file_gives_one_plain_sentence(
    run, folder: Path, capsys: pytest.CaptureFixture[str], what: str, says: str
) -> None:
    faulty(folder, what)
    before = rows()

    assert run(str(folder), *HOW, "--apply") == 2

    told = [line for line in capsys.readouterr().err.splitlines() if line]
    assert len(told) == 1
    assert told[0].startswith(says)
    assert rows() == before


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("nowhere", *HOW), "nowhere: There is no such folder."),
        (("--origin", "Former system"), "Give a folder and --migrated-on"),
        (("x", "--origin", "F", "--migrated-on", "1/9/2026"), "give a day"),
        (("x", "--origin", "F", "--migrated-on", "2036-01-01"), "is in the future"),
        (("--undo", "NOSUCH"), "There is no migration NOSUCH."),
    ],
)
def test_what_is_missing_or_impossible_is_said_with_exit_code_2(
    run, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], says: str
) -> None:
    assert run(*given) == 2

    assert says in capsys.readouterr().err
