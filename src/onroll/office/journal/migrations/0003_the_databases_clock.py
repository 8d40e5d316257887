"""The database says when an event happened: a row cannot be dated back by whoever writes it."""

from django.db import migrations

FORWARD = """
create function journal_event_is_now() returns trigger language plpgsql as $$
begin
    new.at := transaction_timestamp();
    return new;
end $$;
create trigger journal_event_is_now before insert on journal_event
    for each row execute function journal_event_is_now();
"""

BACK = """
drop trigger journal_event_is_now on journal_event;
drop function journal_event_is_now();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
