"""An answer to an enquiry says since when it is known, apart from the enquiry.

For the answers that there are, the day on which the answer came stands for the instant.
"""

from django.db import migrations, models

DATE_THEM = """
    update cme_enquiry set answered_at = greatest(recorded_at, answered_on + time '09:00')
    where answered_on is not null
"""


class Migration(migrations.Migration):
    dependencies = [("cme", "0008_no_absence_in_the_record")]

    operations = [
        migrations.AddField(
            model_name="enquiry",
            name="answered_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunSQL(DATE_THEM, migrations.RunSQL.noop),
    ]
