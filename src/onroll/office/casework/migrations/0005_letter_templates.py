"""The first templates of letters, in plain words; each authority changes them as it likes.

They rest on Education Act 1996 s.436A (the duty to find children who are not in education),
Children Act 2004 s.10 and s.11 (working together) and UK GDPR Art 6(1)(e) (a public task). A
letter to a family says what was heard, what is asked and how to get help; it threatens nothing.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

HELP = """If you would like this letter in large print or in another language, please tell us.

{{ closing }}

{{ key_worker }}
{{ team }}"""

# key, title, to, subject, body
TEMPLATES = [
    ("first_letter", "First letter to a parent", "carer", "{{ child_given_name }}’s education", """{{ greeting }}

We have been told that {{ child_name }} may not be going to school. We would like to find out if this is right, and to help if it is.

# What we ask you to do

Please ring us on {{ team_telephone }} or write to {{ team_email }} by {{ reply_by }}. Tell us:

- if {{ child_given_name }} goes to a school, and which one
- if you teach {{ child_given_name }} at home
- if you have moved, or will move soon
- if something makes it hard to go to school

# How we can help

We can help you to find a school place. We can also talk with a school for you. You do not have to sort this out on your own.

All children of school age must have an education. The council has a duty to find children who do not get one. That is why we write to you.

""" + HELP),
    ("home_visit", "Appointment of a home visit", "carer", "We would like to visit you", """{{ greeting }}

We would like to talk with you about {{ child_given_name }}’s education. We will come to your home on:

{{ visit_day }} at {{ visit_time }}

# What will happen

{{ key_worker }} will visit you and will show you a council badge. We would like to see {{ child_given_name }} as well, and to hear what {{ child_given_name }} thinks. The visit takes about 30 minutes.

# If the time does not suit you

Please ring us on {{ team_telephone }} and we will find another time. If you would like to meet somewhere else, or need an interpreter, tell us and we will arrange it.

""" + HELP),
    ("no_answer", "We could not reach you", "carer", "Please get in touch about {{ child_given_name }}", """{{ greeting }}

We tried to reach you on {{ days_tried }} and did not find you. We would like to talk with you about {{ child_name }}’s education.

# What we ask you to do

Please ring us on {{ team_telephone }} or write to {{ team_email }} by {{ reply_by }}.

If {{ child_given_name }} goes to a school, all we need is its name. If not, we can help you to find a place.

# If we do not hear from you

We will go on looking for {{ child_given_name }}. We may ask other services if they know where {{ child_given_name }} is. We do this to make sure that {{ child_given_name }} is safe and learning.

""" + HELP),
    ("school_request", "Request to a school for information", "school", "Request for information: {{ child_name }}, born {{ child_date_of_birth }}", """{{ greeting }}

We are looking for {{ child_name }}, born {{ child_date_of_birth }}, who may be missing education. Please help us by telling us:

- {{ what_is_asked }}
- the day on which the child last attended, if the child was at your school
- every address and telephone number that you hold, and where you heard of them
- anything that you know of where the family went, and who told you
- any worry that you have for the child

Please answer to {{ team_email }} by {{ reply_by }}. Do not take the child off your roll because of this letter.

# Why we may ask

The council has a duty to find children who are not in education (Education Act 1996, section 436A). You may share what you know with us under Children Act 2004, sections 10 and 11. The lawful basis is a public task (UK GDPR, Article 6(1)(e)).

If you think that the child is in danger now, ring 999 or children’s social care at once. Do not wait to answer this letter.

{{ closing }}

{{ key_worker }}
{{ team }}
{{ team_telephone }}"""),
    ("authority_enquiry", "Enquiry to another authority", "authority", "Child missing education: {{ child_name }}, born {{ child_date_of_birth }}", """{{ greeting }}

For your officer for children missing education

We are looking for {{ child_name }}, born {{ child_date_of_birth }}, who may be in your area. Please check your records and tell us:

- if the child is on the roll of a school in your area, and from which day
- if the child is educated at home in your area
- if the family is known to your council, and at which address
- if you accept the child as living in your area, and from which day

{{ what_is_asked }}

Please answer to {{ team_email }} by {{ reply_by }}. We keep our case open until you have confirmed in writing that the child is in education, or that you have taken up the search.

# Why we may ask

Both our councils have a duty to find children who are not in education (Education Act 1996, section 436A). The lawful basis for sharing is a public task (UK GDPR, Article 6(1)(e)). We send only what you need to find the child. Please send personal data by a secure route.

{{ closing }}

{{ key_worker }}
{{ team }}
{{ team_telephone }}"""),
    ("agency_enquiry", "Enquiry to an agency", "agency", "Request for information: {{ child_name }}, born {{ child_date_of_birth }}", """{{ greeting }}

We are looking for {{ child_name }}, born {{ child_date_of_birth }}, who may be missing education. We need your help to find out where the child is and that the child is safe. Please tell us:

- {{ what_is_asked }}
- the last address that you hold, and the day on which you last knew it to be right
- the day on which you last saw or spoke to the child or the family

Please answer to {{ team_email }} by {{ reply_by }}. If you hold nothing, please tell us that too: it is an answer.

# Why we may ask, and why you may answer

The council has a duty to find children who are not in education (Education Act 1996, section 436A). Children Act 2004, sections 10 and 11, asks named bodies to work together for the welfare of children. The lawful basis is a public task (UK GDPR, Article 6(1)(e)). We ask for no more than we need for this purpose, and we keep it with the child’s record.

If you think that the child is in danger now, ring 999 or children’s social care at once.

{{ closing }}

{{ key_worker }}
{{ team }}
{{ team_telephone }}"""),
    ("referral_received", "Referral received (to the school)", "school", "Your referral of {{ child_name }}", """{{ greeting }}

Thank you for your referral of {{ child_name }}, born {{ child_date_of_birth }}. We have opened a case. Our reference is {{ our_reference }}. {{ key_worker }} is the key worker.

# What happens next

We look for the child and we contact the family. We will tell you what we find.

# What we ask of you

- Keep the child on your roll until the law allows you to take the name off, and ask us first.
- Go on with your own enquiries, and tell us what you learn.
- Tell us at once if the child comes back.

If you learn that the child may be in danger, ring 999 or children’s social care at once, and then tell us.

{{ closing }}

{{ key_worker }}
{{ team }}
{{ team_telephone }}"""),
    ("more_needed", "More information needed (to the school)", "school", "Your referral of {{ child_name }}: we need to know more", """{{ greeting }}

Thank you for telling us about {{ child_name }}, born {{ child_date_of_birth }}. We need to know more before we can start. Please tell us:

- {{ what_is_asked }}

Please answer to {{ team_email }} by {{ reply_by }} and quote {{ our_reference }}. If you would like to talk it over, ring us on {{ team_telephone }}.

Please go on with your own enquiries in the meantime. If you think that the child may be in danger, do not wait: ring 999 or children’s social care at once.

{{ closing }}

{{ key_worker }}
{{ team }}"""),
    ("place_secured", "A place and its first day", "carer", "A school place for {{ child_given_name }}", """{{ greeting }}

We have good news. {{ child_name }} has a place at {{ new_school }}. The first day is:

{{ start_day }}

# What to do now

The school will tell you when to come, what to wear and what to bring. If you have not heard from the school two days before, please ring us on {{ team_telephone }}.

If {{ child_given_name }} can’t start on that day, tell the school and us at once, so that we can help.

We will ask the school if {{ child_given_name }} has started. We wish {{ child_given_name }} a good start.

""" + HELP),
    ("case_closed", "The case is closed", "carer", "We have finished our work", """{{ greeting }}

We wrote to you about {{ child_name }}’s education. We have now finished our work and closed our case, because {{ reason }}.

You do not need to do anything.

If things change, or you need help with {{ child_given_name }}’s education, please ring us on {{ team_telephone }}. Thank you for your help.

""" + HELP),
    ("return_to_school", "Returned to the school as an attendance matter", "school", "Your referral of {{ child_name }}", """{{ greeting }}

Thank you for your referral of {{ child_name }}, born {{ child_date_of_birth }}. We have looked at it with care.

The child is on your roll and we know where the child lives. So this is a matter of attendance, and your school goes on leading the work. We return it to you because {{ reason }}.

# What we ask of you

- Keep the child on your roll.
- Meet the family and find out what stands in the way. Agree in writing what each of you will do.
- Ask your contact in the attendance team for help at your next meeting, or before.
- Refer to us again if you no longer know where the child is.

If you do not agree, please ring {{ key_worker }} on {{ team_telephone }}. We would like to hear why.

{{ closing }}

{{ key_worker }}
{{ team }}"""),
    ("school_warning", "Warning before a referral (for the school to send)", "carer", "{{ child_given_name }} has not been in school", """{{ greeting }}

{{ child_name }} has not been in school, and we do not know why. We have tried to reach you on {{ days_tried }}.

# What we ask you to do

Please ring the school by {{ reply_by }}. Tell us that {{ child_given_name }} is safe, and when {{ child_given_name }} will be back. If you have moved, tell us your new address and school.

If something makes it hard for {{ child_given_name }} to come, we would like to help.

# If we do not hear from you

If we have not heard from you by then, we have to tell the council that we do not know where {{ child_given_name }} is. The council will then look for {{ child_given_name }}. We do this for all children, to make sure that they are safe.

{{ closing }}

{{ school_name }}"""),
]  # fmt: skip


def write(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("casework", "LetterTemplate")
    model.objects.using(schema_editor.connection.alias).bulk_create(
        model(key=key, title=title, to=to, subject=subject, body=body)
        for key, title, to, subject, body in TEMPLATES
    )


def take_back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take back the templates with which no letter has been written."""
    alias = schema_editor.connection.alias
    used = apps.get_model("casework", "Letter").objects.using(alias).values("template")
    model = apps.get_model("casework", "LetterTemplate").objects.using(alias)
    model.filter(key__in=[row[0] for row in TEMPLATES], made_on=None).exclude(pk__in=used).delete()


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_letters_withdrawn")]

    operations = [migrations.RunPython(write, take_back)]
