"""Ashcombe's registers look like those of a real area."""

from datetime import date
from pathlib import Path

import pytest

from onroll.marks.engines import here
from onroll.marks.outputs import Findings
from onroll.marks.store import Store
from onroll.office.demo import invent, registers

TODAY = date(2026, 11, 18)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers of 1,200 children; enough for shares, and quick."""
    folder = tmp_path_factory.mktemp("ashcombe")
    invented = invent.children(count=1_200, seed=1, today=TODAY)
    refs = {child.key: f"R{child.key}" for child in invented}
    registers.take(Store(folder), invented, refs, units={}, seed=1, today=TODAY)
    return folder


def test_absence_is_near_what_is_published_of_england(place: Path) -> None:
    (last,) = Findings.of(here(Path(Store(place).folder(2025))).schools, {}).authority.to_pylist()

    assert 6 < last["absence_rate"] < 9  # 6.8 in 2024/25
    assert 15 < last["persistent_rate"] < 26  # 18.1
    assert 1 < last["severe_rate"] < 4  # 2.4


def test_every_alert_is_met_by_some_and_by_few(place: Path) -> None:
    now = Findings.of(here(Path(Store(place).folder(2026))).schools, {})
    met = now.alerts.group_by("alert").aggregate([("pupil_id", "count")]).to_pylist()
    counts = {row["alert"]: row["pupil_id_count"] for row in met}

    assert counts.keys() >= {"absent_10_school_days", "sickness_15_consecutive", "severe"}
    assert 1 <= counts["absent_10_school_days"] < 60


def test_registers_end_the_day_before_and_two_schools_are_behind(place: Path) -> None:
    keeper = Store(place)
    schools = keeper.schools(2026)
    last = {school: max(keeper.read(school, 2026)["on"].to_pylist()) for school in schools}

    assert max(last.values()) == date(2026, 11, 17)
    assert "900007" not in schools
    assert [school for school, on in last.items() if on < date(2026, 11, 12)] == ["900018"]
