"""The registry of case kinds. Kinds know casework; casework knows only this."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import YES, Decision
from onroll.statute.workflow import Workflow

if TYPE_CHECKING:
    from onroll.office.casework.models import Case, Referral


@dataclass(frozen=True, slots=True)
class Card:
    """A panel that a kind adds to a page, shown without that page importing the kind."""

    key: str
    title: str
    template: str
    context: Callable[..., Mapping[str, Any]]
    position: int = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a chronology."""

    on: date
    title: str
    detail: str = ""
    what: str = ""  # "contact", "enquiry", "note", "letter": for filtering
    by: str = ""
    at: datetime | None = None  # when it was recorded, where that matters
    url: str = ""
    restricted: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do next, as a link says it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits on somebody, for My work."""

    case: "Case"
    section: str  # "waiting" for an answer, or "watching" for a start
    what: str
    due_on: date | None = None
    step: Step | None = None


def _may(*_: Any, **__: Any) -> Decision:
    return YES


def _no_school(case: "Case") -> int | None:
    return None


def _no_step(case: "Case") -> Step | None:
    return None


def _nothing(*_: Any, **__: Any) -> Any:
    return ()


def _no_facts(*_: Any, **__: Any) -> Mapping[Any, Any]:
    return {}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case: its workflow, what starts its clocks, what it shows, how it opens."""

    key: str
    title: str
    workflow: Workflow
    outcomes: Mapping[str, str]  # the keys under which a case closes, with their titles
    open_states: frozenset[str]  # states in which a case counts as open
    facts: Callable[["Case"], Mapping[str, Any]] = _no_facts  # as statute.duties.clocks reads
    spans: Callable[..., Mapping[int, Iterable[Mapping[str, Any]]]] = _no_facts  # of standing
    opens: Callable[..., None] = _nothing  # (case=, referral=, by=, on=): makes the typed row
    # (case=, reason=, since=, by=, on=): opens a closed case again; None where that is not done
    reopens: "Callable[..., Case] | None" = None
    entries: Callable[..., Sequence[Entry]] = _nothing  # (case, actor): chronology lines
    case_cards: tuple[Card, ...] = ()
    child_cards: tuple[Card, ...] = ()
    summary: Callable[["Case"], str] = lambda case: ""  # one line for lists
    accepts: Callable[["Referral"], bool] = lambda referral: True
    duties: frozenset[str] = field(default=frozenset())  # ids of clocks shown on its cases
    school: Callable[["Case"], int | None] = _no_school  # whose calendar its clocks count by
    # The same of many cases at once, by case; a kind that has it is not asked case by case.
    facts_of_many: "Callable[[Sequence[Case]], Mapping[int, Mapping[str, Any]]] | None" = None
    schools_of_many: "Callable[[Sequence[Case]], Mapping[int, int | None]] | None" = None
    can_move: Callable[..., Decision] = _may  # (actor, case, move, outcome, on): its own policy
    doors: Mapping[str, str] = field(default_factory=dict)  # moves with a page of the kind's own
    next_step: Callable[["Case"], Step | None] = _no_step  # from the cover sheet alone: for lists
    work: Callable[..., Sequence[Item]] = _nothing  # (cases, on): what waits on somebody
    # More of what counts as action: (model, its day, since when that is known). Where the last is
    # null, the row's `recorded_at` stands for it.
    acts: tuple[tuple[str, str, str], ...] = ()
    stages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # stage: its states
    tabs: tuple[tuple[str, str], ...] = ()  # (title, name of the address): more tabs of a case
    means_missing: bool = False  # an open case says that the child may be missing education
    is_history: bool = False  # such cases come with a load; nobody opens one

    def facts_of(self, cases: "Sequence[Case]") -> Mapping[int, Mapping[str, Any]]:
        """Return what starts and stops the clocks of each of these cases, by case."""
        if self.facts_of_many is not None:
            return self.facts_of_many(cases)
        return {case.pk: self.facts(case) for case in cases}

    def schools_of(self, cases: "Sequence[Case]") -> Mapping[int, int | None]:
        """Return by whose calendar the clocks of each of these cases count, by case."""
        if self.schools_of_many is not None:
            return self.schools_of_many(cases)
        return {case.pk: self.school(case) for case in cases}


_kinds: dict[str, Kind] = {}
_child_cards: list[Card] = []


def add_child_card(card: Card) -> None:
    """Add a panel about a child that belongs to no kind; called from AppConfig.ready().

    It stands on the child's page and beside each case of the child. `context` takes a child, an
    actor and a day; where everything in it is empty, the panel is not shown.
    """
    _child_cards.append(card)


def child_cards_of_no_kind() -> tuple[Card, ...]:
    """Return the panels about a child that belong to no kind."""
    return tuple(_child_cards)


def register(kind: Kind) -> Kind:
    """Enter a kind; called once, from the package's AppConfig.ready()."""
    if kind.key in _kinds and _kinds[kind.key] is not kind:
        raise ValueError(f"case kind {kind.key!r} is registered twice")
    _kinds[kind.key] = kind
    return kind


def get(key: str) -> Kind:
    """Return one kind."""
    return _kinds[key]


def title_of(key: str) -> str:
    """Return what a kind is called; its key for one that is no longer registered."""
    return _kinds[key].title if key in _kinds else key


def state_title(key: str, state: str) -> str:
    """Return what a state of a kind is called."""
    return _kinds[key].workflow.states.get(state, state) if key in _kinds else state


def outcome_title(key: str, outcome: str) -> str:
    """Return what an outcome of a kind is called, itself for one no longer known."""
    return _kinds[key].outcomes.get(outcome, outcome) if key in _kinds else outcome


def all_kinds() -> tuple[Kind, ...]:
    """Return every kind, in order of registration."""
    return tuple(_kinds.values())


def missing() -> tuple[str, ...]:
    """Return the keys of the kinds whose open cases say that a child may be missing education."""
    return tuple(kind.key for kind in all_kinds() if kind.means_missing)


def usual_for(referral: "Referral") -> str:
    """Return the kind into which a referral goes where nobody chose: first those of the missing."""
    ordered = sorted(all_kinds(), key=lambda kind: not kind.means_missing)
    return next(kind.key for kind in ordered if kind.accepts(referral))


def spans_of(
    *, children: Iterable[int], known_at: datetime | None = None
) -> dict[int, list[Mapping[str, Any]]]:
    """Ask every kind whether anybody educates these children: spans as `statute.classify` reads.

    A kind's `spans` takes many children and returns spans by child, so that a list asks once.
    """
    found: dict[int, list[Mapping[str, Any]]] = {pk: [] for pk in children}
    for kind in all_kinds():
        for pk, known in kind.spans(children=list(found), known_at=known_at).items():
            found[pk] += known
    return found


def may_open(kind: str, actor: Actor) -> bool:
    """Return whether cases of such a kind are opened here and this person works on cases."""
    return kind in _kinds and not _kinds[kind].is_history and actor.may("cases.work")


def can_reopen(kind: str) -> bool:
    """Return whether closed cases of a kind can be opened again on a referral."""
    return kind in _kinds and _kinds[kind].reopens is not None
