"""Letters, and requests for information."""

from onroll.statute.commencement import (
    EXCLUSIONS_2012,
    FREEDOM_OF_INFORMATION_2005,
    SUBJECT_ACCESS_PAUSE_2026,
)
from onroll.statute.counting import Unit
from onroll.statute.duty import Duty, Limit, Longer, Pause
from onroll.statute.pauses import paused_or_longer
from onroll.statute.sources import Confidence

INFORMATION = (
    Duty(
        id="POST_DEEMED",
        title="A first-class letter counts as received",
        is_deadline=False,
        started_by="letter.posted_on",
        limit=Limit(2, Unit.WORKING_DAY),
        who="post",
        cites="SI 2012/1033 reg 6(11), reg 8(3), Sch 1 para 1(2)",
        confidence=Confidence.VERIFIED,
        since=EXCLUSIONS_2012,
        note="It moves no other clock by itself. A letter delivered by hand counts the same day.",
    ),
    Duty(
        id="FOI",
        title="Answer the freedom of information request",
        started_by="foi.received_on",
        stopped_by=("foi.sent_on",),
        limit=Limit(20, Unit.WORKING_DAY),
        who="authority",
        cites="Freedom of Information Act 2000 s.10",
        confidence=Confidence.SECONDARY,
        since=FREEDOM_OF_INFORMATION_2005,
        note=(
            "Promptly, and by this day. A bank holiday in any part of the United Kingdom is out. "
            "That the section began on 1 January 2005 is known from practice only."
        ),
    ),
    Duty(
        id="SAR",
        title="Answer the subject access request",
        started_by="sar.received_on",
        stopped_by=("sar.sent_on",),
        limit=Limit(1, Unit.MONTH),
        pause=Pause(
            "sar.clarification_asked_on",
            "sar.clarification_given_on",
            "waiting for what is needed to know who asks and for what",
            SUBJECT_ACCESS_PAUSE_2026,
        ),
        longer=Longer("sar.extended_on", Limit(3, Unit.MONTH)),
        events=paused_or_longer,
        who="authority",
        cites="UK GDPR Article 12(3); Data (Use and Access) Act 2025",
        confidence=Confidence.SECONDARY,
        note=(
            "Two further months if the request is complex and the person is told within the first "
            "limit. The search need only be reasonable and proportionate. The time waits for an "
            "answer from February 2026 on; that it did from the first of the month is supposed."
        ),
    ),
)
