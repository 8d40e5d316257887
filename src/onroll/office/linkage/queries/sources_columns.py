"""What the columns of a list are likely to be: by their names first, then by what is in them."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from onroll.matching.sources import COLUMNS
from onroll.office.intake.reading.lists import Listing
from onroll.office.linkage.queries.sources_rows import (
    ADDRESS_LINE,
    FULL_NAME,
    DateOrders,
    date_orders,
    read_date,
)

# What a column can be said to be, in the words of the page that asks.
MEANINGS: dict[str, str] = {
    "record_id": "The list’s own number of the record",
    "upn": "UPN",
    "nhs_number": "NHS number",
    "given_name": "First name",
    "middle_names": "Middle names",
    "family_name": "Surname",
    FULL_NAME: "The whole name in one column",
    "born_on": "Date of birth",
    "sex": "Sex",
    "house": "House name or number",
    "street": "Street",
    ADDRESS_LINE: "House and street in one column",
    "postcode": "Postcode",
}
_NAMES: dict[str, str] = {
    "record_id": "recordid id personid clientid pupilid personref personreference reference ref "
    "caseid systemid uniqueid uniquereference applicationid applicationref applicationreference "
    "householdid tenancyref accountref claimref childid birthid appno appnumber appref appid "
    "applicationno applicationnumber refno refnumber referenceno referencenumber recordno "
    "recordnumber personno personnumber clientno caseno casenumber systemno uniqueno "
    "accountno accountnumber tenancyno tenancynumber claimno claimnumber birthno entryno",
    "upn": "upn uniquepupilnumber pupilupn currentupn",
    "nhs_number": "nhsnumber nhsno nhs nhsnum newnhsno",
    "given_name": "givenname givennames forename forenames firstname firstnames first "
    "legalforename childforename childfirstname pupilforename",
    "middle_names": "middlenames middlename middle othernames legalmiddlenames",
    "family_name": "familyname surname lastname last legalsurname childsurname childlastname "
    "pupilsurname",
    FULL_NAME: "name fullname childname pupilname childsname pupilsname personname",
    "born_on": "bornon dob dateofbirth birthdate birthdt dateborn childdob pupildob dtofbirth",
    "sex": "sex gender sexcode",
    "house": "house housenumber houseno housename housenameornumber paon number doornumber "
    "buildingnumber propertynumber",
    "street": "street streetname road roadname thoroughfare streetdescriptor",
    ADDRESS_LINE: "address address1 addressline1 addr1 addressline homeaddress firstlineofaddress "
    "fulladdress addressfull addressoneline wholeaddress currentaddress residentialaddress "
    "propertyaddress postaladdress addressinfull",
    "postcode": "postcode postalcode pcode homepostcode currentpostcode addresspostcode",
}
_MEANT = {word: meaning for meaning, words in _NAMES.items() for word in words.split()}
_UPN = re.compile(r"[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]", re.IGNORECASE)
_NHS = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? *\d[A-Z]{2}", re.IGNORECASE)
_WHOLE_NAME = re.compile(r"[^\W\d_][^\d,]*(?:,\s*| )[^\W\d_][^\d,]*")
_HOUSE_AND_STREET = re.compile(r"(?:flat \w+,? )?\d+\w?,? [^\d]{4,}", re.IGNORECASE)
_SEX = re.compile(r"[MFUX]|male|female|boy|girl|unknown|not known", re.IGNORECASE)
_EXAMPLES, _LOOKED_AT, _MOST, _SEXES = 3, 200, 0.8, 6

# A school-census extract is one table a file. Its first table is of the pupils on roll.
ON_ROLL, OFF_ROLL = "pupilonrolltableid", "pupilnolongeronrolltableid"
_CENSUS = {
    "upn": "upn", "forename": "given_name", "middlenames": "middle_names",
    "surname": "family_name", "dob": "born_on", "sex": "sex", "gender": "sex", "paon": "house",
    "street": "street", "postcode": "postcode",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its name, a few of its cells, what it seems to be ("" = not read)."""

    name: str
    examples: tuple[str, ...]
    guess: str


def header_print(header: Sequence[str]) -> str:
    """Return what stands for a header, so that the next file with it needs no asking."""
    return hashlib.sha256("\x1f".join(_bare(name) for name in header).encode()).hexdigest()


def is_census(header: Sequence[str]) -> bool:
    """Say whether this is the table of pupils on roll of a school-census extract."""
    bare = {_bare(name) for name in header}
    return ON_ROLL in bare and {"upn", "surname", "dob"} <= bare and OFF_ROLL not in bare


def is_leavers(header: Sequence[str]) -> bool:
    """Say whether this is the census's table of pupils no longer on roll."""
    return OFF_ROLL in {_bare(name) for name in header}


def guessed(listing: Listing) -> tuple[Column, ...]:
    """Return the columns of a file with what each seems to be, no meaning given twice."""
    values = {name: _some(listing, name) for name in listing.header}
    by_name = _by_name(listing.header)
    taken = set(by_name.values())
    seems = {name: _seems(values[name]) for name in listing.header if name not in by_name}
    alike = Counter(seems.values())
    # Two columns of dates are not told apart by their shape: whoever knows the list says which.
    by_values = {
        name: ours
        for name, ours in seems.items()
        if ours and ours not in taken and alike[ours] == 1
    }
    taken |= set(by_values.values())
    found = {**by_name, **by_values}
    if FULL_NAME in taken and {"given_name", "family_name"} <= taken:
        found = {name: ours for name, ours in found.items() if ours != FULL_NAME}
    if ADDRESS_LINE in taken and {"house", "street"} & taken:
        found = {name: ours for name, ours in found.items() if ours != ADDRESS_LINE}
    return tuple(
        Column(name, tuple(values[name][:_EXAMPLES]), found.get(name, ""))
        for name in listing.header
    )


def exactly_ours(header: Sequence[str]) -> bool:
    """Say whether the file has our own names and no other, as the template has them."""
    return {name.strip().lower() for name in header} <= set(COLUMNS)


def orders_in(listing: Listing, columns: Mapping[str, str]) -> DateOrders:
    """Look at the column of dates of birth for which comes first."""
    theirs = next((name for name, ours in columns.items() if ours == "born_on"), "")
    return date_orders(listing.table[theirs].to_pylist()) if theirs else DateOrders()


def _by_name(header: Sequence[str]) -> dict[str, str]:
    if is_census(header):
        return {name: _CENSUS[_bare(name)] for name in header if _bare(name) in _CENSUS}
    found: dict[str, str] = {}
    for name in header:
        meaning = _meant(name)
        if meaning and meaning not in found.values():
            found[name] = meaning
    return found


def _meant(name: str) -> str:
    """Return what a name means: as it stands, without what is in brackets, without “child”."""
    short = re.sub(r"\(.*?\)|\[.*?\]", "", name)
    of_whom = re.sub(r"^(?:child|pupil|student)(?:['’]?s)?[\s_.-]+", "", short.strip().lower())
    return next((m for one in (name, short, of_whom) if (m := _MEANT.get(_bare(one), ""))), "")


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _some(listing: Listing, name: str) -> list[str]:
    start = listing.table[name].slice(0, _LOOKED_AT * 5).to_pylist()
    return [value for value in dict.fromkeys(start) if value][:_LOOKED_AT]


def _seems(values: Sequence[str]) -> str:
    for meaning, shape in (("upn", _UPN), ("nhs_number", _NHS), ("postcode", _POSTCODE)):
        if _mostly(values, shape.fullmatch):
            return meaning
    if values and len(values) <= _SEXES and all(_SEX.fullmatch(value) for value in values):
        return "sex"
    if _mostly(values, _seems_a_date):
        return "born_on"
    if _mostly(values, _HOUSE_AND_STREET.fullmatch):
        return ADDRESS_LINE
    # One name again and again is whoever deals with the list.
    is_many = len(values) > _SEXES
    return FULL_NAME if is_many and _mostly(values, _WHOLE_NAME.fullmatch) else ""


def _seems_a_date(value: str) -> bool:
    # Five digits may be a spreadsheet's number of a day, but are more often a number of their own.
    is_written = len(value) == len("20140305") or not value.replace(".", "").isdecimal()
    return is_written and read_date(value, order="dmy") is not None


def _mostly(values: Sequence[str], test: Callable[[str], object]) -> bool:
    fitting = sum(bool(test(value)) for value in values)
    return bool(values) and fitting >= _MOST * len(values)
