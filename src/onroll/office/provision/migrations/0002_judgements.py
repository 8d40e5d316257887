"""What was judged of an education otherwise than at school, criterion by criterion."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.office.kernel.facts


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_more_to_find_by"),
        ("provision", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Judgement",
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
                    "what",
                    models.TextField(
                        choices=[
                            ("home_education", "Home education"),
                            ("alternative_provision", "Alternative provision"),
                            ("hospital_education", "Hospital education"),
                            ("private_tuition", "Tuition"),
                            ("section_19", "Arranged under section 19"),
                            ("eotas", "Education otherwise than at school, under a plan"),
                        ]
                    ),
                ),
                ("provider", models.TextField(blank=True, default="")),
                (
                    "criterion",
                    models.TextField(
                        choices=[
                            ("efficient", "Efficient"),
                            ("full_time", "Full-time"),
                            ("suitable", "Suitable"),
                        ]
                    ),
                ),
                ("is_met", models.BooleanField()),
                ("is_suited_to_age", models.BooleanField(blank=True, null=True)),
                ("is_suited_to_ability", models.BooleanField(blank=True, null=True)),
                ("is_suited_to_aptitude", models.BooleanField(blank=True, null=True)),
                ("is_suited_to_needs", models.BooleanField(blank=True, null=True)),
                ("judged_by", models.TextField()),
                ("reasons", models.TextField(blank=True, default="")),
                ("evidence", models.TextField(blank=True, default="")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="judgements",
                        to="people.child",
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
                            ),
                            ("child", "="),
                            ("what", "="),
                            ("provider", "="),
                            ("criterion", "="),
                        ],
                        name="a_criterion_is_judged_once_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", models.F("starts_on")), ("ends_on__isnull", False)
                        ),
                        name="a_judgement_is_of_one_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("criterion", "suitable"),
                            models.Q(
                                ("is_suited_to_ability__isnull", True),
                                ("is_suited_to_age__isnull", True),
                                ("is_suited_to_aptitude__isnull", True),
                                ("is_suited_to_needs__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="only_suitable_is_judged_by_aspects",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_met", False),
                            models.Q(
                                ("is_suited_to_age", False),
                                ("is_suited_to_ability", False),
                                ("is_suited_to_aptitude", False),
                                ("is_suited_to_needs", False),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="what_is_met_is_wanting_in_no_aspect",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_met", True),
                            models.Q(
                                ("is_suited_to_ability", True),
                                ("is_suited_to_age", True),
                                ("is_suited_to_aptitude", True),
                                ("is_suited_to_needs", True),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="what_is_suited_in_every_aspect_is_met",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_met", True),
                            models.Q(("reasons", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_not_met_has_reasons",
                    ),
                ],
            },
        ),
    ]
