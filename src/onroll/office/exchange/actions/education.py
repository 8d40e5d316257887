"""Where children were educated: rolls of schools, and education at home."""

from typing import TYPE_CHECKING, Any

from onroll.office.exchange.actions.book import MEND, Book, Spans, said, span_says
from onroll.office.exchange.actions.reading import Row
from onroll.office.exchange.queries import existing
from onroll.office.exchange.queries.layouts import HOME_REASONS
from onroll.office.exchange.queries.likely import Here
from onroll.office.provision import actions as provision
from onroll.office.provision.queries import KINDS
from onroll.office.schools import actions as schools
from onroll.office.schools.queries import school_for
from onroll.statute.codes import DELETION_GROUNDS

if TYPE_CHECKING:
    from onroll.office.schools.models import School

NO_SCHOOL = (
    "Import DfE's register first (onroll import gias), give the URN, add the setting under "
    "Schools, or say in codes.csv which school is meant."
)


class Schools:
    """Schools by what the files call them; each is looked for once."""

    def __init__(self) -> None:
        self._found: dict[str, School | None] = {}

    def named(self, text: str) -> "School | None":
        """Return the school that a number or a name means, or None."""
        if text not in self._found:
            self._found[text] = school_for(text)
        return self._found[text]


def place_roll(book: Book, known: Schools) -> None:
    """Place the times on schools' rolls."""
    found = [(row, child) for row in book.readable("roll") if (child := book.child(row))]
    taken = Spans()
    for pk, school_pk, (start, end) in existing.rolls({c.pk for _, c in found} - book.is_new):
        taken.take((pk, school_pk), start, end, None)
    entries, placed = [], []
    for row, child in found:
        school = known.named(row["school"])
        if school is None:
            book.cannot(row, "School", f"No school here is {row['school']}.", NO_SCHOOL)
            continue
        if not _can_be_entered(book, row, child, school, taken):
            continue
        taken.take((child.pk, school.pk), row["starts_on"], row["ends_on"], row.number)
        entries.append(
            {
                "child_id": child.pk,
                "school_id": school.pk,
                "starts_on": row["starts_on"],
                "ends_on": row["ends_on"],
                "status": row["status"] or "C",
                "year_group": row["year_group"],
                "deletion_ground": _ground(book, row),
                "destination": row.text("destination"),
                **book.fact(row),
            }
        )
        placed.append(row)
    book.keep("schools.Enrolment", schools.load_enrolments(entries, by=book.by))
    for row in placed:
        book.placed(row)


def _can_be_entered(book: Book, row: Row, child: Here, school: "School", taken: Spans) -> bool:
    start, end = row["starts_on"], row["ends_on"]
    if end is not None and end < start:
        book.cannot(row, "Date of leaving", "It is before the date of admission.", MEND)
    elif child.born_on is not None and start < child.born_on:
        book.cannot(row, "Date of admission", f"The child was born on {said(child.born_on)}.", MEND)
    elif row["ground"] and end is None:
        book.cannot(
            row, "Ground of deletion", "A ground is given but no date of leaving.",
            "Give the date, or empty the ground.",
        )  # fmt: skip
    elif clash := taken.clash((child.pk, school.pk), start, end):
        if clash[2] is None or (clash[0], clash[1]) == (start, end):
            book.here(row)
        else:
            book.cannot(
                row, "Date of admission",
                f"Row {clash[2]} has the child on the same roll {span_says(*clash[:2])}.",
                "Give the date of leaving of the earlier one, or join the two rows.",
            )  # fmt: skip
    else:
        return True
    return False


def _ground(book: Book, row: Row) -> str:
    ground = row.text("ground")
    if ground and not DELETION_GROUNDS[ground].in_force(row["ends_on"]):
        book.notice(
            row, "Ground of deletion", "The grounds of 2024 did not hold on the day of leaving.",
            "It was left out. Nothing need be done.",
        )  # fmt: skip
        return ""
    return ground


def place_home_education(book: Book, found: list[tuple[Row, Here]]) -> list[Row]:
    """Place home education, which former systems keep as cases; return the rows that were."""
    taken = Spans()
    for pk, (start, end) in existing.home_education({c.pk for _, c in found} - book.is_new):
        taken.take(pk, start, end, None)
    facts: list[dict[str, Any]] = []
    placed = []
    for row, child in found:
        start, end = row["opened_on"], row["closed_on"]
        reason = _home_reason(row)
        if reason is None:
            told = f"“{row['reason']}” is not a reason of the national list."
            book.cannot(row, "Reason", told, MEND)
        elif child.born_on is not None and start < child.born_on:
            book.cannot(row, "Date opened", f"The child was born on {said(child.born_on)}.", MEND)
        elif clash := taken.clash(child.pk, start, end):
            if clash[2] is None:
                book.here(row)
                placed.append(row)
            else:
                book.cannot(
                    row, "Date opened",
                    f"Row {clash[2]} has the child educated at home {span_says(*clash[:2])}.",
                    "Join the two rows, or correct their dates.",
                )  # fmt: skip
        else:
            taken.take(child.pk, start, end, row.number)
            placed.append(row)
            facts.append(
                {
                    "child_id": child.pk,
                    "starts_on": start,
                    "ends_on": end,
                    "suitability": row["suitability"] or "not_assessed",
                    "reason": reason,
                    "previous_setting": row.text("last_school"),
                    **book.fact(row),
                }
            )
            book.placed(row)
    book.keep("provision.HomeEducation", provision.load(KINDS["home-education"], facts, by=book.by))
    return placed


def _home_reason(row: Row) -> str | None:
    given = row.text("reason").casefold()
    if not given:
        return ""
    known = {title.casefold(): key for key, title in HOME_REASONS.items()}
    return known.get(given) or (given if given in HOME_REASONS else None)
