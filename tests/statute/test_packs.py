"""Policy packs: what they may say, and how they are refused."""

from pathlib import Path

import pytest

from onroll.statute.counting import Reading, Unit
from onroll.statute.packs import NATIONAL, available, load, load_file, read_pack
from onroll.statute.reading import FaultyInput


def test_every_pack_that_comes_with_the_program_loads() -> None:
    assert set(available()) >= {"national", "example", "leeds", "north_yorkshire"}
    for key in available():
        assert load(key).key == key
        assert load(key).title
        assert load(key).cites


def test_the_nation_adds_nothing_to_itself() -> None:
    assert NATIONAL.duties == ()
    assert NATIONAL.also_counts == ()


def test_a_local_duty_is_read_in_full() -> None:
    (refer,) = load("leeds").duties

    assert refer.id == "CME_LEEDS_REFER"
    assert refer.jurisdiction == "local"
    assert refer.limit is not None
    assert (refer.limit.n, refer.limit.unit) == (28, Unit.CALENDAR_DAY)
    assert refer.limit.reading is Reading.AFTER


def test_a_pack_may_use_facts_of_its_own() -> None:
    assert list(load("gloucestershire").fact_keys) == ["home.visited_on"]


def test_an_unknown_pack_is_refused_with_the_ones_there_are() -> None:
    with pytest.raises(
        FaultyInput, match="Use act_2026, coventry, example, gloucestershire, leeds"
    ):
        load("ledes")


def test_a_pack_at_fault_names_every_fault() -> None:
    with pytest.raises(FaultyInput) as raised:
        read_pack(
            {
                "key": "",
                "titel": "Ashcombe",
                "authority_code": "83",
                "local_cme": {"also_counts": ["bad_weather"]},
                "duty": [
                    {"id": "lower", "n": 0, "unit": "fortnight", "started_by": "nonsense"},
                    "words",
                ],
            }
        )

    places = [fault.where for fault in raised.value.faults]
    assert {
        "titel",
        "key",
        "title",
        "authority_code",
        "local_cme.also_counts[0]",
        "duty[0].title",
        "duty[0].who",
        "duty[0].cites",
        "duty[0].id",
        "duty[0]",
        "duty[0].n",
        "duty[0].unit",
        "duty[1]",
    } <= set(places)


def test_two_duties_of_one_id_are_refused() -> None:
    duty = {
        "id": "X",
        "title": "Do it",
        "started_by": "case.opened_on",
        "n": 1,
        "unit": "working_day",
        "who": "authority",
        "cites": "Nowhere",
    }

    with pytest.raises(FaultyInput, match="X is there twice"):
        read_pack({"key": "k", "title": "K", "duty": [duty, duty]})


def test_a_pack_of_ones_own_is_loaded_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('key = "own"\ntitle = "Own"\n', "utf-8")
    assert load_file(path).title == "Own"

    path.write_text("key = ", "utf-8")
    with pytest.raises(FaultyInput, match=r"own\.toml: is not TOML"):
        load_file(path)
    path.write_bytes(b'key = "\xff"')
    with pytest.raises(FaultyInput, match="is not UTF-8"):
        load_file(path)
    with pytest.raises(FaultyInput, match="cannot be read"):
        load_file(tmp_path / "none.toml")
