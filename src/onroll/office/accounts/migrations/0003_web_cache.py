"""The table in which sign-in attempts are counted, as Django's database cache wants it."""

from django.db import migrations

FORWARD = """
create table if not exists web_cache (
    cache_key varchar(255) not null primary key,
    value text not null,
    expires timestamp with time zone not null
);
create index if not exists web_cache_expires on web_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_initial")]
    operations = [migrations.RunSQL(FORWARD, "drop table web_cache")]
