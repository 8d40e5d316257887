from django.db import migrations

# Posts, teams and services did not say when they were written down: as early as the first fact
# about them, else now.
POSTS = """
    insert into accounts_postdetail
        (post_id, title, category, employer, team_id, starts_on, ends_on, recorded_at, source)
    select p.id, p.title, p.category, p.employer, p.team_id, p.established_on, p.abolished_on,
           coalesce((select min(h.recorded_at) from accounts_postholding h where h.post_id = p.id),
                    now()),
           ''
    from accounts_post p
"""

TEAMS = """
    insert into accounts_teamdetail (team_id, name, duties, starts_on, recorded_at, source)
    select t.id, t.name, t.duties, coalesce(min(p.starts_on), current_date),
           coalesce(min(p.recorded_at), now()), ''
    from accounts_team t left join accounts_teamplacement p on p.team_id = t.id
    group by t.id
"""

SERVICES = """
    insert into accounts_servicedetail
        (service_id, name, part_of_id, starts_on, recorded_at, source)
    select s.id, s.name, s.part_of_id, coalesce(min(p.starts_on), current_date),
           coalesce(min(p.recorded_at), now()), ''
    from accounts_service s left join accounts_teamplacement p on p.service_id = s.id
    group by s.id
"""


class Migration(migrations.Migration):
    """Carry what posts, teams and services are called over into facts."""

    dependencies = [
        ("accounts", "0004_details_of_the_organisation"),
    ]

    operations = [
        migrations.RunSQL([POSTS, TEAMS, SERVICES], migrations.RunSQL.noop),
    ]
