"""What anybody may tell us of a child; and how it is carried from page to page without being kept.

Until the report is sent, what was typed lives in the page alone, signed, in a hidden field: no
session, no cookie, nothing in an address, nothing in the database.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.core import signing
from django.http import QueryDict

from onroll.office.casework.forms.referrals import ReferralForm, SchoolLookup
from onroll.office.casework.queries.answers import Form, ReferralAnswers, Source
from onroll.office.web.forms import ChooseOne, LongText, PublicForm, ShortText, YesNo

SALT = "portal.state"
DECOY = "website"  # hidden from people; machines fill it
STEP, STATE = "step", "state"

WHO = [
    (Source.FAMILY.value, "A parent, carer or relative of the child"),
    (Source.PUBLIC.value, "A neighbour, friend or somebody else"),
]


class DangerForm(PublicForm):
    """The first question."""

    danger = YesNo(
        label="Do you think the child is in danger, or is being hurt?",
        inline=False,
        error_messages={"required": "Say yes or no. If you are not sure, say yes"},
        help_text="If you are not sure, choose yes.",
    )


class ChildForm(PublicForm, SchoolLookup):
    """A report by a neighbour, a relative, anybody: few questions, none that must be answered."""

    harm_detail = LongText(
        label="What is the danger?", required=False, rows=3, max_length=4000,
        help_text="What have you seen or heard, and when?",
    )  # fmt: skip
    given_names = ShortText(label="First name", required=False, max_length=100)
    family_name = ShortText(label="Last name", required=False, max_length=100)
    age_told = ShortText(label="How old?", required=False, max_length=40, width=10,
                         help_text="A guess is fine")  # fmt: skip
    address = LongText(
        label="Where do they live?", required=False, rows=3, max_length=500,
        help_text="Address, or street, or anything that helps us find the house",
    )  # fmt: skip
    school = ShortText(
        label="Which school do they go to, or did they go to?", required=False, max_length=150
    )
    reason = LongText(
        label="Why do you think they are missing school?", required=False, rows=5, max_length=4000,
        help_text="When you last saw them, and anything that worries you",
    )  # fmt: skip
    source = ChooseOne(label="Who are you?", choices=WHO, required=False)
    referrer_name = ShortText(
        label="Your name",
        required=False,
        max_length=100,
        help_text="You need not say. If you do, we can ask you more, and we do not tell the family "
        "unless the law makes us.",
    )
    referrer_telephone = ShortText(
        label="Your telephone number", required=False, max_length=40, width=20
    )
    referrer_email = forms.EmailField(label="Your e-mail address", required=False, max_length=200)
    withhold_referrer = forms.BooleanField(
        label="Do not tell the family or the school who I am", required=False
    )

    names: ClassVar[dict[str, str]] = {"harm_detail": "what the danger is"}
    sections: ClassVar = [
        ("", ["harm_detail"]),
        ("The child", ["given_names", "family_name", "age_told", "address", "school",
                       "school_choice", "reason"]),
        ("You", ["source", "referrer_name", "referrer_telephone", "referrer_email",
                 "withhold_referrer"]),
    ]  # fmt: skip

    def __init__(self, *args: Any, is_urgent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_urgent = is_urgent
        if not is_urgent:
            del self.fields["harm_detail"]

    def answers(self) -> ReferralAnswers:
        """Return what was typed as a referral."""
        given = self.cleaned_data
        school_id, school_told = self.school_told
        names = (
            "given_names", "family_name", "age_told", "address", "reason", "referrer_name",
            "referrer_telephone", "referrer_email", "withhold_referrer",
        )  # fmt: skip
        return ReferralAnswers(
            **{name: given[name] for name in names},
            source=given["source"] or Source.PUBLIC,
            form=Form.GENERAL,
            significant_harm=self.is_urgent,
            harm_detail=given.get("harm_detail", ""),
            school_id=school_id,
            school_told=school_told,
        )


class ProfessionalForm(ReferralForm):
    """A report by somebody who works with children; the danger was asked on the page before."""

    def __init__(self, *args: Any, is_urgent: bool, kind: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, on=today, **kwargs)
        self.is_urgent = is_urgent
        del self.fields["significant_harm"]
        if not is_urgent:
            del self.fields["harm_detail"]

    def told(self) -> ReferralAnswers:
        """Return what was typed as a referral."""
        return self.answers(
            significant_harm=self.is_urgent, harm_detail=self.cleaned_data.get("harm_detail", "")
        )


class KindForm(PublicForm):
    """Which of the professionals' forms, after the question of danger."""

    danger = DangerForm.base_fields["danger"]
    kind = ChooseOne(
        label="What do you want to tell us?",
        choices=[
            (Form.REFERRAL.value, "A child is missing education, or we cannot find them"),
            (Form.LEAVER.value, "A pupil has left or is leaving our school during the year"),
            (Form.ADMISSION.value, "Our independent school has admitted a child"),
            (Form.GENERAL.value, "Something else about a child’s education"),
        ],
        hints={
            Form.REFERRAL.value: "Referral to children missing education",
            Form.LEAVER.value: "In-year leaver: the return that regulation 13 asks for",
            Form.ADMISSION.value: "Independent school admission",
        },
    )


@dataclass(frozen=True, slots=True)
class Carried:
    """What one page hands the next: the submission it belongs to, what was typed, when slowed."""

    submission: UUID
    typed: str = ""  # as a form sends it
    slowed_at: datetime | None = None

    @property
    def data(self) -> QueryDict:
        """What was typed, as a form reads it."""
        return QueryDict(self.typed)

    def signed(self) -> str:
        """Return it as the hidden field holds it."""
        slowed_at = self.slowed_at.isoformat() if self.slowed_at else ""
        return signing.dumps(
            [str(self.submission), self.typed, slowed_at], salt=SALT, compress=True
        )


def carried(signed: str) -> Carried | None:
    """Read a hidden field back; None when it is not one of ours. It does not grow too old."""
    try:
        submission, typed, slowed_at = signing.loads(signed, salt=SALT)
    except signing.BadSignature:
        return None
    return Carried(
        UUID(submission), typed, datetime.fromisoformat(slowed_at) if slowed_at else None
    )


def begun() -> Carried:
    """Return what a form that has just been opened carries."""
    return Carried(uuid4())


def typed_in(data: QueryDict) -> str:
    """Return what was typed, without what the page itself put in."""
    kept = data.copy()
    for name in (STATE, STEP, DECOY, "csrfmiddlewaretoken"):
        kept.pop(name, None)
    return kept.urlencode()
