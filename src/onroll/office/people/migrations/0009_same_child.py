"""That two records are of one child, or of two, and who asked and agreed; a star, never a chain."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import onroll.office.kernel.facts

# A constraint sees one row. That the record that stays is folded into none, and that the one
# folded in holds none, is seen across rows; whoever joins holds a lock meanwhile.
FORWARD = """
create function people_same_child_is_a_star() returns trigger language plpgsql as $$
begin
    if new.superseded_at is null and exists (
        select 1 from people_samechild s where s.superseded_at is null and s.id <> new.id
        and (s.other_id = new.child_id or s.child_id = new.other_id)
    ) then
        raise exception 'records of one child are a star, never a chain'
            using errcode = 'check_violation', constraint = 'records_of_one_child_are_a_star';
    end if;
    return null;
end $$;

create trigger people_same_child_is_a_star after insert or update on people_samechild
    for each row execute function people_same_child_is_a_star();
"""

BACK = """
drop trigger people_same_child_is_a_star on people_samechild;
drop function people_same_child_is_a_star();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_more_to_find_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="JoinAsked",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("why", models.TextField()),
                (
                    "asked_at",
                    models.DateTimeField(db_default=onroll.office.kernel.facts.TransactionNow()),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        choices=[
                            ("agreed", "Agreed"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("seen", "Looked into"),
                        ],
                        default="",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer_why", models.TextField(blank=True, default="")),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="joins_asked",
                        to="people.child",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.child",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ["agreed", "declined"]), _negated=True),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_answer_a_join",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "withdrawn"), _negated=True),
                            ("answered_by", models.F("asked_by")),
                            _connector="OR",
                        ),
                        name="whoever_asked_withdraws",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_to_a_join_says_who_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other", None),
                            models.Q(("child", models.F("other")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_join_asked_is_of_two_records",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("other__isnull", False),
                            ("answer__in", ["", "seen", "withdrawn"]),
                            _connector="OR",
                        ),
                        name="only_two_records_are_joined",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("answer", ""), ("other__isnull", False)),
                        fields=("child", "other"),
                        name="a_join_is_asked_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SameChild",
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
                ("why", models.TextField()),
                (
                    "said_at",
                    models.DateTimeField(db_default=onroll.office.kernel.facts.TransactionNow()),
                ),
                (
                    "agreed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "beside",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.child",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folded_in",
                        to="people.child",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="folded_into",
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
                (
                    "said_by",
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
                            ("other", "="),
                        ],
                        name="a_record_is_folded_into_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("child", models.F("other")), _negated=True),
                            models.Q(("beside", models.F("other")), _negated=True),
                        ),
                        name="a_record_is_not_folded_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_by", None),
                            models.Q(("agreed_by", models.F("said_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="whoever_agrees_is_not_who_said_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="same_child_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TwoChildren",
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
                ("why", models.TextField()),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
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
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.child",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["second"], name="two_children_second")],
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
                            ("first", "="),
                            ("second", "="),
                        ],
                        name="two_children_are_told_apart_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="of_two_children_the_lower_is_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="two_children_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACK),
    ]
