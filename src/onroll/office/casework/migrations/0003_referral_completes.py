"""A fuller entry stands beside the thin one that it completes; a place told of is recorded."""

import django.db.models.deletion
from django.db import migrations, models

STATES = [
    ("new", "New"),
    ("asked", "More asked for"),
    ("accepted", "Accepted into a case"),
    ("added", "Added to an open case"),
    ("returned", "Returned to the school"),
    ("elsewhere", "Referred elsewhere"),
    ("recorded", "Place recorded: no case needed"),
    ("no_action", "No further action"),
]


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_risk_factors")]

    operations = [
        migrations.AddField(
            "referral",
            "completes",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="completed_by",
                to="casework.referral",
            ),
        ),
        migrations.AlterField("referral", "state", models.TextField(choices=STATES, default="new")),
    ]
