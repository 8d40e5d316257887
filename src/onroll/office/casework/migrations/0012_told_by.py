"""A referral that a school's own people told says so: being named in one gives a school nothing."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0011_attention"), ("schools", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="told_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
            ),
        ),
    ]
