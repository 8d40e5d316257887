"""A synthetic register in the form in which DfE publishes it: the real header, no real school."""

import csv
import io
from collections.abc import Iterable, Mapping

HEADER = "".join(
    (
        "URN|LA (code)|LA (name)|EstablishmentNumber|EstablishmentName|",
        "TypeOfEstablishment (code)|TypeOfEstablishment (name)|EstablishmentTypeGroup (code)|",
        "EstablishmentTypeGroup (name)|EstablishmentStatus (code)|EstablishmentStatus (name)|",
        "ReasonEstablishmentOpened (code)|ReasonEstablishmentOpened (name)|OpenDate|",
        "ReasonEstablishmentClosed (code)|ReasonEstablishmentClosed (name)|CloseDate|",
        "PhaseOfEducation (code)|PhaseOfEducation (name)|StatutoryLowAge|StatutoryHighAge|",
        "Boarders (code)|Boarders (name)|NurseryProvision (name)|OfficialSixthForm (code)|",
        "OfficialSixthForm (name)|Gender (code)|Gender (name)|ReligiousCharacter (code)|",
        "ReligiousCharacter (name)|ReligiousEthos (name)|Diocese (code)|Diocese (name)|",
        "AdmissionsPolicy (code)|AdmissionsPolicy (name)|SchoolCapacity|SpecialClasses (code)|",
        "SpecialClasses (name)|CensusDate|NumberOfPupils|NumberOfBoys|NumberOfGirls|",
        "PercentageFSM|TrustSchoolFlag (code)|TrustSchoolFlag (name)|Trusts (code)|Trusts (name)|",
        "SchoolSponsorFlag (name)|SchoolSponsors (name)|FederationFlag (name)|Federations (code)|",
        "Federations (name)|UKPRN|FEHEIdentifier|FurtherEducationType (name)|LastChangedDate|",
        "Street|Locality|Address3|Town|County (name)|Postcode|SchoolWebsite|TelephoneNum|",
        "HeadTitle (name)|HeadFirstName|HeadLastName|HeadPreferredJobTitle|SENPRU (name)|",
        "EBD (name)|EdByOther (name)|Section41Approved (name)|TypeOfResourcedProvision (name)|",
        "GOR (code)|GOR (name)|DistrictAdministrative (code)|DistrictAdministrative (name)|",
        "Easting|Northing|PreviousLA (code)|PreviousLA (name)|PreviousEstablishmentNumber|",
        "Country (name)|UPRN|FSM|AccreditationExpiryDate",
    )
).split("|")
PHASES = (("2", "Primary"), ("4", "Secondary"), ("7", "All-through"), ("0", "Not applicable"))


def establishment(number: int, **changes: str) -> dict[str, str]:
    """One synthetic establishment; `changes` are columns by name."""
    code, phase = PHASES[number % len(PHASES)]
    return {
        "URN": str(900_000 + number),
        "LA (code)": str(990 + number % 10),
        "EstablishmentNumber": str(2000 + number % 7000),
        "EstablishmentName": f"St Zoë’s School {number}",
        "TypeOfEstablishment (code)": "02" if number % 2 else "34",
        "TypeOfEstablishment (name)": "Voluntary aided school"
        if number % 2
        else "Academy converter",
        "EstablishmentTypeGroup (code)": "10",
        "EstablishmentTypeGroup (name)": "Academies",
        "EstablishmentStatus (code)": "1",
        "EstablishmentStatus (name)": "Open",
        "OpenDate": "01-09-2012",
        "PhaseOfEducation (code)": code,
        "PhaseOfEducation (name)": phase,
        "StatutoryLowAge": "4",
        "StatutoryHighAge": "11",
        "Gender (name)": "Mixed",
        "SchoolCapacity": "420",
        "NumberOfPupils": "398",
        "Trusts (name)": "The Café Trust",
        "Street": f"{number} High Street",
        "Town": "Zedham",
        "Postcode": "ZZ1 4AB",
        "TelephoneNum": "01632960123",
        "HeadTitle (name)": "Ms",
        "HeadFirstName": "Renée",
        "HeadLastName": "Example",
        "Easting": "400000",
        "Northing": "300000",
        "LastChangedDate": "05-03-2026",
    } | changes


def register(rows: Iterable[Mapping[str, str]], *, without: frozenset[str] = frozenset()) -> bytes:
    """The file, in Windows-1252 with quoted cells, without some columns."""
    header = [name for name in HEADER if name not in without]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(header)
    for row in rows:
        writer.writerow([row.get(name, "") for name in header])
    return out.getvalue().encode("cp1252")
