"""Where the record shows that an act was done: one line for each verb that a responsibility names.

A row bears the day on which the thing was done, whether it was typed here or came with a file, so
that it is counted by that day. What leaves no such row is counted in the journal, by the day on
which it was written down.
"""

from dataclasses import dataclass, field
from enum import Enum

from django.db.models import F, Model, Q

from onroll.office.accounts.models import Appointment, PostHolding
from onroll.office.casework.models import (
    Allocation,
    Attention,
    Case,
    CaseState,
    CaseUrgency,
    Challenge,
    Concern,
    Consideration,
    Contact,
    Referral,
    Task,
)
from onroll.office.cme.models import (
    Enquiry,
    HomeEducationAcceptance,
    JointEnquiry,
    MissingEducation,
    Placement,
    TransitionStep,
)
from onroll.office.people.models import Whereabouts
from onroll.office.provision.models import (
    HomeEducation,
    Judgement,
    PartTimeTimetable,
    Plan,
    Provision,
)
from onroll.office.schools.models import Enrolment, InYearApplication, Offer, SchoolContact


class About(Enum):
    """Whom a row is about: that says who may count it, and whose it is."""

    CASE = "case"  # a row of a case
    ITSELF = "itself"  # the case's own cover sheet
    REFERRAL = "referral"  # the referral itself
    TOLD = "told"  # a row of a referral
    CHILD = "child"  # a row of a child, with or without a case
    SEALABLE = "sealable"  # a fact that moves away when its child is sealed
    NOBODY = "nobody"  # no child's


@dataclass(frozen=True, slots=True)
class Trace:
    """One table whose rows show that an act was done, on the day that `day` holds.

    `given` names a column that must not be empty, `when` any other condition; `school` is the way
    from a row to the school concerned, where it is not that of the case.
    """

    verb: str
    table: type[Model]
    day: str
    about: About
    given: str = ""
    when: Q = field(default_factory=Q)
    school: str = ""


_FIRST = Q(corrects=None)  # a correction is no second act

TRACES: tuple[Trace, ...] = (
    Trace("accounts.appointed", Appointment, "starts_on", About.NOBODY),
    Trace("accounts.post_held", PostHolding, "starts_on", About.NOBODY),
    Trace("cases.allocated", Allocation, "starts_on", About.CASE, when=~Q(owner=None)),
    Trace("cases.challenge_answered", Challenge, "resulted_on", About.CASE, school="school"),
    Trace("cases.challenged", Challenge, "made_on", About.CASE, school="school"),
    Trace("cases.concern", Concern, "raised_on", About.CASE),
    Trace("cases.concern_result", Concern, "resulted_on", About.CASE),
    Trace("cases.considered", Consideration, "on", About.CASE, when=Q(referral=None)),
    Trace("cases.contact", Contact, "on", About.CASE, when=_FIRST),
    Trace("cases.moved", CaseState, "starts_on", About.CASE,
          when=Q(starts_on__gt=F("case__opened_on"))),
    Trace("cases.opened", Case, "opened_on", About.ITSELF),
    Trace("cases.task", Task, "made_on", About.CASE, when=~Q(case=None) & Q(cancelled=False)),
    Trace("cases.urgency", CaseUrgency, "starts_on", About.CASE),
    Trace("children.looked_into", Attention, "starts_on", About.CHILD, when=Q(what="taken")),
    Trace("cme.accepted", Enquiry, "accepted_on", About.CASE, when=_FIRST),
    Trace("cme.answered", Enquiry, "answered_on", About.CASE, when=_FIRST),
    Trace("cme.asked", Enquiry, "asked_on", About.CASE, when=_FIRST),
    Trace("cme.begun", MissingEducation, "case__opened_on", About.CASE),
    Trace("cme.home_education_accepted", HomeEducationAcceptance, "starts_on", About.CASE),
    Trace("cme.joint_enquiry", JointEnquiry, "starts_on", About.CASE),
    Trace("cme.secured", Placement, "starts_on", About.CASE, school="school"),
    Trace("cme.started", Placement, "confirmed_on", About.CASE, school="school"),
    Trace("cme.step_done", TransitionStep, "done_on", About.CASE),
    Trace("cme.whereabouts", Whereabouts, "starts_on", About.SEALABLE),
    Trace("places.applied", InYearApplication, "starts_on", About.SEALABLE, school="school"),
    Trace("places.offered", Offer, "starts_on", About.SEALABLE, school="school"),
    Trace("places.outcome_told", InYearApplication, "outcome_told_on", About.SEALABLE,
          school="school"),
    *(Trace("provision.recorded", table, "starts_on", About.SEALABLE)
      for table in (HomeEducation, PartTimeTimetable, Plan, Provision)),
    Trace("provision.judged", Judgement, "starts_on", About.SEALABLE),
    *(Trace("provision.ended", table, "ends_on", About.SEALABLE)
      for table in (HomeEducation, PartTimeTimetable, Plan, Provision)),
    Trace("referrals.accepted", Referral, "decided_on", About.REFERRAL, school="school",
          when=Q(state__in=["accepted", "added"])),
    Trace("referrals.received", Referral, "received_on", About.REFERRAL, school="school"),
    Trace("referrals.returned", Referral, "decided_on", About.REFERRAL, school="school",
          when=Q(state="returned")),
    Trace("referrals.safeguarding_considered", Consideration, "on", About.TOLD,
          when=~Q(referral=None), school="referral__school"),
    Trace("roll.removed", Enrolment, "ends_on", About.SEALABLE, given="deletion_ground",
          school="school"),
    Trace("schools.contact_recorded", SchoolContact, "starts_on", About.NOBODY, school="school"),
)  # fmt: skip

# What each act is called where it is counted: one, and many. These are all that can be counted.
WORDS: dict[str, tuple[str, str]] = {
    "accounts.appointed": ("named person appointed", "named people appointed"),
    "accounts.post_held": ("post filled", "posts filled"),
    "accounts.structure_written": ("change to services and teams", "changes to services and teams"),
    "cases.allocated": ("case given to a key worker", "cases given to a key worker"),
    "cases.challenge_answered": ("challenge answered", "challenges answered"),
    "cases.challenged": ("barrier challenged", "barriers challenged"),
    "cases.concern": ("safeguarding concern raised", "safeguarding concerns raised"),
    "cases.concern_result": ("result of a concern recorded", "results of concerns recorded"),
    "cases.considered": ("consideration of safeguarding", "considerations of safeguarding"),
    "cases.contact": ("contact made or tried", "contacts made or tried"),
    "cases.moved": ("case moved to its next state", "cases moved to their next state"),
    "cases.opened": ("case opened", "cases opened"),
    "cases.referred": ("child referred to other casework", "children referred to other casework"),
    "cases.task": ("task set", "tasks set"),
    "cases.urgency": ("case marked as urgent", "cases marked as urgent"),
    "children.looked_into": (
        "child with no case looked into", "children with no case looked into",
    ),
    "cme.accepted": (
        "acceptance by another authority", "acceptances by another authority",
    ),
    "cme.answered": ("enquiry answered", "enquiries answered"),
    "cme.asked": ("enquiry made", "enquiries made"),
    "cme.begun": ("record of missing education begun", "records of missing education begun"),
    "cme.home_education_accepted": (
        "acceptance into the register of home education",
        "acceptances into the register of home education",
    ),
    "cme.joint_enquiry": (
        "joint enquiry of school and authority", "joint enquiries of school and authority",
    ),
    "cme.joint_enquiry_corrected": ("joint enquiry corrected", "joint enquiries corrected"),
    "cme.secured": ("place secured", "places secured"),
    "cme.started": ("start confirmed", "starts confirmed"),
    "cme.step": ("step planned for going back", "steps planned for going back"),
    "cme.step_done": ("step of a plan done", "steps of plans done"),
    "cme.whereabouts": ("conclusion on whereabouts", "conclusions on whereabouts"),
    "places.applied": ("in-year application", "in-year applications"),
    "places.offered": ("place offered", "places offered"),
    "places.outcome_told": ("outcome of an application told", "outcomes of applications told"),
    "provision.corrected": ("record of provision corrected", "records of provision corrected"),
    "provision.ended": ("provision or plan ended", "provisions or plans ended"),
    "provision.judged": ("criterion of an education judged", "criteria of education judged"),
    "provision.recorded": ("provision or plan begun", "provisions or plans begun"),
    "referrals.accepted": ("referral accepted into a case", "referrals accepted into cases"),
    "referrals.received": ("referral received", "referrals received"),
    "referrals.rescored": ("referral scored anew", "referrals scored anew"),
    "referrals.returned": ("referral returned to the school", "referrals returned to schools"),
    "referrals.safeguarding_considered": (
        "referral considered for safeguarding", "referrals considered for safeguarding",
    ),
    "roll.removed": ("pupil taken off a roll", "pupils taken off a roll"),
    "schools.contact_recorded": ("contact of a school recorded", "contacts of schools recorded"),
}  # fmt: skip


def act_in_words(verb: str, count: int) -> str:
    """Return what so many acts are called; a verb without words of its own is told by its key."""
    one, many = WORDS.get(verb, (f"act “{verb}”", f"acts “{verb}”"))
    return one if count == 1 else many
