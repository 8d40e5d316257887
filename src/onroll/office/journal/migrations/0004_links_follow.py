"""A link is taken only behind the last one: a stray row would break the chain for good."""

from django.db import migrations

FORWARD = """
create function journal_link_follows() returns trigger language plpgsql as $$
declare
    last record;
begin
    -- One at a time, and what is read here is what the next one follows.
    perform pg_advisory_xact_lock(hashtext('journal_link_follows'));
    select position, digest into last from journal_link order by position desc limit 1;
    if new.position <> coalesce(last.position, 0) + 1
        or new.previous <> coalesce(last.digest, repeat('0', 64))
    then
        raise exception 'link % does not follow link %', new.position, coalesce(last.position, 0)
            using errcode = 'integrity_constraint_violation';
    end if;
    if not exists (select from journal_event where id = new.event) then
        raise exception 'link % seals event %, which is not there', new.position, new.event
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

create trigger journal_link_follows before insert on journal_link
    for each row execute function journal_link_follows();
"""

BACK = """
drop trigger journal_link_follows on journal_link;
drop function journal_link_follows();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_the_databases_clock")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
