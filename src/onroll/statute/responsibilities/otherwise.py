"""What is asked about education otherwise than at school: section 19, EOTAS, plans, at home."""

from onroll.statute.responsibilities.entry import (
    COVENTRY,
    COVENTRY_REPORT,
    AskedOf,
    Responsibility,
    guidance,
    law,
    power,
)
from onroll.statute.sources import Confidence

_HOME_GUIDANCE = guidance(
    f"Elective home education, departmental guidance, April 2019, as told in: {COVENTRY_REPORT}"
)
_OFFICER, _PLANS = "engagement_officer", "plan_coordinator"
_HOME, _ATTENDANCE = "home_education_coordinator", "attendance_officer"
_AUTHORITY, _SCHOOL, _PARENT = AskedOf.AUTHORITY, AskedOf.SCHOOL, AskedOf.PARENT

_SECTION_19 = (
    Responsibility(
        "section_19_arrange",
        "Arrange suitable full-time education for children of compulsory school age who, because "
        "of exclusion, illness or otherwise, would not get it",
        _AUTHORITY, "section_19", _OFFICER, law("Education Act 1996 s.19"),
        duties=("S19_EXIT",),
        acts=("provision.recorded", "provision.corrected", "provision.ended"),
        note="Part-time only where health makes that better. Not in the last six weeks of "
        "compulsory school age where no examination is left.",
    ),
    Responsibility(
        "section_19_health",
        "Arrange it as soon as it is clear that 15 school days will be missed for health",
        _AUTHORITY, "health_needs", _OFFICER,
        guidance("Arranging education for children who cannot attend school because of health "
                 "needs, December 2023"),
        duties=("S19_HEALTH",),
        acts=("provision.recorded",),
    ),
    Responsibility(
        "coventry_panel_considers",
        "Consider on a panel what the school has done for a child who long stays away",
        _AUTHORITY, "section_19", _ATTENDANCE, COVENTRY,
    ),
    Responsibility(
        "coventry_panel_recommends",
        "Recommend what the school should do further, alternative provision among it",
        _AUTHORITY, "section_19", _ATTENDANCE, COVENTRY,
    ),
    Responsibility(
        "coventry_panel_provides",
        "Provide education through the authority's own service, in hospital too",
        _AUTHORITY, "section_19", _OFFICER, COVENTRY,
        acts=("provision.recorded",),
    ),
    Responsibility(
        "off_site_notice",
        "Give the parent written notice before a pupil is directed off site, and review it",
        _SCHOOL, "off_site", _OFFICER,
        law("The off-site direction regulations of 2010, amended by SI 2012/2532",
            Confidence.SECONDARY),
        duties=("OFFSITE_NOTICE", "OFFSITE_REVIEW"),
        note="Regulations of 2026 put this on a new footing; their text has not been read.",
    ),
)  # fmt: skip

_PLANS_AND_EOTAS = (
    Responsibility(
        "plan_suitable_education",
        "See that every child with a plan gets suitable education, as a rule by a school place",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
        acts=("provision.recorded",),
    ),
    Responsibility(
        "plan_back_to_school",
        "Help such a child back to school as soon as may be, and watch the provision until then",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
        acts=("cme.step", "cme.step_done"),
    ),
    Responsibility(
        "eotas_arrange",
        "Arrange special educational provision outside any school or college, only if provision "
        "there would be inappropriate",
        _AUTHORITY, "eotas", _PLANS,
        power("Children and Families Act 2014 s.61", Confidence.SECONDARY),
        acts=("provision.recorded",),
    ),
    Responsibility(
        "eotas_consult",
        "Consult the parent, or the young person, before doing so",
        _AUTHORITY, "eotas", _PLANS,
        law("Children and Families Act 2014 s.61", Confidence.SECONDARY),
    ),
    Responsibility(
        "eotas_threshold",
        "Have the evidence that the high threshold for it is met",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
    ),
    Responsibility(
        "eotas_section_f",
        "See with the family that the provision is what Section F of the plan says",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
    ),
    Responsibility(
        "eotas_providers",
        "Find the providers, set the provision up with them, and monitor it",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
        acts=("provision.recorded",),
    ),
    Responsibility(
        "eotas_quality",
        "Use providers whose quality is already assured, where that can be done",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
    ),
    Responsibility(
        "eotas_budget_evidence",
        "Require evidence, where a parent commissions by a personal budget, that the provision is "
        "good and suitable",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
    ),
    Responsibility(
        "eotas_half_term",
        "Meet every half term to oversee the provision",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
    ),
    Responsibility(
        "eotas_annual_review",
        "Review the package every year, with the plan",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
    ),
    Responsibility(
        "eotas_budget_review",
        "Review a personal budget after three months, then every year",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
        duties=("EOTAS_PB_REVIEW",),
    ),
    Responsibility(
        "eotas_short_term",
        "Aim at a move into a school or college: as a rule it is for a short time",
        _AUTHORITY, "eotas", _PLANS, COVENTRY,
    ),
)  # fmt: skip

_AT_HOME = (
    Responsibility(
        "parent_educate",
        "See that the child gets efficient full-time education suitable to age, ability and "
        "aptitude and to any special needs, at school or otherwise",
        _PARENT, "home_education", _HOME, law("Education Act 1996 s.7"),
    ),
    Responsibility(
        "home_engage",
        "Deal with families constructively; advise and support them",
        _AUTHORITY, "home_education", _HOME, _HOME_GUIDANCE,
    ),
    Responsibility(
        "home_oversee",
        "Keep an overview of the children who are educated at home",
        _AUTHORITY, "home_education", _HOME, _HOME_GUIDANCE,
        acts=("provision.recorded", "provision.corrected", "provision.ended"),
    ),
    Responsibility(
        "home_assess",
        "Assess whether the education is suitable where there is concern",
        _AUTHORITY, "home_education", _HOME, _HOME_GUIDANCE,
        acts=("provision.judged",),
    ),
    Responsibility(
        "home_proportion",
        "Take steps in proportion to reach families and offer support",
        _AUTHORITY, "home_education", _HOME, _HOME_GUIDANCE,
    ),
    Responsibility(
        "home_act",
        "Act where the education appears unsuitable",
        _AUTHORITY, "home_education", _HOME, _HOME_GUIDANCE,
        acts=("cases.referred",),
    ),
    Responsibility(
        "home_orders_last",
        "Use school attendance orders last",
        _AUTHORITY, "home_education", _HOME, _HOME_GUIDANCE,
        duties=("SAO_NOTICE", "SAO_CHOICE", "SAO_SCHOOL_OBJ"),
    ),
    Responsibility(
        "home_share",
        "Share what concerns a child's safety with those who should know",
        _AUTHORITY, "safeguarding", _HOME, _HOME_GUIDANCE,
        acts=("cases.concern",),
    ),
    Responsibility(
        "attendance_order_notice",
        "Serve notice on the parent of a child who appears not to be suitably educated: at least "
        "15 days to satisfy the authority",
        _AUTHORITY, "home_education", _HOME, law("Education Act 1996 s.437(1)-(2)"),
        duties=("SAO_NOTICE",),
    ),
    Responsibility(
        "attendance_order",
        "Serve a school attendance order where the authority is not satisfied and the child should "
        "attend school",
        _AUTHORITY, "home_education", _HOME, law("Education Act 1996 ss.437-442"),
        duties=("SAO_CHOICE", "SAO_SCHOOL_OBJ"),
    ),
    Responsibility(
        "attendance_order_prosecute",
        "Prosecute a parent who does not comply with an order",
        _AUTHORITY, "home_education", _HOME, power("Education Act 1996 ss.443, 446"),
    ),
    Responsibility(
        "coventry_home_coordinator",
        "Have a coordinator for home education who is an experienced teacher",
        _AUTHORITY, "home_education", _HOME, COVENTRY,
        acts=("accounts.post_held",),
    ),
    Responsibility(
        "coventry_home_register",
        "Keep a register of home education in the authority's own records",
        _AUTHORITY, "home_education", _HOME, COVENTRY,
        acts=("provision.recorded", "cme.home_education_accepted"),
    ),
    Responsibility(
        "coventry_home_told",
        "Tell the authority by its secure form when a pupil leaves for home education",
        _SCHOOL, "home_education", _HOME, COVENTRY,
        duties=("REG_DELETE_RETURN",),
    ),
    Responsibility(
        "coventry_home_welcome",
        "Write to welcome each family, send a booklet and offer a visit",
        _AUTHORITY, "home_education", _HOME, COVENTRY,
        note="There is no template of a welcome letter yet.",
    ),
    Responsibility(
        "coventry_home_signpost",
        "Show parents where advice and material are to be found",
        _AUTHORITY, "home_education", _HOME, COVENTRY,
    ),
    Responsibility(
        "coventry_home_together",
        "Work with the agencies that know the child",
        _AUTHORITY, "safeguarding", _HOME, COVENTRY,
    ),
    Responsibility(
        "coventry_home_protection_plan",
        "Ask whether home education can be suitable while a child protection plan stands",
        _AUTHORITY, "safeguarding", _HOME, COVENTRY,
    ),
    Responsibility(
        "coventry_home_monitor",
        "Watch closely, with the professionals concerned, over children with a social worker or a "
        "plan",
        _AUTHORITY, "safeguarding", _HOME, COVENTRY,
        acts=("cases.considered",),
    ),
    Responsibility(
        "home_plan_maintain",
        "Maintain the plan of a child who is educated at home, and review it every year",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
    ),
    Responsibility(
        "home_plan_intervene",
        "See that a child with a plan is suitably educated at home, and step in where that ends",
        _AUTHORITY, "plans", _PLANS, COVENTRY,
    ),
    Responsibility(
        "coventry_home_informal_first",
        "Teach and advise informally before any notice",
        _AUTHORITY, "home_education", _HOME, COVENTRY,
        acts=("cases.contact",),
    ),
    Responsibility(
        "off_rolling_not",
        "Never press for home education in place of an exclusion or of steps about attendance",
        _SCHOOL, "home_education", _ATTENDANCE, COVENTRY,
    ),
    Responsibility(
        "off_rolling_trends",
        "Watch, school by school, who leaves for home education",
        _AUTHORITY, "home_education", _ATTENDANCE, COVENTRY,
    ),
    Responsibility(
        "off_rolling_challenge",
        "Challenge, together with school improvement, patterns that should not be there",
        _AUTHORITY, "home_education", _ATTENDANCE, COVENTRY,
        acts=("cases.challenged", "cases.challenge_answered"),
    ),
)  # fmt: skip

OTHERWISE: tuple[Responsibility, ...] = (*_SECTION_19, *_PLANS_AND_EOTAS, *_AT_HOME)
