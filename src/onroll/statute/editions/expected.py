"""Changes that have been announced or are waited for, and what has been said of their day."""

from datetime import date

from onroll.statute.editions.edition import Expected
from onroll.statute.sources import Confidence

_ACT = "Children's Wellbeing and Schools Act 2026"
_COVENTRY = "Coventry City Council, report to its scrutiny board, November 2025"
_NOT_COMMENCED = (
    "By regulations of the Secretary of State (s.78(5)); none was found. One source says from 2027."
)
_ENACTED = "legislation.gov.uk/ukpga/2026/21"

EXPECTED: tuple[Expected, ...] = (
    Expected(
        key="act_2026_consent",
        subject="home_education",
        title=f"{_ACT} s.37",
        what=(
            "Before some children may be taken out of school to be educated otherwise the "
            "authority must consent; a pilot of meetings before any child is taken out."
        ),
        says_when=_NOT_COMMENCED,
        cites=f"{_ENACTED}/section/37/enacted; {_ENACTED}/section/78/enacted; "
        "edyourself.org/government-amendments-for-lords-report",
        confidence=Confidence.SECONDARY,
        note=(
            "The pilot is read in a report. Whether the final Act looks back five years at a "
            "protection plan was not found."
        ),
    ),
    Expected(
        key="act_2026_registers",
        subject="not_in_school",
        title=f"{_ACT} s.38",
        what=(
            "Every authority keeps a register of children not in school, considers where each "
            "lives within 15 days, and supports parents who ask; parents and providers supply "
            "information."
        ),
        says_when=_NOT_COMMENCED,
        cites=f"{_ENACTED}/section/38/enacted; edyourself.org/?p=8733",
        confidence=Confidence.SECONDARY,
        note="The numbers of days are read in reports of the Act.",
    ),
    Expected(
        key="act_2026_attendance_orders",
        subject="not_in_school",
        title=f"{_ACT} s.39",
        what=(
            "A preliminary notice takes the place of the notice under s.437, with more that may "
            "start it; the home is considered; a breach is punished more heavily."
        ),
        says_when=_NOT_COMMENCED,
        cites=f"{_ENACTED}/schedule/2; edyourself.org/wellbeing-bill-applying-to-wales",
        confidence=Confidence.SECONDARY,
        note="The numbers of days and the penalty were not found: do not count by them.",
    ),
    Expected(
        key="act_2026_rest",
        subject="not_in_school",
        title=f"{_ACT} ss.40-42 and Schedule 2",
        what="What goes with the registers and the new orders, in this Act and in others.",
        says_when=_NOT_COMMENCED,
        cites=f"{_ENACTED}/section/78/enacted; {_ENACTED}/schedule/2",
        confidence=Confidence.VERIFIED,
        note="Only that these sections wait for regulations was read, not each of them.",
    ),
    Expected(
        key="act_2026_admissions",
        subject="admissions",
        title=f"{_ACT} ss.60-62 and a revised School Admissions Code",
        what="The authority's reach over in-year admissions extends to academies.",
        says_when="Sections 60 and 61 began on 29 June 2026. No day was found for the rest.",
        cites=f"{_ENACTED}/section/78/enacted; johnohowson.com",
        confidence=Confidence.SECONDARY,
        note="The text of these sections has not been read.",
    ),
    Expected(
        key="send_reform",
        subject="plans",
        title="Reform of special educational needs (White Paper of 23 February 2026)",
        what=(
            "Plans and the layers of support change. Reports say that the paper has nothing on "
            "education otherwise than at school."
        ),
        says_when=(
            "Consulted on until 18 May 2026; not to take effect before September 2030, as one "
            "charity reports."
        ),
        expected_on=date(2030, 9, 1),
        cites="irwinmitchell.com, 26 February 2026; sossen.org.uk; edyourself.org/?p=8379",
        confidence=Confidence.SECONDARY,
        note="Proposals, not law. Only the month is known.",
    ),
    Expected(
        key="coventry_eotas_policy",
        subject="eotas",
        title="Coventry's EOTAS policy",
        what="A policy in place of the internal position statement.",
        says_when="After the White Paper on special needs and alternative provision; no day given.",
        cites=_COVENTRY,
        confidence=Confidence.LOCAL,
    ),
    Expected(
        key="new_burdens",
        subject="home_education",
        title="New burdens assessment for authorities",
        what="What the national changes will cost authorities, and who pays.",
        says_when="When the national changes are final; no day given.",
        cites=_COVENTRY,
        confidence=Confidence.LOCAL,
        note="One authority expects it; no national announcement was found.",
    ),
    Expected(
        key="safeguarding_2026",
        subject="safeguarding",
        title="Keeping children safe in education 2026",
        what="A new edition, with transfer of information ahead of a move among its changes.",
        says_when="Consulted on from 12 February to 22 April 2026; the final text was not found.",
        cites="safecic.co.uk/news/3827; parliamenttoday.com",
        confidence=Confidence.UNCONFIRMED,
    ),
    Expected(
        key="off_site_2026",
        subject="off_site",
        title="Education (Improving Behaviour) (Academies and PRUs) Regulations 2026",
        what="Off-site direction on one footing for maintained schools, academies and PRUs.",
        says_when="Reported with the guidance that applies from 26 July 2026.",
        cites="iqmaward.com; schoolleaders.thekeysupport.com ref 53535",
        confidence=Confidence.SECONDARY,
        note="Neither the number of the regulations nor their text was found.",
    ),
    Expected(
        key="home_education_revision",
        subject="home_education",
        title="Elective home education: revised guidance",
        what="A new edition of the guidance of April 2019, for authorities and for parents.",
        says_when="Consulted on until 18 January 2024; no final version was found.",
        cites="edyourself.org/2023-consultation-revised-ehe-guidance",
        confidence=Confidence.SECONDARY,
    ),
)
