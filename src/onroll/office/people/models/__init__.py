"""Children and the people around them."""

from onroll.office.people.models.access import Access, SealedFact, Sealing
from onroll.office.people.models.around import (
    Carer,
    CarerAddress,
    ContactPoint,
    HouseholdHazard,
    Professional,
    Relationship,
)
from onroll.office.people.models.child import (
    Child,
    ChildAddress,
    ChildLocality,
    ChildName,
    Flag,
    Identifier,
    SearchTerm,
    SearchWord,
    Whereabouts,
)
from onroll.office.people.models.identity import JoinAsked, SameChild, TwoChildren
from onroll.office.people.models.particulars import Language, Particulars, YearTaught
from onroll.office.people.models.withdrawals import Withdrawal

__all__ = [
    "Access",
    "Carer",
    "CarerAddress",
    "Child",
    "ChildAddress",
    "ChildLocality",
    "ChildName",
    "ContactPoint",
    "Flag",
    "HouseholdHazard",
    "Identifier",
    "JoinAsked",
    "Language",
    "Particulars",
    "Professional",
    "Relationship",
    "SameChild",
    "SealedFact",
    "Sealing",
    "SearchTerm",
    "SearchWord",
    "TwoChildren",
    "Whereabouts",
    "Withdrawal",
    "YearTaught",
]
