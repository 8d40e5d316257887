"""What a report is: a question with two dates and an asker; an answer with its caveats."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from onroll.office.kernel.actor import Actor

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Question:
    """As at which day, as known when (None: now), asked by whom; `today` if the asker says so."""

    as_at: date
    known_at: datetime | None
    by: Actor
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """One breakdown of everything that is counted, listed or not: (title, how many)."""

    title: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows under columns (key, title); notes that must be printed with them; a headline.

    `counted` says how many there are where rows are only those that the asker may open; `whose`
    names the child of each row, for the journal.
    """

    columns: tuple[tuple[str, str], ...]
    rows: Sequence[Mapping[str, Value]]
    headline: str
    notes: tuple[str, ...] = ()
    whose: Sequence[int] = ()
    totals: tuple[Total, ...] = ()
    counted: int | None = None

    @property
    def children(self) -> frozenset[int]:
        """Everybody whose record the rows show."""
        return frozenset(self.whose)

    @property
    def is_only_counted(self) -> bool:
        """Whether there is something to count and nothing of it that the asker may list."""
        return bool(self.counted) and not self.rows


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `key` is what the command line and addresses use."""

    key: str
    title: str
    says: str
    answer: Callable[[Question], Answer]
    permission: str = "reports.run"
    only_as_known_now: str = ""  # why it cannot be asked as known at an earlier instant


def total(title: str, values: Iterable[str], order: Sequence[str] = ()) -> Total:
    """Count equal values: in an order that they have, else the most frequent first."""
    place = {value: n for n, value in enumerate(order)}
    found = Counter(values).items()
    return Total(
        title,
        tuple(sorted(found, key=lambda pair: (place.get(pair[0], len(place)), -pair[1], pair[0]))),
    )


def scope(by: Actor) -> str:
    """Return what an answer must say of sealed records."""
    return SEALED_COUNTED if by.may("sealed.read") else LEFT_OUT


def listing(counted: int, listed: int) -> tuple[str, ...]:
    """Return what to say where fewer are listed than are counted."""
    if listed == counted:
        return ()
    if not listed:
        return (
            f"{counted:,} {_cases(counted)} counted. None is listed, because your role counts "
            "cases and does not open them.",
        )
    return (f"{counted:,} {_cases(counted)} counted. Listed are the {listed:,} that you may open.",)


def _cases(n: int) -> str:
    return "case is" if n == 1 else "cases are"


LEFT_OUT = "Records that the asker is not cleared to see are left out of every row and count."
SEALED_COUNTED = (
    "Children whose whereabouts are sealed are counted here: rows are for nobody who is not "
    "cleared to know of them."
)
