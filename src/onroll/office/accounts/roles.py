"""Roles: data in code, with stable keys. What each may do, in words and in permissions.

A permission is a short string that policies ask for; it is declared here and nowhere else.
"""

from dataclasses import dataclass

PERMISSIONS: dict[str, str] = {
    "children.find": "know of every child in the area whose whereabouts are not sealed",
    "children.record": "read the whole record of a child whom they may know of",
    "children.edit": "add children and record facts about them",
    "flags.restricted": "see and raise restricted safeguarding flags",
    "sealed.read": "see children whose whereabouts are sealed",
    "sealed.change": "seal a child's whereabouts, and be one of the two who lift a seal",
    "referrals.take": "type up a referral and load a file of referrals",
    "referrals.triage": "decide on referrals",
    "referrals.referrer": "see who made a referral when they asked us not to say",
    "cases.work": "work on cases of their own or of their team",
    "cases.see_all": "see every case",
    "cases.allocate": "allocate, transfer and reassign cases, and arrange cover",
    "cases.close": "close and reopen cases",
    "cases.locate": "make locating enquiries",
    "concerns.read": "see safeguarding concerns",
    "oversight.write": "record supervision and audits of cases",
    "letters.templates": "edit the templates of letters, the kinds of enquiry and the reasons",
    "schools.edit": "edit schools, calendars, rolls and contacts",
    "imports.apply": "apply and undo files",
    "find.load": "load lists of the whole population, accept a held one and run the search",
    "find.clear": "answer for children whom the search found in no education list",
    "find.figures": "see in figures how many the search found and how well it does",
    "attendance.see": "see attendance by school and group, in figures",
    "attendance.load": "send in registers, and take them back",
    "identity.decide": "say that two records are of one child, and take it back",
    "organisation.edit": "edit teams, posts, roles and the authority's details",
    "reports.run": "run reports and exports",
    "exports.children": "export children's chronologies",
    "journal.read": "see who has looked at a child's record, and the journal",
    "glass.break": "open a record in an emergency, with a reason",
}


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `key` is stored; it outlives the title."""

    key: str
    title: str
    says: str
    permissions: frozenset[str]
    is_schools: bool = False


def _role(key: str, title: str, says: str, permissions: str, *, schools: bool = False) -> Role:
    named = frozenset(permissions.split())
    unknown = named - PERMISSIONS.keys()
    if unknown:
        raise ValueError(f"role {key!r} names unknown permissions: {', '.join(sorted(unknown))}")
    return Role(key=key, title=title, says=says, permissions=named, is_schools=schools)


_CASEWORKER = (
    "children.find children.record children.edit referrals.take cases.work reports.run glass.break"
)

ROLES: tuple[Role, ...] = (
    _role(
        "cme_officer",
        "CME officer",
        "Traces children missing education and secures their education.",
        f"{_CASEWORKER} cases.locate cases.close concerns.read flags.restricted referrals.triage "
        "exports.children find.clear identity.decide attendance.see",
    ),
    _role(
        "cme_coordinator",
        "CME coordinator",
        "Sees every referral and case of children missing education, triages and allocates.",
        f"{_CASEWORKER} cases.locate cases.close cases.allocate cases.see_all concerns.read "
        "flags.restricted referrals.triage referrals.referrer imports.apply letters.templates "
        "exports.children journal.read sealed.read find.load find.clear find.figures "
        "identity.decide attendance.see attendance.load",
    ),
    _role(
        "attendance_officer",
        "Attendance officer",
        "Helps schools and families where a child on a roll is absent.",
        f"{_CASEWORKER} cases.close attendance.see attendance.load",
    ),
    _role(
        "home_education_coordinator",
        "Elective home education coordinator",
        "Keeps the register of children educated at home.",
        f"{_CASEWORKER} cases.close",
    ),
    _role(
        "engagement_officer",
        "Education engagement officer",
        "Secures education from the sixth day of an exclusion.",
        f"{_CASEWORKER} cases.close",
    ),
    _role(
        "plan_coordinator",
        "EHC plan coordinator",
        "Secures education for children with an EHC plan.",
        f"{_CASEWORKER} cases.close",
    ),
    _role(
        "virtual_school_head",
        "Virtual school head",
        "Watches over the education of children in care.",
        f"{_CASEWORKER} flags.restricted concerns.read attendance.see",
    ),
    _role(
        "panel_clerk",
        "Panel clerk",
        "Prepares meetings and minutes them.",
        "children.record reports.run",
    ),
    _role(
        "team_manager",
        "Team manager",
        "Allocates and oversees a team's casework.",
        f"{_CASEWORKER} cases.allocate cases.close cases.locate cases.see_all concerns.read "
        "flags.restricted oversight.write referrals.triage referrals.referrer imports.apply "
        "schools.edit letters.templates exports.children journal.read find.load find.clear "
        "find.figures identity.decide attendance.see attendance.load",
    ),
    _role(
        "strategic_lead",
        "Strategic lead",
        "Heads the service: approves reports and hears escalations.",
        "children.find children.record cases.see_all concerns.read flags.restricted "
        "oversight.write reports.run "
        "journal.read exports.children sealed.read sealed.change find.figures attendance.see",
    ),
    _role(
        "analyst",
        "Analyst",
        "Counts and reports; opens no child's record.",
        "reports.run imports.apply find.load find.figures attendance.see attendance.load",
    ),
    _role(
        "information_governance",
        "Information governance officer",
        "Answers requests, reviews who has looked, seals and unseals.",
        "children.find children.record journal.read reports.run exports.children sealed.read "
        "sealed.change identity.decide",
    ),
    _role(
        "administrator",
        "Administrator",
        "Keeps users, teams, schools and calendars; opens no child's record.",
        "organisation.edit schools.edit imports.apply letters.templates reports.run",
    ),
    _role(
        "school_user",
        "School user",
        "Sees who the school's own pupils are while they are the school's, and what it told.",
        "referrals.take",
        schools=True,
    ),
)

BY_KEY: dict[str, Role] = {role.key: role for role in ROLES}

# One person alone makes nobody a reader of sealed records: a second, who keeps them, agrees.
NEED_A_SECOND: frozenset[str] = frozenset(r.key for r in ROLES if "sealed.read" in r.permissions)
