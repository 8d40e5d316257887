"""What the authority decides for itself: its policy pack and its limits, on any day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from onroll.office.accounts.models import LocalRules
from onroll.statute import packs
from onroll.statute.reading import FaultyInput
from onroll.statute.writing import written

Choices = list[tuple[str, str]]
LONGEST_LIMIT = 365  # days
NOT_LAW_YET = "not law yet"


def rules_on(day: date | None = None, known_at: datetime | None = None) -> LocalRules:
    """Return the local rules of a day, without one the latest: none is set in advance.

    Before any were chosen they are unsaved ones: national law alone.
    """
    if day is None:
        found = LocalRules.objects.as_known(known_at).filter(ends_on=None)
    else:
        found = LocalRules.objects.on(day, known_at)
    return found.first() or LocalRules()


def rules_history() -> list[LocalRules]:
    """Return every set of local rules that is believed, the newest first."""
    found = LocalRules.objects.as_known().select_related("recorded_by")
    return list(found.order_by("-starts_on"))


@dataclass(frozen=True, slots=True)
class OwnPacks:
    """The packs of the authority's own folder, and what is wrong there."""

    packs: Mapping[str, packs.Pack]
    faults: tuple[str, ...] = ()


def own_packs() -> OwnPacks:
    """Return the packs in the folder that ONROLL_PACKS names; none where it names none."""
    if not settings.ONROLL_PACKS:
        return OwnPacks({})
    folder = Path(settings.ONROLL_PACKS)
    try:
        files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
        stamped = [(file, file.stat().st_mtime_ns) for file in files]
    except OSError as problem:
        return OwnPacks({}, (f"ONROLL_PACKS: {folder} cannot be read ({problem.strerror}).",))
    if not stamped:
        return OwnPacks({}, (f"ONROLL_PACKS: {folder} holds no file that ends in .toml.",))
    found: dict[str, packs.Pack] = {}
    faults: list[str] = []
    for file, changed_at in stamped:
        read = _read(file, changed_at)
        if isinstance(read, str):
            faults.append(read)
        elif read.key in found or read.key in packs.available():
            faults.append(f"ONROLL_PACKS: {file.name}: another pack is called {read.key!r} too.")
        else:
            found[read.key] = read
    return OwnPacks(found, tuple(faults))


@lru_cache(maxsize=64)
def _read(file: Path, changed_at: int) -> packs.Pack | str:
    try:
        return packs.load_file(file)
    except FaultyInput as faulty:
        return f"ONROLL_PACKS: {file.name}: {' '.join(str(fault) for fault in faulty.faults)}"


def pack_choices() -> Choices:
    """Return the packs that the authority may look at, the nation's first, Acts to come last.

    Those that are not in force say so: they can be previewed and not chosen.
    """
    shipped = [packs.load(key) for key in packs.available()]
    shipped.sort(key=lambda pack: (pack.act, pack.key != packs.NATIONAL.key, pack.title))
    offered = [(pack, "") for pack in shipped]
    offered += [(pack, "own") for pack in own_packs().packs.values()]
    return [(pack.key, _called(pack, says)) for pack, says in offered]


def _called(pack: packs.Pack, says: str) -> str:
    beside = [says, "" if pack.is_in_force else NOT_LAW_YET]
    words = ", ".join(word for word in beside if word)
    return f"{pack.title} ({words})" if words else pack.title


def pack_of(key: str) -> packs.Pack | None:
    """Return the pack of a key, shipped or the authority's own, where there is one now."""
    return packs.load(key) if key in packs.available() else own_packs().packs.get(key)


def pack_title(key: str) -> str:
    """Return what a pack is called; its key where there is none of that key now."""
    return dict(pack_choices()).get(key, key)


@dataclass(frozen=True, slots=True)
class InForce:
    """The pack by which clocks are counted, and why it is not the one that was chosen."""

    pack: packs.Pack
    fault: str = ""


def pack_on(day: date | None = None, known_at: datetime | None = None) -> InForce:
    """Return the authority's pack on a day, without one the latest.

    Where the chosen one is not there, the nation's: its clocks are the law's and must run. Who
    shows what it gives says the fault beside it.
    """
    key = rules_on(day, known_at).pack
    found = pack_of(key)
    if found is not None:
        return InForce(found)
    return InForce(
        packs.NATIONAL,
        f"The policy pack “{key}” that this authority chose is not there or cannot be read. Until "
        "it is, only national clocks and definitions are counted, none of the authority’s own.",
    )


def amiss() -> tuple[str, ...]:
    """Return what everybody who is signed in has to know is wrong with the local rules."""
    fault = pack_on().fault
    return (fault,) if fault else ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """Rules that somebody thinks of choosing."""

    pack: str
    seen_within: int
    quiet_after: int
    starts_on: date

    def changes(self, now: LocalRules) -> bool:
        """Whether anything would be otherwise than it is."""
        return (self.pack, self.seen_within, self.quiet_after) != (
            now.pack, now.seen_within, now.quiet_after,
        )  # fmt: skip


def faults_of(proposed: Proposed, on: date, now: LocalRules) -> list[tuple[str, str]]:
    """Return why rules cannot be chosen on a day in place of those that hold now.

    Each is the name of what is at fault with a sentence about it. That a pack is not law yet is
    not said here: it can be looked at.
    """
    faults = []
    pack = pack_of(proposed.pack)
    if pack is None:
        faults.append(("pack", "There is no such policy pack"))
    elif pack.act and pack.since is not None and proposed.starts_on < pack.since:
        since = written(pack.since)
        faults.append(("starts_on", f"{pack.title} is law from {since}: choose that day or later"))
    if min(proposed.seen_within, proposed.quiet_after) < 1:
        faults.append(("seen_within", "A limit must be one day or more"))
    if proposed.starts_on > on:
        faults.append(("starts_on", "Choose today or an earlier day: rules are not set in advance"))
    if now.pk is not None and proposed.starts_on < now.starts_on:
        since = written(now.starts_on)
        faults.append(
            ("starts_on", f"The present rules began on {since}: choose that day or later")
        )
    return faults


def pack_proposed(proposed: Proposed, now: packs.Pack) -> packs.Pack | None:
    """Return the rules that would be counted by; None where there is no such pack.

    An Act that is not law yet is looked at as if it were, from the day proposed, beside the rules
    of now: the law takes no authority's own rules away.
    """
    pack = pack_of(proposed.pack)
    if pack is None or pack.is_in_force:
        return pack
    return replace(packs.together(now, pack.from_day(proposed.starts_on)), key=pack.key)


Leads = Callable[[Proposed], str]
_previews: list[Leads] = []


def let_preview(leads: Leads) -> None:
    """Let a package above show what rules would change before they are chosen.

    `leads(proposed)` is where it shows that. Called from AppConfig.ready().
    """
    _previews[:] = [leads]


def preview_of(proposed: Proposed) -> str:
    """Return where it is shown what these rules would change; empty where nobody shows it."""
    return next((leads(proposed) for leads in _previews), "")
