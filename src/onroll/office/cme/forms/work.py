"""What is typed about a child missing education."""

from datetime import date
from typing import Any

from django import forms

from onroll.office.cme import queries
from onroll.office.schools import queries as schools
from onroll.office.web.forms import (
    AuthorityField,
    ChooseOne,
    CountryField,
    DateField,
    FilterForm,
    GovukForm,
    LongText,
    ShortText,
    YesNo,
)
from onroll.statute.codes import MISSING_REASONS


class Versioned(GovukForm):
    """A form that remembers which version was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Pathway(FilterForm):
    """Which enquiries of the checklist are shown."""

    pathway = forms.ChoiceField(label="Enquiries for", choices=list(queries.PATHWAYS.items()))


class Ask(GovukForm):
    """An enquiry made."""

    template = forms.ChoiceField(label="Enquiry")
    asked_of = ShortText(label="Asked of", required=False, max_length=200,
                         help_text="Leave empty for the usual addressee")  # fmt: skip
    made_by_school = YesNo(label="Did the school make it?")
    on = DateField(label="When was it made?", not_in_future=True)
    question = LongText(label="What was asked?", required=False, rows=3, max_length=2000)
    expected_by = DateField(label="Answer expected by", required=False,
                            help_text="Leave empty for the usual time")  # fmt: skip
    la_code = AuthorityField(label="Other authority", required=False, empty="None",
                             help_text="Where another authority is asked")  # fmt: skip
    country = CountryField(label="Country", required=False, empty="None")

    names = {
        "template": "the enquiry", "on": "the day of the enquiry",
        "made_by_school": "who made it", "expected_by": "the day by which an answer is expected",
    }  # fmt: skip

    def __init__(self, *args: Any, pathway: str = "", **rest: Any) -> None:
        super().__init__(*args, **rest)
        listed = [(t.key, t.title) for t in queries.templates(pathway=pathway)]
        self.offer("template", [("", "Choose"), *listed])


class WhatCame(GovukForm):
    """What an enquiry brought."""

    on = DateField(label="When did the answer come?", not_in_future=True)
    result = ChooseOne(label="Result", choices=queries.RESULTS)
    strength = ChooseOne(
        label="How strong is it as evidence?",
        choices=queries.STRENGTHS,
        hints={
            "independent": "A school, agency or authority that knows it for itself",
            "seen": "Somebody reliable has seen the child there",
        },
    )
    account = LongText(label="What was learnt?", required=False, rows=4, max_length=4000)
    la_code = AuthorityField(label="Authority where the child is", required=False,
                             empty="Not known, or this one")  # fmt: skip
    country = CountryField(label="Country where the child is", required=False,
                           empty="Not known, or this one")  # fmt: skip
    accepted = ChooseOne(
        label="Has that authority accepted the child?",
        choices=[("yes", "Yes, it has taken the child over"), ("no", "No, or not yet")],
        reveals={"yes": ["accepted_on", "accepted_by", "accepted_how", "accepted_reference"]},
    )
    accepted_on = DateField(label="On which day did they accept?", not_in_future=True)
    accepted_by = ShortText(label="Who there accepted?", max_length=200,
                            help_text="A name and their office")  # fmt: skip
    accepted_how = forms.ChoiceField(label="How did they say so?",
                                     choices=[("", "Choose"), *queries.ACCEPTED_HOW])  # fmt: skip
    accepted_reference = ShortText(label="Their reference", required=False, max_length=100,
                                   width=20)  # fmt: skip

    names = {
        "on": "day of the answer", "strength": "how strong it is",
        "accepted": "whether that authority has accepted the child",
        "accepted_on": "day on which they accepted", "accepted_by": "who there accepted",
        "accepted_how": "how they said so",
    }  # fmt: skip
    acceptance = ("accepted", "accepted_on", "accepted_by", "accepted_how", "accepted_reference")

    def __init__(self, *args: Any, may_accept: bool, **rest: Any) -> None:
        super().__init__(*args, **rest)
        if not may_accept:
            for name in self.acceptance:
                del self.fields[name]

    def clean_strength(self) -> str:
        chosen = str(self.cleaned_data["strength"])
        return "" if chosen == "none" else chosen


class Answer(WhatCame, Versioned):
    """The answer to an enquiry."""


class Correction(WhatCame):
    """An answer put right by another row, so that nothing is overwritten."""

    account = LongText(label="What was learnt, and what was wrong?", rows=4, max_length=4000)

    names = {**WhatCame.names, "account": "what was learnt and what was wrong"}


class Reason(GovukForm):
    """Why the child misses education."""

    reason = forms.ChoiceField(label="Reason", help_text=MISSING_REASONS.caution)

    def __init__(self, *args: Any, on: date, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("reason", queries.reason_choices(on))


class Absence(GovukForm):
    """Since when the child is missing, and when the joint clocks started."""

    missing_from = DateField(label="Missing education from", not_in_future=True)
    leave_ended_on = DateField(
        label="Last day of leave of absence", required=False,
        help_text="On a roll and not back after leave: joint enquiries at 10 school days",
    )  # fmt: skip
    absent_from = DateField(
        label="First day of unexplained absence", required=False, not_in_future=True,
        help_text="On a roll and absent without explanation: joint enquiries at 20 school days",
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class JointEnquiry(GovukForm):
    """What school and authority each did and found, and whether they agree."""

    ground = ChooseOne(label="On which ground?", choices=queries.GROUNDS)
    school_says = LongText(label="What the school did and found", rows=3, max_length=3000)
    school_on = DateField(label="Day of the school’s statement", not_in_future=True)
    authority_says = LongText(label="What the authority did and found", rows=3, max_length=3000)
    authority_on = DateField(label="Day of the authority’s statement", not_in_future=True)
    located = ChooseOne(
        label="What came of it?",
        choices=[("no", "The child was not located"), ("yes", "The child was located")],
        hints={"no": "Joint efforts suffice: nobody needs to agree"},
        reveals={"yes": ["agreed_no_return"]},
    )
    agreed_no_return = forms.BooleanField(
        label="School and authority both agree that there are no reasonable grounds to believe "
        "that the pupil will return, having considered steps to secure attendance",
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    names = {
        "ground": "the ground", "school_says": "what the school did and found",
        "authority_says": "what the authority did and found", "located": "what came of it",
    }  # fmt: skip


class Whereabouts(Versioned):
    """Where the child is, and on what evidence."""

    conclusion = ChooseOne(
        label="Where is the child?", choices=queries.CONCLUSIONS,
        reveals={"elsewhere": ["la_code"], "abroad": ["country"]},
    )  # fmt: skip
    la_code = AuthorityField(label="Authority")
    country = CountryField(label="Country")
    strength = ChooseOne(label="How sure is it?", choices=queries.HOW_SURE)
    enquiry = forms.ChoiceField(label="The answer that shows it", required=False)
    evidence = LongText(label="On what does it rest?", required=False, rows=3, max_length=2000)
    return_expected_on = DateField(label="Expected back on", required=False,
                                   help_text="Only if away for a time")  # fmt: skip
    on = DateField(label="From which day?", not_in_future=True)

    names = {"conclusion": "where the child is", "strength": "how sure it is",
             "on": "the day from which it holds", "la_code": "the authority",
             "country": "the country",
             "return_expected_on": "the day on which the child is expected back"}  # fmt: skip

    def __init__(self, *args: Any, answers: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("enquiry", [("", "None"), *answers])


class Secure(Versioned):
    """A place secured."""

    what = ChooseOne(
        label="What is secured?",
        choices=[("school", "A school place"), ("otherwise", "Other education")],
        reveals={"school": ["school"], "otherwise": ["otherwise"]},
    )
    school = forms.ChoiceField(label="School")
    otherwise = ShortText(label="Which education?", max_length=200)
    on = DateField(label="When was it secured?", not_in_future=True)
    expected_on = DateField(label="When should the child start?")
    secured_by = ShortText(label="Who secured it?", required=False, max_length=200)

    names = {
        "what": "what is secured", "on": "day it was secured", "expected_on": "day of the start",
    }  # fmt: skip

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.offer("school", schools.choices(empty="Choose"))


class Start(GovukForm):
    """The start, as the school confirmed it."""

    on = DateField(label="When did the child start?", not_in_future=True)
    confirmed_by = ShortText(label="Who confirmed it?", max_length=200,
                             help_text="A name and their school or provision")  # fmt: skip

    names = {"on": "day of the start", "confirmed_by": "who confirmed it"}


class Close(Versioned):
    """The outcome with which the case closes."""

    outcome = ChooseOne(
        label="Outcome", reveals={"home_educated": ["accepted_on", "accepted_by", "is_unassessed"]}
    )
    accepted_on = DateField(
        label="Notification accepted into the register on", not_in_future=True,
        help_text="The day on which an officer accepted that a parent educates the child at home",
    )  # fmt: skip
    accepted_by = ShortText(label="Accepted by", max_length=200)
    is_unassessed = forms.BooleanField(
        label="Accepted although nobody has assessed yet whether the education is suitable",
        required=False,
    )
    reason = LongText(label="Anything to add", required=False, rows=3, max_length=1000)

    names = {"accepted_on": "day of the acceptance", "accepted_by": "who accepted it"}

    def __init__(
        self, *args: Any, outcomes: list[tuple[str, str]], hints: dict[str, str], **rest: Any
    ) -> None:
        super().__init__(*args, **rest)
        field: Any = self.fields["outcome"]
        field.choices, field.hints = outcomes, hints


class Step(GovukForm):
    """A step of the plan for going back to school."""

    what = ShortText(label="What will happen?", max_length=300)
    by_when = DateField(label="By when?", required=False)
    whose = ShortText(label="Who will do it?", required=False, max_length=200)

    names = {"what": "what will happen"}


class StepDone(GovukForm):
    """A step taken."""

    on = DateField(label="When was it done?", not_in_future=True)
    result = LongText(label="How did it go?", required=False, rows=3, max_length=2000)

    names = {"on": "day it was done"}


class PostSixteen(GovukForm):
    """Risk of no education or work, and the handover."""

    at_risk = YesNo(label="Is the young person at risk of no education, employment or training?")
    handed_on = DateField(label="Handed over to post-16 on", required=False, not_in_future=True)

    names = {"at_risk": "whether there is a risk", "handed_on": "the day of the handover"}


class Reopen(Versioned):
    """Why a closed case opens again, and since when the child is missing again."""

    reason = LongText(label="Why is the case opened again?", rows=3, max_length=1000)
    missing_from = DateField(
        label="Missing education again from", not_in_future=True,
        help_text="The first day without education. If the child never was educated, give a day "
        "before the case was closed",
    )  # fmt: skip

    names = {"reason": "the reason", "missing_from": "day from which the child is missing again"}
