"""Absences and joint enquiries leave the record of the case, where a change overwrote them.

What was overwritten before this cannot be brought back. An absence is stated as known since the
case was. The record held one text for both sides of a joint enquiry and did not say whether the
child was found: the text becomes the authority's statement, and that is left open.

The templates that came with OnRoll are told which of them may close a case by their answer.
"""

from datetime import UTC, datetime, time, timedelta

from django.db import migrations
from django.db.models import Min, Q

SOURCE = "From the record of the case, which kept one leave, one absence and one conclusion"
ACCEPT = ("cme_referral_to_authority", "other_authority")
VERIFY = "abroad"  # the pathway
A_DAY = timedelta(days=1)


def move(apps, schema_editor):
    record_of = apps.get_model("cme", "MissingEducation")
    absence_of = apps.get_model("cme", "Absence")
    joint_of = apps.get_model("cme", "JointEnquiry")
    state_of = apps.get_model("casework", "CaseState")
    known_from = dict(state_of.objects.values_list("case").annotate(first=Min("recorded_at")))
    now = datetime.now(UTC)
    absences, joint = [], []
    told = Q(leave_ended_on__isnull=False) | Q(absent_from__isnull=False)
    told |= Q(joint_enquiry_agreed_on__isnull=False)
    for row in record_of.objects.filter(told).order_by("pk").iterator():
        known = known_from.get(row.case_id, now)
        for ground, first in (
            ("h", row.leave_ended_on + A_DAY if row.leave_ended_on else None),
            ("i", row.absent_from),
        ):
            if first is not None:
                absences.append(
                    absence_of(
                        case_id=row.case_id,
                        ground=ground,
                        starts_on=first,
                        source=SOURCE,
                        recorded_at=known,
                    )
                )
        agreed = row.joint_enquiry_agreed_on
        if agreed is not None:
            then = datetime.combine(agreed, time(9), tzinfo=UTC)
            joint.append(
                joint_of(
                    case_id=row.case_id,
                    ground="h" if row.leave_ended_on else "i",
                    starts_on=agreed,
                    school_on=agreed,
                    authority_on=agreed,
                    authority_says=row.joint_enquiry_conclusion,
                    source=SOURCE,
                    recorded_at=max(known, min(then, now)),
                )
            )
    absence_of.objects.bulk_create(absences, batch_size=2_000)
    joint_of.objects.bulk_create(joint, batch_size=2_000)


def say_what_shows(apps, schema_editor):
    template = apps.get_model("cme", "EnquiryTemplate")
    template.objects.filter(key__in=ACCEPT).update(shows="acceptance")
    template.objects.filter(pathways__contains=VERIFY).update(shows="abroad")


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_submission"),
        ("cme", "0006_joint_enquiries_and_acceptances"),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
        migrations.RunPython(say_what_shows, migrations.RunPython.noop),
    ]
