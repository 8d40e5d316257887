"""What is asked about registers and returns, school places, safeguarding and requests."""

from onroll.statute.responsibilities.entry import (
    NORTH_YORKSHIRE,
    AskedOf,
    Responsibility,
    guidance,
    law,
    practice,
)
from onroll.statute.sources import Confidence

_REGULATIONS = "SI 2024/208"
_OFFICER, _CME, _REQUESTS = "attendance_officer", "cme_officer", "information_governance"
_AUTHORITY, _SCHOOL = AskedOf.AUTHORITY, AskedOf.SCHOOL
_OF = "registers"

REGISTERS: tuple[Responsibility, ...] = (
    Responsibility(
        "registers_keep",
        "Keep both registers electronically, with a copy made every month, every change traceable, "
        "and every entry for six years",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} regs 5-7"),
        duties=("REG_BACKUP", "REG_KEEP"),
    ),
    Responsibility(
        "registers_reason",
        "Establish why a pupil was absent within five school days, or record it as without leave",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} reg 10(7), (9)"),
        duties=("REG_N_TO_O",),
    ),
    Responsibility(
        "registers_delete_lawfully",
        "Take a name off the register only on a ground of the Regulations, and then always",
        _SCHOOL, _OF, _CME, law(f"{_REGULATIONS} reg 9"),
        acts=("roll.removed",),
    ),
    Responsibility(
        "registers_joint_enquiry",
        "Make joint reasonable efforts, school and authority, before a missing pupil's name is "
        "deleted",
        _SCHOOL, _OF, _CME, law(f"{_REGULATIONS} reg 9(1)(h)-(i)"),
        duties=("REG_DEL_LEAVE", "REG_DEL_UNEXPL", "REG_DEL_SUPPOSED"),
        acts=("cme.joint_enquiry", "cme.joint_enquiry_corrected"),
    ),
    Responsibility(
        "registers_joint_enquiry_authority",
        "Take part in these efforts, and agree or not where the child has been found",
        _AUTHORITY, _OF, _CME, law(f"{_REGULATIONS} reg 9(1)(h)-(i)"),
        duties=("REG_DEL_LEAVE", "REG_DEL_UNEXPL", "REG_DEL_SUPPOSED"),
        acts=("cme.joint_enquiry", "cme.joint_enquiry_corrected"),
        letters=("school_request",),
    ),
    Responsibility(
        "return_new_pupil",
        "Send the authority what the register holds of a new pupil, within five days",
        _SCHOOL, _OF, _CME, law(f"{_REGULATIONS} reg 13(1)-(3)"),
        duties=("REG_NEW_PUPIL",),
    ),
    Responsibility(
        "return_deletion",
        "Tell the authority of each name deleted, with the ground and what is known of the future",
        _SCHOOL, _OF, _CME, law(f"{_REGULATIONS} reg 13(4)-(6)"),
        duties=("REG_DELETE_RETURN",),
    ),
    Responsibility(
        "return_attendance",
        "Give the authority, as often as agreed, the pupils who do not attend regularly or missed "
        "ten school days without leave",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} reg 13(7)-(8)"),
        duties=("REG_ATT_RETURN",),
    ),
    Responsibility(
        "return_sickness",
        "Tell the authority of pupils who are or will be away sick for 15 school days",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} reg 13(9)-(11)"),
        duties=("REG_SICK_CONSEC", "REG_SICK_TOTAL"),
    ),
    Responsibility(
        "registers_open_to_authority",
        "Let the authority's officers see the registers in school hours and take extracts",
        _SCHOOL, _OF, _OFFICER, law(f"{_REGULATIONS} reg 12"),
    ),
    Responsibility(
        "registers_agree_interval",
        "Agree with each school how often it makes the attendance return",
        _AUTHORITY, _OF, _OFFICER, law(f"{_REGULATIONS} reg 13(7)"),
    ),
    Responsibility(
        "transfer_file",
        "Send the common transfer file when a pupil leaves",
        _SCHOOL, _OF, _CME, law("SI 2005/1437", Confidence.RECALLED),
        duties=("CTF_SEND",),
    ),
    Responsibility(
        "safeguarding_schools",
        "Safeguard pupils and promote their welfare",
        _SCHOOL, "safeguarding", _OFFICER,
        law("Education Act 2002 s.175", Confidence.RECALLED),
        note="One authority reads in it the duty to look into every absence that is unexplained.",
    ),
    Responsibility(
        "in_year_outcome",
        "Tell the parent the outcome of an in-year application within 15 school days, and aim "
        "at 10",
        _SCHOOL, "admissions", _CME,
        law("School Admissions Code 2021, in-year admissions", Confidence.SECONDARY),
        duties=("INYEAR_OUTCOME", "INYEAR_AIM"),
        acts=("places.outcome_told",),
        note="Asked of the admission authority, which is the school, its trust or the authority.",
    ),
    Responsibility(
        "fair_access_allocate",
        "Allocate a place within 20 school days to a child whom the fair access protocol covers",
        _AUTHORITY, "admissions", _CME,
        law("School Admissions Code 2021 para 3.17 and fair access protocols",
            Confidence.SECONDARY),
        duties=("FAP_ALLOC", "FAP_OUT", "FAP_CINCP"),
        acts=("places.offered",),
    ),
    Responsibility(
        "national_return",
        "Make the termly return on home education and on children missing education",
        _AUTHORITY, "children_missing", "analyst",
        guidance("DfE, Elective home education and children missing education, methodology"),
        note="Required since autumn 2024, as the methodology says; its guide has not been read.",
    ),
    Responsibility(
        "north_yorkshire_sixth_day",
        "Arrange education for permanently excluded pupils from the sixth day",
        _AUTHORITY, "sixth_day", "engagement_officer", NORTH_YORKSHIRE,
        duties=("DAY6_PEX",),
        acts=("provision.recorded",),
    ),
    Responsibility(
        "north_yorkshire_orders",
        "Serve notice and a school attendance order where home education is not shown to be "
        "suitable, and prosecute",
        _AUTHORITY, "home_education", "home_education_coordinator", NORTH_YORKSHIRE,
        duties=("SAO_NOTICE", "SAO_CHOICE", "SAO_SCHOOL_OBJ"),
    ),
    Responsibility(
        "north_yorkshire_absence",
        "Prosecute, or issue a penalty notice, where a registered child does not attend",
        _AUTHORITY, "attendance", _OFFICER, NORTH_YORKSHIRE,
        duties=("PN_EARLY_PAY", "PN_FINAL_PAY", "PN_MAX"),
    ),
    Responsibility(
        "north_yorkshire_supervision",
        "Seek an education supervision order in the family court to support a child",
        _AUTHORITY, "attendance", _OFFICER, NORTH_YORKSHIRE,
        duties=("ESO_LENGTH", "ESO_EXT"),
    ),
    Responsibility(
        "information_request",
        "Answer a request for information by the twentieth working day",
        _AUTHORITY, "information", _REQUESTS,
        law("Freedom of Information Act 2000 s.10", Confidence.SECONDARY),
        duties=("FOI",),
    ),
    Responsibility(
        "information_review",
        "Review an answer that the requester is not content with, if asked in time",
        _AUTHORITY, "information", _REQUESTS,
        practice("Coventry City Council, freedom of information replies", "coventry"),
        duties=("FOI_REVIEW_ASK",),
    ),
    Responsibility(
        "subject_access",
        "Answer within a month a person who asks for what is held about them",
        _AUTHORITY, "information", _REQUESTS,
        law("UK GDPR Article 12(3)", Confidence.SECONDARY),
        duties=("SAR",),
    ),
)  # fmt: skip
