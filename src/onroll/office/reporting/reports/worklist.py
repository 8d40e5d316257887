"""Every open case with what falls due next on it, most pressing first."""

from datetime import date

from onroll.office.casework import kinds
from onroll.office.casework.queries import then
from onroll.office.casework.queries.worklist import kept_due
from onroll.office.reporting import queries
from onroll.office.reporting.reports.report import (
    Answer,
    Question,
    Report,
    Value,
    listing,
    scope,
    total,
)
from onroll.statute.counting import days_since
from onroll.statute.duty import is_overdue
from onroll.statute.writing import written

COLUMNS = (
    ("case", "Case"),
    ("kind", "Kind"),
    ("state", "State"),
    ("team", "Team"),
    ("key_worker", "Key worker"),
    ("urgent", "Urgent"),
    ("days_open", "Days open"),
    ("next_due_on", "Next due"),
    ("overdue", "Overdue"),
    ("last_seen_on", "Child last seen or spoken to"),
    ("last_action_on", "Last action"),
    ("next_step", "Next step"),
)
OF_CLOCKS = frozenset({"next_due_on", "overdue"})
NO_CLOCKS = (
    "What was due is left out of an answer as known at an earlier time: term dates and the "
    "authority’s own rules are kept only as they are now."
)
CLOCKS = "What was due is worked out for that day by the term dates and rules held now."


def _due(question: Question, cases: list[queries.OpenCase]) -> dict[int, date]:
    if question.known_at is not None:
        return {}
    covers = [one.case for one in cases]
    if question.as_at == question.today:
        return kept_due(cover.pk for cover in covers)
    return then.next_due(covers, on=question.as_at)


def _answer(question: Question) -> Answer:
    on, known_at = question.as_at, question.known_at
    found = queries.cases_open_on(on=on, known_at=known_at, by=question.by)
    due = _due(question, found)
    found.sort(key=lambda one: (due.get(one.case.pk, date.max), not one.case.is_urgent))
    covers = [one.case for one in found]
    acted = then.last_acted(covers, on=on, known_at=known_at)
    seen = then.last_seen({cover.child_id for cover in covers}, on=on, known_at=known_at)

    def row(one: queries.OpenCase) -> dict[str, Value]:
        cover = one.case
        due_on, seen_on = due.get(cover.pk), seen.get(cover.child_id)
        step = kinds.get(cover.kind).next_step(cover)
        told: dict[str, Value] = {
            "case": cover.ref,
            "kind": cover.kind,
            "state": kinds.state_title(cover.kind, cover.state),
            "team": one.team,
            "key_worker": one.key_worker,
            "urgent": cover.is_urgent,
            "days_open": days_since(cover.opened_on, on),
            "next_due_on": due_on.isoformat() if due_on else "",
            "overdue": is_overdue(due_on, on),
            "last_seen_on": seen_on.isoformat() if seen_on else "",
            "last_action_on": acted[cover.pk].isoformat(),
            "next_step": step.label if step else "",
        }
        return {key: told[key] for key, _ in columns}

    columns = tuple(c for c in COLUMNS if known_at is None or c[0] not in OF_CLOCKS)
    listed = [one for one in found if one.may_list]
    overdue = sum(is_overdue(day, on) for day in due.values())
    told_due = f", {overdue:,} with something overdue" if known_at is None else ""
    note = NO_CLOCKS if known_at else CLOCKS if on != question.today else ""
    return Answer(
        columns=columns,
        rows=[row(one) for one in listed],
        headline=f"Open on {written(on)}: {len(found):,}{told_due}",
        notes=(
            *((note,) if note else ()),
            *listing(len(found), len(listed)),
            scope(question.by),
        ),
        whose=[one.case.child_id for one in listed],
        totals=(
            total("By team", [one.team or "In no team" for one in found]),
            total("By state", [kinds.state_title(c.kind, c.state) for c in covers]),
        )
        if found
        else (),
        counted=len(found),
    )


REPORT = Report(
    key="worklist",
    title="Worklist",
    says="Every open case with what falls due next, whose it is and when the child was last seen.",
    answer=_answer,
)
