"""What attendance adds to the pages of casework."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onroll.office.attendance.policy.seeing import can_see
from onroll.office.attendance.queries.figures_child import card_of
from onroll.office.casework.kinds import Card
from onroll.office.kernel.actor import Actor


def _attendance(child: Any, actor: Actor, on: date) -> Mapping[str, Any]:
    if not can_see(actor):
        return {}
    card = card_of(child, by=actor, on=on)
    return {"attendance": card, "ref": child.ref} if card is not None else {}


CARD = Card("attendance", "Attendance", "attendance/card_child.html", _attendance, 5)
