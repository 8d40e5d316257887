"""Pupils as a list: who of some schools is absent how much, by name for those who may know them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from onroll.marks.alerts import KINDS
from onroll.marks.alphabet import AUTHORISED, UNAUTHORISED
from onroll.marks.courses import Courses
from onroll.marks.measuring import Measured
from onroll.marks.shares import PERSISTENT, SEVERE, missed_at_least
from onroll.matching.normalise import folded, plain
from onroll.office.attendance.queries.figures import (
    ALERTS,
    COURSES,
    Figures,
    Place,
    age_of_group,
    courses_of,
    year_group_words,
)
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child

# What a list can be narrowed to, with its words; "alert" is any of the law's.
OF_LAW = ("penalty_notice_threshold", "penalty_now", "absent_10_school_days",
          "sickness_15_consecutive", "sickness_15_total", "unexplained_20_school_days")  # fmt: skip
KIND_WORDS: Mapping[str, str] = {
    "alert": "Any alert of the law: lengths of absence, penalty notice threshold",
    **{kind: ALERTS[kind] for kind in ("severe", "persistent")},
    **{kind: COURSES[kind] for kind in ("newly_at_risk", "improving", "penalty_now")},
    **{kind: ALERTS[kind] for kind in KINDS if kind not in ("severe", "persistent")},
}
SHORT: Mapping[str, str] = {
    "penalty_notice_threshold": "Penalty notice threshold",
    "penalty_now": "Penalty notice threshold now",
    "absent_10_school_days": "10 days without leave",
    "sickness_15_consecutive": "15 days sick in a row",
    "sickness_15_total": "15 days sick",
    "unexplained_20_school_days": "20 days unexplained",
    "persistent": "Persistent",
    "severe": "Severe",
    "newly_at_risk": "Newly at risk",
    "improving": "Improving",
}
_SAID_BY = {
    "severe": "persistent",
    "penalty_now": "penalty_notice_threshold",
    "sickness_15_consecutive": "sickness_15_total",
}
SORTS = ("absence", "unauthorised", "name", "year")


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which pupils of some schools are wanted, in which order."""

    kind: str = ""
    year_group: str = ""
    text: str = ""
    sort: str = "-absence"


@dataclass(slots=True)
class PupilLine:
    """One pupil of one school. `kinds` are the alerts and courses, `pk` and `name` the child's."""

    ref: str
    place: Place
    year_group: str
    possible: int
    authorised: int
    unauthorised: int
    kinds: list[str] = field(default_factory=list)
    pk: int = 0
    name: str = ""

    @property
    def missed(self) -> int:
        """Sessions missed."""
        return self.authorised + self.unauthorised

    @property
    def absence(self) -> float:
        """The share missed, in percent."""
        return 100.0 * self.missed / self.possible if self.possible else 0.0

    @property
    def year(self) -> str:
        """The year group in words."""
        return year_group_words(self.year_group)

    @property
    def says(self) -> list[str]:
        """The alerts and courses, in a few words each; what another of them says is left out."""
        said = {_SAID_BY.get(kind) for kind in self.kinds}
        return [SHORT[kind] for kind in self.kinds if kind not in said]


def pupils_of(of: Figures, asked: Narrowed, *, by: Actor) -> list[PupilLine]:
    """Return the pupils of some figures whom this person may know, narrowed and in order.

    Nothing is said of others: `of` holds no sealed pupil for whoever is not cleared.
    """
    both = zip(of.measured, of.courses, strict=True)
    lines = [line for one, going in both for line in _lines(one, going, of, asked)]
    names = _names({line.ref for line in lines}, by)
    known = []
    for line in lines:
        if line.ref in names:
            line.pk, line.name = names[line.ref]
            known.append(line)
    if asked.text:
        words = [folded(word) for word in plain(asked.text).split()]
        known = [line for line in known if _is_called(line.name, words)]
    return _in_order(known, asked.sort)


def _lines(one: Measured, going: Courses, of: Figures, asked: Narrowed) -> Iterator[PupilLine]:
    counts = one.counts
    possible = counts.sum(axis=0)
    missed = counts[AUTHORISED] + counts[UNAUTHORISED]
    kinds: dict[str, Iterable[int]] = {
        kind: found.pupil.tolist() for kind, found in zip(KINDS, one.alerts, strict=True)
    }
    kinds["persistent"] = missed_at_least(missed, possible, PERSISTENT).nonzero()[0].tolist()
    kinds["severe"] = missed_at_least(missed, possible, SEVERE).nonzero()[0].tolist()
    for kind, who in courses_of(going).items():
        kinds[kind] = who.nonzero()[0].tolist()
    met: dict[int, list[str]] = {}
    for kind in SHORT:
        for n in kinds[kind]:
            met.setdefault(n, []).append(kind)
    place = of.places[one.school]
    rows = zip(one.pupils, one.year_groups, *counts.tolist(), strict=True)
    for n, (ref, group, *sessions) in enumerate(rows):
        own = met.get(n, [])
        if asked.year_group and group != asked.year_group:
            continue
        if asked.kind and not _is_met(asked.kind, own):
            continue
        yield PupilLine(
            ref, place, group, sum(sessions), sessions[AUTHORISED], sessions[UNAUTHORISED], own
        )


def _is_met(kind: str, own: Sequence[str]) -> bool:
    return any(one in OF_LAW for one in own) if kind == "alert" else kind in own


def _names(refs: set[str], by: Actor) -> dict[str, tuple[int, str]]:
    """Return key and name of those of these pupils whom somebody may know."""
    found = Child.objects.visible_to(by).filter(ref__in=refs)
    rows = found.values_list("ref", "pk", "given_names", "family_name", "known_as")
    return {
        ref: (pk, f"{family}, {known_as or given}") for ref, pk, given, family, known_as in rows
    }


def _is_called(name: str, words: Sequence[str]) -> bool:
    own = [folded(word) for word in plain(name).split()]
    return all(any(one.startswith(word) for one in own) for word in words)


def _in_order(lines: list[PupilLine], sort: str) -> list[PupilLine]:
    by, is_down = sort.removeprefix("-"), sort.startswith("-")
    lines.sort(key=lambda line: (line.name, line.place.name))
    if by == "name":
        return lines[::-1] if is_down else lines
    keys = {
        "absence": lambda line: line.absence,
        "unauthorised": lambda line: line.unauthorised,
        "year": lambda line: age_of_group(line.year_group),
    }
    return sorted(lines, key=keys.get(by, keys["absence"]), reverse=is_down)
