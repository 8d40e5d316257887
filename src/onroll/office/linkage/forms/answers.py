"""What is asked of somebody who answers for whom a search found."""

from typing import Any

from onroll.office.linkage.actions.answers import MOST_WORDS, Reason
from onroll.office.linkage.queries.candidates_memory import ASKED_AGAIN, ASKED_AGAIN_WORDS, NEVER
from onroll.office.web.forms import ChooseOne, GovukForm, LongText


class NotMissingForm(GovukForm):
    """Why somebody is not missing education."""

    reason = ChooseOne(
        label="Why are they not missing education?",
        choices=Reason.choices,
        hints={
            reason: ASKED_AGAIN_WORDS[when] for reason, when in ASKED_AGAIN.items() if when == NEVER
        },
    )
    note = LongText(
        label="How do you know?",
        required=False,
        max_length=MOST_WORDS,
        rows=3,
        help_text="For example: on the roll of the school that it told us by telephone",
    )
    names = {"reason": "why they are not missing education", "note": "how you know"}

    def __init__(self, *args: Any, short: bool = False, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if short:
            reason: Any = self.fields["reason"]
            reason.hints = {}


class LookIntoForm(GovukForm):
    """What triage should know besides the evidence."""

    why = LongText(
        label="Anything that triage should know",
        required=False,
        max_length=MOST_WORDS,
        rows=3,
        help_text="The records and the reasons of the search go with the referral",
    )
    names = {"why": "what triage should know"}
