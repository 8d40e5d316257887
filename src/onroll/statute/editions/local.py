"""What authorities have published of their own, edition by edition."""

from datetime import date

from onroll.statute.editions.edition import ONLY_THE_MONTH, Edition, Kind
from onroll.statute.sources import Confidence

_COVENTRY = "Coventry City Council, report to its scrutiny board, November 2025"
_COVENTRY_REPORT = date(2025, 11, 1)

LOCAL: tuple[Edition, ...] = (
    Edition(
        key="leeds_guide_21",
        subject="children_missing",
        title="One minute guide 21: Children missing education",
        edition="November 2024",
        kind=Kind.LOCAL,
        issuer="Leeds City Council",
        authority="leeds",
        applies_from=date(2024, 11, 1),
        cites="Leeds City Council, One minute guide 21",
        confidence=Confidence.LOCAL,
        note=ONLY_THE_MONTH,
    ),
    Edition(
        key="north_yorkshire_forms",
        subject="children_missing",
        title="Forms CME 1 (in-year leavers), CME 2 (referral), CME 3 (independent schools)",
        edition="April 2017",
        kind=Kind.LOCAL,
        issuer="North Yorkshire County Council",
        authority="north_yorkshire",
        applies_from=date(2017, 4, 1),
        cites="North Yorkshire County Council, Children missing from education",
        confidence=Confidence.LOCAL,
        note=f"{ONLY_THE_MONTH} The page rests on the national guidance of September 2016.",
    ),
    Edition(
        key="gloucestershire_form",
        subject="children_missing",
        title="Children missing education referral form",
        edition="undated",
        kind=Kind.LOCAL,
        issuer="Gloucestershire County Council",
        authority="gloucestershire",
        cites="docsbay.net/doc/492868, a copy",
        confidence=Confidence.LOCAL,
        note="The copy bears no date: nobody can say when it applied.",
    ),
    Edition(
        key="worcestershire_page",
        subject="children_missing",
        title="Attendance and children missing education: information for professionals",
        edition="undated",
        kind=Kind.LOCAL,
        issuer="Worcestershire County Council",
        authority="worcestershire",
        cites="Worcestershire County Council, page for professionals",
        confidence=Confidence.LOCAL,
        note="The page bears no date; it points to a policy document that has not been read.",
    ),
    Edition(
        key="coventry_report",
        subject="children_absent",
        title="Children absent from education",
        edition="November 2025",
        kind=Kind.LOCAL,
        issuer="Coventry City Council",
        authority="coventry",
        applies_from=_COVENTRY_REPORT,
        cites=_COVENTRY,
        confidence=Confidence.LOCAL,
        note=ONLY_THE_MONTH,
    ),
    Edition(
        key="coventry_extended_absence",
        subject="section_19",
        title="Policy on extended absence from school",
        edition="relaunched before November 2025",
        kind=Kind.LOCAL,
        issuer="Coventry City Council",
        authority="coventry",
        applies_from=_COVENTRY_REPORT,
        cites=_COVENTRY,
        confidence=Confidence.LOCAL,
        note=(
            "The report says that the policy was reviewed and relaunched earlier in the year "
            "and gives no day: taken to apply from the report at the latest."
        ),
    ),
    Edition(
        key="coventry_eotas",
        subject="eotas",
        title="Internal position statement on EOTAS, until there is a policy",
        edition="in use in November 2025",
        kind=Kind.LOCAL,
        issuer="Coventry City Council",
        authority="coventry",
        applies_from=_COVENTRY_REPORT,
        cites=_COVENTRY,
        confidence=Confidence.LOCAL,
        note="The statement itself is not public: taken to apply from the report at the latest.",
    ),
)
