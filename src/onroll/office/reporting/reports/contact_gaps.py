"""Schools that lack a named contact."""

from onroll.office.reporting.reports.report import Answer, Question, Report, Total
from onroll.office.schools.queries import EXPECTED, contact_gaps
from onroll.statute.writing import written


def _answer(question: Question) -> Answer:
    found = contact_gaps(question.as_at, question.known_at)
    return Answer(
        columns=(
            ("urn", "URN"),
            ("school", "School"),
            ("missing", "Nobody named as"),
            ("unreachable", "Named, with no telephone or e-mail"),
        ),
        rows=[
            {
                "urn": one.school.urn,
                "school": one.school.name,
                "missing": "; ".join(gap.title for gap in one.gaps if gap.is_nobody),
                "unreachable": "; ".join(gap.title for gap in one.gaps if not gap.is_nobody),
            }
            for one in found
        ],
        headline=(
            f"{len(found):,} open schools lack a named contact who can be reached on "
            f"{written(question.as_at)}"
        ),
        notes=(
            "The schools are those that DfE’s register, as loaded now, has as open on that day.",
        ),
        totals=(
            Total(
                "Schools with a gap, by role",
                tuple(
                    (role.title, sum(role.role in one.by_role for one in found))
                    for role in EXPECTED
                ),
            ),
        ),
    )


REPORT = Report(
    key="contact-gaps",
    title="Schools without a named contact",
    says="Schools where nobody is named, or can be reached, in a role that each should fill.",
    answer=_answer,
)
