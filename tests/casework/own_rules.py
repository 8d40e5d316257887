"""An authority with policy packs of its own, for tests of what other ones would change."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from onroll.office.accounts.models import LocalRules
from onroll.office.accounts.queries import rules
from onroll.office.casework.queries.rules_preview import address_of
from onroll.office.kernel import clock
from tests import actors

TODAY = actors.TODAY

PACK = """key = "{key}"
title = "{title}"

[local_cme]
also_counts = [{counts}]
cites = "Ashcombe's procedure"

[[duty]]
id = "ASHCOMBE_RING"
title = "Ring the family"
started_by = "case.opened_on"
stopped_by = ["case.first_action_on"]
n = {days}
unit = "calendar_day"
who = "authority"
cites = "Ashcombe's procedure"
"""


@pytest.fixture(autouse=True)
def own_packs(
    settings: Settings, tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An authority that rings within 40 days and may come to ring within 10."""
    settings.ONROLL_PACKS = str(tmp_path)
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    write(tmp_path, "slow", days=40)
    write(tmp_path, "fast", days=10)
    write(tmp_path, "wide", days=40, counts=("part_time_timetable", "home_education_not_assessed"))
    LocalRules.objects.create(pack="slow", starts_on=date(2026, 1, 5))


def write(folder: Path, key: str, *, days: int, counts: tuple[str, ...] = ()) -> None:
    quoted = ", ".join(f'"{ground}"' for ground in counts)
    words = PACK.format(key=key, title=f"Ashcombe {key}", days=days, counts=quoted)
    (folder / f"{key}.toml").write_text(words)


def proposed(pack: str = "fast", **more: Any) -> rules.Proposed:
    values: dict[str, Any] = {"seen_within": 30, "quiet_after": 14, "starts_on": TODAY, **more}
    return rules.Proposed(pack=pack, **values)


def text(client: Client, asked: rules.Proposed) -> str:
    answer = client.get(address_of(asked))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())
