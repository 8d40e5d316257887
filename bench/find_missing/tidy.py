"""Records tidied as any careful analyst would before linking, without OnRoll's own knowledge.

Small letters, no marks, letters only; unusable dates and malformed numbers left out.
"""

from datetime import date

import duckdb
import pyarrow as pa

_TIDY = r"""
select uid, source_no, educates,
  nullif(regexp_replace(lower(strip_accents(given_name)), '[^a-z]', '', 'g'), '') as fn,
  nullif(regexp_replace(lower(strip_accents(family_name)), '[^a-z]', '', 'g'), '') as sn,
  case when year(try_cast(born_on as date)) between {oldest} and {newest}
    then born_on end as dob,
  nullif(upper(regexp_replace(postcode, '\s', '', 'g')), '') as pc,
  nullif(lower(house), '') as house,
  lower(street) as street,
  upper(left(sex, 1)) as sex,
  case when length(trim(upn)) = 13 then upper(trim(upn)) end as upn,
  case when length(regexp_replace(nhs_number, '[^0-9]', '', 'g')) = 10
    then regexp_replace(nhs_number, '[^0-9]', '', 'g') end as nhs
from records order by uid
"""


def tidied(table: pa.Table, on: date) -> pa.Table:
    """Return the columns by which the peers link."""
    connection = duckdb.connect()
    connection.register("records", table)
    query = _TIDY.format(oldest=on.year - 30, newest=on.year)
    return connection.sql(query).to_arrow_table()
