"""Acts that are not law yet: previewed, put in force from a day, beside an authority's rules."""

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import onroll
from onroll.statute.duties import NATIONAL_DUTIES, Clock, clocks, duties, rules_version
from onroll.statute.packs import NATIONAL, Pack, available, for_authority, load, read_pack, together
from onroll.statute.reading import FaultyInput
from onroll.statute.sources import Confidence
from tests.statute.year_2026 import YEAR_2026

ACT = load("act_2026")
IN_FORCE = ACT.from_day(date(2027, 9, 1))


def under(pack: Pack, facts: dict[str, object]) -> dict[str, Clock]:
    return {clock.id: clock for clock in clocks(facts, {}, YEAR_2026, None, pack)}


def test_the_act_is_not_in_force_and_says_so() -> None:
    assert not ACT.is_in_force
    assert ACT.commencement_note == (
        "Children's Wellbeing and Schools Act 2026 is not in force: what it would ask is shown "
        "for preparation only."
    )
    assert [key for key in available() if not load(key).is_in_force] == ["act_2026"]
    assert NATIONAL.commencement_note == ""


def test_nothing_of_the_act_is_law_in_any_office() -> None:
    ids = {duty.id for duty in ACT.duties}

    assert ids
    assert ids.isdisjoint(duty.id for duty in NATIONAL_DUTIES)
    assert not under(NATIONAL, {"sao_notice.served_on": "2026-03-02"}).keys() & ids


@pytest.mark.parametrize(
    ("key", "day", "duty", "due"),
    [
        ("cnis.registered_on", "2026-03-02", "CNIS_HOME", date(2026, 3, 17)),
        ("cnis.asked_on", "2026-12-20", "CNIS_PARENT_INFO", date(2027, 1, 4)),
        ("cnis.provider_asked_on", "2026-11-30", "CNIS_PROVIDER_UPD", date(2027, 2, 28)),
        ("address.moved_in_on", "2026-03-02", "CNIS_PREV_ADDR", date(2027, 3, 2)),
        ("child_protection_plan.ended_on", "2028-02-29", "CNIS_CP_LOOKBACK", date(2033, 2, 28)),
        ("preliminary_notice.served_on", "2026-03-02", "SAO_NEW_PRELIM", None),
    ],
)
def test_what_the_act_would_ask(key: str, day: str, duty: str, due: date | None) -> None:
    clock = under(ACT, {key: day})[duty]

    assert clock.due == due
    assert not clock.is_local
    assert clock.confidence in (Confidence.SECONDARY, Confidence.UNCONFIRMED)
    assert clock.confidence.caution


def test_a_number_that_nobody_found_is_not_made_up() -> None:
    clock = under(ACT, {"preliminary_notice.served_on": "2026-03-02"})["SAO_NEW_PRELIM"]

    assert clock.duty.limit is None
    assert clock.says(date(2026, 3, 9)) == "The number of days was not found"


def test_the_act_stops_what_it_takes_the_place_of_and_nothing_else() -> None:
    served = {"sao_notice.served_on": "2026-03-02", "sao_choice.served_on": "2026-03-02"}

    assert set(under(NATIONAL, served)) == {"SAO_NOTICE", "SAO_CHOICE"}
    assert set(under(ACT, served)) == {"SAO_CHOICE"}
    left_out = {duty.id for duty in duties()} - {duty.id for duty in duties(ACT)}
    assert left_out == {"SAO_NOTICE"}


def test_from_its_day_the_act_is_law_and_what_it_replaces_ends_the_day_before() -> None:
    assert IN_FORCE.is_in_force
    assert IN_FORCE.commencement_note == ""

    # Served on 31 August 2027 under the old law: fifteen days beginning with it.
    last = under(IN_FORCE, {"sao_notice.served_on": "2027-08-31"})
    assert last["SAO_NOTICE"].due == date(2027, 9, 14)
    assert under(IN_FORCE, {"sao_notice.served_on": "2027-09-01"}) == {}
    assert under(IN_FORCE, {"cnis.registered_on": "2027-08-31"}) == {}
    first = under(IN_FORCE, {"cnis.registered_on": "2027-09-01"})
    assert first["CNIS_HOME"].due == date(2027, 9, 16)


def test_what_begins_later_of_itself_keeps_its_day() -> None:
    later = replace(ACT.duties[0], since=date(2028, 1, 1))
    earlier = replace(ACT.duties[1], since=date(2026, 1, 1))
    pack = replace(ACT, duties=(later, earlier))

    begun = pack.from_day(date(2027, 9, 1))

    assert [duty.since for duty in begun.duties] == [date(2028, 1, 1), date(2027, 9, 1)]


NOTICE = next(duty for duty in NATIONAL_DUTIES if duty.id == "SAO_NOTICE")


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        (date(1996, 11, 1), None, (date(1996, 11, 1), date(2027, 8, 31))),
        (None, None, (None, date(2027, 8, 31))),
        # It had ended already: its own last day stands.
        (date(1996, 11, 1), date(2020, 3, 31), (date(1996, 11, 1), date(2020, 3, 31))),
        (date(1996, 11, 1), date(2030, 1, 1), (date(1996, 11, 1), date(2027, 8, 31))),
        (date(2027, 8, 31), None, (date(2027, 8, 31), date(2027, 8, 31))),
        # It would only have begun with the Act or after it: nothing is left.
        (date(2027, 9, 1), None, None),
        (date(2028, 1, 1), None, None),
    ],
)
def test_what_is_left_of_a_duty_whose_place_is_taken(
    since: date | None, until: date | None, left: tuple[date | None, date] | None
) -> None:
    duty = replace(NOTICE, since=since, until=until)

    found = [(kept.since, kept.until) for kept in IN_FORCE.remains_of(duty)]

    assert found == ([] if left is None else [left])


def test_a_duty_that_the_pack_does_not_name_is_left_as_it_is() -> None:
    other = next(duty for duty in NATIONAL_DUTIES if duty.id == "SAO_CHOICE")

    assert IN_FORCE.remains_of(other) == (other,)
    assert ACT.remains_of(NOTICE) == ()
    assert NATIONAL.remains_of(NOTICE) == (NOTICE,)


def test_the_mark_of_the_rules_tells_the_act_from_the_law() -> None:
    marks = {rules_version(NATIONAL), rules_version(ACT), rules_version(IN_FORCE)}

    assert len(marks) == 3


def test_a_pack_knows_the_facts_that_only_it_asks_for() -> None:
    keys = ACT.fact_keys

    assert "cnis.home_considered_on" in keys
    assert keys["cnis.registered_on"].title == "cnis registered on"
    assert "sao_notice.served_on" not in keys


def test_an_authority_works_by_its_own_rules_with_the_act_beside_them() -> None:
    both = together(load("coventry"), ACT)

    assert (both.key, both.authority_code) == ("coventry+act_2026", "331")
    assert both.title == "Coventry, Children's Wellbeing and Schools Act 2026"
    assert not both.is_in_force
    assert both.whereabouts_unknown_days == 10
    assert both.replaces == (("SAO_NOTICE", None),)
    assert both.cites == f"{load('coventry').cites}; {ACT.cites}"
    found = under(both, {"foi.answered_on": "2026-01-10", "cnis.registered_on": "2026-03-02"})
    assert found["FOI_REVIEW_ASK"].due == date(2026, 2, 19)
    assert found["FOI_REVIEW_ASK"].duty.authority == "Coventry"
    assert found["CNIS_HOME"].duty.authority == ""


def test_an_act_in_force_beside_an_authoritys_rules_is_in_force() -> None:
    both = together(load("leeds"), IN_FORCE)

    assert both.is_in_force
    assert both.since == date(2027, 9, 1)
    assert under(both, {"sao_notice.served_on": "2027-09-01"}) == {}
    assert "SAO_NOTICE" in under(both, {"sao_notice.served_on": "2027-08-31"})


def test_what_each_authority_counts_is_kept_when_packs_are_put_together() -> None:
    both = together(load("north_yorkshire"), ACT)

    assert both.also_counts == ("irregular_attendance", "whereabouts_unknown")
    assert both.local_cites == load("north_yorkshire").local_cites


def test_the_shorter_time_holds_when_packs_are_put_together() -> None:
    one = Pack("one", "One", since=date(2025, 1, 1), until=date(2027, 3, 31))
    other = Pack("two", "Two", since=date(2026, 1, 1), until=date(2027, 12, 31))

    both = together(one, other)

    assert (both.since, both.until) == (date(2026, 1, 1), date(2027, 3, 31))


def test_one_pack_alone_is_itself() -> None:
    assert together(ACT) is ACT


def test_two_authorities_are_not_put_together_nor_one_duty_twice() -> None:
    with pytest.raises(FaultyInput, match="packs: are of several authorities"):
        together(load("coventry"), load("leeds"))
    with pytest.raises(FaultyInput) as raised:
        together(load("leeds"), load("leeds"))

    assert [str(fault) for fault in raised.value.faults] == [
        "packs: CME_LEEDS_REFER is in two of them. Choose one."
    ]


def test_an_act_is_nobodys_local_rule() -> None:
    pack = read_pack(
        {
            "key": "next",
            "title": "The next Act",
            "act": True,
            "duty": [
                {
                    "id": "NEXT_ONE",
                    "title": "Do it",
                    "started_by": "next.begun_on",
                    "says": "without delay",
                    "who": "authority",
                    "cites": "The next Act s.1",
                    "confidence": "secondary",
                    "since": "2028-01-01",
                    "until": "2029-12-31",
                    "is_deadline": False,
                    "note": "Read in a report.",
                }
            ],
        }
    )

    (duty,) = pack.duties
    assert (duty.jurisdiction, duty.authority) == ("national", "")
    assert (duty.since, duty.until) == (date(2028, 1, 1), date(2029, 12, 31))
    assert (duty.limit, duty.count_says) == (None, "without delay")
    assert not duty.is_deadline
    assert duty.note == "Read in a report."


@pytest.mark.parametrize(
    ("code", "key"),
    [("331", "coventry"), ("916", "gloucestershire"), ("815", "north_yorkshire")],
)
def test_an_authority_is_known_by_its_number(code: str, key: str) -> None:
    assert for_authority(code, date(2026, 3, 5)).key == key


def test_an_authority_without_rules_of_its_own_works_by_the_nations() -> None:
    assert for_authority("999", date(2026, 3, 5)) is NATIONAL


DATED = """
key = "{key}"
title = "Ashcombe"
authority_code = "998"
since = {since}
{until}
"""
ASK = """
from datetime import date
from onroll.statute.packs import for_authority
for day in ["2024-08-31", "2024-09-01", "2025-08-31", "2025-09-01", "2026-08-31", "2026-09-01"]:
    print(day, for_authority("998", date.fromisoformat(day)).key)
"""


def test_the_rules_of_an_authority_are_those_of_the_day(tmp_path: Path) -> None:
    """In a copy of the library, with two packs of an invented authority whose days meet."""
    package = Path(onroll.__file__).parent
    copy = tmp_path / "onroll"
    shutil.copytree(package / "statute", copy / "statute")
    shutil.copy(package / "__init__.py", copy)
    packs = copy / "statute" / "packs"
    old = DATED.format(key="old", since="2024-09-01", until="until = 2026-03-31")
    new = DATED.format(key="new", since="2025-09-01", until="until = 2026-08-31")
    (packs / "old.toml").write_text(old, "utf-8")
    (packs / "new.toml").write_text(new, "utf-8")

    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    # Before either, the nation's; where both hold, the one that began later; after both, neither.
    assert done.stdout.split() == [
        "2024-08-31", "national",
        "2024-09-01", "old",
        "2025-08-31", "old",
        "2025-09-01", "new",
        "2026-08-31", "new",
        "2026-09-01", "national",
    ]  # fmt: skip
