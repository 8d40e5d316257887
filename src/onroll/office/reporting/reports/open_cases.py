"""The cases that were open on a day, as known then or now."""

from datetime import timedelta

from onroll.office.accounts.queries.authority import recording_caveat
from onroll.office.casework import kinds
from onroll.office.reporting import queries
from onroll.office.reporting.reports.report import (
    Answer,
    Question,
    Report,
    Total,
    Value,
    listing,
    scope,
    total,
)
from onroll.statute.ages import phase_of, year_group
from onroll.statute.codes import DURATION_BANDS, MISSING_REASONS, duration_band
from onroll.statute.writing import written

A_DAY = timedelta(days=1)
COLUMNS = (
    "case", "kind", "state", "notified_on", "opened_on", "service", "team", "key_worker", "sex",
    "year_group", "phase", "reason", "local_reason", "days_missing", "duration", "urgent", "origin",
)  # fmt: skip
NOT_DATED = "Teams and people are called what they are called now."


def _row(found: queries.OpenCase, question: Question) -> dict[str, Value]:
    case, episode = found.case, found.episode
    born_on = found.child.born_on
    year = year_group(born_on, question.as_at, override=found.year_taught) if born_on else None
    since = episode.starts_on if episode else case.opened_on
    # Of a case that was not missing education at all, no day counts.
    is_counted = episode is not None or case.kind not in kinds.missing()
    # A child may be educated again some days before the case is closed.
    last = question.as_at
    if episode and episode.ends_on and episode.ends_on < last:
        last = episode.ends_on + A_DAY
    return {
        "case": case.ref,
        "kind": case.kind,
        "state": kinds.state_title(case.kind, case.state),
        "notified_on": case.notified_on.isoformat(),
        "opened_on": case.opened_on.isoformat(),
        "service": found.service,
        "team": found.team,
        "key_worker": found.key_worker,
        "sex": found.child.sex,
        "year_group": year,
        "phase": phase_of(year).value if year is not None else "",
        "reason": MISSING_REASONS[episode.reason].title if episode else "",
        "local_reason": episode.local_reason.title if episode and episode.local_reason else "",
        "days_missing": max((last - since).days, 0) if is_counted else None,
        "duration": duration_band(min(since, last), last).title if is_counted else "",
        "urgent": case.is_urgent,
        "origin": case.origin,
    }


def _totals(rows: list[dict[str, Value]]) -> tuple[Total, ...]:
    def by(key: str, missing: str) -> list[str]:
        return [str(row[key] or missing) for row in rows]

    return (
        total("By service", by("service", "In no service")),
        total("By team", by("team", "In no team")),
        total("By kind", [kinds.title_of(str(row["kind"])) for row in rows]),
        total("By state", by("state", "")),
        total("By reason", by("reason", "No reason recorded")),
        total("By time missing", by("duration", ""), [band.title for band in DURATION_BANDS]),
        total("By phase", [str(row["phase"] or "not known").capitalize() for row in rows]),
    )


def _answer(question: Question) -> Answer:
    found = queries.cases_open_on(on=question.as_at, known_at=question.known_at, by=question.by)
    rows = [_row(one, question) for one in found]
    totals = _totals(rows) if rows else ()
    counted = {one.case.kind for one in found} or {"cme"}
    caveats = [recording_caveat(f"cases.{kind}", question.as_at) for kind in sorted(counted)]
    told = ", ".join(
        f"{n:,} {title}" for t in totals if t.title == "By kind" for title, n in t.counts
    )
    listed = [(one, row) for one, row in zip(found, rows, strict=True) if one.may_list]
    return Answer(
        columns=tuple((key, key.replace("_", " ").capitalize()) for key in COLUMNS),
        rows=[row for _, row in listed],
        headline=f"Open on {written(question.as_at)}: {told or 'none'}",
        notes=(
            *(c for c in caveats if c),
            *((NOT_DATED,) if question.known_at else ()),
            *listing(len(found), len(listed)),
            scope(question.by),
        ),
        whose=[one.case.child_id for one, _ in listed],
        totals=totals,
        counted=len(found),
    )


REPORT = Report(
    key="open-cases",
    title="Open cases",
    says="Every case that was open on a day, with totals by service, team, reason and duration.",
    answer=_answer,
)
