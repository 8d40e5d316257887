"""What an officer needs beside a referral to decide on it: who it may be, what else there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from onroll.matching.normalise import is_same_school
from onroll.office.accounts.queries.choices import team_choices
from onroll.office.casework import kinds
from onroll.office.casework.models import Case, Consideration, Referral
from onroll.office.casework.queries import risk
from onroll.office.casework.queries.answers import ELSEWHERE, Departure, Form
from onroll.office.casework.queries.known import likenesses
from onroll.office.casework.queries.told import child_name, receipt, school_words
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.people.models import Child
from onroll.office.people.queries import addresses, family, identifiers, page_of, recalled
from onroll.office.people.queries.matches import SAME_CHILD_FROM
from onroll.office.schools.queries import school_told

CONCLUSIONS = Consideration.Conclusion.choices
ELSEWHERE_CHOICES = list(ELSEWHERE.items())
THIN = 40  # per cent: below it, asking comes before deciding


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing as the referral has it and as the record has it."""

    label: str
    told: str
    on_record: str
    is_another_spelling: bool = False

    @property
    def agrees(self) -> bool:
        same = self.told.casefold() == self.on_record.casefold()
        return bool(self.told) and (same or self.is_another_spelling)

    @property
    def differs(self) -> bool:
        return bool(self.told and self.on_record) and not self.agrees


# Not known is nothing to compare.
_SEXES = {"F": "Female", "M": "Male"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A child already known whom the referral may be about, set beside it."""

    child: Child
    why: Sequence[str]
    compared: Sequence[Compared]
    cases: Sequence[Case]
    url: str
    score: int = 100

    @property
    def is_likely(self) -> bool:
        """Whether the program itself would take the two for one child; nothing is suggested for
        others."""
        return self.score >= SAME_CHILD_FROM

    @property
    def open_cases(self) -> list[Case]:
        return [case for case in self.cases if case.is_open]

    @property
    def closed_cases(self) -> list[Case]:
        """Closed cases of kinds of which none is open, the last closed first."""
        taken = {case.kind for case in self.open_cases}
        closed = [c for c in self.cases if not c.is_open and c.kind not in taken]
        return sorted(closed, key=lambda c: (c.closed_on or c.opened_on, c.pk), reverse=True)


def candidates(referral: Referral, actor: Actor, on: date) -> list[Candidate]:
    """Return the known children whom a referral may be about, likeliest first, each with why."""
    found = likenesses([referral], actor)[referral.pk]
    why = {likeness.child: likeness for likeness in found}
    children = Child.objects.visible_to(actor).in_bulk(list(why))
    listed = [(children[pk], likeness) for pk, likeness in why.items() if pk in children]
    cases: dict[int, list[Case]] = {}
    for case in Case.objects.visible_to(actor).filter(child__in=[c.pk for c, _ in listed]):
        cases.setdefault(case.child_id, []).append(case)
    schools = recalled("school", [c.pk for c, _ in listed], by=actor)
    return [
        Candidate(
            child=child,
            why=likeness.why,
            score=likeness.score,
            compared=[
                *_compared(referral, child, actor, on),
                _schools_compared(referral, schools.get(child.pk, ())),
            ],
            cases=cases.get(child.pk, []),
            url=page_of(child.ref),
        )
        for child, likeness in listed
    ]


def _compared(referral: Referral, child: Child, actor: Actor, on: date) -> list[Compared]:
    numbers = [i.value for i in identifiers(child) if i.scheme.endswith("upn")]
    homes = addresses(child, by=actor, on=on)
    same = next((a for a in homes if a.postcode == referral.postcode), homes[0] if homes else None)
    return [
        Compared("Given names", referral.given_names, child.given_names),
        Compared("Family name", referral.family_name, child.family_name),
        Compared("Date of birth", _day(referral.born_on), _day(child.born_on)),
        Compared("Sex", _SEXES.get(referral.sex, ""), _SEXES.get(child.sex, "")),
        Compared(
            "UPN",
            referral.upn,
            referral.upn if referral.upn in numbers else next(iter(numbers), ""),
        ),
        Compared("Postcode", referral.postcode, same.postcode if same else ""),
    ]


def _schools_compared(referral: Referral, schools: Sequence[str]) -> Compared:
    told = school_words(referral)
    same = next((name for name in schools if is_same_school(name, told)), "")
    return Compared("School", told, same or next(iter(schools), ""), bool(same))


@dataclass(frozen=True, slots=True)
class Beside:
    """Another referral to read beside this one, and why."""

    referral: Referral
    name: str
    because: str


def beside(referral: Referral, actor: Actor) -> list[Beside]:
    """Return other entries of this referral, earlier ones of the child, and the family's."""
    others = Referral.objects.to_decide_by(actor).exclude(pk=referral.pk)
    found: dict[int, Beside] = {}

    def add(because: str, condition: Q) -> None:
        for other in others.filter(condition).order_by("-received_on", "-pk")[:10]:
            found.setdefault(other.pk, Beside(other, child_name(other), because))

    add("The earlier entry that this one completes", Q(pk=referral.completes_id))
    add("A fuller entry beside this one", Q(completes=referral.pk))
    if referral.upn:
        add("The same UPN", Q(upn=referral.upn))
    if referral.family_name and referral.given_names:
        same = Q(family_name__iexact=referral.family_name, given_names__iexact=referral.given_names)
        if referral.born_on:
            same &= Q(born_on=referral.born_on) | Q(born_on=None)
        add("The same name", same)
    if referral.child_id is not None:
        add("The same child", Q(child=referral.child_id))
    if referral.family_name and referral.postcode:
        add(
            "The same family name and postcode: a brother or sister?",
            Q(family_name__iexact=referral.family_name, postcode__iexact=referral.postcode),
        )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Relation:
    """A brother, sister or other child of the household of a candidate, with any open case."""

    child: Child
    because: str
    open_case: Case | None
    url: str


def relatives(listed: Sequence[Candidate], actor: Actor, on: date) -> list[Relation]:
    """Return the families of the likeliest candidate."""
    if not listed:
        return []
    known = {c.child.pk for c in listed}
    found = [r for r in family(listed[0].child, by=actor, on=on) if r.child.pk not in known]
    cases = {
        case.child_id: case
        for case in Case.objects.visible_to(actor).filter(
            child__in=[r.child.pk for r in found], closed_on=None
        )
    }
    return [
        Relation(r.child, r.because, cases.get(r.child.pk), page_of(r.child.ref)) for r in found
    ]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rules would decide, and why. The officer decides."""

    decision: str
    because: str


def suggestion(
    referral: Referral, listed: Sequence[Candidate], reopenable: Sequence[Case] = ()
) -> Suggestion:
    """Suggest a decision from what the referral says. Danger comes before everything."""
    likeliest = [candidate for candidate in listed[:1] if candidate.is_likely]
    open_case = next((c for candidate in likeliest for c in candidate.open_cases), None)
    again = {case.pk for case in reopenable}
    closed_case = next((c for one in likeliest for c in one.closed_cases if c.pk in again), None)
    opening = "reopen" if closed_case else "accept"
    if risk.is_urgent(referral):
        return Suggestion(
            "add" if open_case else opening,
            "Significant harm was told: ring children’s social care first, then work the case.",
        )
    if open_case is not None:
        return Suggestion("add", f"The likeliest child has an open case, {open_case.ref}.")
    if referral.form == Form.ADMISSION:
        return Suggestion(
            "place", "A school has admitted the child: record the place. It is no case by itself."
        )
    if referral.form == Form.LEAVER and referral.destination.strip():
        if referral.departure == Departure.AREA:
            return Suggestion(
                "elsewhere",
                "The child is said to have left the area: tell the authority there.",
            )
        return Suggestion(
            "place",
            "The school names where the child goes: record the place as expected. "
            "If the child does not start, that becomes a case.",
        )
    if referral.on_roll_now == "yes" and referral.form != Form.LEAVER:
        return Suggestion(
            "school",
            "The child is on a school’s roll: attendance is the school’s to work on.",
        )
    if referral.completeness < THIN:
        return Suggestion("more", f"Only {referral.completeness}% of what is needed was told.")
    if closed_case is not None:
        return Suggestion(
            "reopen",
            f"The likeliest child has a closed case, {closed_case.ref}: opened again, it keeps "
            "what is known in one place.",
        )
    return Suggestion("accept", "Nothing told here shows that the child is in education.")


def kind_choices(actor: Actor, referral: Referral) -> list[tuple[str, str]]:
    """Return the kinds of case into which this person may accept this referral."""
    return [
        (kind.key, kind.title)
        for kind in kinds.all_kinds()
        if kinds.may_open(kind.key, actor) and kind.accepts(referral)
    ]


def teams() -> list[tuple[str, str]]:
    """Return the teams that may be given a case."""
    return [("", "The team that takes this kind of case"), *team_choices()]


def likely_school(referral: Referral) -> str:
    """Return the school at which a place would be recorded: the one told, or a leaver's next."""
    if referral.form == Form.ADMISSION:
        return school_words(referral)
    lines = referral.destination.strip().splitlines()
    return lines[0] if lines and school_told(lines[0]) is not None else ""


def case_for_adding(actor: Actor, ref: str) -> Case:
    """Return a case that this person may see, to add to it or open it again. Raises Unknown."""
    found = Case.objects.visible_to(actor).select_related("child").filter(ref=ref).first()
    if found is None:
        raise Unknown("There is no such case.")
    return found


def considerations(referral: Referral) -> list[Consideration]:
    """Return what was concluded about safety on this referral, newest first."""
    found = Consideration.objects.filter(referral=referral).select_related("by")
    return list(found.order_by("-recorded_at", "-pk"))


def asking_text(referral: Referral, *, authority: str) -> str:
    """Return a letter or e-mail that asks for what is missing, to be copied and sent.

    It names the receipt and not the child, so that it may go by ordinary mail.
    """
    asked = "\n".join(f"- {ask}" for ask in referral.missing) or "- "
    return (
        f"Your report to {authority}, receipt {receipt(referral.ref)}\n\n"
        f"Thank you for what you told us on {_day(referral.received_on)}. "
        f"To find the child we also need:\n\n{asked}\n\n"
        "Please ring us or answer with the receipt number, and write no child’s name in an "
        "e-mail. If you do not know, say so: that helps too. If you think that a child is in "
        "danger, ring 999."
    )


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day is not None else ""
