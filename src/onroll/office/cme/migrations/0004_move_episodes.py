"""Each record's times, reason and place become the facts that they always were.

What was overwritten before this cannot be brought back. The reason that was last given is stated
as known since the case was, and where the time missing has ended, its end as known since the
case closed.
"""

from datetime import UTC, datetime, time, timedelta

from django.db import migrations
from django.db.models import Min

SOURCE = "From the record of the case, which kept one reason, one time and one place"


def move(apps, schema_editor):
    record_of = apps.get_model("cme", "MissingEducation")
    episode_of = apps.get_model("cme", "Episode")
    placement_of = apps.get_model("cme", "Placement")
    state_of = apps.get_model("casework", "CaseState")
    known_from = dict(state_of.objects.values_list("case").annotate(first=Min("recorded_at")))
    closed_at = dict(
        state_of.objects.filter(is_open=False, superseded_at=None)
        .values_list("case")
        .annotate(first=Min("recorded_at"))
    )
    now = datetime.now(UTC)
    episodes, placements = [], []
    for row in record_of.objects.order_by("pk").iterator():
        known = known_from.get(row.case_id, now)
        ended = max(closed_at.get(row.case_id, now), known)
        said = {
            "case_id": row.case_id,
            "starts_on": row.missing_from,
            "reason": row.reason,
            "local_reason_id": row.local_reason_id,
            "source": SOURCE,
        }
        is_ended = row.missing_until is not None
        episodes.append(
            episode_of(**said, recorded_at=known, superseded_at=ended if is_ended else None)
        )
        if is_ended:
            # The record held the day on which the child was educated again.
            last = max(row.missing_until - timedelta(days=1), row.missing_from)
            episodes.append(
                episode_of(
                    **said,
                    ends_on=last,
                    closing_evidence=row.closing_evidence,
                    recorded_at=ended,
                )
            )
        if row.secured_on is not None:
            secured = datetime.combine(row.secured_on, time(9), tzinfo=UTC)
            placements.append(
                placement_of(
                    case_id=row.case_id,
                    starts_on=row.secured_on,
                    school_id=row.secured_school_id,
                    otherwise=row.secured_otherwise,
                    secured_by=row.secured_by,
                    expected_on=row.start_expected_on,
                    confirmed_on=row.start_confirmed_on,
                    confirmed_by=row.start_confirmed_by,
                    source=SOURCE,
                    recorded_at=max(known, min(secured, now)),
                )
            )
    episode_of.objects.bulk_create(episodes, batch_size=2_000)
    placement_of.objects.bulk_create(placements, batch_size=2_000)


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("cme", "0003_episodes")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
