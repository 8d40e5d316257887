"""What is done for a child missing education: trace, conclude, secure a place, close."""

from onroll.office.cme.actions.absences import record_absence, record_joint_enquiry
from onroll.office.cme.actions.checklist import (
    add_reason,
    add_template,
    change_reason,
    change_template,
    move_template,
    restore_reason,
    restore_template,
    retire_reason,
    retire_template,
)
from onroll.office.cme.actions.closing import close, reopen
from onroll.office.cme.actions.enquiries import Accepted, answer, ask, conclude, correct
from onroll.office.cme.actions.opening import begin
from onroll.office.cme.actions.places import (
    confirm_start,
    finish_step,
    hand_to_post_16,
    plan_step,
    record_reason,
    secure_place,
)

__all__ = [
    "Accepted",
    "add_reason",
    "add_template",
    "answer",
    "ask",
    "begin",
    "change_reason",
    "change_template",
    "close",
    "conclude",
    "confirm_start",
    "correct",
    "finish_step",
    "hand_to_post_16",
    "move_template",
    "plan_step",
    "record_absence",
    "record_joint_enquiry",
    "record_reason",
    "reopen",
    "restore_reason",
    "restore_template",
    "retire_reason",
    "retire_template",
    "secure_place",
]
