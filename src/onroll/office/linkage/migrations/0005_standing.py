"""Where the known child stood whom a search took somebody for: filled by the next search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("linkage", "0004_counted")]

    operations = [
        migrations.AddField(
            model_name="candidate",
            name="standing",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
