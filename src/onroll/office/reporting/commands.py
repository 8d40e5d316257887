"""What `onroll report` and `onroll export child` print."""

import argparse
import json
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

from onroll.office.accounts.roles import PERMISSIONS
from onroll.office.casework.queries.children import standing
from onroll.office.casework.queries.chronology import chronology
from onroll.office.journal.actions import look
from onroll.office.kernel import clock
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.kernel.references import tidy_reference
from onroll.office.people import queries as people
from onroll.office.reporting import reports
from onroll.office.web.sheets import csv_text
from onroll.statute.days import TOO_FAR, is_within_reach, iso_day

if TYPE_CHECKING:
    from onroll.office.kernel.facts import Fact
    from onroll.office.people.models import Child

# Whoever may run commands on the server may read its database: the command hides nothing from
# them, and the journal says that it was run.
OPERATOR = Actor(pk=None, name="Command line", permissions=frozenset(PERMISSIONS))


def _fault(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return 2


def report(options: argparse.Namespace) -> int:
    """Print one report as CSV or JSON; its headline and notes go to standard error for CSV."""
    wanted = reports.by_key(options.name)
    if wanted is None:
        names = ", ".join(one.key for one in reports.ALL)
        return _fault(f"There is no report called {options.name}. There are: {names}.")
    try:
        as_at = iso_day(options.as_at) if options.as_at else clock.today()
    except ValueError:
        return _fault(f"--as-at {options.as_at}: give a day between 1900 and 2199, as 2026-11-22.")
    try:
        known_at = _instant(options.known_at) if options.known_at else None
    except ValueError:
        return _fault(
            f"--known-at {options.known_at}: give an instant between 1900 and 2199, as "
            "2026-11-22T09:00."
        )
    if known_at is not None and wanted.only_as_known_now:
        return _fault(f"--known-at {options.known_at}: {wanted.only_as_known_now}")
    question = reports.Question(as_at=as_at, known_at=known_at, by=OPERATOR, today=clock.today())
    answer = wanted.answer(question)
    if answer.children:
        look(by=OPERATOR, children=answer.children, page=f"report {wanted.key}")
    if options.format == "json":
        json.dump(as_json(wanted, question, answer), sys.stdout, indent=1, ensure_ascii=False)
        sys.stdout.write("\n")
        return 0
    sys.stderr.write("\n".join((answer.headline, *answer.notes)) + "\n")
    sys.stdout.write(as_csv(answer))
    return 0


def _instant(typed: str) -> datetime:
    instant = datetime.fromisoformat(typed)
    if not is_within_reach(instant.date()):
        raise ValueError(f"{typed} {TOO_FAR}")
    return instant if instant.tzinfo else instant.astimezone()


def as_json(
    wanted: reports.Report, question: reports.Question, answer: reports.Answer
) -> dict[str, object]:
    """Return a report's answer as other programs read it."""
    return {
        "report": wanted.key,
        "as_at": question.as_at.isoformat(),
        "known_at": question.known_at.isoformat() if question.known_at else None,
        "headline": answer.headline,
        "notes": list(answer.notes),
        "count": len(answer.rows),
        "totals": {total.title: dict(total.counts) for total in answer.totals},
        "rows": list(answer.rows),
    }


def as_csv(answer: reports.Answer) -> str:
    """Return a report's rows as CSV, with cells that a spreadsheet would run made harmless.

    Its totals stand in their place for somebody who may count and not list.
    """
    if answer.is_only_counted:
        return totals_as_csv(answer)
    keys = [key for key, _ in answer.columns]
    return csv_text([keys, *([row.get(key) for key in keys] for row in answer.rows)])


def totals_as_csv(answer: reports.Answer) -> str:
    """Return the totals of a report as CSV: one line for each value that is counted."""
    counts = [(t.title, value, n) for t in answer.totals for value, n in t.counts]
    return csv_text([("total", "value", "count"), *counts])


def export_child(options: argparse.Namespace) -> int:
    """Print one child's whole record as JSON, in order of time."""
    try:
        child = people.child_for(OPERATOR, tidy_reference(options.ref))
    except Unknown:
        return _fault(f"There is no child with the reference {options.ref}.")
    look(by=OPERATOR, children=[child.pk], page="export child")
    json.dump(whole_record(child, clock.today()), sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0


def whole_record(child: "Child", on: date) -> dict[str, object]:
    """Return everything held about a child that is kept as rows, ready for JSON."""
    found = standing(child, on)
    return {
        "reference": child.ref,
        "as_at": on.isoformat(),
        "names": [_fact(name, "use", "given_names", "family_name") for name in people.names(child)],
        "born_on": child.born_on.isoformat() if child.born_on else None,
        "sex": child.sex,
        "identifiers": [_fact(n, "scheme", "value") for n in people.identifiers(child)],
        "addresses": [
            _fact(address, "use", "line_1", "line_2", "town", "postcode")
            for address in people.addresses(child, by=OPERATOR)
        ],
        "standing": {
            "is": found.place.value,
            "why": [why.as_json() for why in found.why],
        },
        "chronology": [
            {
                "on": e.on.isoformat(),
                "what": e.what,
                "title": e.title,
                "detail": e.detail,
                "by": e.by,
            }
            for e in chronology(child, by=OPERATOR)
        ],
    }


def _fact(fact: "Fact", *fields: str) -> dict[str, object]:
    return {
        **{field: getattr(fact, field) for field in fields},
        "from": fact.starts_on.isoformat(),
        "to": fact.ends_on.isoformat() if fact.ends_on else None,
        "source": fact.source,
    }
