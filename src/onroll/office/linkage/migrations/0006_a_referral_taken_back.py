"""A referral that was a mistake can be taken back: the answer that made it stays without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("linkage", "0005_standing")]

    operations = [
        migrations.RemoveConstraint(model_name="answer", name="looking_into_it_has_a_referral"),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                name="looking_into_it_has_a_referral_until_taken_back",
                condition=models.Q(what="look_into", referral__isnull=False)
                | models.Q(what="look_into", superseded_at__isnull=False)
                | (~models.Q(what="look_into") & models.Q(referral__isnull=True)),
            ),
        ),
    ]
