"""A folder of exports, a school, and a way to count every row of every table."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from onroll.office.exchange import actions
from onroll.office.exchange.commands import OPERATOR
from onroll.office.schools.models import School
from tests.exchange import exports

ON = date(2026, 3, 5)
# What stays: the journal is append-only, and an undone migration says that it was.
STAYS = {"journal.Event", "journal.Link", "exchange.Migration"}


def rows() -> dict[str, int]:
    """How many rows each table has."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("onroll.")]
    return {m._meta.label: m._base_manager.count() for m in ours if m._meta.label not in STAYS}


def add_school() -> School:
    return School.objects.create(urn=900_001, name="Invented Primary School", status="Open")


@pytest.fixture
def school(db: None) -> School:
    return add_school()


@pytest.fixture
def folder(tmp_path: Path, school: School) -> Path:
    return exports.export(tmp_path / "exports")


Migrate = Callable[..., actions.Reckoning]


@pytest.fixture
def migrate(folder: Path) -> Migrate:
    def migrated(where: Path = folder, **more: Any) -> actions.Reckoning:
        options = {"origin": "Former system", "migrated_on": date(2026, 3, 1), "is_applied": True}
        return actions.migrate(folder=where, by=OPERATOR, on=ON, **(options | more))

    return migrated
