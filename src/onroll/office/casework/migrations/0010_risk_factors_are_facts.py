"""A risk factor changes from a day on, and says whether it is a kind of safeguarding concern."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.office.kernel.facts

CONCERNS = (
    "significant_harm", "harm", "unsafe", "da", "forced_marriage", "fgm", "cse", "cce",
    "trafficking", "exploitation", "radicalisation", "health",
)  # fmt: skip


def mark(apps, schema_editor):
    apps.get_model("casework", "RiskFactor").objects.filter(key__in=CONCERNS).update(
        is_concern=True
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("casework", "0009_when_tasks_were_recorded"),
    ]

    operations = [
        migrations.RenameField(model_name="riskfactor", old_name="since", new_name="starts_on"),
        migrations.RenameField(model_name="riskfactor", old_name="until", new_name="ends_on"),
        migrations.AlterField(model_name="riskfactor", name="key", field=models.SlugField()),
        migrations.AddField(
            model_name="riskfactor",
            name="is_concern",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="riskfactor",
            name="recorded_at",
            field=models.DateTimeField(db_default=onroll.office.kernel.facts.TransactionNow()),
        ),
        migrations.AddField(
            model_name="riskfactor",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="riskfactor",
            name="source",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="riskfactor",
            name="superseded_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="riskfactor",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
                    ),
                    ("key", "="),
                ],
                name="a_risk_factor_counts_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="riskfactor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="risk_factor_ends_after_it_starts",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
