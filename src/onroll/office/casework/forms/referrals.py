"""What is typed of a referral: by professionals, by staff at the telephone, by anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from onroll.office.casework.queries import risk
from onroll.office.casework.queries.answers import (
    ENQUIRIES,
    ENQUIRY_RESULTS,
    THE_PUBLIC,
    EnquiryTold,
    Form,
    PersonTold,
    ReferralAnswers,
    Source,
)
from onroll.office.casework.queries.referrals import DEPARTURE_CHOICES, FORM_CHOICES, SOURCE_CHOICES
from onroll.office.schools.queries import find_schools, school_told
from onroll.office.web.forms import (
    ChooseMany,
    ChooseOne,
    DateField,
    GovukForm,
    LongText,
    ShortText,
    YesNo,
    YesNoUnknown,
)
from onroll.statute.codes import DELETION_GROUNDS

PEOPLE = 4
NONE_OF_THESE = "none"
RELATIONSHIPS = (
    "Mother", "Father", "Step-parent", "Grandparent", "Foster carer", "Guardian",
    "Brother or sister", "Other relative", "Family friend", "Other",
)  # fmt: skip
SEXES = [("F", "Female"), ("M", "Male"), ("U", "Not known")]


def _choices(pairs: Any, empty: str = "Not said") -> list[tuple[str, str]]:
    return [("", empty), *((str(key), str(title)) for key, title in pairs)]


@dataclass(frozen=True, slots=True)
class Part:
    """A group of questions on the page; folded ones open when something is written in them."""

    title: str
    fields: Sequence[forms.BoundField]
    is_folded: bool = False
    is_open: bool = False
    says: str = ""


class SchoolLookup(GovukForm):
    """A form that asks for a school in words and offers those that it may be."""

    school = ShortText(
        label="School",
        required=False,
        max_length=150,
        help_text="Name, town, or DfE number such as 999/4001",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and (typed := self._typed_school()):
            self._offer_schools(typed)

    def _typed_school(self) -> str:
        try:  # only what the field lets pass: the database takes no NUL
            return str(self.fields["school"].clean(self.data.get(self.add_prefix("school"), "")))
        except forms.ValidationError:
            return ""

    def _offer_schools(self, typed: str) -> None:
        self.found = school_told(typed)
        if self.found is not None:
            return
        near = find_schools(typed, most=8)
        if near:
            offered = [(str(s.pk), f"{s.name}, {s.town}" if s.town else s.name) for s in near]
            self.fields["school_choice"] = ChooseOne(
                label="Which school is it?",
                choices=[*offered, (NONE_OF_THESE, "None of these: keep it as I wrote it")],
                error_messages={"required": "Say which school it is, or none of these"},
            )

    found: Any = None  # the school that was matched

    @property
    def school_told(self) -> tuple[int | None, str]:
        """The school as matched, and as written."""
        typed = " ".join(self.cleaned_data.get("school", "").split())
        chosen = self.cleaned_data.get("school_choice", "")
        if chosen and chosen != NONE_OF_THESE:
            return int(chosen), typed
        return (self.found.pk if self.found is not None else None), typed


class ReferralForm(SchoolLookup):
    """A referral by somebody who works with children, or typed up for them.

    `kind` chooses the questions: a leaver, a referral, an admission, or any child. `asks_harm`
    is False where the page before has asked already.
    """

    names: ClassVar[dict[str, str]] = {
        "born_on": "date of birth",
        "last_attended_on": "last day of attendance",
        "aware_on": "day on which you became aware",
        "child_seen_on": "day on which the child was last seen",
        "starts_on": "starting day",
        "return_expected_on": "day on which the child is expected back",
        "source": "who is telling us",
    }

    form = forms.ChoiceField(label="What this is", choices=FORM_CHOICES, required=False)
    source = forms.ChoiceField(
        label="Who is telling us?", choices=_choices(SOURCE_CHOICES, "Choose")
    )
    significant_harm = YesNo(
        label="Is the child at risk of significant harm?",
        required=False,
        help_text="Being hurt, or likely to be. If yes, tell the safeguarding lead and ring "
        "children’s social care now; then go on here.",
        reveals={"yes": ["harm_detail"]},
    )
    harm_detail = LongText(label="What is the danger?", required=False, rows=3, max_length=4000)

    given_names = ShortText(label="Given names", required=False, max_length=100)
    family_name = ShortText(label="Family name", required=False, max_length=100)
    also_known_as = ShortText(label="Other names used", required=False, max_length=100)
    born_on = DateField(label="Date of birth", required=False, not_in_future=True)
    age_told = ShortText(
        label="Age, if the date is not known", required=False, max_length=40, width=10
    )
    sex = ChooseOne(label="Sex", choices=SEXES, required=False, inline=True)
    upn = ShortText(label="UPN", required=False, max_length=20, width=20)
    address = LongText(
        label="Home address, or the last one known", required=False, rows=3, max_length=500
    )
    postcode = ShortText(label="Postcode", required=False, max_length=10, width=10)
    languages = ShortText(
        label="Languages spoken, and whether an interpreter is needed", required=False,
        max_length=100,
    )  # fmt: skip

    on_roll_now = YesNoUnknown(label="Is the child on that school’s roll now?", required=False)
    last_attended_on = DateField(
        label="Last day on which the child attended", required=False, not_in_future=True
    )
    child_seen_on = DateField(
        label="Last day on which anybody saw the child", required=False, not_in_future=True
    )
    aware_on = DateField(
        label="When did you become aware that the child was missing education?",
        required=False,
        not_in_future=True,
    )
    departure = ChooseOne(
        label="Is the child leaving, or away?",
        choices=DEPARTURE_CHOICES,
        required=False,
        reveals={"temporary": ["return_expected_on"]},
    )
    return_expected_on = DateField(label="When is the child expected back?", required=False)
    destination = LongText(
        label="Where is the child going or said to be?",
        required=False,
        rows=3,
        max_length=500,
        help_text="School, address, area or country, and from when, as far as you know",
    )
    deletion_ground = forms.ChoiceField(
        label="Ground on which the name leaves the admission register",
        choices=_choices((c.key, f"{c.key}: {c.title}") for c in DELETION_GROUNDS),
        required=False,
        help_text="Regulation 9(1), SI 2024/208",
    )
    starts_on = DateField(label="First day at your school", required=False)
    new_to_country = forms.BooleanField(label="New to the country", required=False)
    reason = LongText(
        label="Why do you think the child is missing education?", required=False, rows=4,
        max_length=4000,
    )  # fmt: skip
    factors = ChooseMany(label="What do you know of this child?", choices=[], required=False)
    concerns = LongText(label="Your specific concerns", required=False, rows=4, max_length=4000)
    enquiries_detail = LongText(
        label="More about what was tried and learnt", required=False, rows=4, max_length=4000
    )

    referrer_name = ShortText(label="Your name", required=False, max_length=100)
    referrer_role = ShortText(label="Your role", required=False, max_length=100)
    referrer_organisation = ShortText(label="Your organisation", required=False, max_length=150)
    referrer_telephone = ShortText(
        label="Your telephone number", required=False, max_length=40, width=20
    )
    referrer_email = forms.EmailField(label="Your e-mail address", required=False, max_length=200)
    withhold_referrer = forms.BooleanField(
        label="Do not tell the family or the school who referred", required=False
    )

    def __init__(
        self,
        *args: Any,
        kind: str = Form.GENERAL,
        on: date,
        asks_harm: bool = True,
        is_typed_up: bool = False,
        **kwargs: Any,
    ) -> None:
        self.kind, self.on, self.is_typed_up = kind, on, is_typed_up
        super().__init__(*args, today=on, **kwargs)
        if not asks_harm:
            del self.fields["significant_harm"]
            del self.fields["harm_detail"]
        if is_typed_up:
            self._speak_of_them()
        else:
            del self.fields["form"]
        self._ask_only_what_fits()
        asked = risk.asked_on(on)
        factors: Any = self.fields["factors"]
        factors.choices = [(f.key, f.title) for f in asked]
        factors.hints = {f.key: f.applies_when for f in asked if f.applies_when}
        self._add_people()
        if self._asks("enquiries"):
            for key, title in ENQUIRIES.items():
                self.fields[f"enquiry_{key}"] = forms.ChoiceField(
                    label=title,
                    required=False,
                    choices=_choices(ENQUIRY_RESULTS.items(), "Not done"),
                )

    def _speak_of_them(self) -> None:
        """The person typing is not the referrer."""
        for name, label in {
            "referrer_name": "Their name",
            "referrer_role": "Their role",
            "referrer_organisation": "Their organisation",
            "referrer_telephone": "Their telephone number",
            "referrer_email": "Their e-mail address",
            "withhold_referrer": "They ask us not to say who they are",
            "aware_on": "When did they become aware that the child was missing education?",
            "concerns": "Their concerns",
            "starts_on": "First day at the school",
        }.items():
            self.fields[name].label = label

    def _ask_only_what_fits(self) -> None:
        if self.is_typed_up:
            return
        for name in _NOT_ASKED[self.kind]:
            self.fields.pop(name, None)
        titles = dict(SOURCE_CHOICES)
        if self.kind == Form.ADMISSION:
            allowed = [Source.INDEPENDENT_SCHOOL, Source.SCHOOL]
        elif self.kind == Form.LEAVER:
            allowed = [Source.SCHOOL, Source.INDEPENDENT_SCHOOL]
        else:
            allowed = [s for s in Source if s not in THE_PUBLIC]
        source: Any = self.fields["source"]
        source.choices = _choices([(s.value, titles[s]) for s in allowed], "Choose")
        source.label = "Who are you?"

    def _asks(self, what: str) -> bool:
        return self.is_typed_up or what not in _NOT_ASKED[self.kind]

    def _add_people(self) -> None:
        for i in range(1, PEOPLE + 1):
            self.fields |= {
                f"person_{i}_name": ShortText(label="Name", required=False, max_length=100),
                f"person_{i}_relationship": forms.ChoiceField(
                    label="Relationship to the child",
                    required=False,
                    choices=_choices((r, r) for r in RELATIONSHIPS),
                ),
                f"person_{i}_telephone": ShortText(
                    label="Telephone", required=False, max_length=40, width=20
                ),
                f"person_{i}_email": forms.EmailField(
                    label="E-mail", required=False, max_length=200
                ),
                f"person_{i}_address": ShortText(
                    label="Address, if not the child’s", required=False, max_length=300
                ),
            }

    @property
    def parts(self) -> Iterator[Part]:
        """The questions in groups, as the page draws them."""
        for title, names in _PARTS:
            fields = [self[n] for n in names if n in self.fields and n not in self.revealed]
            if fields:
                yield Part(title, fields)
        enquiries = [self[f"enquiry_{key}"] for key in ENQUIRIES if f"enquiry_{key}" in self.fields]
        if enquiries:
            yield Part("Enquiries made so far", [*enquiries, self["enquiries_detail"]])
        for i in range(1, PEOPLE + 1):
            title = "Parent or carer" if i == 1 else "Another parent, carer, relative or friend"
            fields = [self[f"person_{i}_{what}"] for what in _PERSON]
            yield Part(
                title, fields, i > 1, any(f.value() for f in fields) or bool(_faults(fields))
            )
        asked = [self[n] for n in _REFERRER if n in self.fields]
        yield Part("Who told us" if self.is_typed_up else "About you", asked)

    def answers(
        self, *, significant_harm: bool | None = None, harm_detail: str = ""
    ) -> ReferralAnswers:
        """Return what was typed. `significant_harm` where the page before asked for it."""
        given = self.cleaned_data
        school_id, school_told = self.school_told
        plain = {name: given[name] for name in _PLAIN if given.get(name) not in (None, "")}
        if significant_harm is None:
            significant_harm = bool(given.get("significant_harm"))
            harm_detail = given.get("harm_detail", "")
        return ReferralAnswers(
            **plain,
            form=(given.get("form") or Form.GENERAL) if self.is_typed_up else self.kind,
            significant_harm=significant_harm,
            harm_detail=harm_detail,
            school_id=school_id,
            school_told=school_told,
            factors=tuple(given.get("factors", ())),
            carers=tuple(
                PersonTold(**{what: given[f"person_{i}_{what}"] for what in _PERSON})
                for i in range(1, PEOPLE + 1)
                if given.get(f"person_{i}_name")
            ),
            enquiries_made=tuple(
                EnquiryTold(key, given[f"enquiry_{key}"])
                for key in ENQUIRIES
                if given.get(f"enquiry_{key}")
            ),
        )


def _faults(fields: Sequence[forms.BoundField]) -> list[str]:
    return [str(fault) for field in fields if field.form.is_bound for fault in field.errors]


_PERSON = ("name", "relationship", "telephone", "email", "address")
_REFERRER = (
    "source", "referrer_name", "referrer_role", "referrer_organisation", "referrer_telephone",
    "referrer_email", "withhold_referrer",
)  # fmt: skip
_PARTS = (
    ("Danger", ("significant_harm",)),
    ("What this is", ("form",)),
    (
        "The child",
        ("given_names", "family_name", "also_known_as", "born_on", "age_told", "sex", "upn",
         "address", "postcode", "languages", "new_to_country"),
    ),
    (
        "School, and what happened",
        ("school", "school_choice", "on_roll_now", "starts_on", "last_attended_on",
         "child_seen_on", "aware_on", "departure", "destination", "deletion_ground", "reason"),
    ),
    ("Risk and concerns", ("factors", "concerns")),
)  # fmt: skip
_NOT_ASKED: dict[str, frozenset[str]] = {
    Form.GENERAL: frozenset({"deletion_ground", "starts_on"}),
    Form.REFERRAL: frozenset({"starts_on"}),
    Form.LEAVER: frozenset(
        {"starts_on", "aware_on", "on_roll_now", "enquiries", "enquiries_detail"}
    ),
    Form.ADMISSION: frozenset(
        {"on_roll_now", "last_attended_on", "child_seen_on", "aware_on", "departure",
         "return_expected_on", "destination", "deletion_ground", "enquiries", "enquiries_detail"}
    ),
}  # fmt: skip
_PLAIN = (
    "source", "given_names", "family_name", "also_known_as", "born_on", "age_told", "sex", "upn",
    "address", "postcode", "languages", "on_roll_now", "last_attended_on", "aware_on", "departure",
    "destination", "return_expected_on", "deletion_ground", "starts_on", "new_to_country", "reason",
    "concerns", "enquiries_detail", "child_seen_on", "referrer_name", "referrer_role",
    "referrer_organisation", "referrer_telephone", "referrer_email", "withhold_referrer",
)  # fmt: skip


class UrgentCallForm(SchoolLookup):
    """Somebody is on the telephone and a child may be in danger: log it now, complete it later."""

    harm_detail = LongText(label="What is the danger?", rows=3, max_length=4000)
    given_names = ShortText(label="Child’s given names", required=False, max_length=100)
    family_name = ShortText(label="Child’s family name", required=False, max_length=100)
    age_told = ShortText(label="About how old?", required=False, max_length=40, width=10)
    address = LongText(label="Where is the child now?", required=False, rows=2, max_length=500)
    source = forms.ChoiceField(label="Who is ringing?", choices=_choices(SOURCE_CHOICES, "Choose"))
    referrer_name = ShortText(label="Their name", required=False, max_length=100)
    referrer_telephone = ShortText(
        label="Their telephone number", required=False, max_length=40, width=20
    )

    sections: ClassVar = [
        ("", ["harm_detail", "given_names", "family_name", "age_told", "address", "school",
              "school_choice", "source", "referrer_name", "referrer_telephone"]),
    ]  # fmt: skip

    def answers(self) -> ReferralAnswers:
        """Return what was typed, as a referral of significant harm."""
        school_id, school_told = self.school_told
        names = (
            "harm_detail", "given_names", "family_name", "age_told", "address", "source",
            "referrer_name", "referrer_telephone",
        )  # fmt: skip
        return ReferralAnswers(
            **{name: self.cleaned_data[name] for name in names},
            significant_harm=True,
            school_id=school_id,
            school_told=school_told,
        )
