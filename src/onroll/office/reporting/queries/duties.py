"""The register of duties: what is asked, who owns it here, and what shows that work was done."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Count, Max, Q

from onroll.office.accounts.queries.rules import pack_on
from onroll.office.casework.models import Letter, LetterTemplate
from onroll.office.kernel.actor import Actor
from onroll.office.kernel.decision import Unknown
from onroll.office.reporting.queries.acts import Asked, count_acts
from onroll.office.reporting.queries.owners import NO_ROLE, Owner, own_keys, owners_on, title_of
from onroll.office.reporting.queries.periods import Period
from onroll.office.reporting.queries.standing import Standing, kept_clocks, standings
from onroll.office.reporting.queries.traces import WORDS
from onroll.statute import packs
from onroll.statute.duties import duties
from onroll.statute.duty import Duty
from onroll.statute.responsibilities import (
    RESPONSIBILITIES,
    AskedOf,
    Kind,
    Responsibility,
    Source,
    timed_by,
)
from onroll.statute.sources import Confidence


class Gap(StrEnum):
    """What an entry lacks."""

    OVERDUE = "overdue"  # clocks have run out and nobody has stopped them
    NOTHING = "nothing"  # it leaves a trace here, and in the period it left none
    UNTRACED = "untraced"  # the program holds no trace of it, whoever does it


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was recorded of one entry in a period: acts by verb, letters by the title of their
    template, clocks by their duty.

    `is_kept` says whether anything that would show it is recorded here at all.
    """

    acts: Mapping[str, int] = field(default_factory=dict)
    letters: Mapping[str, int] = field(default_factory=dict)
    clocks: Mapping[str, Standing] = field(default_factory=dict)
    is_kept: bool = False

    @property
    def standing(self) -> Standing:
        """How its clocks stand, all of them together."""
        return sum(self.clocks.values(), Standing())

    @property
    def count(self) -> int:
        """How many acts, letters and clocks there are."""
        written = sum(self.acts.values()) + sum(self.letters.values())
        return written + self.standing.total


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is asked, with who owns it here and the evidence of a period.

    `is_ours` is False for what another authority has said of itself: nobody asks it here.
    """

    asked: Responsibility
    owner: Owner
    is_ours: bool
    evidence: Evidence

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What it lacks. A power need not be used, and what parents do is not the office's."""
        if not self.is_ours:
            return ()
        found = [Gap.OVERDUE] if self.evidence.standing.overdue else []
        must = self.asked.kind is not Kind.POWER and self.asked.asked_of is not AskedOf.PARENT
        if not self.evidence.is_kept:
            found.append(Gap.UNTRACED)
        elif must and not self.evidence.count:
            found.append(Gap.NOTHING)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the register is narrowed to; everything empty shows what is asked of this authority,
    its schools, boards and parents, by the nation and by itself."""

    asked_of: str = ""
    subject: str = ""
    owner: str = ""
    kind: str = ""
    gap: str = ""  # "any", or one of Gap
    whose: str = ""  # "all" adds what other authorities say of themselves
    text: str = ""

    def takes(self, entry: Entry) -> bool:
        """Whether an entry is one of those asked for."""
        asked = entry.asked
        return (
            (entry.is_ours or self.whose == "all")
            and self.asked_of in ("", asked.asked_of)
            and self.subject in ("", asked.subject)
            and self.owner in ("", entry.owner.key)
            and self.kind in ("", asked.kind)
            and (self.gap in ("", *entry.gaps) or (self.gap == "any" and bool(entry.gaps)))
            and _is_told_by(entry, self.text)
        )


def _is_told_by(entry: Entry, text: str) -> bool:
    asked = entry.asked
    told = f"{asked.title} {asked.cites} {asked.note} {entry.owner.title} {asked.key}".casefold()
    return all(word in told for word in text.casefold().split())


def register(*, by: Actor, period: Period, today: date) -> list[Entry]:
    """Return every entry with its evidence in the period, as far as it counts for this person."""
    pack = pack_on().pack
    asked = asked_here(pack)
    known = Asked(by, period)
    acts = count_acts(known, {act for entry in asked for act in entry.acts})
    return _entries(
        asked,
        acts=acts,
        letters=_letters_issued(known),
        clocks=standings(known, today, pack),
        pack=pack,
        on=min(today, period.last),
    )


def entry_of(key: str, *, by: Actor, period: Period, today: date) -> Entry:
    """Return one entry with its evidence in the period. Raises Unknown."""
    pack = pack_on().pack
    asked = [entry for entry in asked_here(pack) if entry.key == key]
    if not asked:
        raise Unknown(key)
    known = Asked(by, period)
    (found,) = _entries(
        asked,
        acts=count_acts(known, asked[0].acts),
        letters=_letters_issued(known),
        clocks=standings(known, today, pack),
        pack=pack,
        on=min(today, period.last),
    )
    return found


def asked_here(pack: packs.Pack) -> tuple[Responsibility, ...]:
    """Return what is asked by the nation and by authorities, then by this one's own rules."""
    own = (duty for duty in pack.duties if not timed_by(duty.id))
    unique = {duty.id: _own_rule(duty, pack.key) for duty in own}
    return (*RESPONSIBILITIES, *unique.values())


def _own_rule(duty: Duty, authority: str) -> Responsibility:
    """A clock of the authority's own pack, which no entry names, as something that is asked."""
    who = next((one for one in AskedOf if one.value in duty.who), AskedOf.AUTHORITY)
    return Responsibility(
        key=f"rule_{duty.id.lower()}",
        title=duty.title,
        asked_of=AskedOf.AUTHORITY if "authority" in duty.who else who,
        subject="children_missing",
        owned_by=NO_ROLE,
        source=Source(duty.cites, Confidence.LOCAL, Kind.LOCAL, authority),
        duties=(duty.id,),
        note=duty.note,
    )


def _entries(
    asked: Sequence[Responsibility],
    *,
    acts: Counter[str],
    letters: Mapping[str, tuple[str, int]],
    clocks: Mapping[str, Standing],
    pack: packs.Pack,
    on: date,
) -> list[Entry]:
    owners, ours, kept = owners_on(on), own_keys(pack.key), kept_clocks(pack)
    return [
        Entry(
            asked=entry,
            owner=owners.get(entry.owned_by) or _no_role(entry.owned_by),
            is_ours=entry.authority in ("", *ours),
            evidence=Evidence(
                acts={act: acts[act] for act in entry.acts},
                letters=dict(letters[key] for key in entry.letters if key in letters),
                clocks={duty: clocks[duty] for duty in entry.duties if duty in clocks},
                is_kept=_is_kept(entry, letters, kept),
            ),
        )
        for entry in asked
    ]


def _no_role(key: str) -> Owner:
    return Owner(key, "No role is named" if key == NO_ROLE else title_of(key))


def _is_kept(
    entry: Responsibility,
    letters: Collection[str],
    clocks: Collection[str],
) -> bool:
    return (
        any(act in WORDS for act in entry.acts)
        or any(key in letters for key in entry.letters)
        or any(duty in clocks for duty in entry.duties)
    )


def _letters_issued(asked: Asked) -> dict[str, tuple[str, int]]:
    """Return the title of each template and how many of its letters were issued, by its key."""
    issued = Q(
        letter__state=Letter.State.ISSUED,
        letter__issued_on__range=(asked.period.first, asked.period.last),
        letter__case__in=asked.cases.values("pk"),
    )
    counted = LetterTemplate.objects.order_by().values("key").annotate(
        called=Max("title"), now=Max("title", filter=Q(is_current=True)),
        n=Count("letter", filter=issued),
    )  # fmt: skip
    return {row["key"]: (row["now"] or row["called"], row["n"]) for row in counted}


def clocks_of(entry: Responsibility) -> list[Duty]:
    """Return the clocks that an entry names, as this authority counts them."""
    counted = {duty.id: duty for duty in duties(pack_on().pack)}
    return [counted[duty] for duty in entry.duties if duty in counted]
