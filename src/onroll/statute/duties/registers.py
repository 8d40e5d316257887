"""What schools must return to the authority, and when a missing pupil may leave the register."""

from onroll.statute.commencement import REGISTERS_2024
from onroll.statute.counting import Reading, Unit
from onroll.statute.duties import absences
from onroll.statute.duty import Duty, Limit
from onroll.statute.sources import Confidence

REGISTERS = (
    Duty(
        id="REG_NEW_PUPIL",
        title="Send the new-pupil return to the authority",
        started_by="roll.entered_on",
        stopped_by=("return.sent_on",),
        limit=Limit(5, Unit.CALENDAR_DAY),
        who="school",
        cites="SI 2024/208 reg 13(1)-(3)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note=(
            "Not for the youngest class on the first day of the school year, unless the authority "
            "asks."
        ),
    ),
    Duty(
        id="REG_DELETE_RETURN",
        title="Send the deletion return to the authority, with the ground",
        started_by="roll.deleted_on",
        stopped_by=("return.sent_on",),
        limit_says="when the name is deleted",
        who="school",
        cites="SI 2024/208 reg 13(4)-(6)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note=(
            "Not for the oldest class at or after the end of the last term, unless the authority "
            "asks."
        ),
    ),
    Duty(
        id="REG_ATT_RETURN",
        title="Include the pupil in the attendance return: absent ten school days without leave",
        is_deadline=False,
        started_by="absence.codes",
        stopped_by=("return.sent_on",),
        limit_says="10 school days without a break, marked G, N, O or U",
        limit=Limit(10, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        events=absences.ten_days_without_leave,
        who="school",
        cites="SI 2024/208 reg 13(7)-(8)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note=(
            "From the tenth day the pupil belongs in the return, which goes when the authority and "
            "the school have agreed. A day counts when both its sessions are marked so; a session "
            "without a mark ends the count."
        ),
    ),
    Duty(
        id="REG_SICK_CONSEC",
        title="Send the sickness return: fifteen school days in a row",
        started_by="absence.codes",
        stopped_by=("return.sent_on",),
        limit_says="15 school days of sickness without a break",
        limit=Limit(15, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        events=absences.sick_in_a_row,
        who="school",
        cites="SI 2024/208 reg 13(9)(b)(i)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note=(
            "One absence is returned once, in a row or in total. The duty begins earlier, once "
            "there are reasonable grounds to expect fifteen days; a return sent before the "
            "fifteenth is not taken for this one here. A day counts when both its sessions are "
            "marked as sickness. "
            "Whether a day of unexpected closure (Y4) is a school day is not settled: it is "
            "passed over here."
        ),
    ),
    Duty(
        id="REG_SICK_TOTAL",
        title="Send the sickness return: fifteen school days in the school year",
        started_by="absence.codes",
        stopped_by=("return.sent_on",),
        limit_says="15 school days of sickness in the school year",
        limit=Limit(15, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        events=absences.sick_in_total,
        who="school",
        cites="SI 2024/208 reg 13(9)(b)(ii)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note=(
            "One absence is returned once, in a row or in total. A day counts when both its "
            "sessions are marked as sickness; consider half days too."
        ),
    ),
    Duty(
        id="REG_DEL_LEAVE",
        title="After this day, and joint enquiries, a pupil not back from leave may be deleted",
        is_deadline=False,
        started_by="leave.ended_on",
        stopped_by=("joint_enquiry.agreed_on",),
        limit=Limit(10, Unit.SCHOOL_DAY),
        who="school and authority",
        cites="SI 2024/208 reg 9(1)(h)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note=(
            "Only after school and authority have jointly made reasonable efforts, and not where "
            "sickness or an unavoidable cause is likely."
        ),
    ),
    Duty(
        id="REG_DEL_UNEXPL",
        title="From this day, after joint enquiries, a pupil absent unexplained may be deleted",
        is_deadline=False,
        started_by="absence.codes",
        limit_says="20 school days without a break, marked G, N or O",
        limit=Limit(20, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        events=absences.twenty_days_unexplained,
        who="school and authority",
        cites="SI 2024/208 reg 9(1)(i)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note=(
            "One session marked with any code but G, N or O starts the count again. Only after "
            "school and authority have jointly made reasonable efforts."
        ),
    ),
    Duty(
        id="REG_DEL_SUPPOSED",
        title="Joint enquiries: twenty school days of unexplained absence, if it goes on",
        is_deadline=False,
        started_by="absence.supposed_from",
        stopped_by=("joint_enquiry.agreed_on",),
        limit=Limit(20, Unit.SCHOOL_DAY, Reading.BEGINNING_WITH),
        who="school and authority",
        cites="SI 2024/208 reg 9(1)(i)",
        confidence=Confidence.DERIVED,
        since=REGISTERS_2024,
        note=(
            "The day on which twenty school days of continuous unexplained absence would be "
            "reached if nothing else was registered. Only the school's register can show that it "
            "was: one session marked with any code but G, N or O starts the count again."
        ),
    ),
    Duty(
        id="REG_N_TO_O",
        title="Establish the reason for the absence, or record it as unauthorised",
        started_by="absence.codes",
        limit=Limit(5, Unit.SCHOOL_DAY),
        events=absences.reason_not_established,
        who="school",
        cites="SI 2024/208 reg 10(7), (9)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
    ),
    Duty(
        id="CTF_SEND",
        title="Send the common transfer file to the next school, or to the lost pupil database",
        started_by="roll.left_on",
        stopped_by=("transfer_file.sent_on",),
        limit=Limit(15, Unit.SCHOOL_DAY),
        who="school",
        cites="SI 2005/1437",
        confidence=Confidence.RECALLED,
    ),
    Duty(
        id="REG_KEEP",
        title="Last day for which an entry of the registers must be kept",
        is_deadline=False,
        started_by="register_entry.made_on",
        limit=Limit(6 * 12, Unit.MONTH),
        who="school",
        cites="SI 2024/208 reg 7",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note="Six years from the entry; a back-up copy six years from the end of the school year.",
    ),
    Duty(
        id="REG_BACKUP",
        title="Make the next back-up copy of the registers",
        started_by="register.backed_up_on",
        stopped_by=("register.backed_up_on",),
        limit=Limit(1, Unit.MONTH),
        who="school",
        cites="SI 2024/208 reg 5(3)",
        confidence=Confidence.VERIFIED,
        since=REGISTERS_2024,
        note="At least once a month: a month from the last copy.",
    ),
)
