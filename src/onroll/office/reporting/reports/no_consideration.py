"""Open cases on which nobody has considered safeguarding, the oldest first."""

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
    found = queries.cases_open_on(on=on, known_at=known_at, by=question.by)
    done = then.considered([one.case for one in found], on=on, known_at=known_at)
    lacking = [one for one in found if one.case.pk not in done]
    listed = [one for one in lacking if one.may_list]
    rows: list[dict[str, Value]] = [
        {
            "case": one.case.ref,
            "service": one.service,
            "team": one.team,
            "key_worker": one.key_worker,
            "opened_on": one.case.opened_on.isoformat(),
            "days_open": days_since(one.case.opened_on, on),
            "origin": one.case.origin,
        }
        for one in listed
    ]
    return Answer(
        columns=(
            ("case", "Case"),
            ("service", "Service"),
            ("team", "Team"),
            ("key_worker", "Key worker"),
            ("opened_on", "Opened"),
            ("days_open", "Days open"),
            ("origin", "From"),
        ),
        rows=rows,
        headline=(
            f"{len(lacking):,} of {len(found):,} open cases had no safeguarding consideration"
        ),
        notes=(
            "What was considered at triage counts, from the day on which the referral was joined "
            "to the case.",
            *listing(len(lacking), len(listed)),
            scope(question.by),
        ),
        whose=[one.case.child_id for one in listed],
        totals=(total("By team", [one.team or "In no team" for one in lacking]),)
        if lacking
        else (),
        counted=len(lacking),
    )


REPORT = Report(
    key="no-consideration",
    title="Cases without a safeguarding consideration",
    says="Open cases on which nobody has written what they concluded about the child’s safety.",
    answer=_answer,
)
