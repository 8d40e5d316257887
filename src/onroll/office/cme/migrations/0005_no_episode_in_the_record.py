"""What episodes and placements hold is taken from the record of the case."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cme", "0004_move_episodes")]

    operations = [
        migrations.RemoveConstraint(
            model_name="missingeducation",
            name="missing_ends_after_it_starts",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="closing_evidence",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="local_reason",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="missing_from",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="missing_until",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="reason",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="secured_by",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="secured_on",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="secured_otherwise",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="secured_school",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="start_confirmed_by",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="start_confirmed_on",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="start_expected_on",
        ),
    ]
