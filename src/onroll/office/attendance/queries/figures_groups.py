"""Groups of pupils side by side, as far as the office holds what makes a group."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from onroll.marks import tables
from onroll.marks.compare import Compared, compared
from onroll.office.attendance.queries.figures import Figures, year_group_words
from onroll.office.kernel.actor import Actor
from onroll.office.people.models import Child, Flag
from onroll.office.people.models.flags import BY_KEY
from onroll.office.provision.models import Plan

# Census codes of ethnic background, by the groups in which statistics give them.
_ETHNIC = {"W": "White", "M": "Mixed", "A": "Asian", "B": "Black", "C": "Chinese", "O": "Other"}
_GYPSY_ROMA = "Gypsy, Roma or Traveller"
_OF_GRT = frozenset({"WROM", "WIRT"})
_NOT_KNOWN = "Not recorded"
_SOCIAL_WORKER = frozenset({"cin", "cpp", "cla", "social_worker"})
# More pupils than this are told apart by reading all children, fewer by their references.
_MOST_NAMED = 3_000


@dataclass(frozen=True, slots=True)
class Line:
    """One group: its figures as of any group of pupils, and whether it misses more or less."""

    label: str
    sums: Mapping[str, Any]
    compared: Compared | None


@dataclass(frozen=True, slots=True)
class Grouping:
    """All pupils told apart in one way."""

    name: str
    lines: Sequence[Line]

    @property
    def lagging(self) -> list[Line]:
        """Groups that miss more than all pupils, beyond chance."""
        return [one for one in self.lines if one.compared is not None and one.compared.is_higher]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is held of the pupils, by their reference."""

    sex: Mapping[str, str]
    meals: Mapping[str, bool | None]
    ethnicity: Mapping[str, str]
    plan: frozenset[str]
    flags: Mapping[str, frozenset[str]]  # by flag


def groupings(of: Figures, *, by: Actor, on: date) -> list[Grouping]:
    """Return the pupils of some figures by year group and by what is held of each on a day.

    Whoever may not see restricted flags gets groups that are made without them.
    """
    all_ = of.enrolments
    facts = _facts(set(all_.pupil_id), by, on)
    ways: list[tuple[str, Callable[[str], str]]] = [
        ("Sex", lambda ref: facts.sex.get(ref, _NOT_KNOWN)),
        ("Free school meals", lambda ref: _yes_no(facts.meals.get(ref))),
        ("Special educational needs", lambda ref: _need(facts, ref)),
        ("In care", lambda ref: _has(facts, ref, {"cla"}, "In care", "Not in care")),
        (
            "Social worker",
            lambda ref: _has(facts, ref, _SOCIAL_WORKER, "Has a social worker", "Has none"),
        ),
        ("Ethnic background", lambda ref: facts.ethnicity.get(ref, _NOT_KNOWN)),
    ]
    found = [_grouping("Year group", of, [year_group_words(group) for group in all_.year_group])]
    for name, way in ways:
        found.append(_grouping(name, of, [way(ref) for ref in all_.pupil_id]))
    # A way in which nobody can be told apart says nothing.
    return [one for one in found if {line.label for line in one.lines} != {_NOT_KNOWN}]


def _grouping(name: str, of: Figures, labels: Sequence[str]) -> Grouping:
    all_ = of.enrolments
    rows = tables.by_label(all_, labels, "label").to_pylist()
    beside = {one.label: one for one in compared(labels, all_.missed, all_.possible)}
    lines = [Line(row["label"], row, beside.get(row["label"])) for row in rows if row["possible"]]
    return Grouping(name, sorted(lines, key=_in_order if name == "Year group" else _by_rate))


def _in_order(line: Line) -> tuple[int, str]:
    number = line.label.removeprefix("Year ")
    return (int(number) if number.isdecimal() else 0 if line.label == "Reception" else -1,
            line.label)  # fmt: skip


def _by_rate(line: Line) -> tuple[bool, float, str]:
    return line.label == _NOT_KNOWN, -(line.sums["absence_rate"] or 0.0), line.label


def _yes_no(said: bool | None) -> str:
    return _NOT_KNOWN if said is None else "Free school meals" if said else "No free school meals"


def _need(facts: _Facts, ref: str) -> str:
    if ref in facts.plan:
        return "EHC plan"
    return "SEN support" if ref in facts.flags.get("sen_support", ()) else "None recorded"


def _has(facts: _Facts, ref: str, flags: Iterable[str], yes: str, no: str) -> str:
    return yes if any(ref in facts.flags.get(flag, ()) for flag in flags) else no


def _facts(refs: set[str], by: Actor, on: date) -> _Facts:
    children = Child.objects.filter(erased_at__isnull=True)
    if len(refs) <= _MOST_NAMED:
        children = children.filter(ref__in=refs)
    rows = children.values_list("pk", "ref", "sex", "free_school_meals", "ethnicity")
    known = [row for row in rows if row[1] in refs]
    ref_of = {pk: ref for pk, ref, *_ in known}
    wanted = {"sen_support", "ehcp", *_SOCIAL_WORKER}
    if not by.may("flags.restricted"):
        wanted = {key for key in wanted if not BY_KEY[key].is_restricted}
    flags: dict[str, set[str]] = {key: set() for key in wanted}
    for child, flag in Flag.objects.on(on).filter(flag__in=wanted).values_list("child", "flag"):
        if child in ref_of:
            flags[flag].add(ref_of[child])
    plans = Plan.objects.on(on).values_list("child", flat=True)
    plan = {ref_of[child] for child in plans if child in ref_of} | flags["ehcp"]
    sexes = dict(Child.Sex.choices)
    return _Facts(
        sex={ref: str(sexes[sex]) if sex != "U" else _NOT_KNOWN for _, ref, sex, *_ in known},
        meals={ref: meals for _, ref, _, meals, _ in known},
        ethnicity={ref: _ethnic(code) for *_, ref, _, _, code in known},
        plan=frozenset(plan),
        flags={key: frozenset(whose) for key, whose in flags.items()},
    )


def _ethnic(code: str) -> str:
    if code in _OF_GRT:
        return _GYPSY_ROMA
    return _ETHNIC.get(code[:1], _NOT_KNOWN)
