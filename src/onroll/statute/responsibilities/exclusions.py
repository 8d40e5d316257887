"""What is asked when a pupil is suspended or permanently excluded."""

from onroll.statute.responsibilities.entry import (
    COVENTRY,
    COVENTRY_REPORT,
    AskedOf,
    Responsibility,
    guidance,
    law,
    power,
    practice,
)
from onroll.statute.sources import Confidence

# The authority's report of what the guidance asks, not the guidance.
_GUIDANCE = guidance(f"Suspension and permanent exclusion, guidance, as told in: {COVENTRY_REPORT}")
_REGULATIONS = "SI 2012/1033"
_OFFICER, _PLANS, _HEAD = "engagement_officer", "plan_coordinator", "virtual_school_head"
_CLERK = "panel_clerk"
_AUTHORITY, _SCHOOL = AskedOf.AUTHORITY, AskedOf.SCHOOL
_BOARD, _PARENT = AskedOf.BOARD, AskedOf.PARENT
_OF = "exclusions"

_OF_AUTHORITIES = (
    Responsibility(
        "exclusion_be_told",
        "Be told of every suspension and every permanent exclusion",
        _AUTHORITY, _OF, _OFFICER, law(f"{_REGULATIONS} reg 5, amended by SI 2022/788"),
        duties=("EX_NOTIFY_LA_ALL",),
    ),
    Responsibility(
        "excluded_arrange_education",
        "Arrange suitable full-time education for permanently excluded pupils of compulsory school "
        "age",
        _AUTHORITY, "sixth_day", _OFFICER,
        law("SI 2007/1870; Education Act 1996 s.19"),
        acts=("provision.recorded",),
    ),
    Responsibility(
        "excluded_sixth_day",
        "Have that education begin on the sixth school day after the permanent exclusion",
        _AUTHORITY, "sixth_day", _OFFICER, law("SI 2007/1870 reg 4"),
        duties=("DAY6_PEX",),
        acts=("provision.recorded",),
    ),
    Responsibility(
        "excluded_with_plan",
        "Review the plan of a pupil who is permanently excluded, assess again where needed, and "
        "secure a right placement",
        _AUTHORITY, "plans", _PLANS, _GUIDANCE,
    ),
    Responsibility(
        "review_panel_arrange",
        "Arrange the independent review for a maintained school: members, clerk, place, and the "
        "time limits",
        _AUTHORITY, _OF, _CLERK, law(f"{_REGULATIONS} Sch 1"),
        duties=("IRP_HEAR", "IRP_PAPERS", "IRP_DECISION", "IRP_TRAIN"),
    ),
    Responsibility(
        "exclusion_watch_trends",
        "Watch who is permanently excluded, and from where",
        _AUTHORITY, _OF, "analyst", _GUIDANCE,
    ),
    Responsibility(
        "exclusion_challenge",
        "Support schools whose practice is out of proportion, and challenge them",
        _AUTHORITY, _OF, _OFFICER, _GUIDANCE,
        acts=("cases.challenged", "cases.challenge_answered"),
    ),
    Responsibility(
        "exclusion_funding",
        "Move the funding after a permanent exclusion",
        _AUTHORITY, _OF, _OFFICER, law(f"{_REGULATIONS} Sch 2 para 9"),
        duties=("PEX_FUND_DATE",),
        note="The text of 2012; the yearly finance regulations set today's detail.",
    ),
)  # fmt: skip

_OF_SCHOOLS = (
    Responsibility(
        "exclude_last_resort",
        "Exclude permanently only as a last resort: weigh the evidence, the context and what else "
        "could be done",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "exclude_lawfully",
        "Decide lawfully, reasonably, fairly and in proportion",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "exclude_within_cap",
        "Suspend no pupil for more than 45 school days in a school year",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} reg 4"),
        duties=("EX_CAP",),
    ),
    Responsibility(
        "exclude_set_work",
        "Set and mark work in the first five school days",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
        note="Go on doing so where a suspension is longer.",
    ),
    Responsibility(
        "suspended_sixth_day",
        "Arrange full-time education from the sixth school day of a suspension",
        _BOARD, "sixth_day", _OFFICER, law("SI 2007/1870 reg 3"),
        duties=("DAY6_SUSP",),
        note="Of an academy, the trust.",
    ),
    Responsibility(
        "exclude_tell_parent",
        "Tell the parent without delay, with the reasons and what comes next",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} reg 5, amended by SI 2023/571"),
        duties=("EX_NOTIFY_PARENT",),
    ),
    Responsibility(
        "exclude_tell_place_rule",
        "Tell the parent on the first day when the child may not be in a public place, and before "
        "it starts what provision there is",
        _SCHOOL, _OF, _OFFICER,
        law(f"SI 2007/1870 reg 6, amended by {_REGULATIONS} Sch 2 para 8(4)"),
        duties=("EX_S104_NOTICE", "EX_PROV_DETAIL"),
    ),
    Responsibility(
        "exclude_tell_board_and_authority",
        "Tell the authority of every exclusion without delay; the governing board too of a "
        "permanent one, of more than five days in the term and of a missed examination, of the "
        "others each term",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} reg 5, amended by SI 2022/788"),
        duties=("EX_NOTIFY_LA_ALL",),
    ),
    Responsibility(
        "exclude_tell_social_worker",
        "Tell the social worker, and the virtual school head, of a pupil who has one",
        _SCHOOL, _OF, _OFFICER, law("SI 2022/788"),
        duties=("EX_NOTIFY_SW_VSH",),
    ),
    Responsibility(
        "exclude_hand_over",
        "Hand safeguarding information to the new provision, with the authority, and help the "
        "pupil across",
        _SCHOOL, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "board_meet",
        "Meet within 15 school days to consider whether the pupil goes back, where the law "
        "requires it",
        _BOARD, _OF, _OFFICER, law(f"{_REGULATIONS} reg 6"),
        duties=("GB_PEX", "GB_OVER15", "GB_EXAM"),
    ),
    Responsibility(
        "board_hear_representations",
        "Consider what parents say of shorter suspensions, and meet where the law requires it",
        _BOARD, _OF, _OFFICER, law(f"{_REGULATIONS} reg 6(7)(b), (9)"),
        duties=("GB_6_15_REPS", "GB_LE5_REPS"),
    ),
    Responsibility(
        "board_reconsider",
        "Consider the exclusion again where a review panel says so",
        _BOARD, _OF, _OFFICER, law(f"{_REGULATIONS} regs 8(1), 26(1)"),
        duties=("IRP_RECONSIDER",),
    ),
    Responsibility(
        "board_equality",
        "Keep the duties of equality, and see that procedure and records were right",
        _BOARD, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "trust_review_panel",
        "Arrange the independent review for a school that the authority does not maintain",
        _SCHOOL, _OF, _CLERK, law(f"{_REGULATIONS} Sch 1 para 1"),
        duties=("IRP_HEAR", "IRP_PAPERS", "IRP_DECISION", "IRP_TRAIN"),
        note="Asked of the academy trust.",
    ),
)  # fmt: skip

_OF_PARENTS = (
    Responsibility(
        "parent_public_place",
        "Keep the child out of public places in school hours for the first five school days, "
        "unless there is a good reason",
        _PARENT, _OF, _OFFICER,
        law("Education and Inspections Act 2006 s.103", Confidence.SECONDARY),
        duties=("EX_PUBLIC_PLACE",),
    ),
    Responsibility(
        "parent_support_work",
        "Help the child to do the work that is set, and to attend the provision once arranged",
        _PARENT, _OF, _OFFICER, _GUIDANCE,
    ),
    Responsibility(
        "parent_representations",
        "Say to the governing board what should be said, and come to its meeting",
        _PARENT, _OF, _OFFICER, power(f"{_REGULATIONS} reg 6"),
        note="A right.",
    ),
    Responsibility(
        "parent_review",
        "Ask for an independent review within 15 school days, with an expert in special needs if "
        "wished",
        _PARENT, _OF, _OFFICER, power(f"{_REGULATIONS} Sch 1 para 2"),
        duties=("IRP_APPLY",),
        note="A right.",
    ),
    Responsibility(
        "parent_equality_claim",
        "Claim discrimination within six months",
        _PARENT, _OF, _OFFICER, practice(f"{COVENTRY_REPORT} (Equality Act claims)", "coventry"),
        duties=("EQA_CLAIM",),
        note="A right. The six months are read in one authority's report only.",
    ),
)  # fmt: skip

_IN_COVENTRY = (
    Responsibility(
        "coventry_engagement",
        "Help schools, pupils and families to stay in touch with education",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_before_exclusion",
        "Support schools and pupils before a permanent exclusion is decided, and while it is",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_guide_families",
        "Guide families through the process and speak for them",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
        acts=("cases.contact",),
    ),
    Responsibility(
        "coventry_sixth_day_provision",
        "Provide from the sixth day by a commissioned provider, or by outreach to the new school",
        _AUTHORITY, "sixth_day", _OFFICER, COVENTRY,
        duties=("DAY6_PEX",),
        acts=("provision.recorded",),
    ),
    Responsibility(
        "coventry_outreach",
        "Have outreach teams carry the pupil over to the receiving school",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
    ),
    Responsibility(
        "coventry_fair_access",
        "Take each excluded pupil, after an in-year application, to the fair access panel",
        _AUTHORITY, "admissions", _OFFICER, COVENTRY,
        duties=("FAP_ALLOC",),
        acts=("places.applied",),
    ),
    Responsibility(
        "coventry_place_for_each",
        "See that every permanently excluded child has a place in a school of the city",
        _AUTHORITY, "admissions", _OFFICER, COVENTRY,
        acts=("places.offered", "cme.secured", "cme.started"),
        letters=("place_secured",),
    ),
    Responsibility(
        "coventry_excluded_with_plan",
        "Have the plan's coordinator see that provision after an exclusion meets the child's needs",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
    ),
    Responsibility(
        "coventry_excluded_in_care",
        "Have the virtual school head and admissions look after excluded children in care",
        _AUTHORITY, _OF, _HEAD, COVENTRY,
    ),
    Responsibility(
        "coventry_belonging",
        "Work towards belonging, and follow a graduated model of support, so that fewer are "
        "excluded",
        _AUTHORITY, _OF, "strategic_lead", COVENTRY,
    ),
)  # fmt: skip

EXCLUSIONS: tuple[Responsibility, ...] = (
    *_OF_AUTHORITIES, *_OF_SCHOOLS, *_OF_PARENTS, *_IN_COVENTRY,
)  # fmt: skip
