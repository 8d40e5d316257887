"""How complete referrals are, by who sends them."""

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from onroll.office.reporting import queries
from onroll.office.reporting.reports.report import Answer, Question, Report, Value, scope
from onroll.statute.ages import school_year
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.casework.models import Referral

COLUMNS = (
    ("source", "From"),
    ("referrals", "Referrals"),
    ("completeness", "Average completeness, out of 100"),
    ("under_half", "Less than half complete"),
)
WAITING = ("asked", "More asked for, and still waiting")
NOT_THEN = (
    "How many waited for more is given only as at today: a referral keeps its latest state alone."
)


def _answer(question: Question) -> Answer:
    first: date = school_year(question.as_at).first
    received = queries.referrals_between(
        first=first, last=question.as_at, known_at=question.known_at, by=question.by
    )
    is_now = question.known_at is None and question.as_at == question.today
    grouped: dict[str, list[Referral]] = defaultdict(list)
    for referral in received:
        grouped[referral.get_source_display()].append(referral)
    return Answer(
        columns=(*COLUMNS, WAITING) if is_now else COLUMNS,
        rows=[_row(source, sent, is_now=is_now) for source, sent in sorted(grouped.items())],
        headline=(
            f"{len(received):,} referrals from {written(first)} to {written(question.as_at)}"
        ),
        notes=(*(() if is_now else (NOT_THEN,)), scope(question.by)),
    )


def _row(source: str, sent: "list[Referral]", *, is_now: bool) -> dict[str, Value]:
    waiting: dict[str, Value] = {"asked": sum(r.state == r.State.ASKED for r in sent)}
    return {
        "source": source,
        "referrals": len(sent),
        "completeness": round(sum(r.completeness for r in sent) / len(sent)),
        "under_half": sum(r.completeness < 50 for r in sent),
        **(waiting if is_now else {}),
    }


REPORT = Report(
    key="completeness",
    title="Completeness of referrals",
    says="How much of what is needed each kind of referrer gives, this school year.",
    answer=_answer,
)
