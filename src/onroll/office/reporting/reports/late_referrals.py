"""Referrals that came later than the authority asks, by school."""

from onroll.office.casework.queries import lateness
from onroll.office.reporting.reports.report import Answer, Question, Report, scope
from onroll.statute.ages import school_year
from onroll.statute.writing import written


def _answer(question: Question) -> Answer:
    first = school_year(question.as_at).first
    found = lateness.by_school(question.by, first, question.as_at, question.known_at)
    return Answer(
        columns=(
            ("school", "School"),
            ("referrals", "Referrals"),
            ("timed", "Said when they became aware"),
            ("late", "Later than the limit"),
            ("latest", "Latest by, in days"),
            ("completeness", "Average completeness, out of 100"),
        ),
        rows=[
            {
                "school": one.school,
                "referrals": one.given,
                "timed": one.with_a_limit,
                "late": one.late,
                "latest": one.most_days_late,
                "completeness": one.completeness,
            }
            for one in found
        ],
        headline=(
            f"{sum(one.late for one in found):,} late referrals of "
            f"{sum(one.given for one in found):,} made by schools from {written(first)} "
            f"to {written(question.as_at)}"
        ),
        notes=(
            "The limit is the authority's own, from its policy pack; it is not national law.",
            "Referrals made by schools are counted, and notices of leaving and of admission are "
            "not.",
            scope(question.by),
        ),
    )


REPORT = Report(
    key="late-referrals",
    title="Late referrals by school",
    says="Which schools told us later than the authority's limit, this school year.",
    answer=_answer,
)
