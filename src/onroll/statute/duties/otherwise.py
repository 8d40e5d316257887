"""Education that the authority or a school must arrange elsewhere."""

from onroll.statute.commencement import OFFSITE_REVIEWS_2013
from onroll.statute.counting import Reading, Unit
from onroll.statute.duty import Duty, Limit
from onroll.statute.sources import Confidence

OTHERWISE = (
    Duty(
        id="S19_HEALTH",
        title="Arrange education for a child too ill to attend school",
        started_by="health_absence.expected_from",
        stopped_by=("provision.started_on",),
        limit=Limit(15, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        who="authority",
        cites="Arranging education for children who cannot attend school because of health needs, "
        "December 2023; Education Act 1996 s.19",
        confidence=Confidence.SECONDARY,
        note=(
            "Guidance, not a limit in law: as soon as it is clear that fifteen school days will be "
            "missed, in a row or in total. Due on the fifteenth."
        ),
    ),
    Duty(
        id="S19_EXIT",
        title="From this day section 19 asks nothing more, once no examination is left to take",
        is_deadline=False,
        started_by="school_age.ends_on",
        limit=Limit(42, Unit.CALENDAR_DAY, Reading.BEFORE),
        who="authority",
        cites="Education Act 1996 s.19(1A)",
        confidence=Confidence.DERIVED,
        note="Six weeks before the child ceases to be of compulsory school age.",
    ),
    Duty(
        id="OFFSITE_NOTICE",
        title="Give the parent written notice of the off-site direction",
        started_by="offsite.starts_on",
        stopped_by=("offsite.notice_given_on",),
        limit=Limit(2, Unit.SCHOOL_DAY, Reading.BEFORE),
        who="school",
        cites="The 2010 off-site direction regulations, as explained by IPSEA",
        confidence=Confidence.SECONDARY,
        note="Regulations of 2026 put this on a new footing; their text has not been read.",
    ),
    Duty(
        id="OFFSITE_REVIEW",
        title="Ten weeks since the last review of an off-site direction: another may be asked for",
        is_deadline=False,
        started_by="offsite.reviewed_on",
        limit=Limit(70, Unit.CALENDAR_DAY),
        who="parent or authority",
        cites="SI 2012/2532, explanatory note",
        confidence=Confidence.DERIVED,
        since=OFFSITE_REVIEWS_2013,
        note=(
            "The weeks are taken for weeks of seven days. That the regulations began in January "
            "2013 is known from practice only, and the first of the month is supposed. Those of "
            "2026 have not been read."
        ),
    ),
)
