"""The standing of a child on a day, and why.

Nobody ticks "missing education": it follows from what is recorded. The rules stand in the order in
which they are tried, and the first that holds decides; whatever else holds that day and might be
thought to decide is named among the reasons.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onroll.statute.ages import compulsory_school_age, year_group
from onroll.statute.beside import beside, local, monitored, register
from onroll.statute.packs import NATIONAL, Pack
from onroll.statute.reasons import ACT, PROVISION, ChildDay, Place, Reason
from onroll.statute.sources import Confidence
from onroll.statute.spans import ChildFacts, Outcome, What
from onroll.statute.writing import written

_A_DAY = timedelta(days=1)

_AGE = "Education Act 1996 s.8"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a child stands on a day.

    `national_cme` is the national definition of missing education, `local_cme` that of the
    authority's pack, `cnis_scope` whether the child would be in the register of children not in
    school under the Act of 2026. `on_roll` and `suitable_otherwise` are the two halves of the
    definition, asked one by one: a registered pupil, and suitable education otherwise than at
    school. `monitored` are the keys of what an authority keeps an eye on although it is not
    counted as missing education. `why` begins with the reason that decided.
    """

    on: date
    place: Place
    national_cme: bool
    local_cme: bool
    cnis_scope: bool
    compulsory_school_age: bool
    year_group: int | None
    on_roll: bool
    suitable_otherwise: bool
    monitored: tuple[str, ...]
    why: tuple[Reason, ...]

    def as_json(self) -> dict[str, object]:
        """The standing as the command prints it."""
        return {
            "standing": self.place.value,
            "on": self.on.isoformat(),
            "national_cme": self.national_cme,
            "local_cme": self.local_cme,
            "cnis_scope": self.cnis_scope,
            "compulsory_school_age": self.compulsory_school_age,
            "year_group": self.year_group,
            "on_roll": self.on_roll,
            "suitable_otherwise": self.suitable_otherwise,
            "monitored": list(self.monitored),
            "why": [reason.as_json() for reason in self.why],
        }


def standing(child: ChildFacts, on: date, pack: Pack = NATIONAL) -> Standing:
    """Find where a child stands on a day, with the reasons.

    A child without a date of birth is taken to be of compulsory school age, so that nobody drops
    out of sight for want of a record.
    """
    holding = tuple(span for span in child.spans if span.holds_on(on))
    day = ChildDay(child, on, holding)
    place, reason = _place(day)
    is_school_age = _is_school_age(day)
    national = place is Place.MISSING_EDUCATION and child.resident
    locally = tuple(local(day, place, pack)) if child.resident and is_school_age else ()
    registered = tuple(register(day, place, is_school_age))
    return Standing(
        on=on,
        place=place,
        national_cme=national,
        local_cme=national or bool(locally),
        cnis_scope=bool(registered),
        compulsory_school_age=is_school_age,
        year_group=_year_group(day),
        on_roll=day.enrolled is not None,
        suitable_otherwise=_suitable_otherwise(day),
        monitored=tuple(monitored(day, place)) if is_school_age else (),
        why=(reason, *beside(day, place, pack), *locally, *registered),
    )


def stands_since(child: ChildFacts, on: date, pack: Pack = NATIONAL) -> date | None:
    """The first day of the unbroken time, up to a day, in which a child stands in one place.

    None where nothing at all is recorded of the time before: then nobody can say since when.
    """
    place = standing(child, on, pack).place
    first_recorded = min((span.starts_on for span in child.spans), default=None)
    for edge in sorted(_edges(child, on), reverse=True):
        if first_recorded is None or edge < first_recorded:
            return None
        if standing(child, edge - _A_DAY, pack).place is not place:
            return edge
    return None


def _edges(child: ChildFacts, on: date) -> set[date]:
    """The days up to one, that day included, on which the standing may have changed."""
    days = {span.starts_on for span in child.spans}
    days |= {span.ends_on + _A_DAY for span in child.spans if span.ends_on is not None}
    if child.born_on is not None:
        age = compulsory_school_age(child.born_on)
        days |= {age.starts_on, age.ends_on + _A_DAY}
    return {day for day in days if day <= on}


def _place(day: ChildDay) -> tuple[Place, Reason]:
    for rule in _RULES:
        found = rule(day)
        if found is not None:
            place, reason = found
            return place, replace(reason, criterion=place.value)
    return Place.MISSING_EDUCATION, Reason(
        "Of compulsory school age, on no school roll, and no suitable education otherwise is "
        "recorded.",
        ACT,
        criterion=Place.MISSING_EDUCATION.value,
    )


def _died(day: ChildDay) -> tuple[Place, Reason] | None:
    if not any(s.what is What.DIED and s.starts_on <= day.on for s in day.child.spans):
        return None
    return Place.DIED, Reason("The child has died.", "SI 2024/208 reg 9(1)(k)")


def _outside_school_age(day: ChildDay) -> tuple[Place, Reason] | None:
    if day.child.born_on is None:
        return None
    age = compulsory_school_age(day.child.born_on)
    if age.is_under(day.on):
        says = f"Compulsory school age begins on {written(age.starts_on)}."
        return Place.UNDER_SCHOOL_AGE, Reason(says, f"{_AGE}(2); SI 1998/1607")
    if age.is_over(day.on):
        says = f"Compulsory school age ended on {written(age.ends_on)}."
        return Place.OVER_SCHOOL_AGE, Reason(says, f"{_AGE}(3); SI 1997/1970")
    return None


def _on_roll(day: ChildDay) -> tuple[Place, Reason] | None:
    entry = day.enrolled
    if entry is None:
        return None
    at = f" of {entry.school}" if entry.school else " of a school"
    says = f"On the roll{at} since {written(entry.starts_on)}."
    return Place.ON_ROLL, Reason(says, f"{ACT}; SI 2024/208 reg 8")


def _abroad(day: ChildDay) -> tuple[Place, Reason] | None:
    if not any(span.verified for span in day.of(What.ABROAD)):
        return None
    says = "Has left the country, independently verified."
    return Place.LEFT_COUNTRY, Reason(says, ACT, Confidence.DERIVED)


def _moved_away(day: ChildDay) -> tuple[Place, Reason] | None:
    if not any(span.confirmed for span in day.of(What.MOVED_AWAY)):
        return None
    says = "Has moved to another area, confirmed."
    return Place.LEFT_AREA, Reason(says, ACT, Confidence.DERIVED)


def _eotas(day: ChildDay) -> tuple[Place, Reason] | None:
    if not day.of(What.EOTAS):
        return None
    says = "Receives special educational provision otherwise than in a school."
    return Place.EOTAS, Reason(says, "Children and Families Act 2014 s.61", Confidence.SECONDARY)


def _provision(day: ChildDay) -> tuple[Place, Reason] | None:
    for what, place in PROVISION.items():
        if day.suitable(what):
            says = f"Receives {what.says}, judged suitable."
            return place, Reason(says, ACT, Confidence.SECONDARY)
    return None


def _home_educated(day: ChildDay) -> tuple[Place, Reason] | None:
    suitabilities = {span.suitability for span in day.of(What.HOME_EDUCATION)}
    if Outcome.SUITABLE in suitabilities:
        return Place.HOME_EDUCATED, Reason("Educated at home, judged suitable.", ACT)
    if Outcome.NOT_ASSESSED in suitabilities:
        says = "Educated at home; whether it is suitable has not been assessed yet."
        return Place.HOME_EDUCATED, Reason(says, "Education Act 1996 s.7", Confidence.SECONDARY)
    return None


def _detained(day: ChildDay) -> tuple[Place, Reason] | None:
    if not day.of(What.DETAINED):
        return None
    return Place.DETAINED, Reason(
        "Is detained under an order of a court.",
        "Education Act 1996 s.562",
        Confidence.RECALLED,
    )


_RULES: tuple[Callable[[ChildDay], tuple[Place, Reason] | None], ...] = (
    _died,
    _outside_school_age,
    _on_roll,
    _abroad,
    _moved_away,
    _eotas,
    _provision,
    _home_educated,
    _detained,
)


def _suitable_otherwise(day: ChildDay) -> bool:
    """Whether suitable education otherwise than at school is recorded, on a roll or not.

    Education at home that nobody has assessed is taken for suitable until somebody finds it is
    not: the law supposes it of a parent.
    """
    return any(rule(day) is not None for rule in (_eotas, _provision, _home_educated))


def _is_school_age(day: ChildDay) -> bool:
    born_on = day.child.born_on
    return born_on is None or compulsory_school_age(born_on).holds_on(day.on)


def _year_group(day: ChildDay) -> int | None:
    if day.child.born_on is None:
        return day.child.year_group
    return year_group(day.child.born_on, day.on, override=day.child.year_group)
