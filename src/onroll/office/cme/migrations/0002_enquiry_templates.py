"""The checklist of reasonable enquiries, and the local reasons of the demonstration's kind.

National guidance has a list of enquiries that the authors could not read in full: these come
from published local procedures and from practice, each with its source and how sure it is.
"""

from datetime import date

from django.db import migrations

SCHOOL = "SI 2024/208 reg 9(1)(h)-(i); UK GDPR Art 6(1)(e), public task"
DUTY = "Education Act 1996 s.436A; UK GDPR Art 6(1)(e), public task"
SHARING = "Education Act 1996 s.436A; Children Act 2004 s.10; UK GDPR Art 6(1)(e), public task"
HEALTH = "Education Act 1996 s.436A; Children Act 2004 s.10-11; UK GDPR Art 9(2)(g)"

GLOS = "Gloucestershire County Council, missing pupil procedure"
HEREFORD = "Herefordshire Council, children missing education procedure"
LEEDS = "Leeds City Council, One minute guide 21: Children missing education, November 2024"
WTISA = "Working together to improve school attendance, p. 20 (as quoted)"
PRACTICE = "Practice; no published source read"

# key, title, asked by, asked of, lawful basis, days to answer, pathways, cites, confidence
TEMPLATES = [
    ("first_day_contact", "First-day contact, repeated while the absence is unexplained", "school",
     "Parent or carer", SCHOOL, 1, "", WTISA, "verified"),
    ("emergency_contacts", "Every emergency contact tried, at different times of day", "school",
     "Emergency contacts", SCHOOL, 3, "", GLOS, "local"),
    ("siblings_schools", "Schools of brothers and sisters", "school", "Siblings’ schools",
     SCHOOL, 5, "", f"{GLOS}; {HEREFORD}", "local"),
    ("family_and_friends", "Staff, friends, classmates and relatives", "school",
     "Staff, friends and relatives", SCHOOL, 5, "", f"{GLOS}; {HEREFORD}", "local"),
    ("home_visit", "Home visit", "both", "Last known address", DUTY, 5, "",
     f"{GLOS} (within 5 school days)", "local"),
    ("letter_home", "Letter to the last address that a referral will be made", "school",
     "Parent or carer", SCHOOL, 10, "", HEREFORD, "local"),
    ("professionals", "Professionals who know the family", "both", "Professionals", SHARING, 5, "",
     HEREFORD, "local"),
    ("family_telephone", "Telephone calls to family members", "authority", "Family and relatives",
     DUTY, 5, "", LEEDS, "local"),
    ("neighbours", "Neighbours, landlord or letting agent", "authority", "Neighbours or landlord",
     DUTY, 5, "", PRACTICE, "recalled"),
    ("admissions", "Admissions: applications, offers and refusals", "authority",
     "School admissions", DUTY, 3, "new_arrival", PRACTICE, "recalled"),
    ("council_tax", "Council tax", "authority", "Council tax", DUTY, 5, "",
     "East Sussex County Council, CME enquiry page", "local"),
    ("council_housing", "Housing register and homelessness", "authority", "Housing", DUTY, 5, "",
     PRACTICE, "recalled"),
    ("housing_association", "Housing associations and other landlords", "authority",
     "Housing provider", DUTY, 10, "", LEEDS, "recalled"),
    ("social_care", "Children’s social care records", "authority", "Children’s social care",
     SHARING, 2, "", LEEDS, "local"),
    ("early_help", "Early help and family hubs", "authority", "Early help", SHARING, 5, "",
     PRACTICE, "recalled"),
    ("sen_team", "SEND team: plans, assessments, requests from elsewhere", "authority",
     "SEND team", DUTY, 5, "", PRACTICE, "recalled"),
    ("virtual_school", "Virtual school: children in care, here or placed by others", "authority",
     "Virtual school", SHARING, 3, "", PRACTICE, "recalled"),
    ("electoral_register", "Electoral register", "authority", "Electoral services", DUTY, 5, "",
     PRACTICE, "recalled"),
    ("school_to_school", "School-to-school messages and the lost pupil area", "both",
     "School to School (S2S)", DUTY, 5, "elsewhere", GLOS, "local"),
    ("get_information_about_pupils", "Get Information About Pupils", "both",
     "Department for Education", DUTY, 2, "elsewhere new_arrival", PRACTICE, "recalled"),
    ("other_authority", "CME officers of other authorities: is the child known there?",
     "authority", "CME team of another authority", DUTY, 10, "elsewhere", LEEDS, "local"),
    ("cme_referral_to_authority", "Referral to the authority where the child is believed to be",
     "authority", "CME team of the receiving authority", DUTY, 10, "elsewhere", LEEDS, "local"),
    ("previous_authority", "The authority where the child lived before", "authority",
     "CME team of the former authority", DUTY, 10, "new_arrival", PRACTICE, "recalled"),
    ("health", "GP and NHS registration", "authority", "NHS: GP or registration", HEALTH, 10, "",
     "North Yorkshire County Council and Leeds City Council guidance", "local"),
    ("school_nursing", "School nursing and health visiting", "both", "School nursing", HEALTH, 5,
     "", HEREFORD, "local"),
    ("police", "Police: information, or a safe and well check", "authority", "Police", SHARING, 2,
     "", LEEDS, "local"),
    ("youth_justice", "Youth justice service", "authority", "Youth justice service", SHARING, 5,
     "", PRACTICE, "recalled"),
    ("benefits", "Benefits agencies and HM Revenue and Customs", "authority",
     "Benefits agency or HMRC", DUTY, 20, "", LEEDS, "local"),
    ("border_force", "Border Force, UK Visas and Immigration", "authority", "Home Office", DUTY, 20,
     "abroad new_arrival", LEEDS, "local"),
    ("online", "Open search and social media", "both", "Published sources", DUTY, 2, "",
     f"{GLOS}; {LEEDS}", "local"),
    ("receiving_school_abroad", "The school abroad: is the child attending?", "authority",
     "Receiving school abroad", DUTY, 20, "abroad", LEEDS, "local"),
    ("agency_abroad", "An education or welfare agency abroad", "authority", "Agency abroad", DUTY,
     20, "abroad", LEEDS, "local"),
    ("embassy", "Embassy or consulate", "authority", "Embassy or consulate", DUTY, 20, "abroad",
     PRACTICE, "recalled"),
    ("armed_forces", "Children’s Education Advisory Service of the armed forces", "authority",
     "CEAS", DUTY, 10, "abroad elsewhere", PRACTICE, "recalled"),
    ("asylum_support", "Asylum accommodation and support provider", "authority",
     "Accommodation provider", DUTY, 10, "new_arrival", PRACTICE, "recalled"),
]  # fmt: skip

# The local reasons that one city's scrutiny report names, each under a national one.
REASONS = [
    ("believed_abroad", "Believed to have moved abroad", "believed_moved_to_country"),
    ("believed_other_authority", "Believed to have moved to another authority",
     "believed_moved_to_authority"),
    ("failed_to_take_up_place", "Failed to take up a place", "waiting_school_start"),
    ("no_return_after_summer", "No return after the summer holidays", "unknown"),
    ("whereabouts_unknown", "Whereabouts unknown", "unknown"),
    ("school_refuser", "School refuser, off roll", "dissatisfaction_general"),
    ("plan_awaiting_place", "EHC plan, awaiting a specialist place", "difficulty_accessing_place"),
    ("new_arrival_awaiting_place", "New arrival awaiting a place", "application_awaiting_outcome"),
]  # fmt: skip

COLUMNS = (
    "key", "title", "asked_by", "asked_of", "lawful_basis", "days_to_answer", "pathways", "cites",
    "confidence",
)  # fmt: skip


def forwards(apps, schema_editor):
    template = apps.get_model("cme", "EnquiryTemplate")
    for position, row in enumerate(TEMPLATES, start=1):
        template.objects.create(position=position * 10, **dict(zip(COLUMNS, row, strict=True)))
    reason = apps.get_model("cme", "LocalReason")
    for key, title, national in REASONS:
        reason.objects.create(key=key, title=title, national=national, since=date(2023, 9, 1))


def backwards(apps, schema_editor):
    apps.get_model("cme", "EnquiryTemplate").objects.filter(
        key__in=[row[0] for row in TEMPLATES]
    ).delete()
    apps.get_model("cme", "LocalReason").objects.filter(key__in=[r[0] for r in REASONS]).delete()


class Migration(migrations.Migration):
    dependencies = [("cme", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
