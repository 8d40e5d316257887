"""Small folders of lists, as an analyst would make them by hand. Nobody in them is real."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

COLUMNS = [
    "record_id", "upn", "nhs_number", "given_name", "middle_names", "family_name", "born_on", "sex",
    "house", "street", "postcode",
]  # fmt: skip

ROLLS = [
    {"record_id": "r1", "given_name": "Amelia", "family_name": "Khan", "born_on": "2015-05-04",
     "sex": "F", "house": "12", "street": "Canal Street", "postcode": "ZZ1 4AB"},
    {"record_id": "r2", "given_name": "Oliver", "family_name": "Smith", "born_on": "2014-02-11",
     "sex": "M", "house": "3", "street": "Mill Lane", "postcode": "ZZ1 4AC"},
    {"record_id": "r3", "given_name": "Mohammed", "family_name": "Ali", "born_on": "2013-09-30",
     "sex": "M", "house": "44", "street": "Park Road", "postcode": "ZZ2 1AA"},
]  # fmt: skip
GP = [
    {"record_id": "g1", "given_name": "Amelia", "family_name": "Khan", "born_on": "2015-05-04",
     "sex": "F", "house": "12", "street": "Canal St", "postcode": "ZZ14AB"},
    {"record_id": "g2", "given_name": "Ollie", "family_name": "Smith", "born_on": "2014-02-11",
     "sex": "M", "house": "3", "street": "Mill Lane", "postcode": "ZZ1 4AC"},
    {"record_id": "g3", "given_name": "Muhammad", "family_name": "Ali", "born_on": "2013-09-30",
     "sex": "M", "house": "44", "street": "Park Rd", "postcode": "ZZ2 1AA"},
    {"record_id": "g4", "given_name": "Leila", "family_name": "Haddad", "born_on": "2014-07-07",
     "sex": "F", "house": "9", "street": "High Street", "postcode": "ZZ2 1AB"},
]  # fmt: skip

Rows = Sequence[Mapping[str, str]]


def as_csv(rows: Rows, columns: Sequence[str] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def source(file: str, name: str, evidence: str, as_at: str = "2026-09-15", more: str = "") -> str:
    return (
        f'[[source]]\nfile = "{file}"\nname = "{name}"\nevidence = "{evidence}"\n'
        f"as_at = {as_at}\n{more}\n"
    )


def folder(at: Path, rolls: Rows = ROLLS, gp: Rows = GP) -> Path:
    at.mkdir(exist_ok=True)
    (at / "rolls.csv").write_text(as_csv(rolls), "utf-8")
    (at / "gp.csv").write_text(as_csv(gp), "utf-8")
    (at / "sources.toml").write_text(
        source("rolls.csv", "rolls", "education") + source("gp.csv", "gp", "residence"), "utf-8"
    )
    return at
