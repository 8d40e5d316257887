"""What is asked for the sake of attendance: of the authority, of schools and of parents."""

from onroll.statute.responsibilities.entry import (
    COVENTRY,
    COVENTRY_REPORT,
    WORCESTERSHIRE,
    AskedOf,
    Responsibility,
    guidance,
    law,
    power,
)
from onroll.statute.sources import Confidence

# Read in an authority's report of the guidance, not in the guidance.
_GUIDANCE = guidance(
    f"Working together to improve school attendance, August 2024, as told in: {COVENTRY_REPORT}"
)
_OFFICER, _LEAD, _HEAD = "attendance_officer", "strategic_lead", "virtual_school_head"
_AUTHORITY, _SCHOOL, _PARENT = AskedOf.AUTHORITY, AskedOf.SCHOOL, AskedOf.PARENT
_OF = "attendance"

_OF_AUTHORITIES = (
    Responsibility(
        "attendance_lead_improvement",
        "Lead the improvement of attendance: help schools to put it first and to shape a culture "
        "of attending",
        _AUTHORITY, _OF, _LEAD, _GUIDANCE,
    ),
    Responsibility(
        "attendance_read_figures",
        "Read the figures of schools and areas, compare them with others, and find where the most "
        "must be done",
        _AUTHORITY, _OF, "analyst", _GUIDANCE,
    ),
    Responsibility(
        "attendance_named_contact",
        "Give every school one named person in the school attendance support team",
        _AUTHORITY, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "attendance_share_practice",
        "Bring schools together so that what works in one is known to the others",
        _AUTHORITY, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "attendance_find_cohorts",
        "Find from the figures the groups of pupils who attend less than others",
        _AUTHORITY, _OF, "analyst", _GUIDANCE,
    ),
    Responsibility(
        "attendance_support_cohorts",
        "Work out how each such group is to be helped",
        _AUTHORITY, _OF, _LEAD, _GUIDANCE,
    ),
    Responsibility(
        "attendance_track_area",
        "Follow attendance across the area, to say who is helped first and to remove what keeps "
        "many away",
        _AUTHORITY, _OF, "analyst", _GUIDANCE,
    ),
    Responsibility(
        "attendance_talk_with_schools",
        "Talk regularly with each school about pupils who are, or may become, persistently or "
        "severely absent",
        _AUTHORITY, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "attendance_open_services",
        "Provide the services that such pupils need, or a way to be referred to them",
        _AUTHORITY, _OF, _OFFICER, _GUIDANCE,
        acts=("cases.referred",),
    ),
    Responsibility(
        "attendance_law_last",
        "Turn to the law where help has failed, and only then",
        _AUTHORITY, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "attendance_children_in_care",
        "Appoint a virtual school head who watches the attendance of children in care",
        _AUTHORITY, _OF, _HEAD, _GUIDANCE,
    ),
)  # fmt: skip

_LEGAL_STEPS = (
    Responsibility(
        "attendance_contract",
        "Agree an attendance contract with a parent; it is voluntary and no punishment",
        _AUTHORITY, _OF, _OFFICER,
        power("Anti-social Behaviour Act 2003 s.19", Confidence.RECALLED),
        note="The name of 2024, for what was a parenting contract. Schools may agree one too.",
    ),
    Responsibility(
        "notice_to_improve",
        "Give a notice to improve, as the last chance before a penalty notice",
        _AUTHORITY, "penalty_notices", _OFFICER,
        guidance("Working together to improve school attendance, chapter 6"),
        duties=("NTI_MIN", "NTI_MAX"),
    ),
    Responsibility(
        "penalty_notice_consider",
        "Consider a penalty notice where ten sessions in ten school weeks were missed without "
        "leave",
        _AUTHORITY, "penalty_notices", _OFFICER,
        law("SI 2007/1867 reg 9A, inserted by SI 2024/210 reg 5"),
        duties=("PN_SESSIONS",),
    ),
    Responsibility(
        "penalty_notice_issue",
        "Issue a penalty notice to each parent who is liable, at most two in three years for a "
        "child, and record payment or withdrawal",
        _AUTHORITY, "penalty_notices", _OFFICER,
        power("Education Act 1996 ss.444A-444B; SI 2007/1867 as amended by SI 2024/210"),
        duties=("PN_EARLY_PAY", "PN_FINAL_PAY", "PN_MAX"),
    ),
    Responsibility(
        "penalty_notice_code",
        "Keep a code of conduct for penalty notices, with what is done once two have been given",
        _AUTHORITY, "penalty_notices", _LEAD,
        law("SI 2007/1867 reg 14; SI 2024/210 reg 6(2)"),
    ),
    Responsibility(
        "prosecute_absence",
        "Prosecute a parent whose registered child does not attend regularly",
        _AUTHORITY, _OF, _OFFICER, power("Education Act 1996 ss.444, 446"),
        note="Only the authority may. Provision notified in writing counts too (s.444ZA).",
    ),
    Responsibility(
        "supervision_order_first",
        "Consider an education supervision order before prosecuting, and report the reasons where "
        "a court asks for one and none is sought",
        _AUTHORITY, _OF, _OFFICER, law("Education Act 1996 s.447"),
        duties=("ESO_REASONS",),
    ),
    Responsibility(
        "supervision_order",
        "Apply to the family court for an education supervision order, and for its extension",
        _AUTHORITY, _OF, _OFFICER,
        power("Children Act 1989 s.36 and Sch 3 Pt III", Confidence.SECONDARY),
        duties=("ESO_LENGTH", "ESO_EXT"),
        note="Children's services are consulted first. How long it lasts is read in a report.",
    ),
    Responsibility(
        "parenting_order",
        "Ask a court for a parenting order",
        _AUTHORITY, _OF, _OFFICER,
        power("Crime and Disorder Act 1998 s.8; Anti-social Behaviour Act 2003",
              Confidence.RECALLED),
    ),
)  # fmt: skip

_IN_COVENTRY = (
    Responsibility(
        "coventry_attendance_team",
        "Have a school attendance support team",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_attendance_advice",
        "Write to schools and advise them on attendance",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_support_meetings",
        "Meet each school once a term about the pupils who need support",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
        duties=("TSM_CADENCE",),
        note="The nation's guidance asks for regular meetings; the term is this authority's.",
    ),
    Responsibility(
        "coventry_family_support",
        "Support families together with other services",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_attendance_casework",
        "Work with single pupils and families on what stands in the way, where a school buys it",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_holiday_contact",
        "Keep in touch with these families over the holidays",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_partnership_panels",
        "Hold attendance panels of schools and partners in each locality",
        _AUTHORITY, _OF, _LEAD, COVENTRY,
    ),
    Responsibility(
        "coventry_attendance_training",
        "Train schools in codes, in when to take a case further, and in what is expected",
        _AUTHORITY, _OF, _LEAD, COVENTRY,
    ),
)  # fmt: skip

_OF_SCHOOLS = (
    Responsibility(
        "school_attendance_policy",
        "Publish a policy on attendance that staff, pupils and parents understand, and keep it up",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "school_attendance_culture",
        "Make the whole school a place where attending is the rule",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "school_accurate_registers",
        "Keep both registers exact, and follow up every day who is away",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
        duties=("REG_N_TO_O",),
    ),
    Responsibility(
        "school_watch_figures",
        "Look at the figures often enough to see patterns, and which pupils and groups come first",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "school_attendance_champion",
        "Name a senior leader who answers for attendance",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
        acts=("schools.contact_recorded",),
    ),
    Responsibility(
        "school_act_early",
        "Find early who may become persistently absent, and learn from the family what to change",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "school_support_absent",
        "Give persistently and severely absent pupils support made for them, and use formal steps "
        "where needed",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "school_work_jointly",
        "Work on these pupils together with the authority and its partners",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "school_raise_concerns",
        "Take concerns for a pupil's safety further",
        _SCHOOL, "safeguarding", _OFFICER, _GUIDANCE,
        acts=("referrals.received", "cases.concern"),
    ),
)  # fmt: skip

_OF_SCHOOLS_IN_WORCESTERSHIRE = (
    Responsibility(
        "worcestershire_first_day_call",
        "Reach the parents of each absent pupil every day, and ask why and how the child is",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_see_the_child",
        "Go to the homes of absent pupils regularly and see the child",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_meet_family",
        "Meet the pupil, the parents and the staff who matter, and agree what will help",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_adjust",
        "Make reasonable adjustments that help the pupil to attend",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_plan",
        "Have a plan that all have agreed and in which the child is heard",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_ask_agencies",
        "Ask other agencies for support where it is needed",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_report_absent",
        "Tell the authority, on its portal, of part-time timetables, irregular attendance and ten "
        "school days or more without leave",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
        duties=("REG_ATT_RETURN",),
    ),
    Responsibility(
        "worcestershire_escalate",
        "Bring to the authority, for the law to be considered, cases in which proven support of "
        "several agencies has failed",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_attendance_lead",
        "Have a named attendance lead among the school's senior leaders",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
        acts=("schools.contact_recorded",),
    ),
    Responsibility(
        "worcestershire_on_roll",
        "Secure the attendance of every pupil on roll: it is the school's matter, not a case of "
        "missing education",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
        acts=("referrals.returned",),
        letters=("return_to_school",),
    ),
)  # fmt: skip

_OF_PARENTS = (
    Responsibility(
        "parent_attend",
        "See that the child attends on every day that the school is open, unless a reason in law "
        "applies",
        _PARENT, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "parent_tell_school",
        "Tell the school at once when the child is away unexpectedly",
        _PARENT, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "parent_ask_leave",
        "Ask for leave in advance, and only in exceptional circumstances",
        _PARENT, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "parent_appointments",
        "Make medical appointments outside the school day where that can be done",
        _PARENT, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "parent_work_together",
        "Help school and authority to understand what keeps the child away, and take up support",
        _PARENT, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "parent_accept_help",
        "Accept voluntary help when absence becomes persistent or severe, knowing that the law may "
        "follow",
        _PARENT, _OF, _OFFICER, _GUIDANCE,
    ),
)  # fmt: skip

ATTENDANCE: tuple[Responsibility, ...] = (
    *_OF_AUTHORITIES, *_LEGAL_STEPS, *_IN_COVENTRY, *_OF_SCHOOLS,
    *_OF_SCHOOLS_IN_WORCESTERSHIRE, *_OF_PARENTS,
)  # fmt: skip
