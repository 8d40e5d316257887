"""The people who may be in no education list, each with evidence, likely cause and reasons."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from onroll.matching import causes, sentences
from onroll.matching.answers import shifted
from onroll.matching.people import People
from onroll.matching.sources import Source

# Nobody is listed below. Nobody is surer than the other: where lists are poor, one in twenty and
# more with nothing near is on a roll all the same.
_LISTED_FROM, _SUREST = 0.01, 0.95


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be in no education list.

    `records` are (source, record id); `probability` is that they are in no education list, in
    hundredths; `lives_here` that they live here at all, by the traces that residents leave;
    `nearest` is the education record that might be theirs, with its own probability.
    """

    id: str
    records: tuple[tuple[str, str], ...]
    probability: float
    cause: str
    born_on: date | None
    explanation: str
    lives_here: float = 1.0
    nearest: tuple[str, str] | None = None
    nearest_probability: float = 0.0


def listed(
    people: People, sources: Sequence[Source], on: date, *, shift: float = 0.0
) -> tuple[Candidate, ...]:
    """Return whoever is of compulsory school age, or of no known age, the likeliest first.

    `shift` is what answers to earlier lists have added to the log-odds of every probability.
    """
    told = causes.Teller(people, sources, on)
    born = people.records["dob"].to_pylist()
    chances = [shifted(chance, shift) for chance in people.none.tolist()]
    found = [
        one
        for n, chance in enumerate(chances)
        if chance >= _LISTED_FROM
        and (one := _candidate(n, min(_SUREST, chance), born, people, told)) is not None
    ]
    # Equal chances to two places are equal; then those who surely live here come first.
    found.sort(key=lambda one: (-one.probability, -one.lives_here, -len(one.records), one.records))
    return tuple(replace(one, id=f"c{place:05d}") for place, one in enumerate(found, start=1))


def _candidate(
    n: int,
    chance: float,
    born: Sequence[date | None],
    people: People,
    told: causes.Teller,
) -> Candidate | None:
    uids = people.members(int(people.few_heads[n]))
    if all(told.is_nobody(uid) for uid in uids):
        return None
    days = [day for uid in uids if (day := born[uid]) is not None]
    if days and not any(told.is_in_age(uid) for uid in uids):
        return None
    day = _likeliest([one for one in days if one <= told.on] or days)
    nearest, near, levels = _nearest(n, uids, people, told)
    return Candidate(
        id="",
        records=tuple(told.named(uid) for uid in uids),
        probability=round(chance, 2),
        cause=told.cause_of(
            uids,
            chance,
            day,
            others_there=bool(people.others_there[n]),
            lives_here=float(people.lives_here[n]),
        ),
        born_on=day,
        explanation=sentences.of_candidate(told, uids, nearest, near, levels),
        lives_here=round(float(people.lives_here[n]), 2),
        nearest=nearest,
        nearest_probability=round(near, 2),
    )


def _likeliest(days: Sequence[date]) -> date | None:
    """Return the date of birth that most records have; of equals the later."""
    counted = Counter(days)
    return max(counted, key=lambda day: (counted[day], day)) if counted else None


def _nearest(
    n: int, uids: Sequence[int], people: People, told: causes.Teller
) -> tuple[tuple[str, str] | None, float, Sequence[int] | None]:
    """Return the education record nearest to a person, its chance and how the two compare."""
    claim = int(people.nearest[n])
    if claim < 0:
        return None, 0.0, None
    # The best pair may be with another record of the same pupil; what is named and compared is
    # the roll's own, where the two were compared.
    ours = [u for u in people.members(int(people.claim_entry[claim])) if people.educates[u]]
    compared = [pair for one in uids for u in ours if (pair := people.pair_of(one, u)) >= 0]
    pair = max(compared, key=lambda p: people.weight[p], default=int(people.claim_pair[claim]))
    ends = {int(people.left[pair]), int(people.right[pair])}
    named = next((uid for uid in ours if uid in ends), ours[0])
    share = min(float(people.claim_share[claim]), 1 - float(people.none[n]))
    return told.named(named), share, people.levels[pair].tolist()
