"""What waits for a second person beside cases: packages above say what, My work shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from onroll.office.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class ToDecide:
    """One thing that somebody else asked for and this person may decide, and where.

    `says` names no child: it is counted and described only.
    """

    says: str
    label: str  # of the link, beginning with what is done there
    url: str


Teller = Callable[[Actor, date], Sequence[ToDecide]]
_tellers: list[Teller] = []


def let_tell_decisions(teller: Teller) -> None:
    """Let a package above say what waits for a second person. Called from AppConfig.ready()."""
    if teller not in _tellers:
        _tellers.append(teller)


def decisions_for(actor: Actor, on: date) -> list[ToDecide]:
    """Return what others asked for and this person may decide."""
    return [one for teller in _tellers for one in teller(actor, on)]
