"""What a number that somebody types leads to: a case, a referral. Packages above tell."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.references import is_well_formed, tidy_reference


@dataclass(frozen=True, slots=True)
class Lead:
    """A page to which a number leads, and what it is."""

    url: str
    says: str


# (references as they can have been meant, who asks) -> what they number, as that person may know.
Leader = Callable[[frozenset[str], Actor], list[Lead]]
_leaders: dict[str, Leader] = {}

SHORTEST, LONGEST = 8, 20  # between these are the lengths of all references
MOST_PARTS = 10


def let_lead(what: str, leader: Leader) -> None:
    """Let a package above lead from its numbers, such as those of cases, to its pages.

    Called once from AppConfig.ready(); a later call for the same `what` replaces.
    """
    _leaders[what] = leader


def leads(text: str, *, by: Actor) -> tuple[Lead, ...]:
    """Return what a typed text numbers; nothing that this person may not know, as if it were not.

    The number may stand alone in groups ("34K1 SC11 4QZA") or among words ("case 1GKTY1A1Z").
    """
    parts = re.findall(r"[A-Za-z0-9]+", text)[:MOST_PARTS]
    runs = {
        "".join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
    }
    typed = (tidy_reference(run) for run in runs if SHORTEST <= len(run) <= LONGEST)
    meant = frozenset(reference for reference in typed if is_well_formed(reference))
    if not meant:
        return ()
    return tuple(lead for leader in _leaders.values() for lead in leader(meant, by))
