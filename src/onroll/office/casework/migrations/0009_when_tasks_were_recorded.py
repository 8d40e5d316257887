"""A task says since when it is known, and since when it is known to be settled.

Tasks were set and settled on the day of recording: for those there are, that day stands for it.
"""

from django.db import migrations, models

import onroll.office.kernel.facts

DATE_THEM = """
    update casework_task set
        recorded_at = made_on + time '09:00',
        settled_at = done_on + time '09:00'
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_case_urgency")]

    operations = [
        migrations.AddField(
            model_name="task",
            name="recorded_at",
            field=models.DateTimeField(db_default=onroll.office.kernel.facts.TransactionNow()),
        ),
        migrations.AddField(
            model_name="task",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(DATE_THEM, migrations.RunSQL.noop),
    ]
