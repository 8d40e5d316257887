from django.db import migrations

# Term dates did not say when they were saved; the journal does.
SAVED = """
    update schools_calendar c
    set recorded_at = e.at
    from (
        select subject, max(at) as at from journal_event
        where verb = 'schools.calendar_saved' group by subject
    ) e
    where e.subject = 'schools.Calendar:' || c.id
"""


class Migration(migrations.Migration):
    """Say of the term dates that are here since when they have been."""

    dependencies = [
        ("journal", "0003_the_databases_clock"),
        ("schools", "0002_versions_of_term_dates"),
    ]

    operations = [
        migrations.RunSQL(SAVED, migrations.RunSQL.noop),
    ]
