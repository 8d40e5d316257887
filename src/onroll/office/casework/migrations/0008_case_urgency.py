"""Urgency becomes a fact with dates; a case that is urgent now has been since it was opened.

Since when it was urgent was not kept before this, so that is said to be known from now.
"""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields.ranges import RangeBoundary
from django.db import migrations, models

import onroll.office.kernel.facts

STATE = """
    insert into casework_caseurgency (case_id, starts_on, source)
    select id, opened_on, 'From the cover sheet, which kept only what held last'
    from casework_case where is_urgent
"""


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_submission"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseUrgency",
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="urgencies",
                        to="casework.case",
                    ),
                ),
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
                    ExclusionConstraint(
                        condition=models.Q(("superseded_at__isnull", True)),
                        expressions=[
                            (
                                onroll.office.kernel.facts.DateRange(
                                    "starts_on",
                                    "ends_on",
                                    RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                                ),
                                "&&",
                            ),
                            ("case", "="),
                        ],
                        name="a_case_is_urgent_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="case_urgency_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.RunSQL(STATE, migrations.RunSQL.noop),
    ]
