"""The groups of children whom a fair access protocol may cover (School Admissions Code 2021).

A child with an education, health and care plan or in care is not placed by a protocol: the plan,
or the priority in admissions, places the child. That is known from practice.
"""

from onroll.statute.codes.table import Code, CodeTable
from onroll.statute.commencement import ADMISSIONS_CODE_2021
from onroll.statute.sources import Confidence

_TITLES = {
    "a": "Child in need plan or child protection plan, now or in the 12 months before referral",
    "b": "Living in a refuge or similar accommodation",
    "c": "From the criminal justice system",
    "d": "In alternative provision and to be reintegrated, or excluded and suited to a mainstream "
    "school",
    "e": "Special educational needs without a plan, a disability or a medical condition",
    "f": "Carer",
    "g": "Homeless",
    "h": "In formal kinship care",
    "i": "Gypsy, Roma, Traveller, refugee or asylum seeker",
    "j": "Refused a place for challenging behaviour and referred for it",
    "k": "No place sought, because of exceptional circumstances",
    "l": "Out of education for four weeks or more, with no place within a reasonable distance",
    "m": "Formerly looked after, and the authority could not place the child promptly",
}

_LETTER = "The group is read in a county's protocol; the letter of the Code is recalled."
_NOTES = {
    "i": f"{_LETTER} The parent may be the refugee or asylum seeker.",
    "l": f"{_LETTER} Not where a suitable offer was declined.",
}

FAIR_ACCESS_GROUPS = CodeTable(
    "fair_access_groups",
    "groups of a fair access protocol",
    tuple(
        Code(
            key,
            title,
            "School Admissions Code 2021 para 3.17, as Buckinghamshire's protocol lists it",
            Confidence.SECONDARY,
            ADMISSIONS_CODE_2021,
            note=_NOTES.get(key, _LETTER),
        )
        for key, title in _TITLES.items()
    ),
)
