"""What is asked for children who miss education: to find them, to trace them, to secure a place."""

from onroll.statute.responsibilities.entry import (
    COVENTRY,
    COVENTRY_REPORT,
    LEEDS,
    NORTH_YORKSHIRE,
    WORCESTERSHIRE,
    AskedOf,
    Responsibility,
    guidance,
    law,
    practice,
)

_GUIDANCE = guidance(
    f"Children missing education, statutory guidance, as told in: {COVENTRY_REPORT}"
)
_GLOUCESTERSHIRE = practice(
    "Gloucestershire County Council, children missing education referral form", "gloucestershire"
)
_OFFICER, _COORDINATOR, _PLANS = "cme_officer", "cme_coordinator", "plan_coordinator"
_AUTHORITY, _SCHOOL, _PARENT = AskedOf.AUTHORITY, AskedOf.SCHOOL, AskedOf.PARENT
_OF = "children_missing"

_BY_LAW = (
    Responsibility(
        "identify_missing",
        "Have arrangements to find out, so far as can be done, which children of compulsory school "
        "age are on no roll and get no suitable education otherwise",
        _AUTHORITY, _OF, _OFFICER,
        law("Education Act 1996 s.436A, inserted by the Education and Inspections Act 2006 s.4"),
        acts=("referrals.received", "children.looked_into", "cme.begun"),
        note="A local guide says that the law requires knowing where every child is: it asks less.",
    ),
    Responsibility(
        "regard_to_guidance",
        "Have regard to the Secretary of State's guidance on these arrangements",
        _AUTHORITY, _OF, _COORDINATOR, law("Education Act 1996 s.436A"),
    ),
    Responsibility(
        "informal_enquiries",
        "Ask the parents of children on no roll, informally, what education there is, where it is "
        "not known",
        _AUTHORITY, _OF, _OFFICER, _GUIDANCE,
        acts=("cases.contact", "cme.asked"),
        letters=("first_letter", "home_visit", "no_answer"),
    ),
)  # fmt: skip

_IN_COVENTRY = (
    Responsibility(
        "coventry_missing_team",
        "Have a team for children missing education",
        _AUTHORITY, _OF, _COORDINATOR, COVENTRY,
        acts=("accounts.structure_written",),
    ),
    Responsibility(
        "coventry_one_route",
        "Take every referral by one route",
        _AUTHORITY, _OF, _COORDINATOR, COVENTRY,
        acts=("referrals.received",),
        letters=("referral_received", "more_needed"),
    ),
    Responsibility(
        "coventry_track_cases",
        "Follow each case so that none is lost sight of",
        _AUTHORITY, _OF, _COORDINATOR, COVENTRY,
        acts=("cases.opened", "cases.allocated", "cases.moved", "cases.task"),
    ),
    Responsibility(
        "coventry_ask_agencies",
        "Make enquiries with several agencies",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
        acts=("cme.asked", "cme.answered"),
        letters=("agency_enquiry",),
    ),
    Responsibility(
        "coventry_secure_education",
        "Secure education without delay",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
        acts=("places.applied", "places.offered", "cme.secured", "cme.started"),
        letters=("place_secured",),
    ),
    Responsibility(
        "coventry_safeguarding_first",
        "Put the child's safety in the middle of every case",
        _AUTHORITY, _OF, _OFFICER, COVENTRY,
        acts=("referrals.safeguarding_considered", "cases.considered", "cases.concern"),
    ),
    Responsibility(
        "coventry_plan_route_back",
        "Find with the family of a child with a plan the best way back into a school",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
        acts=("cme.step", "cme.step_done"),
    ),
    Responsibility(
        "coventry_plan_tuition",
        "Secure tuition, at home or in the community, until a child with a plan has a place",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
        acts=("provision.recorded",),
    ),
    Responsibility(
        "coventry_plan_watch",
        "Watch over every child with a plan who waits for a place: safety, the worth of the "
        "provision, and the place itself",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
        acts=("cases.considered",),
    ),
)  # fmt: skip

_IN_NORTH_YORKSHIRE = (
    Responsibility(
        "north_yorkshire_named_person",
        "Name a person to whom schools, agencies and the public report children",
        _AUTHORITY, _OF, _COORDINATOR, NORTH_YORKSHIRE,
        acts=("accounts.appointed",),
    ),
    Responsibility(
        "north_yorkshire_prompt_enquiries",
        "Enquire at once, school and authority, so that no child becomes missing",
        _AUTHORITY, _OF, _OFFICER, NORTH_YORKSHIRE,
        acts=("cme.asked", "cme.answered", "cme.joint_enquiry"),
        letters=("school_request",),
    ),
    Responsibility(
        "north_yorkshire_share",
        "Share information with the services named in the protocols, and with other authorities",
        _AUTHORITY, _OF, _OFFICER, NORTH_YORKSHIRE,
        acts=("cme.asked",),
        letters=("agency_enquiry", "authority_enquiry"),
    ),
    Responsibility(
        "north_yorkshire_harm",
        "Log a child at risk of significant harm and act urgently, once the school's designated "
        "person has been told",
        _AUTHORITY, "safeguarding", _OFFICER, NORTH_YORKSHIRE,
        acts=("referrals.received", "cases.urgency", "cases.concern"),
    ),
    Responsibility(
        "north_yorkshire_protect",
        "Safeguard children's welfare, and protect them from harm and neglect",
        _AUTHORITY, "safeguarding", _OFFICER, NORTH_YORKSHIRE,
        acts=("cases.considered", "cases.concern", "cases.concern_result"),
        note="Listed there as a duty of the authority, without saying where the law states it.",
    ),
)  # fmt: skip

_IN_LEEDS = (
    Responsibility(
        "leeds_school_enquiries",
        "Enquire promptly where a child is who is thought to be missing",
        _SCHOOL, _OF, _OFFICER, LEEDS,
        letters=("school_warning",),
        note="Asked of health services and other partners as well.",
    ),
    Responsibility(
        "leeds_school_gathers",
        "Gather what is known of child, family and friends before telling the authority",
        _SCHOOL, _OF, _OFFICER, LEEDS,
        letters=("more_needed", "school_request"),
    ),
    Responsibility(
        "leeds_school_refers",
        "Refer the child to the team within four weeks of being aware, with any concerns",
        _SCHOOL, _OF, _OFFICER, LEEDS,
        duties=("CME_LEEDS_REFER",),
        acts=("referrals.received",),
        letters=("referral_received",),
    ),
    Responsibility(
        "leeds_parent_tells",
        "Tell the school when the place is needed no more, however short the absence",
        _PARENT, _OF, _OFFICER, LEEDS,
    ),
    Responsibility(
        "leeds_enquire",
        "Identify children, enquire where they are, and see that they get education",
        _AUTHORITY, _OF, _OFFICER, LEEDS,
        acts=("cme.begun", "cme.asked", "cme.answered", "cme.secured"),
    ),
    Responsibility(
        "leeds_by_risk",
        "Deal first with the referrals that show the most risk",
        _AUTHORITY, _OF, _COORDINATOR, LEEDS,
        acts=("referrals.rescored", "cases.urgency"),
    ),
    Responsibility(
        "leeds_key_worker",
        "Give each missing child who lives in the area a key worker for the way back to school",
        _AUTHORITY, _OF, "attendance_officer", LEEDS,
        acts=("cases.allocated",),
    ),
    Responsibility(
        "leeds_tell_other_authority",
        "Refer a child to the authority in whose area the child seems to live",
        _AUTHORITY, _OF, _OFFICER, LEEDS,
        acts=("cme.asked", "cme.accepted"),
        letters=("authority_enquiry",),
    ),
    Responsibility(
        "leeds_receive",
        "Trace and support a child whom another authority reports",
        _AUTHORITY, _OF, _OFFICER, LEEDS,
        acts=("referrals.received", "cme.begun"),
    ),
    Responsibility(
        "leeds_abroad",
        "Have it confirmed by a school or an agency there that a child has left the country",
        _AUTHORITY, _OF, _OFFICER, LEEDS,
        acts=("cme.asked", "cme.answered", "cme.whereabouts"),
        letters=("agency_enquiry",),
    ),
)  # fmt: skip

_IN_WORCESTERSHIRE = (
    Responsibility(
        "worcestershire_encourage",
        "Ask schools, partners and agencies, again and again, to report children",
        _AUTHORITY, _OF, _COORDINATOR, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_triage",
        "Sort reports so that the most vulnerable come first",
        _AUTHORITY, _OF, _COORDINATOR, WORCESTERSHIRE,
        acts=("referrals.accepted", "referrals.rescored", "cases.urgency"),
    ),
    Responsibility(
        "worcestershire_investigate",
        "Lead the enquiries into each report: where the child is, and which education is right",
        _AUTHORITY, _OF, _OFFICER, WORCESTERSHIRE,
        acts=("cme.asked", "cme.answered", "cme.whereabouts", "cme.secured"),
    ),
    Responsibility(
        "worcestershire_with_families",
        "Work on each case with the child, the parents and the agencies concerned",
        _AUTHORITY, _OF, _OFFICER, WORCESTERSHIRE,
        acts=("cases.contact",),
        letters=("first_letter", "home_visit"),
    ),
    Responsibility(
        "worcestershire_challenge",
        "Find what keeps a child from education, and challenge it",
        _AUTHORITY, _OF, _OFFICER, WORCESTERSHIRE,
        acts=("cases.challenged", "cases.challenge_answered"),
    ),
    Responsibility(
        "worcestershire_caseworker",
        "Give each child a caseworker until the case is resolved",
        _AUTHORITY, _OF, _COORDINATOR, WORCESTERSHIRE,
        acts=("cases.allocated", "cases.moved"),
        letters=("case_closed",),
    ),
    Responsibility(
        "worcestershire_networks",
        "Build trust with other authorities and partners who help to trace children",
        _AUTHORITY, _OF, _OFFICER, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_forums",
        "Take complex cases to the panels of several agencies, with the child's own voice",
        _AUTHORITY, _OF, _COORDINATOR, WORCESTERSHIRE,
    ),
    Responsibility(
        "worcestershire_orders",
        "Use school attendance orders and the law where that is needed",
        _AUTHORITY, _OF, _OFFICER, WORCESTERSHIRE,
        duties=("SAO_NOTICE", "SAO_CHOICE", "SAO_SCHOOL_OBJ"),
    ),
    Responsibility(
        "worcestershire_report",
        "Tell the team of any child on no roll who gets no suitable education",
        _SCHOOL, _OF, _OFFICER, WORCESTERSHIRE,
        acts=("referrals.received",),
        letters=("referral_received",),
        note="Asked of every professional.",
    ),
)  # fmt: skip

_IN_GLOUCESTERSHIRE = (
    Responsibility(
        "gloucestershire_visit",
        "Visit the home within five school days of absence",
        _SCHOOL, _OF, _OFFICER, _GLOUCESTERSHIRE,
        duties=("CME_GLOS_VISIT",),
    ),
    Responsibility(
        "gloucestershire_refer",
        "Refer the child by the tenth day of absence",
        _SCHOOL, _OF, _OFFICER, _GLOUCESTERSHIRE,
        duties=("CME_GLOS_REFER",),
        acts=("referrals.received",),
    ),
)  # fmt: skip

MISSING: tuple[Responsibility, ...] = (
    *_BY_LAW, *_IN_COVENTRY, *_IN_NORTH_YORKSHIRE, *_IN_LEEDS, *_IN_WORCESTERSHIRE,
    *_IN_GLOUCESTERSHIRE,
)  # fmt: skip
