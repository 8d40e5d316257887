"""What the page says to people, and what it keeps to itself."""

from pathlib import Path

from onroll.cli import main

HEADER = "pupil_id,school,on,session,code,year_group"


def report(tmp_path: Path, *rows: str) -> str:
    marks = tmp_path / "marks"
    marks.mkdir()
    (marks / "a.csv").write_text("\n".join([HEADER, *rows, ""]), "utf-8")
    out = tmp_path / "out"
    assert main(["measure-absence", "--marks", str(marks), "--out", str(out)]) == 0
    return (out / "report.html").read_text("utf-8")


def test_the_page_says_how_much_was_missed_and_names_no_pupil(tmp_path: Path) -> None:
    rows = [f"Pupil-{n},St <Bride>,2026-01-05,AM,{'O' if n else '/'},7" for n in range(8)]

    page = report(tmp_path, *rows)

    assert "8 pupils of one school missed 87.5% of their possible sessions" in page
    assert "from 5 January 2026 to 5 January 2026" in page
    assert "Pupil-" not in page
    assert "St &lt;Bride&gt;" in page
    assert "Every row counted." in page


def test_the_page_says_what_was_not_counted_and_why(tmp_path: Path) -> None:
    page = report(
        tmp_path,
        "A,S,2026-01-05,AM,/,7",
        "A,S,2026-01-05,PM,?,7",
        "A,S,2026-01-06,AM,?,7",
    )

    assert "2 of 3 rows were not counted" in page
    assert "code &#x27;?&#x27; is not in the national list" in page


def test_marks_of_two_school_years_are_warned_of(tmp_path: Path) -> None:
    page = report(tmp_path, "A,S,2025-07-01,AM,/,7", "A,S,2025-09-03,AM,/,8")

    assert "more than one school year" in page


def test_marks_that_count_for_nothing_are_said_to(tmp_path: Path) -> None:
    page = report(tmp_path, "A,S,2026-01-05,AM,X,R", "A,S,2026-01-05,PM,X,R")

    assert "No session was possible" in page
    assert "Persistently absent" in page
