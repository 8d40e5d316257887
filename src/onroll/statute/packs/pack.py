"""What a policy pack is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from onroll.statute.duty import Duty
from onroll.statute.fact_keys import FACT_KEYS, FactKey
from onroll.statute.writing import listed

# What an authority may count beside the national definition; `classify` knows each by this name.
LOCAL_GROUNDS = (
    "irregular_attendance",
    "whereabouts_unknown",
    "destination_unknown",
    "part_time_timetable",
    "home_education_not_assessed",
)

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pack:
    """The rules of one authority, of the nation, or of an Act that is not law yet.

    `authority_code` is an authority's three-digit number. `since` and `until` say on which days
    the pack is the authority's, both included (None: nobody knows of a first or last). An Act's
    pack is `act` and not in force until `from_day` gives it a day; until then `not_in_force` names
    it. `replaces` are the national duties whose place an Act takes, each with the day from which
    it does (None: of an Act that is not in force). `acts` are the Acts that an authority's pack
    puts in force beside it, by key, each with its day. `also_counts` lists what an authority counts
    as missing education beside the national definition, from LOCAL_GROUNDS, unknown whereabouts
    only once they have been unknown for `whereabouts_unknown_days`; `local_cites` says where it
    says so, `local_title` who "it" is where several packs are put together.
    """

    key: str
    title: str
    authority_code: str | None = None
    cites: str = ""
    note: str = ""
    since: date | None = None
    until: date | None = None
    act: bool = False
    not_in_force: tuple[str, ...] = ()
    acts: tuple[tuple[str, date], ...] = ()
    replaces: tuple[tuple[str, date | None], ...] = ()
    also_counts: tuple[str, ...] = ()
    whereabouts_unknown_days: int = 0
    local_cites: str = ""
    local_title: str = ""
    duties: tuple[Duty, ...] = ()

    def __hash__(self) -> int:
        # Packs are looked up for every clock; their keys tell them apart well enough.
        return hash((self.key, self.since))

    @property
    def fact_keys(self) -> Mapping[str, FactKey]:
        """The facts that only this pack's duties use."""
        return facts_of(self.duties)

    @property
    def is_in_force(self) -> bool:
        """Whether the pack may be worked by: an Act only once a day is given from which it is."""
        return not self.not_in_force

    @property
    def commencement_note(self) -> str:
        """What to say of a pack that is not in force; empty for one that is."""
        if self.is_in_force:
            return ""
        acts = listed(self.not_in_force)
        return f"{acts} is not in force: what it would ask is shown for preparation only."

    def from_day(self, day: date) -> "Pack":
        """This pack in force from a day: its duties begin then, and those it replaces end before.

        What begins later of itself keeps its own day.
        """
        begun = tuple(replace(duty, since=max(day, duty.since or day)) for duty in self.duties)
        replaces = tuple((one, day) for one, _ in self.replaces)
        return replace(self, since=day, not_in_force=(), replaces=replaces, duties=begun)

    def remains_of(self, duty: Duty) -> tuple[Duty, ...]:
        """What remains of a national duty under this pack: all, its earlier time, or nothing."""
        replaced = dict(self.replaces)
        if duty.id not in replaced:
            return (duty,)
        day = replaced[duty.id]
        if day is None:
            return ()
        last = day - _A_DAY
        if duty.since is not None and duty.since > last:
            return ()
        return (replace(duty, until=last if duty.until is None else min(duty.until, last)),)


def facts_of(duties: Iterable[Duty]) -> Mapping[str, FactKey]:
    """The facts that these duties use and the nation's do not."""
    used = {key for duty in duties for key in duty.keys}
    return {key: FactKey.of_pack(key) for key in sorted(used - set(FACT_KEYS))}
