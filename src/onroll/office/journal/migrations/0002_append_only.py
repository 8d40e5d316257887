"""Nobody changes the journal: triggers refuse even the owner, and the app's role has no right to."""

from django.db import migrations

FORWARD = """
create function journal_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the journal is append-only: % of % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

create trigger journal_event_append_only before update or delete on journal_event
    for each row execute function journal_is_append_only();
create trigger journal_event_no_truncate before truncate on journal_event
    for each statement execute function journal_is_append_only();
create trigger journal_link_append_only before update or delete on journal_link
    for each row execute function journal_is_append_only();
create trigger journal_link_no_truncate before truncate on journal_link
    for each statement execute function journal_is_append_only();

do $$
declare grantee text;
begin
    for grantee in
        select distinct g.grantee from information_schema.role_table_grants g
        join pg_tables t on t.tablename = g.table_name and t.schemaname = g.table_schema
        where g.table_name in ('journal_event', 'journal_link') and g.grantee <> t.tableowner
    loop
        execute format(
            'revoke update, delete, truncate on journal_event, journal_link from %I', grantee);
    end loop;
end $$;
"""

BACK = """
drop trigger journal_event_append_only on journal_event;
drop trigger journal_event_no_truncate on journal_event;
drop trigger journal_link_append_only on journal_link;
drop trigger journal_link_no_truncate on journal_link;
drop function journal_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
