"""What a referral told, as its page and its reader want it: grouped, in words, nothing left out."""

from datetime import date

from django.template.defaultfilters import linebreaksbr

from onroll.office.casework.models import Referral, RiskFactor
from onroll.office.casework.queries.answers import ENQUIRIES, ENQUIRY_RESULTS, ReferralAnswers
from onroll.office.kernel.decision import Decision
from onroll.office.schools.models import School
from onroll.office.web.components import Row
from onroll.office.web.templatetags.onroll import day
from onroll.statute.ages import age_on, year_group, year_group_name
from onroll.statute.codes import DELETION_GROUNDS
from onroll.statute.identifiers import check_upn

Section = tuple[str, list[Row]]

SEXES = {"F": "Female", "M": "Male", "U": "Not known"}
ON_ROLL = {"yes": "Yes", "no": "No", "unknown": "Not known"}


def child_name(referral: Referral) -> str:
    """Return the child's name as told, or words that say there is none."""
    return " ".join(x for x in (referral.given_names, referral.family_name) if x) or "No name given"


def age_words(referral: Referral, on: date) -> str:
    """Return age and year group on a day as far as they were told."""
    born_on = referral.born_on
    if born_on is None:
        return referral.age_told
    year = year_group(born_on, on)
    group = year_group_name(year) if year is not None else ""
    return ", ".join(x for x in (f"{age_on(born_on, on)} years", group) if x)


def school_words(referral: Referral) -> str:
    """Return the school as matched, or as told."""
    return str(referral.school) if referral.school is not None else referral.school_told


def became(referral: Referral) -> str:
    """Return what whoever gave a referral is told of it: what is asked of them, or that somebody
    has decided. Which decision would tell of cases and children that they may not know of."""
    state = Referral.State(referral.state)
    told = (Referral.State.NEW, Referral.State.ASKED, Referral.State.RETURNED)
    return str(state.label) if state in told else "Decided"


def receipt(ref: str) -> str:
    """Return a receipt in groups of four, to be read out over the telephone."""
    return " ".join(ref[i : i + 4] for i in range(0, len(ref), 4))


def sections(referral: Referral, *, may_see_referrer: Decision, on: date) -> list[Section]:
    """Return everything told, under headings; empty groups are left out, empty lines within are not
    where an officer would ask for them."""
    found = [
        ("The child", _child(referral, on)),
        ("What happened", _what_happened(referral)),
        ("Concerns", _concerns(referral)),
        ("Enquiries made before", _enquiries(referral)),
        ("Family and friends", _people(referral)),
        ("Who told us", _referrer(referral, may_see_referrer)),
    ]
    return [(title, rows) for title, rows in found if rows]


def _child(r: Referral, on: date) -> list[Row]:
    problems = [p.says for p in check_upn(r.upn).problems] if r.upn else []
    rows = [
        Row(
            "Name",
            child_name(r),
            note=f"Also known as {r.also_known_as}" if r.also_known_as else "",
        ),
        Row(
            "Date of birth",
            day(r.born_on) or r.age_told,
            note=age_words(r, on) if r.born_on else "",
        ),
        Row("Sex", SEXES.get(r.sex, "")),
        Row("UPN", r.upn, note=" ".join(problems)),
        Row("Address", ", ".join(x for x in (*r.address.splitlines(), r.postcode) if x)),
    ]
    return rows + _said(Row("Languages", r.languages))


def _what_happened(r: Referral) -> list[Row]:
    ground = (
        f"{r.deletion_ground}: {DELETION_GROUNDS[r.deletion_ground].title}"
        if r.deletion_ground in DELETION_GROUNDS
        else r.deletion_ground
    )
    return [
        Row(
            "School",
            school_words(r),
            note="As told: not matched to a school" if r.school_told and not r.school else "",
        ),
        *_said(
            Row("On that school’s roll now", ON_ROLL.get(r.on_roll_now, "")),
            Row("Last attended", day(r.last_attended_on)),
            Row("Child last seen", day(r.child_seen_on)),
            Row("Became aware on", day(r.aware_on)),
            Row("Kind of departure", r.get_departure_display() if r.departure else ""),
            Row("Where to", r.destination),
            Row("Expected back", day(r.return_expected_on)),
            Row("Ground of deletion", ground),
            Row("Starts on", day(r.starts_on)),
            Row("New to the country", "Yes" if r.new_to_country else ""),
            Row("Why they think so", linebreaksbr(r.reason)),
        ),
    ]


def _concerns(r: Referral) -> list[Row]:
    return _said(
        Row("Significant harm", "Yes" if r.significant_harm else ""),
        Row("What the danger is", r.harm_detail),
        Row("Concerns", linebreaksbr(r.concerns)),
    )


def _enquiries(r: Referral) -> list[Row]:
    rows = [
        Row(
            ENQUIRIES.get(e["enquiry"], e["enquiry"]), ENQUIRY_RESULTS.get(e["result"], e["result"])
        )
        for e in r.enquiries_made
    ]
    return rows + _said(Row("In their words", r.enquiries_detail))


def _people(r: Referral) -> list[Row]:
    return [
        Row(
            p.get("relationship") or "Relationship not said",
            p.get("name", ""),
            note=" · ".join(x for x in (p.get("telephone"), p.get("email"), p.get("address")) if x),
        )
        for p in r.carers
    ]


def _referrer(r: Referral, may_see: Decision) -> list[Row]:
    rows = [Row("Source", r.get_source_display(), note=r.get_route_display())]
    if not may_see:
        return [*rows, Row("Name", "Withheld", note=may_see.refusal)]
    rows += _said(
        Row(
            "Name",
            r.referrer_name,
            note="Asked us not to say who they are" if r.withhold_referrer else "",
        ),
        Row("Role", r.referrer_role),
        Row("Organisation", r.referrer_organisation),
        Row("Telephone", r.referrer_telephone),
        Row("E-mail", r.referrer_email),
    )
    if r.taken_by is not None:
        rows.append(Row("Taken by", str(r.taken_by)))
    return rows


def _said(*rows: Row) -> list[Row]:
    return [row for row in rows if row.value]


def summary_of(told: ReferralAnswers) -> list[Section]:
    """Return what somebody is about to send, for them to check: their own words, all of them."""
    shown = Referral(**told.columns)
    if told.school_id is not None:
        shown.school = School.objects.defer("extract").get(pk=told.school_id)
    ticked = RiskFactor.objects.as_known().filter(key__in=told.factors).order_by("starts_on")
    titles = dict(ticked.values_list("key", "title"))  # the latest words of each
    found = [
        ("The child", _said(*_child_as_told(shown))),
        ("What happened", _said(*_what_happened(shown))),
        (
            "Concerns",
            [
                *_concerns(shown),
                *_said(Row("Known", ", ".join(titles.get(k, k) for k in told.factors))),
            ],
        ),
        ("Enquiries made", _enquiries(shown)),
        ("Family and friends", _people(shown)),
        (
            "About you",
            _said(
                Row("Who you are", shown.get_source_display()),
                Row("Name", shown.referrer_name),
                Row("Role", shown.referrer_role),
                Row("Organisation", shown.referrer_organisation),
                Row("Telephone", shown.referrer_telephone),
                Row("E-mail", shown.referrer_email),
                Row("Keep my name to yourselves", "Yes" if shown.withhold_referrer else ""),
            ),
        ),
    ]
    return [(title, rows) for title, rows in found if rows]


def _child_as_told(r: Referral) -> list[Row]:
    return [
        Row("First or given names", r.given_names),
        Row("Last or family name", r.family_name),
        Row("Also known as", r.also_known_as),
        Row("Date of birth", day(r.born_on)),
        Row("Age", r.age_told),
        Row("Sex", SEXES.get(r.sex, "")),
        Row("UPN", r.upn),
        Row("Address", ", ".join(x for x in (*r.address.splitlines(), r.postcode) if x)),
        Row("Languages", r.languages),
    ]
