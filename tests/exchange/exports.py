"""A synthetic export of a former system: invented children, headings as such systems write."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from onroll.statute.identifiers import upn_letter

GIVEN = ("Ada", "Bilal", "Chloe", "Dragos", "Esme", "Farah", "Gwen", "Hamza", "Iris", "Jakub")
FAMILY = ("Example", "Sample", "Specimen", "Template", "Pattern", "Model")
FIRST = date(2019, 1, 7)


def upn(number: int) -> str:
    """A UPN that passes its check, of no school."""
    body = f"999{number:09d}"
    return upn_letter(body) + body


def write(folder: Path, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    """Write one file of the export."""
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def change(folder: Path, name: str, line: int, **cells: object) -> None:
    """Change cells of one row, counted from 0; underscores in a heading stand for spaces."""
    rows = list(csv.DictReader((folder / f"{name}.csv").read_text("utf-8").splitlines()))
    rows[line] |= {heading.replace("_", " "): str(cell) for heading, cell in cells.items()}
    write(folder, name, rows)


def day(on: date) -> str:
    return f"{on:%d/%m/%Y}"


def children(count: int) -> list[dict[str, object]]:
    return [
        {
            "Stud ID": 10_000 + n,
            "Forename": GIVEN[n % len(GIVEN)],
            "Surname": f"{FAMILY[n % len(FAMILY)]}{'abcdefghij'[n // 60 % 10] * (n // 60)}",
            "Former surname": "Formerly" if n % 20 == 0 else "",
            "DOB": day(date(2010, 9, 1) + timedelta(days=(37 * n) % 2_900)),
            "Gender": "FMU"[n % 3],
            "UPN": upn(n) if n % 5 else "",
            "NHS no": "",
            "Ethnicity": "WBRI",
            "First language": "English",
        }
        for n in range(count)
    ]


def cases(count: int, of: int) -> list[dict[str, object]]:
    """Three in four of missing education and closed; the last ten open; the rest of other kinds."""
    rows = []
    for n in range(count):
        opened = FIRST + timedelta(days=9 * n)
        kind = ("CME", "CME", "CME", "Attendance" if n % 8 == 3 else "EHE")[n % 4]
        is_open = n >= count - 10 and kind == "CME"
        rows.append(
            {
                "Involvement ID": f"C{n}",
                "Stud ID": 10_000 + n % of,
                "Type": kind,
                "Referral date": day(opened - timedelta(days=1)),
                "Open date": day(opened),
                "Close date": "" if is_open else day(opened + timedelta(days=60)),
                "Closure reason": "" if is_open else ("RTS" if kind == "CME" else "Improved"),
                "CME reason": "Unknown" if kind == "CME" else "",
                "Date recorded": day(opened),
            }
        )
    return rows


def history(cases_written: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    rows = []
    for n, case in enumerate(cases_written):
        number, on = case["Involvement ID"], case["Open date"]
        common = {"Case ID": number, "Date": on, "Officer": "A. Person"}
        blank = dict.fromkeys(
            ("Result", "With", "Enquiry type", "Response date", "Strength of evidence"), ""
        )
        rows.append(
            {**common, **blank, "Entry type": "Home visit", "With": "Parent or carer",
             "Result": "No answer", "Text": "Nobody came to the door."}
        )  # fmt: skip
        rows.append({**common, **blank, "Entry type": "Note", "Text": f"Note {n}."})
        if case["Type"] == "CME":
            rows.append(
                {**common, **blank, "Entry type": "Enquiry", "Enquiry type": "council_tax",
                 "Result": "Not known to them", "Response date": case["Open date"],
                 "Strength of evidence": "", "Text": "No account."}
            )  # fmt: skip
    return rows


def export(folder: Path, *, of: int = 60, with_cases: int = 80, school: str = "900001") -> Path:
    """Write a whole folder."""
    folder.mkdir(exist_ok=True)
    known = children(of)
    ids = [row["Stud ID"] for row in known]
    write(folder, "children", known)
    write(
        folder,
        "addresses",
        [
            {"Stud ID": i, "Address type": "Home", "Line 1": f"{n} Invented Road",
             "Town": "Ashcombe", "Post code": "ZZ1 4AB", "Date from": day(FIRST), "Date to": ""}
            for n, i in enumerate(ids)
        ],
    )  # fmt: skip
    write(
        folder,
        "carers",
        [
            {"Adult ID": f"A{n // 2}", "Stud ID": i, "Forename": "Nadia",
             "Surname": f"Example{n // 2}", "Relationship": "Mum", "PR": "Y",
             "Mobile": f"07700 900{n % 1000:03d}"}
            for n, i in enumerate(ids)
        ],
    )  # fmt: skip
    write(
        folder,
        "flags",
        [{"Stud ID": i, "Flag": "Child in need", "Start date": day(FIRST), "End date": ""}
         for i in ids[::6]],
    )  # fmt: skip
    write(
        folder,
        "roll",
        [{"Stud ID": i, "School URN": school, "Admission date": "01/09/2018",
          "Leaving date": "20/07/2019"} for i in ids],
    )  # fmt: skip
    written = cases(with_cases, of)
    write(folder, "cases", written)
    write(folder, "case_history", history(written))
    write(
        folder,
        "codes",
        [{"File": "cases", "Column": "Outcome", "Code there": "RTS",
          "Meaning here": "On a school roll and started"}],
    )  # fmt: skip
    write(
        folder,
        "posts",
        [{"Post": "Welfare officer", "Category": "attendance_officer", "Post holder": f"Person {n}",
          "Start date": "01/04/2017", "End date": "", "FTE": "0.6"} for n in range(3)],
    )  # fmt: skip
    write(
        folder,
        "recording",
        [{"Series": "cases.cme", "Recording began": "01/11/2019",
          "Caveat": "Cases were not recorded before 1 November 2019."}],
    )  # fmt: skip
    return folder
