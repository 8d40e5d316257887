"""A cached clock says whether anybody can be late by it; the next rebuild fills it in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_letter_templates")]

    operations = [
        migrations.AddField(
            model_name="deadline",
            name="is_deadline",
            field=models.BooleanField(default=True),
        ),
    ]
