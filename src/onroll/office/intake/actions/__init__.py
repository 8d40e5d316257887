"""What is done with files: those read row by row here, and lists that another package reads."""

from onroll.office.intake.actions.files import apply, forget_originals, receive, undo
from onroll.office.intake.actions.landing import accept, forget, hold, land, refuse, take_back
from onroll.office.intake.kinds import register

__all__ = [
    "accept",
    "apply",
    "forget",
    "forget_originals",
    "hold",
    "land",
    "receive",
    "refuse",
    "register",
    "take_back",
    "undo",
]
