"""The factors of the risk score, with the weights that an authority starts from.

No scale is published. The weights are a starting point for local judgement: a row may be closed
(`until`) and another opened, and every score keeps a mark of the table that made it. Ethnicity,
nationality and being from a travelling or service family add nothing: they are no risk.
"""

from datetime import date

from django.db import migrations

SINCE = date(2024, 8, 19)
LOCAL = "Named in authorities’ published procedures on children missing education"
ABSENT = "Keeping children safe in education: long or repeated absence is a warning (recalled)"

# key, title, weight, when it applies, citation, harm, asked, restricted
FACTORS = (
    ("significant_harm", "At risk of significant harm", 20,
     "The referrer says that the child is being harmed or is in danger.",
     "Children Act 1989, section 47", True, False, False),
    ("harm", "Harm or neglect", 8, "Signs of abuse or neglect.",
     "Children Act 1989, section 17", False, True, False),
    ("unsafe", "In an unsafe situation", 6, "Where or with whom the child lives is not safe.",
     LOCAL, False, True, False),
    ("da", "Domestic abuse", 8, "In the child’s home, now or before.", LOCAL, False, True, True),
    ("forced_marriage", "Forced marriage", 12,
     "Fears of a marriage, or of a journey abroad for one. Tell nobody in the family.",
     LOCAL, True, True, True),
    ("fgm", "Female genital mutilation", 12,
     "Fears of it, or of a journey for it. Tell nobody in the family.",
     LOCAL, True, True, True),
    ("cse", "Child sexual exploitation", 12, "", LOCAL, True, True, True),
    ("cce", "Child criminal exploitation", 10, "County lines, carrying, debts, new possessions.",
     LOCAL, True, True, True),
    ("trafficking", "Trafficking or modern slavery", 12, "", LOCAL, True, True, True),
    ("exploitation", "Other exploitation", 8, "Such as work during school hours.",
     LOCAL, False, True, False),
    ("radicalisation", "Radicalisation", 8, "", LOCAL, False, True, True),
    ("s47", "Child protection enquiry under way", 10, "",
     "Children Act 1989, section 47", True, True, True),
    ("cpp", "Child protection plan", 10, "Now, or ended in the last year.",
     "Children Act 1989, section 47", False, True, True),
    ("cin", "Child in need", 6, "", "Children Act 1989, section 17", False, True, False),
    ("cla", "In care", 6, "", "Children Act 1989, section 22", False, True, False),
    ("social_worker", "Has a social worker", 4, "", LOCAL, False, True, False),
    ("youth_justice", "Known to youth justice", 3, "", LOCAL, False, True, False),
    ("uasc", "Came to the country without a parent", 6, "", LOCAL, False, True, False),
    ("ehcp", "EHC plan", 4, "", "Children and Families Act 2014, section 42", False, True, False),
    ("sen_support", "Special educational needs without a plan", 2, "", LOCAL, False, True, False),
    ("health", "Health concerns", 3, "Physical or mental.", LOCAL, False, True, False),
    ("behaviour", "Behaviour concerns", 2, "", LOCAL, False, True, False),
    ("underachievement", "Underachievement", 1, "", LOCAL, False, True, False),
    ("neet", "May leave school with nowhere to go", 1,
     "At risk of being in no education, employment or training.", LOCAL, False, True, False),
    ("young_carer", "Young carer", 2, "", LOCAL, False, True, False),
    ("homeless", "Homeless or in temporary accommodation", 4, "", LOCAL, False, True, False),
    ("refuge", "Lives in a refuge", 6, "Say nothing of where.", LOCAL, False, True, True),
    ("new_to_country", "New to the country", 2, "And not yet known to services.",
     LOCAL, False, False, False),
    ("whereabouts_unknown", "Nobody knows where the child is", 6,
     "No address and no destination were given, or that is what the record says.",
     "Education Act 1996, section 436A", False, False, False),
    ("no_destination", "Left a school with no known destination", 4, "",
     "SI 2024/208, regulation 13(4)", False, False, False),
    ("return_overdue", "Not back on the day expected", 3, "", LOCAL, False, False, False),
    # The number at the end of these keys is the threshold; only the highest reached counts.
    ("no_contact_14", "Nobody has seen the child for 2 weeks", 2, "", ABSENT, False, False, False),
    ("no_contact_28", "Nobody has seen the child for 4 weeks", 4, "", ABSENT, False, False, False),
    ("no_contact_84", "Nobody has seen the child for 12 weeks", 6, "", ABSENT, False, False, False),
    ("aged_under_8", "Under 8 years old", 3, "Too young to tell others.",
     LOCAL, False, False, False),
    ("sibling_missing", "A brother or sister is missing education too", 4, "",
     LOCAL, False, False, False),
    ("missing_before", "Has been missing education before", 3, "", LOCAL, False, False, False),
)  # fmt: skip


def write(apps, schema_editor):
    factor = apps.get_model("casework", "RiskFactor")
    factor.objects.bulk_create(
        factor(
            key=key,
            title=title,
            weight=weight,
            applies_when=applies_when,
            cites=cites,
            is_harm=is_harm,
            is_asked=is_asked,
            is_restricted=is_restricted,
            position=position,
            since=SINCE,
        )
        for position, (
            key, title, weight, applies_when, cites, is_harm, is_asked, is_restricted,
        ) in enumerate(FACTORS, start=1)
    )  # fmt: skip


def remove(apps, schema_editor):
    keys = [row[0] for row in FACTORS]
    apps.get_model("casework", "RiskFactor").objects.filter(key__in=keys).delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [migrations.RunPython(write, remove)]
