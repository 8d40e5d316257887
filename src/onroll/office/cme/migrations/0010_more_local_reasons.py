"""The local reasons that the same report names beside the first list, each under a national one.

Offered like those of the first list: an authority that has no use for one retires it. Where it
has, or had, a reason of the same key, its own stays as it is.
"""

from datetime import date

from django.db import migrations

# key, title, national reason: onroll.statute.codes.absent says why under this one
REASONS = [
    ("plan_new_to_area", "New to the area with a plan, awaiting a specialist place",
     "difficulty_accessing_place"),
    ("plan_placement_broken_down", "Placement broken down, awaiting a new school",
     "difficulty_accessing_place"),
    ("excluded_awaiting_school", "Permanently excluded, awaiting a new school",
     "difficulty_accessing_place"),
    ("medically_unfit", "Medically unfit to be educated", "physical_health"),
    ("extended_whereabouts_unclear",
     "Missing for ten days or more, whereabouts unclear or unknown", "unknown"),
]  # fmt: skip

# The day from which the first list is offered: one list for every day.
SINCE = date(2023, 9, 1)


def forwards(apps, schema_editor):
    reason = apps.get_model("cme", "LocalReason")
    taken = set(reason.objects.values_list("key", flat=True))
    for key, title, national in REASONS:
        if key not in taken:
            reason.objects.create(key=key, title=title, national=national, since=SINCE)


def backwards(apps, schema_editor):
    """Take back those of which no child's record has been told."""
    told = apps.get_model("cme", "Episode").objects.exclude(local_reason=None)
    for key, title, _ in REASONS:
        apps.get_model("cme", "LocalReason").objects.filter(
            key=key, title=title, since=SINCE
        ).exclude(pk__in=told.values("local_reason")).delete()


class Migration(migrations.Migration):
    dependencies = [("cme", "0009_when_an_answer_was_recorded")]
    operations = [migrations.RunPython(forwards, backwards)]
