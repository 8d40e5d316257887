"""Who came onto a list since it last came, by the hashes that stand for the load before."""

import pyarrow as pa

from onroll.office.kernel import encryption
from onroll.office.linkage.models import PopulationLoad
from onroll.office.linkage.queries import sources_prints


def newcomers(load: int, table: pa.Table) -> frozenset[str] | None:
    """Return the ids of records about somebody whom the load before had not.

    None where it cannot be told: a first list, or one whose forerunner was taken back.
    """
    found = PopulationLoad.objects.select_related("compared_with").get(pk=load)
    before, keys = found.compared_with, encryption.keys_for(sources_prints.HASHED_FOR)
    if before is None or before.hashes is None or before.hash_key not in keys:
        return None
    return sources_prints.newcomers(
        table,
        keys[before.hash_key],
        bytes(before.hashes),
        has_ids="record_id" in found.columns.values(),
    )
