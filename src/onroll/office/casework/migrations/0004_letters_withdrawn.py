"""A letter keeps its Word file and why it was withdrawn; a template, who changed it and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0003_referral_completes"),
        ("people", "0003_words_of_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="why_withdrawn",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="letter",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="word",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.document",
            ),
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lettertemplate",
            name="made_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="letter",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="letters",
                to="casework.document",
            ),
        ),
        migrations.AlterField(
            model_name="lettertemplate",
            name="to",
            field=models.TextField(
                choices=[
                    ("carer", "A parent or carer"),
                    ("school", "A school"),
                    ("authority", "Another local authority"),
                    ("agency", "An agency"),
                ],
                default="carer",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("why_withdrawn", ""),
                        ("withdrawn_on__isnull", True),
                        models.Q(("state", "withdrawn"), _negated=True),
                    ),
                    models.Q(
                        ("state", "withdrawn"),
                        ("withdrawn_on__isnull", False),
                        models.Q(("why_withdrawn", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_withdrawn_letter_has_its_day_and_reason",
            ),
        ),
    ]
