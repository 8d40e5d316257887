"""A form that has been sent and done is remembered, so that it is not done twice."""

from django.db import migrations, models

import onroll.office.kernel.facts


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_deadline_is_deadline")]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "done_at",
                    models.DateTimeField(db_default=onroll.office.kernel.facts.TransactionNow()),
                ),
            ],
        ),
    ]
