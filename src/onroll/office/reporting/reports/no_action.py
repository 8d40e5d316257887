"""Open cases on which nothing has been done for a while, longest first."""

from onroll.office.accounts.queries.rules import rules_on
from onroll.office.casework.queries import then
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


def _answer(question: Question) -> Answer:
    on, known_at = question.as_at, question.known_at
    limit = rules_on(on, known_at).quiet_after
    found = queries.cases_open_on(on=on, known_at=known_at, by=question.by)
    latest = then.last_acted([one.case for one in found], on=on, known_at=known_at)
    quiet = [one for one in found if days_since(latest[one.case.pk], on) >= limit]
    quiet.sort(key=lambda one: (latest[one.case.pk], one.case.ref))
    listed = [one for one in quiet if one.may_list]
    rows: list[dict[str, Value]] = [
        {
            "case": one.case.ref,
            "team": one.team,
            "key_worker": one.key_worker,
            "last_action_on": latest[one.case.pk].isoformat(),
            "days_without_action": days_since(latest[one.case.pk], on),
        }
        for one in listed
    ]
    return Answer(
        columns=(
            ("case", "Case"),
            ("team", "Team"),
            ("key_worker", "Key worker"),
            ("last_action_on", "Last action"),
            ("days_without_action", "Days without action"),
        ),
        rows=rows,
        headline=(
            f"{len(quiet):,} of {len(found):,} open cases had no action in {limit} days or more"
        ),
        notes=(
            f"{limit} calendar days is this authority’s own limit, not law. Opening a case "
            "and moving it to another state count as action.",
            *listing(len(quiet), len(listed)),
            scope(question.by),
        ),
        whose=[one.case.child_id for one in listed],
        totals=(total("By team", [one.team or "In no team" for one in quiet]),) if quiet else (),
        counted=len(quiet),
    )


REPORT = Report(
    key="no-action",
    title="Cases without action",
    says="Open cases on which nothing has been done for longer than the authority allows.",
    answer=_answer,
)
