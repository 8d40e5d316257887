"""The only writers of children and the people around them."""

from onroll.office.people.actions.access import break_glass, end_access, grant_access
from onroll.office.people.actions.changes import facts_changed, when_facts_change
from onroll.office.people.actions.changing import (
    correct,
    end_fact,
    end_flag,
    withdraw,
)
from onroll.office.people.actions.children import add_child, change_details
from onroll.office.people.actions.facts import (
    check_place,
    checked_identifier,
    conclude_whereabouts,
    record_address,
    record_flag,
    record_hazard,
    record_identifier,
    record_locality,
    record_name,
    record_professional,
)
from onroll.office.people.actions.family import (
    change_carer,
    record_carer,
    record_carer_address,
    record_contact_point,
    record_relationship,
)
from onroll.office.people.actions.loads import (
    CarerRow,
    ChildRow,
    hold_back_twins,
    load_access,
    load_addresses,
    load_carer_addresses,
    load_carers,
    load_children,
    load_contact_points,
    load_flags,
    load_identifiers,
    load_names,
    load_professionals,
    load_relationships,
    load_whereabouts,
)
from onroll.office.people.actions.particulars import record_language, record_year_taught
from onroll.office.people.actions.sealing import (
    ask_to_lift,
    lift_seal,
    seal,
    when_sealed,
)
from onroll.office.people.actions.terms import rebuild_all_terms, rebuild_terms
from onroll.office.people.actions.unload import unload
from onroll.office.people.queries.sealed import sealable

__all__ = [
    "CarerRow",
    "ChildRow",
    "add_child",
    "ask_to_lift",
    "break_glass",
    "change_carer",
    "change_details",
    "check_place",
    "checked_identifier",
    "conclude_whereabouts",
    "correct",
    "end_access",
    "end_fact",
    "end_flag",
    "facts_changed",
    "grant_access",
    "hold_back_twins",
    "lift_seal",
    "load_access",
    "load_addresses",
    "load_carer_addresses",
    "load_carers",
    "load_children",
    "load_contact_points",
    "load_flags",
    "load_identifiers",
    "load_names",
    "load_professionals",
    "load_relationships",
    "load_whereabouts",
    "rebuild_all_terms",
    "rebuild_terms",
    "record_address",
    "record_carer",
    "record_carer_address",
    "record_contact_point",
    "record_flag",
    "record_hazard",
    "record_identifier",
    "record_language",
    "record_locality",
    "record_name",
    "record_professional",
    "record_relationship",
    "record_year_taught",
    "seal",
    "sealable",
    "unload",
    "when_facts_change",
    "when_sealed",
    "withdraw",
]
