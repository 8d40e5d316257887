"""Why a child came up in a search, in words that tell no more than the child's own page does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onroll.matching import normalise
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, ChildAddress, ContactPoint, Relationship
from onroll.office.people.queries import asked as asking
from onroll.office.people.queries.asked import Asked
from onroll.office.people.queries.sealed import cleared, sealed_children, sealed_rows
from onroll.office.people.queries.search import knows_those_around


@dataclass(slots=True)
class Around:
    """What besides a child's own names can have met a search."""

    homes: Sequence[ChildAddress] = ()
    carers: list[Relationship] = field(default_factory=list)
    rung: list[tuple[str, str]] = field(default_factory=list)  # (whose, number)


def why_matched(
    children: Sequence[Child],
    *,
    others: Mapping[int, Sequence[str]],
    homes: Mapping[int, Sequence[ChildAddress]],
    wanted: Asked,
    by: Actor,
) -> dict[int, str]:
    """Return for each child why it fits; `others` are its other names, `homes` the newest first."""
    if not (wanted.words or wanted.codes or wanted.days or wanted.years):
        return {}
    around = {c.pk: Around(homes=homes.get(c.pk, ())) for c in children}
    met = {c.pk: _by_own_names(c, others.get(c.pk, ()), wanted) for c in children}
    if knows_those_around(by):
        _add_carers(around, [pk for pk, (_, unmet, _) in met.items() if unmet])
        if any(normalise.telephone(code) for code in wanted.codes):
            _add_telephones(around, by=by)
    return {c.pk: _line(c, met[c.pk], around[c.pk], wanted) for c in children}


_Met = tuple[list[str], list[str], bool]  # reasons, words not met, whether by another name


def _by_own_names(child: Child, others: Sequence[str], wanted: Asked) -> _Met:
    current = normalise.search_words(f"{child.given_names} {child.known_as} {child.family_name}")
    former = frozenset(w for name in others for w in normalise.search_words(name)) - current
    reasons, unmet, is_by_former = [], [], False
    for typed in (w for w in wanted.words if len(w) > 1):
        near, word = asking.nearest(typed, current)
        before, old = asking.nearest(typed, former)
        if before > near:
            near, word, is_by_former = before, old, True
        if not near:
            unmet.append(typed)
        elif said := asking.says(typed, word, near):
            reasons.append(said)
    return reasons, unmet, is_by_former


def _line(child: Child, met: _Met, around: Around, wanted: Asked) -> str:
    reasons, unmet, is_by_former = list(met[0]), met[1], met[2]
    is_by_name = any(len(w) > 1 and w not in unmet for w in wanted.words)
    if is_by_former:
        reasons.insert(0, "another name")
    elif is_by_name and not reasons:
        reasons.append("name")
    said: dict[str, None] = {}
    for typed in unmet:
        if found := _by_carer(typed, around) or _by_street(typed, around):
            said[found] = None
        elif not (typed in normalise.STREET_KINDS and wanted.streets):
            said[f"“{typed}” is not in the name"] = None
    reasons += said
    reasons += _by_numbers(child, around, wanted)
    line = "; ".join(reasons)
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _by_carer(typed: str, around: Around) -> str:
    best, says = 0, ""
    for tie in around.carers:
        full = f"{tie.carer.given_names} {tie.carer.family_name}".strip()
        near, _ = asking.nearest(typed, normalise.search_words(full))
        if near > best:
            who = (
                "somebody beside the child"
                if tie.kind == tie.Kind.OTHER
                else tie.get_kind_display()
            )
            best, says = near, f"{who.lower()} is called {full}"
    return says


def _who(tie: Relationship) -> str:
    is_other = tie.kind == Relationship.Kind.OTHER
    return "somebody beside the child" if is_other else tie.get_kind_display().lower()


def _by_street(typed: str, around: Around) -> str:
    best, says = 0, ""
    for home in around.homes:
        for line in (home.line_1, home.line_2):
            words = frozenset(word for _, word in normalise.streets_in(line))
            near, _ = asking.nearest(typed, words)
            if near > best:
                verb = "lives" if home.ends_on is None else "lived"
                best, says = near, f"{verb} at {line}"
    return says


def _by_numbers(child: Child, around: Around, wanted: Asked) -> list[str]:
    reasons = []
    if wanted.days:
        agrees = child.born_on in wanted.days
        reasons.append("date of birth" if agrees else "another date of birth")
    elif wanted.years and child.born_on:
        agrees = child.born_on.year in wanted.years
        reasons.append("year of birth" if agrees else "born in another year")
    for code in wanted.codes:
        whose = next((who for who, number in around.rung if number.startswith(code)), "")
        here = next(
            (h for h in around.homes if asking.code_term(h.postcode).startswith(code)), None
        )
        if whose:
            reasons.append(f"telephone of {whose}")
        elif here is not None:
            former = "" if here.ends_on is None else "former "
            reasons.append(f"{former}postcode {here.postcode}")
        else:
            reasons.append("a number")
    return reasons


def _add_carers(around: Mapping[int, Around], children: Sequence[int]) -> None:
    if not children:
        return
    ties = Relationship.objects.as_known().filter(child__in=children).select_related("carer")
    for tie in ties.order_by("priority", "-starts_on", "pk"):
        around[tie.child_id].carers.append(tie)


def _add_telephones(around: Mapping[int, Around], *, by: Actor) -> None:
    ties = Relationship.objects.as_known().filter(child__in=list(around)).select_related("carer")
    beside: dict[int, list[Relationship]] = {}
    for tie in ties:
        beside.setdefault(tie.carer_id, []).append(tie)
    points = [
        *ContactPoint.objects.as_known().filter(child__in=list(around)),
        *ContactPoint.objects.as_known().filter(carer__in=list(beside)),
    ]
    if hidden := sealed_children() & around.keys() if by.may("sealed.read") else set():
        with cleared(by):
            rows = sealed_rows(ContactPoint, children=hidden)
        points += [row for row in rows if row.superseded_at is None]
    for point in points:
        number = normalise.telephone(point.value)
        if point.child_id in around:
            around[point.child_id].rung.append(("the child", number))
        for tie in beside.get(point.carer_id or 0, ()):
            around[tie.child_id].rung.append((str(tie.carer), number))
