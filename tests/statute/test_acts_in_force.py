"""An authority's own pack puts an Act in force from a day, without a change of the program."""

from pathlib import Path

import pytest

from onroll.statute.calendars import SchoolCalendar
from onroll.statute.duties import clocks
from onroll.statute.packs import Pack, load_file
from onroll.statute.reading import FaultyInput

NOTHING_KNOWN = SchoolCalendar(covers=None)

OURS = """
key = "ours"
title = "Ashcombe"

[acts]
# An invented instrument appoints the day.
act_2026 = 2027-09-01

[[duty]]
id = "ASHCOMBE_CALL"
title = "Ring the family"
started_by = "child_aware.missing_on"
n = 2
unit = "calendar_day"
who = "authority"
cites = "Ashcombe Council (fictional)"
"""


@pytest.fixture
def ours(tmp_path: Path) -> Pack:
    (tmp_path / "ours.toml").write_text(OURS, "utf-8")
    return load_file(tmp_path / "ours.toml")


def ids(pack: Pack, key: str, day: str) -> list[str]:
    return [clock.id for clock in clocks({key: day}, {}, NOTHING_KNOWN, None, pack)]


def test_until_its_day_the_old_law_holds_and_from_it_the_new(ours: Pack) -> None:
    assert ids(ours, "sao_notice.served_on", "2027-08-31") == ["SAO_NOTICE"]
    assert ids(ours, "sao_notice.served_on", "2027-09-01") == []
    assert ids(ours, "cnis.registered_on", "2027-08-31") == []
    assert ids(ours, "cnis.registered_on", "2027-09-01") == ["CNIS_HOME"]


def test_the_authoritys_own_rules_stand_beside_it(ours: Pack) -> None:
    assert ids(ours, "child_aware.missing_on", "2026-03-02") == ["ASHCOMBE_CALL"]
    assert ours.key == "ours"
    assert ours.is_in_force
    assert not ours.act
    assert "Children's Wellbeing and Schools Act 2026" in ours.title


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (OURS.replace("act_2026 =", "act_2062 ="), "acts.act_2062: is no Act here. Use act_2026."),
        (OURS.replace("act_2026 =", "leeds ="), "acts.leeds: is no Act here."),
        (OURS.replace("2027-09-01", '"soon"'), "acts.act_2026: 'soon' is not a date."),
        (
            OURS.replace('title = "Ashcombe"', 'title = "X"\nact = true'),
            "acts: stand in an authority",
        ),
    ],
)
def test_an_act_that_cannot_be_meant_is_refused(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "ours.toml").write_text(written, "utf-8")

    with pytest.raises(FaultyInput) as refused:
        load_file(tmp_path / "ours.toml")

    assert f"ours.toml: {says}" in str(refused.value)
