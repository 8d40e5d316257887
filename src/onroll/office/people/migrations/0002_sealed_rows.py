"""Sealed facts are hidden from any transaction that was not opened for somebody cleared."""

from django.db import migrations

FORWARD = """
alter table people_sealedfact enable row level security;
alter table people_sealedfact force row level security;
create policy sealed_facts_only_for_the_cleared on people_sealedfact
    using (nullif(current_setting('onroll.cleared', true), '') = 'yes')
    with check (nullif(current_setting('onroll.cleared', true), '') = 'yes');
"""

BACK = """
drop policy sealed_facts_only_for_the_cleared on people_sealedfact;
alter table people_sealedfact no force row level security;
alter table people_sealedfact disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
