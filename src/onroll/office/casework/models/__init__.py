"""The cover sheet of every case, and the work around it."""

from onroll.office.casework.models.case import (
    Allocation,
    Case,
    CaseState,
    CaseUrgency,
    Responsibility,
)
from onroll.office.casework.models.letters import Document, Letter, LetterTemplate
from onroll.office.casework.models.oversight import (
    AuditSample,
    Challenge,
    Concern,
    Consideration,
    Supervision,
)
from onroll.office.casework.models.referral import Referral, RiskFactor
from onroll.office.casework.models.work import (
    Attention,
    Contact,
    Deadline,
    Note,
    Submission,
    Task,
)

__all__ = [
    "Allocation",
    "Attention",
    "AuditSample",
    "Case",
    "CaseState",
    "CaseUrgency",
    "Challenge",
    "Concern",
    "Consideration",
    "Contact",
    "Deadline",
    "Document",
    "Letter",
    "LetterTemplate",
    "Note",
    "Referral",
    "Responsibility",
    "RiskFactor",
    "Submission",
    "Supervision",
    "Task",
]
