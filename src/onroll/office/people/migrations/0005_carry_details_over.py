from django.db import migrations

# What stood on a child's row was believed since the child was recorded: of a child who came from
# a former system, since the name was known there.
PARTICULARS = """
    insert into people_particulars
        (child_id, born_on, birth_date_is, sex, ethnicity, free_school_meals, died_on,
         starts_on, recorded_at, source)
    select c.id, c.born_on, c.birth_date_is, c.sex, c.ethnicity, c.free_school_meals, c.died_on,
           coalesce(c.born_on, c.created_at::date),
           least(c.created_at,
                 (select min(n.recorded_at) from people_childname n where n.child_id = c.id)),
           ''
    from people_child c
"""

LANGUAGES = """
    insert into people_language
        (child_id, language, is_first, interpreter, starts_on, recorded_at, source)
    select c.id, trim(c.first_language), trim(c.first_language) <> '',
           case when c.needs_interpreter then 'child' else 'unknown' end,
           c.created_at::date, c.created_at, ''
    from people_child c
    where trim(c.first_language) <> '' or c.needs_interpreter
"""

# Nobody recorded when it began: it is kept for the school year in which it is found.
YEARS_TAUGHT = """
    insert into people_yeartaught
        (child_id, year_group, starts_on, ends_on, recorded_at, source)
    select c.id, c.year_group, make_date(y.began, 9, 1), make_date(y.began + 1, 8, 31), now(), ''
    from people_child c,
         (select extract(year from current_date - interval '8 months')::int as began) y
    where c.year_group between 0 and 13
"""


class Migration(migrations.Migration):
    """Carry birth, sex, death, languages and the year taught over into facts."""

    dependencies = [
        ("people", "0004_particulars"),
    ]

    operations = [
        migrations.RunSQL([PARTICULARS, LANGUAGES, YEARS_TAUGHT], migrations.RunSQL.noop),
    ]
