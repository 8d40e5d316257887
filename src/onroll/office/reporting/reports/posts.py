"""How many officers were in post on a day, however their jobs were called then."""

from onroll.office.accounts.queries.posts import Headcount, category_title, headcounts
from onroll.office.reporting.reports.report import Answer, Question, Report, Value
from onroll.statute.writing import written

NOT_DATED = (
    "What a post is called, what it is counted as and from when it existed are by what is written "
    "now; who held it is as known then."
)


def _rows(count: Headcount) -> list[dict[str, Value]]:
    told: dict[str, Value] = {
        "category": count.category,
        "title": category_title(count.category),
        "posts": "; ".join(count.titles),
    }
    employed = count.by_employer or (("", 0, 0),)
    return [
        {
            **told,
            "employer": employer,
            "headcount": number,
            "full_time_equivalent": float(time),
            "note": count.caveat,
        }
        for employer, number, time in employed
    ]


def _answer(question: Question) -> Answer:
    counted = headcounts(question.as_at, question.known_at)
    told = "; ".join(f"{category_title(c.category)} {c.number}" for c in counted)
    caveats = dict.fromkeys(count.caveat for count in counted if count.caveat)
    return Answer(
        columns=(
            ("category", "Key"),
            ("title", "Counted as"),
            ("posts", "Called"),
            ("employer", "Employed by"),
            ("headcount", "Headcount"),
            ("full_time_equivalent", "Full-time equivalent"),
            ("note", "Note"),
        ),
        rows=[row for count in counted for row in _rows(count)],
        headline=f"In post on {written(question.as_at)}: {told or 'no post is recorded'}",
        notes=(*caveats, *((NOT_DATED,) if question.known_at else ())),
    )


REPORT = Report(
    key="posts",
    title="Posts and headcount",
    says="How many people held which posts on a day, across reorganisations.",
    answer=_answer,
)
