"""Who may trace a child, and what must be shown before a case may close."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from onroll.office.casework.policy import cases as casework
from onroll.office.casework.queries.cases import is_considered
from onroll.office.cme import queries
from onroll.office.cme.models import MissingEducation
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because
from onroll.office.people.queries.sealed import is_sealed
from onroll.statute.ages import compulsory_school_age
from onroll.statute.reasons import Place
from onroll.statute.writing import written

if TYPE_CHECKING:
    from onroll.office.casework.models import Case

OUTCOMES: Mapping[str, str] = {
    "on_roll": "On a school roll and started",
    "home_educated": "Educated at home, accepted",
    "alternative_provision": "In suitable alternative provision",
    "eotas": "Educated otherwise than at school under an EHC plan",
    "left_area": "Left the area, accepted by the other authority",
    "left_country": "Left the country, independently verified",
    "over_age": "Over compulsory school age",
    "died": "Died",
    "not_cme": "Not missing education",
}

ACCEPTANCE = (
    "No officer has accepted the notification into the register: give the day on which one did, "
    "and by whom."
)
UNASSESSED = (
    "Nobody has assessed whether the home education is suitable: say that it is accepted all the "
    "same, or have it assessed first."
)


def can_enquire(actor: Actor, case: "Case") -> Decision:
    """Say whether this person may make and answer locating enquiries."""
    return casework.can_work_open(actor, case) & because(
        actor.is_program or actor.may("cases.locate"), "Your role does not make locating enquiries."
    )


def can_secure(actor: Actor, case: "Case") -> Decision:
    """Say whether this person may record a place and its start."""
    return casework.can_work_open(actor, case)


def can_edit_checklist(actor: Actor) -> Decision:
    """Say whether this person keeps the kinds of enquiry and the reasons of the authority's own."""
    return because(
        actor.is_program or actor.may("letters.templates"),
        "Your role does not change the kinds of enquiry or the reasons.",
    )


def can_move(actor: Actor, case: "Case", move: str, *, outcome: str = "", on: date) -> Decision:
    """Say whether the facts allow a move; casework has asked who this person is already."""
    if move == "close":
        return can_close(actor, case, outcome, on=on) if outcome else Decision()
    if move == "secure":
        return because(
            queries.place_of(case) is not None,
            "Record the place first: which school or provision, and when the child should start.",
        )
    if move in CONCLUSIONS:
        return because(
            queries.concluded(case, on) in CONCLUSIONS[move],
            "Record the conclusion on whereabouts first, and the evidence for it.",
        )
    return Decision()


CONCLUSIONS: Mapping[str, tuple[str, ...]] = {
    "locate": (queries.Conclusion.HERE,),
    "believe_elsewhere": (queries.Conclusion.ELSEWHERE,),
    "believe_abroad": (queries.Conclusion.ABROAD,),
}


def can_end(actor: Actor, case: "Case") -> Decision:
    """Say whether this person closes and reopens cases like this one at all."""
    return casework.can_work(actor, case) & because(
        actor.is_program or actor.may("cases.close"),
        "Your role does not close or reopen cases. Ask your team manager.",
    )


def can_close(actor: Actor, case: "Case", outcome: str, *, on: date) -> Decision:
    """Say whether the case may close with this outcome; if not, exactly what is missing."""
    if outcome not in OUTCOMES:
        return Decision("Choose the outcome with which the case closes.")
    return Decision(" ".join(missing_evidence(case, outcome, on)))


def missing_evidence(case: "Case", outcome: str, on: date) -> list[str]:
    """Return what is not shown yet for an outcome, each as a sentence that says what to do."""
    return [*_for_every_case(case), *EVIDENCE[outcome](case, queries.record_of(case), on)]


@dataclass(frozen=True, slots=True)
class Way:
    """One outcome with which a case may close: what it lacks, and what it would mean."""

    outcome: str
    title: str
    missing: tuple[str, ...]
    educated_from: date | None
    is_never: bool  # with this outcome no day counts as missing education

    @property
    def is_ready(self) -> bool:
        """Whether it can be chosen now; the acceptance of home education is given in choosing."""
        return all(says in (ACCEPTANCE, UNASSESSED) for says in self.missing)

    @property
    def hint(self) -> str:
        """What the choice would mean, or that it cannot be made yet."""
        if not self.is_ready:
            return "Not yet."
        if self.is_never:
            return "The child counts as never having missed education here."
        assert self.educated_from is not None
        return f"Missing education ended on {written(self.educated_from - timedelta(days=1))}."


def ways_to_close(case: "Case", on: date) -> list[Way]:
    """Return every outcome with what each still lacks, so that one sees what to get next."""
    episode = queries.found_episode(case)
    first = episode.starts_on if episode else case.notified_on
    ways = []
    for outcome, title in OUTCOMES.items():
        missing = missing_evidence(case, outcome, on)
        since = queries.educated_from(case, outcome, on)
        is_never = since is None or since <= first
        ways.append(Way(outcome, title, tuple(missing), since, is_never))
    return ways


def _for_every_case(case: "Case") -> list[str]:
    if case.owner_id is None:
        return ["The case has no key worker: allocate it, so that somebody answers for closing it."]
    return [] if is_considered(case) else ["No safeguarding consideration is recorded: record one."]


def _on_roll(case: "Case", record: MissingEducation, on: date) -> list[str]:
    missing = []
    rolls = queries.started_enrolments(case, on)
    if not rolls:
        missing.append("No school roll on which the child has started is recorded.")
    place = queries.place_of(case)
    if place is None or place.confirmed_on is None or place.confirmed_on > on:
        missing.append("The school has not confirmed the start: record who confirmed it and when.")
    elif rolls and place.school_id not in {roll.school_id for roll in rolls}:
        # What the roll of a sealed child says is told to nobody here.
        names = "another school" if is_sealed(case.child_id) else str(rolls[0].school)
        missing.append(
            f"The start was confirmed at {place.where}, and the roll on which the child has "
            f"started is that of {names}: correct the one that is wrong."
        )
    return missing


def _home_educated(case: "Case", record: MissingEducation, on: date) -> list[str]:
    current = queries.home_education(case, on)
    if current is None:
        return ["Home education is not recorded: record it on the child's Education page."]
    if current.suitability == "unsuitable":
        return ["The home education was judged unsuitable, so the child still misses education."]
    accepted = queries.home_education_acceptance(case, on)
    if accepted is None:
        return [ACCEPTANCE]
    is_unassessed = current.suitability == "not_assessed"
    return [UNASSESSED] if is_unassessed and not accepted.is_unassessed else []


def _alternative_provision(case: "Case", record: MissingEducation, on: date) -> list[str]:
    current = [p for p in queries.provided(case, on) if p.what in queries.PROVIDED]
    if not current:
        return ["No alternative provision is recorded: record it on the child's Education page."]
    if not any(p.is_suitable for p in current):
        return ["The provision is not judged suitable."]
    if not any(queries.is_lasting(p) for p in current):
        return ["The provision is interim, while a place is awaited: the case stays open."]
    return []


def _eotas(case: "Case", record: MissingEducation, on: date) -> list[str]:
    missing = []
    if not any(p.what == "eotas" for p in queries.provided(case, on)):
        missing.append("No education otherwise than at school is recorded.")
    if not queries.has_plan(case, on):
        missing.append("No EHC plan is recorded, and this provision rests on one.")
    return missing


def _left_area(case: "Case", record: MissingEducation, on: date) -> list[str]:
    if queries.acceptance(case) is not None:
        return []
    if queries.located(case).exclude(la_code="").exists():
        return [
            "An answer places the child in another authority's area, and no authority has accepted "
            "the child: refer the child to it, and record who there accepted, when and how."
        ]
    return [
        "No authority has accepted the child: refer the child to it as an enquiry, and record "
        "who there accepted, when and how."
    ]


def _left_country(case: "Case", record: MissingEducation, on: date) -> list[str]:
    if queries.verification(case) is not None:
        return []
    found = queries.located(case).exclude(country="")
    if not found.exists():
        return ["No enquiry has located the child abroad: record the answer and the country."]
    if not found.filter(template__shows=queries.Shows.ABROAD).exists():
        return [
            "That the child is abroad comes from an enquiry that cannot verify it: ask the "
            "receiving school, an agency there, the embassy or the border authorities."
        ]
    return [
        "That the child is abroad is not independently verified: a receiving school, a similar "
        "agency there, or somebody who has seen the child must confirm it, and in which country."
    ]


def _over_age(case: "Case", record: MissingEducation, on: date) -> list[str]:
    child = case.child
    if child.born_on is None or child.birth_date_is != child.BirthDate.EXACT:
        return ["The date of birth is not known for certain: record it with its source."]
    if not compulsory_school_age(child.born_on).is_over(on):
        return ["The child is still of compulsory school age."]
    if record.at_risk_of_neet and record.handed_to_post_16_on is None:
        return ["The young person may end up in no education or work: hand over to post-16 first."]
    return []


def _died(case: "Case", record: MissingEducation, on: date) -> list[str]:
    return [] if case.child.died_on else ["The day of death is not recorded on the child's page."]


def _not_cme(case: "Case", record: MissingEducation, on: date) -> list[str]:
    episode = queries.found_episode(case)
    since = min(episode.starts_on if episode else case.notified_on, on)
    gone = queries.days_at(case, since, on, Place.LEFT_AREA, Place.LEFT_COUNTRY)
    if gone:
        return [
            f"The child stands as gone on {written(gone[0])}: close the case as left the area or "
            "left the country, on evidence of its own."
        ]
    missed = queries.missed_on(case, since, on)
    if missed is None:
        return []
    return [
        f"What is recorded makes the child missing education on {written(missed)}: record the "
        f"roll, provision or age that shows otherwise from {written(since)} on, or close with what "
        "ended it."
    ]


EVIDENCE: Mapping[str, Callable[["Case", MissingEducation, date], list[str]]] = {
    "on_roll": _on_roll,
    "home_educated": _home_educated,
    "alternative_provision": _alternative_provision,
    "eotas": _eotas,
    "left_area": _left_area,
    "left_country": _left_country,
    "over_age": _over_age,
    "died": _died,
    "not_cme": _not_cme,
}
