"""A role that reads sealed records waits for a second person."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.office.kernel.facts


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_locality_areas")]

    operations = [
        migrations.CreateModel(
            name="RoleAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.TextField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=onroll.office.kernel.facts.TransactionNow()),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("is_agreed", models.BooleanField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roles_asked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_agreed", None),
                            models.Q(("settled_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_role_that_is_agreed_has_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_agreed", None),
                            models.Q(("settled_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_agrees_to_a_role_of_their_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_agreed", None), ("settled_at", None), ("settled_by", None)
                            ),
                            models.Q(
                                ("is_agreed__isnull", False),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_says_who_and_when",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_agreed", None)),
                        fields=("user", "role"),
                        name="a_role_is_asked_for_once_at_a_time",
                    ),
                ],
            },
        ),
    ]
