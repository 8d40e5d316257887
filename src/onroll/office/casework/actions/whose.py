"""The child of a referral: one already known, or one added from what was told."""

from datetime import date
from typing import TYPE_CHECKING, Any

from onroll.office.casework.models import Referral
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Faulty
from onroll.office.people.actions import add_child
from onroll.statute.identifiers import check_upn

if TYPE_CHECKING:
    from onroll.office.people.models import Child


def whose(
    referral: Referral, child: "Child | None", searched: str, *, by: Actor, on: date
) -> "Child":
    """Return the child of a referral, added from what was told where nobody known was chosen."""
    if child is None:
        return _add_child(referral, searched, by=by, on=on)
    if child.erased_at is not None:
        raise Faulty(("child", "This child's record has been erased. Choose another."))
    if referral.child_id is not None and referral.child_id != child.pk:
        raise Faulty(("child", "This referral has been joined to another child already."))
    return child


def _add_child(referral: Referral, searched: str, *, by: Actor, on: date) -> "Child":
    if not (referral.given_names or referral.family_name):
        raise Faulty(("child", "The referral gives no name. Ask for one, or add the child first."))
    is_possible = referral.upn and not any(
        problem.severity == "error" for problem in check_upn(referral.upn).problems
    )
    return add_child(
        searched=searched,
        given_names=referral.given_names,
        family_name=referral.family_name,
        born_on=referral.born_on,
        sex=referral.sex or "U",
        known_as="",
        first_language="",
        upn=referral.upn if is_possible else "",
        address=_address(referral),
        source=f"Referral {referral.ref}",
        by=by,
        on=on,
    )


def _address(referral: Referral) -> dict[str, Any] | None:
    """Return the address as told in the parts that a record has; None where there is no line."""
    lines = [line.strip(" ,") for line in referral.address.replace(",", "\n").splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return None
    return {
        "line_1": lines[0],
        "line_2": ", ".join(lines[1:-1]),
        "town": lines[-1] if len(lines) > 1 else "",
        "postcode": referral.postcode,
        "starts_on": referral.received_on,
    }
