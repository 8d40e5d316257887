"""Lists of synthetic children, as suppliers send them."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta

from onroll.office.kernel.actor import Actor
from onroll.office.linkage.actions import sources, sources_loads
from onroll.office.linkage.models import PopulationLoad, Source
from onroll.statute.identifiers import upn_letter
from tests.actors import TODAY

HEADER = ("record_id", "upn", "given_name", "family_name", "born_on", "sex", "house", "street",
          "postcode")  # fmt: skip
GIVEN = ("Amina", "Ben", "Chidi", "Dana", "Ewa", "Farah", "Gus", "Hana", "Ivo", "Jaya")
FAMILY = ("Archer", "Begum", "Cole", "Dudek", "Evans", "Farooq", "Green", "Hughes", "Iqbal")

Row = tuple[str, ...]


def upn(n: int, la: str = "999") -> str:
    body = f"{la}4001{n % 100_000:05d}"
    return f"{upn_letter(body)}{body}"


def child(n: int, *, la: str = "999", area: str = "ZZ") -> Row:
    born = date(2012, 1, 1) + timedelta(days=(n * 37) % 2000)
    return (
        f"R{n}", upn(n, la), GIVEN[n % 10], FAMILY[n % 9], born.isoformat(), "FM"[n % 2],
        str(n % 90 + 1), "High Street", f"{area}{n % 9 + 1} {n % 9}AB",
    )  # fmt: skip


def rows(n: int, start: int = 0, **of: str) -> list[Row]:
    return [child(i, **of) for i in range(start, start + n)]


def csv_of(listed: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(listed)
    return out.getvalue().encode()


def a_source(by: Actor, name: str = "Births", kind: str = "births", **more: object) -> Source:
    given: dict[str, object] = {"supplier": "Registrars", "lawful_basis": "Section 436A", **more}
    return sources.add(name=name, kind=kind, by=by, on=TODAY, **given)  # type: ignore[arg-type]


def sent(
    source: Source,
    content: bytes,
    by: Actor,
    *,
    as_at: date = TODAY,
    filename: str = "list.csv",
    on: date = TODAY,
    ask: bool = False,
) -> PopulationLoad:
    return sources_loads.send_in(
        source=source, filename=filename, content=content, as_at=as_at, by=by, on=on, ask=ask
    )


THEIRS = ("Ref", "Child", "DOB", "Post Code", "Worker")


def theirs(n: int = 30, form: str = "{d:02d}/{m:02d}/{y}") -> bytes:
    listed = []
    for row in rows(n):
        y, m, d = (int(part) for part in row[4].split("-"))
        listed.append((row[0], f"{row[3]}, {row[2]} Ann", form.format(y=y, m=m, d=d), row[8], "Jo"))
    return csv_of(listed, THEIRS)


SAID = {
    "Ref": "record_id", "Child": "full_name", "DOB": "born_on", "Post Code": "postcode",
    "Worker": "",
}  # fmt: skip
