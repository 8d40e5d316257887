"""Which team is responsible for which duty, and its staffing, on a day."""

from onroll.office.reporting import queries
from onroll.office.reporting.reports.report import Answer, Question, Report
from onroll.statute.writing import written

NOT_DATED = "Duties are in the words that are written now."


def _answer(question: Question) -> Answer:
    teams = queries.teams_on(on=question.as_at, known_at=question.known_at)
    return Answer(
        columns=(
            ("team", "Team"),
            ("service", "Service"),
            ("duties", "Responsible for"),
            ("posts", "Posts held"),
            ("people", "People"),
        ),
        rows=[
            {
                "team": one.team.name,
                "service": one.service,
                "duties": one.team.duties,
                "posts": one.posts,
                "people": one.people,
            }
            for one in teams
        ],
        headline=f"{len(teams)} teams on {written(question.as_at)}",
        notes=(NOT_DATED,) if question.as_at != question.today else (),
    )


REPORT = Report(
    key="responsibilities",
    title="Responsibilities and staffing",
    says="Which team answers for which duty, and how many people it had on a day.",
    answer=_answer,
    only_as_known_now=(
        "What a team is responsible for is kept only as it is written now, so that this report "
        "can’t be asked as known at an earlier time. Ask it as at a day alone."
    ),
)
