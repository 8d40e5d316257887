import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import onroll.office.kernel.facts


class Migration(migrations.Migration):
    """Two applications of a child for one school would run two clocks."""

    dependencies = [
        ("schools", "0003_when_term_dates_were_saved"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="inyearapplication",
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
                    ("child", "="),
                    ("school", "="),
                ],
                name="one_application_for_a_school_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="inyearapplication",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("superseded_at__isnull", True), ("school__isnull", True)),
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
                    ("child", "="),
                ],
                name="one_application_without_a_school_at_a_time",
            ),
        ),
    ]
