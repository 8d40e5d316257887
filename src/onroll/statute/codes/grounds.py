"""The grounds on which a name may leave the admission register (SI 2024/208, regulation 9(1))."""

from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.commencement import REGISTERS_2024
from onroll.statute.sources import Confidence

_TITLES = {
    "a": "Registered at another school",
    "b": "Finished nursery and not expected to return",
    "c": "Registered at more than one school, not expected back, the others consent",
    "d": "School attendance order changed to name another school",
    "e": "School attendance order revoked: suitable education arranged otherwise",
    "f": "Parent has written that the child leaves to be educated otherwise than at school",
    "g": "No longer lives within a reasonable distance and not expected back",
    "h": "Not back within 10 school days after leave; joint enquiries made",
    "i": "Absent without explanation for 20 school days; joint enquiries made",
    "j": "Serving a sentence of detention and not expected back",
    "k": "Died",
    "l": "Will be over compulsory school age and is not staying on",
    "m": "Boarder whose boarding charges are unpaid at the end of term",
    "n": "Has ceased to be a pupil of a school neither maintained nor an academy",
    "o": "Permanently excluded, and the exclusion is final",
}

DELETION_GROUNDS = CodeTable(
    "deletion_grounds",
    "grounds of deletion from the admission register",
    tuple(
        Code(key, title, f"SI 2024/208 reg 9(1)({key})", Confidence.VERIFIED, REGISTERS_2024)
        for key, title in _TITLES.items()
    ),
)
