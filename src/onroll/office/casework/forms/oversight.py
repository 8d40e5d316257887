"""What is typed about safeguarding and oversight."""

from typing import Any

from django import forms

from onroll.office.casework.queries import cases as queries
from onroll.office.schools import queries as schools
from onroll.office.web.forms import ChooseOne, DateField, GovukForm, LongText, ShortText


class Consider(GovukForm):
    """A consideration of safeguarding."""

    conclusion = ChooseOne(label="Conclusion", choices=queries.CONCLUSIONS)
    because = LongText(label="On what does it rest?", rows=4, max_length=4000)

    names = {"because": "on what it rests"}


class Concern(GovukForm):
    """A safeguarding concern."""

    factor = forms.ChoiceField(label="What kind of concern?")
    on = DateField(label="When did it arise?", not_in_future=True)
    account = LongText(label="What was seen, heard or told?", rows=5, max_length=8000)
    action = LongText(label="What was done at once?", required=False, rows=3, max_length=4000)

    names = {
        "factor": "the kind of concern",
        "on": "day it arose",
        "account": "what was seen or heard",
    }

    def __init__(self, *args: Any, factors: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("factor", [("", "Choose"), *factors])


class Escalate(GovukForm):
    """Where a concern went."""

    to = ShortText(
        label="Escalated to", max_length=200, help_text="For example, children’s social care"
    )
    on = DateField(label="When?", not_in_future=True)
    ref = ShortText(label="Their reference", required=False, width=20, max_length=60)

    names = {"to": "where it went", "on": "day it went"}


class Result(GovukForm):
    """What came of a concern or a challenge."""

    result = LongText(label="What came of it?", rows=4, max_length=4000)
    on = DateField(label="When?", not_in_future=True)

    names = {"result": "what came of it", "on": "day of the result"}


class Challenge(GovukForm):
    """A challenge to a school or an agency."""

    school = forms.ChoiceField(label="School", required=False)
    to = ShortText(label="Or another agency", required=False, max_length=200)
    barrier = LongText(
        label="What stands between the child and education?", rows=4, max_length=4000
    )
    is_escalated = forms.BooleanField(
        label="Escalated, because the child’s right to education is refused", required=False
    )

    names = {"barrier": "the barrier"}

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("school", schools.choices(empty="None"))


class Supervision(GovukForm):
    """A manager and a key worker talked a case over."""

    on = DateField(label="When?", not_in_future=True)
    account = LongText(label="What was discussed?", rows=5, max_length=8000)
    agreed = LongText(label="What was agreed?", required=False, rows=3, max_length=4000)

    names = {"on": "day of the supervision", "account": "what was discussed"}


class Sample(GovukForm):
    """How many cases are drawn for audit, from which."""

    kind = forms.ChoiceField(label="Kind of case")
    team = forms.ChoiceField(label="Team", required=False)
    size = forms.IntegerField(label="How many?", min_value=1, max_value=100, initial=5)
    seed = forms.IntegerField(
        label="Seed", min_value=1, max_value=999_999,
        help_text="Any number: the same number draws the same cases from the same list",
    )  # fmt: skip
    why = ShortText(label="What for?", required=False, max_length=200)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("kind", queries.kind_choices())
        self.offer("team", [("", "Every team"), *queries.team_choices()])

    def clean_team(self) -> int | None:
        return int(self.cleaned_data["team"]) if self.cleaned_data["team"] else None


ANSWERS = [("yes", "Yes"), ("partly", "Partly"), ("no", "No"), ("na", "Does not apply")]


class Audit(GovukForm):
    """What the auditor found, question by question."""

    def __init__(
        self, *args: Any, questions: dict[str, str], judgements: dict[str, str], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        self.questions = list(questions)
        for key, label in questions.items():
            self.add(key, ChooseOne(label=label, choices=ANSWERS, inline=True))
        judgement = ChooseOne(label="Judgement", choices=list(judgements.items()))
        self.add("judgement", judgement, called="the judgement")
        self.add("findings", LongText(label="Findings", required=False, rows=5, max_length=8000))

    @property
    def answers(self) -> dict[str, str]:
        """The answers to the questions."""
        return {key: self.cleaned_data[key] for key in self.questions}
