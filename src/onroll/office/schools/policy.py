"""Who may change schools, calendars, contacts and the roll."""

from datetime import date

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Decision, because
from onroll.office.schools.models import School
from onroll.statute.ages import compulsory_school_age
from onroll.statute.codes import DELETION_GROUNDS


def can_edit(actor: Actor) -> Decision:
    """May they change schools, calendars, contacts and vacancies?"""
    return because(
        actor.is_program or actor.may("schools.edit"),
        "Only a manager or an administrator can change schools, contacts and term dates.",
    )


def can_edit_contacts(actor: Actor, school: School) -> Decision:
    """May they change whom to ring in this school? A school keeps its own up to date."""
    return can_edit(actor) | because(
        school.pk in actor.schools or actor.may("imports.apply"),
        "Only this school or a manager can change its contacts.",
    )


def can_list_roll(actor: Actor, school: School) -> Decision:
    """May they see which children are on this school's roll?"""
    return because(
        actor.may("children.find") or school.pk in actor.schools,
        "Your role does not list the children.",
    )


def can_load_register(actor: Actor) -> Decision:
    """May they load DfE's register of schools?"""
    return because(
        actor.is_program or actor.may("imports.apply"),
        "Only people who apply files can load the register of schools.",
    )


def can_change_roll(actor: Actor) -> Decision:
    """May they record where a child is on roll, applies or is offered a place?"""
    return because(
        actor.is_program or actor.may("children.edit") or actor.may("schools.edit"),
        "Your role does not change a child's education record.",
    )


def needs_ground(born_on: date | None, on: date) -> bool:
    """Must a deletion on this day state its ground of regulation 9(1)?

    The grounds are for pupils of compulsory school age and from the day the regulations began;
    younger and older pupils leave under 9(3), which this program does not code.
    """
    if not any(ground.in_force(on) for ground in DELETION_GROUNDS):
        return False
    return born_on is None or compulsory_school_age(born_on).holds_on(on)
