"""The reasons that come with the program: offered, kept where the authority has its own."""

import importlib
from datetime import date

import pytest
from django.apps import apps

from onroll.office.casework.models import Case
from onroll.office.cme import queries
from onroll.office.cme.models import Episode, LocalReason
from onroll.statute.codes import LOCAL_MISSING_REASONS
from onroll.statute.codes.absent import LocalReason as ReasonOfTheLibrary

TODAY = date(2026, 3, 5)
MIGRATION = importlib.import_module("onroll.office.cme.migrations.0010_more_local_reasons")


def offered() -> dict[str, list[str]]:
    """What can be chosen, under each national reason."""
    found: dict[str, list[str]] = {}
    national = ""
    for key, title in queries.reason_choices(TODAY):
        if not key.startswith("local:"):
            national = key
        found.setdefault(national, []).append(str(title))
    return found


@pytest.mark.parametrize("reason", list(LOCAL_MISSING_REASONS), ids=lambda reason: reason.key)
def test_each_reason_of_the_library_can_be_chosen_under_its_national_one(
    db: None, reason: ReasonOfTheLibrary
) -> None:
    assert f"– {reason.title}" in offered()[reason.national]


def test_a_reason_of_the_authority_s_own_of_the_same_key_is_left_as_it_is(db: None) -> None:
    LocalReason.objects.filter(key="medically_unfit").update(title="Too ill", is_current=False)

    MIGRATION.forwards(apps, None)

    assert LocalReason.objects.get(key="medically_unfit").title == "Too ill"
    assert "– Medically unfit to be educated" not in offered()["physical_health"]


def test_the_way_back_leaves_a_reason_of_which_a_child_s_record_was_told(case: Case) -> None:
    told = LocalReason.objects.get(key="medically_unfit")
    Episode.objects.filter(case=case).update(local_reason=told)

    MIGRATION.backwards(apps, None)

    keys = {row[0] for row in MIGRATION.REASONS}
    assert set(LocalReason.objects.filter(key__in=keys)) == {told}
