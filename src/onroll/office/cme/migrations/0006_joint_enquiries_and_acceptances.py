"""Absences, joint enquiries and acceptances as records of their own; templates with a history."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.office.kernel.facts


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_submission"),
        ("cme", "0005_no_episode_in_the_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
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
                    "ground",
                    models.TextField(
                        choices=[
                            ("h", "Not back within 10 school days after leave of absence (h)"),
                            ("i", "Absent without explanation for 20 school days (i)"),
                        ]
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HomeEducationAcceptance",
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
                ("accepted_by", models.TextField()),
                ("is_unassessed", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="JointEnquiry",
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
                    "ground",
                    models.TextField(
                        choices=[
                            ("h", "Not back within 10 school days after leave of absence (h)"),
                            ("i", "Absent without explanation for 20 school days (i)"),
                        ]
                    ),
                ),
                ("school_says", models.TextField(blank=True, default="")),
                ("school_on", models.DateField()),
                ("authority_says", models.TextField(blank=True, default="")),
                ("authority_on", models.DateField()),
                ("is_located", models.BooleanField(null=True)),
                ("agreed_no_return", models.BooleanField(default=False)),
            ],
        ),
        migrations.AddField(
            model_name="enquiry",
            name="accepted_by",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="accepted_how",
            field=models.TextField(
                blank=True,
                choices=[
                    ("", "Not recorded"),
                    ("email", "By secure e-mail"),
                    ("letter", "By letter"),
                    ("telephone", "By telephone"),
                    ("system", "Through a shared system, such as School to School"),
                    ("meeting", "At a meeting"),
                ],
                default="",
            ),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="accepted_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="enquiry",
            name="accepted_reference",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="enquirytemplate",
            name="shows",
            field=models.TextField(
                blank=True,
                choices=[
                    ("", "Helps to find the child, and closes no case by itself"),
                    ("acceptance", "Another authority may accept the child by its answer"),
                    ("abroad", "The answer may verify that the child is abroad"),
                ],
                default="",
            ),
        ),
        migrations.AddField(
            model_name="enquirytemplate",
            name="since",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="enquirytemplate",
            name="until",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="localreason",
            name="is_current",
            field=models.BooleanField(default=True),
        ),
        migrations.AlterField(
            model_name="enquirytemplate",
            name="key",
            field=models.SlugField(),
        ),
        migrations.AlterField(
            model_name="localreason",
            name="key",
            field=models.SlugField(),
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("accepted_by", ""),
                        ("accepted_how", ""),
                        ("accepted_on__isnull", True),
                        ("accepted_reference", ""),
                    ),
                    models.Q(
                        ("accepted_on__isnull", False),
                        ("result", "located"),
                        models.Q(("accepted_by", ""), _negated=True),
                        models.Q(("accepted_how", ""), _negated=True),
                        models.Q(("la_code", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_acceptance_says_by_whom_and_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquirytemplate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("key",),
                name="one_current_enquiry_of_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="localreason",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("key",),
                name="one_current_reason_of_a_key",
            ),
        ),
        migrations.AddField(
            model_name="absence",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="absences",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="absence",
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
            model_name="homeeducationacceptance",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="home_education_accepted",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="homeeducationacceptance",
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
            model_name="jointenquiry",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="joint_enquiries",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="jointenquiry",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
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
                    ("case", "="),
                    ("ground", "="),
                ],
                name="one_absence_on_a_ground_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="absence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="absence_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="homeeducationacceptance",
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
                    ("case", "="),
                ],
                name="home_education_accepted_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="homeeducationacceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="home_education_accepted_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointenquiry",
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
                    ("case", "="),
                ],
                name="one_joint_enquiry_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointenquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="joint_enquiry_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="jointenquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_located__isnull", True),
                    ("is_located", False),
                    ("agreed_no_return", True),
                    _connector="OR",
                ),
                name="a_child_located_needs_both_to_agree",
            ),
        ),
    ]
