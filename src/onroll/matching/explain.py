"""Why two records may be of one child: a score from 0 to 100, and the reasons in sentences.

For people who decide, not for a program that joins: nothing is merged on a score. The points are
this program's own and `RULES` names their version. What they weigh, and why:

- **The same UPN or NHS number, 60**: one number belongs to one child. One character out, half of
  it. Another number takes 10 away only: a child can have had several.
- **The same date of birth, 45; one that slips of the pen explain, 25 to 35**; partly the same, 10.
- **The same name, 40**, another order or spelling 36 to 38, near 8 and more by how near. A name
  that is different takes 16 away, so that a stranger with the same birthday (29) is not offered:
  in a large area there are forty of them for every day.
- **Another date of birth takes 25 away, but 5 where the full name is the same**: dates are
  mistyped, and a child whose whole name is told should not be added a second time for it (35).
  So also where the name is spelt another way, or a second given name is left out, and the school
  or the house agrees.
- **The same house 15, the same postcode 10, a school in common 8, together at most 18**: families
  and classes share them. They order children who are alike otherwise.

Equal name and date of birth stand out (85). A name, a house and a school without a date of birth
or a number stay below 60 (58), the score from which the program itself takes two for one child.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from onroll.matching import normalise

RULES = "referral-match-2"

_NAME_POINTS = 40
_BIRTH_POINTS = 45
_UPN_POINTS = 60
_NHS_POINTS = 60
_PLACE_POINTS = 15
_POSTCODE_POINTS = 10
_SCHOOL_POINTS = 8
_AROUND_POINTS = 18
_OTHER_NAME = -16
_OTHER_BIRTH = -25
_PARTLY_THE_SAME = 10
_MISTYPED_BIRTH = -5


@dataclass(frozen=True, slots=True)
class Person:
    """What one record says of a child. Empty where it says nothing."""

    given_names: str = ""
    family_name: str = ""
    other_names: tuple[tuple[str, str], ...] = ()  # (given names, family name): former, known as
    born_on: date | None = None
    upn: str = ""
    nhs_number: str = ""
    line_1: str = ""
    postcodes: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()  # of today and before, by name


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two records are, and why, the weightiest reason first."""

    score: int
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Reason:
    points: int
    says: str
    is_whole: bool = False  # a full name, every word of it the same
    is_respelt: bool = False  # a full name, every word of it in some spelling


def compare(left: Person, right: Person) -> Comparison:
    """Return how likely two records are to be of one child, and why.

    The order of the two makes no difference. A record compared with itself scores 100 when it
    has a name and a date of birth.
    """
    name = _compare_all_names(left, right)
    place, school = _compare_places(left, right), _compare_schools(left, right)
    if place is not None and school is not None:
        school = _Reason(min(school.points, _AROUND_POINTS - place.points), school.says)
    birth = _compare_births(left.born_on, right.born_on)
    if birth is not None and birth.points == _OTHER_BIRTH and name is not None:
        agrees_around = place is not None or school is not None
        if name.is_whole or (name.is_respelt and agrees_around):
            birth = _Reason(_MISTYPED_BIRTH, birth.says)
    reasons = [
        reason
        for reason in (
            _compare_numbers("UPN", left.upn, right.upn, _UPN_POINTS),
            _compare_numbers("NHS number", left.nhs_number, right.nhs_number, _NHS_POINTS),
            birth,
            name,
            place,
            school,
        )
        if reason is not None
    ]
    reasons.sort(key=lambda r: (-r.points, r.says))
    found = sum(r.points for r in reasons)
    # A record with few answers cannot reach 100, but equal answers to everything do.
    if _says_the_same(left, right):
        found = 100
    return Comparison(score=max(0, min(100, found)), why=tuple(r.says for r in reasons))


def _says_the_same(left: Person, right: Person) -> bool:
    return left == right and bool(left.family_name or left.given_names) and left.born_on is not None


def _compare_numbers(title: str, left: str, right: str, points: int) -> _Reason | None:
    one, other = normalise.number(left), normalise.number(right)
    if not one or not other:
        return None
    if one == other:
        return _Reason(points, f"The {title} is the same.")
    if normalise.is_one_slip_away(one, other):
        return _Reason(points // 2, f"The {title} differs by one character.")
    # A child can have had several numbers, so a different one speaks only a little against.
    return _Reason(-10, f"The {title} is different.")


def _compare_births(left: date | None, right: date | None) -> _Reason | None:
    if left is None or right is None:
        return None
    if left == right:
        return _Reason(_BIRTH_POINTS, "The date of birth is the same.")
    if normalise.swapped_day_and_month(left) == right:
        return _Reason(35, "The date of birth has day and month changed over.")
    one, other = f"{left:%d%m%Y}", f"{right:%d%m%Y}"
    if sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return _Reason(30, "The date of birth differs in one digit.")
    if (left.day, left.month) == (right.day, right.month) and abs(left.year - right.year) == 1:
        return _Reason(28, "The date of birth is one year out.")
    if normalise.is_one_slip_away(one, other):
        return _Reason(25, "The date of birth has two digits changed over.")
    if left.year == right.year and (left.month == right.month or left.day == right.day):
        return _Reason(_PARTLY_THE_SAME, "The date of birth is partly the same.")
    return _Reason(_OTHER_BIRTH, "The date of birth is different.")


@lru_cache(maxsize=1024)
def births_near(born_on: date) -> frozenset[date]:
    """Return every date of birth that a slip of the pen explains where this one was meant."""
    days = {born_on}
    written = f"{born_on:%d%m%Y}"
    slips = {written[:i] + d + written[i + 1 :] for i in range(8) for d in "0123456789"}
    slips |= {written[:i] + written[i : i + 2][::-1] + written[i + 2 :] for i in range(7)}
    years = {f"{born_on:%d%m}{year:04}" for year in (born_on.year - 1, born_on.year + 1)}
    for slip in slips | years:
        try:
            days.add(date(int(slip[4:]), int(slip[2:4]), int(slip[:2])))
        except ValueError:
            continue
    days.add(normalise.swapped_day_and_month(born_on) or born_on)
    return frozenset(
        day
        for day in days
        if day.year > 1000
        and (near := _compare_births(born_on, day)) is not None
        and near.points > _PARTLY_THE_SAME
    )


def _compare_all_names(left: Person, right: Person) -> _Reason | None:
    current = _compare_names(_name(left), _name(right))
    pairs = [
        *((_name(left), other) for other in right.other_names),
        *((other, _name(right)) for other in left.other_names),
        *((a, b) for a in left.other_names for b in right.other_names),
    ]
    best = current
    for one, other in pairs:
        found = _compare_names(one, other)
        if found is None or found.points <= 0:
            continue
        # A former or other name says a little less than the name of today.
        found = replace(
            found,
            points=found.points - 2,
            says=f"Another recorded name agrees: {_lower_first(found.says)}",
        )
        if (
            best is None
            or found.points > best.points
            or (found.points == best.points and found.says < best.says)
        ):
            best = found
    return best


def _name(person: Person) -> tuple[str, str]:
    return person.given_names, person.family_name


def _lower_first(says: str) -> str:
    return says[:1].lower() + says[1:]


def _compare_names(left: tuple[str, str], right: tuple[str, str]) -> _Reason | None:
    """Compare two names, each (given names, family name)."""
    if not any(part.strip() for part in left) or not any(part.strip() for part in right):
        return None
    one, other = _split(left), _split(right)
    is_full = all((*one, *other))
    if one == other:
        return _Reason(_NAME_POINTS, "The name is the same.", is_full, is_full)
    if one == (other[1], other[0]):
        says = "The given and family names are changed over."
        return _Reason(38, says, is_full, is_full)
    if sorted(one[0] + one[1]) == sorted(other[0] + other[1]):
        return _Reason(37, "The name has the same words in another order.", is_full, is_full)
    if normalise.name_key(*left) == normalise.name_key(*right):
        return _Reason(36, "The name is spelt another way.", is_respelt=is_full)
    return _compare_parts(one, other)


def _compare_parts(
    one: tuple[tuple[str, ...], tuple[str, ...]], other: tuple[tuple[str, ...], tuple[str, ...]]
) -> _Reason:
    straight, crossed = _parts(one, other), _crossed(one, other)
    return crossed if crossed.points > straight.points else straight


def _crossed(
    one: tuple[tuple[str, ...], tuple[str, ...]], other: tuple[tuple[str, ...], tuple[str, ...]]
) -> _Reason:
    found = sorted((_alike(one[0], other[1]), _alike(one[1], other[0])))
    (less, less_says), (more, more_says) = found
    if less:
        both = sorted({less_says, more_says} - {"the same"}) or ["the same"]
        says = f"The name is near, with the names changed over: {' and '.join(both)}."
        return _Reason(6 + 14 * (less + more) // 100, says)
    if more:
        return _Reason(more * 6 // 100, f"A given name is a family name: {more_says}.")
    return _Reason(_OTHER_NAME, "The name is different.")


def _parts(
    one: tuple[tuple[str, ...], tuple[str, ...]], other: tuple[tuple[str, ...], tuple[str, ...]]
) -> _Reason:
    given, given_says = _alike(one[0], other[0])
    family, family_says = _alike(one[1], other[1])
    if given and family:
        both = sorted({given_says, family_says} - {"the same"}) or ["the same"]
        return _Reason(
            8 + 14 * (given + family) // 100,
            f"The name is near: {' and '.join(both)}.",
            # "Amelia Khan" and "Amelia Rose Khan"
            is_respelt=family == 100 and given == 90,
        )
    if family:
        return _Reason(family * 12 // 100, f"The family name is {family_says}.")
    if given:
        return _Reason(given * 8 // 100, f"The given name is {given_says}.")
    return _Reason(_OTHER_NAME, "The name is different.")


def _split(name: tuple[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    given, family = name
    return (
        normalise.name_words(given) if given.strip() else (),
        normalise.name_words(family) if family.strip() else (),
    )


def _alike(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[int, str]:
    """Return how alike two parts of a name are, from 0 to 100, and in words."""
    if not left or not right:
        return 0, ""
    if left == right:
        return 100, "the same"
    pairs = [_alike_words(a, b) for a in left for b in right]
    best, says = max(pairs, key=lambda found: (found[0], found[1]))
    if best == 100:
        return 90, "the same in part"
    return best, says


def _alike_words(one: str, other: str) -> tuple[int, str]:
    if one == other:
        return 100, "the same"
    if normalise.folded(one) == normalise.folded(other):
        return 92, "spelt another way"
    if other in normalise.short_forms(one):
        return 88, "a short form"
    if len(one) > 2 and len(other) > 2 and normalise.is_one_slip_away(one, other):
        return 80, "one letter different"
    if one[:1] == other[:1] and 1 in (len(one), len(other)):
        return 50, "an initial that agrees"
    if min(len(one), len(other)) >= 4 and (one.startswith(other) or other.startswith(one)):
        return 60, "the beginning of the other"
    return 0, ""


def _compare_places(left: Person, right: Person) -> _Reason | None:
    ones = {p for p in map(normalise.postcode, left.postcodes) if p}
    others = {p for p in map(normalise.postcode, right.postcodes) if p}
    shared = sorted(ones & others)
    if not shared:
        return None
    houses = {
        normalise.house_and_postcode(left.line_1, code)
        == normalise.house_and_postcode(right.line_1, code)
        for code in shared
    }
    if left.line_1 and right.line_1 and True in houses:
        return _Reason(_PLACE_POINTS, "The address is the same.")
    return _Reason(_POSTCODE_POINTS, "The postcode is the same.")


def _compare_schools(left: Person, right: Person) -> _Reason | None:
    shared = sorted(
        max(one, other, key=lambda name: (len(name), name))
        for one in left.schools
        for other in right.schools
        if normalise.is_same_school(one, other)
    )
    if not shared:
        return None
    return _Reason(_SCHOOL_POINTS, f"A school in common: {shared[0]}.")
