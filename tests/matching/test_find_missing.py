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


def listed(found: Found, over: float = 0.5) -> set[str]:
    likely = [one for one in found.candidates if one.probability > over]
    return {record for one in likely for _, record in one.records}


def child(given: str, family: str, born: str, **more: str) -> dict[str, str]:
    at = {"sex": "F", "house": "12", "street": "Canal Street", "postcode": "ZZ1 4AB"}
    return {"given_name": given, "family_name": family, "born_on": born, **at, **more}


def test_the_one_child_on_no_roll_is_listed_and_nobody_else(tmp_path: Path) -> None:
    found = search(tmp_path / "lists")

    assert [one.records for one in found.candidates] == [(("gp", "g4"),)]
    assert found.candidates[0].probability >= 0.9
    assert found.candidates[0].born_on == date(2014, 7, 7)
    assert found.candidates[0].cause in CAUSES


# What the roll has, and what the other list has of the same child. One search for all of them.
ONE_CHILD = {
    "a nickname": (child("Katherine", "Barlow", "2014-03-09"),
                   child("Katie", "Barlow", "2014-03-09")),
    "another spelling": (child("Mohammed", "Hussain", "2013-05-21"),
                         child("Muhammad", "Hussein", "2013-05-21")),
    "accents": (child("Zoë", "Müller", "2015-11-30"), child("Zoe", "Muller", "2015-11-30")),
    "names changed over": (child("Nowak", "Zofia", "2012-01-17"),
                           child("Zofia", "Nowak", "2012-01-17")),
    "half a double name": (child("Isla", "Barton-Keane", "2016-07-08"),
                           child("Isla", "Keane", "2016-07-08")),
    "day and month changed over": (child("Ellie", "Tranter", "2011-04-09"),
                                   child("Ellie", "Tranter", "2011-09-04")),
    "one digit out": (child("Rhys", "Pryce", "2017-02-13"), child("Rhys", "Pryce", "2017-02-18")),
    "a move": (child("Orla", "Finnegan", "2014-08-26"),
               child("Orla", "Finnegan", "2014-08-26", house="7", postcode="ZZ9 1AA")),
    "a middle name first": (child("Anne", "Ogden", "2013-10-02", middle_names="Martha"),
                            child("Martha", "Ogden", "2013-10-02", middle_names="Anne")),
    "a former family name": (child("Bethan", "Vaughan", "2015-06-14", middle_names="Non"),
                             child("Bethan", "Lewis", "2015-06-14", middle_names="Non")),
    "an English name besides": (child("Felix", "Liu", "2014-05-22", sex="M"),
                                child("Yujun", "Liu", "2014-05-22", sex="M")),
    "1 January": (child("Yusuf", "Warsame", "2012-09-23"), child("Yusuf", "Warsame", "2012-01-01")),
}  # fmt: skip

# A child on the roll and on the other list, and another child who is on that list only.
TWO_CHILDREN = {
    "twins": (child("Amina", "Rahman", "2014-03-19"), child("Layla", "Rahman", "2014-03-19")),
    "brother and sister": (child("Grace", "Tennant", "2013-12-05"),
                           child("Idris", "Tennant", "2016-08-21", sex="M")),
    "the next tenant": (child("Maya", "Collier", "2012-06-30"),
                        child("Saoirse", "Pemberton", "2013-12-02")),
    "a common name": (child("Amelia", "Marsden", "2015-02-11"),
                      child("Amelia", "Marsden", "2012-07-28", house="3", postcode="ZZ8 2BB")),
}  # fmt: skip


@pytest.fixture(scope="module")
def all_cases(tmp_path_factory: pytest.TempPathFactory) -> Found:
    rolls, gp = [*ROLLS], [*GP]
    cases = {**ONE_CHILD, **TWO_CHILDREN}
    for n, (name, (roll, other)) in enumerate(cases.items()):
        at = {"house": str(20 + n), "postcode": f"ZZ{3 + n % 5} {1 + n % 8}AB"}
        here = {**roll, **at}
        there = other if other["house"] != roll["house"] else {**other, **at}
        rolls.append({**here, "record_id": f"{name}: roll"})
        gp.append({**there, "record_id": f"{name}: other"})
        if name in TWO_CHILDREN:
            gp.append({**here, "record_id": f"{name}: same"})
    return search(tmp_path_factory.mktemp("cases") / "lists", rolls, gp)


@pytest.mark.parametrize("name", ONE_CHILD)
def test_a_child_written_otherwise_is_still_on_the_roll(name: str, all_cases: Found) -> None:
    assert f"{name}: other" not in listed(all_cases)


@pytest.mark.parametrize("name", TWO_CHILDREN)
def test_another_child_is_listed_although_somebody_like_them_is_on_the_roll(
    name: str, all_cases: Found
) -> None:
    # Among so few children a namesake is likelier one child with a wrong birth date: still listed.
    over = 0.1 if name == "a common name" else 0.5
    assert f"{name}: other" in listed(all_cases, over)
    assert f"{name}: same" not in listed(all_cases)


def test_one_home_with_one_child_of_a_day_on_each_list_has_one_child(all_cases: Found) -> None:
    """Twins would both be with a doctor."""
    assert "an English name besides: other" not in listed(all_cases, over=0.0)
    assert "twins: other" in listed(all_cases)


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


AGES = {
    "2021-08-31": True,  # five in August: the next prescribed day is 31 August itself
    "2021-09-01": False,  # five on 1 September: not until after 31 December
    "2010-09-01": True,  # in Year 11
    "2010-08-31": False,  # left on the last Friday in June 2026
    "": True,  # nobody drops out of sight for want of a date
    "31/02/2014": True,  # nor for a day that is none
    "1960-03-02": False,  # a grandmother on a list of tenants
    "2026-12-02": False,  # not born yet
}


@pytest.fixture(scope="module")
def all_ages(tmp_path_factory: pytest.TempPathFactory) -> Found:
    names = ["Leila Haddad", "Tomos Rees", "Ngozi Okafor", "Piotr Zielinski", "Wei Chen",
             "Una Kerr", "Enid Moss", "Ida Platt"]  # fmt: skip
    gp = [
        child(*name.split(), born, house=str(60 + n), postcode=f"ZZ6 {n + 1}XY", record_id=f"a{n}")
        for n, (name, born) in enumerate(zip(names, AGES, strict=True))
    ]
    return search(tmp_path_factory.mktemp("ages") / "lists", gp=[*GP[:3], *gp])


@pytest.mark.parametrize("born", AGES)
def test_only_compulsory_school_age_or_no_known_age_is_listed(born: str, all_ages: Found) -> None:
    assert (f"a{list(AGES).index(born)}" in listed(all_ages)) is AGES[born]


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
    rolls = [*ROLLS, child("Unknown", "Barlow", "2014-03-09", upn=upn, record_id="r")]
    gp = [*GP, child("Saffron", "Tully", "2014-03-09", upn=upn, postcode="ZZ9 9ZZ", record_id="g")]

    found = search(tmp_path / "lists", rolls, gp)

    assert "g" not in listed(found)
