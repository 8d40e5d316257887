"""What absences and joint enquiries hold is taken from the record of the case."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cme", "0007_move_absences")]

    operations = [
        migrations.RemoveField(
            model_name="missingeducation",
            name="absent_from",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="joint_enquiry_agreed_on",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="joint_enquiry_conclusion",
        ),
        migrations.RemoveField(
            model_name="missingeducation",
            name="leave_ended_on",
        ),
    ]
