"""What law, guidance and authorities' own statements ask for, one entry for each thing asked.

An entry says who is asked, which role of the authority owns it, which clocks run for it, and under
which verbs and with which letters the program does it. Where those are empty the program does not
do it yet. What is not law yet is no responsibility: it stands among the expected changes.
"""

from onroll.statute.responsibilities.attendance import ATTENDANCE
from onroll.statute.responsibilities.entry import AskedOf, Kind, Responsibility, Source
from onroll.statute.responsibilities.exclusions import EXCLUSIONS
from onroll.statute.responsibilities.missing import MISSING
from onroll.statute.responsibilities.otherwise import OTHERWISE
from onroll.statute.responsibilities.registers import REGISTERS

RESPONSIBILITIES: tuple[Responsibility, ...] = (
    *REGISTERS, *MISSING, *ATTENDANCE, *EXCLUSIONS, *OTHERWISE,
)  # fmt: skip


def asked_of(who: AskedOf, subject: str = "") -> tuple[Responsibility, ...]:
    """Return what is asked of somebody, on one subject or on all."""
    return tuple(
        entry
        for entry in RESPONSIBILITIES
        if entry.asked_of is who and subject in ("", entry.subject)
    )


def owned_by(role: str) -> tuple[Responsibility, ...]:
    """Return what a role of the authority does or sees to."""
    return tuple(entry for entry in RESPONSIBILITIES if entry.owned_by == role)


def timed_by(duty: str) -> tuple[Responsibility, ...]:
    """Return the responsibilities for which a clock runs, by the id of its duty."""
    return tuple(entry for entry in RESPONSIBILITIES if duty in entry.duties)


__all__ = [
    "RESPONSIBILITIES",
    "AskedOf",
    "Kind",
    "Responsibility",
    "Source",
    "asked_of",
    "owned_by",
    "timed_by",
]
