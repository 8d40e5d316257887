"""What the law leaves to the authority is decided from a day on: its policy pack and its limits.

A pack that stood without a date is taken to have held for as long as anything is recorded.
"""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.office.kernel.facts

EVER = datetime.date(2000, 1, 1)


def give_the_pack_a_day(apps, schema_editor):
    chosen = apps.get_model("accounts", "Authority").objects.exclude(pack="national")
    rules = apps.get_model("accounts", "LocalRules")
    for pack in chosen.values_list("pack", flat=True):
        rules.objects.create(pack=pack, starts_on=EVER, source="Chosen before choices had dates")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_carry_details_over")]

    operations = [
        migrations.CreateModel(
            name="LocalRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(db_default=onroll.office.kernel.facts.TransactionNow()),
                ),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("source", models.TextField(blank=True, default="")),
                ("pack", models.TextField(default="national")),
                ("seen_within", models.PositiveSmallIntegerField(default=30)),
                ("quiet_after", models.PositiveSmallIntegerField(default=14)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        expressions=[
                            (
                                onroll.office.kernel.facts.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                ),
                                "&&",
                            )
                        ],
                        name="one_set_of_local_rules_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="local_rules_end_after_they_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quiet_after__gte", 1), ("seen_within__gte", 1)),
                        name="local_rules_wait_a_day_at_least",
                    ),
                ],
            },
        ),
        migrations.RunPython(give_the_pack_a_day, migrations.RunPython.noop),
        migrations.RemoveField(model_name="authority", name="pack"),
    ]
