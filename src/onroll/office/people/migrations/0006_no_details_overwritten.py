from django.db import migrations


class Migration(migrations.Migration):
    """Languages and the year taught have days now: the child's row keeps none of them."""

    dependencies = [
        ("people", "0005_carry_details_over"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="child",
            name="first_language",
        ),
        migrations.RemoveField(
            model_name="child",
            name="needs_interpreter",
        ),
        migrations.RemoveField(
            model_name="child",
            name="year_group",
        ),
    ]
