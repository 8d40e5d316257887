"""Who is found in no education list, and that twins, slips and spellings mislead nobody."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from onroll.cli import main
from onroll.matching.causes import CAUSES
from onroll.matching.find import Found, find_missing
from onroll.matching.sources import read_folder
from tests.matching.lists import GP, ROLLS, Rows, folder

ON = date(2026, 10, 1)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def search(at: Path, rolls: Rows = ROLLS, gp: Rows = GP, on: date = ON) -> Found:
    return find_missing(read_folder(folder(at, rolls, gp)), on=on)


def listed(found: Found) -> set[str]:
    return {
        record for one in found.candidates if one.probability > 0.5 for _, record in one.records
    }


def child(record: str, given: str, family: str, born: str, **more: str) -> dict[str, str]:
    at = {"sex": "F", "house": "12", "street": "Canal Street", "postcode": "ZZ1 4AB"}
    return {"record_id": record, "given_name": given, "family_name": family, "born_on": born,
            **at, **more}  # fmt: skip


def test_the_one_child_on_no_roll_is_listed_and_nobody_else(tmp_path: Path) -> None:
    found = search(tmp_path / "lists")

    assert [one.records for one in found.candidates] == [(("gp", "g4"),)]
    assert found.candidates[0].probability >= 0.9
    assert found.candidates[0].born_on == date(2014, 7, 7)
    assert found.candidates[0].cause in CAUSES


# What the roll has, and what the other list has of the same child.
ONE_CHILD = [
    ("a nickname", child("r", "Katherine", "Barlow", "2014-03-09"),
     child("g", "Katie", "Barlow", "2014-03-09")),
    ("another spelling", child("r", "Mohammed", "Hussain", "2014-03-09"),
     child("g", "Muhammad", "Hussein", "2014-03-09")),
    ("accents", child("r", "Zoë", "Müller", "2014-03-09"),
     child("g", "Zoe", "Muller", "2014-03-09")),
    ("names changed over", child("r", "Nowak", "Zofia", "2014-03-09"),
     child("g", "Zofia", "Nowak", "2014-03-09")),
    ("half a double name", child("r", "Ellie", "Barton-Hughes", "2014-03-09"),
     child("g", "Ellie", "Hughes", "2014-03-09")),
    ("day and month changed over", child("r", "Ellie", "Hughes", "2014-03-09"),
     child("g", "Ellie", "Hughes", "2014-09-03")),
    ("one digit out", child("r", "Ellie", "Hughes", "2014-03-09"),
     child("g", "Ellie", "Hughes", "2014-03-19")),
    ("a move", child("r", "Ellie", "Hughes", "2014-03-09"),
     child("g", "Ellie", "Hughes", "2014-03-09", house="7", postcode="ZZ9 1AA")),
    ("a middle name first", child("r", "Anne", "Hughes", "2014-03-09", middle_names="Ellie"),
     child("g", "Ellie", "Hughes", "2014-03-09", middle_names="Anne")),
    ("a former family name", child("r", "Ellie", "Hughes", "2014-03-09", middle_names="Anne"),
     child("g", "Ellie", "Barton", "2014-03-09", middle_names="Anne")),
    ("1 January", child("r", "Yusuf", "Warsame", "2014-03-09"),
     child("g", "Yusuf", "Warsame", "2014-01-01")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("roll", "other"), [case[1:] for case in ONE_CHILD], ids=[case[0] for case in ONE_CHILD]
)
def test_a_child_written_otherwise_is_still_on_the_roll(
    roll: dict[str, str], other: dict[str, str], tmp_path: Path
) -> None:
    found = search(tmp_path / "lists", [*ROLLS, roll], [*GP, other])

    assert "g" not in listed(found)
    assert found.people[3] == found.people[len(ROLLS) + 1 + len(GP)]


# A child on the roll, and another child who is not.
TWO_CHILDREN = [
    ("twins", child("r", "Amina", "Barlow", "2014-03-09"),
     child("g", "Layla", "Barlow", "2014-03-09")),
    ("brother and sister", child("r", "Amina", "Barlow", "2014-03-09"),
     child("g", "Idris", "Barlow", "2016-08-21", sex="M")),
    ("the next tenant", child("r", "Amina", "Barlow", "2014-03-09"),
     child("g", "Saoirse", "Pemberton", "2013-12-02")),
    ("a common name", child("r", "Amina", "Barlow", "2014-03-09"),
     child("g", "Amina", "Barlow", "2012-07-28", house="3", postcode="ZZ8 2BB")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("roll", "other"), [case[1:] for case in TWO_CHILDREN], ids=[case[0] for case in TWO_CHILDREN]
)
def test_another_child_is_listed_although_somebody_like_them_is_on_the_roll(
    roll: dict[str, str], other: dict[str, str], tmp_path: Path
) -> None:
    itself = {**roll, "record_id": "same"}

    found = search(tmp_path / "lists", [*ROLLS, roll], [*GP, itself, other])

    assert "g" in listed(found)
    assert "same" not in listed(found)


def test_two_lists_that_know_a_missing_child_make_one_row(tmp_path: Path) -> None:
    at = folder(tmp_path / "lists")
    births = [{**GP[3], "record_id": "b1", "family_name": "Hadad"}]
    folder_text = (at / "sources.toml").read_text()
    (at / "births.csv").write_text((at / "gp.csv").read_text().partition("\n")[0] + "\n")
    with (at / "births.csv").open("a", newline="") as out:
        csv.DictWriter(out, (at / "gp.csv").read_text().partition("\n")[0].split(","),
                       restval="").writerows(births)  # fmt: skip
    (at / "sources.toml").write_text(
        folder_text + '[[source]]\nfile = "births.csv"\nname = "births"\nevidence = "residence"\n'
        "as_at = 2020-01-01\n"
    )

    found = find_missing(read_folder(at), on=ON)

    assert [set(one.records) for one in found.candidates] == [{("gp", "g4"), ("births", "b1")}]


@pytest.mark.parametrize(
    ("born", "is_listed"),
    [
        ("2021-08-31", True),  # five in August: the next prescribed day is 31 August itself
        ("2021-09-01", False),  # five on 1 September: not until after 31 December
        ("2010-09-01", True),  # in Year 11
        ("2010-08-31", False),  # left on the last Friday in June 2026
        ("", True),  # nobody drops out of sight for want of a date
        ("31/02/2014", True),  # nor for a day that is none
    ],
)
def test_only_compulsory_school_age_or_no_known_age_is_listed(
    born: str, is_listed: bool, tmp_path: Path
) -> None:
    other = child("g", "Leila", "Haddad", born, house="9", postcode="ZZ2 1AB")

    found = search(tmp_path / "lists", gp=[*GP[:3], other])

    assert ("g" in listed(found)) is is_listed


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    at = folder(tmp_path / "lists")
    asked = ["find-missing", "--sources", str(at), "--on", "2026-10-01", "--seed", "7", "--out"]

    codes = main([*asked, str(tmp_path / "one")]), main([*asked, str(tmp_path / "two")])

    assert codes == (0, 0)
    for name in ("missing.csv", "links.csv", "people.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_the_files_hold_what_they_promise(tmp_path: Path) -> None:
    rolls = [{**row, "record_id": row["record_id"].replace("r", "")} for row in ROLLS]
    gp = [{**row, "record_id": row["record_id"].replace("g", "")} for row in GP]
    at, out = folder(tmp_path / "lists", rolls, gp), tmp_path / "out"

    code = main(["find-missing", "--sources", str(at), "--on", "2026-10-01", "--out", str(out)])

    missing, links = rows(out / "missing.csv"), rows(out / "links.csv")
    people = {row["record_id"]: row["person"] for row in rows(out / "people.csv")}
    run = json.loads((out / "run.json").read_text("utf-8"))
    assert code == 0
    # Ids that two files share carry the name of their source; one that nobody shares stands bare.
    assert [row["record_ids"] for row in missing] == ["4"]
    assert {(row["record_id_a"], row["record_id_b"]) for row in links} == {
        (f"rolls:{n}", f"gp:{n}") for n in (1, 2, 3)
    }
    assert all(float(row["probability"]) > 0.5 and row["explanation"] for row in links)
    assert people["rolls:1"] == people["gp:1"] != people["rolls:2"]
    assert set(people) == {*(f"rolls:{n}" for n in (1, 2, 3)), *(f"gp:{n}" for n in (1, 2, 3)), "4"}
    assert run["seed"] == 1
    assert run["by_cause"].keys() == CAUSES.keys()
    assert {source["name"]: source["records"] for source in run["sources"]} == {"rolls": 3, "gp": 4}
    assert run["memory_bytes"] > 0 < run["seconds_in_all"]
    report = (out / "report.html").read_text("utf-8")
    assert "A probability never decides" in report
    assert "Haddad" not in report


def test_a_link_says_what_agrees_and_how_rare_it_is(tmp_path: Path) -> None:
    found = search(tmp_path / "lists")

    says = found.links["explanation"].to_pylist()

    assert any("Given name a short form; family name the same" in one for one in says)
    assert all("Of all records" in one and "bits." in one for one in says)


def test_numbers_decide_where_names_say_nothing(tmp_path: Path) -> None:
    upn = "Z999202612345"
    rolls = [*ROLLS, child("r", "Unknown", "Barlow", "2014-03-09", upn=upn)]
    gp = [*GP, child("g", "Saffron", "Tully", "2014-03-09", upn=upn, postcode="ZZ9 9ZZ")]

    found = search(tmp_path / "lists", rolls, gp)

    assert "g" not in listed(found)
