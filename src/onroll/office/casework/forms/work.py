"""What is typed about the daily work: contacts, notes, tasks."""

from typing import Any

from django import forms

from onroll.office.casework.queries import cases as queries
from onroll.office.web.forms import ChooseOne, DateField, GovukForm, LongText, ShortText, YesNo


class Contact(GovukForm):
    """A contact made or tried."""

    on = DateField(label="When?", not_in_future=True)
    channel = forms.ChoiceField(label="How?", choices=[("", "Choose"), *queries.CHANNELS])
    with_whom = forms.ChoiceField(label="With whom?", choices=[("", "Choose"), *queries.WITH_WHOM])
    name = ShortText(label="Name of the person", required=False, max_length=200)
    result = ChooseOne(label="Result", choices=queries.CONTACT_RESULTS)
    is_planned = YesNo(
        label="Was it arranged beforehand?",
        required=False,
        help_text="For a visit: no if it was unannounced",
    )
    attended_by = ShortText(label="Who was there?", required=False, max_length=300)
    child_seen = YesNo(label="Was the child seen?")
    child_spoken_to = YesNo(label="Was the child spoken to?")
    childs_voice = LongText(
        label="What did the child say?", required=False, rows=3, max_length=4000,
        help_text="In the child’s own words: how things are, what they want, what worries them",
    )  # fmt: skip
    account = LongText(label="What happened and what was learnt?", rows=5, max_length=8000)
    next_step = ShortText(label="Next step", required=False, max_length=300)
    welfare_check = forms.BooleanField(label="This was a welfare check", required=False)
    is_support = forms.BooleanField(
        label="Help was given, not only a question asked", required=False
    )

    names = {
        "on": "date of the contact", "channel": "how the contact was made",
        "with_whom": "with whom it was", "child_seen": "whether the child was seen",
        "child_spoken_to": "whether the child was spoken to", "account": "what happened",
    }  # fmt: skip
    sections = (
        ("", ("on", "channel", "with_whom", "name", "result", "is_planned", "attended_by")),
        ("The child", ("child_seen", "child_spoken_to", "childs_voice")),
        ("What happened", ("account", "next_step", "welfare_check", "is_support")),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("channel") == "visit" and given.get("is_planned") is None:
            self.add_error("is_planned", "Select whether the visit was arranged beforehand")
        # It is asked of a visit; a call or a message is neither arranged nor unannounced.
        given["is_planned"] = given.get("is_planned") is not False
        if given.get("child_spoken_to") and not given.get("childs_voice", "").strip():
            self.add_error(
                "childs_voice", "Write what the child said, or that the child did not want to speak"
            )
        return given


class Note(GovukForm):
    """A note on a case."""

    text = LongText(label="Note", rows=6, max_length=8000)

    names = {"text": "the note"}


class Task(GovukForm):
    """Something to be done by a day."""

    what = ShortText(label="What is to be done?", max_length=300)
    due_on = DateField(label="By when?", not_in_past=True)
    owner = forms.ChoiceField(label="By whom?", required=False)

    names = {"what": "what is to be done", "due_on": "day by which it is done"}

    def __init__(self, *args: Any, workers: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("owner", [("", "The key worker"), *workers])

    def clean_owner(self) -> int | None:
        return int(self.cleaned_data["owner"]) if self.cleaned_data["owner"] else None


class TaskResult(GovukForm):
    """How a task ended."""

    ending = ChooseOne(
        label="What became of it?",
        choices=[("done", "It is done"), ("cancelled", "It need not be done")],
        initial="done",
    )
    result = LongText(label="What came of it?", required=False, rows=3, max_length=2000)

    names = {"ending": "what became of it"}
